/* SPDX-License-Identifier: MIT */
/*
 * mainline.h - the first-parent line of a commit: what a branch was, merge by merge.
 * Objects are read one by one; nothing is compared.
 */
#ifndef MESHCTL_MAINLINE_H
#define MESHCTL_MAINLINE_H

#include "base/arena.h"
#include "base/err.h"

struct line_commit {
	const char *id;                 /* full hex */
	const char *subject;            /* first line of the message, as it stands there */
	int64_t clock;                  /* committer date, seconds, UTC */
	/*
	 * The same, but never later than that of a younger commit: where clocks contradict
	 * each other most of them are believed, and the others count as made right after
	 * the commit before.
	 */
	int64_t time;
};

enum line_end {
	LINE_ROOT,                      /* the last one has no parent */
	LINE_ENOUGH,                    /* what is older was not asked for */
	LINE_SHALLOW,                   /* the clone has no more */
	LINE_MISSING,                   /* an object is not there that should be */
};

struct mainline {                       /* in the arena */
	const struct line_commit *commit;       /* the youngest first */
	uint32_t count, wrong_clocks;   /* commits; those of them whose time is not their clock */
	int64_t now, since;             /* INT64_MIN = all of it was asked for */
	enum line_end end;
};

/*
 * From `rev` (NULL = HEAD) in the repository that holds `dir` back to the youngest commit
 * that is not younger than `since`, as date_since() reads it before `now`; INT64_MIN: before
 * the first one's clock.  ERR_INPUT without a repository or commit, ERR_USAGE of `since`.
 */
int mainline_read(const char *dir, const char *rev, int64_t now, const char *since,
		  struct arena *arena, struct mainline *ret, struct err *err);
/* The youngest commit at or before that time; ID_NONE: all are younger. */
uint32_t mainline_at(const struct mainline *line, int64_t seconds);
/* Fills .time of commits, the youngest first, from .clock; returns how many differ. */
uint32_t mainline_clocks(struct line_commit *commit, uint32_t count);

/*
 * Which commits changed what Go reads?  ret[i] is false where commits i and i + 1 have the
 * same Go files, go.mod and go.work, by name and contents.  The oldest is true, and what
 * cannot be compared.
 */
void mainline_touches(const char *dir, const struct mainline *line, bool *ret);

#endif
