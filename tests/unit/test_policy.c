/* SPDX-License-Identifier: MIT */
/* test_policy.c - reading .meshctl.yaml: values with places, merging, refusals, grants. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "analyzers/policy/policy.h"
#include "analyzers/policy/starter.h"

#include <stdio.h>
#include <string.h>

static const struct policy *policy(const char *text, struct arena *a)
{
	const struct policy *p = NULL;
	struct err err = ERR_INIT;

	if (policy_read("f", text, strlen(text), a, &p, NULL, &err))
		fail_msg("refused: %s\n%s", err.msg, text);
	return p;
}

#define EXAMPLE \
	"version: 1\n" \
	"go:\n" \
	"  platforms: [linux/amd64, windows/amd64]\n" \
	"  tags: [a, b]\n" \
	"  tests: ignore\n" \
	"  exclude: [\"third_party/**\"]\n" \
	"layers:\n" \
	"  domain:\n" \
	"    in: [\"internal/{context}/domain/**\"]\n" \
	"    uses: []\n" \
	"    external: {allow: [\"github.com/google/uuid\"]}\n" \
	"    std: {deny: [\"net/http\", \"database/sql\"]}\n" \
	"    struct_tags: {deny: [gorm, bson], warn: [db]}\n" \
	"  application: {in: \"internal/{context}/app/**\", uses: [domain]}\n" \
	"  infra: {in: [\"internal/{context}/infra/**\"], uses: [domain, application]}\n" \
	"  main: {in: [\"cmd/**\"], uses: any}\n" \
	"contexts:\n" \
	"  \"{context}\":\n" \
	"    published: [\"internal/{context}/contract/**\"]\n" \
	"    expose: interfaces\n" \
	"  order: {uses: [user, payment], owner: \"@team-order\", subdomain: core}\n" \
	"  payment:\n" \
	"shared: [\"pkg/**\", \"internal/platform/**\"]\n" \
	"exceptions:\n" \
	"  - from: internal/{c}/app\n" \
	"    to: internal/{c}/infra\n" \
	"    rule: import-cycle\n" \
	"    reason: \"waits for the user contract\"\n" \
	"    owner: \"@team-order\"\n" \
	"    adr: 14\n" \
	"    expires: 2027-03-31\n" \
	"rules:\n" \
	"  import-cycle: {level: error, at: [context, layer]}\n" \
	"  MC110: off\n" \
	"unmapped: error\n" \
	"ports: false\n" \
	"baseline: ci/base.jsonl\n" \
	"fail_on: warning\n"

static void every_key(void **state UNUSED)
{
	struct arena a = ARENA_INIT;
	const struct policy *p = policy(EXAMPLE, &a);
	const struct policy_layer *d = &p->layer[0];
	const struct policy_context *order = &p->context[1];

	assert_true(p->found);
	assert_int_equal(p->go.platforms.count, 2);
	assert_string_equal(p->go.tags.item[1].text, "b");
	assert_int_equal(p->go.tests.value, TESTS_IGNORE);
	assert_int_equal(p->nlayers, 4);
	assert_string_equal(d->name, "domain");
	assert_int_equal(d->at.line, 8);
	assert_int_equal(d->at.col, 3);
	assert_int_equal(d->in.item[0].at.line, 9);
	assert_int_equal(d->in.item[0].at.col, 10);
	assert_int_equal(d->in.item[0].at.end_col, 40);
	assert_int_equal(d->uses.kind, USES_LIST);
	assert_int_equal(d->uses.at.line, 10);
	assert_int_equal(p->layer[3].uses.kind, USES_ANY);
	assert_int_equal(p->layer[1].in.count, 1);
	assert_non_null(p->context[0].template);
	assert_string_equal(p->context[0].in.item[0].text, "internal/{context}/**");
	assert_int_equal(p->context[0].in.count, 1);
	assert_int_equal(p->context[0].in.item[0].at.line, 9);
	assert_null(order->template);
	assert_int_equal(order->from, 0);
	assert_int_equal(order->uses.names.count, 2);
	assert_int_equal(order->subdomain.value, SUBDOMAIN_CORE);
	assert_string_equal(order->owner.text, "@team-order");
	/* Of the template. */
	assert_int_equal(order->expose.value, EXPOSE_INTERFACES);
	assert_string_equal(order->published.item[0].text, "internal/{context}/contract/**");
	assert_int_equal(p->context[2].uses.kind, USES_DEFAULT);
	assert_int_equal(p->exception[0].adr.value, 14);
	assert_int_equal(p->exception[0].expires.end, 1806537600);
	assert_int_equal(p->exception[0].at.line, 25);
	assert_int_equal(policy_rule_level(p, &rule_rows[RULE_IMPORT_CYCLE]), SEV_ERROR);
	assert_int_equal(policy_rule_level(p, &rule_rows[RULE_INTERNAL_IMPORT]), SEV_OFF);
	assert_int_equal(policy_rule_level(p, &rule_rows[RULE_TEST_CYCLE]), SEV_INFO);
	assert_string_equal(policy_param_find(p, &rule_rows[RULE_IMPORT_CYCLE], "at")
				    ->words.item[1].text, "layer");
	assert_int_equal(p->unmapped.value, SEV_ERROR);
	assert_int_equal(p->fail_on.value, SEV_WARNING);
	assert_false(p->ports.value);
	assert_string_equal(p->baseline.text, "ci/base.jsonl");
	assert_int_equal(p->baseline.at.line, 37);
	/* in of 4 layers, published, shared 2, exception 2, the default of the template. */
	assert_int_equal(p->npatterns, 10);
	for (uint32_t i = 0; i < p->npatterns; i++)
		assert_int_equal(p->pattern[i]->number, i);
	assert_true(policy_excludes(p, "third_party/x/y.go"));
	assert_false(policy_excludes(p, "internal/x.go"));
	arena_release(&a);
}

static void defaults(void **state UNUSED)
{
	struct arena a = ARENA_INIT;
	const struct policy *p = policy("version: 1\n", &a), *none = policy_default(&a);

	assert_false(none->found);
	assert_int_equal(none->unmapped.value, p->unmapped.value);
	assert_int_equal(p->unmapped.value, SEV_WARNING);
	assert_int_equal(p->fail_on.value, SEV_ERROR);
	assert_true(p->ports.value && !p->ports.at.file);
	assert_string_equal(p->baseline.text, ".meshctl-baseline.jsonl");
	assert_null(p->baseline.at.file);
	assert_string_equal(policy_pos_text(p->baseline.at, &a), "the default");
	arena_release(&a);
}

static void starters_are_read(void **state UNUSED)
{
	for (unsigned i = 0; i < STARTER_COUNT; i++) {
		struct arena a = ARENA_INIT;
		const char *text;
		size_t len = starter_text((enum starter_id)i, &text);
		const struct policy *alone = policy(text, &a), *extended;

		assert_int_equal(strlen(text), len);
		extended = policy(arena_printf(&a, "extends: %s\n", starter_rows[i].name), &a);
		assert_true(alone->nlayers > 2);
		assert_int_equal(extended->nlayers, alone->nlayers);
		assert_int_equal(extended->npatterns, alone->npatterns);
		assert_string_equal(extended->layer[0].at.file, starter_rows[i].file);
		/* Documented: a comment before anything else, and one that is no template. */
		assert_int_equal(text[0], '#');
		arena_release(&a);
	}
}

static void merging(void **state UNUSED)
{
	struct arena a = ARENA_INIT;
	const struct policy *p = policy("extends: ddd\n"
					"layers:\n"
					"  wire: {in: [internal/wire], uses: any}\n"
					"  domain: {in: [\"core/{context}/**\"]}\n"
					"  interface: null\n"
					"shared: [\"lib/**\"]\n"
					"contexts:\n"
					"  \"{context}\": {uses: none}\n"
					"  order: {owner: me}\n", &a);
	static const char *const layers[] = { "domain", "application", "infrastructure", "main",
					      "wire" };

	assert_int_equal(p->nlayers, ARRAY_SIZE(layers));
	for (uint32_t i = 0; i < p->nlayers; i++)
		assert_string_equal(p->layer[i].name, layers[i]);
	/* Replaced as a whole: nothing of the starter's domain is left. */
	assert_int_equal(p->layer[0].std.deny.count, 0);
	assert_int_equal(p->layer[0].uses.kind, USES_DEFAULT);
	assert_string_equal(policy_pos_text(p->layer[0].at, &a), "f:4");
	assert_memory_equal(policy_pos_text(p->layer[1].at, &a), "starter ddd:", 12);
	assert_int_equal(p->shared.count, 1);
	/* Merged key by key. */
	assert_int_equal(p->context[0].uses.kind, USES_NONE);
	assert_int_equal(p->context[0].published.count, 1);
	assert_int_equal(p->context[1].published.count, 1);
	p = policy("extends: ddd\ncontexts: null\nshared: ~\n", &a);
	assert_int_equal(p->ncontexts, 0);
	assert_int_equal(p->shared.count, 0);
	arena_release(&a);
}

static void may(const struct policy *p, const char *matrix)
{
	for (uint32_t from = 0; from < p->nlayers; from++)
		for (uint32_t to = 0; to < p->nlayers; to++) {
			char want = matrix[from * p->nlayers + to];
			struct policy_pos by;
			uint32_t closed;
			bool got = policy_layer_may(p, from, to, &by, &closed);

			if (got != (want == '1'))
				fail_msg("%s -> %s is %d", p->layer[from].name, p->layer[to].name,
					 got);
			assert_int_equal(closed != POLICY_NONE, want == 'c');
		}
}

static void directions(void **state UNUSED)
{
	struct arena a = ARENA_INIT;

	may(policy("layers: {a: {in: a}, b: {in: b}, c: {in: c}, d: {in: d}}", &a),
	    "1000" "1100" "1110" "1111");
	may(policy("layers: {a: {in: a}, b: {in: b, closed: true}, c: {in: c}, d: {in: d}}", &a),
	    "1000" "1100" "c110" "c111");
	may(policy("layers: {a: {in: a, uses: [c]}, b: {in: b, uses: none}, c: {in: c, uses: []}, "
		   "d: {in: d, uses: any}}", &a),
	    "1010" "0100" "0010" "1111");
	may(policy("layers: {a: {in: a}, b: {in: b, closed: true}, c: {in: c, uses: any}}", &a),
	    "100" "110" "111");
	arena_release(&a);
}

static void grants(void **state UNUSED)
{
	struct arena a = ARENA_INIT;
	const struct policy *p = policy(
		"layers:\n"
		"  a: {in: a, external: {allow: [x.org/a, x.org/b/c], "
		"deny: [x.org/b, x.org/a/bad], warn: [x.org/a/so]}}\n"
		"  b: {in: b, external: {deny: [\"x.org/**/sql\"]}, struct_tags: {deny: [gorm]}}\n"
		"  c: {in: c, std: {allow: []}}\n", &a);
	static const struct { const char *path; enum policy_grant a, b, c; } cases[] = {
		{ "x.org/a", GRANT_YES, GRANT_YES, GRANT_NO },
		{ "x.org/a/deep", GRANT_YES, GRANT_YES, GRANT_NO },
		{ "x.org/ab", GRANT_NO, GRANT_YES, GRANT_NO },
		{ "x.org/a/bad/x", GRANT_NO, GRANT_YES, GRANT_NO },
		{ "x.org/a/so", GRANT_WARN, GRANT_YES, GRANT_NO },
		{ "x.org/b", GRANT_NO, GRANT_YES, GRANT_NO },
		{ "x.org/b/c/d", GRANT_YES, GRANT_YES, GRANT_NO },
		{ "x.org/q/sql/x", GRANT_NO, GRANT_NO, GRANT_NO },
	};
	const struct policy_pattern *by;

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *path = cases[i].path;

		assert_int_equal(policy_grant(p, &p->layer[0].external, path, &by), cases[i].a);
		assert_int_equal(policy_grant(p, &p->layer[1].external, path, &by), cases[i].b);
		assert_int_equal(policy_grant(p, &p->layer[2].std, path, &by), cases[i].c);
		assert_null(by);
		assert_int_equal(policy_grant(p, &p->layer[2].external, path, NULL), GRANT_YES);
	}
	policy_grant(p, &p->layer[0].external, "x.org/a/bad", &by);
	assert_string_equal(by->text, "x.org/a/bad");
	assert_int_equal(policy_grant(p, &p->layer[1].struct_tags, "gorm", NULL), GRANT_NO);
	assert_int_equal(policy_grant(p, &p->layer[1].struct_tags, "gormx", NULL), GRANT_YES);
	arena_release(&a);
}

static void exceptions(void **state UNUSED)
{
	struct arena a = ARENA_INIT;
	const struct policy *p = policy(
		"exceptions:\n"
		"  - {from: \"a/{c}/**\", to: \"b/{c}/x\", reason: r}\n"
		"  - {from: a, to: \"x.org/m/**\", rule: MC110, reason: r}\n", &a);
	const struct rule *rule = &rule_rows[RULE_INTERNAL_IMPORT];
	const struct rule *other = &rule_rows[RULE_IMPORT_CYCLE];
	struct policy_edge e = { .from = "a/u/k", .to = "b/u/x" };

	assert_int_equal(policy_exception_find(p, rule, &e, 0), 0);
	assert_int_equal(policy_exception_find(p, rule, &e, 1), POLICY_NONE);
	e.to = "b/v/x";
	assert_int_equal(policy_exception_find(p, rule, &e, 0), POLICY_NONE);
	e = (struct policy_edge){ .from = "a", .to_import = "x.org/m/p" };
	assert_int_equal(policy_exception_find(p, rule, &e, 0), 1);
	assert_int_equal(policy_exception_find(p, other, &e, 0), POLICY_NONE);
	arena_release(&a);
}

static void refused(const char *text, const char *says)
{
	struct arena a = ARENA_INIT;
	struct policy_problems problems;
	const struct policy *p;
	struct err err = ERR_INIT;

	if (!policy_read("f", text, strlen(text), &a, &p, &problems, &err))
		fail_msg("read, not refused with \"%s\":\n%s", says, text);
	assert_int_equal(err.code, ERR_CONFIG);
	assert_true(problems.count > 0);
	if (strncmp(err.msg, says, strlen(says)))
		fail_msg("refused with \"%s\", not \"%s\":\n%s", err.msg, says, text);
	arena_release(&a);
}

static const struct { const char *text, *says; } wrong[] = {
	{ "lyers: {}", "f:1:1: unknown key 'lyers'; did you mean 'layers'?" },
	{ "zzz: 1", "f:1:1: unknown key 'zzz'; the policy has version, extends, go, " },
	{ "layers: {a: {in: a, use: []}}", "f:1:21: unknown key 'use'; did you mean 'uses'?" },
	{ "layers: {a: {in: a, std: {denied: []}}}", "f:1:27: unknown key 'denied'; a list of "
	  "import paths has allow, deny, warn" },
	{ "go: {tests: seperate}", "f:1:13: unknown value of 'tests' 'seperate'; did you mean "
	  "'separate'?" },
	{ "version: 2", "f:1:10: version 2 is not known: this meshctl reads version 1" },
	{ "version: '1'", "f:1:10: 'version' wants a number" },
	{ "", "f:1:1: the file is empty" },
	{ "- a", "f:1:1: a policy is a map, not a list" },
	{ "a:\n\tb: 1", "f:2:1: a tab in the indentation" },
	{ "ports: yes", "f:1:8: 'ports' wants true or false" },
	{ "fail_on: errors", "f:1:10: unknown level 'errors'; did you mean 'error'?" },
	{ "extends: dddd", "f:1:10: unknown starter 'dddd'; did you mean 'ddd' or 'ddd3'?" },
	{ "layers: {a: {}}", "f:1:10: a layer needs 'in': the packages of the layer" },
	{ "layers: {a: }", "f:1:10: layer 'a' says nothing: null takes away what the starter" },
	{ "extends: ddd\nlayers: {a: }", "f:2:10: layer 'a' says nothing" },
	{ "layers: {a b: {in: a}}", "f:1:10: the name 'a b' has a ' ' in it" },
	{ "layers: {any: {in: a}}", "f:1:10: 'any' has a meaning of its own" },
	{ "layers: {a: {in: [a, '../b']}}", "f:1:23: pattern '../b': '.' and '..' are no" },
	{ "layers: {a: {in: [\"x/a**\"]}}", "f:1:23: pattern 'x/a**': '**' must be a whole" },
	{ "layers: {a: {in: [[b]]}}", "f:1:19: 'in' wants text, not a list" },
	{ "layers: {a: {in: {b: c}}}", "f:1:18: 'in' wants a list, not a map" },
	{ "layers: {a: {in: a, uses: all}}", "f:1:27: 'uses' wants any, none or a list such as "
	  "[all]" },
	{ "layers: {aaa: {in: a}, b: {in: b, uses: [aab]}}", "f:1:42: unknown layer 'aab'; did "
	  "you mean 'aaa'?" },
	{ "layers: {a: {in: [x, y]}, b: {in: [y]}}", "f:1:36: the pattern 'y' is of layer b and "
	  "of layer a (f:1)" },
	{ "layers: {a: {in: [x, x]}}", "f:1:22: the pattern 'x' stands in layer a twice" },
	{ "layers: {a: {in: [x]}}\nshared: [x]", "f:2:10: the pattern 'x' is of shared and of "
	  "layer a (f:1)" },
	{ "layers: {a: {in: a, std: {allow: [fmt], deny: [fmt]}}}",
	  "f:1:48: the entry 'fmt' is of deny and of allow (f:1)" },
	{ "layers: {a: {in: a}, b: {in: b, closed: true}, c: {in: c, uses: [a]}}",
	  "f:1:66: layer 'c' uses 'a' over 'b', which f:1 closes" },
	{ "layers: {a: {in: a, std: {deny: ['{x}/b']}}}", "f:1:34: a capture has no meaning in "
	  "'deny'" },
	{ "layers: {a: {in: 'x/{context}/a'}}\ncontexts: {a: {}}", "f:2:12: context 'a' has the "
	  "name of a layer (f:1)" },
	{ "contexts: {a: {}}", "f:1:12: nothing says which packages context 'a' has" },
	{ "contexts: {'{a}': {}}", "f:1:12: no pattern of a layer has '{a}'" },
	{ "contexts: {'{a}': {in: 'x/{b}'}}", "f:1:24: the pattern 'x/{b}' captures no {a}" },
	{ "contexts: {aaa: {in: x, uses: [abb]}, aab: {in: y}}",
	  "f:1:32: unknown context 'abb'; did you mean 'aab'?" },
	{ "exceptions: {}", "f:1:13: 'exceptions' is a list, not a map" },
	{ "exceptions: [{from: a, to: b}]", "f:1:14: an exception needs 'reason': why" },
	{ "exceptions: [{from: a, to: b, reason: }]", "f:1:14: an exception needs 'reason'" },
	{ "exceptions: [{from: a, to: b, reason: r, rule: import-cicle}]",
	  "f:1:48: unknown rule 'import-cicle'; did you mean 'import-cycle'?" },
	{ "exceptions: [{from: a, to: b, reason: r, expires: 2027-02-29}]",
	  "f:1:51: 'expires' wants a day, YYYY-MM-DD" },
	{ "rules: {import-cycle: {levl: error}}", "f:1:24: unknown key 'levl'; did you mean" },
	{ "rules: {import-cycle: {at: [contexts]}}", "f:1:29: unknown value of 'at' 'contexts'" },
	{ "rules: {import-cycle: error, MC101: off}", "f:1:30: rule 'import-cycle' stands here "
	  "twice, first in line 1" },
	{ "baseline: ../x", "f:1:11: 'baseline' wants a path below the policy's folder" },
	{ "baseline: /x", "f:1:11: 'baseline' wants a path below the policy's folder" },
	{ "go: {platforms: [linux/amd65]}", "f:1:18: " },
	{ "zz: 1\nb: 2\nc: 3", "f:1:1: unknown key 'zz'; the policy has" },
};

static void what_is_refused(void **state UNUSED)
{
	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
		refused(wrong[i].text, wrong[i].says);
}

/* Reading goes on behind a problem: all of them are told, in order. */
static void all_problems_are_told(void **state UNUSED)
{
	static const char text[] = "fail_on: x\nlayers: {a: {in: ..}}\nports: 1\nz: 1\n";
	struct arena a = ARENA_INIT;
	struct policy_problems problems;
	const struct policy *p;
	struct err err = ERR_INIT;

	assert_int_equal(policy_read("f", text, strlen(text), &a, &p, &problems, &err), -1);
	assert_int_equal(problems.count, 4);
	for (uint32_t i = 0; i < problems.count; i++)
		assert_int_equal(problems.item[i].at.line, i + 1);
	assert_non_null(strstr(err.msg, "(and 3 more: meshctl policy check)"));
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key), cmocka_unit_test(defaults),
		cmocka_unit_test(starters_are_read), cmocka_unit_test(merging),
		cmocka_unit_test(directions), cmocka_unit_test(grants),
		cmocka_unit_test(exceptions), cmocka_unit_test(what_is_refused),
		cmocka_unit_test(all_problems_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
