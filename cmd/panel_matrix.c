/* SPDX-License-Identifier: MIT */
/*
 * panel_matrix.c - which groups a matrix of the page begins with; its cells are the
 * edges of the panel `graph`.
 */
#include "cmd/page.h"

int panel_matrix(const struct page *p, struct json_out *out, struct err *err UNUSED)
{
	const struct graph *g = p->report->graph;
	bool layers = p->report->mapping && p->report->policy->nlayers;
	bool contexts = g->part[PART_CONTEXT] && !g->guessed[PART_CONTEXT];

	json_out_text(out, "by", layers ? "layer" : contexts ? "context" : "folder");
	return 0;
}
