/* SPDX-License-Identifier: MIT */
/* test_output.c - reports go where they were asked to, whole or not at all; colour by its order. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "cmd/output.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct fixture {
	struct arena arena;
	char dir[64];
};

static int setup(void **state)
{
	static struct fixture f;

	f = (struct fixture){ .arena = ARENA_INIT };
	snprintf(f.dir, sizeof(f.dir), "/tmp/meshctl-test-XXXXXX");
	*state = &f;
	return mkdtemp(f.dir) ? 0 : -1;
}

static const char *in(struct fixture *f, const char *name)
{
	return arena_printf(&f->arena, "%s/%s", f->dir, name);
}

/* What is in the folder, without . and .. */
static int count_files(struct fixture *f)
{
	DIR *d = opendir(f->dir);
	int n = -2;

	while (readdir(d))
		n++;
	closedir(d);
	return n;
}

static int teardown(void **state)
{
	struct fixture *f = *state;
	DIR *d = opendir(f->dir);
	struct dirent *e;

	while ((e = readdir(d)))
		unlink(in(f, e->d_name));
	closedir(d);
	rmdir(f->dir);
	arena_release(&f->arena);
	return 0;
}

static void put(const char *path, const char *text)
{
	FILE *out = fopen(path, "w");

	fputs(text, out);
	fclose(out);
}

static void assert_holds(const char *path, const char *want)
{
	char got[256] = "";
	FILE *file = fopen(path, "r");

	assert_non_null(file);
	got[fread(got, 1, sizeof(got) - 1, file)] = '\0';
	fclose(file);
	assert_string_equal(got, want);
}

static int begin(struct fixture *f, const char *path, struct output *ret, struct err *err)
{
	const struct output_target target = { .format = "text", .path = path };

	return output_open(&target, COLOR_AUTO, &f->arena, ret, err);
}

static void a_file_appears_when_it_is_whole(void **state)
{
	struct fixture *f = *state;
	const char *path = in(f, "report");
	struct output o;
	struct err err = ERR_INIT;

	assert_int_equal(begin(f, path, &o, &err), 0);
	fputs("new", o.file);
	fflush(o.file);
	assert_int_not_equal(access(path, F_OK), 0);
	assert_int_equal(output_close(&o, &err), 0);
	assert_holds(path, "new");
	assert_int_equal(count_files(f), 1);
}

static void the_old_file_stays_until_then(void **state)
{
	struct fixture *f = *state;
	const char *path = in(f, "report");
	struct output o;
	struct err err = ERR_INIT;

	put(path, "old");
	assert_int_equal(begin(f, path, &o, &err), 0);
	fputs("new", o.file);
	fflush(o.file);
	assert_holds(path, "old");
	output_discard(&o);
	assert_holds(path, "old");
	assert_int_equal(count_files(f), 1);
	assert_int_equal(begin(f, path, &o, &err), 0);
	fputs("new", o.file);
	assert_int_equal(output_close(&o, &err), 0);
	assert_holds(path, "new");
	assert_int_equal(count_files(f), 1);
}

static void permissions_are_what_the_umask_leaves(void **state)
{
	static const mode_t masks[] = { 022, 077, 0, 002, 0777 };
	struct fixture *f = *state;
	mode_t before = umask(0);

	for (size_t i = 0; i < ARRAY_SIZE(masks); i++) {
		const char *path = in(f, arena_printf(&f->arena, "%zu", i));
		struct output o;
		struct err err = ERR_INIT;
		struct stat st;

		umask(masks[i]);
		assert_int_equal(begin(f, path, &o, &err), 0);
		assert_int_equal(output_close(&o, &err), 0);
		assert_int_equal(stat(path, &st), 0);
		assert_int_equal(st.st_mode & 0777, 0666 & ~masks[i]);
		assert_int_equal(umask(0), masks[i]);
	}
	umask(before);
}

static void a_link_stays_a_link(void **state)
{
	struct fixture *f = *state;
	const char *link = in(f, "link"), *path = in(f, "file");
	struct output o;
	struct err err = ERR_INIT;
	struct stat st;

	put(path, "old");
	assert_int_equal(symlink("file", link), 0);
	assert_int_equal(begin(f, link, &o, &err), 0);
	fputs("new", o.file);
	assert_int_equal(output_close(&o, &err), 0);
	assert_int_equal(lstat(link, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_holds(path, "new");
}

/*
 * What is no regular file is written in place.  Asked of a pipe: as root, on the
 * real /dev/null, a mistake would take the machine's device away.
 */
static void assert_in_place(struct fixture *f)
{
	const char *path = in(f, "pipe");
	char got[8] = "";
	struct output o;
	struct err err = ERR_INIT;
	struct stat st;

	assert_int_equal(mkfifo(path, 0600), 0);
	int reader = open(path, O_RDONLY | O_NONBLOCK);

	assert_true(reader >= 0);
	assert_int_equal(begin(f, path, &o, &err), 0);
	fputs("text", o.file);
	assert_int_equal(output_close(&o, &err), 0);
	assert_int_equal(lstat(path, &st), 0);
	assert_true(S_ISFIFO(st.st_mode));
	assert_int_equal(read(reader, got, sizeof(got)), 4);
	assert_string_equal(got, "text");
	close(reader);
}

static void a_pipe_stays_a_pipe(void **state)
{
	assert_in_place(*state);
}

/* Less than a buffer fails when it is flushed, more fails long before that. */
static void a_full_disk_is_an_error_with_its_reason(void **state)
{
	/* Before /dev/full is touched. */
	assert_in_place(*state);
	for (long size = 1; size <= 1000000; size *= 100) {
		struct output o;
		struct err err = ERR_INIT;

		assert_int_equal(begin(*state, "/dev/full", &o, &err), 0);
		for (long i = 0; i < size; i++)
			fputc('x', o.file);
		assert_int_equal(output_close(&o, &err), -1);
		assert_int_equal(err.code, ERR_SYSTEM);
		assert_string_equal(err.msg, "cannot write '/dev/full': No space left on device");
		assert_null(o.file);
	}
}

/* The stream broke on the way: what stood there before still does. */
static void a_broken_stream_leaves_the_old_file(void **state)
{
	struct fixture *f = *state;
	const char *path = in(f, "report");
	struct output o;
	struct err err = ERR_INIT;

	put(path, "old");
	assert_int_equal(begin(f, path, &o, &err), 0);
	fputs("new", o.file);
	close(fileno(o.file));
	assert_int_equal(output_close(&o, &err), -1);
	assert_non_null(strstr(err.msg, "cannot write '"));
	assert_holds(path, "old");
	assert_int_equal(count_files(f), 1);
}

static void places_that_cannot_be_written(void **state)
{
	struct fixture *f = *state;
	const char *paths[] = { f->dir, in(f, "no/such/folder"), in(f, "file/below"), in(f, "new/"),
				"" };
	const char *says[] = { "Is a directory", "No such file or directory", "Not a directory",
			       "Not a directory", "No such file or directory" };
	struct output o;

	put(in(f, "file"), "x");
	for (size_t i = 0; i < ARRAY_SIZE(paths); i++) {
		struct err err = ERR_INIT;

		assert_int_equal(begin(f, paths[i], &o, &err), -1);
		if (err.code != ERR_SYSTEM || !strstr(err.msg, says[i]))
			fail_msg("'%s': %s", paths[i], err.msg);
	}
	assert_int_equal(count_files(f), 1);
}

static const char *const formats[] = { "text", "json", "dot", NULL };
static const struct command with_formats = { .name = "graph", .formats = formats };
static const struct command without = { .name = "completion" };

/* "--format" items at spaces; what comes out as "format>path" at spaces, or the message. */
static const char *targets(struct arena *a, const struct command *c, const char *list, bool json,
			   const char *output)
{
	struct settings set;
	struct output_target *target;
	struct err err = ERR_INIT;
	const char *text = "";
	unsigned n = 0;

	settings_init(&set);
	for (const char *p = list; *p; p += strspn(p, " ")) {
		size_t len = strcspn(p, " ");

		string_list_add(&set.formats, arena_strndup(a, p, len));
		p += len;
	}
	set.json = json;
	set.output = output;
	if (output_targets(c, &set, a, &target, &n, &err) < 0) {
		assert_int_equal(err.code, ERR_USAGE);
		text = arena_strdup(a, err.msg);
	}
	for (unsigned i = 0; err.code == ERR_NONE && i < n; i++)
		text = arena_printf(a, "%s%s%s>%s", text, i ? " " : "",
				    target[i].format ? target[i].format : "none",
				    target[i].path ? target[i].path : "-");
	settings_release(&set);
	return text;
}

static void formats_find_their_places(void **state)
{
	static const struct {
		const struct command *c;
		const char *list;
		bool json;
		const char *output, *want;
	} cases[] = {
		{ &with_formats, "", false, NULL, "text>-" },
		{ &with_formats, "dot", false, NULL, "dot>-" },
		{ &with_formats, "", true, NULL, "json>-" },
		{ &with_formats, "json", true, NULL, "json>-" },
		{ &with_formats, "json json", false, NULL, "json>-" },
		{ &with_formats, "text json:a.json dot:b:c", false, NULL,
		  "text>- json>a.json dot>b:c" },
		{ &with_formats, "text:-", false, NULL, "text>-" },
		{ &with_formats, "text:report.txt", true, NULL, "text>report.txt json>-" },
		{ &with_formats, "json:a json:b", false, NULL, "json>a json>b" },
		{ &with_formats, "", false, "x", "text>x" },
		{ &with_formats, "", true, "x", "json>x" },
		{ &with_formats, "dot", false, "-", "dot>-" },
		{ &without, "", false, NULL, "none>-" },
		{ &without, "", false, "x", "none>x" },
		{ &with_formats, "jsn", false, NULL,
		  "unknown format 'jsn'; did you mean 'json'? 'graph' prints text, json and dot" },
		{ &with_formats, "png", false, NULL,
		  "unknown format 'png'; 'graph' prints text, json and dot" },
		{ &with_formats, "text,json", false, NULL,
		  "unknown format 'text,json'; 'graph' prints text, json and dot" },
		{ &with_formats, "json:", false, NULL, "no path after the colon in 'json:'" },
		{ &with_formats, "text json", false, NULL,
		  "formats text and json both go to standard output; give one a path, as in "
		  "--format json:FILE" },
		{ &with_formats, "text", true, NULL,
		  "formats text and json both go to standard output; give one a path, as in "
		  "--format json:FILE" },
		{ &with_formats, "text:a json:a", false, NULL,
		  "formats text and json both go to 'a'" },
		{ &with_formats, "text json:a", false, "b",
		  "option '--output' is for one format; with several give each its path, as in "
		  "--format text:FILE" },
		{ &with_formats, "json:a", false, "b", "two places for one report: 'a' and 'b'" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *got = targets(&f->arena, cases[i].c, cases[i].list, cases[i].json,
					  cases[i].output);

		if (strcmp(got, cases[i].want))
			fail_msg("'%s': \"%s\", not \"%s\"", cases[i].list, got, cases[i].want);
	}
}

static void set_or_unset(const char *name, const char *value)
{
	if (value)
		setenv(name, value, 1);
	else
		unsetenv(name);
}

/* Every combination; the first of the ordered reasons that says anything decides. */
static void colour_follows_its_order(void **state UNUSED)
{
	static const char *const none[] = { NULL, "", "0", "1" };
	static const char *const terms[] = { NULL, "dumb", "xterm" };

	for (unsigned i = 0; i < 3 * 4 * 4 * 4 * 3 * 2; i++) {
		enum color_choice choice = (enum color_choice)(i % 3);
		const char *no = none[i / 3 % 4], *force = none[i / 12 % 4],
			   *cli = none[i / 48 % 4];
		const char *term = terms[i / 192 % 3];
		bool terminal = i / 576, want = terminal;

		set_or_unset("NO_COLOR", no);
		set_or_unset("CLICOLOR_FORCE", force);
		set_or_unset("CLICOLOR", cli);
		set_or_unset("TERM", term);
		/* From the weakest to the strongest. */
		if (term && !strcmp(term, "dumb"))
			want = false;
		if (cli && !strcmp(cli, "0"))
			want = false;
		if (force && !strcmp(force, "1"))
			want = true;
		if (no && (!strcmp(no, "0") || !strcmp(no, "1")))
			want = false;
		if (choice != COLOR_AUTO)
			want = choice == COLOR_ALWAYS;
		if (output_color(choice, terminal) != want)
			fail_msg("choice %d NO_COLOR=%s CLICOLOR_FORCE=%s CLICOLOR=%s TERM=%s "
				 "terminal %d: not %d",
				 choice, no ? no : "unset", force ? force : "unset",
				 cli ? cli : "unset", term ? term : "unset", terminal, want);
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_file_appears_when_it_is_whole),
		TEST(the_old_file_stays_until_then),
		TEST(permissions_are_what_the_umask_leaves),
		TEST(a_link_stays_a_link),
		TEST(a_pipe_stays_a_pipe),
		TEST(a_full_disk_is_an_error_with_its_reason),
		TEST(a_broken_stream_leaves_the_old_file),
		TEST(places_that_cannot_be_written),
		TEST(formats_find_their_places),
		TEST(colour_follows_its_order),
	};

	return cmocka_run_group_tests_name("output", tests, NULL, NULL);
}
