/* SPDX-License-Identifier: MIT */
/*
 * text.h - pieces of the text report that commands use for blocks of their own:
 * a label in the margin, and the hops of a circle.
 */
#ifndef MESHCTL_REPORT_TEXT_H
#define MESHCTL_REPORT_TEXT_H

#include "cmd/report/report.h"

#define SCREEN_COLUMNS 100u
#define MARGIN 10u                      /* columns of a label: "KNOT      " */
#define EXAMPLES_MAX 3u                 /* of a rule, without --all; 1 where it is info */

/* "KNOT      words ...", wrapped; text is escaped already. */
void text_block(const struct report *r, FILE *out, const char *label, const char *text);
/* "path:line:col", escaped; what is not known is left out. */
const char *text_place(const struct symtab *syms, const struct span *at, struct arena *arena);

/* At most so many columns: the end says most, and begins where a folder's name does if it can. */
const char *text_cut_path(struct arena *arena, const char *path, size_t columns);
/* "from -> to", escaped, within so many columns: the beginnings of long paths give way. */
const char *text_edge(const char *from, const char *to, size_t columns, struct arena *arena);

/* A finding with its code, reason and cure. */
void text_finding(const struct report *r, FILE *out, const struct finding *f);

struct text_hop {
	const char *from, *to;          /* not escaped */
	struct span at;
	uint32_t lines;
};

/*
 * "    a -> b      path:line   +2 lines", in columns, at most EXAMPLES_MAX * 4
 * hops unless r->all.
 */
void text_hops(const struct report *r, FILE *out, unsigned indent, const struct text_hop *hop,
	       uint32_t nhops, struct arena *arena);

#endif
