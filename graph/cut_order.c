/* SPDX-License-Identifier: MIT */
/*
 * cut_order.c - small cuts by good orders: the edges that lead back are cut.
 * Orders begin anew from a seed that is fixed, so that everybody gets the same.
 */
#include "graph/cut_order.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

#define SEED UINT64_C(0x9e3779b97f4a7c15)
#define KICK_MAX 32u                    /* nodes that a restart moves at random */

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

void cut_sift(const struct cut_net *net, struct cut_steps *steps, bool *cut)
{
	uint32_t n = net->nnodes, *order = xcalloc(n, sizeof(*order));
	uint32_t *visit = xcalloc(n, sizeof(*visit));
	struct sifter s;

	net_order(net, cut, order);
	memcpy(visit, order, n * sizeof(*visit));
	sifter_init(&s, net);
	sifter_run(&s, visit, steps, order);
	cut_back_edges(net, order, cut);
	sifter_release(&s);
	free(order);
	free(visit);
}

static void shuffle(uint32_t *item, uint32_t n, uint64_t *random)
{
	for (uint32_t i = n; i > 1; i--) {
		uint32_t k = (uint32_t)(cut_random(random) % i), v = item[i - 1];

		item[i - 1] = item[k];
		item[k] = v;
	}
}

/* Some nodes of a good order go somewhere else. */
static void kick(uint32_t *order, uint32_t n, uint64_t *random)
{
	uint32_t times = 1 + n / 8 < KICK_MAX ? 1 + n / 8 : KICK_MAX;

	while (n && times--) {
		uint32_t from = (uint32_t)(cut_random(random) % n);
		uint32_t to = (uint32_t)(cut_random(random) % n), v = order[from];

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
			cut_peel(net, round ? &random : NULL, steps, order);
		} else {
			memcpy(order, best, n * sizeof(*order));
			kick(order, n, &random);
		}
		sifter_run(&s, visit, steps, order);
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
