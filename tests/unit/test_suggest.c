/* SPDX-License-Identifier: MIT */
/* test_suggest.c - "did you mean" finds what a person meant, and nothing where nothing is near. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/suggest.h"

#include <stdio.h>
#include <string.h>

static const char *const names[] = {
	"analyze", "explain", "list", "graph", "cycles", "completion", "help",
	"import-cycle", "package-cycle", "test-cycle", "could-be-internal", "color", "format",
};

static const char *ask(const char *wanted)
{
	static char buf[SUGGEST_BYTES];
	struct suggest s;

	suggest_init(&s, wanted);
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		suggest_offer(&s, names[i]);
	return suggest_text(&s, "", buf);
}

static void known_slips(void **state UNUSED)
{
	static const struct { const char *typed, *says; } cases[] = {
		{ "lst", "; did you mean 'list'?" },
		{ "lsit", "; did you mean 'list'?" },
		{ "LIST", "; did you mean 'list'?" },
		{ "analyse", "; did you mean 'analyze'?" },
		{ "grpah", "; did you mean 'graph'?" },
		{ "comp", "; did you mean 'completion'?" },
		{ "import-cyle", "; did you mean 'import-cycle'?" },
		{ "cycle", "; did you mean 'cycles'?" },
		{ "internal", "; did you mean 'could-be-internal'?" },
		{ "colour", "; did you mean 'color'?" },
		{ "frobnicate", "" },
		{ "x", "" },
		{ "", "" },
		{ "zz", "" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *got = ask(cases[i].typed);

		if (strcmp(got, cases[i].says))
			fail_msg("'%s' gives \"%s\", not \"%s\"", cases[i].typed, got,
				 cases[i].says);
	}
}

/* One letter dropped, doubled, replaced or swapped anywhere: the name is among the answers. */
static void every_single_edit_is_found(void **state UNUSED)
{
	char quoted[80], typed[80];

	for (size_t n = 0; n < ARRAY_SIZE(names); n++) {
		const char *name = names[n];
		size_t len = strlen(name);

		snprintf(quoted, sizeof(quoted), "'%s'", name);
		for (size_t at = 0; at < len; at++)
			for (int edit = 0; edit < 4; edit++) {
				int head = (int)at;
				const char *tail = name + at;

				if (edit == 0)
					snprintf(typed, sizeof(typed), "%.*s%s", head, name,
						 tail + 1);
				else if (edit == 1)
					snprintf(typed, sizeof(typed), "%.*s%c%s", head, name,
						 *tail, tail);
				else if (edit == 2)
					snprintf(typed, sizeof(typed), "%.*sq%s", head, name,
						 tail + 1);
				else if (tail[1])
					snprintf(typed, sizeof(typed), "%.*s%c%c%s", head, name,
						 tail[1], tail[0], tail + 2);
				if (strcmp(typed, name) && !strstr(ask(typed), quoted))
					fail_msg("'%s' does not find '%s': \"%s\"", typed, name,
						 ask(typed));
			}
	}
}

static void three_at_most_in_the_order_of_their_offer(void **state UNUSED)
{
	struct suggest s;
	char buf[SUGGEST_BYTES];

	suggest_init(&s, "axc");
	suggest_offer(&s, "unrelated");
	suggest_offer(&s, "abc");
	suggest_offer(&s, "adc");
	assert_string_equal(suggest_text(&s, "--", buf), "; did you mean '--abc' or '--adc'?");
	suggest_offer(&s, "aec");
	suggest_offer(&s, "afc");
	assert_string_equal(suggest_text(&s, "", buf), "; did you mean 'abc', 'adc' or 'aec'?");
	suggest_offer(&s, "AXC");
	assert_string_equal(suggest_text(&s, "", buf), "; did you mean 'AXC'?");
	suggest_offer(&s, "abc");
	assert_string_equal(suggest_text(&s, "", buf), "; did you mean 'AXC'?");
}

static void long_text_is_no_trap(void **state UNUSED)
{
	char typed[4096], buf[SUGGEST_BYTES], name[64];
	struct suggest s;

	memset(typed, 'a', sizeof(typed) - 1);
	typed[sizeof(typed) - 1] = '\0';
	assert_string_equal(ask(typed), "");
	memset(name, 'b', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	suggest_init(&s, name);
	for (int i = 0; i < 5; i++)
		suggest_offer(&s, name);
	assert_true(strlen(suggest_text(&s, "--", buf)) < SUGGEST_BYTES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_slips),
		cmocka_unit_test(every_single_edit_is_found),
		cmocka_unit_test(three_at_most_in_the_order_of_their_offer),
		cmocka_unit_test(long_text_is_no_trap),
	};

	return cmocka_run_group_tests_name("suggest", tests, NULL, NULL);
}
