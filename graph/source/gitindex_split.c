/* SPDX-License-Identifier: MIT */
/*
 * gitindex_split.c - a split index made whole: the entries of the shared half, of
 * which two bitmaps say what the other half deletes and replaces
 * (gitformat-index(5), "Split index"; EWAH as in git's ewah/ewah_io.c).
 */
#include "graph/source/gitindex.h"

#include <stdlib.h>
#include <string.h>

struct bits {
	const unsigned char *at, *end;
	uint32_t count;                 /* of what the bitmap speaks about */
	uint64_t *word;                 /* [count / 64 + 1] */
};

static uint64_t number(const unsigned char *p, unsigned bytes)
{
	uint64_t n = 0;

	for (unsigned i = 0; i < bytes; i++)
		n = n << 8 | p[i];
	return n;
}

static bool put(struct bits *b, uint64_t at, uint64_t word)
{
	if (!word)
		return true;
	/* A bit beyond the last entry speaks of nothing that is there. */
	if (at > b->count / 64)
		return false;
	b->word[at] = word;
	return at < b->count / 64 || !(word >> b->count % 64);
}

/*
 * Bits, words, then the words: a marker holds a bit, how many words (32 bits) are
 * all that bit, and how many (31 bits) stand behind it as they are.
 */
static bool unpack(struct bits *b)
{
	uint64_t left, at = 0;

	if (b->end - b->at < 8)
		return false;
	left = number(b->at + 4, 4);
	b->at += 8;
	if (left > (uint64_t)(b->end - b->at) / 8)
		return false;
	while (left) {
		uint64_t marker = number(b->at, 8), run = marker >> 1 & UINT32_MAX;
		uint64_t literal = marker >> 33;

		b->at += 8;
		left--;
		if (literal > left || (marker & 1 && run > b->count / 64 + 1))
			return false;
		for (uint64_t i = 0; i < run && marker & 1; i++)
			if (!put(b, at + i, UINT64_MAX))
				return false;
		at += run;
		for (uint64_t i = 0; i < literal; i++, b->at += 8)
			if (!put(b, at + i, number(b->at, 8)))
				return false;
		at += literal;
		left -= literal;
	}
	/* Where git would go on writing. */
	if (b->end - b->at < 4)
		return false;
	b->at += 4;
	return true;
}

static bool has(const struct bits *b, uint32_t i)
{
	return b->word[i / 64] >> i % 64 & 1;
}

static int by_path(const void *va, const void *vb, void *ctx)
{
	const struct gitindex_entry *entry = ctx;
	const struct gitindex_entry *a = &entry[*(const uint32_t *)va];
	const struct gitindex_entry *b = &entry[*(const uint32_t *)vb];
	int c = memcmp(a->path, b->path, a->path_len < b->path_len ? a->path_len : b->path_len);

	if (c || a->path_len != b->path_len)
		return c ? c : (a->path_len > b->path_len) - (a->path_len < b->path_len);
	return (a > b) - (a < b);
}

/*
 * Sorted.  Of two that name the same the later one counts, as git adds them; sides of
 * a conflict are several anyway.
 */
static void settle(struct gitindex *x, struct gitindex_entry *all, uint32_t count,
		   struct arena *arena)
{
	struct gitindex_entry *sorted = arena_array(arena, struct gitindex_entry, count + 1);
	uint32_t *order = arena_array(arena, uint32_t, count + 1), n = 0;

	for (uint32_t i = 0; i < count; i++)
		order[i] = i;
	sort_with(order, count, sizeof(*order), by_path, all);
	for (uint32_t i = 0; i < count; i++) {
		const struct gitindex_entry *e = &all[order[i]];
		struct gitindex_entry *last = n ? &sorted[n - 1] : NULL;

		if (last && !e->unmerged && last->path_len == e->path_len &&
		    !memcmp(last->path, e->path, e->path_len))
			*last = *e;
		else
			sorted[n++] = *e;
	}
	gitindex_settle(x, sorted, n, arena);
}

bool gitindex_join(struct gitindex *x, const struct gitindex *base, struct arena *arena)
{
	struct bits gone = { .at = x->changes, .end = x->changes + x->nchanges,
			     .count = base->all_count };
	struct bits changed;
	uint32_t n = 0, used = 0;

	if (base->base)
		return false;
	gone.word = arena_array(arena, uint64_t, gone.count / 64 + 1);
	if (x->nchanges && !unpack(&gone))
		return false;
	changed = gone;
	changed.word = arena_array(arena, uint64_t, gone.count / 64 + 1);
	if (x->nchanges && !unpack(&changed))
		return false;
	struct gitindex_entry *all = arena_array(arena, struct gitindex_entry,
						 (size_t)base->all_count + x->all_count + 1);

	for (uint32_t i = 0; i < base->all_count; i++) {
		const struct gitindex_entry *old = &base->all[i];

		all[n] = *old;
		if (has(&changed, i)) {
			if (used == x->all_count || x->all[used].path_len)
				return false;
			all[n] = x->all[used++];
			all[n].path = old->path;
			all[n].path_len = old->path_len;
		}
		n += !has(&gone, i);
	}
	for (; used < x->all_count; used++) {
		if (!x->all[used].path_len)
			return false;
		all[n++] = x->all[used];
	}
	x->base = NULL;
	settle(x, all, n, arena);
	return true;
}
