/* SPDX-License-Identifier: MIT */
/*
 * cut_peel.c - an order by taking off sinks and sources, in O(E log E): P. Eades,
 * X. Lin, W. Smyth, "A fast and effective heuristic for the feedback arc set
 * problem" (1993), with weights.
 */
#include "graph/cut_order.h"

#include <stdlib.h>

struct bid { int64_t delta; uint32_t tie, node; };

struct peel {
	const struct cut_net *net;
	uint64_t *in, *out;             /* weight of the edges that are left */
	uint32_t *tie;
	bool *done;
	struct bid *heap;               /* by delta; old bids stay and are passed over */
	size_t nheap, heap_cap;
	uint32_t *ends;                 /* nodes that have become a source or a sink */
	uint32_t nends;
	uint32_t *order, front, back;
};

static bool better(const struct bid *a, const struct bid *b)
{
	if (a->delta != b->delta)
		return a->delta > b->delta;
	return a->tie != b->tie ? a->tie < b->tie : a->node < b->node;
}

static void bid(struct peel *p, uint32_t node)
{
	size_t i = p->nheap++;
	struct bid b = { (int64_t)p->out[node] - (int64_t)p->in[node], p->tie[node], node };

	VEC_RESERVE(p->heap, p->heap_cap, p->nheap);
	for (; i && better(&b, &p->heap[(i - 1) / 2]); i = (i - 1) / 2)
		p->heap[i] = p->heap[(i - 1) / 2];
	p->heap[i] = b;
}

static struct bid take_best(struct peel *p)
{
	struct bid best = p->heap[0], last = p->heap[--p->nheap];
	size_t i = 0, child;

	while ((child = 2 * i + 1) < p->nheap) {
		child += child + 1 < p->nheap && better(&p->heap[child + 1], &p->heap[child]);
		if (!better(&p->heap[child], &last))
			break;
		p->heap[i] = p->heap[child];
		i = child;
	}
	p->heap[i] = last;
	return best;
}

/* An edge of `node` has gone: *side is what it has left where that edge was. */
static void lose(struct peel *p, uint32_t node, uint64_t *side, uint32_t weight)
{
	side[node] -= weight;
	if (p->done[node])
		return;
	if (!side[node])
		p->ends[p->nends++] = node;
	else if (p->in[node] && p->out[node])
		bid(p, node);
}

static void place(struct peel *p, uint32_t node)
{
	const struct cut_net *net = p->net;

	p->done[node] = true;
	if (!p->out[node] && p->in[node])
		p->order[--p->back] = node;
	else
		p->order[p->front++] = node;
	net_foreach_out(net, node, e)
		lose(p, net->edge[e].to, p->in, net->edge[e].weight);
	net_foreach_in(net, node, i) {
		const struct net_edge *e = &net->edge[net->in_edge[i]];

		lose(p, e->from, p->out, e->weight);
	}
}

/* Sinks go last, sources first; where there is neither, who gives more than it takes. */
void cut_peel(const struct cut_net *net, uint64_t *random, struct cut_steps *steps,
	      uint32_t *ret_order)
{
	uint32_t n = net->nnodes;
	struct peel p = {
		.net = net, .back = n,
		.in = xcalloc(n, sizeof(*p.in)), .out = xcalloc(n, sizeof(*p.out)),
		.tie = xcalloc(n, sizeof(*p.tie)), .done = xcalloc(n, sizeof(*p.done)),
		.ends = xcalloc((size_t)n * 3, sizeof(*p.ends)),
	};

	p.order = ret_order;
	cut_spend(steps, (uint64_t)n + 4 * (uint64_t)net->nedges);
	for (uint32_t e = 0; e < net->nedges; e++) {
		p.out[net->edge[e].from] += net->edge[e].weight;
		p.in[net->edge[e].to] += net->edge[e].weight;
	}
	for (uint32_t v = 0; v < n; v++) {
		p.tie[v] = random ? (uint32_t)(cut_random(random) >> 32) : v;
		if (p.in[v] && p.out[v])
			bid(&p, v);
		else
			p.ends[p.nends++] = v;
	}
	while (p.front < p.back) {
		uint32_t node;

		if (p.nends) {
			node = p.ends[--p.nends];
		} else if (!p.nheap) {
			BUG("%u nodes that nobody bids for", p.back - p.front);
		} else {
			struct bid b = take_best(&p);

			if (b.delta != (int64_t)p.out[b.node] - (int64_t)p.in[b.node])
				continue;
			node = b.node;
		}
		if (!p.done[node])
			place(&p, node);
	}
	free(p.in);
	free(p.out);
	free(p.tie);
	free(p.done);
	free(p.ends);
	free(p.heap);
}
