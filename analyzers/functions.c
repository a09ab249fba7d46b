/* SPDX-License-Identifier: MIT */
/*
 * functions.c - functions and files that are hard to change: complexity, length,
 * parameters, nesting.  Tests and generated files are not judged.
 */
#include "analyzers/analyzer.h"
#include "analyzers/bodyfact.h"
#include "analyzers/setting.h"
#include "base/text.h"

/* One number of a function that has a ceiling. */
struct measure {
	enum rule_id rule;
	uint32_t (*of)(const struct body_func *f);
	const char *format;             /* name, value, limit */
};

static uint32_t cyclomatic(const struct body_func *f)
{
	return f->cyclomatic;
}

static uint32_t cognitive(const struct body_func *f)
{
	return f->cognitive;
}

static uint32_t code(const struct body_func *f)
{
	return f->code;
}

static uint32_t params(const struct body_func *f)
{
	return f->params;
}

static uint32_t nesting(const struct body_func *f)
{
	return f->nesting;
}

static const struct measure measures[] = {
	{ RULE_FUNCTION_COMPLEXITY, cyclomatic,
		"%s has a cyclomatic complexity of %u, more than %u" },
	{ RULE_COGNITIVE_COMPLEXITY, cognitive,
		"%s has a cognitive complexity of %u, more than %u" },
	{ RULE_LONG_FUNCTION, code, "%s has %u lines of code, more than %u" },
	{ RULE_MANY_PARAMETERS, params, "%s has %u parameters, more than %u" },
	{ RULE_DEEP_NESTING, nesting, "%s nests %u deep, more than %u" },
};

static void judge_functions(const struct analysis *a, uint32_t file,
			    const uint32_t limit[ARRAY_SIZE(measures)])
{
	const struct body *b = a->bodies->file[file];

	for (uint32_t i = 0; i < b->nfuncs; i++) {
		const struct body_func *f = &b->func[i];
		const char *name = body_text(b, f->name);

		for (unsigned m = 0; m < ARRAY_SIZE(measures); m++) {
			uint32_t value = measures[m].of(f);
			const struct rule *rule = &rule_rows[measures[m].rule];

			if (value <= limit[m])
				continue;
			finding_add(a->findings, &(struct finding){
				.rule = rule, .severity = rule_level(rule),
				.at = bodyfact_span(a, file, f->line, f->col),
				.from = bodyfact_package(a, file), .to = "", .symbol = name,
				.amount = value - limit[m],
				.message = arena_printf(a->scratch, measures[m].format, name,
							value, limit[m]),
			});
		}
	}
}

static void judge_length(const struct analysis *a, uint32_t file, uint32_t most)
{
	const struct source *s = a->source;
	const struct rule *rule = &rule_rows[RULE_LONG_FILE];
	const char *name = sym_text(s->syms, s->file[file].name);
	uint32_t lines = a->bodies->file[file]->code;

	if (lines <= most)
		return;
	finding_add(a->findings, &(struct finding){
		.rule = rule, .severity = rule_level(rule), .at = bodyfact_span(a, file, 0, 0),
		.from = bodyfact_package(a, file), .to = "", .symbol = name,
		.amount = lines - most,
		.message = arena_printf(a->scratch, "%s has %s lines of code, more than %s", name,
					text_number(a->scratch, lines),
					text_number(a->scratch, most)),
	});
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err UNUSED)
{
	const uint32_t length = setting_number(a, RULE_LONG_FILE, "max");
	uint32_t limit[ARRAY_SIZE(measures)];

	for (unsigned m = 0; m < ARRAY_SIZE(measures); m++)
		limit[m] = setting_number(a, measures[m].rule, "max");
	for (uint32_t f = 0; f < a->source->nfiles; f++) {
		if (!bodyfact_judged(a, f))
			continue;
		judge_functions(a, f, limit);
		judge_length(a, f, length);
		++*ret_judged;
	}
	return 0;
}

static const enum rule_id rules[] = {
	RULE_FUNCTION_COMPLEXITY, RULE_COGNITIVE_COMPLEXITY, RULE_LONG_FUNCTION, RULE_LONG_FILE,
	RULE_MANY_PARAMETERS, RULE_DEEP_NESTING,
};

const struct analyzer analyzer_functions = {
	.name = "functions", .summary = "functions and files that are hard to change",
	.needs = FACT_BODIES, .rules = rules, .nrules = ARRAY_SIZE(rules), .run = run,
};
