/* SPDX-License-Identifier: MIT */
/*
 * limits.h - every ceiling on what a user's input may cost, as rows of
 * limits.def.  A limit that changes results counts things, never seconds.
 */
#ifndef MESHCTL_LIMITS_H
#define MESHCTL_LIMITS_H

#include "base/base.h"

enum limit {
#define LIMIT(id, name, value, unit, text) id,
#include "base/limits.def"
#undef LIMIT
	LIMIT_COUNT
};

struct limit_row {
	const char *name;
	uint64_t value;
	const char *unit, *text;
};

extern const struct limit_row limit_rows[LIMIT_COUNT];

static inline uint64_t limit_of(enum limit id)
{
	return limit_rows[id].value;
}

#endif
