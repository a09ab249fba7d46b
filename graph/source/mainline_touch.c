/* SPDX-License-Identifier: MIT */
/*
 * mainline_touch.c - which commits of a line changed what Go reads: trees are compared by
 * the ids of their entries, so that nothing is read of what is the same.
 */
#include "graph/source/gitrev.h"
#include "graph/source/mainline.h"
#include "graph/source/tree.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>

struct pair { git_oid a, b; bool has_a, has_b; };

struct compare {
	git_repository *repo;
	struct pair *todo;
	uint32_t ntodos, cap;
};

static void add(struct compare *c, const git_tree_entry *a, const git_tree_entry *b)
{
	struct pair p = { .has_a = a != NULL, .has_b = b != NULL };

	if (a)
		p.a = *git_tree_entry_id(a);
	if (b)
		p.b = *git_tree_entry_id(b);
	VEC_RESERVE(c->todo, c->cap, c->ntodos + 1);
	c->todo[c->ntodos++] = p;
}

static bool is_folder(const git_tree_entry *e)
{
	return e && git_tree_entry_filemode(e) == GIT_FILEMODE_TREE;
}

static bool matters(const git_tree_entry *e)
{
	return e && (tree_wants(git_tree_entry_name(e)) ||
		     git_tree_entry_filemode(e) == GIT_FILEMODE_LINK);
}

/* Two entries of one name, of which one may be missing: false where they surely differ. */
static bool entries_same(struct compare *c, const git_tree_entry *a, const git_tree_entry *b)
{
	if (a && b && git_tree_entry_filemode(a) == git_tree_entry_filemode(b) &&
	    git_oid_equal(git_tree_entry_id(a), git_tree_entry_id(b)))
		return true;
	bool folders = is_folder(a) || is_folder(b);

	if (folders)
		add(c, is_folder(a) ? a : NULL, is_folder(b) ? b : NULL);
	return !(matters(is_folder(a) ? NULL : a) || matters(is_folder(b) ? NULL : b));
}

static bool folders_same(struct compare *c, const struct pair *p)
{
	git_tree *a = NULL, *b = NULL;
	bool same = !(p->has_a && git_tree_lookup(&a, c->repo, &p->a)) &&
		    !(p->has_b && git_tree_lookup(&b, c->repo, &p->b));

	for (size_t i = 0; same && a && i < git_tree_entrycount(a); i++) {
		const git_tree_entry *e = git_tree_entry_byindex(a, i);

		same = entries_same(c, e, b ? git_tree_entry_byname(b, git_tree_entry_name(e)) :
				    NULL);
	}
	for (size_t i = 0; same && b && i < git_tree_entrycount(b); i++) {
		const git_tree_entry *e = git_tree_entry_byindex(b, i);

		if (!a || !git_tree_entry_byname(a, git_tree_entry_name(e)))
			same = entries_same(c, NULL, e);
	}
	git_tree_free(a);
	git_tree_free(b);
	return same;
}

/* False where it cannot be read. */
static bool root_of(git_repository *repo, const char *id, git_oid *ret)
{
	git_commit *commit = NULL;
	git_oid oid;
	bool known = !git_oid_fromstr(&oid, id) && !git_commit_lookup(&commit, repo, &oid);

	if (known)
		*ret = *git_commit_tree_id(commit);
	git_commit_free(commit);
	return known;
}

static bool commits_same(struct compare *c, const char *young, const char *old)
{
	struct pair p = { .has_a = true, .has_b = true };
	bool same = root_of(c->repo, young, &p.a) && root_of(c->repo, old, &p.b);

	c->ntodos = 0;
	if (same && git_oid_equal(&p.a, &p.b))
		return true;
	while (same) {
		same = folders_same(c, &p);
		if (!c->ntodos)
			break;
		p = c->todo[--c->ntodos];
	}
	return same;
}

void mainline_touches(const char *dir, const struct mainline *line, bool *ret)
{
	struct err ignored = ERR_INIT;
	struct compare c = { 0 };

	gitrev_start();
	c.repo = gitrev_open(dir, &ignored);
	for (uint32_t i = 0; i < line->count; i++)
		ret[i] = !c.repo || i + 1 == line->count ||
			 !commits_same(&c, line->commit[i].id, line->commit[i + 1].id);
	git_repository_free(c.repo);
	gitrev_stop();
	free(c.todo);
}
