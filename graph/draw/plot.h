/* SPDX-License-Identifier: MIT */
/*
 * plot.h - numbers over time as SVG: small multiples, one a number, all with the same
 * dates.  Knows no Go, no rules.  An axis begins at 0, or is marked where it does not;
 * what is not known is a gap on grey, never a 0.
 */
#ifndef MESHCTL_PLOT_H
#define MESHCTL_PLOT_H

#include "graph/draw/draw.h"

struct plot_series {
	const char *title, *id;         /* id: of its group in the picture */
	const double *value;            /* [plot.npoints] NAN = not known */
	unsigned decimals;
	/* The step that is marked, between two points that are known; equal = none. */
	uint32_t mark_from, mark_to;
};

struct plot {
	const char *title, *subtitle;
	const int64_t *time;            /* [npoints] seconds since 1970, ascending, evenly spaced */
	uint32_t npoints;
	const struct plot_series *series;
	uint32_t nseries;
	enum draw_theme theme;
};

/* Same plot, same bytes. */
int plot_svg(const struct plot *p, FILE *out, struct err *err);

#endif
