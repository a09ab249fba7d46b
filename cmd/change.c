/* SPDX-License-Identifier: MIT */
/* change.c - compares two trees that were read. */
#include "cmd/change.h"
#include "base/limits.h"
#include "graph/source/blobid.h"

#include <stdlib.h>
#include <string.h>

/* ---- files ---- */

struct named { const char *path; uint32_t file; struct blob_id id; bool known; };
struct nameds {
	struct named *item;
	uint32_t count;
	bool *other;                    /* [file] the other tree has no such file of this name */
};

static int by_path(const void *a, const void *b, void *ctx UNUSED)
{
	return strcmp(((const struct named *)a)->path, ((const struct named *)b)->path);
}

static bool id_by_reading(const struct source *s, const char *path, struct blob_id *ret)
{
	size_t max = (size_t)limit_of(LIMIT_SYNTAX_BYTES), len;
	struct arena scratch = ARENA_INIT;
	struct err ignored = ERR_INIT;
	const char *bytes;
	bool read = !source_file_bytes(s, sym_from(s->syms, path), max, &scratch, &bytes, &len,
				       &ignored) && len < max;

	if (read)
		blob_id_of(bytes, len, ret);
	arena_release(&scratch);
	return read;
}

static void name_files(const struct source *s, struct arena *arena, struct nameds *ret)
{
	file_id *file = arena_array(arena, file_id, s->nfiles);
	struct blob_hint *hint = arena_array(arena, struct blob_hint, s->nfiles);

	for (uint32_t f = 0; f < s->nfiles; f++)
		file[f] = (file_id){ f };
	ret->item = arena_array(arena, struct named, s->nfiles);
	ret->other = arena_array(arena, bool, s->nfiles);
	ret->count = s->nfiles;
	blob_ids_begin(s, file, s->nfiles, 1, hint);
	for (uint32_t f = 0; f < s->nfiles; f++) {
		struct named *n = &ret->item[f];

		n->path = source_file_path(s, file[f], arena);
		n->file = f;
		n->id = hint[f].id;
		n->known = hint[f].known || id_by_reading(s, n->path, &n->id);
	}
	blob_ids_end();
	sort_with(ret->item, ret->count, sizeof(*ret->item), by_path, NULL);
}

static const char *folder_of(const char *path, struct arena *arena)
{
	const char *slash = strrchr(path, '/');

	return slash ? arena_strndup(arena, path, (size_t)(slash - path)) : "";
}

static int by_text(const void *a, const void *b, void *ctx UNUSED)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void compare_files(struct nameds *a, struct nameds *b, struct arena *arena,
			  struct change *ret)
{
	const char **folder = arena_array(arena, const char *, (size_t)a->count + b->count);
	uint32_t i = 0, k = 0, n = 0;

	while (i < a->count || k < b->count) {
		/* Where one side ends, its pointer is not followed. */
		const struct named *x = a->item + i, *y = b->item + k;
		int c = i == a->count ? 1 : k == b->count ? -1 : strcmp(x->path, y->path);

		/* What cannot be read is not known to be the same. */
		if (c || !x->known || !y->known || memcmp(&x->id, &y->id, sizeof(x->id)) != 0) {
			folder[n++] = folder_of(c < 0 ? x->path : y->path, arena);
			if (c <= 0)
				a->other[x->file] = true;
			if (c >= 0)
				b->other[y->file] = true;
		}
		i += c <= 0;
		k += c >= 0;
	}
	ret->files = n;
	/* NOLINTNEXTLINE(bugprone-sizeof-expression): pointers are sorted */
	sort_with(folder, n, sizeof(*folder), by_text, NULL);
	for (uint32_t f = 0; f < n; f++)
		if (!f || strcmp(folder[f], folder[ret->nfolders - 1]) != 0)
			folder[ret->nfolders++] = folder[f];
	ret->folder = folder;
}

/* ---- imports ---- */

struct line { const char *dir, *path; struct change_import import; };
struct lines { struct line *item; uint32_t count; };

static int by_ends(const struct line *a, const struct line *b)
{
	int c = strcmp(a->dir, b->dir);

	return c ? c : strcmp(a->path, b->path);
}

static int by_import(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct line *a = va, *b = vb;
	int c = by_ends(a, b);

	if (c || a->import.file != b->import.file)
		return c ? c : a->import.file < b->import.file ? -1 : 1;
	return (a->import.line > b->import.line) - (a->import.line < b->import.line);
}

/* A file that both trees have tells nothing of the change. */
static struct lines lines_of(const struct source *s, const struct nameds *names,
			     struct arena *arena)
{
	struct lines l = { .item = NULL };
	size_t most = 0;

	for (uint32_t f = 0; f < s->nfiles; f++)
		most += names->other[f] ? s->file[f].nimports : 0;
	l.item = arena_array(arena, struct line, most);
	for (uint32_t f = 0; f < s->nfiles; f++)
		for (uint32_t i = 0; names->other[f] && i < s->file[f].nimports; i++) {
			const struct go_import *x = &s->import[s->file[f].import_first + i];

			l.item[l.count++] = (struct line){
				sym_text(s->syms, s->dir[s->file[f].dir.v].path),
				sym_text(s->syms, x->path), { x->path, f, x->line },
			};
		}
	sort_with(l.item, l.count, sizeof(*l.item), by_import, NULL);
	return l;
}

void change_between(const struct source *base, const struct source *head, struct arena *arena,
		    struct change *ret)
{
	struct nameds was, now;
	uint32_t i = 0, k = 0;

	*ret = (struct change){ .files = 0 };
	name_files(base, arena, &was);
	name_files(head, arena, &now);
	compare_files(&was, &now, arena, ret);

	struct lines a = lines_of(base, &was, arena), b = lines_of(head, &now, arena);
	struct change_import *removed = arena_array(arena, struct change_import, a.count);
	struct change_import *added = arena_array(arena, struct change_import, b.count);

	ret->added = added;
	ret->removed = removed;
	while (i < a.count || k < b.count) {
		int c = i == a.count ? 1 : k == b.count ? -1 : by_ends(&a.item[i], &b.item[k]);

		if (c < 0)
			removed[ret->nremoved++] = a.item[i].import;
		else if (c > 0)
			added[ret->nadded++] = b.item[k].import;
		i += c <= 0;
		k += c >= 0;
	}
}
