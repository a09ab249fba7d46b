/* SPDX-License-Identifier: MIT */
/* judged.c - counts imports by what the policy makes of them. */
#include "analyzers/judged.h"
#include "analyzers/edges.h"
#include "analyzers/ports.h"

#include <stdlib.h>

struct count {
	const struct analysis *a;
	const struct graph *g;
	const struct mapping *m;
	const bool *port;               /* [ndirs] */
};

static uint32_t code_lines(const struct graph *g, uint32_t edge)
{
	uint32_t n = 0;

	for (uint32_t i = g->site_first[edge]; i < g->site_first[edge + 1]; i++)
		n += !g->site[i].test;
	return n;
}

static bool is_judged(const struct mapping *m, uint32_t from, uint32_t to)
{
	const struct placement *a = &m->of[from], *b = &m->of[to];

	return (m->policy->nlayers && !placement_unmapped(a) && !placement_unmapped(b)) ||
	       (b->context != POLICY_NONE && (a->shared || a->context != POLICY_NONE));
}

void judged_share(const struct mapping *m, struct judged *ret)
{
	const struct graph *g = m->graph;

	ret->imports = ret->judged = 0;
	for (uint32_t p = 0; p < g->npkgs; p++)
		graph_foreach_out(g, p, e) {
			uint32_t lines = edge_reported(g, p, g->out_to[e]) ? code_lines(g, e) : 0;

			ret->imports += lines;
			ret->judged += is_judged(m, p, g->out_to[e]) ? lines : 0;
		}
}

static bool layer_forbids(const struct count *c, uint32_t from, uint32_t to)
{
	const struct placement *a = &c->m->of[from], *b = &c->m->of[to];
	dir_id dir = c->g->dir[to];

	if (a->layer == POLICY_NONE || b->layer == POLICY_NONE ||
	    policy_layer_may(c->m->policy, a->layer, b->layer, NULL, NULL))
		return false;
	return !(port_could_excuse(c->m, from, to) && dir.v != ID_NONE && c->port[dir.v]);
}

static bool contexts_forbid(const struct count *c, uint32_t from, uint32_t to)
{
	enum rule_id rule;

	return context_forbids(c->m, from, to, &rule, NULL);
}

/* Rows of named ones, and two more; of[] names the row of each package. */
static void make_rows(const struct count *c, bool layers, struct arena *arena,
		      struct judged_matrix *ret)
{
	const struct mapping *m = c->m;
	uint32_t named = layers ? m->policy->nlayers : m->ncontexts;
	const char **name = arena_array(arena, const char *, (size_t)named + 2);
	enum mapped_kind *kind = arena_array(arena, enum mapped_kind, (size_t)named + 2);
	uint32_t *packages = arena_array(arena, uint32_t, (size_t)named + 2);
	uint32_t *of = arena_array(arena, uint32_t, c->g->npkgs);

	for (uint32_t i = 0; i < named; i++) {
		name[i] = layers ? m->policy->layer[i].name : context_words(m, i);
		kind[i] = MAPPED_NAMED;
	}
	name[named] = "shared";
	kind[named] = MAPPED_SHARED;
	name[named + 1] = layers ? "unmapped" : "no context";
	kind[named + 1] = MAPPED_UNMAPPED;
	for (uint32_t p = 0; p < c->g->npkgs; p++) {
		uint32_t row = layers ? m->of[p].layer : m->of[p].context;

		of[p] = row != POLICY_NONE ? row : named + !m->of[p].shared;
		packages[of[p]] += c->g->dir[p].v != ID_NONE && !(c->g->flags[p] & NODE_XTEST);
	}
	*ret = (struct judged_matrix){ .count = named + 2, .name = name, .kind = kind,
				       .packages = packages, .of = of };
}

static int by_rows(const void *left, const void *right, void *ctx UNUSED)
{
	const struct judged_cell *a = left, *b = right;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return a->to < b->to ? -1 : a->to > b->to;
}

/* One cell an edge, sorted, then united. */
static void fill(const struct count *c, bool (*forbids)(const struct count *, uint32_t, uint32_t),
		 struct arena *arena, struct judged_matrix *ret)
{
	struct judged_cell *cell = xcalloc(c->g->nedges, sizeof(*cell)), *kept;
	uint32_t n = 0, k = 0;

	for (uint32_t p = 0; p < c->g->npkgs; p++)
		graph_foreach_out(c->g, p, e) {
			uint32_t to = c->g->out_to[e];
			uint32_t lines = edge_reported(c->g, p, to) ? code_lines(c->g, e) : 0;

			if (!lines)
				continue;
			cell[n++] = (struct judged_cell){
				ret->of[p], ret->of[to], lines, 1,
				forbids(c, p, to) ? lines : 0,
			};
		}
	sort_with(cell, n, sizeof(*cell), by_rows, NULL);
	for (uint32_t i = 0; i < n; i++) {
		ret->forbidden += cell[i].forbidden;
		if (!k || by_rows(&cell[k - 1], &cell[i], NULL)) {
			cell[k++] = cell[i];
			continue;
		}
		cell[k - 1].lines += cell[i].lines;
		cell[k - 1].edges++;
		cell[k - 1].forbidden += cell[i].forbidden;
	}
	kept = arena_array(arena, struct judged_cell, k);
	for (uint32_t i = 0; i < k; i++)
		kept[i] = cell[i];
	ret->cell = kept;
	ret->ncells = k;
	free(cell);
}

static void count_crossings(const struct count *c, struct judged *ret)
{
	for (uint32_t p = 0; p < c->g->npkgs; p++)
		graph_foreach_out(c->g, p, e) {
			const struct placement *a = &c->m->of[p], *b = &c->m->of[c->g->out_to[e]];

			if (a->context == POLICY_NONE || b->context == POLICY_NONE ||
			    a->context == b->context ||
			    !edge_reported(c->g, p, c->g->out_to[e]))
				continue;
			ret->crossings += code_lines(c->g, e);
			ret->published += b->published ? code_lines(c->g, e) : 0;
		}
}

int judged_count(const struct analysis *a, struct arena *arena, struct judged *ret,
		 struct err *err)
{
	bool *port = arena_array(arena, bool, a->source->ndirs);
	struct count c = { .a = a, .g = a->graph, .m = a->mapping, .port = port };

	*ret = (struct judged){ .imports = 0 };
	if (ports_excused(a, port, err))
		return -1;
	judged_share(a->mapping, ret);
	make_rows(&c, true, arena, &ret->layers);
	make_rows(&c, false, arena, &ret->contexts);
	fill(&c, layer_forbids, arena, &ret->layers);
	fill(&c, contexts_forbid, arena, &ret->contexts);
	count_crossings(&c, ret);
	return 0;
}

const struct judged_cell *judged_find(const struct judged_matrix *m, uint32_t from, uint32_t to)
{
	const struct judged_cell key = { .from = from, .to = to };
	uint32_t low = 0, high = m->ncells;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (by_rows(&m->cell[mid], &key, NULL) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low < m->ncells && !by_rows(&m->cell[low], &key, NULL) ? &m->cell[low] : NULL;
}
