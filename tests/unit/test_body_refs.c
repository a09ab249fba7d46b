/* SPDX-License-Identifier: MIT */
/* test_body_refs.c - scopes, references, uses, calls, literals, strings.  The whole of it is
 * compared with go/parser on real code by tests/oracle/facts.sh. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/limits.h"
#include "tests/unit/body_facts.h"

static const char *joined(struct fixture *f, const char *out, const char *item)
{
	return *out ? arena_printf(&f->arena, "%s %s", out, item) : item;
}

/* "q.Name:role ..." */
static const char *refs(struct fixture *f)
{
	const char *out = "";

	for (uint32_t i = 0; i < f->b.ref.count; i++) {
		const struct body_ref *r = &f->b.ref.at[i];

		out = joined(f, out, arena_printf(&f->arena, "%s.%s:%c", str(f, r->qualifier),
						  str(f, r->name), "vctsfelwC"[r->role]));
	}
	return out;
}

/* "name:flags*count ..." of declaration `decl`. */
static const char *uses(struct fixture *f, uint32_t decl)
{
	const char *out = "";

	for (uint32_t i = 0; i < f->b.use.count; i++) {
		const struct body_use *u = &f->b.use.at[i];

		if (u->decl != decl)
			continue;
		out = joined(f, out, arena_printf(&f->arena, "%s:%s%s%s%u", str(f, u->name),
						  u->flags & USE_WRITE ? "w" : "",
						  u->flags & USE_CALL ? "c" : "",
						  u->flags & USE_TYPE ? "t" : "", u->count));
	}
	return out;
}

struct row { const char *text, *want; };

static const char *file_of(struct fixture *f, const char *text)
{
	return arena_printf(&f->arena, "package p\n\n%s\n", text);
}

static void shadowing(void **state)
{
	static const struct row cases[] = {
		{ "func f() { a.X(); a := 1; a.X() }", "a.X:C" },
		{ "func f() { a := a.X; _ = a.Y }", "a.X:v" },
		{ "func f() { a, err := b.X(a.Y); a.Z(err.E) }", "b.X:c a.Y:v" },
		{ "func f() { if a := a.X; a.Y { a.Z() } else { a.V() }; a.W() }", "a.X:v a.W:C" },
		{ "func f() { for a := range a.X { a.Y() }; a.Z() }", "a.X:v a.Z:C" },
		{ "func f() { for a = range a.X { a.Y() } }", "a.X:v a.Y:C" },
		{ "func f() { for a := a.X; a.Y; a.Z++ { a.V() }; a.W() }", "a.X:v a.W:C" },
		{ "func f() { switch a := a.X; a.Y { case a.Z: a.V() }; a.W() }", "a.X:v a.W:C" },
		{ "func f() { switch a := a.X.(type) { case a.Y: a.Z() }; a.W() }", "a.X:v a.W:C" },
		{ "func f() { switch { case a.X: a := 1; a.Y(); default: a.Z() } }",
		  "a.X:v a.Z:C" },
		{ "func f() { select { case a := <-a.X: a.Y(); case a.Z <- b.X: a.V() } }",
		  "a.X:v a.Z:v b.X:v a.V:C" },
		{ "func f() { { a := 1; a.X() }; a.Y() }", "a.Y:C" },
		{ "func f() { var a = a.X; a.Y(); var b, c b.T; b.U(); c.U() }", "a.X:v b.T:t" },
		{ "func f() { const a = a.X; a.Y() }", "a.X:v" },
		{ "func f() { type a struct{ x a.T }; a.Y() }", "" },
		{ "func f() { type g[a any] struct{ x a.T }; a.Y() }", "a.Y:C" },
		{ "func f(a a.T) a.U { return a.X }", "a.T:s a.U:s" },
		{ "func f() (a a.T) { return a.X }", "a.T:s" },
		{ "func (a a) f() { a.X() }", "" },
		{ "func f[a a.C](x a.T) { a.X() }", "" },
		{ "func (l *L[a]) f(x a.T) { a.X() }", "" },
		{ "func (t T) f[a a.C, b c.D[x]](x a.T, y b.T) { a.X(); b.X(); x.Y(); c.E() }",
		  "c.E:C" },
		{ "func f() { a := func(a a.T) { a.X() }; a.Y() }", "a.T:t" },
		{ "func f() { a := func() { a.X() }; a.Y() }", "a.X:C" },
		{ "func f() { a: for { break a }; a.X() }", "a.X:C" },
		{ "func f() { _ = T{a: 1, a.X: 2}; a.Y() }", "a.X:v a.Y:C" },
		{ "func f(func(a int)) { a.X() }", "a.X:C" },
		{ "type t struct { a int; b a.T }", "a.T:f" },
		{ "var a int; func f() { a.X() }", "" },
		{ "func f() { a.X() }; func a() {}", "" },
		{ "func f() { a.X() }; func (t T) a() {}; func init() { init.X() }",
		  "a.X:C init.X:C" },
		{ "func f() { a.b.c.D() }", "a.b:v" },
		{ "func f(a, b, c, d, e, g, h, i, j, k, l, m int, n T) "
		  "{ a.X(); m.X(); n.X(); o.X() }",
		  "o.X:C" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		extract(f, file_of(f, cases[i].text));
		assert_int_equal(f->s.status, SYNTAX_OK);
		assert_string_equal(refs(f), cases[i].want);
		check_facts(f);
	}
}

static void roles(void **state)
{
	static const struct row cases[] = {
		{ "var x a.T", "a.T:s" },
		{ "var x = a.V", "a.V:v" },
		{ "var x map[a.K][]*a.V = f(a.X)", "a.K:s a.V:s a.X:v" },
		{ "var x = []a.T{a.U{}, &a.V{}, {}}", "a.T:t a.U:l a.V:l" },
		{ "var x = a.G[a.T]{}", "a.G:l a.T:t" },
		{ "func f(a.A, ...a.B) (a.C, error)", "a.A:s a.B:s a.C:s" },
		{ "func f[T a.C | ~b.D]() {}", "a.C:s b.D:s" },
		{ "type t struct { a.E; *a.F; a.G[a.T]; f a.H; g func(a.I) }",
		  "a.E:e a.F:e a.G:e a.T:f a.H:f a.I:f" },
		{ "type t interface { a.E; a.F | a.G; M(a.H) a.I }",
		  "a.E:e a.F:s a.G:s a.H:s a.I:s" },
		{ "type t func(a.T); type u a.U; type v = a.V; type w []a.W",
		  "a.T:s a.U:f a.V:f a.W:f" },
		{ "type t[P a.C] struct { x [a.N]int }", "a.C:s a.N:v" },
		{ "func f() { a.X(a.Y); go a.Z(); defer a.W() }", "a.X:C a.Y:v a.Z:C a.W:C" },
		{ "func f() { a.V = a.X; a.W++; p(&a.Z, &a.T{}); a.U += 1 }",
		  "a.V:w a.X:v a.W:w a.Z:w a.T:l a.U:w" },
		{ "func f() { a.V.f[i].g = 1; (a.W).f = 2; *a.X = 3; _ = a.Y.f }",
		  "a.V:w a.W:w a.X:w a.Y:v" },
		{ "func f() { for a.V = range x {}; x, a.W = 1, 2 }", "a.V:w a.W:w" },
		{ "func f() { var x a.T; _ = x.(a.U); switch x.(type) { case a.V, *a.W: } }",
		  "a.T:t a.U:t a.V:t a.W:t" },
		{ "func f() { a.F[a.T](x); _ = a.G[a.T, int]; a.M[a.K].X() }",
		  "a.F:C a.T:v a.G:v a.T:v a.M:v a.K:v" },
		{ "func f() { (*a.T)(x).F(); []a.U(x); (a.V)(x); _ = (*a.W).M }",
		  "a.T:t a.U:t a.V:C a.W:v" },
		{ "func f() { new(a.T); make([]a.U, a.N); make(a.V); new(a.f(a.W)); new(*a.X) }",
		  "a.T:t a.U:t a.N:v a.V:t a.f:c a.W:v a.X:t" },
		{ "func f(new func(x any)) { new(a.T) }", "a.T:v" },
		{ "func f() { func(x a.T) a.U { return a.V }(a.W) }", "a.T:t a.U:t a.V:v a.W:v" },
		{ "func f() { type l struct { a.E; x a.F }; type m interface { N(a.G) } }",
		  "a.E:e a.F:t a.G:t" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		extract(f, file_of(f, cases[i].text));
		assert_int_equal(f->s.status, SYNTAX_OK);
		assert_string_equal(refs(f), cases[i].want);
		check_facts(f);
	}
}

static void uses_of_names(void **state)
{
	static const struct row cases[] = {
		{ "func f() { x = y; x++; z() }", "x:w2 y:1 z:c1" },
		{ "func f() { x.f = 1; y[i] = 2; p(&z.g[1]); w.M() }; var x, z, w T",
		  "x:w1 y:w1 i:1 p:c1 z:w1 w:1" },
		{ "func f(x T) (y U) { return x + y + len(z) }", "T:t1 U:t1 len:c1 z:1" },
		{ "func (t *T) f() { var u V; _ = t; _ = u }", "T:t1 V:t1" },
		{ "func f() { _ = T{k: v, nil: true}; _ = map[K]V{k2: iota} }",
		  "T:t1 v:1 K:t1 V:t1" },
		{ "func f() { L: for { continue L; goto M }; M: x.y.z() }", "" },
		{ "func f() { a, b := c, d; a, e := b, a; _ = e }", "c:1 d:1" },
		{ "func f() { f(f) }", "f:c2" },
		{ "type f struct { T; *U; v V `t`; w func(x X) Y }", "T:t1 U:t1 V:t1 X:t1 Y:t1" },
		{ "type f[P C] interface { ~A | B; M(P) }", "C:t1 A:t1 B:t1" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		extract(f, file_of(f, cases[i].text));
		assert_string_equal(uses(f, 0), cases[i].want);
		check_facts(f);
	}
	/* Each value of a var declaration is its own name's. */
	extract(f, "package p\nvar a, b T = x, func() int { return y }\nvar c, d = z()\n");
	assert_string_equal(uses(f, 0), "T:t1 x:1");
	assert_string_equal(uses(f, 1), "int:t1 y:1");
	assert_string_equal(uses(f, 2), "z:c1");
	assert_string_equal(uses(f, 3), "");
}

static const char *calls(struct fixture *f)
{
	const char *out = "";

	for (uint32_t i = 0; i < f->b.call.count; i++) {
		const struct body_call *c = &f->b.call.at[i];

		out = joined(f, out, arena_printf(&f->arena, "%s|%s/%u%s%s%s", str(f, c->qualifier),
						  str(f, c->name), c->nargs,
						  c->flags & CALL_GO ? "go" : "",
						  c->flags & CALL_DEFER ? "defer" : "",
						  c->flags & CALL_SPREAD ? "..." : ""));
	}
	return out;
}

static void calls_and_literals(void **state)
{
	static const struct row cases[] = {
		{ "f(1, 2, x...)", "|f/3..." },
		{ "go a.b.C(x); defer f(g())", "a.b|C/1go |f/1defer |g/0" },
		{ "a().B(1).C()", "()|C/0 ()|B/1 |a/0" },
		{ "a[0].B(); (a).B(); a.b[1].C()", "()|B/0 ()|B/0 ()|C/0" },
		{ "a.\n\t\tb. /* c */\n\t\tC()", "a.b|C/0" },
		{ "(f)(1); f[int](2); p.F[int, string](3); p.G[int]()", "|f/1 |f/1 p|F/1 p|G/0" },
		{ "func() {}(); fs()(); []byte(x); (*T)(x)", "|fs/0" },
		{ "T(x); p.T(x); G[int](x)", "|T/1 p|T/1 |G/1" },
		{ "new(T); make([]T, 1, 2); new(1 + f(2))", "|new/1 |make/3 |new/1 |f/1" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		extract(f, arena_printf(&f->arena, "package p\nfunc _() {\n\t%s\n}\n",
					cases[i].text));
		assert_int_equal(f->s.status, SYNTAX_OK);
		assert_string_equal(calls(f), cases[i].want);
		check_facts(f);
	}
	/* Of a chain each call is where its name is. */
	extract(f, "package p\nvar x = a.\n\tB().\n\tC()\n");
	assert_int_equal(f->b.call.at[0].line, 4);
	assert_int_equal(f->b.call.at[1].line, 3);
	assert_int_equal(f->b.call.at[1].col, 2);
	extract(f, "package p\nvar x = []*T{{}, &U{}, map[string]int{}, [...]p.V{}, G[int]{}}\n");
	const char *out = "";

	for (uint32_t i = 0; i < f->b.literal.count; i++)
		out = joined(f, out, str(f, f->b.literal.at[i].type));
	assert_string_equal(out, "[]*T U map[string]int [...]p.V G[int]");
}

/* "value/flags@call.arg ..."; flags r f c p b. */
static const char *strings(struct fixture *f)
{
	const char *out = "";

	for (uint32_t i = 0; i < f->b.string.count; i++) {
		const struct body_string *x = &f->b.string.at[i];
		const char *flags = arena_printf(&f->arena, "%s%s%s%s%s",
						 x->flags & STRING_RAW ? "r" : "",
						 x->flags & STRING_FOLDED ? "f" : "",
						 x->flags & STRING_CUT ? "c" : "",
						 x->flags & STRING_PREFIX ? "p" : "",
						 x->flags & STRING_BINARY ? "b" : "");

		const char *value = arena_printf(&f->arena, "<%s>%s", str(f, x->value), flags);

		if (x->call != BODY_NONE)
			value = arena_printf(&f->arena, "%s@%s.%u", value,
					     str(f, f->b.call.at[x->call].name), x->arg);
		out = joined(f, out, value);
	}
	return out;
}

static void string_literals(void **state)
{
	static const struct row cases[] = {
		{ "x = \"a\\tb\\u00e9\\\"\"", "<a\tb\xc3\xa9\">" },
		{ "x = `a\\n`", "<a\\n>r" },
		{ "x = \"\"", "<>" },
		{ "x = \"a\" + \"b\" + `c`", "<abc>f" },
		{ "x = \"a\" + y + \"b\" + \"c\" + z + \"d\"", "<a>p <bc>fp <d>" },
		{ "x = y + (\"a\" + \"b\")", "<ab>f" },
		{ "x = \"a\" + \"b\" == \"c\"", "<ab>f <c>" },
		{ "f(\"a\", 1, \"b\" + y, (\"c\"), []byte(\"d\"), T{\"e\"}, \"f\"...)",
		  "<a>@f.0 <b>p@f.2 <c>@f.3 <d> <e> <f>@f.6" },
		{ "f(g(\"a\"), \"b\").h(\"c\")", "<a>@g.0 <b>@f.1 <c>@h.0" },
		{ "f(func() { g(1, \"a\"); x = \"b\" }, \"c\")", "<a>@g.1 <b> <c>@f.1" },
		{ "func(x string) {}(\"a\"); m[\"k\"](\"b\")", "<a> <k> <b>@m.0" },
		{ "T[int](\"a\"); p.F[int](1, \"b\")", "<a>@T.0 <b>@F.1" },
		{ "x = \"a\\x00b\"; x = \"a\" + \"\\000\" + \"b\"", "<a>b <a>fb" },
		{ "x = \"a\\\\x00\"", "<a\\x00>" },
		{ "switch x { case \"a\": }; type t struct { a int `tag` }", "<a>" },
		{ "x = 1 - 2 + \"a\"", "<a>" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		extract(f, arena_printf(&f->arena,
					"package p\nimport \"no\"\nfunc _() {\n\t%s\n}\n",
					cases[i].text));
		assert_int_equal(f->s.status, SYNTAX_OK);
		assert_string_equal(strings(f), cases[i].want);
		check_facts(f);
	}
	/* Cut between characters; the last that fits is whole. */
	size_t most = (size_t)limit_of(LIMIT_STRING_BYTES);
	char *text = arena_alloc(&f->arena, most + 64, 1);
	int n = snprintf(text, most + 64, "package p\nvar x = \"");

	memset(text + n, 'a', most - 1);
	memcpy(text + n + most - 1, "\xc3\xa9\"\n", 4);
	extract(f, text);
	assert_int_equal(f->b.string.at[0].flags, STRING_CUT);
	assert_int_equal(strlen(str(f, f->b.string.at[0].value)), most - 1);
	memcpy(text + n + most - 2, "\xc3\xa9\"\n", 5);
	extract(f, text);
	assert_int_equal(f->b.string.at[0].flags, 0);
	assert_int_equal(strlen(str(f, f->b.string.at[0].value)), most);
}

/* Every beginning of a file, and the file with a byte broken. */
static void half_files(void **state)
{
	static const char text[] =
		"package p\nimport (\n\t\"fmt\"\n\ta \"x/y\"\n)\n\n// domain: d\n"
		"type T[K a.C] struct {\n\ta.E `t`\n"
		"\tx, y map[string]func(i int) (a.R, error)\n}\n\n"
		"var v, w = a.V{1, k: \"s\" + z}, &a.W\n\n"
		"func (t *T[K]) F(q, r int, s ...a.S) (n int) {\n\tL:\n"
		"\tfor i, j := range a.X() {\n"
		"\t\tif u := f(\"a\", i); u != nil { go func() { n++ }(); continue L }\n"
		"\t\tswitch x := j.(type) {\n"
		"\t\tcase *a.T: defer fmt.Println(x, `r`+\"b\")\n\t\t}\n\t}\n"
		"\tselect { case c <- 1: case m[k], ok = <-c: }\n\treturn new(1), G[int](2)\n}\n";
	struct fixture *f = *state;
	char *broken = arena_strdup(&f->arena, text);

	extract(f, text);
	assert_int_equal(f->s.status, SYNTAX_OK);
	for (size_t n = 0; n < sizeof(text); n++) {
		extract_bytes(f, text, n);
		check_facts(f);
	}
	for (size_t n = 0; n < sizeof(text) - 1; n++) {
		static const char with[] = "({\"x.\n";

		broken[n] = with[n % (sizeof(with) - 1)];
		extract(f, broken);
		check_facts(f);
		broken[n] = text[n];
	}
}

/* Depth and length that a stack of calls or a square of time would not survive. */
static void large_files(void **state)
{
	static const struct { const char *head, *open, *middle, *close; } cases[] = {
		{ "var x = ", "f(", "1", ")" },
		{ "var x = ", "(", "a.X", ")" },
		{ "var x = ", "\"a\" + ", "\"b\"", "" },
		{ "var x = ", "y + \"a\" + ", "\"b\"", "" },
		{ "var x = a", "", "", ".b()" },
		{ "var x = ", "[]T{", "", "}" },
		{ "var x ", "[]", "T", "" },
		{ "var x ", "func(a, b ", "T", ")" },
		{ "func f() ", "{", "", "}" },
		{ "func f() ", "{ a := a; ", "a.X()", "}" },
		{ "type t struct { a ", "struct { b ", "T", "}" },
		{ "var x = ", "func() { x := ", "1", "}" },
	};
	struct fixture *f = *state;
	size_t depth = 20000;

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		size_t open = strlen(cases[i].open), close = strlen(cases[i].close);
		char *text = arena_alloc(&f->arena, 200 + depth * (open + close), 1);
		size_t n = (size_t)snprintf(text, 100, "package p\n%s", cases[i].head);

		for (size_t k = 0; k < depth; k++, n += open)
			memcpy(text + n, cases[i].open, open);
		memcpy(text + n, cases[i].middle, strlen(cases[i].middle));
		n += strlen(cases[i].middle);
		for (size_t k = 0; k < depth; k++, n += close)
			memcpy(text + n, cases[i].close, close);
		text[n++] = '\n';
		extract_bytes(f, text, n);
		assert_true(f->b.decl.count <= 1);
		arena_reset(&f->arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(shadowing, setup, teardown),
		cmocka_unit_test_setup_teardown(roles, setup, teardown),
		cmocka_unit_test_setup_teardown(uses_of_names, setup, teardown),
		cmocka_unit_test_setup_teardown(calls_and_literals, setup, teardown),
		cmocka_unit_test_setup_teardown(string_literals, setup, teardown),
		cmocka_unit_test_setup_teardown(half_files, setup, teardown),
		cmocka_unit_test_setup_teardown(large_files, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
