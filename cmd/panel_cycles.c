/* SPDX-License-Identifier: MIT */
/* panel_cycles.c - circles at every level, each knot with its cut in order. */
#include "cmd/cycles_json.h"
#include "cmd/page.h"

int panel_cycles(const struct page *p, struct json_out *out, struct err *err)
{
	struct circle_table table;

	circle_table_init(p->given->source, p->given->graph, NULL, p->arena, &table);
	return cycles_members(p->report, &table, table.worst, false, p->given->weigh, out, err);
}
