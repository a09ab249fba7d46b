/* SPDX-License-Identifier: MIT */
/* graph_dot.c - a graph as a drawing: modules or what was asked for are clusters, knots are red. */
#include "base/text.h"
#include "cmd/graph_view.h"
#include "graph/draw/draw.h"

#include <stdlib.h>
#include <string.h>

#define PLACES_MAX 5u                   /* import lines that a tooltip names */

struct sketch {
	const struct graph_view *v;
	struct arena arena;
	struct graph_lights lights;
	uint32_t *number;               /* [npkgs] of the drawing's node */
	uint32_t *cluster; /* [nmodules], or by symbol: number + 1; 0 = nothing of it is shown */
	struct draw_cluster *clusters;
	struct draw_node *nodes;
	struct draw_edge *edges;
	uint32_t nclusters, nnodes, nedges;
};

/* Circles are red unless something else was asked for. */
static void choose_lights(struct sketch *k)
{
	const struct graph_view *v = k->v;

	k->lights = v->lights;
	if (v->light)
		return;
	k->lights.node = arena_array(&k->arena, uint8_t, v->graph->npkgs);
	k->lights.edge = arena_array(&k->arena, uint8_t, v->graph->nedges);
	graph_light_circles(v, &k->lights);
}

static enum draw_kind kind_of(bool test, bool outside)
{
	return test ? KIND_TEST : outside ? KIND_OUTSIDE : KIND_PLAIN;
}

static int by_text(const void *va, const void *vb, void *ctx)
{
	const sym_id *a = va, *b = vb;

	return strcmp(sym_text(ctx, *a), sym_text(ctx, *b));
}

/* Layers, contexts, domains that nodes are in which are shown, by name. */
static void add_parts(struct sketch *k)
{
	static const char *const kind[] = {
		[CLUSTER_LAYER] = "layer", [CLUSTER_CONTEXT] = "context",
		[CLUSTER_DOMAIN] = "domain",
	};
	const struct graph_view *v = k->v;
	struct symtab *syms = v->source->syms;
	sym_id *list = arena_array(&k->arena, sym_id, v->graph->npkgs);
	uint32_t n = 0;

	k->cluster = arena_array(&k->arena, uint32_t, syms->count);
	k->clusters = arena_array(&k->arena, struct draw_cluster, v->graph->npkgs);
	for (uint32_t p = 0; p < v->graph->npkgs; p++) {
		sym_id name = v->node[p] ? v->cluster[p] : (sym_id){ 0 };

		if (name.v && !k->cluster[name.v]++)
			list[n++] = name;
	}
	sort_with(list, n, sizeof(*list), by_text, syms);
	for (uint32_t i = 0; i < n; i++) {
		const char *name = sym_text(syms, list[i]);

		k->clusters[i] = (struct draw_cluster){
			.id = arena_printf(&k->arena, "%s:%s", kind[v->boxes], name), .label = name,
		};
		k->cluster[list[i].v] = i + 1;
	}
	k->nclusters = n;
}

/* Boxes are drawn where nodes of several modules are shown. */
static void add_modules(struct sketch *k)
{
	const struct graph_view *v = k->v;
	const struct source *s = v->source;
	uint32_t seen = 0;

	k->cluster = arena_array(&k->arena, uint32_t, s->nmodules);
	k->clusters = arena_array(&k->arena, struct draw_cluster, s->nmodules);
	for (uint32_t p = 0; p < v->graph->npkgs && v->level.kind != LEVEL_MODULE; p++) {
		mod_id m = graph_view_module(v, p);

		if (v->node[p] && m.v != ID_NONE)
			k->cluster[m.v] = 1;
	}
	for (uint32_t m = 0; m < s->nmodules; m++) {
		const char *folder = sym_text(s->syms, s->module[m].folder);
		const char *path = sym_text(s->syms, s->module[m].path);

		if (!k->cluster[m])
			continue;
		folder = *folder ? folder : ".";
		k->clusters[seen++] = (struct draw_cluster){
			.id = folder, .label = *path ? path : folder, .box = BOX_MODULE,
		};
		k->cluster[m] = seen;
	}
	k->nclusters = seen > 1 ? seen : 0;
}

static uint32_t cluster_of(const struct sketch *k, uint32_t node)
{
	if (!k->nclusters)
		return ID_NONE;
	if (k->v->cluster)
		return k->v->cluster[node].v ? k->cluster[k->v->cluster[node].v] - 1 : ID_NONE;
	mod_id m = graph_view_module(k->v, node);

	return m.v != ID_NONE ? k->cluster[m.v] - 1 : ID_NONE;
}

/* A module is known by its path, and what is outside has no folder. */
static bool by_label(const struct graph_view *v, uint32_t p)
{
	if (v->graph->flags[p] & NODE_OUTSIDE)
		return true;
	return v->graph->dir[p].v == ID_NONE &&
	       (v->collapse ? v->collapse : &v->level)->kind == LEVEL_MODULE;
}

static void add_nodes(struct sketch *k)
{
	const struct graph_view *v = k->v;
	const struct graph *g = v->graph;

	for (uint32_t p = 0; p < g->npkgs; p++) {
		if (!v->node[p])
			continue;
		const char *id = sym_text(g->syms, g->id[p]);
		const char *label = sym_text(g->syms, g->label[p]);
		enum outside_part part = graph_view_part(v, p);
		const char *size = text_count(&k->arena, g->files[p], "file", "files");

		if (g->members[p] > 1)
			size = arena_printf(&k->arena, "%u packages, %s", g->members[p], size);
		if (part != OUTSIDE_NOT)
			size = outside_part_words(part);

		k->number[p] = k->nnodes;
		k->nodes[k->nnodes++] = (struct draw_node){
			.id = id, .label = by_label(v, p) ? label : id,
			.tooltip = arena_printf(&k->arena, "%s\n%s", label, size),
			.cluster = cluster_of(k, p),
			.mark = graph_light_mark(k->lights.node[p]),
			.kind = kind_of(g->flags[p] & (NODE_XTEST | NODE_TEST_ONLY),
					part != OUTSIDE_NOT),
		};
	}
}

static const char *edge_tooltip(struct sketch *k, uint32_t from, uint32_t e, uint32_t lines)
{
	const struct graph *g = k->v->graph;
	uint32_t left = PLACES_MAX;
	const char *text = arena_printf(&k->arena, "%s -> %s", sym_text(g->syms, g->id[from]),
					sym_text(g->syms, g->id[g->out_to[e]]));

	for (uint32_t i = g->site_first[e]; i < g->site_first[e + 1] && left; i++) {
		const struct site *s = &g->site[i];

		if (!graph_view_counts(k->v, s))
			continue;
		text = arena_printf(&k->arena, "%s\n%s:%u", text, sym_text(g->syms, s->at.path),
				    s->at.line);
		left--;
	}
	if (k->v->weight)
		text = arena_printf(&k->arena, "%s\n%s", text,
				    text_count(&k->arena, k->v->weight[e], "symbol", "symbols"));
	if (lines > PLACES_MAX)
		text = arena_printf(&k->arena, "%s\nand %u more", text, lines - PLACES_MAX);
	return text;
}

static void add_edges(struct sketch *k)
{
	const struct graph_view *v = k->v;
	const struct graph *g = v->graph;

	for (uint32_t p = 0; p < g->npkgs; p++) {
		graph_foreach_out(g, p, e) {
			const struct site *first;

			if (!v->edge[e])
				continue;
			uint32_t lines = graph_view_sites(v, e, &first);

			k->edges[k->nedges++] = (struct draw_edge){
				.from = k->number[p], .to = k->number[g->out_to[e]],
				.weight = graph_view_weight(v, e),
				.tooltip = edge_tooltip(k, p, e, lines),
				.mark = graph_light_mark(k->lights.edge[e]),
				.label = k->lights.edge[e] == LIGHT_ACCEPTED ? "accepted" : NULL,
				.kind = kind_of(!g->out_configs[e],
						g->flags[g->out_to[e]] & NODE_OUTSIDE),
			};
		}
	}
}

static int write_as(const struct graph_view *v, FILE *out,
		    int (*draw)(const struct drawing *d, FILE *out, struct err *err),
		    struct err *err)
{
	struct sketch k = { .v = v, .arena = ARENA_INIT };

	k.number = arena_array(&k.arena, uint32_t, v->graph->npkgs);
	k.nodes = arena_array(&k.arena, struct draw_node, v->nnodes);
	k.edges = arena_array(&k.arena, struct draw_edge, v->nedges);
	choose_lights(&k);
	if (v->cluster)
		add_parts(&k);
	else if (v->boxes == CLUSTER_MODULE)
		add_modules(&k);
	add_nodes(&k);
	add_edges(&k);
	const struct drawing d = {
		.title = graph_view_title(v, &k.arena),
		.cluster = k.clusters, .node = k.nodes, .edge = k.edges,
		.nclusters = k.nclusters, .nnodes = k.nnodes, .nedges = k.nedges,
	};
	int rc = draw(&d, out, err);

	arena_release(&k.arena);
	return rc;
}

int graph_write_dot(const struct graph_view *v, FILE *out, struct err *err)
{
	return write_as(v, out, draw_dot, err);
}

int graph_write_mermaid(const struct graph_view *v, FILE *out, struct err *err)
{
	return write_as(v, out, draw_mermaid, err);
}
