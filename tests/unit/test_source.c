/* SPDX-License-Identifier: MIT */
/* test_source.c - whole trees on disk: what is walked, what is reported, where imports lead. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "graph/source/intake.h"
#include "graph/source/package.h"
#include "graph/source/resolve.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct fixture {
	struct arena arena;
	char root[64];
	struct build_config config;
	struct source *source;
};

/* Removes the tree below a folder that mkdtemp() made; a handful of entries, so a shell may do it.
 */
static void remove_tree(const char *root)
{
	pid_t child = fork();

	if (!child) {
		execlp("rm", "rm", "-rf", root, (char *)NULL);
		_exit(127);
	}
	int status;

	assert_true(child > 0);
	assert_int_equal(waitpid(child, &status, 0), child);
}

static int setup(void **state)
{
	struct fixture *f = xcalloc(1, sizeof(*f));
	struct err err = ERR_INIT;

	snprintf(f->root, sizeof(f->root), "/tmp/meshctl-test-XXXXXX");
	assert_non_null(mkdtemp(f->root));
	assert_int_equal(build_config_init(&f->arena, "linux/amd64", true, GO_NEWEST_MINOR, NULL, 0,
					   &f->config, &err), 0);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	source_release(f->source);
	remove_tree(f->root);
	arena_release(&f->arena);
	free(f);
	return 0;
}

/* "a/b/c.go" with its folders. */
static void put(struct fixture *f, const char *path, const char *text)
{
	char *full = arena_printf(&f->arena, "%s/%s", f->root, path);

	for (char *p = full + strlen(f->root) + 1; (p = strchr(p, '/')); p++) {
		*p = '\0';
		mkdir(full, 0777);
		*p = '/';
	}
	FILE *out = fopen(full, "w");

	assert_non_null(out);
	fputs(text, out);
	assert_int_equal(fclose(out), 0);
}

static const struct source *load(struct fixture *f, const char *dir, const char *pattern)
{
	struct source_options o = {
		.dir = arena_printf(&f->arena, "%s/%s", f->root, dir), .pattern = pattern,
		.config = &f->config, .nconfigs = 1, .workers = 2, .count_lines = true,
	};
	struct err err = ERR_INIT;

	source_release(f->source);
	f->source = NULL;
	if (source_read(&o, &f->source, &err) < 0)
		fail_msg("%s", err.msg);
	return f->source;
}

/* Import paths of the packages that are reported, in order. */
static const char *reported(struct fixture *f)
{
	const struct source *s = f->source;
	const char *out = "";

	for (uint32_t d = 0; d < s->ndirs; d++) {
		struct go_package p;

		package_classify(s, (dir_id){ d }, 0, &f->arena, &p);
		if (s->dir[d].flags & DIR_REPORTED && p.exists)
			out = arena_printf(&f->arena, "%s%s%s", out, *out ? " " : "",
					   sym_text(s->syms, s->dir[d].import_path));
	}
	return out;
}

static struct resolved import_from(struct fixture *f, const char *from, const char *path)
{
	dir_id d = source_find_package(f->source, from);

	assert_int_not_equal(d.v, ID_NONE);
	return resolve_import(f->source, d, sym_from(f->source->syms, path));
}

static void a_module_is_walked_as_go_walks_it(void **state)
{
	struct fixture *f = *state;

	put(f, "m/go.mod", "module ex.com/m\n\ngo 1.25\n\nignore ./skipped\n");
	put(f, "m/a.go", "package m\n");
	put(f, "m/b/b.go", "package b\n");
	put(f, "m/b/testdata/t.go", "package t\n");
	put(f, "m/_b/b.go", "package b\n");
	put(f, "m/.b/b.go", "package b\n");
	put(f, "m/vendor/x.com/y/y.go", "package y\n");
	put(f, "m/skipped/s.go", "package s\n");
	put(f, "m/nested/go.mod", "module ex.com/m/nested\n");
	put(f, "m/nested/c/c.go", "package c\n");
	put(f, "m/only/x_windows.go", "package only\n");
	put(f, "m/b-a/b.go", "package b\n");
	load(f, "m", NULL);
	assert_string_equal(reported(f), "ex.com/m ex.com/m/b ex.com/m/b-a ex.com/m/nested/c");
	assert_int_equal(f->source->nmodules, 2);
	assert_int_equal(f->source->stats.ignored_dirs, 1);
	assert_int_equal(f->source->stats.lines, 5);
	load(f, "m", "./b");
	assert_string_equal(reported(f), "ex.com/m/b");
	load(f, "m", "./b...");
	assert_string_equal(reported(f), "ex.com/m/b ex.com/m/b-a");
	load(f, "m", "./.../c");
	assert_string_equal(reported(f), "ex.com/m/nested/c");
	load(f, "m", "ex.com/m/b/...");
	assert_string_equal(reported(f), "ex.com/m/b");
	load(f, "m/b", "./...");
	assert_string_equal(reported(f), "ex.com/m/b");
	/* The whole module is known all the same. */
	assert_int_not_equal(source_find_package(f->source, "ex.com/m/b-a").v, ID_NONE);
}

static void imports_lead_where_go_finds_them(void **state)
{
	struct fixture *f = *state;

	put(f, "go.mod", "module ex.com/m\n\nreplace other.com/r => ./third/r\n");
	put(f, "a.go", "package m\n");
	put(f, "b/b.go", "package b\n");
	put(f, "b/testdata/t/t.go", "package t\n");
	put(f, "sub/go.mod", "module ex.com/m/sub\n");
	put(f, "sub/c/c.go", "package c\n");
	put(f, "third/r/go.mod", "module fork.com/r\n");
	put(f, "third/r/d/d.go", "package d\n");
	load(f, ".", NULL);
	assert_int_equal(import_from(f, "ex.com/m", "fmt").kind, IMPORT_STD);
	assert_int_equal(import_from(f, "ex.com/m", "C").kind, IMPORT_CGO);
	assert_int_equal(import_from(f, "ex.com/m", "x.com/y").kind, IMPORT_EXTERNAL);
	assert_int_equal(import_from(f, "ex.com/m", "ex.com/mm").kind, IMPORT_EXTERNAL);
	assert_int_equal(import_from(f, "ex.com/m", "ex.com/m/b").kind, IMPORT_INTERNAL);
	assert_int_equal(import_from(f, "ex.com/m", "ex.com/m/none").kind, IMPORT_MISSING);
	/* A nested module may be required at another version. */
	assert_int_equal(import_from(f, "ex.com/m", "ex.com/m/sub/none").kind, IMPORT_EXTERNAL);
	assert_int_equal(import_from(f, "ex.com/m", "ex.com/m/sub/c").kind, IMPORT_INTERNAL);
	struct resolved r = import_from(f, "ex.com/m", "ex.com/m/b/testdata/t");

	assert_int_equal(r.kind, IMPORT_INTERNAL);
	assert_true(r.skipped);
	r = import_from(f, "ex.com/m", "other.com/r/d");
	assert_int_equal(r.kind, IMPORT_INTERNAL);
	assert_string_equal(sym_text(f->source->syms, f->source->dir[r.dir.v].path), "third/r/d");
	assert_string_equal(sym_text(f->source->syms, r.import_path), "other.com/r/d");
	assert_int_equal(import_from(f, "ex.com/m", "other.com/r/none").kind, IMPORT_MISSING);
	/* The replacement is this module's, not that of its neighbours. */
	assert_int_equal(import_from(f, "ex.com/m/sub/c", "other.com/r/d").kind, IMPORT_EXTERNAL);
}

static void the_longest_module_path_wins_over_replace(void **state)
{
	struct fixture *f = *state;

	put(f, "go.mod", "module ex.com/m\n");
	put(f, "a/a.go", "package a\n");
	put(f, "sub/go.mod", "module ex.com/m/sub\n\nreplace ex.com/m => ../\n");
	put(f, "sub/c/c.go", "package c\n");
	put(f, "sub/d/d.go", "package d\n");
	load(f, ".", NULL);
	assert_int_equal(import_from(f, "ex.com/m/sub/c", "ex.com/m/sub/d").kind, IMPORT_INTERNAL);
	assert_int_equal(import_from(f, "ex.com/m/sub/c", "ex.com/m/sub/none").kind,
			 IMPORT_MISSING);
	assert_int_equal(import_from(f, "ex.com/m/sub/c", "ex.com/m/a").kind, IMPORT_INTERNAL);
	assert_int_equal(import_from(f, "ex.com/m/sub/c", "ex.com/m/none").kind, IMPORT_MISSING);
}

static void an_empty_gomod_shuts_a_folder_out(void **state)
{
	struct fixture *f = *state;

	put(f, "go.mod", "module ex.com/m\n");
	put(f, "a.go", "package m\n");
	put(f, "web/go.mod", "// not Go\n");
	put(f, "web/w.go", "package w\n");
	load(f, ".", NULL);
	assert_string_equal(reported(f), "ex.com/m");
	assert_int_equal(f->source->nmodules, 1);
	assert_int_equal(f->source->stats.ignored_dirs, 1);
	assert_int_equal(f->source->nproblems, 0);
}

static void a_workspace_is_what_it_uses(void **state)
{
	struct fixture *f = *state;

	put(f, "go.work", "go 1.22\n\nuse (\n\t./a\n\t./b/c\n\t./gone\n)\n");
	put(f, "a/go.mod", "module ex.com/a\n");
	put(f, "a/a.go", "package a\n");
	put(f, "b/go.mod", "module ex.com/b\n");
	put(f, "b/b.go", "package b\n");
	put(f, "b/c/go.mod", "module ex.com/c\n");
	put(f, "b/c/c.go", "package c\n");
	put(f, "loose/l.go", "package l\n");
	load(f, ".", NULL);
	assert_string_equal(reported(f), "ex.com/a ex.com/c");
	assert_int_equal(f->source->stats.left_out_modules, 1);
	assert_int_equal(f->source->nproblems, 1);
	assert_int_equal(f->source->problem[0].kind, PROBLEM_WORK_USE);
	assert_int_equal(f->source->problem[0].at.line, 6);
}

static void a_gopath_tree_needs_no_module(void **state)
{
	struct fixture *f = *state;

	put(f, "go/src/ex.com/p/p.go", "package p\n");
	put(f, "go/src/ex.com/p/vendor/x.com/v/v.go", "package v\n");
	put(f, "go/src/ex.com/q/q.go", "package q\n");
	load(f, "go/src", NULL);
	assert_string_equal(reported(f), "ex.com/p ex.com/q");
	assert_int_equal(import_from(f, "ex.com/p", "ex.com/q").kind, IMPORT_INTERNAL);
	struct resolved r = import_from(f, "ex.com/p", "x.com/v");

	assert_int_equal(r.kind, IMPORT_EXTERNAL);
	assert_string_equal(sym_text(f->source->syms, r.import_path), "ex.com/p/vendor/x.com/v");
	assert_string_equal(
		sym_text(f->source->syms, import_from(f, "ex.com/q", "x.com/v").import_path),
		"x.com/v");
}

static void problems_are_kept_not_fatal(void **state)
{
	struct fixture *f = *state;

	put(f, "go.mod",
	    "module ex.com/m\nbogus\nrequire x.com/y v1.0.0\nreplace x.com/y => ./none\n");
	put(f, "ok.go", "package m\n");
	put(f, "broken.go", "package m\nimport \"a\n");
	put(f, "twice.go", "//go:build a\n//go:build b\npackage m\n");
	load(f, ".", NULL);
	assert_int_equal(f->source->nfiles, 3);
	assert_int_equal(f->source->stats.degraded, 2);
	assert_true(f->source->file[0].flags & FILE_DEGRADED);
	assert_int_equal(f->source->file[0].problem_line, 2);
	assert_true(f->source->file[2].flags & FILE_BAD_BUILD);
	assert_int_equal(f->source->nproblems, 2);
	assert_int_equal(f->source->problem[0].kind, PROBLEM_GOMOD);
	assert_int_equal(f->source->problem[1].kind, PROBLEM_REPLACE);
}

static void names_follow_the_first_file(void **state)
{
	static const enum file_role want[] = {
		ROLE_GO, ROLE_TEST, ROLE_XTEST, ROLE_IGNORED, ROLE_IGNORED, ROLE_CGO, ROLE_NONE,
	};
	struct fixture *f = *state;
	struct go_package p;

	put(f, "go.mod", "module ex.com/m\n");
	put(f, "a.go", "package m\n");
	put(f, "a_test.go", "package m\n");
	put(f, "b_test.go", "package m_test\n");
	put(f, "c_windows.go", "package m\n");
	put(f, "d.go", "package documentation\n");
	put(f, "e.go", "package m\nimport \"C\"\n");
	put(f, "z.go", "package m\n");
	load(f, ".", NULL);
	package_classify(f->source, (dir_id){ 0 }, 0, &f->arena, &p);
	for (uint32_t i = 0; i < 6; i++)
		assert_int_equal(p.role[i], want[i]);
	assert_string_equal(sym_text(f->source->syms, p.name), "m");
	assert_false(p.invalid);
}

static void patterns_fit_as_in_go_list(void **state)
{
	static const struct { const char *pattern, *text; bool want; } cases[] = {
		{ "./...", "./a/b", true }, { "a/...", "a", true }, { "a/...", "ab", false },
		{ "a...", "ab/c", true }, { ".../b", "a/b", true }, { ".../b", "b", false },
		{ "a/.../b", "a/x/y/b", true }, { "a/.../b", "a/b", false }, { "a", "a", true },
		{ "a", "ab", false }, { "...", "", true }, { "a...c", "abbc", true },
		{ "a...c", "abbd", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_int_equal(pattern_fits(cases[i].pattern, cases[i].text), cases[i].want);
}

static void paths_are_cleaned_in_text(void **state)
{
	static const struct { const char *path, *want;
	} cases[] = {
		{ "a/./b//c", "a/b/c" }, { "a/../b", "b" },   { "./", "" },	   { "", "" },
		{ "..", NULL },		 { "a/../..", NULL }, { "/a/../b", "/b" }, { "/", "/" },
		{ "/..", NULL },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *got = path_clean(&f->arena, cases[i].path);

		assert_int_equal(got != NULL, cases[i].want != NULL);
		if (got)
			assert_string_equal(got, cases[i].want);
	}
	assert_string_equal(path_below("a/b", "a"), "b");
	assert_string_equal(path_below("a", "a"), "");
	assert_null(path_below("ab", "a"));
	assert_string_equal(path_below("/x", "/"), "x");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_module_is_walked_as_go_walks_it, setup, teardown),
		cmocka_unit_test_setup_teardown(imports_lead_where_go_finds_them, setup, teardown),
		cmocka_unit_test_setup_teardown(the_longest_module_path_wins_over_replace, setup,
						teardown),
		cmocka_unit_test_setup_teardown(an_empty_gomod_shuts_a_folder_out, setup, teardown),
		cmocka_unit_test_setup_teardown(a_workspace_is_what_it_uses, setup, teardown),
		cmocka_unit_test_setup_teardown(a_gopath_tree_needs_no_module, setup, teardown),
		cmocka_unit_test_setup_teardown(problems_are_kept_not_fatal, setup, teardown),
		cmocka_unit_test_setup_teardown(names_follow_the_first_file, setup, teardown),
		cmocka_unit_test_setup_teardown(patterns_fit_as_in_go_list, setup, teardown),
		cmocka_unit_test_setup_teardown(paths_are_cleaned_in_text, setup, teardown),
	};

	return cmocka_run_group_tests_name("source", tests, NULL, NULL);
}
