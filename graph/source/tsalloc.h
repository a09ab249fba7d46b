/* SPDX-License-Identifier: MIT */
/*
 * tsalloc.h - memory for tree-sitter: one heap a worker, emptied before each
 * file, in which free and realloc recycle by size.
 *
 * tree-sitter's allocator is one for the whole process.  Ours serves a thread
 * from its heap between tsheap_enter() and tsheap_leave(), and with malloc()
 * otherwise, so that other users of tree-sitter are not concerned.
 */
#ifndef MESHCTL_TSALLOC_H
#define MESHCTL_TSALLOC_H

#include "base/base.h"

struct tsheap;

/* Gives tree-sitter the allocator, once; before the first parser of any kind. */
void tsalloc_install(void);

struct tsheap *tsheap_new(void);
void tsheap_free(struct tsheap *h);

/*
 * Until tsheap_leave() this thread's tree-sitter allocates in h.  Nothing from
 * within may be used or freed outside, and nothing need be freed: the next
 * enter empties the heap.  What a large file needed goes back to the system.
 */
void tsheap_enter(struct tsheap *h);
void tsheap_leave(struct tsheap *h);

/*
 * What tree-sitter asked for since tsheap_enter(): a measure of its work that
 * depends on the input alone.  It copies lists that grow with the input where it
 * looks for a way out of errors, and makes a note of TSHEAP_NOTE bytes on each.
 */
#define TSHEAP_NOTE ((size_t)16)
struct tsheap_asked {
	uint64_t bytes;                 /* malloc, calloc and realloc, all of the new size */
	uint64_t notes;                 /* blocks of TSHEAP_NOTE bytes */
};
struct tsheap_asked tsheap_asked(const struct tsheap *h);

/* Bytes taken from the system. */
size_t tsheap_bytes(const struct tsheap *h);

#endif
