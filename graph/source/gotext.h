/* SPDX-License-Identifier: MIT */
/*
 * gotext.h - the few questions about characters and literals that reading Go
 * asks: letters, visible characters, unquoting.
 */
#ifndef MESHCTL_GOTEXT_H
#define MESHCTL_GOTEXT_H

#include "base/arena.h"
#include "graph/source/constraint_text.h"

bool rune_is_letter(uint32_t rune);     /* unicode.IsLetter, and '_' */
bool rune_is_digit(uint32_t rune);      /* of the common scripts */
/* unicode.IsGraphic and not unicode.IsSpace, by blocks beyond ASCII. */
bool rune_is_visible(uint32_t rune);

/*
 * The value of a Go string literal with its quotes, in the arena.  NULL when an
 * escape is wrong or the value has a NUL, which no name in Go may have.
 */
const char *go_unquote(const char *literal, size_t len, struct arena *arena);

#endif
