/* SPDX-License-Identifier: MIT */
/*
 * tree.h - where files come from: a folder on disk or a commit.  Paths are
 * relative to the tree's root, '/' between segments, "" is the root.
 *
 * tree_list() is for one thread; tree_read() for many, each with its own buffer.
 */
#ifndef MESHCTL_TREE_H
#define MESHCTL_TREE_H

#include "base/arena.h"
#include "base/err.h"

enum entry_kind {
	ENTRY_FILE, /* a regular file, or a link to one */
	ENTRY_DIR,
	ENTRY_DIR_LINK,	 /* a link to a folder: Go does not walk it */
	/*
	 * A link named *.go that leads nowhere; of tree_list_files() one of a name that is
	 * wanted, which leads nowhere or out of the tree.
	 */
	ENTRY_BROKEN,
	ENTRY_IRREGULAR, /* stands for all that is neither file nor folder; no name */
};

struct tree_entry {
	const char *name;
	enum entry_kind kind;
	uint32_t ref;                   /* for tree_read() and tree_list_ref() */
};

struct tree_buf {                       /* reused from file to file */
	const char *bytes;              /* until the next read into it */
	size_t len;
	bool whole;                     /* the file ends at len */
	char *own;                      /* what a disk tree reads into */
	size_t cap;
	void *held;                     /* the object that a git tree lends */
	void (*drop)(void *held);
};

struct tree;

struct tree_ops {
	int (*list)(struct tree *t, const char *dir, uint32_t ref, struct arena *arena,
		    struct tree_entry **ret_entry, uint32_t *ret_count, struct err *err);
	int (*read)(struct tree *t, const char *path, uint32_t ref, size_t max,
		    struct tree_buf *buf, struct err *err);
	const unsigned char *(*blob)(struct tree *t, uint32_t ref);
	bool (*blob_size)(struct tree *t, uint32_t ref, uint64_t *ret);
	bool (*find)(struct tree *t, const char *path, struct arena *scratch, uint32_t *ret_ref);
	void (*close)(struct tree *t);
};

/* First member of disk_tree and git_tree. */
struct tree {
	const struct tree_ops *ops;
	bool (*wants)(const char *name);        /* during tree_list_files(); else NULL */
	bool on_disk;                   /* its files may change, and have no ids */
	struct tree_log *log;           /* treelog.h; NULL = nobody listens */
};

/* `root` is absolute and copied. */
struct tree *tree_disk_open(const char *root);
/*
 * The tree of commit `rev` in the repository that holds the folder `dir` (or is
 * it, when bare).  *ret_root is its working tree's absolute path, or the
 * repository's own when bare; *ret_prefix the path of dir below it.
 */
struct source_rev;
int tree_git_open(const char *dir, const char *rev, struct arena *arena, struct tree **ret,
		  const char **ret_root, const char **ret_prefix, struct source_rev *ret_rev,
		  struct err *err);
/* The same for the tree that would be committed: the index.  ERR_INPUT with conflicts in it. */
int tree_staged_open(const char *dir, struct arena *arena, struct tree **ret,
		     const char **ret_root, const char **ret_prefix, struct source_rev *ret_rev,
		     struct err *err);

/*
 * The entries of a folder that matter to Go (folders, *.go, go.mod, go.work),
 * by name.  Where anything in it is a link or a special file, one entry without
 * a name says so: Go then reads the folder another way (see package.c).
 * ERR_INPUT names the cause alone ("permission denied").
 */
int tree_list(struct tree *t, const char *dir, struct arena *arena, struct tree_entry **ret_entry,
	      uint32_t *ret_count, struct err *err);
/* The same for a folder that was listed, which a git tree then need not look up again. */
int tree_list_ref(struct tree *t, const char *dir, uint32_t ref, struct arena *arena,
		  struct tree_entry **ret_entry, uint32_t *ret_count, struct err *err);
/*
 * Folders and the files that `wants` asks for, instead of those that matter to Go.
 * Nothing that a link leads to out of the tree.
 */
int tree_list_files(struct tree *t, const char *dir, bool (*wants)(const char *name),
		    struct arena *arena, struct tree_entry **ret_entry, uint32_t *ret_count,
		    struct err *err);
#define TREE_NO_REF UINT32_MAX
/*
 * Is there anything of this path, whatever its name?  *ret_ref is for tree_read(),
 * which fails where it is no file.  What cannot be looked at is there.
 */
bool tree_find(struct tree *t, const char *path, struct arena *scratch, uint32_t *ret_ref);
/* The first `max` bytes of a file, or more; the cause alone in *err. */
int tree_read(struct tree *t, const char *path, uint32_t ref, size_t max, struct tree_buf *buf,
	      struct err *err);
/*
 * The blob id of a file that was listed: 20 bytes.  NULL on disk, where nobody has computed
 * it, and where git's ids are of another kind.
 */
const unsigned char *tree_blob(struct tree *t, uint32_t ref);
/* The size of that blob, without reading it; false where it is not known.  For many threads. */
bool tree_blob_size(struct tree *t, uint32_t ref, uint64_t *ret);
void tree_buf_release(struct tree_buf *buf);
void tree_close(struct tree *t);

bool tree_is_go(const char *name);      /* "x.go", but not ".go" */
/* Would tree_list() keep a file of this name? */
bool tree_wants(const char *name);
/* The same of the list that is made: tree_list() or tree_list_files(). */
bool tree_takes(const struct tree *t, const char *name);
/* Is a link of this name told where it leads nowhere? */
bool tree_tells_broken(const struct tree *t, const char *name);
const struct tree_entry *tree_entry_find(const struct tree_entry *entry, uint32_t count,
					 const char *name);
/* Is there a file or folder of this name in `dir`? */
bool tree_has(struct tree *t, const char *dir, const char *name, struct arena *scratch);
/* "a/b" + "c" -> "a/b/c"; "" + "c" -> "c". */
const char *path_join(struct arena *arena, const char *dir, const char *name);
/* Resolves "." and ".." in text alone; NULL when ".." leaves the root. */
const char *path_clean(struct arena *arena, const char *path);
/* What of `path` is below `dir` ("" when equal), or NULL when it is not below it. */
const char *path_below(const char *path, const char *dir);

#endif
