/* SPDX-License-Identifier: MIT */
/*
 * level.h - the levels at which a repository can be looked at, as rows: the
 * packages themselves, packages united with their tests, folders cut at depth K
 * below their module, modules; and what graph.part names, where somebody did.
 */
#ifndef MESHCTL_LEVEL_H
#define MESHCTL_LEVEL_H

#include "graph/graph.h"

enum level_kind {
	LEVEL_PACKAGE, LEVEL_TEST, LEVEL_DIR, LEVEL_MODULE,
	LEVEL_LAYER, LEVEL_CONTEXT, LEVEL_DOMAIN,
};

struct level {
	enum level_kind kind;
	uint32_t depth;                 /* LEVEL_DIR: K >= 1 */
};

/* "package", "test", "dir:2", "layer", ...  ERR_USAGE names the levels there are. */
int level_parse(const char *text, struct level *ret, struct err *err);
const char *level_name(struct level level, struct arena *arena);
/* Which of graph.part has its groups; PARTS for levels that need none. */
enum graph_part level_part(struct level level);
/* ERR_USAGE where nobody says what the groups of the level are. */
int level_check(const struct graph *g, struct level level, struct err *err);
/* "folders", "modules", "packages": what the nodes of a level are; "folder". */
const char *level_nodes(struct level level);
const char *level_node(struct level level);
/*
 * The name of the group that a folder's package is in, and its label; only for
 * levels of folders: LEVEL_TEST, LEVEL_DIR, LEVEL_MODULE.
 */
sym_id level_group(const struct source *s, struct level level, dir_id dir, sym_id *ret_label);
/* The deepest K at which dir:K still unites packages; 0 when none does. */
uint32_t level_max_depth(const struct source *s, const struct graph *g);
/*
 * The package graph g at a level; g itself for LEVEL_PACKAGE.  At LEVEL_TEST a
 * package and its external tests are one node, and test imports count (callers
 * pass tests = true in the edge filter).  dir:K is the first K segments of a
 * package's folder below its module's folder, the module's folder before them;
 * shorter folders stand alone.  Packages that are in no layer, context or domain
 * are not in its graph.
 */
const struct graph *level_graph(const struct source *s, const struct graph *g, struct level level,
				struct arena *arena);

/*
 * The node of `g`, which is `packages` at that level, that the package in each
 * folder is in: ret[ndirs], ID_NONE for folders without one.
 */
void level_dirs(const struct source *s, const struct graph *packages, const struct graph *g,
		struct level level, uint32_t *ret);

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
