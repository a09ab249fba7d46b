/* SPDX-License-Identifier: MIT */
/*
 * graph.h - the package graph: frozen, structure of arrays, read-only.
 *
 * A builder collects nodes and imports in any order; graph_freeze() sorts the
 * nodes by identity and lays the edges out in compressed rows, forward and
 * reverse.  Row p of an array is node p; the edges of p are out_first[p] ..
 * out_first[p + 1] - 1.  After freezing nothing changes.
 *
 * Nodes are packages (a folder; `_test` for the external tests in it) or, in a
 * quotient made by graph_quotient(), groups of them.  An edge carries every
 * import that proves it, and the build configurations it exists in, apart for
 * ordinary imports and for those of _test.go files.  No edge joins a node to
 * itself.
 */
#ifndef MESHCTL_GRAPH_H
#define MESHCTL_GRAPH_H

#include "graph/source/source.h"

enum node_flag {
	NODE_XTEST     = 1 << 0,        /* package foo_test */
	NODE_MAIN      = 1 << 1,        /* package main */
	NODE_TEST_ONLY = 1 << 2,        /* has _test.go files only */
	NODE_REPORTED  = 1 << 3,        /* PATTERN asks for it */
	NODE_OUTSIDE   = 1 << 4,        /* not in the tree, see outside.h */
};

struct site {                           /* one import that proves an edge */
	struct span at;
	sym_id path;                    /* the import path as written */
	uint32_t configs;               /* where the importing file is built */
	bool test;                      /* from a _test.go file */
};

/* What somebody says of packages; see level.h. */
enum graph_part { PART_LAYER, PART_CONTEXT, PART_DOMAIN, PARTS };

struct graph {
	const struct symtab *syms;
	uint32_t npkgs, nedges, nsites, nconfigs;

	const sym_id *id;               /* [npkgs] identity: folder, ascending; or group name */
	const sym_id *label;            /* [npkgs] import path, or group name */
	const dir_id *dir;              /* [npkgs] ID_NONE for a group */
	const uint32_t *flags;          /* [npkgs] NODE_... */
	const uint32_t *configs;        /* [npkgs] where it has files */
	const uint32_t *files, *lines;  /* [npkgs] */
	const uint32_t *members;        /* [npkgs] packages in it; 0 = tests of one */
	/* [npkgs] name of its layer, context, domain; 0 = in none.  NULL = nobody says. */
	const sym_id *part[PARTS];
	bool guessed[PARTS];       /* by names of folders: no policy said so */

	const uint32_t *out_first;      /* [npkgs + 1] */
	const uint32_t *out_to;         /* [nedges] ascending within a row */
	const uint32_t *out_configs;    /* [nedges] configurations of its non-test imports */
	const uint32_t *out_test;       /* [nedges] configurations of its test imports */
	const uint32_t *site_first;     /* [nedges + 1] */
	const struct site *site;        /* [nsites] by place */
	const uint32_t *in_first;       /* [npkgs + 1] */
	const uint32_t *in_from;        /* [nedges] */
	const uint32_t *in_edge;        /* [nedges] the same edge's number in out_to */
};

struct graph_node {
	sym_id id, label;
	dir_id dir;
	uint32_t flags, configs, files, lines, members;
};

struct graph_builder;
struct graph_builder *graph_builder_new(const struct symtab *syms, uint32_t nconfigs);
void graph_builder_free(struct graph_builder *b);
/* Adding the same id again merges: flags and configs are or-ed, counts added. */
pkg_id graph_add_node(struct graph_builder *b, const struct graph_node *node);
void graph_add_import(struct graph_builder *b, pkg_id from, pkg_id to, const struct site *site);
/* The graph lives in the arena. */
const struct graph *graph_freeze(struct graph_builder *b, struct arena *arena);

/* The package graph of a source: all configurations, test imports flagged. */
const struct graph *graph_from_source(const struct source *s, struct arena *arena);

/*
 * Unites nodes: group[p] < ngroups is the group of node p, name[group] its
 * identity and label; ID_NONE leaves the node out.  Imports inside a group vanish.
 */
const struct graph *graph_quotient(const struct graph *g, const uint32_t *group, uint32_t ngroups,
				   const sym_id *name, struct arena *arena);

/* Which edges an algorithm walks: those alive in one configuration. */
struct edge_filter {
	uint32_t config;                /* bit number; ID_NONE = any configuration */
	bool tests;                     /* test imports count as well */
};
bool edge_alive(const struct graph *g, uint32_t edge, struct edge_filter f);

/* Tarjan, iterative: fills component[npkgs] in the arena, numbers in reverse topological order. */
uint32_t graph_components(const struct graph *g, struct edge_filter f, struct arena *arena,
			  uint32_t **ret_component);
/*
 * A shortest circle through `through` inside its component: nodes in order, the
 * first not repeated.  0 when there is none.  Ties go to the lowest node number.
 */
uint32_t graph_shortest_circle(const struct graph *g, struct edge_filter f,
			       const uint32_t *component, pkg_id through,
			       struct arena *arena, uint32_t **ret_node);
/* The edge from -> to, or ID_NONE. */
uint32_t graph_find_edge(const struct graph *g, pkg_id from, pkg_id to);

#define graph_foreach_out(g, p, e) \
	for (uint32_t e = (g)->out_first[p]; e < (g)->out_first[(p) + 1]; e++)

#endif
