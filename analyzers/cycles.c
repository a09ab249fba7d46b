/* SPDX-License-Identifier: MIT */
/*
 * cycles.c - who imports each other in circles: folders, at the depth where it
 * is worst; the policy's contexts, layers; packages; packages once their tests
 * count.
 */
#include "analyzers/circles.h"
#include "analyzers/ports.h"
#include "analyzers/selfimports.h"

/* Every knot that PATTERN asks for. */
static int judge_knots(const struct analysis *a, const struct knots_at *k, struct err *err)
{
	for (uint32_t i = 0; i < k->knots.count; i++)
		if (knot_reported(k->graph, &k->knots.knot[i]) && knot_report(a, k, i, err))
			return -1;
	return 0;
}

static int judge_folders(const struct analysis *a, struct err *err)
{
	struct level worst;
	struct knots_at k;

	if (!circle_worst(a->source, a->graph, &worst))
		return 0;
	knots_at_init(a->source, a->graph, worst, a->scratch, &k);
	k.weigh = a->weigh;
	return judge_knots(a, &k, err);
}

/*
 * The graph where ports are in no layer: an import of them that the layers allow
 * for that reason makes no circle.
 */
static int without_ports(const struct analysis *a, const struct graph **ret, struct err *err)
{
	bool *port = arena_array(a->scratch, bool, a->source->ndirs);
	struct graph *g = arena_new(a->scratch, struct graph);
	sym_id *part = arena_array(a->scratch, sym_id, a->graph->npkgs);

	if (ports_excused(a, port, err))
		return -1;
	*g = *a->graph;
	for (uint32_t p = 0; p < g->npkgs; p++)
		if (g->dir[p].v == ID_NONE || !port[g->dir[p].v])
			part[p] = g->part[PART_LAYER][p];
	g->part[PART_LAYER] = part;
	*ret = g;
	return 0;
}

/* What the policy names, and modules where it asks for them. */
static int judge_groups(const struct analysis *a, struct err *err)
{
	static const enum level_kind kinds[] = { LEVEL_CONTEXT, LEVEL_LAYER, LEVEL_MODULE };

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		struct level level = { kinds[i], 0 };
		const struct graph *g = a->graph;
		enum severity ignored;
		struct knots_at k;

		if (!knot_level(a, level, &ignored))
			continue;
		if (kinds[i] == LEVEL_LAYER && without_ports(a, &g, err))
			return -1;
		knots_at_init(a->source, g, level, a->scratch, &k);
		k.weigh = a->weigh;
		if (judge_knots(a, &k, err))
			return -1;
	}
	return 0;
}

/* Are the members of both the same packages?  Nodes of both graphs are sorted by identity. */
static bool same_members(const struct knots_at *a, uint32_t i, const struct knots_at *b, uint32_t n)
{
	const struct knot *k = &a->knots.knot[i], *l = &b->knots.knot[n];

	if (k->nnodes != l->nnodes)
		return false;
	for (uint32_t m = 0; m < k->nnodes; m++)
		if (a->graph->id[k->node[m]].v != b->graph->id[l->node[m]].v)
			return false;
	return true;
}

static int judge_packages(const struct analysis *a, struct err *err)
{
	struct knots_at code, tests;

	knots_at_init(a->source, a->graph, (struct level){ LEVEL_PACKAGE, 0 }, a->scratch, &code);
	code.weigh = a->weigh;
	if (judge_knots(a, &code, err))
		return -1;
	knots_at_init(a->source, a->graph, (struct level){ LEVEL_TEST, 0 }, a->scratch, &tests);
	tests.weigh = a->weigh;
	for (uint32_t i = 0; i < tests.knots.count; i++) {
		bool known = false;

		/* Without its tests the circle is worse, and was told as such. */
		for (uint32_t n = 0; n < code.knots.count && !known; n++)
			known = same_members(&tests, i, &code, n);
		if (!known && knot_reported(tests.graph, &tests.knots.knot[i]) &&
		    knot_report(a, &tests, i, err))
			return -1;
	}
	return 0;
}

/* Edges between packages of which PATTERN asks for one. */
static uint64_t count_edges(const struct graph *g)
{
	uint64_t n = 0;

	for (uint32_t p = 0; p < g->npkgs; p++)
		graph_foreach_out(g, p, e)
			n += ((g->flags[p] | g->flags[g->out_to[e]]) & NODE_REPORTED) != 0;
	return n;
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err)
{
	*ret_judged = count_edges(a->graph);
	if (judge_folders(a, err) || judge_groups(a, err) || judge_packages(a, err))
		return -1;
	*ret_judged += self_imports(a, false);
	return 0;
}

static const enum rule_id rules[] = { RULE_IMPORT_CYCLE, RULE_PACKAGE_CYCLE, RULE_TEST_CYCLE };

const struct analyzer analyzer_cycles = {
	.name = "cycles",
	.summary = "folders, packages and tests that import each other in circles",
	.needs = FACT_IMPORTS, .rules = rules, .nrules = ARRAY_SIZE(rules), .run = run,
};
