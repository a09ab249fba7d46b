/* SPDX-License-Identifier: MIT */
/*
 * starter.h - the policies that `extends` names: rows of starters.def, texts of
 * templates/policy/<name>.yaml, which the Makefile turns into C.
 */
#ifndef MESHCTL_STARTER_H
#define MESHCTL_STARTER_H

#include "base/base.h"

enum starter_id {
#define STARTER(ident, name, layout, summary) ident,
#include "analyzers/policy/starters.def"
#undef STARTER
	STARTER_COUNT
};

struct starter {
	const char *name, *summary;
	const char *layout;             /* how a tree that fits is laid out: "by technical layer" */
	const char *file;               /* "starter ddd": as positions name it */
};

extern const struct starter starter_rows[STARTER_COUNT];

/* False when there is none of this name. */
bool starter_find(const char *name, enum starter_id *ret);
/* Its YAML with comments, NUL-terminated; returns the length. */
size_t starter_text(enum starter_id id, const char **ret);

#endif
