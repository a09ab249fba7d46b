/* SPDX-License-Identifier: MIT */
/*
 * outside.h - imports that leave the tree: the standard library, other modules,
 * "C", and what is not there.  The package graph does not hold them; here they
 * can be listed, and some of them be added as one more node.
 */
#ifndef MESHCTL_OUTSIDE_H
#define MESHCTL_OUTSIDE_H

#include "graph/graph.h"
#include "graph/source/resolve.h"

struct outside_import {
	sym_id path;                    /* as written */
	enum import_kind kind;          /* INTERNAL: a folder without a package that is built */
};

struct outside {
	uint32_t count;
	const struct outside_import *import;    /* by path, each once */
};

/*
 * Every path by which a file of some configuration leaves the tree.  Folders of
 * one module are taken to mean the same by one path.
 */
void outside_list(const struct source *s, const struct graph *packages, struct arena *arena,
		  struct outside *ret);
/* Does a file import exactly this path from outside?  *ret says what it is. */
bool outside_find(const struct source *s, const struct graph *packages, const char *path,
		  struct outside_import *ret);
/* "the standard library", "another module", ... */
const char *outside_words(enum import_kind kind);

/*
 * The package graph and one more node, of which every import of these paths
 * from outside is an edge.  Its identity cannot be that of a folder: "//" and
 * `name`.  It has no folder; its label is `name`.
 */
const struct graph *graph_with_outside(const struct source *s, const struct graph *packages,
				       const sym_id *path, uint32_t npaths, const char *name,
				       struct arena *arena);
/* The same with a node for each name; paths of one name lead to one node. */
struct outside_link { sym_id path, name; };
const struct graph *graph_with_links(const struct source *s, const struct graph *packages,
				     const struct outside_link *link, uint32_t nlinks,
				     struct arena *arena);
sym_id outside_id(const struct source *s, const char *name, struct arena *arena);

#endif
