/* SPDX-License-Identifier: MIT */
/*
 * report.h - how findings leave the program.  One file per format; a reporter
 * never filters, sorts or decides the exit status.
 */
#ifndef MESHCTL_REPORT_H
#define MESHCTL_REPORT_H

#include "analyzers/analyzer.h"
#include "cmd/report/status.h"

#include <stdio.h>

struct report {
	const char *command;
	const struct source *source;
	const struct graph *graph;
	const struct findings *findings;
	const struct rules_ran *ran;
	const struct rule_set *chosen;
	enum severity fail_on;
	enum exit_status status;
	const char *incomplete;         /* why status is EXIT_INCOMPLETE, or NULL */
	const char *error;              /* the run failed: its message; the rest may be NULL */
	bool color, all;
	/* Blocks that a command prints between the header and the findings (text only), or NULL. */
	int (*blocks)(const struct report *r, FILE *out, void *ctx, struct err *err);
	void *ctx;
};

struct reporter {
	const char *name, *summary;
	int (*write)(const struct report *r, FILE *out, struct err *err);
};

extern const struct reporter *const reporters[];
extern const unsigned nreporters;
const struct reporter *reporter_find(const char *name);

/* Exit status and the reason for EXIT_INCOMPLETE, from what was read and found. */
enum exit_status report_status(const struct report *r, struct arena *arena, const char **ret_why);

#endif
