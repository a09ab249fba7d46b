/* SPDX-License-Identifier: MIT */
/* libraries.h - which versions of foreign libraries run: those that base uses. */
#ifndef MESHCTL_LIBRARIES_H
#define MESHCTL_LIBRARIES_H

#include "base/arena.h"

struct library {
	const char *name;
	const char *running;            /* version, in the arena */
	const char *built;              /* that the program was compiled for; NULL = not known */
};

#define BASE_LIBRARIES 3u

void base_libraries(struct arena *arena, struct library ret[BASE_LIBRARIES]);

#endif
