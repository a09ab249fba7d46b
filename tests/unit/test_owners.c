/* SPDX-License-Identifier: MIT */
/* CODEOWNERS: the examples of GitHub's and GitLab's documentation, and what gitignore says. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "analyzers/owners.h"

#include <string.h>

struct ask { const char *file, *path, *owners; };

static void check(const char *file, const char *path, const char *want)
{
	struct arena a = ARENA_INIT;
	uint32_t line;
	const char *got = owners_of(owners_read(file, strlen(file), &a), path, &line);

	if (!got != !want || (got && strcmp(got, want) != 0))
		fail_msg("'%s' of '%s': %s, not %s", path, file, got ? got : "nobody",
			 want ? want : "nobody");
	arena_release(&a);
}

static void patterns(void **state UNUSED)
{
	static const struct ask asks[] = {
		{ "* @all", "a/b/c.go", "@all" },
		{ "*.js @js", "a/b.js", "@js" }, { "*.js @js", "a/b.jsx", NULL },
		{ "/build/logs/ @d", "build/logs/x/y.txt", "@d" },
		{ "/build/logs/ @d", "a/build/logs/x", NULL },
		{ "/build/logs/ @d", "build/logs", NULL },
		{ "docs/* d@example.com", "docs/getting-started.md", "d@example.com" },
		{ "docs/* d@example.com", "docs/build-app/troubleshooting.md", NULL },
		{ "apps/ @o", "x/apps/y/z.go", "@o" }, { "apps/ @o", "apps/z.go", "@o" },
		{ "/apps/ @o", "x/apps/z.go", NULL }, { "/docs/ @d", "docs/a/b", "@d" },
		{ "**/logs @o", "build/logs/x", "@o" },
		{ "**/logs @o", "deeply/nested/logs", "@o" },
		{ "**/logs @o", "logs/x", "@o" }, { "/a/**/z @o", "a/z", "@o" },
		{ "/a/**/z @o", "a/b/c/z/q", "@o" }, { "/a/**/z @o", "b/a/z", NULL },
		{ "/apps/github @o", "apps/github", "@o" },
		{ "apps/github @o", "apps/github/a", "@o" },
		{ "apps/github @o", "x/apps/github/a", NULL }, { "cmd @o", "a/cmd/b", "@o" },
		{ "/cmd/*/main.go @o", "cmd/x/main.go", "@o" },
		{ "/cmd/*/main.go @o", "cmd/x/y/main.go", NULL },
		{ "a?c @o", "abc", "@o" }, { "/**/x @o", "x", "@o" }, { "/a/** @o", "a/b", "@o" },
		{ "/a/** @o", "a/b/c", "@o" }, { "my\\ dir/ @o", "my dir/x", "@o" },
		{ "\\#x @o", "#x", "@o" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(asks); i++)
		check(asks[i].file, asks[i].path, asks[i].owners);
}

static void lines(void **state UNUSED)
{
	check("* @all\n/a/ @a @b # both\n", "a/x", "@a @b");
	check("/a/ @a\n* @all\n", "a/x", "@all");              /* the last line decides */
	check("* @all\n/a/x\n", "a/x", NULL);                  /* and may name nobody */
	check("# * @c\n\n   \r\n* @all\r\n", "x", "@all");
	check("[Docs] @docs\n/docs/\n/docs/api/ @api\n", "docs/x", "@docs");
	check("[Docs] @docs\n/docs/\n/docs/api/ @api\n", "docs/api/x", "@api");
	check("^[Opt][2]\n/a/ @a", "a/b", "@a");
	check("", "a", NULL);
}

static void names(void **state UNUSED)
{
	assert_true(owners_has("@a @Team/b", "@team/B"));
	assert_false(owners_has("@ab", "@a"));
	assert_false(owners_has(NULL, "@a"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(patterns), cmocka_unit_test(lines), cmocka_unit_test(names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
