/* SPDX-License-Identifier: MIT */
/*
 * cut_order.h - inside cut_by_orders(): how an order of the nodes begins, and
 * how it gets better.
 */
#ifndef MESHCTL_CUT_ORDER_H
#define MESHCTL_CUT_ORDER_H

#include "graph/cut_net.h"

/* xorshift64: fast, and the same everywhere.  The state is never 0. */
static inline uint64_t cut_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	return *state ^= *state << 17;
}

/* The order of Eades, Lin and Smyth; random (or NULL) decides between equals. */
void cut_peel(const struct cut_net *net, uint64_t *random, struct cut_steps *steps,
	      uint32_t *ret_order);

struct sifter {
	const struct cut_net *net;
	uint64_t *label;                /* ascending along the order */
	uint32_t *next, *prev;          /* the order; node nnodes is before the first */
	struct stop { uint64_t label; int64_t gain; uint32_t node; } *stop;
};

void sifter_init(struct sifter *s, const struct cut_net *net);
void sifter_release(struct sifter *s);
/* Node by node in the order of visit[], until a whole round changes nothing. */
void sifter_run(struct sifter *s, const uint32_t *visit, struct cut_steps *steps, uint32_t *order);

#endif
