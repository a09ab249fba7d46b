/* SPDX-License-Identifier: MIT */
/*
 * proof.h - the proof of work: what was read, what was judged, what was left
 * out and why.  The numbers are the same in every format.
 */
#ifndef MESHCTL_PROOF_H
#define MESHCTL_PROOF_H

#include "cmd/report/report.h"

struct proof {
	uint32_t parsed;                /* Go files whose header was understood */
	uint32_t degraded, skipped;     /* with errors in it; not readable at all */
	uint32_t packages;              /* folders with a package; external tests are not counted */
	uint32_t mapped;                /* packages that the policy knows: 0 without one */
	uint32_t edges;                 /* package -> package */
	uint32_t imports;               /* import lines of files that some configuration builds */
	uint32_t inside;                /* of them: those that lead to a package of the tree */
	uint64_t lines;
	uint32_t bodies, bodies_broken; /* files that were read to their ends; with errors there */
	uint64_t selectors, resolved;   /* in them: of other packages; that an import explains */
	uint32_t rules_ran, rules_idle, rules_not_chosen, rules_off;
	/* not in rules_idle: they need a policy, and there is none */
	uint32_t rules_unruled;
	uint32_t rules_baseless;        /* the same of a baseline */
	uint32_t rules_undecided;       /* the same of decision records */
	bool decided;                   /* decision records were looked for: */
	uint32_t records, records_bad;  /* judged; not readable */
};

/* Why a rule has no verdict, or NULL: "was not asked for", "had nothing to judge". */
const char *proof_silence(const struct report *r, enum rule_id rule);
void proof_count(const struct report *r, struct proof *ret);
/* Folders with a package of these flags (all of NODE_...), as `list` prints them. */
uint32_t proof_packages(const struct source *s, const struct graph *g, uint32_t flags);
/* "2,318 files read, 0 broken, 63 generated; 2,904 imports, 3 platforms; 9 rules ran". */
const char *proof_words(const struct report *r, struct arena *arena);
/* "0 errors, 1 warning; exit 0"; "4 new errors, 0 new warnings, 42 in the baseline; exit 1". */
const char *proof_result(const struct report *r, struct arena *arena);

#endif
