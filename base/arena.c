/* SPDX-License-Identifier: MIT */
/* arena.c - bump allocation in blocks; one malloc an object under ARENA_DEBUG. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef ARENA_DEBUG
# define BLOCK_BYTES ((size_t)0)
#else
# define BLOCK_BYTES ((size_t)64 * 1024)
#endif

struct arena_block {
	struct arena_block *next;
	size_t size, left;
	alignas(max_align_t) unsigned char bytes[];
};

/* Text needs no alignment, and most of what an arena holds is text. */
static void *take(struct arena *a, size_t bytes, size_t align)
{
	struct arena_block *b = a->head;
	size_t pad = 0;

	if (b)
		pad = (align - (b->size - b->left) % align) % align;
	if (!b || b->left < bytes + pad || !BLOCK_BYTES) {
		size_t room = bytes > BLOCK_BYTES ? bytes : BLOCK_BYTES;

		b = xrealloc(NULL, 1, sizeof(*b) + room);
		*b = (struct arena_block){ .next = a->head, .size = room, .left = room };
		a->head = b;
		pad = 0;
	}
	void *p = b->bytes + (b->size - b->left) + pad;

	b->left -= bytes + pad;
	a->used += bytes + pad;
	return p;
}

void *arena_alloc(struct arena *a, size_t count, size_t size)
{
	if (size && count > (SIZE_MAX / 2) / size)
		BUG("arena allocation of %zu x %zu overflows", count, size);
	void *p = take(a, count * size, alignof(max_align_t));

	memset(p, 0, count * size);
	return p;
}

char *arena_strndup(struct arena *a, const char *s, size_t len)
{
	char *p = take(a, len + 1, 1);

	memcpy(p, s, len);
	p[len] = '\0';
	return p;
}

char *arena_strdup(struct arena *a, const char *s)
{
	return arena_strndup(a, s, strlen(s));
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap, ap2;

	va_start(ap, fmt);
	va_copy(ap2, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		BUG("bad format '%s'", fmt);
	char *p = take(a, (size_t)n + 1, 1);

	vsnprintf(p, (size_t)n + 1, fmt, ap2);
	va_end(ap2);
	return p;
}

void arena_reset(struct arena *a)
{
	struct arena_block *keep = a->head;

	if (!keep || keep->size != BLOCK_BYTES || !BLOCK_BYTES) {
		arena_release(a);
		return;
	}
	a->head = keep->next;
	arena_release(a);
	keep->next = NULL;
	keep->left = keep->size;
	a->head = keep;
}

void arena_release(struct arena *a)
{
	struct arena_block *b = a->head, *next;

	for (; b; b = next) {
		next = b->next;
		free(b);
	}
	*a = (struct arena)ARENA_INIT;
}
