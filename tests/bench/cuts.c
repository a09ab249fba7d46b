/* SPDX-License-Identifier: MIT */
/*
 * cuts.c - what cuts cost:
 *	cuts DIR LEVEL...          every knot of a repository at each level
 *	cuts --random NODES EDGES  one knot of a random graph
 * Prints a line a knot: nodes, edges, cut, bound, whether proven, steps, seconds of processor time.
 */
#include "graph/cut.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static uint32_t count_edges(const struct graph *g, const struct knot *k)
{
	bool *inside = xcalloc(g->npkgs, sizeof(*inside));
	uint32_t n = 0;

	for (uint32_t i = 0; i < k->nnodes; i++)
		inside[k->node[i]] = true;
	for (uint32_t i = 0; i < k->nnodes; i++)
		graph_foreach_out(g, k->node[i], e)
			n += inside[g->out_to[e]] && (g->out_configs[e] & k->configs);
	free(inside);
	return n;
}

static void measure(const char *name, const struct graph *g, bool tests)
{
	struct arena a = ARENA_INIT;
	struct knots all = graph_knots(g, tests, &a);

	for (uint32_t i = 0; i < all.count; i++) {
		const struct knot *k = &all.knot[i];
		double start = now();
		struct cut cut;

		graph_cut(g, k, tests, NULL, &a, &cut);
		printf("%-8s %6u nodes %6u edges %6u lines  cut %5u edges %6u lines  bound %6u  "
		       "%-7s  %10llu steps  %.3f s\n", name, k->nnodes, count_edges(g, k), k->sites,
		       cut.nedges, cut.lines, cut.bound, cut.optimal ? "optimal" : "open",
		       (unsigned long long)cut.steps, now() - start);
	}
	arena_release(&a);
}

static int measure_repository(const char *dir, char **levels)
{
	static const char *const platform[] = { "linux/amd64", "darwin/arm64", "windows/amd64" };
	struct build_config config[ARRAY_SIZE(platform)];
	struct arena a = ARENA_INIT;
	struct err err = ERR_INIT;
	struct source_options o = { .dir = dir, .config = config, .nconfigs = 3, .workers = 2 };
	struct source *source;
	const struct graph *g;

	for (uint32_t i = 0; i < ARRAY_SIZE(platform); i++)
		if (build_config_init(&a, platform[i], true, GO_NEWEST_MINOR, NULL, 0, &config[i],
				      &err))
			goto fail;
	if (source_read(&o, &source, &err))
		goto fail;
	if (source->stats.unreadable) {
		err_set(&err, ERR_SYSTEM, "%u files cannot be read", source->stats.unreadable);
		source_release(source);
		goto fail;
	}
	g = graph_from_source(source, &a);
	for (; *levels; levels++) {
		struct level level;

		if (level_parse(*levels, &level, &err))
			goto fail;
		measure(*levels, level_graph(source, g, level, &a), level.kind == LEVEL_TEST);
	}
	source_release(source);
	arena_release(&a);
	return 0;
fail:
	fprintf(stderr, "cuts: %s\n", err.msg);
	return 1;
}

static int measure_random(uint32_t nodes, uint32_t edges)
{
	struct arena a = ARENA_INIT;
	struct symtab syms;
	uint64_t x = UINT64_C(88172645463325252);

	symtab_init(&syms, &a);
	struct graph_builder *b = graph_builder_new(&syms, 1);
	struct site site = { .configs = 1 };

	for (uint32_t i = 0; i < nodes; i++) {
		struct graph_node node = { .dir = { ID_NONE }, .configs = 1, .members = 1 };

		node.id = node.label = sym_from(&syms, arena_printf(&a, "n%06u", i));
		graph_add_node(b, &node);
	}
	site.at.path = sym_from(&syms, "f.go");
	for (uint32_t i = 0; i < edges; i++) {
		uint32_t from = i % nodes, to = (from + 1) % nodes;

		x ^= x << 13;
		x ^= x >> 7;
		x ^= x << 17;
		site.at.line = i + 1;
		/* A ring ties everybody; the rest is random. */
		if (i >= nodes) {
			from = (uint32_t)((x >> 32) % nodes);
			to = (uint32_t)((x & 0xffffffff) % nodes);
		}
		graph_add_import(b, (pkg_id){ from }, (pkg_id){ to }, &site);
	}
	measure("random", graph_freeze(b, &a), false);
	graph_builder_free(b);
	symtab_release(&syms);
	arena_release(&a);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc == 4 && !strcmp(argv[1], "--random"))
		return measure_random((uint32_t)strtoul(argv[2], NULL, 10),
				      (uint32_t)strtoul(argv[3], NULL, 10));
	if (argc < 3) {
		fprintf(stderr, "usage: cuts DIR LEVEL...  or  cuts --random NODES EDGES\n");
		return 2;
	}
	return measure_repository(argv[1], argv + 2);
}
