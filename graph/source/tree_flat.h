/* SPDX-License-Identifier: MIT */
/*
 * tree_flat.h - a tree made of one sorted list of paths, as git's index and
 * `git ls-tree -r` have it.  Who reads the blobs is given.
 */
#ifndef MESHCTL_TREE_FLAT_H
#define MESHCTL_TREE_FLAT_H

#include "graph/source/tree.h"

struct flat_entry {
	const char *path;               /* without a NUL */
	uint32_t len;
	uint32_t mode;                  /* 0100644, 0100755, 0120000, 0160000 */
	const unsigned char *id;
	const struct gitindex_entry *stat;      /* of its file in the working tree; may be NULL */
};

/* Entries while they are collected, in any order; what they point to is in the arena. */
struct flat_list {
	struct flat_entry *entry;       /* free() */
	uint32_t count, cap;
	struct arena arena;
};

void flat_list_add(struct flat_list *l, const struct flat_entry *e);
void flat_list_release(struct flat_list *l);

/* First member of who reads blobs.  read() may be called by several threads at once. */
struct blob_reader {
	/* At least `max` bytes, or all; what buf held is gone. */
	int (*read)(struct blob_reader *r, const struct flat_entry *e, size_t max,
		    struct tree_buf *buf, struct err *err);
	/* As tree_blob_size(); NULL where that cannot be known. */
	bool (*size)(struct blob_reader *r, const unsigned char *id, uint64_t *ret);
	void (*close)(struct blob_reader *r);
	bool git_ids;                   /* ids are those that tree_blob() promises */
};

/* Takes over all of the list, and the reader. */
struct tree *tree_flat_open(struct flat_list *l, struct blob_reader *reader);

#endif
