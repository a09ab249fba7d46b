/* SPDX-License-Identifier: MIT */
/*
 * linecount.c - lines with code, with comments only, and with neither, of a file
 * and of its functions.  A line inside a raw string is code even when it is
 * empty; one inside a block comment is comment.
 */
#include "graph/source/complexity.h"

#include <string.h>

enum line_kind { LINE_BLANK, LINE_COMMENT, LINE_CODE };

static bool is_white(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The kind of bytes[at..end); cover[0] is the first that ends behind `at`. */
static enum line_kind classify(const struct syntax *s, uint32_t at, uint32_t end,
			       const struct cover *cover, const struct cover *last)
{
	enum line_kind kind = LINE_BLANK;

	/* An empty line has no byte of its own that could be inside. */
	if (cover < last && cover->start < at)
		kind = cover->comment ? LINE_COMMENT : LINE_CODE;
	while (at < end && kind != LINE_CODE) {
		if (is_white(s->bytes[at])) {
			at++;
		} else if (cover < last && cover->start <= at && cover->comment) {
			kind = LINE_COMMENT;
			at = cover++->end;
		} else {
			kind = LINE_CODE;
		}
		while (cover < last && cover->end <= at)
			cover++;
	}
	return kind;
}

void linecount(struct complexity *c)
{
	const struct syntax *s = c->s;
	const struct cover *cover = c->cover, *last = c->cover + c->ncovers;
	uint8_t *kind = arena_array(&c->b->arena, uint8_t, s->nlines);
	uint32_t count[3] = { 0 };

	for (uint32_t line = 0; line < s->nlines; line++) {
		uint32_t start = s->line_start[line];
		uint32_t end = line + 1 < s->nlines ? s->line_start[line + 1] : s->len;

		/* A byte order mark is no token. */
		if (!line && end >= 3 && !memcmp(s->bytes, "\xef\xbb\xbf", 3))
			start = 3;
		while (cover < last && cover->end <= start)
			cover++;
		kind[line] = (uint8_t)classify(s, start, end, cover, last);
		count[kind[line]]++;
	}
	c->b->body.code = count[LINE_CODE];
	c->b->body.comments = count[LINE_COMMENT];
	c->b->body.blanks = count[LINE_BLANK];
	for (uint32_t i = 0; i < c->nfuncs; i++) {
		struct body_func *f = &c->b->func.at[i];

		for (uint32_t line = f->line; line <= f->end_line && line <= s->nlines; line++) {
			f->code += kind[line - 1] == LINE_CODE;
			f->comments += kind[line - 1] == LINE_COMMENT;
			f->blanks += kind[line - 1] == LINE_BLANK;
		}
	}
}
