/* SPDX-License-Identifier: MIT */
/* rule.c - the rows of rules.def, and finding one. */
#include "analyzers/policy/rule.h"

#include <string.h>
#include <strings.h>

const char *const severity_name[SEV_COUNT] = {
	[SEV_OFF] = "off", [SEV_INFO] = "info", [SEV_WARNING] = "warning", [SEV_ERROR] = "error",
};

const struct rule rule_rows[RULE_COUNT] = {
#define RULE(ident, i, n, s, sum, w, f) \
	[ident] = { .id = i, .name = n, .severity = s, .summary = sum, .why = w, .fix = f },
#include "analyzers/policy/rules.def"
#undef RULE
};

enum severity rule_level(const struct rule *rule)
{
	return rule->severity == SEV_OFF ? SEV_WARNING : rule->severity;
}

const struct rule *rule_find(const char *text)
{
	for (unsigned i = 0; i < RULE_COUNT; i++)
		if (!strcmp(rule_rows[i].name, text) || !strcasecmp(rule_rows[i].id, text))
			return &rule_rows[i];
	return NULL;
}
