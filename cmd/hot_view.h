/* SPDX-License-Identifier: MIT */
/*
 * hot_view.h - the HOT block of analyze: what changed most in the last twelve months
 * where change is hardest.  Of the fifty files that changed most bodies are read.
 */
#ifndef MESHCTL_HOT_VIEW_H
#define MESHCTL_HOT_VIEW_H

#include "cmd/report/report.h"
#include "cmd/session.h"

struct hot_row {
	const char *path, *owner;       /* owner may be NULL */
	uint32_t changes, cognitive;
};

struct hot {
	const struct hot_row *row;      /* the hottest first; in the arena */
	uint32_t nrows, commits;
	bool shallow;
};

/* Nothing is no error: there may be no repository, no history, nothing that changes. */
void hot_read(const struct run *run, const struct session *s, struct hot *ret);
void hot_block(const struct report *r, FILE *out, const struct hot *h, struct arena *a);
void hot_member(struct json_out *out, const struct hot *h);

#endif
