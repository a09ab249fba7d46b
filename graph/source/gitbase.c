/* SPDX-License-Identifier: MIT */
/* gitbase.c - merge bases, through libgit2. */
#include "graph/source/gitbase.h"
#include "graph/source/gitrev.h"
#include "graph/source/gitrun.h"

#include <git2.h>
#include <string.h>

/* "origin/main" -> " main" behind "origin": what `git fetch` is told. */
static const char *fetch_words(const char *base, struct arena *arena)
{
	const char *slash = strchr(base, '/');

	if (!slash || strncmp(base, "origin/", 7) != 0)
		return "git fetch --unshallow";
	return arena_printf(arena, "git fetch --unshallow origin %s", slash + 1);
}

static int unrelated(git_repository *repo, const char *base, const char *head,
		     struct arena *arena, struct err *err)
{
	if (git_repository_is_shallow(repo) == 1)
		return err_set(err, ERR_INPUT, "this clone is shallow and does not reach the "
			"commit "
			       "that '%s' and '%s' have in common: '%s' brings it", base, head,
			       fetch_words(base, arena));
	return err_set(err, ERR_INPUT, "'%s' and '%s' have no commit in common", base, head);
}

static git_commit *named(git_repository *repo, const char *rev, struct arena *arena,
			 struct err *err)
{
	struct err cause = ERR_INIT;
	struct source_rev ignored;
	git_commit *commit = gitrev_commit(repo, rev, arena, &ignored, &cause);

	if (commit)
		return commit;
	if (git_repository_is_shallow(repo) == 1)
		err_set(err, ERR_INPUT, "%s; this clone is shallow: '%s' brings what it lacks",
			cause.msg, fetch_words(rev, arena));
	else if (!strncmp(rev, "origin/", 7))
		err_set(err, ERR_INPUT, "%s; 'git fetch origin %s' brings it", cause.msg, rev + 7);
	else
		*err = cause;
	return NULL;
}

/* Where libgit2 cannot open the repository: one line of what git says to `word`. */
static int ask_git(const char *dir, const char *const *word, struct arena *arena,
		   const char **ret, struct err *err)
{
	size_t len;

	if (git_output(dir, word, arena, ret, &len, err))
		return -1;
	*ret = arena_strndup(arena, *ret, strcspn(*ret, "\n"));
	return 0;
}

/* The full id; "" and no error where `may_miss` and there is none. */
static int ask_commit(const char *dir, const char *rev, bool may_miss, struct arena *arena,
		      const char **ret, struct err *err)
{
	const char *const word[] = { "rev-parse", "--verify", "--quiet", "--end-of-options",
				     arena_printf(arena, "%s^{commit}", rev), NULL };
	struct err cause = ERR_INIT;

	*ret = "";
	if (!ask_git(dir, word, arena, ret, &cause) || (may_miss && cause.code == ERR_INPUT))
		return 0;
	if (cause.code == ERR_INPUT)
		return err_set(err, ERR_INPUT, "cannot find revision '%s'", rev);
	*err = cause;
	return -1;
}

static int merge_by_git(const char *dir, const char *base, const char *head, struct arena *arena,
			struct git_base *ret, struct err *err)
{
	const char *from, *to, *common;
	struct err cause = ERR_INIT;

	if (ask_commit(dir, base, false, arena, &from, err) ||
	    ask_commit(dir, head, false, arena, &to, err))
		return -1;
	const char *const word[] = { "merge-base", from, to, NULL };

	if (ask_git(dir, word, arena, &common, &cause))
		return err_set(err, ERR_INPUT, "'%s' and '%s' have no commit in common, as far as "
			       "this clone knows", base, head);
	ret->commit = common;
	ret->how = arena_printf(arena, "merge base with %s", base);
	return 0;
}

static int head_by_git(const char *dir, struct arena *arena, struct git_base *ret,
		       struct err *err)
{
	const char *commit;

	if (ask_commit(dir, "HEAD", true, arena, &commit, err))
		return -1;
	*ret = (struct git_base){ .how = "HEAD", .commit = *commit ? commit : NULL };
	return 0;
}

int gitbase_merge(const char *dir, const char *base, const char *head, struct arena *arena,
		  struct git_base *ret, struct err *err)
{
	git_commit *from = NULL, *to = NULL;
	char hex[GIT_OID_HEXSZ + 1];
	git_oid common;
	int rc = -1;

	head = head ? head : "HEAD";
	gitrev_start();
	git_repository *repo = gitrev_open(dir, err);

	if (!repo && gitrev_is_foreign()) {
		gitrev_stop();
		*err = (struct err)ERR_INIT;
		return merge_by_git(dir, base, head, arena, ret, err);
	}
	if (repo && (from = named(repo, base, arena, err)) &&
	    (to = named(repo, head, arena, err))) {
		if (git_merge_base(&common, repo, git_commit_id(from), git_commit_id(to))) {
			unrelated(repo, base, head, arena, err);
		} else {
			git_oid_tostr(hex, sizeof(hex), &common);
			ret->commit = arena_strdup(arena, hex);
			ret->how = arena_printf(arena, "merge base with %s", base);
			rc = 0;
		}
	}
	git_commit_free(from);
	git_commit_free(to);
	git_repository_free(repo);
	gitrev_stop();
	return rc;
}

int gitbase_head(const char *dir, struct arena *arena, struct git_base *ret, struct err *err)
{
	struct source_rev rev;
	int rc = -1;

	gitrev_start();
	git_repository *repo = gitrev_open(dir, err);

	if (!repo && gitrev_is_foreign()) {
		gitrev_stop();
		*err = (struct err)ERR_INIT;
		return head_by_git(dir, arena, ret, err);
	}
	*ret = (struct git_base){ .how = "HEAD" };
	if (repo && git_repository_head_unborn(repo) == 1) {
		rc = 0;
	} else if (repo) {
		git_commit *commit = gitrev_commit(repo, "HEAD", arena, &rev, err);

		if (commit) {
			ret->commit = rev.commit;
			rc = 0;
		}
		git_commit_free(commit);
	}
	git_repository_free(repo);
	gitrev_stop();
	return rc;
}
