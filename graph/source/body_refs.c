/* SPDX-License-Identifier: MIT */
/*
 * body_refs.c - the walk: each node once, in source order, with what the nodes
 * before it left to be done; references to other packages and uses of names.
 */
#include "graph/source/body_refs.h"

#include <string.h>

void refer_push(struct refer *r, uint32_t at, enum frame_kind kind, uint32_t value)
{
	SCRATCH_RESERVE(&r->b->arena, r->frame, r->nframes, r->frame_cap, r->nframes + 1);
	r->frame[r->nframes++] = (struct frame){ .at = at, .kind = kind, .value = value };
}

static void pop(struct refer *r)
{
	struct frame f = r->frame[--r->nframes];

	switch (f.kind) {
	case FRAME_SCOPE:
		scopes_close(&r->scopes, f.value);
		r->depth--;
		break;
	case FRAME_BIND:
		refer_bind(r, f.value);
		break;
	case FRAME_TYPES:
		r->types_are = (enum ref_role)f.value;
		break;
	case FRAME_DECL:
		r->decl = f.value;
		break;
	case FRAME_CALL:
		r->call = f.value;
		r->argument = f.more;
		break;
	}
}

uint32_t refer_line(struct refer *r, uint32_t offset, uint32_t *ret_col)
{
	return syn_line(r->s, offset, &r->line, ret_col);
}

uint16_t refer_short(uint32_t col)
{
	return col > UINT16_MAX ? UINT16_MAX : (uint16_t)col;
}

struct name *refer_name(struct refer *r, uint32_t node)
{
	struct text t = refer_text(r, node);
	uint32_t n = scopes_name(&r->scopes, t.s, (uint32_t)t.len);

	return &r->scopes.name[n];
}

static body_str name_str(struct refer *r, struct name *n)
{
	if (!n->str)
		n->str = body_str_of(r->b, n->text, n->len);
	return n->str;
}

static bool is_call(enum ref_role role)
{
	return role == REF_CALL || role == REF_STATEMENT;
}

/* The place of a name that no block binds. */
static void add_use(struct refer *r, struct name *n, uint32_t node, enum ref_role role)
{
	uint32_t flags = is_call(role) ? USE_CALL : role == REF_WRITE ? USE_WRITE :
			 role == REF_VALUE ? 0 : USE_TYPE, col;
	bool nowhere = r->decl == BODY_NONE;
	struct body_use *use;

	/* A declaration comes once; what is nowhere may come again, between broken pieces. */
	if (nowhere ? n->lost_use == BODY_NONE : n->use_of != r->decl) {
		body_str str = name_str(r, n);

		use = body_add_use(r->b);
		*(nowhere ? &n->lost_use : &n->use) = r->b->use.count - 1;
		if (!nowhere)
			n->use_of = r->decl;
		use->name = str;
		use->decl = r->decl;
		use->line = refer_line(r, r->syn[node].start, &col);
	} else {
		use = &r->b->use.at[nowhere ? n->lost_use : n->use];
		if (flags & USE_WRITE && !(use->flags & USE_WRITE))
			use->line = refer_line(r, r->syn[node].start, &col);
	}
	use->flags |= flags;
	use->count++;
}

/* A name by itself.  What hangs in a broken piece has no place that means something. */
static uint32_t visit_name(struct refer *r, uint32_t i)
{
	const struct syn *n = &r->syn[i];
	bool type = n->kind == SYN_TYPE_NAME;

	if (n->field == FIELD_NAME || r->mark[i] & MARK_SKIP || n->start == n->end ||
	    r->syn[n->parent].flags & SYN_ERROR || refer_is_lost(r, i))
		return i + 1;
	struct name *name = refer_name(r, i);

	if (!name->bound && !name->dropped)
		add_use(r, name, i, refer_role(r, i, type ? r->types_are : REF_VALUE));
	return i + 1;
}

/* q.Name; q may be a variable, too. */
static void qualified(struct refer *r, uint32_t q, uint32_t name, enum ref_role role)
{
	struct name *n = refer_name(r, q);
	struct text t = refer_text(r, name);
	struct body_ref *ref;
	uint32_t col;

	if (n->bound || n->dropped || !t.len || !n->len || refer_is_lost(r, q))
		return;
	if (n->package) {
		add_use(r, n, q, role == REF_WRITE ? REF_WRITE : REF_VALUE);
		return;
	}
	body_str qualifier = name_str(r, n), str = body_str_of(r->b, t.s, t.len);

	ref = body_add_ref(r->b);
	ref->qualifier = qualifier;
	ref->name = str;
	ref->decl = r->decl;
	ref->line = refer_line(r, r->syn[q].start, &col);
	ref->col = refer_short(col);
	ref->role = (uint8_t)role;
	ref->exported = name_is_exported(t.s, t.len);
}

static uint32_t visit_selector(struct refer *r, uint32_t i)
{
	uint32_t operand = syntax_child(r->s, i, FIELD_OPERAND);
	uint32_t field = syntax_child(r->s, i, FIELD_FIELD);
	enum ref_role role = refer_role(r, i, REF_VALUE);

	r->b->body.nselectors++;
	if (operand && field && r->syn[operand].kind == SYN_IDENTIFIER) {
		qualified(r, operand, field, role);
		return r->syn[i].next;
	}
	if (operand && role == REF_WRITE)
		refer_mark(r, operand, role);
	return i + 1;
}

static uint32_t visit_qualified(struct refer *r, uint32_t i)
{
	uint32_t package = syntax_child(r->s, i, FIELD_PACKAGE);
	uint32_t name = syntax_child(r->s, i, FIELD_NAME);

	r->b->body.nselectors++;
	if (package && name)
		qualified(r, package, name, refer_role(r, i, r->types_are));
	return r->syn[i].next;
}

uint32_t visit_import(struct refer *r, uint32_t i)
{
	return r->syn[i].next;
}

static void pass(struct refer *r, uint32_t from, uint32_t to)
{
	if (to)
		r->mark[to] |= r->mark[from] & (MARK_ROLE | MARK_ARGUMENT);
}

/* ( ... ) of an expression or a type, and x... */
static uint32_t visit_wrapper(struct refer *r, uint32_t i)
{
	pass(r, i, syn_part(r->s, i));
	return i + 1;
}

/* f[int](x) calls f; x[i] = y writes x; of (*T[E])(x) all are types. */
static uint32_t visit_index(struct refer *r, uint32_t i)
{
	uint32_t operand = syntax_child(r->s, i, FIELD_OPERAND);
	uint32_t index = syntax_child(r->s, i, FIELD_INDEX);
	enum ref_role role = refer_role(r, i, REF_VALUE);

	if (operand && role != REF_VALUE)
		refer_mark(r, operand, role);
	if (index && role == REF_TYPE)
		refer_mark(r, index, role);
	return i + 1;
}

/*
 * f[A, B] as the grammar reads it where it is sure of types.  go/parser is not:
 * what may be a value is one, unless something around says more.
 */
static uint32_t visit_instantiation(struct refer *r, uint32_t i)
{
	enum ref_role role = refer_role(r, i, REF_VALUE);
	uint32_t n = 0;

	syntax_foreach_child(r->s, i, c)
		if (syn_is_part(&r->syn[c]))
			refer_mark(r, c, !n++ || role == REF_TYPE ? role : REF_VALUE);
	return i + 1;
}

static void mark_arguments(struct refer *r, uint32_t args, enum ref_role role)
{
	syntax_foreach_child(r->s, args, c) {
		uint32_t type = r->syn[c].kind == SYN_TYPE_ELEM ? syn_part(r->s, c) : 0;

		if (type)
			refer_mark(r, type, role);
	}
}

static uint32_t visit_generic(struct refer *r, uint32_t i)
{
	uint32_t type = syntax_child(r->s, i, FIELD_TYPE);
	uint32_t args = syntax_child(r->s, i, FIELD_TYPE_ARGUMENTS);

	if (!(r->mark[i] & MARK_ROLE))
		return i + 1;
	enum ref_role role = refer_role(r, i, REF_VALUE);

	if (type)
		refer_mark(r, type, role);
	if (args && (role == REF_VALUE || is_call(role)))
		mark_arguments(r, args, REF_VALUE);
	else if (args && role == REF_TYPE)
		mark_arguments(r, args, REF_TYPE);
	return i + 1;
}

/* The arguments of f[A](...) where f is an expression. */
static uint32_t visit_type_arguments(struct refer *r, uint32_t i)
{
	if (r->syn[r->syn[i].parent].kind == SYN_CALL_EXPRESSION)
		mark_arguments(r, i, REF_VALUE);
	return i + 1;
}

/* (*T)(x) converts: nobody calls what a pointer points to that way. */
static uint32_t visit_pointer(struct refer *r, uint32_t i)
{
	enum ref_role role = refer_role(r, i, r->types_are);
	uint32_t to = syn_part(r->s, i);

	if (to && r->mark[i] & MARK_ROLE)
		refer_mark(r, to, is_call(role) ? REF_TYPE : role);
	return i + 1;
}

static uint32_t visit_unary(struct refer *r, uint32_t i)
{
	uint32_t op = syntax_child(r->s, i, FIELD_OPERATOR);
	uint32_t operand = syntax_child(r->s, i, FIELD_OPERAND);
	enum ref_role role = refer_role(r, i, REF_VALUE);

	if (!op || !operand)
		return i + 1;
	if (r->syn[op].kind == SYN_AND)
		refer_mark(r, operand, REF_WRITE);
	else if (r->syn[op].kind == SYN_MUL && role != REF_VALUE)
		refer_mark(r, operand, is_call(role) ? REF_TYPE : role);
	return i + 1;
}

static uint32_t visit_assignment(struct refer *r, uint32_t i)
{
	uint32_t left = syntax_child(r->s, i, FIELD_LEFT);

	syntax_foreach_child(r->s, left, c)
		refer_mark(r, c, REF_WRITE);
	return i + 1;
}

static uint32_t visit_step(struct refer *r, uint32_t i)
{
	uint32_t operand = syn_part(r->s, i);

	if (operand)
		refer_mark(r, operand, REF_WRITE);
	return i + 1;
}

/* Nor is the name of a field a name that is used; which of the two it is, types tell. */
static uint32_t visit_keyed(struct refer *r, uint32_t i)
{
	uint32_t key = syntax_child(r->s, i, FIELD_KEY);
	uint32_t name = key ? syn_part(r->s, key) : 0;

	if (name && r->syn[name].kind == SYN_IDENTIFIER)
		r->mark[name] |= MARK_SKIP;
	return i + 1;
}

static uint32_t visit_field(struct refer *r, uint32_t i)
{
	uint32_t type = syntax_child(r->s, i, FIELD_TYPE);

	if (type && !syntax_child(r->s, i, FIELD_NAME))
		refer_mark(r, type, REF_EMBEDDED);
	return i + 1;
}

/* Types up to the end of the node are those of a signature, if they are a declared type's. */
static void in_signature(struct refer *r, uint32_t i)
{
	if (r->types_are != REF_FIELD)
		return;
	refer_push(r, r->syn[i].next, FRAME_TYPES, r->types_are);
	r->types_are = REF_SIGNATURE;
}

static uint32_t visit_element(struct refer *r, uint32_t i)
{
	uint32_t only = syn_part(r->s, i), n = 0;

	if (!only || r->syn[r->syn[i].parent].kind != SYN_INTERFACE_TYPE)
		return i + 1;
	syntax_foreach_child(r->s, i, c)
		n += syn_is_part(&r->syn[c]);
	if (n == 1 && (r->syn[only].kind == SYN_TYPE_NAME ||
		       r->syn[only].kind == SYN_QUALIFIED_TYPE ||
		       r->syn[only].kind == SYN_GENERIC_TYPE))
		refer_mark(r, only, REF_EMBEDDED);
	else
		in_signature(r, i);
	return i + 1;
}

static uint32_t visit_signature(struct refer *r, uint32_t i)
{
	in_signature(r, i);
	return i + 1;
}

/* type F func(...) */
static uint32_t visit_func_type(struct refer *r, uint32_t i)
{
	if (r->syn[r->syn[i].parent].kind == SYN_TYPE_SPEC ||
	    r->syn[r->syn[i].parent].kind == SYN_TYPE_ALIAS)
		in_signature(r, i);
	return i + 1;
}

static uint32_t (*const visit[SYN_COUNT])(struct refer *r, uint32_t i) = {
	[SYN_PACKAGE_CLAUSE] = visit_import,
	[SYN_IMPORT_DECLARATION] = visit_import,
	[SYN_FUNC_DECL] = visit_func,
	[SYN_METHOD_DECL] = visit_func,
	[SYN_FUNC_LITERAL] = visit_func,
	[SYN_CONST_SPEC] = visit_values,
	[SYN_VAR_SPEC] = visit_values,
	[SYN_TYPE_SPEC] = visit_type_spec,
	[SYN_TYPE_ALIAS] = visit_type_spec,
	[SYN_TYPE_PARAMS] = visit_signature,
	[SYN_PARAMS] = visit_params,
	[SYN_METHOD_ELEM] = visit_signature,
	[SYN_FUNC_TYPE] = visit_func_type,
	[SYN_BLOCK] = visit_block,
	[SYN_IF_STATEMENT] = visit_block,
	[SYN_FOR_STATEMENT] = visit_block,
	[SYN_SWITCH_STATEMENT] = visit_block,
	[SYN_CASE] = visit_block,
	[SYN_TYPE_CASE] = visit_block,
	[SYN_DEFAULT_CASE] = visit_block,
	[SYN_COMM_CASE] = visit_block,
	[SYN_TYPE_SWITCH_STATEMENT] = visit_type_switch,
	[SYN_SHORT_VAR] = visit_define,
	[SYN_RANGE_CLAUSE] = visit_define,
	[SYN_RECEIVE_STATEMENT] = visit_define,
	[SYN_ASSIGNMENT] = visit_assignment,
	[SYN_INC_STATEMENT] = visit_step,
	[SYN_DEC_STATEMENT] = visit_step,
	[SYN_IDENTIFIER] = visit_name,
	[SYN_TYPE_NAME] = visit_name,
	[SYN_SELECTOR_EXPRESSION] = visit_selector,
	[SYN_QUALIFIED_TYPE] = visit_qualified,
	[SYN_GENERIC_TYPE] = visit_generic,
	[SYN_TYPE_ARGS] = visit_type_arguments,
	[SYN_TYPE_INSTANTIATION] = visit_instantiation,
	[SYN_POINTER_TYPE] = visit_pointer,
	[SYN_PAREN_TYPE] = visit_wrapper,
	[SYN_PAREN_EXPRESSION] = visit_wrapper,
	[SYN_VARIADIC_ARGUMENT] = visit_wrapper,
	[SYN_INDEX_EXPRESSION] = visit_index,
	[SYN_UNARY_EXPRESSION] = visit_unary,
	[SYN_BINARY_EXPRESSION] = visit_binary,
	[SYN_CALL_EXPRESSION] = visit_call,
	[SYN_TYPE_CONVERSION] = visit_conversion,
	[SYN_COMPOSITE_LITERAL] = visit_literal,
	[SYN_KEYED_ELEMENT] = visit_keyed,
	[SYN_FIELD_DECL] = visit_field,
	[SYN_TYPE_ELEM] = visit_element,
	[SYN_STRING] = visit_string,
	[SYN_RAW_STRING] = visit_string,
};

/* What the package level of the file declares, and what is never told. */
static void name_globals(struct refer *r)
{
	static const char *const dropped[] = { "_", "nil", "true", "false", "iota" };
	const struct body_builder *b = r->b;

	for (size_t i = 0; i < ARRAY_SIZE(dropped); i++) {
		uint32_t n = scopes_name(&r->scopes, dropped[i], (uint32_t)strlen(dropped[i]));

		r->scopes.name[n].dropped = true;
	}
	for (uint32_t d = 0; d < b->decl.count; d++) {
		const char *text = b->text + b->decl.at[d].name;
		size_t len = strlen(text);

		if (b->decl.at[d].kind == DECL_METHOD || !strcmp(text, "init"))
			continue;
		text = arena_strndup(&r->b->arena, text, len);
		uint32_t n = scopes_name(&r->scopes, text, (uint32_t)len);

		r->scopes.name[n].package = true;
	}
}

void body_refer(struct body_builder *b, const struct syntax *s)
{
	struct refer r = {
		.b = b, .s = s, .syn = s->syn, .decl = BODY_NONE, .types_are = REF_TYPE,
		.call = BODY_NONE, .argument = UINT32_MAX,
	};

	if (!s->nsyn || !s->nlines)
		return;
	r.mark = arena_array(&b->arena, uint8_t, s->nsyn);
	scopes_init(&r.scopes, &b->arena);
	type_writer_init(&r.types, b, s);
	name_globals(&r);
	for (uint32_t i = 1; i < s->nsyn;) {
		while (r.nframes && r.frame[r.nframes - 1].at <= i)
			pop(&r);
		if (r.mark[i] & MARK_NEXT) {
			r.argument++;
			r.mark[i] |= MARK_ARGUMENT;
		}
		i = visit[s->syn[i].kind] ? visit[s->syn[i].kind](&r, i) : i + 1;
	}
}
