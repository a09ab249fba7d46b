/* SPDX-License-Identifier: MIT */
/*
 * test_internalizable.c - packages that could be internal, on random small trees
 * against the definition taken literally: for each folder of all there are, is
 * everybody below it, and who may import what before the move and after it.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "analyzers/internalizable.h"

#include <stdio.h>
#include <string.h>

#define DIRS 12u
#define TREES 20000u

/* In the order of folders. */
static const char *const folders[DIRS] = {
	"", "a", "a/b", "a/b/c", "a/b/internal/x", "a/internal/y", "a/internal/z/w", "a-b", "ab",
	"ab/c", "internal/q", "internal/q/r",
};

struct world {
	struct arena arena;
	struct symtab syms;
	struct go_dir dir[DIRS];
	struct go_module module;
	struct source source;
	const struct graph *g;
	bool imports[DIRS][DIRS];       /* by folder, tests with their packages */
	bool main[DIRS], there[DIRS];
	uint64_t state;
};

static uint32_t roll(struct world *w, uint32_t n)
{
	w->state = w->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(w->state >> 33) % n;
}

static bool below(const char *path, const char *folder)
{
	size_t n = strlen(folder);

	return !n || (!strncmp(path, folder, n) && (!path[n] || path[n] == '/'));
}

/* May `from` import `path`?  Go's rule, by every internal in it. */
static bool allowed(const char *from, const char *path)
{
	for (const char *p = strstr(path, "internal"); p; p = strstr(p + 1, "internal")) {
		char parent[64];
		size_t n = (size_t)(p - path);

		memcpy(parent, path, n);
		parent[n ? n - 1 : 0] = '\0';
		if (!below(from, parent))
			return false;
	}
	return true;
}

static void add_nodes(struct world *w, struct graph_builder *b, pkg_id *own, pkg_id *xtest)
{
	for (uint32_t d = 0; d < DIRS; d++) {
		const char *name = folders[d];
		uint32_t flags = NODE_REPORTED;

		own[d] = xtest[d] = (pkg_id){ ID_NONE };
		if (!w->there[d])
			continue;
		own[d] = graph_add_node(b, &(struct graph_node){
			.id = sym_from(&w->syms, name), .label = sym_from(&w->syms, name),
			.dir = { d }, .flags = flags | (w->main[d] ? NODE_MAIN : 0), .configs = 1,
			.members = 1 });
		if (!roll(w, 3)) {
			sym_id id = sym_from(&w->syms, arena_printf(&w->arena, "%s_test", name));

			xtest[d] = graph_add_node(b, &(struct graph_node){
				.id = id, .label = id, .dir = { d }, .flags = flags | NODE_XTEST,
				.configs = 1 });
		}
	}
}

static void add_edges(struct world *w, struct graph_builder *b, const pkg_id *own,
		      const pkg_id *xtest)
{
	uint32_t n = roll(w, 14);

	for (uint32_t i = 0; i < n; i++) {
		uint32_t from = roll(w, DIRS), to = roll(w, DIRS);
		bool test = xtest[from].v != ID_NONE && roll(w, 2);

		if (!w->there[from] || !w->there[to] || w->main[to] ||
		    !allowed(folders[from], folders[to]) || (from == to && !test))
			continue;
		w->imports[from][to] = true;
		graph_add_import(b, test ? xtest[from] : own[from], own[to], &(struct site){
			.at = { sym_from(&w->syms, "f.go"), i + 1, 1, 0 }, .configs = 1,
			.test = test });
	}
}

static void random_tree(struct world *w, uint64_t seed)
{
	pkg_id own[DIRS], xtest[DIRS];

	*w = (struct world){ .arena = ARENA_INIT, .state = seed * 77 + 5 };
	symtab_init(&w->syms, &w->arena);
	struct graph_builder *b = graph_builder_new(&w->syms, 1);

	for (uint32_t d = 0; d < DIRS; d++) {
		w->dir[d] = (struct go_dir){ .path = sym_from(&w->syms, folders[d]) };
		w->there[d] = roll(w, 5) > 0;
		w->main[d] = !roll(w, 8);
	}
	w->module = (struct go_module){ .path = sym_from(&w->syms, "example.com/m") };
	add_nodes(w, b, own, xtest);
	add_edges(w, b, own, xtest);
	w->g = graph_freeze(b, &w->arena);
	graph_builder_free(b);
	w->source = (struct source){ .arena = &w->arena, .syms = &w->syms, .module = &w->module,
				     .nmodules = 1, .dir = w->dir, .ndirs = DIRS };
}

static const char *const roots[] = { "a", "a/b", "a/b/c", "a/b/internal/x", "a-b", "ab", "ab/c",
				     "a/internal/y", "a/internal/z", "a/internal/z/w",
				     "internal/q", "internal/q/r" };

/* Would the build of everything hold with package p at `to`? */
static bool builds(const struct world *w, uint32_t p, const char *to)
{
	for (uint32_t q = 0; q < DIRS; q++)
		if (q != p && ((w->imports[q][p] && !allowed(folders[q], to)) ||
			       (w->imports[p][q] && !allowed(to, folders[q]))))
			return false;
	return true;
}

static uint32_t who_may(const struct world *w, uint32_t p, const char *at)
{
	uint32_t n = 0;

	for (uint32_t q = 0; q < DIRS; q++)
		n += q != p && w->there[q] && allowed(folders[q], at);
	return n;
}

/* The deepest folder that holds p below it and everybody who imports p; gain by trying. */
static uint32_t expect(const struct world *w, uint32_t p, char *to)
{
	const char *best = NULL;
	uint32_t importers = 0, above = 0;

	for (uint32_t q = 0; q < DIRS; q++) {
		importers += q != p && w->imports[q][p];
		above += q != p && w->imports[q][p] && below(folders[q], folders[p]);
	}
	if (!w->there[p] || w->main[p] || !importers || above == importers || !*folders[p])
		return 0;
	for (unsigned i = 0; i < ARRAY_SIZE(roots); i++) {
		bool all = below(folders[p], roots[i]) && strcmp(folders[p], roots[i]);

		for (uint32_t q = 0; q < DIRS; q++)
			all = all && (q == p || !w->imports[q][p] || below(folders[q], roots[i]));
		if (all && (!best || strlen(roots[i]) > strlen(best)))
			best = roots[i];
	}
	/* What stands behind an internal of that very folder is guarded there. */
	if (!best || below(folders[p] + strlen(best) + 1, "internal"))
		return 0;
	snprintf(to, 64, "%s/internal/%s", best, folders[p] + strlen(best) + 1);
	uint32_t today = who_may(w, p, folders[p]), then = who_may(w, p, to);

	if (!builds(w, p, to) || today <= then || today - then < then)
		return 0;
	return today - then;
}

static void random_trees(void **state)
{
	uint32_t seen = 0;

	(void)state;
	for (uint64_t seed = 0; seed < TREES; seed++) {
		struct internalizables found;
		struct world w;
		uint32_t want = 0;

		random_tree(&w, seed);
		internalizable_find(&w.source, w.g, &w.arena, &found);
		for (uint32_t p = 0; p < DIRS; p++) {
			char to[64];
			uint32_t gain = expect(&w, p, to), i = 0;

			want += gain > 0;
			while (i < found.count && w.g->dir[found.item[i].package.v].v != p)
				i++;
			if (!gain != (i == found.count))
				fail_msg("tree %u, '%s': gain %u, %s", (unsigned)seed, folders[p],
					 gain, i == found.count ? "not found" : "found");
			if (gain) {
				assert_int_equal(found.item[i].gain, gain);
				assert_string_equal(found.item[i].to, to);
			}
		}
		assert_int_equal(found.count, want);
		for (uint32_t i = 1; i < found.count; i++)
			assert_true(found.item[i - 1].gain >= found.item[i].gain);
		seen += want;
		symtab_release(&w.syms);
		arena_release(&w.arena);
	}
	assert_true(seen > TREES / 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(random_trees) };

	return cmocka_run_group_tests_name("internalizable", tests, NULL, NULL);
}
