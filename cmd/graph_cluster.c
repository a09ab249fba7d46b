/* SPDX-License-Identifier: MIT */
/*
 * graph_cluster.c - which box of a drawing a node is in: the layer, context or
 * domain that all of its packages are in.  A node of several is in none.
 */
#include "cmd/graph_view.h"

#include <stdlib.h>

#define MIXED UINT32_MAX                /* instead of a name */

enum graph_part graph_cluster_part(enum cluster_choice cluster)
{
	switch (cluster) {
	case CLUSTER_LAYER:
		return PART_LAYER;
	case CLUSTER_CONTEXT:
		return PART_CONTEXT;
	case CLUSTER_DOMAIN:
		return PART_DOMAIN;
	case CLUSTER_MODULE:
	case CLUSTER_POLICY:
	case CLUSTER_NONE:
		break;
	}
	return PARTS;
}

struct places {
	const struct graph_view *v;
	const struct graph *packages;
	uint32_t *at;                   /* [nsyms] node + 1 by its name */
	uint32_t nsyms;
	const sym_id *collapsed;        /* [ndirs] layers, contexts; NULL = groups of folders */
};

static uint32_t named(const struct places *w, sym_id name)
{
	return name.v && name.v < w->nsyms && w->at[name.v] ? w->at[name.v] - 1 : ID_NONE;
}

/* The node of the view that a package is in, or ID_NONE. */
static uint32_t node_of(const struct places *w, uint32_t p)
{
	const struct graph_view *v = w->v;
	enum graph_part part = level_part(v->level);
	dir_id dir = w->packages->dir[p];
	sym_id name = w->packages->id[p], label;

	if (part != PARTS)
		name = w->packages->part[part][p];
	else if (v->level.kind != LEVEL_PACKAGE)
		name = level_group(v->source, v->level, dir, &label);
	uint32_t node = named(w, name);

	/* One that is drawn by itself keeps its name: only the others are in groups. */
	if (node != ID_NONE || !v->collapse)
		return node;
	return named(w, w->collapsed ? w->collapsed[dir.v] :
			level_group(v->source, *v->collapse, dir, &label));
}

static void learn_names(struct places *w, const struct graph *g)
{
	w->nsyms = w->v->source->syms->count;
	w->at = xcalloc(w->nsyms, sizeof(*w->at));
	for (uint32_t n = 0; n < g->npkgs; n++)
		w->at[g->id[n].v] = n + 1;
}

static uint32_t count_left_out(const struct graph_view *v, const struct graph *packages)
{
	enum graph_part part = level_part(v->level);
	uint32_t n = 0;

	for (uint32_t p = 0; part != PARTS && p < packages->npkgs; p++)
		n += !packages->part[part][p].v && packages->dir[p].v != ID_NONE &&
		     packages->flags[p] & NODE_REPORTED &&
		     !(packages->flags[p] & (NODE_XTEST | NODE_TEST_ONLY));
	return n;
}

const uint32_t *graph_view_nodes(const struct graph_view *v, struct arena *arena)
{
	const struct graph *packages = v->packages;
	struct places w = { .v = v, .packages = packages };
	uint32_t *node;

	if (v->node_of)
		return v->node_of;
	node = arena_array(arena, uint32_t, packages->npkgs);
	if (v->collapse && level_part(*v->collapse) != PARTS)
		w.collapsed = graph_collapse_parts(v->source, packages, *v->collapse, arena);
	learn_names(&w, v->graph);
	for (uint32_t p = 0; p < packages->npkgs; p++)
		node[p] = packages->dir[p].v == ID_NONE ? ID_NONE : node_of(&w, p);
	free(w.at);
	return node;
}

const sym_id *graph_view_parts(const struct graph_view *v, enum graph_part part,
			       struct arena *arena)
{
	const struct graph *packages = v->packages;
	const uint32_t *nodes = graph_view_nodes(v, arena);
	sym_id *of = arena_array(arena, sym_id, v->graph->npkgs);
	bool *seen = arena_array(arena, bool, v->graph->npkgs);

	for (uint32_t p = 0; p < packages->npkgs; p++) {
		uint32_t node = nodes[p];

		if (node == ID_NONE)
			continue;
		sym_id name = packages->part[part][p];

		of[node] = !seen[node] || of[node].v == name.v ? name : (sym_id){ MIXED };
		seen[node] = true;
	}
	for (uint32_t n = 0; n < v->graph->npkgs; n++)
		if (of[n].v == MIXED)
			of[n] = (sym_id){ 0 };
	return of;
}

void graph_view_cluster(struct graph_view *v, const struct graph_wish *wish, struct arena *arena)
{
	enum graph_part part = graph_cluster_part(wish->cluster);

	v->boxes = wish->cluster;
	v->left_out = count_left_out(v, v->packages);
	if (part != PARTS)
		v->cluster = graph_view_parts(v, part, arena);
}
