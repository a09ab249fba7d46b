/* SPDX-License-Identifier: MIT */
/*
 * factcache.h - packed facts (body.h) by blob id and by what extracted them, in
 * LMDB files of the user's cache folder.  Shared by all working trees, branches
 * and commits, and by processes at work at the same time.
 *
 * The cache never fails and never lies: whatever is wrong with it, it finds
 * nothing, or stores nothing, and says why in one note.  Each value has a
 * checksum over its key and bytes; a file is looked through before LMDB, which
 * trusts its files, may touch it (factcache_part.h).
 *
 * Two generations, each bounded by half of the limit: what is stored goes into
 * the young one; when that is full it becomes the old one, whose predecessor is
 * deleted.  What is found in the old one is stored again.
 */
#ifndef MESHCTL_FACTCACHE_H
#define MESHCTL_FACTCACHE_H

#include "base/err.h"
#include "graph/source/blobid.h"

struct factcache;

/* Facts of each kind have keys of their own. */
enum fact_kind {
	FACTS_OF_BODIES,                /* body.h; by the blob id of a file */
	FACTS_OF_HEADS,                 /* headcache.h; by the name of a portion */
	FACTS_OF_SYNTAX,                /* syntax_pack.h; by the blob id of a file */
};

struct factcache_options {
	enum fact_kind kind;
	const char *folder;             /* NULL: $XDG_CACHE_HOME/meshctl, else ~/.cache/meshctl */
	uint64_t limit;                 /* bytes of both generations; 0 = LIMIT_CACHE_BYTES */
	unsigned workers;
};

struct fact_item {
	struct blob_id id;
	const void *block;
	size_t size;
};

struct factcache *factcache_open(const struct factcache_options *o);
/*
 * The facts of these contents, aligned to 8 bytes, valid until factcache_close();
 * NULL when there are none.  Each worker asks for itself, until factcache_settle().
 */
const void *factcache_find(struct factcache *c, unsigned worker, const struct blob_id *id,
			   size_t *ret_size, bool *ret_old);
/* Other processes may write from now on. */
void factcache_settle(struct factcache *c);
/* For more questions, once; what was found stays. */
void factcache_resume(struct factcache *c);
/* At the end of a run, once: one transaction for each 32 MB.  What is there already is left. */
void factcache_store(struct factcache *c, const struct fact_item *item, uint32_t count);
/* Something was wrong with its files: what was found in them should be stored again as well. */
bool factcache_is_damaged(const struct factcache *c);
/* Counts for the status screen. */
void factcache_count(struct factcache *c, uint64_t asked, uint64_t found);
/* Why the cache is not used, or was made again: "no fact cache: ..."; NULL = all is well. */
const char *factcache_note(const struct factcache *c);
void factcache_close(struct factcache *c);

struct factcache_status {
	const char *folder, *note;      /* in the arena; note as above */
	uint64_t limit;
	struct {
		bool present;
		uint64_t entries, bytes;
		int64_t since;          /* seconds since 1970; 0 = unknown */
	} young, old;
	uint64_t runs, asked, found;    /* since the cache was made or cleared */
};

void factcache_status(const struct factcache_options *o, struct arena *arena,
		      struct factcache_status *ret);
/*
 * Deletes the old generation (`all`: both, and the counts) and reports what that freed.
 * Nothing there is no error.
 */
int factcache_delete(const struct factcache_options *o, bool all, uint64_t *ret_bytes,
		     struct err *err);

#endif
