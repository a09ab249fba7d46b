/* SPDX-License-Identifier: MIT */
/* gomod_lex.c - tokens of go.mod and the strings that they mean. */
#include "graph/source/gomod_lex.h"

#include <string.h>

/* Part of a bare word: printable, no space, no bracket, no comma. */
static bool is_word_rune(uint32_t r)
{
	if (r < 0x80)
		return r > ' ' && r < 0x7F && !strchr("()[]{},", (int)r);
	return rune_is_visible(r);
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

const char *gomod_string(struct arena *a, struct text word, const char **ret_error)
{
	*ret_error = NULL;
	if (word.len >= 2 && *word.s == '"') {
		if (memchr(word.s, '\n', word.len)) {
			*ret_error = "newline in a string";
			return NULL;
		}
		const char *value = go_unquote(word.s, word.len, a);

		if (!value)
			*ret_error = "invalid escape in a string";
		return value;
	}
	for (size_t i = 0; i < word.len; i++) {
		if (strchr("\"'`", word.s[i]) && word.s[i]) {
			*ret_error = "quotes are double and enclose the whole word";
			return NULL;
		}
	}
	return arena_strndup(a, word.s, word.len);
}
