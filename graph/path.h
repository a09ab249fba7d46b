/* SPDX-License-Identifier: MIT */
/*
 * path.h - how one node leads to another: the shortest path, and as many paths
 * without a common edge as there are.  By Menger's theorem that many edges must
 * go before the one does not lead to the other any more (K. Menger, "Zur
 * allgemeinen Kurventheorie", 1927).
 */
#ifndef MESHCTL_PATH_H
#define MESHCTL_PATH_H

#include "graph/graph.h"

struct path {
	uint32_t configs;               /* those that hold every edge of it; not 0 */
	uint32_t nedges;
	const uint32_t *edge;           /* in order; the first leaves `from` */
};

/*
 * A shortest path from `from` to `to` (two nodes) in one filter's graph; of
 * equals the one whose first, then second, ... node has the lowest number.
 * False when there is none.
 */
bool graph_shortest_path(const struct graph *g, struct edge_filter f, uint32_t from, uint32_t to,
			 struct arena *arena, struct path *ret);
/*
 * The shortest over all configurations, each by itself; ties go to the first of
 * them, whose number *ret_config is.
 */
bool graph_shortest_built(const struct graph *g, bool tests, uint32_t from, uint32_t to,
			  struct arena *arena, struct path *ret, uint32_t *ret_config);

/*
 * The same between two sets of nodes, [npkgs] each, that have none in common;
 * *ret_from is the node where it begins.
 */
bool graph_shortest_between(const struct graph *g, bool tests, const bool *from, const bool *to,
			    struct arena *arena, struct path *ret, uint32_t *ret_from);

struct paths {
	uint32_t count;
	const struct path *path;        /* shortest first */
	bool more;                      /* the ceiling was reached */
	uint32_t ncut;                  /* `count`, or 0 when the ceiling was reached */
	const uint32_t *cut;            /* edges; without them nothing leads from `from` to `to` */
};

/*
 * The largest set of paths no two of which share an edge, at most `most` of
 * them: J. Edmonds and R. Karp, "Theoretical improvements in algorithmic
 * efficiency for network flow problems" (1972), each edge of capacity 1.
 */
struct paths graph_disjoint_paths(const struct graph *g, struct edge_filter f, uint32_t from,
				  uint32_t to, uint32_t most, struct arena *arena);

#endif
