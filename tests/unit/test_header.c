/* SPDX-License-Identifier: MIT */
/* test_header.c - the heads of Go files: what go/build and go/parser accept, and tree-sitter
 * beside. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "graph/source/header.h"

#include <string.h>

struct fixture {
	struct arena arena;
	struct import_parser *parser;
};

static int setup(void **state)
{
	struct fixture *f = xcalloc(1, sizeof(*f));

	f->parser = import_parser_new();
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	import_parser_free(f->parser);
	arena_release(&f->arena);
	free(f);
	return 0;
}

/* "package: path path ..." of a head, or "package! problem"; names before paths as name=path. */
static const char *shown(struct fixture *f, const char *text)
{
	struct header h;
	const char *out;

	header_scan(text, strlen(text), true, &f->arena, &h);
	out = arena_printf(&f->arena, "%.*s%s", (int)h.package_len, h.package ? h.package : "",
			   h.status == HEADER_OK ? ":" : "!");
	if (h.status != HEADER_OK)
		return arena_printf(&f->arena, "%s %s", out, h.problem);
	for (uint32_t i = 0; i < h.nimports; i++)
		out = arena_printf(&f->arena, "%s %s%s%s", out, h.import[i].name,
				   *h.import[i].name ? "=" : "", h.import[i].path);
	return out;
}

static void heads_as_go_reads_them(void **state)
{
	static const struct { const char *text, *want;
	} cases[] = {
		{ "package a", "a:" },
		{ "package a;import \"b\"", "a: b" },
		{ "package a\nimport (\n\"b\"\n. \"c\"\n_ `d`\nx \"e/f\"\n)\nfunc",
		  "a: b .=c _=d x=e/f" },
		{ "package a\nimport ()\nimport (\"b\"; \"c\")\nimport \"C\"\nvar x", "a: b c C" },
		{ "package a\nimport /* x */ y /* z */ \"b\" // c\n", "a: y=b" },
		{ "/* a */ package /* b */ c /* d */ ; import \"\\x62\"", "c: b" },
		{ "package a\nimport \"b\" func f() {}", "a: b" },
		{ "package a func f() {}", "a:" },
		{ "package a\nimport \"b\"\n/x", "a: b" },
		{ "package \xe4\xb8\x96\nimport \"b\"", "\xe4\xb8\x96: b" },
		{ "package a\r\nimport (\r\n\"b\"\r\n)\r\n", "a: b" },
		{ "package a\nimport `b\r`", "a: b" },
		{ "", "! expected 'package'" },
		{ "func f() {}", "! expected 'package'" },
		{ "package", "! expected a package name" },
		{ "package func", "! expected a package name" },
		{ "package 1", "! expected a package name" },
		{ "package a b", "a:" },
		{ "package a\nimport", "a! missing import path" },
		{ "package a\nimport 1", "a! import path must be a string" },
		{ "package a\nimport \"b\" \"c\"", "a: b" },
		{ "package a\nimport (\"b\" \"c\")", "a! expected ';'" },
		{ "package a\nimport (\"b\"", "a! expected ')'" },
		{ "package a\nimport \"b", "a! string literal not terminated" },
		{ "package a\nimport `b", "a! raw string literal not terminated" },
		{ "package a\nimport \"b\\q\"", "a! invalid escape in import path" },
		{ "package a\nimport \"\"", "a! invalid import path" },
		{ "package a\nimport \"b c\"", "a! invalid import path" },
		{ "package a\nimport \"b\xc2\xa0\"", "a! invalid import path" },
		{ "package a /* b", "! comment not terminated" },
		{ "package a\nimport \"b\" // \xff\n", "a! illegal UTF-8 encoding" },
		{ "package a // \xff\n", "! illegal UTF-8 encoding" },
		{ "package a\n// \xef\xbb\xbf\n", "! illegal byte order mark" },
		{ "\xef\xbb\xbfpackage a", "a:" },
		{ "package a\nimport #", "a! illegal character" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_string_equal(shown(*state, cases[i].text), cases[i].want);
}

static void a_nul_is_told_apart(void **state)
{
	struct fixture *f = *state;
	struct header h;

	header_scan("package a\n\0", 11, true, &f->arena, &h);
	assert_int_equal(h.status, HEADER_NUL);
	/* Behind the imports nobody looks. */
	header_scan("package a\nvar x\n\0", 17, true, &f->arena, &h);
	assert_int_equal(h.status, HEADER_OK);
}

static void places_count_bytes_without_the_mark(void **state)
{
	static const char text[] =
		"\xef\xbb\xbfpackage a; import x \"b\"\n\nimport (\n\t\"c\"\n)\n";
	struct fixture *f = *state;
	struct header h;

	header_scan(text, sizeof(text) - 1, true, &f->arena, &h);
	assert_int_equal(h.nimports, 2);
	assert_int_equal(h.import[0].line, 1);
	assert_int_equal(h.import[0].col, 19);
	assert_int_equal(h.import[0].end_col, 24);
	assert_int_equal(h.import[1].line, 4);
	assert_int_equal(h.import[1].col, 2);
	assert_int_equal(h.package_col, 9);
}

static void constraints_stand_before_the_package(void **state)
{
	static const struct {
		const char *text, *go_build;
		uint32_t plus_end;
		bool many;
	} cases[] = {
		{ "//go:build a\n\npackage p\n", "//go:build a", 14, false },
		{ "//go:build a\npackage p\n", "//go:build a", 0, false },
		{ "// +build a\n\npackage p\n", NULL, 13, false },
		{ "// +build a\npackage p\n", NULL, 0, false },
		{ "/* x */ //go:build a\npackage p\n", NULL, 0, false },
		{ "/* x\n*/\n//go:build a\npackage p\n", "//go:build a", 0, false },
		{ "/*\n//go:build a\n*/\npackage p\n", NULL, 0, false },
		{ "//go:build a\n//go:build b\npackage p\n", "//go:build a", 0, true },
		{ "//go:buildx a\npackage p\n", NULL, 0, false },
		{ "package p\n//go:build a\n", NULL, 0, false },
		{ "\n\n//go:build  a \t\r\npackage p\n", "//go:build  a", 2, false },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct header h;

		header_scan(cases[i].text, strlen(cases[i].text), true, &f->arena, &h);
		assert_int_equal(h.many_go_build, cases[i].many);
		assert_int_equal(h.plus_build_end, cases[i].plus_end);
		assert_int_equal(h.go_build != NULL, cases[i].go_build != NULL);
		if (h.go_build) {
			assert_int_equal(h.go_build_len, strlen(cases[i].go_build));
			assert_memory_equal(h.go_build, cases[i].go_build, h.go_build_len);
		}
	}
}

static void generated_files_say_so(void **state)
{
	static const struct { const char *text; bool want; } cases[] = {
		{ "// Code generated by x. DO NOT EDIT.\npackage p\n", true },
		{ "// Code generated by x. DO NOT EDIT.\r\n\r\npackage p\r\n", true },
		{ "// Code generated by x.\npackage p\n", false },
		{ " // Code generated by x. DO NOT EDIT.\npackage p\n", false },
		{ "// code generated by x. DO NOT EDIT.\npackage p\n", false },
		{ "package p\n// Code generated by x. DO NOT EDIT.\n", false },
		{ "// Code generated DO NOT EDIT.\npackage p\n", true },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct header h;

		header_scan(cases[i].text, strlen(cases[i].text), true, &f->arena, &h);
		assert_int_equal(h.generated, cases[i].want);
	}
}

static void domains_are_named_in_comments(void **state)
{
	static const struct { const char *text, *name; uint32_t line, col, end; } cases[] = {
		{ "// domain: order\npackage p\n", "order", 1, 1, 17 },
		{ "\xef\xbb\xbf//domain:order", "order", 1, 1, 15 },
		{ "package p\n\n\t//  domain :\ta-b/c.d_e\t\r\nfunc f() {}", "a-b/c.d_e",
		  3, 2, 25 },
		{ "package p\n//meshctl:domain=order\n", "order", 2, 1, 23 },
		{ "package p //meshctl:domain=order because of x\n", "order", 1, 11, 46 },
		{ "package p\nimport \"x\" // domain: user\n// domain: order\n", "user",
		  2, 12, 27 },
		{ "package p\nimport (\n\t// domain: \xe8\xae\xa2\xe5\x8d\x95\n\t\"x\"\n)\n",
		  "\xe8\xae\xa2\xe5\x8d\x95", 3, 2, 19 },
		{ "package p\nimport \"x\"\n\n// domain: order\ntype T int\n", "order", 4, 1, 17 },
		{ "package p\ntype T int\n// domain: order\n", NULL, 0, 0, 0 },
		{ "// domain: what the business says\npackage p\n", NULL, 0, 0, 0 },
		{ "// domain:\npackage p\n", NULL, 0, 0, 0 },
		{ "// domains: x\n// the domain: x\n// domain: \"x\"\n// meshctl:domain=x\n"
		  "//meshctl:domain=\n//meshctl:domain=(x)\npackage p\n", NULL, 0, 0, 0 },
		{ "/* domain: order */\n/*\n// domain: order\n*/\npackage p\n", NULL, 0, 0, 0 },
		{ "package p\nimport `// domain: x`\n", NULL, 0, 0, 0 },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *text = cases[i].text, *want = cases[i].name;
		struct header h;

		header_scan(text, strlen(text), true, &f->arena, &h);
		if (!want != !h.domain || (want && (strlen(want) != h.domain_len ||
						    strncmp(want, h.domain, h.domain_len) != 0)))
			fail_msg("case %zu: '%.*s'", i, (int)h.domain_len,
				 h.domain ? h.domain : "");
		assert_int_equal(h.domain_line, cases[i].line);
		assert_int_equal(h.domain_col, cases[i].col);
		assert_int_equal(h.domain_end, cases[i].end);
	}
}

static void agree(struct fixture *f, const char *text, size_t len)
{
	const struct header_import *seen;
	struct header h;
	uint32_t n;

	header_scan(text, len, true, &f->arena, &h);
	if (h.status != HEADER_OK)
		return;
	assert_true(import_parser_run(f->parser, text, &h, &f->arena, &seen, &n));
	assert_int_equal(n, h.nimports);
	for (uint32_t i = 0; i < n; i++) {
		assert_string_equal(seen[i].path, h.import[i].path);
		assert_string_equal(seen[i].name, h.import[i].name);
		assert_int_equal(seen[i].line, h.import[i].line);
		assert_int_equal(seen[i].col, h.import[i].col);
		assert_int_equal(seen[i].end_col, h.import[i].end_col);
	}
}

/* Random heads from pieces: every way to write imports beside every other. */
static void tree_sitter_sees_the_same_imports(void **state)
{
	static const char *const pieces[] = {
		"import \"a/b\"\n",
		"import (\n",
		"\t\"c\"\n",
		"\tx \"d\"\n",
		"\t. `e`\n",
		"\t_ \"f.g/h\"\n",
		")\n",
		"// c\n",
		"/* d\n */",
		";",
		"\n",
		"import y \"\\u0061\"; ",
		"import ()\n",
		"\r\n",
		" ",
	};
	struct fixture *f = *state;
	uint32_t seed = 1, accepted = 0;

	for (int round = 0; round < 20000; round++) {
		const char *text = "package p\n";
		struct header h;

		for (int i = 0; i < 8; i++) {
			seed = seed * 1664525 + 1013904223;
			text = arena_printf(&f->arena, "%s%s", text,
					    pieces[(seed >> 16) % ARRAY_SIZE(pieces)]);
		}
		header_scan(text, strlen(text), true, &f->arena, &h);
		accepted += h.status == HEADER_OK && h.nimports;
		agree(f, text, strlen(text));
		arena_reset(&f->arena);
	}
	assert_true(accepted > 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(heads_as_go_reads_them, setup, teardown),
		cmocka_unit_test_setup_teardown(a_nul_is_told_apart, setup, teardown),
		cmocka_unit_test_setup_teardown(places_count_bytes_without_the_mark, setup,
						teardown),
		cmocka_unit_test_setup_teardown(constraints_stand_before_the_package, setup,
						teardown),
		cmocka_unit_test_setup_teardown(generated_files_say_so, setup, teardown),
		cmocka_unit_test_setup_teardown(domains_are_named_in_comments, setup, teardown),
		cmocka_unit_test_setup_teardown(tree_sitter_sees_the_same_imports, setup, teardown),
	};

	return cmocka_run_group_tests_name("header", tests, NULL, NULL);
}
