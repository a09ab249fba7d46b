/* SPDX-License-Identifier: MIT */
/* graph_view.c - choosing what of a graph is shown; the format for pipes. */
#include "cmd/graph_view.h"
#include "cmd/why.h"
#include "base/text.h"
#include "graph/reduce.h"

#include <stdlib.h>
#include <string.h>

static void choose(struct graph_view *v)
{
	const struct graph *g = v->graph;
	const uint32_t tests_only = NODE_XTEST | NODE_TEST_ONLY;
	struct edge_filter any = { ID_NONE, v->tests };

	for (uint32_t p = 0; p < g->npkgs; p++)
		v->node[p] = (g->flags[p] & NODE_REPORTED) &&
			     (v->tests || !(g->flags[p] & tests_only));
	for (uint32_t p = 0; p < g->npkgs; p++) {
		graph_foreach_out(g, p, e) {
			uint32_t q = g->out_to[e];

			if (!edge_alive(g, e, any) ||
			    !((g->flags[p] | g->flags[q]) & NODE_REPORTED))
				continue;
			v->edge[e] = v->node[p] = v->node[q] = true;
		}
	}
}

/* Only what shows who leads where; and what was asked for by its mark. */
static void reduce(struct graph_view *v)
{
	const struct graph *g = v->graph;
	uint32_t *weight = xcalloc(g->nedges, sizeof(*weight));
	bool *keep = xcalloc(g->nedges, sizeof(*keep));

	v->all_edges = xcalloc(g->nedges, sizeof(*v->all_edges));
	for (uint32_t e = 0; e < g->nedges; e++) {
		const struct site *first;

		v->all_edges[e] = v->edge[e];
		keep[e] = v->lights.edge[e] != LIGHT_NONE;
		if (v->edge[e])
			weight[e] = graph_view_sites(v, e, &first);
	}
	graph_reduce(g, weight, keep, v->edge);
	free(weight);
	free(keep);
}

void graph_view_count(struct graph_view *v, bool only_needed)
{
	if (only_needed)
		reduce(v);
	v->nedges = v->nnodes = 0;
	for (uint32_t e = 0; e < v->graph->nedges; e++)
		v->nedges += v->edge[e];
	for (uint32_t p = 0; p < v->graph->npkgs; p++)
		v->nnodes += v->node[p];
}

/* By what they use, the edges that are shown. */
static int weigh(struct graph_view *v, struct err *err)
{
	const struct site_filter f = { UINT32_MAX, v->tests };
	struct arena scratch = ARENA_INIT;

	for (uint32_t e = 0; e < v->graph->nedges; e++)
		if (v->edge[e])
			symbols_want(v->weigh, v->graph, e, f, false);
	if (symbols_read(v->weigh, err))
		return -1;
	v->weight = xcalloc(v->graph->nedges, sizeof(*v->weight));
	for (uint32_t e = 0; e < v->graph->nedges; e++) {
		struct edge_symbols used;

		if (!v->edge[e])
			continue;
		symbols_edge(v->weigh, v->graph, e, f, &scratch, &used);
		v->weight[e] = used.weight;
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	return 0;
}

int graph_view_init(struct graph_view *v, const struct source *s, const struct graph *packages,
		    const struct graph_wish *wish, struct arena *arena, struct err *err)
{
	*v = (struct graph_view){
		.source = s, .packages = packages, .level = wish->level, .weigh = wish->weigh,
		.mapping = wish->mapping,
	};
	v->tests = wish->tests || wish->level.kind == LEVEL_TEST;
	const struct graph *all = graph_view_outside(v, packages, wish, arena);

	v->inside = level_graph(s, packages, wish->level, arena);
	v->graph = all == packages ? v->inside : level_graph(s, all, wish->level, arena);
	v->node = xcalloc(v->graph->npkgs, sizeof(*v->node));
	v->edge = xcalloc(v->graph->nedges, sizeof(*v->edge));
	struct names n = {
		.source = s, .packages = packages, .graph = v->graph, .level = wish->level,
		.here = where_user_is(s, arena),
	};

	if (wish->collapsed) {
		if (graph_view_collapse(v, &n, wish, arena, err))
			return -1;
		v->collapse = &wish->collapse;
		n.graph = v->graph;
	}
	graph_view_cluster(v, wish, arena);
	v->light = wish->light;
	v->lights.node = xcalloc(v->graph->npkgs, sizeof(*v->lights.node));
	v->lights.edge = xcalloc(v->graph->nedges, sizeof(*v->lights.edge));
	choose(v);
	v->nsyms = s->syms->count;
	v->module_at = xcalloc(v->nsyms, sizeof(*v->module_at));
	for (uint32_t m = 0; m < s->nmodules; m++)
		v->module_at[s->module[m].folder.v] = m + 1;
	v->named = xcalloc(v->graph->npkgs, sizeof(*v->named));
	if (graph_light_up(v, &n, wish, arena, err) || graph_view_hide(v, &n, wish, arena, err) ||
	    graph_view_pick(v, &n, wish, arena, err))
		return -1;
	graph_view_count(v, wish->reduce);
	return v->weigh ? weigh(v, err) : 0;
}

void graph_view_release(struct graph_view *v)
{
	free(v->node);
	free(v->edge);
	free(v->lights.node);
	free(v->lights.edge);
	free(v->lights.knot);
	free(v->all_edges);
	free(v->named);
	free(v->module_at);
	free(v->weight);
}

mod_id graph_view_module(const struct graph_view *v, uint32_t node)
{
	const struct graph *g = v->graph;

	if (g->dir[node].v != ID_NONE)
		return v->source->dir[g->dir[node].v].module;
	if (g->flags[node] & NODE_OUTSIDE || level_part(v->level) != PARTS ||
	    (v->collapse && level_part(*v->collapse) != PARTS))
		return (mod_id){ ID_NONE };
	/* A group is named after its folder: the deepest module at or above has it. */
	const char *name = sym_text(g->syms, g->id[node]);

	size_t len = strcmp(name, ".") ? strlen(name) : 0;

	while (len) {
		sym_id folder = sym_find(g->syms, name, len);

		if (folder.v && folder.v < v->nsyms && v->module_at[folder.v])
			return (mod_id){ v->module_at[folder.v] - 1 };
		do
			len--;
		while (len && name[len] != '/');
	}
	return (mod_id){ v->module_at[0] ? v->module_at[0] - 1 : ID_NONE };
}

uint32_t graph_view_sites(const struct graph_view *v, uint32_t edge, const struct site **ret_first)
{
	const struct graph *g = v->graph;
	uint32_t n = 0;

	*ret_first = NULL;
	for (uint32_t s = g->site_first[edge]; s < g->site_first[edge + 1]; s++)
		if (graph_view_counts(v, &g->site[s]) && !n++)
			*ret_first = &g->site[s];
	if (!*ret_first)
		BUG("edge %u is shown and nothing proves it", edge);
	return n;
}

uint32_t graph_view_weight(const struct graph_view *v, uint32_t edge)
{
	const struct site *first;

	return v->weight ? v->weight[edge] : graph_view_sites(v, edge, &first);
}

const char *graph_view_title(const struct graph_view *v, struct arena *arena)
{
	const struct source *s = v->source;
	const char *slash = strrchr(s->root, '/'), *name = slash ? slash + 1 : s->root;

	for (uint32_t m = 0; m < s->nmodules; m++)
		if (!s->module[m].folder.v && s->module[m].path.v)
			name = sym_text(s->syms, s->module[m].path);
	name = arena_printf(arena, "%s, %s", name, level_name(v->level, arena));
	if (v->collapse && !v->fitted)
		name = arena_printf(arena, "%s, %s collapsed", name,
				    level_name(*v->collapse, arena));
	/* What is not in the picture must be known to who looks at it. */
	if (v->fitted)
		name = arena_printf(arena, "%s, %s", name, graph_view_fit_words(v, arena));
	if (v->left_out)
		name = arena_printf(arena, "%s, without %s in none", name,
				    text_count(arena, v->left_out, "package", "packages"));
	return name;
}

static const char *light_column(uint8_t light)
{
	const char *word = graph_light_word(light);

	return word ? word : "-";
}

int graph_write_edges(const struct graph_view *v, FILE *out, struct err *err UNUSED)
{
	const struct graph *g = v->graph;
	struct arena a = ARENA_INIT;

	for (uint32_t p = 0; p < g->npkgs; p++) {
		graph_foreach_out(g, p, e) {
			const struct site *first;

			if (!v->edge[e])
				continue;
			graph_view_sites(v, e, &first);
			const char *from = text_escape(&a, sym_text(g->syms, g->id[p]));
			const char *to = text_escape(&a, sym_text(g->syms, g->id[g->out_to[e]]));
			const char *path = text_escape(&a, sym_text(g->syms, first->at.path));

			fprintf(out, "%s\t%s\t%u\t%s:%u:%u", from, to,
				graph_view_weight(v, e), path, first->at.line, first->at.col);
			if (v->light)
				fprintf(out, "\t%s", light_column(v->lights.edge[e]));
			putc('\n', out);
			arena_reset(&a);
		}
	}
	arena_release(&a);
	return 0;
}
