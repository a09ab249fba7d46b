/* SPDX-License-Identifier: MIT */
/*
 * cut_sift.c - a better order by moving one node at a time to its best place, as
 * R. Rudell does for variable orders (1993).  Labels with gaps keep the order in
 * a list, so that a move costs no more than the node has edges.
 */
#include "graph/cut_order.h"

#include <stdlib.h>

static void relabel(struct sifter *s)
{
	uint32_t n = s->net->nnodes;
	uint64_t gap = UINT64_MAX / ((uint64_t)n + 2), label = 0;

	for (uint32_t v = s->next[n]; v != n; v = s->next[v])
		s->label[v] = label += gap;
}

static void insert_after(struct sifter *s, uint32_t v, uint32_t before)
{
	uint32_t n = s->net->nnodes, after = s->next[before];
	uint64_t low = before == n ? 0 : s->label[before];
	uint64_t high = after == n ? UINT64_MAX : s->label[after];

	s->next[before] = s->prev[after] = v;
	s->prev[v] = before;
	s->next[v] = after;
	s->label[v] = low + (high - low) / 2;
	if (s->label[v] == low)
		relabel(s);
}

static int by_label(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct stop *a = va, *b = vb;

	return a->label < b->label ? -1 : a->label > b->label;
}

/* Moves a node to the first of its best places; true when that is better than where it was. */
static bool sift(struct sifter *s, uint32_t v)
{
	const struct cut_net *net = s->net;
	uint32_t n = 0, best = net->nnodes;
	int64_t cost = 0, least, here = 0;

	net_foreach_out(net, v, e) {
		uint32_t u = net->edge[e].to;

		/* Behind u the edge to it leads back. */
		s->stop[n++] = (struct stop){ s->label[u], net->edge[e].weight, u };
	}
	net_foreach_in(net, v, i) {
		const struct net_edge *e = &net->edge[net->in_edge[i]];

		s->stop[n++] = (struct stop){ s->label[e->from], -(int64_t)e->weight, e->from };
		cost += e->weight;
	}
	sort_with(s->stop, n, sizeof(*s->stop), by_label, NULL);
	least = here = cost;
	for (uint32_t i = 0; i < n; i++) {
		cost += s->stop[i].gain;
		if (s->stop[i].label < s->label[v])
			here = cost;
		/* Two edges of one pair are one stop. */
		if (i + 1 < n && s->stop[i + 1].node == s->stop[i].node)
			continue;
		if (cost < least) {
			least = cost;
			best = s->stop[i].node;
		}
	}
	if (least >= here)
		return false;
	s->next[s->prev[v]] = s->next[v];
	s->prev[s->next[v]] = s->prev[v];
	insert_after(s, v, best);
	return true;
}

void sifter_init(struct sifter *s, const struct cut_net *net)
{
	uint32_t n = net->nnodes;

	*s = (struct sifter){
		.net = net, .label = xcalloc((size_t)n + 1, sizeof(*s->label)),
		.next = xcalloc((size_t)n + 1, sizeof(*s->next)),
		.prev = xcalloc((size_t)n + 1, sizeof(*s->prev)),
		.stop = xcalloc((size_t)net->nedges + 1, sizeof(*s->stop)),
	};
}

void sifter_release(struct sifter *s)
{
	free(s->label);
	free(s->next);
	free(s->prev);
	free(s->stop);
}

void sifter_run(struct sifter *s, const uint32_t *visit, struct cut_steps *steps, uint32_t *order)
{
	const struct cut_net *net = s->net;
	uint32_t n = net->nnodes, last = n;
	bool moved = true;

	for (uint32_t i = 0; i < n; i++) {
		s->next[last] = order[i];
		s->prev[order[i]] = last;
		last = order[i];
	}
	s->next[last] = n;
	s->prev[n] = last;
	relabel(s);
	while (moved) {
		moved = false;
		for (uint32_t i = 0; i < n; i++) {
			uint32_t v = visit[i];
			uint64_t degree = net->out_first[v + 1] - net->out_first[v] +
					  net->in_first[v + 1] - net->in_first[v];

			if (!cut_spend(steps, 4 * degree))
				break;
			moved |= sift(s, v);
		}
		if (steps->spent >= steps->limit)
			break;
	}
	last = 0;
	for (uint32_t v = s->next[n]; v != n; v = s->next[v])
		order[last++] = v;
}
