/* SPDX-License-Identifier: MIT */
/*
 * text.h - text for people: UTF-8 decoding, escaping of what a terminal would
 * obey, display width, cutting, padding, wrapping, counts.  Own tables: nothing
 * depends on the locale.  Results live in the arena.
 */
#ifndef MESHCTL_TEXT_H
#define MESHCTL_TEXT_H

#include "base/arena.h"

#include <stdio.h>

#define UTF8_INVALID UINT32_MAX

/*
 * Decodes the code point at s (len >= 1) and returns its bytes.  Overlong forms,
 * surrogates, and what else is not UTF-8 give UTF8_INVALID and one byte.
 */
size_t utf8_decode(const char *s, size_t len, uint32_t *ret_point);
bool utf8_valid(const char *s, size_t len);
/* Must not reach a terminal as it is: controls (C0, DEL, C1), bidi and other invisible marks. */
bool text_is_hostile(uint32_t point);

/*
 * Untrusted text for one line of a terminal: \n, \t, \x1b, \u202e; a byte that
 * is not UTF-8 is \xNN.  Returns s itself where nothing was to be done.
 */
const char *text_escape(struct arena *a, const char *s);
const char *text_escape_bytes(struct arena *a, const char *s, size_t len);

/* Columns on a terminal: East Asian wide and emoji 2, combining 0.  s is escaped text. */
unsigned text_point_width(uint32_t point);
size_t text_width(const char *s);
/* Cut to at most `columns`, with an ellipsis at the end or at the beginning. */
const char *text_cut(struct arena *a, const char *s, size_t columns);
const char *text_cut_left(struct arena *a, const char *s, size_t columns);
/* Cut or padded with spaces to exactly `columns`. */
const char *text_pad(struct arena *a, const char *s, size_t columns);

/*
 * Prints the words of `text` in lines of at most `columns`, ending with a
 * newline.  The first line continues what was printed up to column `indent`,
 * later ones begin with `indent` spaces.  A longer word has a line of its own.
 * TEXT_GLUE is printed as a space and does not break.
 */
#define TEXT_GLUE "\x1f"
void text_wrap(FILE *out, const char *text, unsigned indent, unsigned columns);
/* The same where what was printed ends at another column, `start`. */
void text_wrap_from(FILE *out, const char *text, size_t start, unsigned indent, unsigned columns);

/* "2,318"; "684k", "1.2M" from 10,000 up; "1 file", "2,318 files". */
const char *text_number(struct arena *a, uint64_t n);
const char *text_rough(struct arena *a, uint64_t n);
const char *text_count(struct arena *a, uint64_t n, const char *one, const char *many);

/* "12 bytes", "3.4 MB". */
const char *text_bytes(struct arena *a, uint64_t bytes);

/* Edit distance (insert, delete, replace, swap neighbours), at most `limit` + 1. */
size_t text_distance(const char *a, const char *b, size_t limit);

#endif
