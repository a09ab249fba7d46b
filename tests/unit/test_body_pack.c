/* SPDX-License-Identifier: MIT */
/*
 * test_body_pack.c - facts through a builder, a block and back: every record of
 * every column and every text must come out as it went in, and no block that was
 * cut, grown or garbled in its head may open, or lead outside of itself.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/limits.h"
#include "graph/source/body_build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct dice { uint64_t state; };

static uint32_t roll(struct dice *d, uint32_t sides)
{
	d->state = d->state * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return (uint32_t)(d->state >> 33) % sides;
}

static void roll_bytes(struct dice *d, void *at, size_t n)
{
	for (size_t i = 0; i < n; i++)
		((unsigned char *)at)[i] = (unsigned char)roll(d, 256);
}

/* Appends random records to every column, and the same to `expected`. */
struct copy { unsigned char *at; size_t bytes, cap; };

static void fill(struct body_builder *b, struct dice *d, struct copy *expected, uint32_t most)
{
	size_t column = 0;

#define COLUMN(field, type) \
	for (uint32_t n = most ? roll(d, most) : 0, i = 0; i < n; i++) { \
		struct copy *c = &expected[column]; \
		type *record = body_add_##field(b); \
\
		for (size_t k = 0; k < sizeof(type); k++) \
			assert_int_equal(((unsigned char *)record)[k], 0); \
		roll_bytes(d, record, sizeof(type)); \
		VEC_RESERVE(c->at, c->cap, c->bytes + sizeof(type)); \
		memcpy(c->at + c->bytes, record, sizeof(type)); \
		c->bytes += sizeof(type); \
	} \
	column++;
#include "graph/source/body_columns.def"
#undef COLUMN
	roll_bytes(d, &b->body, offsetof(struct body, nselectors) + sizeof(uint32_t));
}

static void compare(const struct body *body, const struct copy *expected)
{
	size_t column = 0;

#define COLUMN(field, type) \
	assert_int_equal(body->n##field##s * sizeof(type), expected[column].bytes); \
	assert_int_equal((uintptr_t)body->field % 8, 0); \
	if (body->n##field##s) \
		assert_memory_equal(body->field, expected[column].at, expected[column].bytes); \
	column++;
#include "graph/source/body_columns.def"
#undef COLUMN
}

static void records_come_back(void **state UNUSED)
{
	struct arena arena = ARENA_INIT;
	struct dice dice = { 7 };
	struct body_builder b;

	body_builder_init(&b);
	for (uint32_t round = 0; round < 60; round++) {
		struct copy expected[16] = { { 0 } };
		uint32_t ntexts = roll(&dice, round % 7 ? 100 : 20000);
		body_str *str = xcalloc(ntexts, sizeof(*str));
		struct body body;
		char text[32];
		size_t size;

		body_builder_reset(&b);
		fill(&b, &dice, expected, round % 5 ? 40 : 0);
		for (uint32_t i = 0; i < ntexts; i++) {
			int n = snprintf(text, sizeof(text), "%u.name", i * 7 / 3);

			str[i] = body_str_of(&b, text, (size_t)n);
		}
		const void *block = body_pack(&b, &arena, &size);

		assert_int_equal(size % 8, 0);
		assert_true(body_open(block, size, &body));
		compare(&body, expected);
		assert_memory_equal(&body, &b.body,
				    offsetof(struct body, nselectors) + sizeof(uint32_t));
		for (uint32_t i = 0; i < ntexts; i++) {
			snprintf(text, sizeof(text), "%u.name", i * 7 / 3);
			assert_string_equal(body_text(&body, str[i]), text);
			assert_true(str[i] < body.text_bytes);
		}
		for (size_t c = 0; c < ARRAY_SIZE(expected); c++)
			free(expected[c].at);
		free(str);
	}
	body_builder_release(&b);
	arena_release(&arena);
}

static void equal_texts_are_one(void **state UNUSED)
{
	static const char nul[] = "ab\0cd";
	struct body_builder b;

	body_builder_init(&b);
	body_str ab = body_str_of(&b, "ab", 2), abc = body_str_of(&b, "abc", 3);

	assert_int_not_equal(ab, 0);
	assert_int_not_equal(ab, abc);
	assert_int_equal(body_str_of(&b, "abc", 2), ab);
	assert_int_equal(body_str_of(&b, nul, 5), ab);
	assert_int_equal(body_str_of(&b, "", 0), 0);
	assert_int_equal(body_str_of(&b, NULL, 0), 0);
	assert_int_equal(body_str_of(&b, nul + 2, 3), 0);
	for (uint32_t i = 0; i < 50000; i++) {
		char text[16];
		int n = snprintf(text, sizeof(text), "%u", i % 10000);

		body_str_of(&b, text, (size_t)n);
	}
	assert_int_equal(b.nstrs, 10002);
	assert_int_equal(body_str_of(&b, "abc", 3), abc);
	body_builder_reset(&b);
	assert_int_equal(b.nstrs, 0);
	assert_int_equal(body_str_of(&b, "abc", 3), 1);
	body_builder_release(&b);
}

static void texts_have_a_ceiling(void **state UNUSED)
{
	size_t limit = limit_of(LIMIT_BODY_TEXT), n = limit / 4;
	char *text = xrealloc(NULL, n, 1);
	struct body_builder b;

	memset(text, 'x', n);
	body_builder_init(&b);
	for (char c = 'a'; c < 'd'; c++) {
		text[0] = c;
		assert_int_not_equal(body_str_of(&b, text, n), 0);
	}
	assert_false(b.full);
	text[0] = 'd';
	assert_int_equal(body_str_of(&b, text, n), 0);
	assert_true(b.full);
	assert_true(b.text_len <= limit);
	text[0] = 'a';
	assert_int_equal(body_str_of(&b, text, n), 1);
	assert_int_not_equal(body_str_of(&b, text, 10), 0);
	body_builder_reset(&b);
	assert_false(b.full);
	body_builder_release(&b);
	free(text);
}

/* All that body_open() lets through lies in the block. */
static void stays_inside(const struct body *body, const char *block, size_t size)
{
#define COLUMN(field, type) \
	assert_true((const char *)body->field >= block); \
	assert_true((const char *)(body->field + body->n##field##s) <= block + size);
#include "graph/source/body_columns.def"
#undef COLUMN
	assert_true(body->text + body->text_bytes <= block + size);
	assert_int_equal(body->text[body->text_bytes - 1], '\0');
}

static void garbled_blocks_are_refused(void **state UNUSED)
{
	struct copy expected[16] = { { 0 } };
	struct arena arena = ARENA_INIT;
	struct dice dice = { 11 };
	struct body_builder b;
	struct body body;
	size_t size;

	body_builder_init(&b);
	fill(&b, &dice, expected, 30);
	body_str_of(&b, "some text", 9);
	const char *good = body_pack(&b, &arena, &size);

	assert_true(body_open(good, size, &body));
	for (size_t n = 0; n < size; n++) {     /* an allocation of its own: overruns are seen */
		char *cut = xrealloc(NULL, n, 1);

		memcpy(cut, good, n);
		assert_false(body_open(cut, n, &body));
		free(cut);
	}
	char *bad = xcalloc(size + 64, 1);

	memcpy(bad, good, size);
	for (size_t more = 1; more <= 64; more++)
		assert_false(body_open(bad, size + more, &body));
	assert_false(body_open(bad + 4, size - 4, &body));
	for (size_t i = 0; i < size * 8; i++) {
		memcpy(bad, good, size);
		bad[i / 8] ^= (char)(1 << i % 8);
		if (body_open(bad, size, &body))
			stays_inside(&body, bad, size);
		else
			assert_true(i / 8 < 256 || i / 8 > size - 24);
	}
	/* Magic, version and layout: every bit of them matters. */
	for (size_t i = 0; i < 3 * 32; i++) {
		memcpy(bad, good, size);
		bad[i / 8] ^= (char)(1 << i % 8);
		assert_false(body_open(bad, size, &body));
	}
	for (size_t round = 0; round < 20000; round++) {
		memcpy(bad, good, size);
		for (uint32_t k = roll(&dice, 8) + 1; k--;)
			bad[roll(&dice, 160)] = (char)roll(&dice, 256);
		if (body_open(bad, size, &body))
			stays_inside(&body, bad, size);
	}
	for (size_t c = 0; c < ARRAY_SIZE(expected); c++)
		free(expected[c].at);
	free(bad);
	body_builder_release(&b);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_come_back),
		cmocka_unit_test(equal_texts_are_one),
		cmocka_unit_test(texts_have_a_ceiling),
		cmocka_unit_test(garbled_blocks_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
