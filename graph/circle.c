/* SPDX-License-Identifier: MIT */
/*
 * circle.c - a shortest circle through a node, breadth first.  Rows are
 * ascending, so each round reaches its nodes in the order of their smallest
 * path, and the first that leads back closes the smallest of the shortest.
 */
#include "graph/circle.h"

#include <stdlib.h>

void circle_search_init(struct circle_search *c, const struct graph *g)
{
	*c = (struct circle_search){ .g = g };
	c->seen = xcalloc(g->npkgs, sizeof(*c->seen));
	c->parent = xrealloc(NULL, g->npkgs, sizeof(*c->parent));
	c->queue = xrealloc(NULL, g->npkgs, sizeof(*c->queue));
}

void circle_search_release(struct circle_search *c)
{
	free(c->seen);
	free(c->parent);
	free(c->queue);
}

static uint32_t length_back(const struct circle_search *c, uint32_t p, uint32_t through)
{
	uint32_t n = 1;

	for (; p != through; p = c->parent[p])
		n++;
	return n;
}

uint32_t circle_search_run(struct circle_search *c, struct edge_filter f,
			   const uint32_t *component, uint32_t through, uint32_t *ret_last)
{
	uint32_t head = 0, tail = 0;

	c->round++;
	c->seen[through] = c->round;
	c->queue[tail++] = through;
	while (head < tail) {
		uint32_t p = c->queue[head++];

		graph_foreach_out(c->g, p, e) {
			uint32_t q = c->g->out_to[e];

			if (component[q] != component[through] || !edge_alive(c->g, e, f))
				continue;
			if (q == through) {
				*ret_last = p;
				return length_back(c, p, through);
			}
			if (c->seen[q] == c->round)
				continue;
			c->seen[q] = c->round;
			c->parent[q] = p;
			c->queue[tail++] = q;
		}
	}
	return 0;
}

void circle_search_nodes(const struct circle_search *c, uint32_t length, uint32_t last,
			 uint32_t *ret_node)
{
	for (uint32_t p = last; length--; p = c->parent[p])
		ret_node[length] = p;
}

uint32_t graph_shortest_circle(const struct graph *g, struct edge_filter f,
			       const uint32_t *component, pkg_id through,
			       struct arena *arena, uint32_t **ret_node)
{
	struct circle_search c;
	uint32_t last = 0;

	circle_search_init(&c, g);
	uint32_t length = circle_search_run(&c, f, component, through.v, &last);

	*ret_node = arena_array(arena, uint32_t, length);
	circle_search_nodes(&c, length, last, *ret_node);
	circle_search_release(&c);
	return length;
}
