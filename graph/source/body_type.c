/* SPDX-License-Identifier: MIT */
/*
 * body_type.c - writes types from the tree: a stack of pieces that are yet to
 * be written, so that no depth of nesting recurses.
 */
#include "graph/source/body_type.h"
#include "base/limits.h"
#include "graph/source/gotext.h"
#include "graph/source/link_name.h"

#include <string.h>

enum work_kind { WORK_TEXT, WORK_SOURCE, WORK_TYPE, WORK_PARAMS, WORK_RESULT, WORK_CHAN };

struct type_work {
	enum work_kind kind;
	uint32_t node;                  /* WORK_SOURCE: where it begins */
	uint32_t end;                   /* WORK_SOURCE: and where it ends */
	const char *text;
};

static const bool is_token[SYN_COUNT] = {
	[SYN_COMMENT] = true,
#define SYN_NODE(id, text)
#define SYN_TOKEN(id, text) [id] = true,
#include "graph/source/syntax_kinds.def"
#undef SYN_NODE
#undef SYN_TOKEN
};

void *scratch_grow(struct arena *a, const void *item, size_t size, uint32_t count, uint32_t want,
		   uint32_t *cap)
{
	uint32_t n = *cap ? *cap : 32;

	while (n < want)
		n *= 2;
	void *more = arena_alloc(a, n, size);

	if (count)
		memcpy(more, item, count * size);
	*cap = n;
	return more;
}

bool syn_is_part(const struct syn *n)
{
	return !is_token[n->kind];
}

uint32_t syn_part(const struct syntax *s, uint32_t node)
{
	syntax_foreach_child(s, node, c)
		if (syn_is_part(&s->syn[c]))
			return c;
	return 0;
}

uint32_t type_unparen(const struct syntax *s, uint32_t node)
{
	while (node && s->syn[node].kind == SYN_PAREN_TYPE)
		node = syn_part(s, node);
	return node;
}

static bool is_named(const struct syntax *s, uint32_t param)
{
	return (s->syn[param].kind == SYN_PARAM || s->syn[param].kind == SYN_VARIADIC_PARAM) &&
	       syntax_child(s, param, FIELD_NAME);
}

bool syn_has_names(const struct syntax *s, uint32_t list)
{
	syntax_foreach_child(s, list, p)
		if (is_named(s, p))
			return true;
	return false;
}

uint32_t syn_parameter_type(const struct syntax *s, uint32_t list, uint32_t param)
{
	uint32_t p = param;

	while (p < s->syn[list].next && !is_named(s, p))
		p = s->syn[p].next;
	return syntax_child(s, p < s->syn[list].next ? p : param, FIELD_TYPE);
}

uint32_t syn_line(const struct syntax *s, uint32_t offset, uint32_t *hint, uint32_t *ret_col)
{
	const uint32_t *start = s->line_start;
	uint32_t line = *hint;

	while (line && start[line] > offset)
		line--;
	while (line + 1 < s->nlines && start[line + 1] <= offset)
		line++;
	*hint = line;
	*ret_col = offset + 1 - start[line];
	return line + 1;
}

uint32_t syn_skip_blank(const struct syntax *s, uint32_t at, uint32_t end)
{
	const char *t = s->bytes;

	while (at < end) {
		if (t[at] == ' ' || t[at] == '\t' || t[at] == '\n' || t[at] == '\r') {
			at++;
		} else if (end - at > 1 && t[at] == '/' && t[at + 1] == '/') {
			while (at < end && t[at] != '\n')
				at++;
		} else if (end - at > 1 && t[at] == '/' && t[at + 1] == '*') {
			for (at += 2; at < end && !(t[at - 1] == '*' && t[at] == '/'); at++)
				;
			at += at < end;
		} else {
			break;
		}
	}
	return at;
}

uint32_t syn_lost_parameters(const struct syntax *s, uint32_t method, uint32_t *ret_end)
{
	uint32_t name = syntax_child(s, method, FIELD_NAME);
	uint32_t params = syntax_child(s, method, FIELD_PARAMETERS);

	if (!s->rewritten || !name || !params || s->syn[method].kind != SYN_METHOD_DECL)
		return 0;
	*ret_end = s->syn[params].start;
	uint32_t at = syn_skip_blank(s, s->syn[name].end, *ret_end);

	return at < *ret_end && s->bytes[at] == '[' ? at : 0;
}

static bool is_upper(uint32_t rune)
{
	static const struct { uint32_t first, last, stride; } upper[] = {
#define R(first, last, stride) { first, last, stride },
#include "graph/source/rune_upper.def"
#undef R
	};

	for (size_t i = 0; i < ARRAY_SIZE(upper); i++)
		if (rune >= upper[i].first && rune <= upper[i].last)
			return (rune - upper[i].first) % upper[i].stride == 0;
	return false;
}

bool name_is_exported(const char *name, size_t len)
{
	size_t size;

	if (!len || (unsigned char)*name < 0x80)
		return len && *name >= 'A' && *name <= 'Z';
	return is_upper(rune_decode(name, len, &size));
}

static void add_import(struct type_writer *w, uint32_t spec)
{
	const struct syn *syn = w->s->syn;
	uint32_t name = syntax_child(w->s, spec, FIELD_NAME);
	uint32_t path = syntax_child(w->s, spec, FIELD_PATH);
	struct type_import im = { 0 };

	if (!path || syn[path].end - syn[path].start < 3)
		return;
	im.path = w->s->bytes + syn[path].start + 1;
	im.path_len = syn[path].end - syn[path].start - 2;
	if (name && syn[name].kind == SYN_PACKAGE_IDENTIFIER) {
		im.name = w->s->bytes + syn[name].start;
		im.name_len = syn[name].end - syn[name].start;
	} else if (name) {
		return;
	}
	SCRATCH_RESERVE(&w->b->arena, w->import, w->nimports, w->import_cap, w->nimports + 1);
	w->import[w->nimports++] = im;
}

void type_writer_init(struct type_writer *w, struct body_builder *b, const struct syntax *s)
{
	*w = (struct type_writer){ .b = b, .s = s, .steps = limit_of(LIMIT_NAME_STEPS) };
	for (uint32_t d = 1; d < s->nsyn; d = s->syn[d].next) {
		if (s->syn[d].kind != SYN_IMPORT_DECLARATION)
			continue;
		for (uint32_t i = d + 1; i < s->syn[d].next; i++)
			if (s->syn[i].kind == SYN_IMPORT_SPEC)
				add_import(w, i);
	}
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
	struct type_work *p;

	if (!node)
		return;
	p = push(w, WORK_SOURCE, w->s->syn[node].start);
	p->end = w->s->syn[node].end;
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

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || (unsigned char)c >= 0x80;
}

/* Source without comments and white space, but for a space between words and behind commas. */
static void write_source(struct type_writer *w, uint32_t at, uint32_t end)
{
	const char *t = w->s->bytes;
	char last = '\0';

	while (w->len < limit_of(LIMIT_TYPE_BYTES) && (at = syn_skip_blank(w->s, at, end)) < end) {
		uint32_t from = at;

		if (t[at] == '"' || t[at] == '`' || t[at] == '\'') {
			for (at++; at < end && t[at] != t[from]; at++)
				at += t[at] == '\\' && t[from] != '`';
			at = at < end ? at + 1 : end;
		} else {
			for (; at < end && is_word(t[at]); at++)
				;
			at += at == from;
		}
		if ((is_word(last) && is_word(t[from])) || last == ',')
			put(w, " ", 1);
		put(w, t + from, at - from);
		last = t[at - 1];
	}
}

static void write_name(struct type_writer *w, const struct syn *n)
{
	static const struct { const char *alias, *name; } alias[] = {
		{ "uint8", "byte" }, { "rune", "int32" },
	};
	const char *text = w->s->bytes + n->start;
	size_t len = n->end - n->start;

	for (size_t i = 0; i < ARRAY_SIZE(alias); i++) {
		if (len == strlen(alias[i].alias) && !memcmp(text, alias[i].alias, len)) {
			put(w, alias[i].name, strlen(alias[i].name));
			return;
		}
	}
	put(w, text, len);
}

/* What is said counts more than what fits, and what fits two imports alike is nothing. */
static const struct type_import *find_import(struct type_writer *w, const char *name, size_t len)
{
	const struct type_import *found = NULL;
	enum name_fit best = FIT_NONE;

	if (w->steps < w->nimports)
		return NULL;
	w->steps -= w->nimports;
	for (uint32_t i = 0; i < w->nimports; i++) {
		const struct type_import *im = &w->import[i];

		if (im->name && im->name_len == len && !memcmp(im->name, name, len))
			return im;
		if (im->name)
			continue;
		enum name_fit fit = import_name_fit(im->path, im->path_len, name, len);

		if (fit && fit >= best) {
			found = fit == best ? NULL : im;
			best = fit;
		}
	}
	return found;
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
	const struct type_import *im = find_import(w, text, len);

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
static void expand_chan(struct type_writer *w, uint32_t node, bool lent)
{
	const struct syn *syn = w->s->syn;
	uint32_t value = syntax_child(w->s, node, FIELD_VALUE), inner = type_unparen(w->s, value);
	uint32_t base = w->nwork;
	bool arrow = false;

	if (is_receiver(w, node) && !lent) {
		push_text(w, "<-chan ");
		push_type(w, inner);
		in_order(w, base);
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
	in_order(w, base);
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

static void expand_type(struct type_writer *w, uint32_t node)
{
	const struct syn *n = &w->s->syn[node];
	uint32_t base = w->nwork;

	switch (n->kind) {
	case SYN_TYPE_NAME:
	case SYN_IDENTIFIER:
		write_name(w, n);
		return;
	case SYN_QUALIFIED_TYPE:
		write_qualified(w, node);
		return;
	case SYN_GENERIC_TYPE:
		push_field(w, node, FIELD_TYPE);
		push_field(w, node, FIELD_TYPE_ARGUMENTS);
		break;
	case SYN_TYPE_ARGS:
		push_text(w, "[");
		push_parts(w, node, ", ");
		push_text(w, "]");
		break;
	case SYN_TYPE_ELEM:
	case SYN_TYPE_CONSTRAINT:
		push_parts(w, node, " | ");
		break;
	case SYN_POINTER_TYPE:
	case SYN_NEGATED_TYPE:
		push_text(w, n->kind == SYN_POINTER_TYPE ? "*" : "~");
		push_type(w, syn_part(w->s, node));
		break;
	case SYN_PAREN_TYPE:
		push_type(w, syn_part(w->s, node));
		break;
	case SYN_ARRAY_TYPE:
	case SYN_IMPLICIT_ARRAY_TYPE:
	case SYN_SLICE_TYPE:
		expand_array(w, node);
		break;
	case SYN_MAP_TYPE:
		push_text(w, "map[");
		push_field(w, node, FIELD_KEY);
		push_text(w, "]");
		push_field(w, node, FIELD_VALUE);
		break;
	case SYN_CHAN_TYPE:
		expand_chan(w, node, false);
		return;
	case SYN_FUNC_TYPE:
		push_text(w, "func");
		push_signature(w, node);
		break;
	case SYN_STRUCT_TYPE:
		expand_struct(w, node);
		break;
	case SYN_INTERFACE_TYPE:
		expand_interface(w, node);
		break;
	default:
		push_source(w, node);
		break;
	}
	in_order(w, base);
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
			expand_chan(w, next.node, true);
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
	if (lost) {
		struct type_work *p = push(w, WORK_SOURCE, lost);

		p->end = end;
	}
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
