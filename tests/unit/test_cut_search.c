/* SPDX-License-Identifier: MIT */
/*
 * test_cut_search.c - the proof by itself, without the orders that usually find
 * the smallest cut before it begins: from the worst cut there is.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "graph/cut_lp.h"

#include <stdlib.h>

#define N_MAX 13u
#define COVER_MAX 9u

static uint32_t next_random(uint64_t *x)
{
	*x = *x * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(*x >> 33);
}

/* Every pair is joined one way, most of them; some both ways. */
static void dense_net(struct cut_net *net, uint32_t n, uint64_t seed)
{
	struct net_edge *edge = xcalloc((size_t)n * n, sizeof(*edge));
	uint64_t x = seed * 7919 + 1;
	uint32_t m = 0;

	for (uint32_t a = 0; a < n; a++)
		for (uint32_t b = 0; b < a; b++) {
			uint32_t dice = next_random(&x) % 16;

			if (dice < 7 || dice == 15)
				edge[m++] = (struct net_edge){ a, b, 1 + next_random(&x) % 3, 1 };
			if (dice >= 7 && dice < 14)
				edge[m++] = (struct net_edge){ b, a, 1 + next_random(&x) % 3, 1 };
			if (dice == 15)
				edge[m++] = (struct net_edge){ b, a, 1 + next_random(&x) % 3, 1 };
		}
	net_init(net, n, 1, edge, m);
}

/* M. Held's and R. Karp's recurrence: the best last node of each set of nodes. */
static uint64_t least_order(const struct cut_net *net)
{
	uint32_t n = net->nnodes, *cost = xcalloc((size_t)1 << n, sizeof(*cost));
	uint64_t result;

	for (uint32_t set = 1; set < 1u << n; set++) {
		cost[set] = UINT32_MAX;
		for (uint32_t last = 0; last < n; last++) {
			uint32_t back = 0;

			if (!(set >> last & 1))
				continue;
			net_foreach_out(net, last, e)
				if (set >> net->edge[e].to & 1)
					back += net->edge[e].weight;
			back += cost[set & ~(1u << last)];
			cost[set] = back < cost[set] ? back : cost[set];
		}
	}
	result = cost[(1u << n) - 1];
	free(cost);
	return result;
}

/* Searches from the worst cut; true when it had to branch: that leaves a row of one edge. */
static bool search_finds(const struct cut_net *net, uint64_t least)
{
	struct cut_steps steps = { .limit = 400000000 };
	struct cycles cycles = { 0 };
	bool *cut = xcalloc(net->nedges, sizeof(*cut)), branched = false;
	uint32_t *component = xcalloc(net->nnodes, sizeof(*component));
	uint64_t bound;

	for (uint32_t e = 0; e < net->nedges; e++)
		cut[e] = true;
	bound = cut_search(net, &steps, &cycles, 0, cut);
	assert_int_equal(net_weight(net, cut), least);
	assert_int_equal(bound, least);
	for (uint32_t c = 0; c < net->nconfigs; c++)
		assert_int_equal(net_components(net, cut, c, component, &steps), net->nnodes);
	for (uint32_t i = 0; i < cycles.count && !branched; i++)
		branched = cycles.first[i + 1] - cycles.first[i] == 1;
	free(component);
	free(cut);
	cycles_release(&cycles);
	return branched;
}

static void the_search_proves_without_help(void **state UNUSED)
{
	for (uint32_t round = 0; round < 500; round++) {
		struct cut_net net;

		dense_net(&net, 5 + round % (N_MAX - 4), round);
		search_finds(&net, least_order(&net));
		net_release(&net);
	}
}

/*
 * A vertex cover in disguise, where the relaxation is all halves: vertex i is the
 * edge 2i -> 2i + 1, and in configuration k the two ends of edge k are joined to
 * a circle by edges that nobody would cut.  Returns the least cover.
 */
static uint64_t cover_net(struct cut_net *net, uint32_t n, uint64_t seed)
{
	struct net_edge *edge = xcalloc((size_t)n * n + n, sizeof(*edge));
	uint32_t ends[32], price[COVER_MAX], configs = 0, m = 0;
	uint64_t x = seed * 31 + 7, least = UINT64_MAX;

	for (uint32_t a = 0; a < n; a++) {
		price[a] = 1 + next_random(&x) % 4;
		edge[m++] = (struct net_edge){ 2 * a, 2 * a + 1, price[a], 0 };
	}
	for (uint32_t a = 0; a < n; a++)
		for (uint32_t b = 0; b < a && configs < 32; b++) {
			if (next_random(&x) % 4 == 0)
				continue;
			edge[a].configs |= 1u << configs;
			edge[b].configs |= 1u << configs;
			edge[m++] = (struct net_edge){ 2 * a + 1, 2 * b, 1000, 1u << configs };
			edge[m++] = (struct net_edge){ 2 * b + 1, 2 * a, 1000, 1u << configs };
			ends[configs++] = 1u << a | 1u << b;
		}
	for (uint32_t set = 0; set < 1u << n; set++) {
		uint64_t cost = 0;

		for (uint32_t a = 0; a < n; a++)
			cost += set >> a & 1 ? price[a] : 0;
		for (uint32_t k = 0; k < configs; k++)
			cost = set & ends[k] ? cost : UINT64_MAX;
		least = cost < least ? cost : least;
	}
	net_init(net, 2 * n, configs, edge, m);
	return least;
}

static void halves_are_looked_at_both_ways(void **state UNUSED)
{
	uint32_t branched = 0;

	for (uint32_t round = 0; round < 300; round++) {
		struct cut_net net;
		uint64_t least = cover_net(&net, 3 + round % (COVER_MAX - 2), round);

		branched += search_finds(&net, least);
		net_release(&net);
	}
	assert_true(branched > 50);
}

/* Wherever the search stops, what it says is a bound. */
static void a_search_that_is_stopped_keeps_its_word(void **state UNUSED)
{
	for (uint32_t round = 0; round < 1000; round++) {
		struct cut_steps steps = { .limit = 1 + 499 * (round % 100) };
		struct cycles cycles = { 0 };
		struct cut_net net;
		uint64_t least = cover_net(&net, COVER_MAX, round / 100), bound;
		bool *cut = xcalloc(net.nedges, sizeof(*cut));

		for (uint32_t e = 0; e < net.nedges; e++)
			cut[e] = true;
		bound = cut_search(&net, &steps, &cycles, 0, cut);
		assert_true(bound <= least);
		assert_true(net_weight(&net, cut) >= least);
		free(cut);
		cycles_release(&cycles);
		net_release(&net);
	}
}

/* Numbers that claim too much, as rounding errors might: the bound does not believe them. */
static void a_bound_is_checked(void **state UNUSED)
{
	struct net_edge *edge = xcalloc(2, sizeof(*edge));
	const uint32_t circle[] = { 0, 1 };
	struct cycles cycles = { 0 };
	struct cut_net net;
	struct cut_lp lp;

	edge[0] = (struct net_edge){ 0, 1, 3, 1 };
	edge[1] = (struct net_edge){ 1, 0, 5, 1 };
	net_init(&net, 2, 1, edge, 2);
	cycles_add(&cycles, circle, 2);
	cycles_add(&cycles, circle, 2);
	cut_lp_init(&lp, &net, &cycles);
	cut_lp_require(&lp, 0);
	for (uint32_t c = 0; c < lp.ncols; c++) {
		lp.col_var[c] = net.nedges + c;
		lp.price[c] = 4;
	}
	assert_int_equal(cut_lp_bound(&lp), 3);
	lp.kept[0] = true;
	assert_int_equal(cut_lp_bound(&lp), 5);
	cut_lp_release(&lp);
	cycles_release(&cycles);
	net_release(&net);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_search_proves_without_help),
		cmocka_unit_test(halves_are_looked_at_both_ways),
		cmocka_unit_test(a_search_that_is_stopped_keeps_its_word),
		cmocka_unit_test(a_bound_is_checked),
	};

	return cmocka_run_group_tests_name("cut_search", tests, NULL, NULL);
}
