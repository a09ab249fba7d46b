/* SPDX-License-Identifier: MIT */
/* test_debt_formula.c - the formulas of debt against numbers computed by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "analyzers/debt/debt.h"

#include <math.h>
#include <string.h>

#define NEAR(a, b) assert_true(fabs((a) - (b)) < 1e-6)

static void test_minutes(void **state UNUSED)
{
	assert_int_equal(debt_minutes(5, 1, 97), 102);          /* cognitive 112 */
	assert_int_equal(debt_minutes(60, 0, 3), 60);           /* constant */
	assert_int_equal(debt_minutes(0, 2, 7), 14);            /* linear */
	assert_int_equal(debt_minutes(UINT32_MAX, UINT32_MAX, UINT32_MAX),
			 UINT32_MAX + (uint64_t)UINT32_MAX * UINT32_MAX);
	NEAR(debt_days(720), 1.5);
	NEAR(debt_density(60000, 684000), 87.719298);
	assert_true(isnan(debt_density(1, 0)));
}

static void test_sonar(void **state UNUSED)
{
	static const struct { double ratio; char grade; } rows[] = {
		{ 0, 'A' }, { .05, 'A' }, { .0501, 'B' }, { .1, 'B' }, { .15, 'C' }, { .2, 'C' },
		{ .3, 'D' }, { .5, 'D' }, { .51, 'E' }, { 9, 'E' },
	};

	NEAR(debt_sonar_ratio(300, 1000), .01);
	assert_true(isnan(debt_sonar_ratio(300, 0)));
	for (unsigned i = 0; i < ARRAY_SIZE(rows); i++)
		assert_int_equal(debt_sonar_grade(rows[i].ratio), rows[i].grade);
}

static void test_interest(void **state UNUSED)
{
	NEAR(debt_severity(30, 100), .1);               /* 30 / (0.1 x 30 x 100) */
	NEAR(debt_severity(300, 100), 1);
	NEAR(debt_severity(9000, 100), 1);              /* never more */
	NEAR(debt_severity(1, 0), 1);
	NEAR(debt_interest(148, 60, 1.24, .25), 2752.8);
	assert_true(isnan(debt_interest(NAN, 60, 1.24, .25)));
	NEAR(debt_payback(480, 960), 6);
	assert_true(isinf(debt_payback(480, 0)));
	assert_true(isnan(debt_payback(480, NAN)));
}

static void test_ranks(void **state UNUSED)
{
	static const uint64_t value[] = { 5, 0, 5, 9, 0 };
	static const double want[] = { .5, 0, .5, 1, 0 };
	double rank[ARRAY_SIZE(value)];

	debt_ranks(value, ARRAY_SIZE(value), rank);
	for (unsigned i = 0; i < ARRAY_SIZE(value); i++)
		NEAR(rank[i], want[i]);
	debt_ranks(value, 1, rank);
	NEAR(rank[0], 0);
	debt_ranks(value, 0, rank);
}

static void test_risk(void **state UNUSED)
{
	/* 1 - .5 x (1 - .4 x .8) x (1 - .3 x .5) x .8 */
	NEAR(debt_risk(&(struct debt_hazard){ .5, .8, .5, 1 }), .7688);
	NEAR(debt_risk(&(struct debt_hazard){ .25, 0, 0, 0 }), .25);
	/* What is not known is left out, not taken for harmless or harmful. */
	NEAR(debt_risk(&(struct debt_hazard){ .25, NAN, NAN, NAN }), .25);
	NEAR(debt_risk(&(struct debt_hazard){ .1, .5, NAN, NAN }), 1 - .9 * .8);
}

static void test_priority(void **state UNUSED)
{
	const struct debt_weights w = { .35, .40, .25 };

	NEAR(debt_timeliness(10, 10), 1);               /* slack -5 */
	NEAR(debt_timeliness(15, 10), 1);               /* slack 0 */
	NEAR(debt_timeliness(45, 10), exp(-1));         /* slack 30 */
	NEAR(debt_priority(&w, 1, 1, 1, 0), 100);
	NEAR(debt_priority(&w, .5, .5, 0, 1), 18.75);   /* 37.5 / (1 + log2 2) */
	NEAR(debt_priority(&w, .5, .5, 0, 3), 12.5);
	assert_int_equal(debt_cell(0), 0);
	assert_int_equal(debt_cell(.2), 1);
	assert_int_equal(debt_cell(.999), 4);
	assert_int_equal(debt_cell(1), 4);
	assert_int_equal(debt_cell(-1), 0);
}

/* Every cost is of a rule, and of one only; those that count points have a parameter. */
static void test_costs(void **state UNUSED)
{
	for (uint32_t i = 0; i < ncost_rows; i++) {
		assert_non_null(rule_find(cost_rows[i].rule));
		assert_ptr_equal(cost_row_find(cost_rows[i].rule), &cost_rows[i]);
		assert_true(cost_rows[i].minutes || cost_rows[i].per);
		assert_int_equal(!cost_rows[i].per, cost_rows[i].unit == COST_ONCE);
		assert_true(*cost_rows[i].source);
		if (cost_rows[i].unit == COST_POINTS)
			assert_non_null(schema_param_find(cost_rows[i].rule, "max"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_minutes),
		cmocka_unit_test(test_sonar),
		cmocka_unit_test(test_interest),
		cmocka_unit_test(test_ranks),
		cmocka_unit_test(test_risk),
		cmocka_unit_test(test_priority),
		cmocka_unit_test(test_costs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
