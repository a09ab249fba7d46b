/* SPDX-License-Identifier: MIT */
/*
 * setting.h - what the policy says of a rule, else the rule's own row: limits
 * (rows of params.def) and levels.
 */
#ifndef MESHCTL_SETTING_H
#define MESHCTL_SETTING_H

#include "analyzers/analyzer.h"

/* The number of a parameter; it must have a row. */
uint32_t setting_number(const struct analysis *a, enum rule_id rule, const char *key);
/* The level of a rule's findings: the policy's, else its own. */
enum severity setting_level(const struct analysis *a, enum rule_id rule);
/* The same, but no worse than `most`; such findings are graded. */
enum severity setting_at_most(const struct analysis *a, enum rule_id rule, enum severity most);

#endif
