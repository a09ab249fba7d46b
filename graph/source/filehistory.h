/* SPDX-License-Identifier: MIT */
/*
 * filehistory.h - what one file was in earlier commits, by its contents.  Who changed which
 * files, of all of them and without contents, is history.h.
 */
#ifndef MESHCTL_FILEHISTORY_H
#define MESHCTL_FILEHISTORY_H

#include "graph/source/blobid.h"

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

struct past_file {
	const char *dir;                /* relative to source.root */
	struct blob_id id;
};

/*
 * The Go files of the commit, source.rev or before, that last changed `path`; those
 * of one folder together.  Not those below vendor, testdata and the like.  0 where
 * git does not know, or LIMIT_RENAME_COMMITS.
 */
uint32_t files_at_change(const struct source *s, const char *path, struct arena *arena,
			 const struct past_file **ret);

#endif
