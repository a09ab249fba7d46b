/* SPDX-License-Identifier: MIT */
/* setting.c - numbers of rules, from the policy or from their rows. */
#include "analyzers/setting.h"
#include "analyzers/policy/schema.h"

#include <stdlib.h>
#include <string.h>

uint32_t setting_number(const struct analysis *a, enum rule_id rule, const char *key)
{
	const struct rule *row = &rule_rows[rule];
	const struct policy_param *given = a->policy ? policy_param_find(a->policy, row, key) :
						       NULL;

	if (given && given->number.at.file)
		return given->number.value;
	const struct schema_param *p = schema_param_find(row->name, key);

	if (p)
		return (uint32_t)strtoul(p->standard, NULL, 10);
	BUG("rule '%s' has no parameter '%s'", row->name, key);
}

enum severity setting_level(const struct analysis *a, enum rule_id rule)
{
	const struct rule *row = &rule_rows[rule];
	enum severity level = a->policy ? policy_rule_level(a->policy, row) : row->severity;

	/* It runs because somebody asked for it by name. */
	return level == SEV_OFF ? rule_level(row) : level;
}

enum severity setting_at_most(const struct analysis *a, enum rule_id rule, enum severity most)
{
	enum severity level = setting_level(a, rule);

	return level < most ? level : most;
}
