/* SPDX-License-Identifier: MIT */
/*
 * cut_payoff.c - in what order the edges of a cut pay off: at each step those
 * that free the most members for each import line.  That is one edge, or where
 * one alone frees little, the edges of a smallest set whose removal keeps one
 * member from another: a minimum cut, as J. Edmonds and R. Karp (1972) find it.
 */
#include "graph/cut_net.h"

#include <stdlib.h>
#include <string.h>

#define ENDLESS UINT32_MAX              /* room of an edge that is not in the cut */

struct offer {                          /* edges to remove next */
	uint32_t *edge, n, lines, freed;
};

struct payer {
	const struct cut_net *net;
	const bool *cut;
	struct cut_steps *steps;
	bool *gone;                     /* removed already, or tried to */
	uint32_t *left, nleft;          /* edges of the cut that are still there */
	uint32_t *component, *size;     /* [nconfigs][nnodes] at this step; size of one's own */
	bool *in_circle, *alive;        /* alive: [nconfigs][nedges] at this step */
	uint32_t tied;
	struct net_reach reach;
	struct offer best, now;
	uint32_t *flow, *by, *queue;    /* by: 2 * edge forward, 2 * edge + 1 backward */
	bool *seen;
};

/* Members in circles; components and sizes are filled where they are wanted. */
static uint32_t count_tied(struct payer *p, uint32_t *component, uint32_t *size)
{
	uint32_t n = p->net->nnodes, tied = 0;
	uint32_t *own = xcalloc(n, sizeof(*own)), *count = xcalloc(n, sizeof(*count));

	memset(p->in_circle, 0, n * sizeof(*p->in_circle));
	for (uint32_t c = 0; c < p->net->nconfigs; c++) {
		uint32_t *comp = component ? component + (size_t)c * n : own;

		net_components(p->net, p->gone, c, comp, p->steps);
		memset(count, 0, n * sizeof(*count));
		for (uint32_t v = 0; v < n; v++)
			count[comp[v]]++;
		for (uint32_t v = 0; v < n; v++) {
			p->in_circle[v] |= count[comp[v]] > 1;
			if (size)
				size[(size_t)c * n + v] = count[comp[v]];
		}
	}
	for (uint32_t v = 0; v < n; v++)
		tied += p->in_circle[v];
	free(own);
	free(count);
	return tied;
}

static bool together(const struct payer *p, uint32_t config, uint32_t a, uint32_t b)
{
	const uint32_t *component = p->component + (size_t)config * p->net->nnodes;

	return component[a] == component[b];
}

/* Does p->now pay more than the best so far?  Then it is the best. */
static void consider(struct payer *p)
{
	struct offer *a = &p->now, *b = &p->best, swap;

	for (uint32_t i = 0; i < a->n; i++)
		p->gone[a->edge[i]] = true;
	a->freed = p->tied - count_tied(p, NULL, NULL);
	for (uint32_t i = 0; i < a->n; i++)
		p->gone[a->edge[i]] = false;
	uint64_t pays = (uint64_t)a->freed * b->lines, paid = (uint64_t)b->freed * a->lines;

	if (!a->freed || (b->n && (pays < paid || (pays == paid && a->lines >= b->lines))))
		return;
	swap = *a;
	*a = *b;
	*b = swap;
}

/* Only an edge without which its ends are apart can free anybody. */
static bool holds(struct payer *p, uint32_t edge)
{
	const struct net_edge *e = &p->net->edge[edge];
	bool apart = false;

	p->gone[edge] = true;
	for (uint32_t c = 0; c < p->net->nconfigs && !apart; c++)
		apart = (e->configs >> c & 1) && together(p, c, e->from, e->to) &&
			!net_reaches(&p->reach, p->net, p->gone, c, e->from, e->to, p->steps);
	p->gone[edge] = false;
	return apart;
}

static void try_single_edges(struct payer *p)
{
	for (uint32_t i = 0; i < p->nleft && p->steps->spent < p->steps->limit; i++) {
		if (!holds(p, p->left[i]))
			continue;
		p->now.n = 1;
		p->now.edge[0] = p->left[i];
		p->now.lines = p->net->edge[p->left[i]].weight;
		consider(p);
	}
}

/* ---- groups ---- */

static uint32_t room(const struct payer *p, uint32_t e)
{
	return p->cut[e] ? p->net->edge[e].weight - p->flow[e] : ENDLESS;
}

/* Edges inside the components of a configuration: what flows, flows there. */
static void mark_alive(struct payer *p)
{
	const struct cut_net *net = p->net;

	for (uint32_t c = 0; c < net->nconfigs; c++)
		for (uint32_t e = 0; e < net->nedges; e++)
			p->alive[(size_t)c * net->nedges + e] = !p->gone[e] &&
				(net->edge[e].configs >> c & 1) &&
				together(p, c, net->edge[e].from, net->edge[e].to);
}

static bool alive(const struct payer *p, uint32_t e, uint32_t config)
{
	return p->alive[(size_t)config * p->net->nedges + e];
}

static void arrive(struct payer *p, uint32_t node, uint32_t by, uint32_t *tail)
{
	if (p->seen[node])
		return;
	p->seen[node] = true;
	p->by[node] = by;
	p->queue[(*tail)++] = node;
}

/* Breadth first along edges with room; seen[] is what can be reached. */
static bool find_room(struct payer *p, uint32_t config, uint32_t from, uint32_t to)
{
	const struct cut_net *net = p->net;
	uint32_t head = 0, tail = 0;

	memset(p->seen, 0, net->nnodes * sizeof(*p->seen));
	arrive(p, from, ID_NONE, &tail);
	while (head < tail && !p->seen[to]) {
		uint32_t v = p->queue[head++];

		cut_spend(p->steps, net->out_first[v + 1] - net->out_first[v] +
				    net->in_first[v + 1] - net->in_first[v]);
		net_foreach_out(net, v, e)
			if (alive(p, e, config) && room(p, e))
				arrive(p, net->edge[e].to, 2 * e, &tail);
		net_foreach_in(net, v, i)
			if (alive(p, net->in_edge[i], config) && p->flow[net->in_edge[i]])
				arrive(p, net->edge[net->in_edge[i]].from, 2 * net->in_edge[i] + 1,
				       &tail);
	}
	return p->seen[to];
}

static uint32_t before(const struct payer *p, uint32_t node)
{
	const struct net_edge *e = &p->net->edge[p->by[node] / 2];

	return p->by[node] % 2 ? e->to : e->from;
}

static uint32_t push_flow(struct payer *p, uint32_t from, uint32_t to)
{
	uint32_t least = ENDLESS;

	for (uint32_t v = to; v != from; v = before(p, v)) {
		uint32_t e = p->by[v] / 2, most = p->by[v] % 2 ? p->flow[e] : room(p, e);

		least = most < least ? most : least;
	}
	for (uint32_t v = to; v != from; v = before(p, v)) {
		uint32_t e = p->by[v] / 2;

		p->flow[e] += p->by[v] % 2 ? 0 - least : least;
	}
	return least;
}

/* Adds to p->now the edges of a minimum cut; false when that takes too many lines. */
static bool separate(struct payer *p, uint32_t config, uint32_t from, uint32_t to, uint64_t most)
{
	const struct cut_net *net = p->net;
	uint64_t total = 0;

	memset(p->flow, 0, net->nedges * sizeof(*p->flow));
	while (find_room(p, config, from, to)) {
		uint32_t more = push_flow(p, from, to);

		total += more;
		if (more == ENDLESS || total > most || p->steps->spent >= p->steps->limit)
			return false;
	}
	for (uint32_t i = 0; i < p->nleft; i++) {
		uint32_t e = p->left[i];
		bool known = false;

		if (!alive(p, e, config) || !p->seen[net->edge[e].from] || p->seen[net->edge[e].to])
			continue;
		for (uint32_t k = 0; k < p->now.n && !known; k++)
			known = p->now.edge[k] == e;
		if (known)
			continue;
		p->now.edge[p->now.n++] = e;
		p->now.lines += net->edge[e].weight;
	}
	return true;
}

/* What keeps `from` from reaching `to`, in all configurations in which they are together. */
static void try_pair(struct payer *p, uint32_t from, uint32_t to)
{
	/* To pay better, even if it frees everybody, it must not take more lines than this. */
	uint64_t most = p->best.n ? (uint64_t)p->tied * p->best.lines / p->best.freed : UINT64_MAX;

	if (from == to || p->steps->spent >= p->steps->limit)
		return;
	p->now.n = p->now.lines = 0;
	for (uint32_t c = 0; c < p->net->nconfigs; c++)
		if (together(p, c, from, to) && !separate(p, c, from, to, most))
			return;
	if (p->now.n > 1)
		consider(p);
}

/*
 * A smallest set that takes a component apart keeps its first member from the
 * head of one of its edges, or the tail of one from its first member.
 */
static void try_groups(struct payer *p)
{
	const struct cut_net *net = p->net;
	uint32_t n = net->nnodes, *first = xcalloc((size_t)n * net->nconfigs, sizeof(*first));
	bool *head = xcalloc(n, sizeof(*head)), *tail = xcalloc(n, sizeof(*tail));

	for (uint32_t c = 0; c < net->nconfigs; c++)
		for (uint32_t v = n; v-- > 0;)
			first[(size_t)c * n + p->component[(size_t)c * n + v]] = v;
	for (uint32_t i = 0; i < p->nleft; i++) {
		head[net->edge[p->left[i]].to] = true;
		tail[net->edge[p->left[i]].from] = true;
	}
	for (uint32_t v = 0; v < n; v++) {
		for (uint32_t c = 0; c < net->nconfigs; c++) {
			uint32_t root = first[(size_t)c * n + p->component[(size_t)c * n + v]];

			if (p->size[(size_t)c * n + v] < 2)
				continue;
			if (head[v])
				try_pair(p, root, v);
			if (tail[v])
				try_pair(p, v, root);
		}
	}
	free(first);
	free(head);
	free(tail);
}

/* ---- the order ---- */

static int by_lines(const void *va, const void *vb, void *ctx)
{
	const uint32_t *a = va, *b = vb;
	const struct cut_net *net = ctx;

	if (net->edge[*a].weight != net->edge[*b].weight)
		return net->edge[*a].weight < net->edge[*b].weight ? -1 : 1;
	return *a < *b ? -1 : *a > *b;
}

static void take(struct payer *p, const uint32_t *edge, uint32_t count, uint32_t step,
		 struct payoff *ret)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < count; i++) {
		ret[i] = (struct payoff){ .edge = edge[i], .step = step };
		p->gone[edge[i]] = true;
	}
	for (uint32_t i = 0; i < p->nleft; i++)
		if (!p->gone[p->left[i]])
			p->left[kept++] = p->left[i];
	p->nleft = kept;
}

static void order(struct payer *p, struct payoff *ret, uint32_t n)
{
	uint32_t step = 0;

	sort_with(p->left, n, sizeof(*p->left), by_lines, (void *)(uintptr_t)p->net);
	while (p->nleft && p->steps->spent < p->steps->limit) {
		p->tied = count_tied(p, p->component, p->size);
		mark_alive(p);
		p->best.n = 0;
		try_single_edges(p);
		try_groups(p);
		if (p->steps->spent >= p->steps->limit)
			break;
		/* Circles that several configurations share may need more than that. */
		if (!p->best.n) {
			p->best.edge[0] = p->left[0];
			p->best.n = 1;
		}
		sort_with(p->best.edge, p->best.n, sizeof(*p->best.edge), by_lines,
			  (void *)(uintptr_t)p->net);
		take(p, p->best.edge, p->best.n, step++, ret + (n - p->nleft));
	}
	for (uint32_t i = 0; i < p->nleft; i++)
		ret[n - p->nleft + i] = (struct payoff){ .edge = p->left[i], .step = step + i };
}

void cut_payoff(const struct cut_net *net, const bool *cut, struct cut_steps *steps,
		struct payoff *ret, uint32_t n)
{
	size_t nodes = net->nnodes, all = nodes * net->nconfigs;
	struct payer p = {
		.net = net, .cut = cut, .steps = steps,
		.gone = xcalloc(net->nedges, sizeof(*p.gone)), .left = xcalloc(n, sizeof(*p.left)),
		.component = xcalloc(all, sizeof(*p.component)),
		.size = xcalloc(all, sizeof(*p.size)),
		.in_circle = xcalloc(nodes, sizeof(*p.in_circle)),
		.alive = xcalloc((size_t)net->nedges * net->nconfigs, sizeof(*p.alive)),
		.best.edge = xcalloc((size_t)n + 1, sizeof(uint32_t)),
		.now.edge = xcalloc((size_t)n + 1, sizeof(uint32_t)),
		.flow = xcalloc(net->nedges, sizeof(*p.flow)),
		.by = xcalloc(nodes, sizeof(*p.by)), .queue = xcalloc(nodes, sizeof(*p.queue)),
		.seen = xcalloc(nodes, sizeof(*p.seen)),
	};

	for (uint32_t e = 0; e < net->nedges; e++)
		if (cut[e])
			p.left[p.nleft++] = e;
	net_reach_init(&p.reach, net);
	order(&p, ret, n);
	net_reach_release(&p.reach);
	free(p.gone);
	free(p.left);
	free(p.component);
	free(p.size);
	free(p.in_circle);
	free(p.alive);
	free(p.best.edge);
	free(p.now.edge);
	free(p.flow);
	free(p.by);
	free(p.queue);
	free(p.seen);
}
