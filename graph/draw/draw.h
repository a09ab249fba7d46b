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

enum draw_mark {
	MARK_NONE, MARK_CYCLE, MARK_TEST, MARK_CUT, MARK_PATH, MARK_OUTSIDE,
	MARK_ADDED, MARK_REMOVED, MARK_FORBIDDEN,       /* by a change */
	MARK_COUNT
};

struct draw_node { const char *id, *label, *tooltip; uint32_t cluster; enum draw_mark mark; };
struct draw_edge {
	uint32_t from, to, weight;
	const char *tooltip;
	enum draw_mark mark;
	const char *label;              /* NULL = none */
};
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

/*
 * Mermaid, as GitHub and GitLab draw it in comments: at most so many edges and
 * characters, which are their limits.  Marked edges come first; what is left out is
 * counted in the picture.
 */
#define MERMAID_EDGES 500u
#define MERMAID_BYTES 50000u
int draw_mermaid(const struct drawing *d, FILE *out, struct err *err);

#endif
