/* SPDX-License-Identifier: MIT */
/*
 * metrics.h - numbers about packages and about the whole graph.  R. Martin,
 * "OO Design Quality Metrics" (1994): Ca, Ce, I, inside the tree only.
 * J. Lakos, "Large-Scale C++ Software Design" (1996): CCD, ACD, NCCD.
 * A. MacCormack, J. Rusnak, C. Baldwin, "Exploring the Structure of Complex
 * Software Designs" (2006): propagation cost.  All build configurations are
 * taken together.
 */
#ifndef MESHCTL_METRICS_H
#define MESHCTL_METRICS_H

#include "graph/graph.h"

struct node_metrics {
	uint32_t ca, ce;                /* nodes that import it; that it imports */
	uint32_t depth;                 /* nodes on its longest way down, itself included */
	uint32_t reach;                 /* nodes that it leads to, itself included */
};

struct graph_metrics {
	uint32_t npkgs, nedges;         /* that count */
	const bool *counted;            /* [g->npkgs] as `graph` shows them */
	const struct node_metrics *node;/* [g->npkgs] */
	uint64_t ccd;
	double acd, nccd, cost;         /* NAN without packages */
	uint32_t depth;
	const uint32_t *chain;          /* [depth] a longest way from the top; lowest of a circle */
	const uint32_t *chain_size;     /* [depth] nodes in that circle; 1 = none */
};

/*
 * Without tests, what only tests have does not count: external tests, and
 * packages of nothing but tests that nobody else imports.
 */
void graph_measure(const struct graph *g, bool tests, struct arena *arena,
		   struct graph_metrics *ret);
/* Its npkgs alone. */
uint32_t graph_count(const struct graph *g, bool tests);
/* Ce / (Ca + Ce); NAN where both are 0. */
double metric_instability(const struct node_metrics *m);
/* Interfaces / (interfaces + structs); NAN where both are 0. */
double metric_abstractness(uint32_t interfaces, uint32_t structs);
/* |A + I - 1|, the distance from the main sequence; NAN where A or I is. */
double metric_distance(double abstractness, double instability);
/* Far from it: stable and concrete (I < 0.3, A < 0.1), unstable and abstract (I > 0.7, A > 0.7). */
enum metric_zone { ZONE_NONE, ZONE_PAIN, ZONE_USELESSNESS };
enum metric_zone metric_zone(double abstractness, double instability);
/* CCD of a balanced binary tree of n nodes: (n + 1) log2(n + 1) - n. */
double metric_tree_ccd(uint32_t n);

#endif
