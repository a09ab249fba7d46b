/* SPDX-License-Identifier: MIT */
/*
 * staged.h - git's index as the list of what a commit would hold: no conflicts, no
 * `git add -N`, folders of a sparse index expanded.
 */
#ifndef MESHCTL_STAGED_H
#define MESHCTL_STAGED_H

#include "graph/source/gitindex.h"
#include "graph/source/tree_flat.h"

struct staged {
	const char *git_dir;            /* absolute */
	const char *work;               /* top of the working tree; NULL when bare */
	unsigned id_bytes;
	/* Adds the files of a folder, whose tree is `id`; its path ends in a slash. */
	int (*expand)(void *ctx, const char *path, const unsigned char *id, struct flat_list *l,
		      struct err *err);
	void *ctx;
};

/*
 * *ret is to be released whatever the result; the index lives in its arena.
 * Entries know their stat data, to be compared with gitindex_matches().
 */
int staged_list(const struct staged *s, struct flat_list *ret, struct gitindex *ret_index,
		struct err *err);

#endif
