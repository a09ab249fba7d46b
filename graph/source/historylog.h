/* SPDX-License-Identifier: MIT */
/*
 * historylog.h - what commits changed, before anybody asks which of them count:
 * paths of the whole repository, renames inside one commit, authors as written.
 * Depends on the commits alone, so that it can be cached by the id of the last one.
 */
#ifndef MESHCTL_HISTORYLOG_H
#define MESHCTL_HISTORYLOG_H

#include "graph/source/blobid.h"
#include "graph/source/gitrev.h"

/* Raise it with every change of what is put in a log: part of the cache's key. */
#define HISTORYLOG_VERSION 1u

enum log_flag {
	LOG_MERGE   = 1 << 0,           /* two parents or more: its changes are not looked at */
	LOG_FIX     = 1 << 1,           /* see history_words.def */
	LOG_UNKNOWN = 1 << 2,           /* an object of it, or its parent, is not there */
};

enum change_kind { CHANGE_ADDED, CHANGE_MODIFIED, CHANGE_DELETED };

struct log_change {
	uint32_t path;                  /* in log.paths */
	uint32_t from;                  /* CHANGE_ADDED: renamed from it; 0 = new */
	uint32_t kind;                  /* enum change_kind */
};

struct log_commit {
	struct blob_id id;
	uint32_t flags;
	int64_t time;
	uint32_t who;                   /* in log.whos: "name\nemail" */
	uint32_t change_first, nchanges, unused;
};

struct historylog {
	struct arena *arena;
	struct symtab paths, whos;
	struct log_commit *commit;      /* children before their parents */
	struct log_change *change;
	size_t ncommits, commit_cap, nchanges, change_cap;
	uint32_t mined, missing;        /* commits that no cache knew; objects that are not there */
	const char *cache_note;
};

struct historylog_wish {
	int64_t horizon;                /* back to commits before it; INT64_MIN = all */
	bool no_cache;
	unsigned workers;               /* 1: in this process alone; 0 = one a processor */
};

/* The log of `tip`; some commits that are older may be in it.  The arena owns the texts. */
void historylog_read(git_repository *repo, const struct blob_id *tip,
		     const struct historylog_wish *wish, struct arena *arena,
		     struct historylog *ret);
void historylog_release(struct historylog *l);

/* ---- for the historylog_*.c files ---- */

void historylog_add_commit(struct historylog *l, const struct log_commit *c);
void historylog_add_change(struct historylog *l, const struct log_change *c);

/* What a block says of itself. */
struct log_block {
	struct blob_id base;            /* the key of the block that it stands on */
	uint32_t has_base, depth;       /* depth: blocks below it */
	int64_t horizon;                /* older commits are not in it */
};

/*
 * The first `ncommits` as one block.  Free it; NULL where it is too large.  Opening
 * adds its commits to the log; false where it is none of this version or not sound.
 */
void *historylog_pack(const struct historylog *l, size_t ncommits, const struct log_block *b,
		      size_t *ret_size);
bool historylog_unpack(struct historylog *l, const void *block, size_t size,
		       struct log_block *ret);
/*
 * What a commit says of itself: `raw` is the object.  False where it names no tree.
 * Its parents are lines "parent <40 hex digits>" behind each other.
 */
struct commit_head {
	struct blob_id tree;
	const char *parents;
	uint32_t nparents, who, flags;
	int64_t time;
};
bool historylog_commit(struct historylog *l, const char *raw, size_t len,
		       struct commit_head *ret);
bool blob_id_from_hex(const char *hex, size_t len, struct blob_id *ret);

/* Trees as git stores them, kept while they may be needed again. */
struct treecache;
struct treecache *treecache_new(git_repository *repo);
void treecache_free(struct treecache *t);
/* NULL where it is not there.  Valid until the next call but two. */
const char *treecache_get(struct treecache *t, const struct blob_id *id, size_t *ret_len);

struct tree_entry {
	const char *name;
	uint32_t len, mode;
	struct blob_id id;
};
enum { TREE_FOLDER = 040000, TREE_SUBMODULE = 0160000 };
/* The entry at *at, which moves on; false at the end or where it is damaged. */
bool tree_entry_next(const char **at, const char *end, struct tree_entry *ret);

/*
 * What differs between two trees (NULL = the empty one), renames found: appended to
 * the log.  False where a tree is missing; nothing is appended then.
 */
bool historylog_compare(struct historylog *l, struct treecache *trees, const struct blob_id *was,
			const struct blob_id *is);

/* A path that a commit added or deleted, and the contents. */
struct moved { uint32_t path, change; struct blob_id id; };
/* Sets log_change.from where a deleted file is an added one. */
void historylog_renames(struct historylog *l, struct moved *gone, size_t ngone,
			struct moved *added, size_t nadded);

/* A word of history_words.def in the text? */
bool history_is_fix(const char *text, size_t len);

#endif
