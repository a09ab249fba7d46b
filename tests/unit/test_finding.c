/* SPDX-License-Identifier: MIT */
/* test_finding.c - fingerprints, uniting, order and short ids of findings; the rule table. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "analyzers/analyzer.h"
#include "base/limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct fixture {
	struct arena arena;
	struct symtab syms;
	struct findings findings;
};

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	symtab_init(&f->syms, &f->arena);
	findings_init(&f->findings, &f->arena);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	findings_release(&f->findings);
	symtab_release(&f->syms);
	arena_release(&f->arena);
	free(f);
	return 0;
}

static void add(struct fixture *f, enum rule_id rule, const char *path, uint32_t line,
		const char *from,
		const char *to)
{
	finding_add(&f->findings, &(struct finding){
		.rule = &rule_rows[rule], .severity = rule_rows[rule].severity,
		.at = { sym_from(&f->syms, path), line, 1, 0 }, .from = from, .to = to,
			.symbol = "",
		.message = "words",
	});
}

/* Written down once and for all: baselines of users hold these numbers. */
static void fingerprints_never_change(void **state)
{
	struct fixture *f = *state;

	add(f, RULE_IMPORT_CYCLE, "a.go", 1, "internal/a", "internal/b");
	/* 64-bit FNV-1a over "MC101\0internal/a\0internal/b\0\0", by another implementation. */
	uint64_t h = UINT64_C(0xcbf29ce484222325);
	static const char bytes[] = "MC101\0internal/a\0internal/b\0";

	for (size_t i = 0; i < sizeof(bytes); i++)
		h = (h ^ (unsigned char)bytes[i]) * UINT64_C(0x100000001b3);
	assert_true(f->findings.item[0].fingerprint == h);
	assert_true(h == UINT64_C(0x1f60eebcc5974e30));
}

static void one_fingerprint_is_one_finding_with_places(void **state)
{
	struct fixture *f = *state;

	for (uint32_t i = 1; i <= 20; i++)
		add(f, RULE_INTERNAL_IMPORT, "a.go", i, "a", "b/internal");
	add(f, RULE_INTERNAL_IMPORT, "a.go", 1, "a", "b/internal");     /* the same place again */
	add(f, RULE_INTERNAL_IMPORT, "a.go", 1, "a", "c/internal");
	findings_finish(&f->findings, &f->syms);
	assert_int_equal(f->findings.count, 2);
	const struct finding *many = &f->findings.item[!strcmp(f->findings.item[0].to,
							       "c/internal")];

	assert_int_equal(many->at.line, 1);
	assert_int_equal(many->nrelated, 19);
	for (uint32_t i = 0; i < 19; i++) {
		assert_int_equal(many->related[i].at.line, i + 2);
		assert_string_equal(many->related[i].note, "");
	}
}

static void texts_are_copied(void **state)
{
	struct fixture *f = *state;
	char from[] = "a", to[] = "b", note[] = "a -> b";
	struct related related = { .note = note, .lines = 3 };

	finding_add(&f->findings, &(struct finding){
		.rule = &rule_rows[RULE_IMPORT_CYCLE], .severity = SEV_WARNING, .from = from,
			.to = to,
		.symbol = "", .message = from, .why = to, .related = &related, .nrelated = 1,
	});
	from[0] = to[0] = note[0] = '?';
	related.lines = 9;
	const struct finding *have = f->findings.item;

	assert_string_equal(have->from, "a");
	assert_string_equal(have->message, "a");
	assert_string_equal(have->why, "b");
	assert_null(have->fix);
	assert_string_equal(have->related[0].note, "a -> b");
	assert_int_equal(have->related[0].lines, 3);
}

static void order_does_not_depend_on_arrival(void **state)
{
	static const struct {
		enum rule_id rule;
		const char *path;
		uint32_t line;
		const char *from;
	} row[] = {
		{ RULE_MISSING_PACKAGE, "a.go", 3, "x" }, { RULE_MISSING_PACKAGE, "a.go", 12, "y" },
		{ RULE_UNREADABLE, "a.go", 12, "z" }, { RULE_MAIN_IMPORT, "a/b.go", 1, "x" },
		{ RULE_MAIN_IMPORT, "b.go", 1, "y" }, { RULE_IMPORT_CYCLE, "a.go", 1, "x" },
		{ RULE_TEST_CYCLE, "a.go", 1, "x" },
	};

	for (size_t turn = 0; turn < ARRAY_SIZE(row); turn++) {
		struct fixture *f = *state;

		findings_release(&f->findings);
		findings_init(&f->findings, &f->arena);
		for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
			size_t k = (i * 3 + turn) % ARRAY_SIZE(row);

			add(f, row[k].rule, row[k].path, row[k].line, row[k].from, "");
		}
		findings_finish(&f->findings, &f->syms);
		/* "a.go" < "a/b.go": bytes of the whole path. */
		for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
			assert_ptr_equal(f->findings.item[i].rule, &rule_rows[row[i].rule]);
			assert_string_equal(f->findings.item[i].from, row[i].from);
		}
	}
}

/* Unique beginnings, six digits or as few more as tell neighbours apart. */
static void short_ids_are_unique_and_short(void **state)
{
	struct fixture *f = *state;
	char from[16];

	/* Beginnings that many share, and two that differ in the last digit only. */
	static const uint64_t crafted[] = {
		UINT64_C(0xabcdef0000000000), UINT64_C(0xabcdef1000000000),
			UINT64_C(0xabcdef1000000001),
		UINT64_C(0xabcdee0000000000), UINT64_C(0xabcdef1200000000),
			UINT64_C(0x0000000000000000),
		UINT64_C(0x0000000000000001), UINT64_C(0xffffffffffffffff),
	};

	for (uint32_t i = 0; i < 2000; i++) {
		snprintf(from, sizeof(from), "p%u", i);
		add(f, RULE_MISSING_PACKAGE, "a.go", i + 1, from, "");
	}
	for (uint32_t i = 0; i < ARRAY_SIZE(crafted); i++)
		f->findings.item[i * 7].fingerprint = crafted[i];
	findings_finish(&f->findings, &f->syms);
	uint32_t longer = 0;

	for (uint32_t i = 0; i < f->findings.count; i++) {
		const struct finding *a = &f->findings.item[i];
		size_t len = strlen(a->short_id), shared = 0;
		char all[17];

		snprintf(all, sizeof(all), "%016llx", (unsigned long long)a->fingerprint);
		assert_memory_equal(a->short_id, all, len);
		for (uint32_t k = 0; k < f->findings.count; k++) {
			uint64_t differ = a->fingerprint ^ f->findings.item[k].fingerprint;
			size_t same = 0;

			if (k == i)
				continue;
			while (same < 16 && differ >> (60 - 4 * same) == 0)
				same++;
			shared = same > shared ? same : shared;
		}
		assert_int_equal(len, shared < 6 ? 6 : shared + 1);
		longer += len > 6;
	}
	assert_true(longer >= 6);
}

static void rules_not_asked_for_are_skipped(void **state)
{
	struct fixture *f = *state;

	f->findings.skip[RULE_MAIN_IMPORT] = true;
	add(f, RULE_MAIN_IMPORT, "a.go", 1, "a", "b");
	add(f, RULE_MISSING_PACKAGE, "a.go", 1, "a", "b");
	assert_int_equal(f->findings.count, 1);
	assert_int_equal(findings_count(&f->findings, SEV_ERROR), 1);
	assert_int_equal(findings_count(&f->findings, SEV_WARNING), 0);
}

static void beyond_the_limit_is_counted(void **state)
{
	struct fixture *f = *state;
	uint64_t limit = limit_of(LIMIT_FINDINGS);
	char from[16];

	for (uint64_t i = 0; i < limit + 5; i++) {
		snprintf(from, sizeof(from), "p%u", (unsigned)i);
		add(f, RULE_MISSING_PACKAGE, "a.go", 1, from, "");
	}
	/* One more place of a finding that is there is no new finding. */
	add(f, RULE_MISSING_PACKAGE, "a.go", 2, "p0", "");
	assert_int_equal(f->findings.count, limit);
	assert_int_equal(f->findings.dropped, 5);
	assert_int_equal(f->findings.item[0].nrelated, 1);
}

static void the_rule_table_is_sound(void **state)
{
	(void)state;
	for (unsigned i = 0; i < RULE_COUNT; i++) {
		const struct rule *r = &rule_rows[i];
		uint32_t owners = 0;

		assert_int_equal(strlen(r->id), 5);
		assert_memory_equal(r->id, "MC", 2);
		assert_true(!i || strcmp(rule_rows[i - 1].id, r->id) < 0);
		assert_int_equal(strspn(r->name, "abcdefghijklmnopqrstuvwxyz-"), strlen(r->name));
		assert_ptr_equal(rule_find(r->name), r);
		assert_ptr_equal(rule_find(r->id), r);
		/* A summary is a fact without a full stop; the rest are sentences. */
		assert_true(r->summary[strlen(r->summary) - 1] != '.');
		assert_true(r->why[strlen(r->why) - 1] == '.' || r->why[strlen(r->why) - 1] == '`');
		assert_true(r->fix[strlen(r->fix) - 1] == '.');
		for (uint32_t a = 0; a < nanalyzers; a++)
			for (uint32_t n = 0; n < analyzers[a]->nrules; n++)
				owners += analyzers[a]->rules[n] == (enum rule_id)i;
		/* Exactly one analysis speaks for a rule. */
		assert_int_equal(owners, 1);
		struct rule_set only = { .has = { false } };

		only.has[i] = true;
		assert_true(analyzers_needs(&only));
	}
	assert_null(rule_find("MC999"));
	assert_null(rule_find(""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(fingerprints_never_change, setup, teardown),
		cmocka_unit_test_setup_teardown(one_fingerprint_is_one_finding_with_places, setup,
						teardown),
		cmocka_unit_test_setup_teardown(texts_are_copied, setup, teardown),
		cmocka_unit_test_setup_teardown(order_does_not_depend_on_arrival, setup, teardown),
		cmocka_unit_test_setup_teardown(short_ids_are_unique_and_short, setup, teardown),
		cmocka_unit_test_setup_teardown(rules_not_asked_for_are_skipped, setup, teardown),
		cmocka_unit_test_setup_teardown(beyond_the_limit_is_counted, setup, teardown),
		cmocka_unit_test(the_rule_table_is_sound),
	};

	return cmocka_run_group_tests_name("finding", tests, NULL, NULL);
}
