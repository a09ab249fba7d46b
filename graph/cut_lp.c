/* SPDX-License-Identifier: MIT */
/*
 * cut_lp.c - the dual simplex method on a dense tableau (C. Lemke, 1954): rows
 * may be added at any time, and the work goes on from where it was.  Edges have
 * a column from their first row on.
 */
#include "graph/cut_lp.h"

#include <stdlib.h>
#include <string.h>

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF            /* the same digits on every machine */
#endif

#define EPSILON 1e-9
#define PARTS_BITS 20                   /* of the checked packing */

void cut_lp_init(struct cut_lp *lp, const struct cut_net *net, const struct cycles *cycles)
{
	*lp = (struct cut_lp){
		.net = net, .cycles = cycles,
		.where = xrealloc(NULL, net->nedges, sizeof(*lp->where)),
		.kept = xcalloc(net->nedges, sizeof(*lp->kept)),
	};
	for (uint32_t e = 0; e < net->nedges; e++)
		lp->where[e] = ID_NONE;
}

static void *copy_of(const void *item, size_t count, size_t room, size_t size)
{
	void *to = xrealloc(NULL, room ? room : 1, size);

	if (count)
		memcpy(to, item, count * size);
	return to;
}

void cut_lp_copy(struct cut_lp *to, const struct cut_lp *from)
{
	uint32_t m = from->net->nedges;

	*to = *from;
	to->a = copy_of(NULL, 0, from->row_cap, sizeof(*to->a));
	for (uint32_t r = 0; r < from->nrows; r++)
		to->a[r] = copy_of(from->a[r], from->ncols, from->col_cap, sizeof(**to->a));
	to->value = copy_of(from->value, from->nrows, from->row_cap, sizeof(*to->value));
	to->row_var = copy_of(from->row_var, from->nrows, from->row_cap, sizeof(*to->row_var));
	to->price = copy_of(from->price, from->ncols, from->col_cap, sizeof(*to->price));
	to->col_var = copy_of(from->col_var, from->ncols, from->col_cap, sizeof(*to->col_var));
	to->where = copy_of(from->where, m, m, sizeof(*to->where));
	to->kept = copy_of(from->kept, m, m, sizeof(*to->kept));
}

void cut_lp_release(struct cut_lp *lp)
{
	for (uint32_t r = 0; r < lp->nrows; r++)
		free(lp->a[r]);
	free(lp->a);
	free(lp->value);
	free(lp->row_var);
	free(lp->price);
	free(lp->col_var);
	free(lp->where);
	free(lp->kept);
	*lp = (struct cut_lp){ 0 };
}

/* Different for each edge, and far below a line: two ways of one price would go in circles. */
static double jitter(uint32_t edge)
{
	return (double)((edge + 1) * UINT32_C(2654435761) >> 16) * 1e-11;
}

static void add_column(struct cut_lp *lp, uint32_t edge)
{
	uint32_t cap = lp->col_cap, var_cap = lp->col_cap;

	VEC_RESERVE(lp->price, cap, (size_t)lp->ncols + 1);
	VEC_RESERVE(lp->col_var, var_cap, (size_t)lp->ncols + 1);
	if (cap != lp->col_cap)
		for (uint32_t r = 0; r < lp->nrows; r++)
			lp->a[r] = xrealloc(lp->a[r], cap, sizeof(**lp->a));
	lp->col_cap = cap;
	for (uint32_t r = 0; r < lp->nrows; r++)
		lp->a[r][lp->ncols] = 0;
	lp->price[lp->ncols] = lp->net->edge[edge].weight + jitter(edge);
	lp->col_var[lp->ncols] = edge;
	lp->where[edge] = 2 * lp->ncols++;
}

static double *add_row(struct cut_lp *lp, uint32_t var)
{
	uint32_t cap = lp->row_cap, var_cap = lp->row_cap, row_cap = lp->row_cap;

	VEC_RESERVE(lp->a, cap, (size_t)lp->nrows + 1);
	VEC_RESERVE(lp->row_var, var_cap, (size_t)lp->nrows + 1);
	VEC_RESERVE(lp->value, row_cap, (size_t)lp->nrows + 1);
	lp->row_cap = cap;
	lp->a[lp->nrows] = xcalloc(lp->col_cap, sizeof(**lp->a));
	lp->row_var[lp->nrows] = var;
	lp->value[lp->nrows] = 0;
	return lp->a[lp->nrows++];
}

/* Adds `sign` times an edge to the row that was added last. */
static void add_edge(struct cut_lp *lp, uint32_t edge, double sign)
{
	double *row = lp->a[lp->nrows - 1];
	uint32_t at = lp->where[edge];

	if (at % 2 == 0) {
		row[at / 2] -= sign;
		return;
	}
	lp->value[lp->nrows - 1] += sign * lp->value[at / 2];
	for (uint32_t c = 0; c < lp->ncols; c++)
		row[c] += sign * lp->a[at / 2][c];
}

void cut_lp_require(struct cut_lp *lp, uint32_t i)
{
	const struct cycles *all = lp->cycles;

	for (uint32_t k = all->first[i]; k < all->first[i + 1]; k++)
		if (lp->where[all->edge[k]] == ID_NONE)
			add_column(lp, all->edge[k]);
	add_row(lp, lp->net->nedges + i);
	lp->value[lp->nrows - 1] = -1;
	for (uint32_t k = all->first[i]; k < all->first[i + 1]; k++)
		add_edge(lp, all->edge[k], 1);
}

void cut_lp_keep(struct cut_lp *lp, uint32_t edge)
{
	lp->kept[edge] = true;
	if (lp->where[edge] == ID_NONE)
		add_column(lp, edge);
	/* A nonbasic edge is at 0 and, being kept, stays there. */
	if (lp->where[edge] % 2 == 0)
		return;
	add_row(lp, ID_NONE);
	add_edge(lp, edge, -1);
}

static bool may_enter(const struct cut_lp *lp, uint32_t col)
{
	uint32_t var = lp->col_var[col];

	return var >= lp->net->nedges || !lp->kept[var];
}

/* The row that is violated most, or ID_NONE. */
static uint32_t choose_row(const struct cut_lp *lp)
{
	uint32_t best = ID_NONE;

	for (uint32_t r = 0; r < lp->nrows; r++)
		if (lp->value[r] < -EPSILON && (best == ID_NONE || lp->value[r] < lp->value[best]))
			best = r;
	return best;
}

/* The column that mends a row at the least price. */
static uint32_t choose_column(const struct cut_lp *lp, uint32_t row)
{
	uint32_t best = ID_NONE;
	double least = 0;

	for (uint32_t c = 0; c < lp->ncols; c++) {
		double a = lp->a[row][c], ratio;

		if (a > -EPSILON || !may_enter(lp, c))
			continue;
		ratio = lp->price[c] / -a;
		if (best == ID_NONE || ratio < least) {
			best = c;
			least = ratio;
		}
	}
	return best;
}

static void set_place(struct cut_lp *lp, uint32_t var, uint32_t place)
{
	if (var < lp->net->nedges)
		lp->where[var] = place;
}

static uint64_t pivot(struct cut_lp *lp, uint32_t row, uint32_t col)
{
	double *top = lp->a[row], by = 1 / top[col], price = lp->price[col];
	uint32_t in = lp->col_var[col];
	uint64_t work = 2 * (uint64_t)lp->ncols + lp->nrows;

	for (uint32_t c = 0; c < lp->ncols; c++)
		top[c] = top[c] < EPSILON && top[c] > -EPSILON ? 0 : top[c] * by;
	top[col] = by;
	lp->value[row] *= by;
	for (uint32_t r = 0; r < lp->nrows; r++) {
		double *a = lp->a[r], f = a[col];

		if (r == row || (f < EPSILON && f > -EPSILON))
			continue;
		a[col] = 0;
		for (uint32_t c = 0; c < lp->ncols; c++)
			a[c] -= f * top[c];
		lp->value[r] -= f * lp->value[row];
		work += lp->ncols;
	}
	lp->price[col] = 0;
	for (uint32_t c = 0; c < lp->ncols; c++) {
		double left = lp->price[c] - price * top[c];

		lp->price[c] = left > 0 ? left : 0;
	}
	lp->col_var[col] = lp->row_var[row];
	lp->row_var[row] = in;
	set_place(lp, lp->col_var[col], 2 * col);
	set_place(lp, in, 2 * row + 1);
	return work;
}

/* Circles with more than one edge to spare only cost time. */
static void drop_idle_rows(struct cut_lp *lp)
{
	uint32_t n = 0;

	for (uint32_t r = 0; r < lp->nrows; r++) {
		uint32_t var = lp->row_var[r];

		if (var >= lp->net->nedges && lp->value[r] > EPSILON) {
			free(lp->a[r]);
			continue;
		}
		lp->a[n] = lp->a[r];
		lp->value[n] = lp->value[r];
		lp->row_var[n] = var;
		set_place(lp, var, 2 * n + 1);
		n++;
	}
	lp->nrows = n;
}

bool cut_lp_solve(struct cut_lp *lp, struct cut_steps *steps)
{
	for (;;) {
		uint32_t row = choose_row(lp), col;

		if (row == ID_NONE)
			break;
		col = choose_column(lp, row);
		/* Steps are edges that are looked at; four products cost as much. */
		if (col == ID_NONE || !cut_spend(steps, pivot(lp, row, col) / 4))
			return false;
	}
	drop_idle_rows(lp);
	return true;
}

void cut_lp_values(const struct cut_lp *lp, double *ret_value)
{
	for (uint32_t e = 0; e < lp->net->nedges; e++) {
		uint32_t at = lp->where[e];

		ret_value[e] = at != ID_NONE && at % 2 ? lp->value[at / 2] : 0;
	}
}

uint64_t cut_lp_bound(const struct cut_lp *lp)
{
	const struct cut_net *net = lp->net;
	uint64_t *left = xcalloc(net->nedges, sizeof(*left)), sum = 0;

	for (uint32_t e = 0; e < net->nedges; e++)
		left[e] = lp->kept[e] ? UINT64_MAX : (uint64_t)net->edge[e].weight << PARTS_BITS;
	for (uint32_t c = 0; c < lp->ncols; c++) {
		uint32_t var = lp->col_var[c];

		if (var == ID_NONE || var < net->nedges)
			continue;
		uint32_t i = var - net->nedges;
		uint64_t parts = (uint64_t)(lp->price[c] * (1u << PARTS_BITS));

		for (uint32_t k = lp->cycles->first[i]; k < lp->cycles->first[i + 1]; k++)
			if (left[lp->cycles->edge[k]] < parts)
				parts = left[lp->cycles->edge[k]];
		for (uint32_t k = lp->cycles->first[i]; k < lp->cycles->first[i + 1]; k++)
			left[lp->cycles->edge[k]] -= parts;
		sum += parts;
	}
	free(left);
	/* A cut weighs whole lines. */
	return (sum + (1u << PARTS_BITS) - 1) >> PARTS_BITS;
}
