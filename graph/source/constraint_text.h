/* SPDX-License-Identifier: MIT */
/*
 * constraint_text.h - UTF-8 text as Go's unicode and strings packages see it:
 * decoding, white space, and the letters and digits of a build tag.
 */
#ifndef MESHCTL_CONSTRAINT_TEXT_H
#define MESHCTL_CONSTRAINT_TEXT_H

#include "base/base.h"

#define RUNE_ERROR UINT32_C(0xFFFD)

/* The code point at s[0..len), len > 0; RUNE_ERROR with size 1 for invalid UTF-8. */
uint32_t rune_decode(const char *s, size_t len, size_t *ret_size);
bool rune_is_space(uint32_t rune);      /* unicode.IsSpace */
bool rune_is_tag(uint32_t rune);        /* a letter, a digit, '_' or '.' */

struct text {                           /* borrowed, not NUL-terminated */
	const char *s;
	size_t len;
};

struct text text_trim(struct text t);                           /* strings.TrimSpace */
/* Takes the next word off *rest, as strings.Fields splits; false at the end. */
bool text_next_field(struct text *rest, struct text *ret_word);
bool text_has_prefix(struct text t, const char *prefix);

#endif
