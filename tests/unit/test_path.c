/* SPDX-License-Identifier: MIT */
/*
 * test_path.c - paths, ways without a common edge, and who leads where, on
 * thousands of random small graphs: against all-pairs shortest paths, minimum
 * cuts by trying every set of nodes, and reachability.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "graph/path.h"
#include "graph/reach.h"

#include <string.h>

#define N_MAX 9u
#define CONFIGS 3u
#define FAR 99u

struct world {
	struct arena arena;
	struct symtab syms;
	uint64_t state;
	bool tests;
	const struct graph *g;
};

static uint32_t roll(struct world *w, uint32_t n)
{
	w->state = w->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(w->state >> 33) % n;
}

static void make_world(struct world *w, uint64_t seed)
{
	*w = (struct world){ .arena = ARENA_INIT, .state = seed * 131 + 7 };
	symtab_init(&w->syms, &w->arena);
	struct graph_builder *b = graph_builder_new(&w->syms, CONFIGS);
	uint32_t n = 2 + roll(w, N_MAX - 1), nsites = roll(w, 6 * n);

	for (uint32_t i = 0; i < n; i++) {
		struct graph_node node = { .dir = { ID_NONE }, .configs = 7, .members = 1 };

		node.id = node.label = sym_from(&w->syms, arena_printf(&w->arena, "n%u", i));
		graph_add_node(b, &node);
	}
	for (uint32_t i = 0; i < nsites; i++) {
		struct site site = {
			.at = { sym_from(&w->syms, "f.go"), i + 1, 1, 0 },
			.configs = roll(w, 3) ? 7 : 1 + roll(w, 7), .test = roll(w, 5) == 0,
		};

		graph_add_import(b, (pkg_id){ roll(w, n) }, (pkg_id){ roll(w, n) }, &site);
	}
	w->g = graph_freeze(b, &w->arena);
	graph_builder_free(b);
	w->tests = roll(w, 2);
}

static void drop_world(struct world *w)
{
	symtab_release(&w->syms);
	arena_release(&w->arena);
}

/* R. Floyd and S. Warshall: dist[a][b], 0 on the diagonal, FAR for none. */
static void distances(const struct graph *g, struct edge_filter f, uint32_t dist[N_MAX][N_MAX])
{
	for (uint32_t a = 0; a < g->npkgs; a++) {
		for (uint32_t b = 0; b < g->npkgs; b++)
			dist[a][b] = a == b ? 0 : FAR;
		graph_foreach_out(g, a, e)
			if (edge_alive(g, e, f))
				dist[a][g->out_to[e]] = 1;
	}
	for (uint32_t k = 0; k < g->npkgs; k++)
		for (uint32_t a = 0; a < g->npkgs; a++)
			for (uint32_t b = 0; b < g->npkgs; b++)
				if (dist[a][k] + dist[k][b] < dist[a][b])
					dist[a][b] = dist[a][k] + dist[k][b];
}

static uint32_t row_of(const struct graph *g, uint32_t edge)
{
	uint32_t p = 0;

	while (g->out_first[p + 1] <= edge)
		p++;
	return p;
}

/* A chain of live edges from one end to the other, and exactly the configurations that hold it. */
static void check_path(const struct world *w, struct edge_filter f, const struct path *path,
		       uint32_t from, uint32_t to)
{
	const struct graph *g = w->g;
	uint32_t at = from, configs = UINT32_MAX;

	assert_true(path->nedges > 0);
	for (uint32_t i = 0; i < path->nedges; i++) {
		uint32_t e = path->edge[i];

		assert_int_equal(row_of(g, e), at);
		assert_true(edge_alive(g, e, f));
		at = g->out_to[e];
		configs &= g->out_configs[e] | (f.tests ? g->out_test[e] : 0);
	}
	assert_int_equal(at, to);
	assert_int_equal(path->configs, configs);
	if (f.config != ID_NONE)
		assert_true(path->configs >> f.config & 1);
}

static void shortest_paths_are_those_of_floyd_and_warshall(void **state UNUSED)
{
	uint32_t some = 0, longest = 0, across = 0;

	for (uint32_t round = 0; round < 4000; round++) {
		uint32_t dist[CONFIGS + 1][N_MAX][N_MAX];
		struct world w;

		make_world(&w, round);
		for (uint32_t c = 0; c <= CONFIGS; c++)
			distances(w.g, (struct edge_filter){ c < CONFIGS ? c : ID_NONE, w.tests },
				  dist[c]);
		for (uint32_t a = 0; a < w.g->npkgs; a++) {
			for (uint32_t b = 0; b < w.g->npkgs; b++) {
				uint32_t best = FAR, config = ID_NONE, first = ID_NONE;
				struct path path = { 0 };

				if (a == b)
					continue;
				for (uint32_t c = 0; c < CONFIGS; c++)
					if (dist[c][a][b] < best) {
						best = dist[c][a][b];
						first = c;
					}
				bool any = graph_shortest_built(w.g, w.tests, a, b, &w.arena, &path,
								&config);

				assert_int_equal(any, best != FAR);
				across += !any && dist[CONFIGS][a][b] != FAR;
				if (!any)
					continue;
				struct edge_filter f = { first, w.tests };

				some++;
				longest = best > longest ? best : longest;
				assert_int_equal(config, first);
				assert_int_equal(path.nedges, best);
				check_path(&w, f, &path, a, b);
				/* Of the shortest, the one whose nodes have the lowest numbers. */
				for (uint32_t i = 0, at = a; i < best; i++) {
					uint32_t next = 0;

					for (; next < w.g->npkgs; next++) {
						uint32_t e = graph_find_edge(w.g, (pkg_id){ at },
									     (pkg_id){ next });

						if (e != ID_NONE && edge_alive(w.g, e, f) &&
						    dist[first][next][b] == best - i - 1)
							break;
					}
					assert_int_equal(w.g->out_to[path.edge[i]], next);
					at = next;
				}
			}
		}
		drop_world(&w);
	}
	assert_true(some > 20000 && longest >= 5 && across > 50);
}

/* The fewest edges that leave a set with `from` and without `to`: every set is tried. */
static uint32_t minimum_cut(const struct graph *g, struct edge_filter f, uint32_t from, uint32_t to)
{
	uint32_t least = UINT32_MAX;

	for (uint32_t set = 0; set < 1u << g->npkgs; set++) {
		uint32_t n = 0;

		if (!(set >> from & 1) || set >> to & 1)
			continue;
		for (uint32_t p = 0; p < g->npkgs; p++)
			graph_foreach_out(g, p, e)
				n += set >> p & 1 && !(set >> g->out_to[e] & 1) &&
				     edge_alive(g, e, f);
		least = n < least ? n : least;
	}
	return least;
}

/* Is `to` out of reach without the edges of the cut? */
static bool parts(const struct graph *g, struct edge_filter f, const struct paths *all,
		  uint32_t from, uint32_t to)
{
	uint32_t reached = 1u << from;

	for (uint32_t round = 0; round < g->npkgs; round++)
		for (uint32_t p = 0; p < g->npkgs; p++)
			graph_foreach_out(g, p, e) {
				bool gone = false;

				for (uint32_t i = 0; i < all->ncut; i++)
					gone |= all->cut[i] == e;
				if (!gone && reached >> p & 1 && edge_alive(g, e, f))
					reached |= 1u << g->out_to[e];
			}
	return !(reached >> to & 1);
}

/* Between sets it is the nearest pair. */
static void paths_between_sets_join_the_nearest(void **state UNUSED)
{
	uint32_t some = 0, none = 0;

	for (uint32_t round = 0; round < 4000; round++) {
		uint32_t dist[N_MAX][N_MAX], best = FAR, start = ID_NONE;
		bool from[N_MAX] = { false }, to[N_MAX] = { false };
		struct path path = { 0 };
		struct world w;

		make_world(&w, round + 50000);
		for (uint32_t p = 0; p < w.g->npkgs; p++) {
			uint32_t side = roll(&w, 4);

			from[p] = side == 0;
			to[p] = side == 1;
		}
		for (uint32_t c = 0; c < CONFIGS; c++) {
			distances(w.g, (struct edge_filter){ c, w.tests }, dist);
			for (uint32_t a = 0; a < w.g->npkgs; a++)
				for (uint32_t b = 0; b < w.g->npkgs; b++)
					if (from[a] && to[b] && dist[a][b] < best)
						best = dist[a][b];
		}
		bool any = graph_shortest_between(w.g, w.tests, from, to, &w.arena, &path, &start);

		assert_int_equal(any, best != FAR);
		some += any;
		none += !any;
		if (any) {
			uint32_t end = w.g->out_to[path.edge[path.nedges - 1]];

			assert_int_equal(path.nedges, best);
			assert_true(from[start] && to[end]);
			check_path(&w, (struct edge_filter){ ID_NONE, w.tests }, &path, start, end);
		}
		drop_world(&w);
	}
	assert_true(some > 500 && none > 500);
}

static void ways_without_a_common_edge_are_as_many_as_the_cut(void **state UNUSED)
{
	uint32_t most = 0;

	for (uint32_t round = 0; round < 3000; round++) {
		uint32_t dist[N_MAX][N_MAX];
		struct world w;

		make_world(&w, round + 100000);
		uint32_t c = roll(&w, CONFIGS + 1), a = roll(&w, w.g->npkgs);
		uint32_t b = (a + 1 + roll(&w, w.g->npkgs - 1)) % w.g->npkgs;
		struct edge_filter f = { c < CONFIGS ? c : ID_NONE, w.tests };
		struct paths all = graph_disjoint_paths(w.g, f, a, b, UINT32_MAX, &w.arena);
		bool used[N_MAX * N_MAX] = { false };

		distances(w.g, f, dist);
		assert_int_equal(all.count, minimum_cut(w.g, f, a, b));
		assert_int_equal(all.ncut, all.count);
		assert_false(all.more);
		assert_true(parts(w.g, f, &all, a, b));
		for (uint32_t i = 0; i < all.count; i++) {
			check_path(&w, f, &all.path[i], a, b);
			if (i)
				assert_true(all.path[i - 1].nedges <= all.path[i].nedges);
			for (uint32_t k = 0; k < all.path[i].nedges; k++) {
				assert_false(used[all.path[i].edge[k]]);
				used[all.path[i].edge[k]] = true;
			}
		}
		most = all.count > most ? all.count : most;
		/* A ceiling is kept, and said. */
		if (all.count > 1) {
			struct paths few = graph_disjoint_paths(w.g, f, a, b, all.count - 1,
								&w.arena);

			assert_int_equal(few.count, all.count - 1);
			assert_true(few.more);
			assert_int_equal(few.ncut, 0);
		}
		drop_world(&w);
	}
	assert_true(most >= 4);
}

/* The shortest way uses an edge that two others need: flow must be sent back over it. */
static void flow_is_sent_back(void **state UNUSED)
{
	static const uint32_t edges[][2] = {
		{ 0, 1 }, { 1, 6 }, { 6, 7 },                   /* the shortest */
		{ 0, 2 }, { 2, 3 }, { 3, 6 },                   /* needs 6 -> 7 */
		{ 1, 4 }, { 4, 5 }, { 5, 7 },                   /* needs 0 -> 1 */
	};
	struct world w = { .arena = ARENA_INIT };

	symtab_init(&w.syms, &w.arena);
	struct graph_builder *b = graph_builder_new(&w.syms, 1);

	for (uint32_t i = 0; i < 8; i++) {
		struct graph_node node = { .dir = { ID_NONE }, .configs = 1, .members = 1 };

		node.id = sym_from(&w.syms, arena_printf(&w.arena, "n%u", i));
		graph_add_node(b, &node);
	}
	for (size_t i = 0; i < ARRAY_SIZE(edges); i++) {
		struct site site = { .at = { sym_from(&w.syms, "f.go"), 1, 1, 0 }, .configs = 1 };

		graph_add_import(b, (pkg_id){ edges[i][0] }, (pkg_id){ edges[i][1] }, &site);
	}
	w.g = graph_freeze(b, &w.arena);
	graph_builder_free(b);
	struct edge_filter f = { 0, false };
	struct path path;

	assert_true(graph_shortest_path(w.g, f, 0, 7, &w.arena, &path));
	assert_int_equal(path.nedges, 3);
	struct paths all = graph_disjoint_paths(w.g, f, 0, 7, 10, &w.arena);

	assert_int_equal(all.count, 2);
	assert_int_equal(all.path[0].nedges, 4);
	assert_int_equal(all.path[1].nedges, 4);
	assert_int_equal(all.ncut, 2);
	drop_world(&w);
}

static void leads_are_those_of_each_configuration(void **state UNUSED)
{
	uint32_t some = 0;

	for (uint32_t round = 0; round < 4000; round++) {
		uint32_t dist[CONFIGS][N_MAX][N_MAX];
		struct world w;
		struct leads l;

		make_world(&w, round + 200000);
		uint32_t to = roll(&w, w.g->npkgs), count = 0, farthest = 0;

		for (uint32_t c = 0; c < CONFIGS; c++)
			distances(w.g, (struct edge_filter){ c, w.tests }, dist[c]);
		graph_leads(w.g, w.tests, to, &w.arena, &l);
		for (uint32_t p = 0; p < w.g->npkgs; p++) {
			uint32_t best = FAR, first = ID_NONE;

			for (uint32_t c = 0; c < CONFIGS; c++)
				if (dist[c][p][to] < best) {
					best = dist[c][p][to];
					first = c;
				}
			assert_int_equal(l.distance[p], best == FAR ? ID_NONE : best);
			if (best == FAR || p == to)
				continue;
			count++;
			farthest = best > farthest ? best : farthest;
			assert_int_equal(l.config[p], first);
			/* Its edge is the first that comes nearer there. */
			uint32_t e = w.g->out_first[p];

			while (!edge_alive(w.g, e, (struct edge_filter){ first, w.tests }) ||
			       dist[first][w.g->out_to[e]][to] != best - 1)
				e++;
			assert_int_equal(l.edge[p], e);
		}
		assert_int_equal(l.count, count);
		assert_int_equal(l.farthest, farthest);
		some += count;
		drop_world(&w);
	}
	assert_true(some > 5000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shortest_paths_are_those_of_floyd_and_warshall),
		cmocka_unit_test(paths_between_sets_join_the_nearest),
		cmocka_unit_test(ways_without_a_common_edge_are_as_many_as_the_cut),
		cmocka_unit_test(flow_is_sent_back),
		cmocka_unit_test(leads_are_those_of_each_configuration),
	};

	return cmocka_run_group_tests_name("path", tests, NULL, NULL);
}
