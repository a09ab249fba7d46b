/* SPDX-License-Identifier: MIT */
/*
 * uses_view.h - what an edge uses and what to try, as cells of a table, as lines
 * with places, and as JSON.
 */
#ifndef MESHCTL_USES_VIEW_H
#define MESHCTL_USES_VIEW_H

#include "analyzers/tactic.h"
#include "base/json.h"

#include <stdio.h>

/* "uses  try" of a title and of each advice, in at most so many columns, padded: ret[count + 1]. */
void uses_cells(const struct advice *advice, uint32_t count, size_t columns, const char **ret,
		struct arena *arena);
/*
 * A line an import, `import` has their places, NULL at the end; then a line a
 * symbol: its first place, its name, its kind, how often it is used.  At most `most`
 * lines of each, 0 = all.
 */
void uses_print(FILE *out, unsigned indent, const struct symtab *syms, const char *const *import,
		const struct edge_symbols *used, uint32_t most, struct arena *arena);
/* Adds the members that say everything about symbols, and about what to try. */
void uses_set(struct json *edge, const struct source *s, const struct edge_symbols *used);
void uses_set_advice(struct json *edge, const struct source *s, const struct advice *advice);

#endif
