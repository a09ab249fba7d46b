/* SPDX-License-Identifier: MIT */
/*
 * cut_net.h - inside graph_cut(): the small graph that is cut, and the pieces of
 * the work on it.  A solution is a bool for each edge; true = cut.  Scratch is
 * freed before a function returns; steps are counted, never seconds.
 */
#ifndef MESHCTL_CUT_NET_H
#define MESHCTL_CUT_NET_H

#include "graph/cut.h"

struct cut_steps { uint64_t spent, limit; };

/* False once the limit is reached: finish with what there is. */
static inline bool cut_spend(struct cut_steps *s, uint64_t n)
{
	s->spent += n;
	return s->spent < s->limit;
}

struct net_edge {
	uint32_t from, to;
	uint32_t weight;
	uint32_t configs;               /* bits below net.nconfigs; never 0 */
};

struct cut_net {
	uint32_t nnodes, nedges, nconfigs;
	struct net_edge *edge;          /* by from, then to, in rows as struct graph has them */
	uint32_t *out_first;
	uint32_t *in_first, *in_edge;
};

#define net_foreach_out(n, p, e) \
	for (uint32_t e = (n)->out_first[p]; e < (n)->out_first[(p) + 1]; e++)
#define net_foreach_in(n, p, i) \
	for (uint32_t i = (n)->in_first[p]; i < (n)->in_first[(p) + 1]; i++)

/* Takes the edges over; they are sorted and each pair is there once. */
void net_init(struct cut_net *net, uint32_t nnodes, uint32_t nconfigs, struct net_edge *edge,
	      uint32_t nedges);
void net_release(struct cut_net *net);
/* Without configurations whose edges another one has too: what cuts that cuts them. */
void net_simplify_configs(struct cut_net *net);
/* Strongly connected components, numbered in reverse topological order. */
uint32_t net_components(const struct cut_net *net, const bool *cut, uint32_t config,
			uint32_t *ret_component, struct cut_steps *steps);
/* Is there a way from -> to in the configuration, past the cut edges? */
struct net_reach {
	uint32_t *seen, *queue, round;
};
void net_reach_init(struct net_reach *r, const struct cut_net *net);
void net_reach_release(struct net_reach *r);
bool net_reaches(struct net_reach *r, const struct cut_net *net, const bool *cut, uint32_t config,
		 uint32_t from, uint32_t to, struct cut_steps *steps);
uint64_t net_weight(const struct cut_net *net, const bool *cut);

/* ---- orders ---- */

/*
 * The best cut found that an order of the nodes gives, where edges of all
 * configurations count; done once it weighs no more than the bound.
 */
void cut_by_orders(const struct cut_net *net, uint64_t bound, struct cut_steps *steps,
		   bool *ret_cut);
/* An order in which no edge that is left leads back: only where no circle of any kind is left. */
void net_order(const struct cut_net *net, const bool *cut, uint32_t *ret_order);
/* Sifts the order that a cut leaves; one configuration only. */
void cut_sift(const struct cut_net *net, struct cut_steps *steps, bool *cut);
/* Takes edges back, the heaviest first (by `liking` where not NULL), that close no circle. */
void cut_take_back(const struct cut_net *net, const double *liking, struct cut_steps *steps,
		   bool *cut);

/* ---- bounds ---- */

struct cycles {                         /* rows of edges: each needs one cut edge at least */
	uint32_t count, cap;
	uint32_t *first;                /* [count + 1] */
	uint32_t *edge;
	uint32_t nedges, edge_cap;
};
void cycles_add(struct cycles *c, const uint32_t *edge, uint32_t n);
void cycles_release(struct cycles *c);

/* Packs cycles: returns a lower bound, and the cycles of the best packing. */
uint64_t cut_pack(const struct cut_net *net, struct cut_steps *steps, struct cycles *ret_cycles);
/*
 * Adds circles that are shorter than `limit` by the lengths and have little in
 * common.  Returns how many; 0 means that there is none, unless steps ran out.
 */
uint32_t cut_short_cycles(const struct cut_net *net, const uint32_t *length, uint32_t limit,
			  struct cut_steps *steps, struct cycles *cycles);

/*
 * Branch and bound.  cut[] holds a solution of weight `weight`; a better one replaces it.
 * Returns a proven lower bound.
 */
uint64_t cut_search(const struct cut_net *net, struct cut_steps *steps, struct cycles *cycles,
		    uint64_t bound, bool *cut);

/* ---- payoff ---- */

struct payoff {
	uint32_t edge;                  /* of the net, cut */
	uint32_t step, tied_before, tied_after;
};

/* Orders the n edges of a cut: step and edge of each.  Past the limit: the lightest first. */
void cut_payoff(const struct cut_net *net, const bool *cut, struct cut_steps *steps,
		struct payoff *ret, uint32_t n);
/* Fills tied_before and tied_after of edges in the order in which they are removed. */
void cut_tied(const struct cut_net *net, struct payoff *edge, uint32_t n);

#endif
