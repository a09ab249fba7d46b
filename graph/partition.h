/* SPDX-License-Identifier: MIT */
/*
 * partition.h - the order of a design structure matrix: what is imported stands
 * before what imports it, as far as circles leave room (D. Steward, "The design
 * structure system", 1981), so that marks above the diagonal are what must go.
 */
#ifndef MESHCTL_PARTITION_H
#define MESHCTL_PARTITION_H

#include "graph/graph.h"

struct partition {
	uint32_t count;                 /* nodes that take part */
	const uint32_t *node;           /* [count] in order */
	const uint32_t *circle;         /* [count] 0, or the number of its circle from 1 */
	uint32_t ncircles;
};

/*
 * Orders the nodes that node[] says by the edges that edge[] says.  Components are
 * in topological order; of those that could be next one of the same `rank` as the
 * last is, else of the least, then the one of the lowest node.  rank[npkgs], NULL =
 * all the same.  Inside a
 * component edges of cut[] do not count (NULL = none); where a circle is left all
 * the same, the node comes first whose imports of what is not there yet weigh
 * least.  weight[nedges], NULL = 1.  Lives in the arena.
 */
struct partition_input {
	const struct graph *graph;
	const bool *node, *edge, *cut;
	const uint32_t *rank, *weight;
};
void graph_partition(const struct partition_input *in, struct arena *arena,
		     struct partition *ret);

#endif
