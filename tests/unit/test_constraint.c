/* SPDX-License-Identifier: MIT */
/* test_constraint.c - parsing and asking; tests/oracle/constraint asks Go itself. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "graph/source/constraint.h"

#include <stdio.h>
#include <string.h>

struct fixture {
	struct arena arena;
	struct build_config linux_amd64;
};

static int setup(void **state)
{
	static struct fixture f;
	struct err err;

	f = (struct fixture){ .arena = ARENA_INIT };
	*state = &f;
	return build_config_init(&f.arena, "linux/amd64", true, 21, NULL, 0, &f.linux_amd64, &err);
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	arena_release(&f->arena);
	return 0;
}

static const struct constraint *parse(struct fixture *f, const char *line, const char **ret_error)
{
	size_t len = strlen(line);

	return constraint_is_plus_build(line, len) ?
	       constraint_parse_plus_build(&f->arena, line, len, ret_error) :
	       constraint_parse_go_build(&f->arena, line, len, ret_error);
}

static void lines_hold_or_not(void **state)
{
	static const struct { const char *line; bool want; } rows[] = {
		{ "//go:build linux", true },
		{ "//go:build\tlinux && amd64", true },
		{ "//go:build linux&&!amd64", false },
		{ "//go:build windows || linux && cgo", true },
		{ "//go:build (windows || linux) && !cgo", false },
		{ "//go:build !(windows || !linux)", true },
		{ "//go:build !(!(linux))", true },
		{ "//go:build go1.21 && !go1.22", true },
		{ "//go:build ((((unix))))", true },
		{ "//go:build ignore", false },
		{ "//go:build linux\r", true },
		{ "//go:build linux\n", true },
		{ "//go:build \xC3\xA9", false },
		{ "// +build linux", true },
		{ "//+build windows linux", true },
		{ "// +build windows,linux", false },
		{ "// +build linux,!windows", true },
		{ "// +build !!linux", false },
		{ "// +build !", false },
		{ "// +build !a-b", true },
		{ "// +build a-b", false },
		{ "// +build", false },
		{ "// +build linux,", false },
		{ "//\t\t+build \t linux\t", true },
		{ "//\xC2\xA0+build\xE2\x80\x83linux", true },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const char *error;
		const struct constraint *c = parse(f, rows[i].line, &error);

		if (!c || constraint_eval(c, &f->linux_amd64) != rows[i].want)
			fail_msg("%s: %s", rows[i].line, c ? "wrong answer" : error);
	}
}

static void errors_say_why(void **state)
{
	static const struct { const char *line, *error; } rows[] = {
		{ "//go:buildx linux", "not a build constraint" },
		{ " //go:build linux", "not a build constraint" },
		{ "// go:build linux", "not a build constraint" },
		{ "//go:build a\n//go:build b", "not a build constraint" },
		{ "//go:build", "unexpected end of expression" },
		{ "//go:build (", "missing close paren" },
		{ "//go:build (a || ", "missing close paren" },
		{ "//go:build (a b", "missing close paren" },
		{ "//go:build a)", "unexpected token" },
		{ "//go:build a b", "unexpected token" },
		{ "//go:build && a", "unexpected token" },
		{ "//go:build !!a", "double negation not allowed" },
		{ "//go:build a & b", "invalid syntax" },
		{ "//go:build a-b", "invalid syntax" },
		{ "//go:build \xFF", "invalid syntax" },
		{ "//go:build a //comment", "invalid syntax" },
		{ "// +buildx", "not a build constraint" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const char *error;

		assert_null(parse(f, rows[i].line, &error));
		assert_string_equal(error, rows[i].error);
	}
}

static const char *repeat(struct fixture *f, const char *head, const char *part, size_t times)
{
	char *s = arena_array(&f->arena, char, strlen(head) + times * strlen(part) + 1);
	size_t n = 0;

	for (const char *p = head; *p; p++)
		s[n++] = *p;
	for (size_t i = 0; i < times; i++)
		for (const char *p = part; *p; p++)
			s[n++] = *p;
	return s;
}

static void limits_are_those_of_go(void **state)
{
	struct fixture *f = *state;
	const char *error;

	assert_non_null(parse(f, repeat(f, "//go:build a", " || a", 999), &error));
	assert_null(parse(f, repeat(f, "//go:build a", " || a", 1000), &error));
	assert_string_equal(error, "build expression too large");
	assert_null(parse(f, repeat(f, "//go:build ", "!(", 100000), &error));
	assert_string_equal(error, "build expression too large");
	assert_non_null(parse(f, repeat(f, "// +build a", " a", 100), &error));
	assert_null(parse(f, repeat(f, "// +build a", ",a", 101), &error));
	assert_string_equal(error, "expression too complex for // +build lines");
}

/* Brute force: each free tag on or off, each version. */
static void min_go_is_the_smallest_that_can_hold(void **state)
{
	static const char *const lines[] = {
		"go1.5",
		"!go1.5",
		"go1.5 && x",
		"go1.5 || x",
		"go1.3 && go1.7",
		"go1.3 || go1.7",
		"!(go1.5 && x)",
		"!(!go1.5 || x)",
		"(go1.4 && x) || (go1.6 && y)",
		"x",
		"go1.0",
		"go1.05",
		"!(go1.3 || !go1.6)",
		"go1.8 && !x && y",
		"!(!(go1.2))",
		"go1.x",
		"go2",
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		const char *line = arena_printf(&f->arena, "//go:build %s", lines[i]);
		const char *error;
		const struct constraint *c = parse(f, line, &error);
		unsigned want = UINT32_MAX;

		assert_non_null(c);
		for (unsigned minor = 0; minor < 12; minor++) {
			for (unsigned mask = 0; mask < 32; mask++) {
				static const char *const all[] = { "x", "y", "go1.05", "go1.x",
								   "go2" };
				const char *tags[6];
				struct build_config config = f->linux_amd64;

				config.go_minor = minor;
				config.tags = tags;
				for (unsigned b = 0; b < 5; b++)
					if (mask >> b & 1)
						tags[config.ntags++] = all[b];
				/* As a release tag go1.0 is never listed: it is an ordinary tag. */
				tags[config.ntags++] = "go1.0";
				if (want == UINT32_MAX && constraint_eval(c, &config))
					want = minor;
			}
		}
		if (constraint_min_go(c) != (want == UINT32_MAX ? 0 : want))
			fail_msg("%s: %u, not %u", line, constraint_min_go(c), want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(lines_hold_or_not, setup, teardown),
		cmocka_unit_test_setup_teardown(errors_say_why, setup, teardown),
		cmocka_unit_test_setup_teardown(limits_are_those_of_go, setup, teardown),
		cmocka_unit_test_setup_teardown(min_go_is_the_smallest_that_can_hold, setup,
						teardown),
	};

	return cmocka_run_group_tests_name("constraint", tests, NULL, NULL);
}
