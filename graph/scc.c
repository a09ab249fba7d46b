/* SPDX-License-Identifier: MIT */
/*
 * scc.c - strongly connected components: R. Tarjan, "Depth-first search and
 * linear graph algorithms" (1972), with an explicit stack, so that a long
 * import chain cannot overflow that of C.
 */
#include "graph/graph.h"

#include <stdlib.h>

struct walk {
	const struct graph *g;
	struct edge_filter filter;
	uint32_t *comp;                 /* ID_NONE until the component is closed */
	uint32_t *seen, *low;           /* 0 = not reached yet */
	uint32_t *edge;                 /* the next edge to look at */
	uint32_t *open, *path;          /* nodes of open components; from the root to here */
	uint32_t nopen, depth, time, ncomp;
};

static void enter(struct walk *w, uint32_t p)
{
	w->seen[p] = w->low[p] = ++w->time;
	w->edge[p] = w->g->out_first[p];
	w->open[w->nopen++] = p;
	w->path[w->depth++] = p;
}

static void leave(struct walk *w, uint32_t p)
{
	w->depth--;
	if (w->depth && w->low[p] < w->low[w->path[w->depth - 1]])
		w->low[w->path[w->depth - 1]] = w->low[p];
	if (w->low[p] != w->seen[p])
		return;
	while (w->comp[p] == ID_NONE)
		w->comp[w->open[--w->nopen]] = w->ncomp;
	w->ncomp++;
}

static void walk_from(struct walk *w, uint32_t root)
{
	enter(w, root);
	while (w->depth) {
		uint32_t p = w->path[w->depth - 1], e = w->edge[p];

		if (e == w->g->out_first[p + 1]) {
			leave(w, p);
			continue;
		}
		w->edge[p]++;
		if (!edge_alive(w->g, e, w->filter))
			continue;
		uint32_t q = w->g->out_to[e];

		if (!w->seen[q])
			enter(w, q);
		else if (w->comp[q] == ID_NONE && w->seen[q] < w->low[p])
			w->low[p] = w->seen[q];
	}
}

uint32_t graph_components(const struct graph *g, struct edge_filter f, struct arena *arena,
			  uint32_t **ret_component)
{
	uint32_t n = g->npkgs, *scratch = xcalloc((size_t)n * 5, sizeof(*scratch));
	struct walk w = {
		.g = g, .filter = f, .comp = arena_array(arena, uint32_t, n),
		.seen = scratch, .low = scratch + n, .edge = scratch + 2 * (size_t)n,
		.open = scratch + 3 * (size_t)n, .path = scratch + 4 * (size_t)n,
	};

	for (uint32_t p = 0; p < n; p++)
		w.comp[p] = ID_NONE;
	for (uint32_t p = 0; p < n; p++)
		if (!w.seen[p])
			walk_from(&w, p);
	free(scratch);
	*ret_component = w.comp;
	return w.ncomp;
}
