/* SPDX-License-Identifier: MIT */
/*
 * settle_rules.c - the rules about what holds findings back, as analyses, so that
 * they are chosen and counted as all others.  They judge when the others have:
 * findings_settle() speaks for them.
 */
#include "analyzers/analyzer.h"

static int run_ignores(const struct analysis *a, uint64_t *ret_judged, struct err *err UNUSED)
{
	*ret_judged = a->source->nfiles;
	return 0;
}

static int run_exceptions(const struct analysis *a, uint64_t *ret_judged, struct err *err UNUSED)
{
	*ret_judged = a->policy->nexceptions;
	return 0;
}

/* The entries are counted where the file is known. */
static int run_baseline(const struct analysis *a UNUSED, uint64_t *ret_judged,
			struct err *err UNUSED)
{
	*ret_judged = 0;
	return 0;
}

static const enum rule_id of_ignores[] = { RULE_UNUSED_IGNORE, RULE_BAD_IGNORE };
static const enum rule_id of_exceptions[] = { RULE_UNUSED_EXCEPTION, RULE_EXPIRED_EXCEPTION };
static const enum rule_id of_baseline[] = { RULE_FIXED_ENTRY, RULE_EXPIRED_ENTRY };

const struct analyzer analyzer_ignores = {
	.name = "ignores", .summary = "comments that hold findings back",
	.needs = FACT_IMPORTS, .rules = of_ignores, .nrules = ARRAY_SIZE(of_ignores),
	.run = run_ignores,
};

const struct analyzer analyzer_exceptions = {
	.name = "exceptions", .summary = "exceptions of the policy that hold nothing",
	.needs = FACT_IMPORTS | FACT_POLICY, .rules = of_exceptions,
	.nrules = ARRAY_SIZE(of_exceptions), .run = run_exceptions,
};

const struct analyzer analyzer_baseline = {
	.name = "baseline", .summary = "entries of the baseline that hold nothing",
	.needs = FACT_IMPORTS | FACT_BASELINE, .rules = of_baseline,
	.nrules = ARRAY_SIZE(of_baseline), .run = run_baseline,
};
