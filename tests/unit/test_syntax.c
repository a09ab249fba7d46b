/* SPDX-License-Identifier: MIT */
/*
 * test_syntax.c - whole files as flat trees: as tree-sitter has them, newer Go
 * included, what go/parser refuses refused, within limits, from any thread.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/limits.h"
#include "base/pool.h"
#include "graph/source/header.h"
#include "graph/source/tsalloc.h"
#include "tests/fuzz/syntax_holds.h"

#include <stdlib.h>
#include <string.h>
#include <tree_sitter/api.h>

const TSLanguage *tree_sitter_go(void);
extern void *(*ts_current_malloc)(size_t size);
extern void *(*ts_current_realloc)(void *p, size_t size);
extern void (*ts_current_free)(void *p);

struct fixture {
	struct arena arena;
	struct syntax_parser *parser;
};

static int setup(void **state)
{
	struct fixture *f = xcalloc(1, sizeof(*f));

	f->parser = syntax_parser_new();
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	syntax_parser_free(f->parser);
	arena_release(&f->arena);
	free(f);
	return 0;
}

static struct syntax parse_bytes(struct fixture *f, const char *text, size_t len)
{
	struct syntax s;
	/* Behind the last byte there is nothing to read. */
	char *exact = xrealloc(NULL, len, 1);

	if (len)
		memcpy(exact, text, len);
	syntax_parse(f->parser, exact, (uint32_t)len, &f->arena, &s);
	syntax_holds(&s);
	free(exact);
	s.bytes = text;
	return s;
}

static struct syntax parse(struct fixture *f, const char *text)
{
	return parse_bytes(f, text, strlen(text));
}

static const char *const names[SYN_COUNT] = {
#define SYN_NODE(id, name) [id] = name,
#define SYN_TOKEN(id, text) [id] = text,
#include "graph/source/syntax_kinds.def"
#undef SYN_NODE
#undef SYN_TOKEN
};

static const char *const fields[FIELD_COUNT] = {
#define SYN_FIELD(id, name) [id] = name,
#include "graph/source/syntax_fields.def"
#undef SYN_FIELD
};

static bool is_row(TSNode node)
{
	for (unsigned k = SYN_OTHER + 1; k < SYN_COUNT; k++)
		if (!strcmp(names[k], ts_node_type(node)))
			return true;
	return false;
}

/* The cursor's node is syn[i]. */
static void same_node(const struct syntax *s, uint32_t i, const TSTreeCursor *c)
{
	TSNode node = ts_tree_cursor_current_node(c);
	const char *field = ts_tree_cursor_current_field_name(c);
	const struct syn *n = &s->syn[i];

	assert_true(i < s->nsyn);
	if (n->kind != SYN_OTHER && i)
		assert_string_equal(names[n->kind], ts_node_type(node));
	else if (i)
		assert_false(is_row(node));
	assert_string_equal(field ? field : "", fields[n->field] ? fields[n->field] : "");
	if (i) {
		assert_int_equal(n->start, ts_node_start_byte(node));
		assert_int_equal(n->end, ts_node_end_byte(node));
	}
	assert_int_equal(!!(n->flags & SYN_ERROR), ts_node_is_error(node));
	assert_int_equal(!!(n->flags & SYN_MISSING), ts_node_is_missing(node));
}

/* Every named node and every token of a row, but for what is in strings, in this order. */
static void same_as_cursor(const struct syntax *s, const char *text, size_t len)
{
	TSParser *ts = ts_parser_new();
	bool down = true;
	uint32_t n = 0;

	assert_true(ts_parser_set_language(ts, tree_sitter_go()));
	TSTree *tree = ts_parser_parse_string(ts, NULL, text, (uint32_t)len);
	TSTreeCursor c = ts_tree_cursor_new(ts_tree_root_node(tree));

	for (;;) {
		TSNode node = ts_tree_cursor_current_node(&c);

		if (down && (ts_node_is_named(node) || is_row(node)))
			same_node(s, n++, &c);
		if (down && strstr(ts_node_type(node), "string_literal"))
			down = false;
		if (down && ts_tree_cursor_goto_first_child(&c))
			continue;
		down = ts_tree_cursor_goto_next_sibling(&c);
		if (!down && !ts_tree_cursor_goto_parent(&c))
			break;
	}
	assert_int_equal(n, s->nsyn);
	ts_tree_cursor_delete(&c);
	ts_tree_delete(tree);
	ts_parser_delete(ts);
}

/* Some of everything; parts of it are broken files. */
static const char sample[] =
	"// Package p.\npackage p\n\nimport (\n\t\"fmt\"\n\tx \"a/b\"\n\t. `c`\n\t_ \"d\"\n)\n\n"
	"const (\n\tA = iota\n\tB\n)\n\nvar a, b int = 1, 0x2\nvar (\n\tc = 'x'\n\td string\n)\n\n"
	"type T[P any, Q ~[]P] struct {\n\ta, b P `json:\"a\"`\n\t*E\n\tx.F\n\tg func(int, "
	"...string) error\n}\n"
	"type U = map[string]chan<- [3]*T[int, []int]\n"
	"type I interface {\n\tM(a int) (b int, err error)\n\t~int | string\n\tfmt.Stringer\n}\n\n"
	"func F[P any](a, b P, c ...int) (x, y int) {\n"
	"L:\n\tfor i := 0; i < 10; i++ {\n\t\tif x := f(a); x != nil && !y || z "
	"{\n\t\t\tcontinue L\n"
	"\t\t} else if v, ok := w.(T); ok {\n\t\t\tbreak\n\t\t} else {\n\t\t\tgoto L\n\t\t}\n\t}\n"
	"\tfor k, v := range m {\n\t\tk.v[1:2], *p = v<<3&^1, &q\n\t}\n\tfor range 10 {\n\t}\n"
	"\tswitch y := z.(type) {\n\tcase int, []T:\n\t\tfallthrough\n\tcase "
	"nil:\n\tdefault:\n\t}\n"
	"\tswitch {\n\tcase a > b, c:\n\t\treturn 1, 2.5\n\t}\n"
	"\tselect {\n\tcase x, ok := <-c:\n\tcase c <- 1i:\n\tdefault:\n\t}\n"
	"\tgo func() { defer close(c) }()\n\tx += fmt.Sprint(\"a\\n\"+`b`, T{a: 1, b: []int{1, "
	"2: 3}}, f(g...))\n"
	"\tvar e struct{ A int }\n\t_ = new(T)\n\t_ = make([]int, 3)\n\t_ = F[int, string](1, 2)\n"
	"\t{\n\t\tx--\n\t\t;\n\t}\n\treturn /* c */\n}\n\nfunc (t *T[A, B]) M() func(int) string\n";

static void trees_as_tree_sitter_has_them(void **state)
{
	struct fixture *f = *state;
	struct syntax s = parse(f, sample);
	uint32_t seed = 1;
	size_t len = sizeof(sample) - 1;
	char *broken = arena_strdup(&f->arena, sample);

	assert_int_equal(s.status, SYNTAX_OK);
	assert_int_equal(s.rewritten, 0);
	same_as_cursor(&s, sample, len);
	for (int i = 0; i < 300; i++) {
		/* A byte of it elsewhere, and everything behind a place left out. */
		seed = seed * 1103515245 + 12345;
		uint32_t from = seed / 65536 % len, to = seed / 3 % len;

		broken[to] = sample[from];
		s = parse_bytes(f, broken, i % 2 ? len : to);
		/* Without a newline at the end tree-sitter makes one up, we do not. */
		if (!s.rewritten && (i % 2 || (to && broken[to - 1] == '\n')))
			same_as_cursor(&s, broken, i % 2 ? len : to);
		if (i % 8 == 7)
			memcpy(broken, sample, len);
	}
}

/* Each in a file of its own, after "package p\n". */
static const char *const newer[] = {
	/* Go 1.26 */
	"func f() { _ = new(1 + 1); _ = new(f()); _ = new(\"x\"); _ = new(&x); _ = new(-x) }",
	"func f() { _ = new([]int{1}); _ = new(map[string]int{\"a\": 1}); _ = new(T{}); _ = "
	"new(p.T{}) }",
	"func f() { _ = new(func() int { return 1 }); _ = new(func() int { return 1 }()) }",
	"func f() { _ = new(a[i+1]); _ = new(x.(int)); _ = new(!b); _ = new(<-c); _ = new(*p + "
	"1) }",
	"func f() { _ = *new(new(new(3))); _ = new(new(int)); _ = new (3); _ = new /* c */ (3) }",
	"func f() {\n\t_ = new(\n\t\t3, // three\n\t)\n\treturn new(x == nil || y), nil\n}",
	/* Go 1.27 */
	"func (t T) M[P any](x P) {}",
	"func (t *T[K, V]) M[P any, Q interface{ ~int | ~string }](x P, y Q) map[K]V { return "
	"nil }",
	"func (t *T) M[\n\tP any, // first\n\tQ any,\n](x P) {\n}",
	"func (T) M[P any]()",
	"func f() { _ = x.y.M[[]int]; _ = (*T).M[map[string]int, int]; _ = f().M[func()] }",
	/* Older Go that the grammar lacks. */
	"func f() { _ = (new)(int); _ = (make)([]int, 0); _ = ((make))(map[string]int) }",
	"func f() { _ = (*struct{ J }).m; _ = struct{ A }.m; interface{ M() T }.M(nil) }",
	"const (A = 1)",
	"var (x int)",
	"func f() {\nL:\nM:\n}",
	"func f() { L:M:}",
	"func f() { P: ; Q: x(); switch x { case 1: L: M: ; default: N: } }",
	"func f() { if ; x {}; switch ; {}; switch ; x {} }",
	"func f() { a();;b(); for ;; { c();;;d() }; for i := f(func() { g() });; i++ {} }",
	"func f() {\n\tif x := f()\n\tx > 0 {\n\t}\n\tfor i := 0\n\ti < 10\n\ti++ {\n\t}\n}",
	"func f() {\n\tswitch x := 3 // c\n\tx {\n\t}\n\tif x := []T{\n\t\ta,\n\t}\n\tx != nil "
	"{\n\t}\n}",
	"func f() { a := 1 /* x\ny */ b := 2; c()/*\n*/d() }",
	"func f() { a()/*\n*/ /*\n*/b()/**//*\n*/c() }",
	"func f() { make(1); make(a...); new(\"x\", 2) }",
	"func f() { type make struct{ a int }; _ = make{1}; _ = &new{} ; goto new; new: return }",
	"var \xef\xba\xb0, \xef\xbe\x9f, \xe0\xb8\xb3 int",
};

/* What the grammar takes as it is. */
static const char *const current[] = {
	"type A[P any] = []P\ntype B[P any, Q ~int] = struct { a P; b Q }\ntype C = B[int, int]",
	"func f() { for range 10 {}; for i := range 10 {}; for x, y := range f() {}; for range "
	"ch {} }",
	"func F[T any, PT interface{ *T; M() }](x T) {}\ntype T[P *C,] []P\ntype U[P *C, Q any] "
	"[]P",
	"func f() { x.M[int](3); x.y.M[[]int](3); _ = F[[]int]; _ = pkg.G[int]{1} }",
	"const (A = 1; B = 2)\nfunc g() {}\nconst ( A = iota; B; C )\nvar (d int; e = 2 )\nvar "
	"(a int; b = 2 /* c */)\nvar c int",
	"func f() { min(1, 2); clear(m) }",
};

static void check_newer(struct fixture *f, const char *text, bool rewritten)
{
	struct syntax s = parse(f, text);

	if (s.status != SYNTAX_OK)
		fail_msg("%u:%u: error in\n%s", s.error_line, s.error_col, text);
	if (!!s.rewritten != rewritten)
		fail_msg("%u places rewritten in\n%s", s.rewritten, text);
}

static void newer_go_has_no_errors(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_SIZE(newer) + ARRAY_SIZE(current); i++) {
		bool rewritten = i < ARRAY_SIZE(newer);
		const char *body = rewritten ? newer[i] : current[i - ARRAY_SIZE(newer)];
		char *text = arena_printf(&f->arena, "package p\n%s", body), *to = text, *crlf;

		check_newer(f, text, rewritten);
		check_newer(f, arena_printf(&f->arena, "%s\n", text), rewritten);
		crlf = to = arena_alloc(&f->arena, 2 * strlen(text) + 1, 1);
		for (const char *p = text; *p; p++) {
			if (*p == '\n')
				*to++ = '\r';
			*to++ = *p;
		}
		check_newer(f, crlf, rewritten);
	}
}

/* The first node of a kind. */
static uint32_t find(const struct syntax *s, enum syn_kind kind)
{
	for (uint32_t i = 0; i < s->nsyn; i++)
		if (s->syn[i].kind == kind)
			return i;
	fail_msg("no %s", names[kind]);
	return 0;
}

static void assert_text(const struct syntax *s, uint32_t node, const char *want)
{
	const struct syn *n = &s->syn[node];

	if (n->end - n->start != strlen(want) || memcmp(s->bytes + n->start, want, strlen(want)))
		fail_msg("'%.*s' is not '%s'", (int)(n->end - n->start), s->bytes + n->start, want);
}

static void rewritten_go_keeps_its_places(void **state)
{
	struct fixture *f = *state;
	struct syntax s = parse(f, "package p\nvar x = new(a + 1)\nfunc (r T) M[P any](b P) {}\n");
	uint32_t call = find(&s, SYN_CALL_EXPRESSION), method = find(&s, SYN_METHOD_DECL), col;

	assert_int_equal(s.rewritten, 2);
	assert_text(&s, call, "new(a + 1)");
	assert_text(&s, syntax_child(&s, call, FIELD_FUNCTION), "new");
	assert_text(&s, find(&s, SYN_BINARY_EXPRESSION), "a + 1");
	assert_text(&s, method, "func (r T) M[P any](b P) {}");
	assert_text(&s, syntax_child(&s, method, FIELD_NAME), "M");
	assert_text(&s, syntax_child(&s, method, FIELD_PARAMETERS), "(b P)");
	assert_int_equal(syntax_line(&s, s.syn[method].start, &col), 3);
	assert_int_equal(col, 1);
	assert_int_equal(syntax_child(&s, call, FIELD_RESULT), 0);
}

/* Only where there are errors, and only if there are fewer then. */
static void broken_files_are_not_rewritten(void **state)
{
	struct fixture *f = *state;
	struct syntax s = parse(f, "package p\nvar x = )\n");

	assert_int_equal(s.status, SYNTAX_ERROR);
	assert_int_equal(s.rewritten, 0);
	s = parse(f, "package p\nvar y = new(1)\nvar x = )\n");
	assert_int_equal(s.status, SYNTAX_ERROR);
	assert_int_equal(s.rewritten, 1);
	assert_int_equal(s.error_line, 3);
}

/* What go/parser says of it; the column is ours. */
static void refused_as_go_does(void **state)
{
	struct fixture *f = *state;
	static const struct { const char *text; uint32_t line, col; } cases[] = {
		{ "", 1, 1 }, { "// only a comment\n", 1, 19 }, { "var x int\n", 1, 1 },
		{ "package p\npackage q\n", 2, 1 },
		{ "package p\nvar x int\nimport \"a\"\n", 3, 1 },
		{ "package p\nx = 1\n", 2, 1 }, { "package p\nfunc f()\n{}\n", 3, 1 },
		{ "package p\nfunc f() {} func g() {}\n", 2, 13 },
		{ "package p\nfunc f() { x := 1 y := 2 }\n", 2, 19 },
		{ "package p\nfunc f() {\n\tif x\n\t{\n\t}\n}\n", 3, 6 },
		{ "package p\nfunc f() {\n\tswitch x\n\t{\n\t}\n}\n", 3, 10 },
		{ "package p\nvar x = []int{\n\t1,\n\t2\n}\n", 4, 3 },
		{ "package p\nvar x = (a\n\t+ b)\n", 2, 11 },
		{ "package p\nfunc f(a int // c\n) {}\n", 2, 18 },
		{ "package p\nfunc f(a int /* c\n*/) {}\n", 2, 14 },
		{ "package p\nfunc f(a int, string)\n", 2, 15 },
		{ "package p\nfunc f(a ...int, b int)\n", 2, 8 },
		{ "package p\nfunc f() (a ...int)\n", 2, 11 },
		{ "package p\nfunc f() { go (g()) }\n", 2, 15 },
		{ "package p\nfunc f() { defer x }\n", 2, 18 },
		{ "package p\nfunc f() { for a, b, c := range x {} }\n", 2, 22 },
		{ "package p\nfunc f() { switch { case 1: L: case 2: } }\n", 2, 32 },
		{ "package p\nvar x = \"\\q\"\n", 2, 10 }, { "package p\nvar x = \"\\400\"\n", 2,
		10 },
		{ "package p\nvar x = \"\\ud800\"\n", 2, 10 }, { "package p\nvar x = '\\\"'\n",
		2, 10 },
		{ "package p\nvar \xff = 1\n", 2, 1 }, { "package p\n// \xc3\n", 2, 4 },
		{ "package p\n// \xef\xbb\xbf\n", 2, 4 }, { "package p\n\f\n", 2, 1 },
		{ "package p\n\xc2\xa0var x int\n", 2, 1 },
		{ "package p\nvar x\xcc\x82 int\n", 2, 6 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct syntax s = parse(f, cases[i].text);

		if (s.status != SYNTAX_ERROR || s.error_line != cases[i].line ||
		    s.error_col != cases[i].col)
			fail_msg("status %u at %u:%u of\n%s", s.status, s.error_line, s.error_col,
				 cases[i].text);
	}
	struct syntax s = parse_bytes(f, "package p\n// \0\n", 15);

	assert_int_equal(s.status, SYNTAX_ERROR);
	assert_int_equal(s.error_col, 4);
}

static void odd_bytes_are_go(void **state)
{
	struct fixture *f = *state;
	static const char *const cases[] = {
		"package p", "package p;", "package p\r\n\r\nvar x int\r\n",
		"\xef\xbb\xbfpackage p\n", "package p\nvar x = \"\f\v\xc2\xa0\xcc\x82\" // "
		"\f\xe2\x80\xa8\n",
		"package p\nvar \xe4\xb8\x96 = '\xe4\xb8\x96' + '\\'' + "
		"\"\\\"\\x00\\377\\u1234\"\n",
		"package p\nvar x = `\r\n\\` + 0x1p-2 + 1.\n", "package p\nvar x int// c",
		"package p\nfunc f() int { return 1 } // c\n",
		"package p\nvar x = f(a, // c\n\tb, /* d */\n)\n",
		"package p\nfunc f(a, b.c, d)\nfunc g(string, x int)\n",
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct syntax s = parse(f, cases[i]);

		if (s.status != SYNTAX_OK)
			fail_msg("%u:%u: error in\n%s", s.error_line, s.error_col, cases[i]);
	}
}

/* Characters of two to four bytes across every place where a block of input may end. */
static void characters_across_blocks(void **state)
{
	struct fixture *f = *state;
	char *text = arena_alloc(&f->arena, 9000, 1);

	for (size_t pad = 4070; pad < 4110; pad++) {
		memset(text, ' ', 9000);
		memcpy(text, "package p\n", 10);
		memcpy(text + pad, "var \xe4\xb8\x96\xf0\x90\x90\x80\xc3\xa9 = '\xe2\x98\xba'\n",
			22);
		assert_int_equal(parse_bytes(f, text, pad + 22).status, SYNTAX_OK);
	}
}

static void many_names_of_one_type(void **state)
{
	struct fixture *f = *state;
	struct syntax s = parse(f, "package p\nfunc f(a, b, /* x */ c, d, e, f, g, h, i, j, k, l "
		"int,"
				" m string) (n, o, p, q, r, s, t, u, v, w, x, y *T)\n"
				"func g(a, b, c, d, e, f, g, h, i, j, k, l)\n");
	uint32_t list = find(&s, SYN_PARAMS), first = list + 1, names_seen = 0;

	assert_int_equal(s.status, SYNTAX_OK);
	assert_text(&s, first, "a, b, /* x */ c, d, e, f, g, h, i, j, k, l int");
	assert_text(&s, s.syn[first].next, "m string");
	syntax_foreach_child(&s, first, c)
		names_seen += s.syn[c].field == FIELD_NAME && s.syn[c].kind == SYN_IDENTIFIER;
	assert_int_equal(names_seen, 12);
	assert_text(&s, syntax_child(&s, first, FIELD_TYPE), "int");
	list = s.syn[list].next;
	assert_int_equal(s.syn[list].field, FIELD_RESULT);
	assert_int_equal(s.syn[list + 1].next, s.syn[list].next);
	/* Types all, as there is none behind them. */
	list = syntax_child(&s, s.syn[s.syn[list].parent].next, FIELD_PARAMETERS);
	names_seen = 0;
	syntax_foreach_child(&s, list, c)
		names_seen += !!syntax_child(&s, c, FIELD_TYPE);
	assert_int_equal(names_seen, 12);
}

static char *repeated(struct fixture *f, const char *before, const char *open, const char *middle,
		      const char *close, const char *behind, size_t count)
{
	size_t lo = strlen(open), lc = strlen(close);
	char *text = arena_alloc(&f->arena, strlen(before) + strlen(middle) + strlen(behind) +
				 count * (lo + lc) + 1, 1), *to = text + strlen(before);

	memcpy(text, before, strlen(before));
	for (size_t i = 0; i < count; i++, to += lo)
		memcpy(to, open, lo);
	memcpy(to, middle, strlen(middle));
	to += strlen(middle);
	for (size_t i = 0; i < count; i++, to += lc)
		memcpy(to, close, lc);
	memcpy(to, behind, strlen(behind));
	return text;
}

static void deep_nesting(void **state)
{
	struct fixture *f = *state;
	static const struct { const char *open, *middle, *close; } cases[] = {
		{ "(", "x", ")" }, { "a[", "x", "]" }, { "T{", "", "}" }, { "-", "x", "" },
		{ "f(", "x", ")" }, { "func() { _ = ", "x", " }" }, { "new(", "1", ")" }, { "*",
		"x", "" },
		{ "a + ", "a", "" }, { "a.", "a", "" }, { "!", "x", "" }, { "<-", "x", "" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		char *text = repeated(f, "package p\nfunc f() { _ = ", cases[i].open,
			cases[i].middle,
				      cases[i].close, " }\n", 10000);

		if (parse(f, text).status != SYNTAX_OK)
			fail_msg("10000 x '%s'", cases[i].open);
		/* The same with the end left out. */
		assert_int_equal(parse_bytes(f, text, strlen(text) / 2).status, SYNTAX_ERROR);
	}
	assert_int_equal(parse(f, repeated(f, "package p\nfunc f() ", "{", "", "}", "\n", 10000))
			 .status, SYNTAX_OK);
	assert_int_equal(parse(f, repeated(f, "package p\nfunc f() {", "if x {\n", "", "}\n", "}\n",
					   10000)).status, SYNTAX_OK);
	assert_int_equal(parse(f, repeated(f, "package p\ntype T ", "[]", "int", "", "\n", 10000))
			 .status, SYNTAX_OK);
}

static void limits_end_a_parse(void **state)
{
	struct fixture *f = *state;
	size_t size = limit_of(LIMIT_SYNTAX_BYTES) + 1;
	char *text = xcalloc(size, 1);
	struct syntax s = parse_bytes(f, text, size);

	assert_int_equal(s.status, SYNTAX_SIZE);
	assert_int_equal(s.nlines, 1);
	free(text);
	/* From some number of steps on there is a tree, and always the same. */
	text = repeated(f, "package p\n", "var x = f(a, b)\n", "", "", "", 1000);
	int changes = 0;

	for (uint64_t steps = 1, was = SYNTAX_STEPS; steps < 1000000; steps = steps * 3 / 2 + 1) {
		syntax_parser_limit(f->parser, steps);
		s = parse(f, text);
		assert_true(s.status == SYNTAX_OK || s.status == SYNTAX_STEPS);
		changes += s.status != was;
		was = s.status;
	}
	assert_int_equal(changes, 1);
	/* Comments that do not end are read to the end from each place: nothing but reading. */
	text = repeated(f, "package p\nvar x = ", "/* ", "", "", "\n", 200000);
	syntax_parser_limit(f->parser, 1000000);
	assert_int_equal(parse(f, text).status, SYNTAX_STEPS);
	/* Errors, each costly. */
	text = repeated(f, "package p\nfunc f() {\n", "} {\n", "", "", "\n", 20000);
	assert_int_equal(parse(f, text).status, SYNTAX_STEPS);
	syntax_parser_limit(f->parser, limit_of(LIMIT_SYNTAX_STEPS));
	assert_int_equal(parse(f, sample).status, SYNTAX_OK);
}

struct crowd {
	struct syntax_parser *parser[4];
	struct import_parser *imports[4];
	struct arena arena[4];
	const char *text[ARRAY_SIZE(newer)];
	struct syntax want[ARRAY_SIZE(newer)];
	struct header header;
	uint32_t wrong[4];
};

/* Even ones parse files, odd ones import sections with an allocator that is not theirs. */
static void one_of_crowd(void *ctx, unsigned worker, uint32_t index)
{
	struct crowd *c = ctx;
	uint32_t i = index / 2 % ARRAY_SIZE(newer), n;
	const struct header_import *import;
	struct syntax s;

	if (index % 2) {
		c->wrong[worker] += !import_parser_run(c->imports[worker], sample, &c->header,
						       &c->arena[worker], &import, &n) || n != 4;
	} else {
		syntax_parse(c->parser[worker], c->text[i], (uint32_t)strlen(c->text[i]),
			     &c->arena[worker], &s);
		c->wrong[worker] += !syntax_equal(&s, &c->want[i]);
	}
	arena_reset(&c->arena[worker]);
}

static void threads_agree(void **state)
{
	struct fixture *f = *state;
	struct crowd c = { .wrong = { 0 } };

	for (size_t i = 0; i < ARRAY_SIZE(newer); i++) {
		c.text[i] = arena_printf(&f->arena, "%s%s\n", sample, newer[i]);
		c.want[i] = parse(f, c.text[i]);
	}
	header_scan(sample, strlen(sample), true, &f->arena, &c.header);
	for (int i = 0; i < 4; i++) {
		c.parser[i] = syntax_parser_new();
		c.imports[i] = import_parser_new();
	}
	pool_run(4, 800, one_of_crowd, &c);
	for (int i = 0; i < 4; i++) {
		assert_int_equal(c.wrong[i], 0);
		syntax_parser_free(c.parser[i]);
		import_parser_free(c.imports[i]);
		arena_release(&c.arena[i]);
	}
}

struct live {
	unsigned char *at, fill;
	size_t size;
};

static void heap_keeps_blocks_apart(void **state)
{
	struct tsheap *h = tsheap_new();
	struct live live[64] = { { 0 } };
	uint32_t seed = 7;

	(void)state;
	for (int round = 0; round < 3; round++) {
		memset(live, 0, sizeof(live));
		tsheap_enter(h);
		assert_int_equal(tsheap_asked(h).bytes, 0);
		for (int i = 0; i < 30000; i++) {
			seed = seed * 1103515245 + 12345;
			struct live *l = &live[seed / 65536 % 64];
			unsigned shift = seed / 16 % 14;
			size_t size = 1 + seed / 256 % ((size_t)16 << shift);

			for (size_t k = 0; k < l->size; k++)
				assert_int_equal(l->at[k], l->fill);
			if (l->at && i % 3) {
				ts_current_free(l->at);
				*l = (struct live){ 0 };
				continue;
			}
			l->at = l->at ? ts_current_realloc(l->at, size) : ts_current_malloc(size);
			for (size_t k = 0; k < l->size && k < size; k++)
				assert_int_equal(l->at[k], l->fill);
			assert_int_equal((uintptr_t)l->at % 8, 0);
			l->fill = (unsigned char)i;
			l->size = size;
			memset(l->at, l->fill, size);
		}
		tsheap_leave(h);
	}
	/* 64 blocks of up to 128 KB at a time: what was freed is used again. */
	assert_true(tsheap_bytes(h) < (size_t)40 * 1024 * 1024);
	tsheap_free(h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(trees_as_tree_sitter_has_them, setup, teardown),
		cmocka_unit_test_setup_teardown(newer_go_has_no_errors, setup, teardown),
		cmocka_unit_test_setup_teardown(rewritten_go_keeps_its_places, setup, teardown),
		cmocka_unit_test_setup_teardown(broken_files_are_not_rewritten, setup, teardown),
		cmocka_unit_test_setup_teardown(refused_as_go_does, setup, teardown),
		cmocka_unit_test_setup_teardown(odd_bytes_are_go, setup, teardown),
		cmocka_unit_test_setup_teardown(characters_across_blocks, setup, teardown),
		cmocka_unit_test_setup_teardown(many_names_of_one_type, setup, teardown),
		cmocka_unit_test_setup_teardown(deep_nesting, setup, teardown),
		cmocka_unit_test_setup_teardown(limits_end_a_parse, setup, teardown),
		cmocka_unit_test_setup_teardown(threads_agree, setup, teardown),
		cmocka_unit_test_setup_teardown(heap_keeps_blocks_apart, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
