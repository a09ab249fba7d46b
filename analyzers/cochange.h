/* SPDX-License-Identifier: MIT */
/*
 * cochange.h - what changes together, in the terms of code-maat (A. Tornhill): of
 * entities a and b that `shared` kept commits changed, the degree of coupling is
 * shared / average of the changes of both, in whole percent, cut off.
 */
#ifndef MESHCTL_COCHANGE_H
#define MESHCTL_COCHANGE_H

#include "graph/source/history.h"

struct cochange_limits {                /* code-maat's own: 5, 5, 30, 100 */
	uint32_t revs;                  /* the average of both, at least */
	uint32_t shared;                /* commits with both, at least */
	uint32_t degree, degree_most;   /* percent, at least and at most */
};
extern const struct cochange_limits cochange_usual;

struct cochange_pair {
	uint32_t a, b;                  /* entities, a < b */
	uint32_t shared;
	uint32_t degree;                /* percent */
	uint32_t average;               /* changes of both on average, rounded up */
};

struct cochange {
	const struct cochange_pair *pair;       /* by degree, then average, then a, b */
	uint32_t npairs;
	const uint32_t *revs;           /* [nentities] commits that changed it */
	const uint32_t *sum;            /* [nentities] sum of coupling: of (entities - 1) */
	const uint32_t *alone;          /* [nentities] commits that changed nothing else */
};

/*
 * entity[h->nfiles] < nentities is what the file belongs to, HISTORY_NONE = nothing.
 * `alone` counts entities only: what belongs to none disturbs nobody.  In the arena.
 * ERR_INPUT beyond LIMIT_COUPLING_PAIRS or LIMIT_COUPLING_STEPS.
 */
int cochange_count(const struct history *h, const uint32_t *entity, uint32_t nentities,
		   const struct cochange_limits *limits, struct arena *arena,
		   struct cochange *ret, struct err *err);

#endif
