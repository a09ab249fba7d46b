/* SPDX-License-Identifier: MIT */
/*
 * test_headpack.c - the facts of heads come back from a block as they went into it,
 * and no other bytes are taken for such a block, or lead out of it.
 */
#include "tests/unit/factworld.h"

#include "graph/source/headfacts.h"

#define FILES 24u
#define ROUNDS 300

static const char *words(struct dice *d, struct arena *a, uint32_t most)
{
	uint32_t len = roll(d, most);
	char *text = arena_alloc(a, len + 1, 1);

	for (uint32_t i = 0; i < len; i++)
		text[i] = (char)(1 + roll(d, 255));
	return text;
}

static const char *words_or_null(struct dice *d, struct arena *a)
{
	const char *text = words(d, a, 20);

	return *text ? text : NULL;
}

static void random_facts(struct dice *d, struct arena *a, struct head_facts *ret)
{
	uint32_t word[16];

	for (uint32_t i = 0; i < 16; i++)
		word[i] = roll(d, 1u << 31);
	*ret = (struct head_facts){
		.package = words_or_null(d, a), .problem = words_or_null(d, a),
		.domain = words_or_null(d, a), .flags = word[0], .configs = word[1],
		.lines = word[2], .package_line = word[3], .package_col = word[4],
		.problem_line = word[5], .problem_col = word[6], .min_go = word[7],
		.domain_line = word[8], .domain_col = word[9], .domain_end = word[10],
		.size = (uint64_t)word[11] << 20 | word[12],
		.nimports = roll(d, 6), .ndirectives = roll(d, 3),
	};
	ret->package_len = ret->package ? (uint32_t)strlen(ret->package) : 0;
	struct header_import *import = arena_array(a, struct header_import, ret->nimports);

	ret->directive = arena_array(a, struct header_directive, ret->ndirectives);
	for (uint32_t i = 0; i < ret->nimports; i++)
		import[i] = (struct header_import){ words(d, a, 40), words(d, a, 5), roll(d, 99),
						    roll(d, 99), roll(d, 99) };
	for (uint32_t i = 0; i < ret->ndirectives; i++) {
		ret->directive[i] = (struct header_directive){
			.text.s = words(d, a, 30), .line = roll(d, 99), .col = roll(d, 99),
			.end_col = roll(d, 99), .target = roll(d, 99),
		};
		ret->directive[i].text.len = strlen(ret->directive[i].text.s);
	}
	ret->import = import;
}

static void same_text(const char *a, const char *b)
{
	assert_int_equal(!a, !b);
	if (a)
		assert_string_equal(a, b);
}

static void same_facts(const struct head_facts *a, const struct head_facts *b)
{
	same_text(a->package, b->package);
	same_text(a->problem, b->problem);
	same_text(a->domain, b->domain);
	assert_int_equal(a->package_len, b->package_len);
	assert_int_equal(a->flags, b->flags);
	assert_int_equal(a->configs, b->configs);
	assert_int_equal(a->lines, b->lines);
	assert_int_equal(a->min_go, b->min_go);
	assert_int_equal(a->package_line, b->package_line);
	assert_int_equal(a->package_col, b->package_col);
	assert_int_equal(a->problem_line, b->problem_line);
	assert_int_equal(a->problem_col, b->problem_col);
	assert_int_equal(a->domain_line, b->domain_line);
	assert_int_equal(a->domain_col, b->domain_col);
	assert_int_equal(a->domain_end, b->domain_end);
	assert_true(a->size == b->size);
	assert_int_equal(a->nimports, b->nimports);
	assert_int_equal(a->ndirectives, b->ndirectives);
	for (uint32_t i = 0; i < a->nimports; i++) {
		same_text(a->import[i].path, b->import[i].path);
		same_text(a->import[i].name, b->import[i].name);
		assert_int_equal(a->import[i].line, b->import[i].line);
		assert_int_equal(a->import[i].col, b->import[i].col);
		assert_int_equal(a->import[i].end_col, b->import[i].end_col);
	}
	for (uint32_t i = 0; i < a->ndirectives; i++) {
		same_text(a->directive[i].text.s, b->directive[i].text.s);
		assert_int_equal(a->directive[i].text.len, b->directive[i].text.len);
		assert_int_equal(a->directive[i].line, b->directive[i].line);
		assert_int_equal(a->directive[i].col, b->directive[i].col);
		assert_int_equal(a->directive[i].end_col, b->directive[i].end_col);
		assert_int_equal(a->directive[i].target, b->directive[i].target);
	}
}

struct packed {
	struct head_facts fact[FILES];
	uint32_t member[FILES], count;
	const void *block;
	size_t size;
};

static void pack(struct dice *d, struct arena *a, struct packed *ret)
{
	ret->count = 0;
	for (uint32_t i = 0; i < FILES; i++) {
		random_facts(d, a, &ret->fact[i]);
		if (roll(d, 3))
			ret->member[ret->count++] = i;
	}
	ret->block = heads_pack(ret->fact, ret->member, ret->count, a, &ret->size);
}

static void facts_come_back(void **state UNUSED)
{
	struct dice d = { 7 };

	for (int round = 0; round < ROUNDS; round++) {
		struct arena a = ARENA_INIT;
		struct head_facts got[FILES];
		struct packed p;

		pack(&d, &a, &p);
		assert_true(heads_unpack(p.block, p.size, p.count, &a, got));
		for (uint32_t i = 0; i < p.count; i++) {
			assert_true(got[i].known);
			same_facts(&p.fact[p.member[i]], &got[i]);
		}
		assert_false(heads_unpack(p.block, p.size, p.count + 1, &a, got));
		assert_false(heads_unpack(p.block, p.size, p.count - 1, &a, got));
		arena_release(&a);
	}
}

/* Whatever is taken for a block has texts that end inside of it. */
static void read_all(const struct head_facts *f, const char *from, size_t size)
{
	const char *text[] = { f->package, f->problem, f->domain };

	for (size_t i = 0; i < ARRAY_SIZE(text); i++)
		if (text[i]) {
			assert_true(text[i] >= from && text[i] < from + size);
			assert_true(strlen(text[i]) < (size_t)(from + size - text[i]));
		}
	for (uint32_t i = 0; i < f->nimports; i++)
		assert_true(f->import[i].path + strlen(f->import[i].path) < from + size &&
			    f->import[i].name + strlen(f->import[i].name) < from + size);
	for (uint32_t i = 0; i < f->ndirectives; i++)
		assert_true(f->directive[i].text.s + f->directive[i].text.len < from + size);
}

static void broken_blocks_lead_nowhere(void **state UNUSED)
{
	struct dice d = { 11 };

	for (int round = 0; round < ROUNDS; round++) {
		struct arena a = ARENA_INIT;
		struct head_facts got[FILES];
		struct packed p;

		pack(&d, &a, &p);
		for (int change = 0; change < 20; change++) {
			size_t size = roll(&d, 2) ? p.size : roll(&d, (uint32_t)p.size + 1);
			/* Of its own size, so that a sanitizer sees who reads behind it. */
			char *copy = malloc(size ? size : 1);

			assert_non_null(copy);
			memcpy(copy, p.block, size);
			if (size && size == p.size) {
				uint32_t at = roll(&d, (uint32_t)size);

				copy[roll(&d, 2) ? at : at % 600 % size] = (char)roll(&d, 256);
			}
			bool taken = heads_unpack(copy, size, p.count, &a, got);

			assert_false(taken && size != p.size);
			for (uint32_t i = 0; taken && i < p.count; i++)
				read_all(&got[i], copy, size);
			free(copy);
		}
		arena_release(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(facts_come_back),
		cmocka_unit_test(broken_blocks_lead_nowhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
