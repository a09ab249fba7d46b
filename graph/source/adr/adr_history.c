/* SPDX-License-Identifier: MIT */
/* adr_history.c - walks the folder of the records back through the commits that changed it. */
#include "graph/source/adr/adr_history.h"
#include "base/limits.h"
#include "graph/source/gitrev.h"
#include "graph/source/tree.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>

struct walk {
	const struct adrs *a;
	struct arena *arena;
	struct adr_accepted *ret;
	git_oid *blob;                  /* [record] as last seen */
	bool *gone;                     /* [record] older versions have another name */
	const char *prefix;             /* of the tree's root in the repository */
	git_repository *repo;
};

/* One version of one record. */
static void look(struct walk *w, uint32_t i, const git_oid *id, const char *commit)
{
	struct arena scratch = ARENA_INIT;
	struct adr_problem problem;
	git_blob *blob = NULL;
	struct adr was;

	if (git_blob_lookup(&blob, w->repo, id)) {
		w->gone[i] = true;              /* a partial clone: what it was is not known */
		return;
	}
	if ((uint64_t)git_blob_rawsize(blob) <= limit_of(LIMIT_ADR_BYTES) &&
	    adr_parse(w->a->item[i].path, git_blob_rawcontent(blob),
		      (size_t)git_blob_rawsize(blob), &scratch, &was, &problem) &&
	    was.state == ADR_ACCEPTED)
		w->ret[i] = (struct adr_accepted){ true, was.substance, commit };
	git_blob_free(blob);
	arena_release(&scratch);
}

/* The records in one commit; false when none of them is there any more. */
static bool look_all(struct walk *w, git_tree *root, const char *commit)
{
	bool any = false;

	for (uint32_t i = 0; i < w->a->count; i++) {
		const char *path = path_join(w->arena, w->prefix, w->a->item[i].path);
		git_tree_entry *entry = NULL;

		if (w->gone[i])
			continue;
		if (git_tree_entry_bypath(&entry, root, path)) {
			w->gone[i] = true;
			continue;
		}
		any = true;
		if (!git_oid_equal(git_tree_entry_id(entry), &w->blob[i])) {
			w->blob[i] = *git_tree_entry_id(entry);
			look(w, i, &w->blob[i], commit);
		} else if (w->ret[i].known) {
			w->ret[i].commit = commit;
		}
		git_tree_entry_free(entry);
	}
	return any;
}

static void walk_back(struct walk *w, git_commit *commit)
{
	const char *dir = path_join(w->arena, w->prefix, w->a->dir);
	uint64_t steps = 0;
	git_oid last = { 0 };
	bool any = true;

	while (commit && any && steps++ < limit_of(LIMIT_RENAME_COMMITS)) {
		git_commit *parent = NULL;
		git_tree_entry *entry = NULL;
		git_tree *root = NULL;

		if (git_commit_tree(&root, commit))
			break;
		const git_oid *id = git_tree_id(root);

		if (*dir && !git_tree_entry_bypath(&entry, root, dir))
			id = git_tree_entry_id(entry);
		if (!git_oid_equal(id, &last)) {
			last = *id;
			char hex[GIT_OID_HEXSZ + 1];

			any = look_all(w, root, arena_strdup(w->arena,
				git_oid_tostr(hex, sizeof(hex), git_commit_id(commit))));
		}
		git_tree_entry_free(entry);
		git_tree_free(root);
		if (git_commit_parent(&parent, commit, 0))
			parent = NULL;
		git_commit_free(commit);
		commit = parent;
	}
	git_commit_free(commit);
}

const struct adr_accepted *adrs_accepted(const struct source *s, const struct adrs *a,
					 struct arena *arena)
{
	struct walk w = {
		.a = a, .arena = arena, .ret = arena_array(arena, struct adr_accepted, a->count
			+ 1),
		.blob = arena_array(arena, git_oid, a->count + 1),
		.gone = arena_array(arena, bool, a->count + 1),
	};
	struct err ignored = ERR_INIT;
	git_commit *commit = NULL;
	struct source_rev rev;
	const char *root;

	if (!a->count || !s->rev.known || !*s->rev.commit)
		return w.ret;
	gitrev_start();
	w.repo = gitrev_open(s->root, &ignored);
	if (w.repo && !gitrev_place(w.repo, s->root, arena, &root, &w.prefix, &ignored))
		commit = gitrev_commit(w.repo, s->rev.commit, arena, &rev, &ignored);
	if (commit)
		walk_back(&w, commit);
	git_repository_free(w.repo);
	gitrev_stop();
	return w.ret;
}
