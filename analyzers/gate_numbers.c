/* SPDX-License-Identifier: MIT */
/* gate_numbers.c - what of a tree the gate compares. */
#include "analyzers/bodyfact.h"
#include "analyzers/circles.h"
#include "analyzers/gate_work.h"
#include "analyzers/judged.h"
#include "analyzers/setting.h"
#include "graph/metrics.h"

#include <stdlib.h>
#include <string.h>

static const struct gate_number without_policy = { .why = "there is no policy" };

/* Pairs of groups that lead to each other. */
static int64_t tied_pairs(const struct gate_tree *t, enum level_kind kind, struct arena *arena)
{
	const struct analysis *a = t->given;
	struct level level = { kind, 0 };
	struct err ignored = ERR_INIT;
	struct knots_at k;
	int64_t pairs = 0;

	if (level_check(a->graph, level, &ignored))
		return 0;
	knots_at_init(a->source, a->graph, level, arena, &k);
	for (uint32_t i = 0; i < k.knots.count; i++)
		pairs += (int64_t)k.knots.knot[i].nnodes * (k.knots.knot[i].nnodes - 1) / 2;
	return pairs;
}

struct gate_number gate_circles(const struct gate_tree *t, struct arena *arena)
{
	if (!t->given->mapping)
		return without_policy;
	return (struct gate_number){ .n = tied_pairs(t, LEVEL_CONTEXT, arena) +
					  tied_pairs(t, LEVEL_LAYER, arena) };
}

static struct gate_number tenths(uint64_t part, uint64_t all, const char *why)
{
	if (!all)
		return (struct gate_number){ .why = why };
	return (struct gate_number){ .n = (int64_t)(part * 1000 / all) };
}

struct gate_number gate_complex(const struct gate_tree *t, struct arena *arena UNUSED)
{
	const struct analysis *a = t->given;
	uint32_t most = setting_number(a, RULE_FUNCTION_COMPLEXITY, "max");
	uint64_t all = 0, complex = 0;

	for (uint32_t f = 0; a->bodies && f < a->source->nfiles; f++) {
		if (!bodyfact_judged(a, f))
			continue;
		for (uint32_t i = 0; i < a->bodies->file[f]->nfuncs; i++, all++)
			complex += a->bodies->file[f]->func[i].cyclomatic > most;
	}
	return tenths(complex, all, "there is no function");
}

struct gate_number gate_unmapped(const struct gate_tree *t, struct arena *arena UNUSED)
{
	const struct mapping *m = t->given->mapping;

	return m ? tenths(m->unmapped, m->packages, "there is no package") : without_policy;
}

/* Rounded as it is shown: half a percent up. */
struct gate_number gate_judged(const struct gate_tree *t, struct arena *arena UNUSED)
{
	struct judged j;

	if (!t->given->mapping)
		return without_policy;
	judged_share(t->given->mapping, &j);
	/* Nothing imported is nothing left unjudged. */
	if (!j.imports)
		return (struct gate_number){ .n = 100 };
	return (struct gate_number){ .n = (int64_t)((j.judged * 200 + j.imports) /
						    (j.imports * 2)) };
}

struct gate_number gate_depth(const struct gate_tree *t, struct arena *arena)
{
	struct graph_metrics m;

	graph_measure(t->given->graph, false, arena, &m);
	return (struct gate_number){ .n = m.depth };
}

struct gate_number gate_entries(const struct gate_tree *t, struct arena *arena UNUSED)
{
	return (struct gate_number){ .n = t->baseline ? t->baseline->nentries : 0 };
}

bool gate_level(const struct gate_tree *t, struct level *ret)
{
	return circle_worst(t->given->source, t->given->graph, ret);
}

int gate_cut_at(const struct gate_tree *t, struct level level, struct arena *arena,
		struct gate_cut *ret, struct err *err)
{
	const struct analysis *a = t->given;
	struct knots_at k;

	*ret = (struct gate_cut){ 0 };
	knots_at_init(a->source, a->graph, level, arena, &k);
	k.weight_only = true;
	for (uint32_t i = 0; i < k.knots.count; i++) {
		const struct cut *cut;

		if (knot_cut(knot_finding(a->findings, &k, i, arena), &k, i, arena, &cut, err))
			return -1;
		ret->weight += cut->weight;
		ret->bound += cut->bound;
	}
	return 0;
}

/* ---- is one tree's knots part of the other's? ---- */

struct inner { const char *from, *to; uint32_t lines; };
struct inners { struct inner *item; uint32_t count, cap; };

static int by_ends(const void *left, const void *right, void *ctx UNUSED)
{
	const struct inner *a = left, *b = right;
	int c = strcmp(a->from, b->from);

	return c ? c : strcmp(a->to, b->to);
}

/* The edges inside of knots, in whatever configuration. */
static void inner_edges(const struct gate_tree *t, struct level level, struct arena *arena,
			struct inners *ret)
{
	const struct analysis *a = t->given;
	struct knots_at k;

	*ret = (struct inners){ 0 };
	knots_at_init(a->source, a->graph, level, arena, &k);
	const struct graph *g = k.graph;
	uint32_t *knot = arena_array(arena, uint32_t, g->npkgs);

	for (uint32_t i = 0; i < k.knots.count; i++)
		for (uint32_t n = 0; n < k.knots.knot[i].nnodes; n++)
			knot[k.knots.knot[i].node[n]] = i + 1;
	for (uint32_t p = 0; p < g->npkgs; p++)
		graph_foreach_out(g, p, e) {
			uint32_t to = g->out_to[e];

			if (!knot[p] || knot[p] != knot[to])
				continue;
			VEC_RESERVE(ret->item, ret->cap, ret->count + 1);
			ret->item[ret->count++] = (struct inner){
				sym_text(g->syms, g->id[p]), sym_text(g->syms, g->id[to]),
				g->site_first[e + 1] - g->site_first[e],
			};
		}
	sort_with(ret->item, ret->count, sizeof(*ret->item), by_ends, NULL);
}

bool gate_knots_within(const struct gate_tree *now, const struct gate_tree *base,
		       struct level level, struct arena *arena)
{
	struct inners a, b;
	uint32_t at = 0;
	bool within = true;

	inner_edges(now, level, arena, &a);
	inner_edges(base, level, arena, &b);
	for (uint32_t i = 0; i < a.count && within; i++) {
		while (at < b.count && by_ends(&b.item[at], &a.item[i], NULL) < 0)
			at++;
		within = at < b.count && !by_ends(&b.item[at], &a.item[i], NULL) &&
			 a.item[i].lines <= b.item[at].lines;
	}
	free(a.item);
	free(b.item);
	return within;
}
