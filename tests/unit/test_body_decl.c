/* SPDX-License-Identifier: MIT */
/* test_body_decl.c - declarations, members, directives, types as text.  The whole of it is
 * compared with go/ast on real code by tests/oracle/facts.sh. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/limits.h"
#include "tests/unit/body_facts.h"

static const char kinds[] = "fmtvc";

/* "kind name signature", a line each; methods as receiver.name. */
static const char *shown(struct fixture *f)
{
	const char *out = "";

	for (uint32_t i = 0; i < f->b.decl.count; i++) {
		const struct body_decl *d = &f->b.decl.at[i];

		out = arena_printf(&f->arena, "%s%s%c %s%s%s%s%s%s", out, i ? "\n" : "",
				   kinds[d->kind], d->flags & DECL_POINTER ? "*" : "",
				   str(f, d->receiver), d->receiver ? "." : "", str(f, d->name),
				   d->signature ? " " : "", str(f, d->signature));
	}
	return out;
}

static void kinds_and_signatures(void **state)
{
	static const struct { const char *text, *want; } cases[] = {
		{ "func f()", "f f ()" },
		{ "func F(a, b int, c ...string) (err error)", "f F (int, int, ...string) error" },
		{ "func f(int, func(x int) (y, z T)) (a, b T)",
		  "f f (int, func(int) (T, T)) (T, T)" },
		{ "func f() ()", "f f ()" },
		{ "func f[K comparable, V, W any](m map[K]V) []K",
		  "f f [K comparable, V any, W any](map[K]V) []K" },
		{ "func (r *T) M(x int) {}", "m *T.M (int)" },
		{ "func (T) m() {}", "m T.m ()" },
		{ "func (l *List[E]) Push(v E) {}", "m *List.Push (E)" },
		{ "func (l (*(List[E, F]))) Push(v E) {}", "m *List.Push (E)" },
		{ "func (r p.T) M() {}", "m M ()" },
		{ "func (t T) Map[P any, Q fmt.Stringer](p P) Q { return q }",
		  "m T.Map [P any, Q fmt.Stringer](P) Q" },
		{ "var a, b int = 1, 2", "v a int\nv b int" },
		{ "var (\n\ta = 1\n\t_ I = (*T)(nil)\n)", "v a\nv _ I" },
		{ "const (\n\tA T = iota\n\tB\n)", "c A T\nc B" },
		{ "type T int", "t T int" },
		{ "type T = struct{ a int }", "t T struct" },
		{ "type (\n\tI interface { M() }\n\tS[T any] struct{}\n\tF func(int)\n)",
		  "t I interface\nt S [T any] struct\nt F func(int)" },
		{ "func init() {}\nfunc init() {}\nfunc _() {}", "f init ()\nf init ()\nf _ ()" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		extract(f, arena_printf(&f->arena, "package p\n\nimport \"fmt\"\n\n%s\n",
					cases[i].text));
		assert_string_equal(shown(f), cases[i].want);
		check_facts(f);
	}
}

/* Types that are the same are the same text. */
static void types(void **state)
{
	static const struct { const char *text, *want; } cases[] = {
		{ "interface{}", "any" },
		{ "[]uint8", "[]byte" },
		{ "rune", "int32" },
		{ "map[ string ] /* c */ *T", "map[string]*T" },
		{ "[2 * N +\n\t1]T", "[2*N+1]T" },
		{ "[len(\"a b\")]T", "[len(\"a b\")]T" },
		{ "http.Handler", "net/http.Handler" },
		{ "h2.Handler", "net/http.Handler" },
		{ "yaml.Node", "gopkg.in/yaml.v3.Node" },
		{ "barbaz.T", "x.org/go-bar-baz/v2.T" },
		{ "unknown.T", "unknown.T" },
		{ "(((T)))", "T" },
		{ "chan (<-chan T)", "chan (<-chan T)" },
		{ "chan<- chan T", "chan<- chan T" },
		{ "chan<- (chan T)", "chan<- chan T" },
		{ "<-chan <-chan T", "<-chan <-chan T" },
		{ "chan chan<- T", "chan chan<- T" },
		{ "G[int, []p.T]", "G[int, []p.T]" },
		{ "func(a, b int) (c chan T, d ...T)", "func(int, int) (chan T, ...T)" },
		{ "struct { A, B int `x:\"y\"`; *T; p.U }",
		  "struct{A int `x:\"y\"`; B int `x:\"y\"`; *T; p.U}" },
		{ "interface { M(a int) error; ~int | ~string; error }",
		  "interface{M(int) error; ~int | ~string; error}" },
		{ "struct {}", "struct{}" },
		/* More names than the grammar tells from types. */
		{ "func(a, b, c, d, e, f, g, h, i, j, k int, x ...T)",
		  "func(int, int, int, int, int, int, int, int, int, int, int, ...T)" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		extract(f, arena_printf(&f->arena,
					"package p\nimport (\n\"net/http\"\nh2 \"net/http\"\n"
					"\"gopkg.in/yaml.v3\"\n\"x.org/go-bar-baz/v2\"\n)\n"
					"var v %s\n",
					cases[i].text));
		assert_int_equal(f->b.decl.count, 1);
		assert_string_equal(str(f, f->b.decl.at[0].signature), cases[i].want);
	}
}

static void flags_and_places(void **state)
{
	static const char text[] =
		"package p\n"
		"\n"
		"// A is.\n"
		"// It is.\n"
		"func A() {\n"
		"}\n"
		"\n"
		"// Not a doc.\n"
		"\n"
		"var x int // trailing\n"
		"var Y,\n"
		"\tz int\n"
		"// group\n"
		"const (\n"
		"\t// c\n"
		"\tc = 1\n"
		"\td, E = 2, 3\n"
		")\n"
		"type T[P any] = struct{}\n"
		"func ext()\n"
		"var \xc3\x84, \xc3\xa4 int\n";
	static const struct {
		const char *name;
		unsigned flags, line, col, start, end, doc;
	} want[] = {
		{ "A", DECL_EXPORTED | DECL_BODY, 5, 6, 5, 6, 3 },
		{ "x", 0, 10, 5, 10, 10, 0 },
		{ "Y", DECL_EXPORTED, 11, 5, 11, 12, 0 },
		{ "z", 0, 12, 2, 11, 12, 0 },
		{ "c", 0, 16, 2, 16, 16, 15 },
		{ "d", DECL_GROUPED, 17, 2, 17, 17, 0 },
		{ "E", DECL_GROUPED | DECL_EXPORTED, 17, 5, 17, 17, 0 },
		{ "T", DECL_EXPORTED | DECL_ALIAS | DECL_GENERIC | DECL_STRUCT, 19, 6, 19, 19, 0 },
		{ "ext", 0, 20, 6, 20, 20, 0 },
		{ "\xc3\x84", DECL_EXPORTED, 21, 5, 21, 21, 0 },
		{ "\xc3\xa4", 0, 21, 9, 21, 21, 0 },
	};
	struct fixture *f = *state;

	extract(f, text);
	check_facts(f);
	assert_int_equal(f->b.decl.count, ARRAY_SIZE(want));
	for (size_t i = 0; i < ARRAY_SIZE(want); i++) {
		const struct body_decl *d = &f->b.decl.at[i];

		assert_string_equal(str(f, d->name), want[i].name);
		assert_int_equal(d->flags, want[i].flags);
		assert_int_equal(d->line, want[i].line);
		assert_int_equal(d->col, want[i].col);
		assert_int_equal(d->start_line, want[i].start);
		assert_int_equal(d->end_line, want[i].end);
		assert_int_equal(d->doc_line, want[i].doc);
	}
}

static const char *members(struct fixture *f)
{
	const char *out = "";

	for (uint32_t i = 0; i < f->b.member.count; i++) {
		const struct body_member *m = &f->b.member.at[i];

		out = arena_printf(&f->arena, "%s%s%c %s|%s|%s", out, i ? "\n" : "",
				   "femt"[m->kind], str(f, m->name), str(f, m->type),
				   str(f, m->tag));
	}
	return out;
}

static void fields_and_methods(void **state)
{
	struct fixture *f = *state;

	extract(f, "package p\nimport \"gorm.io/gorm\"\ntype T struct {\n\ta, B int `gorm:\"x\"`\n"
		   "\tgorm.Model \"t\\\"\"\n\t*U\n\tG[int]\n\tf func(x int)\n\t_ struct{}\n}\n");
	assert_string_equal(members(f), "f a|int|gorm:\"x\"\nf B|int|gorm:\"x\"\n"
					"e Model|gorm.io/gorm.Model|t\"\ne U|*U|\ne G|G[int]|\n"
					"f f|func(int)|\nf _|struct{}|");
	check_facts(f);
	extract(f, "package p\ntype I interface {\n\tM(a int) error\n\terror\n\tp.J\n"
		   "\t~int | string\n\t[]int\n}\ntype J (interface{ N() })\n"
		   "type K struct{ a int }\n");
	assert_string_equal(members(f), "m M|(int) error|\ne error|error|\ne J|p.J|\n"
					"t |~int | string|\nt |[]int|\nm N|()|\nf a|int|");
	assert_int_equal(f->b.decl.at[1].nmembers, 1);
	check_facts(f);
}

static void directives(void **state)
{
	static const char text[] =
		"// domain: orders\n"
		"package p // domain:   billing\n"
		"\n"
		"//meshctl:ignore MC101 -- because\n"
		"// more\n"
		"type T struct{}\n"
		"\n"
		"// domain: of this function is all\n"
		"// meshctl:no\n"
		"//  domain : x  \n"
		"\n"
		"func f() {\n"
		"\t//meshctl:in\n"
		"}\n"
		"/* domain: no */\n";
	static const struct { const char *text; uint32_t line, decl, trailing; } want[] = {
		{ "domain: orders", 1, BODY_NONE, 0 },
		{ "domain:   billing", 2, BODY_NONE, 1 },
		{ "meshctl:ignore MC101 -- because", 4, 0, 0 },
		{ "domain : x", 10, BODY_NONE, 0 },
		{ "meshctl:in", 13, BODY_NONE, 0 },
	};
	struct fixture *f = *state;

	extract(f, text);
	check_facts(f);
	assert_int_equal(f->b.directive.count, ARRAY_SIZE(want));
	for (size_t i = 0; i < ARRAY_SIZE(want); i++) {
		const struct body_directive *d = &f->b.directive.at[i];

		assert_string_equal(str(f, d->text), want[i].text);
		assert_int_equal(d->line, want[i].line);
		assert_int_equal(d->decl, want[i].decl);
		assert_int_equal(d->trailing, want[i].trailing);
	}
}

/* What is whole counts; locals of a function whose beginning is lost are no declarations. */
static void broken_files(void **state)
{
	struct fixture *f = *state;

	extract(f, "package p\nfunc whole() {}\nfunc (\ntype T int\nfunc after() {}\n");
	assert_int_equal(f->s.status, SYNTAX_ERROR);
	assert_non_null(strstr(shown(f), "f whole ()"));
	assert_non_null(strstr(shown(f), "f after ()"));
	check_facts(f);
	extract(f, "");
	assert_int_equal(f->b.decl.count, 0);
	extract(f, "package");
	check_facts(f);
}

/* Names in lists in lists would be written two to the power of the depth times. */
static void types_end(void **state)
{
	struct fixture *f = *state;
	const char *type = "int";

	for (int i = 0; i < 200; i++)
		type = arena_printf(&f->arena, "func(a, b %s)", type);
	extract(f, arena_printf(&f->arena, "package p\nvar v %s\n", type));
	assert_int_equal(f->b.decl.count, 1);
	assert_int_equal(strlen(str(f, f->b.decl.at[0].signature)), limit_of(LIMIT_TYPE_BYTES));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(kinds_and_signatures, setup, teardown),
		cmocka_unit_test_setup_teardown(types, setup, teardown),
		cmocka_unit_test_setup_teardown(flags_and_places, setup, teardown),
		cmocka_unit_test_setup_teardown(fields_and_methods, setup, teardown),
		cmocka_unit_test_setup_teardown(directives, setup, teardown),
		cmocka_unit_test_setup_teardown(broken_files, setup, teardown),
		cmocka_unit_test_setup_teardown(types_end, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
