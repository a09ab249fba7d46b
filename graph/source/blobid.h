/* SPDX-License-Identifier: MIT */
/*
 * blobid.h - names of contents: git's blob ids (SHA-1), for files of a commit, of
 * a working tree, and of no repository at all.
 */
#ifndef MESHCTL_BLOBID_H
#define MESHCTL_BLOBID_H

#include "graph/source/source.h"

#define BLOB_ID_BYTES 20

struct blob_id { unsigned char byte[BLOB_ID_BYTES]; };

/* What is known of a file that was not read. */
struct blob_hint {
	struct blob_id id;
	bool known;                     /* id is what git says */
	bool sized;                     /* size is that of the file on disk */
	uint64_t size;
};

/*
 * Of a commit the ids are those of its tree.  Of a working tree they come from
 * the index, of entries that git itself would not read again: mode, size, times
 * and inode match, and the entry is older than the index (racy git).  They then
 * name what git would store, which a filter may have made from the file: a user
 * compares the size with that of what it has under the id.  Where filters could
 * keep the size, nothing is known.
 *
 * Starts libgit2 for blob_id_of(), until blob_ids_end().
 */
void blob_ids_begin(const struct source *s, const file_id *file, uint32_t count, unsigned workers,
		    struct blob_hint *ret);
/* "blob <len>\0" and the bytes, as git names them. */
void blob_id_of(const void *bytes, size_t len, struct blob_id *ret);
void blob_ids_end(void);

/* Of files on disk the sizes alone. */
void blob_sizes(const struct source *s, const file_id *file, uint32_t count, unsigned workers,
		struct blob_hint *ret);

#endif
