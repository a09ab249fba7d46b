/* SPDX-License-Identifier: MIT */
/* test_graph_large.c - large graphs: depth, and their time, which is printed and not judged. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "graph/graph.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

static const struct graph *big_graph(struct symtab *syms, struct arena *arena, uint32_t n,
				     uint32_t each, bool chain)
{
	struct graph_builder *b = graph_builder_new(syms, 1);
	pkg_id *id = malloc(n * sizeof(*id));
	uint64_t x = 1;

	assert_non_null(id);
	for (uint32_t i = 0; i < n; i++) {
		char name[32];

		snprintf(name, sizeof(name), "p%07u/q", (i * 7919u) % n);
		struct graph_node node = { .id = sym_from(syms, name), .configs = 1, .members = 1 };

		node.label = node.id;
		id[i] = graph_add_node(b, &node);
	}
	for (uint32_t i = 0; i < n * each; i++) {
		struct site site = { .at = { { 1 + i / each }, 3 + i % each, 2, 9 }, .configs = 1 };

		x = x * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
		uint32_t to = chain ? (i + 1) % n : (uint32_t)(x >> 33) % n;

		site.path = sym_find(syms, "", 0);
		graph_add_import(b, id[i / each], id[to], &site);
	}
	const struct graph *g = graph_freeze(b, arena);

	graph_builder_free(b);
	free(id);
	return g;
}

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void long_circles_do_not_overflow_the_stack(void **state UNUSED)
{
	const uint32_t n = 200000;
	struct arena arena = ARENA_INIT;
	struct symtab syms;
	uint32_t *comp, *node;
	struct edge_filter f = { 0, false };

	symtab_init(&syms, &arena);
	const struct graph *g = big_graph(&syms, &arena, n, 1, true);

	assert_int_equal(graph_components(g, f, &arena, &comp), 1);
	assert_int_equal(graph_shortest_circle(g, f, comp, (pkg_id){ 5 }, &arena, &node), n);
	symtab_release(&syms);
	arena_release(&arena);
}

static void a_large_graph_and_its_time(void **state UNUSED)
{
	struct arena arena = ARENA_INIT;
	struct symtab syms;
	struct rusage use;
	uint32_t *comp;

	symtab_init(&syms, &arena);
	double start = seconds();
	const struct graph *g = big_graph(&syms, &arena, 100000, 6, false);
	double built = seconds();
	uint32_t n = graph_components(g, (struct edge_filter){ 0, false }, &arena, &comp);

	getrusage(RUSAGE_SELF, &use);
	print_message("%u nodes, %u edges: built in %.3f s, %u components in %.3f s, %ld MB\n",
		      g->npkgs, g->nedges, built - start, n, seconds() - built,
		      use.ru_maxrss / 1024);
	assert_int_equal(g->npkgs, 100000);
	assert_true(g->nedges > 599000);
	symtab_release(&syms);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_large_graph_and_its_time),
		cmocka_unit_test(long_circles_do_not_overflow_the_stack),
	};

	return cmocka_run_group_tests_name("graph_large", tests, NULL, NULL);
}
