/* SPDX-License-Identifier: MIT */
/*
 * gotext.h - text as Go's unicode, strings and strconv packages see it: decoding
 * UTF-8, classes of characters (Unicode 15.0), white space, string literals.
 */
#ifndef MESHCTL_GOTEXT_H
#define MESHCTL_GOTEXT_H

#include "base/arena.h"

#define RUNE_ERROR UINT32_C(0xFFFD)

/* The code point at s[0..len), len > 0; RUNE_ERROR with size 1 for invalid UTF-8. */
uint32_t rune_decode(const char *s, size_t len, size_t *ret_size);
bool rune_is_space(uint32_t rune);      /* unicode.IsSpace */
bool rune_is_letter(uint32_t rune);     /* unicode.IsLetter, and '_' */
bool rune_is_digit(uint32_t rune);      /* unicode.IsDigit, of the common scripts */
bool rune_is_tag(uint32_t rune);        /* a letter, a digit, '_' or '.' */
bool rune_is_visible(uint32_t rune);    /* unicode.IsGraphic and not IsSpace */

struct text {                           /* borrowed, not NUL-terminated */
	const char *s;
	size_t len;
};

struct text text_trim(struct text t);                           /* strings.TrimSpace */
/* Takes the next word off *rest, as strings.Fields splits; false at the end. */
bool text_next_field(struct text *rest, struct text *ret_word);
bool text_has_prefix(struct text t, const char *prefix);

/*
 * The value of a Go string literal with its quotes, in the arena.  NULL when an
 * escape is wrong or the value has a NUL, which no name in Go may have.
 */
const char *go_unquote(const char *literal, size_t len, struct arena *arena);

#endif
