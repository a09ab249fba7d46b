/* SPDX-License-Identifier: MIT */
/*
 * cut_lp.h - the relaxation of a cut: pay the weights, at least one edge of
 * each circle, where edges may be cut in part.  Its dual is a fractional packing
 * of circles; rounded down to whole parts it is checked without rounding
 * errors, so what cut_lp_bound() returns is proven however the numbers came about.
 */
#ifndef MESHCTL_CUT_LP_H
#define MESHCTL_CUT_LP_H

#include "graph/cut_net.h"

struct cut_lp {
	const struct cut_net *net;
	const struct cycles *cycles;    /* the rows; they may grow meanwhile */
	uint32_t nrows, ncols, row_cap, col_cap;
	double **a;                     /* [nrows][ncols] basic = value - sum of a * nonbasic */
	double *value;                  /* [nrows] */
	double *price;                  /* [ncols] what one more of the nonbasic costs; >= 0 */
	uint32_t *row_var, *col_var;    /* an edge, nedges + row of cycles, or ID_NONE */
	uint32_t *where;                /* [nedges] 2 * column, 2 * row + 1, ID_NONE = in no row */
	bool *kept;                     /* [nedges] never cut in this branch */
};

void cut_lp_init(struct cut_lp *lp, const struct cut_net *net, const struct cycles *cycles);
void cut_lp_copy(struct cut_lp *to, const struct cut_lp *from);
void cut_lp_release(struct cut_lp *lp);
/* One edge of cycle number i must be cut. */
void cut_lp_require(struct cut_lp *lp, uint32_t i);
void cut_lp_keep(struct cut_lp *lp, uint32_t edge);
/* Dual simplex; false when it gives up. */
bool cut_lp_solve(struct cut_lp *lp, struct cut_steps *steps);
void cut_lp_values(const struct cut_lp *lp, double *ret_value);
/* No cut that keeps what is kept weighs less. */
uint64_t cut_lp_bound(const struct cut_lp *lp);

#endif
