/* SPDX-License-Identifier: MIT */
/*
 * tree_staged.c - git's index as the tree that a commit would have: meshctl's own
 * reader of the index, libgit2 for the blobs.  Nothing is written, and no tree
 * object is made.
 */
#include "graph/source/gitindex.h"
#include "graph/source/gitrev.h"
#include "graph/source/staged.h"
#include "graph/source/tree_plumbing.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>

struct odb_reader {
	struct blob_reader reader;
	git_repository *repo;
	git_odb *odb;
};

static int failed(struct err *err, const char *what)
{
	const git_error *e = git_error_last();

	return err_set(err, ERR_INPUT, "%s: %s", what,
		       e && e->message ? e->message : "unknown error");
}

static void drop_object(void *object)
{
	git_odb_object_free(object);
}

static int odb_read(struct blob_reader *reader, const unsigned char *id, struct tree_buf *buf,
		    struct err *err)
{
	struct odb_reader *r = (struct odb_reader *)reader;
	git_odb_object *object = NULL;
	git_oid oid;

	git_oid_fromraw(&oid, id);
	if (git_odb_read(&object, r->odb, &oid))
		return failed(err, "cannot read the blob");
	buf->held = object;
	buf->drop = drop_object;
	buf->bytes = git_odb_object_data(object);
	buf->len = git_odb_object_size(object);
	return 0;
}

static bool odb_size(struct blob_reader *reader, const unsigned char *id, uint64_t *ret)
{
	struct odb_reader *r = (struct odb_reader *)reader;
	git_object_t kind;
	git_oid oid;
	size_t size;

	git_oid_fromraw(&oid, id);
	if (git_odb_read_header(&size, &kind, r->odb, &oid) || kind != GIT_OBJECT_BLOB)
		return false;
	*ret = size;
	return true;
}

static void odb_close(struct blob_reader *reader)
{
	struct odb_reader *r = (struct odb_reader *)reader;

	git_odb_free(r->odb);
	git_repository_free(r->repo);
	free(r);
	git_libgit2_shutdown();
}

struct expansion { struct flat_list *list; const char *folder; };

static int add_below(const char *root, const git_tree_entry *e, void *ctx)
{
	const struct expansion *x = ctx;
	struct arena *a = &x->list->arena;
	const char *path;
	git_oid *id;

	if (git_tree_entry_type(e) == GIT_OBJECT_TREE)
		return 0;
	path = arena_printf(a, "%s%s%s", x->folder, root, git_tree_entry_name(e));
	id = arena_new(a, git_oid);
	*id = *git_tree_entry_id(e);
	flat_list_add(x->list, path, (uint32_t)strlen(path), (uint32_t)git_tree_entry_filemode(e),
		      id->id);
	return 0;
}

static int expand(void *ctx, const char *path, const unsigned char *id, struct flat_list *l,
		  struct err *err)
{
	struct expansion x = { l, path };
	git_tree *tree = NULL;
	git_oid oid;
	int r = 0;

	git_oid_fromraw(&oid, id);
	if (git_tree_lookup(&tree, ctx, &oid) ||
	    git_tree_walk(tree, GIT_TREEWALK_PRE, add_below, &x))
		r = failed(err, "cannot read a folder of the sparse index");
	git_tree_free(tree);
	return r;
}

static struct tree *make_tree(git_repository *repo, struct flat_list *l, struct err *err)
{
	struct odb_reader *r = xcalloc(1, sizeof(*r));

	r->reader = (struct blob_reader){ odb_read, odb_size, odb_close, true };
	r->repo = repo;
	if (!git_repository_odb(&r->odb, repo))
		return tree_flat_open(l, &r->reader);
	failed(err, "cannot open the object database");
	free(r);
	return NULL;
}

int tree_staged_open(const char *dir, struct arena *arena, struct tree **ret,
		     const char **ret_root, const char **ret_prefix, struct source_rev *ret_rev,
		     struct err *err)
{
	struct flat_list list = { .arena = ARENA_INIT };
	git_repository *repo;

	*ret = NULL;
	git_libgit2_init();
	repo = gitrev_open(dir, err);
	if (!repo && gitrev_is_foreign()) {
		git_libgit2_shutdown();
		*err = (struct err)ERR_INIT;
		return tree_plumbing_open(dir, NULL, arena, ret, ret_root, ret_prefix, ret_rev,
					  err);
	}
	const struct staged s = {
		.git_dir = repo ? git_repository_path(repo) : NULL,
		.work = repo ? git_repository_workdir(repo) : NULL,
		.id_bytes = GITINDEX_SHA1, .expand = expand, .ctx = repo,
	};

	if (repo && !gitrev_place(repo, dir, arena, ret_root, ret_prefix, err) &&
	    !staged_list(&s, &list, err)) {
		gitrev_head(repo, arena, ret_rev);
		ret_rev->staged = true;
		*ret = make_tree(repo, &list, err);
	}
	flat_list_release(&list);
	if (*ret)
		return 0;
	git_repository_free(repo);
	git_libgit2_shutdown();
	return -1;
}
