/* SPDX-License-Identifier: MIT */
/*
 * gitindex.h - git's index as a list of paths with stat data and ids (gitformat-index(5),
 * versions 2 to 4), in a tenth of the time that libgit2 takes for it.
 *
 * What is not understood from its first to its last entry is not used: split
 * indexes, ids of SHA-256, damage.
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
	const unsigned char *id;        /* 20 bytes */
};

struct gitindex {
	const struct gitindex_entry *entry;     /* [count] by path; without conflicts */
	uint32_t count;
	struct timespec written;        /* the file's own mtime */
};

/* The list points into `bytes`, but for what version 4 leaves out.  False: not understood. */
bool gitindex_parse(const unsigned char *bytes, size_t len, struct arena *arena,
		    struct gitindex *ret);
/* All of *ret lives in the arena.  False where there is none that can be used. */
bool gitindex_read(const char *path, struct arena *arena, struct gitindex *ret);
/* The entry of a path, or NULL. */
const struct gitindex_entry *gitindex_find(const struct gitindex *x, const char *path);
/*
 * The index of the working tree that holds `dir` (absolute): $GIT_INDEX_FILE,
 * $GIT_DIR/index, else of the nearest .git above.  *ret_prefix is the path of dir
 * below that tree's root.  False where there is none.
 */
bool gitindex_locate(const char *dir, struct arena *arena, const char **ret_path,
		     const char **ret_prefix);

#endif
