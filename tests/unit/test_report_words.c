/* SPDX-License-Identifier: MIT */
/* test_report_words.c - escapes that reports share: nothing is lost, nothing becomes markup. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/text.h"
#include "cmd/report/report_words.h"

#include <stdlib.h>
#include <string.h>

static uint32_t next(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

static void fill(char *text, size_t len, const char *letters, uint32_t *seed)
{
	for (size_t i = 0; i < len; i++)
		text[i] = letters[next(seed) % strlen(letters)];
	text[len] = '\0';
}

/* Every byte comes back, and only what RFC 3986 lets stand there is in between. */
static void a_uri_is_the_path_again(void **state)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789-._~/!$&'()*+,;=@%";
	struct arena a = ARENA_INIT;
	uint32_t seed = 3;

	(void)state;
	for (unsigned round = 0; round < 2000; round++) {
		char path[40], back[40] = "";
		size_t len = 1 + next(&seed) % 30, n = 0;

		for (size_t i = 0; i < len; i++)
			path[i] = (char)(1 + next(&seed) % 255);
		path[len] = '\0';
		for (const char *p = uri_of_path(path, &a); *p; p++) {
			assert_non_null(strchr(allowed, *p));
			if (*p != '%') {
				back[n++] = *p;
				continue;
			}
			char hex[3] = { p[1], p[2], '\0' };

			back[n++] = (char)strtoul(hex, NULL, 16);
			p += 2;
		}
		assert_string_equal(back, path);
		arena_reset(&a);
	}
	assert_string_equal(uri_of_path("a b/c:d#e?f%g.go", &a), "a%20b/c%3Ad%23e%3Ff%25g.go");
	arena_release(&a);
}

static void cleaned_text_is_utf8(void **state)
{
	struct arena a = ARENA_INIT;
	uint32_t seed = 5;

	(void)state;
	for (unsigned round = 0; round < 2000; round++) {
		char text[40];

		fill(text, next(&seed) % 30,
		     "ab\xc3\xa4\xe4\xb8\xad\xf0\x9f\x98\x80\xff\x80", &seed);
		const char *clean = clean_utf8(text, &a);

		assert_true(utf8_valid(clean, strlen(clean)));
		assert_ptr_equal(clean_utf8(clean, &a), clean);
		assert_int_equal(utf8_valid(text, strlen(text)), clean == text);
		arena_reset(&a);
	}
	arena_release(&a);
}

/* Whatever a name is made of: no cell ends, no tag but code and a comment, no link, no mention. */
static void names_are_no_markup(void **state)
{
	struct arena a = ARENA_INIT;
	uint32_t seed = 9;

	(void)state;
	for (unsigned round = 0; round < 5000; round++) {
		char text[40];

		fill(text, next(&seed) % 30, "aa  ''`|\\*_[]()<>&@#1:/\n", &seed);
		const char *out = markdown_text(text, &a);
		bool code = false;

		for (const char *p = out; *p; p++) {
			code ^= *p == '`';
			assert_null(strchr(code ? "|\n\\<>&" : "|\n[]*_\\", *p));
		}
		assert_false(code);
		for (const char *p = strchr(out, '<'); p; p = strchr(p + 1, '<'))
			assert_true(!strncmp(p, "<code>", 6) || !strncmp(p, "</code>", 7) ||
				    !strncmp(p, "<!-- -->", 8));
		arena_reset(&a);
	}
	assert_string_equal(markdown_text("'a/b' imports 'c', not 'd|e'", &a),
			    "`a/b` imports `c`, not <code>d&#124;e</code>");
	assert_string_equal(markdown_text("it's of @team, #12", &a),
			    "it's of @<!-- -->team, #<!-- -->12");
	assert_string_equal(markdown_prose("use `a|b` or *c*", &a),
			    "use <code>a&#124;b</code> or &#42;c&#42;");
	arena_release(&a);
}

static void sentences_end_once(void **state)
{
	struct arena a = ARENA_INIT;

	(void)state;
	assert_string_equal(full_stop("a", &a), "a.");
	assert_string_equal(full_stop("a.", &a), "a.");
	assert_string_equal(full_stop("did you mean 'a'?", &a), "did you mean 'a'?");
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_uri_is_the_path_again),
		cmocka_unit_test(cleaned_text_is_utf8),
		cmocka_unit_test(names_are_no_markup),
		cmocka_unit_test(sentences_end_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
