/* SPDX-License-Identifier: MIT */
/*
 * body_imports.h - the imports of a file as its own text tells them: which one a
 * package's name means, where nothing but the file is known.
 */
#ifndef MESHCTL_BODY_IMPORTS_H
#define MESHCTL_BODY_IMPORTS_H

#include "graph/source/syntax.h"

struct own_import {                     /* borrowed: the file's bytes */
	const char *name, *path;        /* name NULL: the file gives it none */
	size_t name_len, path_len;
};

struct own_imports {
	struct own_import *item;
	uint32_t count, cap;
	uint64_t steps;                 /* left for comparing names with imports */
};

void imports_read(struct own_imports *x, const struct syntax *s, struct arena *arena);
/*
 * What is said counts more than what fits the path (link_name.h), and what fits
 * two imports alike is nothing.  NULL when none is called so, or out of steps.
 */
const struct own_import *imports_find(struct own_imports *x, const char *name, size_t len);

#endif
