/* SPDX-License-Identifier: MIT */
/* recordedits.c - accepted decision records whose text is no longer what was accepted. */
#include "analyzers/decisions.h"
#include "graph/source/adr/adr_history.h"

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err UNUSED)
{
	const struct rule *rule = &rule_rows[RULE_ADR_EDITED];
	const struct adr_accepted *was;
	const struct adrs *all = decisions_of(a);

	was = adrs_accepted(a->source, all, a->scratch);
	for (uint32_t i = 0; i < all->count; i++) {
		const struct adr *r = &all->item[i];

		*ret_judged += was[i].known;
		/* What is proposed again may be edited again. */
		if (!was[i].known || was[i].substance == r->substance ||
		    r->state == ADR_PROPOSED || r->state == ADR_NO_STATUS)
			continue;
		finding_add(a->findings, &(struct finding){
			.rule = rule, .severity = rule_level(rule), .from = r->path, .to = "",
			.at = { sym_from(a->source->syms, r->path), r->title.line, r->title.col,
				r->title.end_col },
			.symbol = "",
			.message = arena_printf(a->scratch, "%s was accepted in commit %.12s and "
						"edited since", adr_label(r, a->scratch),
						was[i].commit),
		});
	}
	return 0;
}

static const enum rule_id rules[] = { RULE_ADR_EDITED };

const struct analyzer analyzer_recordedits = {
	.name = "recordedits",
	.summary = "decision records that were edited after they were accepted",
	.needs = FACT_IMPORTS | FACT_DECISIONS,
	.rules = rules,
	.nrules = ARRAY_SIZE(rules),
	.run = run,
};
