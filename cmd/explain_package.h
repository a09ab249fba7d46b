/* SPDX-License-Identifier: MIT */
/*
 * explain_package.h - what `meshctl explain PACKAGE` found out, for its formats:
 * where the package stands and why, and who is on the other end of its imports.
 */
#ifndef MESHCTL_EXPLAIN_PACKAGE_H
#define MESHCTL_EXPLAIN_PACKAGE_H

#include "cmd/explain_tree.h"

struct neighbour {
	uint32_t node, edge;            /* the other end */
	uint32_t lines;                 /* import lines; of tests where only those import */
	bool test;                      /* only tests */
	struct verdict verdict;
};

struct neighbours {
	struct neighbour *item;         /* what is worst first, then by place, then by name */
	uint32_t count;
};

/* One path outside of the tree that it imports. */
struct outsider {
	const struct leaving_path *path;
	struct span at;                 /* the first line */
	uint32_t lines;
	struct verdict verdict;
};

struct explained {
	struct explain_tree *t;
	uint32_t node;
	const struct candidate *candidate;
	uint32_t ncandidates;
	struct neighbours imports, importers;
	struct outsider *outsider;      /* by module, then by path */
	uint32_t noutsiders;
	const struct finding **finding; /* about it: those that count first */
	uint32_t nfindings;
};

int explain_package_text(const struct explained *x, const struct output *o, struct err *err);
int explain_package_json(const struct explained *x, const struct output *o, struct err *err);

#endif
