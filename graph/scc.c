/* SPDX-License-Identifier: MIT */
/* scc.c - strongly connected components of a graph, of the edges that a filter leaves. */
#include "graph/graph.h"
#include "graph/tarjan.h"

uint32_t graph_components(const struct graph *g, struct edge_filter f, struct arena *arena,
			  uint32_t **ret_component)
{
	struct tarjan t;
	uint32_t e;

	*ret_component = arena_array(arena, uint32_t, g->npkgs);
	tarjan_init(&t, g->npkgs, g->out_first, *ret_component);
	while (tarjan_next(&t, &e))
		if (edge_alive(g, e, f))
			tarjan_follow(&t, g->out_to[e]);
	tarjan_release(&t);
	return t.count;
}
