/* SPDX-License-Identifier: MIT */
/* propose_reach.c - flags flow against the imports until nothing changes. */
#include "analyzers/propose_reach.h"
#include "graph/source/tree.h"

#include <stdlib.h>
#include <string.h>

static const char *const io_paths[] = {
#define IO(path) path,
#include "analyzers/io.def"
#undef IO
};

/* Versioned module paths (x/v2) are below the path without a version. */
static const char *io_of(const char *path)
{
	for (unsigned i = 0; i < ARRAY_SIZE(io_paths); i++) {
		bool whole = !strcmp(io_paths[i], "net");

		if (whole ? !strcmp(path, "net") : path_below(path, io_paths[i]) != NULL)
			return io_paths[i];
	}
	return NULL;
}

/* What the files of each package import themselves; tests apart. */
static void direct(const struct source *s, const struct graph *g, struct package_reach *r)
{
	uint32_t *node = xcalloc(s->ndirs, sizeof(*node));

	for (uint32_t p = 0; p < g->npkgs; p++)
		if (g->dir[p].v != ID_NONE && !(g->flags[p] & NODE_XTEST))
			node[g->dir[p].v] = p + 1;
	for (uint32_t f = 0; f < s->nfiles; f++) {
		const struct go_file *file = &s->file[f];
		uint32_t p = node[file->dir.v];

		if (!p || file->flags & (FILE_TEST | FILE_HIDDEN) || !file->configs)
			continue;
		for (uint32_t i = 0; i < file->nimports && !r[p - 1].io; i++)
			r[p - 1].io = io_of(sym_text(s->syms,
						     s->import[file->import_first + i].path));
	}
	free(node);
}

const struct package_reach *package_reach(const struct source *s, const struct graph *g,
					  const bool *inner, struct arena *arena)
{
	struct package_reach *r = arena_array(arena, struct package_reach, g->npkgs);
	uint32_t *stack = xrealloc(NULL, (size_t)g->npkgs * 3 + 1, sizeof(*stack)), n = 0;

	direct(s, g, r);
	for (uint32_t p = 0; p < g->npkgs; p++) {
		r[p].context = inner[p];
		if (r[p].io || r[p].context)
			stack[n++] = p;
		for (uint32_t e = g->in_first[p]; e < g->in_first[p + 1]; e++)
			r[p].importers += g->out_configs[g->in_edge[e]] != 0;
	}
	/* A package is pushed again only when it learned something: twice at most. */
	while (n) {
		uint32_t p = stack[--n];

		for (uint32_t e = g->in_first[p]; e < g->in_first[p + 1]; e++) {
			uint32_t from = g->in_from[e];
			bool learns = (r[p].io && !r[from].io) ||
				      (r[p].context && !r[from].context);

			if (!g->out_configs[g->in_edge[e]] || !learns)
				continue;
			if (!r[from].io)
				r[from].io = r[p].io;
			r[from].context |= r[p].context;
			stack[n++] = from;
		}
	}
	free(stack);
	return r;
}
