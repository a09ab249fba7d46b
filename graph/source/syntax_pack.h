/* SPDX-License-Identifier: MIT */
/* syntax_pack.h - the tree of a file as a small block of bytes, to be kept in a cache. */
#ifndef MESHCTL_SYNTAX_PACK_H
#define MESHCTL_SYNTAX_PACK_H

#include "graph/source/syntax.h"

/* Lives in the arena. */
const void *syntax_pack(const struct syntax *s, struct arena *arena, size_t *ret_size);
/*
 * The same tree again, of the same bytes, as syntax_parse() gives it.  False for what is
 * no such block, or of other bytes; then *ret says nothing.
 */
bool syntax_unpack(const void *block, size_t size, const char *bytes, uint32_t len,
		   struct arena *arena, struct syntax *ret);

#endif
