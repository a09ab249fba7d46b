/* SPDX-License-Identifier: MIT */
/*
 * factworld.h - a cache folder of its own and facts to put into it: what the tests
 * of the fact cache share.
 */
#ifndef MESHCTL_TESTS_FACTWORLD_H
#define MESHCTL_TESTS_FACTWORLD_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "graph/source/factcache_part.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ITEMS 400u

struct dice { uint64_t state; };

static inline uint32_t roll(struct dice *d, uint32_t sides)
{
	d->state = d->state * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return (uint32_t)(d->state >> 33) % sides;
}

/* Facts of their own for each, so that any mix-up shows. */
struct world {
	char top[32], folder[64];
	struct fact_item item[ITEMS];
};

static inline void make_item(struct fact_item *item, uint32_t i, uint32_t size)
{
	uint32_t *words = xcalloc(size / 4 + 1, 4);

	for (uint32_t k = 0; k < size / 4; k++)
		words[k] = i * 2654435761u + k;
	for (uint32_t k = 0; k < BLOB_ID_BYTES / 4; k++) {
		uint32_t part = (i + 1) * (k * 40503u + 2246822519u);

		memcpy(item->id.byte + k * 4, &part, 4);
	}
	item->block = words;
	item->size = size;
}

static inline void begin(struct world *w, uint32_t largest)
{
	struct dice d = { 5 };

	*w = (struct world){ .top = "/tmp/meshctl-unit-XXXXXX" };
	assert_non_null(mkdtemp(w->top));
	snprintf(w->folder, sizeof(w->folder), "%s/a/meshctl", w->top);
	for (uint32_t i = 0; i < ITEMS; i++)
		make_item(&w->item[i], i, roll(&d, largest) & ~7u);
}

static inline void end(struct world *w)
{
	static const char *const names[] = { "facts.mdb", "facts-old.mdb", "facts.lock",
					     "facts.stats", "" };
	char path[128];

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		snprintf(path, sizeof(path), "%s/%s", w->folder, names[i]);
		if (unlink(path))
			rmdir(path);
	}
	snprintf(path, sizeof(path), "%s/a", w->top);
	rmdir(path);
	assert_int_equal(rmdir(w->top), 0);
	for (uint32_t i = 0; i < ITEMS; i++)
		free((void *)(uintptr_t)w->item[i].block);
}

static inline struct factcache *open_cache(const struct world *w, uint64_t limit)
{
	return factcache_open(&(struct factcache_options){ .folder = w->folder, .workers = 2,
							   .limit = limit });
}

/* What is found must be what was stored; returns whether it is. */
static inline bool find(struct factcache *c, const struct fact_item *item, bool *ret_old)
{
	bool old = false;
	size_t size = 0;
	const void *facts = factcache_find(c, roll(&(struct dice){ item->size }, 2), &item->id,
					   &size, &old);

	if (!facts)
		return false;
	assert_int_equal((uintptr_t)facts % 8, 0);
	assert_int_equal(size, item->size);
	assert_int_equal(memcmp(facts, item->block, size), 0);
	if (ret_old)
		*ret_old = old;
	return true;
}

static inline uint32_t find_all(const struct world *w, uint32_t count, const char **ret_note)
{
	struct factcache *c = open_cache(w, 0);
	static char note[NOTE_BYTES];
	uint32_t n = 0;

	for (uint32_t i = 0; i < count; i++)
		n += find(c, &w->item[i], NULL);
	factcache_settle(c);
	snprintf(note, sizeof(note), "%s", factcache_note(c) ? factcache_note(c) : "");
	if (ret_note)
		*ret_note = note;
	factcache_close(c);
	return n;
}

static inline void store(const struct world *w, uint32_t from, uint32_t count, uint64_t limit)
{
	struct factcache *c = open_cache(w, limit);

	factcache_settle(c);
	factcache_store(c, w->item + from, count);
	factcache_close(c);
}

static inline struct sound young(const struct world *w)
{
	int folder = open(w->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct sound s = factcheck(folder, place_file(YOUNG));

	close(folder);
	return s;
}

static inline void write_file(const char *path, const unsigned char *bytes, size_t n)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, n), (ssize_t)n);
	close(fd);
}

#endif
