/* SPDX-License-Identifier: MIT */
/*
 * test_foreign.c - globs and lists of other tools: a glob as a regular expression
 * against a matcher that tries everything, lists against the most specific entry
 * found by hand, expressions that must end.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analyzers/foreign/foreign.h"

#define ROUNDS 60000u

static uint32_t next(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

/* Every way at once: which bytes of the path the glob can have come to. */
static bool naive(const char *glob, const char *path, bool filepath)
{
	size_t n = strlen(path);
	bool at[64] = { true }, to[64];

	for (const char *p = glob; *p;) {
		bool star = *p == '*', deep = star && p[1] == '*' && !filepath;

		memset(to, 0, sizeof(to));
		for (size_t i = 0; i <= n; i++) {
			if (!at[i])
				continue;
			if (!star && i < n && (*p == '?' ? path[i] != '/' : path[i] == *p))
				to[i + 1] = true;
			for (size_t k = i; star; k++) {
				to[k] = true;
				if (k == n || (!deep && path[k] == '/'))
					break;
			}
		}
		memcpy(at, to, sizeof(at));
		p += deep ? 2 : 1;
	}
	return at[n];
}

static void random_text(uint32_t *seed, const char *letters, char *text, size_t max)
{
	size_t n = next(seed) % max, kinds = strlen(letters);

	for (size_t i = 0; i < n; i++)
		text[i] = letters[next(seed) % kinds];
	text[n] = '\0';
}

static void globs(void **state UNUSED)
{
	struct arena a = ARENA_INIT;
	uint32_t seed = 7, matched = 0;

	for (uint32_t i = 0; i < ROUNDS; i++) {
		char glob[10], path[12];
		bool filepath = next(&seed) % 2;
		const struct regex *r;
		struct err err = ERR_INIT;

		random_text(&seed, "ab.//**?", glob, sizeof(glob));
		random_text(&seed, "aab./", path, sizeof(path));
		assert_int_equal(regex_new(arena_printf(&a, "^(?:%s)$",
							foreign_glob(glob, filepath, &a)),
					   &a, &r, &err), 0);
		bool want = naive(glob, path, filepath);

		if (regex_find(r, path) != want)
			fail_msg("'%s' on '%s': not %d", glob, path, want);
		matched += want;
		arena_reset(&a);
	}
	/* Random pairs seldom match: that many did. */
	assert_true(matched > ROUNDS / 50);
	arena_release(&a);
}

static void glob_forms(void **state UNUSED)
{
	static const struct { const char *glob, *path; bool filepath, want; } rows[] = {
		{ "a/{b,c*}/d", "a/cx/d", false, true }, { "a/{b,c*}/d", "a/x/d", false, false },
		{ "a/{b,c}", "a/{b,c}", true, true }, { "[a-c]x", "bx", false, true },
		{ "[!a-c]x", "bx", false, false }, { "[!a-c]x", "dx", true, true },
		{ "a[", "a[", false, true }, { "a[!", "a[!", false, true },
		{ "a\\*", "a*", false, true }, { "a\\*", "ab", false, false },
		{ "a.b+c(d)", "a.b+c(d)", false, true }, { "a.b", "axb", false, false },
		{ "**/foo/**/*.go", "x/foo/a.go", false, false },
		{ "**/foo/**/*.go", "x/foo/y/a.go", false, true },
	};
	struct arena a = ARENA_INIT;

	for (unsigned i = 0; i < ARRAY_SIZE(rows); i++) {
		const char *text = foreign_glob(rows[i].glob, rows[i].filepath, &a);
		const struct regex *r;
		struct err err = ERR_INIT;

		assert_int_equal(regex_new(arena_printf(&a, "^(?:%s)$", text), &a, &r, &err), 0);
		if (regex_find(r, rows[i].path) != rows[i].want)
			fail_msg("'%s' (%s) on '%s'", rows[i].glob, text, rows[i].path);
	}
	arena_release(&a);
}

/* Plain entries only: of those that cover the path the longest counts, deny where two are one. */
static bool longest(const struct foreign_list *l, const char *path)
{
	bool denies = l->closed;
	size_t most = 0;

	for (uint32_t i = 0; i < l->count; i++) {
		size_t n = strlen(l->entry[i].text);

		if (n >= most && foreign_within(path, l->entry[i].text)) {
			most = n;
			denies = !l->entry[i].allow;
		}
	}
	return denies;
}

static void lists(void **state UNUSED)
{
	static const char *const paths[] = { "a", "a/b", "a/b/c", "ab", "b/a", "b", "a/c", "c" };
	struct arena a = ARENA_INIT;
	struct foreign f = { .arena = &a, .matcher = pattern_matcher_new(&a) };
	uint32_t seed = 11;

	for (uint32_t i = 0; i < 2000; i++) {
		struct foreign_list l = { .closed = next(&seed) % 2 };

		for (uint32_t n = next(&seed) % 6; n; n--)
			foreign_entry(&l, paths[next(&seed) % ARRAY_SIZE(paths)], next(&seed) % 2,
				      NULL);
		for (unsigned p = 0; p < ARRAY_SIZE(paths); p++)
			assert_int_equal(foreign_list_denies(&f, &l, paths[p]),
					 longest(&l, paths[p]));
		free(l.entry);
	}
	arena_release(&a);
}

static void wild_lists(void **state UNUSED)
{
	struct arena a = ARENA_INIT;
	struct foreign f = { .arena = &a, .matcher = pattern_matcher_new(&a) };
	struct foreign_list l = { .closed = true };

	/* The path itself, but nothing below it; a star, but nothing below that. */
	foreign_entry(&l, "x.org/a", true, NULL);
	foreign_entry(&l, "x.org/a/*/**", false, NULL);
	foreign_entry(&l, "y.org/*", true, NULL);
	foreign_entry(&l, "y.org/*/*/**", false, NULL);
	assert_false(foreign_list_denies(&f, &l, "x.org/a"));
	assert_true(foreign_list_denies(&f, &l, "x.org/a/b"));
	assert_true(foreign_list_denies(&f, &l, "x.org/a/b/c"));
	assert_true(foreign_list_denies(&f, &l, "y.org"));
	assert_false(foreign_list_denies(&f, &l, "y.org/a"));
	assert_true(foreign_list_denies(&f, &l, "y.org/a/b"));
	free(l.entry);
	arena_release(&a);
}

static void regexes(void **state UNUSED)
{
	struct arena a = ARENA_INIT;
	const struct regex *r;
	struct err err = ERR_INIT;
	char path[4096];

	memset(path, 'a', sizeof(path) - 1);
	path[sizeof(path) - 1] = '\0';
	assert_int_equal(regex_new("^(a+)+(a+)+b$", &a, &r, &err), 0);
	assert_false(regex_find(r, path));      /* it ends */
	assert_int_equal(regex_new("x$", &a, &r, &err), 0);
	assert_true(regex_find(r, "yx"));
	assert_false(regex_find(r, "x\n"));     /* as in Go */
	assert_int_equal(regex_new("((", &a, &r, &err), -1);
	assert_int_equal(err.code, ERR_CONFIG);
	arena_release(&a);
}

static void names(void **state UNUSED)
{
	assert_string_equal(foreign_by_name("x/.golangci.yaml")->name, "depguard");
	assert_string_equal(foreign_by_name("arch-go.yml")->name, "arch-go");
	assert_null(foreign_by_name("arch-go"));
	assert_null(foreign_by_name(""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(globs), cmocka_unit_test(glob_forms), cmocka_unit_test(lists),
		cmocka_unit_test(wild_lists), cmocka_unit_test(regexes), cmocka_unit_test(names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
