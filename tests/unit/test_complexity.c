/* SPDX-License-Identifier: MIT */
/*
 * test_complexity.c - complexity and size of functions.  What gocyclo 0.6 and
 * gocognit 1.2 say of the cases stands beside them (tests/oracle/complexity asks
 * the tools themselves).
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "tests/unit/complexity_fixture.h"

/* name:cyclomatic,cognitive,sonar,nesting,params,results,statements */
static const struct { const char *source, *want; } cases[] = {
	/* The cases of the design. */
	{ "func elseNest(a, b bool) { if a { } else { if b { } } }",
	  "elseNest:3,3,4,2,2,0,2" },
	{ "func elseIfNest(a, b, c bool) { if a { } else if b { if c { } } }",
	  "elseIfNest:4,4,4,2,3,0,3" },
	{ "type T struct{}; func (T) len(x []int) int { return len(x) }",
	  "(T).len:1,1,1,0,1,1,1" },
	{ "type T struct{}; func (T) Helper() { Helper() }; func Helper() {}",
	  "(T).Helper:1,0,0,0,0,0,1 Helper:1,0,0,0,0,0,0" },
	{ "func rec(n int) int { if n > 0 { return rec(n - 1) }; return 0 }",
	  "rec:2,2,2,1,1,1,3" },
	{ "func lit() { f := func() { if true { } }; f() }",
	  "lit:2,2,2,2,0,0,3" },
	{ "func sw(x interface{}) int { switch x.(type) { case int, string: return 1; default: "
	"return 2 } }",
	  "sw:2,1,1,1,1,1,3" },
	{ "func sel(c chan int) { select { case <-c: default: } }",
	  "sel:2,1,1,1,1,0,2" },
	{ "func ops(a, b, c, d bool) bool { return a && b && c || d && (a || b) }",
	  "ops:6,4,4,0,4,1,1" },
	{ "func lab() { L: for { for { break L } } }",
	  "lab:3,4,4,2,0,0,3" },
	{ "var g = func(a bool) { if a { } }",
	  "g:2,1,1,1,1,0,1" },
	{ "func nobody()",
	  "nobody:1,0,0,0,0,0,0" },
	/* Statements. */
	{ "func f() { ; ; {} ; L: ; goto L }",
	  "f:1,1,1,0,0,0,1" },
	{ "func f(c chan int) { c <- 1; <-c; x := <-c; x++; x--; x = 2; var y int; const z = 1; "
	"type t int; go f(c); defer f(c); return }",
	  "f:1,2,2,0,1,0,12" },
	{ "func f() { for i := 0; i < 3; i++ { continue }; for range 3 { break }; for { }; for k, "
	"v := range m { } }",
	  "f:5,4,4,1,0,0,8" },
	{ "func f(x int) { switch y := x; { case y > 1: fallthrough; case y > 2, y < 0: default: } "
	"}",
	  "f:3,1,1,1,1,0,3" },
	{ "func f(x any) { switch y := x.(type) { case int: _ = y; case nil: } }",
	  "f:3,1,1,1,1,0,2" },
	{ "func f(x any) { switch y := x; z := y.(type) { case int: _ = z } }",
	  "f:2,1,1,1,1,0,3" },
	{ "func f(a, b chan int) { select { case x := <-a: _ = x; case b <- 1: case <-b: default: "
	"} }",
	  "f:4,1,1,1,2,0,5" },
	{ "func f() { if x := 1; x > 2 { } else if y := 2; y > x { } else { x++ } }",
	  "f:3,3,3,1,0,0,5" },
	{ "func f() { a: b: for { continue a; continue b } }",
	  "f:2,3,3,1,0,0,3" },
	{ "func f() { if a { } else if b { } else if c { } else { if d { } else { for { } } } }",
	  "f:6,7,10,3,0,0,5" },
	{ "func f() { for { switch { case a: select { default: if b { func() { if c { } }() } } } "
	"} }",
	  "f:5,16,16,6,0,0,6" },
	{ "func f() { if func() bool { for { if a { } } }() { } }",
	  "f:4,6,6,3,0,0,3" },
	{ "func f() { defer func() { if r := recover(); r != nil { } }() }",
	  "f:2,2,2,2,0,0,3" },
	/* A block of its own behind that of an if, a for or a switch: no literal in the head. */
	{ "func f() { if !x.y { f() }\n{ if a { } } }",
	  "f:3,3,3,1,0,0,3" },
	{ "func f() { if x.y { f() } // why\n{ if a { } } }",
	  "f:3,3,3,1,0,0,3" },
	{ "func f() { if x.y { f() }\n\n// {\n{ if a { } } }",
	  "f:3,3,3,1,0,0,3" },
	{ "func f() { if x.y { f() } /* a\n */ { if a { } } }",
	  "f:3,3,3,1,0,0,3" },
	{ "func f() { for x.y { f() }\n{ if a { } }; for x { }\n{ } }",
	  "f:4,4,4,1,0,0,4" },
	{ "func f() { switch x.y { }\n{ if a { } } }",
	  "f:2,2,2,1,0,0,2" },
	{ "func f() { if x == y { }\n{ for { } } }",
	  "f:3,2,2,1,0,0,2" },
	/* Operators. */
	{ "func f() { _ = a && b; _ = a || b; _ = a & b | c }",
	  "f:3,2,2,0,0,0,3" },
	{ "func f() { _ = a && b || c && d; _ = a && (b || c) && d; _ = !(a && b) && c }",
	  "f:9,7,7,0,0,0,3" },
	{ "func f() { _ = a && g(b || c, d && e) && func() bool { return a || b }() }",
	  "f:6,4,4,1,0,0,2" },
	{ "func f() { _ = a == b && c != d || e < 1 + 2 && h }",
	  "f:4,3,3,0,0,0,1" },
	{ "func f() { _ = a && b /* && c */ && \"||\" == d || false }",
	  "f:4,2,2,0,0,0,1" },
	{ "func f() { if a && b { } else if c || d && e { } }",
	  "f:6,5,5,1,0,0,2" },
	{ "func f() { for a && b { }; switch a || b { case c && d, e: } }",
	  "f:6,5,5,1,0,0,2" },
	/* Recursion. */
	{ "func f() { f(); f(f) ; g(f()); (f)(); x.f(); f[int]() }",
	  "f:1,3,3,0,0,0,6" },
	{ "func f() { f := func() {}; f() }",
	  "f:1,0,0,1,0,0,2" },
	{ "func f() { f := func() { f() }; f() }",
	  "f:1,1,1,1,0,0,3" },
	{ "func f() { f, x := g(), f(); f(); _ = x }",
	  "f:1,1,1,0,0,0,3" },
	{ "func f() { { f := 1; _ = f; f() }; f() }",
	  "f:1,1,1,0,0,0,4" },
	{ "func f() { if f := f(); f() { f() } else { f() }; f() }",
	  "f:2,4,4,1,0,0,5" },
	{ "func f() { for f := range f() { f() }; f() }",
	  "f:2,3,3,1,0,0,3" },
	{ "func f() { for f = range f() { f() } }",
	  "f:2,3,3,1,0,0,2" },
	{ "func f() { for f := f(); f(); f() { f() } }",
	  "f:2,2,2,1,0,0,4" },
	{ "func f() { switch f := f(); f() { case f(): f() }; f() }",
	  "f:2,3,3,1,0,0,4" },
	{ "func f() { switch f := f().(type) { case int: f() }; f() }",
	  "f:2,3,3,1,0,0,3" },
	{ "func f() { switch { case true: f := 1; f(); case f(): f() } }",
	  "f:3,3,3,1,0,0,4" },
	{ "func f() { select { case f := <-f(): f(); case f() <- 1: f(); default: f() } }",
	  "f:3,5,5,1,0,0,6" },
	{ "func f() { var f = f(); f() }",
	  "f:1,1,1,0,0,0,2" },
	{ "func f() { var f func(); f() }",
	  "f:1,0,0,0,0,0,2" },
	{ "func f() { const f = 1; f() }",
	  "f:1,0,0,0,0,0,2" },
	{ "func f() { type f int; _ = f(1) }",
	  "f:1,0,0,0,0,0,2" },
	{ "func f() { type f[T any] int; _ = f[int](f(1)) }",
	  "f:1,0,0,0,0,0,2" },
	{ "func f() { type (a[T any] int; f int); _ = f(1) }",
	  "f:1,1,1,0,0,0,2" },
	{ "func f() { type a[f any] [1]int; f() }",
	  "f:1,1,1,0,0,0,2" },
	{ "func f() { f: for { break f }; f() }",
	  "f:2,3,3,1,0,0,3" },
	{ "func f() { var x struct { f func() }; x.f(); f() }",
	  "f:1,1,1,0,0,0,3" },
	{ "func f() { var x interface { f() }; x.f(); f() }",
	  "f:1,1,1,0,0,0,3" },
	{ "func f() { var x func(f int); x(1); f() }",
	  "f:1,1,1,0,0,0,3" },
	{ "func f() { _ = T{f: f()}; _ = []int{f: f()} }",
	  "f:1,2,2,0,0,0,2" },
	{ "func f(f int) { f() }",
	  "f:1,0,0,0,1,0,1" },
	{ "func f(a, f, b func()) { f() }",
	  "f:1,0,0,0,3,0,1" },
	{ "func f(f ...func()) { f() }",
	  "f:1,0,0,0,1,0,1" },
	{ "func f() (f func()) { f() ; return }",
	  "f:1,0,0,0,0,1,2" },
	{ "func f(a func(f int)) { f() }",
	  "f:1,1,1,0,1,0,1" },
	{ "func f[f any]() { f() }",
	  "f:1,0,0,0,0,0,1" },
	{ "func f(a [f()]int) { }",
	  "f:1,1,1,0,1,0,0" },
	{ "func f() { func(f func()) { f() }(nil); f() }",
	  "f:1,1,1,1,0,0,3" },
	{ "func f() { func() (f func()) { f(); return }(); f() }",
	  "f:1,1,1,1,0,0,4" },
	{ "func f() { go f(); defer f(); func() { f() }() }",
	  "f:1,3,3,1,0,0,4" },
	{ "func f() { f := func(x int) { f() }; if true { f() } }",
	  "f:2,2,2,1,0,0,4" },
	{ "func f() { x, f := 1, 2; f() }",
	  "f:1,0,0,0,0,0,2" },
	{ "func f() { x.f, y = 1, 2; f() }",
	  "f:1,1,1,0,0,0,2" },
	{ "func f() { a[f()] = 1 }",
	  "f:1,1,1,0,0,0,1" },
	{ "func init() { init() }",
	  "init:1,1,1,0,0,0,1" },
	{ "func _() { _() }",
	  "_:1,0,0,0,0,0,1" },
	{ "var f = 1; func f() { f() }",
	  "f:1,0,0,0,0,0,1" },
	{ "func f() { f() }; var f = 1",
	  "f:1,1,1,0,0,0,1" },
	{ "func f() { f() }; func f() { f() }",
	  "f:1,1,1,0,0,0,1 f:1,0,0,0,0,0,1" },
	{ "type T struct{}; func (T) f() { f() }",
	  "(T).f:1,1,1,0,0,0,1" },
	{ "type T struct{}; func (T) f() { f() }; var f func()",
	  "(T).f:1,0,0,0,0,0,1" },
	{ "type T struct{}; func (T) f() { f() }; const ( a = 1; f = 2 )",
	  "(T).f:1,0,0,0,0,0,1" },
	{ "type T struct{}; func (T) f() { f() }; type f int",
	  "(T).f:1,0,0,0,0,0,1" },
	{ "type T struct{}; func (T) f() { f() }; type ( a = int; f int )",
	  "(T).f:1,0,0,0,0,0,1" },
	{ "type T struct{}; func (T) f() { f() }; type ( a[P any] int; f int )",
	  "(T).f:1,1,1,0,0,0,1" },
	{ "type T struct{}; func (T) f() { f() }; func f() { }",
	  "(T).f:1,0,0,0,0,0,1 f:1,0,0,0,0,0,0" },
	{ "type T struct{}; func (T) f() { f() }; type T2 struct{}; func (T2) f() {}",
	  "(T).f:1,1,1,0,0,0,1 (T2).f:1,0,0,0,0,0,0" },
	{ "import f \"x\"; type T struct{}; func (T) f() { f() }",
	  "(T).f:1,1,1,0,0,0,1" },
	{ "type T struct{}; func (T) init() { init() }; func init() { }",
	  "(T).init:1,1,1,0,0,0,1 init:1,0,0,0,0,0,0" },
	{ "type T struct{}; func (T) _() { _() }",
	  "(T)._:1,1,1,0,0,0,1" },
	{ "type T struct{}; func (t T) f() { t.f(); f := t.f; f() }",
	  "(T).f:1,0,0,0,0,0,3" },
	{ "type T struct{}; func (f T) f() { f() }",
	  "(T).f:1,0,0,0,0,0,1" },
	{ "type T[P any] struct{}; func (t *T[f]) f() { f() }",
	  "(*T).f:1,1,1,0,0,0,1" },
	{ "type T[P any] struct{}; func (t T[f]) f(f int) { f() }",
	  "(T).f:1,1,1,0,1,0,1" },
	{ "type T[P any] struct{}; func (t T[P]) f() { f() }",
	  "(T).f:1,1,1,0,0,0,1" },
	{ "var f = func() { f() }",
	  "f:1,1,1,0,0,0,1" },
	{ "var f, g = func() { f(); g() }, func() { g(); f() }",
	  "f:1,1,1,0,0,0,2 f:1,1,1,0,0,0,2" },
	{ "func new() { new(int); _ = new(T) }",
	  "new:1,2,2,0,0,0,2" },
	{ "func (T) make() { _ = make([]int, 3) }",
	  "(T).make:1,1,1,0,0,0,1" },
	{ "func (T) true() { true() }",
	  "(T).true:1,1,1,0,0,0,1" },
	{ "func (T) string(b []byte) { _ = string(b) }",
	  "(T).string:1,1,1,0,1,0,1" },
	/* Names, parameters, results. */
	{ "type T struct{}; func (t T) M(a, b int, c ...string) (x, y int, err error) { return }",
	  "(T).M:1,0,0,0,3,3,1" },
	{ "type T struct{}; func (*T) M(int, string) (int, error) { return 0, nil }",
	  "(*T).M:1,0,0,0,2,2,1" },
	{ "type T struct{}; func (t **T) M() int { return 1 }",
	  "(**T).M:1,0,0,0,0,1,1" },
	{ "type T[A, B any] struct{}; func (t *T[A, B]) M(a A) B { panic(1) }",
	  "(*T).M:1,0,0,0,1,1,1" },
	{ "type T struct{}; func (t (T)) M() { }",
	  "(BADRECV).M:1,0,0,0,0,0,0" },
	{ "type T struct{}; func (t *(T)) M() { }",
	  "(*BADRECV).M:1,0,0,0,0,0,0" },
	{ "func (t p.T) M() { }",
	  "(BADRECV).M:1,0,0,0,0,0,0" },
	{ "func (a, b T) M() { }",
	  "(T).M:1,0,0,0,0,0,0" },
	{ "func (a ...T) M() { }",
	  "(BADRECV).M:1,0,0,0,0,0,0" },
	{ "func () M() { }",
	  "M:1,0,0,0,0,0,0" },
	{ "func f(func(a, b int) (c int), map[string]int) func() (int, int) { return nil }",
	  "f:1,0,0,0,2,1,1" },
	{ "func f[K comparable, V any](m map[K]V) (r []V) { return }",
	  "f:1,0,0,0,1,1,1" },
	{ "func f(a, b, c int, _ string, d, e []byte) { }",
	  "f:1,0,0,0,6,0,0" },
	{ "var ( a = 1; b, c = func() { }, func(x int) { if x > 1 { } } )",
	  "b:1,0,0,0,0,0,0 b:2,1,1,1,1,0,1" },
	{ "const c = func() { }",
	  "c:1,0,0,0,0,0,0" },
	{ "var a, b = 1, func() { }",
	  "a:1,0,0,0,0,0,0" },
	{ "var m = map[string]func(){ \"a\": func() { if x { } } }",
	  "" },
	{ "var f = (func() { })",
	  "" },
	{ "var f func() = func() { for { } }",
	  "f:2,1,1,1,0,0,1" },
	{ "func é() { é() }",
	  "é:1,1,1,0,0,0,1" },
};

static void functions_are_measured_as_the_tools_do(void **state)
{
	struct fixture *f = *state;

	for (unsigned c = 0; c < ARRAY_SIZE(cases); c++) {
		const char *source = cases[c].source;
		const struct body_builder *b = measure(f, "package p\n", source);
		char got[512] = "";

		assert_true(f->syntax.status == SYNTAX_OK || f->syntax.status == SYNTAX_ERROR);
		for (uint32_t i = 0; i < b->func.count; i++) {
			const struct body_func *fn = &b->func.at[i];
			size_t at = strlen(got);

			snprintf(got + at, sizeof(got) - at, "%s%s:%u,%u,%u,%u,%u,%u,%u",
				 i ? " " : "", name_of(b, i), fn->cyclomatic, fn->cognitive,
				 fn->cognitive_sonar, fn->nesting, fn->params, fn->results,
				 fn->statements);
		}
		if (strcmp(got, cases[c].want))
			print_error("%s\n", source);
		assert_string_equal(got, cases[c].want);
	}
}

static void a_function_belongs_to_its_declaration(void **state)
{
	struct fixture *f = *state;
	const struct body_builder *b = measure(f, "package p\n",
		"type T struct{}\n"
		"func (T) M() {}\n"
		"var a, b = 1, func() {}\n"
		"var (\n\tc = func() {}\n)\n"
		"func F()\n");
	static const char *const decl[] = { "M", "b", "c", "F" };

	assert_int_equal(b->func.count, ARRAY_SIZE(decl));
	for (uint32_t i = 0; i < b->func.count; i++) {
		const struct body_func *fn = &b->func.at[i];

		assert_true(fn->decl < b->decl.count);
		assert_string_equal(b->text + b->decl.at[fn->decl].name, decl[i]);
		assert_int_equal(!!(fn->flags & FUNC_LITERAL), i == 1 || i == 2);
		assert_int_equal(!!(fn->flags & FUNC_BODY), i != 3);
	}
	/* gocyclo names a literal by the first variable of its spec. */
	assert_string_equal(name_of(b, 1), "a");
	assert_int_equal(b->func.at[1].line, 4);
	assert_int_equal(b->func.at[1].col, 15);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(functions_are_measured_as_the_tools_do),
		cmocka_unit_test(a_function_belongs_to_its_declaration),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
