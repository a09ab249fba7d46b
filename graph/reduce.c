/* SPDX-License-Identifier: MIT */
/*
 * reduce.c - transitive reduction through the condensation: an edge is spare when
 * what it leads to is behind another successor of the same component.
 */
#include "graph/reduce.h"
#include "graph/reach.h"
#include "graph/tarjan.h"

#include <string.h>

#define WORD_BITS 64u

struct pair { uint32_t from, to, edge, weight; };       /* components */

static int by_ends(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct pair *a = va, *b = vb;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	if (a->to != b->to)
		return a->to < b->to ? -1 : 1;
	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	return a->edge < b->edge ? -1 : a->edge > b->edge;
}

static bool has(const uint64_t *row, uint32_t bit)
{
	return row[bit / WORD_BITS] >> bit % WORD_BITS & 1;
}

/* Columns from .. end - 1: what each component leads to, itself not included. */
static void reduce_block(uint32_t ncomps, const uint32_t *first, const uint32_t *next,
			 uint32_t from, uint32_t end, size_t words, uint64_t *rows, bool *spare)
{
	uint64_t *behind = rows + (size_t)ncomps * words;

	memset(rows, 0, ncomps * words * sizeof(*rows));
	for (uint32_t c = from; c < ncomps; c++) {
		uint64_t *row = rows + (size_t)c * words;

		memset(behind, 0, words * sizeof(*behind));
		for (uint32_t i = first[c]; i < first[c + 1]; i++) {
			const uint64_t *other = rows + (size_t)next[i] * words;

			for (size_t w = 0; w < words; w++)
				behind[w] |= other[w];
		}
		memcpy(row, behind, words * sizeof(*row));
		for (uint32_t i = first[c]; i < first[c + 1]; i++) {
			uint32_t bit = next[i] - from;

			if (next[i] < from || next[i] >= end)
				continue;
			spare[i] = has(behind, bit);
			row[bit / WORD_BITS] |= UINT64_C(1) << bit % WORD_BITS;
		}
	}
}

void reduce_condensed(uint32_t ncomps, const uint32_t *first, const uint32_t *next, size_t bytes,
		      bool *spare)
{
	if (!ncomps)
		return;
	size_t words = bytes / ((size_t)ncomps + 1) / sizeof(uint64_t);
	size_t needed = (ncomps + WORD_BITS - 1) / WORD_BITS;

	words = words < 1 ? 1 : words > needed ? needed : words;
	uint64_t *rows = xcalloc(((size_t)ncomps + 1) * words, sizeof(*rows));
	uint32_t columns = (uint32_t)(words * WORD_BITS);

	for (uint32_t from = 0; from < ncomps; from += columns) {
		uint32_t end = ncomps - from < columns ? ncomps : from + columns;

		reduce_block(ncomps, first, next, from, end, words, rows, spare);
		if (end == ncomps)
			break;
	}
	free(rows);
}

static uint32_t components(const struct graph *g, const bool *edge, uint32_t *component)
{
	struct tarjan t;
	uint32_t e;

	tarjan_init(&t, g->npkgs, g->out_first, component);
	while (tarjan_next(&t, &e))
		if (edge[e])
			tarjan_follow(&t, g->out_to[e]);
	tarjan_release(&t);
	return t.count;
}

/* The edges between components, sorted. */
static uint32_t pairs_of(const struct graph *g, const uint32_t *weight, const bool *edge,
			 const uint32_t *component, struct pair *pair)
{
	uint32_t n = 0;

	for (uint32_t p = 0; p < g->npkgs; p++) {
		graph_foreach_out(g, p, e) {
			uint32_t a = component[p], b = component[g->out_to[e]];

			if (edge[e] && a != b)
				pair[n++] = (struct pair){ a, b, e, weight ? weight[e] : 1 };
		}
	}
	sort_with(pair, n, sizeof(*pair), by_ends, NULL);
	return n;
}

void graph_reduce(const struct graph *g, const uint32_t *weight, const bool *keep, bool *edge)
{
	uint32_t *component = xcalloc(g->npkgs, sizeof(*component));
	struct pair *pair = xcalloc(g->nedges, sizeof(*pair));
	uint32_t ncomps = components(g, edge, component);
	uint32_t npairs = pairs_of(g, weight, edge, component, pair), n = 0;
	uint32_t *first = xcalloc((size_t)ncomps + 1, sizeof(*first));
	uint32_t *next = xcalloc(npairs, sizeof(*next));
	bool *spare = xcalloc(npairs, sizeof(*spare));

	for (uint32_t i = 0; i < npairs; i++) {
		if (i && pair[i].from == pair[i - 1].from && pair[i].to == pair[i - 1].to)
			continue;
		next[n++] = pair[i].to;
		first[pair[i].from + 1] = n;
	}
	/* Components that lead nowhere begin where the one before them ends. */
	for (uint32_t c = 0; c < ncomps; c++)
		if (first[c + 1] < first[c])
			first[c + 1] = first[c];
	reduce_condensed(ncomps, first, next, REACH_BYTES, spare);
	for (uint32_t i = 0, at = 0; i < npairs; i++) {
		bool again = i && pair[i].from == pair[i - 1].from &&
			     pair[i].to == pair[i - 1].to;

		at += i && !again;
		if ((again || spare[at]) && !(keep && keep[pair[i].edge]))
			edge[pair[i].edge] = false;
	}
	free(spare);
	free(next);
	free(first);
	free(pair);
	free(component);
}
