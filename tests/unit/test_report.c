/* SPDX-License-Identifier: MIT */
/* test_report.c - code frames, the verdict, the text and JSON reports of a small tree. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/text.h"
#include "cmd/report/frame.h"
#include "cmd/report/proof.h"
#include "cmd/report/reporters.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What stands above the caret is the byte that was asked for, whatever the line holds. */
static void the_caret_is_under_its_column(void **state)
{
	static const char *const lines[] = {
		"import \"x\"", "\t\timport \"x\"", "/* \xe8\xae\xa2\xe5\x8d\x95 */\timport \"x\"",
		"\033[31m\xff\x01 import \"x\"", "", "i",
	};
	struct arena a = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		size_t len = strlen(lines[i]), caret;

		for (size_t col = 1; col <= len + 2; col++) {
			const char *text = frame_line(&a, lines[i], len, col, 90, &caret);
			const char *at = text;
			size_t column = 0;
			uint32_t point;

			assert_true(text_width(text) <= 90);
			assert_true(utf8_valid(text, strlen(text)));
			assert_null(strchr(text, '\t'));
			while (*at && column < caret) {
				at += utf8_decode(at, strlen(at), &point);
				column += text_point_width(point);
			}
			assert_int_equal(column, caret);
			if (col <= len && lines[i][col - 1] >= ' ' && lines[i][col - 1] < 0x7f)
				assert_int_equal(*at, lines[i][col - 1]);
			arena_reset(&a);
		}
	}
	arena_release(&a);
}

/* Megabytes of one line: cut on both sides, the caret still inside and right. */
static void long_lines_are_cut_around_the_caret(void **state)
{
	enum { LEN = 2000000 };
	char *line = malloc(LEN);
	struct arena a = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < LEN; i++)
		line[i] = (char)('a' + i % 26);
	for (size_t col = 1; col <= LEN; col = col * 7 + 3) {
		size_t caret;
		const char *text = frame_line(&a, line, LEN, col, 90, &caret);
		const char *at = text;
		size_t column = 0;
		uint32_t point;

		assert_true(text_width(text) <= 90);
		for (; column < caret; column++)
			at += utf8_decode(at, strlen(at), &point);
		assert_int_equal(*at, line[col - 1]);
		assert_non_null(strstr(text, "\xe2\x80\xa6"));
		assert_true(strlen(text) < 1000);
		arena_reset(&a);
	}
	arena_release(&a);
	free(line);
}

static void write_file(const char *folder, const char *name, const char *text)
{
	char path[512];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	for (char *p = strchr(path + strlen(folder) + 1, '/'); p; p = strchr(p + 1, '/')) {
		*p = '\0';
		mkdir(path, 0777);
		*p = '/';
	}
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

struct fixture {
	char folder[64];
	struct arena arena;
	struct source *source;
	const struct graph *graph;
	struct findings findings;
	struct rules_ran ran;
	struct rule_set chosen;
	struct report report;
	struct build_config config;
};

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	struct err err = ERR_INIT;

	snprintf(f->folder, sizeof(f->folder), "/tmp/meshctl-report-XXXXXX");
	assert_non_null(mkdtemp(f->folder));
	write_file(f->folder, "go.mod", "module m\n\ngo 1.21\n");
	write_file(f->folder, "a/a.go", "package a\n\nimport (\n\t\"m/gone\"\n\t\"m/b/x\"\n)\n");
	write_file(f->folder, "a/b.go", "package a\n\nimport \"m/gone\"\n");
	write_file(f->folder, "b/x/x.go", "package x\n");
	for (int i = 0; i < 5; i++) {
		char name[32], text[64];

		snprintf(name, sizeof(name), "c/f%d.go", i);
		snprintf(text, sizeof(text), "package c\n\nimport \"m/none%d\"\n", i);
		write_file(f->folder, name, text);
	}
	assert_int_equal(build_config_init(&f->arena, "linux/amd64", true, GO_NEWEST_MINOR, NULL, 0,
					   &f->config, &err), 0);
	struct source_options o = {
		.dir = f->folder, .config = &f->config, .nconfigs = 1, .workers = 1,
			.count_lines = true,
	};

	assert_int_equal(source_read(&o, &f->source, &err), 0);
	f->graph = graph_from_source(f->source, &f->arena);
	findings_init(&f->findings, &f->arena);
	for (unsigned i = 0; i < RULE_COUNT; i++)
		f->chosen.has[i] = rule_rows[i].severity && i != RULE_TEST_CYCLE;

	const struct analysis given = {
		.source = f->source, .graph = f->graph, .findings = &f->findings,
		.policy = policy_default(&f->arena),
	};

	assert_int_equal(analyzers_run(&f->chosen, &given, &f->ran, &err), 0);
	findings_finish(&f->findings, f->source->syms);
	f->report = (struct report){
		.command = "analyze", .source = f->source, .graph = f->graph,
			.findings = &f->findings,
		.ran = &f->ran, .chosen = &f->chosen, .fail_on = SEV_ERROR,
	};
	f->report.status = report_status(&f->report, &f->arena, &f->report.incomplete);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	findings_release(&f->findings);
	source_release(f->source);
	arena_release(&f->arena);
	static const char *const files[] = {
		"go.mod", "a/a.go", "a/b.go", "a", "b/x/x.go", "b/x", "b", "c/f0.go", "c/f1.go",
			"c/f2.go",
		"c/f3.go", "c/f4.go", "c", "",
	};

	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		char path[128];

		snprintf(path, sizeof(path), "%s/%s", f->folder, files[i]);
		remove(path);
	}
	free(f);
	return 0;
}

static char *print(const struct reporter *reporter, const struct report *r)
{
	struct err err = ERR_INIT;
	char *bytes = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&bytes, &len);

	assert_int_equal(reporter->write(r, out, &err), 0);
	fclose(out);
	return bytes;
}

static uint32_t count(const char *text, const char *what)
{
	uint32_t n = 0;

	for (const char *p = strstr(text, what); p; p = strstr(p + 1, what))
		n++;
	return n;
}

static void text_shows_three_of_a_rule_and_says_what_it_hides(void **state)
{
	struct fixture *f = *state;
	char *text = print(&reporter_text, &f->report);

	/* Six packages are missing; one of them in two files. */
	assert_int_equal(f->findings.count, 6);
	assert_int_equal(f->report.status, EXIT_FINDINGS);
	assert_int_equal(count(text, ": error: "), 3);
	assert_int_equal(count(text, "3 more findings of missing-package: meshctl analyze --rule "
			       "missing-package --all\n"), 1);
	assert_non_null(strstr(text, "a/a.go:4:2: error: 'a' imports 'm/gone', but 'gone' holds "
			       "no Go package"));
	assert_non_null(strstr(text, "     4 |     \"m/gone\"\n       |     ^\n"));
	assert_int_equal(count(text, "  also  a/b.go:3:8\n"), 1);
	/* The reason and the cure once, not three times. */
	assert_int_equal(count(text, "  why   "), 1);
	assert_int_equal(count(text, "  fix   "), 1);
	assert_null(strchr(text, '\033'));
	free(text);
	f->report.all = true;
	text = print(&reporter_text, &f->report);
	assert_int_equal(count(text, ": error: "), 6);
	assert_int_equal(count(text, "more findings"), 0);
	free(text);
}

static void the_last_two_lines_prove_the_work(void **state)
{
	struct fixture *f = *state;
	char *text = print(&reporter_text, &f->report), *checked = strstr(text, "\nchecked   ");
	char *result = checked ? strstr(checked, "\nresult    ") : NULL;

	assert_non_null(checked);
	assert_non_null(result);
	/* Lines that continue a block begin below its words. */
	for (char *p = strstr(checked, "\n          "); p &&
	     p < result; p = strstr(p, "\n          "))
		memmove(p, p + 10, strlen(p + 10) + 1);
	result = strstr(checked, "\nresult    ");
	assert_int_equal(strncmp(checked,
				 "\nchecked   8 files read, 0 broken; 8 imports, 1 of them inside; "
					  "1 platform", 60), 0);
	assert_non_null(strstr(checked, "1 not asked for"));
	assert_string_equal(result, "\nresult    6 errors, 0 warnings; exit 1\n");
	free(text);
}

static void colour_repeats_what_words_say(void **state)
{
	struct fixture *f = *state;
	char *plain = print(&reporter_text, &f->report), *out = plain, *colored;

	f->report.color = true;
	colored = print(&reporter_text, &f->report);
	assert_non_null(strchr(colored, '\033'));
	/* Without its escape sequences it is the same text. */
	for (const char *p = colored; *p; p++) {
		if (*p == '\033') {
			p += strcspn(p, "m");
			continue;
		}
		assert_int_equal(*p, *out);
		out++;
	}
	assert_int_equal(*out, '\0');
	free(plain);
	free(colored);
}

static void json_tells_an_error_before_anything_was_read(void **state)
{
	struct report r = { .command = "analyze", .error = "no such \"folder\"",
		.status = EXIT_INCOMPLETE };
	char *text = print(&reporter_json, &r);

	(void)state;
	assert_string_equal(text,
			    "{\n\t\"schema\": 1,\n\t\"command\": \"analyze\",\n\t\"status\": 3,\n"
			    "\t\"incomplete\": null,\n\t\"source\": null,\n\t\"findings\": [],\n"
			    "\t\"proof\": null,\n\t\"error\": \"no such \\\"folder\\\"\"\n}\n");
	free(text);
	text = print(&reporter_text, &r);
	assert_string_equal(text, "");
	free(text);
}

static void reports_are_the_same_bytes_twice(void **state)
{
	struct fixture *f = *state;

	for (unsigned i = 0; i < nreporters; i++) {
		char *one = print(reporters[i], &f->report), *two = print(reporters[i], &f->report);

		assert_ptr_equal(reporter_find(reporters[i]->name), reporters[i]);
		assert_string_equal(one, two);
		free(one);
		free(two);
	}
	assert_null(reporter_find("nonsense"));
}

/* Nothing, or what is wrong: never a report that looks like one of a run that found nothing. */
static void a_failure_is_told_or_nothing_is(void **state)
{
	const struct report r = { .command = "analyze", .error = "no such 'folder'",
		.status = EXIT_INCOMPLETE };

	(void)state;
	for (unsigned i = 0; i < nreporters; i++) {
		char *text = print(reporters[i], &r);

		if (reporters[i]->tells_failure)
			assert_true(strstr(text, "folder") || strstr(text, "exit_status 3"));
		else
			assert_string_equal(text, "");
		free(text);
	}
}

/* One row a way to be incomplete; the numbers around the limit of one in ten. */
static void no_green_without_work(void **state)
{
	struct fixture *f = *state;
	struct source s = *f->source;
	struct report r = f->report;
	struct findings none;
	const char *why;

	findings_init(&none, &f->arena);
	r.source = &s;
	r.findings = &none;
	assert_int_equal(report_status(&r, &f->arena, &why), EXIT_CLEAN);
	assert_null(why);

	s.stats.degraded = 1;
	s.nfiles = 10;
	assert_int_equal(report_status(&r, &f->arena, &why), EXIT_CLEAN);
	s.nfiles = 9;
	assert_int_equal(report_status(&r, &f->arena, &why), EXIT_INCOMPLETE);
	assert_non_null(strstr(why, "1 of 9 headers"));
	s.stats.degraded = 0;
	s.stats.unreadable = 1;
	assert_int_equal(report_status(&r, &f->arena, &why), EXIT_INCOMPLETE);
	s = *f->source;

	for (int kind = PROBLEM_DIR; kind <= PROBLEM_REPLACE; kind++) {
		struct source_problem p = {
			.kind = (enum problem_kind)kind, .at.path = sym_from(s.syms, "a/b"),
			.text = sym_from(s.syms, "because"),
		};
		bool bad = kind == PROBLEM_DIR || kind == PROBLEM_LIMIT;

		s.problem = &p;
		s.nproblems = 1;
		assert_int_equal(report_status(&r, &f->arena, &why),
				 bad ? EXIT_INCOMPLETE : EXIT_CLEAN);
		if (bad)
			assert_non_null(strstr(why, "'a/b'"));
	}
	s = *f->source;
	none.dropped = 1;
	assert_int_equal(report_status(&r, &f->arena, &why), EXIT_INCOMPLETE);
	none.dropped = 0;
	s.nfiles = 0;
	assert_int_equal(report_status(&r, &f->arena, &why), EXIT_INCOMPLETE);
	s = *f->source;

	/* Incomplete beats findings. */
	r.findings = &f->findings;
	assert_int_equal(report_status(&r, &f->arena, &why), EXIT_FINDINGS);
	s.stats.unreadable = s.nfiles;
	assert_int_equal(report_status(&r, &f->arena, &why), EXIT_INCOMPLETE);
	s = *f->source;
	r.fail_on = SEV_OFF;
	assert_int_equal(report_status(&r, &f->arena, &why), EXIT_CLEAN);
	findings_release(&none);
	assert_int_equal(report_failure(ERR_USAGE), EXIT_USAGE);
	assert_int_equal(report_failure(ERR_CONFIG), EXIT_USAGE);
	assert_int_equal(report_failure(ERR_INPUT), EXIT_INCOMPLETE);
	assert_int_equal(report_failure(ERR_SYSTEM), EXIT_INCOMPLETE);
}

static void a_full_disk_is_an_error(void **state)
{
	struct fixture *f = *state;

	for (unsigned i = 0; i < nreporters; i++) {
		struct err err = ERR_INIT;
		FILE *full = fopen("/dev/full", "w");

		if (!full)
			skip();
		assert_int_equal(reporters[i]->write(&f->report, full, &err), -1);
		assert_int_equal(err.code, ERR_SYSTEM);
		fclose(full);
	}
}

static void silence_has_a_reason(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(proof_silence(&f->report, RULE_TEST_CYCLE), "was not asked for");
	assert_null(proof_silence(&f->report, RULE_MISSING_PACKAGE));
	f->ran.judged[RULE_MAIN_IMPORT] = 0;
	assert_string_equal(proof_silence(&f->report, RULE_MAIN_IMPORT), "had nothing to judge");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_caret_is_under_its_column),
		cmocka_unit_test(long_lines_are_cut_around_the_caret),
		cmocka_unit_test_setup_teardown(text_shows_three_of_a_rule_and_says_what_it_hides,
						setup, teardown),
		cmocka_unit_test_setup_teardown(the_last_two_lines_prove_the_work, setup, teardown),
		cmocka_unit_test_setup_teardown(colour_repeats_what_words_say, setup, teardown),
		cmocka_unit_test(json_tells_an_error_before_anything_was_read),
		cmocka_unit_test_setup_teardown(reports_are_the_same_bytes_twice, setup, teardown),
		cmocka_unit_test_setup_teardown(a_failure_is_told_or_nothing_is, setup, teardown),
		cmocka_unit_test_setup_teardown(no_green_without_work, setup, teardown),
		cmocka_unit_test_setup_teardown(a_full_disk_is_an_error, setup, teardown),
		cmocka_unit_test_setup_teardown(silence_has_a_reason, setup, teardown),
	};

	return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
