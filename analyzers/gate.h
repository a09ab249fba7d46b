/* SPDX-License-Identifier: MIT */
/*
 * gate.h - what a change may not make worse, row by row: rules MC410 to MC426,
 * whose limits are rows of params.def.
 *
 * Both sides are judged by the policy of the change.  What is not known is never a
 * pass; without a base the rows that compare are not judged, and say so.
 */
#ifndef MESHCTL_GATE_H
#define MESHCTL_GATE_H

#include "analyzers/analyzer.h"
#include "analyzers/policy/baseline.h"

struct gate_debt_part { const char *name; uint64_t minutes, lines; };
struct gate_debt {                      /* as debt/debt.h reckons it */
	struct gate_debt_part all;
	double days;                    /* its minutes as days of work */
	const struct gate_debt_part *context;   /* where there are some */
	uint32_t ncontexts;
	const char *why;                /* it is not known; NULL = it is */
};

struct gate_tree {                      /* one side, judged */
	const struct analysis *given;
	const struct baseline *baseline;/* NULL = none */
	const char *incomplete;         /* why not everything was looked at; NULL = it was */
	const struct gate_debt *debt;   /* NULL where no row asks for it */
};

struct gate_given {
	/* Its findings: those that are new; gate_judge() adds those of the rows. */
	struct gate_tree head;
	const struct gate_tree *base;   /* NULL: nothing to compare with */
	/*
	 * What was judged says the same of both: the numbers of the base are those of the head,
	 * and of base->given the source alone is the base's own.
	 */
	bool same;
	/*
	 * What the policy and the baseline of the base would have found in the change and
	 * its own do not; NULL where neither was touched.
	 */
	const struct findings *allowed;
	const struct source *allowed_source;    /* whose paths they name */
	const struct policy *was;       /* the base's own, where the change edits it; or NULL */
	enum severity was_fail_on;      /* of it */
	const char *allowed_why;        /* why that cannot be known; NULL = it can */
	bool first;                     /* the policy comes with the change */
	enum severity fail_on;
	bool no_cache;                  /* of the history */
	const char *policy_path;        /* where findings of rows stand, relative to the root */
};

enum gate_verdict {
	GATE_OK,
	GATE_FAIL,
	GATE_WARN,                      /* failed, where the policy says that it is no error */
	GATE_OFF,
	GATE_NO_BASE,
};

struct gate_row {
	const struct rule *rule;
	const char *title;              /* "smallest cut, import lines" */
	const char *base, *now, *limit; /* "19", "37 %", "+0"; "-" = not known, or not asked */
	double base_value, now_value;   /* NAN = not known */
	enum gate_verdict verdict;
	const char *note;               /* why it failed, what else is to be said; NULL = nothing */
};

struct gate {
	struct gate_row *row;           /* those that are on, in the order of gate.c; then off */
	uint32_t count;
	bool failed;
};

/* In the findings' arena.  Before findings_finish(). */
int gate_judge(const struct gate_given *g, struct gate *ret, struct err *err);
/* "new errors 1, limit 0, baseline entries 61, was 60": the rows that failed. */
const char *gate_failures(const struct gate *g, struct arena *arena);

#endif
