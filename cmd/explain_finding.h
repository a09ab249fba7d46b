/* SPDX-License-Identifier: MIT */
/* explain_finding.h - `meshctl explain ID`: one finding of the tree here, in full. */
#ifndef MESHCTL_EXPLAIN_FINDING_H
#define MESHCTL_EXPLAIN_FINDING_H

#include "cmd/command.h"

/* Could it be the short id or the fingerprint of a finding, with `#` before it or without? */
bool is_finding_id(const char *text);
/*
 * Reads the tree, runs every rule at every level, and prints the one finding: a
 * status, or -1.  *ret_none: no finding begins so.
 */
int explain_finding(struct run *run, const char *id, bool *ret_none, struct err *err);

#endif
