/* SPDX-License-Identifier: MIT */
/*
 * graph_view.h - what `meshctl graph` shows, and its formats: the graph at one
 * level, without what only tests have unless they were asked for, cut down to
 * PATTERN and what touches it, to what leads somewhere, to what surrounds a node.
 */
#ifndef MESHCTL_GRAPH_VIEW_H
#define MESHCTL_GRAPH_VIEW_H

#include "cmd/opt.h"
#include "graph/level.h"

#include <stdio.h>

struct graph_wish {
	struct level level;
	bool tests;
	struct string_list focus, reaches;      /* names, as typed */
	uint32_t depth;                 /* of focus: edges */
};

struct graph_view {
	const struct source *source;
	const struct graph *graph;      /* at the level */
	struct level level;
	bool tests;                     /* test imports count */
	bool *node;                     /* [npkgs] shown */
	bool *edge;                     /* [nedges] shown */
	uint32_t nnodes, nedges;        /* how many of them */
	uint32_t *module_at;            /* [nsyms] by folder: module + 1 */
	uint32_t nsyms;
	const char *incomplete;         /* why something may be missing, or NULL */
};

/* Fails for names that mean nothing or several things; release it all the same. */
int graph_view_init(struct graph_view *v, const struct source *s, const struct graph *packages,
		    const struct graph_wish *wish, struct arena *arena, struct err *err);
void graph_view_release(struct graph_view *v);

/* The module that a node belongs to, ID_NONE for none. */
mod_id graph_view_module(const struct graph_view *v, uint32_t node);
/* Does this import line count? */
static inline bool graph_view_counts(const struct graph_view *v, const struct site *site)
{
	return v->tests || !site->test;
}
/* How many import lines of a shown edge count, and the first of them. */
uint32_t graph_view_sites(const struct graph_view *v, uint32_t edge, const struct site **ret_first);

/* Leaves what the wish's names ask for. */
int graph_view_pick(struct graph_view *v, const struct graph *packages,
		    const struct graph_wish *wish, struct arena *arena, struct err *err);

/* The formats. */
int graph_write_edges(const struct graph_view *v, FILE *out, struct err *err);
int graph_write_json(const struct graph_view *v, FILE *out, struct err *err);
int graph_write_dot(const struct graph_view *v, FILE *out, struct err *err);

#endif
