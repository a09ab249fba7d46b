/* SPDX-License-Identifier: MIT */
/* schema.c - the rows of policy_schema.def and params.def. */
#include "analyzers/policy/schema.h"

#include <string.h>

/* The struct that each section is read into. */
#define STRUCT_ROOT struct policy
#define STRUCT_GO struct policy_go
#define STRUCT_LAYER struct policy_layer
#define STRUCT_PATHS struct policy_list
#define STRUCT_TAGS struct policy_list
#define STRUCT_CONTEXT struct policy_context
#define STRUCT_EXCEPTION struct policy_exception
#define STRUCT_RULE struct policy_rule
#define STRUCT_DEBT struct policy_debt
#define STRUCT_COST struct policy_cost
#define STRUCT_WEIGHTS struct policy_weights
#define STRUCT_DEADLINE struct policy_deadline
#define STRUCT_ADR struct policy_adr
#define STRUCT_SERVICE struct policy_service

const struct schema_row schema_rows[] = {
#define SETTING(s, k, f, t, w, sub, r, d, h) \
	{ .in = SECTION_##s, .key = k, .type = SCHEMA_##t, .at = offsetof(STRUCT_##s, f), \
	  .words = w, .section = SECTION_##sub, .required = r, .standard = d, .help = h },
#include "analyzers/policy/policy_schema.def"
#undef SETTING
};
const uint32_t nschema_rows = ARRAY_SIZE(schema_rows);

/* A row whose field has another type than the row says does not compile. */
#define FIELD_TEXT struct policy_text
#define FIELD_STARTER struct policy_text
#define FIELD_FILE struct policy_text
#define FIELD_NUMBER struct policy_number
#define FIELD_FLAG struct policy_flag
#define FIELD_LEVEL struct policy_level
#define FIELD_DATE struct policy_date
#define FIELD_CHOICE struct policy_choice
#define FIELD_RULE struct policy_rule_name
#define FIELD_TEXTS struct policy_texts
#define FIELD_PLATFORMS struct policy_texts
#define FIELD_TAGS struct policy_patterns
#define FIELD_PATTERN struct policy_pattern
#define FIELD_PATTERNS struct policy_patterns
#define FIELD_PATHS struct policy_patterns
#define FIELD_USES struct policy_uses
#define FIELD_SECTION struct policy_go: 1, struct policy_debt: 1, struct policy_weights: 1, \
		      struct policy_adr: 1, struct policy_list
#define FIELD_NAMED const struct policy_layer *: 1, const struct policy_context *: 1, \
		    const struct policy_cost *: 1, const struct policy_service *: 1, \
		    const struct policy_rule *
#define FIELD_ITEMS const struct policy_deadline *: 1, const struct policy_exception *
#define SETTING(s, k, f, t, w, sub, r, d, h) \
	_Static_assert(_Generic(((STRUCT_##s *)0)->f, FIELD_##t: 1, default: 0), \
		       "type of " k);
#include "analyzers/policy/policy_schema.def"
#undef SETTING

const struct schema_param schema_params[] = {
#define PARAM(r, k, t, w, d, h) \
	{ .rule = r, .key = k, .type = SCHEMA_##t, .words = w, .standard = d, .help = h },
#include "analyzers/policy/params.def"
#undef PARAM
};
const uint32_t nschema_params = ARRAY_SIZE(schema_params);

const struct schema_param *schema_param_find(const char *rule, const char *key)
{
	for (uint32_t i = 0; i < nschema_params; i++)
		if (!strcmp(schema_params[i].rule, rule) && !strcmp(schema_params[i].key, key))
			return &schema_params[i];
	return NULL;
}

const struct cost_row cost_rows[] = {
#define COST(r, m, p, u, s) { .rule = r, .minutes = m, .per = p, .unit = COST_##u, .source = s },
#include "analyzers/policy/costs.def"
#undef COST
};
const uint32_t ncost_rows = ARRAY_SIZE(cost_rows);

const char *cost_unit_name(enum cost_unit unit)
{
	switch (unit) {
	case COST_ONCE:
		return NULL;
	case COST_POINTS:
		return "point above the limit";
	case COST_IMPORTERS:
		return "importer";
	case COST_SYMBOLS:
		return "symbol used";
	case COST_CUT:
		return "symbol used, each for every edge of the cut";
	}
	BUG("cost unit %d", (int)unit);
}

const struct cost_row *cost_row_find(const char *rule)
{
	for (uint32_t i = 0; i < ncost_rows; i++)
		if (!strcmp(cost_rows[i].rule, rule))
			return &cost_rows[i];
	return NULL;
}

const char *schema_section_name(enum schema_section s)
{
	static const char *const names[SECTION_COUNT] = {
		[SECTION_ROOT] = "the policy",
		[SECTION_GO] = "'go'",
		[SECTION_LAYER] = "a layer",
		[SECTION_PATHS] = "a list of import paths",
		[SECTION_TAGS] = "a list of struct tags",
		[SECTION_CONTEXT] = "a context",
		[SECTION_EXCEPTION] = "an exception",
		[SECTION_RULE] = "a rule",
		[SECTION_DEBT] = "'debt'",
		[SECTION_COST] = "a cost",
		[SECTION_WEIGHTS] = "'weights'",
		[SECTION_DEADLINE] = "a deadline",
		[SECTION_ADR] = "'adr'",
		[SECTION_SERVICE] = "a service",
	};

	return names[s];
}

static const char *words_text(const char *words, struct arena *arena)
{
	const char *text = "";

	for (const char *p = words; *p; p += strspn(p, " ")) {
		size_t len = strcspn(p, " ");

		text = arena_printf(arena, "%s%s%.*s", text, *text ? ", " : "", (int)len, p);
		p += len;
	}
	return text;
}

const char *schema_type_text(const struct schema_row *row, struct arena *arena)
{
	static const char *const texts[] = {
		[SCHEMA_TEXT] = "text",
		[SCHEMA_NUMBER] = "a number",
		[SCHEMA_FLAG] = "true or false",
		[SCHEMA_LEVEL] = "error, warning, info or off",
		[SCHEMA_DATE] = "a day, YYYY-MM-DD",
		[SCHEMA_STARTER] = "the name of a starter",
		[SCHEMA_RULE] = "a rule",
		[SCHEMA_FILE] = "a file below the policy's folder",
		[SCHEMA_TEXTS] = "a list",
		[SCHEMA_PLATFORMS] = "a list of GOOS/GOARCH",
		[SCHEMA_TAGS] = "a list of tag keys",
		[SCHEMA_PATTERN] = "a pattern",
		[SCHEMA_PATTERNS] = "a list of patterns",
		[SCHEMA_PATHS] = "a list of import paths",
		[SCHEMA_USES] = "any, none or a list of names",
		[SCHEMA_SECTION] = "a map",
		[SCHEMA_NAMED] = "a map of names",
		[SCHEMA_ITEMS] = "a list of maps",
	};

	if (row->type == SCHEMA_CHOICE)
		return arena_printf(arena, "one of %s", words_text(row->words, arena));
	return texts[row->type];
}
