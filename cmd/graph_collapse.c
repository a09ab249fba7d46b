/* SPDX-License-Identifier: MIT */
/*
 * graph_collapse.c - a graph of packages in which those that nobody looks at are
 * drawn together: groups of a level, but for those that --focus has a package in.
 */
#include "cmd/graph_view.h"

#include <stdlib.h>

struct collapse {
	const struct source *source;
	struct level level;
	const sym_id *part;             /* [ndirs] of a layer or a context; NULL = of folders */
	bool *open;                     /* [nsyms] by name of a group: its packages stay */
	uint32_t nsyms;
};

/* Which nodes the focus means: SEED_NAMED, SEED_BELOW. */
static int find_seeds(const struct graph_view *v, const struct names *n,
		      const struct string_list *focus, uint8_t *seed, struct arena *arena,
		      struct err *err)
{
	for (uint32_t i = 0; i < focus->count; i++) {
		struct name name;

		if (graph_view_find(v, n, focus->item[i], arena, &name, err))
			return -1;
		for (uint32_t p = 0; p < v->graph->npkgs; p++)
			if (name_holds(n, &name, p) && seed[p] != SEED_NAMED)
				seed[p] = name.kind == NAME_NODE ? SEED_NAMED : SEED_BELOW;
	}
	return 0;
}

/* A folder may be called as a context is: these names no folder can have. */
const sym_id *graph_collapse_parts(const struct source *s, const struct graph *packages,
				   struct level level, struct arena *arena)
{
	sym_id *of = arena_array(arena, sym_id, s->ndirs);
	enum graph_part part = level_part(level);

	for (uint32_t p = 0; p < packages->npkgs; p++) {
		sym_id name = packages->part[part][p];

		if (packages->dir[p].v != ID_NONE && name.v)
			of[packages->dir[p].v] = sym_from(s->syms, arena_printf(arena, "%s:%s",
				level_node(level), sym_text(s->syms, name)));
	}
	return of;
}

/* The group of each node; 0 for what has no folder, or is in none.  Interns. */
static sym_id *group_names(const struct collapse *c, const struct graph *g, sym_id *label)
{
	sym_id *name = xcalloc(g->npkgs, sizeof(*name));

	for (uint32_t p = 0; p < g->npkgs; p++) {
		if (g->dir[p].v == ID_NONE)
			continue;
		if (c->part)
			label[p] = name[p] = c->part[g->dir[p].v];
		else
			name[p] = level_group(c->source, c->level, g->dir[p], &label[p]);
	}
	return name;
}

static const struct graph *collapse_graph(const struct collapse *c, const struct graph *g,
					  struct arena *arena)
{
	sym_id *label = xcalloc(g->npkgs, sizeof(*label)), *name = group_names(c, g, label);
	uint32_t *group = xcalloc(g->npkgs, sizeof(*group));
	uint32_t *at = xcalloc(c->nsyms, sizeof(*at));          /* group + 1 by its name */
	dir_id *dir = xcalloc(g->npkgs, sizeof(*dir));

	/* A group has the number of its first member. */
	for (uint32_t p = 0; p < g->npkgs; p++) {
		bool alone = !name[p].v || c->open[name[p].v];

		dir[p] = alone ? g->dir[p] : (dir_id){ ID_NONE };
		if (alone) {
			name[p] = g->id[p];
			label[p] = g->label[p];
		}
		if (!at[name[p].v])
			at[name[p].v] = p + 1;
		group[p] = at[name[p].v] - 1;
	}
	const struct graph *q = graph_quotient(g, group, g->npkgs, name, arena);
	struct graph *named = arena_new(arena, struct graph);
	sym_id *labels = arena_array(arena, sym_id, q->npkgs);
	dir_id *dirs = arena_array(arena, dir_id, q->npkgs);

	for (uint32_t p = 0; p < q->npkgs; p++) {
		labels[p] = label[at[q->id[p].v] - 1];
		dirs[p] = dir[at[q->id[p].v] - 1];
	}
	*named = *q;
	named->label = labels;
	named->dir = dirs;
	free(label);
	free(name);
	free(group);
	free(at);
	free(dir);
	return named;
}

/* The seeds of the collapsed graph: those packages are in it under the same names. */
static uint8_t *move_seeds(const struct graph *from, const uint8_t *seed, const struct graph *to,
			   uint32_t nsyms, struct arena *arena)
{
	uint8_t *of_id = xcalloc(nsyms, sizeof(*of_id));
	uint8_t *moved = arena_array(arena, uint8_t, to->npkgs);

	for (uint32_t p = 0; p < from->npkgs; p++)
		of_id[from->id[p].v] = seed[p];
	for (uint32_t p = 0; p < to->npkgs; p++)
		moved[p] = of_id[to->id[p].v];
	free(of_id);
	return moved;
}

int graph_view_collapse(struct graph_view *v, const struct names *n, const struct graph_wish *wish,
			struct arena *arena, struct err *err)
{
	const struct graph *g = v->graph;
	struct collapse c = {
		.source = v->source, .level = wish->collapse,
		.part = level_part(wish->collapse) == PARTS ? NULL :
			graph_collapse_parts(v->source, n->packages, wish->collapse, arena),
	};
	uint8_t *seed = xcalloc(g->npkgs, sizeof(*seed));
	sym_id *label = xcalloc(g->npkgs, sizeof(*label));
	sym_id *name = group_names(&c, g, label);
	int rc = find_seeds(v, n, &wish->focus, seed, arena, err);

	/* From here on every name is a symbol. */
	c.nsyms = v->source->syms->count;
	c.open = xcalloc(c.nsyms, sizeof(*c.open));
	for (uint32_t p = 0; p < g->npkgs; p++)
		if (seed[p] && name[p].v)
			c.open[name[p].v] = true;
	if (!rc) {
		bool same = v->inside == g;

		v->graph = collapse_graph(&c, g, arena);
		v->inside = same ? v->graph : collapse_graph(&c, v->inside, arena);
		v->seed = move_seeds(g, seed, v->graph, c.nsyms, arena);
	}
	free(seed);
	free(label);
	free(name);
	free(c.open);
	return rc;
}
