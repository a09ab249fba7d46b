/* SPDX-License-Identifier: MIT */
/*
 * page.h - the one-file HTML page of `meshctl report`, panel by panel.  A new panel is
 * a row of panels.def, cmd/panel_<ident>.c, which defines panel_<ident>() and writes
 * what the panel shows as members of an object, and templates/report/panel-<id>.js,
 * which calls panel("<id>", ...) and draws them (templates/report/base.js says how).
 */
#ifndef MESHCTL_PAGE_H
#define MESHCTL_PAGE_H

#include "cmd/judge.h"

struct page {
	const struct run *run;
	const struct session *session;  /* what was read for it; borrowed */
	const struct report *report;    /* judged, sorted; its graph knows contexts */
	const struct analysis *given;   /* scratch is emptied before each panel */
	struct arena *arena;            /* the same one */
};

struct panel {
	const char *id, *title;
	uint32_t needs;                 /* FACT_...; without a policy FACT_POLICY leaves it out */
	int (*write)(const struct page *p, struct json_out *out, struct err *err);
};

#define PANEL(ident, id, title, needs) \
	int panel_##ident(const struct page *p, struct json_out *out, struct err *err);
#include "cmd/panels.def"
#undef PANEL

extern const struct panel panels[];
extern const uint32_t npanels;

/*
 * The run for what reads again by itself: it says nothing.  *ret_set is filled, and must
 * live as long as the run that is returned.
 */
struct run page_run(const struct page *p, struct settings *ret_set);
/* Why git tells nothing of the tree; NULL = it does. */
const char *page_no_git(const struct page *p);

struct history_view;
/*
 * A table of `meshctl history` as members: its history since `since`, rows by `rows`.
 * Where there is no history, `none` says why.
 */
int page_history(const struct page *p, const char *since,
		 int (*rows)(const struct run *run, struct history_view *v, struct err *err),
		 struct json_out *out, struct err *err);

/* What the panels need together: FACT_... */
uint32_t page_needs(void);
/* The whole page.  The same report gives the same bytes. */
int page_write(const struct page *p, FILE *out, struct err *err);

#endif
