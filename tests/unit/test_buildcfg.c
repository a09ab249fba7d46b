/* SPDX-License-Identifier: MIT */
/* test_buildcfg.c - platforms, tags, file names and versions; tests/oracle/constraint asks Go. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "graph/source/buildcfg.h"

#include <stdio.h>
#include <string.h>

struct fixture {
	struct arena arena;
	struct err err;
};

static int setup(void **state)
{
	static struct fixture f;

	f = (struct fixture){ .arena = ARENA_INIT };
	*state = &f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	arena_release(&f->arena);
	return 0;
}

static struct build_config config(struct fixture *f, const char *platform, bool cgo, unsigned minor)
{
	struct build_config c;

	assert_int_equal(build_config_init(&f->arena, platform, cgo, minor, NULL, 0, &c, &f->err),
			 0);
	return c;
}

static bool holds(const struct build_config *c, const char *tag)
{
	return build_config_tag(c, tag, strlen(tag));
}

/* Each tag with a '!' before it must not hold. */
static void expect_tags(const struct build_config *c, const char *tags)
{
	char word[64];

	for (const char *p = tags; *p; p += strspn(p, " ")) {
		size_t n = strcspn(p, " ");
		bool want = *p != '!';

		snprintf(word, sizeof(word), "%.*s", (int)(n - !want), p + !want);
		if (holds(c, word) != want)
			fail_msg("%s: tag %s is %d", c->name, word, !want);
		p += n;
	}
}

static void tags_follow_the_platform(void **state)
{
	struct build_config c = config(*state, "linux/amd64", true, 26);

	expect_tags(
		&c,
		"linux amd64 gc cgo unix go1.1 go1.26 amd64.v1 goexperiment.regabiargs "
		"goexperiment.dwarf5 !windows !386 !gccgo !go1.27 !go1.0 !go1.01 !go1 !go1.26.1 "
		"!amd64.v2 !ignore !boringcrypto !lin !linuxx !AMD64 !goexperiment. !amd64.");
	c = config(*state, "android/arm64", false, 26);
	expect_tags(&c, "android linux arm64 unix arm64.v8.0 !cgo !ios");
	c = config(*state, "illumos/amd64", true, 26);
	expect_tags(&c, "illumos solaris unix !linux");
	c = config(*state, "ios/arm64", true, 26);
	expect_tags(&c, "ios darwin unix !goexperiment.dwarf5");
	c = config(*state, "js/wasm", true, 26);
	expect_tags(&c, "js wasm wasm.satconv !unix !linux");
	c = config(*state, "linux/amd64", true, 18);
	expect_tags(&c, "go1.18 !unix !go1.19 !amd64.v1 !goexperiment.dwarf5");
	assert_false(build_config_tag(&c, "", 0));
	assert_true(build_config_tag(&c, "linuxrest", 5));
}

static void own_tags_hold(void **state)
{
	struct fixture *f = *state;
	const char *const tags[] = { "mine", "goexperiment.boringcrypto", "go1.99" };
	struct build_config c;

	assert_int_equal(build_config_init(&f->arena, "linux/arm", true, 26, tags, 3, &c, &f->err),
			 0);
	expect_tags(&c, "mine boringcrypto go1.99 arm.5 arm.7 !arm.8 !min !mine2");
	/* The old name alone does not switch it on. */
	const char *const old[] = { "boringcrypto" };

	assert_int_equal(build_config_init(&f->arena, "linux/arm", true, 26, old, 1, &c, &f->err),
			 0);
	expect_tags(&c, "!boringcrypto");
}

static void names_choose_files(void **state)
{
	static const struct {
		const char *name;
		bool linux_amd64, windows_arm64, android_arm64;
	} rows[] = {
		{ "a.go", true, true, true },
		{ "linux.go", true, true, true },
		{ "amd64.go", true, true, true },
		{ "a_linux.go", true, false, true },
		{ "a_windows.go", false, true, false },
		{ "a_linux_amd64.go", true, false, false },
		{ "a_linux_arm64_test.go", false, false, true },
		{ "a_amd64_linux.go", true, false, true },
		{ "a_test.go", true, true, true },
		{ "_linux.go", true, false, true },
		{ "windows_test.go", true, true, true },
		{ "a_windows_test.go", false, true, false },
		{ "a_unix.go", true, true, true },
		{ "a_linux.pb.go", true, false, true },
		{ "a.b_windows.go", true, true, true },
		{ "a_zos.go", false, false, false },
		{ "a_sparc64.go", false, false, false },
		{ "a_linux_.go", true, true, true },
		{ "_", true, true, true },
		{ "_test", true, true, true },
		{ "", true, true, true },
	};
	struct build_config a = config(*state, "linux/amd64", true, 26);
	struct build_config b = config(*state, "windows/arm64", true, 26);
	struct build_config c = config(*state, "android/arm64", true, 26);

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		if (build_config_name(&a, rows[i].name) != rows[i].linux_amd64 ||
		    build_config_name(&b, rows[i].name) != rows[i].windows_arm64 ||
		    build_config_name(&c, rows[i].name) != rows[i].android_arm64)
			fail_msg("file name '%s'", rows[i].name);
	}
	/* Go 1.20 did not know this GOOS. */
	c = config(*state, "linux/amd64", true, 20);
	assert_true(build_config_name(&c, "a_wasip1.go"));
	assert_false(build_config_name(&a, "a_wasip1.go"));
}

static void bad_platforms_name_the_nearest(void **state)
{
	static const struct { const char *platform, *message; } rows[] = {
		{ "linux", "platform 'linux' is not of the form GOOS/GOARCH" },
		{ "linus/amd64", "unknown GOOS 'linus'; did you mean 'linux'?" },
		{ "linux/amd46", "unknown GOARCH 'amd46'; did you mean 'amd64'?" },
		{ "", "platform '' is not of the form GOOS/GOARCH" },
	};
	struct fixture *f = *state;
	struct build_config c;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		f->err = (struct err)ERR_INIT;
		assert_int_equal(build_config_init(&f->arena, rows[i].platform, true, 26, NULL, 0,
						   &c, &f->err),
				 -1);
		assert_string_equal(f->err.msg, rows[i].message);
		assert_int_equal(f->err.code, ERR_USAGE);
	}
	f->err = (struct err)ERR_INIT;
	assert_int_equal(
		build_config_init(&f->arena, "plan9/arm64", true, 26, NULL, 0, &c, &f->err), -1);
	assert_non_null(strstr(f->err.msg, "Go does not build for 'plan9/arm64'"));
	f->err = (struct err)ERR_INIT;
	assert_int_equal(build_config_init(&f->arena, "/", true, 26, NULL, 0, &c, &f->err), -1);
	f->err = (struct err)ERR_INIT;
	assert_int_equal(build_config_init(&f->arena, "linux/", true, 26, NULL, 0, &c, &f->err),
			 -1);
}

static void configurations_have_names(void **state)
{
	assert_string_equal(config(*state, "linux/amd64", true, 26).name, "linux/amd64");
	assert_string_equal(config(*state, "windows/386", false, 26).name,
			    "windows/386 without cgo");
}

static void versions_are_read(void **state)
{
	static const struct { const char *text; int minor;
	} rows[] = {
		{ "1.21", 21 },	     { "go1.21", 21 },
		{ "1.21.3", 21 },    { "1.22rc1", 22 },
		{ "go1.4beta2", 4 }, { "go1.21.0-custom", 21 },
		{ "1.0", 0 },	     { "1.28", 28 },
		{ "go1.22.1", 22 },  { "", -1 },
		{ "1", -1 },	     { "go", -1 },
		{ "2.0", -1 },	     { "1.", -1 },
		{ "1.x", -1 },	     { "1.021", -1 },
		{ "01.2", -1 },	     { "1.21.", -1 },
		{ "1.21rc", -1 },    { "1.21 ", -1 },
		{ "-1.2", -1 },	     { "1.99999999999999999999", -1 },
		{ "1.21-", -1 },     { "1.21.3.4", -1 },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		unsigned minor = 77;

		f->err = (struct err)ERR_INIT;
		int status = go_version_minor(rows[i].text, &minor, &f->err);

		if (status ? rows[i].minor != -1 : rows[i].minor != (int)minor)
			fail_msg("version '%s'", rows[i].text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(tags_follow_the_platform, setup, teardown),
		cmocka_unit_test_setup_teardown(own_tags_hold, setup, teardown),
		cmocka_unit_test_setup_teardown(names_choose_files, setup, teardown),
		cmocka_unit_test_setup_teardown(bad_platforms_name_the_nearest, setup, teardown),
		cmocka_unit_test_setup_teardown(configurations_have_names, setup, teardown),
		cmocka_unit_test_setup_teardown(versions_are_read, setup, teardown),
	};

	return cmocka_run_group_tests_name("buildcfg", tests, NULL, NULL);
}
