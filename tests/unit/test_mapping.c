/* SPDX-License-Identifier: MIT */
/*
 * test_mapping.c - packages placed by patterns and comments, policies found from a
 * folder upward, groups for drawing, and what ten thousand packages cost.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "analyzers/policy/discover.h"
#include "analyzers/policy/mapping.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct fixture {
	struct arena arena;
	char root[64];
	struct build_config config;
	struct source *source;
	const struct graph *graph;
	const struct policy *policy;
	const struct mapping *mapping;
};

static void remove_tree(const char *root)
{
	pid_t child = fork();
	int status;

	if (!child) {
		execlp("rm", "rm", "-rf", root, (char *)NULL);
		_exit(127);
	}
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

static void put_packages(struct fixture *f, const char *paths)
{
	put(f, "go.mod", "module x.org/m\n\ngo 1.22\n");
	for (const char *p = paths; *p; p += strspn(p, " ")) {
		size_t len = strcspn(p, " ");

		put(f, arena_printf(&f->arena, "%.*s/a.go", (int)len, p), "package a\n");
		p += len;
	}
}

static void load(struct fixture *f)
{
	struct source_options o = {
		.dir = f->root, .config = &f->config, .nconfigs = 1, .workers = 2,
	};
	struct err err = ERR_INIT;

	source_release(f->source);
	f->source = NULL;
	if (source_read(&o, &f->source, &err) < 0)
		fail_msg("%s", err.msg);
	f->graph = graph_from_source(f->source, &f->arena);
}

static int map(struct fixture *f, const char *text, struct err *err)
{
	if (policy_read("f", text, strlen(text), &f->arena, &f->policy, NULL, err))
		fail_msg("%s", err->msg);
	return mapping_build(f->policy, f->source, f->graph, &f->arena, &f->mapping, err);
}

/* "folder layer/context" with ! published, "shared", "-" for nothing: lines of all packages. */
static const char *shown(struct fixture *f)
{
	const struct mapping *m = f->mapping;
	const char *out = "";

	for (uint32_t p = 0; p < m->graph->npkgs; p++) {
		const struct placement *at = &m->of[p];
		const char *layer = at->shared ? "shared" : at->layer == POLICY_NONE ? "-" :
				    m->policy->layer[at->layer].name;
		const char *context = at->context == POLICY_NONE ? "-" :
				      sym_text(f->source->syms, m->context[at->context].name);

		out = arena_printf(&f->arena, "%s%s %s %s%s\n", out,
				   sym_text(f->source->syms, m->graph->id[p]), layer, context,
				   at->published ? "!" : "");
	}
	return out;
}

static void expect(struct fixture *f, const char *policy, const char *want)
{
	struct err err = ERR_INIT;

	if (map(f, policy, &err))
		fail_msg("%s", err.msg);
	const char *got = shown(f);

	if (strcmp(got, want))
		fail_msg("got\n%swanted\n%s", got, want);
}

static void layers_and_contexts(void **state)
{
	struct fixture *f = *state;

	put_packages(f, "internal/order/domain internal/order/domain/money internal/order/app "
			"internal/order/contract internal/user/contract/v1 internal/user "
			"internal/platform/domain pkg/log cmd/server tools");
	put(f, "internal/user/a_test.go", "package a_test\n");
	load(f);
	expect(f, "layers:\n"
		  "  domain: {in: ['internal/{context}/domain/**']}\n"
		  "  app: {in: ['internal/{context}/app/**']}\n"
		  "  main: {in: ['cmd/**'], uses: any}\n"
		  "contexts:\n"
		  "  '{context}': {published: ['internal/{context}/contract/**']}\n"
		  "shared: ['pkg/**', 'internal/platform/**']\n",
	       "cmd/server main -\n"
	       "internal/order/app app order\n"
	       "internal/order/contract - order!\n"
	       "internal/order/domain domain order\n"
	       "internal/order/domain/money domain order\n"
	       "internal/platform/domain shared -\n"
	       "internal/user - user\n"
	       "internal/user/contract/v1 - user!\n"
	       "internal/user_test - user\n"
	       "pkg/log shared -\n"
	       "tools - -\n");
	assert_int_equal(f->mapping->packages, 10);
	assert_int_equal(f->mapping->mapped, 4);
	assert_int_equal(f->mapping->shared, 2);
	assert_int_equal(f->mapping->unmapped, 4);
	assert_int_equal(f->mapping->ncontexts, 2);
	assert_int_equal(f->mapping->context[0].packages, 4);
	assert_int_equal(f->mapping->context[1].packages, 2);
	assert_int_equal(mapping_context_find(f->mapping, "user"), 1);
	assert_int_equal(mapping_context_find(f->mapping, "tools"), POLICY_NONE);
	/* Why: the line of the pattern, and what it beat. */
	const struct placement *p = &f->mapping->of[5];

	assert_string_equal(p->shared_by->text, "internal/platform/**");
	assert_int_equal(p->shared_by->at.line, 7);
	assert_string_equal(p->layer_beat->text, "internal/{context}/domain/**");
	assert_string_equal(f->mapping->of[1].layer_by->text, "internal/{context}/app/**");
	assert_int_equal(f->mapping->of[1].layer_by->at.line, 3);
}

static void the_more_specific_wins(void **state)
{
	struct fixture *f = *state;

	put_packages(f, "a/b/c a/b/d a/x/c k/a k/b k/c/contract k/user");
	load(f);
	expect(f, "layers:\n"
		  "  one: {in: ['a/**']}\n"
		  "  two: {in: ['a/*/c', 'k/**']}\n"
		  "  three: {in: ['a/b/**']}\n"
		  "contexts:\n"
		  "  '{c}': {in: ['k/{c}/**'], published: ['k/{c}/contract']}\n"
		  "  a: {in: ['k/b']}\n",
	       "a/b/c three -\n"
	       "a/b/d three -\n"
	       "a/x/c two -\n"
	       "k/a two -\n"           /* `a` says itself which packages it has */
	       "k/b two a\n"
	       "k/c/contract two c!\n"
	       "k/user two user\n");
}

static void equal_patterns_are_an_error(void **state)
{
	struct fixture *f = *state;
	struct err err = ERR_INIT, second = ERR_INIT, third = ERR_INIT;

	put_packages(f, "a/b");
	load(f);
	assert_int_equal(map(f, "layers:\n  x: {in: ['a/{p}']}\n  y: {in: ['a/{q}']}\n", &err), -1);
	assert_int_equal(err.code, ERR_CONFIG);
	assert_string_equal(err.msg, "f:2:12: package 'a/b' fits 'a/{p}' of layer 'x' and 'a/{q}' "
			    "of layer 'y' (f:3), which are equally specific: make one of them "
			    "more specific");
	assert_int_equal(map(f, "contexts: {x: {in: ['*/b']}, y: {in: ['*/*']}, z: {in: ['*/b/**', "
				"'*/{b}', '{b}/b']}, u: {in: '{u}/b'}}\n", &second), -1);
	assert_non_null(strstr(second.msg, "'{b}/b' of context 'z' and '{u}/b' of context 'u'"));
	assert_int_equal(map(f, "layers: {x: {in: ['a/{p}']}}\nshared: ['a/{s}']\n", &third), -1);
	assert_non_null(strstr(third.msg, "of shared and 'a/{p}' of layer 'x'"));
}

static void import_paths(void **state)
{
	struct fixture *f = *state;

	put_packages(f, "internal/a internal/b");
	put(f, "sub/go.mod", "module x.org/other\n");
	put(f, "sub/internal/a/a.go", "package a\n");
	put(f, "go.work", "go 1.22\nuse (\n\t.\n\t./sub\n)\n");
	load(f);
	/* The module's path is no reason to win: internal/b is named, m/internal is not. */
	expect(f, "layers:\n"
		  "  one: {in: ['x.org/m/internal/**', 'x.org/other/internal/a']}\n"
		  "  two: {in: ['internal/b']}\n"
		  "contexts: {c: {in: ['x.org/other/**']}}\n",
	       "internal/a one -\n"
	       "internal/b two -\n"
	       "sub/internal/a one c\n");
}

static void comments(void **state)
{
	struct fixture *f = *state;

	put_packages(f, "a b pkg/x q");
	put(f, "a/a.go", "// domain: order\npackage a\n");
	put(f, "a/b.go", "package a\n\n//meshctl:domain=user\nfunc f() {}\n");
	put(f, "b/a.go", "package b // domain: user\n");
	put(f, "b/a_test.go", "package b_test // domain: order\n");
	put(f, "pkg/x/a.go", "package x // domain: user\n");
	load(f);
	expect(f, "contexts: {order: {in: ['b/**']}, user: {in: []}}\nshared: ['pkg/**']\n",
	       "a - order\nb - order\nb_test - order\npkg/x shared -\nq - -\n");
	const struct mapping *m = f->mapping;

	assert_int_equal(m->nclashes, 4);
	assert_string_equal(sym_text(f->source->syms, m->clash[0].at.path), "a/b.go");
	assert_int_equal(m->clash[0].at.line, 3);
	assert_string_equal(sym_text(f->source->syms, m->clash[0].other.path), "a/a.go");
	assert_string_equal(m->clash[1].by->text, "b/**");
	assert_string_equal(sym_text(f->source->syms, m->clash[1].at.path), "b/a.go");
	assert_string_equal(sym_text(f->source->syms, m->clash[2].at.path), "b/a_test.go");
	assert_string_equal(m->clash[3].by->text, "pkg/**");
	assert_int_equal(m->clash[3].instead.v, 0);
	/* A context that only comments name, under a policy that names none. */
	expect(f, "version: 1\n", "a - order\nb - user\nb_test - user\npkg/x - user\nq - -\n");
	assert_null(f->mapping->context[0].spec);
	assert_true(mapping_context_may(f->mapping, 0, 1, NULL));
	struct mapped_groups g;

	expect(f, "contexts: {order: {in: ['b/**']}, user: {in: []}}\nshared: ['pkg/**']\n",
	       "a - order\nb - order\nb_test - order\npkg/x shared -\nq - -\n");
	mapping_groups(f->mapping, PART_CONTEXT, &f->arena, &g);
	assert_int_equal(g.count, 3);
	assert_string_equal(sym_text(f->source->syms, g.name[g.of[0]]), "order");
	assert_int_equal(g.kind[g.of[3]], MAPPED_SHARED);
	assert_int_equal(g.kind[g.of[4]], MAPPED_UNMAPPED);
	/* At level domain the comment counts, whatever the pattern says. */
	mapping_groups(f->mapping, PART_DOMAIN, &f->arena, &g);
	assert_string_equal(sym_text(f->source->syms, g.name[g.of[1]]), "user");
	const sym_id *part = mapping_part(f->mapping, PART_DOMAIN, &f->arena);

	assert_string_equal(sym_text(f->source->syms, part[1]), "user");
	assert_int_equal(part[4].v, 0);
}

static void uses_between_contexts(void **state)
{
	struct fixture *f = *state;
	static const char want[] = "111" "011" "001";

	put_packages(f, "k/a k/b k/c");
	load(f);
	expect(f, "contexts:\n"
		  "  '{c}': {in: ['k/{c}']}\n"
		  "  b: {uses: [c]}\n"
		  "  c: {uses: none}\n", "k/a - a\nk/b - b\nk/c - c\n");
	for (uint32_t a = 0; a < 3; a++)
		for (uint32_t b = 0; b < 3; b++)
			assert_int_equal(mapping_context_may(f->mapping, a, b, NULL),
					 want[a * 3 + b] == '1');
	struct policy_pos by;

	mapping_context_may(f->mapping, 1, 0, &by);
	assert_int_equal(by.line, 3);
}

/* The nearest from the pattern's folder upward; it alone applies. */
static void discovery(void **state)
{
	struct fixture *f = *state;
	struct source_options o = { .dir = f->root, .pattern = "./svc/order/..." };
	const char *const *nested;
	const struct policy *p;
	struct err err = ERR_INIT;

	put_packages(f, "svc/order/app svc/user");
	mkdir(arena_printf(&f->arena, "%s/.git", f->root), 0777);
	assert_int_equal(policy_load(&o, NULL, &f->arena, &p, NULL, &err), 0);
	assert_false(p->found);
	put(f, ".meshctl.yaml", "version: 1\n");
	put(f, "svc/user/.meshctl.yaml", "broken: [\n");
	assert_int_equal(policy_load(&o, NULL, &f->arena, &p, NULL, &err), 0);
	assert_true(p->found && p->in_tree);
	assert_string_equal(p->path, ".meshctl.yaml");
	assert_string_equal(p->folder, "");
	put(f, "svc/.meshctl.yaml", "layers: {a: {in: ['*/app']}}\n");
	assert_int_equal(policy_load(&o, NULL, &f->arena, &p, NULL, &err), 0);
	assert_string_equal(p->path, "svc/.meshctl.yaml");
	assert_string_equal(p->folder, "svc");
	load(f);
	assert_int_equal(mapping_build(p, f->source, f->graph, &f->arena, &f->mapping, &err), 0);
	assert_string_equal(shown(f), "svc/order/app a -\nsvc/user - -\n");
	assert_int_equal(policy_nested(p, f->source, &f->arena, &nested), 2);
	assert_string_equal(nested[0], ".meshctl.yaml");
	assert_string_equal(nested[1], "svc/user/.meshctl.yaml");
	/* --config: its folder, else the root. */
	put(f, "ci/other.yaml", "go: {exclude: ['x/**']}\n");
	assert_int_equal(policy_load(&o, "ci/other.yaml", &f->arena, &p, NULL, &err), 0);
	assert_string_equal(p->path, "ci/other.yaml");
	assert_string_equal(p->folder, "ci");
	assert_true(policy_excludes(p, "ci/x/y.go"));
	assert_false(policy_excludes(p, "x/y.go"));
	assert_int_equal(policy_load(&o, "none.yaml", &f->arena, &p, NULL, &err), -1);
	assert_int_equal(err.code, ERR_CONFIG);
	/* What cannot be read is no reason to take the next one. */
	struct err second = ERR_INIT;

	mkdir(arena_printf(&f->arena, "%s/svc/order/.meshctl.yaml", f->root), 0777);
	assert_int_equal(policy_load(&o, NULL, &f->arena, &p, NULL, &second), -1);
	assert_string_equal(second.msg,
			    "cannot read 'svc/order/.meshctl.yaml': not a regular file");
}

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* 10,000 packages, 40 layers, 200 contexts that say their packages, in well under a second. */
static void large(void **state)
{
	struct fixture *f = *state;
	struct arena *a = &f->arena;
	struct symtab syms;
	struct source s = { .arena = a, .ndirs = 10000, .syms = &syms };
	struct go_dir *dir = arena_array(a, struct go_dir, s.ndirs);
	struct graph_builder *b;
	char *text = xrealloc(NULL, 200000, 1);
	size_t n = (size_t)snprintf(text, 200000, "layers:\n");
	struct err err = ERR_INIT;

	symtab_init(s.syms, a);
	b = graph_builder_new(s.syms, 1);
	for (uint32_t d = 0; d < s.ndirs; d++) {
		const char *path = arena_printf(a, "internal/ctx%03u/layer%02u/p%04u", d / 50,
						d % 50 % 40, d % 50);

		dir[d] = (struct go_dir){ .path = sym_from(s.syms, path), .module = { ID_NONE } };
		graph_add_node(b, &(struct graph_node){ .id = dir[d].path, .label = dir[d].path,
							.dir = { d }, .members = 1 });
	}
	s.dir = dir;
	for (int i = 0; i < 40; i++)
		n += (size_t)snprintf(text + n, 200000 - n,
				      "  l%d: {in: ['internal/{c}/layer%02d/**', '**/l%d/**']}\n",
				      i, i, i);
	n += (size_t)snprintf(text + n, 200000 - n, "contexts:\n");
	for (int i = 0; i < 200; i++)
		n += (size_t)snprintf(text + n, 200000 - n, "  c%d: {in: ['internal/ctx%03d/**'], "
				      "published: ['internal/ctx%03d/layer01/**']}\n", i, i, i);
	double begin = seconds();

	if (policy_read("f", text, n, a, &f->policy, NULL, &err) ||
	    mapping_build(f->policy, &s, graph_freeze(b, a), a, &f->mapping, &err))
		fail_msg("%s", err.msg);
	double took = seconds() - begin;

	assert_int_equal(f->mapping->mapped, 10000);
	assert_int_equal(f->mapping->ncontexts, 200);
	assert_true(took < 2);
	print_message("  10,000 packages in %.0f ms\n", took * 1e3);
	graph_builder_free(b);
	symtab_release(s.syms);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(layers_and_contexts, setup, teardown),
		cmocka_unit_test_setup_teardown(the_more_specific_wins, setup, teardown),
		cmocka_unit_test_setup_teardown(equal_patterns_are_an_error, setup, teardown),
		cmocka_unit_test_setup_teardown(import_paths, setup, teardown),
		cmocka_unit_test_setup_teardown(comments, setup, teardown),
		cmocka_unit_test_setup_teardown(uses_between_contexts, setup, teardown),
		cmocka_unit_test_setup_teardown(discovery, setup, teardown),
		cmocka_unit_test_setup_teardown(large, setup, teardown),
	};

	return cmocka_run_group_tests_name("mapping", tests, NULL, NULL);
}
