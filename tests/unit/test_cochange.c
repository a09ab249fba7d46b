/* SPDX-License-Identifier: MIT */
/* test_cochange.c - pairs of entities: the table of code-maat, limits, and what is refused. */
#include "analyzers/cochange.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* One commit after the other, of `n` files each: those from 0 up. */
static int count(const uint32_t *n, uint32_t commits, const struct cochange_limits *l,
		 struct arena *a, struct cochange *ret, struct err *err)
{
	struct history_commit *commit = arena_array(a, struct history_commit, commits);
	uint32_t most = 0, all = 0;

	for (uint32_t c = 0; c < commits; c++) {
		commit[c] = (struct history_commit){ .touch_first = all, .ntouches = n[c] };
		all += n[c];
		most = n[c] > most ? n[c] : most;
	}
	uint32_t *touch = arena_array(a, uint32_t, all), *own = arena_array(a, uint32_t, most);

	for (uint32_t c = 0; c < commits; c++)
		for (uint32_t i = 0; i < n[c]; i++)
			touch[commit[c].touch_first + i] = i;
	for (uint32_t i = 0; i < most; i++)
		own[i] = i;
	const struct history h = {
		.commit = commit, .touch = touch, .ncommits = commits, .nfiles = most,
		.ntouches = all,
	};

	return cochange_count(&h, own, most, l, a, ret, err);
}

static void published(void **state UNUSED)
{
	static const uint32_t want[][5] = {
		{ 0, 1, 2, 100, 2 }, { 0, 2, 1, 66, 2 }, { 1, 2, 1, 66, 2 },
	};
	const uint32_t n[] = { 3, 2 };
	struct arena a = ARENA_INIT;
	struct err err = ERR_INIT;
	struct cochange c;

	assert_int_equal(count(n, 2, &(struct cochange_limits){ 1, 1, 50, 100 }, &a, &c, &err), 0);
	assert_int_equal(c.npairs, 3);
	for (uint32_t i = 0; i < 3; i++) {
		const struct cochange_pair *p = &c.pair[i];
		const uint32_t got[5] = { p->a, p->b, p->shared, p->degree, p->average };

		assert_memory_equal(got, want[i], sizeof(got));
	}
	assert_int_equal(c.sum[0], 3);
	assert_int_equal(c.sum[1], 3);
	assert_int_equal(c.sum[2], 2);
	/* 66 2/3 %: cut off, so that 66 is its most and its least. */
	assert_int_equal(count(n, 2, &(struct cochange_limits){ 1, 1, 66, 66 }, &a, &c, &err), 0);
	assert_int_equal(c.npairs, 2);
	assert_int_equal(count(n, 2, &(struct cochange_limits){ 1, 1, 67, 99 }, &a, &c, &err), 0);
	assert_int_equal(c.npairs, 0);
	/* The average of 2 and 1 is less than 2. */
	assert_int_equal(count(n, 2, &(struct cochange_limits){ 2, 1, 0, 100 }, &a, &c, &err), 0);
	assert_int_equal(c.npairs, 1);
	assert_int_equal(count(n, 2, &cochange_usual, &a, &c, &err), 0);
	assert_int_equal(c.npairs, 0);
	arena_release(&a);
}

static void too_many_are_refused(void **state UNUSED)
{
	const uint32_t few[] = { 1000 }, many[] = { 5000 };
	struct cochange_limits every = { 1, 1, 0, 100 };
	struct arena a = ARENA_INIT;
	struct err err = ERR_INIT;
	struct cochange c;

	assert_int_equal(count(few, 1, &every, &a, &c, &err), 0);
	assert_int_equal(c.npairs, 499500);
	assert_int_equal(count(many, 1, &every, &a, &c, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published), cmocka_unit_test(too_many_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
