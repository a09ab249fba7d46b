/* SPDX-License-Identifier: MIT */
/* test_cut_large.c - a knot that is far too large for a proof: the search ends and says so. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/limits.h"
#include "graph/cut.h"

#include <stdlib.h>

#define NODES 4000u
#define EDGES 12000u

static uint32_t next_random(uint64_t *x)
{
	*x = *x * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(*x >> 33);
}

/* A ring on both platforms; what is across is on one of them or both. */
static const struct graph *big_graph(struct symtab *syms, struct arena *arena)
{
	struct graph_builder *b = graph_builder_new(syms, 2);
	struct site site = { .at = { sym_from(syms, "f.go"), 0, 1, 0 } };
	const struct graph *g;
	uint64_t x = 42;

	for (uint32_t i = 0; i < NODES; i++) {
		struct graph_node node = { .dir = { ID_NONE }, .configs = 3, .members = 1 };

		node.id = node.label = sym_from(syms, arena_printf(arena, "n%05u", i));
		graph_add_node(b, &node);
	}
	for (uint32_t i = 0; i < EDGES; i++) {
		bool ring = i < NODES;
		uint32_t from = ring ? i : next_random(&x) % NODES;
		uint32_t to = ring ? (i + 1) % NODES : next_random(&x) % NODES;

		site.at.line = i + 1;
		site.configs = ring ? 3 : 1 + next_random(&x) % 3;
		graph_add_import(b, (pkg_id){ from }, (pkg_id){ to }, &site);
	}
	g = graph_freeze(b, arena);
	graph_builder_free(b);
	return g;
}

/* Nodes in circles of one platform once the first n edges of the cut are gone. */
static uint32_t tied_after(const struct graph *g, const struct cut *cut, uint32_t n,
			   uint32_t config, struct arena *arena)
{
	struct graph_builder *b = graph_builder_new(g->syms, g->nconfigs);
	bool *gone = xcalloc(g->nedges, sizeof(*gone));
	uint32_t *component, *size, tied = 0, count;

	for (uint32_t i = 0; i < n; i++)
		gone[cut->edge[i].edge] = true;
	for (uint32_t p = 0; p < g->npkgs; p++) {
		struct graph_node node = { .id = g->id[p], .label = g->id[p], .dir = { ID_NONE } };

		graph_add_node(b, &node);
	}
	for (uint32_t p = 0; p < g->npkgs; p++)
		graph_foreach_out(g, p, e)
			if (!gone[e])
				for (uint32_t s = g->site_first[e]; s < g->site_first[e + 1]; s++)
					graph_add_import(b, (pkg_id){ p }, (pkg_id){ g->out_to[e] },
							 &g->site[s]);
	count = graph_components(graph_freeze(b, arena), (struct edge_filter){ config, false },
				 arena, &component);
	size = arena_array(arena, uint32_t, count);
	for (uint32_t p = 0; p < g->npkgs; p++)
		size[component[p]]++;
	for (uint32_t p = 0; p < g->npkgs; p++)
		tied += size[component[p]] > 1;
	graph_builder_free(b);
	free(gone);
	return tied;
}

static void a_huge_knot_ends(void **state UNUSED)
{
	struct arena arena = ARENA_INIT;
	struct symtab syms;
	struct cut cut;

	symtab_init(&syms, &arena);
	const struct graph *g = big_graph(&syms, &arena);
	struct knots all = graph_knots(g, false, &arena);

	assert_int_equal(all.count, 1);
	assert_int_equal(all.knot[0].configs, 3);
	graph_cut(g, &all.knot[0], false, NULL, &arena, &cut);
	assert_true(!cut.optimal && cut.bound > 10 && cut.bound < cut.lines);
	assert_true(cut.steps < 2 * limit_of(LIMIT_CUT_STEPS));
	assert_int_equal(cut.edge[0].tied_before, NODES);
	assert_int_equal(cut.edge[cut.nedges - 1].tied_after, 0);
	for (uint32_t i = 1; i < cut.nedges; i++)
		assert_int_equal(cut.edge[i].tied_before, cut.edge[i - 1].tied_after);
	for (uint32_t c = 0; c < 2; c++) {
		assert_true(tied_after(g, &cut, cut.nedges / 2, c, &arena) <=
			    cut.edge[cut.nedges / 2].tied_before);
		assert_int_equal(tied_after(g, &cut, cut.nedges, c, &arena), 0);
	}
	symtab_release(&syms);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_huge_knot_ends),
	};

	return cmocka_run_group_tests_name("cut_large", tests, NULL, NULL);
}
