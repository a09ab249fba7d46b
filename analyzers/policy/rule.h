/* SPDX-License-Identifier: MIT */
/*
 * rule.h - the rules, as rows of rules.def.  What a user reads about a rule
 * (explain, man page, SARIF rule list, policy schema) is printed from its row.
 *
 * Ids are MCnnn and never reused: 1xx graph, 2xx policy, 3xx debt, 4xx gate and
 * baseline, 5xx ADR, 6xx mesh, 7xx contracts, 8xx Go pits.
 */
#ifndef MESHCTL_RULE_H
#define MESHCTL_RULE_H

#include "base/base.h"

enum severity { SEV_OFF, SEV_INFO, SEV_WARNING, SEV_ERROR, SEV_COUNT };

extern const char *const severity_name[SEV_COUNT];      /* "off" "info" "warning" "error" */

enum rule_id {
#define RULE(ident, id, name, severity, summary, why, fix) ident,
#include "analyzers/policy/rules.def"
#undef RULE
	RULE_COUNT
};

struct rule {
	const char *id;                 /* "MC101" */
	const char *name;               /* "import-cycle": what people type */
	enum severity severity;         /* without a policy */
	const char *summary;            /* one line, no full stop: the fact */
	const char *why;                /* why it matters and when it does not; sentences */
	const char *fix;                /* what to do; sentences */
};

extern const struct rule rule_rows[RULE_COUNT];

/* The level of its findings where it runs and nobody regraded it: `off` becomes warning. */
enum severity rule_level(const struct rule *rule);
/* By id or name, any case of the id; NULL when there is none. */
const struct rule *rule_find(const char *text);

#endif
