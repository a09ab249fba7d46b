/* SPDX-License-Identifier: MIT */
/*
 * cognitive.c - which calls of a function's name gocognit takes for recursion.
 *
 * It compares the objects that go/parser (resolver.go) binds both names to within
 * the file.  A function has one; a method, init and a function with an empty
 * receiver have none, so that every unbound name equal to theirs is "recursion".
 * Only one name matters in a function, so scopes need to remember one thing.
 */
#include "graph/source/complexity.h"

#include <stdlib.h>
#include <string.h>

enum binding {
	UNBOUND,                        /* in the function: then the package level decides */
	BOUND,                          /* to a parameter, variable, type ... of the function */
	BOUND_QUIETLY,                  /* to a type parameter of the receiver: no object */
};

struct scope {
	uint32_t next;                  /* the first node behind it */
	uint8_t binding;                /* what the name means here */
	bool own;                       /* declared in this very scope; the first one counts */
};

/* A declaration takes effect at a node behind it, if its scope is still open there. */
struct pending {
	uint32_t at, depth;
};

struct resolver {
	const struct syntax *s;
	const struct measured *m;
	struct scope *scope;
	struct pending *pending;
	uint32_t depth, scopes_cap, npending, pendings_cap;
};

/* The first declaration of each name at the package level, in a table of open addressing. */
struct package_names {
	const struct syntax *s;
	uint32_t *slot, nslots;         /* nodes of names; a power of two */
	uint32_t count;
};

static bool is_text(const struct syntax *s, uint32_t node, const char *text)
{
	size_t len = strlen(text);

	return s->syn[node].end - s->syn[node].start == len &&
	       !memcmp(s->bytes + s->syn[node].start, text, len);
}

static uint32_t *slot_of(const struct package_names *p, uint32_t name)
{
	const struct syn *n = &p->s->syn[name];
	uint32_t mask = p->nslots - 1;
	uint32_t i = (uint32_t)hash_bytes(HASH_INIT, p->s->bytes + n->start, n->end - n->start) &
		     mask;

	while (p->slot[i] && !complexity_same(p->s, p->slot[i], name))
		i = (i + 1) & mask;
	return &p->slot[i];
}

static void add_name(struct package_names *p, uint32_t name)
{
	if (p->count * 2 >= p->nslots) {
		struct package_names grown = {
			.s = p->s, .nslots = p->nslots ? p->nslots * 2 : 256, .count = p->count,
		};

		grown.slot = xcalloc(grown.nslots, sizeof(*grown.slot));
		for (uint32_t i = 0; i < p->nslots; i++)
			if (p->slot[i])
				*slot_of(&grown, p->slot[i]) = p->slot[i];
		free(p->slot);
		*p = grown;
	}
	if (is_text(p->s, name, "_"))
		return;
	uint32_t *slot = slot_of(p, name);

	if (!*slot) {
		*slot = name;
		p->count++;
	}
}

static void add_spec(struct package_names *p, uint32_t spec)
{
	syntax_foreach_child(p->s, spec, name)
		if (p->s->syn[name].field == FIELD_NAME && p->s->syn[name].next == name + 1)
			add_name(p, name);
}

static void add_decl(struct package_names *p, uint32_t decl)
{
	const struct syntax *s = p->s;

	syntax_foreach_child(s, decl, spec) {
		if (s->syn[spec].kind == SYN_VAR_SPEC_LIST) {
			syntax_foreach_child(s, spec, var)
				add_spec(p, var);
			continue;
		}
		add_spec(p, spec);
		/* Quirk: what follows a generic type in its group goes to that type's scope. */
		if (s->syn[decl].kind == SYN_TYPE_DECL &&
		    syntax_child(s, spec, FIELD_TYPE_PARAMETERS))
			return;
	}
}

static void package_names_init(struct package_names *p, const struct syntax *s)
{
	*p = (struct package_names){ .s = s };
	syntax_foreach_child(s, 0, decl) {
		uint32_t name;

		switch (s->syn[decl].kind) {
		case SYN_FUNC_DECL:
			name = syntax_child(s, decl, FIELD_NAME);
			if (name && !is_text(s, name, "init"))
				add_name(p, name);
			break;
		case SYN_VAR_DECL:
		case SYN_CONST_DECL:
		case SYN_TYPE_DECL:
			add_decl(p, decl);
			break;
		default:
			break;
		}
	}
}

static void open_scope(struct resolver *r, uint32_t next)
{
	VEC_RESERVE(r->scope, r->scopes_cap, r->depth + 1);
	r->scope[r->depth] = (struct scope){
		.next = next,
		.binding = r->depth ? r->scope[r->depth - 1].binding : UNBOUND,
	};
	r->depth++;
}

static void declare(struct resolver *r, enum binding binding)
{
	struct scope *top = &r->scope[r->depth - 1];

	if (top->own)
		return;
	top->own = true;
	top->binding = (uint8_t)binding;
}

static void declare_at(struct resolver *r, uint32_t at)
{
	VEC_RESERVE(r->pending, r->pendings_cap, r->npending + 1);
	r->pending[r->npending++] = (struct pending){ at, r->depth };
}

static bool defines(const struct syntax *s, uint32_t node)
{
	syntax_foreach_child(s, node, child)
		if (s->syn[child].kind == SYN_DEFINE)
			return true;
	return false;
}

/* x in `x := ...`, `x := range ...`, `case x := <-c`, `switch x := y.(type)`. */
static void declare_listed(struct resolver *r, uint32_t list)
{
	const struct syntax *s = r->s;
	uint32_t owner = s->syn[list].parent, value;

	switch (s->syn[owner].kind) {
	case SYN_SHORT_VAR:
		if (s->syn[list].field == FIELD_LEFT)
			declare_at(r, s->syn[owner].next);
		break;
	case SYN_RANGE_CLAUSE:
	case SYN_RECEIVE_STATEMENT:
		if (s->syn[list].field == FIELD_LEFT && defines(s, owner))
			declare_at(r, s->syn[owner].next);
		break;
	case SYN_TYPE_SWITCH_STATEMENT:
		value = syntax_child(s, owner, FIELD_VALUE);
		if (s->syn[list].field == FIELD_ALIAS && value)
			declare_at(r, s->syn[value].next);
		break;
	default:
		break;
	}
}

/* Parameters and results count in the body; those of a function type nowhere. */
static void declare_param(struct resolver *r, uint32_t list)
{
	const struct syntax *s = r->s;
	uint32_t func = s->syn[list].parent;
	uint32_t body = s->syn[func].kind == SYN_FUNC_TYPE || s->syn[func].kind == SYN_METHOD_ELEM ?
			0 : syntax_child(s, func, FIELD_BODY);

	if (body)
		declare_at(r, body);
}

/* P in `func (x *T[P]) M()`. */
static bool is_receiver_argument(const struct syntax *s, uint32_t node)
{
	uint32_t elem = s->syn[node].parent, args = s->syn[elem].parent;
	uint32_t type = s->syn[args].parent, up = s->syn[type].parent;

	if (s->syn[elem].kind != SYN_TYPE_ELEM || s->syn[args].kind != SYN_TYPE_ARGS ||
	    s->syn[type].kind != SYN_GENERIC_TYPE || s->syn[elem].next != node + 1)
		return false;
	if (s->syn[up].kind == SYN_POINTER_TYPE)
		up = s->syn[up].parent;
	return s->syn[up].kind == SYN_PARAM && s->syn[s->syn[up].parent].field == FIELD_RECEIVER;
}

/* A node with the function's name: does it declare something? */
static void meet(struct resolver *r, uint32_t node)
{
	const struct syntax *s = r->s;
	const struct syn *n = &s->syn[node];
	bool named = n->field == FIELD_NAME;

	switch (s->syn[n->parent].kind) {
	case SYN_EXPRESSION_LIST:
		if (n->kind == SYN_IDENTIFIER)
			declare_listed(r, n->parent);
		break;
	case SYN_VAR_SPEC:
	case SYN_CONST_SPEC:
		if (named)
			declare_at(r, s->syn[n->parent].next);
		break;
	case SYN_TYPE_SPEC:
	case SYN_TYPE_ALIAS:
	case SYN_TYPE_PARAM:
		if (named)
			declare(r, BOUND);
		break;
	case SYN_PARAM:
	case SYN_VARIADIC_PARAM:
		if (named)
			declare_param(r, s->syn[n->parent].parent);
		break;
	case SYN_TYPE_ELEM:
		if (is_receiver_argument(s, node))
			declare(r, BOUND_QUIETLY);
		break;
	default:
		break;
	}
}

static void arrive(struct resolver *r, uint32_t node)
{
	while (r->depth && r->scope[r->depth - 1].next <= node)
		r->depth--;
	while (r->npending && r->pending[r->npending - 1].at <= node)
		if (r->pending[--r->npending].depth == r->depth)
			declare(r, BOUND);
}

static void enter(struct resolver *r, uint32_t node)
{
	const struct syn *n = &r->s->syn[node];
	uint32_t spec;

	switch (n->kind) {
	case SYN_FUNC_LITERAL:
	case SYN_BLOCK:
	case SYN_IF_STATEMENT:
	case SYN_FOR_STATEMENT:
	case SYN_SWITCH_STATEMENT:
	case SYN_TYPE_SWITCH_STATEMENT:
	case SYN_CASE:
	case SYN_TYPE_CASE:
	case SYN_COMM_CASE:
	case SYN_DEFAULT_CASE:
		open_scope(r, n->next);
		break;
	case SYN_TYPE_PARAMS:
		/* Of a type in the body.  Quirk: the scope ends with the whole declaration. */
		spec = n->parent;
		if (r->s->syn[spec].kind != SYN_FUNC_DECL &&
		    r->s->syn[r->s->syn[spec].parent].kind == SYN_TYPE_DECL)
			open_scope(r, r->s->syn[r->s->syn[spec].parent].next);
		break;
	default:
		break;
	}
}

/* Counts the calls by what their name is bound to within the function. */
static void resolve(struct resolver *r, const uint32_t *call, uint32_t count[3])
{
	const struct syntax *s = r->s;
	const struct syn *func = &s->syn[r->m->node];
	uint32_t len = s->syn[r->m->name].end - s->syn[r->m->name].start, next_call = 0;

	r->depth = r->npending = 0;
	open_scope(r, func->next);
	for (uint32_t node = r->m->node + 1; node < func->next; node++) {
		const struct syn *n = &s->syn[node];

		arrive(r, node);
		enter(r, node);
		if (n->next != node + 1 || n->end - n->start != len)
			continue;
		if (next_call < r->m->ncalls && call[next_call] == node) {
			next_call++;
			count[r->scope[r->depth - 1].binding]++;
		} else if (complexity_same(s, node, r->m->name)) {
			meet(r, node);
		}
	}
}

static uint32_t recursions(struct resolver *r, struct package_names *p, const uint32_t *call)
{
	const struct syntax *s = r->s;
	uint32_t count[3] = { 0 }, name = r->m->name;
	bool object = s->syn[r->m->node].kind != SYN_METHOD_DECL && !is_text(s, name, "init");

	/* _ is bound to nothing, and declares nothing. */
	if (is_text(s, name, "_"))
		return object ? 0 : r->m->ncalls;
	resolve(r, call, count);
	if (!p->nslots)
		package_names_init(p, s);
	uint32_t first = p->nslots ? *slot_of(p, name) : 0;

	if (object)
		return first == name ? count[UNBOUND] : 0;
	return count[BOUND_QUIETLY] + (first ? 0 : count[UNBOUND]);
}

void cognitive_recursion(struct complexity *c)
{
	struct resolver r = { .s = c->s };
	struct package_names names = { .s = c->s };

	for (uint32_t i = 0; c->ncalls && i < c->nfuncs; i++) {
		if (!c->func[i].ncalls)
			continue;
		r.m = &c->func[i];

		uint32_t more = recursions(&r, &names, c->call + r.m->call_first);

		c->b->func.at[i].cognitive += more;
		c->b->func.at[i].cognitive_sonar += more;
	}
	free(r.scope);
	free(r.pending);
	free(names.slot);
}
