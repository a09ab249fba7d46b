/* SPDX-License-Identifier: MIT */
/*
 * body_decl.c - the declarations of a file, their members, and the comments
 * that are meant for us: one pass over the tree.
 */
#include "graph/source/body_type.h"
#include "graph/source/gotext.h"

#include <string.h>

/*
 * The latest group of comments, put together as go/parser does: lines without
 * another line between them.  One that begins behind code is nobody's doc.
 */
struct comments {
	uint32_t first_line, last_line; /* 0 = none yet */
	uint32_t end;
	bool trailing;
};

struct declare {
	struct body_builder *b;
	const struct syntax *s;
	const struct syn *syn;
	struct type_writer types;
	struct comments comments;
	uint32_t line;                  /* where the latest position was: a hint */
	uint32_t group;                 /* the ( ... ) group of the latest declaration; 0 = none */
};

static uint32_t line_of(struct declare *d, uint32_t offset)
{
	uint32_t col;

	return syn_line(d->s, offset, &d->line, &col);
}

static uint32_t last_line_of(struct declare *d, uint32_t node)
{
	const struct syn *n = &d->syn[node];

	return line_of(d, n->end > n->start ? n->end - 1 : n->start);
}

static struct text text_of(const struct declare *d, uint32_t node)
{
	return (struct text){ d->s->bytes + d->syn[node].start,
			      d->syn[node].end - d->syn[node].start };
}

static body_str str_of(struct declare *d, uint32_t node)
{
	struct text t = text_of(d, node);

	return node ? body_str_of(d->b, t.s, t.len) : 0;
}

static bool is_blank(const struct declare *d, uint32_t from, uint32_t to)
{
	const char *t = d->s->bytes;

	while (from < to && (t[from] == ' ' || t[from] == '\t' || t[from] == '\r' ||
			     t[from] == '\n'))
		from++;
	return from >= to;
}

static bool begins_line(const struct declare *d, uint32_t at)
{
	const char *t = d->s->bytes;

	while (at && (t[at - 1] == ' ' || t[at - 1] == '\t' || t[at - 1] == '\r'))
		at--;
	return !at || t[at - 1] == '\n' || (at == 3 && !memcmp(t, "\xef\xbb\xbf", 3));
}

/* "domain: NAME", one word. */
static bool is_domain(struct text t)
{
	struct text word, more;

	if (!text_has_prefix(t, "domain"))
		return false;
	t = text_trim((struct text){ t.s + 6, t.len - 6 });
	if (!t.len || *t.s != ':')
		return false;
	t = (struct text){ t.s + 1, t.len - 1 };
	return text_next_field(&t, &word) && !text_next_field(&t, &more);
}

static void add_comment(struct declare *d, uint32_t node)
{
	const struct syn *n = &d->syn[node];
	struct comments *c = &d->comments;
	uint32_t first = line_of(d, n->start);
	bool joins = c->first_line && first <= c->last_line + !c->trailing &&
		     is_blank(d, c->end, n->start);
	bool begins = begins_line(d, n->start);

	if (!joins) {
		c->first_line = first;
		c->trailing = !begins;
	}
	c->last_line = last_line_of(d, node);
	c->end = n->end;

	struct text t = text_of(d, node);

	if (!text_has_prefix(t, "//"))
		return;
	t = (struct text){ t.s + 2, t.len - 2 };
	if (!text_has_prefix(t, "meshctl:") && !is_domain(text_trim(t)))
		return;
	t = text_trim(t);
	struct body_directive *x = body_add_directive(d->b);

	x->line = first;
	x->decl = BODY_NONE;
	x->trailing = !begins;
	body_str text = body_str_of(d->b, t.s, t.len);

	d->b->directive.at[d->b->directive.count - 1].text = text;
}

/* The comment right above a declaration is its doc; directives in it are about it. */
static uint32_t take_doc(struct declare *d, uint32_t node, uint32_t decl)
{
	const struct comments *c = &d->comments;

	if (!c->first_line || c->trailing || !is_blank(d, c->end, d->syn[node].start) ||
	    c->last_line + 1 != line_of(d, d->syn[node].start))
		return 0;
	for (uint32_t i = d->b->directive.count; i-- > 0;) {
		struct body_directive *x = &d->b->directive.at[i];

		if (x->line < c->first_line)
			break;
		x->decl = decl;
	}
	return c->first_line;
}

static struct body_decl *last_decl(struct declare *d)
{
	return &d->b->decl.at[d->b->decl.count - 1];
}

/* A record for the name; `node` is what start_line and end_line are of. */
static void add_decl(struct declare *d, enum decl_kind kind, uint32_t name, uint32_t node,
		     uint32_t doc_line)
{
	struct text t = text_of(d, name);
	body_str str = str_of(d, name);
	struct body_decl *x = body_add_decl(d->b);

	x->name = str;
	x->kind = kind;
	if (name_is_exported(t.s, t.len))
		x->flags |= DECL_EXPORTED;
	x->line = syn_line(d->s, d->syn[name].start, &d->line, &x->col);
	x->start_line = line_of(d, d->syn[node].start);
	x->end_line = last_line_of(d, node);
	x->doc_line = doc_line;
	x->member_first = d->b->member.count;
}

static void add_member(struct declare *d, enum member_kind kind, uint32_t name, uint32_t at,
		       body_str type, body_str tag)
{
	body_str str = str_of(d, name);
	struct body_member *m = body_add_member(d->b);

	m->name = str;
	m->type = type;
	m->tag = tag;
	m->line = line_of(d, d->syn[at].start);
	m->kind = kind;
	last_decl(d)->nmembers++;
}

static body_str tag_of(struct declare *d, uint32_t field)
{
	struct text t = text_of(d, syntax_child(d->s, field, FIELD_TAG));
	const char *tag;

	if (!t.len || (*t.s != '`' && *t.s != '"'))
		return 0;
	tag = go_unquote(t.s, t.len, &d->b->arena);
	return tag ? body_str_of(d->b, tag, strlen(tag)) : 0;
}

/* The type's own name: T of T, *T, p.T, p.T[int]. */
static uint32_t own_name(const struct declare *d, uint32_t type)
{
	for (;;) {
		switch (d->syn[type].kind) {
		case SYN_TYPE_NAME:
			return type;
		case SYN_QUALIFIED_TYPE:
			return syntax_child(d->s, type, FIELD_NAME);
		case SYN_GENERIC_TYPE:
			type = syntax_child(d->s, type, FIELD_TYPE);
			break;
		default:
			return 0;
		}
	}
}

static void add_embedded(struct declare *d, uint32_t field, uint32_t type, bool pointer)
{
	body_str text = type_text(&d->types, type);

	if (pointer) {
		const char *star = arena_printf(&d->b->arena, "*%s", d->b->text + text);

		text = body_str_of(d->b, star, strlen(star));
	}
	add_member(d, MEMBER_EMBEDDED, own_name(d, type), type, text, tag_of(d, field));
}

static void add_fields(struct declare *d, uint32_t type)
{
	uint32_t list = syn_part(d->s, type);

	if (!list || d->syn[list].kind != SYN_FIELD_LIST)
		return;
	syntax_foreach_child(d->s, list, f) {
		uint32_t of = syntax_child(d->s, f, FIELD_TYPE), names = 0;
		bool pointer = false;

		if (d->syn[f].kind != SYN_FIELD_DECL || !of)
			continue;
		body_str text = 0, tag = 0;

		syntax_foreach_child(d->s, f, c) {
			pointer |= d->syn[c].kind == SYN_MUL;
			if (d->syn[c].field != FIELD_NAME || !syn_is_part(&d->syn[c]))
				continue;
			if (!names++) {
				text = type_text(&d->types, of);
				tag = tag_of(d, f);
			}
			add_member(d, MEMBER_FIELD, c, c, text, tag);
		}
		if (!names)
			add_embedded(d, f, of, pointer);
	}
}

static void add_interface(struct declare *d, uint32_t type)
{
	syntax_foreach_child(d->s, type, c) {
		uint32_t name = syntax_child(d->s, c, FIELD_NAME), only, n = 0;

		if (d->syn[c].kind == SYN_METHOD_ELEM) {
			add_member(d, MEMBER_METHOD, name, c, type_signature(&d->types, c), 0);
			continue;
		}
		if (d->syn[c].kind != SYN_TYPE_ELEM)
			continue;
		syntax_foreach_child(d->s, c, t)
			n += syn_is_part(&d->syn[t]);
		only = syn_part(d->s, c);
		if (n == 1 && own_name(d, only))
			add_embedded(d, c, only, false);
		else
			add_member(d, MEMBER_TERM, 0, c, type_text(&d->types, c), 0);
	}
}

static void declare_type(struct declare *d, uint32_t spec, uint32_t node, uint32_t doc)
{
	uint32_t name = syntax_child(d->s, spec, FIELD_NAME);
	uint32_t type = type_unparen(d->s, syntax_child(d->s, spec, FIELD_TYPE));

	if (!name || d->syn[name].end == d->syn[name].start)
		return;
	body_str signature = type_of_spec(&d->types, spec);

	add_decl(d, DECL_TYPE, name, node, doc);
	last_decl(d)->signature = signature;
	if (d->syn[spec].kind == SYN_TYPE_ALIAS)
		last_decl(d)->flags |= DECL_ALIAS;
	if (syntax_child(d->s, spec, FIELD_TYPE_PARAMETERS))
		last_decl(d)->flags |= DECL_GENERIC;
	if (type && d->syn[type].kind == SYN_STRUCT_TYPE) {
		last_decl(d)->flags |= DECL_STRUCT;
		add_fields(d, type);
	} else if (type && d->syn[type].kind == SYN_INTERFACE_TYPE) {
		last_decl(d)->flags |= DECL_INTERFACE;
		add_interface(d, type);
	}
}

static void declare_values(struct declare *d, uint32_t spec, uint32_t node, uint32_t doc)
{
	enum decl_kind kind = d->syn[spec].kind == SYN_VAR_SPEC ? DECL_VAR : DECL_CONST;
	uint32_t type = syntax_child(d->s, spec, FIELD_TYPE);
	body_str text = type_text(&d->types, type);

	syntax_foreach_child(d->s, spec, c) {
		if (d->syn[c].kind != SYN_IDENTIFIER || d->syn[c].field != FIELD_NAME ||
		    d->syn[c].end == d->syn[c].start)
			continue;
		add_decl(d, kind, c, node, doc);
		last_decl(d)->signature = text;
	}
}

/* A spec of a const, var or type declaration, alone or in a group. */
static void declare_spec(struct declare *d, uint32_t spec)
{
	uint32_t outer = d->syn[spec].parent, first = d->b->decl.count;
	bool in_list = d->syn[outer].kind == SYN_VAR_SPEC_LIST;
	uint32_t decl = in_list ? d->syn[outer].parent : outer;
	const struct syn *n = &d->syn[decl];
	bool grouped = in_list;

	/* Of constants and types the tree does not keep the parentheses. */
	if (!in_list && n->kind != SYN_VAR_DECL) {
		uint32_t at = syn_skip_blank(d->s, n->start + (n->kind == SYN_TYPE_DECL ? 4 : 5),
					     n->end);

		grouped = at < n->end && d->s->bytes[at] == '(';
	}
	uint32_t node = grouped ? spec : decl;
	uint32_t doc = take_doc(d, node, first);

	if (d->syn[spec].kind == SYN_VAR_SPEC || d->syn[spec].kind == SYN_CONST_SPEC)
		declare_values(d, spec, node, doc);
	else
		declare_type(d, spec, node, doc);
	for (uint32_t i = first; grouped && i < d->b->decl.count; i++)
		if (i > first || d->group == decl)
			d->b->decl.at[i].flags |= DECL_GROUPED;
	d->group = grouped ? decl : 0;
}

/* The receiver's base type: T of T, *T, (T), T[E]; 0 where Go has no such receiver. */
static uint32_t receiver_of(const struct declare *d, uint32_t method, bool *ret_pointer)
{
	uint32_t list = syntax_child(d->s, method, FIELD_RECEIVER), type;

	*ret_pointer = false;
	if (!list || !syn_part(d->s, list))
		return 0;
	type = type_unparen(d->s, syntax_child(d->s, syn_part(d->s, list), FIELD_TYPE));
	if (type && d->syn[type].kind == SYN_POINTER_TYPE) {
		*ret_pointer = true;
		type = type_unparen(d->s, syn_part(d->s, type));
	}
	if (type && d->syn[type].kind == SYN_GENERIC_TYPE)
		type = syntax_child(d->s, type, FIELD_TYPE);
	return type && d->syn[type].kind == SYN_TYPE_NAME ? type : 0;
}

static void declare_func(struct declare *d, uint32_t node)
{
	bool method = d->syn[node].kind == SYN_METHOD_DECL, pointer = false;
	uint32_t name = syntax_child(d->s, node, FIELD_NAME), end;
	uint32_t doc = take_doc(d, node, d->b->decl.count);

	d->group = 0;
	if (!name || d->syn[name].end == d->syn[name].start)
		return;
	body_str signature = type_signature(&d->types, node);

	add_decl(d, method ? DECL_METHOD : DECL_FUNC, name, node, doc);
	last_decl(d)->signature = signature;
	if (syntax_child(d->s, node, FIELD_BODY))
		last_decl(d)->flags |= DECL_BODY;
	if (syntax_child(d->s, node, FIELD_TYPE_PARAMETERS) ||
	    syn_lost_parameters(d->s, node, &end))
		last_decl(d)->flags |= DECL_GENERIC;
	if (!method)
		return;
	uint32_t receiver = receiver_of(d, node, &pointer);
	body_str base = str_of(d, receiver);

	last_decl(d)->receiver = base;
	if (pointer)
		last_decl(d)->flags |= DECL_POINTER;
}

/*
 * At the file's level.  In a piece that is broken, variables and constants may
 * be those of a function whose beginning is lost; they are left out.
 */
static bool is_top(const struct declare *d, uint32_t node, bool in_error)
{
	uint32_t up = d->syn[node].parent;

	return !up || (in_error && d->syn[up].flags & SYN_ERROR && !d->syn[up].parent);
}

static void look_at(struct declare *d, uint32_t i)
{
	uint32_t up;

	switch (d->syn[i].kind) {
	case SYN_COMMENT:
		add_comment(d, i);
		break;
	case SYN_FUNC_DECL:
	case SYN_METHOD_DECL:
		if (is_top(d, i, true))
			declare_func(d, i);
		break;
	case SYN_TYPE_SPEC:
	case SYN_TYPE_ALIAS:
		if (is_top(d, d->syn[i].parent, true))
			declare_spec(d, i);
		break;
	case SYN_CONST_SPEC:
	case SYN_VAR_SPEC:
		up = d->syn[i].parent;
		if (is_top(d, d->syn[up].kind == SYN_VAR_SPEC_LIST ? d->syn[up].parent : up, false))
			declare_spec(d, i);
		break;
	default:
		break;
	}
}

void body_declare(struct body_builder *b, const struct syntax *s)
{
	struct declare d = { .b = b, .s = s, .syn = s->syn };

	type_writer_init(&d.types, b, s);
	for (uint32_t i = 1; i < s->nsyn; i++)
		look_at(&d, i);
}
