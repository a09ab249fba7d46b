/* SPDX-License-Identifier: MIT */
/*
 * test_graph.c - the graph against brute force on thousands of random small
 * ones: rows, components by reachability, shortest circles by trying all, and
 * quotients edge by edge.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "graph/graph.h"

#include <string.h>

#define N_MAX 9u
#define SITES_MAX 40u
#define CONFIGS 3u

/* One random case: what was added, as it was added. */
struct world {
	struct arena arena;
	struct symtab syms;
	uint64_t state;
	uint32_t n, nsites;
	uint32_t from[SITES_MAX], to[SITES_MAX];        /* by node name, see name_of() */
	struct site site[SITES_MAX];
	const struct graph *g;
};

static uint32_t roll(struct world *w, uint32_t n)
{
	w->state = w->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(w->state >> 33) % n;
}

/* Names whose order differs from that of their numbers. */
static sym_id name_of(struct world *w, uint32_t i)
{
	return sym_from(&w->syms, arena_printf(&w->arena, "%c", "mabzcyxdk"[i]));
}

static uint32_t node_named(const struct graph *g, sym_id id)
{
	for (uint32_t p = 0; p < g->npkgs; p++)
		if (g->id[p].v == id.v)
			return p;
	fail_msg("no node '%s'", sym_text(g->syms, id));
	return 0;
}

static uint32_t find(const struct graph *g, uint32_t from, uint32_t to)
{
	return graph_find_edge(g, (pkg_id){ from }, (pkg_id){ to });
}

static void make_world(struct world *w, uint64_t seed)
{
	*w = (struct world){ .arena = ARENA_INIT, .state = seed * 77 + 1 };
	symtab_init(&w->syms, &w->arena);
	struct graph_builder *b = graph_builder_new(&w->syms, CONFIGS);
	pkg_id id[N_MAX];

	w->n = 1 + roll(w, N_MAX);
	w->nsites = roll(w, SITES_MAX);
	for (uint32_t i = 0; i < w->n; i++) {
		struct graph_node node = {
			.id = name_of(w, i), .label = name_of(w, i), .dir = { i },
			.flags = roll(w, 16), .configs = 1 + roll(w, 7), .files = i,
			.lines = 10 * i, .members = 1,
		};

		id[i] = graph_add_node(b, &node);
	}
	for (uint32_t i = 0; i < w->nsites; i++) {
		w->from[i] = roll(w, w->n);
		w->to[i] = roll(w, w->n);
		w->site[i] = (struct site){
			.at = { sym_from(&w->syms, roll(w, 2) ? "z.go" : "b.go"), 1 + roll(w, 2),
				1 + roll(w, 2), 0 },
			.path = name_of(w, w->to[i]), .configs = 1 + roll(w, 7),
			.test = roll(w, 3) == 0,
		};
		graph_add_import(b, id[w->from[i]], id[w->to[i]], &w->site[i]);
	}
	w->g = graph_freeze(b, &w->arena);
	graph_builder_free(b);
}

static void drop_world(struct world *w)
{
	symtab_release(&w->syms);
	arena_release(&w->arena);
}

static bool same_place(const struct site *a, const struct site *b)
{
	return a->at.path.v == b->at.path.v && a->at.line == b->at.line && a->at.col == b->at.col &&
	       a->path.v == b->path.v && a->test == b->test;
}

static int compare_places(const struct symtab *syms, const struct site *a, const struct site *b)
{
	int c = strcmp(sym_text(syms, a->at.path), sym_text(syms, b->at.path));

	if (c)
		return c;
	if (a->at.line != b->at.line)
		return a->at.line < b->at.line ? -1 : 1;
	return a->at.col < b->at.col ? -1 : a->at.col > b->at.col;
}

/* The sites of an edge are exactly those that were added between its ends, merged and sorted. */
static void check_sites(struct world *w, uint32_t p, uint32_t e)
{
	const struct graph *g = w->g;
	uint32_t configs = 0, test = 0, first = g->site_first[e], end = g->site_first[e + 1];

	assert_true(first < end);
	for (uint32_t s = first; s < end; s++) {
		uint32_t want = 0;

		for (uint32_t i = 0; i < w->nsites; i++)
			if (name_of(w, w->from[i]).v == g->id[p].v &&
			    name_of(w, w->to[i]).v == g->id[g->out_to[e]].v &&
			    same_place(&w->site[i], &g->site[s]))
				want |= w->site[i].configs;
		assert_int_equal(g->site[s].configs, want);
		assert_int_not_equal(want, 0);
		if (s > first) {
			int c = compare_places(g->syms, &g->site[s - 1], &g->site[s]);

			assert_true(c < 0 || (!c && !g->site[s - 1].test && g->site[s].test));
		}
		*(g->site[s].test ? &test : &configs) |= want;
	}
	assert_int_equal(g->out_configs[e], configs);
	assert_int_equal(g->out_test[e], test);
}

static void rows_hold_what_was_added(void **state UNUSED)
{
	for (uint32_t round = 0; round < 3000; round++) {
		struct world w;

		make_world(&w, round);
		const struct graph *g = w.g;

		assert_int_equal(g->npkgs, w.n);
		assert_int_equal(g->out_first[g->npkgs], g->nedges);
		assert_int_equal(g->in_first[g->npkgs], g->nedges);
		assert_int_equal(g->site_first[g->nedges], g->nsites);
		for (uint32_t p = 0; p < g->npkgs; p++) {
			if (p)
				assert_true(strcmp(sym_text(g->syms, g->id[p - 1]),
						   sym_text(g->syms, g->id[p])) < 0);
			assert_int_equal(g->lines[p], 10 * g->files[p]);
			assert_int_equal(g->dir[p].v, g->files[p]);
			graph_foreach_out(g, p, e) {
				assert_int_not_equal(g->out_to[e], p);
				if (e > g->out_first[p])
					assert_true(g->out_to[e - 1] < g->out_to[e]);
				assert_int_equal(find(g, p, g->out_to[e]), e);
				check_sites(&w, p, e);
			}
			for (uint32_t r = g->in_first[p]; r < g->in_first[p + 1]; r++) {
				assert_int_equal(g->out_to[g->in_edge[r]], p);
				assert_true(g->in_edge[r] >= g->out_first[g->in_from[r]] &&
					    g->in_edge[r] < g->out_first[g->in_from[r] + 1]);
			}
		}
		/* Nothing was lost: every import between two nodes has its edge. */
		for (uint32_t i = 0; i < w.nsites; i++) {
			uint32_t a = node_named(g, name_of(&w, w.from[i]));
			uint32_t b = node_named(g, name_of(&w, w.to[i]));

			assert_int_equal(find(g, a, b) == ID_NONE, a == b);
		}
		drop_world(&w);
	}
}

/* reach[a][b]: a path of one edge or more leads from a to b. */
static void closure(const struct graph *g, struct edge_filter f, bool reach[N_MAX][N_MAX])
{
	memset(reach, 0, sizeof(bool[N_MAX][N_MAX]));
	for (uint32_t p = 0; p < g->npkgs; p++)
		graph_foreach_out(g, p, e)
			if (edge_alive(g, e, f))
				reach[p][g->out_to[e]] = true;
	for (uint32_t k = 0; k < g->npkgs; k++)
		for (uint32_t i = 0; i < g->npkgs; i++)
			for (uint32_t j = 0; j < g->npkgs; j++)
				reach[i][j] |= reach[i][k] && reach[k][j];
}

static struct edge_filter some_filter(struct world *w)
{
	uint32_t c = roll(w, CONFIGS + 1);

	return (struct edge_filter){ c == CONFIGS ? ID_NONE : c, roll(w, 2) };
}

static void components_are_mutual_reach_in_reverse_topological_order(void **state UNUSED)
{
	uint32_t knots = 0;

	for (uint32_t round = 0; round < 6000; round++) {
		struct world w;
		bool reach[N_MAX][N_MAX], used[N_MAX] = { false };
		uint32_t *comp;

		make_world(&w, round);
		struct edge_filter f = some_filter(&w);
		uint32_t ncomp = graph_components(w.g, f, &w.arena, &comp);

		closure(w.g, f, reach);
		for (uint32_t a = 0; a < w.n; a++) {
			assert_true(comp[a] < ncomp);
			used[comp[a]] = true;
			for (uint32_t b = 0; b < w.n; b++) {
				bool same = a == b || (reach[a][b] && reach[b][a]);

				assert_int_equal(comp[a] == comp[b], same);
				if (reach[a][b])
					assert_true(comp[b] <= comp[a]);
				knots += same && a != b;
			}
		}
		for (uint32_t c = 0; c < ncomp; c++)
			assert_true(used[c]);
		drop_world(&w);
	}
	assert_true(knots > 1000);
}

/* The smallest of the shortest circles through `at`, by trying every sequence of nodes. */
struct search { const struct graph *g; struct edge_filter f; uint32_t best[N_MAX], nbest; };

static bool joined(const struct search *s, uint32_t a, uint32_t b)
{
	uint32_t e = find(s->g, a, b);

	return e != ID_NONE && edge_alive(s->g, e, s->f);
}

static void try_all(struct search *s, uint32_t at)
{
	uint32_t path[N_MAX] = { at }, choice[N_MAX] = { 0 }, depth = 1;

	/* Ascending choices: the first circle of a length is the smallest of it. */
	s->nbest = 0;
	while (depth) {
		uint32_t next = choice[depth]++;
		bool known = false;

		if (next >= s->g->npkgs || (s->nbest && depth >= s->nbest)) {
			depth--;
			continue;
		}
		if (next == at && joined(s, path[depth - 1], at)) {
			s->nbest = depth;
			memcpy(s->best, path, sizeof(path));
		}
		for (uint32_t i = 0; i < depth; i++)
			known |= path[i] == next;
		if (known || depth + 1 >= N_MAX || !joined(s, path[depth - 1], next))
			continue;
		path[depth++] = next;
		choice[depth] = 0;
	}
}

static void circles_are_the_smallest_of_the_shortest(void **state UNUSED)
{
	uint32_t lengths[N_MAX + 1] = { 0 };

	for (uint32_t round = 0; round < 4000; round++) {
		struct world w;
		uint32_t *comp, *node;

		make_world(&w, round);
		if (w.n >= N_MAX) {
			drop_world(&w);
			continue;
		}
		struct search s = { .g = w.g, .f = some_filter(&w) };

		graph_components(w.g, s.f, &w.arena, &comp);
		for (uint32_t p = 0; p < w.n; p++) {
			uint32_t n = graph_shortest_circle(w.g, s.f, comp, (pkg_id){ p },
							   &w.arena, &node);

			try_all(&s, p);
			assert_int_equal(n, s.nbest);
			assert_memory_equal(node, s.best, n * sizeof(*node));
			lengths[n]++;
		}
		drop_world(&w);
	}
	assert_true(lengths[0] && lengths[2] && lengths[3] && lengths[4]);
	assert_int_equal(lengths[1], 0);
}

static uint32_t naive_flags(const struct world *w, const uint32_t *group, uint32_t g)
{
	bool xtest = true, tests = true, all_main = true, reported = false;

	for (uint32_t p = 0; p < w->n; p++) {
		uint32_t f = w->g->flags[p];

		if (group[p] != g)
			continue;
		xtest = xtest && (f & NODE_XTEST);
		tests = tests && (f & (NODE_XTEST | NODE_TEST_ONLY));
		all_main = all_main && (f & (NODE_XTEST | NODE_MAIN));
		reported = reported || (f & NODE_REPORTED);
	}
	return (reported ? NODE_REPORTED : 0) | (xtest ? NODE_XTEST : 0) |
	       (tests && !xtest ? NODE_TEST_ONLY : 0) | (all_main && !xtest ? NODE_MAIN : 0);
}

/* Is there an edge between the groups, and with which configurations? */
static bool naive_edge(const struct world *w, const uint32_t *group, uint32_t a, uint32_t b,
		       uint32_t *ret_configs, uint32_t *ret_test, uint32_t *ret_least)
{
	const struct graph *g = w->g;

	*ret_configs = *ret_test = *ret_least = 0;
	for (uint32_t p = 0; p < g->npkgs; p++) {
		graph_foreach_out(g, p, e) {
			uint32_t n = g->site_first[e + 1] - g->site_first[e];

			if (group[p] != a || group[g->out_to[e]] != b || a == b)
				continue;
			*ret_configs |= g->out_configs[e];
			*ret_test |= g->out_test[e];
			*ret_least = n > *ret_least ? n : *ret_least;
		}
	}
	return *ret_configs || *ret_test;
}

static void quotients_are_what_their_groups_are(void **state UNUSED)
{
	for (uint32_t round = 0; round < 3000; round++) {
		struct world w;
		uint32_t group[N_MAX], ngroups, grouped = 0;
		sym_id name[4];

		make_world(&w, round);
		ngroups = 1 + roll(&w, 4);
		for (uint32_t i = 0; i < ngroups; i++)
			name[i] = sym_from(&w.syms, arena_printf(&w.arena, "group-%c", "zyab"[i]));
		/* Some are left out. */
		for (uint32_t p = 0; p < w.n; p++) {
			group[p] = roll(&w, 5) ? roll(&w, ngroups) : ID_NONE;
			grouped += group[p] != ID_NONE;
		}
		const struct graph *q = graph_quotient(w.g, group, ngroups, name, &w.arena);
		uint32_t members = 0, nedges = 0;

		for (uint32_t i = 0; i < ngroups; i++) {
			uint32_t files = 0, n = 0, configs = 0;

			for (uint32_t p = 0; p < w.n; p++) {
				files += group[p] == i ? w.g->files[p] : 0;
				configs |= group[p] == i ? w.g->configs[p] : 0;
				n += group[p] == i;
			}
			members += n;
			if (!n)
				continue;
			uint32_t a = node_named(q, name[i]);

			assert_int_equal(q->members[a], n);
			assert_int_equal(q->files[a], files);
			assert_int_equal(q->lines[a], 10 * files);
			assert_int_equal(q->configs[a], configs);
			assert_int_equal(q->dir[a].v, ID_NONE);
			assert_int_equal(q->label[a].v, name[i].v);
			assert_int_equal(q->flags[a], naive_flags(&w, group, i));
			for (uint32_t j = 0; j < ngroups; j++) {
				uint32_t c, t, least;

				if (!naive_edge(&w, group, i, j, &c, &t, &least))
					continue;
				uint32_t e = find(q, a, node_named(q, name[j]));

				assert_int_not_equal(e, ID_NONE);
				assert_int_equal(q->out_configs[e], c);
				assert_int_equal(q->out_test[e], t);
				assert_true(q->site_first[e + 1] - q->site_first[e] >= least);
				nedges++;
			}
		}
		assert_int_equal(members, grouped);
		assert_int_equal(q->nedges, nedges);
		drop_world(&w);
	}
}

static void adding_a_node_again_merges(void **state UNUSED)
{
	struct arena arena = ARENA_INIT;
	struct symtab syms;

	symtab_init(&syms, &arena);
	struct graph_builder *b = graph_builder_new(&syms, 2);
	struct graph_node node = {
		.id = sym_from(&syms, "a"), .label = sym_from(&syms, "x/a"), .flags = NODE_MAIN,
		.configs = 1, .files = 2, .lines = 7, .members = 1,
	};
	pkg_id one = graph_add_node(b, &node);

	node.flags = NODE_REPORTED;
	node.configs = 2;
	assert_int_equal(graph_add_node(b, &node).v, one.v);
	const struct graph *g = graph_freeze(b, &arena);

	assert_int_equal(g->npkgs, 1);
	assert_int_equal(g->flags[0], NODE_MAIN | NODE_REPORTED);
	assert_int_equal(g->configs[0], 3);
	assert_int_equal(g->files[0], 4);
	assert_int_equal(g->lines[0], 14);
	assert_int_equal(g->members[0], 2);
	graph_builder_free(b);
	symtab_release(&syms);
	arena_release(&arena);
}

static void an_empty_graph_is_a_graph(void **state UNUSED)
{
	struct arena arena = ARENA_INIT;
	struct symtab syms;
	uint32_t *comp;

	symtab_init(&syms, &arena);
	struct graph_builder *b = graph_builder_new(&syms, 1);
	const struct graph *g = graph_freeze(b, &arena);

	assert_int_equal(g->npkgs + g->nedges + g->nsites, 0);
	assert_int_equal(graph_components(g, (struct edge_filter){ 0, false }, &arena, &comp), 0);
	g = graph_quotient(g, NULL, 0, NULL, &arena);
	assert_int_equal(g->npkgs, 0);
	graph_builder_free(b);
	symtab_release(&syms);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_hold_what_was_added),
		cmocka_unit_test(components_are_mutual_reach_in_reverse_topological_order),
		cmocka_unit_test(circles_are_the_smallest_of_the_shortest),
		cmocka_unit_test(quotients_are_what_their_groups_are),
		cmocka_unit_test(adding_a_node_again_merges),
		cmocka_unit_test(an_empty_graph_is_a_graph),
	};

	return cmocka_run_group_tests_name("graph", tests, NULL, NULL);
}
