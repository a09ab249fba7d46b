/* SPDX-License-Identifier: MIT */
/* gitbase.h - the commit that a change began with: what --base REV compares with. */
#ifndef MESHCTL_GITBASE_H
#define MESHCTL_GITBASE_H

#include "base/arena.h"
#include "base/err.h"

struct git_base {                       /* texts in the arena */
	const char *commit;             /* full hex id; NULL: there is none yet */
	const char *how;                /* "merge base with main", "HEAD" */
};

/*
 * The best common ancestor of `base` and `head` (NULL = HEAD) in the repository
 * that holds `dir`.  ERR_INPUT names what is missing, and in a shallow clone what
 * to fetch: no base is never the same as no change.
 */
int gitbase_merge(const char *dir, const char *base, const char *head, struct arena *arena,
		  struct git_base *ret, struct err *err);
/* HEAD itself, for what is staged; commit is NULL where nothing was committed yet. */
int gitbase_head(const char *dir, struct arena *arena, struct git_base *ret, struct err *err);

#endif
