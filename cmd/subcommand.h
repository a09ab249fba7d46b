/* SPDX-License-Identifier: MIT */
/*
 * subcommand.h - what stands behind a command's name, as in `meshctl setup hook`: a row
 * and a function each, as the commands themselves.  cmd/<command>_<name>.c defines
 * `<command>_<name>`; cmd/<command>s.def lists it.
 */
#ifndef MESHCTL_SUBCOMMAND_H
#define MESHCTL_SUBCOMMAND_H

#include "cmd/command.h"

struct subcommand {
	const char *name, *summary;
	const char *operands;           /* behind its name; for messages */
	int min_operands, max_operands; /* behind its name */
	opt_set options;                /* of those that the command takes */
	bool folder;                    /* -o names a folder, which it fills itself */
	const char *const *formats;     /* NULL-terminated; NULL: text alone */
	/* run->operand[0] is the first behind the name.  As command.run. */
	int (*run)(struct run *run, struct err *err);
};

/* Finds the row that run->operand[0] names, checks options, formats and operands, runs it. */
int subcommand_run(const struct command *c, struct run *run, struct err *err);
/* Does the sub-command of that name, if there is one, fill the folder that -o names? */
bool subcommand_fills_folder(const struct command *c, const char *name);

#endif
