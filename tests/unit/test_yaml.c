/* SPDX-License-Identifier: MIT */
/* test_yaml.c - trees with places, refusals with places, limits, and scalars that read back. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/limits.h"
#include "base/text.h"
#include "base/yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct yaml_node *read_ok(const char *text, struct arena *a)
{
	struct yaml_node *n = NULL;
	struct err err = ERR_INIT;

	if (yaml_read("f", text, strlen(text), a, &n, &err))
		fail_msg("\"%s\" is refused: %s", text, err.msg);
	return n;
}

static void tree_and_places(void **state UNUSED)
{
	struct arena a = ARENA_INIT;
	const struct yaml_node *n = read_ok("# head\n"
					    "one: {a: [x, 'y z'], b: }\n"
					    "\xc3\xa4\xc3\xb6: \xe4\xb8\xad \xe6\x96\x87 x\r\n"
					    "two:\n"
					    "  - p\n"
					    "  -  q: |\n"
					    "       text\n"
					    "     r: \"s\"\n", &a);
	const struct yaml_node *v;

	assert_int_equal(n->kind, YAML_MAP);
	assert_int_equal(n->count, 3);
	v = yaml_get(n, "one");
	assert_int_equal(v->line, 2);
	assert_int_equal(v->col, 6);
	assert_int_equal(yaml_get(v, "a")->count, 2);
	assert_string_equal(yaml_get(v, "a")->item[1]->text, "y z");
	assert_true(yaml_get(v, "a")->item[1]->quoted);
	assert_int_equal(yaml_get(v, "a")->item[1]->col, 14);
	assert_int_equal(yaml_get(v, "a")->item[1]->end_col, 19);
	assert_true(yaml_is_null(yaml_get(v, "b")));
	/* Columns are bytes: two letters of two, then two of three and a space between. */
	v = yaml_get(n, "\xc3\xa4\xc3\xb6");
	assert_int_equal(v->line, 3);
	assert_int_equal(v->col, 7);
	assert_int_equal(v->end_col, 16);
	v = yaml_get(n, "two")->item[1];
	assert_string_equal(yaml_get(v, "q")->text, "text\n");
	assert_int_equal(yaml_find(v, "r")->key->line, 8);
	assert_int_equal(yaml_find(v, "r")->key->col, 6);
	assert_int_equal(n->weight, 19);
	assert_null(yaml_get(n, "three"));
	arena_release(&a);
}

static void words_of_yaml_1_1_are_words(void **state UNUSED)
{
	struct arena a = ARENA_INIT;
	static const char text[] = "[yes, no, on, off, y, True, FALSE, 'true', 12, '12', 012, "
				   "4294967295, 4294967296, -1, 1.0, ~, null, 'null', \"\", "
				   "!!str 5, ! 5]";
	const struct yaml_node *n = read_ok(text, &a);
	static const int booleans[] = { 0, 0, 0, 0, 0, 1, 1, 0 };
	uint32_t number = 7;
	bool flag = true;

	for (uint32_t i = 0; i < ARRAY_SIZE(booleans); i++)
		assert_int_equal(yaml_bool(n->item[i], &flag), booleans[i]);
	assert_true(yaml_uint(n->item[8], &number));
	assert_int_equal(number, 12);
	assert_false(yaml_uint(n->item[9], &number));
	assert_false(yaml_uint(n->item[10], &number));
	assert_true(yaml_uint(n->item[11], &number));
	assert_int_equal(number, UINT32_MAX);
	for (uint32_t i = 12; i < n->count; i++)
		assert_false(yaml_uint(n->item[i], &number));
	assert_true(yaml_is_null(n->item[15]) && yaml_is_null(n->item[16]));
	for (uint32_t i = 17; i < n->count; i++)
		assert_false(yaml_is_null(n->item[i]));
	n = read_ok("[0, -1, +1.5, .5, 5., 1e3, 1.5E-7, 012]", &a);
	for (uint32_t i = 0; i < n->count; i++)
		assert_true(yaml_is_number(n->item[i]));
	n = read_ok("['0', '-', ., 1e, 1e+, 1x, 2027-03-31, 0x1f, '', a, 1.2.3, \"1\"]", &a);
	for (uint32_t i = 0; i < n->count; i++)
		assert_false(yaml_is_number(n->item[i]));
	assert_true(yaml_is_null(read_ok("", &a)));
	assert_true(yaml_is_null(read_ok("# nothing\n", &a)));
	assert_true(yaml_is_null(read_ok("---\n", &a)));
	arena_release(&a);
}

static void aliases_and_merges(void **state UNUSED)
{
	struct arena a = ARENA_INIT;
	const struct yaml_node *n = read_ok("a: &a {x: 1, y: 2}\n"
					    "b: {y: 3, <<: *a, z: 4}\n"
					    "c: {<<: [*a, {x: 9, w: 8}]}\n"
					    "d: *a\n"
					    "e: {'<<': 1}\n", &a);
	const struct yaml_node *b = yaml_get(n, "b"), *c = yaml_get(n, "c");

	assert_ptr_equal(yaml_get(n, "a"), yaml_get(n, "d"));
	assert_int_equal(b->count, 3);
	assert_string_equal(b->pair[0].key->text, "y");
	assert_string_equal(b->pair[0].value->text, "3");
	assert_string_equal(b->pair[1].key->text, "x");
	assert_string_equal(yaml_get(b, "z")->text, "4");
	assert_int_equal(c->count, 3);
	assert_string_equal(yaml_get(c, "x")->text, "1");
	assert_string_equal(yaml_get(c, "w")->text, "8");
	assert_string_equal(yaml_get(yaml_get(n, "e"), "<<")->text, "1");
	arena_release(&a);
}

static void refused(const char *text, size_t len, const char *says)
{
	struct arena a = ARENA_INIT;
	struct yaml_node *n;
	struct err err = ERR_INIT;

	if (!yaml_read("f", text, len, &a, &n, &err))
		fail_msg("\"%.60s\" is read, not refused with \"%s\"", text, says);
	assert_int_equal(err.code, ERR_CONFIG);
	if (strncmp(err.msg, says, strlen(says)))
		fail_msg("\"%.60s\" is refused with \"%s\", not \"%s\"", text, err.msg, says);
	arena_release(&a);
}

static void what_is_refused(void **state UNUSED)
{
	static const struct { const char *text, *says; } cases[] = {
		{ "a: 1\nb: 2\na: 3\n", "f:3:1: the key 'a' stands here twice, first in line 1" },
		{ "x: {'a': 1, a: 3}", "f:1:13: the key 'a' stands here twice, first in line 1" },
		{ "a:\n\tb: 1\n", "f:2:1: a tab in the indentation: YAML wants spaces" },
		{ "a:\n  - b\n  \t- c\n  d: 1", "f:3:3: a tab in the indentation" },
		{ "a: \xff\n", "f:1:4: the byte 0xff is not UTF-8" },
		{ "a: 1\n\xc3\xa4: \xc3", "f:2:5: the byte 0xc3 is not UTF-8" },
		{ "\xff\xfe" "a\0", "f:1:1: the byte 0xff is not UTF-8" },
		{ "a: \x1b[31m", "f:1:4: the character U+001B is not allowed" },
		{ "a: \"\\0\"", "f:1:4: a value with the character U+0000" },
		{ "a: 1\n---\nb: 2\n", "f:2:1: a second document" },
		{ "a: 1\n...\n---\n...\n", "f:3:1: a second document" },
		{ "a: !foo 1", "f:1:4: the tag '!foo' is not understood" },
		{ "a: !!int 1", "f:1:4: the tag 'tag:yaml.org,2002:int' is not understood" },
		{ "a: !!map [1]", "f:1:4: the tag 'tag:yaml.org,2002:map' is not understood" },
		{ "a: *b", "f:1:4: the alias '*b' names no anchor" },
		{ "a: &a [*a]", "f:1:8: the alias '*a' stands inside of what it names" },
		{ "[a]: 1", "f:1:1: a key must be text" },
		{ "? {a: b}\n: 1", "f:1:3: a key must be text" },
		{ "a: &x [1]\nb: {*x : 1}", "f:2:5: a key must be text" },
		{ "a: {<<: 1}", "f:1:9: '<<' merges maps, not a number" },
		{ "a: [1, 2", "f:1:9: did not find expected ',' or ']' while parsing a flow" },
		{ "a: b: c", "f:1:5: mapping values are not allowed in this context" },
		{ "- a\nb: 1", "f:2:1: did not find expected '-' indicator" },
		{ "a: 'x", "f:1:6: found unexpected end of stream" },
		{ "a: @b", "f:1:4: found character that cannot start any token" },
		{ "%YAML 3.0\n---\na", "f:1:1: found incompatible YAML document" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		refused(cases[i].text, strlen(cases[i].text), cases[i].says);
	refused("a: \0", 4, "f:1:4: the character U+0000 is not allowed");
}

/* Nine levels of nine aliases each: a milliard of laughs in 400 bytes. */
static void bombs(void **state UNUSED)
{
	char text[2000];
	size_t n = 0;

	n += (size_t)snprintf(text, sizeof(text), "a: &a [x,x,x,x,x,x,x,x,x]\n");
	for (char c = 'b'; c <= 'i'; c++) {
		n += (size_t)snprintf(text + n, sizeof(text) - n, "%c: &%c [", c, c);
		for (int i = 0; i < 9; i++)
			n += (size_t)snprintf(text + n, sizeof(text) - n, "%s*%c", i ? "," : "",
					      c - 1);
		n += (size_t)snprintf(text + n, sizeof(text) - n, "]\n");
	}
	refused(text, n, "f:6:");

	size_t deep = (size_t)limit_of(LIMIT_YAML_DEPTH) + 1;
	size_t big = (size_t)limit_of(LIMIT_YAML_BYTES) + 1;
	char *many = xcalloc(big, 1);

	memset(many, '[', deep);
	refused(many, deep, "f:1:65: deeper than the limit yaml-depth");
	memset(many, '[', big);
	refused(many, big - 1, "f:1:65: deeper than the limit yaml-depth");
	refused(many, big, "f:1:1: longer than 4194304 bytes, the limit yaml-bytes");
	for (size_t i = 0; i + 1 < big; i += 2)
		memcpy(many + i, i ? ",x" : "[x", 2);
	refused(many, big - 1, "f:1:1000002: more than 500000 keys and values");
	n = 0;
	for (int i = 0; i < 1001; i++)
		n += (size_t)snprintf(many + n, big - n, "k%d: &a%d 1\n", i, i);
	refused(many, n, "f:1001:8: more anchors than the limit yaml-anchors");
	free(many);
}

/* Any text written as a scalar reads back as that text, in a list, in a flow list, as a key. */
static void scalars_read_back(void **state UNUSED)
{
	static const char *const pieces[] = {
		"a", "Z", "0", "-", "?", ":", " ", "#", ": ", " #", ",", "[", "]", "{", "}", "&",
		"*", "!", "|", ">", "'", "\"", "%", "@", "`", "~", "null", "yes", "true", ".5",
		"<<", "=", "\n", "\t", "\r", "\\", "\x1b", "\x7f", "\xc2\x85", "\xe2\x80\xa8",
		"\xe4\xb8\xad",
		"\xef\xbb\xbf", "\xe2\x80\xae", "\xf0\x9f\x98\x80", "/", ".", "**", "1e3", "012",
	};
	uint32_t seed = 1;

	for (int round = 0; round < 20000; round++) {
		struct arena a = ARENA_INIT;
		char text[64] = "";
		size_t len = 0;

		for (uint32_t i = 0; i < 1 + (seed >> 20) % 5; i++) {
			seed = seed * 1664525 + 1013904223;
			len += (size_t)snprintf(text + len, sizeof(text) - len, "%s",
						pieces[(seed >> 8) % ARRAY_SIZE(pieces)]);
		}
		const char *block = yaml_scalar(text, false, &a);
		const char *flow = yaml_scalar(text, true, &a);
		char *doc = arena_printf(&a, "- %s\n- [%s, %s]\n- %s: x\n- {%s: x}\n", block,
					 flow, flow, block, flow);
		const struct yaml_node *n = read_ok(doc, &a);
		const struct yaml_node *got[] = {
			n->item[0], n->item[1]->item[0], n->item[1]->item[1],
			n->item[2]->pair[0].key, n->item[3]->pair[0].key,
		};

		for (size_t i = 0; i < ARRAY_SIZE(got); i++) {
			uint32_t number;
			bool flag;

			if (strcmp(got[i]->text, text))
				fail_msg("\"%s\" becomes \"%s\" through %s", text,
					 got[i]->text, block);
			assert_false(yaml_is_null(got[i]) || yaml_bool(got[i], &flag) ||
				     yaml_uint(got[i], &number));
		}
		assert_null(strchr(block, '\n'));
		arena_release(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tree_and_places), cmocka_unit_test(words_of_yaml_1_1_are_words),
		cmocka_unit_test(aliases_and_merges), cmocka_unit_test(what_is_refused),
		cmocka_unit_test(bombs), cmocka_unit_test(scalars_read_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
