/* SPDX-License-Identifier: MIT */
/*
 * test_opt.c - command lines put together from the option table parse back to
 * what they were made of; wrong ones are refused by name.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "analyzers/policy/rule.h"
#include "cmd/command.h"
#include "cmd/opt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORDS_MAX 64
#define ALL (~(opt_set)0)

/* A command line under construction, and what it must mean. */
struct line {
	uint64_t seed, allowed;
	char text[WORDS_MAX][128];
	char *argv[WORDS_MAX + 1];
	int argc;
	struct settings want;
	char operand[WORDS_MAX][96];
	int noperands;
};

static unsigned pick(struct line *l, unsigned below)
{
	l->seed ^= l->seed << 13;
	l->seed ^= l->seed >> 7;
	l->seed ^= l->seed << 17;
	return (unsigned)(l->seed >> 33) % below;
}

static char *add(struct line *l, const char *head, const char *tail)
{
	snprintf(l->text[l->argc], sizeof(l->text[0]), "%s%s", head, tail);
	l->argv[l->argc] = l->text[l->argc];
	return l->argv[l->argc++];
}

/* The shortest beginning of the name that no other allowed option shares, or a longer one. */
static void abbreviate(struct line *l, const struct opt *o, char *ret, size_t size)
{
	size_t shortest = 1, len = strlen(o->name);

	for (int id = 0; id < OPT_COUNT; id++) {
		const char *other = opt_rows[id].name;
		size_t same = 0;

		if (!((l->allowed | OPT_IMPLIED) & OPT_BIT(id)) || other == o->name)
			continue;
		while (same < len && other[same] == o->name[same])
			same++;
		if (same + 1 > shortest)
			shortest = same + 1;
	}
	/* The beginning of a longer name is that option all the same: an exact match wins. */
	size_t take = shortest >= len ? len : shortest + pick(l, (unsigned)(len - shortest) + 1);

	snprintf(ret, size, "%.*s", (int)take, o->name);
}

static const char *random_value(struct line *l, const struct opt *o, char *buf, size_t size)
{
	static const char *const words[] = { "x", "a=b", "--", "-j",	"--json",
					     "",  "a,b", "é",  "dir:2", "json:-" };
	unsigned n = 0;

	switch (o->type) {
	case TYPE_BOOL:
		return NULL;
	case TYPE_UINT:
		snprintf(buf, size, "%u", pick(l, 1000));
		return buf;
	case TYPE_STRING:
	case TYPE_LIST:
		return words[pick(l, ARRAY_SIZE(words))];
	case TYPE_CHOICE:
		while (o->choices[n])
			n++;
		return o->choices[pick(l, n)];
	}
	return NULL;
}

/* By hand, not through store(): the test must not share its mistakes. */
static void expect(struct line *l, int id, const char *value)
{
	const struct opt *o = &opt_rows[id];
	void *field = (char *)&l->want + o->at;
	struct string_list *list = field;

	l->want.given |= OPT_BIT(id);
	switch (o->type) {
	case TYPE_BOOL:
		*(bool *)field = true;
		break;
	case TYPE_UINT:
		*(unsigned *)field = (unsigned)strtoul(value, NULL, 10);
		break;
	case TYPE_STRING:
		*(const char **)field = value;
		break;
	case TYPE_LIST:
		list->item = realloc(list->item, (list->count + 1) * sizeof(*list->item));
		list->item[list->count++] = value;
		break;
	case TYPE_CHOICE:
		for (unsigned i = 0; o->choices[i]; i++)
			if (!strcmp(o->choices[i], value))
				*(unsigned *)field = i;
		break;
	}
}

static void add_option(struct line *l)
{
	int id = (int)pick(l, OPT_COUNT);
	const struct opt *o = &opt_rows[id];
	char buf[16], head[96], name[64];

	bool single = o->type != TYPE_BOOL && o->type != TYPE_LIST;

	/* One tree is read. */
	if ((id == OPT_REV && l->want.given & OPT_BIT(OPT_STAGED)) ||
	    (id == OPT_STAGED && l->want.given & OPT_BIT(OPT_REV)))
		return;
	/* Two values of one are refused: no line to take apart. */
	if (!((l->allowed | OPT_IMPLIED) & OPT_BIT(id)) || (single && l->want.given & OPT_BIT(id)))
		return;
	const char *value = random_value(l, o, buf, sizeof(buf));
	bool with_letter = o->letter && pick(l, 2), joined = pick(l, 2);

	/* "-o" with an empty value beside it would take the next word. */
	if (value && !*value && with_letter)
		joined = false;
	abbreviate(l, o, name, sizeof(name));
	if (with_letter)
		snprintf(head, sizeof(head), "-%c", o->letter);
	else
		snprintf(head, sizeof(head), "--%s%s", name, value && joined ? "=" : "");
	if (!value) {
		add(l, head, "");
	} else if (joined) {
		value = add(l, head, value) + strlen(head);
	} else {
		add(l, head, "");
		value = add(l, value, "");
	}
	expect(l, id, value);
}

static void add_operand(struct line *l, bool ended)
{
	static const char *const plain[] = { "./...", "-", "a", "", "x=y", "github.com/a/b", "é" };
	static const char *const dashed[] = { "--json", "-x", "--", "--help" };
	const char *word = ended && pick(l, 2) ? dashed[pick(l, ARRAY_SIZE(dashed))]
					       : plain[pick(l, ARRAY_SIZE(plain))];

	snprintf(l->operand[l->noperands++], sizeof(l->operand[0]), "%s", word);
	add(l, word, "");
}

static bool lists_equal(const struct string_list *a, const struct string_list *b)
{
	for (uint32_t i = 0; a->count == b->count && i < a->count; i++)
		if (strcmp(a->item[i], b->item[i]))
			return false;
	return a->count == b->count;
}

static bool field_equal(const struct opt *o, const struct settings *a, const struct settings *b)
{
	const void *x = (const char *)a + o->at, *y = (const char *)b + o->at;
	const char *s, *t;

	switch (o->type) {
	case TYPE_BOOL:
		return *(const bool *)x == *(const bool *)y;
	case TYPE_UINT:
	case TYPE_CHOICE:
		return *(const unsigned *)x == *(const unsigned *)y;
	case TYPE_STRING:
		s = *(const char *const *)x;
		t = *(const char *const *)y;
		return s && t ? !strcmp(s, t) : s == t;
	case TYPE_LIST:
		return lists_equal(x, y);
	}
	return false;
}

static void check_line(struct line *l)
{
	struct settings got;
	struct err err = ERR_INIT;
	int first;

	if (opt_parse(l->allowed, l->argc, l->argv, &got, &first, &err) < 0)
		fail_msg("refused: %s", err.msg);
	for (int id = 0; id < OPT_COUNT; id++)
		if (!field_equal(&opt_rows[id], &got, &l->want))
			fail_msg("--%s differs", opt_rows[id].name);
	assert_true(got.given == l->want.given);
	assert_int_equal(l->argc - first, l->noperands);
	for (int i = 0; i < l->noperands; i++)
		assert_string_equal(l->argv[first + i], l->operand[i]);
	settings_release(&got);
	settings_release(&l->want);
}

/* 20,000 random lines in every spelling, half of them under POSIXLY_CORRECT. */
static void what_was_put_in_comes_out(void **state UNUSED)
{
	static struct line l;
	uint64_t seed = UINT64_C(88172645463325252);

	for (int round = 0; round < 20000; round++) {
		bool ended = false;

		if (round == 10000)
			setenv("POSIXLY_CORRECT", "1", 1);
		l.argc = l.noperands = 0;
		l.seed = seed;
		l.allowed = 0;
		for (int id = 0; id < OPT_COUNT; id++)
			l.allowed |= pick(&l, 2) ? OPT_BIT(id) : 0;
		settings_init(&l.want);
		add(&l, "list", "");
		for (unsigned n = pick(&l, 14); n; n--) {
			unsigned what = pick(&l, 8);

			if (what == 0 && !ended) {
				ended = true;
				add(&l, "--", "");
			} else if (what < 5 && !ended) {
				add_option(&l);
			} else {
				add_operand(&l, ended);
			}
		}
		l.argv[l.argc] = NULL;
		seed = l.seed;
		check_line(&l);
	}
	unsetenv("POSIXLY_CORRECT");
}

/* Splits at spaces and parses; the caller frees nothing. */
static int parse(opt_set allowed, const char *text, struct settings *ret, int *ret_first,
		 char **argv, struct err *err)
{
	static char copy[512];
	int argc = 0;

	snprintf(copy, sizeof(copy), "%s", text);
	for (char *p = copy; *p && argc < WORDS_MAX;) {
		argv[argc++] = p;
		p += strcspn(p, " ");
		while (*p == ' ')
			*p++ = '\0';
	}
	argv[argc] = NULL;
	return opt_parse(allowed, argc, argv, ret, ret_first, err);
}

static void wrong_lines_are_refused_by_name(void **state UNUSED)
{
	static const struct {
		opt_set allowed;
		const char *line, *says;
	} cases[] = {
		{ ALL, "list --fmt", "unknown option '--fmt'" },
		{ ALL, "list --formta json",
		  "unknown option '--formta'; did you mean '--format'?" },
		{ ALL, "list --jsno=x", "unknown option '--jsno'; did you mean '--json'?" },
		{ ALL, "list -x", "unknown option '-x'" },
		{ ALL, "list -qx", "unknown option '-x'" },
		{ ALL, "list --rev", "option '--rev' needs a value: REV" },
		{ ALL, "list -o", "option '--output' needs a value: FILE" },
		{ ALL, "list --json=yes", "option '--json' takes no value" },
		{ ALL, "list --al",
		  "ambiguous option '--al': '--all-rules', '--all' and '--allow-new' begin with "
		"it" },
		{ ALL, "list --c=on",
		  "ambiguous option '--c': '--config', '--cgo', '--churn', '--collapse', "
		  "'--cluster' and '--color' begin with it" },
		{ ALL, "list -j", "option '--jobs' needs a value: N" },
		{ ALL, "list -j x", "option '--jobs' needs a number, not 'x'" },
		{ ALL, "list -j -1", "option '--jobs' needs a number, not '-1'" },
		{ ALL, "list -j 0x10", "option '--jobs' needs a number, not '0x10'" },
		{ ALL, "list -j 4294967296", "option '--jobs': '4294967296' is too large" },
		{ ALL, "list -j 99999999999999999999",
		  "option '--jobs': '99999999999999999999' is too large" },
		{ ALL, "graph --level dir:1 --level dir:2",
		  "option '--level' is given twice, for 'dir:2' as well" },
		{ ALL, "graph -j 2 -j 3", "option '--jobs' is given twice, for '3' as well" },
		{ ALL, "graph --cgo on --cgo=off",
		  "option '--cgo' is given twice, for 'off' as well" },
		{ ALL, "list -json",
		  "option '--jobs' needs a number, not 'son'; did you mean '--json'?" },
		{ ALL, "list -tags x", "unknown option '-t'; did you mean '--tags'?" },
		{ ALL, "list -version", "unknown option '-e'; did you mean '--version'?" },
		{ ALL, "list --color=blue",
		  "option '--color' knows 'auto', 'always' and 'never', not 'blue'" },
		{ ALL, "list --fail-on w",
		  "option '--fail-on' knows 'off', 'info', 'warning' and 'error', not 'w'" },
		{ 0, "completion --fail-on error",
		  "'completion' takes no option '--fail-on'; it belongs to 'analyze'" },
		{ 0, "completion --fail-o error",
		  "'completion' takes no option '--fail-on'; it belongs to 'analyze'" },
		{ 0, "completion -j 3",
		  "'completion' takes no option '--jobs'; it belongs to 'analyze'" },
	};
	char *argv[WORDS_MAX + 1];

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct settings set;
		struct err err = ERR_INIT;
		int first, r = parse(cases[i].allowed, cases[i].line, &set, &first, argv, &err);

		settings_release(&set);
		if (r == 0 || err.code != ERR_USAGE ||
		    strncmp(err.msg, cases[i].says, strlen(cases[i].says)))
			fail_msg("'%s': %s", cases[i].line, r ? err.msg : "accepted");
	}
}

/* Of an option with one value two equal ones are one, and of colours the last counts. */
static void equal_values_may_be_repeated(void **state UNUSED)
{
	struct settings set;
	struct err err = ERR_INIT;
	char *argv[WORDS_MAX + 1];
	int first;

	assert_int_equal(parse(ALL, "graph --level dir:1 --level dir:1 -j 2 -j2 --cgo on --cgo on "
			       "--color=always --color never", &set, &first, argv, &err), 0);
	assert_string_equal(set.level, "dir:1");
	assert_int_equal(set.color, COLOR_NEVER);
	settings_release(&set);
}

static void an_abbreviation_counts_what_is_allowed(void **state UNUSED)
{
	char *argv[WORDS_MAX + 1];
	struct settings set;
	struct err err = ERR_INIT;
	int first;

	/* --all-rules is not there to be meant. */
	assert_int_equal(parse(OPT_BIT(OPT_ALL), "list --al", &set, &first, argv, &err), 0);
	assert_true(set.all && !set.all_rules);
	settings_release(&set);
	assert_int_equal(parse(ALL, "list --all", &set, &first, argv, &err), 0);
	assert_true(set.all && !set.all_rules);
	settings_release(&set);
}

static void defaults(void **state UNUSED)
{
	char *argv[WORDS_MAX + 1];
	struct settings set;
	struct err err = ERR_INIT;
	int first;

	assert_int_equal(parse(ALL, "list", &set, &first, argv, &err), 0);
	assert_int_equal(first, 1);
	assert_string_equal(set.dir, ".");
	assert_int_equal(set.fail_on, SEV_ERROR);
	assert_int_equal(set.color, COLOR_AUTO);
	assert_int_equal(set.cgo, CGO_ON);
	assert_int_equal(set.jobs, 0);
	assert_true(!set.given && !set.rev && !set.output && !set.formats.count);
	settings_release(&set);
}

static void the_command_may_follow_options(void **state UNUSED)
{
	static const struct {
		const char *line;
		int at;
	} cases[] = {
		{ "meshctl list x", 1 },
		{ "meshctl -C dir list x", 3 },
		{ "meshctl --dir=d -q list -x", 3 },
		{ "meshctl --version", 2 },
		{ "meshctl", 1 },
		{ "meshctl -- list", 2 },
		{ "meshctl - list", 1 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		char *argv[WORDS_MAX + 1], copy[128];
		struct err err = ERR_INIT;
		int argc = 0, at;

		snprintf(copy, sizeof(copy), "%s", cases[i].line);
		for (char *p = copy; *p;) {
			argv[argc++] = p;
			p += strcspn(p, " ");
			while (*p == ' ')
				*p++ = '\0';
		}
		argv[argc] = NULL;
		assert_int_equal(opt_first_operand(argc, argv, &at, &err), 0);
		if (at != cases[i].at)
			fail_msg("'%s': %d, not %d", cases[i].line, at, cases[i].at);
	}
}

static void lists_split_at_commas(void **state UNUSED)
{
	static const char *const want[] = { "a", "b", "c", "d e", "f" };
	struct arena arena = ARENA_INIT;
	struct string_list in = { 0 }, out;

	string_list_add(&in, "a,b");
	string_list_add(&in, "");
	string_list_add(&in, ",,c,");
	string_list_add(&in, "d e,f");
	string_list_split(&in, &arena, &out);
	assert_int_equal(out.count, ARRAY_SIZE(want));
	for (size_t i = 0; i < ARRAY_SIZE(want); i++)
		assert_string_equal(out.item[i], want[i]);
	string_list_release(&in);
	string_list_release(&out);
	arena_release(&arena);
}

static void the_table_is_consistent(void **state UNUSED)
{
	const struct opt *fail_on = &opt_rows[OPT_FAIL_ON];

	for (int a = 0; a < OPT_COUNT; a++) {
		const struct opt *o = &opt_rows[a];

		assert_true(o->name[strspn(o->name, "abcdefghijklmnopqrstuvwxyz-")] == '\0');
		assert_true((o->metavar == NULL) == (o->type == TYPE_BOOL));
		assert_true((o->choices != NULL) == (o->type == TYPE_CHOICE));
		assert_true(strlen(o->help) > 5 && o->help[strlen(o->help) - 1] != '.');
		for (int b = 0; b < a; b++) {
			assert_string_not_equal(o->name, opt_rows[b].name);
			assert_true(!o->letter || o->letter != opt_rows[b].letter);
		}
	}
	for (unsigned i = 0; i < SEV_COUNT; i++)
		assert_string_equal(fail_on->choices[i], severity_name[i]);
	assert_null(fail_on->choices[SEV_COUNT]);
	assert_string_equal(opt_rows[OPT_COLOR].choices[COLOR_NEVER], "never");
	assert_string_equal(opt_rows[OPT_CGO].choices[CGO_OFF], "off");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_put_in_comes_out),
		cmocka_unit_test(wrong_lines_are_refused_by_name),
		cmocka_unit_test(equal_values_may_be_repeated),
		cmocka_unit_test(an_abbreviation_counts_what_is_allowed),
		cmocka_unit_test(defaults),
		cmocka_unit_test(the_command_may_follow_options),
		cmocka_unit_test(lists_split_at_commas),
		cmocka_unit_test(the_table_is_consistent),
	};

	return cmocka_run_group_tests_name("opt", tests, NULL, NULL);
}
