/* SPDX-License-Identifier: MIT */
/*
 * suggest.h - "did you mean": the names nearest to one that does not exist.
 *
 * Near is a small edit distance, an abbreviation ("comp" for completion) or a
 * whole word of the name ("cycle" for import-cycle); capitals do not matter.
 */
#ifndef MESHCTL_SUGGEST_H
#define MESHCTL_SUGGEST_H

#include "base/base.h"

#define SUGGEST_MAX 3u

struct suggest {
	const char *wanted;             /* borrowed, as the names are */
	size_t limit;                   /* edits that still count as near */
	unsigned count;
	size_t rank[SUGGEST_MAX];       /* ascending; equal ones in the order of their offer */
	const char *name[SUGGEST_MAX];
};

#define SUGGEST_BYTES 256u              /* room for any suggest_text() */

void suggest_init(struct suggest *s, const char *wanted);
/* Keeps the name if it is as near as the nearest so far; drops those that are farther. */
void suggest_offer(struct suggest *s, const char *name);
/*
 * "; did you mean 'list'?" with `prefix` before each name, or "" where nothing
 * is near.  Returns buf.
 */
const char *suggest_text(const struct suggest *s, const char *prefix, char buf[SUGGEST_BYTES]);

#endif
