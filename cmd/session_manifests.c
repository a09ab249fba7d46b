/* SPDX-License-Identifier: MIT */
/*
 * session_manifests.c - where manifests come from: the files that the policy names, a folder
 * or a file of the tree, one elsewhere on this machine, or what a program writes to us.
 */
#include "base/progress.h"
#include "cmd/session.h"
#include "graph/source/manifests/manifests.h"
#include "graph/source/tree.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* From the tree's root; NULL = it is somewhere else. */
static const char *inside(struct session *s, const char *dir)
{
	const char *root = s->source->root, *below = s->source->below ? s->source->below : "";
	size_t n = strlen(root);

	if (*dir != '/')
		return path_clean(&s->arena, path_join(&s->arena, below, dir));
	if (strncmp(dir, root, n) != 0 || (dir[n] && dir[n] != '/'))
		return NULL;
	return path_clean(&s->arena, dir + n + (dir[n] == '/'));
}

static bool is_file(struct session *s, struct tree *t, const char *path)
{
	struct tree_buf buf = { 0 };
	struct err ignored = ERR_INIT;
	uint32_t ref;
	bool is = *path && tree_find(t, path, &s->arena, &ref) &&
		  !tree_read(t, path, ref, 1, &buf, &ignored);

	tree_buf_release(&buf);
	return is;
}

static int read_from(struct session *s, struct tree *t, struct manifests_options *o,
		     const char *path, struct manifests *m, struct err *err)
{
	if (is_file(s, t, path))
		o->file = path;
	else
		o->dir = path;
	return manifests_read(t, o, &s->arena, m, err);
}

/* A folder or a file that no tree of ours holds: as it is on disk, told as it was written. */
static int read_outside(struct session *s, const char *dir, struct manifests *m, struct err *err)
{
	struct manifests_options o = { .dir = "" };
	char *real = realpath(dir, NULL);
	size_t n = strlen(dir);
	struct stat st;

	if (!real || stat(real, &st)) {
		free(real);
		return err_set(err, ERR_INPUT, "cannot read '%s': %s", dir, strerror(errno));
	}
	while (n > 1 && dir[n - 1] == '/')
		n--;
	o.before = arena_strndup(&s->arena, dir, n);
	/* Of a file its folder is the tree. */
	if (!S_ISDIR(st.st_mode)) {
		char *base = strrchr(real, '/') + 1;
		const char *slash = strrchr(o.before, '/');

		o.file = arena_strdup(&s->arena, base);
		o.before = slash ? arena_strndup(&s->arena, dir, (size_t)(slash - o.before) + 1) :
				   "";
		*base = '\0';
	}
	struct tree *t = tree_disk_open(real);
	int rc = manifests_read(t, &o, &s->arena, m, err);

	tree_close(t);
	free(real);
	return rc;
}

int session_manifests(struct session *s, const char *dir, struct err *err)
{
	struct manifests *m = arena_new(&s->arena, struct manifests);
	struct manifests_options o = { .dir = "" };
	const char *path = NULL;
	int rc = 0;

	if (s->manifests)
		return 0;
	progress_at(s->progress, "reading manifests");
	if (!dir) {
		o.wants = policy_manifests;
		o.ctx = s->policy;
		if (s->policy->manifests.count)
			rc = manifests_read(s->source->tree, &o, &s->arena, m, err);
	} else if (!strcmp(dir, SESSION_STDIN)) {
		rc = manifests_read_fd(STDIN_FILENO, SESSION_STDIN_NAME, &s->arena, m, err);
	} else {
		path = inside(s, dir);
		rc = path ? read_from(s, s->source->tree, &o, path, m, err) :
			    read_outside(s, dir, m, err);
	}
	if (!rc)
		s->manifests = m;
	return rc;
}
