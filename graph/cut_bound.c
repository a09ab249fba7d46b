/* SPDX-License-Identifier: MIT */
/*
 * cut_bound.c - circles that prove how much must be cut at least: packed so
 * that together they use no edge beyond its weight, or shorter than a length.
 */
#include "graph/cut_net.h"

#include <stdlib.h>
#include <string.h>

#define PACKINGS 3u                     /* orders of edges that are tried */

void cycles_add(struct cycles *c, const uint32_t *edge, uint32_t n)
{
	VEC_RESERVE(c->first, c->cap, (size_t)c->count + 2);
	VEC_RESERVE(c->edge, c->edge_cap, (size_t)c->nedges + n);
	c->first[c->count] = c->nedges;
	memcpy(c->edge + c->nedges, edge, n * sizeof(*edge));
	c->nedges += n;
	c->first[++c->count] = c->nedges;
}

void cycles_release(struct cycles *c)
{
	free(c->first);
	free(c->edge);
	*c = (struct cycles){ 0 };
}

/* ---- packing ---- */

struct packer {
	const struct cut_net *net;
	struct cut_steps *steps;
	uint32_t *left;                 /* what is left of the weights */
	uint32_t *seen, *by, *depth, *queue;
	uint32_t round;
	uint32_t *found, nfound;        /* the circle, last edge first */
};

static void trace(struct packer *p, uint32_t through, uint32_t last)
{
	const struct cut_net *net = p->net;

	p->nfound = 0;
	p->found[p->nfound++] = through;
	for (uint32_t v = last; v != net->edge[through].to; v = net->edge[p->by[v]].from)
		p->found[p->nfound++] = p->by[v];
}

/* A shortest circle through an edge, of at most `most` edges, along what is left. */
static bool circle_through(struct packer *p, uint32_t through, uint32_t config, uint32_t most)
{
	const struct cut_net *net = p->net;
	uint32_t head = 0, tail = 0, start = net->edge[through].to, end = net->edge[through].from;

	p->round++;
	p->seen[start] = p->round;
	p->depth[start] = 1;
	p->queue[tail++] = start;
	while (head < tail) {
		uint32_t v = p->queue[head++];

		if (p->depth[v] >= most)
			break;
		cut_spend(p->steps, 1 + net->out_first[v + 1] - net->out_first[v]);
		net_foreach_out(net, v, e) {
			uint32_t u = net->edge[e].to;

			if (!p->left[e] || p->seen[u] == p->round ||
			    !(net->edge[e].configs >> config & 1))
				continue;
			p->seen[u] = p->round;
			p->by[u] = e;
			p->depth[u] = p->depth[v] + 1;
			if (u == end) {
				trace(p, through, end);
				return true;
			}
			p->queue[tail++] = u;
		}
	}
	return false;
}

static uint32_t subtract(struct packer *p)
{
	uint32_t least = UINT32_MAX;

	for (uint32_t i = 0; i < p->nfound; i++)
		if (p->left[p->found[i]] < least)
			least = p->left[p->found[i]];
	for (uint32_t i = 0; i < p->nfound; i++)
		p->left[p->found[i]] -= least;
	return least;
}

static uint64_t pack_through(struct packer *p, uint32_t edge, uint32_t most, struct cycles *cycles)
{
	uint64_t sum = 0;

	for (uint32_t c = 0; c < p->net->nconfigs; c++) {
		if (!(p->net->edge[edge].configs >> c & 1))
			continue;
		while (p->left[edge] && p->steps->spent < p->steps->limit &&
		       circle_through(p, edge, c, most)) {
			sum += subtract(p);
			cycles_add(cycles, p->found, p->nfound);
		}
	}
	return sum;
}

/* Short circles use up little: first those of two edges, then of three, ... */
static uint64_t pack(struct packer *p, uint32_t turn, struct cycles *cycles)
{
	const struct cut_net *net = p->net;
	uint32_t m = net->nedges, most = 2;
	uint64_t sum = 0;

	for (uint32_t e = 0; e < m; e++)
		p->left[e] = net->edge[e].weight;
	for (;;) {
		for (uint32_t i = 0; i < m && p->steps->spent < p->steps->limit; i++) {
			uint32_t e = (uint32_t)((i + (uint64_t)turn * m / PACKINGS) % m);

			sum += pack_through(p, e, most, cycles);
		}
		if (most >= net->nnodes || p->steps->spent >= p->steps->limit)
			break;
		most = most < 8 ? most + 1 : most < 16 ? 16 : net->nnodes;
	}
	return sum;
}

uint64_t cut_pack(const struct cut_net *net, struct cut_steps *steps, struct cycles *ret_cycles)
{
	uint32_t n = net->nnodes;
	struct packer p = {
		.net = net, .steps = steps, .left = xcalloc(net->nedges, sizeof(*p.left)),
		.seen = xcalloc(n, sizeof(*p.seen)), .by = xcalloc(n, sizeof(*p.by)),
		.depth = xcalloc(n, sizeof(*p.depth)), .queue = xcalloc(n, sizeof(*p.queue)),
		.found = xcalloc((size_t)n + 1, sizeof(*p.found)),
	};
	struct cycles best = { 0 };
	uint64_t most = 0;

	for (uint32_t turn = 0; turn < PACKINGS && (!turn || steps->spent < steps->limit); turn++) {
		struct cycles found = { 0 };
		uint64_t sum = pack(&p, turn, &found);

		if (!turn || sum > most) {
			struct cycles worse = best;

			best = found;
			found = worse;
			most = sum;
		}
		cycles_release(&found);
	}
	*ret_cycles = best;
	free(p.left);
	free(p.seen);
	free(p.by);
	free(p.depth);
	free(p.queue);
	free(p.found);
	return most;
}

/* ---- circles that are short by given lengths: E. Dijkstra (1959) ---- */

struct visit { uint32_t distance, node; };

struct finder {
	const struct cut_net *net;
	struct cut_steps *steps;
	const uint32_t *length;
	uint32_t limit, config;
	uint32_t *extra;                /* on the length of edges that were used */
	uint32_t *distance, *by;        /* of nodes; index nnodes is the start, reached again */
	uint32_t *touched, ntouched;
	struct visit *heap;
	size_t nheap, cap;
	uint32_t *path;
};

static bool sooner(const struct visit *a, const struct visit *b)
{
	return a->distance != b->distance ? a->distance < b->distance : a->node < b->node;
}

static void push(struct finder *f, uint32_t distance, uint32_t node)
{
	size_t i = f->nheap++;
	struct visit v = { distance, node };

	VEC_RESERVE(f->heap, f->cap, f->nheap);
	for (; i && sooner(&v, &f->heap[(i - 1) / 2]); i = (i - 1) / 2)
		f->heap[i] = f->heap[(i - 1) / 2];
	f->heap[i] = v;
}

static struct visit pop(struct finder *f)
{
	struct visit first = f->heap[0], last = f->heap[--f->nheap];
	size_t i = 0, child;

	while ((child = 2 * i + 1) < f->nheap) {
		child += child + 1 < f->nheap && sooner(&f->heap[child + 1], &f->heap[child]);
		if (!sooner(&f->heap[child], &last))
			break;
		f->heap[i] = f->heap[child];
		i = child;
	}
	f->heap[i] = last;
	return first;
}

static void relax(struct finder *f, uint32_t start, struct visit at)
{
	const struct cut_net *net = f->net;
	uint32_t v = at.node;

	cut_spend(f->steps, 1 + net->out_first[v + 1] - net->out_first[v]);
	net_foreach_out(net, v, e) {
		uint32_t u = net->edge[e].to, d = at.distance + f->length[e] + f->extra[e];

		/* A circle is looked for at the lowest of its nodes. */
		if (u < start || d >= f->limit ||
		    !(net->edge[e].configs >> f->config & 1))
			continue;
		u = u == start ? net->nnodes : u;
		if (d >= f->distance[u])
			continue;
		if (f->distance[u] == UINT32_MAX)
			f->touched[f->ntouched++] = u;
		f->distance[u] = d;
		f->by[u] = e;
		push(f, d, u);
	}
}

static bool shortest_through(struct finder *f, uint32_t start)
{
	uint32_t end = f->net->nnodes;
	bool found = false;

	f->nheap = 0;
	relax(f, start, (struct visit){ 0, start });
	while (f->nheap && !found) {
		struct visit at = pop(f);

		if (at.distance != f->distance[at.node])
			continue;
		if (at.node == end)
			found = true;
		else
			relax(f, start, at);
	}
	while (f->ntouched)
		f->distance[f->touched[--f->ntouched]] = UINT32_MAX;
	return found;
}

static void take_path(struct finder *f, uint32_t start, struct cycles *cycles)
{
	uint32_t n = 0, v = f->net->nnodes;

	do {
		uint32_t e = f->by[v];

		f->extra[e] += f->limit / 3 + 1;
		f->path[n++] = e;
		v = f->net->edge[e].from;
	} while (v != start);
	cycles_add(cycles, f->path, n);
}

uint32_t cut_short_cycles(const struct cut_net *net, const uint32_t *length, uint32_t limit,
			  struct cut_steps *steps, struct cycles *cycles)
{
	size_t n = (size_t)net->nnodes + 1;
	struct finder f = {
		.net = net, .steps = steps, .length = length, .limit = limit,
		.extra = xcalloc(net->nedges, sizeof(*f.extra)),
		.distance = xcalloc(n, sizeof(*f.distance)), .by = xcalloc(n, sizeof(*f.by)),
		.touched = xcalloc(n, sizeof(*f.touched)), .path = xcalloc(n, sizeof(*f.path)),
	};
	uint32_t before = cycles->count;

	for (size_t v = 0; v < n; v++)
		f.distance[v] = UINT32_MAX;
	for (f.config = 0; f.config < net->nconfigs; f.config++)
		for (uint32_t v = 0; v < net->nnodes && steps->spent < steps->limit; v++)
			while (shortest_through(&f, v))
				take_path(&f, v, cycles);
	free(f.extra);
	free(f.distance);
	free(f.by);
	free(f.touched);
	free(f.path);
	free(f.heap);
	return cycles->count - before;
}
