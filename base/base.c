/* SPDX-License-Identifier: MIT */
/* base.c - BUG(), allocation, hashing and sorting. */
#include "base/base.h"
#include "base/fault.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void bug_at(const char *file, int line, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "meshctl: BUG: %s:%d: ", file, line);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	abort();
}

static _Noreturn void out_of_memory(void)
{
	/* No atexit handlers, no flush: a partial report must not look complete. */
	fputs("meshctl: out of memory\n", stderr);
	_Exit(3);
}

void *xrealloc(void *p, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		BUG("allocation of %zu x %zu overflows", count, size);
	size_t bytes = count * size;
	void *q = fault_hit(FAULT_ALLOC) ? NULL : realloc(p, bytes ? bytes : 1);

	if (!q)
		out_of_memory();
	return q;
}

void *xcalloc(size_t count, size_t size)
{
	void *p = fault_hit(FAULT_ALLOC) ? NULL : calloc(count ? count : 1, size ? size : 1);

	if (!p)
		out_of_memory();
	return p;
}

uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t len)
{
	const unsigned char *p = bytes;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ p[i]) * UINT64_C(1099511628211);
	return hash;
}

void sort_with(void *item, size_t count, size_t size,
	       int (*compare)(const void *a, const void *b, void *ctx), void *ctx)
{
	/* Bottom-up merge sort: stable, no recursion, the same on every libc. */
	if (count < 2)
		return;
	char *from = item, *to = xrealloc(NULL, count, size), *spare = to;

	for (size_t run = 1; run < count; run *= 2) {
		for (size_t lo = 0; lo < count; lo += 2 * run) {
			size_t mid = lo + run < count ? lo + run : count;
			size_t hi = lo + 2 * run < count ? lo + 2 * run : count;
			size_t a = lo, b = mid, out = lo;

			if (mid < hi &&
			    compare(from + (mid - 1) * size, from + mid * size, ctx) <= 0) {
				memcpy(to + lo * size, from + lo * size, (hi - lo) * size);
				continue;
			}
			while (a < mid && b < hi) {
				bool left = compare(from + a * size, from + b * size, ctx) <= 0;
				size_t take = left ? a++ : b++;

				memcpy(to + out++ * size, from + take * size, size);
			}
			memcpy(to + out * size, from + a * size, (mid - a) * size);
			memcpy(to + (out + mid - a) * size, from + b * size, (hi - b) * size);
		}
		char *swap = from;

		from = to;
		to = swap;
	}
	if (from != item)
		memcpy(item, from, count * size);
	free(spare);
}
