/* SPDX-License-Identifier: MIT */
/* panel_hotspots.c - files that change most where change is hardest, of the last year. */
#include "cmd/history_view.h"
#include "cmd/page.h"

int panel_hotspots(const struct page *p, struct json_out *out, struct err *err)
{
	return page_history(p, "12m", history_hotspots_rows, out, err);
}
