/* SPDX-License-Identifier: MIT */
/* test_directive.c - //meshctl: comments in heads of files: which, where, about what. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "graph/source/header.h"

#include <stdio.h>
#include <string.h>

/* "line:col-end>target text|..." of all of them. */
static const char *directives(struct arena *a, const char *go)
{
	struct header h;
	const char *out = "";

	header_scan(go, strlen(go), true, a, &h);
	for (uint32_t i = 0; i < h.ndirectives; i++) {
		const struct header_directive *d = &h.directive[i];

		out = arena_printf(a, "%s%s%u:%u-%u>%u %.*s", out, *out ? "|" : "", d->line, d->col,
				   d->end_col, d->target, (int)d->text.len, d->text.s);
	}
	return out;
}

static void are_found_where_they_stand(void **state)
{
	static const struct { const char *go, *want; } row[] = {
		{ "package p\n", "" },
		{ "package p\nimport \"a\" //meshctl:ignore x -- y\n",
			"2:12-35>2 meshctl:ignore x -- y" },
		{ "package p\n\n//meshctl:ignore x -- y  \r\nimport \"a\"\n",
			"3:1-24>4 meshctl:ignore x -- y" },
		/* Stacked above one line; an empty line parts. */
		{ "package p\nimport (\n\t//meshctl:a\n\t// words\n\t//meshctl:b\n\t\"x\"\n)\n",
			"3:2-13>6 meshctl:a|5:2-13>6 meshctl:b" },
		{ "package p\nimport (\n\t//meshctl:a\n\n\t//meshctl:b\n\t\"x\"\n)\n",
			"3:2-13>0 meshctl:a|5:2-13>6 meshctl:b" },
		{ "package p\n//meshctl:a\n\nimport \"x\"\n", "2:1-12>0 meshctl:a" },
		/* Behind code: about that line, not the next. */
		{ "package p\nimport \"x\" //meshctl:a\nimport \"y\"\n", "2:12-23>2 meshctl:a" },
		{ "package p\nimport \"x\" /* a\n*/ //meshctl:a\nimport \"y\"\n",
			"3:4-15>4 meshctl:a" },
		/* The first declaration is the end; what documents it still counts. */
		{ "package p\n// F is.\n//meshctl:a\nfunc F() {} //meshctl:b\n//meshctl:c\n",
			"3:1-12>4 meshctl:a" },
		{ "package p\n//meshctl:a\n", "2:1-12>0 meshctl:a" },
		{ "//meshctl:domain=order\npackage p", "1:1-23>2 meshctl:domain=order" },
		/* Not the beginning of the comment, no comment at all, another word. */
		{ "package p\n// meshctl:a\n// see //meshctl:a\n/* //meshctl:a */\n", "" },
		{ "package p\nimport \"x//meshctl:a\"\nimport `\n//meshctl:b\n`\n", "" },
		{ "package p\n//xmeshctl:a\n//meshctl\n", "" },
		/* A byte order mark is no column. */
		{ "\xef\xbb\xbf//meshctl:a\npackage p\n", "1:1-12>2 meshctl:a" },
		/* A file that Go refuses still has its comments. */
		{ "//meshctl:a\npackage p\nimport x\n//meshctl:b\n",
			"1:1-12>2 meshctl:a|4:1-12>0 meshctl:b" },
	};
	struct arena a = ARENA_INIT;

	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		const char *got = directives(&a, row[i].go);

		if (strcmp(got, row[i].want))
			fail_msg("%s\nfound    %s\nexpected %s", row[i].go, got, row[i].want);
	}
	arena_release(&a);
	(void)state;
}

/* Every beginning of a file with directives is read without harm, and finds no more of them. */
static void any_beginning_is_read(void **state)
{
	static const char go[] = "package p /* x\n*/ //meshctl:a\nimport (\n\"x\\\"\" "
				 "//meshctl:b\n`y\n` //meshctl:c\n)\n//meshctl:d\n/* */ var x\n";
	struct arena a = ARENA_INIT;
	uint32_t most = 0;

	for (size_t n = 0; n < sizeof(go); n++) {
		struct header h;
		char *copy = arena_strndup(&a, go, n);

		header_scan(copy, n, true, &a, &h);
		assert_true(h.ndirectives >= most);
		most = h.ndirectives;
	}
	assert_int_equal(most, 4);
	arena_release(&a);
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(are_found_where_they_stand),
		cmocka_unit_test(any_beginning_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
