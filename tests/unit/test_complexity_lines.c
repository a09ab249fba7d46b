/* SPDX-License-Identifier: MIT */
/* test_complexity_lines.c - lines of functions, comments that tools obey, broken files. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "tests/unit/complexity_fixture.h"

/* Lines of code, of comment, blank; then those of each function. */
static const struct { const char *source, *want; } line_cases[] = {
	{ "package p\n", "1 0 0" },
	{ "package p", "1 0 0" },
	{ "\xef\xbb\xbfpackage p\n", "1 0 0" },
	{ "\xef\xbb\xbf\npackage p\n", "1 0 1" },
	{ "// c\n\npackage p // d\n", "1 1 1" },
	{ "package p\n\t \t\n\r\n\n", "1 0 3" },
	{ "package p\n/* a\n\nb */\n/* c */ /* d */ // e\n", "1 4 0" },
	{ "package p\n/* a\n*/ var x = 1 /* b\n\n*/\n", "2 3 0" },
	{ "package p\n/* a */ /* b\n*/ // c\nvar x = 1\n", "2 2 0" },
	{ "package p\nvar s = `a\n\n// b\n/* c\n`\n// d\n", "6 1 0" },
	{ "package p\nvar s = \"// a /* b\"\n\nvar r = '\"' // \"\n", "3 0 1" },
	{ "package p\nvar s = `a` /* `\n` */\nvar t = `\n`\n", "4 1 0" },
	{ "package p\nfunc f() {\n\n\t// a\n\tx() // b\n\n}\n\nfunc g() { /* a\n\n*/ }\n",
	  "6 2 3 f:3,1,2 g:2,1,0" },
	{ "package p\n\n// doc\nfunc f() { _ = `\n\n\n` }\n", "5 1 1 f:4,0,0" },
	{ "package p\nvar f, g = func() {\n\n}, func() {\n//\n}\n", "4 1 1 f:2,0,1 f:2,1,0" },
};

static void lines_are_code_comment_or_blank(void **state)
{
	struct fixture *f = *state;

	for (unsigned c = 0; c < ARRAY_SIZE(line_cases); c++) {
		const struct body_builder *b = measure(f, "", line_cases[c].source);
		char got[256];
		size_t n = (size_t)snprintf(got, sizeof(got), "%u %u %u", b->body.code,
					    b->body.comments, b->body.blanks);

		for (uint32_t i = 0; i < b->func.count; i++)
			n += (size_t)snprintf(got + n, sizeof(got) - n, " %s:%u,%u,%u",
					      name_of(b, i), b->func.at[i].code,
					      b->func.at[i].comments, b->func.at[i].blanks);
		if (strcmp(got, line_cases[c].want))
			print_error("%s\n", line_cases[c].source);
		assert_string_equal(got, line_cases[c].want);
		assert_int_equal(b->body.code + b->body.comments + b->body.blanks,
				 b->body.lines);
	}
}

/* Which functions are ignored by whom: c gocyclo, g gocognit, - nobody. */
static const struct { const char *source, *want; } ignore_cases[] = {
	{ "//gocyclo:ignore\nfunc f() {}\n//gocognit:ignore\nfunc g() {}\nfunc h() {}\n", "cg-" },
	{ "//gocyclo:ignore\n//gocognit:ignore\nfunc f() {}\n", "b" },
	{ "// doc\n//gocyclo:ignore \nfunc f() {}\n", "c" },
	{ "//gocyclo: ignore\nfunc f() {}\n", "c" },
	{ "//gocyclo:ignored\nfunc f() {}\n", "-" },
	{ "// gocyclo:ignore\nfunc f() {}\n", "-" },
	{ "//gocognit:ignore \nfunc f() {}\n", "-" },
	{ "//gocognit:ignore\r\nfunc f() {}\n", "g" },
	{ "/*gocyclo:ignore*/\nfunc f() {}\n", "-" },
	{ "//gocyclo:ignore\n\nfunc f() {}\n", "-" },
	{ "//gocyclo:ignore\n// more\nfunc f() {}\n", "c" },
	{ "//gocyclo:ignore\n\n// more\nfunc f() {}\n", "-" },
	{ "//gocyclo:ignore\n/* a\n*/\nfunc f() {}\n", "c" },
	{ "//gocyclo:ignore\n/* a */ func f() {}\n", "-" },
	{ "/* a */ //gocyclo:ignore\nfunc f() {}\n", "c" },
	{ "var x int //gocyclo:ignore\nfunc f() {}\n", "-" },
	{ "var x int //gocyclo:ignore\n// b\nfunc f() {}\n", "-" },
	{ "var x int // a\n//gocyclo:ignore\nfunc f() {}\n", "c" },
	{ "func f() {\n//gocyclo:ignore\n}\n", "-" },
	{ "func f() { //gocyclo:ignore\n}\nfunc g() {}\n", "--" },
	{ "//gocyclo:ignore\nvar f = func() {}\n", "c" },
	{ "//gocyclo:ignore\nvar (\n\tf = func() {}\n\tg = func() {}\n)\n", "cc" },
	{ "var (\n\t//gocyclo:ignore\n\tf = func() {}\n)\n", "-" },
};

static void directives_above_a_declaration_count(void **state)
{
	struct fixture *f = *state;

	for (unsigned c = 0; c < ARRAY_SIZE(ignore_cases); c++) {
		const char *source = ignore_cases[c].source;
		const struct body_builder *b = measure(f, "package p\n", source);
		char got[16] = "";

		for (uint32_t i = 0; i < b->func.count; i++)
			got[i] = "-cgb"[b->func.at[i].flags / FUNC_GOCYCLO_IGNORE & 3];
		if (strcmp(got, ignore_cases[c].want))
			print_error("%s\n", source);
		assert_string_equal(got, ignore_cases[c].want);
	}
}

/* line:col file line:col of each; = for the file itself. */
static const struct { const char *source, *want; } remap_cases[] = {
	{ "//line x.go:7\nfunc f() {}\n", "3:1 x.go 7:0" },
	{ "//line a b.go:7:3\n", "" },
	{ "//line a b.go:7:3\nvar x int\n", "3:1 a b.go 7:3" },
	{ " //line x.go:7\nvar x int\n", "" },
	{ "// line x.go:7\nvar x int\n", "" },
	{ "//line x.go\nvar x int\n", "" },
	{ "//line x.go:\nvar x int\n", "" },
	{ "//line x.go:y\nvar x int\n", "" },
	{ "//line x.go:0\nvar x int\n", "" },
	{ "//line x.go:1:0\nvar x int\n", "" },
	{ "//line x.go:1073741825\nvar x int\n", "" },
	{ "//line x.go:99999999999999999999\nvar x int\n", "" },
	{ "//line x.go:1073741824\r\nvar x int\n", "3:1 x.go 1073741824:0" },
	{ "//line :7\nvar x int\n", "3:1  7:0" },
	{ "//line :7:1\nvar x int\n", "3:1 = 7:1" },
	{ "//line a.go:1\n//line :7:1\nvar x int\n", "3:1 a.go 1:0, 4:1 a.go 7:1" },
	{ "//line c:\\a.go:1\nvar x int\n", "3:1 c:\\a.go 1:0" },
	{ "var x /*line a.go:1*/ int\n", "2:22 a.go 1:0" },
	{ "var x /*line a.go:1\n*/ int\n", "" },
	{ "var x /*line a.go:1:2*/ int /*line b.go:3*/ = 1\n", "2:24 a.go 1:2, 2:44 b.go 3:0" },
};

static void line_directives_are_known(void **state)
{
	struct fixture *f = *state;

	for (unsigned c = 0; c < ARRAY_SIZE(remap_cases); c++) {
		const char *source = remap_cases[c].source;
		const struct body_builder *b = measure(f, "package p\n", source);
		char got[256] = "";

		for (uint32_t i = 0; i < b->remap.count; i++) {
			const struct body_remap *r = &b->remap.at[i];
			size_t n = strlen(got);

			snprintf(got + n, sizeof(got) - n, "%s%u:%u %s %u:%u", i ? ", " : "",
				 r->line, r->col, r->own ? "=" : b->text + r->as_file, r->as_line,
				 r->as_col);
		}
		if (strcmp(got, remap_cases[c].want))
			print_error("%s\n", source);
		assert_string_equal(got, remap_cases[c].want);
	}
}

static void whole_functions_of_broken_files_count(void **state)
{
	struct fixture *f = *state;
	const struct body_builder *b = measure(f, "package p\n",
		"func f() { if a { } }\nfunc g( {\nfunc h() { for { } }\n");

	assert_int_equal(f->syntax.status, SYNTAX_ERROR);
	assert_true(b->func.count >= 1);
	assert_string_equal(name_of(b, 0), "f");
	assert_int_equal(b->func.at[0].cyclomatic, 2);
	measure(f, "", "");
	assert_int_equal(b->func.count, 0);
	measure(f, "", "}}}} func (((");
	measure(f, "package p\n", "func");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_code_comment_or_blank),
		cmocka_unit_test(directives_above_a_declaration_count),
		cmocka_unit_test(line_directives_are_known),
		cmocka_unit_test(whole_functions_of_broken_files_count),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
