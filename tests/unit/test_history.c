/* SPDX-License-Identifier: MIT */
/* test_history.c - what needs no repository: words, ranks, a log as a block. */
#include "analyzers/hotspots.h"
#include "base/date.h"
#include "graph/source/history.h"
#include "graph/source/historylog.h"

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

static void test_months(void **state UNUSED)
{
	assert_int_equal(history_months(at("2026-01-31"), at("2026-02-28")), 0);
	assert_int_equal(history_months(at("2026-01-15"), at("2026-02-15")), 1);
	assert_int_equal(history_months(at("2024-12-01"), at("2026-02-01")), 14);
	assert_int_equal(history_months(at("2027-01-01"), at("2026-01-01")), 0);
}

static bool is_fix(const char *text)
{
	return history_is_fix(text, strlen(text));
}

static void test_words(void **state UNUSED)
{
	assert_true(is_fix("Fix the stock"));
	assert_true(is_fix("stock: FIXED."));
	assert_true(is_fix("this (reverts) it"));
	assert_true(is_fix("\xe7\xb4\xa7\xe6\x80\xa5\xe5\x9b\x9e\xe6\xbb\x9a"));
	assert_false(is_fix("prefix and suffix"));
	assert_false(is_fix("debugger"));
	assert_false(is_fix(""));
	assert_false(is_fix("fix_it"));
}

static void test_ranks(void **state UNUSED)
{
	static const uint32_t value[] = { 5, 1, 5, 9, 1 };
	static const double want[] = { 0.625, 0.125, 0.625, 1, 0.125 };
	double got[ARRAY_SIZE(value)];

	percentile_ranks(value, ARRAY_SIZE(value), got);
	for (unsigned i = 0; i < ARRAY_SIZE(value); i++)
		assert_true(got[i] > want[i] - 1e-9 && got[i] < want[i] + 1e-9);
	percentile_ranks(value, 1, got);
	assert_true(got[0] > 0.999);
}

static void log_init(struct historylog *l, struct arena *arena)
{
	*l = (struct historylog){ .arena = arena };
	symtab_init(&l->paths, arena);
	symtab_init(&l->whos, arena);
}

/* A block says what was put in it, and no damaged one is read out of its bounds. */
static void test_block(void **state UNUSED)
{
	struct arena arena = ARENA_INIT;
	struct historylog from, to;
	struct log_block b = { .has_base = 1, .depth = 3, .horizon = -7 }, got;
	size_t size;

	log_init(&from, &arena);
	uint32_t one = sym_from(&from.paths, "a/b.go").v, two = sym_from(&from.paths, "c.go").v;
	struct log_commit c = { .time = 42, .nchanges = 2,
				.who = sym_from(&from.whos, "Ann\nann@x").v };

	historylog_add_change(&from, &(struct log_change){ two, one, CHANGE_ADDED });
	historylog_add_change(&from, &(struct log_change){ one, 0, CHANGE_DELETED });
	historylog_add_commit(&from, &c);
	char *block = historylog_pack(&from, 1, &b, &size);

	log_init(&to, &arena);
	assert_true(historylog_unpack(&to, block, size, &got));
	assert_int_equal(got.depth, 3);
	assert_int_equal(got.horizon, -7);
	assert_int_equal(to.ncommits, 1);
	assert_int_equal(to.commit[0].time, 42);
	assert_string_equal(sym_text(&to.whos, (sym_id){ to.commit[0].who }), "Ann\nann@x");
	assert_string_equal(sym_text(&to.paths, (sym_id){ to.change[0].path }), "c.go");
	assert_string_equal(sym_text(&to.paths, (sym_id){ to.change[0].from }), "a/b.go");
	for (size_t n = 0; n < size; n++) {
		char *part = xcalloc(n + 1, 1);

		memcpy(part, block, n);
		assert_false(historylog_unpack(&to, part, n, &got));
		free(part);
	}
	for (size_t i = 0; i < size; i++) {
		block[i] ^= 0x55;
		historylog_unpack(&to, block, size, &got);
		block[i] ^= 0x55;
	}
	free(block);
	historylog_release(&from);
	historylog_release(&to);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_months),
		cmocka_unit_test(test_words), cmocka_unit_test(test_ranks),
		cmocka_unit_test(test_block),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
