/* SPDX-License-Identifier: MIT */
/*
 * base.h - things every layer may use: size helpers, printf checking, BUG(),
 * and allocation that cannot fail.  Knows nothing about Go, graphs or the
 * command line.
 */
#ifndef MESHCTL_BASE_H
#define MESHCTL_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))
#define CLEANUP(fn) __attribute__((cleanup(fn)))
#define UNUSED __attribute__((unused))

/* A broken promise inside meshctl itself: report where, then abort(). */
#define BUG(...) bug_at(__FILE__, __LINE__, __VA_ARGS__)
_Noreturn void bug_at(const char *file, int line, const char *fmt, ...) PRINTF_LIKE(3, 4);

/*
 * realloc() that never returns NULL: out of memory is one message on stderr and
 * exit status 3 (the analysis is incomplete).  The bytes are not initialised.
 */
void *xrealloc(void *p, size_t count, size_t size);
void *xcalloc(size_t count, size_t size);

/*
 * Grows the array *item to hold at least `want` elements, doubling.  Use:
 *	VEC_RESERVE(v->item, v->cap, v->count + 1);
 */
#define VEC_RESERVE(item, cap, want) \
	do { \
		size_t reserve_want = (want); /* once: it may be made of cap */ \
		if (reserve_want > (cap)) { \
			(cap) = (cap) ? (cap) : 16; \
			while ((cap) < reserve_want) \
				(cap) *= 2; \
			(item) = xrealloc((item), (cap), sizeof(*(item))); \
		} \
	} while (0)

/* 64-bit FNV-1a; start with HASH_INIT, chain calls.  Stable for ever: fingerprints use it. */
#define HASH_INIT UINT64_C(14695981039346656037)
uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t len);

/* qsort() with a context and no empty-array trap. */
void sort_with(void *item, size_t count, size_t size,
	       int (*compare)(const void *a, const void *b, void *ctx), void *ctx);

#endif
