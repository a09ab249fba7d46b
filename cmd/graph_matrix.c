/* SPDX-License-Identifier: MIT */
/*
 * graph_matrix.c - a view as a matrix: its order, its blocks by layer or context,
 * and what each format does where there is no room for all of it.
 */
#include "cmd/graph_matrix.h"
#include "analyzers/policy/mapping.h"
#include "base/text.h"
#include "cmd/output.h"
#include "cmd/report/text.h"
#include "graph/cut.h"
#include "graph/partition.h"

#include <stdlib.h>
#include <string.h>

#define SVG_MOST 100u                   /* rows */
#define FEEDBACK_MOST 10u

struct work {
	const struct graph_view *v;
	struct arena *arena;
	const char **block;             /* [npkgs] of the graph; NULL = none */
	uint32_t *rank;
	bool *cut;                      /* [nedges] */
	struct partition order;
	uint32_t *at;                   /* [npkgs] row */
};

/* ---- blocks ---- */

/* What was asked for; else layers, else contexts, as the policy says. */
static enum graph_part block_part(const struct graph_view *v)
{
	enum graph_part part = graph_cluster_part(v->boxes);

	if (part != PARTS || v->boxes == CLUSTER_NONE || !v->mapping)
		return part;
	if (v->mapping->policy->nlayers)
		return PART_LAYER;
	return v->mapping->ncontexts ? PART_CONTEXT : PARTS;
}

/* The number of each name: layers innermost first, others by text. */
static uint32_t *ranks_of(const struct work *w, enum graph_part part)
{
	const struct graph_view *v = w->v;
	uint32_t *rank = arena_array(w->arena, uint32_t, v->source->syms->count + 2);
	struct mapped_groups groups;

	if (!v->mapping)
		return rank;
	mapping_groups(v->mapping, part, w->arena, &groups);
	for (uint32_t i = 0; i < groups.count; i++)
		if (groups.kind[i] == MAPPED_NAMED)
			rank[groups.name[i].v] = i + 1;
	return rank;
}

static void find_blocks(struct work *w)
{
	const struct graph_view *v = w->v;
	enum graph_part part = block_part(v);
	uint32_t n = v->graph->npkgs;
	sym_id *name = arena_array(w->arena, sym_id, n);
	bool *seen = arena_array(w->arena, bool, n), *mixed = arena_array(w->arena, bool, n);

	w->block = arena_array(w->arena, const char *, n);
	w->rank = arena_array(w->arena, uint32_t, n);
	if (part == PARTS || !v->packages->part[part])
		return;
	const uint32_t *node = graph_view_nodes(v, w->arena), *rank = ranks_of(w, part);

	for (uint32_t p = 0; p < v->packages->npkgs; p++) {
		sym_id of = v->packages->part[part][p];

		if (node[p] == ID_NONE)
			continue;
		mixed[node[p]] |= seen[node[p]] && name[node[p]].v != of.v;
		name[node[p]] = of;
		seen[node[p]] = true;
	}
	for (uint32_t p = 0; p < n; p++) {
		bool none = mixed[p] || !name[p].v;

		w->block[p] = none ? NULL : sym_text(v->graph->syms, name[p]);
		w->rank[p] = none ? UINT32_MAX : rank[name[p].v];
	}
}

/* ---- order ---- */

/* What the smallest cuts take away stands above the diagonal. */
static void find_cuts(struct work *w)
{
	const struct graph_view *v = w->v;
	struct knots knots;

	w->cut = arena_array(w->arena, bool, v->graph->nedges);
	for (uint32_t e = 0; e < v->graph->nedges && v->light == LIGHT_CUT; e++)
		w->cut[e] = v->lights.edge[e] == LIGHT_CUT;
	if (v->light == LIGHT_CUT)
		return;
	knots = graph_knots(v->graph, v->tests, w->arena);
	for (uint32_t i = 0; i < knots.count; i++) {
		struct cut cut;

		graph_cut(v->graph, &knots.knot[i], v->tests, NULL, w->arena, &cut);
		for (uint32_t e = 0; e < cut.nedges; e++)
			w->cut[cut.edge[e].edge] = true;
	}
}

static void find_order(struct work *w)
{
	const struct graph_view *v = w->v;
	uint32_t *weight = xcalloc(v->graph->nedges, sizeof(*weight));

	for (uint32_t e = 0; e < v->graph->nedges; e++)
		weight[e] = v->edge[e] ? graph_view_weight(v, e) : 0;
	const struct partition_input in = {
		.graph = v->graph, .node = v->node, .edge = v->edge, .cut = w->cut,
		.rank = w->rank, .weight = weight,
	};

	graph_partition(&in, w->arena, &w->order);
	free(weight);
	w->at = arena_array(w->arena, uint32_t, v->graph->npkgs);
	for (uint32_t i = 0; i < w->order.count; i++)
		w->at[w->order.node[i]] = i;
}

/* ---- rows and cells ---- */

static enum draw_kind kind_of(const struct graph_view *v, uint32_t node)
{
	if (v->graph->flags[node] & NODE_OUTSIDE)
		return KIND_OUTSIDE;
	return v->graph->flags[node] & (NODE_XTEST | NODE_TEST_ONLY) ? KIND_TEST : KIND_PLAIN;
}

static void add_rows(struct work *w, struct matrix *ret)
{
	const struct graph *g = w->v->graph;
	struct matrix_row *row = arena_array(w->arena, struct matrix_row, w->order.count);

	for (uint32_t i = 0; i < w->order.count; i++) {
		uint32_t p = w->order.node[i];
		const char *size = text_count(w->arena, g->files[p], "file", "files");
		bool by_label = g->dir[p].v == ID_NONE && (w->v->collapse ? w->v->collapse :
			&w->v->level)->kind == LEVEL_MODULE;

		if (g->members[p] > 1)
			size = arena_printf(w->arena, "%u packages, %s", g->members[p], size);
		row[i] = (struct matrix_row){
			.label = sym_text(g->syms, by_label ? g->label[p] : g->id[p]),
			.tooltip = arena_printf(w->arena, "%s\n%s", sym_text(g->syms, g->label[p]),
						size),
			.block = w->block[p], .circle = w->order.circle[i],
			.kind = kind_of(w->v, p),
		};
	}
	ret->row = row;
	ret->nrows = w->order.count;
}

static enum draw_mark mark_of(const struct graph_view *v, uint32_t edge)
{
	return v->light == LIGHT_NONE ? MARK_NONE : graph_light_mark(v->lights.edge[edge]);
}

static int by_place(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct matrix_cell *a = va, *b = vb;

	if (a->row != b->row)
		return a->row < b->row ? -1 : 1;
	return a->column < b->column ? -1 : a->column > b->column;
}

static void add_cells(struct work *w, struct matrix *ret)
{
	const struct graph_view *v = w->v;
	const struct graph *g = v->graph;
	struct matrix_cell *cell = arena_array(w->arena, struct matrix_cell, v->nedges);
	uint32_t n = 0;

	for (uint32_t p = 0; p < g->npkgs; p++) {
		graph_foreach_out(g, p, e) {
			const struct site *first;
			uint32_t to = g->out_to[e];

			if (!v->edge[e])
				continue;
			graph_view_sites(v, e, &first);
			cell[n] = (struct matrix_cell){
				.row = w->at[p], .column = w->at[to],
				.weight = graph_view_weight(v, e), .mark = mark_of(v, e),
				.tooltip = arena_printf(w->arena, "%s -> %s\n%s:%u",
					sym_text(g->syms, g->id[p]), sym_text(g->syms, g->id[to]),
					sym_text(g->syms, first->at.path), first->at.line),
			};
			ret->nfeedback += cell[n].column > cell[n].row;
			ret->feedback += cell[n].column > cell[n].row ? cell[n].weight : 0;
			n++;
		}
	}
	sort_with(cell, n, sizeof(*cell), by_place, NULL);
	ret->cell = cell;
	ret->ncells = n;
}

void graph_matrix_build(const struct graph_view *v, struct arena *arena, struct matrix *ret)
{
	struct work w = { .v = v, .arena = arena };

	*ret = (struct matrix){
		.title = graph_view_title(v, arena), .unit = v->weight ? "symbols" : "import lines",
		.theme = v->theme,
	};
	find_blocks(&w);
	find_cuts(&w);
	find_order(&w);
	add_rows(&w, ret);
	add_cells(&w, ret);
	const char *count = text_count(arena, ret->nrows, "node", "nodes");

	ret->subtitle = !ret->nfeedback ?
		arena_printf(arena, "%s, nothing above the diagonal", count) :
		arena_printf(arena, "%s, %s above the diagonal (%s)", count,
			     text_count(arena, ret->nfeedback, "pair", "pairs"),
			     text_count(arena, ret->feedback, v->weight ? "symbol" :
					"import line", ret->unit));
}

/* ---- the formats ---- */

static void text_head(const struct matrix *m, FILE *out, struct arena *a)
{
	fprintf(out, "%s\n", text_cut(a, text_escape(a, m->title), SCREEN_COLUMNS));
	fprintf(out, "%s\n", m->subtitle);
	for (uint32_t i = 0; i < m->nnotes; i++)
		fprintf(out, "%s\n", m->note[i]);
	fputc('\n', out);
}

/* Without room for all nodes, so many of them as there is room for. */
static void write_text(const struct graph_view *v, const struct output *o, bool may_fit)
{
	static const uint32_t tries[] = { 0, 48, 36, 30, 24, 18, 12 };
	struct arena a = ARENA_INIT;
	struct matrix m;
	bool done = false;

	for (unsigned i = 0; i < (may_fit ? ARRAY_SIZE(tries) : 1) && !done; i++) {
		struct graph_view small;
		bool fitted = graph_view_fit(v, tries[i], &a, &small);

		if (i && !fitted)
			continue;
		graph_matrix_build(fitted ? &small : v, &a, &m);
		if (graph_matrix_text(&m, SCREEN_COLUMNS, false, NULL)) {
			text_head(&m, o->file, &a);
			graph_matrix_text(&m, SCREEN_COLUMNS, o->color, o->file);
			graph_matrix_feedback(&m, FEEDBACK_MOST, o->file);
			done = true;
		}
		if (fitted)
			graph_view_release(&small);
	}
	if (!done) {
		graph_matrix_build(v, &a, &m);
		text_head(&m, o->file, &a);
		fprintf(o->file, "too wide for %u columns: --format matrix -o matrix.svg draws it, "
			"matrix.csv has it\n", (unsigned)SCREEN_COLUMNS);
		graph_matrix_feedback(&m, FEEDBACK_MOST, o->file);
	}
	arena_release(&a);
}

static bool ends_with(const char *path, const char *end)
{
	size_t len = path ? strlen(path) : 0, n = strlen(end);

	return len >= n && !strcmp(path + len - n, end);
}

int graph_write_matrix(const struct graph_view *v, const struct output *o, bool may_fit,
		       struct err *err)
{
	struct arena a = ARENA_INIT;
	struct graph_view small;
	struct matrix m;
	int rc = 0;

	if (ends_with(o->path, ".svg")) {
		bool fitted = may_fit && graph_view_fit(v, SVG_MOST, &a, &small);

		graph_matrix_build(fitted ? &small : v, &a, &m);
		rc = draw_matrix_svg(&m, o->file, err);
		if (fitted)
			graph_view_release(&small);
	} else if (ends_with(o->path, ".csv")) {
		graph_matrix_build(v, &a, &m);
		graph_matrix_csv(&m, o->file);
	} else {
		write_text(v, o, may_fit);
	}
	arena_release(&a);
	return rc;
}
