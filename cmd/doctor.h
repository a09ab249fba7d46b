/* SPDX-License-Identifier: MIT */
/*
 * doctor.h - the checks of `meshctl setup doctor`: the rows of doctor.def, each a
 * function that looks at one thing and says how it is, and what to do.
 */
#ifndef MESHCTL_DOCTOR_H
#define MESHCTL_DOCTOR_H

#include "cmd/command.h"

enum doctor_level { DOCTOR_OK, DOCTOR_WARN, DOCTOR_FAIL, DOCTOR_LEVELS };

struct doctor_line {
	const char *check;              /* name of the row */
	enum doctor_level level;
	const char *text, *todo;        /* escaped; todo NULL = nothing to do */
};

struct doctor {
	const struct run *run;
	struct arena *arena;            /* of the texts */
	bool git;                       /* it is installed */
	const char *top;                /* of the working tree; NULL = none */
	const char *check;              /* that runs */
	struct doctor_line *line;
	uint32_t nlines, cap;
};

/* Adds what the check that runs found; a check may say several things. */
void doctor_say(struct doctor *d, enum doctor_level level, const char *text, const char *todo);

#define CHECK(name) void doctor_##name(struct doctor *d);
#include "cmd/doctor.def"
#undef CHECK

#endif
