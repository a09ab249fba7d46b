/* SPDX-License-Identifier: MIT */
/*
 * history.h - sub-commands of `meshctl history`: a row and a function each, as the
 * commands themselves.  cmd/history_<name>.c defines `history_<name>`; histories.def
 * lists it.
 */
#ifndef MESHCTL_HISTORY_VERBS_H
#define MESHCTL_HISTORY_VERBS_H

#include "cmd/command.h"

struct history_verb {
	const char *name, *summary;
	const char *operands;           /* behind its name; for messages */
	int min_operands, max_operands; /* behind its name */
	opt_set options;                /* of those that history takes */
	const char *const *formats;     /* NULL-terminated, of those of history */
	/* run->operand[0] is the first behind the name.  As command.run. */
	int (*run)(struct run *run, struct err *err);
};

#endif
