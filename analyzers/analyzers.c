/* SPDX-License-Identifier: MIT */
/* analyzers.c - the list of analyses, and running those that were chosen. */
#include "analyzers/analyzer.h"

#define ANALYZER(name) extern const struct analyzer analyzer_##name;
#include "analyzers/analyzers.def"
#undef ANALYZER

const struct analyzer *const analyzers[] = {
#define ANALYZER(name) &analyzer_##name,
#include "analyzers/analyzers.def"
#undef ANALYZER
};
const uint32_t nanalyzers = ARRAY_SIZE(analyzers);

const struct rule_set rules_always = {
	.has = { [RULE_UNREADABLE] = true, [RULE_BROKEN_GOMOD] = true },
};

const struct analyzer *analyzer_of(enum rule_id rule)
{
	for (uint32_t i = 0; i < nanalyzers; i++)
		for (uint32_t r = 0; r < analyzers[i]->nrules; r++)
			if (analyzers[i]->rules[r] == rule)
				return analyzers[i];
	BUG("no analysis speaks for %s", rule_rows[rule].id);
}

static bool is_chosen(const struct analyzer *a, const struct rule_set *chosen)
{
	for (uint32_t i = 0; i < a->nrules; i++)
		if (chosen->has[a->rules[i]])
			return true;
	return false;
}

uint32_t analyzers_needs(const struct rule_set *chosen)
{
	uint32_t needs = 0;

	for (uint32_t i = 0; i < nanalyzers; i++)
		if (is_chosen(analyzers[i], chosen))
			needs |= analyzers[i]->needs;
	return needs;
}

static int run_one(const struct analyzer *analyzer, const struct rule_set *chosen,
		   const struct analysis *a, struct rules_ran *ran, struct err *err)
{
	uint64_t judged = 0;

	/* Where nobody read manifests there are none. */
	if ((!(analyzer->needs & FACT_MANIFESTS) || a->manifests) && analyzer->run(a, &judged, err))
		return -1;
	for (uint32_t i = 0; i < analyzer->nrules; i++) {
		enum rule_id rule = analyzer->rules[i];

		if (!chosen->has[rule])
			continue;
		ran->ran[rule] = true;
		ran->judged[rule] = judged;
	}
	return 0;
}

int analyzers_run(const struct rule_set *chosen, const struct analysis *given,
		  struct rules_ran *ran, struct err *err)
{
	struct arena scratch = ARENA_INIT;
	struct analysis a = *given;
	int rc = 0;

	a.scratch = &scratch;
	*ran = (struct rules_ran){ .judged = { 0 } };
	/* An analysis knows several rules and need not ask which of them are wanted. */
	for (unsigned r = 0; r < RULE_COUNT; r++)
		a.findings->skip[r] = !chosen->has[r];
	for (uint32_t i = 0; i < nanalyzers && !rc; i++) {
		if (is_chosen(analyzers[i], chosen))
			rc = run_one(analyzers[i], chosen, &a, ran, err);
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	return rc;
}
