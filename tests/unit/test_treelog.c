/* SPDX-License-Identifier: MIT */
/*
 * test_treelog.c - two trees answer the same when, and only when, nothing differs that was
 * asked: each path is changed in turn, under each way of asking for it.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "graph/source/tree.h"
#include "graph/source/treelog.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const paths[] = { "a.go", "b.txt", "d/c.go", "d/e/f.md" };
#define PATHS ARRAY_SIZE(paths)

struct pair {
	char root[2][64];
	struct tree *tree[2];
	struct arena arena;
};

static const char *at(struct pair *p, int side, const char *path)
{
	return arena_printf(&p->arena, "%s/%s", p->root[side], path);
}

static void put(struct pair *p, int side, const char *path, const char *text)
{
	FILE *f = fopen(at(p, side, path), "w");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static int setup(void **state)
{
	struct pair *p = xcalloc(1, sizeof(*p));

	for (int side = 0; side < 2; side++) {
		snprintf(p->root[side], sizeof(p->root[side]), "/tmp/meshctl-test-XXXXXX");
		assert_non_null(mkdtemp(p->root[side]));
		assert_int_equal(mkdir(at(p, side, "d"), 0700), 0);
		assert_int_equal(mkdir(at(p, side, "d/e"), 0700), 0);
		for (size_t i = 0; i < PATHS; i++)
			put(p, side, paths[i], "package p\n");
		p->tree[side] = tree_disk_open(p->root[side]);
	}
	*state = p;
	return 0;
}

static int teardown(void **state)
{
	struct pair *p = *state;

	for (int side = 0; side < 2; side++) {
		for (size_t i = 0; i < PATHS; i++)
			unlink(at(p, side, paths[i]));
		unlink(at(p, side, "new.go"));
		rmdir(at(p, side, "d/e"));
		rmdir(at(p, side, "d"));
		assert_int_equal(rmdir(p->root[side]), 0);
		tree_close(p->tree[side]);
	}
	arena_release(&p->arena);
	free(p);
	return 0;
}

enum way { READ, READ_SHORT, FIND, WAYS };

static void ask(struct pair *p, enum way way, const char *path)
{
	struct tree_buf buf = { 0 };
	struct err err = ERR_INIT;
	uint32_t ref;

	if (way == FIND)
		tree_find(p->tree[0], path, &p->arena, &ref);
	else
		tree_read(p->tree[0], path, TREE_NO_REF, way == READ ? 1000 : 4, &buf, &err);
	tree_buf_release(&buf);
}

static bool same(const struct pair *p)
{
	return treelog_same(p->tree[0], p->tree[1]);
}

/* Which change an answer shows: another end of the text, another text, no file. */
static void each_change_of_what_was_asked(void **state)
{
	static const char *const text[] = { "package pp\n", "Package p\n", NULL };
	static const bool shown[WAYS][ARRAY_SIZE(text)] = {
		[READ] = { true, true, true }, [READ_SHORT] = { false, true, true },
		[FIND] = { false, false, true },
	};
	struct pair *p = *state;

	for (unsigned way = 0; way < WAYS; way++)
		for (size_t i = 0; i < PATHS; i++) {
			treelog_begin(p->tree[0]);
			ask(p, (enum way)way, paths[i]);
			ask(p, (enum way)way, "gone");
			assert_true(same(p));
			for (size_t k = 0; k < PATHS * ARRAY_SIZE(text); k++) {
				size_t c = k / PATHS;

				put(p, 1, paths[k % PATHS], text[c] ? text[c] : "");
				if (!text[c])
					unlink(at(p, 1, paths[k % PATHS]));
				assert_int_equal(same(p), !(k % PATHS == i && shown[way][c]));
				put(p, 1, paths[k % PATHS], "package p\n");
			}
			assert_true(same(p));
			treelog_free(p->tree[0]);
		}
}

static bool wants_text(const char *name)
{
	return strstr(name, ".txt") != NULL;
}

static void lists_as_they_were_asked(void **state)
{
	struct pair *p = *state;
	struct tree_entry *entry;
	struct err err = ERR_INIT;
	uint32_t n;

	treelog_begin(p->tree[0]);
	assert_int_equal(tree_list_files(p->tree[0], "", wants_text, &p->arena, &entry, &n, &err),
			 0);
	tree_list(p->tree[0], "none", &p->arena, &entry, &n, &err);
	put(p, 1, "new.go", "");
	assert_true(same(p));                   /* nobody asked for Go files */
	assert_int_equal(tree_list(p->tree[0], "", &p->arena, &entry, &n, &err), 0);
	assert_false(same(p));
	put(p, 0, "new.go", "");
	assert_true(same(p));
	unlink(at(p, 0, "b.txt"));
	assert_false(same(p));
	put(p, 0, "b.txt", "");
	assert_true(same(p));
}

static void what_rests_on_more(void **state)
{
	struct pair *p = *state;

	assert_false(same(p));                  /* nobody listened */
	treelog_begin(p->tree[0]);
	assert_true(same(p));
	ask(p, READ, "d");                      /* no file: it cannot be read */
	assert_false(same(p));
	treelog_free(p->tree[0]);
	treelog_begin(p->tree[0]);
	treelog_beyond(p->tree[0]);
	assert_false(same(p));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_change_of_what_was_asked, setup, teardown),
		cmocka_unit_test_setup_teardown(lists_as_they_were_asked, setup, teardown),
		cmocka_unit_test_setup_teardown(what_rests_on_more, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
