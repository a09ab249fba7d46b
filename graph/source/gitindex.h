/* SPDX-License-Identifier: MIT */
/*
 * gitindex.h - git's index as a list of paths with stat data and ids (gitformat-index(5),
 * versions 2 to 4, split or not), in a tenth of the time that libgit2 takes for it.
 *
 * What is not understood from its first to its last entry is not used: ids of
 * another length than asked for, damage.
 */
#ifndef MESHCTL_GITINDEX_H
#define MESHCTL_GITINDEX_H

#include "base/arena.h"

#include <time.h>

struct gitindex_time { uint32_t seconds, nanoseconds; };

struct gitindex_entry {
	const char *path;               /* relative to the working tree; not NUL-terminated */
	uint32_t path_len;
	struct gitindex_time mtime, ctime;
	uint32_t inode, mode, size;     /* as git keeps them: the low 32 bits */
	const unsigned char *id;
	bool unmerged, intended;        /* a side of a conflict; "git add -N" */
	bool skipped;                   /* not checked out, of a sparse working tree */
};

struct gitindex {
	/* [count] by path: what a commit would hold.  A folder of a sparse index ends in '/'. */
	const struct gitindex_entry *entry;
	uint32_t count, all_count;
	const struct gitindex_entry *all;       /* [all_count] as the file has them */
	const char *unmerged;           /* the first path with a conflict; NULL = none */
	struct timespec written;        /* the file's own mtime */
	/* Of a split index: the id of the other half, and what it changes there.  NULL = whole. */
	const unsigned char *base, *changes;
	size_t nchanges;
};

enum { GITINDEX_SHA1 = 20, GITINDEX_SHA256 = 32 };      /* bytes of an id */

/*
 * The list points into `bytes`, but for what version 4 leaves out.  False: not
 * understood.  With ret->base the list is a half; gitindex_join() makes it whole.
 */
bool gitindex_parse(const unsigned char *bytes, size_t len, unsigned id_bytes,
		    struct arena *arena, struct gitindex *ret);
/* x, which has a base, becomes whole; `base` is the index of that name, parsed. */
bool gitindex_join(struct gitindex *x, const struct gitindex *base, struct arena *arena);
/*
 * All of *ret lives in the arena.  The other half of a split index is looked for in
 * `git_dir`, NULL = beside the file.  False where there is none that can be used.
 */
bool gitindex_read(const char *path, const char *git_dir, unsigned id_bytes, struct arena *arena,
		   struct gitindex *ret);
/* The entry of a path, or NULL. */
const struct gitindex_entry *gitindex_find(const struct gitindex *x, const char *path);
/*
 * Would git take the file for what the entry says, without reading it?  As its
 * ie_match_stat(): mode, size, times and inode match, and the entry is older than the
 * index (racy git).  A filter may still have made what git stores from it.
 */
struct stat;
bool gitindex_matches(const struct gitindex *x, const struct gitindex_entry *e,
		      const struct stat *st);
/*
 * The index of the working tree that holds `dir` (absolute): $GIT_INDEX_FILE,
 * $GIT_DIR/index, else of the nearest .git above.  *ret_prefix is the path of dir
 * below that tree's root.  False where there is none.
 */
bool gitindex_locate(const char *dir, struct arena *arena, const char **ret_path,
		     const char **ret_prefix);

/*
 * Are Go files below `dir` left out of a sparse working tree?  What is missing there was
 * not removed.  False too where there is no index, or none that can be read.
 */
bool gitindex_skips_go(const char *dir);

/* For gitindex.c and gitindex_split.c: leaves out what is no part of a commit, and notes it. */
void gitindex_settle(struct gitindex *x, const struct gitindex_entry *all, uint32_t count,
		     struct arena *arena);

#endif
