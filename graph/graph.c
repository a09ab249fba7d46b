/* SPDX-License-Identifier: MIT */
/*
 * graph.c - collecting nodes and imports, and freezing them into compressed
 * rows.  Imports are put in order by counting, so that only those of one edge
 * are ever compared: O(V log V + E) but for edges of many imports.
 */
#include "graph/graph.h"

#include <stdlib.h>
#include <string.h>

struct loose_import {                   /* ends are the builder's numbers */
	uint32_t from, to;
	struct site site;
};

struct graph_builder {
	const struct symtab *syms;
	uint32_t nconfigs;
	struct graph_node *node;
	uint32_t nnodes, node_cap;
	uint32_t *slot;                 /* open addressing by id: node number + 1 */
	uint32_t nslots;                /* a power of two */
	struct loose_import *import;
	uint32_t nimports, import_cap;
};

struct graph_builder *graph_builder_new(const struct symtab *syms, uint32_t nconfigs)
{
	struct graph_builder *b = xcalloc(1, sizeof(*b));

	b->syms = syms;
	b->nconfigs = nconfigs;
	b->nslots = 64;
	b->slot = xcalloc(b->nslots, sizeof(*b->slot));
	return b;
}

void graph_builder_free(struct graph_builder *b)
{
	if (!b)
		return;
	free(b->node);
	free(b->slot);
	free(b->import);
	free(b);
}

static uint32_t *find_slot(const struct graph_builder *b, sym_id id)
{
	/* Ids are dense small numbers: spread them, or neighbours form long runs. */
	uint32_t i = (uint32_t)((id.v * UINT64_C(0x9e3779b97f4a7c15)) >> 32) & (b->nslots - 1);

	while (b->slot[i] && b->node[b->slot[i] - 1].id.v != id.v)
		i = (i + 1) & (b->nslots - 1);
	return &b->slot[i];
}

static void grow_slots(struct graph_builder *b)
{
	free(b->slot);
	b->nslots *= 2;
	b->slot = xcalloc(b->nslots, sizeof(*b->slot));
	for (uint32_t n = 0; n < b->nnodes; n++)
		*find_slot(b, b->node[n].id) = n + 1;
}

pkg_id graph_add_node(struct graph_builder *b, const struct graph_node *node)
{
	uint32_t *slot = find_slot(b, node->id);

	if (*slot) {
		struct graph_node *have = &b->node[*slot - 1];

		have->flags |= node->flags;
		have->configs |= node->configs;
		have->files += node->files;
		have->lines += node->lines;
		have->members += node->members;
		return (pkg_id){ *slot - 1 };
	}
	if (b->nnodes * 2 >= b->nslots) {
		grow_slots(b);
		slot = find_slot(b, node->id);
	}
	VEC_RESERVE(b->node, b->node_cap, b->nnodes + 1);
	b->node[b->nnodes++] = *node;
	*slot = b->nnodes;
	return (pkg_id){ b->nnodes - 1 };
}

void graph_add_import(struct graph_builder *b, pkg_id from, pkg_id to, const struct site *site)
{
	if (from.v >= b->nnodes || to.v >= b->nnodes)
		BUG("import %u -> %u of %u nodes", from.v, to.v, b->nnodes);
	if (from.v == to.v)
		return;
	VEC_RESERVE(b->import, b->import_cap, b->nimports + 1);
	b->import[b->nimports++] = (struct loose_import){ from.v, to.v, *site };
}

static int by_id(const void *va, const void *vb, void *ctx)
{
	const struct graph_builder *b = ctx;
	const uint32_t *x = va, *y = vb;

	return strcmp(sym_text(b->syms, b->node[*x].id), sym_text(b->syms, b->node[*y].id));
}

static int by_place(const void *va, const void *vb, void *ctx)
{
	const struct site *a = va, *b = vb;
	const struct symtab *syms = ctx;

	if (a->at.path.v != b->at.path.v)
		return strcmp(sym_text(syms, a->at.path), sym_text(syms, b->at.path));
	if (a->at.line != b->at.line)
		return a->at.line < b->at.line ? -1 : 1;
	if (a->at.col != b->at.col)
		return a->at.col < b->at.col ? -1 : 1;
	if (a->path.v != b->path.v)
		return strcmp(sym_text(syms, a->path), sym_text(syms, b->path));
	return (int)a->test - (int)b->test;
}

/* Counts become row starts: first[p] = entries of rows < p.  first has nrows + 1 entries. */
static void rows_from_counts(uint32_t *first, uint32_t nrows)
{
	uint32_t sum = 0;

	for (uint32_t p = 0; p <= nrows; p++) {
		uint32_t n = first[p];

		first[p] = sum;
		sum += n;
	}
}

/* order[] becomes the numbers of the imports, by from, then to, then as they were added. */
static uint32_t *order_imports(const struct graph_builder *b, const uint32_t *rank)
{
	uint32_t n = b->nnodes, m = b->nimports;
	uint32_t *by_to = xrealloc(NULL, m, sizeof(*by_to));
	uint32_t *order = xrealloc(NULL, m, sizeof(*order));
	uint32_t *next = xcalloc((size_t)n + 1, sizeof(*next));

	for (uint32_t i = 0; i < m; i++)
		next[rank[b->import[i].to]]++;
	rows_from_counts(next, n);
	for (uint32_t i = 0; i < m; i++)
		by_to[next[rank[b->import[i].to]]++] = i;

	memset(next, 0, ((size_t)n + 1) * sizeof(*next));
	for (uint32_t i = 0; i < m; i++)
		next[rank[b->import[i].from]]++;
	rows_from_counts(next, n);
	for (uint32_t i = 0; i < m; i++)
		order[next[rank[b->import[by_to[i]].from]]++] = by_to[i];
	free(by_to);
	free(next);
	return order;
}

/* Sorts the sites of one edge and merges equal ones; returns how many are left. */
static uint32_t settle_sites(const struct symtab *syms, struct site *site, uint32_t n,
			     uint32_t *ret_configs, uint32_t *ret_test)
{
	uint32_t kept = 0;

	sort_with(site, n, sizeof(*site), by_place, (void *)syms);
	for (uint32_t i = 0; i < n; i++) {
		if (kept && !by_place(&site[kept - 1], &site[i], (void *)syms))
			site[kept - 1].configs |= site[i].configs;
		else
			site[kept++] = site[i];
	}
	for (uint32_t i = 0; i < kept; i++)
		*(site[i].test ? ret_test : ret_configs) |= site[i].configs;
	return kept;
}

static uint32_t count_edges(const struct graph_builder *b, const uint32_t *order)
{
	uint32_t nedges = 0;

	for (uint32_t i = 0; i < b->nimports; i++) {
		const struct loose_import *x = &b->import[order[i]];
		const struct loose_import *before = i ? &b->import[order[i - 1]] : NULL;

		nedges += !before || before->from != x->from || before->to != x->to;
	}
	return nedges;
}

/* Edges and sites, row by row. */
static void freeze_out(const struct graph_builder *b, const uint32_t *rank, struct arena *arena,
		       struct graph *g)
{
	uint32_t *order = order_imports(b, rank), nedges = count_edges(b, order), nsites = 0, e = 0;
	uint32_t *out_first = arena_array(arena, uint32_t, (size_t)b->nnodes + 1);
	uint32_t *out_to = arena_array(arena, uint32_t, nedges);
	uint32_t *out_configs = arena_array(arena, uint32_t, nedges);
	uint32_t *out_test = arena_array(arena, uint32_t, nedges);
	uint32_t *site_first = arena_array(arena, uint32_t, (size_t)nedges + 1);
	struct site *site = arena_array(arena, struct site, b->nimports);

	for (uint32_t i = 0, end; i < b->nimports; i = end) {
		const struct loose_import *x = &b->import[order[i]];
		uint32_t n = 0;

		for (end = i; end < b->nimports; end++) {
			const struct loose_import *y = &b->import[order[end]];

			if (y->from != x->from || y->to != x->to)
				break;
			site[nsites + n++] = y->site;
		}
		out_first[rank[x->from]]++;
		out_to[e] = rank[x->to];
		site_first[e] = nsites;
		nsites += settle_sites(b->syms, site + nsites, n, &out_configs[e], &out_test[e]);
		e++;
	}
	site_first[nedges] = nsites;
	rows_from_counts(out_first, b->nnodes);
	free(order);
	g->nedges = nedges;
	g->nsites = nsites;
	g->out_first = out_first;
	g->out_to = out_to;
	g->out_configs = out_configs;
	g->out_test = out_test;
	g->site_first = site_first;
	g->site = site;
}

static void freeze_in(struct arena *arena, struct graph *g)
{
	uint32_t *in_first = arena_array(arena, uint32_t, (size_t)g->npkgs + 1);
	uint32_t *in_from = arena_array(arena, uint32_t, g->nedges);
	uint32_t *in_edge = arena_array(arena, uint32_t, g->nedges);
	uint32_t *next = xrealloc(NULL, (size_t)g->npkgs + 1, sizeof(*next));

	for (uint32_t e = 0; e < g->nedges; e++)
		in_first[g->out_to[e]]++;
	rows_from_counts(in_first, g->npkgs);
	memcpy(next, in_first, ((size_t)g->npkgs + 1) * sizeof(*next));
	for (uint32_t p = 0; p < g->npkgs; p++) {
		graph_foreach_out(g, p, e) {
			uint32_t i = next[g->out_to[e]]++;

			in_from[i] = p;
			in_edge[i] = e;
		}
	}
	free(next);
	g->in_first = in_first;
	g->in_from = in_from;
	g->in_edge = in_edge;
}

static void freeze_nodes(const struct graph_builder *b, const uint32_t *order, struct arena *arena,
			 struct graph *g)
{
	uint32_t n = b->nnodes;
	sym_id *id = arena_array(arena, sym_id, n), *label = arena_array(arena, sym_id, n);
	dir_id *dir = arena_array(arena, dir_id, n);
	uint32_t *flags = arena_array(arena, uint32_t, n);
	uint32_t *configs = arena_array(arena, uint32_t, n);
	uint32_t *files = arena_array(arena, uint32_t, n), *lines = arena_array(arena, uint32_t, n);
	uint32_t *members = arena_array(arena, uint32_t, n);

	for (uint32_t p = 0; p < n; p++) {
		const struct graph_node *node = &b->node[order[p]];

		id[p] = node->id;
		label[p] = node->label;
		dir[p] = node->dir;
		flags[p] = node->flags;
		configs[p] = node->configs;
		files[p] = node->files;
		lines[p] = node->lines;
		members[p] = node->members;
	}
	g->npkgs = n;
	g->id = id;
	g->label = label;
	g->dir = dir;
	g->flags = flags;
	g->configs = configs;
	g->files = files;
	g->lines = lines;
	g->members = members;
}

const struct graph *graph_freeze(struct graph_builder *b, struct arena *arena)
{
	struct graph *g = arena_new(arena, struct graph);
	uint32_t *order = xrealloc(NULL, b->nnodes, sizeof(*order));
	uint32_t *rank = xrealloc(NULL, b->nnodes, sizeof(*rank));

	for (uint32_t n = 0; n < b->nnodes; n++)
		order[n] = n;
	sort_with(order, b->nnodes, sizeof(*order), by_id, b);
	for (uint32_t p = 0; p < b->nnodes; p++)
		rank[order[p]] = p;
	g->syms = b->syms;
	g->nconfigs = b->nconfigs;
	freeze_nodes(b, order, arena, g);
	freeze_out(b, rank, arena, g);
	freeze_in(arena, g);
	free(order);
	free(rank);
	return g;
}

bool edge_alive(const struct graph *g, uint32_t edge, struct edge_filter f)
{
	uint32_t configs = g->out_configs[edge] | (f.tests ? g->out_test[edge] : 0);

	return f.config == ID_NONE ? configs != 0 : configs >> f.config & 1;
}

uint32_t graph_find_edge(const struct graph *g, pkg_id from, pkg_id to)
{
	uint32_t lo = g->out_first[from.v], hi = g->out_first[from.v + 1];

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (g->out_to[mid] < to.v)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < g->out_first[from.v + 1] && g->out_to[lo] == to.v ? lo : ID_NONE;
}
