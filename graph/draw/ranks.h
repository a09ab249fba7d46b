/* SPDX-License-Identifier: MIT */
/*
 * ranks.h - rows for drawings whose nodes have bands: those of a band stand together, bands
 * in their order, and imports inside of a band point onwards as far as they can.
 */
#ifndef MESHCTL_DRAW_RANKS_H
#define MESHCTL_DRAW_RANKS_H

#include "graph/draw/draw.h"

/*
 * Rows from 1 of each node, in the arena; *ret_rows is how many there are.  NULL where no
 * node has a band: then a layout finds better ones.  Nodes without a band are above all
 * others if nobody imports them, else below; those from outside are the last.
 */
uint32_t *draw_ranks(const struct drawing *d, struct arena *arena, uint32_t *ret_rows);

#endif
