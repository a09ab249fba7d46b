/* SPDX-License-Identifier: MIT */
/* metrics.c - coupling by counting edges; depth and reach over the condensation. */
#include "graph/metrics.h"
#include "graph/reach.h"

#include <math.h>
#include <stdlib.h>

double metric_instability(const struct node_metrics *m)
{
	double all = (double)m->ca + m->ce;

	return all > 0 ? m->ce / all : NAN;
}

double metric_abstractness(uint32_t interfaces, uint32_t structs)
{
	double all = (double)interfaces + structs;

	return all > 0 ? interfaces / all : NAN;
}

double metric_distance(double abstractness, double instability)
{
	return fabs(abstractness + instability - 1);
}

enum metric_zone metric_zone(double abstractness, double instability)
{
	/* A comparison with what is not defined is false. */
	if (instability < 0.3 && abstractness < 0.1)
		return ZONE_PAIN;
	if (instability > 0.7 && abstractness > 0.7)
		return ZONE_USELESSNESS;
	return ZONE_NONE;
}

double metric_tree_ccd(uint32_t n)
{
	return ((double)n + 1) * log2((double)n + 1) - n;
}

/* Nodes that count whoever imports them. */
static bool has_code(const struct graph *g, uint32_t node, bool tests)
{
	return tests || !(g->flags[node] & (NODE_XTEST | NODE_TEST_ONLY));
}

uint32_t graph_count(const struct graph *g, bool tests)
{
	const struct edge_filter f = { ID_NONE, tests };
	uint32_t n = 0;

	for (uint32_t p = 0; p < g->npkgs; p++) {
		bool counts = has_code(g, p, tests);

		graph_foreach_out(g, p, e)
			counts |= edge_alive(g, e, f);
		for (uint32_t i = g->in_first[p]; i < g->in_first[p + 1]; i++)
			counts |= edge_alive(g, g->in_edge[i], f);
		n += counts;
	}
	return n;
}

static void count_coupling(const struct graph *g, struct edge_filter f,
			   struct node_metrics *node, bool *counted, struct graph_metrics *ret)
{
	for (uint32_t p = 0; p < g->npkgs; p++)
		counted[p] = has_code(g, p, f.tests);
	for (uint32_t p = 0; p < g->npkgs; p++) {
		graph_foreach_out(g, p, e) {
			uint32_t q = g->out_to[e];

			if (!edge_alive(g, e, f))
				continue;
			node[p].ce++;
			node[q].ca++;
			ret->nedges++;
			counted[p] = counted[q] = true;
		}
	}
	for (uint32_t p = 0; p < g->npkgs; p++)
		ret->npkgs += counted[p];
}

struct depths {
	uint32_t *depth;                /* [ncomps] */
	uint32_t *next;                 /* [ncomps] where the longest way goes on, or ID_NONE */
};

/* Of equally long ways the one to the lowest node. */
static void find_depths(const struct condensation *c, struct depths *d)
{
	for (uint32_t k = 0; k < c->ncomps; k++) {
		uint32_t best = ID_NONE;

		for (uint32_t n = c->next_first[k]; n < c->next_first[k + 1]; n++) {
			uint32_t to = c->next[n];

			if (best == ID_NONE || d->depth[to] > d->depth[best] ||
			    (d->depth[to] == d->depth[best] &&
			     c->member[c->first[to]] < c->member[c->first[best]]))
				best = to;
		}
		d->next[k] = best;
		d->depth[k] = best == ID_NONE ? 1 : d->depth[best] + 1;
	}
}

static void find_chain(const struct graph *g, const struct condensation *c, const struct depths *d,
		       struct arena *arena, struct graph_metrics *ret)
{
	uint32_t top = ID_NONE, n = 0;

	for (uint32_t p = 0; p < g->npkgs; p++)
		if (ret->counted[p] && (top == ID_NONE || d->depth[c->comp[p]] > d->depth[top]))
			top = c->comp[p];
	ret->depth = top == ID_NONE ? 0 : d->depth[top];
	uint32_t *chain = arena_array(arena, uint32_t, ret->depth);
	uint32_t *size = arena_array(arena, uint32_t, ret->depth);

	for (uint32_t k = top; k != ID_NONE; k = d->next[k]) {
		chain[n] = c->member[c->first[k]];
		size[n++] = c->first[k + 1] - c->first[k];
	}
	ret->chain = chain;
	ret->chain_size = size;
}

static void sum_up(const struct graph *g, struct graph_metrics *ret)
{
	double n = ret->npkgs;

	for (uint32_t p = 0; p < g->npkgs; p++)
		if (ret->counted[p])
			ret->ccd += ret->node[p].reach;
	ret->acd = ret->npkgs ? (double)ret->ccd / n : NAN;
	ret->nccd = ret->npkgs ? (double)ret->ccd / metric_tree_ccd(ret->npkgs) : NAN;
	ret->cost = ret->npkgs ? ret->acd / n : NAN;
}

void graph_measure(const struct graph *g, bool tests, struct arena *arena,
		   struct graph_metrics *ret)
{
	struct edge_filter f = { ID_NONE, tests };
	struct node_metrics *node = arena_array(arena, struct node_metrics, g->npkgs);
	bool *counted = arena_array(arena, bool, g->npkgs);
	uint32_t *reach = xcalloc(g->npkgs, sizeof(*reach));
	struct arena scratch = ARENA_INIT;
	struct condensation c;

	*ret = (struct graph_metrics){ .counted = counted, .node = node };
	count_coupling(g, f, node, counted, ret);
	graph_condense(g, f, &scratch, &c);
	struct depths d = {
		.depth = arena_array(&scratch, uint32_t, c.ncomps),
		.next = arena_array(&scratch, uint32_t, c.ncomps),
	};

	find_depths(&c, &d);
	graph_reach(&c, g->npkgs, REACH_BYTES, reach);
	for (uint32_t p = 0; p < g->npkgs; p++) {
		node[p].depth = d.depth[c.comp[p]];
		node[p].reach = reach[p];
	}
	find_chain(g, &c, &d, arena, ret);
	sum_up(g, ret);
	free(reach);
	arena_release(&scratch);
}
