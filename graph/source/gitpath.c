/* SPDX-License-Identifier: MIT */
/* gitpath.c - one path through the history of a commit. */
#include "graph/source/gitpath.h"
#include "base/limits.h"
#include "graph/source/filehistory.h"
#include "graph/source/gitrev.h"
#include "graph/source/tree.h"

#include <git2.h>
#include <string.h>

bool gitpath_entry(git_commit *commit, const char *path, git_oid *ret)
{
	git_tree_entry *entry = NULL;
	git_tree *tree = NULL;
	bool found = !git_commit_tree(&tree, commit) &&
		     !git_tree_entry_bypath(&entry, tree, path);

	if (found)
		*ret = *git_tree_entry_id(entry);
	git_tree_entry_free(entry);
	git_tree_free(tree);
	return found;
}

/* The first parent in which the file is the same, or NULL. */
static git_commit *same_before(git_commit *commit, const char *path, const git_oid *id)
{
	for (unsigned i = 0; i < git_commit_parentcount(commit); i++) {
		git_commit *parent = NULL;
		git_oid before;

		if (!git_commit_parent(&parent, commit, i) && gitpath_entry(parent, path,
			&before) &&
		    git_oid_equal(&before, id))
			return parent;
		git_commit_free(parent);
	}
	return NULL;
}

git_commit *gitpath_last_change(git_commit *commit, const char *path)
{
	uint64_t steps = 0;
	git_oid id;

	if (!gitpath_entry(commit, path, &id)) {
		git_commit_free(commit);
		return NULL;
	}
	while (steps++ < limit_of(LIMIT_RENAME_COMMITS)) {
		git_commit *before = same_before(commit, path, &id);

		if (!before)
			return commit;
		git_commit_free(commit);
		commit = before;
	}
	git_commit_free(commit);
	return NULL;
}

/* The first parent that has the path at all, or NULL. */
static git_commit *parent_with(git_commit *commit, const char *path)
{
	for (unsigned i = 0; i < git_commit_parentcount(commit); i++) {
		git_commit *parent = NULL;
		git_oid id;

		if (!git_commit_parent(&parent, commit, i) && gitpath_entry(parent, path, &id))
			return parent;
		git_commit_free(parent);
	}
	return NULL;
}

/* False where the blob cannot be read, or is larger than what is left of the budget. */
static bool add_version(git_commit *commit, const char *path, size_t *budget, struct arena *arena,
			struct file_version *ret)
{
	git_blob *blob = NULL;
	git_oid id;
	bool good = gitpath_entry(commit, path, &id) &&
		    !git_blob_lookup(&blob, git_commit_owner(commit), &id) &&
		    (uint64_t)git_blob_rawsize(blob) <= *budget;

	if (good) {
		*ret = (struct file_version){
			.time = git_commit_time(commit), .len = (size_t)git_blob_rawsize(blob),
			.bytes = arena_strndup(arena, git_blob_rawcontent(blob),
					       (size_t)git_blob_rawsize(blob)),
		};
		*budget -= ret->len;
	}
	git_blob_free(blob);
	return good;
}

uint32_t file_versions(const struct source *s, const char *path, struct arena *arena,
		       const struct file_version **ret)
{
	uint32_t n = 0, most = (uint32_t)limit_of(LIMIT_FILE_VERSIONS);
	size_t budget = (size_t)limit_of(LIMIT_BASELINE_BYTES);
	struct file_version *list = NULL;
	struct err ignored = ERR_INIT;
	const char *root, *prefix = "";
	git_commit *commit = NULL;
	git_repository *repo;
	struct source_rev rev;

	*ret = NULL;
	if (!s->rev.known || !*s->rev.commit)
		return 0;
	git_libgit2_init();
	repo = gitrev_open(s->root, &ignored);
	if (repo && !gitrev_place(repo, s->root, arena, &root, &prefix, &ignored))
		commit = gitrev_commit(repo, s->rev.commit, arena, &rev, &ignored);
	path = path_join(arena, prefix, path);
	if (commit)
		list = arena_array(arena, struct file_version, most);
	while (commit && n < most && (commit = gitpath_last_change(commit, path))) {
		git_commit *before = parent_with(commit, path);

		if (!add_version(commit, path, &budget, arena, &list[n])) {
			git_commit_free(before);
			break;
		}
		n++;
		git_commit_free(commit);
		commit = before;
	}
	git_commit_free(commit);
	git_repository_free(repo);
	git_libgit2_shutdown();
	*ret = list;
	return n;
}
