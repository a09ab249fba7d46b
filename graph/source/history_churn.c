/* SPDX-License-Identifier: MIT */
/* history_churn.c - lines that a commit adds and deletes: Myers' diff of two blobs, no context. */
#include "graph/source/history_part.h"

#include <git2.h>
#include <string.h>

static git_tree *tree_of(git_commit *commit)
{
	git_tree *tree = NULL;

	return commit && !git_commit_tree(&tree, commit) ? tree : NULL;
}

void history_churn_begin(struct history_churn *c, git_repository *repo, const struct blob_id *id)
{
	git_commit *commit = NULL, *parent = NULL;
	git_oid oid;

	memcpy(oid.id, id->byte, BLOB_ID_BYTES);
	*c = (struct history_churn){ .repo = repo };
	c->whole = !git_commit_lookup(&commit, repo, &oid);
	if (c->whole && git_commit_parentcount(commit))
		c->whole = !git_commit_parent(&parent, commit, 0);
	c->is = tree_of(commit);
	c->was = tree_of(parent);
	c->whole = c->whole && c->is && (c->was || !parent);
	git_commit_free(parent);
	git_commit_free(commit);
}

/* The file in a tree; *ret is NULL where it is not in it.  False: it cannot be read. */
static bool blob_of(const struct history_churn *c, git_tree *tree, const char *path,
		    git_blob **ret)
{
	git_tree_entry *entry = NULL;
	bool good = true;

	*ret = NULL;
	if (tree && !git_tree_entry_bypath(&entry, tree, path) &&
	    git_tree_entry_type(entry) == GIT_OBJECT_BLOB)
		good = !git_blob_lookup(ret, c->repo, git_tree_entry_id(entry));
	git_tree_entry_free(entry);
	return good;
}

bool history_churn_add(struct history_churn *c, const char *was, const char *is,
		       uint64_t *ret_added, uint64_t *ret_deleted)
{
	git_diff_options options;
	git_blob *before = NULL, *after = NULL;
	size_t added = 0, deleted = 0;
	git_patch *patch = NULL;
	bool good = c->whole && blob_of(c, c->was, was, &before) && blob_of(c, c->is, is, &after);

	git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
	options.context_lines = 0;
	if (good && (before || after))
		good = !git_patch_from_blobs(&patch, before, NULL, after, NULL, &options) &&
		       !git_patch_line_stats(NULL, &added, &deleted, patch);
	*ret_added += added;
	*ret_deleted += deleted;
	git_patch_free(patch);
	git_blob_free(before);
	git_blob_free(after);
	return good;
}

void history_churn_end(struct history_churn *c)
{
	git_tree_free(c->is);
	git_tree_free(c->was);
}
