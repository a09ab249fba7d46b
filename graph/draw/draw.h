/* SPDX-License-Identifier: MIT */
/*
 * draw.h - pictures of graphs.  Takes plain nodes, clusters and marks; knows no
 * Go, no rules.  All texts are raw: each format escapes what it must.
 *
 * Every field may be left zero but ids and labels; numbers that count from 1 have 0
 * for none.  Legends name what occurs, from kinds, marks and units.
 */
#ifndef MESHCTL_DRAW_H
#define MESHCTL_DRAW_H

#include "base/arena.h"
#include "base/err.h"

#include <stdio.h>

/* What something is: its shape.  A picture shows it beside a mark. */
enum draw_kind {
	KIND_PLAIN,
	KIND_TEST,                      /* only tests have it */
	KIND_OUTSIDE,                   /* not in the tree: other modules, the standard library */
	KIND_GROUP,                     /* several that were drawn as one, among single ones */
	KIND_NOTE,                      /* no node of the graph: a remark */
	KIND_COUNT
};

/* Why one looks at it: its colour. */
enum draw_mark {
	MARK_NONE, MARK_CYCLE, MARK_CUT, MARK_PATH,
	MARK_ADDED, MARK_REMOVED, MARK_CHANGED,         /* by a change */
	MARK_FORBIDDEN,                                 /* by the policy */
	MARK_COUNT
};

struct draw_node {
	const char *id, *label, *tooltip;
	uint32_t cluster;               /* the innermost; ID_NONE = none */
	enum draw_mark mark;
	enum draw_kind kind;
	uint32_t size;                  /* in drawing.size_unit; makes the node larger */
	uint32_t rank;                  /* band, from 1 at the side where imports begin; 0 = any */
	const char *url;                /* NULL = none */
	/*
	 * A small line above the label, which then is drawn whole and may have several lines;
	 * NULL = what stands before the last slash of the label.
	 */
	const char *detail;
};
struct draw_edge {
	uint32_t from, to, weight;
	const char *tooltip;
	enum draw_mark mark;
	const char *label;              /* NULL = none */
	enum draw_kind kind;
	const char *url;
};
enum draw_box { BOX_OTHER, BOX_MODULE, BOX_CONTEXT, BOX_LAYER, BOX_COUNT };
struct draw_cluster {
	const char *id, *label;         /* id: different ones, stable */
	uint32_t parent;                /* number, from 1, of the one around it: an earlier one */
	enum draw_box box;
	uint32_t order;                 /* of a layer in the policy, from 1; decides its tint */
};

/* One row of a table of looks: by the mark, else by the kind. */
#define DRAW_LOOKS (MARK_COUNT + KIND_COUNT)
static inline unsigned draw_look(enum draw_mark mark, enum draw_kind kind)
{
	return mark != MARK_NONE ? (unsigned)mark : MARK_COUNT + (unsigned)kind;
}

enum draw_theme { THEME_LIGHT, THEME_DARK, THEME_PRINT, THEME_COUNT };
enum draw_direction { DRAW_RIGHT, DRAW_DOWN };          /* where imports point */

struct render_child;                    /* render.h */

struct drawing {
	const char *title;
	const struct draw_cluster *cluster;     /* node.cluster indexes it; ID_NONE = none */
	const struct draw_node *node;
	const struct draw_edge *edge;
	uint32_t nclusters, nnodes, nedges;
	const char *subtitle;           /* revision, level; NULL = none */
	const char *const *note;        /* what the picture lacks, a line each */
	uint32_t nnotes;
	const char *size_unit, *weight_unit;    /* "lines", "imports"; NULL = nothing to say */
	const char *word[DRAW_LOOKS];   /* for the legend, where the usual words do not fit */
	enum draw_theme theme;
	enum draw_direction direction;
	/* Of draw_start(): draw_svg() or draw_png() takes it, and leaves NULL there.  Or NULL. */
	struct render_child **early;
};

/* DOT through libcgraph.  Same drawing, same bytes. */
int draw_dot(const struct drawing *d, FILE *out, struct err *err);

/*
 * SVG and PNG: the same DOT, laid out by libgvc in a child of its own, see render.h.  Of a PNG
 * that would be too large *ret_percent of the size is left, else 100.
 */
int draw_svg(const struct drawing *d, FILE *out, uint32_t *ret_percent, struct err *err);
int draw_png(const struct drawing *d, FILE *out, uint32_t *ret_percent, struct err *err);
/*
 * Starts the child that will draw one of them, beside what is to be known before: it loads
 * libraries and fonts.  Before there are threads.  NULL = there is none, and no harm is done.
 */
struct render_child *draw_start(void);
/* Where it was not taken. */
void draw_drop(struct render_child *c);
/* A picture that is SVG of this program already, by librsvg; ERR_SYSTEM where there is none. */
int draw_svg_as_png(const char *svg, FILE *out, struct err *err);

/* GraphML: attributes with types, clusters as texts "outer > inner". */
int draw_graphml(const struct drawing *d, FILE *out, struct err *err);

/*
 * Mermaid, as GitHub and GitLab draw it in comments: at most so many edges and
 * characters, which are their limits.  Marked edges come first; what is left out is
 * counted in the picture.
 */
#define MERMAID_EDGES 500u
#define MERMAID_BYTES 50000u
int draw_mermaid(const struct drawing *d, FILE *out, struct err *err);

#endif
