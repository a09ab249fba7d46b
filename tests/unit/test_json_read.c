/* SPDX-License-Identifier: MIT */
/* test_json_read.c - one JSON object, strictly; days of the calendar. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/date.h"
#include "base/json_read.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static bool read(struct arena *a, const char *text, struct json_members *m)
{
	return json_read_object(text, strlen(text), a, m);
}

static void values_are_decoded(void **state)
{
	static const char text[] =
		" { \"a\" : \"x\\n\\u00e9\\ud83d\\ude00\\\"\" , "
		"\"n\":-1.5e+3,\"t\":true,\"z\":null,"
		"\"o\":{\"p\":[1,{\"q\":[]},\"]\"],\"r\":{}},\"k\\u0041\":\"\\ud800\" } ";
	struct arena a = ARENA_INIT;
	struct json_members m;

	assert_true(read(&a, text, &m));
	assert_int_equal(m.count, 6);
	assert_string_equal(json_member_find(&m, "a")->text, "x\n\xc3\xa9\xf0\x9f\x98\x80\"");
	assert_int_equal(json_member_find(&m, "n")->kind, JSON_IS_NUMBER);
	assert_int_equal(json_member_find(&m, "n")->raw_len, 7);
	assert_int_equal(json_member_find(&m, "t")->kind, JSON_IS_BOOL);
	assert_int_equal(json_member_find(&m, "z")->kind, JSON_IS_NULL);
	assert_int_equal(json_member_find(&m, "o")->kind, JSON_IS_NESTED);
	assert_int_equal(json_member_find(&m, "o")->raw_len,
		strlen("{\"p\":[1,{\"q\":[]},\"]\"],\"r\":{}}"));
	assert_string_equal(json_member_find(&m, "kA")->text, "\xef\xbf\xbd");
	assert_int_equal(json_member_find(&m, "kA")->raw_key_len, strlen("\"k\\u0041\""));
	assert_null(json_member_find(&m, "b"));
	assert_true(read(&a, "{}", &m));
	assert_int_equal(m.count, 0);
	arena_release(&a);
	(void)state;
}

static void what_is_wrong_is_refused(void **state)
{
	static const struct { const char *text; uint32_t col; } row[] = {
		{ "", 1 }, { "[]", 1 }, { "{", 2 }, { "{\"a\"}", 5 }, { "{\"a\":}", 6 },
		{ "{\"a\":1,}", 8 }, { "{\"a\":1 \"b\":2}", 8 }, { "{\"a\":1} x", 9 },
		{ "{\"a\":01}", 6 }, { "{\"a\":1.}", 6 }, { "{\"a\":-}", 6 }, { "{\"a\":1e}", 6 },
		{ "{\"a\":tru}", 6 }, { "{\"a\":\"\\x\"}", 8 }, { "{\"a\":\"\\u12g4\"}", 9 },
		{ "{\"a\":\"\t\"}", 7 }, { "{\"a\":\"\xff\"}", 7 }, { "{\"a\":\"\\u0000\"}", 9 },
		{ "{\"a\":\"x}", 6 }, { "{\"a\":1,\"a\":2}", 8 }, { "{a:1}", 2 }, { "{'a':1}", 2 },
		{ "{\"a\":[1}}", 8 }, { "{\"a\":{\"b\"}}", 10 }, { "{\"a\":[1,]}", 9 },
		{ "{\"a\":NaN}", 6 }, { "\xef\xbb\xbf{}", 1 },
	};
	struct arena a = ARENA_INIT;
	struct json_members m;

	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		if (read(&a, row[i].text, &m))
			fail_msg("accepted: %s", row[i].text);
		assert_non_null(m.problem);
		if (m.col != row[i].col)
			fail_msg("%s: column %u, not %u: %s", row[i].text, m.col, row[i].col,
				 m.problem);
	}
	arena_release(&a);
	(void)state;
}

/* Levels and members end somewhere; nothing recurses. */
static void sizes_have_an_end(void **state)
{
	static char text[400000];
	struct arena a = ARENA_INIT;
	struct json_members m;
	size_t n = 0;

	for (unsigned depth = 1; depth < 200000; depth = depth < 70 ? depth + 1 : depth * 50) {
		n = (size_t)snprintf(text, sizeof(text), "{\"a\":");
		memset(text + n, '[', depth);
		memset(text + n + depth, ']', depth);
		memcpy(text + n + 2 * depth, "}", 2);
		assert_int_equal(read(&a, text, &m), depth <= JSON_READ_DEPTH);
	}
	n = 1;
	for (unsigned i = 0; i <= JSON_MEMBERS_MAX; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n, "%s\"k%u\":%u", i ? "," : "",
			i, i);
	memcpy(text + n, "}", 2);
	text[0] = '{';
	assert_false(read(&a, text, &m));
	assert_string_equal(m.problem, "too many members");
	arena_release(&a);
	(void)state;
}

/* Every beginning of an object is no object. */
static void beginnings_are_refused(void **state)
{
	static const char text[] = "{\"a\":{\"b\":[1,true,\"\\u00e9\"]},\"c\":\"\\\\\"}";
	struct arena a = ARENA_INIT;
	struct json_members m;

	for (size_t n = 0; n < sizeof(text) - 1; n++)
		assert_false(json_read_object(arena_strndup(&a, text, n), n, &a, &m));
	assert_true(read(&a, text, &m));
	arena_release(&a);
	(void)state;
}

/* Against the C library, every day until 2105. */
static void days_are_those_of_the_calendar(void **state)
{
	char text[DATE_BYTES], want[64];
	int64_t days;

	for (int64_t d = 0; d < 49500; d++) {
		time_t t = (time_t)(d * SECONDS_A_DAY);
		struct tm tm;

		assert_non_null(gmtime_r(&t, &tm));
		strftime(want, sizeof(want), "%Y-%m-%d", &tm);
		assert_string_equal(date_text(t, text), want);
		assert_string_equal(date_text(t + SECONDS_A_DAY - 1, text), want);
		assert_true(date_parse(want, &days));
		assert_int_equal(days, d);
	}
	static const char *const bad[] = {
		"", "2027", "2027-3-31", "2027-02-29", "2027-13-01", "2027-00-01", "2027-01-00",
		"2027-04-31", "1969-12-31", "2027-03-31 ", "2027/03/31", "x027-03-31", "2100-02-29",
	};
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		assert_false(date_parse(bad[i], &days));
	assert_true(date_parse("2028-02-29", &days));
	assert_string_equal(date_text(-1, text), "1969-12-31");
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_decoded),
		cmocka_unit_test(what_is_wrong_is_refused),
		cmocka_unit_test(sizes_have_an_end),
		cmocka_unit_test(beginnings_are_refused),
		cmocka_unit_test(days_are_those_of_the_calendar),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
