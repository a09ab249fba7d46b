/* SPDX-License-Identifier: MIT */
/* explain_finding.h - `meshctl explain ID`: one finding of the tree here, in full. */
#ifndef MESHCTL_EXPLAIN_FINDING_H
#define MESHCTL_EXPLAIN_FINDING_H

#include "cmd/report/report.h"
#include "cmd/session.h"

/* Could it be the short id or the fingerprint of a finding, with `#` before it or without? */
bool is_finding_id(const char *text);
/*
 * Reads the tree, runs every rule at every level, and prints the one finding: a
 * status, or -1.  *ret_none: no finding begins so.
 */
int explain_finding(struct run *run, const char *id, bool *ret_none, struct err *err);

/*
 * The same for other uses of it: `use` is called once, while the tree is open, and
 * what it returns is what this does.  A short id begins the fingerprint of one finding.
 */
typedef int finding_use(struct run *run, const struct session *s, struct report *r,
			const struct finding *f, void *ctx, struct err *err);
int finding_look_up(struct run *run, const char *id, finding_use *use, void *ctx, bool *ret_none,
		    struct err *err);

#endif
