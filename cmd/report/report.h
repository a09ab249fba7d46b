/* SPDX-License-Identifier: MIT */
/*
 * report.h - how findings leave the program.  One file per format; a reporter
 * never filters, sorts or decides the exit status.
 */
#ifndef MESHCTL_REPORT_H
#define MESHCTL_REPORT_H

#include "analyzers/analyzer.h"
#include "base/json.h"
#include "cmd/report/status.h"

#include <stdio.h>

struct gate;                            /* analyzers/gate.h */
struct decisions;                       /* analyzers/decisions.h */

struct report {
	const char *command;
	const struct source *source;
	const struct graph *graph;
	const struct policy *policy;    /* may be NULL */
	const struct mapping *mapping;  /* NULL without a policy file */
	const struct findings *findings;
	const struct rules_ran *ran;
	const struct rule_set *chosen;
	const struct rule_set *unasked; /* those of chosen that nobody asked for, or NULL */
	struct symbols *symbols;        /* what read bodies, if anything did; or NULL */
	/* Rows that decide instead of fail_on; NULL = none.  And what it was compared with. */
	const struct gate *gate;
	const struct source *base;      /* NULL = nothing */
	const struct decisions *decisions;      /* the records, if anybody read them; or NULL */
	/* What stands beside the Go files is judged: that there are none is nothing. */
	bool beside_go;
	/* What shows all of a rule again, but for --rule and --all; NULL = `meshctl analyze`. */
	const char *again;
	bool again_all;                 /* it has no --rule */
	enum severity fail_on;
	enum exit_status status;
	const char *incomplete;         /* why status is EXIT_INCOMPLETE, or NULL */
	const char *error;              /* the run failed: its message; the rest may be NULL */
	bool color, all;
	bool show_held;                 /* text: what is held back as well */
	enum severity least;            /* text: none below it, unless `all` */
	bool brief;                     /* text: in full only a rule's worst finding, no info */
	/* What a command adds to the text report before and after the findings, or NULL. */
	int (*blocks)(const struct report *r, FILE *out, void *ctx, struct err *err);
	int (*next)(const struct report *r, FILE *out, void *ctx, struct err *err);
	/* Members that it adds to the JSON envelope, or NULL. */
	int (*members)(const struct report *r, struct json_out *out, void *ctx, struct err *err);
	/* The Markdown of a change: a comment instead of a report.  NULL = the report. */
	int (*comment)(const struct report *r, FILE *out, void *ctx, struct err *err);
	void *ctx;
	bool in_blocks[RULE_COUNT];     /* shown by the blocks: text does not repeat them */
};

/* One finding as the JSON envelope has it. */
struct json *report_finding(const struct report *r, const struct finding *f);
/* Its members source and proof. */
struct json *report_source(const struct source *s);
struct json *report_proof(const struct report *r);

/*
 * One format: a row of reporters.def.  `write` prints all of a report that anybody
 * may have filled, not only `analyze`: it looks at findings, source, ran and
 * chosen, which only a report with an error may lack; every other pointer may be
 * NULL.  Commands add to the text with blocks and next, to JSON with members;
 * what other formats should show as well becomes a finding.
 */
struct reporter {
	const char *name, *summary;
	/*
	 * A failed run can be told in this format.  Where not, `write` prints nothing
	 * then, and a file of an earlier run stays.
	 */
	bool tells_failure;
	int (*write)(const struct report *r, FILE *out, struct err *err);
};

extern const struct reporter *const reporters[];
extern const unsigned nreporters;
/* The names for command.formats, NULL at the end: what every command that judges prints. */
extern const char *const reporter_names[];
const struct reporter *reporter_find(const char *name);

/* Exit status of a run that failed. */
enum exit_status report_failure(enum err_code code);
/* Exit status and the reason for EXIT_INCOMPLETE (else NULL), from what was read and found. */
enum exit_status report_status(const struct report *r, struct arena *arena, const char **ret_why);

#endif
