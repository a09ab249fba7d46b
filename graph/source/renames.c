/* SPDX-License-Identifier: MIT */
/*
 * renames.c - compares the Go files of two moments: folders that are gone with
 * folders that are new, by the ids of their contents.
 */
#include "graph/source/renames.h"
#include "base/limits.h"
#include "graph/source/filehistory.h"
#include "graph/source/tree.h"

#include <stdlib.h>
#include <string.h>

struct old_file {
	struct blob_id id;
	uint32_t dir;                   /* in old_dirs */
};

struct old_dirs {
	struct old_dir { const char *path; bool gone; } *item;
	uint32_t count;
	struct old_file *file;          /* by id; of folders that are gone */
	uint32_t nfiles;
};

struct look {
	const struct source *s;
	struct arena *arena;
	struct old_dirs old;
	bool *was;                      /* [s->ndirs] had Go files then */
	bool *is;                       /* [s->syms->count] a folder with Go files now, by path */
	uint32_t nis;
};

/* ---- folders then ---- */

static bool is_now(const struct look *l, const char *path)
{
	sym_id id = sym_find(l->s->syms, path, strlen(path));

	return id.v < l->nis && l->is[id.v] && (id.v || !*path);
}

static int by_id(const void *a, const void *b, void *ctx UNUSED)
{
	const struct old_file *x = a, *y = b;
	int c = memcmp(&x->id, &y->id, sizeof(x->id));

	return c ? c : (x->dir > y->dir) - (x->dir < y->dir);
}

/* Files of one folder stand together; only those of folders that are gone are kept. */
static void learn_then(struct look *l, const struct past_file *file, uint32_t count)
{
	struct old_dirs *o = &l->old;

	o->item = arena_array(l->arena, struct old_dir, count);
	o->file = arena_array(l->arena, struct old_file, count);
	for (uint32_t i = 0; i < count; i++) {
		if (!i || strcmp(file[i].dir, file[i - 1].dir) != 0)
			o->item[o->count++] = (struct old_dir){
				file[i].dir, !is_now(l, file[i].dir),
			};
		if (o->item[o->count - 1].gone)
			o->file[o->nfiles++] = (struct old_file){ file[i].id, o->count - 1 };
	}
	sort_with(o->file, o->nfiles, sizeof(*o->file), by_id, NULL);
}

/* ---- folders now ---- */

static void learn_now(struct look *l)
{
	const struct source *s = l->s;

	l->nis = s->syms->count;
	l->is = arena_array(l->arena, bool, l->nis);
	for (uint32_t d = 0; d < s->ndirs; d++)
		if (s->dir[d].nfiles)
			l->is[s->dir[d].path.v] = true;
}

static void learn_was(struct look *l)
{
	const struct source *s = l->s;
	bool *was = arena_array(l->arena, bool, l->nis);

	l->was = arena_array(l->arena, bool, s->ndirs);
	for (uint32_t i = 0; i < l->old.count; i++) {
		const char *path = l->old.item[i].path;
		sym_id id = sym_find(s->syms, path, strlen(path));

		if (id.v < l->nis)
			was[id.v] |= !l->old.item[i].gone;
	}
	for (uint32_t d = 0; d < s->ndirs; d++)
		l->was[d] = was[s->dir[d].path.v];
}

/* The id of a file on disk that git's index does not know. */
static bool id_of_file(const struct look *l, file_id file, struct arena *scratch,
		       struct blob_id *ret)
{
	const char *path = source_file_path(l->s, file, scratch), *bytes;
	size_t max = (size_t)limit_of(LIMIT_SYNTAX_BYTES), len;
	struct err ignored = ERR_INIT;

	if (source_file_bytes(l->s, sym_from(l->s->syms, path), max, scratch, &bytes, &len,
			      &ignored) || len == max)
		return false;
	blob_id_of(bytes, len, ret);
	return true;
}

/* The only folder that had these contents and is gone, or ID_NONE. */
static uint32_t home_of(const struct old_dirs *o, const struct blob_id *id)
{
	uint32_t lo = 0, hi = o->nfiles;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (memcmp(&o->file[mid].id, id, sizeof(*id)) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == o->nfiles || memcmp(&o->file[lo].id, id, sizeof(*id)) != 0)
		return ID_NONE;
	for (uint32_t i = lo; i < o->nfiles && !memcmp(&o->file[i].id, id, sizeof(*id)); i++)
		if (o->file[i].dir != o->file[lo].dir)
			return ID_NONE;
	return o->file[lo].dir;
}

/* ---- pairs ---- */

struct pair { uint32_t from, to, files; };      /* in old_dirs, source.dir */
struct pairs { struct pair *item; uint32_t count, cap; };

static int by_ends(const void *a, const void *b, void *ctx UNUSED)
{
	const struct pair *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->to > y->to) - (x->to < y->to);
}

static void add_pair(struct pairs *p, uint32_t from, uint32_t to)
{
	VEC_RESERVE(p->item, p->cap, p->count + 1);
	p->item[p->count++] = (struct pair){ from, to, 1 };
}

/* One pair a file of a new folder becomes one a pair of folders. */
static void unite(struct pairs *p)
{
	uint32_t n = 0;

	sort_with(p->item, p->count, sizeof(*p->item), by_ends, NULL);
	for (uint32_t i = 0; i < p->count; i++) {
		if (n && !by_ends(&p->item[n - 1], &p->item[i], NULL))
			p->item[n - 1].files++;
		else
			p->item[n++] = p->item[i];
	}
	p->count = n;
}

static void pair_files(struct look *l, struct pairs *p)
{
	const struct source *s = l->s;
	file_id *file = arena_array(l->arena, file_id, s->nfiles);
	struct blob_hint *hint;
	struct arena scratch = ARENA_INIT;
	uint32_t n = 0;

	for (uint32_t f = 0; f < s->nfiles; f++)
		if (!l->was[s->file[f].dir.v])
			file[n++] = (file_id){ f };
	hint = arena_array(l->arena, struct blob_hint, n);
	blob_ids_begin(s, file, n, 1, hint);
	for (uint32_t i = 0; i < n; i++) {
		uint32_t home;
		struct blob_id id = hint[i].id;

		if (!hint[i].known && !id_of_file(l, file[i], &scratch, &id))
			continue;
		home = home_of(&l->old, &id);
		if (home != ID_NONE)
			add_pair(p, home, s->file[file[i].v].dir.v);
		arena_reset(&scratch);
	}
	blob_ids_end();
	arena_release(&scratch);
	unite(p);
}

/* No other pair of either folder has as many files. */
static bool is_best(const struct pairs *p, uint32_t i)
{
	for (uint32_t k = 0; k < p->count; k++)
		if (k != i && p->item[k].files >= p->item[i].files &&
		    (p->item[k].from == p->item[i].from || p->item[k].to == p->item[i].to))
			return false;
	return true;
}

/* ---- folders around them ---- */

struct found { struct folder_rename *item; uint32_t count, cap; };

static bool still_there(const struct look *l, const char *folder)
{
	for (uint32_t d = 0; d < l->s->ndirs; d++)
		if (l->s->dir[d].nfiles &&
		    path_below(sym_text(l->s->syms, l->s->dir[d].path), folder))
			return true;
	return false;
}

/* Everything that is known of folders below `from` says that they are below `to` now. */
static bool agrees(const struct found *f, uint32_t ndirect, const char *from, const char *to)
{
	for (uint32_t i = 0; i < ndirect; i++) {
		const char *rest = path_below(f->item[i].from, from);
		const char *now = rest ? path_below(f->item[i].to, to) : NULL;

		if (rest && (!now || strcmp(now, rest) != 0))
			return false;
	}
	return true;
}

static bool is_known(const struct found *f, const char *from, const char *to)
{
	for (uint32_t i = 0; i < f->count; i++)
		if (!strcmp(f->item[i].from, from) || !strcmp(f->item[i].to, to))
			return true;
	return false;
}

/* "a/x/c" is "a/y/c" now: then so may "a/x" be "a/y", but "a" is where it was. */
static void add_parents(struct look *l, struct found *f)
{
	uint32_t ndirect = f->count;

	for (uint32_t i = 0; i < ndirect; i++) {
		char *from = arena_strdup(l->arena, f->item[i].from);
		char *to = arena_strdup(l->arena, f->item[i].to);

		for (;;) {
			char *a = strrchr(from, '/'), *b = strrchr(to, '/');

			if (!a || !b || strcmp(a, b) != 0)
				break;
			*a = *b = '\0';
			if (is_known(f, from, to) || still_there(l, from) ||
			    !agrees(f, ndirect, from, to))
				break;
			VEC_RESERVE(f->item, f->cap, f->count + 1);
			f->item[f->count++] = (struct folder_rename){
				arena_strdup(l->arena, from), arena_strdup(l->arena, to),
			};
		}
	}
}

static int by_to(const void *a, const void *b, void *ctx UNUSED)
{
	return strcmp(((const struct folder_rename *)a)->to, ((const struct folder_rename *)b)->to);
}

static uint32_t find_renames(struct look *l, const struct folder_rename **ret)
{
	struct pairs pairs = { 0 };
	struct found found = { 0 };

	learn_was(l);
	pair_files(l, &pairs);
	for (uint32_t i = 0; i < pairs.count; i++) {
		if (!is_best(&pairs, i))
			continue;
		VEC_RESERVE(found.item, found.cap, found.count + 1);
		found.item[found.count++] = (struct folder_rename){
			l->old.item[pairs.item[i].from].path,
			sym_text(l->s->syms, l->s->dir[pairs.item[i].to].path),
		};
	}
	add_parents(l, &found);
	sort_with(found.item, found.count, sizeof(*found.item), by_to, NULL);
	struct folder_rename *kept = arena_array(l->arena, struct folder_rename, found.count);

	if (found.count)
		memcpy(kept, found.item, found.count * sizeof(*kept));
	*ret = kept;
	free(found.item);
	free(pairs.item);
	return found.count;
}

static uint32_t renames_of(const struct source *s, const struct past_file *file, uint32_t n,
			   struct arena *arena, const struct folder_rename **ret)
{
	struct look l = { .s = s, .arena = arena };

	*ret = NULL;
	learn_now(&l);
	learn_then(&l, file, n);
	return l.old.nfiles ? find_renames(&l, ret) : 0;
}

uint32_t renames_between(const struct source *was, const struct source *s, struct arena *arena,
			 const struct folder_rename **ret)
{
	struct past_file *file = arena_array(arena, struct past_file, was->nfiles);
	uint32_t n = 0;

	for (uint32_t f = 0; f < was->nfiles; f++) {
		const unsigned char *id = tree_blob(was->tree, was->ref[f]);

		if (!id)
			return 0;
		file[n].dir = sym_text(was->syms, was->dir[was->file[f].dir.v].path);
		memcpy(file[n++].id.byte, id, BLOB_ID_BYTES);
	}
	return renames_of(s, file, n, arena, ret);
}

uint32_t renames_since(const struct source *s, const char *path, struct arena *arena,
		       const struct folder_rename **ret)
{
	const struct past_file *file;
	uint32_t n = files_at_change(s, path, arena, &file);

	return renames_of(s, file, n, arena, ret);
}
