/* SPDX-License-Identifier: MIT */
/*
 * symbols_driver.c - what every edge between packages uses, with meshctl's code,
 * one line a symbol; how many interfaces and structs each package declares; and
 * how much could be resolved.  Usage: driver DIR MINOR, of the release go1.MINOR.
 */
#include "graph/abstractness.h"
#include "graph/symbols.h"

#include <stdio.h>
#include <stdlib.h>

static const char *label(const struct graph *g, uint32_t node)
{
	return sym_text(g->syms, g->label[node]);
}

static void print_edge(struct symbols *sy, const struct graph *g, uint32_t from, uint32_t edge,
		       struct site_filter f)
{
	struct arena arena = ARENA_INIT;
	struct edge_symbols used;

	symbols_edge(sy, g, edge, f, &arena, &used);
	if (!used.lines)
		goto out;
	printf("edge %s %s lines %u blank %u dot %u unread %u\n", label(g, from),
	       label(g, g->out_to[edge]), used.lines, used.blank, used.dot, used.unread);
	for (uint32_t i = 0; i < used.count; i++)
		printf("symbol %s %s %s %s %u\n", label(g, from), label(g, g->out_to[edge]),
		       used.symbol[i].name, symbol_kind_name[used.symbol[i].kind],
		       used.symbol[i].uses);
out:
	arena_release(&arena);
}

static int print_all(const struct source *s, const struct graph *g, struct err *err)
{
	const struct bodies_options all = { .workers = 2, .no_cache = true };
	struct symbols_options o = { .workers = 2, .no_cache = true };
	const struct site_filter f = { 1, false };
	const struct level packages = { LEVEL_PACKAGE, 0 };
	struct arena arena = ARENA_INIT;
	struct link_share share;
	struct symbols *sy;
	struct bodies *bodies;

	if (bodies_read(s, &all, &bodies, err))
		return -1;
	o.all = bodies;
	sy = symbols_new(s, &o);
	for (uint32_t e = 0; e < g->nedges; e++)
		symbols_want(sy, g, e, f, true);
	if (symbols_read(sy, err))
		return -1;
	const struct type_counts *types = abstractness_count(s, g, g, packages, false, bodies,
							     &arena);

	for (uint32_t p = 0; p < g->npkgs; p++) {
		if (g->flags[p] & (NODE_XTEST | NODE_TEST_ONLY))
			continue;
		printf("types %s %u %u\n", label(g, p), types[p].interfaces, types[p].structs);
		graph_foreach_out(g, p, e)
			print_edge(sy, g, p, e, f);
	}
	link_count(symbols_link(sy), &share);
	fprintf(stderr, "%llu selectors, %llu of an import, %llu of the tree, %llu declared\n",
		(unsigned long long)share.refs, (unsigned long long)share.imported,
		(unsigned long long)share.internal, (unsigned long long)share.declared);
	symbols_free(sy);
	bodies_release(bodies);
	arena_release(&arena);
	return 0;
}

int main(int argc, char **argv)
{
	struct arena arena = ARENA_INIT;
	struct build_config config;
	struct err err = ERR_INIT;
	struct source_options o = { .config = &config, .nconfigs = 1, .workers = 2 };
	struct source *s;

	if (argc != 3)
		return 2;
	o.dir = argv[1];
	if (build_config_init(&arena, "linux/amd64", false, (unsigned)strtoul(argv[2], NULL, 10),
			      NULL, 0, &config, &err) ||
	    source_read(&o, &s, &err) ||
	    print_all(s, graph_from_source(s, &arena), &err)) {
		fprintf(stderr, "%s\n", err.msg);
		return 1;
	}
	source_release(s);
	arena_release(&arena);
	return 0;
}
