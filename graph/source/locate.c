/* SPDX-License-Identifier: MIT */
/*
 * locate.c - from -C, PATTERN, --rev and --staged to the tree that is read, the folder
 * where reading begins and what of it is reported.
 */
#include "graph/source/intake.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

bool pattern_fits(const char *pattern, const char *text)
{
	size_t n = strlen(pattern), m = strlen(text);

	/* As go list: "x/..." fits x too. */
	if (n >= 4 && !strcmp(pattern + n - 4, "/...") && m == n - 4 && !memcmp(pattern, text, m) &&
	    !strstr(text, "..."))
		return true;
	/* Greedy with one point to come back to: linear memory, no recursion. */
	const char *p = pattern, *t = text, *back_p = NULL, *back_t = NULL;

	while (*t) {
		if (!strncmp(p, "...", 3)) {
			back_p = p += 3;
			back_t = t;
		} else if (*p == *t) {
			p++;
			t++;
		} else if (back_p) {
			p = back_p;
			t = ++back_t;
		} else {
			return false;
		}
	}
	if (!strcmp(p, "/...") && p > pattern)
		return true;
	while (!strncmp(p, "...", 3))
		p += 3;
	return !*p;
}

bool location_reports(const struct location *at, const char *dir, const char *import_path,
		      struct arena *scratch)
{
	const char *rest = path_below(dir, at->below);

	switch (at->match) {
	case MATCH_BELOW:
		return rest;
	case MATCH_ONE:
		return rest && !*rest;
	case MATCH_PATH:
		return rest && pattern_fits(at->glob, path_join(scratch, ".", rest));
	case MATCH_IMPORT:
		return pattern_fits(at->glob, import_path);
	}
	BUG("match kind %d", (int)at->match);
}

static bool is_path_pattern(const char *p)
{
	return *p == '/' || !strcmp(p, ".") || !strcmp(p, "..") || !strncmp(p, "./", 2) ||
	       !strncmp(p, "../", 3) || !strcmp(p, "...");
}

static bool is_dir(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

static bool exists(const char *path)
{
	struct stat st;

	return !stat(path, &st);
}

/* What PATTERN says, before any folder is opened. */
struct request {
	const char *base;               /* folder, relative to -C or absolute */
	bool wild;
};

static struct request read_pattern(struct intake *in, struct arena *a)
{
	const char *p = in->o->pattern ? in->o->pattern : "./...";
	struct location *at = &in->at;
	struct request q = { .base = "." };

	if (!is_path_pattern(p) && !is_dir(path_join(a, in->o->dir, p))) {
		at->match = MATCH_IMPORT;
		at->glob = p;
		return q;
	}
	const char *dots = strstr(p, "...");

	q.wild = dots;
	if (!dots) {
		q.base = p;
		return q;
	}
	const char *slash = dots;

	while (slash > p && slash[-1] != '/')
		slash--;
	q.base = slash > p ? arena_strndup(a, p, (size_t)(slash - p)) : ".";
	if (!strcmp(slash, "...")) {
		at->match = MATCH_BELOW;
	} else {
		at->match = MATCH_PATH;
		at->glob = arena_printf(a, "./%s", slash);
	}
	return q;
}

/* Is it one of the folders, separated by colons, above which nobody looks? */
static bool is_ceiling(const char *ceilings, const char *dir)
{
	size_t len = strlen(dir);

	for (const char *p = ceilings; p && *p; p += strcspn(p, ":"), p += *p == ':')
		if (strcspn(p, ":") == len && !memcmp(p, dir, len))
			return true;
	return false;
}

/* The nearest folder at or above `dir`, below the ceilings, that has `name` in it; or NULL. */
static const char *nearest_above(const char *dir, const char *name, const char *ceilings,
				 struct arena *a)
{
	char *at = arena_strdup(a, dir);

	for (;;) {
		/* As in git: the folder where one starts is looked at in any case. */
		if (strcmp(at, dir) && is_ceiling(ceilings, at))
			return NULL;
		if (exists(path_join(a, at, name)))
			return at;
		char *slash = strrchr(at, '/');

		if (!slash || !at[1])
			return NULL;
		if (slash == at)
			slash++;
		*slash = '\0';
	}
}

static int locate_on_disk(struct intake *in, const struct request *q, struct arena *a,
			  struct err *err)
{
	struct location *at = &in->at;
	bool here = !strcmp(in->o->dir, ".") || *q->base == '/';
	const char *wanted = here ? q->base : path_join(a, in->o->dir, q->base);
	char *real = realpath(wanted, NULL);

	if (!real)
		return err_set(err, ERR_INPUT, "cannot open '%s': %s", wanted, strerror(errno));
	const char *base = arena_strdup(a, real);

	free(real);
	if (!is_dir(base))
		return err_set(err, ERR_INPUT, "'%s' is not a folder", wanted);
	const char *repo = nearest_above(base, ".git", getenv("GIT_CEILING_DIRECTORIES"), a);
	const char *module = nearest_above(base, "go.mod", NULL, a);
	const char *start = exists(path_join(a, base, "go.work")) || !module ? base : module;

	in->s->root = repo && path_below(start, repo) ? repo : start;
	at->start = path_below(start, in->s->root);
	at->below = path_below(base, in->s->root);
	at->tree = tree_disk_open(in->s->root);
	at->in_repository = repo;
	return 0;
}

static int locate_in_commit(struct intake *in, const struct request *q, struct arena *a,
			    struct err *err)
{
	struct location *at = &in->at;
	const char *dir = in->o->dir, *base = q->base, *prefix;

	/* PATTERN may name a repository elsewhere; what it names below this one may be gone by now.
	 */
	const char *wanted = *base == '/' ? base : path_join(a, dir, base);

	if (is_dir(wanted)) {
		dir = wanted;
		base = ".";
	}
	struct source_rev *rev = &in->s->rev;
	int r = in->o->staged ?
		tree_staged_open(dir, a, &at->tree, &in->s->root, &prefix, rev, err) :
		tree_git_open(dir, in->o->rev, a, &at->tree, &in->s->root, &prefix, rev, err);

	if (r)
		return -1;
	at->below = path_clean(a, path_join(a, prefix, base));
	if (!at->below)
		return err_set(err, ERR_USAGE, "'%s' is outside the repository", in->o->pattern);
	struct tree_entry *entry;
	uint32_t n;

	if (tree_list(at->tree, at->below, a, &entry, &n, err) < 0)
		return err_wrap(err, "cannot open '%s' in '%s'", at->below,
				in->o->staged ? "the index" : in->o->rev);
	at->start = at->below;
	if (tree_entry_find(entry, n, "go.work"))
		return 0;
	for (char *up = arena_strdup(a, at->below);; ) {
		if (tree_has(at->tree, up, "go.mod", a)) {
			at->start = up;
			break;
		}
		if (!*up)
			break;
		char *slash = strrchr(up, '/');

		*(slash ? slash : up) = '\0';
	}
	return 0;
}

static bool has_go_file(struct tree *t, const char *dir, struct arena *a)
{
	struct tree_entry *entry;
	struct err ignored = ERR_INIT;
	uint32_t n;

	if (tree_list(t, dir, a, &entry, &n, &ignored) < 0)
		return false;
	for (uint32_t i = 0; i < n; i++)
		if (entry[i].kind == ENTRY_FILE && strcmp(entry[i].name, "go.mod") &&
		    strcmp(entry[i].name, "go.work"))
			return true;
	return false;
}

int locate(struct intake *in, struct err *err)
{
	struct arena *a = in->s->arena;
	struct request q = read_pattern(in, a);
	struct location *at = &in->at;
	int r = in->o->rev || in->o->staged ? locate_in_commit(in, &q, a, err) :
					      locate_on_disk(in, &q, a, err);

	if (r < 0)
		return -1;
	if (at->match == MATCH_IMPORT || q.wild)
		return 0;
	/* A folder inside a module means its package, as in Go; any other folder all below it. */
	bool inside = strcmp(at->below, at->start) && has_go_file(at->tree, at->below, a);

	at->match = inside ? MATCH_ONE : MATCH_BELOW;
	return 0;
}
