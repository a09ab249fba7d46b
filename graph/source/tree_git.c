/* SPDX-License-Identifier: MIT */
/*
 * tree_git.c - a commit as a tree, read from the object database by libgit2,
 * with or without a working tree.
 */
#include "base/fault.h"
#include "graph/source/gitrev.h"
#include "graph/source/tree.h"
#include "graph/source/tree_plumbing.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>

/* As the kernel: more links than this are a loop. */
#define LINKS_MAX 40u

struct git_tree_source {
	struct tree tree;
	git_repository *repo;
	git_odb *odb;
	git_tree *root;
	git_oid *oid;           /* [ref] of files that were listed */
	uint32_t noids, cap;
};

static int missing(struct err *err, const char *what)
{
	const git_error *e = git_error_last();

	return err_set(err, ERR_INPUT, "%s: %s", what,
		       e && e->message ? e->message : "unknown error");
}

/* What a path inside the commit names, links followed; GIT_OBJECT_INVALID when nothing. */
static git_object_t resolve(struct git_tree_source *t, const char *path, struct arena *arena,
			    git_oid *ret_oid)
{
	path = path_clean(arena, path);
	for (unsigned links = 0; path && links < LINKS_MAX; links++) {
		git_tree_entry *entry = NULL;
		git_object_t kind = GIT_OBJECT_INVALID;
		git_blob *blob = NULL;
		const char *rest = "";
		size_t n = strlen(path);

		if (!n) {
			*ret_oid = *git_tree_id(t->root);
			return GIT_OBJECT_TREE;
		}
		/* The longest leading part that exists: a link in the middle is not a tree. */
		char *head = arena_strndup(arena, path, n);

		while (git_tree_entry_bypath(&entry, t->root, head)) {
			char *slash = strrchr(head, '/');

			if (!slash)
				return GIT_OBJECT_INVALID;
			*slash = '\0';
			rest = path + (slash - head) + 1;
		}
		*ret_oid = *git_tree_entry_id(entry);
		kind = git_tree_entry_type(entry);
		bool link = git_tree_entry_filemode(entry) == GIT_FILEMODE_LINK;

		git_tree_entry_free(entry);
		if (!link)
			return *rest ? GIT_OBJECT_INVALID : kind;
		if (git_blob_lookup(&blob, t->repo, ret_oid))
			return GIT_OBJECT_INVALID;
		size_t len = (size_t)git_blob_rawsize(blob);
		const char *target = arena_strndup(arena, git_blob_rawcontent(blob), len);
		char *slash = strrchr(head, '/');
		const char *dir = slash ? arena_strndup(arena, head, (size_t)(slash - head)) : "";

		git_blob_free(blob);
		if (*target == '/')             /* outside of what was committed */
			return GIT_OBJECT_INVALID;
		path = path_clean(arena, path_join(arena, path_join(arena, dir, target), rest));
	}
	return GIT_OBJECT_INVALID;
}

static uint32_t remember(struct git_tree_source *t, const git_oid *oid)
{
	VEC_RESERVE(t->oid, t->cap, t->noids + 1);
	t->oid[t->noids] = *oid;
	return t->noids++;
}

/* False for what a checkout would not show as file or folder, or not to Go. */
static bool classify(struct git_tree_source *t, const char *dir, const git_tree_entry *e,
		     struct arena *arena, struct tree_entry *ret)
{
	const char *name = git_tree_entry_name(e);
	git_filemode_t mode = git_tree_entry_filemode(e);
	git_oid oid = *git_tree_entry_id(e);

	if (mode == GIT_FILEMODE_TREE) {
		ret->kind = ENTRY_DIR;
	} else if (mode == GIT_FILEMODE_LINK) {
		git_object_t kind = resolve(t, path_join(arena, dir, name), arena, &oid);

		bool found = kind == GIT_OBJECT_BLOB || kind == GIT_OBJECT_TREE;

		if (!found && !tree_tells_broken(&t->tree, name))
			return false;
		ret->kind = !found		      ? ENTRY_BROKEN
			    : kind == GIT_OBJECT_TREE ? ENTRY_DIR_LINK
						      : ENTRY_FILE;
	} else if (mode == GIT_FILEMODE_BLOB || mode == GIT_FILEMODE_BLOB_EXECUTABLE) {
		ret->kind = ENTRY_FILE;
	} else {
		return false;                   /* a submodule: an empty folder in a checkout */
	}
	if (ret->kind == ENTRY_FILE) {
		if (!tree_takes(&t->tree, name))
			return false;
	}
	ret->ref = remember(t, &oid);
	return true;
}

static int by_name(const void *va, const void *vb)
{
	const struct tree_entry *a = va, *b = vb;

	return strcmp(a->name, b->name);
}

static int git_list(struct tree *tree, const char *dir, uint32_t ref, struct arena *arena,
		    struct tree_entry **ret_entry, uint32_t *ret_count, struct err *err)
{
	struct git_tree_source *t = (struct git_tree_source *)tree;
	git_tree *folder = NULL;
	git_oid oid;
	uint32_t n = 0;

	if (ref != TREE_NO_REF)
		oid = t->oid[ref];
	else if (resolve(t, dir, arena, &oid) != GIT_OBJECT_TREE)
		return err_set(err, ERR_INPUT, "No such file or directory");
	if (fault_hit(FAULT_READ) || git_tree_lookup(&folder, t->repo, &oid))
		return missing(err, "cannot read the tree object");
	size_t count = git_tree_entrycount(folder);
	struct tree_entry *list = arena_array(arena, struct tree_entry, count + 1);
	bool irregular = false;

	for (size_t i = 0; i < count; i++) {
		const git_tree_entry *e = git_tree_entry_byindex(folder, i);

		irregular |= git_tree_entry_filemode(e) == GIT_FILEMODE_LINK;
		if (!classify(t, dir, e, arena, &list[n]))
			continue;
		list[n++].name = arena_strdup(arena, git_tree_entry_name(e));
	}
	if (irregular)
		list[n++] = (struct tree_entry){ .name = "", .kind = ENTRY_IRREGULAR };
	git_tree_free(folder);
	/* git sorts folders as if their names ended in a slash. */
	if (n)
		qsort(list, n, sizeof(*list), by_name);
	*ret_entry = list;
	*ret_count = n;
	return 0;
}

static void drop_object(void *object)
{
	git_odb_object_free(object);
}

static int git_read(struct tree *tree, const char *path UNUSED, uint32_t ref, size_t max UNUSED,
		    struct tree_buf *buf, struct err *err)
{
	struct git_tree_source *t = (struct git_tree_source *)tree;
	git_odb_object *object = NULL;

	if (ref == TREE_NO_REF)
		return err_set(err, ERR_INPUT, "not a regular file");
	if (ref >= t->noids)
		BUG("blob %u of %u", ref, t->noids);
	if (buf->held)
		buf->drop(buf->held);
	buf->held = NULL;
	buf->len = 0;
	buf->whole = true;
	if (fault_hit(FAULT_READ))
		return err_set(err, ERR_INPUT, "cannot read the blob: injected fault");
	if (git_odb_read(&object, t->odb, &t->oid[ref]))
		return missing(err, "cannot read the blob");
	buf->held = object;
	buf->drop = drop_object;
	buf->bytes = git_odb_object_data(object);
	buf->len = git_odb_object_size(object);
	return 0;
}

static const unsigned char *git_blob_of(struct tree *tree, uint32_t ref)
{
	const struct git_tree_source *t = (const struct git_tree_source *)tree;

	if (ref >= t->noids)
		BUG("blob %u of %u", ref, t->noids);
	return t->oid[ref].id;
}

static bool git_blob_size(struct tree *tree, uint32_t ref, uint64_t *ret)
{
	struct git_tree_source *t = (struct git_tree_source *)tree;
	git_object_t kind;
	size_t size;

	if (git_odb_read_header(&size, &kind, t->odb, &t->oid[ref]) || kind != GIT_OBJECT_BLOB)
		return false;
	*ret = size;
	return true;
}

static bool git_find(struct tree *tree, const char *path, struct arena *scratch,
		     uint32_t *ret_ref)
{
	struct git_tree_source *t = (struct git_tree_source *)tree;
	git_tree_entry *entry = NULL;
	git_oid oid;

	*ret_ref = TREE_NO_REF;
	if (resolve(t, path, scratch, &oid) == GIT_OBJECT_BLOB) {
		*ret_ref = remember(t, &oid);
		return true;
	}
	/* A folder, or a link that leads nowhere. */
	bool found = !git_tree_entry_bypath(&entry, t->root, path);

	git_tree_entry_free(entry);
	return found;
}

static void git_close(struct tree *tree)
{
	struct git_tree_source *t = (struct git_tree_source *)tree;

	git_tree_free(t->root);
	git_odb_free(t->odb);
	git_repository_free(t->repo);
	free(t->oid);
	free(t);
	gitrev_stop();
}

int tree_git_open(const char *dir, const char *rev, struct arena *arena, struct tree **ret,
		  const char **ret_root, const char **ret_prefix, struct source_rev *ret_rev,
		  struct err *err)
{
	static const struct tree_ops ops = { git_list, git_read, git_blob_of,
					     git_blob_size, git_find, git_close };
	struct git_tree_source *t = xcalloc(1, sizeof(*t));
	git_commit *commit = NULL;

	t->tree.ops = &ops;
	gitrev_start();
	t->repo = gitrev_open(dir, err);
	if (!t->repo && gitrev_is_foreign()) {
		git_close(&t->tree);
		*err = (struct err)ERR_INIT;
		return tree_plumbing_open(dir, rev, arena, ret, ret_root, ret_prefix, ret_rev, err);
	}
	if (!t->repo)
		goto fail;
	commit = gitrev_commit(t->repo, rev, arena, ret_rev, err);
	if (!commit)
		goto fail;
	if (git_commit_tree(&t->root, commit) || git_repository_odb(&t->odb, t->repo)) {
		missing(err, "cannot read the commit's tree");
		goto fail;
	}
	if (gitrev_place(t->repo, dir, arena, ret_root, ret_prefix, err) < 0)
		goto fail;
	git_commit_free(commit);
	*ret = &t->tree;
	return 0;
fail:
	git_commit_free(commit);
	git_close(&t->tree);
	return -1;
}
