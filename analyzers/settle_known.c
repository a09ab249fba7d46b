/* SPDX-License-Identifier: MIT */
/*
 * settle_known.c - findings that the tree has as well that a change is compared
 * with: its findings are a baseline that nobody wrote down.
 */
#include "analyzers/settle_work.h"

#include <stdlib.h>
#include <string.h>

#define EDGES_NAMED 3u

static void add_lines(struct baseline *b, uint32_t *cap, const struct finding *f)
{
	struct baseline_entry *line;
	uint32_t n = baseline_lines(f, b->arena, &line);

	VEC_RESERVE(b->entry, *cap, b->nentries + n);
	for (uint32_t i = 0; i < n; i++) {
		line[i].end = INT64_MAX;
		b->entry[b->nentries++] = line[i];
	}
}

static void learn(const struct findings *f, struct baseline *b)
{
	struct baseline_entry *grown;
	uint32_t cap = 0;

	for (uint32_t i = 0; i < f->count; i++)
		add_lines(b, &cap, &f->item[i]);
	for (uint32_t i = 0; i < f->nheld; i++)
		add_lines(b, &cap, &f->held[i]);
	grown = b->entry;
	b->entry = arena_array(b->arena, struct baseline_entry, b->nentries);
	if (b->nentries)
		memcpy(b->entry, grown, b->nentries * sizeof(*grown));
	free(grown);
	baseline_index(b);
}

/*
 * Of a circle that is known in part the edges are named that are not, and it stands
 * where the first of them does: in what was changed.
 */
static void name_new_edges(const struct baseline *b, struct finding *f, struct arena *arena)
{
	const char *names = "";
	struct baseline_entry *line;
	uint32_t n = baseline_lines(f, b->arena, &line), fresh = 0, first = 0;

	for (uint32_t i = 0; i < n; i++) {
		if (baseline_find(b, line[i].rule, line[i].from, line[i].to, line[i].symbol))
			continue;
		if (!fresh++)
			first = i;
		if (fresh <= EDGES_NAMED)
			names = arena_printf(b->arena, "%s%s'%s' -> '%s'", names,
					     fresh == 1 ? "" : ", ", line[i].from, line[i].to);
	}
	if (!f->nedges || fresh == n)
		return;
	f->at = f->edge[first].at;
	if (fresh > EDGES_NAMED)
		names = arena_printf(b->arena, "%s and %u more", names, fresh - EDGES_NAMED);
	f->message = arena_printf(arena, "%s; new in it: %s", f->message, names);
}

uint32_t findings_known(struct findings *f, const struct settle_base *base)
{
	struct arena scratch = ARENA_INIT;
	struct baseline b = { .path = base->name, .arena = &scratch };
	struct settled ignored = { 0 };
	const struct settlement s = {
		.baseline = &b, .baseline_path = base->name, .now = INT64_MIN,
		.renames = base->renames, .renames_ctx = base->renames_ctx,
	};
	struct settle w = { .s = &s, .f = f, .arena = &scratch, .ret = &ignored };
	uint32_t known = 0;

	learn(base->findings, &b);
	w.entry = arena_array(&scratch, struct settled_entry, b.nentries);
	/* Also what cannot be read: it blocked nobody yesterday, and stays in the counts. */
	for (uint32_t i = 0; i < f->count; i++) {
		if (baseline_match(&b, &f->item[i], s.now) == BASELINE_HELD)
			f->item[i].state = FINDING_KNOWN;
		else
			w.some_new = true;
	}
	settle_renamed(&w);
	for (uint32_t i = 0; i < f->count; i++) {
		if (f->item[i].state == FINDING_NEW) {
			name_new_edges(&b, &f->item[i], f->arena);
			continue;
		}
		f->item[i].state = FINDING_KNOWN;
		f->item[i].held_by = base->name;
		known++;
	}
	findings_part(f);
	arena_release(&scratch);
	return known;
}

void findings_all_known(struct findings *f, const char *name)
{
	for (uint32_t i = 0; i < f->count; i++) {
		f->item[i].state = FINDING_KNOWN;
		f->item[i].held_by = name;
	}
	findings_part(f);
}
