/* SPDX-License-Identifier: MIT */
/*
 * circle.h - the search behind graph_shortest_circle(), for callers that ask
 * many times: what it needs per graph is allocated once, not once a question.
 */
#ifndef MESHCTL_CIRCLE_H
#define MESHCTL_CIRCLE_H

#include "graph/graph.h"

struct circle_search {
	const struct graph *g;
	uint32_t *seen;                 /* the round that reached the node last */
	uint32_t *parent, *queue;
	uint32_t round;
};

void circle_search_init(struct circle_search *c, const struct graph *g);
void circle_search_release(struct circle_search *c);
/*
 * The length of a shortest circle, 0 when there is none.  Its last node is
 * *ret_last; parent[] leads from there back to `through`.
 */
uint32_t circle_search_run(struct circle_search *c, struct edge_filter f,
			   const uint32_t *component, uint32_t through, uint32_t *ret_last);
/* Writes the `length` nodes of the circle just found, in order. */
void circle_search_nodes(const struct circle_search *c, uint32_t length, uint32_t last,
			 uint32_t *ret_node);

#endif
