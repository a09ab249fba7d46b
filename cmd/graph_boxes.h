/* SPDX-License-Identifier: MIT */
/* graph_boxes.h - the boxes of a picture, the bands of its nodes, and where nodes lead to. */
#ifndef MESHCTL_GRAPH_BOXES_H
#define MESHCTL_GRAPH_BOXES_H

#include "cmd/graph_view.h"

struct graph_boxes {
	struct draw_cluster *cluster;
	uint32_t count;
	const uint32_t *of;             /* [npkgs] innermost cluster, ID_NONE; NULL = no boxes */
	const uint32_t *rank;           /* [npkgs] see draw_node; NULL = no layers */
};

/* As view.boxes says; all of it in the arena. */
void graph_boxes(const struct graph_view *v, struct arena *arena, struct graph_boxes *ret);

/* Where people read a node: its folder on the forge, or its documentation.  NULL = nowhere. */
const char *graph_url(const struct graph_view *v, uint32_t node, struct arena *arena);

#endif
