/* SPDX-License-Identifier: MIT */
/*
 * graph_judged.h - what a picture must be judged for: imports that the policy
 * forbids, and what changed since a commit.
 */
#ifndef MESHCTL_GRAPH_JUDGED_H
#define MESHCTL_GRAPH_JUDGED_H

#include "cmd/diff.h"
#include "cmd/graph_view.h"
#include "graph/source/gitbase.h"

struct graph_judged {
	enum graph_light light;         /* LIGHT_VIOLATION or LIGHT_CHANGED */
	struct judge judge;
	struct git_base given;          /* LIGHT_CHANGED: since this commit */
	struct sides sides;
	struct diff diff;
};

/*
 * Reads and judges what the settings ask for, with contexts and domains as told; `rev` is that of
 * changed:REV.  To be released whatever it returns.
 */
int graph_judge(struct run *run, enum graph_light light, const char *rev,
		const struct session_wish *wish, struct graph_judged *ret, struct err *err);
void graph_judged_release(struct graph_judged *j, const struct settings *set);

#endif
