/* SPDX-License-Identifier: MIT */
/* reach.c - condensation, transitive closure by blocks of columns, breadth first backwards. */
#include "graph/reach.h"

#include <stdlib.h>
#include <string.h>

#define WORD_BITS 64u

static void collect_members(struct condensation *c, uint32_t npkgs, struct arena *arena)
{
	uint32_t *first = arena_array(arena, uint32_t, (size_t)c->ncomps + 1);
	uint32_t *member = arena_array(arena, uint32_t, npkgs);
	uint32_t *fill = xcalloc(c->ncomps, sizeof(*fill));

	for (uint32_t p = 0; p < npkgs; p++)
		first[c->comp[p] + 1]++;
	for (uint32_t k = 0; k < c->ncomps; k++)
		first[k + 1] += first[k];
	for (uint32_t p = 0; p < npkgs; p++)
		member[first[c->comp[p]] + fill[c->comp[p]]++] = p;
	free(fill);
	c->first = first;
	c->member = member;
}

void graph_condense(const struct graph *g, struct edge_filter f, struct arena *arena,
		    struct condensation *ret)
{
	uint32_t *comp, n = 0;

	*ret = (struct condensation){ .ncomps = graph_components(g, f, arena, &comp) };
	ret->comp = comp;
	collect_members(ret, g->npkgs, arena);
	uint32_t *next_first = arena_array(arena, uint32_t, (size_t)ret->ncomps + 1);
	uint32_t *next = arena_array(arena, uint32_t, g->nedges);
	uint32_t *noted = xcalloc(ret->ncomps, sizeof(*noted));

	for (uint32_t k = 0; k < ret->ncomps; k++) {
		for (uint32_t i = ret->first[k]; i < ret->first[k + 1]; i++) {
			graph_foreach_out(g, ret->member[i], e) {
				uint32_t to = comp[g->out_to[e]];

				if (to == k || noted[to] == k + 1 || !edge_alive(g, e, f))
					continue;
				noted[to] = k + 1;
				next[n++] = to;
			}
		}
		next_first[k + 1] = n;
	}
	free(noted);
	ret->next_first = next_first;
	ret->next = next;
}

/* One block of columns: places [from, end) of member[]; rows are components from `low` up. */
static void add_block(const struct condensation *c, uint32_t from, uint32_t end, uint64_t *rows,
		      size_t words, uint64_t *count)
{
	uint32_t low = c->comp[c->member[from]];

	memset(rows, 0, (size_t)(c->ncomps - low) * words * sizeof(*rows));
	for (uint32_t k = low; k < c->ncomps; k++) {
		uint64_t *row = rows + (size_t)(k - low) * words;

		for (uint32_t i = c->first[k]; i < c->first[k + 1] && i < end; i++)
			if (i >= from)
				row[(i - from) / WORD_BITS] |=
					UINT64_C(1) << (i - from) % WORD_BITS;
		for (uint32_t n = c->next_first[k]; n < c->next_first[k + 1]; n++) {
			/* Lower components lead to lower ones only: none of these columns. */
			if (c->next[n] < low)
				continue;
			const uint64_t *other = rows + (size_t)(c->next[n] - low) * words;

			for (size_t w = 0; w < words; w++)
				row[w] |= other[w];
		}
		for (size_t w = 0; w < words; w++)
			count[k] += (unsigned)__builtin_popcountll(row[w]);
	}
}

void graph_reach(const struct condensation *c, uint32_t npkgs, size_t bytes, uint32_t *reach)
{
	if (!npkgs)
		return;
	size_t words = bytes / c->ncomps / sizeof(uint64_t);
	size_t needed = (npkgs + WORD_BITS - 1) / WORD_BITS;

	words = words < 1 ? 1 : words > needed ? needed : words;
	uint64_t *rows = xrealloc(NULL, c->ncomps * words, sizeof(*rows));
	uint64_t *count = xcalloc(c->ncomps, sizeof(*count));
	uint32_t columns = (uint32_t)(words * WORD_BITS);

	for (uint32_t from = 0; from < npkgs; from += columns) {
		uint32_t end = npkgs - from < columns ? npkgs : from + columns;

		add_block(c, from, end, rows, words, count);
		if (end == npkgs)
			break;
	}
	for (uint32_t p = 0; p < npkgs; p++)
		reach[p] = (uint32_t)count[c->comp[p]];
	free(rows);
	free(count);
}

/* distance[] to `to` in one configuration; returns how many nodes are in queue[]. */
static uint32_t backwards(const struct graph *g, struct edge_filter f, uint32_t to,
			  uint32_t *distance, uint32_t *queue)
{
	uint32_t head = 0, tail = 0;

	for (uint32_t p = 0; p < g->npkgs; p++)
		distance[p] = ID_NONE;
	distance[to] = 0;
	queue[tail++] = to;
	while (head < tail) {
		uint32_t q = queue[head++];

		for (uint32_t r = g->in_first[q]; r < g->in_first[q + 1]; r++) {
			uint32_t p = g->in_from[r];

			if (distance[p] != ID_NONE || !edge_alive(g, g->in_edge[r], f))
				continue;
			distance[p] = distance[q] + 1;
			queue[tail++] = p;
		}
	}
	return tail;
}

static uint32_t first_step(const struct graph *g, struct edge_filter f, uint32_t p,
			   const uint32_t *distance)
{
	graph_foreach_out(g, p, e)
		if (distance[g->out_to[e]] == distance[p] - 1 && edge_alive(g, e, f))
			return e;
	BUG("node %u is %u edges away and no edge leads there", p, distance[p]);
}

void graph_leads(const struct graph *g, bool tests, uint32_t to, struct arena *arena,
		 struct leads *ret)
{
	uint32_t *distance = arena_array(arena, uint32_t, g->npkgs);
	uint32_t *edge = arena_array(arena, uint32_t, g->npkgs);
	uint32_t *config = arena_array(arena, uint32_t, g->npkgs);
	uint32_t *now = xrealloc(NULL, g->npkgs, sizeof(*now));
	uint32_t *queue = xrealloc(NULL, g->npkgs, sizeof(*queue));

	*ret = (struct leads){ .distance = distance, .edge = edge, .config = config };
	for (uint32_t p = 0; p < g->npkgs; p++)
		distance[p] = edge[p] = config[p] = ID_NONE;
	distance[to] = 0;
	for (uint32_t c = 0; c < g->nconfigs; c++) {
		struct edge_filter f = { c, tests };
		uint32_t n = backwards(g, f, to, now, queue);

		for (uint32_t i = 1; i < n; i++) {
			uint32_t p = queue[i];

			if (now[p] >= distance[p])
				continue;
			ret->count += distance[p] == ID_NONE;
			distance[p] = now[p];
			config[p] = c;
			edge[p] = first_step(g, f, p, now);
		}
	}
	for (uint32_t p = 0; p < g->npkgs; p++)
		if (distance[p] != ID_NONE && distance[p] > ret->farthest)
			ret->farthest = distance[p];
	free(now);
	free(queue);
}
