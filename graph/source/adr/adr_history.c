/* SPDX-License-Identifier: MIT */
/* adr_history.c - walks the folders of the records back through the commits. */
#include "graph/source/adr/adr_history.h"
#include "base/limits.h"
#include "graph/source/gitrev.h"
#include "graph/source/tree.h"
#include "graph/source/treelog.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>

/* Records of one folder, by name, and the folder as last seen. */
struct history_folder {
	const char *path;               /* in the repository */
	git_oid last;
	uint32_t first, count;          /* in walk.order */
	bool gone;
};

struct walk {
	const struct adrs *a;
	struct arena *arena;
	struct adr_accepted *ret;
	git_oid *blob;                  /* [record] as last seen */
	bool *gone;                     /* [record] older versions have another name */
	bool *same;                     /* [record] what was seen last is what ret tells of */
	uint32_t *order;                /* records by folder, then by name */
	struct history_folder *folder;
	uint32_t nfolders;
	const char *prefix;             /* of the tree's root in the repository */
	const char *commit;             /* looked at before: the younger one */
	git_repository *repo;
};

static const char *base_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* By folder, then by name in bytes, as the files of a git tree are. */
static int by_place(const void *va, const void *vb, void *ctx)
{
	const struct adrs *all = ctx;
	const char *a = all->item[*(const uint32_t *)va].path;
	const char *b = all->item[*(const uint32_t *)vb].path;
	size_t la = (size_t)(base_of(a) - a), lb = (size_t)(base_of(b) - b);
	int c = la != lb ? (la > lb) - (la < lb) : memcmp(a, b, la);

	return c ? c : strcmp(a + la, b + lb);
}

static void make_folders(struct walk *w)
{
	const struct adrs *all = w->a;
	struct adrs order = *all;
	size_t len = 0, last = SIZE_MAX;

	for (uint32_t i = 0; i < all->count; i++)
		w->order[i] = i;
	sort_with(w->order, all->count, sizeof(*w->order), by_place, &order);
	for (uint32_t i = 0; i < all->count; i++, last = len) {
		const char *path = all->item[w->order[i]].path;
		const char *before = i ? all->item[w->order[i - 1]].path : "";

		len = (size_t)(base_of(path) - path);
		if (len != last || memcmp(path, before, len) != 0)
			w->folder[w->nfolders++] = (struct history_folder){
				.path = path_join(w->arena, w->prefix, arena_strndup(w->arena, path,
					len ? len - 1 : 0)),
				.first = i,
			};
		w->folder[w->nfolders - 1].count++;
	}
}

/* The version that was seen last is no older than the commit before. */
static void settle(struct walk *w, uint32_t i)
{
	if (w->same[i])
		w->ret[i].commit = w->commit;
	w->same[i] = false;
}

/* Is this what stands in the tree that was read? */
static bool is_read(const struct adr *r, const git_oid *id)
{
	git_oid own;

	return !git_odb_hash(&own, r->bytes, r->len, GIT_OBJECT_BLOB) && git_oid_equal(&own, id);
}

/* One version of one record. */
static void look(struct walk *w, uint32_t i, const git_oid *id)
{
	const struct adr *now = &w->a->item[i];
	struct arena scratch = ARENA_INIT;
	struct adr_problem problem;
	git_blob *blob = NULL;
	struct adr was;

	settle(w, i);
	w->blob[i] = *id;
	if (is_read(now, id)) {
		w->same[i] = now->state == ADR_ACCEPTED;
		if (w->same[i])
			w->ret[i] = (struct adr_accepted){ true, now->substance, "" };
		return;
	}
	if (git_blob_lookup(&blob, w->repo, id)) {
		w->gone[i] = true;              /* a partial clone: what it was is not known */
		return;
	}
	if ((uint64_t)git_blob_rawsize(blob) <= limit_of(LIMIT_ADR_BYTES) &&
	    adr_parse(now->path, git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob),
		      &scratch, &was, &problem) && was.state == ADR_ACCEPTED) {
		w->ret[i] = (struct adr_accepted){ true, was.substance, "" };
		w->same[i] = true;
	}
	git_blob_free(blob);
	arena_release(&scratch);
}

/* Both lists are sorted: the folder's files, and the records that were in it. */
static void look_at_files(struct walk *w, const struct history_folder *f, const git_tree *tree)
{
	size_t n = git_tree_entrycount(tree);
	uint32_t k = f->first, end = f->first + f->count;

	for (size_t i = 0; i < n && k < end; i++) {
		const git_tree_entry *e = git_tree_entry_byindex(tree, i);
		int c = -1;

		/* Folders are sorted as if their names ended in a slash. */
		if (git_tree_entry_type(e) != GIT_OBJECT_BLOB)
			continue;
		for (; k < end; k++) {
			c = strcmp(base_of(w->a->item[w->order[k]].path), git_tree_entry_name(e));
			if (c >= 0)
				break;
			settle(w, w->order[k]);
			w->gone[w->order[k]] = true;
		}
		if (k == end || c)
			continue;
		uint32_t r = w->order[k++];

		if (!w->gone[r] && !git_oid_equal(git_tree_entry_id(e), &w->blob[r]))
			look(w, r, git_tree_entry_id(e));
	}
	for (; k < end; k++) {
		settle(w, w->order[k]);
		w->gone[w->order[k]] = true;
	}
}

/* The records in one commit; false when no folder of them is there any more. */
static bool look_all(struct walk *w, git_tree *root)
{
	bool any = false;

	for (uint32_t i = 0; i < w->nfolders; i++) {
		struct history_folder *f = &w->folder[i];
		git_tree_entry *entry = NULL;
		git_tree *tree = NULL;
		git_oid id = *git_tree_id(root);

		if (f->gone)
			continue;
		if (*f->path && git_tree_entry_bypath(&entry, root, f->path)) {
			f->gone = true;
		} else {
			id = entry ? *git_tree_entry_id(entry) : id;
			f->gone = !git_oid_equal(&id, &f->last) &&
				  git_tree_lookup(&tree, w->repo, &id);
		}
		if (tree)
			look_at_files(w, f, tree);
		for (uint32_t k = f->first; f->gone && k < f->first + f->count; k++)
			settle(w, w->order[k]);
		f->last = id;
		any |= !f->gone;
		git_tree_free(tree);
		git_tree_entry_free(entry);
	}
	return any;
}

static void walk_back(struct walk *w, git_commit *commit)
{
	uint64_t steps = 0;
	bool any = true;

	while (commit && any && steps++ < limit_of(LIMIT_RENAME_COMMITS)) {
		char hex[GIT_OID_HEXSZ + 1];
		git_commit *parent = NULL;
		git_tree *root = NULL;

		if (git_commit_tree(&root, commit))
			break;
		any = look_all(w, root);
		w->commit = arena_strdup(w->arena, git_oid_tostr(hex, sizeof(hex),
								 git_commit_id(commit)));
		git_tree_free(root);
		if (git_commit_parent(&parent, commit, 0))
			parent = NULL;
		git_commit_free(commit);
		commit = parent;
	}
	for (uint32_t i = 0; i < w->a->count; i++)
		settle(w, i);
	git_commit_free(commit);
}

const struct adr_accepted *adrs_accepted(const struct source *s, const struct adrs *a,
					 struct arena *arena)
{
	struct walk w = {
		.a = a, .arena = arena, .commit = "",
		.ret = arena_array(arena, struct adr_accepted, a->count + 1),
		.same = arena_array(arena, bool, a->count + 1),
		.order = arena_array(arena, uint32_t, a->count + 1),
		.folder = arena_array(arena, struct history_folder, a->count + 1),
		.blob = arena_array(arena, git_oid, a->count + 1),
		.gone = arena_array(arena, bool, a->count + 1),
	};
	struct err ignored = ERR_INIT;
	git_commit *commit = NULL;
	struct source_rev rev;
	const char *root;

	if (!a->count || !s->rev.known || !*s->rev.commit)
		return w.ret;
	treelog_beyond(s->tree);
	gitrev_start();
	w.repo = gitrev_open(s->root, &ignored);
	if (w.repo && !gitrev_place(w.repo, s->root, arena, &root, &w.prefix, &ignored))
		commit = gitrev_commit(w.repo, s->rev.commit, arena, &rev, &ignored);
	if (commit) {
		make_folders(&w);
		walk_back(&w, commit);
	}
	git_repository_free(w.repo);
	gitrev_stop();
	return w.ret;
}
