/* SPDX-License-Identifier: MIT */
/*
 * reach.h - who leads where: the graph with each circle drawn together, how
 * many nodes each node reaches, and who leads to one node, from how far.
 */
#ifndef MESHCTL_REACH_H
#define MESHCTL_REACH_H

#include "graph/graph.h"

/*
 * The condensation: one node a strongly connected component, numbered in
 * reverse topological order, so that edges lead to lower numbers.
 */
struct condensation {
	uint32_t ncomps;
	const uint32_t *comp;           /* [npkgs] of a node */
	const uint32_t *first;          /* [ncomps + 1] into member */
	const uint32_t *member;         /* [npkgs] ascending within a component */
	const uint32_t *next_first;     /* [ncomps + 1] into next */
	const uint32_t *next;           /* components that it leads to, each once */
};

/* Lives in the arena. */
void graph_condense(const struct graph *g, struct edge_filter f, struct arena *arena,
		    struct condensation *ret);
/*
 * reach[npkgs]: how many nodes each node leads to, itself included.  Bit sets
 * over blocks of columns: V * E / 64 steps, never more than `bytes` for rows
 * (but for one word a component).
 */
void graph_reach(const struct condensation *c, uint32_t npkgs, size_t bytes, uint32_t *reach);
#define REACH_BYTES ((size_t)32 << 20)

/* Who leads to a node, over all configurations, each by itself. */
struct leads {
	uint32_t count;                 /* nodes that lead there, without itself */
	uint32_t farthest;
	const uint32_t *distance;       /* [npkgs] edges; 0 = itself, ID_NONE = does not */
	const uint32_t *edge;           /* [npkgs] where its shortest way begins: the lowest */
	const uint32_t *config;         /* [npkgs] the first that has one so short */
};
void graph_leads(const struct graph *g, bool tests, uint32_t to, struct arena *arena,
		 struct leads *ret);

#endif
