/* SPDX-License-Identifier: MIT */
/*
 * test_tree_flat.c - trees out of a list of paths, beside the same files and links on
 * disk: every folder lists the same, every path is found or not found alike.
 */
#include "graph/source/tree_flat.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATHS 60u
#define ROUNDS 60u
#define QUESTIONS 400u

struct world {
	struct arena arena;
	char root[64];
	const char *path[PATHS], *text[PATHS];
	bool link[PATHS];
	unsigned count;
	uint64_t seed;
};

static unsigned below(struct world *w, unsigned n)
{
	w->seed = w->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)(w->seed >> 33) % n;
}

static const char *any_path(struct world *w)
{
	static const char *const word[] = { "a", "a.go", "a-b", "b", "b.go", "go.mod", "c", "a0",
					    "_x", "go.work", "zz.txt" };
	const char *path = word[below(w, ARRAY_SIZE(word))];

	for (unsigned depth = below(w, 4); depth; depth--)
		path = arena_printf(&w->arena, "%s/%s", word[below(w, ARRAY_SIZE(word))], path);
	return path;
}

/* A file and a folder cannot have one name. */
static bool fits(const struct world *w, const char *path)
{
	for (unsigned i = 0; i < w->count; i++)
		if (path_below(path, w->path[i]) || path_below(w->path[i], path))
			return false;
	return true;
}

/* As text of a link in the folder of `from`, never out of the tree. */
static const char *target(struct world *w, const char *from)
{
	const char *text = any_path(w);
	unsigned up = 0;

	for (const char *p = from; *p; p++)
		up += *p == '/';
	for (up = up ? below(w, up + 1) : 0; up; up--)
		text = arena_printf(&w->arena, "../%s", text);
	return text;
}

static void make(struct world *w, const char *path, const char *text, bool link)
{
	char *full = arena_printf(&w->arena, "%s/%s", w->root, path);

	for (char *p = full + strlen(w->root) + 1; (p = strchr(p, '/')); *p++ = '/') {
		*p = '\0';
		assert_true(!mkdir(full, 0777) || errno == EEXIST);
	}
	if (link) {
		assert_int_equal(symlink(text, full), 0);
		return;
	}
	FILE *f = fopen(full, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void fill(struct world *w)
{
	for (unsigned i = 0; i < PATHS; i++) {
		const char *path = any_path(w);
		bool link = !below(w, 4);

		if (!fits(w, path))
			continue;
		w->path[w->count] = path;
		w->link[w->count] = link;
		w->text[w->count] = link ? target(w, path) : arena_printf(&w->arena, "%s!", path);
		make(w, path, w->text[w->count], link);
		w->count++;
	}
}

/* An id is the text itself. */
static int read_text(struct blob_reader *r, const struct flat_entry *e, size_t max,
		     struct tree_buf *buf, struct err *err)
{
	(void)r, (void)max, (void)err;
	buf->bytes = (const char *)e->id;
	buf->len = strlen(buf->bytes);
	buf->whole = true;
	return 0;
}

static void close_nothing(struct blob_reader *r)
{
	(void)r;
}

static struct tree *flat_of(const struct world *w, struct blob_reader *reader)
{
	struct flat_list l = { .arena = ARENA_INIT };

	*reader = (struct blob_reader){ .read = read_text, .close = close_nothing };
	for (unsigned i = 0; i < w->count; i++)
		flat_list_add(&l, &(struct flat_entry){
			w->path[i], (uint32_t)strlen(w->path[i]), w->link[i] ? 0120000 : 0100644,
			(const unsigned char *)w->text[i], NULL });
	return tree_flat_open(&l, reader);
}

static void same_bytes(struct tree *disk, struct tree *flat, const char *path, uint32_t ref)
{
	struct tree_buf a = { 0 }, b = { 0 };
	struct err err = ERR_INIT;

	assert_int_equal(tree_read(disk, path, TREE_NO_REF, 1000, &a, &err), 0);
	assert_int_equal(tree_read(flat, path, ref, 1000, &b, &err), 0);
	assert_int_equal(a.len, b.len);
	assert_memory_equal(a.bytes, b.bytes, a.len);
	tree_buf_release(&a);
	tree_buf_release(&b);
}

/* The folder itself, and how many are in each of those in it. */
static void same_folder(struct world *w, struct tree *disk, struct tree *flat, const char *dir,
			uint32_t ref)
{
	struct tree_entry *a, *b;
	struct err ea = ERR_INIT, eb = ERR_INIT;
	uint32_t na = 0, nb = 0;
	int ra = tree_list(disk, dir, &w->arena, &a, &na, &ea);
	int rb = tree_list_ref(flat, dir, ref, &w->arena, &b, &nb, &eb);

	assert_int_equal(ra, rb);
	assert_int_equal(na, nb);
	for (uint32_t i = 0; !ra && i < na; i++) {
		assert_string_equal(a[i].name, b[i].name);
		assert_int_equal(a[i].kind, b[i].kind);
		if (a[i].kind == ENTRY_FILE)
			same_bytes(disk, flat, path_join(&w->arena, dir, b[i].name), b[i].ref);
		if (a[i].kind == ENTRY_DIR || a[i].kind == ENTRY_DIR_LINK) {
			struct tree_entry *in;
			uint32_t n;

			assert_int_equal(tree_list_ref(flat, "?", b[i].ref, &w->arena, &in, &n,
						       &eb), 0);
			assert_int_equal(tree_list(disk, path_join(&w->arena, dir, a[i].name),
						   &w->arena, &in, &nb, &ea), 0);
			assert_int_equal(n, nb);
			nb = na;
		}
	}
}

static bool is_there(struct world *w, const char *path)
{
	struct stat st;

	return !lstat(arena_printf(&w->arena, "%s/%s", w->root, path), &st);
}

static void same(struct world *w)
{
	struct tree *disk = tree_disk_open(w->root);
	struct blob_reader reader;
	struct tree *flat = flat_of(w, &reader);

	same_folder(w, disk, flat, "", TREE_NO_REF);
	for (unsigned i = 0; i < QUESTIONS; i++) {
		const char *path = any_path(w);
		struct err err = ERR_INIT;
		struct tree_entry *list;
		uint32_t ref, n;

		/* On disk a loop is something that cannot be looked at, and so it is there. */
		if (tree_find(flat, path, &w->arena, &ref) != is_there(w, path))
			fail_msg("'%s' is there and is not", path);
		if (ref != TREE_NO_REF)
			same_bytes(disk, flat, path, ref);
		if (!tree_list(disk, path, &w->arena, &list, &n, &err))
			same_folder(w, disk, flat, path, TREE_NO_REF);
		else
			assert_int_equal(tree_list(flat, path, &w->arena, &list, &n,
						   &(struct err)ERR_INIT), -1);
	}
	tree_close(disk);
	tree_close(flat);
}

static int delete(const char *path, const struct stat *st UNUSED, int kind UNUSED,
		  struct FTW *at UNUSED)
{
	return remove(path);
}

static void like_on_disk(void **state)
{
	(void)state;
	for (unsigned round = 0; round < ROUNDS; round++) {
		struct world w = { .arena = ARENA_INIT, .seed = round };

		snprintf(w.root, sizeof(w.root), "/tmp/meshctl-flat-XXXXXX");
		assert_non_null(mkdtemp(w.root));
		fill(&w);
		same(&w);
		assert_int_equal(nftw(w.root, delete, 8, FTW_DEPTH | FTW_PHYS), 0);
		arena_release(&w.arena);
	}
}

static void nothing(void **state)
{
	struct world w = { .arena = ARENA_INIT };
	struct blob_reader reader;
	struct tree *flat = flat_of(&w, &reader);
	struct err err = ERR_INIT;
	struct tree_entry *list;
	uint32_t n = 7, ref;

	(void)state;
	assert_int_equal(tree_list(flat, "", &w.arena, &list, &n, &err), 0);
	assert_int_equal(n, 0);
	assert_int_equal(tree_list(flat, "a", &w.arena, &list, &n, &err), -1);
	assert_false(tree_find(flat, "a", &w.arena, &ref));
	assert_false(tree_find(flat, "../a", &w.arena, &ref));
	tree_close(flat);
	arena_release(&w.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(like_on_disk),
		cmocka_unit_test(nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
