/* SPDX-License-Identifier: MIT */
/*
 * tree_plumbing.h - trees of repositories that libgit2 cannot open (ids of SHA-256,
 * references in reftables), read through git itself.
 */
#ifndef MESHCTL_TREE_PLUMBING_H
#define MESHCTL_TREE_PLUMBING_H

#include "graph/source/source.h"
#include "graph/source/tree.h"

/* As tree_git_open(); rev NULL is the index, as tree_staged_open(). */
int tree_plumbing_open(const char *dir, const char *rev, struct arena *arena, struct tree **ret,
		       const char **ret_root, const char **ret_prefix, struct source_rev *ret_rev,
		       struct err *err);

#endif
