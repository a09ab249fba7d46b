/* SPDX-License-Identifier: MIT */
/* path.c - breadth first, and maximum flow by breadth-first augmentation. */
#include "graph/path.h"

#include <stdlib.h>

struct search {
	const struct graph *g;
	struct edge_filter filter;
	uint32_t *seen;                 /* the round that reached the node last */
	uint32_t *parent, *via;         /* the node and the edge by which */
	uint32_t *queue;
	uint32_t round;
	bool *used;                     /* [nedges] carries flow; NULL outside of a flow */
};

static void search_init(struct search *w, const struct graph *g, struct edge_filter f)
{
	*w = (struct search){ .g = g, .filter = f };
	w->seen = xcalloc(g->npkgs, sizeof(*w->seen));
	w->parent = xrealloc(NULL, g->npkgs, sizeof(*w->parent));
	w->via = xrealloc(NULL, g->npkgs, sizeof(*w->via));
	w->queue = xrealloc(NULL, g->npkgs, sizeof(*w->queue));
}

static void search_release(struct search *w)
{
	free(w->seen);
	free(w->parent);
	free(w->via);
	free(w->queue);
	free(w->used);
}

static void reach(struct search *w, uint32_t p, uint32_t q, uint32_t edge, uint32_t *tail)
{
	if (w->seen[q] == w->round)
		return;
	w->seen[q] = w->round;
	w->parent[q] = p;
	w->via[q] = edge;
	w->queue[(*tail)++] = q;
}

/* What a step may use: edges of the filter, what is left of them, or what flows through them. */
enum net { NET_PLAIN, NET_RESIDUAL, NET_FLOW };

/* Rows are ascending, so nodes are reached in the order of their smallest shortest path. */
static bool run(struct search *w, enum net net, uint32_t from, uint32_t to)
{
	const struct graph *g = w->g;
	uint32_t head = 0, tail = 0;

	w->round++;
	w->seen[from] = w->round;
	w->queue[tail++] = from;
	while (head < tail && w->seen[to] != w->round) {
		uint32_t p = w->queue[head++];

		graph_foreach_out(g, p, e)
			if (net == NET_FLOW ? w->used[e] :
			    edge_alive(g, e, w->filter) && (net == NET_PLAIN || !w->used[e]))
				reach(w, p, g->out_to[e], e, &tail);
		/* Flow may be sent back. */
		for (uint32_t r = g->in_first[p]; net == NET_RESIDUAL && r < g->in_first[p + 1];
		     r++)
			if (w->used[g->in_edge[r]])
				reach(w, p, g->in_from[r], g->in_edge[r], &tail);
	}
	return w->seen[to] == w->round;
}

static uint32_t alive_configs(const struct graph *g, uint32_t edge, bool tests)
{
	return g->out_configs[edge] | (tests ? g->out_test[edge] : 0);
}

static struct path found(const struct search *w, uint32_t from, uint32_t to, struct arena *arena)
{
	struct path path = { .configs = UINT32_MAX };
	uint32_t n = 0;

	for (uint32_t p = to; p != from; p = w->parent[p])
		n++;
	uint32_t *edge = arena_array(arena, uint32_t, n);

	path.nedges = n;
	for (uint32_t p = to; p != from; p = w->parent[p]) {
		edge[--n] = w->via[p];
		path.configs &= alive_configs(w->g, w->via[p], w->filter.tests);
	}
	path.edge = edge;
	return path;
}

bool graph_shortest_path(const struct graph *g, struct edge_filter f, uint32_t from, uint32_t to,
			 struct arena *arena, struct path *ret)
{
	struct search w;

	if (from == to)
		BUG("a path from node %u to itself", from);
	search_init(&w, g, f);
	bool any = run(&w, NET_PLAIN, from, to);

	if (any)
		*ret = found(&w, from, to, arena);
	search_release(&w);
	return any;
}

bool graph_shortest_built(const struct graph *g, bool tests, uint32_t from, uint32_t to,
			  struct arena *arena, struct path *ret, uint32_t *ret_config)
{
	bool any = false;

	for (uint32_t c = 0; c < g->nconfigs; c++) {
		struct path path;

		if (!graph_shortest_path(g, (struct edge_filter){ c, tests }, from, to, arena,
					 &path) ||
		    (any && path.nedges >= ret->nedges))
			continue;
		*ret = path;
		*ret_config = c;
		any = true;
	}
	return any;
}

/* From every node of a set at once: the first of the other set, or ID_NONE. */
static uint32_t run_between(struct search *w, const bool *from, const bool *to)
{
	uint32_t head = 0, tail = 0;

	w->round++;
	for (uint32_t p = 0; p < w->g->npkgs; p++) {
		if (!from[p])
			continue;
		w->seen[p] = w->round;
		w->parent[p] = ID_NONE;
		w->queue[tail++] = p;
	}
	while (head < tail) {
		uint32_t p = w->queue[head++];

		if (to[p])
			return p;
		graph_foreach_out(w->g, p, e)
			if (edge_alive(w->g, e, w->filter))
				reach(w, p, w->g->out_to[e], e, &tail);
	}
	return ID_NONE;
}

bool graph_shortest_between(const struct graph *g, bool tests, const bool *from, const bool *to,
			    struct arena *arena, struct path *ret, uint32_t *ret_from)
{
	bool any = false;

	for (uint32_t c = 0; c < g->nconfigs; c++) {
		struct search w;

		search_init(&w, g, (struct edge_filter){ c, tests });
		uint32_t end = run_between(&w, from, to), start = end;

		while (end != ID_NONE && w.parent[start] != ID_NONE)
			start = w.parent[start];
		struct path path = { .nedges = 0 };

		if (end != ID_NONE)
			path = found(&w, start, end, arena);
		search_release(&w);
		if (end == ID_NONE || (any && path.nedges >= ret->nedges))
			continue;
		*ret = path;
		*ret_from = start;
		any = true;
	}
	return any;
}

/* One unit more along the path just found; going back along an edge takes its unit away. */
static void augment(struct search *w, uint32_t from, uint32_t to)
{
	for (uint32_t p = to; p != from; p = w->parent[p])
		w->used[w->via[p]] = w->g->out_to[w->via[p]] == p;
}

/*
 * After the last search, which did not arrive: the edges from what it reached to
 * what it did not.  Maximum flow is minimum cut, so there are as many as paths.
 */
static void find_cut(const struct search *w, uint32_t flow, struct arena *arena, struct paths *ret)
{
	const struct graph *g = w->g;
	uint32_t *cut = arena_array(arena, uint32_t, flow);

	for (uint32_t p = 0; p < g->npkgs; p++)
		graph_foreach_out(g, p, e)
			if (w->seen[p] == w->round && w->seen[g->out_to[e]] != w->round &&
			    edge_alive(g, e, w->filter)) {
				if (ret->ncut == flow)
					BUG("a cut larger than the flow of %u", flow);
				cut[ret->ncut++] = e;
			}
	ret->cut = cut;
}

struct paths graph_disjoint_paths(const struct graph *g, struct edge_filter f, uint32_t from,
				  uint32_t to, uint32_t most, struct arena *arena)
{
	struct paths all = { 0 };
	struct search w;
	uint32_t flow = 0;

	if (from == to)
		BUG("paths from node %u to itself", from);
	search_init(&w, g, f);
	w.used = xcalloc(g->nedges, sizeof(*w.used));
	while (flow < most && run(&w, NET_RESIDUAL, from, to)) {
		augment(&w, from, to);
		flow++;
	}
	all.more = flow == most && run(&w, NET_RESIDUAL, from, to);
	if (!all.more)
		find_cut(&w, flow, arena, &all);
	struct path *path = arena_array(arena, struct path, flow);

	/* Taken out of the flow shortest first; circles in it are never on a shortest path. */
	while (run(&w, NET_FLOW, from, to)) {
		path[all.count] = found(&w, from, to, arena);
		for (uint32_t i = 0; i < path[all.count].nedges; i++)
			w.used[path[all.count].edge[i]] = false;
		all.count++;
	}
	if (all.count != flow)
		BUG("%u paths in a flow of %u", all.count, flow);
	all.path = path;
	search_release(&w);
	return all;
}
