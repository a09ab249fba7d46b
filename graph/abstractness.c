/* SPDX-License-Identifier: MIT */
/* abstractness.c - counts interfaces and structs. */
#include "graph/abstractness.h"

#include <stdlib.h>

static bool is_counted(const struct go_file *f, bool tests)
{
	return f->configs && !(f->flags & FILE_HIDDEN) && (tests || !(f->flags & FILE_TEST));
}

uint32_t abstractness_files(const struct source *s, bool tests, struct arena *arena,
			    const file_id **ret)
{
	file_id *file = arena_array(arena, file_id, s->nfiles);
	uint32_t n = 0;

	for (uint32_t f = 0; f < s->nfiles; f++)
		if (is_counted(&s->file[f], tests))
			file[n++].v = f;
	*ret = file;
	return n;
}

static void count_types(const struct body *b, struct type_counts *ret)
{
	for (uint32_t i = 0; i < b->ndecls; i++) {
		const struct body_decl *d = &b->decl[i];

		if (d->kind != DECL_TYPE || d->flags & DECL_ALIAS)
			continue;
		ret->interfaces += (d->flags & DECL_INTERFACE) != 0;
		ret->structs += (d->flags & DECL_STRUCT) != 0;
	}
}

const struct type_counts *abstractness_count(const struct source *s, const struct graph *packages,
					     const struct graph *g, struct level level, bool tests,
					     const struct bodies *bodies, struct arena *arena)
{
	struct type_counts *counts = arena_array(arena, struct type_counts, g->npkgs);
	uint32_t *node = xcalloc(s->ndirs, sizeof(*node));

	level_dirs(s, packages, g, level, node);
	for (uint32_t f = 0; f < s->nfiles; f++) {
		uint32_t at = node[s->file[f].dir.v];

		if (at != ID_NONE && bodies->file[f] && is_counted(&s->file[f], tests))
			count_types(bodies->file[f], &counts[at]);
	}
	free(node);
	return counts;
}
