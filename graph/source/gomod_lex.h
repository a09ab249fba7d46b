/* SPDX-License-Identifier: MIT */
/*
 * gomod_lex.h - the words of go.mod and go.work, as golang.org/x/mod/modfile
 * cuts them.  Tokens point into the bytes given; the first error ends it.
 */
#ifndef MESHCTL_GOMOD_LEX_H
#define MESHCTL_GOMOD_LEX_H

#include "base/arena.h"
#include "graph/source/gotext.h"

enum gomod_token_kind {
	GOMOD_EOF,
	GOMOD_NEWLINE,
	GOMOD_COMMENT,                  /* alone on its line, which it ends */
	GOMOD_EOL_COMMENT,              /* behind something; ends the line as well */
	GOMOD_WORD,                     /* everything else: names, strings, ( ) [ ] { } , */
};

struct gomod_token {
	enum gomod_token_kind kind;
	uint32_t line, col;             /* from 1, bytes */
	struct text text;               /* a comment with its slashes, a string with its quotes */
};

struct gomod_lexer {
	const char *s;
	size_t len, at;
	size_t line_start;
	uint32_t line;
	struct gomod_token next;        /* looked at, not yet taken */
	const char *error;              /* once set, next is GOMOD_EOF for ever */
	uint32_t error_line, error_col;
};

void gomod_lex_init(struct gomod_lexer *l, const char *s, size_t len);
struct gomod_token gomod_lex(struct gomod_lexer *l);    /* takes l->next */
bool gomod_ends_line(const struct gomod_token *t);
/* Reports at the current position unless an error is already there. */
void gomod_lex_fail(struct gomod_lexer *l, const char *message, uint32_t line, uint32_t col);

/*
 * The string that a word means: unquoted if it is in double quotes.  NULL and
 * *ret_error where modfile's parseString fails.
 */
const char *gomod_string(struct arena *a, struct text word, const char **ret_error);

#endif
