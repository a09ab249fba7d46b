/* SPDX-License-Identifier: MIT */
/*
 * test_modules.c - the rules about go.mod over small trees on disk.  What each
 * package needs is held against the table of std_since.def for every go line.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "analyzers/analyzer.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

extern const struct analyzer analyzer_modules;

static const struct { const char *path; unsigned minor; } since[] = {
#define SINCE(path, minor) { path, minor },
#include "analyzers/std_since.def"
#undef SINCE
};

struct fixture {
	char dir[64];
	struct arena arena, scratch;
	struct source *source;
	struct findings found;
	uint64_t judged;
};

static int setup(void **state)
{
	static struct fixture f;

	f = (struct fixture){ .dir = "/tmp/meshctl-modules-XXXXXX" };
	*state = &f;
	return mkdtemp(f.dir) ? 0 : -1;
}

static int remove_entry(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static void forget(struct fixture *f)
{
	findings_release(&f->found);
	if (f->source)
		source_release(f->source);
	f->source = NULL;
	arena_release(&f->scratch);
	arena_release(&f->arena);
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	forget(f);
	return nftw(f->dir, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

static void put(struct fixture *f, const char *name, const char *text)
{
	char path[256];

	for (const char *p = name; (p = strchr(p, '/')); p++) {
		snprintf(path, sizeof(path), "%s/%.*s", f->dir, (int)(p - name), name);
		mkdir(path, 0777);
	}
	snprintf(path, sizeof(path), "%s/%s", f->dir, name);
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void analyze(struct fixture *f, const char *pattern)
{
	struct build_config config;
	struct err err = ERR_INIT;

	forget(f);
	assert_int_equal(build_config_init(&f->arena, "linux/amd64", true, GO_NEWEST_MINOR, NULL, 0,
					   &config, &err), 0);
	const struct source_options o = {
		.dir = f->dir, .pattern = pattern, .config = &config, .nconfigs = 1, .workers = 1,
	};

	if (source_read(&o, &f->source, &err))
		fail_msg("%s", err.msg);
	findings_init(&f->found, &f->arena);
	const struct analysis a = {
		.source = f->source, .graph = graph_from_source(f->source, &f->arena),
		.scratch = &f->scratch, .findings = &f->found,
	};

	f->judged = 0;
	assert_int_equal(analyzer_modules.run(&a, &f->judged, &err), 0);
	findings_finish(&f->found, f->source->syms);
}

static bool has(const struct fixture *f, enum rule_id rule, const char *to)
{
	for (uint32_t i = 0; i < f->found.count; i++)
		if (f->found.item[i].rule == &rule_rows[rule] && !strcmp(f->found.item[i].to, to))
			return true;
	return false;
}

static void the_table_is_sorted_and_within_bounds(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(since); i++) {
		assert_in_range(since[i].minor, 1, GO_NEWEST_MINOR);
		if (i && strcmp(since[i - 1].path, since[i].path) >= 0)
			fail_msg("'%s' is out of order", since[i].path);
	}
}

/* Every go line against every package of the table, and files guarded at the very version. */
static void newer_packages_fire_and_no_others(void **state)
{
	struct fixture *f = *state;
	char text[8192], mod[64];
	size_t n = (size_t)snprintf(text, sizeof(text), "package m\n\nimport (\n\t\"fmt\"\n");

	for (size_t i = 0; i < ARRAY_SIZE(since); i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n, "\t_ \"%s\"\n", since[i].path);
	snprintf(text + n, sizeof(text) - n, ")\n");
	put(f, "m.go", text);
	for (unsigned minor = 1; minor <= GO_NEWEST_MINOR; minor++) {
		uint32_t want = 0;

		snprintf(mod, sizeof(mod), "module example.com/m\n\ngo 1.%u\n", minor);
		put(f, "go.mod", mod);
		analyze(f, NULL);
		for (size_t i = 0; i < ARRAY_SIZE(since); i++) {
			bool newer = since[i].minor > minor;

			want += newer;
			if (has(f, RULE_GO_VERSION, since[i].path) != newer)
				fail_msg("go 1.%u and '%s'", minor, since[i].path);
		}
		assert_int_equal(f->found.count, want);
		assert_true(f->judged > ARRAY_SIZE(since));
	}
}

static void guarded_files_may_use_what_they_ask_for(void **state)
{
	struct fixture *f = *state;

	put(f, "go.mod", "module example.com/m\n\ngo 1.18\n");
	put(f, "a.go", "//go:build go1.20 && !windows\n\npackage m\n\nimport \"slices\"\n");
	put(f, "b.go", "//go:build go1.21 || windows\n\npackage m\n\nimport \"maps\"\n");
	put(f, "c.go",
	    "//go:build go1.23 && !windows\n\npackage m\n\nimport (\n\t\"iter\"\n\t\"weak\"\n)\n");
	analyze(f, NULL);
	assert_true(has(f, RULE_GO_VERSION, "slices"));
	assert_true(has(f, RULE_GO_VERSION, "maps"));
	assert_false(has(f, RULE_GO_VERSION, "iter"));
	assert_true(has(f, RULE_GO_VERSION, "weak"));
	assert_int_equal(f->found.count, 3);
}

/* One finding a package and import; the ordinary file is its place, the others are listed. */
static void one_finding_for_many_imports(void **state)
{
	struct fixture *f = *state;

	put(f, "go.mod", "module example.com/m\n\ngo 1.18\n");
	put(f, "a_test.go", "package m\n\nimport \"slices\"\n");
	put(f, "b.go", "package m\n\nimport \"slices\"\n");
	put(f, "c.go", "package m\n\nimport \"slices\"\n");
	put(f, "x_test.go", "package m_test\n\nimport \"slices\"\n");
	analyze(f, NULL);
	assert_int_equal(f->found.count, 2);
	assert_string_equal(sym_text(f->source->syms, f->found.item[0].at.path), "b.go");
	assert_int_equal(f->found.item[0].nrelated, 2);
	assert_string_equal(sym_text(f->source->syms, f->found.item[1].at.path), "x_test.go");
	assert_true(strcmp(f->found.item[0].from, f->found.item[1].from));
}

/* Nested modules are read with their parent; a pattern inside a module reports below itself. */
static void pattern_chooses_what_is_reported(void **state)
{
	struct fixture *f = *state;

	put(f, "go.mod", "module example.com/m\n\ngo 1.20\n\ntool example.com/t\n");
	put(f, "m.go", "package m\n\nimport \"slices\"\n");
	put(f, "p/p.go", "package p\n\nimport \"cmp\"\n");
	put(f, "sub/go.mod",
	    "module example.com/m/sub\n\ngo 1.20\n\nfoo\nrequire a v1.0.0\nreplace a => ./gone\n");
	put(f, "sub/s.go", "package sub\n\nimport \"maps\"\n");
	analyze(f, NULL);
	assert_true(has(f, RULE_GO_VERSION, "slices"));
	assert_true(has(f, RULE_GO_VERSION, "cmp"));
	assert_true(has(f, RULE_GO_VERSION, "maps"));
	assert_true(has(f, RULE_GO_VERSION, ""));
	assert_true(has(f, RULE_BROKEN_GOMOD, ""));
	assert_true(has(f, RULE_MISSING_REPLACE, "./gone"));
	analyze(f, "./p/...");
	assert_false(has(f, RULE_GO_VERSION, "slices"));
	assert_true(has(f, RULE_GO_VERSION, "cmp"));
	assert_true(has(f, RULE_GO_VERSION, ""));
	assert_false(has(f, RULE_BROKEN_GOMOD, ""));
	assert_false(has(f, RULE_MISSING_REPLACE, "./gone"));
}

/* A folder beside the tree may be there: information, not an error. */
static void work_use_tells_missing_from_unseen(void **state)
{
	struct fixture *f = *state;

	put(f, "go.work", "go 1.21\n\nuse (\n\t./a\n\t./gone\n\t../beside\n)\n");
	put(f, "a/go.mod", "module example.com/a\n\ngo 1.21\n");
	put(f, "a/a.go", "package a\n");
	analyze(f, NULL);
	assert_int_equal(f->found.count, 2);
	assert_int_equal(f->found.item[0].severity, SEV_ERROR);
	assert_int_equal(f->found.item[0].at.line, 5);
	assert_int_equal(f->found.item[1].severity, SEV_INFO);
	assert_int_equal(f->found.item[1].at.line, 6);
}

/* A broken go line promises nothing, so nothing is held against it. */
static void a_broken_go_line_is_one_fault(void **state)
{
	struct fixture *f = *state;

	put(f, "go.mod", "module example.com/m\n\ngo 1.x\n");
	put(f, "m.go", "package m\n\nimport \"slices\"\n");
	analyze(f, NULL);
	assert_int_equal(f->found.count, 1);
	assert_true(has(f, RULE_BROKEN_GOMOD, ""));
	put(f, "go.mod", "module example.com/m\n");
	analyze(f, NULL);
	assert_int_equal(f->found.count, 1);
	assert_non_null(
		strstr(f->found.item[0].message, "go.mod has no go line, which means go 1.16"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_table_is_sorted_and_within_bounds),
		cmocka_unit_test_setup_teardown(newer_packages_fire_and_no_others, setup, teardown),
		cmocka_unit_test_setup_teardown(guarded_files_may_use_what_they_ask_for, setup,
						teardown),
		cmocka_unit_test_setup_teardown(one_finding_for_many_imports, setup, teardown),
		cmocka_unit_test_setup_teardown(pattern_chooses_what_is_reported, setup, teardown),
		cmocka_unit_test_setup_teardown(work_use_tells_missing_from_unseen, setup,
						teardown),
		cmocka_unit_test_setup_teardown(a_broken_go_line_is_one_fault, setup, teardown),
	};

	return cmocka_run_group_tests_name("modules", tests, NULL, NULL);
}
