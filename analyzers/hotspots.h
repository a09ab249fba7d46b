/* SPDX-License-Identifier: MIT */
/*
 * hotspots.h - files that change most where change is hardest: percentile rank of
 * their revisions times percentile rank of their cognitive complexity (A. Tornhill,
 * Your Code as a Crime Scene, 2015; the ranks instead of raw numbers are ours).
 */
#ifndef MESHCTL_HOTSPOTS_H
#define MESHCTL_HOTSPOTS_H

#include "graph/source/bodies.h"
#include "graph/source/history.h"

struct hotspot {
	file_id file;
	uint32_t number;                /* in history.file */
	uint32_t revs, cognitive;       /* cognitive: the sum of its functions */
	double weight;                  /* 0 to 1 */
};

/*
 * Of the files `wanted`, those that changed in the window, the hottest first: by
 * weight, revisions, complexity, path.  number[source.nfiles] is history_files().
 * In the arena.
 */
uint32_t hotspots_rank(const struct source *s, const struct history *h, const uint32_t *number,
		       const struct bodies *bodies, const file_id *wanted, uint32_t nwanted,
		       struct arena *arena, const struct hotspot **ret);
/*
 * The `most` files of `wanted` that changed most often, ascending by file: whose
 * bodies are worth reading.  In the arena.
 */
uint32_t hotspots_busiest(const struct history *h, const uint32_t *number, const file_id *wanted,
			  uint32_t nwanted, uint32_t most, struct arena *arena,
			  const file_id **ret);
/* [n] the share of the others that are below each value, those that are equal counted half. */
void percentile_ranks(const uint32_t *value, uint32_t n, double *ret);

#endif
