/* SPDX-License-Identifier: MIT */
/* debt_past.c - what git knows of the files that have debt, in the arrays of debt_past. */
#include "base/date.h"
#include "base/text.h"
#include "cmd/debt.h"
#include "graph/source/history.h"

#include <stdio.h>

struct debt_git {
	struct history *history;
	const struct source *source;
	struct arena *arena;
	uint32_t *of;                   /* [nfiles] in history.file */
	uint32_t *list;                 /* numbers of the files of each folder, ascending */
	uint32_t *first;                /* [ndirs + 1] into list */
};

static int by_number(const void *va, const void *vb, void *ctx UNUSED)
{
	uint32_t a = *(const uint32_t *)va, b = *(const uint32_t *)vb;

	return a < b ? -1 : a > b;
}

/* Tests change with what they test: they are no second package. */
static void list_folders(struct debt_git *g)
{
	const struct source *s = g->source;
	uint32_t n = 0;

	g->list = arena_array(g->arena, uint32_t, s->nfiles);
	g->first = arena_array(g->arena, uint32_t, (size_t)s->ndirs + 1);
	for (uint32_t d = 0; d < s->ndirs; d++) {
		const struct go_dir *dir = &s->dir[d];

		g->first[d] = n;
		for (uint32_t f = dir->file_first; f < dir->file_first + dir->nfiles; f++)
			if (g->of[f] != HISTORY_NONE && !(s->file[f].flags & FILE_TEST))
				g->list[n++] = g->of[f];
		sort_with(g->list + g->first[d], n - g->first[d], sizeof(*g->list), by_number,
			  NULL);
	}
	g->first[s->ndirs] = n;
}

static double together(void *ctx, dir_id a, dir_id b)
{
	const struct debt_git *g = ctx;
	uint32_t in_a, in_b, both;

	both = history_shared(g->history, g->list + g->first[a.v],
			      g->first[a.v + 1] - g->first[a.v], g->list + g->first[b.v],
			      g->first[b.v + 1] - g->first[b.v], &in_a, &in_b);
	return a.v == b.v ? in_a : both;
}

static uint32_t count_recent(const struct history *h, const struct history_file *f, int64_t since)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < f->ncommits; i++) {
		const struct history_commit *c = &h->commit[h->by_file[f->commit_first + i]];

		n += !(c->flags & HISTORY_LARGE) && c->time >= since;
	}
	return n;
}

static void fill(struct debt_git *g, int64_t recent, struct debt_past *ret)
{
	const uint32_t n = g->source->nfiles;
	uint32_t *changes = arena_array(g->arena, uint32_t, n);
	uint32_t *fixes = arena_array(g->arena, uint32_t, n);
	uint32_t *lately = arena_array(g->arena, uint32_t, n);
	uint8_t *truck = arena_array(g->arena, uint8_t, n);
	struct arena scratch = ARENA_INIT;

	for (uint32_t f = 0; f < n; f++) {
		const struct history_file *file;
		uint32_t people;

		if (g->of[f] == HISTORY_NONE)
			continue;
		file = &g->history->file[g->of[f]];
		changes[f] = file->revs;
		fixes[f] = file->fixes;
		lately[f] = count_recent(g->history, file, recent);
		people = history_truck_factor(g->history, &g->of[f], 1, &scratch);
		truck[f] = (uint8_t)(people < UINT8_MAX ? people : UINT8_MAX);
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	*ret = (struct debt_past){
		.changes = changes, .fixes = fixes, .recent = lately, .truck = truck,
		.together = together, .ctx = g,
	};
}

int debt_past_read(const struct run *run, struct debt_run *d, struct err *err)
{
	const struct judge *j = &d->now.judge;
	const struct source *s = j->session.source;
	/* Where nothing tells the day there is no now, which is asked below. */
	const int64_t now = j->hold.dated ? j->hold.now : 0;
	struct history_options options = {
		.until = now, .no_cache = run->set->no_cache, .workers = run->set->jobs,
	};
	struct debt_git *g = arena_new(run->arena, struct debt_git);
	struct err cause = ERR_INIT;

	if (!s->rev.known || !*s->rev.commit || !j->hold.dated) {
		d->no_past = "this is no git repository, or has no commit";
		return 0;
	}
	if (date_since(DEBT_WINDOW, now, &options.since, err))
		return -1;
	if (history_read(s, &options, &g->history, &cause)) {
		d->no_past = arena_strdup(run->arena, cause.msg);
		return 0;
	}
	d->git = g;
	d->commits = g->history->stats.counted;
	if (g->history->stats.shallow)
		d->shallow = "a shallow clone: not all of it";
	else if (g->history->stats.missing)
		d->shallow = arena_printf(run->arena, "%s not there",
					  text_count(run->arena, g->history->stats.missing,
						     "object is", "objects are"));
	g->source = s;
	g->arena = run->arena;
	g->of = history_files(g->history, s, run->arena);
	list_folders(g);
	fill(g, j->hold.now - DEBT_RECENT * SECONDS_A_DAY, &d->past);
	return 0;
}

void debt_past_release(struct debt_git *g)
{
	if (g)
		history_free(g->history);
}
