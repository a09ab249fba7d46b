/* SPDX-License-Identifier: MIT */
/*
 * body_strings.c - string literals: unquoted, those that are added to each other
 * put together, with the call that they are an argument of.
 */
#include "base/limits.h"
#include "graph/source/body_refs.h"

#include <string.h>

static bool is_string(const struct refer *r, uint32_t node)
{
	return r->syn[node].kind == SYN_STRING || r->syn[node].kind == SYN_RAW_STRING;
}

static bool is_sum(const struct refer *r, uint32_t node)
{
	uint32_t op;

	if (r->syn[node].kind != SYN_BINARY_EXPRESSION)
		return false;
	op = syntax_child(r->s, node, FIELD_OPERATOR);
	return op && r->syn[op].kind == SYN_ADD;
}

uint32_t visit_binary(struct refer *r, uint32_t i)
{
	if (!(r->mark[i] & MARK_ARGUMENT) || !is_sum(r, i))
		return i + 1;
	uint32_t left = syntax_child(r->s, i, FIELD_LEFT);
	uint32_t right = syntax_child(r->s, i, FIELD_RIGHT);

	if (left)
		r->mark[left] |= MARK_ARGUMENT;
	if (right)
		r->mark[right] |= MARK_ARGUMENT;
	return i + 1;
}

/*
 * In a + b + c, which is (a + b) + c, the operand behind this one and the one
 * before it; 0 = none.
 */
static uint32_t next_operand(const struct refer *r, uint32_t node)
{
	uint32_t sum = r->syn[node].parent;

	if (!is_sum(r, sum))
		return 0;
	if (r->syn[node].field == FIELD_RIGHT) {
		if (r->syn[sum].field != FIELD_LEFT || !is_sum(r, r->syn[sum].parent))
			return 0;
		sum = r->syn[sum].parent;
	}
	return syntax_child(r->s, sum, FIELD_RIGHT);
}

static uint32_t operand_before(const struct refer *r, uint32_t node)
{
	uint32_t sum = r->syn[node].parent, left;

	if (!is_sum(r, sum) || r->syn[node].field != FIELD_RIGHT)
		return 0;
	left = syntax_child(r->s, sum, FIELD_LEFT);
	return left && is_sum(r, left) ? syntax_child(r->s, left, FIELD_RIGHT) : left;
}

/* Where the escape at `at` begins that stands for a NUL; `len` when none does. */
static size_t find_nul(struct text t)
{
	static const char *const nul[] = { "x00", "000", "u0000", "U00000000" };

	for (size_t i = 0; i + 1 < t.len; i++) {
		if (t.s[i] != '\\')
			continue;
		for (size_t k = 0; k < ARRAY_SIZE(nul); k++)
			if (text_has_prefix((struct text){ t.s + i + 1, t.len - i - 1 }, nul[k]))
				return i;
		i++;
	}
	return t.len;
}

/* One byte more than the limit is enough to see that it was reached. */
static void append(struct refer *r, const char *text, size_t len)
{
	size_t room = limit_of(LIMIT_STRING_BYTES) + 1 - r->fold_len;

	len = len < room ? len : room;
	if (!len)
		return;
	SCRATCH_RESERVE(&r->b->arena, r->fold, r->fold_len, r->fold_cap,
			r->fold_len + (uint32_t)len);
	memcpy(r->fold + r->fold_len, text, len);
	r->fold_len += (uint32_t)len;
}

/* Appends the value of a literal.  False when it has none: an escape is wrong. */
static bool append_value(struct refer *r, uint32_t node, uint8_t *flags)
{
	struct text t = refer_text(r, node), inside;
	const char *value;

	if (t.len < 2 || *flags & STRING_BINARY)
		return t.len >= 2;
	inside = (struct text){ t.s + 1, t.len - 2 };
	if (!memchr(inside.s, *t.s == '"' ? '\\' : '\r', inside.len)) {
		append(r, inside.s, inside.len);
		return true;
	}
	if (*t.s == '"') {
		size_t n = find_nul(inside);

		if (n < inside.len) {
			*flags |= STRING_BINARY;
			/* go_unquote() looks at what is between the first byte and the last. */
			t.len = n + 2;
		}
	}
	value = go_unquote(t.s, t.len, &r->b->arena);
	if (value)
		append(r, value, strlen(value));
	return value;
}

/* Not in the middle of a character. */
static uint32_t cut(const char *text, uint32_t len)
{
	while (len && ((unsigned char)text[len] & 0xc0) == 0x80)
		len--;
	return len;
}

uint32_t visit_string(struct refer *r, uint32_t i)
{
	uint32_t before = operand_before(r, i), most = (uint32_t)limit_of(LIMIT_STRING_BYTES), col;
	uint8_t flags = r->syn[i].kind == SYN_RAW_STRING ? STRING_RAW : 0;
	uint32_t at = i, next;

	if (r->syn[i].field == FIELD_TAG || r->syn[i].flags & SYN_MISSING ||
	    (before && is_string(r, before)))
		return r->syn[i].next;
	r->fold_len = 0;
	if (!append_value(r, i, &flags))
		return r->syn[i].next;
	while ((next = next_operand(r, at)) && is_string(r, next)) {
		flags |= STRING_FOLDED;
		if (r->fold_len <= most)
			append_value(r, next, &flags);
		at = next;
	}
	if (next)
		flags |= STRING_PREFIX;
	if (r->fold_len > most) {
		flags |= STRING_CUT;
		r->fold_len = cut(r->fold, most);
	}
	body_str value = body_str_of(r->b, r->fold, r->fold_len);
	struct body_string *x = body_add_string(r->b);
	bool argument = r->mark[i] & MARK_ARGUMENT && r->call != BODY_NONE;

	x->value = value;
	x->decl = r->decl;
	x->call = argument ? r->call : BODY_NONE;
	x->line = refer_line(r, r->syn[i].start, &col);
	x->col = refer_short(col);
	x->arg = argument && r->argument < UINT8_MAX ? (uint8_t)r->argument :
		 argument ? UINT8_MAX : 0;
	x->flags = flags;
	return r->syn[i].next;
}
