/* SPDX-License-Identifier: MIT */
/*
 * graph_fit.c - a view of more nodes than fit into a picture, drawn together by
 * context, layer or folder: what is highlighted or named stays as it is.
 */
#include "cmd/graph_view.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define DEPTHS_MOST 16u                 /* of folders that are tried */

struct fit {
	const struct graph_view *v;
	const dir_id *dir;              /* [npkgs] a folder of each node; ID_NONE = none */
	bool *pin;                      /* [npkgs] stays by itself */
	struct arena *arena;
};

/* Any folder of a node stands for it: a coarser level unites all of its folders. */
static const dir_id *folders_of(const struct graph_view *v, struct arena *arena)
{
	const uint32_t *node = graph_view_nodes(v, arena);
	dir_id *dir = arena_array(arena, dir_id, v->graph->npkgs);

	for (uint32_t n = 0; n < v->graph->npkgs; n++)
		dir[n] = (dir_id){ ID_NONE };
	for (uint32_t p = v->packages->npkgs; p-- > 0;)
		if (node[p] != ID_NONE)
			dir[node[p]] = v->packages->dir[p];
	return dir;
}

static void find_pins(struct fit *f)
{
	const struct graph_view *v = f->v;
	const struct graph *g = v->graph;

	f->pin = arena_array(f->arena, bool, g->npkgs);
	for (uint32_t p = 0; p < g->npkgs; p++) {
		f->pin[p] |= v->named[p] || (v->light != LIGHT_NONE && v->lights.node[p]);
		graph_foreach_out(g, p, e)
			if (v->edge[e] && v->light != LIGHT_NONE && v->lights.edge[e])
				f->pin[p] = f->pin[g->out_to[e]] = true;
	}
}

/* ---- which level ---- */

/* The groups of the nodes that are shown; 0 = drawn by itself. */
static sym_id *groups_at(const struct fit *f, struct level level)
{
	const struct graph_view *v = f->v;
	sym_id *name = arena_array(f->arena, sym_id, v->graph->npkgs), label;
	const sym_id *part = level_part(level) == PARTS ? NULL :
		graph_collapse_parts(v->source, v->packages, level, f->arena);

	for (uint32_t p = 0; p < v->graph->npkgs; p++) {
		dir_id dir = f->dir[p];

		if (!v->node[p] || f->pin[p] || dir.v == ID_NONE)
			continue;
		name[p] = part ? part[dir.v] : level_group(v->source, level, dir, &label);
	}
	return name;
}

static uint32_t count_groups(const struct fit *f, const sym_id *name)
{
	bool *seen = xcalloc(f->v->source->syms->count, sizeof(*seen));
	uint32_t n = 0;

	for (uint32_t p = 0; p < f->v->graph->npkgs; p++) {
		if (!f->v->node[p])
			continue;
		n += !name[p].v || !seen[name[p].v];
		seen[name[p].v] = true;
	}
	free(seen);
	return n;
}

/* Coarser ones than what is shown: the policy's first, then folders, deep ones before. */
static uint32_t levels_of(const struct fit *f, struct level *ret)
{
	const struct graph *g = f->v->packages;
	enum level_kind is = f->v->level.kind;
	bool packages = is == LEVEL_PACKAGE || is == LEVEL_TEST;
	uint32_t depth = packages ? level_max_depth(f->v->source, g) :
			 is == LEVEL_DIR ? f->v->level.depth - 1 : 0, n = 0;

	if (packages && g->part[PART_CONTEXT] && !g->guessed[PART_CONTEXT])
		ret[n++] = (struct level){ LEVEL_CONTEXT, 0 };
	if (packages && g->part[PART_LAYER])
		ret[n++] = (struct level){ LEVEL_LAYER, 0 };
	for (depth = depth < DEPTHS_MOST ? depth : DEPTHS_MOST; depth; depth--)
		ret[n++] = (struct level){ LEVEL_DIR, depth };
	if (packages || is == LEVEL_DIR)
		ret[n++] = (struct level){ LEVEL_MODULE, 0 };
	return n;
}

/* The finest that fits, else the coarsest; NULL where none draws anything together. */
static sym_id *choose(const struct fit *f, uint32_t most, struct level *ret)
{
	struct level level[DEPTHS_MOST + 3];
	uint32_t n = levels_of(f, level), best = f->v->nnodes;
	sym_id *found = NULL;

	for (uint32_t i = 0; i < n; i++) {
		sym_id *name = groups_at(f, level[i]);
		uint32_t count = count_groups(f, name);
		bool better = best > most ? count < best : count <= most && count > best;

		if (!better)
			continue;
		best = count;
		found = name;
		*ret = level[i];
	}
	return found;
}

/* ---- the smaller graph ---- */

/* A group of one keeps its name; one that is called as a node beside it gets "/...". */
static void settle_names(const struct fit *f, sym_id *name)
{
	const struct graph *g = f->v->graph;
	struct symtab *syms = f->v->source->syms;
	uint32_t nsyms = syms->count;
	uint32_t *size = xcalloc(nsyms, sizeof(*size));
	bool *taken = xcalloc(nsyms, sizeof(*taken));

	for (uint32_t p = 0; p < g->npkgs; p++)
		size[name[p].v]++;
	for (uint32_t p = 0; p < g->npkgs; p++) {
		if (f->v->node[p] && name[p].v && size[name[p].v] < 2)
			name[p] = (sym_id){ 0 };
		if (f->v->node[p] && !name[p].v)
			taken[g->id[p].v] = true;
	}
	for (uint32_t p = 0; p < g->npkgs; p++)
		if (name[p].v && taken[name[p].v])
			name[p] = sym_from(syms, arena_printf(f->arena, "%s/...",
				sym_text(syms, name[p])));
	free(size);
	free(taken);
}

/* The new number of each node that is shown, else ID_NONE. */
static uint32_t *unite(const struct fit *f, sym_id *name, struct graph_view *ret)
{
	const struct graph *g = f->v->graph;
	uint32_t *group = xcalloc(g->npkgs, sizeof(*group)), nsyms;
	uint32_t *map = arena_array(f->arena, uint32_t, g->npkgs);

	settle_names(f, name);
	nsyms = f->v->source->syms->count;
	uint32_t *at = xcalloc(nsyms, sizeof(*at));             /* first member + 1 */

	for (uint32_t p = 0; p < g->npkgs; p++) {
		name[p] = name[p].v ? name[p] : g->id[p];
		if (f->v->node[p] && !at[name[p].v])
			at[name[p].v] = p + 1;
		group[p] = f->v->node[p] ? at[name[p].v] - 1 : ID_NONE;
	}
	const struct graph *q = graph_quotient(g, group, g->npkgs, name, f->arena);
	struct graph *named = arena_new(f->arena, struct graph);
	sym_id *label = arena_array(f->arena, sym_id, q->npkgs);
	dir_id *dir = arena_array(f->arena, dir_id, q->npkgs);
	uint32_t *number = xcalloc(g->npkgs, sizeof(*number));

	for (uint32_t n = 0; n < q->npkgs; n++) {
		uint32_t first = at[q->id[n].v] - 1;
		bool alone = q->id[n].v == g->id[first].v;

		number[first] = n;
		label[n] = alone ? g->label[first] : q->label[n];
		dir[n] = alone ? g->dir[first] : (dir_id){ ID_NONE };
	}
	for (uint32_t p = 0; p < g->npkgs; p++)
		map[p] = group[p] == ID_NONE ? ID_NONE : number[group[p]];
	*named = *q;
	named->label = label;
	named->dir = dir;
	ret->graph = named;
	free(number);
	free(group);
	free(at);
	return map;
}

/* ---- the smaller view ---- */

static void move_nodes(const struct graph_view *v, const uint32_t *map, struct graph_view *ret,
		       struct arena *arena)
{
	const sym_id mixed = { UINT32_MAX };
	sym_id *cluster = v->cluster ? arena_array(arena, sym_id, ret->graph->npkgs) : NULL;
	uint32_t *node_of = arena_array(arena, uint32_t, v->packages->npkgs);
	const uint32_t *was = graph_view_nodes(v, arena);

	for (uint32_t p = 0; p < v->graph->npkgs; p++) {
		uint32_t n = map[p];

		if (n == ID_NONE)
			continue;
		if (cluster)
			cluster[n] = !ret->node[n] || cluster[n].v == v->cluster[p].v ?
				     v->cluster[p] : mixed;
		ret->node[n] = true;
		ret->named[n] |= v->named[p];
		if (v->light != LIGHT_NONE && v->lights.node[p])
			ret->lights.node[n] = v->lights.node[p];
	}
	for (uint32_t n = 0; n < ret->graph->npkgs && cluster; n++)
		cluster[n] = cluster[n].v == mixed.v ? (sym_id){ 0 } : cluster[n];
	for (uint32_t p = 0; p < v->packages->npkgs; p++)
		node_of[p] = was[p] == ID_NONE ? ID_NONE : map[was[p]];
	ret->cluster = cluster;
	ret->node_of = node_of;
}

static void move_edges(const struct graph_view *v, const uint32_t *map, struct graph_view *ret)
{
	const struct graph *g = v->graph;
	const bool *shown = v->all_edges ? v->all_edges : v->edge;

	if (v->weight)
		ret->weight = xcalloc(ret->graph->nedges, sizeof(*ret->weight));
	for (uint32_t p = 0; p < g->npkgs; p++) {
		graph_foreach_out(g, p, e) {
			uint32_t from = map[p], to = map[g->out_to[e]], into;

			if (!shown[e] || from == to)
				continue;
			into = graph_find_edge(ret->graph, (pkg_id){ from }, (pkg_id){ to });
			ret->edge[into] = true;
			if (v->lights.edge[e])
				ret->lights.edge[into] = v->lights.edge[e];
			if (v->weight)
				ret->weight[into] += v->weight[e];
		}
	}
}

bool graph_view_fit(const struct graph_view *v, uint32_t most, struct arena *arena,
		    struct graph_view *ret)
{
	struct fit f = { .v = v, .arena = arena };
	struct level *level = arena_new(arena, struct level);
	sym_id *name;

	if (!most || v->nnodes <= most || v->collapse)
		return false;
	f.dir = folders_of(v, arena);
	find_pins(&f);
	name = choose(&f, most, level);
	if (!name)
		return false;
	*ret = *v;
	const uint32_t *map = unite(&f, name, ret);

	ret->collapse = level;
	ret->fitted = v->nnodes;
	ret->node = xcalloc(ret->graph->npkgs, sizeof(*ret->node));
	ret->named = xcalloc(ret->graph->npkgs, sizeof(*ret->named));
	ret->edge = xcalloc(ret->graph->nedges, sizeof(*ret->edge));
	ret->lights.node = xcalloc(ret->graph->npkgs, sizeof(*ret->lights.node));
	ret->lights.edge = xcalloc(ret->graph->nedges, sizeof(*ret->lights.edge));
	ret->lights.knot = NULL;
	ret->lights.nknots = 0;
	ret->weight = NULL;
	ret->all_edges = NULL;
	ret->module_at = xcalloc(v->nsyms, sizeof(*ret->module_at));
	memcpy(ret->module_at, v->module_at, v->nsyms * sizeof(*ret->module_at));
	move_nodes(v, map, ret, arena);
	move_edges(v, map, ret);
	graph_view_count(ret, v->all_edges != NULL);
	return true;
}

const char *graph_view_fit_words(const struct graph_view *v, struct arena *arena)
{
	return arena_printf(arena, "%s drawn as %u, by %s",
			    text_count(arena, v->fitted, level_node(v->level),
				       level_nodes(v->level)), v->nnodes,
			    v->collapse->kind == LEVEL_DIR ? level_name(*v->collapse, arena) :
			    level_node(*v->collapse));
}
