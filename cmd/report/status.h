/* SPDX-License-Identifier: MIT */
/*
 * status.h - the exit status, as rows: EXIT STATUS in the man pages is this.
 * It stands below cmd/ because reporters print it and must not include the
 * command table.
 */
#ifndef MESHCTL_STATUS_H
#define MESHCTL_STATUS_H

#define EXIT_STATUSES(X) \
	X(EXIT_CLEAN,      0, "nothing at or above --fail-on was found") \
	X(EXIT_FINDINGS,   1, "something at or above --fail-on was found") \
	X(EXIT_USAGE,      2, "the command line or the policy is wrong") \
	X(EXIT_INCOMPLETE, 3, "the analysis is incomplete: no Go file, an unreadable folder, " \
			      "too many degraded files, a limit reached, or output that could " \
			      "not be written")

enum exit_status {
#define X(name, value, text) name = value,
	EXIT_STATUSES(X)
#undef X
};

/* 2 beats 3 beats 1 beats 0. */
enum exit_status exit_worse(enum exit_status a, enum exit_status b);

#endif
