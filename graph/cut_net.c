/* SPDX-License-Identifier: MIT */
/* cut_net.c - the small graph that is cut: rows, components, reachability. */
#include "graph/cut_net.h"
#include "graph/tarjan.h"

#include <stdlib.h>
#include <string.h>

static int by_ends(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct net_edge *a = va, *b = vb;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return a->to < b->to ? -1 : a->to > b->to;
}

static void sum_rows(uint32_t *first, uint32_t n)
{
	for (uint32_t p = 0; p < n; p++)
		first[p + 1] += first[p];
}

void net_init(struct cut_net *net, uint32_t nnodes, uint32_t nconfigs, struct net_edge *edge,
	      uint32_t nedges)
{
	uint32_t *next = xcalloc((size_t)nnodes + 1, sizeof(*next));

	*net = (struct cut_net){
		.nnodes = nnodes, .nedges = nedges, .nconfigs = nconfigs, .edge = edge,
		.out_first = xcalloc((size_t)nnodes + 1, sizeof(uint32_t)),
		.in_first = xcalloc((size_t)nnodes + 1, sizeof(uint32_t)),
		.in_edge = xcalloc(nedges, sizeof(uint32_t)),
	};
	sort_with(edge, nedges, sizeof(*edge), by_ends, NULL);
	for (uint32_t e = 0; e < nedges; e++) {
		net->out_first[edge[e].from + 1]++;
		net->in_first[edge[e].to + 1]++;
	}
	sum_rows(net->out_first, nnodes);
	sum_rows(net->in_first, nnodes);
	memcpy(next, net->in_first, nnodes * sizeof(*next));
	for (uint32_t e = 0; e < nedges; e++)
		net->in_edge[next[edge[e].to]++] = e;
	free(next);
}

void net_release(struct cut_net *net)
{
	free(net->edge);
	free(net->out_first);
	free(net->in_first);
	free(net->in_edge);
	*net = (struct cut_net){ 0 };
}

/* Does configuration b have every edge of a?  Of equal ones the first stays. */
static bool covered(const struct cut_net *net, uint32_t a, uint32_t b)
{
	bool equal = true;

	for (uint32_t e = 0; e < net->nedges; e++) {
		bool in_a = net->edge[e].configs >> a & 1, in_b = net->edge[e].configs >> b & 1;

		if (in_a && !in_b)
			return false;
		equal = equal && in_a == in_b;
	}
	return !equal || b < a;
}

void net_simplify_configs(struct cut_net *net)
{
	uint32_t keep[32], n = 0;

	for (uint32_t a = 0; a < net->nconfigs; a++) {
		bool drop = false;

		for (uint32_t b = 0; b < net->nconfigs && !drop; b++)
			drop = a != b && covered(net, a, b);
		if (!drop)
			keep[n++] = a;
	}
	for (uint32_t e = 0; e < net->nedges; e++) {
		uint32_t configs = 0;

		for (uint32_t i = 0; i < n; i++)
			configs |= (net->edge[e].configs >> keep[i] & 1) << i;
		net->edge[e].configs = configs;
	}
	net->nconfigs = n;
}

/* As in scc.c, where edges are alive by the import. */
uint32_t net_components(const struct cut_net *net, const bool *cut, uint32_t config,
			uint32_t *ret_component, struct cut_steps *steps)
{
	struct tarjan t;
	uint32_t e;

	cut_spend(steps, (uint64_t)net->nnodes + net->nedges);
	tarjan_init(&t, net->nnodes, net->out_first, ret_component);
	while (tarjan_next(&t, &e))
		if (!(cut && cut[e]) && net->edge[e].configs >> config & 1)
			tarjan_follow(&t, net->edge[e].to);
	tarjan_release(&t);
	return t.count;
}

void net_reach_init(struct net_reach *r, const struct cut_net *net)
{
	r->seen = xcalloc(net->nnodes, sizeof(*r->seen));
	r->queue = xcalloc(net->nnodes, sizeof(*r->queue));
	r->round = 0;
}

void net_reach_release(struct net_reach *r)
{
	free(r->seen);
	free(r->queue);
}

bool net_reaches(struct net_reach *r, const struct cut_net *net, const bool *cut, uint32_t config,
		 uint32_t from, uint32_t to, struct cut_steps *steps)
{
	uint32_t head = 0, tail = 0;

	r->round++;
	r->seen[from] = r->round;
	r->queue[tail++] = from;
	while (head < tail) {
		uint32_t p = r->queue[head++];

		if (p == to)
			return true;
		cut_spend(steps, net->out_first[p + 1] - net->out_first[p]);
		net_foreach_out(net, p, e) {
			uint32_t q = net->edge[e].to;

			if (cut[e] || !(net->edge[e].configs >> config & 1) ||
			    r->seen[q] == r->round)
				continue;
			r->seen[q] = r->round;
			r->queue[tail++] = q;
		}
	}
	return false;
}

uint64_t net_weight(const struct cut_net *net, const bool *cut)
{
	uint64_t sum = 0;

	for (uint32_t e = 0; e < net->nedges; e++)
		sum += cut[e] ? net->edge[e].weight : 0;
	return sum;
}
