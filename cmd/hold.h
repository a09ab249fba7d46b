/* SPDX-License-Identifier: MIT */
/*
 * hold.h - what holds findings back in this run: the baseline of the tree that
 * is read, the day that expiry dates are compared with, folders that git renamed.
 */
#ifndef MESHCTL_HOLD_H
#define MESHCTL_HOLD_H

#include "analyzers/settle.h"
#include "cmd/session.h"

struct hold {
	struct baseline *baseline;      /* NULL where there is none */
	const char *path;               /* of it, relative to source.root */
	const char *file;               /* the same as one may type it here */
	int64_t now;
	bool dated;                     /* false: nothing tells the day, so that nothing expires */
	struct settled settled;         /* after hold_settle() */
};

/*
 * Reads the baseline; it lives in the session's arena.  One that the policy asks
 * for must be there (ERR_CONFIG), unless may_miss.
 */
int hold_open(const struct settings *set, struct session *s, bool may_miss, struct hold *ret,
	      struct err *err);
/* Does every date of these say the same on both days? */
bool hold_same_day(const struct hold *a, const struct hold *b, const struct policy *p);
/* root/path as seen from here: "../x" from a folder below. */
const char *hold_typed(const char *root, const char *path, struct arena *arena);
/* Before findings_finish(). */
int hold_settle(struct hold *h, const struct settings *set, const struct analysis *given,
		struct rules_ran *ran, struct err *err);

#endif
