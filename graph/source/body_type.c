/* SPDX-License-Identifier: MIT */
/*
 * body_type.c - writes types from the tree: a stack of pieces that are yet to
 * be written, so that no depth of nesting recurses.
 */
#include "graph/source/body_type.h"
#include "base/limits.h"

#include <string.h>

enum work_kind { WORK_TEXT, WORK_SOURCE, WORK_TYPE, WORK_PARAMS, WORK_RESULT, WORK_CHAN };

struct type_work {
	enum work_kind kind;
	uint32_t node;                  /* WORK_SOURCE: where it begins */
	uint32_t end;                   /* WORK_SOURCE: and where it ends */
	const char *text;
};

void type_writer_init(struct type_writer *w, struct body_builder *b, const struct syntax *s)
{
	*w = (struct type_writer){ .b = b, .s = s };
	imports_read(&w->imports, s, &b->arena);
}

static void put(struct type_writer *w, const char *text, size_t len)
{
	uint64_t most = limit_of(LIMIT_TYPE_BYTES);

	/* Past the limit nothing is written; what is left on the stack is thrown away. */
	if (w->len + len > most) {
		len = most - w->len;
		w->nwork = 0;
	}
	SCRATCH_RESERVE(&w->b->arena, w->out, w->len, w->cap, w->len + (uint32_t)len);
	memcpy(w->out + w->len, text, len);
	w->len += (uint32_t)len;
}

static struct type_work *push(struct type_writer *w, enum work_kind kind, uint32_t node)
{
	SCRATCH_RESERVE(&w->b->arena, w->work, w->nwork, w->work_cap, w->nwork + 1);
	w->work[w->nwork] = (struct type_work){ .kind = kind, .node = node };
	return &w->work[w->nwork++];
}

static void push_text(struct type_writer *w, const char *text)
{
	push(w, WORK_TEXT, 0)->text = text;
}

static void push_type(struct type_writer *w, uint32_t node)
{
	if (node)
		push(w, WORK_TYPE, node);
}

static void push_source(struct type_writer *w, uint32_t node)
{
	if (node)
		push(w, WORK_SOURCE, w->s->syn[node].start)->end = w->s->syn[node].end;
}

static void push_field(struct type_writer *w, uint32_t node, enum syn_field field)
{
	push_type(w, syntax_child(w->s, node, field));
}

/* What was pushed since `base` is to be written in the order in which it was pushed. */
static void in_order(struct type_writer *w, uint32_t base)
{
	for (uint32_t i = base, k = w->nwork; i + 1 < k--; i++) {
		struct type_work t = w->work[i];

		w->work[i] = w->work[k];
		w->work[k] = t;
	}
}

/* The children of a kind of place, with a separator between them. */
static void push_parts(struct type_writer *w, uint32_t node, const char *separator)
{
	uint32_t n = 0;

	syntax_foreach_child(w->s, node, c) {
		if (!syn_is_part(&w->s->syn[c]))
			continue;
		if (n++)
			push_text(w, separator);
		push_type(w, c);
	}
}

/* Without comments and white space, but for a space between words and behind commas. */
static void write_source(struct type_writer *w, uint32_t at, uint32_t end)
{
	const char *t = w->s->bytes;
	uint32_t from, last = 0;

	while (w->len < limit_of(LIMIT_TYPE_BYTES) && syn_next_lexeme(w->s, &at, end, &from)) {
		if (last && (t[last - 1] == ',' ||
			     (syn_is_word(t[last - 1]) && syn_is_word(t[from]))))
			put(w, " ", 1);
		put(w, t + from, at - from);
		last = at;
	}
}

static void write_name(struct type_writer *w, const struct syn *n)
{
	const char *text = w->s->bytes + n->start;
	size_t len = n->end - n->start;

	if (len == 5 && !memcmp(text, "uint8", 5))
		put(w, "byte", 4);
	else if (len == 4 && !memcmp(text, "rune", 4))
		put(w, "int32", 5);
	else
		put(w, text, len);
}

static void write_qualified(struct type_writer *w, uint32_t node)
{
	const struct syn *syn = w->s->syn;
	uint32_t package = syntax_child(w->s, node, FIELD_PACKAGE);
	uint32_t name = syntax_child(w->s, node, FIELD_NAME);
	const char *text = w->s->bytes + syn[package].start;
	size_t len = syn[package].end - syn[package].start;

	if (!package || !name)
		return;
	const struct own_import *im = imports_find(&w->imports, text, len);

	if (im)
		put(w, im->path, im->path_len);
	else
		put(w, text, len);
	put(w, ".", 1);
	put(w, w->s->bytes + syn[name].start, syn[name].end - syn[name].start);
}

static bool is_receiver(const struct type_writer *w, uint32_t node)
{
	return w->s->syn[node].kind == SYN_CHAN_TYPE &&
	       w->s->bytes[w->s->syn[node].start] == '<';
}

/*
 * In Go <- belongs to the leftmost chan, but the grammar reads `chan<- chan T` as
 * a chan of <-chan T: its arrow is then `lent` to the chan before it.  A real
 * chan of <-chan T needs parentheses.
 */
static void push_chan(struct type_writer *w, uint32_t node, bool lent)
{
	const struct syn *syn = w->s->syn;
	uint32_t value = syntax_child(w->s, node, FIELD_VALUE), inner = type_unparen(w->s, value);
	bool arrow = false;

	if (is_receiver(w, node) && !lent) {
		push_text(w, "<-chan ");
		push_type(w, inner);
		return;
	}
	syntax_foreach_child(w->s, node, c)
		arrow |= syn[c].kind == SYN_ARROW && !lent;
	bool lend = value && !arrow && is_receiver(w, value);
	bool parens = inner && !arrow && !lend && is_receiver(w, inner);

	push_text(w, arrow || lend ? "chan<- " : "chan ");
	if (parens)
		push_text(w, "(");
	if (inner)
		push(w, lend ? WORK_CHAN : WORK_TYPE, inner);
	if (parens)
		push_text(w, ")");
}

static void expand_chan(struct type_writer *w, uint32_t node)
{
	push_chan(w, node, false);
}

/* Fields of a struct, one a name: A int; B int; *T. */
static void expand_struct(struct type_writer *w, uint32_t node)
{
	const struct syn *syn = w->s->syn;
	uint32_t list = syn_part(w->s, node), n = 0;

	push_text(w, "struct{");
	for (uint32_t f = list + 1; list && f < syn[list].next; f = syn[f].next) {
		if (syn[f].kind != SYN_FIELD_DECL)
			continue;
		uint32_t tag = syntax_child(w->s, f, FIELD_TAG), names = 0;
		bool star = false;

		syntax_foreach_child(w->s, f, c) {
			star |= syn[c].kind == SYN_MUL;
			names += syn[c].field == FIELD_NAME;
			if (syn[c].field != FIELD_NAME && syn[c].field != FIELD_TYPE)
				continue;
			if (syn[c].field == FIELD_TYPE && names)
				continue;
			push_text(w, n++ ? "; " : "");
			if (names) {
				push_source(w, c);
				push_text(w, " ");
			} else if (star) {
				push_text(w, "*");
			}
			push_field(w, f, FIELD_TYPE);
			if (tag) {
				push_text(w, " ");
				push_source(w, tag);
			}
		}
	}
	push_text(w, "}");
}

static void push_signature(struct type_writer *w, uint32_t node)
{
	uint32_t params = syntax_child(w->s, node, FIELD_PARAMETERS);
	uint32_t result = syntax_child(w->s, node, FIELD_RESULT);

	if (params)
		push(w, WORK_PARAMS, params);
	if (result)
		push(w, WORK_RESULT, result);
}

static void expand_interface(struct type_writer *w, uint32_t node)
{
	const struct syn *syn = w->s->syn;
	uint32_t n = 0;

	if (!syn_part(w->s, node)) {
		push_text(w, "any");
		return;
	}
	push_text(w, "interface{");
	syntax_foreach_child(w->s, node, c) {
		if (!syn_is_part(&syn[c]))
			continue;
		push_text(w, n++ ? "; " : "");
		if (syn[c].kind == SYN_METHOD_ELEM) {
			push_source(w, syntax_child(w->s, c, FIELD_NAME));
			push_signature(w, c);
		} else {
			push_type(w, c);
		}
	}
	push_text(w, "}");
}

static void expand_array(struct type_writer *w, uint32_t node)
{
	uint32_t length = syntax_child(w->s, node, FIELD_LENGTH);

	push_text(w, "[");
	if (length)
		push_source(w, length);
	else if (w->s->syn[node].kind == SYN_IMPLICIT_ARRAY_TYPE)
		push_text(w, "...");
	push_text(w, "]");
	push_field(w, node, FIELD_ELEMENT);
}

static void expand_generic(struct type_writer *w, uint32_t node)
{
	push_field(w, node, FIELD_TYPE);
	push_field(w, node, FIELD_TYPE_ARGUMENTS);
}

static void expand_arguments(struct type_writer *w, uint32_t node)
{
	push_text(w, "[");
	push_parts(w, node, ", ");
	push_text(w, "]");
}

/* A | B; one in parentheses, too. */
static void expand_union(struct type_writer *w, uint32_t node)
{
	push_parts(w, node, " | ");
}

static void expand_prefix(struct type_writer *w, uint32_t node)
{
	push_text(w, w->s->syn[node].kind == SYN_POINTER_TYPE ? "*" : "~");
	push_type(w, syn_part(w->s, node));
}

static void expand_map(struct type_writer *w, uint32_t node)
{
	push_text(w, "map[");
	push_field(w, node, FIELD_KEY);
	push_text(w, "]");
	push_field(w, node, FIELD_VALUE);
}

static void expand_func(struct type_writer *w, uint32_t node)
{
	push_text(w, "func");
	push_signature(w, node);
}

/* Each pushes the pieces of a type in their order. */
static void (*const expand[SYN_COUNT])(struct type_writer *w, uint32_t node) = {
	[SYN_GENERIC_TYPE] = expand_generic,
	[SYN_TYPE_ARGS] = expand_arguments,
	[SYN_TYPE_ELEM] = expand_union,
	[SYN_TYPE_CONSTRAINT] = expand_union,
	[SYN_POINTER_TYPE] = expand_prefix,
	[SYN_NEGATED_TYPE] = expand_prefix,
	[SYN_PAREN_TYPE] = expand_union,
	[SYN_ARRAY_TYPE] = expand_array,
	[SYN_IMPLICIT_ARRAY_TYPE] = expand_array,
	[SYN_SLICE_TYPE] = expand_array,
	[SYN_MAP_TYPE] = expand_map,
	[SYN_CHAN_TYPE] = expand_chan,
	[SYN_FUNC_TYPE] = expand_func,
	[SYN_STRUCT_TYPE] = expand_struct,
	[SYN_INTERFACE_TYPE] = expand_interface,
};

static void expand_type(struct type_writer *w, uint32_t node)
{
	const struct syn *n = &w->s->syn[node];
	uint32_t base = w->nwork;

	if (n->kind == SYN_TYPE_NAME || n->kind == SYN_IDENTIFIER) {
		write_name(w, n);
	} else if (n->kind == SYN_QUALIFIED_TYPE) {
		write_qualified(w, node);
	} else {
		if (expand[n->kind])
			expand[n->kind](w, node);
		else
			push_source(w, node);
		in_order(w, base);
	}
}

/* The types of a list of parameters, each as often as it has names; returns how many. */
static uint32_t push_list(struct type_writer *w, uint32_t list)
{
	const struct syn *syn = w->s->syn;
	bool named = syn_has_names(w->s, list), lent = false;
	uint32_t n = 0, type = 0;

	syntax_foreach_child(w->s, list, p) {
		uint32_t names = 0, i = 0;

		if (syn[p].kind != SYN_PARAM && syn[p].kind != SYN_VARIADIC_PARAM)
			continue;
		syntax_foreach_child(w->s, p, c)
			names += syn[c].field == FIELD_NAME;
		if (!named || names)
			type = syntax_child(w->s, p, FIELD_TYPE);
		else if (!lent)
			type = syn_parameter_type(w->s, list, p);
		lent = named && !names;
		do {
			push_text(w, n++ ? ", " : "");
			if (syn[p].kind == SYN_VARIADIC_PARAM)
				push_text(w, "...");
			push_type(w, type);
		} while (++i < names);
	}
	return n;
}

static void expand_list(struct type_writer *w, uint32_t node, bool result)
{
	uint32_t base = w->nwork;

	if (!result) {
		push_text(w, "(");
		push_list(w, node);
		push_text(w, ")");
	} else if (w->s->syn[node].kind == SYN_PARAMS) {
		push_text(w, "");
		uint32_t n = push_list(w, node);

		w->work[base].text = n > 1 ? " (" : n ? " " : "";
		push_text(w, n > 1 ? ")" : "");
	} else {
		push_text(w, " ");
		push_type(w, node);
	}
	in_order(w, base);
}

/* Writes what is on the stack. */
static body_str finish(struct type_writer *w)
{
	w->len = 0;
	while (w->nwork) {
		struct type_work next = w->work[--w->nwork];
		uint32_t base;

		switch (next.kind) {
		case WORK_TEXT:
			put(w, next.text, strlen(next.text));
			break;
		case WORK_SOURCE:
			write_source(w, next.node, next.end);
			break;
		case WORK_TYPE:
			expand_type(w, next.node);
			break;
		case WORK_CHAN:
			base = w->nwork;
			push_chan(w, next.node, true);
			in_order(w, base);
			break;
		case WORK_PARAMS:
		case WORK_RESULT:
			expand_list(w, next.node, next.kind == WORK_RESULT);
			break;
		}
	}
	return body_str_of(w->b, w->out, w->len);
}

body_str type_text(struct type_writer *w, uint32_t node)
{
	const struct syn *n = &w->s->syn[node];

	if (!node)
		return 0;
	/* Most types are a name. */
	if (n->kind == SYN_TYPE_NAME && n->end - n->start > 5)
		return body_str_of(w->b, w->s->bytes + n->start, n->end - n->start);
	push_type(w, node);
	return finish(w);
}

body_str type_source(struct type_writer *w, uint32_t node)
{
	push_source(w, node);
	return finish(w);
}

/* [K comparable, V any] */
static void push_type_parameters(struct type_writer *w, uint32_t list)
{
	const struct syn *syn = w->s->syn;
	uint32_t n = 0;

	push_text(w, "[");
	syntax_foreach_child(w->s, list, p) {
		if (syn[p].kind != SYN_TYPE_PARAM)
			continue;
		syntax_foreach_child(w->s, p, c) {
			if (syn[c].field != FIELD_NAME || !syn_is_part(&syn[c]))
				continue;
			push_text(w, n++ ? ", " : "");
			push_source(w, c);
			push_text(w, " ");
			push_field(w, p, FIELD_TYPE);
		}
	}
	push_text(w, "]");
}

body_str type_signature(struct type_writer *w, uint32_t func)
{
	uint32_t list = syntax_child(w->s, func, FIELD_TYPE_PARAMETERS), end;
	uint32_t lost = syn_lost_parameters(w->s, func, &end);

	if (list)
		push_type_parameters(w, list);
	if (lost)
		push(w, WORK_SOURCE, lost)->end = end;
	push_signature(w, func);
	in_order(w, 0);
	return finish(w);
}

body_str type_of_spec(struct type_writer *w, uint32_t spec)
{
	uint32_t list = syntax_child(w->s, spec, FIELD_TYPE_PARAMETERS);
	uint32_t type = type_unparen(w->s, syntax_child(w->s, spec, FIELD_TYPE));

	if (list)
		push_type_parameters(w, list);
	if (list && type)
		push_text(w, " ");
	if (type && w->s->syn[type].kind == SYN_STRUCT_TYPE)
		push_text(w, "struct");
	else if (type && w->s->syn[type].kind == SYN_INTERFACE_TYPE)
		push_text(w, "interface");
	else
		push_type(w, type);
	in_order(w, 0);
	return finish(w);
}
