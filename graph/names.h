/* SPDX-License-Identifier: MIT */
/*
 * names.h - what a user means by a name: a node by its folder, its import path
 * or a unique end of either; all nodes below a folder; or what lies outside of
 * the tree and is imported.
 */
#ifndef MESHCTL_NAMES_H
#define MESHCTL_NAMES_H

#include "graph/level.h"
#include "graph/outside.h"

struct names {
	const struct source *source;
	const struct graph *packages;   /* the package graph */
	const struct graph *graph;      /* the same at `level` */
	struct level level;
	const char *here;               /* folder where the user is, relative to source.root */
};

enum name_kind { NAME_NODE, NAME_BELOW, NAME_OUTSIDE };

struct name {
	enum name_kind kind;
	sym_id node;                    /* NAME_NODE: the identity */
	const char *folder;             /* NAME_BELOW: "" is all of the tree */
	uint32_t count;                 /* NAME_BELOW: nodes; NAME_OUTSIDE: import paths */
	const sym_id *path;             /* NAME_OUTSIDE */
	enum import_kind outside;       /* NAME_OUTSIDE: of the first */
	const char *text;               /* "internal/order", "internal/...", "gorm.io/gorm" */
};

/*
 * In this order: a folder from here, from the root, or an import path; with
 * `outside`, an import path from outside; a folder with nodes below it
 * ("internal", "internal/..."); a unique end ("order"); with `outside`, the
 * unique end of a path from outside ("gorm"), then all such paths below
 * ("golang.org/x/...").  ERR_USAGE lists the candidates of an ambiguous name and
 * what is near an unknown one; ret->count is how many there are, 0 of an unknown.
 */
int name_find(const struct names *n, const char *text, bool outside, struct arena *arena,
	      struct name *ret, struct err *err);
/* Is this node one of the name's?  Never for NAME_OUTSIDE. */
bool name_holds(const struct names *n, const struct name *name, uint32_t node);

#endif
