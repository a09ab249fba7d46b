/* SPDX-License-Identifier: MIT */
/*
 * history_know.c - questions about a history: the number of a file, what changed
 * together, who knows what, and since when.
 */
#include "graph/source/history.h"
#include "base/date.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define AUTHOR_SHARE 0.75               /* of the largest degree of authorship */
#define AUTHOR_LEAST 3.293

uint32_t history_find(const struct history *h, const char *path)
{
	uint32_t lo = 0, hi = h->nfiles;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (strcmp(h->file[mid].path, path) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < h->nfiles && !strcmp(h->file[lo].path, path) ? lo : HISTORY_NONE;
}

uint32_t *history_files(const struct history *h, const struct source *s, struct arena *arena)
{
	uint32_t *ret = arena_array(arena, uint32_t, (size_t)s->nfiles + 1);
	struct arena scratch = ARENA_INIT;

	for (uint32_t f = 0; f < s->nfiles; f++) {
		ret[f] = history_find(h, source_file_path(s, (file_id){ f }, &scratch));
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	return ret;
}

/* Marks the commits of a set of files; how many there are. */
static uint32_t mark(const struct history *h, const uint32_t *file, uint32_t n,
		     unsigned char *side, unsigned char bit)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < n; i++) {
		const struct history_file *f = &h->file[file[i]];

		for (uint32_t k = 0; k < f->ncommits; k++) {
			uint32_t c = h->by_file[f->commit_first + k];

			if (h->commit[c].flags & HISTORY_LARGE || side[c] & bit)
				continue;
			side[c] |= bit;
			count++;
		}
	}
	return count;
}

uint32_t history_shared(const struct history *h, const uint32_t *a, uint32_t na,
			const uint32_t *b, uint32_t nb, uint32_t *ret_a, uint32_t *ret_b)
{
	unsigned char *side = xcalloc((size_t)h->ncommits + 1, 1);
	uint32_t both = 0;

	*ret_a = mark(h, a, na, side, 1);
	*ret_b = mark(h, b, nb, side, 2);
	for (uint32_t c = 0; c < h->ncommits; c++)
		both += side[c] == 3;
	free(side);
	return both;
}

/* ---- who knows what ---- */

static int by_person(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct history_share *a = va, *b = vb;

	return a->person < b->person ? -1 : a->person > b->person;
}

static int by_changes(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct history_share *a = va, *b = vb;

	if (a->changes != b->changes)
		return a->changes > b->changes ? -1 : 1;
	return by_person(va, vb, NULL);
}

uint32_t history_know(const struct history *h, uint32_t file, struct arena *arena,
		      const struct history_share **ret)
{
	const struct history_file *f = &h->file[file];
	struct history_share *list = arena_array(arena, struct history_share,
						 (size_t)f->ncommits + 1);
	uint32_t n = 0;
	double most = 0;

	for (uint32_t k = 0; k < f->ncommits; k++)
		list[k].person = h->commit[h->by_file[f->commit_first + k]].person;
	sort_with(list, f->ncommits, sizeof(*list), by_person, NULL);
	for (uint32_t k = 0; k < f->ncommits; k++) {
		if (!n || list[n - 1].person != list[k].person)
			list[n++] = (struct history_share){ .person = list[k].person };
		list[n - 1].changes++;
	}
	sort_with(list, n, sizeof(*list), by_changes, NULL);
	for (uint32_t i = 0; i < n; i++) {
		struct history_share *s = &list[i];

		s->authorship = 3.293 + 1.098 * (f->creator == s->person) + 0.164 * s->changes -
				0.321 * log(1.0 + (f->ncommits - s->changes));
		most = s->authorship > most ? s->authorship : most;
	}
	for (uint32_t i = 0; i < n; i++)
		list[i].is_author = list[i].authorship > AUTHOR_SHARE * most &&
				    list[i].authorship >= AUTHOR_LEAST;
	*ret = list;
	return n;
}

struct author { uint32_t person, file; };
struct crew {
	struct author *pair;            /* by person */
	uint32_t *first;                /* [npersons + 1] */
	uint32_t *left;                 /* [file] authors who are still there */
	uint32_t *weight;               /* [npersons] files with an author that they are of */
	uint32_t npairs;
};

static int pair_by_person(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct author *a = va, *b = vb;

	if (a->person != b->person)
		return a->person < b->person ? -1 : 1;
	return a->file < b->file ? -1 : a->file > b->file;
}

static void gather(const struct history *h, const uint32_t *file, uint32_t count,
		   struct arena *arena, struct crew *c)
{
	struct author *pair = NULL;
	size_t cap = 0;

	c->left = arena_array(arena, uint32_t, (size_t)count + 1);
	c->weight = arena_array(arena, uint32_t, (size_t)h->npersons + 1);
	c->first = arena_array(arena, uint32_t, (size_t)h->npersons + 2);
	for (uint32_t i = 0; i < count; i++) {
		struct arena scratch = ARENA_INIT;
		const struct history_share *share;
		uint32_t n = history_know(h, file[i], &scratch, &share);

		for (uint32_t k = 0; k < n; k++) {
			if (!share[k].is_author)
				continue;
			VEC_RESERVE(pair, cap, (size_t)c->npairs + 1);
			pair[c->npairs++] = (struct author){ share[k].person, i };
			c->left[i]++;
			c->weight[share[k].person]++;
		}
		arena_release(&scratch);
	}
	sort_with(pair, c->npairs, sizeof(*pair), pair_by_person, NULL);
	c->pair = pair;
	for (uint32_t k = 0; k < c->npairs; k++)
		c->first[pair[k].person + 1]++;
	for (uint32_t p = 0; p < h->npersons; p++)
		c->first[p + 1] += c->first[p];
}

uint32_t history_truck_factor(const struct history *h, const uint32_t *file, uint32_t count,
			      struct arena *arena)
{
	struct crew c = { 0 };
	uint32_t orphans = 0, known = 0, gone = 0;

	gather(h, file, count, arena, &c);
	for (uint32_t i = 0; i < count; i++)
		known += c.left[i] > 0;
	while (known && orphans * 2 <= known) {
		uint32_t top = 0;

		for (uint32_t p = 1; p < h->npersons; p++)
			if (c.weight[p] > c.weight[top])
				top = p;
		if (!c.weight[top])
			break;
		for (uint32_t k = c.first[top]; c.pair && k < c.first[top + 1]; k++)
			orphans += --c.left[c.pair[k].file] == 0;
		c.weight[top] = 0;
		gone++;
	}
	free(c.pair);
	return gone;
}

/* ---- ages ---- */

static int64_t month_of(int64_t time, long *ret_day)
{
	char text[DATE_BYTES];

	date_text(time, text);
	*ret_day = strtol(text + 8, NULL, 10);
	return 12 * strtol(text, NULL, 10) + strtol(text + 5, NULL, 10);
}

int64_t history_months(int64_t then, int64_t now)
{
	long first_day, last_day;
	int64_t months = -month_of(then, &first_day);

	months += month_of(now, &last_day);
	months -= last_day < first_day;
	return months > 0 ? months : 0;
}
