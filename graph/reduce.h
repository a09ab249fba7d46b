/* SPDX-License-Identifier: MIT */
/*
 * reduce.h - transitive reduction: the edges that a picture needs to show who
 * leads where (A. Aho, M. Garey, J. Ullman, "The transitive reduction of a
 * directed graph", 1972).
 */
#ifndef MESHCTL_REDUCE_H
#define MESHCTL_REDUCE_H

#include "graph/graph.h"

/*
 * Clears edge[] (in: the edges that are looked at) where others of them lead the
 * same way round about.  On a graph with circles it is the condensation that is
 * reduced: all edges inside a circle stay, and from circle to circle one edge, that
 * of the most weight, then the first.  keep[] stay whatever they are; NULL = none.
 * weight[] NULL = all the same.  Who leads where is as before; without circles and
 * keep[] no edge can be missed.
 */
void graph_reduce(const struct graph *g, const uint32_t *weight, const bool *keep, bool *edge);

/*
 * The core, for tests: edges between components, each row ascending, lead to lower
 * numbers; sets spare[] where another way leads to the same.  Bit sets over blocks
 * of columns, at most `bytes` of them but for one word a component.
 */
void reduce_condensed(uint32_t ncomps, const uint32_t *first, const uint32_t *next, size_t bytes,
		      bool *spare);

#endif
