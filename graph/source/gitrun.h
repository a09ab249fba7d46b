/* SPDX-License-Identifier: MIT */
/*
 * gitrun.h - git itself, for what libgit2 cannot read: run without a shell, without
 * the network, without locks, in the language C.  It only ever reads.
 */
#ifndef MESHCTL_GITRUN_H
#define MESHCTL_GITRUN_H

#include "base/arena.h"
#include "base/err.h"

#include <stdio.h>

/*
 * `git -C dir WORD...` (NULL-terminated): what it prints, a NUL behind it, in the
 * arena.  ERR_SYSTEM where there is no git, ERR_INPUT with git's own words where it
 * fails.  GIT_DIR and its kind count.
 */
int git_output(const char *dir, const char *const *word, struct arena *arena, const char **ret,
	       size_t *ret_len, struct err *err);

/* `git cat-file --batch`, waiting for ids. */
struct git_objects;

/* NULL and *err where it cannot be started. */
struct git_objects *git_objects_open(const char *dir, struct err *err);
/* The bytes of a blob by its id in hex, for the caller to free().  From any thread. */
int git_objects_blob(struct git_objects *g, const char *hex, char **ret, size_t *ret_len,
		     struct err *err);
void git_objects_close(struct git_objects *g);

#endif
