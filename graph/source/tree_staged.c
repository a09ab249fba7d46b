/* SPDX-License-Identifier: MIT */
/*
 * tree_staged.c - git's index as the tree that a commit would have: meshctl's own
 * reader of the index, libgit2 for the blobs.  Nothing is written, and no tree
 * object is made.  A file that git would not look at again is read from the working
 * tree: no blob must be inflated for it.
 */
#include "graph/source/gitrev.h"
#include "graph/source/staged.h"
#include "graph/source/tree_plumbing.h"

#include <fcntl.h>
#include <git2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct odb_reader {
	struct blob_reader reader;
	git_repository *repo;
	git_odb *odb;
	struct gitindex index;
	struct tree *disk;              /* the working tree; NULL: every blob is read */
	int work;                       /* the same, open; -1 */
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

static bool is_unchanged(const struct odb_reader *r, const struct flat_entry *e, const char *path)
{
	struct stat st;

	return !fstatat(r->work, path, &st, AT_SYMLINK_NOFOLLOW) &&
	       gitindex_matches(&r->index, e->stat, &st);
}

/*
 * What git made other bytes of (line ends, $Id$, encodings) has another size than its
 * blob, but for filters, and then there is no r->disk.
 */
static bool from_disk(struct odb_reader *r, const struct flat_entry *e, size_t max,
		      struct tree_buf *buf)
{
	struct arena scratch = ARENA_INIT;
	const char *path = arena_strndup(&scratch, e->path, e->len);
	struct err ignored = ERR_INIT;
	uint64_t size;
	/* Once more at the end: it may be written to while it is read. */
	bool done = is_unchanged(r, e, path) && odb_size(&r->reader, e->id, &size) &&
		    size == e->stat->size &&
		    !tree_read(r->disk, path, TREE_NO_REF, max, buf, &ignored) &&
		    is_unchanged(r, e, path);

	arena_release(&scratch);
	return done;
}

static int odb_read(struct blob_reader *reader, const struct flat_entry *e, size_t max,
		    struct tree_buf *buf, struct err *err)
{
	struct odb_reader *r = (struct odb_reader *)reader;
	git_odb_object *object = NULL;
	git_oid oid;

	if (r->disk && e->stat && from_disk(r, e, max, buf))
		return 0;
	git_oid_fromraw(&oid, e->id);
	buf->whole = true;
	if (git_odb_read(&object, r->odb, &oid))
		return failed(err, "cannot read the blob");
	buf->held = object;
	buf->drop = drop_object;
	buf->bytes = git_odb_object_data(object);
	buf->len = git_odb_object_size(object);
	return 0;
}

static void odb_close(struct blob_reader *reader)
{
	struct odb_reader *r = (struct odb_reader *)reader;

	tree_close(r->disk);
	if (r->work >= 0)
		close(r->work);
	git_odb_free(r->odb);
	git_repository_free(r->repo);
	free(r);
	gitrev_stop();
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
	flat_list_add(x->list, &(struct flat_entry){ path, (uint32_t)strlen(path),
						     (uint32_t)git_tree_entry_filemode(e), id->id,
						     NULL });
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

static struct tree *make_tree(git_repository *repo, struct flat_list *l,
			      const struct gitindex *index, struct err *err)
{
	struct odb_reader *r = xcalloc(1, sizeof(*r));
	const char *work = git_repository_workdir(repo);

	r->reader = (struct blob_reader){ odb_read, odb_size, odb_close, true };
	r->repo = repo;
	r->index = *index;
	r->work = -1;
	if (work && !gitrev_has_filters(repo))
		r->work = open(work, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (r->work >= 0)
		r->disk = tree_disk_open(work);
	if (!git_repository_odb(&r->odb, repo))
		return tree_flat_open(l, &r->reader);
	failed(err, "cannot open the object database");
	tree_close(r->disk);
	if (r->work >= 0)
		close(r->work);
	free(r);
	return NULL;
}

int tree_staged_open(const char *dir, struct arena *arena, struct tree **ret,
		     const char **ret_root, const char **ret_prefix, struct source_rev *ret_rev,
		     struct err *err)
{
	struct flat_list list = { .arena = ARENA_INIT };
	struct gitindex index;
	git_repository *repo;

	*ret = NULL;
	gitrev_start();
	repo = gitrev_open(dir, err);
	if (!repo && gitrev_is_foreign()) {
		gitrev_stop();
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
	    !staged_list(&s, &list, &index, err)) {
		gitrev_head(repo, arena, ret_rev);
		ret_rev->staged = true;
		*ret = make_tree(repo, &list, &index, err);
	}
	flat_list_release(&list);
	if (*ret)
		return 0;
	git_repository_free(repo);
	gitrev_stop();
	return -1;
}
