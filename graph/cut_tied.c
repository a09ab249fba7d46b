/* SPDX-License-Identifier: MIT */
/*
 * cut_tied.c - how many nodes are still in circles while the edges of a cut are
 * removed one by one.  Looked at backwards edges are added, so components only
 * grow, and for each edge the moment when it comes to lie inside one is found
 * by halving: O((V + E) log F) for F edges, not F times all of it.
 */
#include "graph/cut_net.h"

#include <stdlib.h>
#include <string.h>

struct task { uint32_t low, high, first, end; };

struct growth {
	const struct cut_net *net;
	const uint32_t *added;          /* [nedges] the moment when an edge is there: 0 = always */
	uint32_t *edge, *spare;         /* those of the configuration, in the order of the tasks */
	uint32_t *joined;               /* [nnodes] united at earlier moments: a parent */
	uint32_t *local, *node;         /* number of a root in a task + 1, and back */
	uint32_t *component;
	struct task *todo;
	uint32_t ntodo, cap;
	uint32_t *since;                /* [nnodes] result: tied from this moment on */
};

static uint32_t root_of(struct growth *g, uint32_t v)
{
	while (g->joined[v] != v)
		v = g->joined[v] = g->joined[g->joined[v]];
	return v;
}

static uint32_t local_of(struct growth *g, uint32_t v, uint32_t *n)
{
	uint32_t root = root_of(g, v);

	if (!g->local[root]) {
		g->node[*n] = root;
		g->local[root] = ++*n;
	}
	return g->local[root] - 1;
}

/* Components of the edges of a task that are there at a moment; local[] stays set. */
static uint32_t join(struct growth *g, const struct task *t, uint32_t moment)
{
	struct cut_steps free_of_charge = { 0 };
	struct cut_net part = { .nconfigs = 1 };
	uint32_t n = 0, m = 0;

	part.edge = xcalloc(t->end - t->first, sizeof(*part.edge));
	for (uint32_t i = t->first; i < t->end; i++) {
		const struct net_edge *e = &g->net->edge[g->edge[i]];
		struct net_edge to = { local_of(g, e->from, &n), local_of(g, e->to, &n), 1, 1 };

		if (g->added[g->edge[i]] <= moment)
			part.edge[m++] = to;
	}
	net_init(&part, n, 1, part.edge, m);
	net_components(&part, NULL, 0, g->component, &free_of_charge);
	net_release(&part);
	return n;
}

static void push(struct growth *g, struct task t)
{
	if (t.first == t.end)
		return;
	VEC_RESERVE(g->todo, g->cap, (size_t)g->ntodo + 1);
	g->todo[g->ntodo++] = t;
}

/* All edges of a task come to lie inside a component at its only moment. */
static void settle(struct growth *g, const struct task *t)
{
	for (uint32_t i = t->first; i < t->end; i++) {
		const struct net_edge *e = &g->net->edge[g->edge[i]];

		if (t->low < g->since[e->from])
			g->since[e->from] = t->low;
		if (t->low < g->since[e->to])
			g->since[e->to] = t->low;
		g->joined[root_of(g, e->from)] = root_of(g, e->to);
	}
}

static void halve(struct growth *g, const struct task *t)
{
	uint32_t middle = t->low + (t->high - t->low) / 2, n = join(g, t, middle);
	uint32_t early = t->first, late = 0;

	for (uint32_t i = t->first; i < t->end; i++) {
		const struct net_edge *e = &g->net->edge[g->edge[i]];
		uint32_t from = g->component[g->local[root_of(g, e->from)] - 1];
		uint32_t to = g->component[g->local[root_of(g, e->to)] - 1];

		if (from == to)
			g->edge[early++] = g->edge[i];
		else
			g->spare[late++] = g->edge[i];
	}
	memcpy(g->edge + early, g->spare, late * sizeof(*g->edge));
	for (uint32_t i = 0; i < n; i++)
		g->local[g->node[i]] = 0;
	/* The later half is done last: then what joins early has been united. */
	push(g, (struct task){ middle + 1, t->high, early, t->end });
	push(g, (struct task){ t->low, middle, t->first, early });
}

static void grow(struct growth *g, uint32_t config, uint32_t moments)
{
	uint32_t n = 0;

	for (uint32_t e = 0; e < g->net->nedges; e++)
		if (g->net->edge[e].configs >> config & 1)
			g->edge[n++] = e;
	for (uint32_t v = 0; v < g->net->nnodes; v++)
		g->joined[v] = v;
	push(g, (struct task){ 1, moments, 0, n });
	while (g->ntodo) {
		struct task t = g->todo[--g->ntodo];

		if (t.low == t.high)
			settle(g, &t);
		else
			halve(g, &t);
	}
}

static void fill(const struct cut_net *net, const uint32_t *since, struct payoff *edge, uint32_t n)
{
	uint32_t *tied = xcalloc((size_t)n + 1, sizeof(*tied));

	for (uint32_t v = 0; v < net->nnodes; v++)
		if (since[v] <= n)
			tied[since[v]]++;
	for (uint32_t moment = 1; moment <= n; moment++)
		tied[moment] += tied[moment - 1];
	/* At moment m all but the first n - m edges of the cut are there. */
	for (uint32_t i = 0; i < n; i++) {
		edge[i].tied_before = tied[n - i];
		edge[i].tied_after = tied[n - i - 1];
	}
	free(tied);
}

void cut_tied(const struct cut_net *net, struct payoff *edge, uint32_t n)
{
	uint32_t *added = xcalloc(net->nedges, sizeof(*added));
	struct growth g = {
		.net = net, .added = added,
		.edge = xcalloc(net->nedges, sizeof(*g.edge)),
		.spare = xcalloc(net->nedges, sizeof(*g.spare)),
		.joined = xcalloc(net->nnodes, sizeof(*g.joined)),
		.local = xcalloc(net->nnodes, sizeof(*g.local)),
		.node = xcalloc(net->nnodes, sizeof(*g.node)),
		.component = xcalloc(net->nnodes, sizeof(*g.component)),
		.since = xcalloc(net->nnodes, sizeof(*g.since)),
	};

	for (uint32_t v = 0; v < net->nnodes; v++)
		g.since[v] = ID_NONE;
	for (uint32_t i = 0; i < n; i++)
		added[edge[i].edge] = n - i;
	for (uint32_t c = 0; c < net->nconfigs && n; c++)
		grow(&g, c, n);
	fill(net, g.since, edge, n);
	free(added);
	free(g.edge);
	free(g.spare);
	free(g.joined);
	free(g.local);
	free(g.node);
	free(g.component);
	free(g.todo);
	free(g.since);
}
