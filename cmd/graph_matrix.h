/* SPDX-License-Identifier: MIT */
/*
 * graph_matrix.h - a view of the graph as a design structure matrix, and its three
 * looks: text, CSV and SVG.
 */
#ifndef MESHCTL_GRAPH_MATRIX_H
#define MESHCTL_GRAPH_MATRIX_H

#include "cmd/graph_view.h"
#include "graph/draw/matrix.h"

struct output;                          /* cmd/output.h */

/* By the end of the path: .svg, .csv, else text.  What does not fit is drawn together. */
int graph_write_matrix(const struct graph_view *v, const struct output *o, bool may_fit,
		       struct err *err);

/* All of a view; ret->title and what else it points to lives in the arena. */
void graph_matrix_build(const struct graph_view *v, struct arena *arena, struct matrix *ret);
/* At most `columns` wide; false, and nothing written, where that is too narrow. */
bool graph_matrix_text(const struct matrix *m, unsigned columns, bool color, FILE *out);
/* The cells above the diagonal, `most` of them (0 = all), the heaviest first. */
void graph_matrix_feedback(const struct matrix *m, uint32_t most, FILE *out);
void graph_matrix_csv(const struct matrix *m, FILE *out);

#endif
