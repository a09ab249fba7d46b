/* SPDX-License-Identifier: MIT */
/* circles.c - looks for knots level by level; tells the hops of a circle. */
#include "analyzers/circles.h"
#include "analyzers/selfimports.h"
#include "base/limits.h"
#include "graph/metrics.h"

#include <stdlib.h>

#define GROUPS_TELLING 4

bool circles_worse(const struct level_circles *a, const struct level_circles *b)
{
	if ((a->groups < GROUPS_TELLING) != (b->groups < GROUPS_TELLING))
		return a->groups >= GROUPS_TELLING;
	/* a.largest / a.groups > b.largest / b.groups, without rounding. */
	return (uint64_t)a->largest * b->groups > (uint64_t)b->largest * a->groups;
}

/* A package that imports itself is a circle of one, which no edge shows. */
static void add_self_imports(const struct source *s, const struct graph *at,
			     const struct knots *knots, struct level_circles *row)
{
	bool *alone = xcalloc(s->ndirs, sizeof(*alone));
	uint32_t found = 0;

	self_importers(s, level_has_tests(row->level), alone);
	for (uint32_t i = 0; i < knots->count; i++)
		for (uint32_t n = 0; n < knots->knot[i].nnodes; n++)
			alone[at->dir[knots->knot[i].node[n]].v] = false;
	for (uint32_t d = 0; d < s->ndirs; d++)
		found += alone[d];
	row->tied += found;
	if (found && !row->largest)
		row->largest = 1;
	free(alone);
}

static void look_at(const struct source *s, const struct graph *g, struct level_circles *row)
{
	/* One level's graph is as large as the package graph: only one at a time. */
	struct arena scratch = ARENA_INIT;
	const struct graph *at = level_graph(s, g, row->level, &scratch);
	struct knots knots = graph_knots(at, level_has_tests(row->level), &scratch);

	row->groups = graph_count(at, level_has_tests(row->level));
	row->tied = knots.tied;
	row->knots = knots.count;
	row->largest = knots.count ? knots.knot[0].nnodes : 0;
	if (row->level.kind == LEVEL_PACKAGE || row->level.kind == LEVEL_TEST)
		add_self_imports(s, at, &knots, row);
	arena_release(&scratch);
}

bool level_same(struct level a, struct level b)
{
	return a.kind == b.kind && a.depth == b.depth;
}

static void add_row(struct circle_table *t, enum level_kind kind, uint32_t depth)
{
	t->row[t->count++].level = (struct level){ kind, depth };
}

/* Folder levels that are looked at; *ret_deepest counts those beyond the limit as well. */
static uint32_t folder_levels(const struct source *s, const struct graph *g, uint32_t *ret_deepest)
{
	uint64_t most = limit_of(LIMIT_CYCLE_DEPTH);

	*ret_deepest = level_max_depth(s, g);
	return *ret_deepest > most ? (uint32_t)most : *ret_deepest;
}

bool circle_worst(const struct source *s, const struct graph *g, struct level *ret)
{
	struct level_circles worst = { .largest = 0 };
	uint32_t deepest, depths = folder_levels(s, g, &deepest);

	for (uint32_t k = 1; k <= depths; k++) {
		struct level_circles row = { .level = { LEVEL_DIR, k } };

		look_at(s, g, &row);
		if (row.largest && (!worst.largest || circles_worse(&row, &worst)))
			worst = row;
	}
	*ret = worst.level;
	return worst.largest;
}

void circle_table_init(const struct source *s, const struct graph *g, const struct level *also,
		       struct arena *arena, struct circle_table *ret)
{
	static const enum level_kind named[] = { LEVEL_LAYER, LEVEL_CONTEXT, LEVEL_DOMAIN };
	uint32_t deepest, depths = folder_levels(s, g, &deepest);

	*ret = (struct circle_table){
		.row = arena_array(arena, struct level_circles,
				   (size_t)depths + 4 + PARTS),
		.worst = ID_NONE,
		.skipped = deepest - depths,
	};
	for (uint32_t k = 1; k <= depths; k++)
		add_row(ret, LEVEL_DIR, k);
	if (also && also->kind == LEVEL_DIR && also->depth > depths)
		add_row(ret, LEVEL_DIR, also->depth);
	if (s->nmodules > 1 || (also && also->kind == LEVEL_MODULE))
		add_row(ret, LEVEL_MODULE, 0);
	for (size_t i = 0; i < ARRAY_SIZE(named); i++)
		if (g->part[level_part((struct level){ named[i], 0 })])
			add_row(ret, named[i], 0);
	add_row(ret, LEVEL_PACKAGE, 0);
	add_row(ret, LEVEL_TEST, 0);
	for (uint32_t i = 0; i < ret->count; i++) {
		struct level_circles *row = &ret->row[i];

		row->name = level_name(row->level, arena);
		look_at(s, g, row);
		if (row->level.kind == LEVEL_DIR && row->largest && row->level.depth <= depths &&
		    (ret->worst == ID_NONE || circles_worse(row, &ret->row[ret->worst])))
			ret->worst = i;
	}
}

static uint32_t edge_configs(const struct graph *g, uint32_t edge, bool tests)
{
	return g->out_configs[edge] | (tests ? g->out_test[edge] : 0);
}

static uint32_t circle_edge(const struct graph *g, const struct knot *k, uint32_t i)
{
	uint32_t edge = graph_find_edge(g, (pkg_id){ k->circle[i] },
					(pkg_id){ k->circle[(i + 1) % k->ncircle] });

	if (edge == ID_NONE)
		BUG("a circle without its edge");
	return edge;
}

uint32_t knot_circle_configs(const struct graph *g, const struct knot *k, bool tests)
{
	uint32_t configs = k->configs;

	for (uint32_t i = 0; i < k->ncircle; i++)
		configs &= edge_configs(g, circle_edge(g, k, i), tests);
	if (!configs)
		BUG("a circle that no configuration holds");
	return configs;
}

struct hop *knot_hops(const struct graph *g, const struct knot *k, bool tests, struct arena *arena)
{
	struct hop *hop = arena_array(arena, struct hop, k->ncircle);
	uint32_t configs = knot_circle_configs(g, k, tests);

	for (uint32_t i = 0; i < k->ncircle; i++) {
		uint32_t edge = circle_edge(g, k, i);

		hop[i].from = k->circle[i];
		hop[i].to = k->circle[(i + 1) % k->ncircle];
		for (uint32_t n = g->site_first[edge]; n < g->site_first[edge + 1]; n++) {
			const struct site *site = &g->site[n];

			if (!(site->configs & configs) || (site->test && !tests))
				continue;
			if (!hop[i].lines++)
				hop[i].at = site->at;
		}
	}
	return hop;
}

const char *knot_names(const struct graph *g, const struct knot *k, uint32_t most,
		       const char *quote, struct arena *arena)
{
	/* "and 1 more" is as long as the name that it hides. */
	uint32_t shown = k->nnodes <= most + 1 ? k->nnodes : most;
	const char *text = "";

	for (uint32_t i = 0; i < shown; i++) {
		const char *before = !i ? "" : i + 1 == k->nnodes ? " and " : ", ";

		text = arena_printf(arena, "%s%s%s%s%s", text, before, quote,
				    sym_text(g->syms, g->id[k->node[i]]), quote);
	}
	if (shown == k->nnodes)
		return text;
	return arena_printf(arena, "%s and %u more", text, k->nnodes - shown);
}

bool knot_reported(const struct graph *g, const struct knot *k)
{
	for (uint32_t i = 0; i < k->nnodes; i++)
		if (g->flags[k->node[i]] & NODE_REPORTED)
			return true;
	return false;
}
