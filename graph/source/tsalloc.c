/* SPDX-License-Identifier: MIT */
/*
 * tsalloc.c - bump allocation with a free list for each size; one malloc() an
 * object under ARENA_DEBUG.
 *
 * tree-sitter frees about as much as it allocates while it tries versions of a
 * parse: without recycling a file of 1 MB would need hundreds.
 */
#include "graph/source/tsalloc.h"

#include <pthread.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>
#include <tree_sitter/api.h>

/*
 * tree-sitter passes its allocator no context, so the heap of a worker can only
 * hang on its thread.
 */
static _Thread_local struct tsheap *heap_of_thread;

#ifndef ARENA_DEBUG

/*
 * Payloads up to FINE bytes are rounded to a multiple of GRAIN, larger ones to a
 * power of two.  In front of each is a header with its class.  tree-sitter
 * stores nothing that needs more alignment than GRAIN.
 */
#define GRAIN ((size_t)8)
#define FINE ((size_t)512)
#define FINE_BITS 9
#define FINE_CLASSES (FINE / GRAIN + 1)
#define CLASSES (FINE_CLASSES + 48)
#define CHUNK ((size_t)1024 * 1024)
#define KEEP 16                         /* chunks that a heap keeps from one file to the next */

struct chunk {
	struct chunk *next;
	size_t size;
	alignas(max_align_t) unsigned char bytes[];
};

struct block {
	uint64_t class;
	struct block *next_free;        /* in the payload, while the block is free */
};

#define HEADER offsetof(struct block, next_free)

struct tsheap {
	unsigned char *at, *end;        /* of the chunk under work */
	struct block *free[CLASSES];
	struct chunk *used, *spare;     /* spare ones have CHUNK bytes each */
	size_t bytes;                   /* of all chunks */
	struct tsheap_asked asked;
};

static unsigned class_of(size_t size)
{
	if (size <= FINE)
		return (unsigned)((size + GRAIN - 1) / GRAIN);
	return (unsigned)FINE_CLASSES + 63 - FINE_BITS - (unsigned)__builtin_clzll(size - 1);
}

static size_t class_bytes(unsigned class)
{
	if (class < FINE_CLASSES)
		return class ? class * GRAIN : GRAIN;
	return (size_t)2 << (class - FINE_CLASSES + FINE_BITS);
}

/* The rest of the chunk under work is given up: at most one large block in 1 MB is. */
static void add_chunk(struct tsheap *h, size_t bytes)
{
	struct chunk *c = h->spare;

	if (c && bytes <= c->size) {
		h->spare = c->next;
	} else {
		size_t size = bytes > CHUNK ? bytes : CHUNK;

		c = xrealloc(NULL, 1, sizeof(*c) + size);
		c->size = size;
		h->bytes += size;
	}
	c->next = h->used;
	h->used = c;
	h->at = c->bytes;
	h->end = c->bytes + c->size;
}

static void *heap_take(struct tsheap *h, size_t size)
{
	unsigned class = class_of(size);
	struct block *b = h->free[class];

	if (b) {
		h->free[class] = b->next_free;
	} else {
		size_t bytes = HEADER + class_bytes(class);

		if ((size_t)(h->end - h->at) < bytes)
			add_chunk(h, bytes);
		b = (struct block *)(void *)h->at;
		h->at += bytes;
		b->class = class;
	}
	return &b->next_free;
}

static struct block *block_of(void *payload)
{
	return (struct block *)(void *)((unsigned char *)payload - HEADER);
}

static void heap_give(struct tsheap *h, void *p)
{
	struct block *b = block_of(p);

	b->next_free = h->free[b->class];
	h->free[b->class] = b;
}

static size_t heap_room(void *p)
{
	return class_bytes((unsigned)block_of(p)->class);
}

static void heap_empty(struct tsheap *h, unsigned keep)
{
	struct chunk *c = h->used, *all = h->spare, *next;

	for (; c; c = next) {
		next = c->next;
		c->next = all;
		all = c;
	}
	memset(h, 0, sizeof(*h));
	for (c = all; c; c = next) {
		next = c->next;
		if (c->size != CHUNK || !keep) {
			free(c);
			continue;
		}
		keep--;
		c->next = h->spare;
		h->spare = c;
		h->bytes += c->size;
	}
}

#else

#define KEEP 0

/* Each payload is a malloc() of its own behind this, so that AddressSanitizer sees its ends. */
struct block {
	struct block *prev, *next;
	size_t size;
	alignas(max_align_t) unsigned char payload[];
};

struct tsheap {
	struct block *all;
	size_t bytes;
	struct tsheap_asked asked;
};

static struct block *block_of(void *payload)
{
	return (struct block *)(void *)((unsigned char *)payload - offsetof(struct block, payload));
}

static void *heap_take(struct tsheap *h, size_t size)
{
	struct block *b = xrealloc(NULL, 1, sizeof(*b) + size);

	*b = (struct block){ .next = h->all, .size = size };
	if (h->all)
		h->all->prev = b;
	h->all = b;
	h->bytes += size;
	return b->payload;
}

static void heap_give(struct tsheap *h, void *p)
{
	struct block *b = block_of(p);

	if (b->prev)
		b->prev->next = b->next;
	else
		h->all = b->next;
	if (b->next)
		b->next->prev = b->prev;
	h->bytes -= b->size;
	free(b);
}

static size_t heap_room(void *p)
{
	return block_of(p)->size;
}

static void heap_empty(struct tsheap *h, unsigned keep UNUSED)
{
	while (h->all)
		heap_give(h, h->all->payload);
}

#endif

static void note(struct tsheap *h, size_t size)
{
	h->asked.bytes += size;
	h->asked.notes += size == TSHEAP_NOTE;
}

static void *ts_take(size_t size)
{
	struct tsheap *h = heap_of_thread;

	if (!h)
		return xrealloc(NULL, 1, size);
	note(h, size);
	return heap_take(h, size);
}

static void *ts_take_zeroed(size_t count, size_t size)
{
	struct tsheap *h = heap_of_thread;

	if (!h)
		return xcalloc(count, size);
	if (size && count > SIZE_MAX / 2 / size)
		BUG("tree-sitter asks for %zu x %zu bytes", count, size);
	note(h, count * size);
	return memset(heap_take(h, count * size), 0, count * size);
}

static void ts_give(void *p)
{
	if (!heap_of_thread)
		free(p);
	else if (p)
		heap_give(heap_of_thread, p);
}

static void *ts_resize(void *p, size_t size)
{
	struct tsheap *h = heap_of_thread;

	if (!h)
		return xrealloc(p, 1, size);
	note(h, size);
	if (!p)
		return heap_take(h, size);
	size_t room = heap_room(p);

	if (size <= room)
		return p;
	void *q = heap_take(h, size);

	memcpy(q, p, room);
	heap_give(h, p);
	return q;
}

static void install(void)
{
	ts_set_allocator(ts_take, ts_take_zeroed, ts_resize, ts_give);
}

void tsalloc_install(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	if (pthread_once(&once, install))
		BUG("pthread_once");
}

struct tsheap *tsheap_new(void)
{
	return xcalloc(1, sizeof(struct tsheap));
}

void tsheap_free(struct tsheap *h)
{
	if (!h)
		return;
	heap_empty(h, 0);
	free(h);
}

void tsheap_enter(struct tsheap *h)
{
	if (heap_of_thread)
		BUG("two heaps for one thread");
	heap_empty(h, KEEP);
	h->asked = (struct tsheap_asked){ 0 };
	heap_of_thread = h;
}

void tsheap_leave(struct tsheap *h)
{
	if (heap_of_thread != h)
		BUG("not the heap of this thread");
	heap_of_thread = NULL;
}

struct tsheap_asked tsheap_asked(const struct tsheap *h)
{
	return h->asked;
}

size_t tsheap_bytes(const struct tsheap *h)
{
	return h->bytes;
}
