/* SPDX-License-Identifier: MIT */
/* tree.c - what both kinds of trees share, and paths inside of them. */
#include "graph/source/tree.h"
#include "graph/source/treelog.h"

#include <stdlib.h>
#include <string.h>

int tree_list(struct tree *t, const char *dir, struct arena *arena, struct tree_entry **ret_entry,
	      uint32_t *ret_count, struct err *err)
{
	treelog_list(t, dir, NULL);
	return t->ops->list(t, dir, TREE_NO_REF, arena, ret_entry, ret_count, err);
}

int tree_list_ref(struct tree *t, const char *dir, uint32_t ref, struct arena *arena,
		  struct tree_entry **ret_entry, uint32_t *ret_count, struct err *err)
{
	treelog_list(t, dir, NULL);
	return t->ops->list(t, dir, ref, arena, ret_entry, ret_count, err);
}

int tree_read(struct tree *t, const char *path, uint32_t ref, size_t max, struct tree_buf *buf,
	      struct err *err)
{
	treelog_read(t, path, max);
	return t->ops->read(t, path, ref, max, buf, err);
}

const unsigned char *tree_blob(struct tree *t, uint32_t ref)
{
	return t->ops->blob(t, ref);
}

bool tree_blob_size(struct tree *t, uint32_t ref, uint64_t *ret)
{
	return t->ops->blob_size(t, ref, ret);
}

bool tree_find(struct tree *t, const char *path, struct arena *scratch, uint32_t *ret_ref)
{
	treelog_find(t, path);
	return t->ops->find(t, path, scratch, ret_ref);
}

void tree_buf_release(struct tree_buf *buf)
{
	if (buf->held)
		buf->drop(buf->held);
	free(buf->own);
	*buf = (struct tree_buf){ 0 };
}

void tree_close(struct tree *t)
{
	if (!t)
		return;
	treelog_free(t);
	t->ops->close(t);
}

bool tree_is_go(const char *name)
{
	size_t n = strlen(name);

	return n > 3 && !memcmp(name + n - 3, ".go", 3);
}

int tree_list_files(struct tree *t, const char *dir, bool (*wants)(const char *name),
		    struct arena *arena, struct tree_entry **ret_entry, uint32_t *ret_count,
		    struct err *err)
{
	int rc;

	treelog_list(t, dir, wants);
	t->wants = wants;
	rc = t->ops->list(t, dir, TREE_NO_REF, arena, ret_entry, ret_count, err);
	t->wants = NULL;
	return rc;
}

bool tree_takes(const struct tree *t, const char *name)
{
	return t->wants ? t->wants(name) : tree_wants(name);
}

bool tree_tells_broken(const struct tree *t, const char *name)
{
	return t->wants ? t->wants(name) : tree_is_go(name);
}

bool tree_wants(const char *name)
{
	return tree_is_go(name) || !strcmp(name, "go.mod") || !strcmp(name, "go.work");
}

const struct tree_entry *tree_entry_find(const struct tree_entry *entry, uint32_t count,
					 const char *name)
{
	uint32_t lo = 0, hi = count;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		int c = strcmp(entry[mid].name, name);

		if (!c)
			return &entry[mid];
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

const char *path_join(struct arena *arena, const char *dir, const char *name)
{
	size_t head = strlen(dir), tail = strlen(name);
	char *path;

	/* The most asked of all: no format has to be read for it. */
	if (!head || !tail)
		return arena_strdup(arena, head ? dir : name);
	head -= dir[head - 1] == '/';
	path = arena_alloc(arena, head + tail + 2, 1);
	memcpy(path, dir, head);
	path[head] = '/';
	memcpy(path + head + 1, name, tail + 1);
	return path;
}

const char *path_clean(struct arena *arena, const char *path)
{
	size_t len = strlen(path), n = 0, root = *path == '/';
	char *out = arena_alloc(arena, len + 2, 1);

	if (root)
		out[n++] = '/';
	for (const char *p = path; *p;) {
		size_t seg = strcspn(p, "/");

		if (seg == 2 && p[0] == '.' && p[1] == '.') {
			if (n == root)
				return NULL;
			while (n > root && out[n - 1] != '/')
				n--;
			if (n > root)
				n--;
		} else if (seg && !(seg == 1 && p[0] == '.')) {
			if (n > root)
				out[n++] = '/';
			memcpy(out + n, p, seg);
			n += seg;
		}
		p += seg;
		p += strspn(p, "/");
	}
	out[n] = '\0';
	return out;
}

const char *path_below(const char *path, const char *dir)
{
	size_t n = strlen(dir);

	if (!n)
		return path;
	if (strncmp(path, dir, n))
		return NULL;
	if (!path[n])
		return path + n;
	if (dir[n - 1] == '/')
		return path + n;
	return path[n] == '/' ? path + n + 1 : NULL;
}

bool tree_has(struct tree *t, const char *dir, const char *name, struct arena *a)
{
	struct tree_entry *entry;
	struct err ignored = ERR_INIT;
	uint32_t n;

	return !tree_list(t, dir, a, &entry, &n, &ignored) && tree_entry_find(entry, n, name);
}
