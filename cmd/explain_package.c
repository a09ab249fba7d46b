/* SPDX-License-Identifier: MIT */
/* explain_package.c - gathers what there is to say about one package. */
#include "cmd/explain_package.h"
#include "analyzers/edges.h"
#include "cmd/output.h"

#include <string.h>

static int by_worst(const void *va, const void *vb, void *ctx)
{
	const struct neighbour *a = va, *b = vb;
	const struct explain_tree *t = ctx;

	if (a->test != b->test)
		return a->test ? 1 : -1;
	if (a->verdict.says != b->verdict.says)
		return a->verdict.says > b->verdict.says ? -1 : 1;
	int place = strcmp(explain_place(t, a->node), explain_place(t, b->node));

	return place ? place : strcmp(edge_name(t->analysis.graph, a->node),
				      edge_name(t->analysis.graph, b->node));
}

static uint32_t count_lines(const struct graph *g, uint32_t edge, bool test)
{
	uint32_t n = 0;

	for (uint32_t i = g->site_first[edge]; i < g->site_first[edge + 1]; i++)
		n += g->site[i].test == test;
	return n;
}

static int add(struct explained *x, struct neighbours *list, uint32_t from, uint32_t edge,
	       uint32_t other, struct err *err)
{
	const struct graph *g = x->t->analysis.graph;
	struct neighbour *n = &list->item[list->count++];
	bool test = !edge_in_code(g, edge);

	*n = (struct neighbour){ .node = other, .edge = edge, .test = test,
				 .lines = count_lines(g, edge, test) };
	return verdict_inside(&x->t->verdicts, from, g->out_to[edge], test, &n->verdict, err);
}

static int find_neighbours(struct explained *x, struct err *err)
{
	const struct graph *g = x->t->analysis.graph;
	uint32_t p = x->node, out = g->out_first[p + 1] - g->out_first[p];
	uint32_t in = g->in_first[p + 1] - g->in_first[p];

	x->imports.item = arena_array(x->t->arena, struct neighbour, (size_t)out + 1);
	x->importers.item = arena_array(x->t->arena, struct neighbour, (size_t)in + 1);
	graph_foreach_out(g, p, e)
		if (add(x, &x->imports, p, e, g->out_to[e], err))
			return -1;
	for (uint32_t i = g->in_first[p]; i < g->in_first[p + 1]; i++)
		if (add(x, &x->importers, g->in_from[i], g->in_edge[i], g->in_from[i], err))
			return -1;
	sort_with(x->imports.item, x->imports.count, sizeof(*x->imports.item), by_worst, x->t);
	sort_with(x->importers.item, x->importers.count, sizeof(*x->importers.item), by_worst,
		  x->t);
	return 0;
}

/* Import lines are by place; paths by module, and each is told once. */
static void find_outsiders(struct explained *x)
{
	const struct leaving *l = verdict_leaving(&x->t->verdicts);
	uint32_t first = l->first[x->node], end = l->first[x->node + 1];

	x->outsider = arena_array(x->t->arena, struct outsider, (size_t)(end - first) + 1);
	for (uint32_t path = 0; path < l->npaths; path++) {
		struct outsider *o = &x->outsider[x->noutsiders];

		*o = (struct outsider){ .path = &l->path[path] };
		for (uint32_t i = first; i < end; i++)
			if (l->line[i].path == path && !o->lines++)
				o->at = l->line[i].at;
		if (!o->lines)
			continue;
		verdict_outside(&x->t->verdicts, x->node, sym_text(x->t->analysis.source->syms,
								   o->path->path),
				o->path->std, &o->verdict);
		x->noutsiders++;
	}
}

static void add_findings(struct explained *x, const struct finding *list, uint32_t n)
{
	const char *id = edge_name(x->t->analysis.graph, x->node);

	for (uint32_t i = 0; i < n; i++)
		if (!list[i].nedges && (!strcmp(list[i].from, id) || !strcmp(list[i].to, id)))
			x->finding[x->nfindings++] = &list[i];
}

int explain_package(struct run *run, struct explain_tree *t, uint32_t node, struct err *err)
{
	const struct findings *all = &t->judge.findings;
	struct explained x = { .t = t, .node = node };

	if (t->analysis.mapping && mapping_candidates(t->analysis.mapping, node, t->arena,
						      &x.candidate, &x.ncandidates, err))
		return -1;
	if (find_neighbours(&x, err))
		return -1;
	find_outsiders(&x);
	x.finding = arena_array(t->arena, const struct finding *,
				(size_t)all->count + all->nheld + 1);
	add_findings(&x, all->item, all->count);
	add_findings(&x, all->held, all->nheld);
	for (unsigned i = 0; i < run->noutputs; i++) {
		const struct output *o = &run->output[i];
		bool json = !strcmp(o->format, "json");

		if ((json ? explain_package_json : explain_package_text)(&x, o, err))
			return -1;
	}
	return t->judge.report.status;
}
