/* SPDX-License-Identifier: MIT */
/*
 * settle.h - which findings count: those that no exception of the policy, no
 * //meshctl:ignore comment and no line of the baseline holds.
 *
 * What is held leaves findings.item for findings.held, with its reason.  What
 * holds nothing, or no more, is told by rules of its own.
 */
#ifndef MESHCTL_SETTLE_H
#define MESHCTL_SETTLE_H

#include "analyzers/analyzer.h"
#include "analyzers/policy/baseline.h"

struct settlement {
	const struct analysis *given;   /* policy, mapping, source, graph */
	const struct rules_ran *ran;    /* a rule that did not run leaves its entries alone */
	struct baseline *baseline;      /* NULL = none */
	int64_t now;                    /* seconds, UTC: what expiry dates are compared with */
	bool whole;                     /* PATTERN left nothing out: unmatched entries are fixed */
};

struct settled {
	uint32_t excepted, ignored, baselined;  /* findings held by each */
	uint32_t fixed, expired;                /* lines of the baseline */
};

/* Before findings_finish(). */
int findings_settle(struct findings *f, const struct settlement *s, struct settled *ret,
		    struct err *err);

#endif
