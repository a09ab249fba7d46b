/* SPDX-License-Identifier: MIT */
/*
 * renames.h - folders that have another name since a file was last changed, as
 * git can tell: by Go files with equal contents.
 */
#ifndef MESHCTL_RENAMES_H
#define MESHCTL_RENAMES_H

#include "graph/source/source.h"

struct folder_rename { const char *from, *to; };        /* relative to source.root */

/*
 * Folders that had Go files when the commit was made that last changed `path`
 * (relative to source.root), have none today, and whose files are in a folder that
 * is new.  A folder around such folders counts as renamed where all that is known
 * of it agrees.  By `to`.  0 where git does not know: no repository, no such
 * commit, LIMIT_RENAME_COMMITS.  Lives in the arena.
 */
uint32_t renames_since(const struct source *s, const char *path, struct arena *arena,
		       const struct folder_rename **ret);

/* The same between two trees that were read, of which the ids of `was` are known. */
uint32_t renames_between(const struct source *was, const struct source *s, struct arena *arena,
			 const struct folder_rename **ret);

#endif
