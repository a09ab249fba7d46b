/* SPDX-License-Identifier: MIT */
/*
 * gitpath.h - one path through the history of a commit.  Users of this header
 * hold a git_libgit2_init() of their own.
 */
#ifndef MESHCTL_GITPATH_H
#define MESHCTL_GITPATH_H

#include "base/base.h"

#include <git2/types.h>

/* The id of what `path` is in the commit; false when there is nothing. */
bool gitpath_entry(git_commit *commit, const char *path, git_oid *ret);
/*
 * As `git log -1 -- path`: back as long as some parent has the same file.  Takes
 * the commit over.  NULL: the file is not there, or LIMIT_RENAME_COMMITS.
 */
git_commit *gitpath_last_change(git_commit *commit, const char *path);

#endif
