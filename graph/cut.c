/* SPDX-License-Identifier: MIT */
/*
 * cut.c - the cut of a knot: makes the net of it, takes apart what is
 * independent, and solves the pieces one by one.
 */
#include "graph/cut_net.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

#define SEARCH_EDGES 20000u             /* of a piece: a larger one needs too many circles */

/* ---- the net of a knot ---- */

static uint32_t count_lines(const struct graph *g, uint32_t edge, uint32_t configs, bool tests)
{
	uint32_t n = 0;

	for (uint32_t s = g->site_first[edge]; s < g->site_first[edge + 1]; s++)
		n += (g->site[s].configs & configs) && (tests || !g->site[s].test);
	return n;
}

static uint32_t index_of(const struct knot *k, uint32_t node)
{
	uint32_t lo = 0, hi = k->nnodes;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (k->node[mid] < node)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < k->nnodes && k->node[lo] == node ? lo : ID_NONE;
}

/* Nodes keep their order, so edges have the order of the graph; *ret_edge are their numbers. */
static void net_of(const struct graph *g, const struct knot *k, bool tests, const uint32_t *weight,
		   struct cut_net *ret, uint32_t **ret_edge)
{
	struct net_edge *edge;
	uint32_t n = 0, most = 0;

	for (uint32_t i = 0; i < k->nnodes; i++)
		most += g->out_first[k->node[i] + 1] - g->out_first[k->node[i]];
	edge = xcalloc(most, sizeof(*edge));
	*ret_edge = xcalloc(most, sizeof(**ret_edge));
	for (uint32_t i = 0; i < k->nnodes; i++) {
		graph_foreach_out(g, k->node[i], e) {
			uint32_t to = index_of(k, g->out_to[e]);
			uint32_t configs = g->out_configs[e] | (tests ? g->out_test[e] : 0);

			if (to == ID_NONE || !(configs & k->configs))
				continue;
			(*ret_edge)[n] = e;
			edge[n++] = (struct net_edge){
				i, to, weight ? weight[e] : count_lines(g, e, k->configs, tests),
				configs & k->configs,
			};
		}
	}
	net_init(ret, k->nnodes, g->nconfigs, edge, n);
}

/* ---- one piece ---- */

/* Runs in a share of what is left, so that something is left for what comes after. */
static struct cut_steps share_of(const struct cut_steps *steps, unsigned part)
{
	return (struct cut_steps){
		.limit = steps->spent < steps->limit ? (steps->limit - steps->spent) / part : 0,
	};
}

static uint64_t solve(const struct cut_net *net, struct cut_steps *steps, bool *ret_cut)
{
	struct cut_steps share = share_of(steps, 4);
	struct cycles cycles = { 0 };
	uint64_t bound = cut_pack(net, &share, &cycles);

	steps->spent += share.spent;
	share = share_of(steps, 4);
	cut_by_orders(net, bound, &share, ret_cut);
	cut_take_back(net, NULL, &share, ret_cut);
	if (net->nconfigs == 1)
		cut_sift(net, &share, ret_cut);
	steps->spent += share.spent;
	if (bound < net_weight(net, ret_cut) && net->nedges <= SEARCH_EDGES)
		bound = cut_search(net, steps, &cycles, bound, ret_cut);
	cycles_release(&cycles);
	return bound;
}

/* ---- independent pieces ---- */

/*
 * Of two edges between the same two nodes one is cut, at the price of the
 * lighter: that much is taken off both.  What is left of a knot is often not
 * strongly connected any more.  True only for a single configuration, where a
 * cut is an order of the nodes.
 */
static uint64_t take_off_pairs(const struct cut_net *net, uint32_t *weight)
{
	uint64_t sum = 0;

	for (uint32_t e = 0; e < net->nedges; e++)
		weight[e] = net->edge[e].weight;
	for (uint32_t v = 0; v < net->nnodes; v++) {
		uint32_t out = net->out_first[v], in = net->in_first[v];

		/* Both rows ascend by the other end. */
		while (out < net->out_first[v + 1] && in < net->in_first[v + 1]) {
			uint32_t back = net->in_edge[in];
			uint32_t to = net->edge[out].to, from = net->edge[back].from;

			if (to == from) {
				uint32_t least = weight[out] < weight[back] ? weight[out] :
									      weight[back];

				weight[out] -= least;
				weight[back] -= least;
				sum += least;
			}
			out += to <= from;
			in += from <= to;
		}
	}
	return sum;
}

struct pieces {
	const struct cut_net *net;
	uint32_t *weight, *component;
	uint32_t *order;                /* nodes by component, topologically; then as solved */
	uint32_t *first;                /* [count + 1] of a component in order[] */
	uint32_t *inside;               /* number of a node in its piece */
	uint32_t count;
};

static void group_nodes(struct pieces *p)
{
	uint32_t n = p->net->nnodes, *next = xcalloc((size_t)p->count + 1, sizeof(*next));

	/* Components are numbered backwards. */
	for (uint32_t v = 0; v < n; v++)
		p->first[p->count - p->component[v]]++;
	for (uint32_t c = 0; c < p->count; c++)
		p->first[c + 1] += p->first[c];
	memcpy(next, p->first, p->count * sizeof(*next));
	for (uint32_t v = 0; v < n; v++) {
		uint32_t c = p->count - 1 - p->component[v];

		p->inside[v] = next[c] - p->first[c];
		p->order[next[c]++] = v;
	}
	free(next);
}

static void piece_net(const struct pieces *p, uint32_t c, struct cut_net *ret)
{
	const struct cut_net *net = p->net;
	struct net_edge *edge = NULL;
	uint32_t n = 0, cap = 0;

	for (uint32_t i = p->first[c]; i < p->first[c + 1]; i++) {
		uint32_t v = p->order[i];

		net_foreach_out(net, v, e) {
			uint32_t to = net->edge[e].to;

			if (!p->weight[e] || p->component[to] != p->component[v])
				continue;
			VEC_RESERVE(edge, cap, (size_t)n + 1);
			edge[n++] = (struct net_edge){
				p->inside[v], p->inside[to], p->weight[e], 1,
			};
		}
	}
	net_init(ret, p->first[c + 1] - p->first[c], 1, edge, n);
}

static uint64_t solve_piece(struct pieces *p, uint32_t c, struct cut_steps *steps)
{
	struct cut_net net;
	uint64_t bound;

	piece_net(p, c, &net);
	bool *cut = xcalloc(net.nedges, sizeof(*cut));
	uint32_t *order = xcalloc(net.nnodes, sizeof(*order));
	uint32_t *node = xcalloc(net.nnodes, sizeof(*node));

	bound = solve(&net, steps, cut);
	net_order(&net, cut, order);
	memcpy(node, p->order + p->first[c], net.nnodes * sizeof(*node));
	for (uint32_t i = 0; i < net.nnodes; i++)
		p->order[p->first[c] + i] = node[order[i]];
	free(cut);
	free(order);
	free(node);
	net_release(&net);
	return bound;
}

static uint64_t solve_pieces(const struct cut_net *net, struct cut_steps *steps, bool *ret_cut)
{
	uint32_t n = net->nnodes;
	struct pieces p = {
		.net = net, .weight = xcalloc(net->nedges, sizeof(*p.weight)),
		.component = xcalloc(n, sizeof(*p.component)),
		.order = xcalloc(n, sizeof(*p.order)),
		.first = xcalloc((size_t)n + 1, sizeof(*p.first)),
		.inside = xcalloc(n, sizeof(*p.inside)),
	};
	bool *gone = xcalloc(net->nedges, sizeof(*gone));
	uint64_t bound = take_off_pairs(net, p.weight);

	for (uint32_t e = 0; e < net->nedges; e++)
		gone[e] = !p.weight[e];
	p.count = net_components(net, gone, 0, p.component, steps);
	group_nodes(&p);
	for (uint32_t c = 0; c < p.count; c++)
		if (p.first[c + 1] - p.first[c] > 1)
			bound += solve_piece(&p, c, steps);
	for (uint32_t i = 0; i < n; i++)
		p.inside[p.order[i]] = i;
	for (uint32_t e = 0; e < net->nedges; e++)
		ret_cut[e] = p.inside[net->edge[e].from] > p.inside[net->edge[e].to];
	free(p.weight);
	free(p.component);
	free(p.order);
	free(p.first);
	free(p.inside);
	free(gone);
	return bound;
}

/* ---- the whole ---- */

static uint64_t solve_net(const struct cut_net *net, struct cut_steps *steps, bool *ret_cut)
{
	uint64_t bound;

	if (net->nconfigs > 1)
		return solve(net, steps, ret_cut);
	bound = solve_pieces(net, steps, ret_cut);
	if (bound < net_weight(net, ret_cut)) {
		struct cut_steps share = share_of(steps, 2);

		cut_take_back(net, NULL, &share, ret_cut);
		steps->spent += share.spent;
	}
	return bound;
}

static void in_order_of_payoff(const struct cut_net *net, const bool *cut, const uint32_t *number,
			       const struct knot *knot, struct cut_edge *edge, struct cut *ret)
{
	struct payoff *payoff = xcalloc((size_t)ret->nedges + 1, sizeof(*payoff));
	struct cut_steps steps = { .limit = limit_of(LIMIT_CUT_STEPS) / 4 };

	cut_payoff(net, cut, &steps, payoff, ret->nedges);
	cut_tied(net, payoff, ret->nedges);
	for (uint32_t i = 0; i < ret->nedges; i++) {
		const struct net_edge *e = &net->edge[payoff[i].edge];

		edge[i] = (struct cut_edge){
			.edge = number[payoff[i].edge], .weight = e->weight,
			.from = knot->node[e->from], .to = knot->node[e->to],
			.tied_before = payoff[i].tied_before, .tied_after = payoff[i].tied_after,
			.step = payoff[i].step,
		};
	}
	ret->steps += steps.spent;
	free(payoff);
}

/* arena: of the edges in their order; NULL = nobody asks for them. */
static void cut_knot(const struct graph *g, const struct knot *knot, bool tests,
		     const uint32_t *weight, struct arena *arena, struct cut *ret)
{
	struct cut_steps steps = { .limit = limit_of(LIMIT_CUT_STEPS) };
	struct cut_net net;
	uint32_t *number;

	net_of(g, knot, tests, weight, &net, &number);
	bool *cut = xcalloc(net.nedges, sizeof(*cut));

	net_simplify_configs(&net);
	*ret = (struct cut){ .bound = (uint32_t)solve_net(&net, &steps, cut) };
	for (uint32_t e = 0; e < net.nedges; e++)
		ret->nedges += cut[e];
	ret->weight = (uint32_t)net_weight(&net, cut);
	ret->optimal = ret->bound == ret->weight;
	ret->steps = steps.spent;

	struct cut_edge *edge = arena ? arena_array(arena, struct cut_edge, ret->nedges) : NULL;

	if (edge)
		in_order_of_payoff(&net, cut, number, knot, edge, ret);
	for (uint32_t i = 0; edge && i < ret->nedges; i++) {
		edge[i].lines = count_lines(g, edge[i].edge, knot->configs, tests);
		ret->lines += edge[i].lines;
	}
	ret->edge = edge;
	free(cut);
	free(number);
	net_release(&net);
}

void graph_cut(const struct graph *g, const struct knot *knot, bool tests, const uint32_t *weight,
	       struct arena *arena, struct cut *ret)
{
	cut_knot(g, knot, tests, weight, arena, ret);
}

void graph_cut_weight(const struct graph *g, const struct knot *knot, bool tests,
		      const uint32_t *weight, struct cut *ret)
{
	cut_knot(g, knot, tests, weight, NULL, ret);
}
