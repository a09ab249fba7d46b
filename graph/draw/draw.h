/* SPDX-License-Identifier: MIT */
/*
 * draw.h - pictures of graphs.  Takes plain nodes, clusters and marks; knows no
 * Go, no rules.
 */
#ifndef MESHCTL_DRAW_H
#define MESHCTL_DRAW_H

#include "base/arena.h"
#include "base/err.h"

#include <stdio.h>

enum draw_mark { MARK_NONE, MARK_CYCLE, MARK_TEST, MARK_CUT, MARK_PATH, MARK_OUTSIDE };

struct draw_node { const char *id, *label, *tooltip; uint32_t cluster; enum draw_mark mark; };
struct draw_edge { uint32_t from, to, weight; const char *tooltip; enum draw_mark mark; };
struct draw_cluster { const char *id, *label; };        /* id: different ones, stable */

struct drawing {
	const char *title;
	const struct draw_cluster *cluster;     /* node.cluster indexes it; ID_NONE = none */
	const struct draw_node *node;
	const struct draw_edge *edge;
	uint32_t nclusters, nnodes, nedges;
};

/* DOT through libcgraph.  Same drawing, same bytes. */
int draw_dot(const struct drawing *d, FILE *out, struct err *err);

#endif
