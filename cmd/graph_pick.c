/* SPDX-License-Identifier: MIT */
/*
 * graph_pick.c - cutting a graph down to what leads somewhere (--reaches) and
 * to what surrounds a node (--focus).  Only what is shown is walked.
 */
#include "cmd/graph_view.h"

#include <stdlib.h>
#include <string.h>

/* The nodes that any of the names means. */
static int find_named(const struct graph_view *v, const struct names *n,
		      const struct string_list *list, bool *ret_in, struct arena *arena,
		      struct err *err)
{
	for (uint32_t i = 0; i < list->count; i++) {
		struct name name;

		if (graph_view_find(v, n, list->item[i], arena, &name, err))
			return -1;
		for (uint32_t p = 0; p < v->graph->npkgs; p++)
			if (graph_view_holds(v, n, &name, p))
				ret_in[p] = true;
	}
	return 0;
}

static uint32_t start_queue(const bool *in, uint32_t npkgs, uint32_t *queue)
{
	uint32_t n = 0;

	for (uint32_t p = 0; p < npkgs; p++)
		if (in[p])
			queue[n++] = p;
	return n;
}

/* Adds what leads to the nodes, in each configuration by itself. */
static void add_leading(const struct graph_view *v, bool *in)
{
	const struct graph *g = v->graph;
	uint32_t *queue = xcalloc(g->npkgs, sizeof(*queue));
	bool *all = xcalloc(g->npkgs, sizeof(*all)), *seen = xcalloc(g->npkgs, sizeof(*seen));

	memcpy(all, in, g->npkgs);
	for (uint32_t c = 0; c < g->nconfigs; c++) {
		const struct edge_filter f = { c, v->tests };
		uint32_t n = start_queue(in, g->npkgs, queue);

		memcpy(seen, in, g->npkgs);
		for (uint32_t head = 0; head < n; head++) {
			uint32_t p = queue[head];

			for (uint32_t i = g->in_first[p]; i < g->in_first[p + 1]; i++) {
				uint32_t q = g->in_from[i], e = g->in_edge[i];

				if (seen[q] || !v->edge[e] || !edge_alive(g, e, f))
					continue;
				seen[q] = all[q] = true;
				queue[n++] = q;
			}
		}
	}
	memcpy(in, all, g->npkgs);
	free(queue);
	free(all);
	free(seen);
}

/* Adds what is at most `depth` shown edges away, whichever way they point. */
static void add_around(const struct graph_view *v, uint32_t depth, bool *in)
{
	const struct graph *g = v->graph;
	uint32_t *queue = xcalloc(g->npkgs, sizeof(*queue));
	uint32_t n = start_queue(in, g->npkgs, queue), head = 0;

	for (uint32_t far = 0; far < depth && head < n; far++) {
		for (uint32_t end = n; head < end; head++) {
			uint32_t p = queue[head];

			graph_foreach_out(g, p, e) {
				if (v->edge[e] && !in[g->out_to[e]]) {
					in[g->out_to[e]] = true;
					queue[n++] = g->out_to[e];
				}
			}
			for (uint32_t i = g->in_first[p]; i < g->in_first[p + 1]; i++) {
				if (v->edge[g->in_edge[i]] && !in[g->in_from[i]]) {
					in[g->in_from[i]] = true;
					queue[n++] = g->in_from[i];
				}
			}
		}
	}
	free(queue);
}

/* Shows these nodes, and of the edges those between them. */
static void keep(struct graph_view *v, const bool *in)
{
	const struct graph *g = v->graph;

	memcpy(v->node, in, g->npkgs);
	for (uint32_t p = 0; p < g->npkgs; p++)
		graph_foreach_out(g, p, e)
			v->edge[e] &= in[p] && in[g->out_to[e]];
}

/* What was asked for and is hidden: one of them is a mistake. */
static int check_seen(const struct graph_view *v, const struct string_list *asked,
		      const bool *in, const char *option, struct err *err)
{
	const struct graph *g = v->graph;
	bool any = !asked->count || !v->hidden;

	for (uint32_t p = 0; p < g->npkgs && v->hidden; p++) {
		if (in[p] && v->hidden[p])
			return err_set(err, ERR_USAGE, "%s asks for '%.200s', and --hide takes it "
				       "away", option, sym_text(g->syms, g->id[p]));
		any |= in[p];
	}
	return any ? 0 : err_set(err, ERR_USAGE, "%s asks for '%.200s', and --hide takes all of it "
				 "away", option, asked->item[0]);
}

int graph_view_pick(struct graph_view *v, const struct names *n, const struct graph_wish *wish,
		    struct arena *arena, struct err *err)
{
	uint32_t npkgs = v->graph->npkgs;
	bool *focus = arena_array(arena, bool, npkgs), *reaching = arena_array(arena, bool, npkgs);

	for (uint32_t p = 0; p < npkgs && v->seed; p++)
		focus[p] = v->seed[p] == SEED_NAMED || (v->seed[p] && v->node[p]);
	if ((!v->seed && find_named(v, n, &wish->focus, focus, arena, err)) ||
	    find_named(v, n, &wish->reaches, reaching, arena, err))
		return -1;
	if (check_seen(v, &wish->focus, focus, "--focus", err) ||
	    check_seen(v, &wish->reaches, reaching, "--reaches", err))
		return -1;
	for (uint32_t p = 0; p < npkgs; p++)
		v->named[p] = focus[p] || reaching[p];
	if (wish->reaches.count) {
		add_leading(v, reaching);
		keep(v, reaching);
	}
	if (wish->focus.count) {
		for (uint32_t p = 0; p < npkgs && wish->reaches.count; p++)
			focus[p] &= reaching[p];
		add_around(v, wish->depth, focus);
		keep(v, focus);
	}
	return 0;
}
