/* SPDX-License-Identifier: MIT */
/* ranks.c - bands, an order inside each, and rows that are filled in that order. */
#include "graph/draw/ranks.h"
#include "base/sym.h"

#include <stdlib.h>

struct ranks {
	const struct drawing *d;
	uint32_t *band;                 /* [nnodes] from 0 */
	uint32_t nbands;
	uint32_t *out_first, *out;      /* edges inside of a band, by their importing end */
	uint32_t *order, norder;        /* nodes, importing ones first as far as they can be */
	uint32_t *row;                  /* [nnodes] from 1 */
};

static void find_bands(struct ranks *r)
{
	const struct drawing *d = r->d;
	bool *imported = xcalloc((size_t)d->nnodes + 1, sizeof(*imported));
	uint32_t most = 0;

	for (uint32_t i = 0; i < d->nedges; i++)
		if (d->edge[i].from != d->edge[i].to)
			imported[d->edge[i].to] = true;
	for (uint32_t i = 0; i < d->nnodes; i++)
		most = d->node[i].rank > most ? d->node[i].rank : most;
	for (uint32_t i = 0; i < d->nnodes; i++) {
		const struct draw_node *n = &d->node[i];

		if (n->rank)
			r->band[i] = n->rank;
		else if (n->kind == KIND_OUTSIDE)
			r->band[i] = most + 2;
		else
			r->band[i] = imported[i] ? most + 1 : 0;
	}
	r->nbands = most + 3;
	free(imported);
}

static void find_edges(struct ranks *r)
{
	const struct drawing *d = r->d;

	for (uint32_t i = 0; i < d->nedges; i++)
		r->out_first[d->edge[i].from + 1] += r->band[d->edge[i].from] ==
						     r->band[d->edge[i].to];
	for (uint32_t i = 0; i < d->nnodes; i++)
		r->out_first[i + 1] += r->out_first[i];
	uint32_t *at = xcalloc((size_t)d->nnodes + 1, sizeof(*at));

	for (uint32_t i = 0; i < d->nedges; i++) {
		uint32_t from = d->edge[i].from, to = d->edge[i].to;

		if (r->band[from] == r->band[to])
			r->out[r->out_first[from] + at[from]++] = to;
	}
	free(at);
}

/* Depth first, with a stack of its own: reversed postorder. */
static void find_order(struct ranks *r)
{
	uint32_t n = r->d->nnodes, depth;
	uint32_t *stack = xcalloc((size_t)n + 1, sizeof(*stack));
	uint32_t *next = xcalloc((size_t)n + 1, sizeof(*next));
	bool *seen = xcalloc((size_t)n + 1, sizeof(*seen));
	uint32_t end = n;

	for (uint32_t start = n; start--;) {
		if (seen[start])
			continue;
		seen[start] = true;
		stack[0] = start;
		for (depth = 1; depth;) {
			uint32_t p = stack[depth - 1];

			if (next[p] < r->out_first[p + 1] - r->out_first[p]) {
				uint32_t q = r->out[r->out_first[p] + next[p]++];

				if (!seen[q]) {
					seen[q] = true;
					stack[depth++] = q;
				}
			} else {
				r->order[--end] = p;
				depth--;
			}
		}
	}
	r->norder = n;
	free(stack);
	free(next);
	free(seen);
}

/* As many as a row takes: pictures should be little wider than high. */
static uint32_t row_width(uint32_t nnodes)
{
	uint32_t width = 6;

	while (width * width < nnodes * 3)
		width++;
	return width;
}

/* Each node behind those that import it, in the first row of its band that has room. */
static uint32_t fill_rows(struct ranks *r)
{
	uint32_t n = r->d->nnodes, width = row_width(n), base = 0;
	uint32_t *used = xcalloc((size_t)n + 2, sizeof(*used));
	uint32_t *least = xcalloc((size_t)n + 1, sizeof(*least));
	bool *placed = xcalloc((size_t)n + 1, sizeof(*placed));

	for (uint32_t band = 0; band < r->nbands; band++) {
		uint32_t last = base;

		for (uint32_t i = 0; i < n; i++) {
			uint32_t p = r->order[i], row;

			if (r->band[p] != band)
				continue;
			row = least[p] > base ? least[p] : base + 1;
			while (used[row] >= width)
				row++;
			used[row]++;
			r->row[p] = row;
			placed[p] = true;
			last = row > last ? row : last;
			for (uint32_t e = r->out_first[p]; e < r->out_first[p + 1]; e++)
				if (!placed[r->out[e]] && least[r->out[e]] < row + 1)
					least[r->out[e]] = row + 1;
		}
		base = last;
	}
	free(used);
	free(least);
	free(placed);
	return base;
}

uint32_t *draw_ranks(const struct drawing *d, struct arena *arena, uint32_t *ret_rows)
{
	struct ranks r = { .d = d };
	bool any = false;

	for (uint32_t i = 0; i < d->nnodes; i++)
		any |= d->node[i].rank > 0;
	*ret_rows = 0;
	if (!any)
		return NULL;
	r.band = xcalloc((size_t)d->nnodes + 1, sizeof(*r.band));
	r.out_first = xcalloc((size_t)d->nnodes + 1, sizeof(*r.out_first));
	r.out = xcalloc((size_t)d->nedges + 1, sizeof(*r.out));
	r.order = xcalloc((size_t)d->nnodes + 1, sizeof(*r.order));
	r.row = arena_array(arena, uint32_t, d->nnodes);
	find_bands(&r);
	find_edges(&r);
	find_order(&r);
	*ret_rows = fill_rows(&r);
	free(r.band);
	free(r.out_first);
	free(r.out);
	free(r.order);
	return r.row;
}
