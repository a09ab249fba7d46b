/* SPDX-License-Identifier: MIT */
/* abstractness.c - counts interfaces and structs. */
#include "graph/abstractness.h"

#include "graph/source/package.h"

#include <stdlib.h>

/* [nfiles] part of a package in some configuration: what imports C is not, without cgo. */
static bool *counted_files(const struct source *s, bool tests)
{
	const uint32_t roles = 1u << ROLE_GO | 1u << ROLE_CGO |
			       (tests ? 1u << ROLE_TEST | 1u << ROLE_XTEST : 0);
	bool *counted = xcalloc(s->nfiles, sizeof(*counted));
	struct arena scratch = ARENA_INIT;

	for (uint32_t d = 0; d < s->ndirs; d++)
		for (uint32_t c = 0; c < s->nconfigs; c++) {
			struct go_package p;

			package_classify(s, (dir_id){ d }, c, &scratch, &p);
			for (uint32_t f = 0; f < s->dir[d].nfiles; f++)
				if (roles >> p.role[f] & 1)
					counted[s->dir[d].file_first + f] = true;
			arena_reset(&scratch);
		}
	arena_release(&scratch);
	return counted;
}

uint32_t abstractness_files(const struct source *s, bool tests, struct arena *arena,
			    const file_id **ret)
{
	file_id *file = arena_array(arena, file_id, s->nfiles);
	bool *counted = counted_files(s, tests);
	uint32_t n = 0;

	for (uint32_t f = 0; f < s->nfiles; f++)
		if (counted[f])
			file[n++].v = f;
	free(counted);
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
	bool *counted = counted_files(s, tests);

	level_dirs(s, packages, g, level, node);
	for (uint32_t f = 0; f < s->nfiles; f++) {
		uint32_t at = node[s->file[f].dir.v];

		if (at != ID_NONE && bodies->file[f] && counted[f])
			count_types(bodies->file[f], &counts[at]);
	}
	free(counted);
	free(node);
	return counts;
}
