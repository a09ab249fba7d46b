/* SPDX-License-Identifier: MIT */
/* test_date_span.c - spans of time: one meaning, whoever asks; each day of 28 years is tried. */
#include "base/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int64_t at(const char *day)
{
	int64_t days;

	assert_true(date_parse(day, &days));
	return days * SECONDS_A_DAY;
}

static void test_since(void **state UNUSED)
{
	static const struct { const char *text, *now, *want; } rows[] = {
		{ "12m", "2026-08-20", "2025-08-20" }, { "1y", "2024-02-29", "2023-02-28" },
		{ "1m", "2026-03-31", "2026-02-28" },  { "2w", "2026-03-01", "2026-02-15" },
		{ "90d", "2026-04-01", "2026-01-01" }, { "2020-05-06", "2026-01-01", "2020-05-06" },
		{ "100y", "2026-01-01", "1970-01-01" }, { "13m", "2024-03-29", "2023-02-28" },
		{ "4y", "2024-02-29", "2020-02-29" },  { "99999d", "2026-01-01", "1970-01-01" },
		{ "673m", "2026-01-31", "1970-01-01" }, { "672m", "2026-01-31", "1970-01-31" },
	};
	struct err err = ERR_INIT;
	int64_t got;

	for (unsigned i = 0; i < ARRAY_SIZE(rows); i++) {
		assert_int_equal(date_since(rows[i].text, at(rows[i].now), &got, &err), 0);
		assert_int_equal(got, at(rows[i].want));
	}
	assert_int_equal(date_since("all", 0, &got, &err), 0);
	assert_true(got == INT64_MIN);
	/* The hour stays: a run at noon looks back to noon. */
	assert_int_equal(date_since("1m", at("2026-03-31") + 43200, &got, &err), 0);
	assert_int_equal(got, at("2026-02-28") + 43200);
	static const char *const bad[] = {
		"", "soon", "12", "m", "0m", "1h", "1mm", "-1m", "+1m", " 1m", "1 m", "100001d",
		"99999999999999999999d", "2026-02-30", "ALL",
	};

	for (unsigned i = 0; i < ARRAY_SIZE(bad); i++) {
		struct date_span span;

		assert_false(date_span_parse(bad[i], &span));
		assert_int_equal(date_since(bad[i], at("2026-01-01"), &got, &err), -1);
		assert_int_equal(err.code, ERR_USAGE);
		err = (struct err)ERR_INIT;
	}
}

/* Month by month from the day itself, not from the last point: a short month shortens no other. */
static void test_points(void **state UNUSED)
{
	static const char *const want[] = {
		"2024-05-31", "2024-04-30", "2024-03-31", "2024-02-29", "2024-01-31", "2023-12-31",
	};
	struct date_span month;

	assert_true(date_span_parse("1m", &month));
	for (uint32_t i = 0; i < ARRAY_SIZE(want); i++)
		assert_int_equal(date_before(at(want[0]), &month, i), at(want[i]));
}

/* The calendar by itself: the same day so many months before, else the last one of that month. */
static void test_each_day(void **state UNUSED)
{
	static const char *const texts[] = { "1m", "2m", "11m", "1y", "30m" };
	static const unsigned months[] = { 1, 2, 11, 12, 30 };
	char day[DATE_BYTES], want[64];

	for (int64_t now = at("1998-01-01"); now < at("2026-01-01"); now += SECONDS_A_DAY)
		for (unsigned i = 0; i < ARRAY_SIZE(texts); i++) {
			struct date_span span;
			int64_t days;

			assert_true(date_span_parse(texts[i], &span));
			date_text(now, day);
			unsigned month = (unsigned)(strtoul(day, NULL, 10) * 12 +
						    strtoul(day + 5, NULL, 10) - 1) - months[i];
			unsigned last = (unsigned)strtoul(day + 8, NULL, 10);

			do
				snprintf(want, sizeof(want), "%04u-%02u-%02u", month / 12,
					 month % 12 + 1, last);
			while (!date_parse(want, &days) && last-- > 28);
			assert_int_equal(date_before(now, &span, 1), days * SECONDS_A_DAY);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_since), cmocka_unit_test(test_points),
		cmocka_unit_test(test_each_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
