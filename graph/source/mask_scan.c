/* SPDX-License-Identifier: MIT */
/* mask_scan.c - the tokens of a Go file for mask.c, with Go's semicolons at the ends of lines. */
#include "graph/source/mask.h"

#include <stdlib.h>
#include <string.h>

struct scan {
	const char *text;
	uint32_t len, at;
	struct mask_tokens *out;
	uint32_t *open;                 /* brackets without a partner so far */
	uint32_t nopen, cap;
};

/* Longer ones first where one begins another; what is left out has one byte. */
static const char *const operators[] = {
	"<<=", ">>=", "&^=", "...", "&&", "||", "<-", "++", "--", "==", "!=", "<=", ">=", ":=",
	"+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<", ">>", "&^",
};

static const char *const keywords[] = {
	"break", "case", "chan", "const", "continue", "default", "defer", "else", "fallthrough",
	"for", "func", "go", "goto", "if", "import", "interface", "map", "package", "range",
	"return", "select", "struct", "switch", "type", "var",
};

static int byte_at(const struct scan *s, uint32_t at)
{
	return at < s->len ? (unsigned char)s->text[at] : -1;
}

static bool is_digit(int c)
{
	return c >= '0' && c <= '9';
}

/* Any byte of a rune beyond ASCII counts as a letter. */
static bool is_letter(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
}

static bool is_text(const struct scan *s, const struct mask_token *t, const char *text)
{
	size_t len = strlen(text);

	return t->end - t->start == len && !memcmp(s->text + t->start, text, len);
}

/* Whether Go ends a statement where a newline follows the last token. */
static bool ends_statement(const struct scan *s)
{
	static const char *const enders[] = {
		"break", "continue", "fallthrough", "return", "++", "--", ")", "]", "}",
	};
	const struct mask_token *t;

	if (!s->out->count)
		return false;
	t = &s->out->item[s->out->count - 1];
	if (t->kind == MASK_NAME || t->kind == MASK_LITERAL)
		return true;
	for (size_t i = 0; t->kind != MASK_NEWLINE && i < ARRAY_SIZE(enders); i++)
		if (is_text(s, t, enders[i]))
			return true;
	return false;
}

static void pair_up(struct scan *s, struct mask_token *t, uint32_t index)
{
	static const char brackets[] = "()[]{}";
	const char *b = memchr(brackets, s->text[t->start], sizeof(brackets) - 1);
	struct mask_token *other;

	if (!b)
		return;
	if ((b - brackets) % 2 == 0) {
		VEC_RESERVE(s->open, s->cap, s->nopen + 1);
		s->open[s->nopen++] = index;
		return;
	}
	if (!s->nopen)
		return;
	other = &s->out->item[s->open[s->nopen - 1]];
	if (s->text[other->start] != b[-1])
		return;
	s->nopen--;
	other->partner = index;
	t->partner = s->open[s->nopen];
}

static void add(struct scan *s, enum mask_kind kind, uint32_t end)
{
	struct mask_tokens *out = s->out;

	VEC_RESERVE(out->item, out->cap, out->count + 1);
	out->item[out->count] = (struct mask_token){
		.start = s->at, .end = end, .partner = MASK_ALONE, .kind = kind,
	};
	if (kind == MASK_OPERATOR && end == s->at + 1)
		pair_up(s, &out->item[out->count], out->count);
	out->count++;
	s->at = end;
}

static void scan_word(struct scan *s)
{
	uint32_t end = s->at;
	enum mask_kind kind = MASK_NAME;

	while (is_letter(byte_at(s, end)) || is_digit(byte_at(s, end)))
		end++;
	struct mask_token t = { .start = s->at, .end = end };

	for (size_t i = 0; i < ARRAY_SIZE(keywords); i++)
		if (is_text(s, &t, keywords[i]))
			kind = MASK_KEYWORD;
	add(s, kind, end);
}

static void scan_number(struct scan *s)
{
	bool hex = byte_at(s, s->at) == '0' && (byte_at(s, s->at + 1) | 0x20) == 'x';
	uint32_t end = s->at;

	for (int c; (c = byte_at(s, end)) >= 0; end++) {
		bool sign = (c == '+' || c == '-') && end > s->at &&
			    (byte_at(s, end - 1) | 0x20) == (hex ? 'p' : 'e');

		if (c != '.' && !sign && !is_digit(c) && !(is_letter(c) && c < 0x80))
			break;
	}
	add(s, MASK_LITERAL, end);
}

static void scan_quoted(struct scan *s, int quote)
{
	uint32_t end = s->at + 1;
	int c;

	while ((c = byte_at(s, end)) >= 0 && c != quote && (c != '\n' || quote == '`'))
		end += c == '\\' && quote != '`' && byte_at(s, end + 1) >= 0 ? 2 : 1;
	add(s, MASK_LITERAL, c == quote ? end + 1 : end);
}

static void scan_operator(struct scan *s)
{
	for (size_t i = 0; i < ARRAY_SIZE(operators); i++) {
		uint32_t len = (uint32_t)strlen(operators[i]);

		if (s->len - s->at >= len && !memcmp(s->text + s->at, operators[i], len)) {
			add(s, MASK_OPERATOR, s->at + len);
			return;
		}
	}
	add(s, MASK_OPERATOR, s->at + 1);
}

/* Just behind the comment that begins here. */
static uint32_t comment_end(const struct scan *s)
{
	const char *end = s->text + s->len, *p = s->text + s->at + 2;
	char last = p[-1] == '/' ? '\n' : '*';

	while (p < end && (p = memchr(p, last, (size_t)(end - p)))) {
		if (last == '\n')
			return (uint32_t)(p - s->text);
		if (++p < end && *p == '/')
			return (uint32_t)(p + 1 - s->text);
	}
	return s->len;
}

/* One with a newline in it counts as a newline. */
static void scan_comment(struct scan *s)
{
	uint32_t end = comment_end(s);

	if (memchr(s->text + s->at, '\n', end - s->at) && ends_statement(s))
		add(s, MASK_NEWLINE, end);
	s->at = end;
}

static void scan_token(struct scan *s)
{
	int c = byte_at(s, s->at), next = byte_at(s, s->at + 1);

	if (c == '\n' && ends_statement(s))
		add(s, MASK_NEWLINE, s->at + 1);
	else if (c == ' ' || c == '\t' || c == '\r' || c == '\n')
		s->at++;
	else if (c == '/' && (next == '/' || next == '*'))
		scan_comment(s);
	else if (is_letter(c))
		scan_word(s);
	else if (is_digit(c) || (c == '.' && is_digit(next)))
		scan_number(s);
	else if (c == '"' || c == '\'' || c == '`')
		scan_quoted(s, c);
	else
		scan_operator(s);
}

void mask_scan(const char *text, uint32_t len, struct mask_tokens *ret)
{
	struct scan s = { .text = text, .len = len, .out = ret };

	ret->count = 0;
	while (s.at < len)
		scan_token(&s);
	if (ends_statement(&s))
		add(&s, MASK_NEWLINE, len);
	free(s.open);
}

void mask_tokens_release(struct mask_tokens *t)
{
	free(t->item);
	*t = (struct mask_tokens){ 0 };
}
