/* SPDX-License-Identifier: MIT */
/*
 * cut_view.h - how the cut of a knot looks: a table for people, an object for
 * programs.  Shared by analyze and cycles.
 */
#ifndef MESHCTL_CUT_VIEW_H
#define MESHCTL_CUT_VIEW_H

#include "analyzers/tactic.h"
#include "cmd/report/report.h"

/*
 *     lines  still tied  remove                        at
 *         1    27 -> 19  pkg/auth -> internal/service  pkg/auth/session.go:14
 *
 * or, with advice on the edges that are shown:
 *
 *     lines  still tied  remove                        uses         try
 *         1    27 -> 19  pkg/auth -> internal/service  user.Lookup  interface in auth
 *
 * At most `most` edges, and the rest one row that ends in `way`; with 0 all, and
 * every import line of each, and with advice every symbol.
 */
void cut_table(const struct report *r, FILE *out, unsigned indent, const struct knots_at *k,
	       const struct knot *knot, const struct cut *cut, const struct advice *advice,
	       uint32_t most, const char *way, struct arena *arena);
/* How many edges of a cut a table of so many shows. */
uint32_t cut_shown(const struct cut *cut, uint32_t most);
/* "19 import lines": what the knot hangs on, and what of it is proven. */
const char *cut_sum(const struct knots_at *k, const struct cut *cut, struct arena *arena);
struct json *cut_json(const struct report *r, const struct knots_at *k, const struct knot *knot,
		      const struct cut *cut, const struct advice *advice);

#endif
