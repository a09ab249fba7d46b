/* SPDX-License-Identifier: MIT */
/* test_baseline.c - the file of accepted findings: reading, matching, writing by several. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "analyzers/policy/baseline.h"
#include "base/replace.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define HEADER "{\"meshctl\":\"baseline\",\"version\":1}\n"
#define NOW INT64_C(1900000000)         /* 2030-03-17 */

struct fixture {
	struct arena arena;
	char dir[64];
	const char *path;
};

static int setup(void **state)
{
	struct fixture *f = xcalloc(1, sizeof(*f));

	snprintf(f->dir, sizeof(f->dir), "/tmp/meshctl-test-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	f->path = arena_printf(&f->arena, "%s/base.jsonl", f->dir);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;
	pid_t child = fork();

	if (!child) {
		execlp("rm", "rm", "-rf", f->dir, (char *)NULL);
		_exit(127);
	}
	assert_int_equal(waitpid(child, NULL, 0), child);
	arena_release(&f->arena);
	free(f);
	return 0;
}

static int read_text(struct fixture *f, const char *text, struct baseline **ret, struct err *err)
{
	*err = (struct err)ERR_INIT;
	return baseline_read("b.jsonl", text, strlen(text), &f->arena, ret, err);
}

static struct baseline *good(struct fixture *f, const char *text)
{
	struct baseline *b = NULL;
	struct err err;

	if (read_text(f, text, &b, &err))
		fail_msg("%s", err.msg);
	return b;
}

static void put(const char *path, const char *text)
{
	FILE *out = fopen(path, "w");

	assert_non_null(out);
	fputs(text, out);
	assert_int_equal(fclose(out), 0);
}

static const char *contents(struct fixture *f, const char *path)
{
	struct err err = ERR_INIT;
	const char *bytes;
	size_t len;

	assert_int_equal(file_read(path, 1 << 30, &f->arena, &bytes, &len, &err), 0);
	return bytes;
}

static void lines_are_read(void **state)
{
	struct fixture *f = *state;
	struct baseline *b = good(f, "\xef\xbb\xbf" HEADER
		"{\"rule\":\"import-cycle\",\"from\":\"b\",\"to\":\"a\",\"symbol\":\"dir:1\"}\r\n"
		"\r\n"
		"{\"rule\":\"MC110\",\"from\":\"x\",\"to\":\"y\",\"reason\":\"r\",\"owner\":\"@t\","
		"\"adr\":14,\"expires\":\"2030-03-16\",\"ticket\":{\"id\":[1, 2]},\"z\":null}\n"
		HEADER
		"{\"rule\":\"MC999\",\"from\":\"q\"}");
	const struct baseline_entry *e = b->entry;

	assert_int_equal(b->nentries, 3);
	assert_string_equal(e[0].rule, "MC101");
	assert_string_equal(e[0].symbol, "dir:1");
	assert_int_equal(e[0].end, INT64_MAX);
	assert_int_equal(e[0].line, 2);
	assert_string_equal(e[1].rule, "MC110");
	assert_string_equal(e[1].reason, "r");
	assert_string_equal(e[1].owner, "@t");
	assert_int_equal(e[1].adr, 14);
	assert_int_equal(e[1].end, INT64_C(1899936000));
	assert_string_equal(e[1].rest, "\"ticket\":{\"id\":[1, 2]},\"z\":null");
	assert_int_equal(e[1].line, 4);
	assert_string_equal(e[2].rule, "MC999");
	assert_string_equal(e[2].to, "");
}

static void what_is_wrong_is_named(void **state)
{
	static const struct { const char *text, *want; } row[] = {
		{ "", "b.jsonl: not a baseline: it is empty" },
		{ "\n \n", "b.jsonl: not a baseline: it is empty" },
		{ "version: 1\n", "b.jsonl:1: not a baseline: its first line is" },
		{ "{\"a\":1}\n", "b.jsonl:1: not a baseline: its first line is" },
		{ "[]\n", "b.jsonl:1: not a baseline: its first line is" },
		{ "{\"meshctl\":\"report\",\"version\":1}\n", "b.jsonl:1: not a baseline" },
		{ "{\"rule\":\"MC110\"}\n" HEADER, "b.jsonl:1: not a baseline" },
		{ "{\"meshctl\":\"baseline\"}\n", "b.jsonl:1: a baseline without a version" },
		{ "{\"meshctl\":\"baseline\",\"version\":2}\n",
			"b.jsonl:1: a baseline of version 2; this meshctl knows 1" },
		{ HEADER "{\"rule\":\"MC110\",}\n", "b.jsonl:2:17: a key in double quotes" },
		{ HEADER "{\"rule\":\"MC110\"", "b.jsonl:2:16: the line ends too early" },
		{ HEADER "\n{\"from\":\"a\"}\n", "b.jsonl:3: an entry without a \"rule\"" },
		{ HEADER "{\"rule\":\"\"}\n", "b.jsonl:2: an entry without a \"rule\"" },
		{ HEADER "{\"rule\":1}\n", "b.jsonl:2:9: \"rule\" wants a text" },
		{ HEADER "{\"rule\":\"MC110\",\"adr\":\"14\"}\n",
			"b.jsonl:2:23: \"adr\" wants the number of a record" },
		{ HEADER "{\"rule\":\"MC110\",\"adr\":4294967296}\n", "b.jsonl:2:23: \"adr\"" },
		{ HEADER "{\"rule\":\"MC110\",\"expires\":\"soon\"}\n",
			"b.jsonl:2:27: \"expires\" wants a day, YYYY-MM-DD" },
		{ HEADER "<<<<<<< HEAD\n", "b.jsonl:2: a merge conflict that nobody resolved" },
		{ HEADER "=======\n", "b.jsonl:2: a merge conflict that nobody resolved" },
		{ HEADER "{\"rule\":\"MC110\",\"rule\":\"MC101\"}\n",
			"b.jsonl:2:17: a key that is there twice" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		struct baseline *b;
		struct err err;

		if (!read_text(f, row[i].text, &b, &err))
			fail_msg("accepted: %s", row[i].text);
		assert_int_equal(err.code, ERR_CONFIG);
		if (strncmp(err.msg, row[i].want, strlen(row[i].want)) != 0)
			fail_msg("%s\nfound    %s\nexpected %s", row[i].text, err.msg, row[i].want);
	}
}

/* merge=union leaves both lines where both sides changed one. */
static void the_stricter_of_two_lines_counts(void **state)
{
	static const char *const line[] = {
		"{\"rule\":\"MC110\",\"from\":\"a\",\"owner\":\"@x\"}\n",
		"{\"rule\":\"MC110\",\"from\":\"a\",\"reason\":\"late\","
		"\"expires\":\"2031-01-01\"}\n",
		"{\"rule\":\"internal-import\",\"from\":\"a\",\"expires\":\"2030-01-01\"}\n",
	};
	struct fixture *f = *state;

	for (unsigned i = 0; i < 6; i++) {
		unsigned a = i / 2, b = (a + 1 + i % 2) % 3, c = 3 - a - b;
		struct baseline *x = good(f, arena_printf(&f->arena, HEADER "%s%s%s", line[a],
							  line[b], line[c]));

		assert_int_equal(x->nentries, 1);
		assert_string_equal(x->entry->expires, "2030-01-01");
		assert_string_equal(x->entry->reason, "late");
		assert_string_equal(x->entry->owner, "@x");
	}
}

static struct finding edge(const char *from, const char *to)
{
	return (struct finding){ .rule = &rule_rows[RULE_INTERNAL_IMPORT], .from = from, .to = to,
				 .symbol = "" };
}

static struct finding knot(const struct finding_edge *e, uint32_t n)
{
	return (struct finding){ .rule = &rule_rows[RULE_IMPORT_CYCLE], .from = e->from, .to = "",
				 .symbol = "dir:1", .edge = e, .nedges = n };
}

static void findings_are_matched(void **state)
{
	static const struct finding_edge all[] = {
		{ .from = "a", .to = "b" }, { .from = "b", .to = "a" }, { .from = "b", .to = "c" },
		{ .from = "c", .to = "b" }, { .from = "c", .to = "d" }, { .from = "d", .to = "c" },
	};
	struct fixture *f = *state;
	struct baseline *b = good(f, HEADER
		"{\"rule\":\"MC110\",\"from\":\"x\",\"to\":\"y\"}\n"
		"{\"rule\":\"MC110\",\"from\":\"x\",\"to\":\"z\",\"expires\":\"2030-03-16\"}\n"
		"{\"rule\":\"MC110\",\"from\":\"x\",\"to\":\"w\",\"expires\":\"2030-03-17\"}\n"
		"{\"rule\":\"MC101\",\"from\":\"a\",\"to\":\"b\",\"symbol\":\"dir:1\"}\n"
		"{\"rule\":\"MC101\",\"from\":\"b\",\"to\":\"a\",\"symbol\":\"dir:1\"}\n"
		"{\"rule\":\"MC101\",\"from\":\"b\",\"to\":\"c\",\"symbol\":\"dir:1\"}\n"
		"{\"rule\":\"MC101\",\"from\":\"c\",\"to\":\"b\",\"symbol\":\"dir:1\"}\n"
		"{\"rule\":\"MC101\",\"from\":\"d\",\"to\":\"c\",\"symbol\":\"dir:2\"}\n");
	struct finding k[] = { knot(all, 4), knot(all, 2), knot(all + 2, 2), knot(all, 6) };
	struct finding x[] = { edge("x", "y"), edge("x", "z"), edge("x", "w"), edge("y", "x"),
			       edge("x", "") };

	assert_int_equal(baseline_match(b, &x[0], NOW), BASELINE_HELD);
	assert_int_equal(baseline_match(b, &x[1], NOW), BASELINE_EXPIRED);
	assert_int_equal(baseline_match(b, &x[2], NOW), BASELINE_HELD);
	assert_int_equal(baseline_match(b, &x[3], NOW), BASELINE_NEW);
	assert_int_equal(baseline_match(b, &x[4], NOW), BASELINE_NEW);
	/* The knot as it was, smaller, split: never new.  With one edge more it is. */
	for (unsigned i = 0; i < 3; i++)
		assert_int_equal(baseline_match(b, &k[i], NOW), BASELINE_HELD);
	assert_int_equal(baseline_match(b, &k[3], NOW), BASELINE_NEW);
	for (uint32_t i = 0; i < b->nentries; i++)
		assert_int_equal(b->entry[i].matched, strcmp(b->entry[i].symbol, "dir:2") != 0);
}

/* Any bytes can be a folder's name: what is written is found again. */
static void names_are_any_bytes(void **state)
{
	static const char *const name[] = {
		"a\xff" "b", "\x01\x1b[31m", "q\"\\", "\xe4\xbd\xa0\xe5\xa5\xbd", "\xe2\x80\xae",
		"a b",
		"\xf3\xa0\x80\x81", "\xed\xa0\x80", "",
	};
	struct fixture *f = *state;
	struct err err = ERR_INIT;
	struct baseline *b = good(f, HEADER);

	b->path = f->path;
	b->entry = arena_array(&f->arena, struct baseline_entry, ARRAY_SIZE(name));
	for (size_t i = 0; i < ARRAY_SIZE(name); i++) {
		struct finding x = edge(name[i], "to");
		struct baseline_entry *line;

		assert_int_equal(baseline_lines(&x, &f->arena, &line), 1);
		b->entry[b->nentries++] = *line;
	}
	assert_int_equal(baseline_write(b, &err), 0);
	const char *text = contents(f, f->path);

	for (const char *p = text; *p; p++)
		assert_true((unsigned char)*p >= ' ' || *p == '\n');
	b = good(f, text);
	assert_int_equal(b->nentries, ARRAY_SIZE(name));
	for (size_t i = 0; i < ARRAY_SIZE(name); i++) {
		struct finding x = edge(name[i], "to");

		assert_int_equal(baseline_match(b, &x, NOW), BASELINE_HELD);
	}
}

/* What is read and written is the same whatever the order of the lines; unknown members stay. */
static void order_does_not_matter(void **state)
{
	static const char want[] = HEADER
		"{\"rule\":\"MC101\",\"from\":\"a\",\"to\":\"b\",\"symbol\":\"dir:1\"}\n"
		"{\"rule\":\"MC101\",\"from\":\"a\",\"to\":\"c\"}\n"
		"{\"rule\":\"MC110\",\"from\":\"x\",\"to\":\"y\",\"reason\":\"r\",\"owner\":\"@t\","
		"\"adr\":14,\"expires\":\"2030-03-16\",\"ticket\":{\"id\":[1, 2]},\"z\":null}\n"
		"{\"rule\":\"MC999\",\"from\":\"q\"}\n";
	struct fixture *f = *state;
	const char *line[8];
	char *copy = arena_strdup(&f->arena, want);
	unsigned n = 0;

	for (char *p = copy + strlen(HEADER); *p; n++) {
		char *end = strchr(p, '\n');

		line[n] = arena_strndup(&f->arena, p, (size_t)(end - p));
		p = end + 1;
	}
	for (unsigned turn = 0; turn < 24; turn++) {
		const char *rest[8], *text = HEADER;
		unsigned left = n, code = turn;
		struct err err = ERR_INIT;

		memcpy(rest, line, sizeof(line));
		for (; left; left--) {
			unsigned i = code % left;

			code /= left;
			text = arena_printf(&f->arena, "%s%s\r\n", text, rest[i]);
			rest[i] = rest[left - 1];
		}
		struct baseline *b = good(f, text);

		b->path = f->path;
		assert_int_equal(baseline_write(b, &err), 0);
		assert_string_equal(contents(f, f->path), want);
	}
}

static struct baseline_entry entry(const char *from)
{
	return (struct baseline_entry){ .rule = "MC110", .from = from, .to = "t", .symbol = "",
					.end = INT64_MAX };
}

static void edits_say_what_they_did(void **state)
{
	struct fixture *f = *state;
	struct baseline_entry a = entry("a"), b = entry("b"), c = entry("c");
	struct baseline_edit add = { .add = &a, .nadd = 1 }, both = {
		.remove = &a, .nremove = 1, .add = &b, .nadd = 1,
	}, gone = { .remove = &c, .nremove = 1 };
	struct baseline_edited done;
	struct err err = ERR_INIT;

	assert_int_equal(baseline_edit(f->path, &add, false, &done, &err), -1);
	assert_int_equal(err.code, ERR_CONFIG);
	err = (struct err)ERR_INIT;
	assert_int_equal(access(f->path, F_OK), -1);
	assert_int_equal(baseline_edit(f->path, &add, true, &done, &err), 0);
	assert_int_equal(done.added, 1);
	a.reason = "why";
	assert_int_equal(baseline_edit(f->path, &add, false, &done, &err), 0);
	assert_int_equal(done.added, 0);
	assert_int_equal(done.changed, 1);
	assert_int_equal(baseline_edit(f->path, &add, false, &done, &err), 0);
	assert_int_equal(done.changed, 0);
	assert_string_equal(contents(f, f->path), HEADER
		"{\"rule\":\"MC110\",\"from\":\"a\",\"to\":\"t\",\"reason\":\"why\"}\n");
	assert_int_equal(baseline_edit(f->path, &both, false, &done, &err), 0);
	assert_int_equal(done.removed, 1);
	assert_int_equal(done.entries, 1);
	assert_int_equal(baseline_edit(f->path, &gone, false, &done, &err), 0);
	assert_int_equal(done.removed, 0);
	assert_string_equal(contents(f, f->path), HEADER
		"{\"rule\":\"MC110\",\"from\":\"b\",\"to\":\"t\"}\n");
	/* Nothing stays behind. */
	assert_int_equal(access(arena_printf(&f->arena, "%s.lock", f->path), F_OK), -1);
	assert_int_equal(access(arena_printf(&f->arena, "%s.new", f->path), F_OK), -1);
}

static void what_is_not_ours_is_never_replaced(void **state)
{
	static const char *const text[] = {
		"", "package main\n", HEADER "{\"rule\":\n", HEADER "<<<<<<< HEAD\n",
		"{\"meshctl\":\"baseline\",\"version\":7}\n",
	};
	struct fixture *f = *state;
	struct baseline_entry a = entry("a");
	struct baseline_edit add = { .add = &a, .nadd = 1 };
	struct baseline_edited done;
	struct baseline *b = good(f, HEADER);

	b->path = f->path;
	for (size_t i = 0; i < ARRAY_SIZE(text); i++) {
		struct err err = ERR_INIT;

		put(f->path, text[i]);
		assert_int_equal(baseline_edit(f->path, &add, true, &done, &err), -1);
		assert_int_equal(err.code, ERR_CONFIG);
		err = (struct err)ERR_INIT;
		assert_int_equal(baseline_write(b, &err), -1);
		assert_string_equal(contents(f, f->path), text[i]);
	}
}

static void links_and_modes_stay(void **state)
{
	struct fixture *f = *state;
	const char *link = arena_printf(&f->arena, "%s/link", f->dir);
	struct baseline_entry a = entry("a");
	struct baseline_edit add = { .add = &a, .nadd = 1 };
	struct baseline_edited done;
	struct err err = ERR_INIT;
	struct stat st;

	put(f->path, HEADER);
	assert_int_equal(chmod(f->path, 0640), 0);
	assert_int_equal(symlink("base.jsonl", link), 0);
	assert_int_equal(baseline_edit(link, &add, false, &done, &err), 0);
	assert_int_equal(lstat(link, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_int_equal(stat(f->path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0640);
	assert_non_null(strstr(contents(f, f->path), "MC110"));
	/* A link that leads nowhere, a folder, a pipe, a folder that is not there. */
	assert_int_equal(unlink(link), 0);
	assert_int_equal(symlink("gone", link), 0);
	const char *const bad[] = { link, f->dir, arena_printf(&f->arena, "%s/no/b", f->dir),
				    arena_printf(&f->arena, "%s/pipe", f->dir) };

	assert_int_equal(mkfifo(bad[3], 0600), 0);
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		err = (struct err)ERR_INIT;
		assert_int_equal(baseline_edit(bad[i], &add, true, &done, &err), -1);
		assert_int_equal(err.code, ERR_SYSTEM);
		assert_non_null(strstr(err.msg, bad[i]));
	}
}

/* No room: the file is as it was, and nothing is left beside it. */
static void a_full_disk_harms_nothing(void **state)
{
	struct fixture *f = *state;
	struct baseline_entry *many = arena_array(&f->arena, struct baseline_entry, 1000);
	struct baseline_edit add = { .add = many, .nadd = 1000 };
	struct baseline_edited done;
	struct err err = ERR_INIT;
	struct rlimit before, small;

	for (unsigned i = 0; i < 1000; i++)
		many[i] = entry(arena_printf(&f->arena, "p%u", i));
	put(f->path, HEADER);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = before;
	small.rlim_cur = 4096;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	int rc = baseline_edit(f->path, &add, false, &done, &err);

	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	signal(SIGXFSZ, SIG_DFL);
	assert_int_equal(rc, -1);
	assert_int_equal(err.code, ERR_SYSTEM);
	assert_string_equal(contents(f, f->path), HEADER);
	assert_int_equal(access(arena_printf(&f->arena, "%s.new", f->path), F_OK), -1);
	assert_int_equal(access(arena_printf(&f->arena, "%s.lock", f->path), F_OK), -1);
}

#define WRITERS 4
#define EACH 10

/* Several processes add one entry at a time: none is lost. */
static void writers_lose_nothing(void **state)
{
	struct fixture *f = *state;
	pid_t child[WRITERS];
	struct baseline *b;

	put(f->path, HEADER);
	for (unsigned w = 0; w < WRITERS; w++) {
		child[w] = fork();
		if (child[w])
			continue;
		for (unsigned i = 0; i < EACH; i++) {
			struct baseline_entry a = entry(arena_printf(&f->arena, "w%u/%u", w, i));
			struct baseline_edit add = { .add = &a, .nadd = 1 };
			struct baseline_edited done;
			struct err err = ERR_INIT;

			if (baseline_edit(f->path, &add, false, &done, &err))
				_exit(1);
		}
		_exit(0);
	}
	for (unsigned w = 0; w < WRITERS; w++) {
		int status;

		assert_int_equal(waitpid(child[w], &status, 0), child[w]);
		assert_int_equal(status, 0);
	}
	b = good(f, contents(f, f->path));
	assert_int_equal(b->nentries, WRITERS * EACH);
	assert_int_equal(access(arena_printf(&f->arena, "%s.lock", f->path), F_OK), -1);
}

/* Killed at any moment: the file is one of the two, and the next writer is not held up. */
static void a_killed_writer_tears_nothing(void **state)
{
	struct fixture *f = *state;
	struct baseline_entry *many = arena_array(&f->arena, struct baseline_entry, 4000);
	unsigned before = 0, after = 0;

	for (unsigned i = 0; i < 4000; i++)
		many[i] = entry(arena_printf(&f->arena, "internal/some/package/number/%u", i));
	for (unsigned turn = 0; turn < 20; turn++) {
		struct timespec wait = { .tv_nsec = (long)turn * 800000 };
		struct baseline_entry x = entry("one");
		struct baseline_edit all = { .add = many, .nadd = 4000 },
				     one = { .add = &x, .nadd = 1 };
		struct baseline_edited done;
		struct err err = ERR_INIT;
		pid_t child;

		put(f->path, HEADER);
		child = fork();
		if (!child) {
			baseline_edit(f->path, &all, false, &done, &err);
			_exit(0);
		}
		nanosleep(&wait, NULL);
		kill(child, SIGKILL);
		assert_int_equal(waitpid(child, NULL, 0), child);
		struct baseline *b = good(f, contents(f, f->path));

		assert_true(b->nentries == 0 || b->nentries == 4000);
		before += b->nentries == 0;
		after += b->nentries != 0;
		if (baseline_edit(f->path, &one, false, &done, &err))
			fail_msg("%s", err.msg);
		assert_int_equal(done.entries, b->nentries + 1);
		assert_int_equal(access(arena_printf(&f->arena, "%s.new", f->path), F_OK), -1);
	}
	/* Else the moments were badly chosen. */
	assert_true(before > 0);
	(void)after;
}

/* 100,000 lines are read, matched and written; twice as many take about twice as long. */
static void large_baselines_are_fine(void **state)
{
	struct fixture *f = *state;
	const unsigned n = 100000;
	struct baseline *b = good(f, HEADER);
	struct err err = ERR_INIT;

	b->path = f->path;
	b->entry = arena_array(&f->arena, struct baseline_entry, n);
	for (unsigned i = 0; i < n; i++)
		b->entry[b->nentries++] = entry(arena_printf(&f->arena, "internal/p%u/q%u",
							     i * 7919u % n, i % 13));
	assert_int_equal(baseline_write(b, &err), 0);
	b = good(f, contents(f, f->path));
	assert_int_equal(b->nentries, n);
	for (unsigned i = 0; i < n; i++) {
		struct finding x = edge(arena_printf(&f->arena, "internal/p%u/q%u", i * 7919u % n,
						     i % 13), "t");

		assert_int_equal(baseline_match(b, &x, NOW), BASELINE_HELD);
	}
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(lines_are_read),
		TEST(what_is_wrong_is_named),
		TEST(the_stricter_of_two_lines_counts),
		TEST(findings_are_matched),
		TEST(names_are_any_bytes),
		TEST(order_does_not_matter),
		TEST(edits_say_what_they_did),
		TEST(what_is_not_ours_is_never_replaced),
		TEST(links_and_modes_stay),
		TEST(a_full_disk_harms_nothing),
		TEST(writers_lose_nothing),
		TEST(a_killed_writer_tears_nothing),
		TEST(large_baselines_are_fine),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
