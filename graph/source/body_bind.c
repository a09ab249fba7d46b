/* SPDX-License-Identifier: MIT */
/*
 * body_bind.c - declarations as the walk meets them: which names they bind,
 * from where on, and in which block.
 */
#include "graph/source/body_refs.h"

static void bind_node(struct refer *r, uint32_t node)
{
	struct text t = refer_text(r, node);

	if (t.len)
		scopes_bind(&r->scopes, t.s, (uint32_t)t.len);
}

/* Children with the field name: of a spec, a parameter, a type parameter. */
static void bind_names(struct refer *r, uint32_t node)
{
	syntax_foreach_child(r->s, node, c)
		if (r->syn[c].field == FIELD_NAME && syn_is_part(&r->syn[c]))
			bind_node(r, c);
}

/* Parameters, results, type parameters.  Names that look like types, see syn_has_names(). */
static void bind_list(struct refer *r, uint32_t list)
{
	syntax_foreach_child(r->s, list, c) {
		uint32_t type = syntax_child(r->s, c, FIELD_TYPE);

		bind_names(r, c);
		if (type && r->mark[type] & MARK_SKIP)
			bind_node(r, type);
	}
}

uint32_t visit_params(struct refer *r, uint32_t i)
{
	if (!syn_has_names(r->s, i))
		return i + 1;
	syntax_foreach_child(r->s, i, p) {
		uint32_t type = syntax_child(r->s, p, FIELD_TYPE);

		if (type && r->syn[type].kind == SYN_TYPE_NAME && r->syn[p].kind == SYN_PARAM &&
		    !syntax_child(r->s, p, FIELD_NAME))
			r->mark[type] |= MARK_SKIP;
	}
	return i + 1;
}

/* The identifiers of a list on the left of := */
static void bind_left(struct refer *r, uint32_t list)
{
	syntax_foreach_child(r->s, list, c)
		if (r->syn[c].kind == SYN_IDENTIFIER)
			bind_node(r, c);
}

void refer_bind(struct refer *r, uint32_t node)
{
	uint32_t kind = r->syn[node].kind;

	if (kind == SYN_CONST_SPEC || kind == SYN_VAR_SPEC) {
		bind_names(r, node);
		return;
	}
	syntax_foreach_child(r->s, node, c) {
		if (r->syn[c].kind == SYN_PARAMS)
			bind_list(r, c);
		else if (r->syn[c].field == FIELD_LEFT || r->syn[c].field == FIELD_ALIAS)
			bind_left(r, c);
	}
}

static void open_block(struct refer *r, uint32_t i)
{
	refer_push(r, r->syn[i].next, FRAME_SCOPE, r->scopes.nbound);
	r->depth++;
}

/* Types up to `end` have another role. */
static void types_are(struct refer *r, uint32_t end, enum ref_role role)
{
	refer_push(r, end, FRAME_TYPES, r->types_are);
	r->types_are = role;
}

/* The record of the declaration whose name this is, from now up to `end`. */
static bool begin_decl(struct refer *r, uint32_t name, uint32_t end)
{
	uint32_t col, line = refer_line(r, r->syn[name].start, &col);
	uint32_t n = r->next_decl;

	while (n < r->b->decl.count &&
	       (r->b->decl.at[n].line < line ||
		(r->b->decl.at[n].line == line && r->b->decl.at[n].col < col)))
		n++;
	r->next_decl = n;
	if (n == r->b->decl.count || r->b->decl.at[n].line != line || r->b->decl.at[n].col != col)
		return false;
	refer_push(r, end, FRAME_DECL, r->decl);
	r->decl = n;
	r->next_decl++;
	return true;
}

/* E and V of a receiver List[E, V]: declared there, like type parameters. */
static void bind_receiver(struct refer *r, uint32_t list)
{
	uint32_t param = list ? syn_part(r->s, list) : 0, args;
	uint32_t type = param ? type_unparen(r->s, syntax_child(r->s, param, FIELD_TYPE)) : 0;

	if (type && r->syn[type].kind == SYN_POINTER_TYPE)
		type = type_unparen(r->s, syn_part(r->s, type));
	if (!type || r->syn[type].kind != SYN_GENERIC_TYPE)
		return;
	args = syntax_child(r->s, type, FIELD_TYPE_ARGUMENTS);
	syntax_foreach_child(r->s, args, c) {
		uint32_t name = r->syn[c].kind == SYN_TYPE_ELEM ? syn_part(r->s, c) : c;

		if (!name || r->syn[name].kind != SYN_TYPE_NAME)
			continue;
		bind_node(r, name);
		r->mark[name] |= MARK_SKIP;
	}
}

static uint32_t word_end(const struct refer *r, uint32_t at, uint32_t end)
{
	while (at < end) {
		size_t size;
		uint32_t rune = rune_decode(r->s->bytes + at, end - at, &size);

		if (!rune_is_letter(rune) && !rune_is_digit(rune))
			break;
		at += (uint32_t)size;
	}
	return at;
}

/*
 * Type parameters of a method that are not in the tree, because they were
 * rewritten to be parsed: words behind [ and , are their names.  Constraints are
 * not looked at.
 */
static void bind_lost(struct refer *r, uint32_t method)
{
	uint32_t end, at = syn_lost_parameters(r->s, method, &end), deep = 0;
	const char *t = r->s->bytes;
	bool name = false;

	while (at && (at = syn_skip_blank(r->s, at, end)) < end) {
		uint32_t from = at;

		if (name && deep == 1 && (at = word_end(r, at, end)) > from) {
			scopes_bind(&r->scopes, t + from, at - from);
			name = false;
			continue;
		}
		deep += t[at] == '[' || t[at] == '(' || t[at] == '{';
		deep -= deep && (t[at] == ']' || t[at] == ')' || t[at] == '}');
		name = deep == 1 && (t[at] == '[' || t[at] == ',');
		at++;
	}
}

uint32_t visit_func(struct refer *r, uint32_t i)
{
	const struct syn *n = &r->syn[i];
	uint32_t body = syntax_child(r->s, i, FIELD_BODY), name;
	uint32_t from = body ? body : n->next;
	bool declared = n->kind != SYN_FUNC_LITERAL;

	if (declared && !r->depth && (name = syntax_child(r->s, i, FIELD_NAME)))
		begin_decl(r, name, n->next);
	open_block(r, i);
	/* Parameters count in the body alone: func f(http http.Handler) */
	refer_push(r, from, FRAME_BIND, i);
	if (!declared)
		return i + 1;
	if (r->depth == 1)
		types_are(r, from, REF_SIGNATURE);
	bind_receiver(r, syntax_child(r->s, i, FIELD_RECEIVER));
	bind_lost(r, i);
	uint32_t list = syntax_child(r->s, i, FIELD_TYPE_PARAMETERS);

	if (list)
		bind_list(r, list);
	return i + 1;
}

uint32_t visit_block(struct refer *r, uint32_t i)
{
	open_block(r, i);
	return i + 1;
}

/* var a, b T = x, y: x belongs to a, y to b. */
static void share_values(struct refer *r, uint32_t spec, uint32_t names)
{
	uint32_t list = syntax_child(r->s, spec, FIELD_VALUE), n = 0, from = r->nframes;

	if (names < 2 || !list)
		return;
	syntax_foreach_child(r->s, list, c)
		n += syn_is_part(&r->syn[c]);
	if (n != names)
		return;
	n = 0;
	syntax_foreach_child(r->s, list, c)
		if (syn_is_part(&r->syn[c]) && n++)
			refer_push(r, c, FRAME_DECL, r->decl + n - 1);
	/* The first of them comes first. */
	for (uint32_t a = from, z = r->nframes; a + 1 < z--; a++) {
		struct frame f = r->frame[a];

		r->frame[a] = r->frame[z];
		r->frame[z] = f;
	}
}

/* A spec of a const or var declaration. */
uint32_t visit_values(struct refer *r, uint32_t i)
{
	uint32_t type = syntax_child(r->s, i, FIELD_TYPE), names = 0, first = 0;

	if (r->depth) {
		refer_push(r, r->syn[i].next, FRAME_BIND, i);
		return i + 1;
	}
	syntax_foreach_child(r->s, i, c) {
		if (r->syn[c].kind != SYN_IDENTIFIER || r->syn[c].field != FIELD_NAME ||
		    r->syn[c].end == r->syn[c].start)
			continue;
		if (!first)
			first = c;
		names++;
	}
	if (first && begin_decl(r, first, r->syn[i].next))
		share_values(r, i, names);
	if (type)
		types_are(r, r->syn[type].next, REF_SIGNATURE);
	return i + 1;
}

uint32_t visit_type_spec(struct refer *r, uint32_t i)
{
	uint32_t name = syntax_child(r->s, i, FIELD_NAME);
	uint32_t list = syntax_child(r->s, i, FIELD_TYPE_PARAMETERS);

	if (name && r->depth)
		bind_node(r, name);
	else if (name)
		begin_decl(r, name, r->syn[i].next);
	if (!r->depth)
		types_are(r, r->syn[i].next, REF_FIELD);
	if (list) {
		open_block(r, i);
		bind_list(r, list);
	}
	return i + 1;
}

/* a, b := ...; range and receive, which may also assign. */
uint32_t visit_define(struct refer *r, uint32_t i)
{
	bool define = r->syn[i].kind == SYN_SHORT_VAR;
	uint32_t left = syntax_child(r->s, i, FIELD_LEFT);

	if (!left)
		return i + 1;
	syntax_foreach_child(r->s, i, c)
		define |= r->syn[c].kind == SYN_DEFINE;
	syntax_foreach_child(r->s, left, c) {
		if (!define)
			refer_mark(r, c, REF_WRITE);
		else if (r->syn[c].kind == SYN_IDENTIFIER)
			r->mark[c] |= MARK_SKIP;
	}
	if (define)
		refer_push(r, r->syn[i].next, FRAME_BIND, i);
	return i + 1;
}

uint32_t visit_type_switch(struct refer *r, uint32_t i)
{
	uint32_t alias = syntax_child(r->s, i, FIELD_ALIAS);
	uint32_t value = syntax_child(r->s, i, FIELD_VALUE);

	open_block(r, i);
	if (!alias || !value)
		return i + 1;
	syntax_foreach_child(r->s, alias, c)
		if (r->syn[c].kind == SYN_IDENTIFIER)
			r->mark[c] |= MARK_SKIP;
	refer_push(r, r->syn[value].next, FRAME_BIND, i);
	return i + 1;
}
