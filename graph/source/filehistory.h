/* SPDX-License-Identifier: MIT */
/* filehistory.h - what one file was in earlier commits, as git knows. */
#ifndef MESHCTL_FILEHISTORY_H
#define MESHCTL_FILEHISTORY_H

#include "graph/source/source.h"

struct file_version {
	int64_t time;                   /* of the commit that made it so; seconds, UTC */
	const char *bytes;
	size_t len;
};

/*
 * The versions of `path` (relative to source.root) from source.rev back, the last
 * first, along one line of parents.  In the arena.  Ends early, in silence, where
 * git does not know more or a limit is reached.
 */
uint32_t file_versions(const struct source *s, const char *path, struct arena *arena,
		       const struct file_version **ret);

#endif
