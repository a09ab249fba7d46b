/* SPDX-License-Identifier: MIT */
/* filehistory.c - one path through the history of a commit: versions, the files beside it. */
#include "graph/source/filehistory.h"
#include "base/date.h"
#include "base/limits.h"
#include "graph/source/gitrev.h"
#include "graph/source/tree.h"
#include "graph/source/treelog.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>

struct place {                          /* source.rev in its repository */
	git_repository *repo;
	git_commit *commit;
	const char *prefix;             /* of source.root in it */
};

/* The id of what `path` is in the commit; false when there is nothing. */
static bool entry_of(git_commit *commit, const char *path, git_oid *ret)
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

		if (!git_commit_parent(&parent, commit, i) &&
		    entry_of(parent, path, &before) && git_oid_equal(&before, id))
			return parent;
		git_commit_free(parent);
	}
	return NULL;
}

/*
 * As `git log -1 -- path`: back as long as some parent has the same file.  Takes the
 * commit over; NULL: not known.
 */
static git_commit *last_change(git_commit *commit, const char *path)
{
	uint64_t steps = 0;
	git_oid id;

	if (!entry_of(commit, path, &id)) {
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

		if (!git_commit_parent(&parent, commit, i) && entry_of(parent, path, &id))
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
	bool good = entry_of(commit, path, &id) &&
		    !git_blob_lookup(&blob, git_commit_owner(commit), &id) &&
		    (uint64_t)git_blob_rawsize(blob) <= *budget;

	if (good) {
		*ret = (struct file_version){
			.time = date_seconds(git_commit_time(commit)),
			.len = (size_t)git_blob_rawsize(blob),
			.bytes = arena_strndup(arena, git_blob_rawcontent(blob),
					       (size_t)git_blob_rawsize(blob)),
		};
		*budget -= ret->len;
	}
	git_blob_free(blob);
	return good;
}

static bool place_open(const struct source *s, struct arena *arena, struct place *ret)
{
	struct err ignored = ERR_INIT;
	struct source_rev rev;
	const char *root;

	*ret = (struct place){ .prefix = "" };
	treelog_beyond(s->tree);
	gitrev_start();
	if (s->rev.known && *s->rev.commit)
		ret->repo = gitrev_open(s->root, &ignored);
	if (ret->repo && !gitrev_place(ret->repo, s->root, arena, &root, &ret->prefix, &ignored))
		ret->commit = gitrev_commit(ret->repo, s->rev.commit, arena, &rev, &ignored);
	return ret->commit != NULL;
}

static void place_close(struct place *p)
{
	git_commit_free(p->commit);
	git_repository_free(p->repo);
	gitrev_stop();
}

uint32_t file_versions(const struct source *s, const char *path, struct arena *arena,
		       const struct file_version **ret)
{
	uint32_t n = 0, most = (uint32_t)limit_of(LIMIT_FILE_VERSIONS);
	size_t budget = (size_t)limit_of(LIMIT_BASELINE_BYTES);
	struct file_version *list = arena_array(arena, struct file_version, most);
	struct place p;

	if (place_open(s, arena, &p))
		path = path_join(arena, p.prefix, path);
	while (p.commit && n < most && (p.commit = last_change(p.commit, path))) {
		git_commit *before = parent_with(p.commit, path);

		if (!add_version(p.commit, path, &budget, arena, &list[n])) {
			git_commit_free(before);
			break;
		}
		n++;
		git_commit_free(p.commit);
		p.commit = before;
	}
	place_close(&p);
	*ret = list;
	return n;
}

/* ---- the Go files of a commit ---- */

struct todo { const char *path; git_oid id; };
struct listing {
	git_repository *repo;
	struct arena *arena;
	struct todo *todo;
	struct past_file *file;
	uint32_t ntodos, todo_cap, nfiles, file_cap;
};

static bool is_skipped(const char *name)
{
	return *name == '.' || *name == '_' || !strcmp(name, "testdata") || !strcmp(name, "vendor");
}

static void add_todo(struct listing *l, const char *path, const git_oid *id)
{
	VEC_RESERVE(l->todo, l->todo_cap, l->ntodos + 1);
	l->todo[l->ntodos++] = (struct todo){ path, *id };
}

static void list_folder(struct listing *l, const struct todo *t)
{
	git_tree *tree = NULL;

	/* What a partial clone lacks is not known. */
	if (git_tree_lookup(&tree, l->repo, &t->id))
		return;
	for (size_t i = 0; i < git_tree_entrycount(tree); i++) {
		const git_tree_entry *e = git_tree_entry_byindex(tree, i);
		bool folder = git_tree_entry_filemode(e) == GIT_FILEMODE_TREE;
		const char *name = git_tree_entry_name(e);

		if (folder && !is_skipped(name)) {
			add_todo(l, path_join(l->arena, t->path, name), git_tree_entry_id(e));
		} else if (!folder && tree_is_go(name)) {
			VEC_RESERVE(l->file, l->file_cap, l->nfiles + 1);
			l->file[l->nfiles].dir = t->path;
			memcpy(l->file[l->nfiles++].id.byte, git_tree_entry_id(e)->id,
			       BLOB_ID_BYTES);
		}
	}
	git_tree_free(tree);
}

static void list_commit(struct listing *l, git_commit *commit, const char *prefix)
{
	git_tree_entry *entry = NULL;
	git_tree *tree = NULL;

	if (!git_commit_tree(&tree, commit) &&
	    (!*prefix || !git_tree_entry_bypath(&entry, tree, prefix)))
		add_todo(l, "", entry ? git_tree_entry_id(entry) : git_tree_id(tree));
	while (l->ntodos) {
		struct todo next = l->todo[--l->ntodos];

		list_folder(l, &next);
	}
	git_tree_entry_free(entry);
	git_tree_free(tree);
}

uint32_t files_at_change(const struct source *s, const char *path, struct arena *arena,
			 const struct past_file **ret)
{
	struct listing l = { .arena = arena };
	struct past_file *kept;
	struct place p;

	if (place_open(s, arena, &p))
		p.commit = last_change(p.commit, path_join(arena, p.prefix, path));
	l.repo = p.repo;
	if (p.commit)
		list_commit(&l, p.commit, p.prefix);
	place_close(&p);
	kept = arena_array(arena, struct past_file, l.nfiles);
	if (l.nfiles)
		memcpy(kept, l.file, l.nfiles * sizeof(*kept));
	free(l.todo);
	free(l.file);
	*ret = kept;
	return l.nfiles;
}
