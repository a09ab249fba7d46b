/* SPDX-License-Identifier: MIT */
/*
 * matrix.h - a design structure matrix: the same nodes as rows and columns, a
 * number where the row imports the column.  What is imported stands first, so that
 * numbers above the diagonal are feedback.  All texts are raw.
 */
#ifndef MESHCTL_DRAW_MATRIX_H
#define MESHCTL_DRAW_MATRIX_H

#include "graph/draw/draw.h"

struct matrix_row {
	const char *label, *tooltip;
	const char *block;              /* of a layer or a context; NULL = in none */
	uint32_t circle;                /* number, from 1; 0 = in none */
	enum draw_kind kind;
};

struct matrix_cell {
	uint32_t row, column, weight;
	const char *tooltip;
	enum draw_mark mark;
};

struct matrix {
	const char *title, *subtitle;   /* subtitle: NULL = none */
	const char *const *note;        /* what it lacks, a line each */
	uint32_t nnotes;
	const struct matrix_row *row;   /* in order */
	const struct matrix_cell *cell; /* by row, then column */
	uint32_t nrows, ncells;
	const char *unit;               /* of weights: "import lines" */
	uint64_t feedback;              /* sum of the weights above the diagonal */
	uint32_t nfeedback;             /* cells there */
	enum draw_theme theme;
};

/* Does a border go above this row?  Blocks are what stands side by side. */
bool matrix_border(const struct matrix *m, uint32_t row);
/* Written by itself, no library: the same matrix gives the same bytes. */
int draw_matrix_svg(const struct matrix *m, FILE *out, struct err *err);

#endif
