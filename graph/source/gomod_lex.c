/* SPDX-License-Identifier: MIT */
/* gomod_lex.c - tokens of go.mod, and strconv.Unquote for its strings. */
#include "graph/source/gomod_lex.h"

#include <string.h>

static const struct rune_range {
	uint32_t first, last;
} printable[] = {
#define R(first, last) { first, last },
#include "graph/source/gomod_print.def"
#undef R
};

static bool is_printable(uint32_t r)
{
	size_t low = 0, high = ARRAY_SIZE(printable);

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (r > printable[mid].last)
			low = mid + 1;
		else
			high = mid;
	}
	return low < ARRAY_SIZE(printable) && r >= printable[low].first;
}

/* Part of a bare word: printable, no space, no bracket, no comma. */
static bool is_word_rune(uint32_t r)
{
	if (r < 0x80)
		return r > ' ' && r < 0x7F && !strchr("()[]{},", (int)r);
	return is_printable(r);
}

void gomod_lex_fail(struct gomod_lexer *l, const char *message, uint32_t line, uint32_t col)
{
	if (!l->error) {
		l->error = message;
		l->error_line = line;
		l->error_col = col;
	}
	l->next.kind = GOMOD_EOF;
	l->at = l->len;
}

static uint32_t column(const struct gomod_lexer *l)
{
	return (uint32_t)(l->at - l->line_start) + 1;
}

static void fail_here(struct gomod_lexer *l, const char *message)
{
	gomod_lex_fail(l, message, l->line, column(l));
}

static bool starts(const struct gomod_lexer *l, const char *prefix)
{
	return text_has_prefix((struct text){ l->s + l->at, l->len - l->at }, prefix);
}

static void newline(struct gomod_lexer *l)
{
	l->at++;
	l->line++;
	l->line_start = l->at;
}

/* To the end of the line, which belongs to the token but not to its text. */
static void lex_comment(struct gomod_lexer *l)
{
	struct text before = { l->s + l->line_start, l->at - l->line_start };
	const char *start = l->s + l->at;
	const char *end = memchr(start, '\n', l->len - l->at);
	size_t len = end ? (size_t)(end - start) : l->len - l->at;

	l->next.kind = text_trim(before).len ? GOMOD_EOL_COMMENT : GOMOD_COMMENT;
	l->next.text = (struct text){ start, len };
	if (end && len && start[len - 1] == '\r')
		l->next.text.len--;
	l->at += len;
	if (end)
		newline(l);
}

static void lex_quoted(struct gomod_lexer *l)
{
	char quote = l->s[l->at];

	for (l->at++;;) {
		if (l->at == l->len) {
			gomod_lex_fail(l, "string without an end", l->next.line, l->next.col);
			return;
		}
		char c = l->s[l->at];

		if (c == '\n') {
			fail_here(l, "newline in a string");
			return;
		}
		l->at++;
		if (c == quote)
			return;
		if (c == '\\' && quote != '`' && l->at < l->len) {
			/* Go reads any character here, a newline as well. */
			if (l->s[l->at] == '\n')
				newline(l);
			else
				l->at++;
		}
	}
}

static void lex_word(struct gomod_lexer *l)
{
	size_t size;

	while (l->at < l->len &&
	       is_word_rune(rune_decode(l->s + l->at, l->len - l->at, &size))) {
		if (starts(l, "//"))
			return;
		if (starts(l, "/*")) {
			fail_here(l, "comments begin with //, not with /*");
			return;
		}
		l->at += size;
	}
}

static void lex_next(struct gomod_lexer *l)
{
	if (l->error)
		return;
	while (l->at < l->len && strchr(" \t\r", l->s[l->at]) && l->s[l->at])
		l->at++;
	l->next = (struct gomod_token){ .line = l->line, .col = column(l) };
	if (l->at == l->len)
		return;
	if (starts(l, "//")) {
		lex_comment(l);
		return;
	}
	if (starts(l, "/*")) {
		fail_here(l, "comments begin with //, not with /*");
		return;
	}
	size_t start = l->at;
	char c = l->s[start];

	l->next.kind = GOMOD_WORD;
	if (c == '\n') {
		l->next.kind = GOMOD_NEWLINE;
		newline(l);
	} else if (c && strchr("()[]{},", c)) {
		l->at++;
	} else if (c == '"' || c == '`') {
		lex_quoted(l);
	} else {
		lex_word(l);
		if (l->at == start)
			fail_here(l, "unexpected character");
	}
	if (!l->error)
		l->next.text = (struct text){ l->s + start, l->at - start };
}

void gomod_lex_init(struct gomod_lexer *l, const char *s, size_t len)
{
	*l = (struct gomod_lexer){ .s = s, .len = len, .line = 1 };
	lex_next(l);
}

struct gomod_token gomod_lex(struct gomod_lexer *l)
{
	struct gomod_token t = l->next;

	lex_next(l);
	return t;
}

bool gomod_ends_line(const struct gomod_token *t)
{
	return t->kind == GOMOD_EOF || t->kind == GOMOD_NEWLINE || t->kind == GOMOD_EOL_COMMENT;
}

/* ---- strings ---- */

static size_t encode(uint32_t r, char out[4])
{
	if (r < 0x80) {
		out[0] = (char)r;
		return 1;
	}
	if (r < 0x800) {
		out[0] = (char)(0xC0 | r >> 6);
		out[1] = (char)(0x80 | (r & 0x3F));
		return 2;
	}
	if (r < 0x10000) {
		out[0] = (char)(0xE0 | r >> 12);
		out[1] = (char)(0x80 | (r >> 6 & 0x3F));
		out[2] = (char)(0x80 | (r & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | r >> 18);
	out[1] = (char)(0x80 | (r >> 12 & 0x3F));
	out[2] = (char)(0x80 | (r >> 6 & 0x3F));
	out[3] = (char)(0x80 | (r & 0x3F));
	return 4;
}

/* `digits` digits of a base at *p; false when they are not there. */
static bool take_digits(struct text *p, unsigned digits, unsigned base, uint32_t *ret)
{
	uint32_t n = 0;

	if (p->len < digits)
		return false;
	for (unsigned i = 0; i < digits; i++) {
		char c = p->s[i];
		uint32_t v = c >= '0' && c <= '9' ? (uint32_t)(c - '0') :
			     c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10) :
			     c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A' + 10) : 99;

		if (v >= base)
			return false;
		n = n * base + v;
	}
	p->s += digits;
	p->len -= digits;
	*ret = n;
	return true;
}

/* One escape behind its backslash; *ret_byte tells a byte from a code point. */
static bool take_escape(struct text *p, uint32_t *ret, bool *ret_byte)
{
	static const char names[] = "abfnrtv\\\"", values[] = "\a\b\f\n\r\t\v\\\"";
	const char *name;

	if (!p->len)
		return false;
	char c = *p->s;

	*ret_byte = true;
	if (c >= '0' && c <= '7')
		return take_digits(p, 3, 8, ret) && *ret <= 0xFF;
	p->s++;
	p->len--;
	if (c == 'x')
		return take_digits(p, 2, 16, ret);
	if (c == 'u' || c == 'U') {
		*ret_byte = false;
		return take_digits(p, c == 'u' ? 4 : 8, 16, ret) && *ret <= 0x10FFFF &&
		       !(*ret >= 0xD800 && *ret <= 0xDFFF);
	}
	name = c ? strchr(names, c) : NULL;
	if (!name)
		return false;
	*ret = (unsigned char)values[name - names];
	return true;
}

static const char *unquote(struct arena *a, struct text in, const char **ret_error)
{
	/* An invalid byte becomes three. */
	char *out = arena_array(a, char, 3 * in.len + 1);
	size_t n = 0, size;

	while (in.len) {
		uint32_t r;
		bool byte = false;

		if (*in.s == '\\') {
			in.s++;
			in.len--;
			if (!take_escape(&in, &r, &byte)) {
				*ret_error = "invalid escape in a string";
				return NULL;
			}
		} else {
			r = rune_decode(in.s, in.len, &size);
			in.s += size;
			in.len -= size;
		}
		if (!r) {
			*ret_error = "NUL in a string";
			return NULL;
		}
		if (byte)
			out[n++] = (char)r;
		else
			n += encode(r, out + n);
	}
	return out;
}

const char *gomod_string(struct arena *a, struct text word, const char **ret_error)
{
	*ret_error = NULL;
	if (word.len >= 2 && *word.s == '"') {
		if (memchr(word.s, '\n', word.len)) {
			*ret_error = "newline in a string";
			return NULL;
		}
		return unquote(a, (struct text){ word.s + 1, word.len - 2 }, ret_error);
	}
	for (size_t i = 0; i < word.len; i++) {
		if (strchr("\"'`", word.s[i]) && word.s[i]) {
			*ret_error = "quotes are double and enclose the whole word";
			return NULL;
		}
	}
	return arena_strndup(a, word.s, word.len);
}
