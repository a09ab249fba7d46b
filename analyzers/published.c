/* SPDX-License-Identifier: MIT */
/*
 * published.c - where a context exposes interfaces only: concrete types of what
 * it publishes that other contexts use.
 */
#include "analyzers/edges.h"
#include "analyzers/setting.h"
#include "graph/symbols.h"

/* Every configuration; tests as the policy says. */
static struct site_filter filter_of(const struct analysis *a)
{
	return (struct site_filter){
		.configs = UINT32_MAX, .tests = a->policy->go.tests.value != TESTS_IGNORE,
	};
}

static bool is_judged(const struct analysis *a, uint32_t from, uint32_t edge)
{
	const struct mapping *m = a->mapping;
	uint32_t to = a->graph->out_to[edge];
	const struct placement *x = &m->of[from], *y = &m->of[to];
	const struct policy_context *spec = y->context == POLICY_NONE ? NULL :
					    m->context[y->context].spec;

	return spec && spec->expose.value == EXPOSE_INTERFACES && y->published &&
	       x->context != POLICY_NONE && x->context != y->context &&
	       (edge_in_code(a->graph, edge) || filter_of(a).tests) &&
	       edge_reported(a->graph, from, to);
}

static void report(const struct analysis *a, uint32_t from, uint32_t to, const struct symbol *s)
{
	const struct mapping *m = a->mapping;
	uint32_t context = m->of[to].context;
	struct arena *arena = a->scratch;
	const struct rule *rule = &rule_rows[RULE_CONCRETE_TYPE];

	finding_add(a->findings, &(struct finding){
		.rule = rule, .graded = s->test, .at = s->at, .from = edge_name(a->graph, from),
		.severity = s->test ? setting_at_most(a, RULE_CONCRETE_TYPE, SEV_WARNING) :
				      rule_level(rule),
		.to = edge_name(a->graph, to),
		.symbol = arena_printf(arena, "%s%s", s->test ? "test " : "", s->name),
		.message = arena_printf(arena, "%s exposes interfaces only: '%s' uses the %s '%s'",
					context_words(m, context), edge_name(a->graph, from),
					symbol_kind_name[s->kind], symbol_text(s, arena)),
		.why = arena_printf(arena, "%s %s: expose: interfaces",
				    policy_pos_text(m->context[context].spec->expose.at, arena),
				    context_words(m, context)),
	});
}

static void judge_edge(const struct analysis *a, uint32_t from, uint32_t edge)
{
	struct edge_symbols used;

	symbols_edge(a->symbols, a->graph, edge, filter_of(a), a->scratch, &used);
	for (uint32_t i = 0; i < used.count; i++)
		if (used.symbol[i].kind == SYMBOL_STRUCT || used.symbol[i].kind == SYMBOL_TYPE)
			report(a, from, a->graph->out_to[edge], &used.symbol[i]);
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err)
{
	const struct graph *g = a->graph;

	if (!a->mapping)
		return 0;
	for (uint32_t p = 0; p < g->npkgs; p++)
		graph_foreach_out(g, p, e)
			if (is_judged(a, p, e)) {
				symbols_want(a->symbols, g, e, filter_of(a), true);
				++*ret_judged;
			}
	if (!*ret_judged)
		return 0;
	if (symbols_read(a->symbols, err))
		return -1;
	for (uint32_t p = 0; p < g->npkgs; p++)
		graph_foreach_out(g, p, e)
			if (is_judged(a, p, e))
				judge_edge(a, p, e);
	return 0;
}

static const enum rule_id rules[] = { RULE_CONCRETE_TYPE };

const struct analyzer analyzer_published = {
	.name = "published", .summary = "concrete types of contexts that expose interfaces only",
	.needs = FACT_IMPORTS | FACT_POLICY, .rules = rules, .nrules = ARRAY_SIZE(rules),
	.run = run,
};
