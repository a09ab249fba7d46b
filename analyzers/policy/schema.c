/* SPDX-License-Identifier: MIT */
/* schema.c - the rows of policy_schema.def and params.def. */
#include "analyzers/policy/schema.h"

/* The struct that each section is read into. */
#define STRUCT_ROOT struct policy
#define STRUCT_GO struct policy_go
#define STRUCT_LAYER struct policy_layer
#define STRUCT_PATHS struct policy_list
#define STRUCT_TAGS struct policy_list
#define STRUCT_CONTEXT struct policy_context
#define STRUCT_EXCEPTION struct policy_exception
#define STRUCT_RULE struct policy_rule

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
#define FIELD_SECTION struct policy_go: 1, struct policy_list
#define FIELD_NAMED const struct policy_layer *: 1, const struct policy_context *: 1, \
		    const struct policy_rule *
#define FIELD_ITEMS const struct policy_exception *
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
	};

	return names[s];
}
