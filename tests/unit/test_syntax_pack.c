/* SPDX-License-Identifier: MIT */
/* test_syntax_pack.c - a tree is the same behind its block; a damaged block harms nobody. */
#include "graph/source/syntax_pack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const sources[] = {
	"",
	"package p",
	"package p\n\nimport \"fmt\"\n\nfunc f(a []int, b map[string]*T) (n int, err error) {\n"
	"\tfor i, v := range a {\n\t\tfmt.Println(i, v, func() int { return <-c }())\n\t}\n"
	"\treturn\n}\n",
	"package p\n\nvar x = new(1)\n\nfunc (t T) m[K any](k K) {}\n",
	"package p\n\nfunc f( {\n",
	"package p // \xff\x00\n/* a\nb */ type T struct{ A, B int `json:\"a\"` }\r\n",
};

static void same(const struct syntax *a, const struct syntax *b)
{
	assert_int_equal(a->status, b->status);
	assert_ptr_equal(a->bytes, b->bytes);
	assert_int_equal(a->len, b->len);
	assert_int_equal(a->error_line, b->error_line);
	assert_int_equal(a->error_col, b->error_col);
	assert_int_equal(a->rewritten, b->rewritten);
	assert_int_equal(a->nsyn, b->nsyn);
	assert_int_equal(a->nlines, b->nlines);
	for (uint32_t i = 0; i < a->nlines; i++)
		assert_int_equal(a->line_start[i], b->line_start[i]);
	for (uint32_t i = 0; i < a->nsyn; i++) {
		assert_int_equal(a->syn[i].kind, b->syn[i].kind);
		assert_int_equal(a->syn[i].field, b->syn[i].field);
		assert_int_equal(a->syn[i].flags, b->syn[i].flags);
		assert_int_equal(a->syn[i].start, b->syn[i].start);
		assert_int_equal(a->syn[i].end, b->syn[i].end);
		assert_int_equal(a->syn[i].parent, b->syn[i].parent);
		assert_int_equal(a->syn[i].next, b->syn[i].next);
	}
}

/* Whatever it says, every node must be where loops over trees may go. */
static void sound(const struct syntax *s)
{
	for (uint32_t i = 0; i < s->nsyn; i++) {
		assert_true(s->syn[i].next > i && s->syn[i].next <= s->nsyn);
		assert_true(i ? s->syn[i].parent < i : !s->syn[i].parent);
		assert_true(s->syn[i].next <= s->syn[s->syn[i].parent].next);
		assert_true(s->syn[i].start <= s->syn[i].end && s->syn[i].end <= s->len);
	}
}

static void packs(void **state)
{
	struct syntax_parser *parser = syntax_parser_new();
	struct arena arena = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(sources); i++) {
		uint32_t len = (uint32_t)strlen(sources[i]);
		struct syntax first, again;
		unsigned char *hurt;
		const void *block;
		size_t size;

		syntax_parse(parser, sources[i], len, &arena, &first);
		block = syntax_pack(&first, &arena, &size);
		assert_true(syntax_unpack(block, size, sources[i], len, &arena, &again));
		same(&first, &again);
		assert_false(syntax_unpack(block, size, sources[i], len + 1, &arena, &again));
		hurt = malloc(size);
		for (size_t k = 0; k < size; k++) {
			memcpy(hurt, block, size);
			assert_false(syntax_unpack(hurt, k, sources[i], len, &arena, &again));
			for (unsigned bit = 0; bit < 8; bit++) {
				hurt[k] ^= (unsigned char)(1u << bit);
				if (syntax_unpack(hurt, size, sources[i], len, &arena, &again))
					sound(&again);
				hurt[k] ^= (unsigned char)(1u << bit);
			}
		}
		free(hurt);
		arena_reset(&arena);
	}
	syntax_parser_free(parser);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(packs) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
