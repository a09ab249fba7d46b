/* SPDX-License-Identifier: MIT */
/*
 * cut.h - what to remove so that a knot falls apart: a minimum weighted
 * feedback arc set, its proof, and the order in which it pays off.
 */
#ifndef MESHCTL_CUT_H
#define MESHCTL_CUT_H

#include "graph/level.h"

/*
 * A knot may hold in several build configurations.  The cut leaves no circle in
 * any of them; a circle that exists in none, because it needs edges of two, is
 * not cut.  An edge is cut whole: its price is its weight.
 */
struct cut_edge {
	uint32_t edge;                  /* number in the graph's out_to */
	uint32_t from, to;              /* nodes */
	uint32_t lines;                 /* imports that count in the knot, as knot.sites counts */
	uint32_t weight;                /* what it was weighed by: lines unless told */
	/* Members still in circles in some configuration of the knot, before and after. */
	uint32_t tied_before, tied_after;
	/*
	 * Edges with the same number pay together: no smaller part of them was found
	 * that frees as many members for its weight.  Numbers ascend from 0.
	 */
	uint32_t step;
};

struct cut {
	uint32_t nedges, lines, weight; /* sums over the edges */
	const struct cut_edge *edge;    /* best first; the last leaves nobody tied */
	uint32_t bound;                 /* proven: no cut weighs less */
	bool optimal;                   /* bound == weight */
	uint64_t steps;                 /* what it took; LIMIT_CUT_STEPS ends the search */
};

/*
 * The cut of a knot of g, in the arena.  weight[edge of g] is read for the edges
 * inside the knot and is not 0 there; NULL = their import lines.  Never fails: at
 * a limit it is the best cut found and the best bound proven.
 *
 * Methods: P. Eades, X. Lin, W. Smyth, "A fast and effective heuristic for the
 * feedback arc set problem" (1993); sifting, as R. Rudell's for variable orders
 * (1993), from seeded restarts; packing of cycles as the bound; then branch and
 * bound over a relaxation whose cycles are added when they are violated, after
 * A. Baharev, H. Schichl, A. Neumaier, T. Achterberg, "An exact method for the
 * minimum feedback arc set problem" (2021).
 */
void graph_cut(const struct graph *g, const struct knot *knot, bool tests, const uint32_t *weight,
	       struct arena *arena, struct cut *ret);
/* The same without the edges (NULL; lines is 0): their order takes longer than the rest. */
void graph_cut_weight(const struct graph *g, const struct knot *knot, bool tests,
		      const uint32_t *weight, struct cut *ret);

#endif
