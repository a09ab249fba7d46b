/* SPDX-License-Identifier: MIT */
/*
 * tree_flat.c - folders, files and links out of a sorted list of paths.  What is in a
 * folder stands together; every question is a binary search.
 */
#include "graph/source/tree_flat.h"
#include "base/fault.h"

#include <stdlib.h>
#include <string.h>

/* As the kernel: more links than this are a loop. */
#define LINKS_MAX 40u
#define MODE_KIND 0170000u
#define MODE_FILE 0100000u
#define MODE_LINK 0120000u

/* Entries [first, end), all of which begin with the first one's first `prefix` bytes. */
struct folder { uint32_t first, end, prefix; };

struct flat_tree {
	struct tree tree;
	struct flat_entry *entry;       /* [count] by path */
	uint32_t count;
	struct blob_reader *reader;
	struct arena arena;
	struct folder *folder;          /* [ref - count] */
	uint32_t nfolders, cap;
};

enum found { FOUND_NOTHING, FOUND_FILE, FOUND_FOLDER, FOUND_OTHER };

static int compare(const struct flat_entry *e, const char *path, uint32_t len)
{
	int c = memcmp(e->path, path, e->len < len ? e->len : len);

	return c ? c : (e->len > len) - (e->len < len);
}

/* The first entry from `lo` on that is not before the path. */
static uint32_t lower(const struct flat_tree *t, uint32_t lo, const char *path, uint32_t len)
{
	uint32_t hi = t->count;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (compare(&t->entry[mid], path, len) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static const struct flat_entry *exact(const struct flat_tree *t, const char *path, uint32_t len)
{
	uint32_t i = lower(t, 0, path, len);

	return i < t->count && !compare(&t->entry[i], path, len) ? &t->entry[i] : NULL;
}

/* `path` and a slash, in memory of the caller's: the entries below it. */
static bool below(const struct flat_tree *t, uint32_t from, char *path, uint32_t len,
		  struct folder *ret)
{
	path[len] = '/';
	*ret = (struct folder){ .first = lower(t, from, path, len + 1), .prefix = len + 1 };
	path[len] = '/' + 1;
	ret->end = lower(t, ret->first, path, len + 1);
	path[len] = '\0';
	return ret->first < ret->end;
}

static uint32_t remember(struct flat_tree *t, const struct folder *folder)
{
	VEC_RESERVE(t->folder, t->cap, t->nfolders + 1);
	t->folder[t->nfolders++] = *folder;
	return t->count + t->nfolders - 1;
}

/* Where the link leads: its folder, its text, and what stands behind it in the path. */
static const char *follow(const struct flat_tree *t, const struct flat_entry *link,
			  const char *path, struct arena *arena)
{
	struct tree_buf buf = { 0 };
	struct err ignored = ERR_INIT;
	const char *rest = path + link->len + (path[link->len] == '/');
	const char *to = NULL;
	uint32_t dir = link->len;

	while (dir && link->path[dir - 1] != '/')
		dir--;
	if (!t->reader->read(t->reader, link, SIZE_MAX, &buf, &ignored)) {
		const char *target = arena_strndup(arena, buf.len ? buf.bytes : "", buf.len);

		/* What is outside of the repository is nobody's to look at. */
		if (*target && *target != '/')
			to = path_join(arena, path_join(arena,
				       arena_strndup(arena, link->path, dir), target), rest);
	}
	tree_buf_release(&buf);
	return to ? path_clean(arena, to) : NULL;
}

/* The first part of the path that is an entry: all of it, or a link, or something in the way. */
static const struct flat_entry *leading(const struct flat_tree *t, const char *path)
{
	for (size_t n = strcspn(path, "/");; n += 1 + strcspn(path + n + 1, "/")) {
		const struct flat_entry *e = exact(t, path, (uint32_t)n);

		if (e || !path[n])
			return e;
	}
}

/* What a path names, links followed. */
static enum found resolve(const struct flat_tree *t, const char *path, struct arena *arena,
			  uint32_t *ret_file, struct folder *ret_folder)
{
	path = path_clean(arena, path);
	for (unsigned links = 0; path && links < LINKS_MAX; links++) {
		size_t len = strlen(path);
		const struct flat_entry *e;

		if (!len) {
			*ret_folder = (struct folder){ .end = t->count };
			return FOUND_FOLDER;
		}
		e = leading(t, path);
		if (!e)
			return below(t, 0, arena_strndup(arena, path, len + 1), (uint32_t)len,
				     ret_folder) ? FOUND_FOLDER : FOUND_NOTHING;
		if ((e->mode & MODE_KIND) == MODE_LINK) {
			path = follow(t, e, path, arena);
			continue;
		}
		if (e->len != len)
			return FOUND_NOTHING;
		*ret_file = (uint32_t)(e - t->entry);
		return (e->mode & MODE_KIND) == MODE_FILE ? FOUND_FILE : FOUND_OTHER;
	}
	return FOUND_NOTHING;
}

/* False for what a checkout would not show as file or folder, or not to Go. */
static bool classify(struct flat_tree *t, uint32_t at, struct arena *arena,
		     struct tree_entry *ret)
{
	const struct flat_entry *e = &t->entry[at];
	struct folder folder;

	ret->kind = ENTRY_FILE;
	ret->ref = at;
	if ((e->mode & MODE_KIND) == MODE_FILE)
		return tree_takes(&t->tree, ret->name);
	if ((e->mode & MODE_KIND) != MODE_LINK)
		return false;                   /* a submodule: an empty folder in a checkout */
	switch (resolve(t, arena_strndup(arena, e->path, e->len), arena, &ret->ref, &folder)) {
	case FOUND_FILE:
		return tree_takes(&t->tree, ret->name);
	case FOUND_FOLDER:
		ret->kind = ENTRY_DIR_LINK;
		ret->ref = remember(t, &folder);
		return true;
	case FOUND_NOTHING:
	case FOUND_OTHER:
		break;
	}
	ret->kind = ENTRY_BROKEN;
	return tree_tells_broken(&t->tree, ret->name);
}

static int by_name(const void *va, const void *vb)
{
	const struct tree_entry *a = va, *b = vb;

	return strcmp(a->name, b->name);
}

/* The next child of a folder, from entry *at on; *at moves behind it. */
static bool next_child(struct flat_tree *t, const struct folder *in, uint32_t *at,
		       struct arena *arena, bool *irregular, struct tree_entry *ret)
{
	const struct flat_entry *e = &t->entry[*at];
	const char *name = e->path + in->prefix;
	const char *slash = memchr(name, '/', e->len - in->prefix);
	struct folder folder;

	if (!slash) {
		*irregular |= (e->mode & MODE_KIND) == MODE_LINK;
		ret->name = arena_strndup(arena, name, e->len - in->prefix);
		return classify(t, (*at)++, arena, ret);
	}
	uint32_t len = (uint32_t)(slash - e->path);
	char *path = arena_strndup(arena, e->path, len + 1);

	below(t, *at, path, len, &folder);
	ret->kind = ENTRY_DIR;
	ret->name = path + in->prefix;
	ret->ref = remember(t, &folder);
	*at = folder.end;
	return true;
}

static int flat_list_folder(struct tree *tree, const char *dir, uint32_t ref,
			    struct arena *arena, struct tree_entry **ret_entry,
			    uint32_t *ret_count, struct err *err)
{
	struct flat_tree *t = (struct flat_tree *)tree;
	struct tree_entry *list = NULL, one;
	uint32_t n = 0, cap = 0, ignored;
	bool irregular = false;
	struct folder in;

	if (ref != TREE_NO_REF && ref >= t->count)
		in = t->folder[ref - t->count];
	else if (resolve(t, dir, arena, &ignored, &in) != FOUND_FOLDER)
		return err_set(err, ERR_INPUT, "No such file or directory");
	for (uint32_t i = in.first; i < in.end;) {
		if (!next_child(t, &in, &i, arena, &irregular, &one))
			continue;
		VEC_RESERVE(list, cap, n + 2);
		list[n++] = one;
	}
	if (irregular) {
		VEC_RESERVE(list, cap, n + 1);
		list[n++] = (struct tree_entry){ .name = "", .kind = ENTRY_IRREGULAR };
	}
	/* "a" is before "a.go", but "a/b" behind it. */
	if (n)
		qsort(list, n, sizeof(*list), by_name);
	*ret_entry = arena_array(arena, struct tree_entry, n + 1);
	if (n)
		memcpy(*ret_entry, list, n * sizeof(*list));
	*ret_count = n;
	free(list);
	return 0;
}

static int flat_read(struct tree *tree, const char *path UNUSED, uint32_t ref, size_t max,
		     struct tree_buf *buf, struct err *err)
{
	struct flat_tree *t = (struct flat_tree *)tree;

	if (ref >= t->count)
		return err_set(err, ERR_INPUT, "not a regular file");
	if (buf->held)
		buf->drop(buf->held);
	buf->held = NULL;
	buf->len = 0;
	if (fault_hit(FAULT_READ))
		return err_set(err, ERR_INPUT, "cannot read the blob: injected fault");
	buf->whole = true;
	return t->reader->read(t->reader, &t->entry[ref], max, buf, err);
}

static const unsigned char *flat_blob(struct tree *tree, uint32_t ref)
{
	const struct flat_tree *t = (const struct flat_tree *)tree;

	if (ref >= t->count)
		BUG("blob %u of %u", ref, t->count);
	return t->reader->git_ids ? t->entry[ref].id : NULL;
}

static bool flat_blob_size(struct tree *tree, uint32_t ref, uint64_t *ret)
{
	const struct flat_tree *t = (const struct flat_tree *)tree;

	return ref < t->count && t->reader->size &&
	       t->reader->size(t->reader, t->entry[ref].id, ret);
}

/* Of a link that leads nowhere: does it stand in its folder, wherever that is? */
static bool is_entry(const struct flat_tree *t, const char *path, struct arena *scratch)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	const char *dir = slash ? arena_strndup(scratch, path, (size_t)(slash - path)) : "";
	struct folder in;
	uint32_t ignored;

	if (resolve(t, dir, scratch, &ignored, &in) != FOUND_FOLDER)
		return false;
	if (in.prefix)
		dir = arena_strndup(scratch, t->entry[in.first].path, in.prefix - 1);
	path = path_join(scratch, in.prefix ? dir : "", name);
	return exact(t, path, (uint32_t)strlen(path));
}

static bool flat_find(struct tree *tree, const char *path, struct arena *scratch,
		      uint32_t *ret_ref)
{
	struct flat_tree *t = (struct flat_tree *)tree;
	struct folder folder;
	uint32_t file;

	*ret_ref = TREE_NO_REF;
	switch (resolve(t, path, scratch, &file, &folder)) {
	case FOUND_FILE:
		*ret_ref = file;
		return true;
	case FOUND_FOLDER:
	case FOUND_OTHER:
		return true;
	case FOUND_NOTHING:
		break;
	}
	return is_entry(t, path, scratch);
}

static void flat_close(struct tree *tree)
{
	struct flat_tree *t = (struct flat_tree *)tree;

	t->reader->close(t->reader);
	arena_release(&t->arena);
	free(t->entry);
	free(t->folder);
	free(t);
}

void flat_list_add(struct flat_list *l, const struct flat_entry *e)
{
	VEC_RESERVE(l->entry, l->cap, l->count + 1);
	l->entry[l->count++] = *e;
}

void flat_list_release(struct flat_list *l)
{
	free(l->entry);
	arena_release(&l->arena);
	*l = (struct flat_list){ .arena = ARENA_INIT };
}

static int by_path(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct flat_entry *b = vb;

	return compare(va, b->path, b->len);
}

struct tree *tree_flat_open(struct flat_list *l, struct blob_reader *reader)
{
	static const struct tree_ops ops = { flat_list_folder, flat_read, flat_blob,
					     flat_blob_size, flat_find, flat_close };
	struct flat_tree *t = xcalloc(1, sizeof(*t));
	uint32_t i = 1;

	while (i < l->count && by_path(&l->entry[i - 1], &l->entry[i], NULL) <= 0)
		i++;
	if (i < l->count)
		sort_with(l->entry, l->count, sizeof(*l->entry), by_path, NULL);
	t->tree.ops = &ops;
	t->entry = l->entry;
	t->count = l->count;
	t->reader = reader;
	t->arena = l->arena;
	*l = (struct flat_list){ .arena = ARENA_INIT };
	return &t->tree;
}
