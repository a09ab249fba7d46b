/* SPDX-License-Identifier: MIT */
/* test_link.c - from names to imports and declarations, in a tree on disk. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "graph/source/link.h"
#include "graph/source/link_name.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct fixture {
	struct arena arena;
	char root[64];
	struct build_config config;
	struct source *source;
	struct bodies *bodies;
	struct link *link;
};

static void remove_tree(const char *root)
{
	pid_t child = fork();

	if (!child) {
		execlp("rm", "rm", "-rf", root, (char *)NULL);
		_exit(127);
	}
	int status;

	assert_true(child > 0);
	assert_int_equal(waitpid(child, &status, 0), child);
}

static int setup(void **state)
{
	struct fixture *f = xcalloc(1, sizeof(*f));
	struct err err = ERR_INIT;

	snprintf(f->root, sizeof(f->root), "/tmp/meshctl-test-XXXXXX");
	assert_non_null(mkdtemp(f->root));
	assert_int_equal(build_config_init(&f->arena, "linux/amd64", true, GO_NEWEST_MINOR, NULL, 0,
					   &f->config, &err), 0);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	bodies_release(f->bodies);
	source_release(f->source);
	remove_tree(f->root);
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

static void load(struct fixture *f)
{
	struct source_options o = {
		.dir = f->root, .config = &f->config, .nconfigs = 1, .workers = 2,
	};
	struct bodies_options bo = { .workers = 2, .no_cache = true };
	struct err err = ERR_INIT;

	if (source_read(&o, &f->source, &err) < 0 ||
	    bodies_read(f->source, &bo, &f->bodies, &err) < 0)
		fail_msg("%s", err.msg);
	f->link = link_new(f->source, f->bodies, &f->arena);
}

static file_id file_at(struct fixture *f, const char *path)
{
	for (uint32_t i = 0; i < f->source->nfiles; i++)
		if (!strcmp(source_file_path(f->source, (file_id){ i }, &f->arena), path))
			return (file_id){ i };
	fail_msg("no file %s", path);
	return (file_id){ ID_NONE };
}

/* "import path > folder > file:decl", "-" for what is not known. */
static const char *shown(struct fixture *f, const struct linked *to)
{
	const struct source *s = f->source;
	const char *import = "-", *dir = "-", *decl = "-";

	if (to->file.v != ID_NONE) {
		const struct body *b = f->bodies->file[to->file.v];

		decl = arena_printf(&f->arena, "%s:%s", sym_text(s->syms, s->file[to->file.v].name),
				    body_text(b, b->decl[to->decl].name));
	}
	if (to->import != ID_NONE)
		import = sym_text(s->syms, s->import[to->import].path);
	if (to->dir.v != ID_NONE)
		dir = sym_text(s->syms, s->dir[to->dir.v].path);
	return arena_printf(&f->arena, "%s > %s > %s", import, dir, decl);
}

/* Of the reference written "q.Name" in a file. */
static const char *ref(struct fixture *f, const char *path, const char *text)
{
	file_id file = file_at(f, path);
	const struct body *b = f->bodies->file[file.v];

	for (uint32_t i = 0; i < b->nrefs; i++) {
		struct linked to;

		if (strcmp(arena_printf(&f->arena, "%s.%s", body_text(b, b->ref[i].qualifier),
					body_text(b, b->ref[i].name)), text))
			continue;
		link_ref(f->link, file, i, &to);
		return shown(f, &to);
	}
	fail_msg("no reference %s in %s", text, path);
	return NULL;
}

static const char *use(struct fixture *f, const char *path, const char *name)
{
	file_id file = file_at(f, path);
	const struct body *b = f->bodies->file[file.v];

	for (uint32_t i = 0; i < b->nuses; i++) {
		struct linked to;

		if (strcmp(body_text(b, b->use[i].name), name))
			continue;
		link_use(f->link, file, i, &to);
		return shown(f, &to);
	}
	fail_msg("no use of %s in %s", name, path);
	return NULL;
}

static void write_tree(struct fixture *f)
{
	put(f, "go.mod", "module ex.com/m\n\ngo 1.25\n");
	put(f, "a/a.go",
	    "package a\n\nimport (\n\t\"fmt\"\n\t\"math/rand/v2\"\n\tbee \"ex.com/m/b\"\n"
	    "\t\"ex.com/m/go-odd\"\n\t. \"ex.com/m/dot\"\n\t_ \"ex.com/m/blank\"\n"
	    "\t\"x.org/go-bar-baz\"\n\t\"gopkg.in/yaml.v3\"\n\t\"x.org/own\"\n\t\"C\"\n)\n\n"
	    "func F() {\n\tfmt.Println(rand.Int(), bee.T{}, bee.Gone, quite.V, blank.B)\n"
	    "\tbarbaz.G(yaml.N, C.puts, other.V, own.X, bee.OnlyInTest)\n\tD()\n\tG()\n"
	    "\tlen(x)\n}\n");
	put(f, "a/own.go", "package a\n\nvar other, own struct{ V, X int }\n");
	put(f, "a/a_test.go", "package a\n\nfunc G() { F(); other.V() }\n");
	put(f, "a/x_test.go", "package a_test\n\nimport (\n\t\"testing\"\n\t\"ex.com/m/a\"\n)\n\n"
			      "func TestX(t *testing.T) { a.F(); a.G(); help(); F() }\n");
	put(f, "a/y_test.go", "package a_test\n\nfunc help() {}\n");
	put(f, "b/b_linux.go", "package b\n\ntype T struct{}\n\nfunc (T) M() {}\n");
	put(f, "b/b_windows.go", "package b\n\ntype T struct{}\n\nvar W int\n");
	put(f, "b/b_test.go", "package b\n\nvar OnlyInTest int\n");
	put(f, "b/gen.go", "//go:build ignore\n\npackage main\n\nvar Gone int\n\nfunc main() {}\n");
	put(f, "go-odd/odd.go", "package quite\n\nvar V int\n");
	put(f, "dot/dot.go", "package dot\n\nfunc D() {}\n");
	put(f, "blank/blank.go", "package blank\n\nvar B int\n");
}

static void references(void **state)
{
	static const struct { const char *file, *ref, *want; } cases[] = {
		{ "a/a.go", "fmt.Println", "fmt > - > -" },
		{ "a/a.go", "rand.Int", "math/rand/v2 > - > -" },
		{ "a/a.go", "bee.T", "ex.com/m/b > b > b_linux.go:T" },
		/* A file for `go run` is another package; what tests declare they keep. */
		{ "a/a.go", "bee.Gone", "ex.com/m/b > b > -" },
		{ "a/a.go", "bee.OnlyInTest", "ex.com/m/b > b > -" },
		{ "a/a.go", "quite.V", "ex.com/m/go-odd > go-odd > odd.go:V" },
		{ "a/a.go", "blank.B", "- > - > -" },
		{ "a/a.go", "barbaz.G", "x.org/go-bar-baz > - > -" },
		{ "a/a.go", "yaml.N", "gopkg.in/yaml.v3 > - > -" },
		{ "a/a.go", "C.puts", "C > - > -" },
		{ "a/a.go", "other.V", "- > - > -" },
		{ "a/a.go", "own.X", "- > - > -" },
		{ "a/a_test.go", "other.V", "- > - > -" },
		{ "a/x_test.go", "a.F", "ex.com/m/a > a > a.go:F" },
		{ "a/x_test.go", "a.G", "ex.com/m/a > a > a_test.go:G" },
		{ "a/x_test.go", "testing.T", "testing > - > -" },
	};
	struct fixture *f = *state;

	write_tree(f);
	load(f);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_string_equal(ref(f, cases[i].file, cases[i].ref), cases[i].want);
}

static void uses(void **state)
{
	struct fixture *f = *state;

	write_tree(f);
	load(f);
	assert_string_equal(use(f, "a/a.go", "D"), "ex.com/m/dot > dot > dot.go:D");
	assert_string_equal(use(f, "a/a.go", "G"), "- > - > -");
	assert_string_equal(use(f, "a/a.go", "len"), "- > - > -");
	assert_string_equal(use(f, "a/a_test.go", "F"), "- > a > a.go:F");
	assert_string_equal(use(f, "a/x_test.go", "help"), "- > a > y_test.go:help");
	assert_string_equal(use(f, "a/x_test.go", "F"), "- > - > -");
	assert_string_equal(use(f, "b/b_linux.go", "T"), "- > b > b_linux.go:T");
}

static void shares(void **state)
{
	struct fixture *f = *state;
	struct link_share share;
	uint32_t decl;
	file_id file;

	write_tree(f);
	load(f);
	link_count(f->link, &share);
	/* a.go: all but other.V and own.X; x_test.go: three. */
	assert_int_equal(share.refs, 10 + 3);
	assert_int_equal(share.imported, 9 + 3);
	assert_int_equal(share.internal, 4 + 2);
	assert_int_equal(share.declared, 2 + 2);

	dir_id b = { 0 };

	while (strcmp(sym_text(f->source->syms, f->source->dir[b.v].path), "b"))
		b.v++;
	assert_true(link_decl(f->link, b, "W", false, &file, &decl));
	assert_true(link_decl(f->link, b, "OnlyInTest", false, &file, &decl));
	assert_false(link_decl(f->link, b, "M", false, &file, &decl));
	assert_false(link_decl(f->link, b, "main", false, &file, &decl));
	assert_false(link_decl(f->link, b, "T", true, &file, &decl));
}

static void names_of_packages(void **state)
{
	static const struct { const char *path, *name; enum name_fit want; } cases[] = {
		{ "fmt", "fmt", FIT_SEGMENT },
		{ "net/http", "http", FIT_SEGMENT },
		{ "math/rand/v2", "rand", FIT_SEGMENT },
		{ "math/rand/v2", "v2", FIT_SEGMENT },
		{ "k8s.io/api/core/v1", "v1", FIT_SEGMENT },
		{ "k8s.io/api/core/v1", "core", FIT_WORDS },
		{ "v2", "v2", FIT_SEGMENT },
		{ "gopkg.in/yaml.v3", "yaml", FIT_ASSUMED },
		{ "x.org/go-bar-baz", "bar", FIT_ASSUMED },
		{ "x.org/go-bar-baz", "barbaz", FIT_WORDS },
		{ "x.org/go-bar-baz", "bar_baz", FIT_WORDS },
		{ "x.org/bar-go", "bar", FIT_ASSUMED },
		{ "go.etcd.io/etcd/client/v3", "clientv3", FIT_WORDS },
		{ "x.org/mydb", "db", FIT_NONE },
		{ "x.org/a", "ab", FIT_NONE },
		{ "", "a", FIT_NONE },
		{ "/", "a", FIT_NONE },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *path = cases[i].path, *name = cases[i].name;

		assert_int_equal(import_name_fit(path, strlen(path), name, strlen(name)),
				 cases[i].want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(references, setup, teardown),
		cmocka_unit_test_setup_teardown(uses, setup, teardown),
		cmocka_unit_test_setup_teardown(shares, setup, teardown),
		cmocka_unit_test(names_of_packages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
