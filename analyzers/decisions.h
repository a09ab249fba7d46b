/* SPDX-License-Identifier: MIT */
/*
 * decisions.h - the decision records of a tree as the policy wants them read, and what
 * rests on them.
 */
#ifndef MESHCTL_DECISIONS_H
#define MESHCTL_DECISIONS_H

#include "analyzers/analyzer.h"
#include "graph/source/adr/adr.h"

/* The records of a tree.  In the arena. */
void decisions_read(const struct source *s, const struct policy *p, struct arena *arena,
		    struct adrs *ret);

/* Those of one run. */
struct decisions {
	struct arena *arena;            /* lives as long as the run */
	struct adrs all;
	bool read;
};

/* The records of the tree that is judged, read once where the analysis has room for them. */
const struct adrs *decisions_of(const struct analysis *a);
/* Proposed and accepted records are what a policy may rest on. */
bool decision_holds(const struct adr *r);
/* The record that the policy means by a number, or NULL. */
const struct adr *decision_numbered(const struct adrs *a, uint32_t number);
/* "ADR 14 \"repositories are ports\"", also where there is no such record. */
const char *decision_title(const struct adrs *a, uint32_t number, struct arena *arena);

/*
 * Fills finding.decision where the policy's rule, or what holds the finding back, names a
 * record.  After settling; in the arena.
 */
void decisions_assign(const struct analysis *a, struct arena *arena);

#endif
