/* SPDX-License-Identifier: MIT */
/* test_release_plan.c - the steps of a release: shares that grow, STRICT at its end. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "templates/release_plan.h"
#include "tests/unit/mesh_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void steps(void **state UNUSED)
{
	static const char *const wrong[] = {
		"", "1", "1,5,20", "5,1,100", "1,1,100", "0,100", "1,101", "1,,100", "1,100,",
		",1,100", "a,100", "1.5,100", "-1,100", "100,100", "1, 100", "99999999999999999999",
		"1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,100",
	};
	struct release_plan p = { .services = &fix_services };
	struct err err = ERR_INIT;

	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
		err.code = ERR_NONE;
		if (!release_steps(wrong[i], &p, &err))
			fail_msg("'%s' is taken", wrong[i]);
		assert_int_equal(err.code, ERR_USAGE);
	}
	assert_int_equal(release_steps("1,5,20,50,100", &p, &err), 0);
	assert_int_equal(p.count, 5);
	assert_int_equal(p.percent[3], 50);
	assert_int_equal(release_steps("100", &p, &err), 0);
	assert_int_equal(p.count, 1);
}

/* The last weight of a state: what everybody else gets. */
static long default_weight(const char *text)
{
	const char *last = NULL;

	for (const char *p = strstr(text, "weight: "); p; p = strstr(p + 1, "weight: "))
		last = p;
	return last ? strtol(last + 8, NULL, 10) : -1;
}

static void states(void **state UNUSED)
{
	struct release_plan p = { .services = &fix_services, .service = FIX_ORDERS, .zone = "z1" };
	struct arena a = ARENA_INIT;
	struct err err = ERR_INIT;
	struct manifests all;
	uint32_t releases = 0, rollbacks = 0;
	long share = 0;
	bool strict = false;

	assert_int_equal(release_steps("1,5,20,50,100", &p, &err), 0);
	assert_int_equal(release_plan_make(&p, &a, &all, &err), 0);
	for (uint32_t i = 0; i < all.count; i++) {
		const char *path = all.item[i].path, *text = all.item[i].text;

		if (strstr(path, "rollback.sh")) {
			rollbacks++;
			continue;
		}
		if (!strstr(path, "release.yaml"))
			continue;
		releases++;
		bool fresh = strstr(text, "subset: v2") != NULL;
		long now = fresh ? default_weight(text) : 0;

		/* By path the states are in the order in which they are applied. */
		assert_true(now >= share);
		share = now;
		assert_true(!strict || strstr(text, "mode: STRICT"));
		strict = strstr(text, "mode: STRICT") != NULL;
		assert_true(!strict || share == 100);
		assert_true((strstr(path, "one-zone") != NULL) ==
			    (strstr(text, "topology.kubernetes.io/zone: z1") != NULL));
		assert_int_equal(fresh, strncmp(path, "00-", 3) != 0);
		assert_null(strstr(text, "serviceentry"));
	}
	assert_int_equal(releases, 11);
	assert_int_equal(rollbacks, 10);
	assert_true(strict);
	/* The last state knows one version again. */
	assert_string_equal(all.item[all.count - 2].path, "10-only-v2/rollback.sh");
	assert_null(strstr(all.item[all.count - 3].text, "version: v1"));
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(steps),
		cmocka_unit_test(states),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
