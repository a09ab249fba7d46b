/* SPDX-License-Identifier: MIT */
/* test_place.c - GitHub's hash of lines: its own vectors, brute force, what is not UTF-8. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "cmd/report/place.h"

#include <stdlib.h>
#include <string.h>

#define LOREM "Lorem ipsum dolor sit amet.\n"

static void assert_hashes(const char *text, const uint64_t *want, uint32_t count)
{
	uint64_t *hash;
	uint32_t n = place_line_hashes(text, strlen(text), &hash);

	assert_int_equal(n, count);
	for (uint32_t i = 0; i < n; i++)
		assert_true(hash[i] == want[i]);
	free(hash);
}

/* What the action that uploads to GitHub computes for these texts, as its own tests say. */
static void hashes_are_those_of_github(void **state)
{
	static const uint64_t empty[] = { 0xc129715d7a2bc9a3 };
	static const uint64_t letters[] = {
		0x271789c17abda88f, 0x54703d4cd895b18, 0x180aee12dab6264, 0xa23a3dc5e078b07b,
	};
	static const uint64_t hello[] = {
		0xe9496ae3ebfced30, 0xfb7c023a8b9ccb3f, 0xce8ba1a563dcdaca, 0xe20e36e16fcb0cc8,
		0xb3edc88f2938467e, 0xc8e28b0b4002a3a0, 0xc129715d7a2bc9a3,
	};
	static const char *const ends[] = {
		" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n",
		" hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r",
		" hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n",
		" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n",
	};
	static const uint64_t lorem[] = {
		0xa7f2ff13bc495cf2, 0xa7f2ff13bc495cf2, 0xa7f2ff13bc495cf2, 0xa7f2ff13bc495cf2,
		0xa7f2ff13bc495cf2, 0xa7f2ff13bc495cf2, 0xa7f2ff1481e87703, 0xa9cf91f7bbf1862b,
		0x55ec222b86bcae53, 0xcc97dc7b1d7d8f7b, 0xc129715d7a2bc9a3,
	};

	(void)state;
	assert_hashes("", empty, ARRAY_SIZE(empty));
	assert_hashes(" a\nb\n  \t\tc\n d", letters, ARRAY_SIZE(letters));
	for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
		assert_hashes(ends[i], hello, ARRAY_SIZE(hello));
	assert_hashes(LOREM LOREM LOREM LOREM LOREM LOREM LOREM LOREM LOREM LOREM, lorem,
		      ARRAY_SIZE(lorem));
}

/* The sum as place.h writes it, from ASCII text, line by line. */
static uint64_t plain_hash(const char *text, size_t len, uint32_t line)
{
	uint64_t hash = 0;
	uint32_t now = 0, units = 0;
	bool start = true, after_cr = false;

	for (size_t i = 0; i <= len && units < 100; i++) {
		bool skip = after_cr && text[i] == '\n' && i < len;
		uint32_t unit = i == len ? 65535 : text[i] == '\r' ? '\n' :
				(unsigned char)text[i];

		after_cr = i < len && text[i] == '\r';
		if (skip || (i < len && (text[i] == ' ' || text[i] == '\t')))
			continue;
		now += start;
		start = unit == '\n';
		if (now < line)
			continue;
		hash = hash * 37 + unit;
		units++;
	}
	for (; units < 100; units++)
		hash *= 37;
	return hash;
}

static void any_text_of_few_letters(void **state)
{
	static const char letters[] = "ab \t\r\n\nx";
	uint32_t seed = 7;

	(void)state;
	for (unsigned round = 0; round < 3000; round++) {
		char text[300];
		uint64_t *hash;
		size_t len;

		seed = seed * 1664525 + 1013904223;
		len = seed >> 8 & (round % 2 ? 255 : 15);
		for (size_t i = 0; i < len; i++) {
			seed = seed * 1664525 + 1013904223;
			text[i] = letters[seed >> 24 & 7];
		}
		text[len] = '\0';
		uint32_t n = place_line_hashes(text, len, &hash);

		for (uint32_t line = 1; line <= n; line++)
			assert_true(hash[line - 1] == plain_hash(text, len, line));
		free(hash);
	}
}

/* One U+FFFD for a sequence that breaks off, as decoders of the web do; surrogates in pairs. */
static void code_points_are_utf16_units(void **state)
{
	static const struct { const char *text, *like; } same[] = {
		{ "\xff" "a", "\xef\xbf\xbd" "a" },
		{ "\xe4\xb8" "a", "\xef\xbf\xbd" "a" },
		{ "\xf0\x9f\x98" "a", "\xef\xbf\xbd" "a" },
		{ "\xf0\x9f\x98", "\xef\xbf\xbd" },
		{ "\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" },
		{ "\xe0\x80\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" },
		{ "\xf4\x90\x80\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" },
		{ "\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd" },
	};
	uint64_t *a, *b;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(same); i++) {
		assert_int_equal(place_line_hashes(same[i].text, strlen(same[i].text), &a), 1);
		assert_int_equal(place_line_hashes(same[i].like, strlen(same[i].like), &b), 1);
		assert_true(*a == *b);
		free(a);
		free(b);
	}
	/* U+1F600 is d83d de00, then the end of the file and 97 zeros. */
	uint64_t want = ((uint64_t)0xd83d * 37 + 0xde00) * 37 + 65535;

	for (int i = 0; i < 97; i++)
		want *= 37;
	assert_int_equal(place_line_hashes("\xf0\x9f\x98\x80", 4, &a), 1);
	assert_true(*a == want);
	free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hashes_are_those_of_github),
		cmocka_unit_test(any_text_of_few_letters),
		cmocka_unit_test(code_points_are_utf16_units),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
