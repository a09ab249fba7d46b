/* SPDX-License-Identifier: MIT */
/*
 * knots.c - the knots of a graph.  Components are taken configuration by
 * configuration, because a circle that needs two of them exists in no build;
 * equal ones are united afterwards.
 */
#include "graph/circle.h"
#include "graph/level.h"

#include <stdlib.h>
#include <string.h>

struct loose_knot {
	uint32_t config, nnodes;
	uint32_t *node;                 /* ascending; in the arena */
};

struct finder {
	const struct graph *g;
	bool tests;
	struct arena *arena;
	struct loose_knot *found;
	uint32_t nfound, cap;
	uint32_t *inside;               /* [npkgs] the knot that is looked at + 1 */
	struct circle_search circle;
};

/* Members of all components of two nodes or more, in one configuration. */
static void collect(struct finder *w, uint32_t config)
{
	const struct graph *g = w->g;
	struct edge_filter f = { config, w->tests };
	struct arena scratch = ARENA_INIT;
	uint32_t *component, n = graph_components(g, f, &scratch, &component);
	uint32_t *size = arena_array(&scratch, uint32_t, n);
	uint32_t *knot = arena_array(&scratch, uint32_t, n);

	for (uint32_t p = 0; p < g->npkgs; p++)
		size[component[p]]++;
	for (uint32_t p = 0; p < g->npkgs; p++) {
		uint32_t c = component[p];

		if (size[c] < 2)
			continue;
		if (!knot[c]) {
			VEC_RESERVE(w->found, w->cap, w->nfound + 1);
			w->found[w->nfound++] = (struct loose_knot){
				.config = config, .node = arena_array(w->arena, uint32_t, size[c]),
			};
			knot[c] = w->nfound;
		}
		struct loose_knot *k = &w->found[knot[c] - 1];

		k->node[k->nnodes++] = p;
	}
	arena_release(&scratch);
}

static int by_size(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct loose_knot *a = va, *b = vb;

	if (a->nnodes != b->nnodes)
		return a->nnodes > b->nnodes ? -1 : 1;
	for (uint32_t i = 0; i < a->nnodes; i++)
		if (a->node[i] != b->node[i])
			return a->node[i] < b->node[i] ? -1 : 1;
	return a->config < b->config ? -1 : a->config > b->config;
}

static bool same_nodes(const struct loose_knot *a, const struct loose_knot *b)
{
	return a->nnodes == b->nnodes && !memcmp(a->node, b->node, a->nnodes * sizeof(*a->node));
}

/* Import lines of an edge that count in any of the configurations. */
static uint32_t count_sites(const struct finder *w, uint32_t edge, uint32_t configs)
{
	const struct graph *g = w->g;
	uint32_t n = 0;

	for (uint32_t s = g->site_first[edge]; s < g->site_first[edge + 1]; s++)
		n += (g->site[s].configs & configs) && (w->tests || !g->site[s].test);
	return n;
}

/* The node with most import lines to and from the rest of the knot. */
static uint32_t busiest(struct finder *w, struct knot *k, uint32_t mark)
{
	const struct graph *g = w->g;
	uint32_t best = k->node[0], most = 0;

	for (uint32_t i = 0; i < k->nnodes; i++)
		w->inside[k->node[i]] = mark;
	for (uint32_t i = 0; i < k->nnodes; i++) {
		uint32_t p = k->node[i], out = 0, in = 0;

		graph_foreach_out(g, p, e)
			if (w->inside[g->out_to[e]] == mark)
				out += count_sites(w, e, k->configs);
		for (uint32_t r = g->in_first[p]; r < g->in_first[p + 1]; r++)
			if (w->inside[g->in_from[r]] == mark)
				in += count_sites(w, g->in_edge[r], k->configs);
		k->sites += out;
		if (out + in > most) {
			most = out + in;
			best = p;
		}
	}
	return best;
}

/* The shortest over the configurations of the knot; ties go to the first of them. */
static void find_circle(struct finder *w, struct knot *k, uint32_t through)
{
	uint32_t *node = NULL;

	for (uint32_t c = 0; c < w->g->nconfigs; c++) {
		struct edge_filter f = { c, w->tests };
		uint32_t last, n;

		if (!(k->configs >> c & 1))
			continue;
		/* inside[] serves as the component: all of the knot has one mark there. */
		n = circle_search_run(&w->circle, f, w->inside, through, &last);
		if (!n)
			BUG("no circle through node %u of a knot", through);
		if (k->ncircle && n >= k->ncircle)
			continue;
		if (!node)
			node = arena_array(w->arena, uint32_t, n);
		k->ncircle = n;
		circle_search_nodes(&w->circle, n, last, node);
	}
	k->circle = node;
}

struct knots graph_knots(const struct graph *g, bool tests, struct arena *arena)
{
	struct finder w = { .g = g, .tests = tests, .arena = arena };
	struct knots all = { 0 };

	for (uint32_t c = 0; c < g->nconfigs; c++)
		collect(&w, c);
	if (!w.nfound)
		return all;
	sort_with(w.found, w.nfound, sizeof(*w.found), by_size, NULL);
	struct knot *knot = arena_array(arena, struct knot, w.nfound);
	bool *tied = xcalloc(g->npkgs, sizeof(*tied));

	w.inside = xcalloc(g->npkgs, sizeof(*w.inside));
	circle_search_init(&w.circle, g);
	for (uint32_t i = 0, end; i < w.nfound; i = end) {
		struct knot *k = &knot[all.count++];

		*k = (struct knot){ .nnodes = w.found[i].nnodes, .node = w.found[i].node };
		for (end = i; end < w.nfound && same_nodes(&w.found[i], &w.found[end]); end++)
			k->configs |= 1u << w.found[end].config;
		for (uint32_t n = 0; n < k->nnodes; n++) {
			all.tied += !tied[k->node[n]];
			tied[k->node[n]] = true;
		}
		find_circle(&w, k, busiest(&w, k, all.count));
	}
	circle_search_release(&w.circle);
	free(w.inside);
	free(tied);
	free(w.found);
	all.knot = knot;
	return all;
}
