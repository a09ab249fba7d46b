/* SPDX-License-Identifier: MIT */
/*
 * propose_place.h - layers for packages whose names say nothing, where the imports
 * leave one answer: the bottom of helpers for what imports nothing above it and
 * serves several layers; and the only layer that fits between a layer's folder
 * below the package, which it imports, and what imports it.
 */
#ifndef MESHCTL_PROPOSE_PLACE_H
#define MESHCTL_PROPOSE_PLACE_H

#include "analyzers/policy/policy.h"
#include "graph/graph.h"

struct placing {
	const struct source *source;
	const struct graph *graph;
	const struct policy *policy;
	uint32_t bottom;                /* the layer of helpers, or POLICY_NONE */
	uint32_t *layer;                /* [npkgs] in policy.layer, or POLICY_NONE; filled in */
	const bool *open;               /* [npkgs] may be placed */
	const bool *shared;             /* [npkgs] all may import it */
	struct arena *arena;
};

/* [npkgs] why it was placed; NULL = it was not. */
const char *const *propose_place(const struct placing *p);

#endif
