/* SPDX-License-Identifier: MIT */
/*
 * arena.h - memory with one owner and one end.
 *
 * Everything from an arena is freed together by arena_reset()/arena_release();
 * there is no per-object free.  Built with ARENA_DEBUG every allocation is its
 * own malloc(), so that AddressSanitizer sees overruns and use-after-reset.
 * Not thread-safe: a worker has its own.
 */
#ifndef MESHCTL_ARENA_H
#define MESHCTL_ARENA_H

#include "base/base.h"

struct arena {
	struct arena_block *head;
	size_t used;            /* bytes handed out */
};

#define ARENA_INIT { .head = NULL }

void *arena_alloc(struct arena *a, size_t count, size_t size);   /* zeroed, max-aligned */
char *arena_strndup(struct arena *a, const char *s, size_t len); /* adds the final NUL */
char *arena_strdup(struct arena *a, const char *s);
char *arena_printf(struct arena *a, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Keeps one block for the next round, so that a reset in a loop does not malloc. */
void arena_reset(struct arena *a);
void arena_release(struct arena *a);

#define arena_new(a, T)      ((T *)arena_alloc((a), 1, sizeof(T)))
#define arena_array(a, T, n) ((T *)arena_alloc((a), (n), sizeof(T)))

#endif
