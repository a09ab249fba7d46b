/* SPDX-License-Identifier: MIT */
/* test_text.c - decoding, escaping, widths, cutting, wrapping, counting. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static struct arena *arena_of(void **state)
{
	return *state;
}

static int setup(void **state)
{
	struct arena *a = calloc(1, sizeof(*a));

	*state = a;
	return a ? 0 : -1;
}

static int teardown(void **state)
{
	arena_release(*state);
	free(*state);
	return 0;
}

static size_t encode(uint32_t c, char *out)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

	for (size_t i = n; i-- > 1; c >>= 6)
		out[i] = (char)(0x80 | (c & 0x3f));
	out[0] = (char)((0xf00 >> n & 0xff) | c);
	return n;
}

/* Every code point, and every string of two bytes: what is not UTF-8 is one byte. */
static void decodes_all_of_unicode_and_nothing_else(void **state)
{
	uint32_t point;
	char s[4];

	(void)state;
	for (uint32_t c = 1; c < 0x110000; c++) {
		size_t n = encode(c, s);

		if (c >= 0xd800 && c <= 0xdfff) {
			assert_int_equal(utf8_decode(s, n, &point), 1);
			assert_true(point == UTF8_INVALID);
			continue;
		}
		assert_int_equal(utf8_decode(s, n, &point), n);
		assert_int_equal(point, c);
		assert_true(utf8_valid(s, n));
		/* Cut off: invalid, and nothing behind the end is read. */
		if (n > 1) {
			char *cut = malloc(n - 1);

			memcpy(cut, s, n - 1);
			assert_int_equal(utf8_decode(cut, n - 1, &point), 1);
			assert_true(point == UTF8_INVALID);
			assert_false(utf8_valid(cut, n - 1));
			free(cut);
		}
	}
	for (unsigned a = 0x80; a < 0x100; a++) {
		for (unsigned b = 0; b < 0x100; b++) {
			bool valid = a >= 0xc2 && a <= 0xdf && b >= 0x80 && b <= 0xbf;

			s[0] = (char)a;
			s[1] = (char)b;
			assert_int_equal(utf8_decode(s, 2, &point), valid ? 2 : 1);
			assert_int_equal(point == UTF8_INVALID, !valid);
		}
	}
}

static void rejects_overlong_and_too_large(void **state)
{
	static const char *const bad[] = {
		"\xc0\x80", "\xc1\xbf", "\xe0\x80\x80", "\xe0\x9f\xbf", "\xf0\x80\x80\x80",
			"\xf0\x8f\xbf\xbf",
		"\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\x80",
	};
	uint32_t point;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		assert_int_equal(utf8_decode(bad[i], strlen(bad[i]), &point), 1);
		assert_true(point == UTF8_INVALID);
	}
}

static void escapes_what_a_terminal_obeys(void **state)
{
	static const struct { const char *raw, *safe; } row[] = {
		{ "plain.go", "plain.go" }, { "", "" }, { "a\nb", "a\\nb" }, { "a\tb\rc",
			"a\\tb\\rc" },
		{ "\033[31mred", "\\x1b[31mred" }, { "\x7f", "\\x7f" }, { "\xc2\x9b" "1m",
			"\\u009b1m" },
		{ "\xe2\x80\xae" "gpj", "\\u202egpj" }, { "\xe2\x81\xa6", "\\u2066" },
		{ "\xff\xfe", "\\xff\\xfe" }, { "\xe8\xae\xa2\xe5\x8d\x95",
			"\xe8\xae\xa2\xe5\x8d\x95" },
		{ "\xf3\xa0\x80\x81", "\\U000e0001" }, { "\x01", "\\x01" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(row); i++)
		assert_string_equal(text_escape(arena_of(state), row[i].raw), row[i].safe);
	assert_string_equal(text_escape_bytes(arena_of(state), "a\0b", 3), "a\\x00b");
	/* What is harmless is not copied. */
	assert_ptr_equal(text_escape(arena_of(state), row[0].raw), row[0].raw);
}

/* Any bytes: the result is UTF-8, has nothing hostile in it, and stays when escaped again. */
static void escaping_is_safe_for_any_bytes(void **state)
{
	uint32_t seed = 7;

	for (int round = 0; round < 20000; round++) {
		char raw[24];
		size_t len = 0;
		uint32_t point;

		for (; len < sizeof(raw); len++) {
			seed = seed * 1664525 + 1013904223;
			/* Mostly bytes that begin or continue sequences. */
			raw[len] = (char)(seed >> 24 | (seed >> 8 & 1 ? 0x80 : 0));
			if ((seed >> 16) % 24 == 0)
				break;
		}
		const char *safe = text_escape_bytes(arena_of(state), raw, len);
		size_t n = strlen(safe);

		assert_true(utf8_valid(safe, n));
		for (size_t i = 0; i < n;) {
			i += utf8_decode(safe + i, n - i, &point);
			assert_false(text_is_hostile(point));
		}
		assert_string_equal(text_escape(arena_of(state), safe), safe);
		arena_reset(arena_of(state));
	}
}

static void width_counts_columns(void **state)
{
	(void)state;
	assert_int_equal(text_width(""), 0);
	assert_int_equal(text_width("internal/order"), 14);
	assert_int_equal(text_width("\xe8\xae\xa2\xe5\x8d\x95"), 4);                    /* 订单 */
	assert_int_equal(text_width("\xed\x95\x9c"), 2);                                /* 한 */
	assert_int_equal(text_width("e\xcc\x81"), 1);                  /* e + acute */
	assert_int_equal(text_width("\xf0\x9f\x9a\x80"), 2);                            /* rocket */
	assert_int_equal(text_width("\xc3\xa9\xc3\x9f"), 2);
	assert_int_equal(text_width("\xe2\x80\xa6"), 1);
	assert_int_equal(text_point_width(0x4e00), 2);
	assert_int_equal(text_point_width(0x9fff), 2);
	assert_int_equal(text_point_width(0x303f), 1);
	assert_int_equal(text_point_width(0xff21), 2);
	assert_int_equal(text_point_width(0x200b), 0);
	assert_int_equal(text_point_width(0x1f600), 2);
}

static const char *const samples[] = {
	"", "a", "internal/service/order", "\xe8\xae\xa2\xe5\x8d\x95/\xe6\x94\xaf\xe4\xbb\x98",
		"e\xcc\x81" "e\xcc\x81x",
	"x\xf0\x9f\x9a\x80y\xf0\x9f\x9a\x80z",
};

static void cutting_never_exceeds_and_padding_is_exact(void **state)
{
	struct arena *a = arena_of(state);

	for (size_t i = 0; i < ARRAY_SIZE(samples); i++) {
		size_t width = text_width(samples[i]);

		for (size_t columns = 0; columns < 30; columns++) {
			const char *cut = text_cut(a, samples[i], columns);
			const char *left = text_cut_left(a, samples[i], columns);

			assert_true(text_width(cut) <= columns);
			assert_true(text_width(left) <= columns);
			assert_true(utf8_valid(cut, strlen(cut)));
			assert_true(utf8_valid(left, strlen(left)));
			assert_int_equal(text_width(text_pad(a, samples[i], columns)), columns);
			if (columns >= width) {
				assert_string_equal(cut, samples[i]);
				assert_string_equal(left, samples[i]);
			} else if (columns) {
				/* A wide character that does not fit costs one column at most. */
				assert_true(text_width(cut) + 1 >= columns);
				assert_true(text_width(left) + 1 >= columns);
			}
		}
	}
	assert_string_equal(text_cut(a, "internal/order", 6), "inter\xe2\x80\xa6");
	assert_string_equal(text_cut_left(a, "internal/order", 6), "\xe2\x80\xa6order");
	assert_string_equal(text_pad(a, "ab", 4), "ab  ");
}

static char *wrapped(const char *text, size_t start, unsigned indent, unsigned columns)
{
	char *bytes = calloc(1, 4096);
	FILE *f = fmemopen(bytes, 4096, "w");

	text_wrap_from(f, text, start, indent, columns);
	fclose(f);
	return bytes;
}

static void wrapping_keeps_words_and_columns(void **state)
{
	static const char text[] = "Folders in a circle cannot be moved, tested or released apart: "
				   "\xe8\xae\xa2\xe5\x8d\x95 too.";
	char *out = wrapped("one two three", 0, 2, 7);

	(void)state;
	assert_string_equal(out, "one two\n  three\n");
	free(out);
	out = wrapped("one [a" TEXT_GLUE "b]", 0, 2, 7);
	assert_string_equal(out, "one\n  [a b]\n");
	free(out);
	out = wrapped("averylongword b", 4, 4, 8);
	assert_string_equal(out, "averylongword\n    b\n");
	free(out);
	out = wrapped("", 4, 4, 8);
	assert_string_equal(out, "\n");
	free(out);
	for (unsigned columns = 12; columns < 70; columns++) {
		char *p, joined[sizeof(text)] = "", *line;
		size_t used = 0;

		out = wrapped(text, 3, 3, columns);
		for (line = out, p = strchr(line, '\n'); p; line = p + 1, p = strchr(line, '\n')) {
			size_t skip = line == out ? 0 : 3;

			*p = '\0';
			/* The first line continues at column 3. */
			assert_true(text_width(line) + (skip ? 0 : 3) <= columns);
			used += (size_t)snprintf(joined + used, sizeof(joined) - used, "%s%s",
						 used ? " " : "",
						 line + skip);
		}
		assert_string_equal(joined, text);
		free(out);
	}
}

static void numbers_read_well(void **state)
{
	struct arena *a = arena_of(state);

	assert_string_equal(text_number(a, 0), "0");
	assert_string_equal(text_number(a, 999), "999");
	assert_string_equal(text_number(a, 2318), "2,318");
	assert_string_equal(text_number(a, 1234567), "1,234,567");
	assert_string_equal(text_number(a, UINT64_MAX), "18,446,744,073,709,551,615");
	assert_string_equal(text_rough(a, 9999), "9,999");
	assert_string_equal(text_rough(a, 10000), "10k");
	assert_string_equal(text_rough(a, 684499), "684k");
	assert_string_equal(text_rough(a, 999499), "999k");
	assert_string_equal(text_rough(a, 999500), "1.0M");
	assert_string_equal(text_rough(a, 1249999), "1.2M");
	assert_string_equal(text_rough(a, 1234567890), "1,234.6M");
	assert_string_equal(text_count(a, 1, "file", "files"), "1 file");
	assert_string_equal(text_count(a, 0, "file", "files"), "0 files");
	assert_string_equal(text_count(a, 2318, "file", "files"), "2,318 files");
}

/* The definition of the optimal string alignment distance, by recursion. */
static size_t slow_distance(const char *a, size_t i, const char *b, size_t k)
{
	if (!i || !k)
		return i + k;
	size_t best = slow_distance(a, i - 1, b, k - 1) + (a[i - 1] != b[k - 1]);
	size_t drop = slow_distance(a, i - 1, b, k) + 1, add = slow_distance(a, i, b, k - 1) + 1;

	best = drop < best ? drop : best;
	best = add < best ? add : best;
	if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1]) {
		size_t swap = slow_distance(a, i - 2, b, k - 2) + 1;

		best = swap < best ? swap : best;
	}
	return best;
}

static void distance_agrees_with_its_definition(void **state)
{
	uint32_t seed = 3;

	(void)state;
	for (int round = 0; round < 2000; round++) {
		char s[2][7] = { "", "" };

		for (int w = 0; w < 2; w++) {
			seed = seed * 1664525 + 1013904223;
			size_t len = (seed >> 20) % 6;

			for (size_t i = 0; i < len; i++) {
				seed = seed * 1664525 + 1013904223;
				s[w][i] = (char)('a' + (seed >> 24) % 3);
			}
		}
		size_t want = slow_distance(s[0], strlen(s[0]), s[1], strlen(s[1]));

		for (size_t limit = 0; limit < 8; limit++)
			assert_int_equal(text_distance(s[0], s[1], limit),
					 want <= limit ? want : limit + 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(decodes_all_of_unicode_and_nothing_else, setup,
						teardown),
		cmocka_unit_test_setup_teardown(rejects_overlong_and_too_large, setup, teardown),
		cmocka_unit_test_setup_teardown(escapes_what_a_terminal_obeys, setup, teardown),
		cmocka_unit_test_setup_teardown(escaping_is_safe_for_any_bytes, setup, teardown),
		cmocka_unit_test_setup_teardown(width_counts_columns, setup, teardown),
		cmocka_unit_test_setup_teardown(cutting_never_exceeds_and_padding_is_exact, setup,
						teardown),
		cmocka_unit_test_setup_teardown(wrapping_keeps_words_and_columns, setup, teardown),
		cmocka_unit_test_setup_teardown(numbers_read_well, setup, teardown),
		cmocka_unit_test_setup_teardown(distance_agrees_with_its_definition, setup,
						teardown),
	};

	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
