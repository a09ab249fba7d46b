/* SPDX-License-Identifier: MIT */
/* history_part.h - what the history*.c files share.  Nobody else includes it. */
#ifndef MESHCTL_HISTORY_PART_H
#define MESHCTL_HISTORY_PART_H

#include "graph/source/history.h"
#include "graph/source/historylog.h"

/* The files below a tree, submodules left out, by path.  In the arena. */
uint32_t history_tree(git_repository *repo, const struct blob_id *root, struct arena *arena,
		      const char *const **ret, uint32_t *ret_missing);

/*
 * Who wrote under which name and address: person[log.whos.count + 1] as .mailmap of
 * the commit unites them, one person a name; bot as history_bots.def says.
 */
struct history_people {
	const struct history_person *person;
	uint32_t npersons;
	uint32_t *of;                   /* [whos.count + 1] */
	bool *bot;                      /* the same */
};
void history_people(git_repository *repo, const struct blob_id *commit,
		    const struct historylog *log, struct arena *arena,
		    struct history_people *ret);

/*
 * Lines of a commit against its first parent, file by file: paths in the repository,
 * `was` in the parent.  False where an object is not there.
 */
struct history_churn { git_repository *repo; git_tree *is, *was; bool whole; };
void history_churn_begin(struct history_churn *c, git_repository *repo,
			 const struct blob_id *id);
bool history_churn_add(struct history_churn *c, const char *was, const char *is,
		       uint64_t *ret_added, uint64_t *ret_deleted);
void history_churn_end(struct history_churn *c);

#endif
