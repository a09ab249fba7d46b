/* SPDX-License-Identifier: MIT */
/*
 * judged.h - how much of what packages import the policy judges, and who imports
 * whom: the matrices of layers and of contexts.
 *
 * Counted are import lines of code, not of tests, from one package of the tree to
 * another of which PATTERN asks for one.  An import is judged when the policy could
 * forbid it: both ends are in a layer or shared; or it leads into a context from a
 * context or from the shared kernel.  Imports inside of one layer and one context
 * are judged and allowed.
 */
#ifndef MESHCTL_JUDGED_H
#define MESHCTL_JUDGED_H

#include "analyzers/analyzer.h"

struct judged_cell {
	uint32_t from, to;              /* rows */
	uint32_t lines, edges;          /* import lines; pairs of packages */
	uint32_t forbidden;             /* of the lines: by rules about layers, or about contexts */
};

struct judged_matrix {
	uint32_t count;                 /* rows: the policy's first, then shared, unmapped */
	const char *const *name;        /* [count] */
	const enum mapped_kind *kind;   /* [count] */
	const uint32_t *packages;       /* [count] external tests are not counted */
	const uint32_t *of;             /* [graph.npkgs] row */
	const struct judged_cell *cell; /* those with imports, by from, then to */
	uint32_t ncells;
	uint64_t forbidden;
};

struct judged {
	uint64_t imports, judged;
	/* Rows are all layers, innermost first; all contexts, by name. */
	struct judged_matrix layers, contexts;
	/* from context to context; those through what is published */
	uint64_t crossings, published;
};

/* All of it; reads the bodies of what may be a port.  In the arena. */
int judged_count(const struct analysis *a, struct arena *arena, struct judged *ret,
		 struct err *err);
/* Only imports and judged. */
void judged_share(const struct mapping *m, struct judged *ret);
/* NULL where nothing is imported. */
const struct judged_cell *judged_find(const struct judged_matrix *m, uint32_t from, uint32_t to);

#endif
