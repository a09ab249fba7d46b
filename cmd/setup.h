/* SPDX-License-Identifier: MIT */
/*
 * setup.h - sub-commands of `meshctl setup`: a row and a function each, as the
 * commands themselves.  cmd/setup_<name>.c defines `setup_<name>`; setups.def
 * lists it.
 */
#ifndef MESHCTL_SETUP_H
#define MESHCTL_SETUP_H

#include "cmd/command.h"

struct setup {
	const char *name, *summary;
	const char *operands;           /* behind its name; for messages */
	int min_operands, max_operands; /* behind its name */
	opt_set options;                /* of those that setup takes */
	const char *const *formats;     /* NULL-terminated; NULL: text alone */
	/* run->operand[0] is the first behind the name.  As command.run. */
	int (*run)(struct run *run, struct err *err);
};

#endif
