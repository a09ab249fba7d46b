/* SPDX-License-Identifier: MIT */
/*
 * command.h - a subcommand is a row of data plus one function.
 *
 * cmd/cmd_<name>.c defines `command_<name>`; cmd/commands.def lists it.
 * Dispatch, help, man/, completions/ and the tests read these rows.
 */
#ifndef MESHCTL_COMMAND_H
#define MESHCTL_COMMAND_H

#include "cmd/opt.h"
#include "cmd/report/status.h"
#include "base/arena.h"

#include <stdio.h>

enum command_group { GROUP_START, GROUP_LOOK, GROUP_MEASURE, GROUP_RULE, GROUP_SHIP, GROUP_TOOL };

struct output;                          /* cmd/output.h */

struct run {                            /* what a command is given */
	const struct settings *set;     /* -C is already applied: dir is "." */
	char **operand;
	int noperands;
	FILE *out;                      /* the report and nothing else; -o is applied */
	const char *format;             /* of out: one of command.formats; NULL without them */
	bool color;                     /* on out */
	/* Every stream asked for, each with its format; out is the first.  main closes them. */
	struct output *output;
	unsigned noutputs;
	bool told;                      /* set by a command that fails: outputs say so, keep them */
	struct arena *arena;            /* until the command returns */
};

struct command {
	const char *name, *summary;     /* "report ...": one line, no full stop */
	enum command_group group;
	const char *operands;           /* "[PATTERN]" */
	int min_operands, max_operands;
	const char *detail;             /* paragraphs for the man page; blank line between */
	const char *const *more;        /* further ones; ends with NULL; or NULL */
	opt_set options;                /* OPT_BIT(...) | ...; help and version are implied */
	const char *const *formats;     /* NULL-terminated, the first is the default; or NULL */
	/* By the end of -o FILE, without --format; ends with a NULL suffix.  NULL = none. */
	const struct format_suffix { const char *suffix, *format; } *suffixes;
	bool envelope;                  /* its JSON is that of report.h, which tells errors too */
	/* An exit_status, or -1 with *err set; files are then left as they were, see run.told. */
	int (*run)(struct run *run, struct err *err);
	/* Instead of run: the first operand names one of these, see subcommand.h. */
	const struct subcommand *const *task;
	unsigned ntasks;
	const struct example { const char *args, *says; } *examples;   /* run by the tests */
	unsigned nexamples;
	const char *const *see_also;    /* NULL-terminated command names, or NULL */
};

extern const struct command *const commands[];
extern const unsigned ncommands;

const struct command *command_find(const char *name);

#endif
