/* SPDX-License-Identifier: MIT */
/* quotient.c - a graph whose nodes are groups of another graph's nodes. */
#include "graph/graph.h"

#include <stdlib.h>

/* What holds of a group because it holds of each of its members. */
struct common {
	bool any;                       /* there is a member */
	bool xtest;                     /* external tests */
	bool tests;                     /* tests of either kind */
	bool main;                      /* package main, whose external tests do not count */
};

static void common_add(struct common *c, uint32_t flags)
{
	c->any = true;
	c->xtest &= (flags & NODE_XTEST) != 0;
	c->tests &= (flags & (NODE_XTEST | NODE_TEST_ONLY)) != 0;
	c->main &= (flags & (NODE_XTEST | NODE_MAIN)) != 0;
}

static uint32_t common_flags(const struct common *c)
{
	if (c->xtest)
		return NODE_XTEST;
	return (c->tests ? NODE_TEST_ONLY : 0) | (c->main ? NODE_MAIN : 0);
}

const struct graph *graph_quotient(const struct graph *g, const uint32_t *group, uint32_t ngroups,
				   const sym_id *name, struct arena *arena)
{
	struct graph_node *as = xcalloc(ngroups, sizeof(*as));
	struct common *common = xrealloc(NULL, ngroups, sizeof(*common));
	pkg_id *id = xrealloc(NULL, ngroups, sizeof(*id));
	struct graph_builder *b = graph_builder_new(g->syms, g->nconfigs);

	for (uint32_t i = 0; i < ngroups; i++)
		common[i] = (struct common){ .xtest = true, .tests = true, .main = true };
	for (uint32_t p = 0; p < g->npkgs; p++) {
		if (group[p] == ID_NONE)
			continue;
		if (group[p] >= ngroups)
			BUG("node %u in group %u of %u", p, group[p], ngroups);
		struct graph_node *n = &as[group[p]];

		common_add(&common[group[p]], g->flags[p]);
		n->flags |= g->flags[p] & (NODE_REPORTED | NODE_OUTSIDE);
		n->configs |= g->configs[p];
		n->files += g->files[p];
		n->lines += g->lines[p];
		n->members += g->members[p];
	}
	for (uint32_t i = 0; i < ngroups; i++) {
		if (!common[i].any)
			continue;
		as[i].flags |= common_flags(&common[i]);
		as[i].id = as[i].label = name[i];
		as[i].dir = (dir_id){ ID_NONE };
		id[i] = graph_add_node(b, &as[i]);
	}
	for (uint32_t p = 0; p < g->npkgs; p++) {
		graph_foreach_out(g, p, e) {
			uint32_t from = group[p], to = group[g->out_to[e]];

			if (from == to || from == ID_NONE || to == ID_NONE)
				continue;
			for (uint32_t s = g->site_first[e]; s < g->site_first[e + 1]; s++)
				graph_add_import(b, id[from], id[to], &g->site[s]);
		}
	}
	const struct graph *q = graph_freeze(b, arena);

	graph_builder_free(b);
	free(as);
	free(common);
	free(id);
	return q;
}
