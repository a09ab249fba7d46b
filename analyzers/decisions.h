/* SPDX-License-Identifier: MIT */
/*
 * decisions.h - the decision records of a tree as the policy wants them read, and what
 * rests on them.
 */
#ifndef MESHCTL_DECISIONS_H
#define MESHCTL_DECISIONS_H

#include "analyzers/analyzer.h"
#include "graph/source/adr/adr.h"

/* The records of the tree that is judged.  In the arena. */
int decisions_read(const struct source *s, const struct policy *p, struct arena *arena,
		   struct adrs *ret, struct err *err);
/* Proposed and accepted records are what a policy may rest on. */
bool decision_holds(const struct adr *r);
/* The record that the policy means by a number, or NULL. */
const struct adr *decision_numbered(const struct adrs *a, uint32_t number);
/* "ADR 14 \"repositories are ports\"", also where there is no such record. */
const char *decision_title(const struct adrs *a, uint32_t number, struct arena *arena);

/* Fills finding.decision where the policy's rule names a record, as settling left it. */
int decisions_assign(const struct analysis *a, struct arena *arena, struct err *err);

#endif
