/* SPDX-License-Identifier: MIT */
/* syntax_check.c - rules of Go that the grammar does not know, looked up in the flat tree. */
#include "graph/source/syntax_check.h"

#include <string.h>

struct check {
	const struct syntax *s;
	uint32_t first;                 /* the offset of the first offence */
};

static void refuse(struct check *c, uint32_t offset)
{
	if (offset < c->first)
		c->first = offset;
}

/* The first child, the one behind `node`; 0 = none.  Comments are skipped. */
static uint32_t child_from(const struct syntax *s, uint32_t parent, uint32_t node)
{
	while (node < s->syn[parent].next && s->syn[node].kind == SYN_COMMENT)
		node = s->syn[node].next;
	return node < s->syn[parent].next ? node : 0;
}

static uint32_t first_child(const struct syntax *s, uint32_t node)
{
	return child_from(s, node, node + 1);
}

static uint32_t next_child(const struct syntax *s, uint32_t node)
{
	return child_from(s, s->syn[node].parent, s->syn[node].next);
}

/* The package clause, then imports, then other declarations. */
static void check_file(struct check *c)
{
	enum { PACKAGE, IMPORTS, REST } part = PACKAGE;
	const struct syntax *s = c->s;

	for (uint32_t n = first_child(s, 0); n; n = next_child(s, n)) {
		uint8_t kind = s->syn[n].kind;
		bool import = kind == SYN_IMPORT_DECLARATION;

		if ((part == PACKAGE) != (kind == SYN_PACKAGE_CLAUSE) || (part == REST && import))
			refuse(c, s->syn[n].start);
		if (kind != SYN_PACKAGE_CLAUSE && !import && kind != SYN_FUNC_DECL &&
		    kind != SYN_METHOD_DECL && kind != SYN_CONST_DECL && kind != SYN_VAR_DECL &&
		    kind != SYN_TYPE_DECL)
			refuse(c, s->syn[n].start);
		part = import || kind == SYN_PACKAGE_CLAUSE ? IMPORTS : REST;
	}
	if (part == PACKAGE)
		refuse(c, s->len);
}

/* Names for all or for none; `...` in the last of parameters only. */
static void check_parameters(struct check *c, uint32_t list)
{
	const struct syntax *s = c->s;
	bool named = false, unnamed = false;

	for (uint32_t n = first_child(s, list); n; n = next_child(s, n)) {
		bool variadic = s->syn[n].kind == SYN_VARIADIC_PARAM;

		if (syntax_child(s, n, FIELD_NAME))
			named = true;
		else
			unnamed = true;
		if ((named && unnamed) ||
		    (variadic && (next_child(s, n) || s->syn[list].field == FIELD_RESULT)))
			refuse(c, s->syn[n].start);
	}
}

static void check_go(struct check *c, uint32_t statement)
{
	uint32_t call = first_child(c->s, statement);
	uint8_t kind = c->s->syn[call].kind;

	if (kind != SYN_CALL_EXPRESSION && kind != SYN_TYPE_CONVERSION)
		refuse(c, c->s->syn[call].start);
}

static void check_range(struct check *c, uint32_t clause)
{
	const struct syntax *s = c->s;
	uint32_t left = syntax_child(s, clause, FIELD_LEFT), n = 0;

	if (!left)
		return;
	for (uint32_t e = first_child(s, left); e; e = next_child(s, e))
		if (++n > 2)
			refuse(c, s->syn[e].start);
}

static bool is_clause(uint8_t kind)
{
	return kind == SYN_CASE || kind == SYN_DEFAULT_CASE || kind == SYN_TYPE_CASE ||
	       kind == SYN_COMM_CASE;
}

/* A label without a statement stands at the end of a block, not of a clause in front of another. */
static void check_label(struct check *c, uint32_t labeled)
{
	const struct syntax *s = c->s;
	uint32_t label = first_child(s, labeled), up = s->syn[labeled].parent, behind;

	if (next_child(s, label))
		return;
	while (s->syn[up].kind == SYN_STATEMENT_LIST)
		up = s->syn[up].parent;
	if (!is_clause(s->syn[up].kind))
		return;
	behind = next_child(s, up);
	if (behind && is_clause(s->syn[behind].kind))
		refuse(c, s->syn[behind].start);
}

/* Just behind an escape sequence of digits; NULL when it is none. */
static const char *code_end(const char *p, const char *end, int ndigits, unsigned base,
			    uint32_t max)
{
	uint32_t code = 0;

	for (; ndigits; ndigits--, p++) {
		unsigned digit = p < end && *p >= '0' && *p <= '9' ? (unsigned)(*p - '0') :
				 p < end && (*p | 0x20) >= 'a' && (*p | 0x20) <= 'f' ?
				 (unsigned)((*p | 0x20) - 'a' + 10) : 99;

		if (digit >= base)
			return NULL;
		code = code * base + digit;
	}
	return code > max || (max > 255 && code >= 0xd800 && code < 0xe000) ? NULL : p;
}

static const char *escape_end(const char *p, const char *end, char quote)
{
	switch (*p) {
	case 'x':
		return code_end(p + 1, end, 2, 16, 255);
	case 'u':
		return code_end(p + 1, end, 4, 16, 0x10ffff);
	case 'U':
		return code_end(p + 1, end, 8, 16, 0x10ffff);
	default:
		if (*p == quote || memchr("abfnrtv\\", *p, 8))
			return p + 1;
		return code_end(p, end, 3, 8, 255);
	}
}

static void check_escapes(struct check *c, uint32_t literal)
{
	const char *bytes = c->s->bytes, *from = bytes + c->s->syn[literal].start;
	const char *end = bytes + c->s->syn[literal].end, *p = from, *next;

	for (; p < end && (p = memchr(p, '\\', (size_t)(end - p))); p = next) {
		next = escape_end(p + 1, end, *from);
		if (!next) {
			refuse(c, (uint32_t)(p - bytes));
			return;
		}
	}
}

uint32_t syntax_check_tree(const struct syntax *s)
{
	struct check c = { .s = s, .first = SYNTAX_FINE };

	check_file(&c);
	for (uint32_t n = 0; n < s->nsyn; n++) {
		uint8_t kind = s->syn[n].kind;

		if (kind == SYN_STRING || kind == SYN_RUNE)
			check_escapes(&c, n);
		else if (kind == SYN_PARAMS)
			check_parameters(&c, n);
		else if (kind == SYN_GO_STATEMENT || kind == SYN_DEFER_STATEMENT)
			check_go(&c, n);
		else if (kind == SYN_RANGE_CLAUSE)
			check_range(&c, n);
		else if (kind == SYN_LABELED_STATEMENT)
			check_label(&c, n);
	}
	return c.first;
}
