/* SPDX-License-Identifier: MIT */
/* test_mainline.c - clocks of a line of commits, against every choice of those that are right. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/sym.h"
#include "graph/source/mainline.h"

#define MOST 9u

/* The youngest first: does the chosen row never run backwards? */
static bool is_row(const struct line_commit *c, uint32_t n, uint32_t chosen)
{
	int64_t last = INT64_MIN;

	for (uint32_t i = n; i-- > 0;) {
		if (!(chosen >> i & 1))
			continue;
		if (c[i].clock < last)
			return false;
		last = c[i].clock;
	}
	return true;
}

static uint32_t longest(const struct line_commit *c, uint32_t n)
{
	uint32_t best = 0;

	for (uint32_t chosen = 0; chosen < UINT32_C(1) << n; chosen++)
		if (is_row(c, n, chosen) && (uint32_t)__builtin_popcount(chosen) > best)
			best = (uint32_t)__builtin_popcount(chosen);
	return best;
}

static void believes_as_many_clocks_as_can_be(void **state)
{
	uint32_t seed = 11;

	(void)state;
	for (unsigned round = 0; round < 3000; round++) {
		struct line_commit c[MOST] = { { .id = "" } };
		uint32_t n = round % (MOST + 1), kept = 0;

		for (uint32_t i = 0; i < n; i++) {
			seed = seed * 1664525 + 1013904223;
			c[i].clock = (int64_t)(seed >> 24) % 12 - 2;
		}
		uint32_t wrong = mainline_clocks(c, n);

		assert_int_equal(n - wrong, longest(c, n));
		for (uint32_t i = 0; i < n; i++) {
			kept += c[i].time == c[i].clock;
			if (i)
				assert_true(c[i].time <= c[i - 1].time);
		}
		assert_true(kept >= n - wrong);
	}
}

static void finds_the_youngest_at_or_before(void **state)
{
	const struct line_commit c[] = {
		{ .time = 50 }, { .time = 30 }, { .time = 30 }, { .time = 10 },
	};
	const struct mainline line = { .commit = c, .count = 4 };

	(void)state;
	for (int64_t at = 0; at < 60; at++) {
		uint32_t want = ID_NONE;

		for (uint32_t i = 4; i-- > 0;)
			want = c[i].time <= at ? i : want;
		assert_int_equal(mainline_at(&line, at), want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(believes_as_many_clocks_as_can_be),
		cmocka_unit_test(finds_the_youngest_at_or_before),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
