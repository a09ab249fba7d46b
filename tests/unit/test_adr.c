/* SPDX-License-Identifier: MIT */
/* test_adr.c - decision records of all formats: what is read, and how they are edited. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "cmd/adr_edit.h"
#include "graph/source/adr/adr.h"

static struct adr read_one(struct arena *a, const char *path, const char *text)
{
	struct adr_problem problem;
	struct adr r;

	assert_true(adr_parse(path, text, strlen(text), a, &r, &problem));
	assert_null(problem.text);
	return r;
}

static void formats(void **state)
{
	static const struct {
		const char *path, *text, *title, *status, *date;
		uint32_t number;
		enum adr_format format;
		enum adr_status state;
	} rows[] = {
		{ "d/0007-use-x.md", "---\nstatus: \"accepted\"\ndate: 2026-01-31\n---\n\n# Use "
			"X #\n",
		  "Use X", "accepted", "2026-01-31", 7, ADR_MADR, ADR_ACCEPTED },
		{ "d/0007-use-x.md", "# Use X\n\n* Status: [proposed](x)\n* Date: "
			"2026-01-31\n\n## C\n",
		  "Use X", "[proposed](x)", "2026-01-31", 7, ADR_MADR, ADR_PROPOSED },
		{ "doc/adr/0012-x.md",
		  "\xef\xbb\xbf# 12. Use X\r\n\r\nDate: 2026-01-31\r\n\r\n## "
		"Status\r\n\r\nAccepted\r\n",
		  "Use X", "Accepted", "2026-01-31", 12, ADR_NYGARD, ADR_ACCEPTED },
		{ "a/20260131-use-x.md", "# Use X\n\n- Status: draft\n- Date: 2026-01-31\n",
		  "Use X", "draft", "2026-01-31", 0, ADR_LOG4BRAINS, ADR_PROPOSED },
		{ "a/ADR-003.md", "ADR-003: Use X\n===\n\n**Status:** Rejected\n",
		  "Use X", "Rejected", "", 3, ADR_MADR, ADR_REJECTED },
		{ "a/0001-tiers.md", "# 3 tiers are enough\n\nStatus: done\n",
		  "3 tiers are enough", "done", "", 1, ADR_MADR, ADR_ACCEPTED },
		{ "a/x.yaml", "number: 4\ntitle: Use X\nstatus: replaced\ndecision_date: "
			"2026-01-31\n",
		  "Use X", "replaced", "2026-01-31", 4, ADR_YAML, ADR_SUPERSEDED },
		{ "a/0002-x.md", "# X\n\n## Status\n\n2025-01-01 proposed\n\n2025-02-01: "
			"accepted\n",
		  "X", "2025-02-01: accepted", "", 2, ADR_NYGARD, ADR_ACCEPTED },
		{ "a/0012-html-templates.md", "# 12 \u2013 Templates\n\nStatus: accepted\n",
		  "Templates", "accepted", "", 12, ADR_MADR, ADR_ACCEPTED },
		{ "a/0005-x.md", "# 5. \u201cX\u201d\n\nStatus: accepted\n",
		  "\u201cX\u201d", "accepted", "", 5, ADR_MADR, ADR_ACCEPTED },
		{ "a/0002-x.md", "# X\n\n```\n# Y\n## Status\nrejected\n```\n<!--\n## "
			"Status\nno\n-->\n",
		  "X", "", "", 2, ADR_MADR, ADR_NO_STATUS },
	};
	struct arena a = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct adr r = read_one(&a, rows[i].path, rows[i].text);

		assert_string_equal(r.title.text, rows[i].title);
		assert_string_equal(r.status.text, rows[i].status);
		assert_string_equal(r.date.text, rows[i].date);
		assert_int_equal(r.number, rows[i].number);
		assert_int_equal(r.format, rows[i].format);
		assert_int_equal(r.state, rows[i].state);
		/* A piece is where it says. */
		if (r.title.line && r.format != ADR_YAML)
			assert_memory_equal(r.bytes + r.title.from, r.title.text,
					    r.title.to - r.title.from);
	}
	arena_release(&a);
}

static void no_records(void **state)
{
	struct arena a = ARENA_INIT;
	struct adr_problem problem;
	struct adr r;

	(void)state;
	assert_false(adr_parse("d/README.md", "# 1. x", 6, &a, &r, &problem));
	assert_false(adr_parse("d/notes.md", "# x", 3, &a, &r, &problem));
	assert_false(adr_parse("d/0000-adr-template.md", "# x", 3, &a, &r, &problem));
	assert_false(adr_parse("d/my-template.md", "Status: a", 9, &a, &r, &problem));
	assert_true(adr_parse("d/20260131-x.md", "# x", 3, &a, &r, &problem));
	assert_false(r.is_zero);
	/* MADR begins with 0. */
	assert_true(adr_parse("d/0000-use-madr.md", "# x", 3, &a, &r, &problem));
	assert_true(r.is_zero && adr_order(&r) == 0);
	assert_string_equal(adr_label(&r, &a), "ADR 0");
	assert_false(adr_parse("d/ci.yaml", "on: push", 8, &a, &r, &problem));
	assert_null(problem.text);
	assert_false(adr_parse("d/0001-x.yaml", "a: [", 4, &a, &r, &problem));
	assert_non_null(problem.text);
	arena_release(&a);
}

static void links(void **state)
{
	static const char text[] =
		"# 9. X\n\n## Status\n\nSuperceded by [12. Y](0012-y.md)\n\nAmends [3. "
		"Z](../0003-z.md)\n\n"
		"## Context\n\n"
		"See [a](b.md#part), [web](https://x.org/a.md), [img](a.png) and ADR-7.\n"
		"It replaces the monolith, and supersedes ADR 5.\n";
	static const struct { enum adr_relation relation; const char *target; } want[] = {
		{ ADR_SUPERSEDED_BY, "0012-y.md" }, { ADR_AMENDS, "../0003-z.md" },
		{ ADR_REFERS, "b.md#part" }, { ADR_SUPERSEDES, "ADR 5" },
	};
	struct arena a = ARENA_INIT;
	struct adr r = read_one(&a, "d/0009-x.md", text);

	(void)state;
	assert_int_equal(r.state, ADR_SUPERSEDED);
	assert_int_equal(r.nlinks, 4);
	for (uint32_t i = 0; i < 4; i++) {
		assert_int_equal(r.link[i].relation, want[i].relation);
		assert_string_equal(r.link[i].target, want[i].target);
	}
	arena_release(&a);
}

/* What an accepted record may change, and what not. */
static void substance(void **state)
{
	static const char *const same[] = {
		"---\nstatus: accepted\n---\n\n# X\n\n## Context\n\nIt is so because it is.\n",
		"---\nstatus: superseded by ADR-2\ndate: 2026-01-31\n---\n\n# X\n\n## "
		"Context\n\nIt is so\n"
		"because it is.\n\n## More Information\n\nSupersedes [ADR-3](0003-y.md)\n",
		"---\nstatus: accepted\n---\n# X\n\n## Context\nIt is so because it is.\n<!-- a "
		"note -->\n",
	};
	static const char *const other[] = {
		"---\nstatus: accepted\n---\n\n# X\n\n## Context\n\nIt is so because it was.\n",
		"---\nstatus: accepted\ndecision-makers: [me]\n---\n\n# X\n\n## Context\n\nIt is "
		"so because it "
		"is.\n",
		"---\nstatus: accepted\n---\n\n# X\n\n## Context\n\nIt is so because it "
		"is.\n\n## More\n",
	};
	struct arena a = ARENA_INIT;
	uint64_t first = read_one(&a, "d/0001-x.md", same[0]).substance;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		assert_true(read_one(&a, "d/0001-x.md", same[i]).substance == first);
		assert_false(read_one(&a, "d/0001-x.md", other[i]).substance == first);
	}
	arena_release(&a);
}

/* Every format, there and back: the status is what was asked, the substance is the same. */
static void edits(void **state)
{
	static const struct { const char *path, *text; } rows[] = {
		{ "d/0001-x.md", "---\nstatus: \"proposed\"\n---\n\n# X\n\n## Context\n\nWhy.\n" },
		{ "d/0001-x.md", "# X\n\n* Status: proposed\n* Date: 2026\n\n## "
			"Context\n\nWhy.\n" },
		{ "d/0001-x.md", "# 1. X\n\n## Status\n\nProposed\n\n## Context\n\nWhy.\n" },
		{ "d/20260131-x.md", "# X\n\n- Status: draft\n\n## Context\n\nWhy.\n" },
		{ "d/0001-x.yaml", "title: X\nstatus: proposed\ncontext: why\n" },
		{ "d/0001-x.md", "# X\n\n## Context\n\nWhy.\n" },
	};
	const struct adr_other by = { "ADR-0002", "0002-y.md", 2 };
	struct arena a = ARENA_INIT;
	struct err err = ERR_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct adr r = read_one(&a, rows[i].path, rows[i].text);
		const char *text;

		assert_int_equal(adr_edit_status(&r, "accepted", &a, &text, &err), 0);
		struct adr now = read_one(&a, rows[i].path, text);

		assert_int_equal(now.state, ADR_ACCEPTED);
		assert_true(now.substance == r.substance);
		assert_int_equal(adr_edit_superseded(&now, &by, &a, &text, &err), 0);
		now = read_one(&a, rows[i].path, text);
		assert_int_equal(now.state, ADR_SUPERSEDED);
		assert_true(now.nlinks >= 1 && now.link[0].relation == ADR_SUPERSEDED_BY);
		assert_true(now.substance == r.substance);
		assert_int_equal(adr_edit_supersedes(&r, &by, &a, &text, &err), 0);
		now = read_one(&a, rows[i].path, text);
		assert_true(now.nlinks >= 1 && now.link[0].relation == ADR_SUPERSEDES);
		/* Once is enough. */
		assert_int_equal(adr_edit_supersedes(&now, &by, &a, &text, &err), 0);
		assert_string_equal(text, now.bytes);
	}
	arena_release(&a);
}

/* A record whose lines end in \\r\\n has no others afterwards. */
static void line_ends(void **state)
{
	static const struct { const char *path, *text; } rows[] = {
		{ "d/0001-x.md", "---\r\nstatus: accepted\r\n---\r\n\r\n# X\r\n"
		  "\r\n## Y\r\n" },
		{ "d/0001-x.md", "# 1. X\r\n\r\n## Status\r\n\r\nAccepted\r\n\r\n## Y\r\n" },
		{ "d/20260131-x.md", "# X\r\n\r\n- Status: accepted\r\n" },
		{ "d/0001-x.yaml", "title: X\r\nstatus: accepted\r\ncontext: y\r\n" },
		{ "d/0001-x.md", "# X\r\n\r\n## Context\r\n" },
	};
	const struct adr_other by = { "ADR-0002", "0002-y.md", 2 };
	struct arena a = ARENA_INIT;
	struct err err = ERR_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct adr r = read_one(&a, rows[i].path, rows[i].text);
		const char *text[3];

		assert_int_equal(adr_edit_status(&r, "deprecated", &a, &text[0], &err), 0);
		assert_int_equal(adr_edit_superseded(&r, &by, &a, &text[1], &err), 0);
		assert_int_equal(adr_edit_supersedes(&r, &by, &a, &text[2], &err), 0);
		for (size_t k = 0; k < 3; k++) {
			for (const char *p = text[k]; (p = strchr(p, '\n')); p++)
				assert_true(p > text[k] && p[-1] == '\r');
			for (const char *p = text[k]; (p = strchr(p, '\r')); p++)
				assert_true(p[1] == '\n');
		}
	}
	arena_release(&a);
}

/* What is no text is told, not cut. */
static void zero_bytes(void **state)
{
	struct arena a = ARENA_INIT;
	struct adr_problem problem;
	struct adr r;

	(void)state;
	assert_false(adr_parse("d/0001-x.md", "# X\0Y\n", 7, &a, &r, &problem));
	assert_non_null(problem.text);
	arena_release(&a);
}

/* A day is no number. */
static void days(void **state)
{
	struct arena a = ARENA_INIT;
	struct adr r = read_one(&a, "d/2024-01-31-use-x.md", "# Use X\n\nStatus: accepted\n");

	(void)state;
	assert_int_equal(r.number, 0);
	assert_string_equal(r.dated, "20240131");
	r = read_one(&a, "d/2024-01-use-x.md", "# Use X\n\nStatus: accepted\n");
	assert_int_equal(r.number, 2024);
	arena_release(&a);
}

/* Lines of nothing but beginnings of links take no longer than others. */
static void brackets(void **state)
{
	enum { LEN = 400000 };
	static const char *const piece[] = { "[", "[](", "](" };
	struct arena a = ARENA_INIT;
	char *text = arena_alloc(&a, LEN + 1, 1);

	(void)state;
	for (size_t k = 0; k < 3; k++) {
		size_t step = strlen(piece[k]);

		memcpy(text, "# X\n\n", 5);
		for (size_t i = 5; i < LEN; i++)
			text[i] = piece[k][i % step];
		text[LEN] = '\0';
		alarm(60);
		assert_int_equal(read_one(&a, "d/0001-x.md", text).nlinks, 0);
		alarm(0);
	}
	arena_release(&a);
}

static void relative(void **state)
{
	struct arena a = ARENA_INIT;

	(void)state;
	assert_string_equal(adr_relative("d/0001-a.md", "d/0002-b.md", &a), "0002-b.md");
	assert_string_equal(adr_relative("d/x/0001-a.md", "d/0002-b.md", &a), "../0002-b.md");
	assert_string_equal(adr_relative("d/0001-a.md", "d/x/y/2.md", &a), "x/y/2.md");
	assert_string_equal(adr_relative("1.md", "2.md", &a), "2.md");
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(formats), cmocka_unit_test(no_records), cmocka_unit_test(links),
		cmocka_unit_test(substance), cmocka_unit_test(edits), cmocka_unit_test(relative),
		cmocka_unit_test(brackets), cmocka_unit_test(line_ends),
		cmocka_unit_test(zero_bytes), cmocka_unit_test(days),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
