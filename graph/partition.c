/* SPDX-License-Identifier: MIT */
/*
 * partition.c - components by Tarjan, then what is ready first, rank by rank: components
 * outside, and inside each the node that waits for least.
 */
#include "graph/partition.h"
#include "graph/tarjan.h"

#include <string.h>

struct sorter {
	const struct partition_input *in;
	uint32_t *component, ncomps;
	uint32_t *first, *member;       /* of components */
	uint32_t *least;                /* [ncomps] its member of the least rank, then number */
	uint32_t *waits;                /* [ncomps] edges into components that are not placed */
	uint32_t *ready, nready;        /* components */
	uint64_t *missing;              /* [npkgs] weight of what it imports and is not there */
	bool *placed;                   /* [npkgs] */
	uint32_t *order, *circle, norder, ncircles;
};

static uint32_t rank_of(const struct sorter *s, uint32_t node)
{
	return s->in->rank ? s->in->rank[node] : 0;
}

static bool before(const struct sorter *s, uint32_t a, uint32_t b)
{
	uint32_t ra = rank_of(s, a), rb = rank_of(s, b);

	return ra != rb ? ra < rb : a < b;
}

/* ---- components ---- */

static bool alive(const struct sorter *s, uint32_t from, uint32_t e)
{
	const struct partition_input *in = s->in;

	return in->edge[e] && in->node[from] && in->node[in->graph->out_to[e]];
}

static void find_components(struct sorter *s)
{
	const struct graph *g = s->in->graph;
	struct tarjan t;
	uint32_t e;

	tarjan_init(&t, g->npkgs, g->out_first, s->component);
	while (tarjan_next(&t, &e))
		if (alive(s, t.path[t.depth - 1], e))
			tarjan_follow(&t, g->out_to[e]);
	tarjan_release(&t);
	s->ncomps = t.count;
}

static void collect(struct sorter *s)
{
	const struct graph *g = s->in->graph;
	uint32_t *fill = xcalloc(s->ncomps, sizeof(*fill));

	for (uint32_t p = 0; p < g->npkgs; p++)
		s->first[s->component[p] + 1]++;
	for (uint32_t c = 0; c < s->ncomps; c++)
		s->first[c + 1] += s->first[c];
	for (uint32_t p = 0; p < g->npkgs; p++) {
		uint32_t c = s->component[p];

		if (!fill[c] || before(s, p, s->least[c]))
			s->least[c] = p;
		s->member[s->first[c] + fill[c]++] = p;
	}
	free(fill);
}

/* ---- components that nothing holds back ---- */

/* One of the rank of the last: blocks stay together; else the least. */
static uint32_t take_next(struct sorter *s)
{
	uint32_t last = s->norder ? rank_of(s, s->order[s->norder - 1]) : 0, best = 0;

	for (uint32_t i = 1; i < s->nready; i++) {
		uint32_t a = s->least[s->ready[i]], b = s->least[s->ready[best]];
		bool stays = rank_of(s, a) == last, stay = rank_of(s, b) == last;

		if (stays != stay ? stays : before(s, a, b))
			best = i;
	}
	uint32_t c = s->ready[best];

	s->ready[best] = s->ready[--s->nready];
	return c;
}

/* ---- inside a component ---- */

static uint32_t weight_of(const struct sorter *s, uint32_t e)
{
	return s->in->weight ? s->in->weight[e] : 1;
}

static bool counts_inside(const struct sorter *s, uint32_t from, uint32_t e)
{
	return alive(s, from, e) && !(s->in->cut && s->in->cut[e]) &&
	       s->component[from] == s->component[s->in->graph->out_to[e]];
}

static void place(struct sorter *s, uint32_t p, uint32_t circle)
{
	const struct graph *g = s->in->graph;

	s->order[s->norder] = p;
	s->circle[s->norder++] = circle;
	s->placed[p] = true;
	for (uint32_t i = g->in_first[p]; i < g->in_first[p + 1]; i++)
		if (counts_inside(s, g->in_from[i], g->in_edge[i]))
			s->missing[g->in_from[i]] -= weight_of(s, g->in_edge[i]);
}

static void place_component(struct sorter *s, uint32_t c)
{
	const struct graph *g = s->in->graph;
	uint32_t from = s->first[c], end = s->first[c + 1];
	uint32_t circle = end - from > 1 ? ++s->ncircles : 0;

	for (uint32_t i = from; i < end; i++)
		graph_foreach_out(g, s->member[i], e)
			if (counts_inside(s, s->member[i], e))
				s->missing[s->member[i]] += weight_of(s, e);
	for (uint32_t left = end - from; left; left--) {
		uint32_t best = ID_NONE;

		for (uint32_t i = from; i < end; i++) {
			uint32_t p = s->member[i];

			if (s->placed[p])
				continue;
			if (best == ID_NONE || s->missing[p] < s->missing[best] ||
			    (s->missing[p] == s->missing[best] && before(s, p, best)))
				best = p;
		}
		place(s, best, circle);
	}
}

/* ---- all of it ---- */

static void count_waits(struct sorter *s)
{
	const struct graph *g = s->in->graph;

	for (uint32_t p = 0; p < g->npkgs; p++)
		graph_foreach_out(g, p, e)
			if (alive(s, p, e))
				s->waits[s->component[p]] +=
					s->component[p] != s->component[g->out_to[e]];
}

/* Those that import one of its members wait for one edge less. */
static void release(struct sorter *s, uint32_t c)
{
	const struct graph *g = s->in->graph;

	for (uint32_t m = s->first[c]; m < s->first[c + 1]; m++) {
		uint32_t p = s->member[m];

		for (uint32_t i = g->in_first[p]; i < g->in_first[p + 1]; i++) {
			uint32_t other = s->component[g->in_from[i]];

			if (other != c && alive(s, g->in_from[i], g->in_edge[i]) &&
			    !--s->waits[other])
				s->ready[s->nready++] = other;
		}
	}
}

static bool takes_part(const struct sorter *s, uint32_t c)
{
	return s->in->node[s->member[s->first[c]]];
}

void graph_partition(const struct partition_input *in, struct arena *arena,
		     struct partition *ret)
{
	uint32_t n = in->graph->npkgs;
	struct arena scratch = ARENA_INIT;
	struct sorter s = {
		.in = in, .component = arena_array(&scratch, uint32_t, n),
		.first = arena_array(&scratch, uint32_t, (size_t)n + 1),
		.member = arena_array(&scratch, uint32_t, n),
		.least = arena_array(&scratch, uint32_t, n),
		.waits = arena_array(&scratch, uint32_t, n),
		.ready = arena_array(&scratch, uint32_t, n),
		.missing = arena_array(&scratch, uint64_t, n),
		.placed = arena_array(&scratch, bool, n),
		.order = arena_array(arena, uint32_t, n),
		.circle = arena_array(arena, uint32_t, n),
	};

	find_components(&s);
	collect(&s);
	count_waits(&s);
	for (uint32_t c = 0; c < s.ncomps; c++)
		if (takes_part(&s, c) && !s.waits[c])
			s.ready[s.nready++] = c;
	while (s.nready) {
		uint32_t c = take_next(&s);

		place_component(&s, c);
		release(&s, c);
	}
	*ret = (struct partition){
		.count = s.norder, .node = s.order, .circle = s.circle, .ncircles = s.ncircles,
	};
	arena_release(&scratch);
}
