/* SPDX-License-Identifier: MIT */
/* test_pattern.c - patterns against a naive matcher, specificity, sets, refusals, steps. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/limits.h"
#include "base/pattern.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const struct pattern *pattern(const char *text, struct arena *a)
{
	const struct pattern *p = NULL;
	struct err err = ERR_INIT;
	uint32_t at;

	if (pattern_new(text, a, &p, &at, &err))
		fail_msg("'%s' is refused: %s", text, err.msg);
	return p;
}

/* The definition, letter by letter: everything takes as little as it can, from the left. */
struct naive {
	const char *name[8];
	const char *at[8];
	size_t len[8];
	int count;
};

static bool naive_text(struct naive *n, const char *p, const char *pe, const char *s,
		       const char *se, const char *rest_p, const char *rest_s);
static bool naive_path(struct naive *n, const char *p, const char *s);

static const char *end_of(const char *s)
{
	return s + strcspn(s, "/");
}

static const char *behind(const char *end)
{
	return *end ? end + 1 : end;
}

static bool naive_capture(struct naive *n, const char *p, const char *pe, const char *s,
			  const char *se, const char *rest_p, const char *rest_s)
{
	const char *close = strchr(p, '}');
	size_t len = (size_t)(close - p) - 1;
	int i = 0;

	while (i < n->count && (strncmp(n->name[i], p + 1, len) || n->name[i][len] != '}'))
		i++;
	if (i < n->count)
		return n->len[i] <= (size_t)(se - s) && !memcmp(n->at[i], s, n->len[i]) &&
		       naive_text(n, close + 1, pe, s + n->len[i], se, rest_p, rest_s);
	for (size_t take = 1; take <= (size_t)(se - s); take++) {
		n->name[i] = p + 1;
		n->at[i] = s;
		n->len[i] = take;
		n->count = i + 1;
		if (naive_text(n, close + 1, pe, s + take, se, rest_p, rest_s))
			return true;
		n->count = i;
	}
	return false;
}

static bool naive_text(struct naive *n, const char *p, const char *pe, const char *s,
		       const char *se, const char *rest_p, const char *rest_s)
{
	if (p == pe)
		return s == se && naive_path(n, rest_p, rest_s);
	if (*p == '{')
		return naive_capture(n, p, pe, s, se, rest_p, rest_s);
	if (*p != '*')
		return s < se && *s == *p && naive_text(n, p + 1, pe, s + 1, se, rest_p, rest_s);
	for (const char *from = s; from <= se; from++)
		if (naive_text(n, p + 1, pe, from, se, rest_p, rest_s))
			return true;
	return false;
}

/* p and s are at the beginning of a segment. */
static bool naive_path(struct naive *n, const char *p, const char *s)
{
	const char *pe = end_of(p);

	if (!*p)
		return !*s;
	if (pe - p == 2 && !strncmp(p, "**", 2)) {
		for (;; s = behind(end_of(s))) {
			if (naive_path(n, behind(pe), s))
				return true;
			if (!*s)
				return false;
		}
	}
	return *s && naive_text(n, p, pe, s, end_of(s), behind(pe), behind(end_of(s)));
}

static uint32_t next_random(uint32_t *seed, uint32_t below)
{
	*seed = *seed * 1664525 + 1013904223;
	return (*seed >> 10) % below;
}

static void random_path(uint32_t *seed, char *out, size_t size)
{
	static const char *const words[] = { "a", "b", "ab", "aa", "aba", "ba", "bb" };
	uint32_t n = next_random(seed, 6);
	size_t len = 0;

	out[0] = '\0';
	for (uint32_t i = 0; i < n; i++)
		len += (size_t)snprintf(out + len, size - len, "%s%s", i ? "/" : "",
					words[next_random(seed, ARRAY_SIZE(words))]);
}

static void random_pattern(uint32_t *seed, char *out, size_t size)
{
	static const char *const pieces[] = {
		"a", "b", "ab", "*", "**", "**", "{x}", "{y}", "{x}", "a*", "*b", "a*a", "{x}b",
		"a{y}", "*a*", "{x}b{y}", "{x}a{x}", "*a{x}", "b*b*", "aba",
	};
	uint32_t n = 1 + next_random(seed, 5);
	size_t len = 0;

	for (uint32_t i = 0; i < n; i++)
		len += (size_t)snprintf(out + len, size - len, "%s%s", i ? "/" : "",
					pieces[next_random(seed, ARRAY_SIZE(pieces))]);
}

/* A path that the pattern may match: its own text with something for each wildcard. */
static void path_of(uint32_t *seed, const char *pattern, char *out, size_t size)
{
	static const char *const deep[] = { "a", "b/a", "ab", "a/b/a" };
	static const char *const some[] = { "a", "b", "ab", "aba" };
	size_t len = 0;

	out[0] = '\0';
	for (const char *p = pattern; *p && len < size; p++) {
		if (!strncmp(p, "**", 2) && !next_random(seed, 3)) {
			p += p[2] ? 2 : 1;
			len -= len && !p[1];
			continue;
		}
		if (!strncmp(p, "**", 2))
			len += (size_t)snprintf(out + len, size - len, "%s",
						deep[next_random(seed, ARRAY_SIZE(deep))]);
		else if (*p == '*' || *p == '{')
			len += (size_t)snprintf(out + len, size - len, "%s",
						some[next_random(seed, ARRAY_SIZE(some))]);
		else
			len += (size_t)snprintf(out + len, size - len, "%c", *p);
		p += !strncmp(p, "**", 2) ? 1 : *p == '{' ? 2 : 0;
	}
	len = len < size ? len : size - 1;
	while (len && out[len - 1] == '/')
		len--;
	out[len] = '\0';
}

static void check_captures(const struct pattern *p, const char *path, const struct naive *n,
			   const struct pattern_capture *capture)
{
	assert_int_equal(pattern_ncaptures(p), n->count);
	for (int i = 0; i < n->count; i++) {
		const char *name = pattern_capture_name(p, (uint32_t)i);

		assert_memory_equal(n->name[i], name, strlen(name));
		if (capture[i].at != (uint32_t)(n->at[i] - path) || capture[i].len != n->len[i])
			fail_msg("'%s' on '%s': {%s} is %.*s, not %.*s", pattern_text(p), path,
				 name, (int)capture[i].len, path + capture[i].at,
				 (int)n->len[i], n->at[i]);
	}
}

static void as_the_naive_matcher(void **state UNUSED)
{
	uint32_t seed = 7, matches = 0, captured = 0;

	for (int round = 0; round < 4000; round++) {
		struct arena a = ARENA_INIT;
		struct pattern_matcher *m = pattern_matcher_new(&a);
		char text[100], path[64];

		random_pattern(&seed, text, sizeof(text));
		const struct pattern *p = pattern(text, &a);

		for (int k = 0; k < 25; k++) {
			struct pattern_capture capture[PATTERN_CAPTURES];
			struct naive n = { .count = 0 };
			struct err err = ERR_INIT;

			if (k % 2)
				random_path(&seed, path, sizeof(path));
			else
				path_of(&seed, text, path, sizeof(path));
			bool want = naive_path(&n, text, path);
			int got = pattern_match(p, m, path, capture, &err);

			if (got != want)
				fail_msg("'%s' on '%s' is %d, not %d", text, path, got, want);
			if (got)
				check_captures(p, path, &n, capture);
			matches += want;
			captured += want && n.count;
		}
		arena_release(&a);
	}
	/* Not a comparison of nothing with nothing. */
	assert_true(matches > 20000);
	assert_true(captured > 10000);
}

/* A set finds what each pattern alone finds, in order. */
static void sets(void **state UNUSED)
{
	uint32_t seed = 99, hits = 0;

	for (int round = 0; round < 60; round++) {
		struct arena a = ARENA_INIT;
		struct pattern_matcher *m = pattern_matcher_new(&a);
		struct pattern_set *set = pattern_set_new(&a);
		const struct pattern *list[80];
		char text[100], path[64];

		for (uint32_t i = 0; i < ARRAY_SIZE(list); i++) {
			random_pattern(&seed, text, sizeof(text));
			list[i] = pattern(text, &a);
			assert_int_equal(pattern_set_add(set, list[i]), i);
		}
		for (int k = 0; k < 60; k++) {
			struct pattern_capture capture[PATTERN_CAPTURES];
			const struct pattern_hit *hit;
			uint32_t n, at = 0;
			struct err err = ERR_INIT;

			random_path(&seed, path, sizeof(path));
			assert_int_equal(pattern_set_match(set, m, path, &hit, &n, &err), 0);
			hits += n;
			for (uint32_t i = 0; i < ARRAY_SIZE(list); i++) {
				if (!pattern_match(list[i], m, path, capture, &err))
					continue;
				assert_true(at < n);
				assert_int_equal(hit[at].number, i);
				assert_memory_equal(hit[at++].capture, capture, sizeof(capture));
			}
			assert_int_equal(at, n);
		}
		arena_release(&a);
	}
	assert_true(hits > 1000);
}

static void specificity(void **state UNUSED)
{
	/* Each is more specific than those below it. */
	static const char *const order[] = {
		"a/b/c", "a/b", "a/b/**/c/d", "a/b/**/c/**", "a/b/**/{x}", "a/b/**", "a/ab{x}",
		"a/{x}/c", "a/{x}", "a/{x}/**", "a/ab*", "a/*/b", "a/*", "a/*/**", "a", "a/**/b",
		"a/**", "{x}", "*", ".", "**/a", "**",
	};
	static const struct { const char *a, *b; } equal[] = {
		{ "a/{x}", "a/{y}" }, { "a/*/b", "b/*/c" }, { "**", "**/**" },
		{ "a/{x}/*", "a/{z}/*" }, { "./a/b", "a/b" }, { "a*", "b*" },
	};
	struct arena a = ARENA_INIT;

	for (size_t i = 0; i < ARRAY_SIZE(order); i++)
		for (size_t k = 0; k < ARRAY_SIZE(order); k++) {
			int c = pattern_compare(pattern(order[i], &a), pattern(order[k], &a));

			if ((c > 0) - (c < 0) != (i > k) - (i < k))
				fail_msg("'%s' against '%s' gives %d", order[i], order[k], c);
		}
	for (size_t i = 0; i < ARRAY_SIZE(equal); i++)
		assert_int_equal(
			pattern_compare(pattern(equal[i].a, &a), pattern(equal[i].b, &a)), 0);
	arena_release(&a);
}

static void examples(void **state UNUSED)
{
	static const struct { const char *pattern, *path; int matches; } cases[] = {
		{ "domain/**", "domain", 1 }, { "domain/**", "domain/a/b", 1 },
		{ "domain/**", "domains", 0 }, { "**/domain", "domain", 1 },
		{ "**/domain", "a/b/domain", 1 }, { "a/**/b", "a/b", 1 }, { "a/*/b", "a/b", 0 },
		{ ".", "", 1 }, { ".", ".", 1 }, { ".", "a", 0 }, { "**", "", 1 }, { "*", "", 0 },
		{ "*", "a", 1 }, { "*", "a/b", 0 }, { "{x}/{x}", "a/a", 1 },
		{ "{x}/{x}", "a/b", 0 },
		{ "{x}/m/{x}_test", "order/m/order_test", 1 }, { "a.b", "axb", 0 },
		{ "a+(b)$", "a+(b)$", 1 }, { "\xe4\xb8\xad/{x}", "\xe4\xb8\xad/\xe6\x96\x87", 1 },
		{ "./a/**", "a/b", 1 }, { "a\nb/*", "a\nb/\n", 1 },
	};
	struct arena a = ARENA_INIT;
	struct pattern_matcher *m = pattern_matcher_new(&a);
	const char *const names[] = { "c", "d" };
	struct err err = ERR_INIT;

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		if (pattern_match(pattern(cases[i].pattern, &a), m, cases[i].path, NULL, &err) !=
		    cases[i].matches)
			fail_msg("'%s' on '%s'", cases[i].pattern, cases[i].path);
	assert_true(pattern_is_literal(pattern("a/b", &a)));
	assert_false(pattern_is_literal(pattern("a/b/**", &a)));
	assert_string_equal(pattern_through("a/{c}/x/{d}y/z", names, 1, &a), "a/{c}");
	assert_string_equal(pattern_through("a/{c}/x/{d}y/z", names, 2, &a), "a/{c}/x/{d}y");
	assert_null(pattern_through("a/{c}/x", names, 2, &a));
	assert_string_equal(pattern_put("a/{c}/x{c}/{d}", "c", "foo", &a), "a/foo/xfoo/{d}");
	arena_release(&a);
}

static void what_is_refused(void **state UNUSED)
{
	static const struct { const char *text, *says; uint32_t at; } cases[] = {
		{ "", "an empty pattern", 0 },
		{ "/a", "an empty segment", 0 },
		{ "a//b", "an empty segment", 2 },
		{ "a/", "it ends in '/'", 2 },
		{ "../a", "'.' and '..'", 0 },
		{ "a/../b", "'.' and '..'", 2 },
		{ "a/./b", "'.' and '..'", 2 },
		{ "./...", "'...' is of Go's patterns", 2 },
		{ "a/...", "'...' is of Go's patterns", 2 },
		{ "a**", "'**' must be a whole segment", 1 },
		{ "a/**b", "'**' must be a whole segment", 2 },
		{ "***", "'**' must be a whole segment", 0 },
		{ "a/{x}{y}", "two wildcards without text", 5 },
		{ "*{y}", "two wildcards without text", 1 },
		{ "a/{x,y}", "'{' begins a capture", 2 },
		{ "a/{}", "'{' begins a capture", 2 },
		{ "a/{x", "'{' begins a capture", 2 },
		{ "a/x}", "'{' begins a capture", 3 },
		{ "a\\b", "a pattern has '/'", 1 },
		{ "a/[ab]", "'?', '[' and ']' are not understood", 2 },
		{ "a/b?", "'?', '[' and ']' are not understood", 3 },
		{ "{a}/{b}/{c}/{d}/{e}/{f}/{g}/{h}/{i}", "more captures than", 32 },
	};
	struct arena a = ARENA_INIT;
	const struct pattern *p;
	uint32_t at;

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct err err = ERR_INIT;

		if (!pattern_new(cases[i].text, &a, &p, &at, &err))
			fail_msg("'%s' is taken", cases[i].text);
		assert_int_equal(err.code, ERR_CONFIG);
		if (strncmp(err.msg, cases[i].says, strlen(cases[i].says)) || at != cases[i].at)
			fail_msg("'%s': %u: %s", cases[i].text, at, err.msg);
	}
	arena_release(&a);
}

/* The longest that is taken compiles, whatever is in it. */
static void long_ones(void **state UNUSED)
{
	char longer[2000];
	struct arena a = ARENA_INIT;
	const struct pattern *p;
	uint32_t at;

	for (size_t i = 0; i + 2 < sizeof(longer); i += 3)
		memcpy(longer + i, "**/", 3);
	longer[sizeof(longer) - 3] = '\0';
	struct err err = ERR_INIT;

	assert_int_equal(pattern_new(longer, &a, &p, &at, &err), -1);
	static const char *const fill[] = {
		"*/", "**/a/", "{a}/", "a*", "./", "(/", "a*/", "{a}-",
	};

	for (size_t i = 0; i < ARRAY_SIZE(fill); i++) {
		size_t len = strlen(fill[i]), n = 0, most = (size_t)limit_of(LIMIT_PATTERN_BYTES);

		for (; n + len + 1 <= most; n += len)
			memcpy(longer + n, fill[i], len);
		memcpy(longer + n, "x", 2);
		struct err e = ERR_INIT;

		if (pattern_new(longer, &a, &p, &at, &e) && strcmp(fill[i], "./"))
			fail_msg("'%.20s...' is refused: %s", longer, e.msg);
	}
	arena_release(&a);
}

/* Whatever a folder is called, its pattern is one, matches it, and has text of its own. */
static void of_paths(void **state UNUSED)
{
	static const char bytes[] = "aab.*?[]{}\\/";
	struct arena a = ARENA_INIT;
	struct pattern_matcher *m = pattern_matcher_new(&a);
	unsigned seed = 5, found = 0;

	assert_string_equal(pattern_of_path("pkg/log", &a), "pkg/log");
	assert_string_equal(pattern_of_path("{{cookie}}/cmd/x...", &a), "*cookie*/cmd/x*");
	assert_null(pattern_of_path("a/{{}}/b", &a));
	assert_null(pattern_of_path("a/...", &a));
	for (int i = 0; i < 20000; i++) {
		struct err err = ERR_INIT;
		const char *made;
		char path[12];
		size_t n = 0;

		for (size_t k = (seed = seed * 1103515245 + 12345) >> 16 & 7; k < 8; k++) {
			seed = seed * 1103515245 + 12345;
			path[n++] = bytes[(seed >> 16) % (sizeof(bytes) - 1)];
		}
		path[n] = '\0';
		made = pattern_of_path(path, &a);
		if (!made || strstr(path, "//") || strchr("./", *path) || path[n - 1] == '/')
			continue;
		found++;
		if (pattern_match(pattern(made, &a), m, path, NULL, &err) != 1)
			fail_msg("'%s' is not matched by '%s'", path, made);
	}
	assert_true(found > 2000);
	arena_release(&a);
}

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Patterns that other engines take years for end at once; recurring captures at the limit. */
static void steps(void **state UNUSED)
{
	static const char *const linear[] = {
		"**/a/**/a/**/a/**/a/**/a/**/a/**/a/**/a/**/a/**/b",
		"a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", "**/*a*a*a*a*a*b/**/*a*a*b/**",
		"**/{x}/**/a/**/{y}/**/a/**/{z}/**/a/**/b",
	};
	struct arena a = ARENA_INIT;
	struct pattern_matcher *m = pattern_matcher_new(&a);
	char path[1200];
	size_t n = 0;
	double begin = seconds();

	for (int i = 0; i < 60; i++)
		n += (size_t)snprintf(path + n, sizeof(path) - n, "%saaaaaaaaaaaaaaa",
				      i ? "/a/" : "");
	for (size_t i = 0; i < ARRAY_SIZE(linear); i++) {
		struct err err = ERR_INIT;

		if (pattern_match(pattern(linear[i], &a), m, path, NULL, &err))
			fail_msg("'%s': %s", linear[i], err.msg);
	}
	struct err err = ERR_INIT;
	const struct pattern *bad = pattern("**/{a}/**/{b}/**/{c}/**/{d}/**/{e}/**/{a}/{b}x", &a);

	assert_int_equal(pattern_match(bad, m, path, NULL, &err), -1);
	assert_int_equal(err.code, ERR_CONFIG);
	assert_non_null(strstr(err.msg, "takes more steps than the limit pattern-steps"));
	assert_true(seconds() - begin < 5);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_the_naive_matcher), cmocka_unit_test(sets),
		cmocka_unit_test(specificity), cmocka_unit_test(examples),
		cmocka_unit_test(what_is_refused), cmocka_unit_test(long_ones),
		cmocka_unit_test(of_paths), cmocka_unit_test(steps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
