/* SPDX-License-Identifier: MIT */
/* filehistory.h - what files were in earlier commits, as git knows. */
#ifndef MESHCTL_FILEHISTORY_H
#define MESHCTL_FILEHISTORY_H

#include "graph/source/blobid.h"

struct file_version {
	int64_t time;                   /* of the commit that made it so; seconds, UTC */
	const char *bytes;
	size_t len;
};

/*
 * The versions of `path` (relative to source.root) from source.rev back, the last
 * first, along one line of parents.  In the arena.  Ends early, in silence, where
 * git does not know more or a limit is reached.
 */
uint32_t file_versions(const struct source *s, const char *path, struct arena *arena,
		       const struct file_version **ret);

struct past_file {
	const char *dir;                /* relative to source.root */
	struct blob_id id;
};

/*
 * The Go files of the commit, source.rev or before, that last changed `path`; those
 * of one folder together.  Not those below vendor, testdata and the like.  0 where
 * git does not know, or LIMIT_RENAME_COMMITS.
 */
uint32_t files_at_change(const struct source *s, const char *path, struct arena *arena,
			 const struct past_file **ret);

struct git_repository;
struct git_tree;

/*
 * Lines of a commit against its first parent, file by file: paths in the repository,
 * `was` in the parent.  False where an object is not there.
 */
struct history_churn { struct git_repository *repo; struct git_tree *is, *was; bool whole; };
void history_churn_begin(struct history_churn *c, struct git_repository *repo,
			 const struct blob_id *id);
bool history_churn_add(struct history_churn *c, const char *was, const char *is,
		       uint64_t *ret_added, uint64_t *ret_deleted);
void history_churn_end(struct history_churn *c);

#endif
