/* SPDX-License-Identifier: MIT */
/*
 * complexity.c - cyclomatic and cognitive complexity, nesting, statements,
 * parameters and results of each function, in one walk over the file's nodes.
 *
 * Equal to fzipp/gocyclo 0.6 and uudashr/gocognit 1.2 on what go/parser accepts;
 * tests/oracle/complexity.sh compares.
 */
#include "graph/source/complexity.h"

#include <stdlib.h>
#include <string.h>

enum role {
	ROLE_NONE,
	ROLE_FUNC,                      /* a declaration with a body or without */
	ROLE_LITERAL,
	ROLE_IF,
	ROLE_LOOP,
	ROLE_SWITCH,                    /* select too */
	ROLE_CASE,
	ROLE_DEFAULT,
	ROLE_BLOCK,
	ROLE_BINARY,
	ROLE_LOGICAL,                   /* && and || */
	ROLE_JUMP,
	ROLE_CALL,
	ROLE_COMMENT,
	ROLE_RAW,
};

/* Statements as the specification names them; blocks, labels and empty ones are not counted. */
static const struct { uint8_t role, statement; } kinds[SYN_COUNT] = {
	[SYN_FUNC_DECL] = { ROLE_FUNC, 0 },
	[SYN_METHOD_DECL] = { ROLE_FUNC, 0 },
	[SYN_FUNC_LITERAL] = { ROLE_LITERAL, 0 },
	[SYN_IF_STATEMENT] = { ROLE_IF, 1 },
	[SYN_FOR_STATEMENT] = { ROLE_LOOP, 1 },
	[SYN_SWITCH_STATEMENT] = { ROLE_SWITCH, 1 },
	[SYN_TYPE_SWITCH_STATEMENT] = { ROLE_SWITCH, 1 },
	[SYN_SELECT_STATEMENT] = { ROLE_SWITCH, 1 },
	[SYN_CASE] = { ROLE_CASE, 0 },
	[SYN_TYPE_CASE] = { ROLE_CASE, 0 },
	[SYN_COMM_CASE] = { ROLE_CASE, 0 },
	[SYN_DEFAULT_CASE] = { ROLE_DEFAULT, 0 },
	[SYN_BLOCK] = { ROLE_BLOCK, 0 },
	[SYN_BINARY_EXPRESSION] = { ROLE_BINARY, 0 },
	[SYN_AND_AND] = { ROLE_LOGICAL, 0 },
	[SYN_OR_OR] = { ROLE_LOGICAL, 0 },
	[SYN_BREAK_STATEMENT] = { ROLE_JUMP, 1 },
	[SYN_CONTINUE_STATEMENT] = { ROLE_JUMP, 1 },
	[SYN_GOTO_STATEMENT] = { ROLE_JUMP, 1 },
	[SYN_FALLTHROUGH_STATEMENT] = { ROLE_NONE, 1 },
	[SYN_CALL_EXPRESSION] = { ROLE_CALL, 0 },
	[SYN_TYPE_CONVERSION] = { ROLE_CALL, 0 },
	[SYN_EXPRESSION_STATEMENT] = { ROLE_NONE, 1 },
	[SYN_SEND_STATEMENT] = { ROLE_NONE, 1 },
	[SYN_RECEIVE_STATEMENT] = { ROLE_NONE, 1 },
	[SYN_INC_STATEMENT] = { ROLE_NONE, 1 },
	[SYN_DEC_STATEMENT] = { ROLE_NONE, 1 },
	[SYN_ASSIGNMENT] = { ROLE_NONE, 1 },
	[SYN_SHORT_VAR] = { ROLE_NONE, 1 },
	[SYN_RETURN_STATEMENT] = { ROLE_NONE, 1 },
	[SYN_GO_STATEMENT] = { ROLE_NONE, 1 },
	[SYN_DEFER_STATEMENT] = { ROLE_NONE, 1 },
	[SYN_VAR_DECL] = { ROLE_NONE, 1 },
	[SYN_CONST_DECL] = { ROLE_NONE, 1 },
	[SYN_TYPE_DECL] = { ROLE_NONE, 1 },
	[SYN_COMMENT] = { ROLE_COMMENT, 0 },
	[SYN_RAW_STRING] = { ROLE_RAW, 0 },
};

/* A node that is open: what is in it is deeper, or belongs to one chain of && and ||. */
struct frame {
	uint32_t next;
	uint8_t nest, sonar;            /* what it adds to the nesting */
	uint8_t op;                     /* the chain's last operator */
};

struct walk {
	struct complexity *c;
	const struct syntax *s;
	struct frame *frame;
	uint32_t nframes, cap;
	uint32_t nest, sonar;           /* sums of the frames */
	struct body_func *f;            /* the function that is open; NULL */
	struct measured *m;
	uint32_t end;                   /* its syn.next */
	uint32_t decl;                  /* cursor over b->decl */
	uint32_t name_len;
};

bool complexity_same(const struct syntax *s, uint32_t a, uint32_t b)
{
	const struct syn *x = &s->syn[a], *y = &s->syn[b];

	return x->end - x->start == y->end - y->start &&
	       !memcmp(s->bytes + x->start, s->bytes + y->start, x->end - x->start);
}

static uint32_t count_params(const struct syntax *s, uint32_t list)
{
	uint32_t count = 0;

	syntax_foreach_child(s, list, p) {
		uint32_t names = 0;

		if (s->syn[p].kind != SYN_PARAM && s->syn[p].kind != SYN_VARIADIC_PARAM)
			continue;
		syntax_foreach_child(s, p, name)
			names += s->syn[name].field == FIELD_NAME;
		count += names ? names : 1;
	}
	return count;
}

/* The type of a receiver as gocyclo writes it, in front of ").M". */
static const char *receiver_text(const struct walk *w, uint32_t list)
{
	const struct syntax *s = w->s;
	struct arena *a = &w->c->b->arena;
	uint32_t first = 0, stars = 0;

	syntax_foreach_child(s, list, p)
		if (!first && s->syn[p].kind != SYN_COMMENT)
			first = p;
	if (!first)
		return NULL;
	/* A variadic one is refused by the compiler only. */
	uint32_t type = s->syn[first].kind == SYN_PARAM ? syntax_child(s, first, FIELD_TYPE) : 0;

	for (;;) {
		const struct syn *n = &s->syn[type];

		if (type && n->kind == SYN_GENERIC_TYPE) {
			type = syntax_child(s, type, FIELD_TYPE);
		} else if (type && n->kind == SYN_POINTER_TYPE && type + 1 < n->next) {
			stars++;
			for (type++; type < n->next && s->syn[type].kind != SYN_TYPE_NAME &&
				     s->syn[type].kind != SYN_GENERIC_TYPE &&
				     s->syn[type].kind != SYN_POINTER_TYPE;)
				type = s->syn[type].next;
			type = type < n->next ? type : 0;
		} else {
			break;
		}
	}
	const struct syn *n = &s->syn[type];
	bool good = type && n->kind == SYN_TYPE_NAME;
	size_t len = good ? n->end - n->start : strlen("BADRECV");
	char *text = arena_alloc(a, stars + len + 1, 1);

	memset(text, '*', stars);
	memcpy(text + stars, good ? s->bytes + n->start : "BADRECV", len);
	return text;
}

/* The row of b->decl whose name stands there; both run through the file in order. */
static uint32_t decl_at(struct walk *w, uint32_t name)
{
	const struct body_builder *b = w->c->b;
	uint32_t col, line = syntax_line(w->s, w->s->syn[name].start, &col);

	for (; w->decl < b->decl.count; w->decl++) {
		const struct body_decl *d = &b->decl.at[w->decl];

		if (d->line > line || (d->line == line && d->col >= col))
			return d->line == line && d->col == col ? w->decl : BODY_NONE;
	}
	return BODY_NONE;
}

static void open_func(struct walk *w, uint32_t node, uint32_t top, uint32_t name, body_str text)
{
	const struct syntax *s = w->s;
	struct complexity *c = w->c;
	const struct syn *n = &s->syn[node];
	uint32_t params = syntax_child(s, node, FIELD_PARAMETERS);
	uint32_t result = syntax_child(s, node, FIELD_RESULT);

	VEC_RESERVE(c->func, c->funcs_cap, c->nfuncs + 1);
	w->m = &c->func[c->nfuncs++];
	*w->m = (struct measured){
		.node = node, .top = top, .name = name, .call_first = c->ncalls,
	};
	w->f = body_add_func(c->b);
	w->f->name = text;
	w->f->line = syntax_line(s, n->start, &w->f->col);
	w->f->end_line = complexity_line(s, n->end ? n->end - 1 : 0);
	w->f->cyclomatic = 1;
	w->f->flags = syntax_child(s, node, FIELD_BODY) ? FUNC_BODY : 0;
	w->f->params = params ? count_params(s, params) : 0;
	if (result)
		w->f->results = s->syn[result].kind == SYN_PARAMS ? count_params(s, result) : 1;
	w->name_len = s->syn[name].end - s->syn[name].start;
	w->end = n->next;
	w->nframes = w->nest = w->sonar = 0;
}

/* Where the head is broken nobody knows whose the body is; an error in a body stays there. */
static bool is_whole(const struct syntax *s, uint32_t node)
{
	uint32_t body = syntax_child(s, node, FIELD_BODY);
	uint32_t end = body ? body : s->syn[node].next;

	for (uint32_t i = node; s->status != SYNTAX_OK && i < end; i++)
		if (s->syn[i].flags & (SYN_ERROR | SYN_MISSING))
			return false;
	return true;
}

static void open_declared(struct walk *w, uint32_t node)
{
	const struct syntax *s = w->s;
	uint32_t name = syntax_child(s, node, FIELD_NAME);
	uint32_t receiver = syntax_child(s, node, FIELD_RECEIVER), top = node;
	const char *type = receiver ? receiver_text(w, receiver) : NULL;

	if (!name || !is_whole(s, node))
		return;
	const char *text = s->bytes + s->syn[name].start;
	int len = (int)(s->syn[name].end - s->syn[name].start);
	body_str str;

	if (type) {
		const char *full = arena_printf(&w->c->b->arena, "(%s).%.*s", type, len, text);

		str = body_str_of(w->c->b, full, strlen(full));
	} else {
		str = body_str_of(w->c->b, text, (size_t)len);
	}
	while (s->syn[top].parent)
		top = s->syn[top].parent;
	open_func(w, node, top, name, str);
	w->f->decl = decl_at(w, name);
}

/* A literal that is a value of a var or const of the package level is a function to gocyclo. */
static void open_literal(struct walk *w, uint32_t node)
{
	const struct syntax *s = w->s;
	uint32_t list = s->syn[node].parent, spec = s->syn[list].parent;
	uint32_t decl = s->syn[spec].parent, first = 0, own = 0, at = 0;

	if (s->syn[list].kind != SYN_EXPRESSION_LIST || s->syn[list].field != FIELD_VALUE ||
	    (s->syn[spec].kind != SYN_VAR_SPEC && s->syn[spec].kind != SYN_CONST_SPEC))
		return;
	if (s->syn[decl].kind == SYN_VAR_SPEC_LIST)
		decl = s->syn[decl].parent;
	if (s->syn[decl].parent || !is_whole(s, node))
		return;
	for (uint32_t value = list + 1; value < node; value = s->syn[value].next)
		at += s->syn[value].kind != SYN_COMMENT;
	syntax_foreach_child(s, spec, name) {
		if (s->syn[name].field != FIELD_NAME || s->syn[name].kind != SYN_IDENTIFIER)
			continue;
		first = first ? first : name;
		if (!at--)
			own = name;
	}
	if (!first)
		return;
	open_func(w, node, decl, own ? own : first,
		  body_str_of(w->c->b, s->bytes + s->syn[first].start,
			      s->syn[first].end - s->syn[first].start));
	w->f->flags |= FUNC_LITERAL;
	w->f->decl = decl_at(w, own ? own : first);
}

static void push(struct walk *w, uint32_t node, uint8_t nest, uint8_t sonar)
{
	VEC_RESERVE(w->frame, w->cap, w->nframes + 1);
	w->frame[w->nframes++] = (struct frame){
		.next = w->s->syn[node].next, .nest = nest, .sonar = sonar,
	};
	w->nest += nest;
	w->sonar += sonar;
}

static void pop(struct walk *w, uint32_t node)
{
	while (w->nframes && w->frame[w->nframes - 1].next <= node) {
		const struct frame *top = &w->frame[--w->nframes];

		w->nest -= top->nest;
		w->sonar -= top->sonar;
	}
}

/* One more for each level around it; how deep it stands is counted with else as a level. */
static void nested(struct walk *w)
{
	w->f->cognitive += 1 + w->nest;
	w->f->cognitive_sonar += 1 + w->sonar;
}

static void level(struct walk *w)
{
	if (w->f->nesting < w->sonar + 1)
		w->f->nesting = w->sonar + 1;
}

static void flat(struct walk *w)
{
	w->f->cognitive++;
	w->f->cognitive_sonar++;
}

static void block(struct walk *w, uint32_t node)
{
	const struct syn *n = &w->s->syn[node];

	if (n->field == FIELD_CONSEQUENCE) {
		push(w, node, 1, 1);
	} else if (n->field == FIELD_ALTERNATIVE) {
		flat(w);
		push(w, node, 0, 1);
	} else if (n->field == FIELD_BODY && n->parent != w->m->node) {
		push(w, node, 1, 1);
	}
}

/* The largest tree of binary expressions is one chain; parentheses, calls ... begin others. */
static void binary(struct walk *w, uint32_t node)
{
	if (w->s->syn[w->s->syn[node].parent].kind != SYN_BINARY_EXPRESSION)
		push(w, node, 0, 0);
}

static void logical(struct walk *w, uint32_t node)
{
	const struct syn *n = &w->s->syn[node];

	if (w->s->syn[n->parent].kind != SYN_BINARY_EXPRESSION || !w->nframes)
		return;
	w->f->cyclomatic++;
	if (w->frame[w->nframes - 1].op == n->kind)
		return;
	w->frame[w->nframes - 1].op = n->kind;
	flat(w);
}

static void jump(struct walk *w, uint32_t node)
{
	syntax_foreach_child(w->s, node, child)
		if (w->s->syn[child].kind == SYN_LABEL_NAME)
			flat(w);
}

/* A call of something that is written as the function's own name. */
static void call(struct walk *w, uint32_t node)
{
	const struct syntax *s = w->s;
	struct complexity *c = w->c;
	uint32_t name = node + 1, next;

	if (name >= s->syn[node].next || s->syn[name].end - s->syn[name].start != w->name_len)
		return;
	next = s->syn[name].next;
	if (s->syn[name].next != name + 1 || !complexity_same(s, name, w->m->name))
		return;
	/* f[T](x) calls an instance of f. */
	if (next < s->syn[node].next && s->syn[next].field == FIELD_TYPE_ARGUMENTS)
		return;
	VEC_RESERVE(c->call, c->calls_cap, c->ncalls + 1);
	c->call[c->ncalls++] = name;
	w->m->ncalls++;
}

static void put_aside(struct complexity *c, uint32_t node, bool comment)
{
	const struct syn *n = &c->s->syn[node];
	const char *text = c->s->bytes + n->start;

	VEC_RESERVE(c->cover, c->covers_cap, c->ncovers + 1);
	c->cover[c->ncovers++] = (struct cover){ n->start, n->end, comment };
	if (comment && n->end - n->start > 7 &&
	    (!memcmp(text + 2, "line ", 5) || !memcmp(text + 2, "gocyc", 5) ||
	     !memcmp(text + 2, "gocog", 5)))
		c->marked = true;
}

static void inside(struct walk *w, uint32_t node)
{
	switch ((enum role)kinds[w->s->syn[node].kind].role) {
	case ROLE_LITERAL:
		level(w);
		break;
	case ROLE_IF:
		w->f->cyclomatic++;
		if (w->s->syn[node].field == FIELD_ALTERNATIVE)
			flat(w);
		else
			nested(w);
		level(w);
		break;
	case ROLE_LOOP:
		w->f->cyclomatic++;
		nested(w);
		level(w);
		break;
	case ROLE_SWITCH:
		nested(w);
		level(w);
		break;
	case ROLE_CASE:
		w->f->cyclomatic++;
		push(w, node, 1, 1);
		break;
	case ROLE_DEFAULT:
		push(w, node, 1, 1);
		break;
	case ROLE_BLOCK:
		block(w, node);
		break;
	case ROLE_BINARY:
		binary(w, node);
		break;
	case ROLE_LOGICAL:
		logical(w, node);
		break;
	case ROLE_JUMP:
		jump(w, node);
		break;
	case ROLE_CALL:
		call(w, node);
		break;
	case ROLE_NONE:
	case ROLE_FUNC:
	case ROLE_COMMENT:
	case ROLE_RAW:
		break;
	}
}

static void walk(struct walk *w)
{
	const struct syntax *s = w->s;

	for (uint32_t node = 1; node < s->nsyn; node++) {
		unsigned kind = s->syn[node].kind, role = kinds[kind].role;

		if (w->f && node >= w->end)
			w->f = NULL;
		if (role == ROLE_COMMENT || role == ROLE_RAW) {
			put_aside(w->c, node, role == ROLE_COMMENT);
		} else if (w->f) {
			w->f->statements += kinds[kind].statement;
			if (role) {
				pop(w, node);
				inside(w, node);
			}
		} else if (role == ROLE_FUNC) {
			open_declared(w, node);
		} else if (role == ROLE_LITERAL) {
			open_literal(w, node);
		}
	}
}

void body_measure(struct body_builder *b, const struct syntax *s)
{
	struct complexity c = { .b = b, .s = s };
	struct walk w = { .c = &c, .s = s };

	if (!s->nsyn)
		return;
	walk(&w);
	cognitive_recursion(&c);
	if (c.marked)
		complexity_comments(&c);
	linecount(&c);
	free(w.frame);
	free(c.cover);
	free(c.func);
	free(c.call);
}
