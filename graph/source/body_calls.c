/* SPDX-License-Identifier: MIT */
/* body_calls.c - calls, conversions that look like calls, composite literals. */
#include "graph/source/body_refs.h"

#include <string.h>

/* What is called, without (...) and [...] around the name; 0 when it is no name. */
static uint32_t callee(const struct refer *r, uint32_t node)
{
	while (node) {
		switch (r->syn[node].kind) {
		case SYN_IDENTIFIER:
		case SYN_TYPE_NAME:
		case SYN_NIL:
		case SYN_TRUE:
		case SYN_FALSE:
		case SYN_IOTA:
		case SYN_SELECTOR_EXPRESSION:
		case SYN_QUALIFIED_TYPE:
			return node;
		case SYN_PAREN_EXPRESSION:
		case SYN_PAREN_TYPE:
		case SYN_TYPE_INSTANTIATION:
			node = syn_part(r->s, node);
			break;
		case SYN_INDEX_EXPRESSION:
			node = syntax_child(r->s, node, FIELD_OPERAND);
			break;
		case SYN_GENERIC_TYPE:
			node = syntax_child(r->s, node, FIELD_TYPE);
			break;
		default:
			return 0;
		}
	}
	return 0;
}

/* "a.b" where names and dots are all there is, else "()". */
static body_str qualifier_of(struct refer *r, uint32_t node)
{
	uint32_t first = node;
	struct text t = refer_text(r, node);

	while (first && r->syn[first].kind == SYN_SELECTOR_EXPRESSION)
		first = syntax_child(r->s, first, FIELD_OPERAND);
	if (!first || refer_is_lost(r, first) ||
	    (r->syn[first].kind != SYN_IDENTIFIER && r->syn[first].kind != SYN_PACKAGE_IDENTIFIER))
		return body_str_of(r->b, "()", 2);
	for (size_t i = 0; i < t.len; i++)
		if ((unsigned char)t.s[i] <= ' ' || t.s[i] == '/')
			return type_source(&r->types, node);
	return body_str_of(r->b, t.s, t.len);
}

/* A record of the call; BODY_NONE when what is called has no name. */
static uint32_t add_call(struct refer *r, uint32_t node, uint32_t function, uint32_t nargs,
			 bool spread)
{
	uint32_t to = callee(r, function), name = to, up = r->syn[node].parent, col;
	body_str qualifier = 0;

	if (to && r->syn[to].kind == SYN_SELECTOR_EXPRESSION) {
		name = syntax_child(r->s, to, FIELD_FIELD);
		qualifier = qualifier_of(r, syntax_child(r->s, to, FIELD_OPERAND));
	} else if (to && r->syn[to].kind == SYN_QUALIFIED_TYPE) {
		name = syntax_child(r->s, to, FIELD_NAME);
		qualifier = qualifier_of(r, syntax_child(r->s, to, FIELD_PACKAGE));
	}
	struct text t = refer_text(r, name);

	if (!name || !t.len)
		return BODY_NONE;
	body_str str = body_str_of(r->b, t.s, t.len);
	struct body_call *c = body_add_call(r->b);

	c->qualifier = qualifier;
	c->name = str;
	c->decl = r->decl;
	c->line = refer_line(r, r->syn[name].start, &col);
	c->col = refer_short(col);
	c->nargs = nargs > UINT8_MAX ? UINT8_MAX : (uint8_t)nargs;
	if (spread)
		c->flags |= CALL_SPREAD;
	if (r->syn[up].kind == SYN_GO_STATEMENT)
		c->flags |= CALL_GO;
	if (r->syn[up].kind == SYN_DEFER_STATEMENT)
		c->flags |= CALL_DEFER;
	return r->b->call.count - 1;
}

/* What follows is inside of this call. */
static void enter_call(struct refer *r, uint32_t node, uint32_t call)
{
	refer_push(r, r->syn[node].next, FRAME_CALL, r->call);
	r->frame[r->nframes - 1].more = r->argument;
	r->call = call;
	r->argument = UINT32_MAX;
}

/* Is it new or make, and not a function of that name of this file? */
static bool takes_type(struct refer *r, uint32_t function)
{
	while (function && r->syn[function].kind == SYN_PAREN_EXPRESSION)
		function = syn_part(r->s, function);
	struct text t = refer_text(r, function);
	const struct name *n;

	if (r->syn[function].kind != SYN_IDENTIFIER ||
	    !((t.len == 3 && !memcmp(t.s, "new", 3)) || (t.len == 4 && !memcmp(t.s, "make", 4))))
		return false;
	n = refer_name(r, function);
	return !n->bound && !n->package;
}

/* As a statement of its own a call's results go nowhere. */
static enum ref_role call_role(const struct refer *r, uint32_t node)
{
	uint8_t up = r->syn[r->syn[node].parent].kind;

	return up == SYN_EXPRESSION_STATEMENT || up == SYN_GO_STATEMENT ||
	       up == SYN_DEFER_STATEMENT ? REF_STATEMENT : REF_CALL;
}

uint32_t visit_call(struct refer *r, uint32_t i)
{
	uint32_t function = syntax_child(r->s, i, FIELD_FUNCTION), nargs = 0;
	uint32_t args = syntax_child(r->s, i, FIELD_ARGUMENTS);
	bool spread = false;

	if (!function || !args)
		return i + 1;
	syntax_foreach_child(r->s, args, c) {
		if (!syn_is_part(&r->syn[c]))
			continue;
		spread |= r->syn[c].kind == SYN_VARIADIC_ARGUMENT;
		r->mark[c] |= MARK_NEXT;
		/* new(T); the grammar takes any first word for a type there. */
		if (!nargs++)
			refer_mark(r, c, takes_type(r, function) ? REF_TYPE : REF_VALUE);
	}
	refer_mark(r, function, call_role(r, i));
	enter_call(r, i, add_call(r, i, function, nargs, spread));
	return i + 1;
}

/* T[int](x) may be a call of a generic function as well. */
uint32_t visit_conversion(struct refer *r, uint32_t i)
{
	uint32_t type = syntax_child(r->s, i, FIELD_TYPE);
	uint32_t operand = syntax_child(r->s, i, FIELD_OPERAND);

	if (!type || !operand)
		return i + 1;
	refer_mark(r, type, call_role(r, i));
	r->mark[operand] |= MARK_NEXT;
	enter_call(r, i, add_call(r, i, type, 1, false));
	return i + 1;
}

uint32_t visit_literal(struct refer *r, uint32_t i)
{
	uint32_t type = syntax_child(r->s, i, FIELD_TYPE), col;
	struct body_literal *x;

	if (!type)
		return i + 1;
	if (r->syn[type].kind == SYN_TYPE_NAME || r->syn[type].kind == SYN_QUALIFIED_TYPE ||
	    r->syn[type].kind == SYN_GENERIC_TYPE)
		refer_mark(r, type, REF_LITERAL);
	body_str text = type_text(&r->types, type);

	x = body_add_literal(r->b);
	x->type = text;
	x->decl = r->decl;
	x->line = refer_line(r, r->syn[i].start, &col);
	x->col = col;
	return i + 1;
}
