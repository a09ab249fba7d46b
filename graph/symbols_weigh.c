/* SPDX-License-Identifier: MIT */
/* symbols_weigh.c - the edges inside a knot, weighed by what they use. */
#include "graph/symbols.h"

#include <stdlib.h>

static bool *members_of(const struct graph *g, const struct knot *knot)
{
	bool *inside = xcalloc(g->npkgs, sizeof(*inside));

	for (uint32_t i = 0; i < knot->nnodes; i++)
		inside[knot->node[i]] = true;
	return inside;
}

static bool is_inside(const struct graph *g, uint32_t edge, const struct knot *knot, bool tests,
		      const bool *inside)
{
	uint32_t configs = g->out_configs[edge] | (tests ? g->out_test[edge] : 0);

	return inside[g->out_to[edge]] && (configs & knot->configs);
}

int symbols_weigh(struct symbols *sy, const struct graph *g, const struct knot *knot, bool tests,
		  struct arena *arena, uint32_t **ret_weight, struct err *err)
{
	const struct site_filter f = { knot->configs, tests };
	uint32_t *weight = arena_array(arena, uint32_t, g->nedges);
	bool *inside = members_of(g, knot);
	struct arena scratch = ARENA_INIT;
	int rc;

	for (uint32_t i = 0; i < knot->nnodes; i++)
		graph_foreach_out(g, knot->node[i], e)
			if (is_inside(g, e, knot, tests, inside))
				symbols_want(sy, g, e, f, false);
	rc = symbols_read(sy, err);
	for (uint32_t i = 0; i < knot->nnodes && !rc; i++)
		graph_foreach_out(g, knot->node[i], e) {
			struct edge_symbols used;

			if (!is_inside(g, e, knot, tests, inside))
				continue;
			symbols_edge(sy, g, e, f, &scratch, &used);
			weight[e] = used.weight;
			arena_reset(&scratch);
		}
	free(inside);
	arena_release(&scratch);
	*ret_weight = weight;
	return rc;
}
