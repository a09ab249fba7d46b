/* SPDX-License-Identifier: MIT */
/*
 * test_symbols.c - what edges use: in trees on disk, by configuration and with
 * tests or without; blank and dot imports, broken files; weights of knots.
 * tests/oracle/symbols.sh compares with go/types.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "graph/symbols.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct fixture {
	struct arena arena;
	char root[64];
	struct build_config config[2];
	struct source *source;
	const struct graph *g;
	struct symbols *sy;
};

static const char *const platform[] = { "linux/amd64", "windows/amd64" };

static int setup(void **state)
{
	struct fixture *f = xcalloc(1, sizeof(*f));
	struct err err = ERR_INIT;

	snprintf(f->root, sizeof(f->root), "/tmp/meshctl-test-XXXXXX");
	assert_non_null(mkdtemp(f->root));
	for (size_t i = 0; i < ARRAY_SIZE(platform); i++)
		assert_int_equal(build_config_init(&f->arena, platform[i], true, GO_NEWEST_MINOR,
						   NULL, 0, &f->config[i], &err), 0);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;
	pid_t child = fork();

	if (!child) {
		execlp("rm", "rm", "-rf", f->root, (char *)NULL);
		_exit(127);
	}
	assert_int_equal(waitpid(child, NULL, 0), child);
	symbols_free(f->sy);
	source_release(f->source);
	arena_release(&f->arena);
	free(f);
	return 0;
}

static void put(struct fixture *f, const char *path, const char *text)
{
	char *full = arena_printf(&f->arena, "%s/%s", f->root, path);

	for (char *p = full + strlen(f->root) + 1; (p = strchr(p, '/')); p++) {
		*p = '\0';
		mkdir(full, 0777);
		*p = '/';
	}
	FILE *out = fopen(full, "w");

	assert_non_null(out);
	fputs(text, out);
	assert_int_equal(fclose(out), 0);
}

static void load(struct fixture *f, const struct bodies *all)
{
	struct source_options o = { .dir = f->root, .config = f->config, .nconfigs = 2,
				    .workers = 2 };
	const struct symbols_options reading = { .workers = 2, .no_cache = true, .all = all };
	struct err err = ERR_INIT;

	put(f, "go.mod", "module m\n\ngo 1.21\n");
	assert_int_equal(source_read(&o, &f->source, &err), 0);
	f->g = graph_from_source(f->source, &f->arena);
	f->sy = symbols_new(f->source, &reading);
}

static uint32_t node(const struct graph *g, const char *id)
{
	for (uint32_t p = 0; p < g->npkgs; p++)
		if (!strcmp(sym_text(g->syms, g->id[p]), id))
			return p;
	fail_msg("no node '%s'", id);
	return 0;
}

static uint32_t edge_of(const struct graph *g, const char *from, const char *to)
{
	uint32_t e = graph_find_edge(g, (pkg_id){ node(g, from) }, (pkg_id){ node(g, to) });

	assert_int_not_equal(e, ID_NONE);
	return e;
}

static struct edge_symbols uses(struct fixture *f, const struct graph *g, const char *from,
				const char *to, struct site_filter filter)
{
	uint32_t edge = edge_of(g, from, to);
	struct err err = ERR_INIT;
	struct edge_symbols used;

	symbols_want(f->sy, g, edge, filter, true);
	assert_int_equal(symbols_read(f->sy, &err), 0);
	symbols_edge(f->sy, g, edge, filter, &f->arena, &used);
	return used;
}

/* "lib.F function 2" and so on, in order. */
static void check(struct fixture *f, const struct edge_symbols *used, const char *want)
{
	const char *got = "";

	for (uint32_t i = 0; i < used->count; i++)
		got = arena_printf(&f->arena, "%s%s%s %s %u", got, i ? ", " : "",
				   symbol_text(&used->symbol[i], &f->arena),
				   symbol_kind_name[used->symbol[i].kind], used->symbol[i].uses);
	assert_string_equal(got, want);
}

static const struct site_filter all = { 3, true }, code = { 3, false };

static void kinds_roles_and_places(void **state)
{
	struct fixture *f = *state;

	put(f, "lib/lib.go", "package lib\n\nimport \"io\"\n\n"
	    "type S struct{ N int }\ntype I interface{ M() }\ntype T = S\ntype U []int\n"
	    "var V int\nconst C = 1\nfunc F(int) int { return 0 }\nfunc (S) M() {}\n"
	    "var _ io.Reader\n");
	put(f, "use/a.go", "package use\n\nimport l \"m/lib\"\n\n"
	    "func f(x l.I) {\n\tl.F(l.C)\n\tl.V = l.F(2)\n\t_ = l.S{}\n\tvar l struct{ F int }\n"
	    "\t_ = l.F\n}\n");
	put(f, "use/b.go", "package use\n\nimport \"m/lib\"\n\nvar x lib.U = lib.U{lib.C}\n");
	load(f, NULL);
	struct edge_symbols used = uses(f, f->g, "use", "lib", code);

	check(f, &used, "lib.C constant 2, lib.F function 2, lib.I interface 1, lib.S struct 1, "
	      "lib.U type 2, lib.V variable 1");
	assert_int_equal(used.lines, 2);
	assert_int_equal(used.weight, 6);
	assert_int_equal(used.unknown + used.unread + used.blank + used.dot, 0);
	assert_int_equal(used.symbol[1].roles, 1u << REF_CALL | 1u << REF_STATEMENT);
	assert_int_equal(used.symbol[2].roles, 1u << REF_SIGNATURE);
	assert_int_equal(used.symbol[3].roles, 1u << REF_LITERAL);
	assert_int_equal(used.symbol[5].roles, 1u << REF_WRITE);
	assert_string_equal(sym_text(f->source->syms, used.symbol[0].at.path), "use/a.go");
	assert_int_equal(used.symbol[0].at.line, 6);
	assert_int_equal(used.symbol[0].at.col, 6);
	/* Nothing but the files of the edge was read. */
	assert_int_equal(symbols_bodies(f->sy)->stats.asked, 3);
}

static void only_sites_that_count(void **state)
{
	struct fixture *f = *state;

	put(f, "lib/lib.go", "package lib\n\nfunc A() {}\n\nfunc B() {}\n\nfunc C() {}\n");
	put(f, "use/use_linux.go", "package use\n\nimport \"m/lib\"\n\nvar _ = lib.A\n");
	put(f, "use/use_windows.go", "package use\n\nimport \"m/lib\"\n\nvar _ = lib.B\n");
	put(f, "use/use_test.go", "package use\n\nimport \"m/lib\"\n\nvar _, _ = lib.A, lib.C\n");
	load(f, NULL);
	struct edge_symbols linux = uses(f, f->g, "use", "lib", (struct site_filter){ 1, false });
	struct edge_symbols windows = uses(f, f->g, "use", "lib", (struct site_filter){ 2, true });
	struct edge_symbols both = uses(f, f->g, "use", "lib", all);

	check(f, &linux, "lib.A function 1");
	check(f, &windows, "lib.A function 1, lib.B function 1, lib.C function 1");
	assert_true(windows.symbol[0].test && !windows.symbol[1].test);
	check(f, &both, "lib.A function 2, lib.B function 1, lib.C function 1");
	/* Of a symbol that both use the place outside of tests is told. */
	assert_false(both.symbol[0].test);
	assert_string_equal(sym_text(f->source->syms, both.symbol[0].at.path), "use/use_linux.go");
	assert_int_equal(both.lines, 3);
}

static void what_is_not_known_weighs_one(void **state)
{
	struct fixture *f = *state;

	put(f, "lib/lib.go", "package lib\n\nfunc A() {}\n");
	put(f, "odd/odd.go", "package other\n\nfunc A() {}\n");
	put(f, "blank/a.go", "package blank\n\nimport _ \"m/lib\"\n");
	put(f, "blank/b.go", "package blank\n\nimport _ \"m/lib\"\n");
	put(f, "dot/a.go", "package dot\n\nimport . \"m/lib\"\n\nfunc f() { A() }\n");
	put(f, "mix/a.go", "package mix\n\nimport _ \"m/lib\"\n");
	put(f, "mix/b.go", "package mix\n\nimport \"m/lib\"\n\nvar _ = lib.A\n");
	put(f, "idle/a.go", "package idle\n\nimport \"m/lib\"\n");
	put(f, "broken/a.go", "package broken\n\nimport \"m/lib\"\n\nvar _ = lib.A\n\nfunc ( {\n");
	put(f, "named/a.go", "package named\n\nimport \"m/odd\"\n\nvar _ = other.A\n");
	load(f, NULL);
	struct edge_symbols used = uses(f, f->g, "blank", "lib", code);

	assert_int_equal(used.blank, 2);
	assert_int_equal(used.weight, 1);
	used = uses(f, f->g, "dot", "lib", code);
	assert_int_equal(used.dot, 1);
	assert_int_equal(used.weight, 1);
	used = uses(f, f->g, "mix", "lib", code);
	assert_int_equal(used.weight, 2);
	used = uses(f, f->g, "idle", "lib", code);
	assert_int_equal(used.unknown, 1);
	assert_int_equal(used.weight, 1);
	used = uses(f, f->g, "broken", "lib", code);
	assert_int_equal(used.unread, 1);
	assert_int_equal(used.weight, 1);
	used = uses(f, f->g, "named", "odd", code);
	check(f, &used, "other.A function 1");
}

static void groups_unite_packages_and_symbols(void **state)
{
	struct fixture *f = *state;
	const struct graph *dirs;

	put(f, "low/a/a.go", "package a\n\nfunc F() {}\n\nfunc G() {}\n");
	put(f, "low/b/b.go", "package b\n\nfunc F() {}\n");
	put(f, "top/x/x.go", "package x\n\nimport (\n\t\"m/low/a\"\n\t\"m/low/b\"\n)\n\n"
	    "var _, _ = a.F, b.F\n");
	put(f, "top/y/y.go", "package y\n\nimport (\n\t\"m/low/a\"\n\t_ \"m/low/b\"\n)\n\n"
	    "var _, _ = a.F, a.G\n");
	load(f, NULL);
	dirs = level_graph(f->source, f->g, (struct level){ LEVEL_DIR, 1 }, &f->arena);
	struct edge_symbols used = uses(f, dirs, "top", "low", code);

	check(f, &used, "a.F function 2, a.G function 1, b.F function 1");
	assert_int_equal(used.packages, 2);
	assert_int_equal(used.lines, 4);
	assert_int_equal(used.weight, 4);
}

static void bodies_that_were_read_are_taken(void **state)
{
	struct fixture *f = *state;
	const struct bodies_options o = { .workers = 1, .no_cache = true };
	struct err err = ERR_INIT;
	struct bodies *bodies;

	put(f, "lib/lib_plan9.go", "package lib\n\nconst A = 1\n");
	put(f, "lib/lib_unix.go", "//go:build unix || windows\n\npackage lib\n\nvar A int\n");
	put(f, "use/a.go", "package use\n\nimport \"m/lib\"\n\nvar _ = lib.A\n");
	load(f, NULL);
	assert_int_equal(bodies_read(f->source, &o, &bodies, &err), 0);
	struct symbols *reads = f->sy;
	const struct symbols_options given = { .workers = 1, .all = bodies };
	struct edge_symbols used = uses(f, f->g, "use", "lib", code);

	/* Not what is declared where nobody builds it. */
	check(f, &used, "lib.A variable 1");
	f->sy = symbols_new(f->source, &given);
	used = uses(f, f->g, "use", "lib", code);
	check(f, &used, "lib.A variable 1");
	assert_int_equal(symbols_bodies(f->sy)->stats.asked,
			 symbols_bodies(reads)->stats.asked);
	symbols_free(reads);
	symbols_free(f->sy);
	f->sy = NULL;
	bodies_release(bodies);
}

/* Two folders: one line that uses three things this way, two lines of one thing the other. */
static void knots_are_weighed_by_use(void **state)
{
	struct fixture *f = *state;
	struct err err = ERR_INIT;
	uint32_t *weight;

	put(f, "p/a/a.go", "package a\n\nimport \"m/q/b\"\n\nvar _, _, _ = b.X, b.Y, b.Z\n");
	put(f, "q/b/b.go", "package b\n\nvar X, Y, Z int\n");
	put(f, "p/c/c.go", "package c\n\nvar One int\n");
	put(f, "q/d/d.go", "package d\n\nimport \"m/p/c\"\n\nvar _ = c.One\n");
	put(f, "q/d/e.go", "package d\n\nimport \"m/p/c\"\n\nvar _ = c.One\n");
	load(f, NULL);
	const struct graph *g = level_graph(f->source, f->g, (struct level){ LEVEL_DIR, 1 },
					    &f->arena);
	struct knots knots = graph_knots(g, false, &f->arena);

	assert_int_equal(knots.count, 1);
	assert_int_equal(symbols_weigh(f->sy, g, &knots.knot[0], false, &f->arena, &weight, &err),
			 0);
	assert_int_equal(weight[edge_of(g, "p", "q")], 3);
	assert_int_equal(weight[edge_of(g, "q", "p")], 1);
	/* For weights no declaration is looked up. */
	assert_int_equal(symbols_bodies(f->sy)->stats.asked, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		TEST(kinds_roles_and_places),
		TEST(only_sites_that_count),
		TEST(what_is_not_known_weighs_one),
		TEST(groups_unite_packages_and_symbols),
		TEST(bodies_that_were_read_are_taken),
		TEST(knots_are_weighed_by_use),
	};

	return cmocka_run_group_tests_name("symbols", tests, NULL, NULL);
}
