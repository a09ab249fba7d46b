/* SPDX-License-Identifier: MIT */
/* graph_dot.c - a graph as a drawing: modules or what was asked for are clusters, knots are red. */
#include "base/text.h"
#include "cmd/graph_boxes.h"
#include "cmd/graph_view.h"
#include "graph/draw/fonts.h"

#include <stdlib.h>
#include <string.h>

#define PLACES_MAX 5u                   /* import lines that a tooltip names */

struct sketch {
	const struct graph_view *v;
	struct arena arena;
	struct graph_lights lights;
	struct graph_boxes boxes;
	uint32_t *number;               /* [npkgs] of the drawing's node */
	struct draw_node *nodes;
	struct draw_edge *edges;
	uint32_t nnodes, nedges;
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

static enum draw_kind kind_of(bool test, bool outside, bool group)
{
	return test ? KIND_TEST : outside ? KIND_OUTSIDE : group ? KIND_GROUP : KIND_PLAIN;
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
		if (g->lines[p])
			size = arena_printf(&k->arena, "%s, %s", size,
					    text_count(&k->arena, g->lines[p], "line", "lines"));
		if (part != OUTSIDE_NOT)
			size = outside_part_words(part);

		k->number[p] = k->nnodes;
		k->nodes[k->nnodes++] = (struct draw_node){
			.id = id, .label = by_label(v, p) ? label : id,
			.tooltip = arena_printf(&k->arena, "%s\n%s", label, size),
			.cluster = k->boxes.of ? k->boxes.of[p] : ID_NONE,
			.rank = k->boxes.rank ? k->boxes.rank[p] : 0,
			.size = g->lines[p], .url = graph_url(v, p, &k->arena),
			.mark = graph_light_mark(k->lights.node[p]),
			.kind = kind_of(g->flags[p] & (NODE_XTEST | NODE_TEST_ONLY),
					part != OUTSIDE_NOT, v->collapse && g->members[p] > 1),
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
						g->flags[g->out_to[e]] & NODE_OUTSIDE, false),
			};
		}
	}
}

/* "example.com/shop": the topmost module's path, else the name of the topmost folder. */
static const char *title_of(const struct source *s)
{
	const char *slash = strrchr(s->root, '/'), *name = slash ? slash + 1 : s->root;

	for (uint32_t m = 0; m < s->nmodules; m++)
		if (!s->module[m].folder.v && s->module[m].path.v)
			name = sym_text(s->syms, s->module[m].path);
	return name;
}

/* "12 packages, 20 imports at 4f2c1d9 (main, changed)". */
static const char *subtitle_of(struct sketch *k)
{
	const struct graph_view *v = k->v;
	const struct source_rev *rev = &v->source->rev;
	const char *text = arena_printf(&k->arena, "%s, %s and %s",
					level_name(v->level, &k->arena),
					text_count(&k->arena, v->nnodes, "node", "nodes"),
					text_count(&k->arena, v->nedges, "edge", "edges"));

	if (v->collapse && !v->fitted)
		text = arena_printf(&k->arena, "%s, %s collapsed", text,
				    level_name(*v->collapse, &k->arena));
	if (v->fitted)
		text = arena_printf(&k->arena, "%s, %s", text,
				    graph_view_fit_words(v, &k->arena));
	/* What is not in the picture must be known to who looks at it. */
	if (v->left_out)
		text = arena_printf(&k->arena, "%s, without %s in none", text,
				    text_count(&k->arena, v->left_out, "package", "packages"));
	if (!rev->known || !*rev->commit)
		return text;
	return arena_printf(&k->arena, "%s, at %.7s%s%s%s", text, rev->commit,
			    *rev->branch || !rev->clean ? " (" : "", rev->branch,
			    rev->clean ? *rev->branch ? ")" : "" :
			    *rev->branch ? ", changed)" : "changed)");
}

typedef int draw_fn(const struct drawing *d, FILE *out, uint32_t *ret_percent, struct err *err);

static int write_as(const struct graph_view *v, FILE *out, draw_fn *draw, struct err *err)
{
	struct sketch k = { .v = v, .arena = ARENA_INIT };
	uint32_t percent = 100;

	k.number = arena_array(&k.arena, uint32_t, v->graph->npkgs);
	k.nodes = arena_array(&k.arena, struct draw_node, v->nnodes);
	k.edges = arena_array(&k.arena, struct draw_edge, v->nedges);
	choose_lights(&k);
	graph_boxes(v, &k.arena, &k.boxes);
	add_nodes(&k);
	add_edges(&k);
	const struct drawing d = {
		.title = title_of(v->source), .subtitle = subtitle_of(&k),
		.cluster = k.boxes.cluster, .node = k.nodes, .edge = k.edges,
		.nclusters = k.boxes.count, .nnodes = k.nnodes, .nedges = k.nedges,
		.size_unit = "lines", .weight_unit = v->weight ? "symbols used" : "imports",
		.theme = v->theme, .direction = k.boxes.rank ? DRAW_DOWN : DRAW_RIGHT,
		.early = v->early,
	};
	int rc = draw(&d, out, &percent, err);

	if (!rc && percent < 100 && !v->quiet)
		fprintf(stderr, "meshctl: the picture is too large for a PNG and was scaled down "
			"to %u %%: --format svg has no such limit\n", percent);
	arena_release(&k.arena);
	return rc;
}

static int draw_text(const struct drawing *d, FILE *out, uint32_t *ret_percent UNUSED,
		     struct err *err)
{
	return draw_dot(d, out, err);
}

int graph_write_dot(const struct graph_view *v, FILE *out, struct err *err)
{
	return write_as(v, out, draw_text, err);
}

static int draw_chart(const struct drawing *d, FILE *out, uint32_t *ret_percent UNUSED,
		      struct err *err)
{
	return draw_mermaid(d, out, err);
}

int graph_write_mermaid(const struct graph_view *v, FILE *out, struct err *err)
{
	return write_as(v, out, draw_chart, err);
}

static int draw_xml(const struct drawing *d, FILE *out, uint32_t *ret_percent UNUSED,
		    struct err *err)
{
	return draw_graphml(d, out, err);
}

int graph_write_graphml(const struct graph_view *v, FILE *out, struct err *err)
{
	return write_as(v, out, draw_xml, err);
}

/* Text without any font is boxes, and Graphviz says nothing. */
static void warn_of_fonts(const struct graph_view *v)
{
	struct arena a = ARENA_INIT;

	if (!v->quiet && !draw_fonts(&a))
		fputs("meshctl: no font is installed: the text of the picture will be boxes "
		      "(Debian: fonts-dejavu-core)\n", stderr);
	arena_release(&a);
}

int graph_write_svg(const struct graph_view *v, FILE *out, struct err *err)
{
	warn_of_fonts(v);
	return write_as(v, out, draw_svg, err);
}

int graph_write_png(const struct graph_view *v, FILE *out, struct err *err)
{
	warn_of_fonts(v);
	return write_as(v, out, draw_png, err);
}
