/* SPDX-License-Identifier: MIT */
/* level_dirs.c - from folders to the nodes of a level. */
#include "graph/level.h"

#include <stdlib.h>

/* Nodes of a level are found by their names, which are symbols. */
void level_dirs(const struct source *s, const struct graph *packages, const struct graph *g,
		struct level level, uint32_t *ret)
{
	enum graph_part part = level_part(level);
	uint32_t nsyms = s->syms->count;
	uint32_t *at = xcalloc(nsyms, sizeof(*at));     /* node + 1 */

	for (uint32_t d = 0; d < s->ndirs; d++)
		ret[d] = ID_NONE;
	for (uint32_t p = 0; p < g->npkgs; p++)
		at[g->id[p].v] = p + 1;
	for (uint32_t p = 0; p < packages->npkgs; p++) {
		dir_id dir = packages->dir[p];
		sym_id name = packages->id[p], label;

		/* External tests are with the package that they test, but at the package level. */
		if (dir.v == ID_NONE ||
		    (packages->flags[p] & NODE_XTEST && (level.kind == LEVEL_PACKAGE ||
							 ret[dir.v] != ID_NONE)))
			continue;
		if (part != PARTS)
			name = packages->part[part][p];
		else if (level.kind != LEVEL_PACKAGE)
			name = level_group(s, level, dir, &label);
		if (name.v < nsyms && at[name.v])
			ret[dir.v] = at[name.v] - 1;
	}
	free(at);
}
