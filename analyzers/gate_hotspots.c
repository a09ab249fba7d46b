/* SPDX-License-Identifier: MIT */
/*
 * gate_hotspots.c - the row hotspot-health: the files that were changed most in the
 * year before the base may not become harder to read.
 *
 * A file in a folder that the change renames is followed; one that is gone counts 0.
 */
#include "analyzers/bodyfact.h"
#include "analyzers/gate_work.h"
#include "base/date.h"
#include "base/text.h"
#include "graph/source/bodies.h"
#include "graph/source/history.h"
#include "graph/source/renames.h"
#include "graph/source/syntax.h"

#include <stdlib.h>
#include <string.h>

#define WINDOW 365                      /* days */
#define NAMED 4u                        /* in the note */

struct hot { uint32_t file, revs; };

struct hots {
	struct hot *item;               /* of the base, the most changed first */
	uint32_t count, cap;
	const char *why;                /* not known; NULL = it is */
};

static int by_revs(const void *left, const void *right, void *ctx UNUSED)
{
	const struct hot *a = left, *b = right;

	if (a->revs != b->revs)
		return a->revs > b->revs ? -1 : 1;
	return a->file < b->file ? -1 : a->file > b->file;
}

static void pick(const struct gate_work *w, struct arena *arena, struct hots *ret)
{
	const struct analysis *a = w->g->base->given;
	const struct history_options o = {
		.since = a->source->rev.commit_time - (int64_t)WINDOW * SECONDS_A_DAY,
		.no_cache = w->g->no_cache,
	};
	uint32_t most = gate_setting(w, RULE_HOTSPOT_HEALTH, "files");
	struct err cause = ERR_INIT;
	struct history *h = NULL;

	*ret = (struct hots){ 0 };
	if (history_read(a->source, &o, &h, &cause)) {
		ret->why = arena_strdup(w->arena, cause.msg);
		return;
	}
	const uint32_t *of = history_files(h, a->source, arena);

	for (uint32_t f = 0; f < a->source->nfiles; f++) {
		if (of[f] == HISTORY_NONE || !h->file[of[f]].revs || !bodyfact_judged(a, f))
			continue;
		VEC_RESERVE(ret->item, ret->cap, ret->count + 1);
		ret->item[ret->count++] = (struct hot){ f, h->file[of[f]].revs };
	}
	sort_with(ret->item, ret->count, sizeof(*ret->item), by_revs, NULL);
	ret->count = ret->count < most ? ret->count : most;
	if (h->stats.shallow)
		ret->why = "a shallow clone does not have its whole history";
	else if (h->stats.missing)
		ret->why = arena_printf(w->arena, "%s of the history not there",
					text_count(arena, h->stats.missing, "object is",
						   "objects are"));
	else if (!ret->count)
		ret->why = "no file was changed in the year before the base";
	history_free(h);
}

/* The file of this path, or ID_NONE. */
static uint32_t find_file(const struct source *s, const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	size_t len = slash ? (size_t)(slash - path) : 0;

	for (uint32_t d = 0; d < s->ndirs; d++) {
		const char *folder = sym_text(s->syms, s->dir[d].path);

		if (strlen(folder) != len || strncmp(folder, path, len) != 0)
			continue;
		for (uint32_t i = 0; i < s->dir[d].nfiles; i++)
			if (!strcmp(sym_text(s->syms, s->file[s->dir[d].file_first + i].name),
				    name))
				return s->dir[d].file_first + i;
	}
	return ID_NONE;
}

/* Where the folder went, if it did. */
static const char *renamed(const char *path, const struct folder_rename *r, uint32_t n,
			   struct arena *arena)
{
	size_t best = 0;
	const char *ret = NULL;

	for (uint32_t i = 0; i < n; i++) {
		size_t len = strlen(r[i].from);

		if (len <= best || strncmp(path, r[i].from, len) != 0 || path[len] != '/')
			continue;
		best = len;
		ret = arena_printf(arena, "%s%s", r[i].to, path + len);
	}
	return ret;
}

static int64_t cognitive(const struct analysis *a, uint32_t file, struct hots *known,
			 struct arena *arena)
{
	const struct body *b = file == ID_NONE ? NULL : a->bodies->file[file];
	int64_t sum = 0;

	if (file != ID_NONE && (!b || b->status != SYNTAX_OK))
		known->why = arena_printf(arena, "'%s' cannot be read whole", source_file_path(
			a->source, (file_id){ file }, arena));
	for (uint32_t i = 0; b && i < b->nfuncs; i++)
		sum += b->func[i].cognitive;
	return sum;
}

static void compare(struct gate_work *w, struct hots *hots, struct arena *arena,
		    struct gate_row *row)
{
	const struct analysis *head = w->g->head.given, *base = w->g->base->given;
	uint32_t max = gate_setting(w, RULE_HOTSPOT_HEALTH, "max"), named = 0;
	const struct folder_rename *rename;
	uint32_t nrenames = renames_between(base->source, head->source, arena, &rename);
	int64_t now = 0, was = 0;

	for (uint32_t i = 0; i < hots->count; i++) {
		const char *path = source_file_path(base->source,
						    (file_id){ hots->item[i].file }, arena);
		const char *moved = renamed(path, rename, nrenames, arena);
		uint32_t f = find_file(head->source, path);

		if (f == ID_NONE && moved)
			f = find_file(head->source, moved);
		int64_t y = cognitive(base, hots->item[i].file, hots, w->arena);
		int64_t x = cognitive(head, f, hots, w->arena);

		was += y;
		now += x;
		if (x <= y || named++ >= NAMED)
			continue;
		row->note = arena_printf(w->arena, "%s%s%s %lld to %lld", row->note ? row->note :
					 "", row->note ? ", " : "", path, (long long)y,
					 (long long)x);
	}
	if (named > NAMED)
		row->note = arena_printf(w->arena, "%s and %u more", row->note, named - NAMED);
	row->base = text_number(w->arena, (uint64_t)was);
	row->now = text_number(w->arena, (uint64_t)now);
	row->base_value = (double)was;
	row->now_value = (double)now;
	row->verdict = now <= was + (int64_t)max ? GATE_OK : gate_bad(w, RULE_HOTSPOT_HEALTH);
}

void gate_hotspots(struct gate_work *w, const char *title)
{
	struct gate_row row = {
		.rule = &rule_rows[RULE_HOTSPOT_HEALTH], .title = title, .base = "-", .now = "-",
		.limit = arena_printf(w->arena, "+%u", gate_setting(w, RULE_HOTSPOT_HEALTH,
								    "max")),
		.base_value = NAN, .now_value = NAN, .verdict = GATE_NO_BASE,
	};
	struct arena scratch = ARENA_INIT;
	struct hots hots = { 0 };

	if (w->g->base) {
		pick(w, &scratch, &hots);
		compare(w, &hots, &scratch, &row);
		if (!hots.why)
			hots.why = w->g->head.incomplete ? w->g->head.incomplete :
							   w->g->base->incomplete;
		if (hots.why) {
			row.base = row.now = "-";
			row.base_value = row.now_value = NAN;
			row.verdict = gate_bad(w, RULE_HOTSPOT_HEALTH);
			row.note = arena_printf(w->arena, "not known: %s", hots.why);
		}
	}
	gate_push(w, row);
	free(hots.item);
	arena_release(&scratch);
}
