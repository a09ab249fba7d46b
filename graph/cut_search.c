/* SPDX-License-Identifier: MIT */
/*
 * cut_search.c - branch and bound: solves the relaxation, adds circles that it
 * leaves, and where an edge is cut in part looks at both whole answers.
 */
#include "graph/cut_lp.h"

#include <stdlib.h>
#include <string.h>

#define UNIT (1u << 20)                 /* length of an edge that is cut whole */
#define SHORT (UNIT - (UNIT >> 14))     /* a circle below is violated, rounding aside */
#define DEPTH_MAX 200u
#define CELLS_MAX (16u << 20)           /* numbers in all tableaus that wait */

/* A branch that waits: an edge of its parent's relaxation that is cut, or kept. */
struct branch {
	struct cut_lp lp;
	uint64_t bound;
	uint32_t edge;
	bool keep;
};

struct search {
	const struct cut_net *net;
	struct cut_steps *steps;
	struct cycles *cycles;
	bool *best;                     /* the caller's */
	uint64_t weight, bound;         /* of the best cut; proven for those that were closed */
	double *value;
	uint32_t *length;
	bool *try;
	struct branch *open;
	uint32_t nopen, cap;
	uint64_t cells;
};

static void offer(struct search *s)
{
	uint64_t weight = net_weight(s->net, s->try);

	if (weight >= s->weight)
		return;
	s->weight = weight;
	memcpy(s->best, s->try, s->net->nedges * sizeof(*s->best));
}

/* A whole cut near the relaxation: what it hardly cuts is kept first. */
static void round_values(struct search *s)
{
	double *liking = xcalloc(s->net->nedges, sizeof(*liking));

	for (uint32_t e = 0; e < s->net->nedges; e++) {
		s->try[e] = true;
		liking[e] = -s->value[e];
	}
	cut_take_back(s->net, liking, s->steps, s->try);
	if (s->net->nconfigs == 1)
		cut_sift(s->net, s->steps, s->try);
	offer(s);
	free(liking);
}

static uint32_t add_violated(struct search *s, struct cut_lp *lp)
{
	uint32_t before = s->cycles->count, n;

	for (uint32_t e = 0; e < s->net->nedges; e++) {
		double v = s->value[e] < 0 ? 0 : s->value[e] > 1 ? 1 : s->value[e];

		/* The 1 prefers, of equal ones, the circle of fewer edges: it says more. */
		s->length[e] = (uint32_t)(v * UNIT) + 1;
	}
	n = cut_short_cycles(s->net, s->length, SHORT, s->steps, s->cycles);
	for (uint32_t i = before; i < s->cycles->count; i++)
		cut_lp_require(lp, i);
	return n;
}

/* The edge that is nearest to half, the heaviest of them; ID_NONE when all are whole. */
static uint32_t choose_edge(const struct search *s)
{
	uint32_t best = ID_NONE;
	double most = 1e-6;

	for (uint32_t e = 0; e < s->net->nedges; e++) {
		double v = s->value[e], part = v < 1 - v ? v : 1 - v;

		if (part > most + 1e-6 || (best != ID_NONE && part > most - 1e-6 &&
					   s->net->edge[e].weight > s->net->edge[best].weight)) {
			best = e;
			most = part > most ? part : most;
		}
	}
	return best;
}

/* Solves until no circle is violated.  False when it gives up; *bound is proven anyway. */
static bool relax(struct search *s, struct cut_lp *lp, uint64_t *bound)
{
	for (uint32_t round = 1;; round++) {
		bool fits = (uint64_t)lp->nrows * lp->ncols <= CELLS_MAX;
		bool solved = fits && cut_lp_solve(lp, s->steps);
		uint64_t now = cut_lp_bound(lp);

		*bound = now > *bound ? now : *bound;
		if (!solved || *bound >= s->weight)
			return solved;
		cut_lp_values(lp, s->value);
		if (!(round & (round - 1)))
			round_values(s);
		if (!add_violated(s, lp))
			return s->steps->spent < s->steps->limit;
	}
}

static void push(struct search *s, struct cut_lp *lp, uint64_t bound, uint32_t edge, bool keep)
{
	VEC_RESERVE(s->open, s->cap, (size_t)s->nopen + 1);
	s->open[s->nopen++] = (struct branch){ *lp, bound, edge, keep };
	s->cells += (uint64_t)lp->nrows * lp->col_cap;
}

/* What would close a circle of kept edges cannot be kept. */
static bool can_keep(const struct search *s, const struct cut_lp *lp, uint32_t edge)
{
	const struct net_edge *e = &s->net->edge[edge];
	struct net_reach reach;
	bool can = true;

	for (uint32_t i = 0; i < s->net->nedges; i++)
		s->try[i] = !lp->kept[i];
	net_reach_init(&reach, s->net);
	for (uint32_t c = 0; c < s->net->nconfigs && can; c++)
		can = !(e->configs >> c & 1) ||
		      !net_reaches(&reach, s->net, s->try, c, e->to, e->from, s->steps);
	net_reach_release(&reach);
	return can;
}

/* Takes lp over.  False when the proof is given up. */
static bool expand(struct search *s, struct cut_lp *lp, uint64_t bound)
{
	uint32_t edge;
	struct cut_lp twin;

	if (!relax(s, lp, &bound) && bound < s->weight) {
		s->bound = bound < s->bound ? bound : s->bound;
		cut_lp_release(lp);
		return false;
	}
	if (bound < s->weight)
		round_values(s);
	edge = bound < s->weight ? choose_edge(s) : ID_NONE;
	if (edge == ID_NONE) {
		/* Whole values are a cut, and round_values() has found it or a better one. */
		s->bound = bound < s->bound ? bound : s->bound;
		cut_lp_release(lp);
		return bound >= s->weight;
	}
	if (can_keep(s, lp, edge)) {
		cut_lp_copy(&twin, lp);
		push(s, &twin, bound, edge, true);
	}
	push(s, lp, bound, edge, false);
	return s->nopen < DEPTH_MAX && s->cells < 4 * (uint64_t)CELLS_MAX;
}

static bool next_branch(struct search *s)
{
	struct branch b = s->open[--s->nopen];

	s->cells -= (uint64_t)b.lp.nrows * b.lp.col_cap;
	if (b.bound >= s->weight) {
		cut_lp_release(&b.lp);
		return true;
	}
	if (b.keep) {
		cut_lp_keep(&b.lp, b.edge);
	} else {
		cycles_add(s->cycles, &b.edge, 1);
		cut_lp_require(&b.lp, s->cycles->count - 1);
	}
	return expand(s, &b.lp, b.bound);
}

uint64_t cut_search(const struct cut_net *net, struct cut_steps *steps, struct cycles *cycles,
		    uint64_t bound, bool *cut)
{
	struct search s = {
		.net = net, .steps = steps, .cycles = cycles, .best = cut,
		.weight = net_weight(net, cut), .bound = UINT64_MAX,
		.value = xcalloc(net->nedges, sizeof(*s.value)),
		.length = xcalloc(net->nedges, sizeof(*s.length)),
		.try = xcalloc(net->nedges, sizeof(*s.try)),
	};
	struct cut_lp root;
	bool going;

	cut_lp_init(&root, net, cycles);
	for (uint32_t i = 0; i < cycles->count; i++)
		cut_lp_require(&root, i);
	going = expand(&s, &root, bound);
	while (going && s.nopen)
		going = next_branch(&s);
	/* What was not looked at is as good as its parent allows. */
	for (uint32_t i = 0; i < s.nopen; i++) {
		s.bound = s.open[i].bound < s.bound ? s.open[i].bound : s.bound;
		cut_lp_release(&s.open[i].lp);
	}
	free(s.open);
	free(s.value);
	free(s.length);
	free(s.try);
	s.bound = s.bound < s.weight ? s.bound : s.weight;
	return s.bound > bound ? s.bound : bound;
}
