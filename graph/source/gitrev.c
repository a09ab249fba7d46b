/* SPDX-License-Identifier: MIT */
/* gitrev.c - opening repositories and naming commits, through libgit2. */
#include "graph/source/gitrev.h"
#include "base/date.h"
#include "graph/source/gitloose.h"
#include "graph/source/tree.h"

#include <git2.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static const char *last_error(void)
{
	const git_error *e = git_error_last();

	return e && e->message ? e->message : "the repository is damaged or incomplete";
}

/*
 * One reference stays: to begin anew costs as much as reading a small repository.  What
 * the library is told of itself is not for two threads.
 */
static void begin(void)
{
	/* Of the extensions to the format those that change nothing for who only reads objects. */
	static const char *extensions[] = { "worktreeconfig", "partialclone", "preciousobjects" };

	git_libgit2_init();
	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
	/* Hashing each object again doubles the time; git itself leaves that to fsck. */
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions, ARRAY_SIZE(extensions));
}

void gitrev_start(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	if (pthread_once(&once, begin))
		BUG("pthread_once");
	git_libgit2_init();
}

void gitrev_stop(void)
{
	git_libgit2_shutdown();
}

/* Folders of objects, separated by colons, beside the repository's own. */
static void add_objects(git_repository *repo, const char *folders)
{
	struct arena scratch = ARENA_INIT;
	git_odb *odb = NULL;

	if (folders && !git_repository_odb(&odb, repo))
		for (const char *p = folders; *p; p += *p == ':') {
			size_t len = strcspn(p, ":");

			if (len)
				git_odb_add_disk_alternate(odb, arena_strndup(&scratch, p, len));
			p += len;
		}
	git_odb_free(odb);
	arena_release(&scratch);
}

/*
 * A repository that stands apart from its working tree and does not name it: git takes the
 * folder where it is, libgit2 the one above the repository.
 */
static bool is_apart(git_repository *repo)
{
	static const char usual[] = "/.git/";
	const char *path = git_repository_path(repo);
	size_t len = strlen(path), tail = sizeof(usual) - 1;
	git_config *config = NULL;
	git_buf ignored = { 0 };
	bool is_told = true;

	if (git_repository_is_bare(repo) || git_repository_is_worktree(repo) ||
	    (len >= tail && !strcmp(path + len - tail, usual)))
		return false;
	if (!git_repository_config_snapshot(&config, repo))
		is_told = !git_config_get_string_buf(&ignored, config, "core.worktree");
	git_buf_dispose(&ignored);
	git_config_free(config);
	return !is_told;
}

/*
 * By the environment or the folder.  libgit2's own way to follow the environment ends
 * where GIT_WORK_TREE is set, and at an index that it cannot read.
 */
static int open_repository(git_repository **ret, const char *dir)
{
	const char *named = getenv("GIT_DIR"), *work = getenv("GIT_WORK_TREE");
	/* meshctl only reads; whose repository it is does not matter. */
	unsigned flags = GIT_REPOSITORY_OPEN_CROSS_FS;

	if (named)
		flags |= GIT_REPOSITORY_OPEN_NO_SEARCH | GIT_REPOSITORY_OPEN_NO_DOTGIT;
	if (git_repository_open_ext(ret, named ? named : dir, flags,
				    named ? NULL : getenv("GIT_CEILING_DIRECTORIES")))
		return -1;
	if (!work || !*work)
		work = named && is_apart(*ret) ? "." : NULL;
	if (work && git_repository_set_workdir(*ret, work, 0)) {
		git_repository_free(*ret);
		*ret = NULL;
		return -1;
	}
	add_objects(*ret, getenv("GIT_OBJECT_DIRECTORY"));
	add_objects(*ret, getenv("GIT_ALTERNATE_OBJECT_DIRECTORIES"));
	return 0;
}

git_repository *gitrev_open(const char *dir, struct err *err)
{
	git_repository *repo = NULL;

	if (!open_repository(&repo, dir)) {
		gitloose_add(repo);
		return repo;
	}
	if (strstr(last_error(), "could not find repository"))
		err_set(err, ERR_INPUT, "'%s' is not inside a git repository", dir);
	else
		err_set(err, ERR_INPUT, "cannot open the git repository of '%s': %s", dir,
			last_error());
	return NULL;
}

bool gitrev_is_foreign(void)
{
	return strstr(last_error(), "unsupported extension") ||
	       strstr(last_error(), "unsupported repository version");
}

/* filter.NAME.clean and its like, but for those of git-lfs.  libgit2's own matcher loses memory. */
static int is_filter(const git_config_entry *e, void *found)
{
	const char *last = strrchr(e->name, '.');

	if (strncmp(e->name, "filter.", 7) || !last || last < e->name + 7)
		return 0;
	if (strcmp(last, ".clean") && strcmp(last, ".smudge") && strcmp(last, ".process"))
		return 0;
	if (strncmp(e->name, "filter.lfs.", 11))
		*(bool *)found = true;
	return 0;
}

bool gitrev_has_filters(git_repository *repo)
{
	git_config *config = NULL;
	bool found = true;

	if (!git_repository_config_snapshot(&config, repo)) {
		found = false;
		/* Checked out through a smudge filter alone, a file is clean until touched. */
		if (git_config_foreach(config, is_filter, &found))
			found = true;
	}
	git_config_free(config);
	return found;
}

static void fill(git_commit *commit, struct arena *arena, struct source_rev *ret)
{
	char hex[GIT_OID_HEXSZ + 1];

	git_oid_tostr(hex, sizeof(hex), git_commit_id(commit));
	ret->commit = arena_strdup(arena, hex);
	ret->branch = "";
	ret->commit_time = date_seconds(git_commit_time(commit));
	ret->clean = true;
	ret->known = true;
}

/* Further questions take libgit2's own words away, so they are asked for first. */
static const char *why_not(git_repository *repo, const char *rev, int rc, struct arena *arena)
{
	const char *why = arena_strdup(arena, last_error());

	if (git_repository_head_unborn(repo) == 1)
		return "the branch has no commit yet";
	if (rc != GIT_ENOTFOUND || !strpbrk(rev, "~^"))
		return why;
	return git_repository_is_shallow(repo) == 1 ?
	       "this clone is shallow, and has no such commit: 'git fetch --unshallow' brings the "
	       "rest" : "there is no such commit";
}

git_commit *gitrev_commit(git_repository *repo, const char *rev, struct arena *arena,
			  struct source_rev *ret_rev, struct err *err)
{
	git_object *named = NULL, *commit = NULL, *inner = NULL;

	int rc = git_revparse_single(&named, repo, rev);

	if (rc) {
		const char *why = why_not(repo, rev, rc, arena);

		/* It is there, but no commit that the library takes: one without an author. */
		err_set(err, ERR_INPUT, "cannot %s revision '%s': %s",
			strstr(why, "failed to parse") ? "read" : "find", rev, why);
		return NULL;
	}
	if (git_object_peel(&commit, named, GIT_OBJECT_COMMIT)) {
		/* What a tag stands for; all else stands for itself. */
		if (git_object_peel(&inner, named, GIT_OBJECT_ANY))
			inner = NULL;
		err_set(err, ERR_INPUT, "revision '%s' is a %s, not a commit", rev,
			git_object_type2string(git_object_type(inner ? inner : named)));
	} else {
		fill((git_commit *)commit, arena, ret_rev);
	}
	git_object_free(inner);
	git_object_free(named);
	return (git_commit *)commit;
}

int gitrev_place(git_repository *repo, const char *dir, struct arena *arena, const char **ret_root,
		 const char **ret_prefix, struct err *err)
{
	const char *work = git_repository_workdir(repo);
	char *real = realpath(dir, NULL), *root = NULL, *own = NULL;
	int r = -1;

	if (!real) {
		err_set(err, ERR_INPUT, "cannot open '%s'", dir);
		goto out;
	}
	*ret_prefix = "";
	own = realpath(git_repository_path(repo), NULL);
	/* As in git: from inside of its own folder a repository is read as a bare one. */
	if (own && path_below(real, own))
		work = NULL;
	root = realpath(work ? work : git_repository_path(repo), NULL);
	if (!root) {
		err_set(err, ERR_INPUT, "cannot open the working tree of '%s'", dir);
		goto out;
	}
	*ret_root = arena_strdup(arena, root);
	if (work) {
		const char *below = path_below(real, root);

		if (below)
			*ret_prefix = arena_strdup(arena, below);
	}
	r = 0;
out:
	free(real);
	free(root);
	free(own);
	return r;
}

/* Tracked files only: what git does not know cannot make the commit's name a lie about it. */
static bool is_clean(git_repository *repo, git_commit *commit)
{
	git_diff_options o;
	git_tree *tree = NULL;
	git_diff *diff = NULL;
	bool clean = false;

	if (git_diff_options_init(&o, GIT_DIFF_OPTIONS_VERSION))
		return false;
	o.flags = GIT_DIFF_IGNORE_SUBMODULES | GIT_DIFF_SKIP_BINARY_CHECK;
	if (!git_commit_tree(&tree, commit) &&
	    !git_diff_tree_to_workdir_with_index(&diff, repo, tree, &o))
		clean = !git_diff_num_deltas(diff);
	git_diff_free(diff);
	git_tree_free(tree);
	return clean;
}

/* HEAD names a branch before the first commit makes it. */
static const char *branch_of(git_repository *repo, struct arena *arena)
{
	static const char heads[] = "refs/heads/";
	git_reference *head = NULL;
	const char *target = NULL, *branch = "";

	if (!git_reference_lookup(&head, repo, "HEAD"))
		target = git_reference_symbolic_target(head);
	if (target && !strncmp(target, heads, sizeof(heads) - 1))
		branch = arena_strdup(arena, target + sizeof(heads) - 1);
	git_reference_free(head);
	return branch;
}

void gitrev_head(git_repository *repo, struct arena *arena, struct source_rev *ret_rev)
{
	git_reference *head = NULL;
	git_object *commit = NULL;

	*ret_rev = (struct source_rev){ .commit = "", .branch = "", .known = true };
	if (!git_repository_head(&head, repo) &&
	    !git_reference_peel(&commit, head, GIT_OBJECT_COMMIT))
		fill((git_commit *)commit, arena, ret_rev);
	ret_rev->branch = branch_of(repo, arena);
	ret_rev->clean = false;
	git_object_free(commit);
	git_reference_free(head);
}

void gitrev_describe(const char *dir, struct arena *arena, struct source_rev *ret_rev)
{
	struct err ignored = ERR_INIT;
	git_reference *head = NULL;
	git_object *commit = NULL;

	*ret_rev = (struct source_rev){ .commit = "", .branch = "" };
	gitrev_start();
	git_repository *repo = gitrev_open(dir, &ignored);

	/* GIT_DIR may speak of another repository than the one that is read. */
	const char *work = repo ? git_repository_workdir(repo) : NULL;
	char *root = work ? realpath(work, NULL) : NULL;

	if (root && path_below(dir, root) && !git_repository_head(&head, repo) &&
	    !git_reference_peel(&commit, head, GIT_OBJECT_COMMIT)) {
		fill((git_commit *)commit, arena, ret_rev);
		if (git_reference_is_branch(head))
			ret_rev->branch = arena_strdup(arena, git_reference_shorthand(head));
		ret_rev->clean = is_clean(repo, (git_commit *)commit);
	}
	free(root);
	git_object_free(commit);
	git_reference_free(head);
	git_repository_free(repo);
	gitrev_stop();
}
