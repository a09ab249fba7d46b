/* SPDX-License-Identifier: MIT */
/* panel_trend.c - twelve monthly points of what `meshctl history trend` follows. */
#include "cmd/page.h"
#include "cmd/trend_view.h"

int panel_trend(const struct page *p, struct json_out *out, struct err *err)
{
	struct trend_view v = { .span = "11m", .every = "1m" };
	const char *none = page_no_git(p);
	struct err cause = ERR_INIT;
	struct settings set;
	struct run own = page_run(p, &set);
	struct past past;
	int rc = 0;

	if (none) {
		json_out_text(out, "none", none);
		return 0;
	}
	if (past_open(&own, v.span, &past, &cause)) {
		json_out_text(out, "none", cause.msg);
	} else {
		past.debt = PAST_WITH_DEBT;
		rc = trend_read(&past, &v, err);
		json_out_text(out, "none", NULL);
		json_out_text(out, "span", rc ? NULL : trend_span(&v, p->arena));
		json_out_text(out, "incomplete", rc ? NULL : v.incomplete);
		if (!rc)
			trend_members(&v, out);
	}
	past_release(&past);
	return rc;
}
