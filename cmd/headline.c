/* SPDX-License-Identifier: MIT */
/* headline.c - the revision. */
#include "cmd/headline.h"

const char *headline_revision(const struct source *s, struct arena *a)
{
	const struct source_rev *rev = &s->rev;
	const char *state = rev->clean ? "clean" : "changed";

	if (!rev->known)
		return "";
	if (rev->staged)
		return arena_printf(a, " as staged (index on %s, %s)",
				    *rev->branch ? rev->branch : "a detached HEAD",
				    *rev->commit ? arena_printf(a, "HEAD %.7s", rev->commit) :
						   "no commit yet");
	if (!*rev->commit)
		return " (no commit yet)";
	return arena_printf(a, " at %.7s (%s, %s)", rev->commit,
			    *rev->branch ? rev->branch : "detached",
			    state);
}
