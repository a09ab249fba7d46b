/* SPDX-License-Identifier: MIT */
/* page_history.c - tables of `meshctl history` for the page: of the tree that is judged. */
#include "base/limits.h"
#include "cmd/history_view.h"
#include "cmd/page.h"

int page_history(const struct page *p, const char *since,
		 int (*rows)(const struct run *run, struct history_view *v, struct err *err),
		 struct json_out *out, struct err *err)
{
	struct history_view v = { .session = *p->session };
	const char *none = page_no_git(p);
	struct err cause = ERR_INIT;
	struct settings set;
	struct run own = page_run(p, &set);

	if (!none && history_view_read(&own, since, &v, &cause))
		none = cause.msg;
	json_out_text(out, "none", none);
	if (none)
		return 0;
	int rc = rows(&own, &v, err);

	if (!rc)
		history_view_members(&v, (uint32_t)limit_of(LIMIT_PAGE_ROWS), out);
	/* The session is the report's: it closes it. */
	history_free(v.history);
	return rc;
}
