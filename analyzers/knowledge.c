/* SPDX-License-Identifier: MIT */
/* knowledge.c - adds up what history_know() says of each file. */
#include "analyzers/knowledge.h"
#include "base/date.h"

#include <math.h>
#include <stdlib.h>

struct sums {
	uint64_t *changes;              /* [history.npersons] */
	uint64_t all, lines, one, lost; /* lines of files with an author at all */
};

static void add_file(const struct history *h, const struct known_file *f, int64_t now,
		     struct sums *s, struct arena *scratch)
{
	const struct history_share *share;
	uint32_t n = history_know(h, f->number, scratch, &share), authors = 0, left = 0;

	for (uint32_t i = 0; i < n; i++) {
		const struct history_person *p = &h->person[share[i].person];

		s->changes[share[i].person] += share[i].changes;
		s->all += share[i].changes;
		authors += share[i].is_author;
		left += share[i].is_author &&
			p->last < now - KNOWLEDGE_LEFT_DAYS * SECONDS_A_DAY;
	}
	if (!n)
		return;
	s->lines += f->lines;
	s->one += authors == 1 ? f->lines : 0;
	s->lost += authors && left == authors ? f->lines : 0;
}

static void count_recent(const struct history *h, const struct known_file *file, uint32_t count,
			 int64_t recent, struct knowledge *ret)
{
	unsigned char *seen = xcalloc((size_t)h->ncommits + 1, 1);

	for (uint32_t i = 0; i < count; i++) {
		const struct history_file *f = &h->file[file[i].number];

		for (uint32_t k = 0; k < f->ncommits; k++) {
			uint32_t c = h->by_file[f->commit_first + k];

			if (h->commit[c].time < recent)
				break;
			ret->changes += !seen[c] && !(h->commit[c].flags & HISTORY_LARGE);
			seen[c] = 1;
		}
	}
	free(seen);
}

void knowledge_of(const struct history *h, const struct known_file *file, uint32_t count,
		  int64_t now, int64_t recent, struct arena *arena, struct knowledge *ret)
{
	struct sums s = { .changes = xcalloc((size_t)h->npersons + 1, sizeof(uint64_t)) };
	uint32_t *number = arena_array(arena, uint32_t, (size_t)count + 1);
	struct arena scratch = ARENA_INIT;

	*ret = (struct knowledge){
		.files = count, .main = HISTORY_NONE, .main_share = NAN, .fragmentation = NAN,
		.one_author = NAN, .lost = NAN,
	};
	for (uint32_t i = 0; i < count; i++) {
		number[i] = file[i].number;
		ret->lines += file[i].lines;
		add_file(h, &file[i], now, &s, &scratch);
		arena_reset(&scratch);
	}
	count_recent(h, file, count, recent, ret);
	ret->truck_factor = history_truck_factor(h, number, count, &scratch);
	double squares = 0;

	for (uint32_t p = 0; p < h->npersons && s.all; p++) {
		double share = (double)s.changes[p] / (double)s.all;

		squares += share * share;
		ret->persons += s.changes[p] > 0;
		if (s.changes[p] && (ret->main == HISTORY_NONE || share > ret->main_share)) {
			ret->main = p;
			ret->main_share = share;
		}
	}
	if (s.all)
		ret->fragmentation = 1 - squares;
	if (s.lines) {
		ret->one_author = (double)s.one / (double)s.lines;
		ret->lost = (double)s.lost / (double)s.lines;
	}
	free(s.changes);
	arena_release(&scratch);
}
