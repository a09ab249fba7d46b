/* SPDX-License-Identifier: MIT */
/* discover.c - finds the policy that applies, and names those that do not. */
#include "analyzers/policy/discover.h"
#include "base/limits.h"
#include "base/readall.h"
#include "graph/source/tree.h"

#include <stdlib.h>
#include <string.h>

/* "a/b" -> "a" -> "" -> NULL. */
static const char *parent_of(const char *dir, struct arena *arena)
{
	const char *slash = strrchr(dir, '/');

	if (!*dir)
		return NULL;
	return slash ? arena_strndup(arena, dir, (size_t)(slash - dir)) : "";
}

/* What policy_read() does not know: it is given a text. */
static const struct policy *placed(const struct policy *p, const char *folder, bool in_tree,
				   struct arena *arena)
{
	struct policy *copy = arena_new(arena, struct policy);

	*copy = *p;
	copy->folder = folder;
	copy->in_tree = in_tree;
	return copy;
}

static int read_from_tree(struct tree *tree, const char *path, uint32_t ref, struct arena *arena,
			  const char **ret_bytes, size_t *ret_len, struct err *err)
{
	struct tree_buf buf = { 0 };
	struct err cause = ERR_INIT;
	/* One byte beyond the limit, so that yaml_read() sees that it is. */
	size_t max = (size_t)limit_of(LIMIT_YAML_BYTES) + 1;

	if (tree_read(tree, path, ref, max, &buf, &cause) < 0) {
		tree_buf_release(&buf);
		return err_set(err, ERR_CONFIG, "cannot read '%s': %s", path, cause.msg);
	}
	*ret_len = buf.len < max ? buf.len : max;
	*ret_bytes = arena_strndup(arena, buf.len ? buf.bytes : "", *ret_len);
	tree_buf_release(&buf);
	return 0;
}

/* From the pattern's folder upward; *ret is the default policy where there is none. */
static int load_nearest(const struct source_place *place, struct arena *arena,
			const struct policy **ret, struct policy_problems *ret_problems,
			struct err *err)
{
	for (const char *dir = place->below; dir; dir = parent_of(dir, arena)) {
		const char *path = path_join(arena, dir, POLICY_FILE), *bytes = "";
		uint32_t ref;
		size_t len = 0;

		if (!tree_find(place->tree, path, arena, &ref))
			continue;
		if (read_from_tree(place->tree, path, ref, arena, &bytes, &len, err) < 0 ||
		    policy_read(path, bytes, len, arena, ret, ret_problems, err) < 0)
			return -1;
		*ret = placed(*ret, dir, true, arena);
		return 0;
	}
	*ret = policy_default(arena);
	return 0;
}

/* The folder of the file where it stands in the tree; else the patterns are of the root. */
static int load_named(const struct source_options *o, const struct source_place *place,
		      const char *config, struct arena *arena, const struct policy **ret,
		      struct policy_problems *ret_problems, struct err *err)
{
	const char *path = *config == '/' || !strcmp(o->dir, ".") ? config :
			   path_join(arena, o->dir, config);
	const char *below = NULL, *bytes = "";
	size_t len;

	if (read_all(path, (size_t)limit_of(LIMIT_YAML_BYTES), arena, &bytes, &len, err) < 0)
		return -1;
	char *real = realpath(path, NULL);

	if (real) {
		below = path_below(real, place->root);
		below = below ? arena_strdup(arena, below) : NULL;
		free(real);
	}
	bool in_tree = below && !o->rev && !o->staged;

	if (policy_read(in_tree ? below : config, bytes, len, arena, ret, ret_problems, err) < 0)
		return -1;
	*ret = placed(*ret, below ? parent_of(below, arena) : "", in_tree, arena);
	return 0;
}

int policy_load(const struct source_options *o, const char *config, struct arena *arena,
		const struct policy **ret, struct policy_problems *ret_problems, struct err *err)
{
	struct source_place place;
	int rc;

	if (ret_problems)
		*ret_problems = (struct policy_problems){ 0 };
	if (source_place(o, arena, &place, err) < 0)
		return -1;
	rc = config ? load_named(o, &place, config, arena, ret, ret_problems, err) :
		      load_nearest(&place, arena, ret, ret_problems, err);
	tree_close(place.tree);
	return rc;
}

/* Bytes of the segments that both paths begin with. */
static size_t common_part(const char *a, const char *b)
{
	size_t n = 0, last = 0;

	for (; a[n] && a[n] == b[n]; n++)
		if (a[n] == '/')
			last = n;
	return (!a[n] || a[n] == '/') && (!b[n] || b[n] == '/') ? n : last;
}

struct nested { const char **item; uint32_t count, cap; };

static void look_in(const struct policy *p, const struct source *s, const char *dir,
		    struct arena *arena, struct nested *n)
{
	const char *path = path_join(arena, dir, POLICY_FILE);
	uint32_t ref;

	if (!tree_find(s->tree, path, arena, &ref) || (p->in_tree && !strcmp(path, p->path)))
		return;
	VEC_RESERVE(n->item, n->cap, n->count + 1);
	n->item[n->count++] = path;
}

static int by_text(const void *a, const void *b, void *ctx UNUSED)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

uint32_t policy_nested(const struct policy *p, const struct source *s, struct arena *arena,
		       const char *const **ret_path)
{
	struct nested n = { 0 };
	const char *before = "";

	if (s->ndirs)
		look_in(p, s, "", arena, &n);
	/* Folders are sorted segment by segment: what two neighbours share was looked at. */
	for (uint32_t d = 0; d < s->ndirs; d++) {
		const char *path = sym_text(s->syms, s->dir[d].path);
		size_t seen = common_part(path, before), len = strlen(path);

		for (size_t at = seen + 1; at <= len; at++)
			if (at == len || path[at] == '/')
				look_in(p, s, arena_strndup(arena, path, at), arena, &n);
		before = path;
	}
	sort_with(n.item, n.count, sizeof(*n.item), by_text, NULL);
	const char **kept = arena_array(arena, const char *, n.count);

	if (n.count)
		memcpy(kept, n.item, n.count * sizeof(*kept));
	free(n.item);
	*ret_path = kept;
	return n.count;
}
