/* SPDX-License-Identifier: MIT */
/*
 * abstractness.h - how many of the types that a node declares are interfaces and
 * structs: what R. Martin's A is computed from.
 */
#ifndef MESHCTL_ABSTRACTNESS_H
#define MESHCTL_ABSTRACTNESS_H

#include "graph/level.h"
#include "graph/source/bodies.h"

struct type_counts { uint32_t interfaces, structs; };

/*
 * Of each node of `g`, which is `packages` at that level: type declarations of the
 * package level, aliases aside, in files that some configuration builds, those of
 * tests only with `tests`.  [g->npkgs] in the arena.
 */
const struct type_counts *abstractness_count(const struct source *s, const struct graph *packages,
					     const struct graph *g, struct level level, bool tests,
					     const struct bodies *bodies, struct arena *arena);
/* The files that this takes; ascending, in the arena. */
uint32_t abstractness_files(const struct source *s, bool tests, struct arena *arena,
			    const file_id **ret);

#endif
