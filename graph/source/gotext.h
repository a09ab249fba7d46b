/* SPDX-License-Identifier: MIT */
/*
 * gotext.h - the few questions about characters and literals that reading Go
 * asks: UTF-8 decoding, letters, unquoting.
 */
#ifndef MESHCTL_GOTEXT_H
#define MESHCTL_GOTEXT_H

#include "base/arena.h"

/*
 * Decodes one rune of p[0..len), len > 0.  Returns its bytes, 1 for an invalid
 * one, which reads as U+FFFD and sets *ret_bad.
 */
unsigned rune_decode(const char *p, size_t len, uint32_t *ret_rune, bool *ret_bad);
/* As unicode.IsLetter and IsDigit; beyond ASCII by blocks, which errs on rare symbols only. */
bool rune_is_letter(uint32_t rune);
bool rune_is_digit(uint32_t rune);
/* unicode.IsGraphic and not unicode.IsSpace, by blocks beyond ASCII. */
bool rune_is_visible(uint32_t rune);

/*
 * The value of a Go string literal with its quotes, in the arena.  NULL when an
 * escape is wrong or the value has a NUL, which no name in Go may have.
 */
const char *go_unquote(const char *literal, size_t len, struct arena *arena);

#endif
