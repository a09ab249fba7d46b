/* SPDX-License-Identifier: MIT */
/*
 * test_level.c - levels: their names, the identity of each folder at each of
 * them as a table, and the deepest that unites.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "graph/level.h"

#include <stdio.h>
#include <string.h>

static void levels_are_parsed(void **state UNUSED)
{
	static const struct { const char *text; int kind; uint32_t depth; } rows[] = {
		{ "package", LEVEL_PACKAGE, 0 }, { "test", LEVEL_TEST, 0 },
		{ "module", LEVEL_MODULE, 0 }, { "dir:1", LEVEL_DIR, 1 },
		{ "dir:12", LEVEL_DIR, 12 }, { "dir:9999", LEVEL_DIR, 9999 },
		{ "dir:0", -1, 0 }, { "dir:", -1, 0 }, { "dir", -1, 0 }, { "dir:01", -1, 0 },
		{ "dir:10000", -1, 0 }, { "dir:4294967297", -1, 0 }, { "dir:-1", -1, 0 },
		{ "dir:+1", -1, 0 }, { "dir: 1", -1, 0 }, { "dir:2x", -1, 0 }, { "", -1, 0 },
		{ "Package", -1, 0 }, { "packages", -1, 0 }, { "pack", -1, 0 },
		{ "layer", LEVEL_LAYER, 0 }, { "context", LEVEL_CONTEXT, 0 },
		{ "domain", LEVEL_DOMAIN, 0 }, { "layers", -1, 0 }, { "context:1", -1, 0 },
	};
	struct arena arena = ARENA_INIT;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct level level = { LEVEL_PACKAGE, 77 };
		struct err err = ERR_INIT;
		int rc = level_parse(rows[i].text, &level, &err);

		assert_int_equal(rc, rows[i].kind < 0 ? -1 : 0);
		if (rc) {
			assert_int_equal(err.code, ERR_USAGE);
			assert_non_null(strstr(err.msg, "dir:K"));
			continue;
		}
		assert_int_equal(level.kind, rows[i].kind);
		assert_int_equal(level.depth, rows[i].depth);
		assert_string_equal(level_name(level, &arena), rows[i].text);
	}
	arena_release(&arena);
}

/* A source of modules and folders, by hand; folders sorted as source_read() sorts them. */
struct world {
	struct arena arena;
	struct symtab syms;
	struct source source;
	struct go_module module[4];
	struct go_dir dir[32];
	const struct graph *g;
};

static void init(struct world *w)
{
	*w = (struct world){ .arena = ARENA_INIT };
	symtab_init(&w->syms, &w->arena);
	w->source.syms = &w->syms;
	w->source.module = w->module;
	w->source.dir = w->dir;
	w->source.nconfigs = 1;
}

static void drop(struct world *w)
{
	symtab_release(&w->syms);
	arena_release(&w->arena);
}

static mod_id add_module(struct world *w, const char *folder, const char *path)
{
	uint32_t m = w->source.nmodules++;

	w->module[m] = (struct go_module){ .folder = sym_from(&w->syms, folder),
					   .path = sym_from(&w->syms, path) };
	return (mod_id){ m };
}

static dir_id add_dir(struct world *w, const char *path, mod_id module)
{
	uint32_t d = w->source.ndirs++;

	const char *import_path = arena_printf(&w->arena, "example.com/%s", path);

	w->dir[d] = (struct go_dir){ .path = sym_from(&w->syms, path), .module = module,
				     .import_path = sym_from(&w->syms, import_path) };
	return (dir_id){ d };
}

static const struct row {
	const char *dir;
	unsigned module;                /* 0 in "", 1 in "tools", 2 in "tools/gen/v2" */
	const char *at[3];              /* dir:1, dir:2, dir:3 */
	const char *in_module;
} table[] = {
	{ "", 0, { ".", ".", "." }, "." },
	{ "cmd", 0, { "cmd", "cmd", "cmd" }, "." },
	{ "cmd/server", 0, { "cmd", "cmd/server", "cmd/server" }, "." },
	{ "internal/a", 0, { "internal", "internal/a", "internal/a" }, "." },
	{ "internal/a/b", 0, { "internal", "internal/a", "internal/a/b" }, "." },
	{ "internal/a/b/c", 0, { "internal", "internal/a", "internal/a/b" }, "." },
	{ "internal/ab", 0, { "internal", "internal/ab", "internal/ab" }, "." },
	{ "tools", 1, { "tools", "tools", "tools" }, "tools" },
	{ "tools/gen", 1, { "tools/gen", "tools/gen", "tools/gen" }, "tools" },
	{ "tools/gen/v2", 2, { "tools/gen/v2", "tools/gen/v2", "tools/gen/v2" }, "tools/gen/v2" },
	{ "tools/gen/v2/x/y", 2, { "tools/gen/v2/x", "tools/gen/v2/x/y", "tools/gen/v2/x/y" },
	  "tools/gen/v2" },
	{ "tools/gen/x", 1, { "tools/gen", "tools/gen/x", "tools/gen/x" }, "tools" },
	{ "tools/gen/x/y/z", 1, { "tools/gen", "tools/gen/x", "tools/gen/x/y" }, "tools" },
	{ "tools-x/a", 0, { "tools-x", "tools-x/a", "tools-x/a" }, "." },
};

/* Each folder has a package and external tests, which import each other's neighbours. */
static void make_table(struct world *w)
{
	init(w);
	add_module(w, "", "example.com/main");
	add_module(w, "tools", "example.com/tools");
	add_module(w, "tools/gen/v2", "");
	struct graph_builder *b = graph_builder_new(&w->syms, 1);

	for (uint32_t i = 0; i < ARRAY_SIZE(table); i++) {
		dir_id dir = add_dir(w, table[i].dir, (mod_id){ table[i].module });
		const char *id = *table[i].dir ? table[i].dir : ".";
		struct graph_node node = { .id = sym_from(&w->syms, id), .dir = dir, .files = i,
					   .configs = 1, .members = 1 };

		node.label = w->dir[i].import_path;
		graph_add_node(b, &node);
		node.id = sym_from(&w->syms, arena_printf(&w->arena, "%s_test", id));
		node.label = node.id;
		node.flags = NODE_XTEST;
		graph_add_node(b, &node);
	}
	w->g = graph_freeze(b, &w->arena);
	graph_builder_free(b);
}

static uint32_t node_named(const struct graph *g, const char *name)
{
	for (uint32_t p = 0; p < g->npkgs; p++)
		if (!strcmp(sym_text(g->syms, g->id[p]), name))
			return p;
	fail_msg("no node '%s'", name);
	return 0;
}

/* The groups of a level hold the files of exactly the folders that the table puts there. */
static void check_level(const struct world *w, const struct graph *q, int column)
{
	uint32_t members = 0;

	for (uint32_t i = 0; i < ARRAY_SIZE(table); i++) {
		const char *name = column < 3 ? table[i].at[column] : table[i].in_module;
		uint32_t files = 0, n = 0;

		for (uint32_t k = 0; k < ARRAY_SIZE(table); k++) {
			const char *other = column < 3 ? table[k].at[column] : table[k].in_module;

			if (!strcmp(name, other)) {
				files += 2 * k;
				n += 2;
			}
		}
		uint32_t p = node_named(q, name);

		assert_int_equal(q->files[p], files);
		assert_int_equal(q->members[p], n);
		assert_int_equal(q->dir[p].v, ID_NONE);
	}
	for (uint32_t p = 0; p < q->npkgs; p++)
		members += q->members[p];
	assert_int_equal(members, w->g->npkgs);
}

static const struct graph *at(struct world *w, enum level_kind kind, uint32_t depth)
{
	return level_graph(&w->source, w->g, (struct level){ kind, depth }, &w->arena);
}

static const char *label_of(const struct graph *g, const char *name)
{
	return sym_text(g->syms, g->label[node_named(g, name)]);
}

static void folders_have_the_identity_of_the_table(void **state UNUSED)
{
	struct world w;

	make_table(&w);
	for (uint32_t k = 1; k <= 3; k++)
		check_level(&w, at(&w, LEVEL_DIR, k), (int)k - 1);
	const struct graph *q = at(&w, LEVEL_MODULE, 0);

	check_level(&w, q, 3);
	assert_int_equal(q->npkgs, 3);
	assert_string_equal(label_of(q, "tools"), "example.com/tools");
	/* A module without a path is called by its folder. */
	assert_string_equal(label_of(q, "tools/gen/v2"), "tools/gen/v2");

	q = at(&w, LEVEL_TEST, 0);
	assert_int_equal(q->npkgs, ARRAY_SIZE(table));
	for (uint32_t i = 0; i < ARRAY_SIZE(table); i++) {
		uint32_t p = node_named(q, *table[i].dir ? table[i].dir : ".");

		assert_int_equal(q->dir[p].v, i);
		assert_int_equal(q->members[p], 2);
		assert_int_equal(q->label[p].v, w.dir[i].import_path.v);
		assert_int_equal(q->flags[p], 0);
	}
	assert_ptr_equal(at(&w, LEVEL_PACKAGE, 0), w.g);
	drop(&w);
}

/* Without names there is no such level; with them its nodes are exactly those that have one. */
static void named_groups_hold_what_is_named(void **state UNUSED)
{
	static const enum level_kind kinds[] = { LEVEL_LAYER, LEVEL_CONTEXT, LEVEL_DOMAIN };
	static const char *const words[] = { NULL, "red", "order" };
	struct world w;

	make_table(&w);
	for (size_t k = 0; k < ARRAY_SIZE(kinds); k++) {
		const struct level level = { kinds[k], 0 };
		sym_id *part = arena_array(&w.arena, sym_id, w.g->npkgs);
		struct graph *named = arena_new(&w.arena, struct graph);
		struct err err = ERR_INIT;
		uint32_t files[ARRAY_SIZE(words)] = { 0 };

		assert_int_equal(level_check(w.g, level, &err), -1);
		assert_int_equal(err.code, ERR_USAGE);
		assert_non_null(strstr(err.msg, level_nodes(level)));
		for (uint32_t p = 0; p < w.g->npkgs; p++) {
			uint32_t word = (p + (uint32_t)k) % ARRAY_SIZE(words);

			files[word] += w.g->files[p];
			part[p] = words[word] ? sym_from(&w.syms, words[word]) : (sym_id){ 0 };
		}
		*named = *w.g;
		named->part[level_part(level)] = part;
		assert_int_equal(level_check(named, level, &err), 0);
		const struct graph *q = level_graph(&w.source, named, level, &w.arena);

		assert_int_equal(q->npkgs, 2);
		for (uint32_t i = 1; i < ARRAY_SIZE(words); i++)
			assert_int_equal(q->files[node_named(q, words[i])], files[i]);
	}
	drop(&w);
}

static bool unites(struct world *w, uint32_t k)
{
	return at(w, LEVEL_DIR, k)->npkgs < at(w, LEVEL_TEST, 0)->npkgs;
}

#define PATHS 12u
#define PATH_BYTES 16u

/* Up to four segments out of a, b and ab. */
static void random_path(uint64_t x, char path[PATH_BYTES])
{
	static const char *const segments[] = { "a", "b", "ab" };
	size_t len = 0;

	path[0] = '\0';
	for (unsigned s = 0; s < (x >> 33) % 5; s++)
		len += (size_t)snprintf(path + len, PATH_BYTES - len, "%s%s", s ? "/" : "",
					segments[(x >> (40 + 3 * s)) % 3]);
}

/* Segment by segment: '/' comes before all else. */
static int compare_paths(const char *a, const char *b)
{
	for (; *a && *a == *b; a++)
		b++;
	int x = *a == '/' ? 1 : (unsigned char)*a, y = *b == '/' ? 1 : (unsigned char)*b;

	return x - y;
}

/* Inserts in order, each once; returns how many there are. */
static uint32_t insert_path(char path[PATHS][PATH_BYTES], uint32_t n, const char one[PATH_BYTES])
{
	uint32_t at_path = 0;

	while (at_path < n && compare_paths(path[at_path], one) < 0)
		at_path++;
	if (at_path < n && !strcmp(path[at_path], one))
		return n;
	memmove(path[at_path + 1], path[at_path], (n - at_path) * sizeof(path[0]));
	memcpy(path[at_path], one, PATH_BYTES);
	return n + 1;
}

static void make_random(struct world *w, unsigned round)
{
	char path[PATHS][PATH_BYTES], one[PATH_BYTES];
	uint64_t x = round * 77u + 7;
	uint32_t n = 0;

	init(w);
	add_module(w, "", "m");
	for (unsigned i = 0; i < 1 + round % PATHS; i++) {
		x = x * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
		random_path(x, one);
		n = insert_path(path, n, one);
	}
	struct graph_builder *b = graph_builder_new(&w->syms, 1);

	for (uint32_t i = 0; i < n; i++) {
		struct graph_node node = { .members = 1 };

		node.dir = add_dir(w, path[i], (mod_id){ 0 });
		node.id = node.label = sym_from(&w->syms, *path[i] ? path[i] : ".");
		graph_add_node(b, &node);
	}
	w->g = graph_freeze(b, &w->arena);
	graph_builder_free(b);
}

static void the_deepest_level_is_the_last_that_unites(void **state UNUSED)
{
	uint32_t seen[8] = { 0 };
	struct world w;

	make_table(&w);
	assert_int_equal(level_max_depth(&w.source, w.g), 3);
	assert_true(unites(&w, 3));
	assert_false(unites(&w, 4));
	drop(&w);
	for (unsigned round = 0; round < 2000; round++) {
		make_random(&w, round);
		uint32_t deepest = level_max_depth(&w.source, w.g);

		for (uint32_t k = 1; k <= 5; k++)
			assert_int_equal(unites(&w, k), k <= deepest);
		seen[deepest]++;
		drop(&w);
	}
	assert_true(seen[0] && seen[1] && seen[2] && seen[3]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(levels_are_parsed),
		cmocka_unit_test(folders_have_the_identity_of_the_table),
		cmocka_unit_test(named_groups_hold_what_is_named),
		cmocka_unit_test(the_deepest_level_is_the_last_that_unites),
	};

	return cmocka_run_group_tests_name("level", tests, NULL, NULL);
}
