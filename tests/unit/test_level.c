/* SPDX-License-Identifier: MIT */
/*
 * test_level.c - levels: their names, the identity of each folder at each of
 * them as a table, the deepest that unites; and knots against brute force.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "graph/level.h"

#include <stdlib.h>
#include <string.h>

static void levels_are_parsed(void **state UNUSED)
{
	static const struct { const char *text; int kind; uint32_t depth; } rows[] = {
		{ "package", LEVEL_PACKAGE, 0 }, { "test", LEVEL_TEST, 0 }, { "module", LEVEL_MODULE, 0 },
		{ "dir:1", LEVEL_DIR, 1 }, { "dir:12", LEVEL_DIR, 12 }, { "dir:9999", LEVEL_DIR, 9999 },
		{ "dir:0", -1, 0 }, { "dir:", -1, 0 }, { "dir", -1, 0 }, { "dir:01", -1, 0 },
		{ "dir:10000", -1, 0 }, { "dir:4294967297", -1, 0 }, { "dir:-1", -1, 0 },
		{ "dir:+1", -1, 0 }, { "dir: 1", -1, 0 }, { "dir:2x", -1, 0 }, { "", -1, 0 },
		{ "Package", -1, 0 }, { "packages", -1, 0 }, { "pack", -1, 0 }, { "layer", -1, 0 },
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

	w->dir[d] = (struct go_dir){ .path = sym_from(&w->syms, path), .module = module,
		.import_path = sym_from(&w->syms, arena_printf(&w->arena, "example.com/%s", path)) };
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

static void folders_have_the_identity_of_the_table(void **state UNUSED)
{
	struct world w;

	make_table(&w);
	for (uint32_t k = 1; k <= 3; k++) {
		const struct graph *q = level_graph(&w.source, w.g, (struct level){ LEVEL_DIR, k }, &w.arena);

		check_level(&w, q, (int)k - 1);
	}
	const struct graph *q = level_graph(&w.source, w.g, (struct level){ LEVEL_MODULE, 0 }, &w.arena);

	check_level(&w, q, 3);
	assert_int_equal(q->npkgs, 3);
	assert_string_equal(sym_text(q->syms, q->label[node_named(q, "tools")]), "example.com/tools");
	/* A module without a path is called by its folder. */
	assert_string_equal(sym_text(q->syms, q->label[node_named(q, "tools/gen/v2")]), "tools/gen/v2");

	q = level_graph(&w.source, w.g, (struct level){ LEVEL_TEST, 0 }, &w.arena);
	assert_int_equal(q->npkgs, ARRAY_SIZE(table));
	for (uint32_t i = 0; i < ARRAY_SIZE(table); i++) {
		uint32_t p = node_named(q, *table[i].dir ? table[i].dir : ".");

		assert_int_equal(q->dir[p].v, i);
		assert_int_equal(q->members[p], 2);
		assert_int_equal(q->label[p].v, w.dir[i].import_path.v);
		assert_int_equal(q->flags[p], 0);
	}
	assert_ptr_equal(level_graph(&w.source, w.g, (struct level){ LEVEL_PACKAGE, 0 }, &w.arena), w.g);
	drop(&w);
}

static bool unites(const struct world *w, uint32_t k)
{
	const struct graph *at_k = level_graph(&w->source, w->g, (struct level){ LEVEL_DIR, k },
					       (struct arena *)&w->arena);
	const struct graph *folders = level_graph(&w->source, w->g, (struct level){ LEVEL_TEST, 0 },
						  (struct arena *)&w->arena);

	return at_k->npkgs < folders->npkgs;
}

static void the_deepest_level_is_the_last_that_unites(void **state UNUSED)
{
	struct world w;
	uint64_t x = 7;
	uint32_t seen[8] = { 0 };

	make_table(&w);
	assert_int_equal(level_max_depth(&w.source, w.g), 3);
	assert_true(unites(&w, 3));
	assert_false(unites(&w, 4));
	drop(&w);

	for (unsigned round = 0; round < 2000; round++) {
		char path[12][16];
		uint32_t n = 0;

		init(&w);
		add_module(&w, "", "m");
		/* Random folders of up to four segments out of a, b and ab, sorted, each once. */
		for (unsigned i = 0; i < 1 + round % 12; i++) {
			char one[16] = "";

			x = x * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
			for (unsigned s = 0; s < (x >> 33) % 5; s++) {
				static const char *const seg[] = { "a", "b", "ab" };
				size_t len = strlen(one);

				snprintf(one + len, sizeof(one) - len, "%s%s", s ? "/" : "",
					 seg[(x >> (40 + 3 * s)) % 3]);
			}
			uint32_t at = 0;

			/* '/' before all else: by segments. */
			for (; at < n; at++) {
				char a[16], b[16];

				memcpy(a, path[at], 16);
				memcpy(b, one, 16);
				for (unsigned c = 0; c < 16; c++) {
					a[c] = a[c] == '/' ? 1 : a[c];
					b[c] = b[c] == '/' ? 1 : b[c];
				}
				if (strcmp(a, b) >= 0)
					break;
			}
			if (at < n && !strcmp(path[at], one))
				continue;
			memmove(path[at + 1], path[at], (n - at) * sizeof(path[0]));
			memcpy(path[at], one, 16);
			n++;
		}
		struct graph_builder *b = graph_builder_new(&w.syms, 1);

		for (uint32_t i = 0; i < n; i++) {
			struct graph_node node = { .dir = add_dir(&w, path[i], (mod_id){ 0 }), .members = 1 };

			node.id = node.label = sym_from(&w.syms, *path[i] ? path[i] : ".");
			graph_add_node(b, &node);
		}
		w.g = graph_freeze(b, &w.arena);
		graph_builder_free(b);
		uint32_t deepest = level_max_depth(&w.source, w.g);

		for (uint32_t k = 1; k <= 5; k++)
			assert_int_equal(unites(&w, k), k <= deepest);
		seen[deepest]++;
		drop(&w);
	}
	assert_true(seen[0] && seen[1] && seen[2] && seen[3]);
}

/* ---- knots ---- */

#define N_MAX 8u
#define CONFIGS 3u

static void random_graph(struct world *w, uint64_t seed)
{
	uint64_t x = seed * 131 + 5;
	pkg_id id[N_MAX];

	init(w);
	struct graph_builder *b = graph_builder_new(&w->syms, CONFIGS);
	uint32_t n = 2 + (uint32_t)(seed % (N_MAX - 1));

	for (uint32_t i = 0; i < n; i++) {
		struct graph_node node = { .dir = { ID_NONE }, .configs = 7, .members = 1 };

		node.id = node.label = sym_from(&w->syms, arena_printf(&w->arena, "n%u", i));
		id[i] = graph_add_node(b, &node);
	}
	for (uint32_t i = 0; i < n + seed / 7 % (2 * n); i++) {
		x = x * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
		struct site site = {
			.at = { sym_from(&w->syms, "f.go"), i + 1, 1, 0 },
			/* Mostly everywhere, as in real trees, so that knots of several bits exist. */
			.configs = (x >> 60) < 9 ? 7 : 1 + (uint32_t)(x >> 50) % 7,
			.test = (x >> 40) % 4 == 0,
		};

		graph_add_import(b, id[(x >> 33) % n], id[(x >> 20) % n], &site);
	}
	w->g = graph_freeze(b, &w->arena);
	graph_builder_free(b);
}

/* mask[p]: the nodes that p reaches and that reach p, itself included. */
static void mutual(const struct graph *g, struct edge_filter f, uint32_t mask[N_MAX])
{
	bool reach[N_MAX][N_MAX] = { { false } };

	for (uint32_t p = 0; p < g->npkgs; p++)
		graph_foreach_out(g, p, e)
			if (edge_alive(g, e, f))
				reach[p][g->out_to[e]] = true;
	for (uint32_t k = 0; k < g->npkgs; k++)
		for (uint32_t i = 0; i < g->npkgs; i++)
			for (uint32_t j = 0; j < g->npkgs; j++)
				reach[i][j] |= reach[i][k] && reach[k][j];
	for (uint32_t p = 0; p < g->npkgs; p++) {
		mask[p] = 1u << p;
		for (uint32_t q = 0; q < g->npkgs; q++)
			if (reach[p][q] && reach[q][p])
				mask[p] |= 1u << q;
	}
}

/* Import lines that count in one of the configurations, from a node in one set to another's. */
static uint32_t naive_sites(const struct graph *g, bool tests, uint32_t configs, uint32_t from,
			    uint32_t to)
{
	uint32_t n = 0;

	for (uint32_t p = 0; p < g->npkgs; p++) {
		graph_foreach_out(g, p, e) {
			if (!(from >> p & 1) || !(to >> g->out_to[e] & 1))
				continue;
			for (uint32_t s = g->site_first[e]; s < g->site_first[e + 1]; s++)
				n += (g->site[s].configs & configs) && (tests || !g->site[s].test);
		}
	}
	return n;
}

static void check_circle(const struct graph *g, bool tests, const struct knot *k, uint32_t set)
{
	uint32_t most = 0, busiest = 0, shortest = N_MAX + 1;
	bool alive = false;

	for (uint32_t i = 0; i < k->nnodes; i++) {
		uint32_t one = 1u << k->node[i];
		uint32_t n = naive_sites(g, tests, k->configs, one, set) +
			     naive_sites(g, tests, k->configs, set, one);

		if (n > most) {
			most = n;
			busiest = k->node[i];
		}
	}
	assert_int_equal(k->circle[0], busiest);
	for (uint32_t c = 0; c < CONFIGS; c++) {
		struct edge_filter f = { c, tests };
		uint32_t *comp, *node, n;
		struct arena scratch = ARENA_INIT;
		bool whole = true;

		if (!(k->configs >> c & 1))
			continue;
		graph_components(g, f, &scratch, &comp);
		n = graph_shortest_circle(g, f, comp, (pkg_id){ busiest }, &scratch, &node);
		shortest = n < shortest ? n : shortest;
		for (uint32_t i = 0; i < k->ncircle; i++) {
			uint32_t e = graph_find_edge(g, (pkg_id){ k->circle[i] },
						     (pkg_id){ k->circle[(i + 1) % k->ncircle] });

			whole = whole && e != ID_NONE && edge_alive(g, e, f);
			assert_true(set >> k->circle[i] & 1);
		}
		alive |= whole;
		arena_release(&scratch);
	}
	assert_true(alive);
	assert_int_equal(k->ncircle, shortest);
}

static void knots_are_what_one_configuration_holds(void **state UNUSED)
{
	uint32_t several = 0, partial = 0;

	for (uint32_t round = 0; round < 6000; round++) {
		struct world w;
		bool tests = round % 2;
		uint32_t want[CONFIGS * N_MAX], bits[CONFIGS * N_MAX], n = 0, tied = 0, ntied = 0;

		random_graph(&w, round);
		for (uint32_t c = 0; c < CONFIGS; c++) {
			uint32_t mask[N_MAX];

			mutual(w.g, (struct edge_filter){ c, tests }, mask);
			for (uint32_t p = 0; p < w.g->npkgs; p++) {
				uint32_t i = 0;

				if (!(mask[p] & (mask[p] - 1)))
					continue;
				tied |= mask[p];
				while (i < n && want[i] != mask[p])
					i++;
				if (i == n) {
					want[n] = mask[p];
					bits[n++] = 0;
				}
				bits[i] |= 1u << c;
			}
		}
		struct knots all = graph_knots(w.g, tests, &w.arena);

		assert_int_equal(all.count, n);
		for (uint32_t p = 0; p < N_MAX; p++)
			ntied += tied >> p & 1;
		assert_int_equal(all.tied, ntied);
		for (uint32_t i = 0; i < all.count; i++) {
			const struct knot *k = &all.knot[i];
			uint32_t set = 0, at = 0;

			for (uint32_t m = 0; m < k->nnodes; m++) {
				set |= 1u << k->node[m];
				if (m)
					assert_true(k->node[m - 1] < k->node[m]);
			}
			while (at < n && want[at] != set)
				at++;
			assert_true(at < n);
			assert_int_equal(k->configs, bits[at]);
			assert_int_equal(k->sites, naive_sites(w.g, tests, k->configs, set, set));
			if (i) {
				const struct knot *before = &all.knot[i - 1];

				assert_true(before->nnodes > k->nnodes ||
					    (before->nnodes == k->nnodes && before->node[0] <= k->node[0]));
			}
			several += (k->configs & (k->configs - 1)) != 0;
			partial += k->configs != 7;
			check_circle(w.g, tests, k, set);
		}
		drop(&w);
	}
	assert_true(several > 500 && partial > 500);
}

static void a_circle_of_two_configurations_is_none(void **state UNUSED)
{
	struct world w;

	init(&w);
	struct graph_builder *b = graph_builder_new(&w.syms, 2);
	struct graph_node node = { .configs = 3, .members = 1 };
	struct site site = { .configs = 1 };
	pkg_id id[2];

	for (unsigned i = 0; i < 2; i++) {
		node.id = node.label = sym_from(&w.syms, i ? "b" : "a");
		id[i] = graph_add_node(b, &node);
	}
	graph_add_import(b, id[0], id[1], &site);
	site.configs = 2;
	graph_add_import(b, id[1], id[0], &site);
	w.g = graph_freeze(b, &w.arena);
	graph_builder_free(b);
	assert_int_equal(graph_knots(w.g, true, &w.arena).count, 0);
	drop(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(levels_are_parsed),
		cmocka_unit_test(folders_have_the_identity_of_the_table),
		cmocka_unit_test(the_deepest_level_is_the_last_that_unites),
		cmocka_unit_test(knots_are_what_one_configuration_holds),
		cmocka_unit_test(a_circle_of_two_configurations_is_none),
	};

	return cmocka_run_group_tests_name("level", tests, NULL, NULL);
}
