/* SPDX-License-Identifier: MIT */
/*
 * test_knots.c - knots of random graphs against reachability in each build
 * configuration by itself.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "graph/level.h"

#include <string.h>

struct world {
	struct arena arena;
	struct symtab syms;
	const struct graph *g;
};

static void init(struct world *w)
{
	*w = (struct world){ .arena = ARENA_INIT };
	symtab_init(&w->syms, &w->arena);
}

static void drop(struct world *w)
{
	symtab_release(&w->syms);
	arena_release(&w->arena);
}

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
			/* Mostly everywhere, so that knots of several bits exist. */
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

/* The knots that must be there: node sets and the configurations that hold them. */
struct wanted {
	uint32_t set[CONFIGS * N_MAX], configs[CONFIGS * N_MAX];
	uint32_t n, tied;
};

static uint32_t find_set(const struct wanted *w, uint32_t set)
{
	uint32_t i = 0;

	while (i < w->n && w->set[i] != set)
		i++;
	return i;
}

static void want_knots(const struct graph *g, bool tests, struct wanted *ret)
{
	*ret = (struct wanted){ .n = 0 };
	for (uint32_t c = 0; c < CONFIGS; c++) {
		uint32_t mask[N_MAX];

		mutual(g, (struct edge_filter){ c, tests }, mask);
		for (uint32_t p = 0; p < g->npkgs; p++) {
			uint32_t i = find_set(ret, mask[p]);

			if (!(mask[p] & (mask[p] - 1)))
				continue;
			ret->tied |= mask[p];
			if (i == ret->n)
				ret->set[ret->n++] = mask[p];
			ret->configs[i] |= 1u << c;
		}
	}
}

static void check_knot(const struct graph *g, bool tests, const struct knot *k,
		       const struct wanted *want)
{
	uint32_t set = 0;

	for (uint32_t m = 0; m < k->nnodes; m++) {
		set |= 1u << k->node[m];
		if (m)
			assert_true(k->node[m - 1] < k->node[m]);
	}
	uint32_t i = find_set(want, set);

	assert_true(i < want->n);
	assert_int_equal(k->configs, want->configs[i]);
	assert_int_equal(k->sites, naive_sites(g, tests, k->configs, set, set));
	check_circle(g, tests, k, set);
}

static void knots_are_what_one_configuration_holds(void **state UNUSED)
{
	uint32_t several = 0, partial = 0;

	for (uint32_t round = 0; round < 6000; round++) {
		struct world w;
		struct wanted want;
		bool tests = round % 2;
		uint32_t ntied = 0;

		random_graph(&w, round);
		want_knots(w.g, tests, &want);
		struct knots all = graph_knots(w.g, tests, &w.arena);

		assert_int_equal(all.count, want.n);
		for (uint32_t p = 0; p < N_MAX; p++)
			ntied += want.tied >> p & 1;
		assert_int_equal(all.tied, ntied);
		for (uint32_t i = 0; i < all.count; i++) {
			const struct knot *k = &all.knot[i], *before = i ? k - 1 : k;

			check_knot(w.g, tests, k, &want);
			assert_true(before->nnodes >= k->nnodes);
			if (before->nnodes == k->nnodes)
				assert_true(before->node[0] <= k->node[0]);
			several += (k->configs & (k->configs - 1)) != 0;
			partial += k->configs != 7;
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
		cmocka_unit_test(knots_are_what_one_configuration_holds),
		cmocka_unit_test(a_circle_of_two_configurations_is_none),
	};

	return cmocka_run_group_tests_name("knots", tests, NULL, NULL);
}
