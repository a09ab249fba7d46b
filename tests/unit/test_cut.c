/* SPDX-License-Identifier: MIT */
/*
 * test_cut.c - cuts of random knots against all cuts there are, their payoff
 * against reachability, configuration by configuration.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "graph/cut.h"

#include <stdlib.h>
#include <string.h>

#define N_MAX 14u
#define CONFIGS 3u

struct world {
	struct arena arena;
	struct symtab syms;
	struct graph_builder *b;
	const struct graph *g;
};

static void init(struct world *w, uint32_t nodes, uint32_t nconfigs)
{
	*w = (struct world){ .arena = ARENA_INIT };
	symtab_init(&w->syms, &w->arena);
	w->b = graph_builder_new(&w->syms, nconfigs);
	for (uint32_t i = 0; i < nodes; i++) {
		struct graph_node node = { .dir = { ID_NONE }, .configs = 7, .members = 1 };

		node.id = node.label = sym_from(&w->syms, arena_printf(&w->arena, "n%05u", i));
		graph_add_node(w->b, &node);
	}
}

static void drop(struct world *w)
{
	symtab_release(&w->syms);
	arena_release(&w->arena);
}

static void freeze(struct world *w)
{
	w->g = graph_freeze(w->b, &w->arena);
	graph_builder_free(w->b);
}

static uint32_t next_random(uint64_t *x)
{
	*x = *x * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(*x >> 33);
}

static void import(struct world *w, uint32_t from, uint32_t to, uint32_t line, uint32_t configs,
		   bool test)
{
	struct site site = { .at = { sym_from(&w->syms, "f.go"), line, 1, 0 },
			     .configs = configs, .test = test };

	graph_add_import(w->b, (pkg_id){ from }, (pkg_id){ to }, &site);
}

/* Edges of one to five import lines; with `mixed` not all in all configurations, some of tests. */
static void random_graph(struct world *w, uint32_t n, uint32_t edges, uint32_t nconfigs, bool mixed,
			 uint64_t seed)
{
	uint64_t x = seed * 7919 + 17;
	uint32_t line = 0;

	init(w, n, nconfigs);
	for (uint32_t i = 0; i < edges; i++) {
		uint32_t from = next_random(&x) % n, to = next_random(&x) % n;
		uint32_t lines = 1 + next_random(&x) % 5, all = (1u << nconfigs) - 1;

		while (lines--) {
			uint32_t some = next_random(&x) % 3 ? all : 1 + next_random(&x) % all;

			import(w, from, to, ++line, mixed ? some : all,
			       mixed && next_random(&x) % 8 == 0);
		}
	}
	freeze(w);
}

/* A knot as matrices, its nodes numbered from 0. */
struct matrix {
	uint32_t n, nconfigs;
	uint32_t out[CONFIGS][N_MAX];   /* bit set; only the knot's own configurations */
	uint32_t lines[N_MAX][N_MAX];
	uint32_t weight[N_MAX][N_MAX];  /* as told, or the lines */
};

static uint32_t place_in(const struct knot *k, uint32_t node)
{
	for (uint32_t i = 0; i < k->nnodes; i++)
		if (k->node[i] == node)
			return i;
	return ID_NONE;
}

static void matrix_of(const struct graph *g, const struct knot *k, bool tests,
		      const uint32_t *weight, struct matrix *m)
{
	*m = (struct matrix){ .n = k->nnodes };
	for (uint32_t c = 0; c < g->nconfigs; c++) {
		if (!(k->configs >> c & 1))
			continue;
		for (uint32_t i = 0; i < m->n; i++)
			graph_foreach_out(g, k->node[i], e) {
				const struct edge_filter f = { c, tests };
				uint32_t to = place_in(k, g->out_to[e]);

				if (to != ID_NONE && edge_alive(g, e, f))
					m->out[m->nconfigs][i] |= 1u << to;
			}
		m->nconfigs++;
	}
	for (uint32_t i = 0; i < m->n; i++)
		graph_foreach_out(g, k->node[i], e) {
			uint32_t to = place_in(k, g->out_to[e]);

			if (to == ID_NONE)
				continue;
			for (uint32_t s = g->site_first[e]; s < g->site_first[e + 1]; s++)
				m->lines[i][to] += (g->site[s].configs & k->configs) &&
						   (tests || !g->site[s].test);
			m->weight[i][to] = weight ? weight[e] : m->lines[i][to];
		}
}

static void remove_edge(struct matrix *m, uint32_t from, uint32_t to)
{
	for (uint32_t c = 0; c < m->nconfigs; c++)
		m->out[c][from] &= ~(1u << to);
}

/* Nodes that lie on a circle of some configuration: by reachability, no depth-first search. */
static uint32_t tied_set(const struct matrix *m)
{
	uint32_t tied = 0;

	for (uint32_t c = 0; c < m->nconfigs; c++) {
		uint32_t reach[N_MAX];

		memcpy(reach, m->out[c], sizeof(reach));
		for (uint32_t k = 0; k < m->n; k++)
			for (uint32_t i = 0; i < m->n; i++)
				if (reach[i] >> k & 1)
					reach[i] |= reach[k];
		for (uint32_t i = 0; i < m->n; i++)
			if (reach[i] >> i & 1)
				tied |= 1u << i;
	}
	return tied;
}

static uint32_t count_bits(uint32_t set)
{
	uint32_t n = 0;

	for (; set; set &= set - 1)
		n++;
	return n;
}

/* A shortest circle of any configuration: its nodes; 0 when there is none. */
static uint32_t some_circle(const struct matrix *m, uint32_t node[N_MAX])
{
	uint32_t best = 0;

	for (uint32_t c = 0; c < m->nconfigs; c++)
		for (uint32_t start = 0; start < m->n; start++) {
			uint32_t parent[N_MAX] = { 0 }, queue[N_MAX], seen = 0, n = 0;
			uint32_t head = 0, tail = 0;

			queue[tail++] = start;
			while (head < tail && !(seen >> start & 1)) {
				uint32_t p = queue[head++], fresh = m->out[c][p] & ~seen;

				seen |= fresh;
				for (uint32_t q = 0; q < m->n; q++)
					if (fresh >> q & 1) {
						parent[q] = p;
						if (q != start)
							queue[tail++] = q;
					}
			}
			if (!(seen >> start & 1))
				continue;
			uint32_t path[N_MAX];

			for (uint32_t p = parent[start]; p != start; p = parent[p])
				path[n++] = p;
			path[n++] = start;
			if (best && n >= best)
				continue;
			best = n;
			for (uint32_t i = 0; i < n; i++)
				node[i] = path[n - 1 - i];
		}
	return best;
}

/*
 * The least weight of any cut: of each circle one edge must go, so all are tried
 * in turn; those that were tried before stay.
 */
static uint32_t least_cut(const struct matrix *m, const uint32_t stays[N_MAX], uint32_t spent,
			  uint32_t best)
{
	uint32_t node[N_MAX], n = some_circle(m, node), kept[N_MAX];

	if (!n)
		return spent < best ? spent : best;
	memcpy(kept, stays, sizeof(kept));
	for (uint32_t i = 0; i < n; i++) {
		uint32_t from = node[i], to = node[(i + 1) % n];
		struct matrix less = *m;

		if (kept[from] >> to & 1)
			continue;
		kept[from] |= 1u << to;
		if (spent + m->weight[from][to] >= best)
			continue;
		remove_edge(&less, from, to);
		uint32_t stay[N_MAX];

		memcpy(stay, kept, sizeof(stay));
		stay[from] &= ~(1u << to);
		best = least_cut(&less, stay, spent + m->weight[from][to], best);
	}
	return best;
}

/* The same by R. Held's and M. Karp's recurrence over sets of nodes; one configuration. */
static uint32_t least_order(const struct matrix *m)
{
	uint32_t *cost = calloc((size_t)1 << m->n, sizeof(*cost)), result;

	assert_non_null(cost);
	for (uint32_t set = 1; set < 1u << m->n; set++) {
		cost[set] = UINT32_MAX;
		for (uint32_t last = 0; last < m->n; last++) {
			uint32_t back = 0;

			if (!(set >> last & 1))
				continue;
			for (uint32_t to = 0; to < m->n; to++)
				if (set >> to & 1 && m->out[0][last] >> to & 1)
					back += m->weight[last][to];
			back += cost[set & ~(1u << last)];
			cost[set] = back < cost[set] ? back : cost[set];
		}
	}
	result = cost[(1u << m->n) - 1];
	free(cost);
	return result;
}

static uint32_t freed_by(const struct matrix *m, const struct cut_edge *e, uint32_t n,
			 const struct knot *k)
{
	struct matrix less = *m;

	for (uint32_t i = 0; i < n; i++)
		remove_edge(&less, place_in(k, e[i].from), place_in(k, e[i].to));
	return count_bits(tied_set(m)) - count_bits(tied_set(&less));
}

/* No edge that is left pays better than the step that was chosen. */
static void check_step(const struct matrix *m, const struct knot *k, const struct cut *cut,
		       uint32_t first, uint32_t end)
{
	uint32_t freed = freed_by(m, cut->edge + first, end - first, k), weight = 0;

	for (uint32_t i = first; i < end; i++)
		weight += cut->edge[i].weight;
	for (uint32_t i = first; i < cut->nedges; i++)
		assert_true(freed * cut->edge[i].weight >=
			    freed_by(m, cut->edge + i, 1, k) * weight);
}

static void check_payoff(const struct matrix *whole, const struct knot *k, const struct cut *cut)
{
	struct matrix m = *whole;
	uint32_t tied = k->nnodes, steps = 0;

	for (uint32_t i = 0, end; i < cut->nedges; i = end) {
		for (end = i; end < cut->nedges && cut->edge[end].step == cut->edge[i].step; end++)
			;
		assert_int_equal(cut->edge[i].step, steps++);
		check_step(&m, k, cut, i, end);
		for (uint32_t e = i; e < end; e++) {
			remove_edge(&m, place_in(k, cut->edge[e].from),
				    place_in(k, cut->edge[e].to));
			assert_int_equal(cut->edge[e].tied_before, tied);
			tied = count_bits(tied_set(&m));
			assert_int_equal(cut->edge[e].tied_after, tied);
		}
	}
	assert_int_equal(tied, 0);
}

static void check_cut(const struct graph *g, const struct knot *k, const struct matrix *m,
		      const struct cut *cut)
{
	struct matrix left = *m;
	uint32_t lines = 0, weight = 0;

	for (uint32_t i = 0; i < cut->nedges; i++) {
		const struct cut_edge *e = &cut->edge[i];
		uint32_t from = place_in(k, e->from), to = place_in(k, e->to);

		assert_int_equal(graph_find_edge(g, (pkg_id){ e->from }, (pkg_id){ e->to }),
				 e->edge);
		assert_true(from != ID_NONE && to != ID_NONE);
		assert_int_equal(e->lines, m->lines[from][to]);
		assert_int_equal(e->weight, m->weight[from][to]);
		lines += e->lines;
		weight += e->weight;
		remove_edge(&left, from, to);
	}
	assert_int_equal(tied_set(&left), 0);
	assert_int_equal(lines, cut->lines);
	assert_int_equal(weight, cut->weight);
	assert_true(cut->bound <= cut->weight);
	assert_int_equal(cut->optimal, cut->bound == cut->weight);
	/* Nothing is cut in vain. */
	for (uint32_t i = 0; i < cut->nedges; i++) {
		uint32_t from = place_in(k, cut->edge[i].from), to = place_in(k, cut->edge[i].to);
		struct matrix more = left;

		for (uint32_t c = 0; c < m->nconfigs; c++)
			more.out[c][from] |= m->out[c][from] & 1u << to;
		assert_int_not_equal(tied_set(&more), 0);
	}
}

static void check_same(const struct graph *g, const struct knot *k, bool tests,
		       const uint32_t *weight, const struct cut *cut, struct arena *arena)
{
	struct cut again;

	graph_cut(g, k, tests, weight, arena, &again);
	assert_int_equal(again.nedges, cut->nedges);
	assert_int_equal(again.steps, cut->steps);
	assert_memory_equal(again.edge, cut->edge, cut->nedges * sizeof(*cut->edge));
}

struct tally { uint32_t knots, optimal, several, groups; };

static void check_knots(const struct graph *g, bool tests, bool one, const uint32_t *weight,
			struct arena *arena, struct tally *tally)
{
	struct knots all = graph_knots(g, tests, arena);

	for (uint32_t i = 0; i < all.count; i++) {
		const struct knot *k = &all.knot[i];
		uint32_t none[N_MAX] = { 0 }, least;
		struct matrix m;
		struct cut cut;

		matrix_of(g, k, tests, weight, &m);
		graph_cut(g, k, tests, weight, arena, &cut);
		check_cut(g, k, &m, &cut);
		check_payoff(&m, k, &cut);
		check_same(g, k, tests, weight, &cut, arena);
		least = one ? least_order(&m) : least_cut(&m, none, 0, UINT32_MAX);
		assert_true(cut.bound <= least);
		assert_true(cut.weight >= least);
		if (cut.optimal)
			assert_int_equal(cut.weight, least);
		tally->knots++;
		tally->optimal += cut.optimal;
		tally->several += m.nconfigs > 1 && memcmp(m.out[0], m.out[1], sizeof(m.out[0]));
		for (uint32_t e = 1; e < cut.nedges; e++)
			tally->groups += cut.edge[e].step == cut.edge[e - 1].step;
	}
}

static void cuts_of_one_configuration_are_smallest(void **state UNUSED)
{
	struct tally tally = { 0 };

	for (uint32_t round = 0; round < 3000; round++) {
		uint32_t n = 2 + round % (N_MAX - 1);
		struct world w;

		if (n > 10 && round % 10)
			continue;
		random_graph(&w, n, n + round / 3 % (3 * n), 1, false, round);
		check_knots(w.g, false, true, NULL, &w.arena, &tally);
		drop(&w);
	}
	assert_true(tally.knots > 1500 && tally.groups > 100);
	/* None of these is too hard. */
	assert_int_equal(tally.optimal, tally.knots);
}

static void cuts_of_several_configurations_are_smallest(void **state UNUSED)
{
	struct tally tally = { 0 };

	for (uint32_t round = 0; round < 6000; round++) {
		uint32_t n = 2 + round % 8;
		struct world w;

		random_graph(&w, n, n + round / 3 % (2 * n), 2 + round % 2, true, round);
		check_knots(w.g, round % 2, false, NULL, &w.arena, &tally);
		drop(&w);
	}
	assert_true(tally.knots > 3000 && tally.several > 300 && tally.groups > 500);
	assert_int_equal(tally.optimal, tally.knots);
}

/* Weights that have nothing to do with lines: a thin edge may be dear, a thick one cheap. */
static const uint32_t *random_weights(struct world *w, uint64_t seed)
{
	uint32_t *weight = arena_array(&w->arena, uint32_t, w->g->nedges);
	uint64_t x = seed * 104729 + 5;

	for (uint32_t e = 0; e < w->g->nedges; e++)
		weight[e] = 1 + next_random(&x) % (next_random(&x) % 4 ? 9 : 1000);
	return weight;
}

static void weighted_cuts_are_lightest(void **state UNUSED)
{
	struct tally one = { 0 }, several = { 0 };

	for (uint32_t round = 0; round < 6000; round++) {
		uint32_t n = 2 + round % 8, configs = 1 + round % 3;
		struct world w;

		random_graph(&w, n, n + round / 3 % (2 * n), configs, configs > 1, round);
		check_knots(w.g, configs > 1 && round % 2, configs == 1, random_weights(&w, round),
			    &w.arena, configs == 1 ? &one : &several);
		drop(&w);
	}
	assert_true(one.knots > 1000 && several.knots > 2000 && several.several > 100);
	assert_true(one.groups + several.groups > 500);
	assert_int_equal(one.optimal + several.optimal, one.knots + several.knots);
}

/* One line that uses much, two lines that use little: which is cut depends on the weight. */
static void the_weight_decides(void **state UNUSED)
{
	static const uint32_t weight[] = { 5, 2 };
	struct world w;
	struct cut cut;

	init(&w, 2, 1);
	import(&w, 0, 1, 1, 1, false);
	import(&w, 1, 0, 2, 1, false);
	import(&w, 1, 0, 3, 1, false);
	freeze(&w);
	struct knots all = graph_knots(w.g, false, &w.arena);

	graph_cut(w.g, &all.knot[0], false, NULL, &w.arena, &cut);
	assert_int_equal(cut.edge[0].from, 0);
	assert_int_equal(cut.weight, 1);
	graph_cut(w.g, &all.knot[0], false, weight, &w.arena, &cut);
	assert_int_equal(cut.edge[0].from, 1);
	assert_int_equal(cut.weight, 2);
	assert_int_equal(cut.lines, 2);
	assert_int_equal(cut.bound, 2);
	drop(&w);
}

/* One ring clockwise on one platform, the other way on the next: both at once exist nowhere. */
static void what_no_configuration_holds_is_not_cut(void **state UNUSED)
{
	struct world w;
	struct cut cut;

	init(&w, 3, 2);
	for (uint32_t i = 0; i < 3; i++) {
		import(&w, i, (i + 1) % 3, 2 * i + 1, 1, false);
		import(&w, (i + 1) % 3, i, 2 * i + 2, 2, false);
	}
	freeze(&w);
	struct knots all = graph_knots(w.g, false, &w.arena);

	assert_int_equal(all.count, 1);
	assert_int_equal(all.knot[0].configs, 3);
	graph_cut(w.g, &all.knot[0], false, NULL, &w.arena, &cut);
	assert_int_equal(cut.lines, 2);
	assert_true(cut.optimal);
	drop(&w);
}

/* Two rings that share a node: the cheaper edge of each, that of the larger ring first. */
static void the_larger_ring_goes_first(void **state UNUSED)
{
	static const uint32_t ring[][3] = {
		{ 0, 1, 1 }, { 1, 0, 2 }, { 0, 2, 3 }, { 2, 3, 3 }, { 3, 4, 1 }, { 4, 0, 3 },
	};
	struct world w;
	struct cut cut;
	uint32_t line = 0;

	init(&w, 5, 1);
	for (size_t i = 0; i < ARRAY_SIZE(ring); i++)
		for (uint32_t n = 0; n < ring[i][2]; n++)
			import(&w, ring[i][0], ring[i][1], ++line, 1, false);
	freeze(&w);
	struct knots all = graph_knots(w.g, false, &w.arena);

	graph_cut(w.g, &all.knot[0], false, NULL, &w.arena, &cut);
	assert_int_equal(cut.nedges, 2);
	assert_int_equal(cut.lines, 2);
	assert_int_equal(cut.edge[0].from, 3);
	assert_int_equal(cut.edge[0].tied_before, 5);
	assert_int_equal(cut.edge[0].tied_after, 2);
	assert_int_equal(cut.edge[1].from, 0);
	assert_int_equal(cut.edge[1].tied_after, 0);
	drop(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cuts_of_one_configuration_are_smallest),
		cmocka_unit_test(cuts_of_several_configurations_are_smallest),
		cmocka_unit_test(weighted_cuts_are_lightest),
		cmocka_unit_test(the_weight_decides),
		cmocka_unit_test(what_no_configuration_holds_is_not_cut),
		cmocka_unit_test(the_larger_ring_goes_first),
	};

	return cmocka_run_group_tests_name("cut", tests, NULL, NULL);
}
