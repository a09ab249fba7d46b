/* SPDX-License-Identifier: MIT */
/*
 * cut_view.h - how the cut of a knot looks: a table for people, an object for
 * programs.  Shared by analyze and cycles.
 */
#ifndef MESHCTL_CUT_VIEW_H
#define MESHCTL_CUT_VIEW_H

#include "analyzers/circles.h"
#include "cmd/report/report.h"

/*
 *     lines  still tied  remove                        at
 *         1    27 -> 19  pkg/auth -> internal/service  pkg/auth/session.go:14
 *
 * At most `most` edges, and the rest one row that ends in `way`; with 0 all, and
 * every import line of each.
 */
void cut_table(const struct report *r, FILE *out, unsigned indent, const struct knots_at *k,
	       const struct knot *knot, const struct cut *cut, uint32_t most, const char *way,
	       struct arena *arena);
/* "19 import lines": what the knot hangs on, and what of it is proven. */
const char *cut_sum(const struct cut *cut, struct arena *arena);
struct json *cut_json(const struct report *r, const struct knots_at *k, const struct knot *knot,
		      const struct cut *cut);

#endif
