/* SPDX-License-Identifier: MIT */
/*
 * test_reduce.c - transitive reduction and the order of a matrix against brute
 * force on thousands of random graphs: reachability as before, no edge that could
 * be missed, no mark above the diagonal without a circle.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "graph/partition.h"
#include "graph/reduce.h"

#include <stdlib.h>
#include <string.h>

#define N_MAX 10u
#define ROUNDS 4000u

struct world {
	struct arena arena;
	struct symtab syms;
	uint64_t state;
	const struct graph *g;
	uint32_t n;
	bool *edge, *keep;
	uint32_t *weight;
};

static uint32_t roll(struct world *w, uint32_t n)
{
	w->state = w->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(w->state >> 33) % n;
}

/* `n` nodes and `m` imports; acyclic: from higher numbers to lower ones in a mixed order. */
static void make(struct world *w, uint64_t seed, uint32_t n, uint32_t m, bool acyclic)
{
	*w = (struct world){ .arena = ARENA_INIT, .state = seed * 977 + 5, .n = n };
	symtab_init(&w->syms, &w->arena);
	struct graph_builder *b = graph_builder_new(&w->syms, 1);
	pkg_id *id = arena_array(&w->arena, pkg_id, n);

	for (uint32_t i = 0; i < n; i++) {
		sym_id name = sym_from(&w->syms, arena_printf(&w->arena, "%u-%u", i * 7919 % n, i));
		const struct graph_node node = {
			.id = name, .label = name, .dir = { i }, .configs = 1, .members = 1,
		};

		id[i] = graph_add_node(b, &node);
	}
	for (uint32_t i = 0; i < m; i++) {
		uint32_t from = roll(w, n), to = roll(w, n);
		const struct site site = {
			.at = { sym_from(&w->syms, "x.go"), i + 1, 1, 0 }, .configs = 1,
		};

		if (acyclic && from < to) {
			uint32_t other = from;

			from = to;
			to = other;
		}
		graph_add_import(b, id[from], id[to], &site);
	}
	w->g = graph_freeze(b, &w->arena);
	graph_builder_free(b);
	w->edge = arena_array(&w->arena, bool, w->g->nedges);
	w->keep = arena_array(&w->arena, bool, w->g->nedges);
	w->weight = arena_array(&w->arena, uint32_t, w->g->nedges);
	for (uint32_t e = 0; e < w->g->nedges; e++) {
		w->edge[e] = roll(w, 8) != 0;
		w->weight[e] = 1 + roll(w, 3);
	}
}

static void drop(struct world *w)
{
	symtab_release(&w->syms);
	arena_release(&w->arena);
}

/* Warshall, over the edges that are left, without one of them. */
static void closure(const struct graph *g, const bool *edge, uint32_t without, bool *ret)
{
	uint32_t n = g->npkgs;

	memset(ret, 0, (size_t)n * n);
	for (uint32_t p = 0; p < n; p++)
		graph_foreach_out(g, p, e)
			if (edge[e] && e != without)
				ret[p * n + g->out_to[e]] = true;
	for (uint32_t k = 0; k < n; k++)
		for (uint32_t i = 0; i < n; i++)
			for (uint32_t j = 0; j < n; j++)
				ret[i * n + j] |= ret[i * n + k] && ret[k * n + j];
}

static void reduction_keeps_reachability(void **state UNUSED)
{
	bool before[N_MAX * N_MAX], after[N_MAX * N_MAX], less[N_MAX * N_MAX];
	uint64_t gone = 0, tied = 0;

	for (uint32_t round = 0; round < ROUNDS; round++) {
		struct world w;

		make(&w, round, 1 + round % N_MAX, round % 37, round % 3 == 0);
		size_t cells = (size_t)w.n * w.n;
		bool *was = arena_array(&w.arena, bool, w.g->nedges);

		memcpy(was, w.edge, w.g->nedges);
		closure(w.g, w.edge, ID_NONE, before);
		graph_reduce(w.g, w.weight, NULL, w.edge);
		closure(w.g, w.edge, ID_NONE, after);
		assert_memory_equal(before, after, cells);
		for (uint32_t p = 0; p < w.n; p++) {
			graph_foreach_out(w.g, p, e) {
				uint32_t q = w.g->out_to[e];
				bool inside = before[p * w.n + q] && before[q * w.n + p];

				gone += was[e] && !w.edge[e];
				assert_true(was[e] || !w.edge[e]);
				if (was[e] && inside) {
					assert_true(w.edge[e]);
					tied++;
				}
				if (!w.edge[e] || inside)
					continue;
				/* Minimal: without this one something is out of reach. */
				closure(w.g, w.edge, e, less);
				assert_memory_not_equal(before, less, cells);
			}
		}
		drop(&w);
	}
	assert_true(gone > 2000 && tied > 2000);
}

/* Of several edges between two circles the heaviest stays; what must stay does. */
static void reduction_keeps_what_it_should(void **state UNUSED)
{
	for (uint32_t round = 0; round < ROUNDS; round++) {
		bool before[N_MAX * N_MAX], after[N_MAX * N_MAX];
		struct world w;

		make(&w, round + 90000, 1 + round % N_MAX, round % 41, false);
		bool *was = arena_array(&w.arena, bool, w.g->nedges);
		bool *free_choice = arena_array(&w.arena, bool, w.g->nedges);

		memcpy(was, w.edge, w.g->nedges);
		memcpy(free_choice, w.edge, w.g->nedges);
		for (uint32_t e = 0; e < w.g->nedges; e++)
			w.keep[e] = roll(&w, 4) == 0;
		closure(w.g, was, ID_NONE, before);
		graph_reduce(w.g, w.weight, w.keep, w.edge);
		graph_reduce(w.g, w.weight, NULL, free_choice);
		closure(w.g, w.edge, ID_NONE, after);
		assert_memory_equal(before, after, (size_t)w.n * w.n);
		for (uint32_t e = 0; e < w.g->nedges; e++)
			assert_int_equal(w.edge[e], free_choice[e] || (was[e] && w.keep[e]));
		drop(&w);
	}
}

/* Blocks of one word a row give what one block gives. */
static void blocks_do_not_matter(void **state UNUSED)
{
	struct world w;

	make(&w, 7, 700, 4000, true);
	uint32_t *first = arena_array(&w.arena, uint32_t, w.n + 1);
	uint32_t *next = arena_array(&w.arena, uint32_t, 4000);
	bool *narrow = arena_array(&w.arena, bool, 4000), *wide = arena_array(&w.arena, bool, 4000);
	uint32_t n = 0, spare = 0;

	for (uint32_t c = 0; c < w.n; c++) {
		for (uint32_t d = 0; d < c; d++)
			if (n < 4000 && roll(&w, 60) == 0)
				next[n++] = d;
		first[c + 1] = n;
	}
	reduce_condensed(w.n, first, next, 1, narrow);
	reduce_condensed(w.n, first, next, SIZE_MAX / 2, wide);
	assert_memory_equal(narrow, wide, n);
	for (uint32_t i = 0; i < n; i++)
		spare += wide[i];
	assert_true(spare > n / 4 && spare < n);
	drop(&w);
}

static void check_order(const struct world *w, const struct partition *p, const bool *node,
			const bool *reach)
{
	const struct graph *g = w->g;
	uint32_t at[N_MAX], n = 0;

	memset(at, 0xff, sizeof(at));
	for (uint32_t i = 0; i < p->count; i++) {
		assert_true(node[p->node[i]] && at[p->node[i]] == ID_NONE);
		at[p->node[i]] = i;
	}
	for (uint32_t i = 0; i < w->n; i++)
		n += node[i];
	assert_int_equal(n, p->count);
	for (uint32_t a = 0; a < w->n; a++) {
		graph_foreach_out(g, a, e) {
			uint32_t b = g->out_to[e];

			if (!w->edge[e] || !node[a] || !node[b])
				continue;
			bool tied = reach[b * w->n + a];

			assert_int_equal(tied, p->circle[at[a]] &&
				p->circle[at[a]] == p->circle[at[b]]);
			/* Above the diagonal is what closes a circle, nothing else. */
			if (!tied)
				assert_true(at[b] < at[a]);
		}
	}
	/* A circle is one block. */
	for (uint32_t i = 1; i < p->count; i++)
		for (uint32_t k = 0; k + 1 < i; k++)
			if (p->circle[i] && p->circle[k] == p->circle[i])
				assert_int_equal(p->circle[i - 1], p->circle[i]);
}

static void only_circles_are_above_the_diagonal(void **state UNUSED)
{
	bool reach[N_MAX * N_MAX];
	uint64_t circles = 0;

	for (uint32_t round = 0; round < ROUNDS; round++) {
		struct world w;
		bool node[N_MAX];
		uint32_t rank[N_MAX];
		struct partition p;

		make(&w, round + 5000, 1 + round % N_MAX, round % 31, round % 4 == 0);
		for (uint32_t i = 0; i < w.n; i++) {
			node[i] = roll(&w, 6) != 0;
			rank[i] = roll(&w, 4);
		}
		for (uint32_t i = 0; i < w.n; i++)
			graph_foreach_out(w.g, i, e)
				w.edge[e] &= round % 2 || (node[i] && node[w.g->out_to[e]]);
		const struct partition_input in = {
			.graph = w.g, .node = node, .edge = w.edge, .rank = rank,
			.weight = round % 5 ? w.weight : NULL,
		};

		graph_partition(&in, &w.arena, &p);
		for (uint32_t i = 0; i < w.n; i++)
			graph_foreach_out(w.g, i, e)
				w.edge[e] &= node[i] && node[w.g->out_to[e]];
		closure(w.g, w.edge, ID_NONE, reach);
		check_order(&w, &p, node, reach);
		circles += p.ncircles;
		drop(&w);
	}
	assert_true(circles > 500);
}

/* What the cut leaves is below the diagonal: above it stand cut edges only. */
static void cut_edges_are_the_feedback(void **state UNUSED)
{
	uint32_t feedback = 0;

	for (uint32_t round = 0; round < ROUNDS; round++) {
		struct world w;
		bool node[N_MAX], after[N_MAX * N_MAX];
		struct partition p;
		uint32_t at[N_MAX];

		make(&w, round + 40000, 2 + round % (N_MAX - 1), round % 31, false);
		memset(node, true, sizeof(node));
		/* Any edges that leave no circle: those that lead up in some order. */
		for (uint32_t i = 0; i < w.n; i++)
			graph_foreach_out(w.g, i, e)
				w.keep[e] = w.g->out_to[e] > i;
		const struct partition_input in = {
			.graph = w.g, .node = node, .edge = w.edge, .cut = w.keep,
		};

		graph_partition(&in, &w.arena, &p);
		closure(w.g, w.edge, ID_NONE, after);
		for (uint32_t i = 0; i < p.count; i++)
			at[p.node[i]] = i;
		for (uint32_t i = 0; i < w.n; i++)
			graph_foreach_out(w.g, i, e)
				if (w.edge[e] && at[w.g->out_to[e]] > at[i]) {
					assert_true(w.keep[e]);
					feedback++;
				}
		drop(&w);
	}
	assert_true(feedback > 500);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reduction_keeps_reachability),
		cmocka_unit_test(reduction_keeps_what_it_should),
		cmocka_unit_test(blocks_do_not_matter),
		cmocka_unit_test(only_circles_are_above_the_diagonal),
		cmocka_unit_test(cut_edges_are_the_feedback),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
