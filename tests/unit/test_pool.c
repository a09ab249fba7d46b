/* SPDX-License-Identifier: MIT */
/* test_pool.c - loops over jobs, and one piece of work beside another. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/pool.h"

enum { JOBS = 1000 };

static void square(void *ctx, unsigned worker UNUSED, uint32_t i)
{
	uint32_t *slot = ctx;

	slot[i] += i * i;
}

static void every_job_once(void **state UNUSED)
{
	for (unsigned workers = 1; workers <= 5; workers++) {
		uint32_t slot[JOBS] = { 0 };

		pool_run(workers, JOBS, square, slot);
		pool_run_large(workers, JOBS, square, slot);
		for (uint32_t i = 0; i < JOBS; i++)
			assert_int_equal(slot[i], 2 * i * i);
	}
}

struct sum { const uint32_t *from; uint64_t all; };

static void add(void *ctx)
{
	struct sum *s = ctx;

	for (uint32_t i = 0; i < JOBS; i++)
		s->all += s->from[i];
}

/* Two at once, and more work inside of one; what they wrote is there when they were waited for. */
static void two_beside(void **state UNUSED)
{
	uint32_t one[JOBS], two[JOBS];
	struct sum a = { one, 0 }, b = { two, 0 };

	for (uint32_t i = 0; i < JOBS; i++) {
		one[i] = i;
		two[i] = 2 * i;
	}
	struct beside *x = beside_start(add, &a), *y = beside_start(add, &b);

	beside_wait(x);
	beside_wait(y);
	beside_wait(NULL);
	assert_int_equal(a.all, JOBS * (JOBS - 1) / 2);
	assert_int_equal(b.all, JOBS * (JOBS - 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_job_once),
		cmocka_unit_test(two_beside),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
