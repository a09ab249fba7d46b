/* SPDX-License-Identifier: MIT */
/*
 * leaving.h - imports that leave the tree, by package: which path, from where.
 * Those of test files and of external tests are left out.
 */
#ifndef MESHCTL_LEAVING_H
#define MESHCTL_LEAVING_H

#include "analyzers/analyzer.h"

struct leaving_path {
	sym_id path;
	sym_id module;                  /* that a go.mod requires for it; else the path itself */
	bool std;                       /* of the standard library, "C" too */
	uint32_t first, count;          /* into leaving.by_path */
};

struct leaving_line {                   /* one import line */
	uint32_t path;                  /* into leaving.path */
	uint32_t package;               /* node */
	struct span at;
};

struct leaving {
	const struct leaving_path *path;        /* by module, then by path */
	uint32_t npaths;
	const struct leaving_line *line;        /* by package, then by place */
	uint32_t nlines;
	const uint32_t *first;          /* [npkgs + 1] lines of a package */
	const uint32_t *by_path;        /* [nlines] lines sorted by path, then as they are */
};

/* All of it lives in the arena. */
void leaving_find(const struct source *s, const struct graph *g, struct arena *arena,
		  struct leaving *ret);

#endif
