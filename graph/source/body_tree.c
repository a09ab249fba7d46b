/* SPDX-License-Identifier: MIT */
/* body_tree.c - children, blanks, lines and names of a syntax tree. */
#include "graph/source/body_tree.h"
#include "graph/source/gotext.h"

#include <string.h>

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
			for (at += 3; at < end && !(t[at - 1] == '*' && t[at] == '/'); at++)
				;
			at = at < end ? at + 1 : end;
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

bool syn_is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || (unsigned char)c >= 0x80;
}

bool syn_next_lexeme(const struct syntax *s, uint32_t *at, uint32_t end, uint32_t *ret_from)
{
	const char *t = s->bytes;
	uint32_t from = syn_skip_blank(s, *at, end), i = from;

	if (from >= end)
		return false;
	if (t[i] == '"' || t[i] == '`' || t[i] == '\'') {
		for (i++; i < end && t[i] != t[from]; i++)
			i += t[i] == '\\' && t[from] != '`';
		i = i < end ? i + 1 : end;
	} else {
		while (i < end && syn_is_word(t[i]))
			i++;
		i += i == from;
	}
	*at = i;
	*ret_from = from;
	return true;
}
