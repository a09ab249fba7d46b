/* SPDX-License-Identifier: MIT */
/* unmapped.c - packages that the policy puts into no layer: no rule of layers judges them. */
#include "analyzers/edges.h"
#include "analyzers/setting.h"

/* `rules` beats `unmapped`. */
static enum severity level_of(const struct policy *p)
{
	const struct policy_rule *said = policy_rule_find(p, &rule_rows[RULE_UNMAPPED]);

	return said && said->level.at.file ? said->level.value : p->unmapped.value;
}

static void report(const struct analysis *a, uint32_t p)
{
	finding_add(a->findings, &(struct finding){
		.rule = &rule_rows[RULE_UNMAPPED], .graded = true,
		.severity = level_of(a->policy),
		.at = package_span(a, a->graph->dir[p]), .from = edge_name(a->graph, p), .to = "",
		.symbol = "",
		.message = arena_printf(a->scratch, "'%s' is in no layer, and not shared",
					edge_name(a->graph, p)),
	});
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err UNUSED)
{
	if (!a->mapping || !a->policy->nlayers || level_of(a->policy) == SEV_OFF)
		return 0;
	for (uint32_t p = 0; p < a->graph->npkgs; p++) {
		const struct placement *at = &a->mapping->of[p];

		if (!(a->graph->flags[p] & NODE_REPORTED) || a->graph->flags[p] & NODE_XTEST ||
		    a->graph->dir[p].v == ID_NONE || at->outside)
			continue;
		++*ret_judged;
		if (placement_unmapped(at))
			report(a, p);
	}
	return 0;
}

static const enum rule_id rules[] = { RULE_UNMAPPED };

const struct analyzer analyzer_unmapped = {
	.name = "unmapped", .summary = "packages that the policy puts into no layer",
	.needs = FACT_IMPORTS | FACT_POLICY, .rules = rules, .nrules = ARRAY_SIZE(rules),
	.run = run,
};
