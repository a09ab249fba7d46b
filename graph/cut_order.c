/* SPDX-License-Identifier: MIT */
/*
 * cut_order.c - small cuts by good orders: the edges that lead back are cut.
 * The order of Eades, Lin and Smyth, sifted, and the same from restarts whose
 * seed is fixed, so that everybody gets the same cut.
 */
#include "base/limits.h"
#include "graph/cut_net.h"

#include <stdlib.h>
#include <string.h>

#define SEED UINT64_C(0x9e3779b97f4a7c15)
#define KICK_MAX 32u                    /* nodes that a restart moves at random */

static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	return *state ^= *state << 17;
}

/* ---- Eades, Lin, Smyth ---- */

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
static void peel(const struct cut_net *net, uint64_t *random, struct cut_steps *steps,
		 uint32_t *order)
{
	uint32_t n = net->nnodes;
	struct peel p = {
		.net = net, .order = order, .back = n,
		.in = xcalloc(n, sizeof(*p.in)), .out = xcalloc(n, sizeof(*p.out)),
		.tie = xcalloc(n, sizeof(*p.tie)), .done = xcalloc(n, sizeof(*p.done)),
		.ends = xcalloc((size_t)n * 3, sizeof(*p.ends)),
	};

	cut_spend(steps, (uint64_t)n + 4 * (uint64_t)net->nedges);
	for (uint32_t e = 0; e < net->nedges; e++) {
		p.out[net->edge[e].from] += net->edge[e].weight;
		p.in[net->edge[e].to] += net->edge[e].weight;
	}
	for (uint32_t v = 0; v < n; v++) {
		p.tie[v] = random ? (uint32_t)(next_random(random) >> 32) : v;
		if (p.in[v] && p.out[v])
			bid(&p, v);
		else
			p.ends[p.nends++] = v;
	}
	while (p.front < p.back) {
		uint32_t node;

		if (p.nends) {
			node = p.ends[--p.nends];
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

/* ---- the way from a solution to an order and back ---- */

static void cut_back_edges(const struct cut_net *net, const uint32_t *order, bool *cut)
{
	uint32_t *at = xcalloc(net->nnodes, sizeof(*at));

	for (uint32_t i = 0; i < net->nnodes; i++)
		at[order[i]] = i;
	for (uint32_t e = 0; e < net->nedges; e++)
		cut[e] = at[net->edge[e].from] > at[net->edge[e].to];
	free(at);
}

void net_order(const struct cut_net *net, const bool *cut, uint32_t *ret_order)
{
	uint32_t *waits = xcalloc(net->nnodes, sizeof(*waits)), head = 0, tail = 0;

	for (uint32_t e = 0; e < net->nedges; e++)
		waits[net->edge[e].to] += !cut[e];
	for (uint32_t v = 0; v < net->nnodes; v++)
		if (!waits[v])
			ret_order[tail++] = v;
	while (head < tail) {
		uint32_t v = ret_order[head++];

		net_foreach_out(net, v, e)
			if (!cut[e] && !--waits[net->edge[e].to])
				ret_order[tail++] = net->edge[e].to;
	}
	if (tail != net->nnodes)
		BUG("a cut that leaves a circle");
	free(waits);
}

/* ---- sifting ---- */

struct sifter {
	const struct cut_net *net;
	uint64_t *label;                /* ascending along the order */
	uint32_t *next, *prev;          /* the order; node nnodes is before the first */
	struct stop { uint64_t label; int64_t gain; uint32_t node; } *stop;
};

static void relabel(struct sifter *s)
{
	uint32_t n = s->net->nnodes;
	uint64_t gap = UINT64_MAX / ((uint64_t)n + 2), label = 0;

	for (uint32_t v = s->next[n]; v != n; v = s->next[v])
		s->label[v] = label += gap;
}

static void insert_after(struct sifter *s, uint32_t v, uint32_t before)
{
	uint32_t n = s->net->nnodes, after = s->next[before];
	uint64_t low = before == n ? 0 : s->label[before];
	uint64_t high = after == n ? UINT64_MAX : s->label[after];

	s->next[before] = s->prev[after] = v;
	s->prev[v] = before;
	s->next[v] = after;
	s->label[v] = low + (high - low) / 2;
	if (s->label[v] == low)
		relabel(s);
}

static int by_label(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct stop *a = va, *b = vb;

	return a->label < b->label ? -1 : a->label > b->label;
}

/* Moves a node to the first of its best places; true when that is better than where it was. */
static bool sift(struct sifter *s, uint32_t v)
{
	const struct cut_net *net = s->net;
	uint32_t n = 0, best = net->nnodes;
	int64_t cost = 0, least, here = 0;

	net_foreach_out(net, v, e) {
		uint32_t u = net->edge[e].to;

		/* Behind u the edge to it leads back. */
		s->stop[n++] = (struct stop){ s->label[u], net->edge[e].weight, u };
	}
	net_foreach_in(net, v, i) {
		const struct net_edge *e = &net->edge[net->in_edge[i]];

		s->stop[n++] = (struct stop){ s->label[e->from], -(int64_t)e->weight, e->from };
		cost += e->weight;
	}
	sort_with(s->stop, n, sizeof(*s->stop), by_label, NULL);
	least = here = cost;
	for (uint32_t i = 0; i < n; i++) {
		cost += s->stop[i].gain;
		if (s->stop[i].label < s->label[v])
			here = cost;
		/* Two edges of one pair are one stop. */
		if (i + 1 < n && s->stop[i + 1].node == s->stop[i].node)
			continue;
		if (cost < least) {
			least = cost;
			best = s->stop[i].node;
		}
	}
	if (least >= here)
		return false;
	s->next[s->prev[v]] = s->next[v];
	s->prev[s->next[v]] = s->prev[v];
	insert_after(s, v, best);
	return true;
}

static void sifter_init(struct sifter *s, const struct cut_net *net)
{
	uint32_t n = net->nnodes;

	*s = (struct sifter){
		.net = net, .label = xcalloc((size_t)n + 1, sizeof(*s->label)),
		.next = xcalloc((size_t)n + 1, sizeof(*s->next)),
		.prev = xcalloc((size_t)n + 1, sizeof(*s->prev)),
		.stop = xcalloc((size_t)net->nedges + 1, sizeof(*s->stop)),
	};
}

static void sifter_release(struct sifter *s)
{
	free(s->label);
	free(s->next);
	free(s->prev);
	free(s->stop);
}

/* Node by node in the order of visit[], until a whole round changes nothing. */
static void sift_all(struct sifter *s, const uint32_t *visit, struct cut_steps *steps,
		     uint32_t *order)
{
	const struct cut_net *net = s->net;
	uint32_t n = net->nnodes, last = n;
	bool moved = true;

	for (uint32_t i = 0; i < n; i++) {
		s->next[last] = order[i];
		s->prev[order[i]] = last;
		last = order[i];
	}
	s->next[last] = n;
	s->prev[n] = last;
	relabel(s);
	while (moved) {
		moved = false;
		for (uint32_t i = 0; i < n; i++) {
			uint32_t v = visit[i];
			uint64_t degree = net->out_first[v + 1] - net->out_first[v] +
					  net->in_first[v + 1] - net->in_first[v];

			if (!cut_spend(steps, 4 * degree))
				break;
			moved |= sift(s, v);
		}
		if (steps->spent >= steps->limit)
			break;
	}
	last = 0;
	for (uint32_t v = s->next[n]; v != n; v = s->next[v])
		order[last++] = v;
}

void cut_sift(const struct cut_net *net, struct cut_steps *steps, bool *cut)
{
	uint32_t n = net->nnodes, *order = xcalloc(n, sizeof(*order));
	uint32_t *visit = xcalloc(n, sizeof(*visit));
	struct sifter s;

	net_order(net, cut, order);
	memcpy(visit, order, n * sizeof(*visit));
	sifter_init(&s, net);
	sift_all(&s, visit, steps, order);
	cut_back_edges(net, order, cut);
	sifter_release(&s);
	free(order);
	free(visit);
}

/* ---- restarts ---- */

static void shuffle(uint32_t *item, uint32_t n, uint64_t *random)
{
	for (uint32_t i = n; i > 1; i--) {
		uint32_t k = (uint32_t)(next_random(random) % i), v = item[i - 1];

		item[i - 1] = item[k];
		item[k] = v;
	}
}

/* Some nodes of a good order go somewhere else. */
static void kick(uint32_t *order, uint32_t n, uint64_t *random)
{
	uint32_t times = 1 + n / 8 < KICK_MAX ? 1 + n / 8 : KICK_MAX;

	while (times--) {
		uint32_t from = (uint32_t)(next_random(random) % n);
		uint32_t to = (uint32_t)(next_random(random) % n), v = order[from];

		if (from < to)
			memmove(order + from, order + from + 1, (to - from) * sizeof(*order));
		else
			memmove(order + to + 1, order + to, (from - to) * sizeof(*order));
		order[to] = v;
	}
}

void cut_by_orders(const struct cut_net *net, uint64_t bound, struct cut_steps *steps,
		   bool *ret_cut)
{
	uint32_t n = net->nnodes, *best = xcalloc(n, sizeof(*best));
	uint32_t *order = xcalloc(n, sizeof(*order)), *visit = xcalloc(n, sizeof(*visit));
	bool *cut = xcalloc(net->nedges, sizeof(*cut));
	uint64_t least = UINT64_MAX, random = SEED;
	struct sifter s;

	sifter_init(&s, net);
	for (uint32_t v = 0; v < n; v++)
		visit[v] = v;
	for (uint64_t round = 0; round <= limit_of(LIMIT_CUT_RESTARTS); round++) {
		if (least <= bound || (round && steps->spent >= steps->limit))
			break;
		if (round % 2 || !round) {
			peel(net, round ? &random : NULL, steps, order);
		} else {
			memcpy(order, best, n * sizeof(*order));
			kick(order, n, &random);
		}
		sift_all(&s, visit, steps, order);
		cut_back_edges(net, order, cut);
		cut_spend(steps, net->nedges);
		if (net_weight(net, cut) < least) {
			least = net_weight(net, cut);
			memcpy(best, order, n * sizeof(*best));
			memcpy(ret_cut, cut, net->nedges * sizeof(*cut));
		}
		shuffle(visit, n, &random);
	}
	sifter_release(&s);
	free(best);
	free(order);
	free(visit);
	free(cut);
}

/* ---- taking back ---- */

struct wish { double liking; uint32_t weight, edge; };

static int by_liking(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct wish *a = va, *b = vb;

	if (a->liking < b->liking || a->liking > b->liking)
		return a->liking > b->liking ? -1 : 1;
	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	return a->edge < b->edge ? -1 : a->edge > b->edge;
}

static bool closes_circle(struct net_reach *r, const struct cut_net *net, const bool *cut,
			  uint32_t edge, struct cut_steps *steps)
{
	const struct net_edge *e = &net->edge[edge];

	for (uint32_t c = 0; c < net->nconfigs; c++)
		if ((e->configs >> c & 1) && net_reaches(r, net, cut, c, e->to, e->from, steps))
			return true;
	return false;
}

void cut_take_back(const struct cut_net *net, const double *liking, struct cut_steps *steps,
		   bool *cut)
{
	struct wish *wish = xcalloc(net->nedges, sizeof(*wish));
	struct net_reach reach;
	uint32_t n = 0;

	for (uint32_t e = 0; e < net->nedges; e++)
		if (cut[e])
			wish[n++] = (struct wish){ liking ? liking[e] : 0, net->edge[e].weight, e };
	sort_with(wish, n, sizeof(*wish), by_liking, NULL);
	net_reach_init(&reach, net);
	for (uint32_t i = 0; i < n && steps->spent < steps->limit; i++)
		if (!closes_circle(&reach, net, cut, wish[i].edge, steps))
			cut[wish[i].edge] = false;
	net_reach_release(&reach);
	free(wish);
}
