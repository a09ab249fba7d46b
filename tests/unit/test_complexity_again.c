/* SPDX-License-Identifier: MIT */
/* test_complexity_again.c - random programs counted a second way, large ones, Go's sorting. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "cmd/metrics_functions.h"
#include "tests/unit/complexity_fixture.h"

struct generator {
	uint32_t state;
	char text[60000];
	size_t len;
};

static unsigned draw(struct generator *g, unsigned n)
{
	g->state = g->state * 1664525u + 1013904223u;
	return (g->state >> 8) % n;
}

static void put(struct generator *g, const char *text)
{
	size_t n = strlen(text);

	assert_true(g->len + n < sizeof(g->text));
	memcpy(g->text + g->len, text, n + 1);
	g->len += n;
}

static void put_expression(struct generator *g)
{
	static const char *const leaf[] = {
		"a", "!b", "(c)", "f()", "x.y", "z[1]", "d == e", "(a || b)", "(a && b)",
		"g(a && b, c)",
	};
	static const char *const op[] = { " && ", " || ", " == " };
	unsigned n = 1 + draw(g, 4);

	for (unsigned i = 0; i < n; i++) {
		put(g, i ? op[draw(g, ARRAY_SIZE(op))] : "");
		put(g, leaf[draw(g, ARRAY_SIZE(leaf))]);
	}
}

/* What a statement needs before it can be closed. */
enum closing { CLOSE_NOTHING, CLOSE_BRACE, CLOSE_IF, CLOSE_SWITCH, CLOSE_CALL };

/* ? stands for an expression. */
static const struct { const char *text; enum closing closing; } statements[] = {
	{ "if ? {\n", CLOSE_IF },
	{ "if x := ?; ? {\n", CLOSE_IF },
	{ "for ? {\n", CLOSE_BRACE },
	{ "for range x {\n", CLOSE_BRACE },
	{ "switch {\ncase a:\n", CLOSE_SWITCH },
	{ "switch ? {\ncase a, ?:\n", CLOSE_SWITCH },
	{ "select {\ncase <-c:\n", CLOSE_BRACE },
	{ "defer func() {\n", CLOSE_CALL },
	{ "continue L\n", CLOSE_NOTHING },
	{ "break\n", CLOSE_NOTHING },
	{ "\n// a comment\n\n", CLOSE_NOTHING },
	{ "s := `raw\n\n// no comment`\n", CLOSE_NOTHING },
	{ "v = ?\n", CLOSE_NOTHING },
	{ "return ?\n", CLOSE_NOTHING },
};

static void put_filled(struct generator *g, const char *text)
{
	char one[2] = "";

	for (; *text; text++) {
		one[0] = *text;
		if (*text == '?')
			put_expression(g);
		else
			put(g, one);
	}
}

/* Closes it, or goes on with another part of it: what must be closed then. */
static enum closing put_closing(struct generator *g, enum closing closing)
{
	switch (closing) {
	case CLOSE_IF:
		if (draw(g, 2)) {
			put_filled(g, "} else if ? {\n");
			return CLOSE_IF;
		}
		put(g, draw(g, 2) ? "} else {\n}\n" : "}\n");
		break;
	case CLOSE_SWITCH:
		if (draw(g, 2)) {
			put_filled(g, draw(g, 2) ? "case ?:\n" : "default:\n");
			return CLOSE_SWITCH;
		}
		put(g, "}\n");
		break;
	case CLOSE_CALL:
		put(g, "}()\n");
		break;
	case CLOSE_NOTHING:
	case CLOSE_BRACE:
		put(g, "}\n");
		break;
	}
	return CLOSE_NOTHING;
}

static void put_body(struct generator *g)
{
	enum closing stack[24];
	unsigned depth = 0;

	for (unsigned steps = 20 + draw(g, 60); steps || depth; steps -= steps > 0) {
		unsigned row = draw(g, ARRAY_SIZE(statements));

		if (depth && (!steps || !draw(g, 8) || depth == ARRAY_SIZE(stack))) {
			stack[depth - 1] = put_closing(g, stack[depth - 1]);
			depth -= !stack[depth - 1];
			continue;
		}
		put_filled(g, statements[row].text);
		if (statements[row].closing)
			stack[depth++] = statements[row].closing;
	}
}

/* How deep a node stands in its function, by looking at all that is around it. */
static uint32_t levels_around(const struct syntax *s, uint32_t func, uint32_t node, bool sonar)
{
	uint32_t n = 0;

	for (uint32_t at = node; at != func; at = s->syn[at].parent) {
		const struct syn *x = &s->syn[at];
		uint8_t parent = s->syn[x->parent].kind;

		n += x->kind == SYN_CASE || x->kind == SYN_COMM_CASE ||
		     x->kind == SYN_DEFAULT_CASE ||
		     (x->kind == SYN_BLOCK && parent == SYN_IF_STATEMENT &&
		      (sonar || x->field == FIELD_CONSEQUENCE)) ||
		     (x->kind == SYN_BLOCK && parent == SYN_FOR_STATEMENT) ||
		     (x->kind == SYN_BLOCK && parent == SYN_FUNC_LITERAL);
	}
	return n;
}

static uint32_t top_of_chain(const struct syntax *s, uint32_t node)
{
	while (s->syn[s->syn[node].parent].kind == SYN_BINARY_EXPRESSION)
		node = s->syn[node].parent;
	return node;
}

/* Whether the last logical before this one in its chain is another. */
static bool changes(const struct syntax *s, uint32_t node)
{
	for (uint32_t i = node - 1; i >= top_of_chain(s, node); i--)
		if ((s->syn[i].kind == SYN_AND_AND || s->syn[i].kind == SYN_OR_OR) &&
		    top_of_chain(s, i) == top_of_chain(s, node))
			return s->syn[i].kind != s->syn[node].kind;
	return true;
}

static struct body_func count_again(const struct syntax *s, uint32_t func)
{
	struct body_func f = { .cyclomatic = 1 };

	for (uint32_t i = func + 1; i < s->syn[func].next; i++) {
		uint8_t kind = s->syn[i].kind;
		bool nests = kind == SYN_IF_STATEMENT || kind == SYN_FOR_STATEMENT ||
			     kind == SYN_SWITCH_STATEMENT || kind == SYN_SELECT_STATEMENT;
		bool logical = kind == SYN_AND_AND || kind == SYN_OR_OR;
		uint32_t sonar = 0;

		if (nests || kind == SYN_FUNC_LITERAL)
			sonar = levels_around(s, func, i, true) + 1;
		f.cyclomatic += kind == SYN_IF_STATEMENT || kind == SYN_FOR_STATEMENT ||
				kind == SYN_CASE || kind == SYN_COMM_CASE || logical;
		f.nesting = sonar > f.nesting ? sonar : f.nesting;
		if (s->syn[i].field == FIELD_ALTERNATIVE || (logical && changes(s, i)) ||
		    kind == SYN_LABEL_NAME) {
			f.cognitive++;
			f.cognitive_sonar++;
		} else if (nests) {
			f.cognitive += levels_around(s, func, i, false) + 1;
			f.cognitive_sonar += sonar;
		}
	}
	return f;
}

static void random_programs_are_counted_alike(void **state)
{
	struct fixture *f = *state;
	uint32_t largest = 0;

	for (uint32_t seed = 1; seed <= 300; seed++) {
		struct generator *g = xcalloc(1, sizeof(*g));
		uint32_t n = 0;

		g->state = seed;
		put(g, "package p\n");
		for (unsigned i = 0; i < 3; i++) {
			put(g, "func f() {\n");
			put_body(g);
			put(g, "}\n");
		}
		const struct body_builder *b = measure(f, "", g->text);

		assert_int_equal(f->syntax.status, SYNTAX_OK);
		assert_int_equal(b->func.count, 3);
		syntax_foreach_child(&f->syntax, 0, node) {
			if (f->syntax.syn[node].kind != SYN_FUNC_DECL)
				continue;
			struct body_func want = count_again(&f->syntax, node);
			const struct body_func *got = &b->func.at[n];

			/* The first of three functions of one name is what calls of it mean. */
			uint32_t calls = 0;

			for (uint32_t i = node; !n && i < f->syntax.syn[node].next; i++)
				calls += f->syntax.syn[i].kind == SYN_CALL_EXPRESSION &&
					 f->syntax.syn[i].end - f->syntax.syn[i].start == 3;
			assert_int_equal(got->cyclomatic, want.cyclomatic);
			assert_int_equal(got->cognitive, want.cognitive + calls);
			assert_int_equal(got->cognitive_sonar, want.cognitive_sonar + calls);
			assert_int_equal(got->nesting, want.nesting);
			largest = got->cognitive > largest ? got->cognitive : largest;
			n++;
		}
		assert_int_equal(b->body.code + b->body.comments + b->body.blanks,
				 f->syntax.nlines);
		free(g);
	}
	assert_true(largest > 50);
}

/* 1,000 deep, 20,000 calls of itself: loops, and not one for each pair. */
static void large_functions_take_their_time_once(void **state)
{
	struct fixture *f = *state;
	size_t size = 1000000, n = 0;
	char *text = xcalloc(size, 1);

	n += (size_t)snprintf(text, size, "package p\nfunc f() {\n");
	for (unsigned i = 0; i < 20000; i++)
		n += (size_t)snprintf(text + n, size - n, "x := f(f)\n");
	for (unsigned i = 0; i < 1000; i++)
		n += (size_t)snprintf(text + n, size - n, "if f() {\n");
	for (unsigned i = 0; i < 1000; i++)
		n += (size_t)snprintf(text + n, size - n, "}\n");
	snprintf(text + n, size - n, "}\n");
	const struct body_builder *b = measure(f, "", text);

	assert_int_equal(b->func.count, 1);
	assert_int_equal(b->func.at[0].cyclomatic, 1001);
	assert_int_equal(b->func.at[0].nesting, 1000);
	assert_int_equal(b->func.at[0].cognitive, 20000 + 1000 + 1000 * 1001 / 2);
	assert_int_equal(b->func.at[0].statements, 21000);
	free(text);
}

/* Of Go's own sort.Stable and sort.Sort (1.26) over the same values: FNV-1a of the results. */
static const struct { uint64_t stable, quick; } sorted[] = {
	{ UINT64_C(0xcc80fb71e0d77a4d), UINT64_C(0xcc80fb71e0d77a4d) },
	{ UINT64_C(0x80328c91a8cc4885), UINT64_C(0xbe1aff592db5dae5) },
	{ UINT64_C(0xe6ebec8e31ba61b9), UINT64_C(0x6b414bb2b63ee629) },
	{ UINT64_C(0xe6ebec8e31ba61b9), UINT64_C(0xe6ebec8e31ba61b9) },
	{ UINT64_C(0x50dbce2196945759), UINT64_C(0x50dbce2196945759) },
	{ UINT64_C(0x9c4eeeb2ae47aff9), UINT64_C(0xc815b2e491547995) },
	{ UINT64_C(0xf9692b1eb6d78c21), UINT64_C(0x4c49d9a2ee4ddd1d) },
};

static uint32_t value_of(unsigned pattern, uint32_t random, uint32_t i, uint32_t n)
{
	const uint32_t values[] = { random >> 8, (random >> 8) % 10, 7, i, n - i,
				    i < n - i ? i : n - i, random >> 31 };

	return values[pattern];
}

static uint64_t hash_order(uint64_t hash, const uint32_t *item, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		unsigned char bytes[4] = { item[i] & 255, item[i] >> 8 & 255, item[i] >> 16 & 255,
					   item[i] >> 24 };

		hash = hash_bytes(hash, bytes, sizeof(bytes));
	}
	return hash;
}

static void sorting_is_that_of_go(void **state UNUSED)
{
	static const uint32_t sizes[] = {
		0, 1, 2, 12, 13, 20, 21, 40, 49, 50, 51, 100, 199, 1000, 5000,
	};
	static uint32_t value[5000], item[5000];

	for (unsigned pattern = 0; pattern < ARRAY_SIZE(sorted); pattern++) {
		uint64_t stable = HASH_INIT, quick = HASH_INIT;

		for (unsigned s = 0; s < ARRAY_SIZE(sizes); s++) {
			uint32_t n = sizes[s], random = n;

			for (uint32_t i = 0; i < n; i++) {
				random = random * 1664525u + 1013904223u;
				value[i] = value_of(pattern, random, i, n);
				item[i] = i;
			}
			gosort_stable(item, n, value);
			stable = hash_order(stable, item, n);
			for (uint32_t i = 0; i < n; i++)
				item[i] = i;
			gosort_sort(item, n, value);
			quick = hash_order(quick, item, n);
		}
		assert_true(stable == sorted[pattern].stable);
		assert_true(quick == sorted[pattern].quick);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_programs_are_counted_alike),
		cmocka_unit_test(large_functions_take_their_time_once),
		cmocka_unit_test(sorting_is_that_of_go),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
