/* SPDX-License-Identifier: MIT */
/* test_gomod.c - go.mod and go.work; tests/oracle/gomod.sh asks Go itself. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "graph/source/gomod.h"
#include "graph/source/gomod_version.h"

#include <stdlib.h>
#include <string.h>

struct fixture {
	struct arena arena;
	struct gomod m;
};

static int setup(void **state)
{
	static struct fixture f;

	f = (struct fixture){ .arena = ARENA_INIT };
	*state = &f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	arena_release(&f->arena);
	return 0;
}

/* From a copy of exactly this size, so that AddressSanitizer sees a read behind it. */
static const struct gomod *parse_bytes(struct fixture *f, enum gomod_kind kind, const char *s,
				       size_t len)
{
	char *exact = malloc(len ? len : 1);

	assert_non_null(exact);
	memcpy(exact, s, len);
	gomod_parse(&f->arena, kind, exact, len, &f->m);
	free(exact);
	return &f->m;
}

static const struct gomod *parse(struct fixture *f, const char *s)
{
	return parse_bytes(f, GOMOD_MOD, s, strlen(s));
}

static const char full[] =
	"// Deprecated: use example.com/n\n"
	"module \"example.com/m\" // tail\n"
	"\n"
	"go 1.25\r\n"
	"toolchain go1.25.3\n"
	"godebug default=go1.21\n"
	"require (\n"
	"\texample.com/a v1.2\n"
	"\n"
	"\texample.com/b/v2 v2.0.0 // indirect\n"
	")\n"
	"replace example.com/a v1.2.0 => ../a\n"
	"replace (\n"
	"\tb => c.d/e v1.2.3 // why\n"
	")\n"
	"exclude example.com/a v1.0.0\n"
	"retract [v1.0.0, v1.1.0]\n"
	"tool example.com/t\n"
	"ignore ./x\n"
	"ignore y\n";

static void everything_is_read(void **state)
{
	const struct gomod *m = parse(*state, full);

	assert_int_equal(m->nerror, 0);
	assert_string_equal(m->module, "example.com/m");
	assert_int_equal(m->module_line, 2);
	assert_string_equal(m->deprecated, "use example.com/n\ntail");
	assert_string_equal(m->go, "1.25");
	assert_int_equal(m->go_line, 4);
	assert_string_equal(m->toolchain, "go1.25.3");
	assert_int_equal(m->toolchain_line, 5);
	assert_int_equal(m->ngodebug, 1);
	assert_int_equal(m->godebug_line, 6);
	assert_int_equal(m->nrequire, 2);
	assert_string_equal(m->require[0].version, "v1.2.0");
	assert_false(m->require[0].indirect);
	assert_string_equal(m->require[1].path, "example.com/b/v2");
	assert_true(m->require[1].indirect);
	assert_int_equal(m->require[1].line, 10);
	assert_int_equal(m->nreplace, 2);
	assert_string_equal(m->replace[0].old_version, "v1.2.0");
	assert_string_equal(m->replace[0].new_path, "../a");
	assert_string_equal(m->replace[0].new_version, "");
	assert_string_equal(m->replace[1].new_version, "v1.2.3");
	assert_int_equal(m->replace[1].line, 14);
	assert_int_equal(m->nexclude, 1);
	assert_int_equal(m->nretract, 1);
	assert_int_equal(m->ntool, 1);
	assert_int_equal(m->tool_line, 18);
	assert_int_equal(m->nignore, 2);
	assert_int_equal(m->ignore_line, 19);
	assert_string_equal(m->ignore[1].path, "y");
}

static void go_work_is_read(void **state)
{
	static const char text[] = "go 1.22\nuse ./a\nuse (\n\t\"./b c\"\n)\nreplace x => ./x\n";
	const struct gomod *m = parse_bytes(*state, GOMOD_WORK, text, sizeof(text) - 1);

	assert_int_equal(m->nerror, 0);
	assert_int_equal(m->nuse, 2);
	assert_string_equal(m->use[1].path, "./b c");
	assert_int_equal(m->use[1].line, 4);
	assert_int_equal(m->nreplace, 1);
	m = parse_bytes(*state, GOMOD_WORK, "module x\n", 9);
	assert_int_equal(m->nerror, 1);
	assert_string_equal(m->error[0].message, "unknown directive 'module'");
}

static void errors_have_a_place(void **state)
{
	static const struct {
		const char *text;
		uint32_t line, col;
		const char *message;
	} rows[] = {
		{ "module a\nfoo bar\n", 2, 1, "unknown directive 'foo'" },
		{ "module a\nmodule b\n", 2, 1, "repeated 'module' line" },
		{ "go 1.21\ngo 1.22\n", 2, 1, "repeated 'go' line" },
		{ "go 1.x\n", 1, 1, "not a Go version: '1.x'" },
		{ "toolchain x\n", 1, 1, "not a toolchain such as go1.23.0: 'x'" },
		{ "require a\n", 1, 1, "'require' takes a module path and a version" },
		{ "require a master\n", 1, 11, "version is not of the form v1.2.3: 'master'" },
		{ "require a v2.0.0\n", 1, 1,
		  "version 2 or higher needs a module path that ends in it" },
		{ "require a/v2 v1.0.0\n", 1, 1,
		  "major version differs from that of the module path" },
		{ "replace a => b\n", 1, 1,
		  "a replacement without a version is a folder, which begins with ./ or ../" },
		{ "replace a b\n", 1, 1, "'replace' is written: path [version] => path [version]" },
		{ "require (\n\ta v1.0.0\n", 1, 1, "block without an end" },
		{ "require (\n) x\n", 2, 3, "newline expected behind ')'" },
		{ "foo (\n)\n", 1, 1, "unknown block 'foo'" },
		{ "go (\n\t1.21\n)\n", 1, 1, "unknown block 'go'" },
		{ "module 'a'\n", 1, 8, "quotes are double and enclose the whole word" },
		{ "module \"a\n", 1, 10, "newline in a string" },
		{ "module \"a", 1, 8, "string without an end" },
		{ "module \"\\q\"\n", 1, 8, "invalid escape in a string" },
		{ "module a /* b */\n", 1, 10, "comments begin with //, not with /*" },
		{ "module a\n  \x01\n", 2, 3, "unexpected character" },
		{ "\xEF\xBB\xBFmodule a\n", 1, 1, "unexpected character" },
		{ "use ./a\n", 1, 1, "unknown directive 'use'" },
		{ "retract [v1, v2\n", 1, 1, "'retract' takes a version or [low, high]" },
		{ "godebug x\n", 1, 1, "'godebug' takes key=value" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct gomod *m = parse(*state, rows[i].text);

		if (m->nerror != 1 || m->error[0].line != rows[i].line ||
		    m->error[0].col != rows[i].col)
			fail_msg("%s: %u errors, %u:%u", rows[i].text, m->nerror,
				 m->nerror ? m->error[0].line : 0, m->nerror ? m->error[0].col : 0);
		assert_string_equal(m->error[0].message, rows[i].message);
	}
}

static void what_is_right_is_kept_beside_what_is_wrong(void **state)
{
	const struct gomod *m =
		parse(*state, "module a\nfoo\nrequire b v1.0.0\ngo 1.21\n\x01\nrequire c v1.0.0\n");

	assert_int_equal(m->nerror, 2);
	assert_string_equal(m->module, "a");
	assert_string_equal(m->go, "1.21");
	assert_int_equal(m->nrequire, 1);
}

static void deprecation_is_a_paragraph(void **state)
{
	static const struct { const char *text, *want; } rows[] = {
		{ "module a // Deprecated: x\n", "x" },
		{ "// Deprecated: x\n// y\nmodule a\n", "x\ny" },
		{ "// Text.\n//\n// Deprecated:  x\n//\n// More.\nmodule a\n", "x" },
		{ "// Text.\n// Deprecated: x\nmodule a\n", "" },
		{ "// Deprecated: x\n\nmodule a\n", "" },
		{ "// Deprecated: x\nmodule (\n\ta\n)\n", "x" },
		{ "// Deprecated: x\nmodule (\n\t// Deprecated: y\n\ta\n)\n", "y" },
		{ "//\n// Deprecated: x\nmodule a\n", "" },
		{ "//deprecated: x\nmodule a\n", "" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		assert_string_equal(parse(*state, rows[i].text)->deprecated, rows[i].want);
}

/* Every prefix is read without reading behind it, and errors stay few. */
static void truncation_is_harmless(void **state)
{
	struct fixture *f = *state;

	for (size_t n = 0; n < sizeof(full); n++) {
		parse_bytes(f, GOMOD_MOD, full, n);
		parse_bytes(f, GOMOD_WORK, full, n);
		arena_reset(&f->arena);
	}
	char *garbage = arena_array(&f->arena, char, 100001);

	memset(garbage, 'x', 100000);
	for (size_t i = 1; i < 100000; i += 2)
		garbage[i] = '\n';
	assert_int_equal(parse(f, garbage)->nerror, 100);
}

static void versions_are_canonical(void **state)
{
	static const struct { const char *version, *want;
	} rows[] = {
		{ "v1", "v1.0.0" },
		{ "v1.2", "v1.2.0" },
		{ "v1.2.3", "v1.2.3" },
		{ "v1.2.3+x", "v1.2.3" },
		{ "v1.2.3-rc.1+x.y", "v1.2.3-rc.1" },
		{ "v2.0.0+incompatible", "v2.0.0+incompatible" },
		{ "v1.2.3-01", NULL },
		{ "v1.2.3-01a", "v1.2.3-01a" },
		{ "v1-rc", NULL },
		{ "1.2.3", NULL },
		{ "v1.2.3-", NULL },
		{ "v1.2.3+", NULL },
		{ "v1.2.3-a..b", NULL },
		{ "v1.2.3.4", NULL },
		{ "v01.2.3", NULL },
		{ "v", NULL },
		{ "", NULL },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const char *got = module_canonical_version(&f->arena, rows[i].version);

		if (got ? !rows[i].want || strcmp(got, rows[i].want) : rows[i].want != NULL)
			fail_msg("%s: %s", rows[i].version, got ? got : "none");
	}
}

static void folders_are_told_from_paths(void **state)
{
	static const char *const yes[] = { ".",	   "..",    "./a", "../a",  "/a",
					   ".\\a", "..\\a", "\\a", "C:\\a", "c:" };
	static const char *const no[] = { "a", "a/b", "...", ".../a", ".a", "..a", "", "1:" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(yes); i++)
		if (!module_is_folder(yes[i]))
			fail_msg("'%s' is a folder", yes[i]);
	for (size_t i = 0; i < ARRAY_SIZE(no); i++)
		if (module_is_folder(no[i]))
			fail_msg("'%s' is no folder", no[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(everything_is_read, setup, teardown),
		cmocka_unit_test_setup_teardown(go_work_is_read, setup, teardown),
		cmocka_unit_test_setup_teardown(errors_have_a_place, setup, teardown),
		cmocka_unit_test_setup_teardown(what_is_right_is_kept_beside_what_is_wrong, setup,
						teardown),
		cmocka_unit_test_setup_teardown(deprecation_is_a_paragraph, setup, teardown),
		cmocka_unit_test_setup_teardown(truncation_is_harmless, setup, teardown),
		cmocka_unit_test_setup_teardown(versions_are_canonical, setup, teardown),
		cmocka_unit_test_setup_teardown(folders_are_told_from_paths, setup, teardown),
	};

	return cmocka_run_group_tests_name("gomod", tests, NULL, NULL);
}
