/* SPDX-License-Identifier: MIT */
/* propose_reach.h - what is behind a package: input and output, or packages of a group. */
#ifndef MESHCTL_PROPOSE_REACH_H
#define MESHCTL_PROPOSE_REACH_H

#include "graph/graph.h"

struct package_reach {
	const char *io;                 /* an import path of io.def that it reaches; NULL = none */
	bool context;                   /* it reaches a package with inner[p] */
	uint32_t importers;             /* packages that import it, tests apart */
};

/* [npkgs], in the arena.  A package reaches what it imports, and itself. */
const struct package_reach *package_reach(const struct source *s, const struct graph *g,
					  const bool *inner, struct arena *arena);

#endif
