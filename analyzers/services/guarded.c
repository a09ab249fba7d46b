/* SPDX-License-Identifier: MIT */
/*
 * guarded.c - which calls a guard stands around: the functions that are handed to a breaker
 * or a retry, what a client with a timeout asks for, the connection that an interceptor is for.
 */
#include "analyzers/services/program.h"

enum how { NAME, OPERAND, HERE };
enum which { REST = -3, CALL, FUNCTIONS };

static const struct {
	const char *libraries, *path, *name;
	enum how how;
	uint32_t arg;
	int calls;
} uses[] = {
#define GUARDED(libraries, path, name, how, arg, calls) \
	{ libraries, path, name, how, arg, calls },
#include "analyzers/services/guarded.def"
#undef GUARDED
};

#define TRAIL_MAX 48u                   /* expressions that one is followed through */
#define REACH_MAX 48u                   /* functions that a guarded one is followed into */

/* What is still to be looked at, each once. */
struct trail { struct expr item[TRAIL_MAX]; uint32_t head, count; };

static void trail_add(struct trail *t, struct expr x)
{
	for (uint32_t i = 0; i < t->count; i++)
		if (t->item[i].file == x.file && t->item[i].node == x.node &&
		    t->item[i].frame == x.frame)
			return;
	if (x.node && t->count < TRAIL_MAX)
		t->item[t->count++] = x;
}

static bool is_qualifier(const struct eval *e, uint32_t file, uint32_t node)
{
	size_t len;
	const char *name;

	if (code_node(e->c, file, node)->kind != SYN_IDENTIFIER)
		return false;
	name = code_text(e->c, file, node, &len);
	return code_import(e->c, file, name, len) != ID_NONE;
}

/* Behind a call: what a function of the tree gives, or what a foreign one is given. */
static void behind_call(struct eval *e, struct trail *t, struct expr x)
{
	const struct frame *f = eval_enter(e, x);
	struct values v = { .count = 0 };
	uint32_t operand, arg;

	if (f)
		eval_results(e, f, 0, &v);
	for (uint32_t i = 0; i < v.count; i++)
		trail_add(t, v.item[i].at);
	for (uint32_t i = 0; !f && (arg = code_arg(e->c, x.file, x.node, i)); i++)
		trail_add(t, (struct expr){ x.file, arg, x.frame });
	code_callee(e->c, x.file, x.node, &operand);
	if (!f && operand && !is_qualifier(e, x.file, operand))
		trail_add(t, (struct expr){ x.file, operand, x.frame });
}

/* The next expression that the first may be, bare; false = there is none. */
static bool trail_next(struct eval *e, struct trail *t, struct expr *ret)
{
	struct expr x;
	struct values v;
	uint32_t body;

	if (t->head == t->count)
		return false;
	*ret = x = eval_bare(e, t->item[t->head++]);
	switch (code_node(e->c, x.file, x.node)->kind) {
	case SYN_IDENTIFIER: case SYN_SELECTOR_EXPRESSION:
		eval_begin(e);
		eval_values(e, x, &v);
		for (uint32_t i = 0; i < v.count; i++)
			if (v.item[i].kind == VALUE_EXPR)
				trail_add(t, v.item[i].at);
		break;
	case SYN_CALL_EXPRESSION:
		eval_begin(e);
		behind_call(e, t, x);
		break;
	case SYN_COMPOSITE_LITERAL:
		/* A list of options; a struct is more than what is in one of its fields. */
		body = code_child(e->c, x.file, x.node, FIELD_BODY);
		for (uint32_t i = 0, k; body && (k = code_nth(e->c, x.file, body, i)); i++)
			if (code_node(e->c, x.file, k)->kind == SYN_LITERAL_ELEMENT)
				trail_add(t, (struct expr){ x.file, k, x.frame });
		break;
	}
	return true;
}

/* The same place, reached by ways that may be the same. */
static bool same_site(struct expr a, struct expr b)
{
	return a.file == b.file && a.node == b.node &&
	       (!a.frame || !b.frame || (a.frame->call.file == b.frame->call.file &&
					 a.frame->call.node == b.frame->call.node));
}

struct use { struct program *p; struct expr at; unsigned row; bool *guard, *call; };

static void note_guard(struct use *u, struct expr x)
{
	const struct found *f = u->p->found;

	for (uint32_t i = 0; i < f->s.nguards; i++)
		if (same_site(f->guard_site[i].at, x) && word_in(uses[u->row].libraries,
		    f->s.guard[i].library, strlen(f->s.guard[i].library)))
			u->guard[i] = true;
}

static void note_guards_behind(struct use *u, struct expr x)
{
	struct trail t = { .count = 0 };

	trail_add(&t, x);
	while (trail_next(&u->p->eval, &t, &x))
		note_guard(u, x);
}

static void note_named(struct use *u, struct expr x)
{
	const struct found *f = u->p->found;
	const char *name = name_text(u->p, x);

	for (uint32_t i = 0; *name && i < f->s.nguards; i++)
		if (!strcmp(f->s.guard[i].name, name) && word_in(uses[u->row].libraries,
		    f->s.guard[i].library, strlen(f->s.guard[i].library)))
			u->guard[i] = true;
}

static void note_guards(struct use *u)
{
	struct eval *e = &u->p->eval;
	uint32_t operand, arg;
	struct expr x = u->at;

	switch (uses[u->row].how) {
	case NAME:
		x.node = code_arg(e->c, x.file, x.node, uses[u->row].arg);
		note_named(u, x);
		break;
	case OPERAND:
		code_callee(e->c, x.file, x.node, &operand);
		x.node = operand;
		if (operand && !is_qualifier(e, x.file, operand))
			note_guards_behind(u, x);
		break;
	case HERE:
		note_guard(u, x);
		for (uint32_t i = 0; (arg = code_arg(e->c, u->at.file, u->at.node, i)); i++) {
			x.node = arg;
			note_guards_behind(u, x);
		}
		break;
	}
}

static bool note_call(struct use *u, struct expr x)
{
	const struct found *f = u->p->found;
	bool any = false;

	for (uint32_t i = 0; i < f->s.ncalls; i++)
		if (same_site(f->call_site[i].at, x))
			any = u->call[i] = true;
	return any;
}

static void note_calls_behind(struct use *u, struct expr x)
{
	struct trail t = { .count = 0 };

	trail_add(&t, x);
	while (trail_next(&u->p->eval, &t, &x))
		if (note_call(u, x))
			return;
}

/* One call in what is guarded: itself, its client, its request; then what it leads into. */
static void look_at_call(struct use *u, struct expr x, struct trail *next)
{
	struct eval *e = &u->p->eval;
	uint32_t operand, name = code_callee(e->c, x.file, x.node, &operand);
	const struct frame *f;
	struct values v;

	if (!name || note_call(u, x))
		return;
	if (code_is(e->c, x.file, name, "Do") && code_nargs(e->c, x.file, x.node) == 1)
		note_calls_behind(u, (struct expr){ x.file, code_arg(e->c, x.file, x.node, 0),
				  x.frame });
	if (operand && !is_qualifier(e, x.file, operand))
		note_calls_behind(u, (struct expr){ x.file, operand, x.frame });
	eval_begin(e);
	if ((f = eval_enter(e, x))) {
		trail_add(next, (struct expr){ f->file, f->function, f });
		return;
	}
	if (operand)
		return;
	eval_values(e, (struct expr){ x.file, name, x.frame }, &v);
	for (uint32_t i = 0; i < v.count; i++)
		if (v.item[i].kind == VALUE_EXPR &&
		    code_node(e->c, v.item[i].at.file, v.item[i].at.node)->kind == SYN_FUNC_LITERAL)
			trail_add(next, v.item[i].at);
}

/* The calls between two nodes, and in the functions of the tree that these lead into. */
static void look_between(struct use *u, struct expr x, uint32_t from, uint32_t to)
{
	struct trail next = { .count = 0 };
	const struct code *c = u->p->eval.c;

	for (;;) {
		for (uint32_t k = from; k < to; k++)
			if (code_node(c, x.file, k)->kind == SYN_CALL_EXPRESSION)
				look_at_call(u, (struct expr){ x.file, k, x.frame }, &next);
		if (next.head == next.count || next.head == REACH_MAX)
			return;
		x = next.item[next.head++];
		from = x.node;
		to = code_node(c, x.file, x.node)->next;
	}
}

static void look_within(struct use *u, struct expr x)
{
	if (x.node)
		look_between(u, x, x.node, code_node(u->p->eval.c, x.file, x.node)->next);
}

/* A function literal, a declared one by its name, or a variable that is one. */
static void look_at_function(struct use *u, struct expr x)
{
	struct eval *e = &u->p->eval;
	struct trail t = { .count = 0 };
	struct code_site site;
	const char *name;
	size_t len;

	trail_add(&t, x);
	while (trail_next(e, &t, &x)) {
		if (code_node(e->c, x.file, x.node)->kind == SYN_FUNC_LITERAL) {
			look_within(u, x);
		} else if (code_node(e->c, x.file, x.node)->kind == SYN_IDENTIFIER) {
			name = code_text(e->c, x.file, x.node, &len);
			if (code_decl(e->c, e->c->a->source->file[x.file].dir, name, len, &site) &&
			    code_node(e->c, site.file, site.node)->kind == SYN_FUNC_DECL)
				look_within(u, (struct expr){ site.file, site.node, NULL });
		}
	}
}

static void note_calls(struct use *u)
{
	const struct code *c = u->p->eval.c;
	struct expr x = u->at;
	int calls = uses[u->row].calls;
	uint32_t f, arg;

	if (calls == CALL) {
		look_within(u, x);
	} else if (calls == REST) {
		f = code_function(c, x.file, x.node);
		if (f)
			look_between(u, x, code_node(c, x.file, x.node)->next,
				     code_node(c, x.file, f)->next);
	} else if (calls == FUNCTIONS) {
		for (uint32_t i = 0; (arg = code_arg(c, x.file, x.node, i)); i++)
			look_at_function(u, (struct expr){ x.file, arg, x.frame });
	} else if ((arg = code_arg(c, x.file, x.node, (uint32_t)calls))) {
		look_at_function(u, (struct expr){ x.file, arg, x.frame });
	}
}

static void tie(struct use *u)
{
	struct arena *arena = u->p->eval.arena;
	struct found *f = u->p->found;
	uint32_t first = f->nties;

	for (uint32_t g = 0; g < f->s.nguards; g++)
		for (uint32_t k = 0; u->guard[g] && k < f->s.ncalls; k++) {
			if (!u->call[k])
				continue;
			GROW(arena, f->tie, f->nties, f->tie_cap);
			f->tie[f->nties++] = (struct guard_tie){ g, k, f->nuses };
		}
	if (f->nties == first)
		return;
	GROW(arena, f->use, f->nuses, f->use_cap);
	f->use[f->nuses++] = place_of(u->p, u->at.file, u->at.node);
}

static bool any(const bool *set, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		if (set[i])
			return true;
	return false;
}

static void at_use(struct program *p, unsigned row, struct expr x)
{
	const struct found *f = p->found;
	struct use u = {
		p, x, row, xcalloc(f->s.nguards + 1, sizeof(bool)),
		xcalloc(f->s.ncalls + 1, sizeof(bool)),
	};

	note_guards(&u);
	if (any(u.guard, f->s.nguards)) {
		note_calls(&u);
		tie(&u);
	}
	free(u.guard);
	free(u.call);
}

/* Guards among the options of the connection that a client is made with. */
static void at_dial(struct program *p, uint32_t call)
{
	const struct found *f = p->found;
	struct expr dial = f->call_site[call].dial, x;
	struct eval *e = &p->eval;
	struct trail t = { .count = 0 };
	uint32_t n = 0;

	for (uint32_t i = 0, arg; (arg = code_arg(e->c, dial.file, dial.node, i)); i++)
		trail_add(&t, (struct expr){ dial.file, arg, dial.frame });
	while (trail_next(e, &t, &x))
		for (uint32_t g = 0; g < f->s.nguards; g++)
			if (same_site(f->guard_site[g].at, x)) {
				GROW(e->arena, p->found->tie, p->found->nties, p->found->tie_cap);
				p->found->tie[p->found->nties++] =
					(struct guard_tie){ g, call, f->nuses };
				n++;
			}
	if (!n)
		return;
	GROW(e->arena, p->found->use, p->found->nuses, p->found->use_cap);
	p->found->use[p->found->nuses++] = place_of(p, dial.file, dial.node);
}

static bool has_library(const struct found *f, const char *libraries)
{
	for (uint32_t i = 0; i < f->s.nguards; i++)
		if (word_in(libraries, f->s.guard[i].library, strlen(f->s.guard[i].library)))
			return true;
	return false;
}

void guarded_find(struct program *p)
{
	const struct found *f = p->found;
	struct eval *e = &p->eval;

	for (unsigned i = 0; f->s.ncalls && i < ARRAY_SIZE(uses); i++) {
		if (!has_library(f, uses[i].libraries))
			continue;
		for (const struct code_site *s = code_first(e->c, CODE_CALLS, uses[i].name,
		     strlen(uses[i].name)); s; s = s->next) {
			const struct code_site at = *s;
			const char *name;
			size_t len;
			uint32_t in;

			if (!eval_within(e, at.file) ||
			    !code_path_fits(eval_callee(e, at.file, at.node, &name, &len),
					    uses[i].path))
				continue;
			in = code_outer_function(e->c, at.file, at.node);
			eval_begin(e);
			if (!in || !eval_is_dead(e, at.file, in))
				at_use(p, i, (struct expr){ at.file, at.node, NULL });
		}
	}
	for (uint32_t i = 0; f->s.nguards && i < f->s.ncalls; i++)
		if (f->call_site[i].dial.node)
			at_dial(p, i);
}
