/* SPDX-License-Identifier: MIT */
/*
 * look.h - how each thing of a drawing looks: colours by theme, lines that differ without
 * colour as well, and the header with title, notes and legend.  Colours of marks are
 * those of Okabe and Ito ("Color Universal Design", 2008).
 */
#ifndef MESHCTL_DRAW_LOOK_H
#define MESHCTL_DRAW_LOOK_H

#include "graph/draw/draw.h"

/*
 * Pinned, because a default differs from machine to machine and moves everything; behind it
 * what an SVG falls back to where it is looked at.
 */
#define DRAW_FONT "DejaVu Sans"
#define DRAW_FONTS DRAW_FONT ",Verdana,sans-serif"

#define LAYER_TINTS 6u
struct theme {
	const char *page, *ink, *soft;          /* text, and text of less weight */
	const char *fill, *line, *edge;         /* of plain nodes and edges */
	const char *behind;                     /* of plain edges behind marked ones */
	const char *outside;                    /* fill of what is not in the tree */
	const char *box, *box_line;
	const char *red, *blue, *green, *gray;  /* of marks */
	const char *red_fill, *blue_fill, *green_fill;
	const char *tint[LAYER_TINTS];
};
const struct theme *draw_theme(enum draw_theme theme);

enum look_ink { INK_LINE, INK_RED, INK_BLUE, INK_GREEN, INK_GRAY };

struct look {
	const char *class;
	enum look_ink ink;
	const char *node, *edge;                /* styles of Graphviz */
	const char *shape, *head;
	bool twice;                             /* an edge of two lines */
	bool thick;
	const char *label;                      /* of edges that have none, while they are few */
	const char *glyph;                      /* a line of text that looks like the edge */
	const char *word;                       /* in the legend; NULL = needs none */
};
extern const struct look draw_looks[DRAW_LOOKS];

/* "color" of a node's line, of its inside, of an edge. */
const char *look_line(const struct theme *t, const struct look *l);
const char *look_fill(const struct theme *t, enum draw_mark mark, enum draw_kind kind);
const char *look_edge(struct arena *a, const struct theme *t, const struct look *l, bool behind);

/* The inside of an HTML-like label: the folder small above the name, `size` points. */
const char *look_label(struct arena *a, const struct theme *t, const char *text, unsigned size);
/* Lines of a name, with a small one above. */
const char *look_detailed(struct arena *a, const struct theme *t, const char *detail,
			  const char *text, unsigned size);
/* The same for a box, and for an edge. */
const char *look_box_label(struct arena *a, const struct theme *t, const struct draw_cluster *c);
const char *look_edge_label(struct arena *a, const struct theme *t, const struct look *l,
			    const char *text);
/* Title, subtitle, notes and a legend of what occurs; "" where there is nothing to say. */
const char *look_header(struct arena *a, const struct drawing *d);
/* Points of a node's name: 11, or up to 22 for the largest. */
unsigned look_points(uint32_t size, uint32_t largest);

#endif
