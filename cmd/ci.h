/* SPDX-License-Identifier: MIT */
/*
 * ci.h - what a report does where nobody watches: the rows of ci.def.  Nothing
 * changes unless a variable says where it runs, and then only where no format
 * and no file was asked for, so that --format text alone switches it off.
 */
#ifndef MESHCTL_CI_H
#define MESHCTL_CI_H

#include "cmd/command.h"
#include "cmd/report/report.h"

enum ci_id {
#define CI(id, name, variable, format, summary, advice, base, remote) id,
#include "cmd/ci.def"
#undef CI
	CI_COUNT
};

struct ci {
	const char *name, *variable;
	const char *format;             /* of a reporter; printed behind the text */
	const char *summary;            /* variable that names the file of the job's summary */
	const char *base, *remote;      /* variable with the target of a pull request; before it */
	const char *advice;             /* FMT:PATH that it can show */
};

extern const struct ci ci_rows[CI_COUNT];

/* Where this runs; NULL = nowhere special. */
const struct ci *ci_here(void);
/* What a pull request is compared with, "origin/main"; NULL where this is none. */
const char *ci_base(struct arena *arena);
/*
 * Around the report on standard output.  ci_begin() keeps workflow commands in
 * names of the repository from being obeyed; ci_end() lets them hold again, adds
 * what the row says, and appends the summary, also where its format was asked for.
 * ERR_SYSTEM when the summary cannot be written; it is then as it was.
 */
void ci_begin(const struct run *run, const struct report *r);
int ci_end(const struct run *run, const struct report *r, struct err *err);

#endif
