/* SPDX-License-Identifier: MIT */
/*
 * test_metrics.c - coupling, depth and reach on random small graphs against
 * Warshall's closure and plain recursion; the identities between the totals; a
 * balanced tree; and the metrics' rows.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "cmd/metric.h"
#include "graph/metrics.h"
#include "graph/reach.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define N_MAX 9u

struct world {
	struct arena arena;
	struct symtab syms;
	uint64_t state;
	struct graph_builder *b;
	const struct graph *g;
};

static void init(struct world *w, uint64_t seed)
{
	*w = (struct world){ .arena = ARENA_INIT, .state = seed * 31 + 3 };
	symtab_init(&w->syms, &w->arena);
	w->b = graph_builder_new(&w->syms, 2);
}

static uint32_t roll(struct world *w, uint32_t n)
{
	w->state = w->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(w->state >> 33) % n;
}

static void add_node(struct world *w, uint32_t i, uint32_t flags)
{
	struct graph_node node = { .dir = { ID_NONE }, .configs = 3, .members = 1, .flags = flags };

	node.id = node.label = sym_from(&w->syms, arena_printf(&w->arena, "n%06u", i));
	graph_add_node(w->b, &node);
}

static void add_edge(struct world *w, uint32_t from, uint32_t to, uint32_t configs, bool test)
{
	struct site site = { .at = { sym_from(&w->syms, "f.go"), from * 7 + to + 1, 1, 0 },
			     .configs = configs, .test = test };

	graph_add_import(w->b, (pkg_id){ from }, (pkg_id){ to }, &site);
}

static void freeze(struct world *w)
{
	w->g = graph_freeze(w->b, &w->arena);
	graph_builder_free(w->b);
}

static void drop(struct world *w)
{
	symtab_release(&w->syms);
	arena_release(&w->arena);
}

static void random_world(struct world *w, uint64_t seed)
{
	init(w, seed);
	uint32_t n = 1 + roll(w, N_MAX), nedges = roll(w, 3 * n);

	for (uint32_t i = 0; i < n; i++) {
		uint32_t kind = roll(w, 8);

		add_node(w, i, kind == 0 ? NODE_XTEST : kind == 1 ? NODE_TEST_ONLY : 0);
	}
	for (uint32_t i = 0; i < nedges; i++)
		add_edge(w, roll(w, n), roll(w, n), 1 + roll(w, 3), roll(w, 5) == 0);
	freeze(w);
}

struct closure { bool edge[N_MAX][N_MAX], reach[N_MAX][N_MAX]; };

static void close_over(const struct graph *g, struct edge_filter f, struct closure *c)
{
	memset(c, 0, sizeof(*c));
	for (uint32_t p = 0; p < g->npkgs; p++) {
		c->reach[p][p] = true;
		graph_foreach_out(g, p, e)
			if (edge_alive(g, e, f))
				c->edge[p][g->out_to[e]] = c->reach[p][g->out_to[e]] = true;
	}
	for (uint32_t k = 0; k < g->npkgs; k++)
		for (uint32_t i = 0; i < g->npkgs; i++)
			for (uint32_t j = 0; j < g->npkgs; j++)
				c->reach[i][j] |= c->reach[i][k] && c->reach[k][j];
}

static bool together(const struct closure *c, uint32_t a, uint32_t b)
{
	return c->reach[a][b] && c->reach[b][a];
}

/* The longest way down by trying all: from any node of a circle, then out of it. */
static uint32_t depth_of(const struct graph *g, const struct closure *c, uint32_t p)
{
	uint32_t below = 0;

	for (uint32_t a = 0; a < g->npkgs; a++)
		for (uint32_t b = 0; b < g->npkgs && together(c, p, a); b++)
			if (c->edge[a][b] && !together(c, p, b)) {
				uint32_t d = depth_of(g, c, b);

				below = d > below ? d : below;
			}
	return below + 1;
}

static uint32_t circle_of(const struct graph *g, const struct closure *c, uint32_t p)
{
	uint32_t n = 0;

	for (uint32_t q = 0; q < g->npkgs; q++)
		n += together(c, p, q);
	return n;
}

/* The chain is a way of the length that it claims, from circle to circle. */
static void check_chain(const struct graph *g, const struct closure *c,
			const struct graph_metrics *m)
{
	for (uint32_t i = 0; i < m->depth; i++) {
		assert_int_equal(m->chain_size[i], circle_of(g, c, m->chain[i]));
		for (uint32_t p = 0; p < m->chain[i]; p++)
			assert_false(together(c, p, m->chain[i]));
		bool linked = !i;

		for (uint32_t a = 0; i && a < g->npkgs; a++)
			for (uint32_t b = 0; b < g->npkgs; b++)
				linked |= c->edge[a][b] && together(c, a, m->chain[i - 1]) &&
					  together(c, b, m->chain[i]);
		assert_true(linked);
		if (i)
			assert_false(together(c, m->chain[i - 1], m->chain[i]));
	}
}

static void check_totals(const struct graph_metrics *m, uint64_t ccd)
{
	assert_true(m->ccd == ccd);
	if (!m->npkgs) {
		assert_true(isnan(m->acd) && isnan(m->nccd) && isnan(m->cost));
		return;
	}
	/* PC * N is ACD, ACD * N is CCD. */
	assert_true(fabs(m->cost * m->npkgs - m->acd) < 1e-9);
	assert_true(fabs(m->acd * m->npkgs - (double)ccd) < 1e-9);
	assert_true(fabs(m->nccd * metric_tree_ccd(m->npkgs) - (double)ccd) < 1e-9);
	assert_true(m->cost > 0 && m->cost <= 1);
}

static void numbers_are_those_of_brute_force(void **state UNUSED)
{
	uint32_t circles = 0, deepest = 0, undefined = 0, left_out = 0;

	for (uint32_t round = 0; round < 6000; round++) {
		struct graph_metrics m;
		struct closure c;
		struct world w;
		uint32_t n = 0, nedges = 0, depth = 0;
		uint64_t ccd = 0;

		random_world(&w, round);
		bool tests = roll(&w, 2);

		close_over(w.g, (struct edge_filter){ ID_NONE, tests }, &c);
		graph_measure(w.g, tests, &w.arena, &m);
		for (uint32_t p = 0; p < w.g->npkgs; p++) {
			uint32_t ca = 0, ce = 0, reach = 0;

			for (uint32_t q = 0; q < w.g->npkgs; q++) {
				ca += c.edge[q][p];
				ce += c.edge[p][q];
				reach += c.reach[p][q];
			}
			bool counts = tests || ca || ce ||
				      !(w.g->flags[p] & (NODE_XTEST | NODE_TEST_ONLY));

			assert_int_equal(m.counted[p], counts);
			left_out += !counts;
			if (!counts)
				continue;
			n++;
			nedges += ce;
			ccd += reach;
			assert_int_equal(m.node[p].ca, ca);
			assert_int_equal(m.node[p].ce, ce);
			assert_int_equal(m.node[p].reach, reach);
			assert_int_equal(m.node[p].depth, depth_of(w.g, &c, p));
			depth = m.node[p].depth > depth ? m.node[p].depth : depth;
			circles += circle_of(w.g, &c, p) > 1;
			double i = metric_instability(&m.node[p]);

			assert_int_equal(isnan(i), !ca && !ce);
			undefined += isnan(i);
			if (!isnan(i))
				assert_true(i >= 0 && i <= 1 &&
					    fabs(i * (ca + ce) - ce) < 1e-9);
		}
		assert_int_equal(m.npkgs, n);
		assert_int_equal(m.nedges, nedges);
		assert_int_equal(m.depth, depth);
		deepest = depth > deepest ? depth : deepest;
		check_chain(w.g, &c, &m);
		check_totals(&m, ccd);
		drop(&w);
	}
	assert_true(circles > 1000 && deepest >= 6 && undefined > 100 && left_out > 100);
}

/* Whatever memory it may use, the answer is the same. */
static void blocks_of_columns_do_not_matter(void **state UNUSED)
{
	static const size_t bytes[] = { 0, 1, 4096, 20000, (size_t)1 << 30 };
	const uint32_t n = 700;
	struct condensation c;
	struct world w;

	init(&w, 5);
	for (uint32_t i = 0; i < n; i++)
		add_node(&w, i, 0);
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t k = 0; k < 2; k++)
			add_edge(&w, i, roll(&w, 9) ? i + roll(&w, n - i) : roll(&w, n), 1, false);
	freeze(&w);
	uint32_t *want = arena_array(&w.arena, uint32_t, n);

	for (uint32_t p = 0; p < n; p++) {
		bool *seen = xcalloc(n, sizeof(*seen));
		uint32_t *todo = xcalloc(n, sizeof(*todo)), count = 1;

		todo[0] = p;
		seen[p] = true;
		for (uint32_t i = 0; i < count; i++)
			graph_foreach_out(w.g, todo[i], e)
				if (!seen[w.g->out_to[e]]) {
					seen[w.g->out_to[e]] = true;
					todo[count++] = w.g->out_to[e];
				}
		want[p] = count;
		free(seen);
		free(todo);
	}
	graph_condense(w.g, (struct edge_filter){ ID_NONE, false }, &w.arena, &c);
	assert_true(c.ncomps > 20 && c.ncomps < n);
	for (size_t i = 0; i < ARRAY_SIZE(bytes); i++) {
		uint32_t *reach = xcalloc(n, sizeof(*reach));

		graph_reach(&c, n, bytes[i], reach);
		assert_memory_equal(reach, want, n * sizeof(*reach));
		free(reach);
	}
	drop(&w);
}

/* Lakos' yardstick: a balanced binary tree has an NCCD of 1. */
static void a_balanced_tree_is_one(void **state UNUSED)
{
	for (uint32_t levels = 1; levels <= 12; levels++) {
		uint32_t n = (1u << levels) - 1;
		struct graph_metrics m;
		struct world w;

		init(&w, 1);
		for (uint32_t i = 0; i < n; i++)
			add_node(&w, i, 0);
		for (uint32_t i = 1; i < n; i++)
			add_edge(&w, (i - 1) / 2, i, 1, false);
		freeze(&w);
		graph_measure(w.g, false, &w.arena, &m);
		assert_true(fabs(m.nccd - 1) < 1e-9);
		assert_int_equal(m.depth, levels);
		drop(&w);
	}
}

/* A long chain and a circle of all: no recursion, and the known extremes. */
static void extremes(void **state UNUSED)
{
	const uint32_t n = 20000;

	for (uint32_t closed = 0; closed < 2; closed++) {
		struct graph_metrics m;
		struct world w;

		init(&w, 1);
		for (uint32_t i = 0; i < n; i++)
			add_node(&w, i, 0);
		for (uint32_t i = 0; i + !closed < n; i++)
			add_edge(&w, i, (i + 1) % n, 1, false);
		freeze(&w);
		graph_measure(w.g, false, &w.arena, &m);
		assert_int_equal(m.depth, closed ? 1 : n);
		assert_true(m.ccd == (closed ? (uint64_t)n * n : (uint64_t)n * (n + 1) / 2));
		if (closed)
			assert_true(fabs(m.cost - 1) < 1e-12 && m.chain_size[0] == n);
		drop(&w);
	}
	struct graph_metrics m;
	struct world w;

	init(&w, 1);
	freeze(&w);
	graph_measure(w.g, false, &w.arena, &m);
	assert_int_equal(m.npkgs, 0);
	assert_int_equal(m.depth, 0);
	check_totals(&m, 0);
	drop(&w);
}

/* D is the distance from A + I = 1 along one axis; what is not defined stays so. */
static void zones_are_the_far_corners(void **state UNUSED)
{
	assert_true(isnan(metric_abstractness(0, 0)));
	assert_float_equal(metric_abstractness(1, 3), 0.25, 1e-12);
	assert_true(isnan(metric_distance(NAN, 0.5)));
	assert_true(isnan(metric_distance(0.5, NAN)));
	assert_int_equal(metric_zone(NAN, 0), ZONE_NONE);
	assert_int_equal(metric_zone(0, NAN), ZONE_NONE);
	for (int a = 0; a <= 20; a++)
		for (int i = 0; i <= 20; i++) {
			double x = a / 20.0, y = i / 20.0, d = metric_distance(x, y);
			enum metric_zone zone = metric_zone(x, y);

			assert_true(d >= 0 && d <= 1 + 1e-12);
			assert_float_equal(d, metric_distance(y, x), 1e-12);
			assert_float_equal(metric_distance(x, 1 - x), 0, 1e-12);
			if (zone != ZONE_NONE)
				assert_true(d > 0.4);
			assert_int_equal(zone == ZONE_PAIN, a < 2 && i < 6);
			assert_int_equal(zone == ZONE_USELESSNESS, a > 14 && i > 14);
		}
}

static void metrics_are_found_by_id_and_name(void **state UNUSED)
{
	for (unsigned i = 0; i < METRIC_COUNT; i++) {
		const struct metric *m = &metric_rows[i];

		assert_ptr_equal(metric_find(m->id), m);
		assert_ptr_equal(metric_find(m->name), m);
		assert_true(*m->unit && *m->formula && *m->source);
		assert_int_equal(m->meaning[strlen(m->meaning) - 1], '.');
		assert_int_not_equal(m->formula[strlen(m->formula) - 1], '.');
	}
	assert_ptr_equal(metric_find("nccd"), &metric_rows[METRIC_NCCD]);
	assert_ptr_equal(metric_find("Propagation-Cost"), &metric_rows[METRIC_PC]);
	assert_null(metric_find("C"));
	assert_null(metric_find(""));
	assert_null(metric_find("Cab"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_those_of_brute_force),
		cmocka_unit_test(blocks_of_columns_do_not_matter),
		cmocka_unit_test(a_balanced_tree_is_one),
		cmocka_unit_test(extremes),
		cmocka_unit_test(zones_are_the_far_corners),
		cmocka_unit_test(metrics_are_found_by_id_and_name),
	};

	return cmocka_run_group_tests_name("metrics", tests, NULL, NULL);
}
