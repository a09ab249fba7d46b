/* SPDX-License-Identifier: MIT */
/*
 * gitrev.h - repositories and commits: opening, naming, and whether the working
 * tree is clean.  Users of this header are between gitrev_start() and gitrev_stop().
 */
#ifndef MESHCTL_GITREV_H
#define MESHCTL_GITREV_H

#include "graph/source/source.h"

#include <git2/types.h>

/* libgit2 is there between them, and stays for the next who asks. */
void gitrev_start(void);
void gitrev_stop(void);

/* The repository that holds the folder, or NULL and *err.  GIT_DIR and the like count. */
git_repository *gitrev_open(const char *dir, struct err *err);
/* Right after gitrev_open() failed: is there one, of a kind that libgit2 does not know? */
bool gitrev_is_foreign(void);
/*
 * May a clean filter make another text of the same size of what is in the working tree?
 * Those of Git LFS cannot: their pointers are never as long.
 */
bool gitrev_has_filters(git_repository *repo);
/* The commit that `rev` names, described in *ret_rev; NULL and *err. */
git_commit *gitrev_commit(git_repository *repo, const char *rev, struct arena *arena,
			  struct source_rev *ret_rev, struct err *err);
/* Root of the working tree (of the repository when bare), and what of dir is below it. */
int gitrev_place(git_repository *repo, const char *dir, struct arena *arena, const char **ret_root,
		 const char **ret_prefix, struct err *err);
/* HEAD, not .clean; what is not there is empty.  .known is true. */
void gitrev_head(git_repository *repo, struct arena *arena, struct source_rev *ret_rev);
/* HEAD of the repository that holds dir, with .clean; .known is false where there is none. */
void gitrev_describe(const char *dir, struct arena *arena, struct source_rev *ret_rev);

#endif
