/* SPDX-License-Identifier: MIT */
/* panel_owners.c - who knows the code, by team or folder; never by person. */
#include "cmd/history_view.h"
#include "cmd/page.h"

int panel_owners(const struct page *p, struct json_out *out, struct err *err)
{
	return page_history(p, "all", history_owners_rows, out, err);
}
