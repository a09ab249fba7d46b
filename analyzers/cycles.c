/* SPDX-License-Identifier: MIT */
/*
 * cycles.c - who imports each other in circles: folders, at the depth where it
 * is worst; packages; packages once their tests count.
 */
#include "analyzers/analyzer.h"
#include "analyzers/circles.h"

#include <string.h>

#define NAMES_IN_MESSAGE 3

struct judge {
	const struct analysis *a;
	const struct graph *g;          /* at the level */
	const char *level;
	bool tests;
	enum rule_id rule;
};

/* The hop that takes the fewest lines to remove: where to begin. */
static const struct hop *thinnest(const struct hop *hop, uint32_t n)
{
	const struct hop *best = hop;

	for (uint32_t i = 1; i < n; i++)
		if (hop[i].lines < best->lines)
			best = &hop[i];
	return best;
}

static const char *name_of(const struct graph *g, uint32_t node)
{
	return sym_text(g->syms, g->id[node]);
}

static const char *message_of(const struct judge *j, const struct knot *k)
{
	struct arena *arena = j->a->scratch;
	const char *names = knot_names(j->g, k, NAMES_IN_MESSAGE, arena);

	if (j->rule == RULE_IMPORT_CYCLE)
		return arena_printf(arena, "%u of %u folders import each other in circles at %s: %s",
				    k->nnodes, j->g->npkgs, j->level, names);
	if (j->rule == RULE_TEST_CYCLE)
		return arena_printf(arena, "%u packages depend on each other in a circle once their "
				    "tests count: %s", k->nnodes, names);
	return arena_printf(arena, "%u packages import each other in a circle: %s", k->nnodes, names);
}

static void report(const struct judge *j, const struct knot *k)
{
	struct arena *arena = j->a->scratch;
	struct hop *hop = knot_hops(j->g, k, j->tests, arena);
	struct related *related = arena_array(arena, struct related, k->ncircle);
	const struct hop *cut = thinnest(hop, k->ncircle);

	for (uint32_t i = 0; i < k->ncircle; i++) {
		related[i] = (struct related){ .at = hop[i].at, .lines = hop[i].lines };
		related[i].note = arena_printf(arena, "%s -> %s", name_of(j->g, hop[i].from),
					       name_of(j->g, hop[i].to));
	}
	finding_add(j->a->findings, &(struct finding){
		.rule = &rule_rows[j->rule], .severity = rule_rows[j->rule].severity,
		.at = hop[0].at,
		/* A knot is known by its first member: others come and go. */
		.from = name_of(j->g, k->node[0]), .to = "", .symbol = j->level,
		.message = message_of(j, k),
		.fix = arena_printf(arena, "The thinnest hop of this circle is %s -> %s, %u import line%s. %s",
				    name_of(j->g, cut->from), name_of(j->g, cut->to), cut->lines,
				    cut->lines == 1 ? "" : "s", rule_rows[j->rule].fix),
		.related = related, .nrelated = k->ncircle,
	});
}

static void judge_folders(const struct analysis *a)
{
	struct circle_table table;

	circle_table_init(a->source, a->graph, a->scratch, &table);
	if (table.worst == ID_NONE)
		return;
	const struct level_circles *row = &table.row[table.worst];
	struct judge j = { .a = a, .level = row->name, .rule = RULE_IMPORT_CYCLE };

	j.g = level_graph(a->source, a->graph, row->level, a->scratch);
	struct knots knots = graph_knots(j.g, false, a->scratch);

	for (uint32_t i = 0; i < knots.count; i++)
		if (knot_reported(j.g, &knots.knot[i]))
			report(&j, &knots.knot[i]);
}

/* Are the members of both the same packages?  Nodes of both graphs are sorted by identity. */
static bool same_members(const struct graph *g, const struct knot *k, const struct graph *h,
			 const struct knot *l)
{
	if (k->nnodes != l->nnodes)
		return false;
	for (uint32_t i = 0; i < k->nnodes; i++)
		if (g->id[k->node[i]].v != h->id[l->node[i]].v)
			return false;
	return true;
}

static void judge_packages(const struct analysis *a)
{
	struct level level = { LEVEL_TEST, 0 };
	struct judge j = { .a = a, .g = a->graph, .level = "package", .rule = RULE_PACKAGE_CYCLE };
	struct judge t = { .a = a, .level = "test", .tests = true, .rule = RULE_TEST_CYCLE };
	struct knots knots = graph_knots(j.g, false, a->scratch), tests;

	for (uint32_t i = 0; i < knots.count; i++)
		if (knot_reported(j.g, &knots.knot[i]))
			report(&j, &knots.knot[i]);
	t.g = level_graph(a->source, a->graph, level, a->scratch);
	tests = graph_knots(t.g, true, a->scratch);
	for (uint32_t i = 0; i < tests.count; i++) {
		bool known = false;

		for (uint32_t n = 0; n < knots.count && !known; n++)
			known = same_members(t.g, &tests.knot[i], j.g, &knots.knot[n]);
		if (!known && knot_reported(t.g, &tests.knot[i]))
			report(&t, &tests.knot[i]);
	}
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err UNUSED)
{
	*ret_judged = a->graph->nedges;
	judge_folders(a);
	judge_packages(a);
	return 0;
}

static const enum rule_id rules[] = { RULE_IMPORT_CYCLE, RULE_PACKAGE_CYCLE, RULE_TEST_CYCLE };

const struct analyzer analyzer_cycles = {
	.name = "cycles", .summary = "folders, packages and tests that import each other in circles",
	.needs = FACT_IMPORTS, .rules = rules, .nrules = ARRAY_SIZE(rules), .run = run,
};
