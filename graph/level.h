/* SPDX-License-Identifier: MIT */
/*
 * level.h - the levels at which a repository can be looked at, as rows: the
 * packages themselves, packages united with their tests, folders cut at depth K
 * below their module, modules.
 */
#ifndef MESHCTL_LEVEL_H
#define MESHCTL_LEVEL_H

#include "graph/graph.h"

enum level_kind { LEVEL_PACKAGE, LEVEL_TEST, LEVEL_DIR, LEVEL_MODULE };

struct level {
	enum level_kind kind;
	uint32_t depth;                 /* LEVEL_DIR: K >= 1 */
};

/* "package", "test", "dir:2", "module".  ERR_USAGE names the levels there are. */
int level_parse(const char *text, struct level *ret, struct err *err);
const char *level_name(struct level level, struct arena *arena);
/* The name of the group that a folder's package is in, and its label; not for LEVEL_PACKAGE. */
sym_id level_group(const struct source *s, struct level level, dir_id dir, sym_id *ret_label);
/* The deepest K at which dir:K still unites packages; 0 when none does. */
uint32_t level_max_depth(const struct source *s, const struct graph *g);
/*
 * The package graph g at a level; g itself for LEVEL_PACKAGE.  At LEVEL_TEST a
 * package and its external tests are one node, and test imports count (callers
 * pass tests = true in the edge filter).  dir:K is the first K segments of a
 * package's folder below its module's folder, the module's folder before them;
 * shorter folders stand alone.
 */
const struct graph *level_graph(const struct source *s, const struct graph *g, struct level level,
				struct arena *arena);

/* A strongly connected component of two nodes or more, alive in one configuration as a whole. */
struct knot {
	uint32_t configs;               /* bit set: where all of it holds */
	uint32_t nnodes;
	const uint32_t *node;           /* ascending */
	uint32_t sites;                 /* import lines inside it */
	uint32_t ncircle;
	const uint32_t *circle;         /* a shortest circle through its busiest node */
};

struct knots {
	uint32_t count, tied;           /* tied: nodes in any of them */
	const struct knot *knot;        /* largest first, then by first member */
};

/* All knots of a graph, configuration by configuration; equal ones are reported once. */
struct knots graph_knots(const struct graph *g, bool tests, struct arena *arena);

#endif
