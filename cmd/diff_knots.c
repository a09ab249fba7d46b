/* SPDX-License-Identifier: MIT */
/*
 * diff_knots.c - which circles a change made, let grow or shrink, and took away,
 * at each level.  A knot is that one of the base with which it shares most members,
 * two at least.
 */
#include "base/limits.h"
#include "cmd/diff.h"

#include <string.h>

#define SHARED_LEAST 2u

const char *const diff_knot_name[] = {
	[KNOT_APPEARED] = "appeared", [KNOT_GREW] = "grew", [KNOT_SHRANK] = "shrank",
	[KNOT_MOVED] = "moved", [KNOT_VANISHED] = "vanished",
};

struct tied { const char **name; uint32_t count, lines; bool matched; };
struct ties { struct tied *item; uint32_t count; };

static int by_text(const void *a, const void *b, void *ctx UNUSED)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Names of folders are those of today; `list` is empty for the head. */
static struct ties ties_of(const struct diff *d, const struct diff_side *side, struct level level,
			   const struct folder_rename *list, uint32_t count)
{
	enum graph_part part = level_part(level);
	struct ties t = { 0 };

	if (part != PARTS && !side->graph->part[part])
		return t;
	const struct graph *g = level_graph(side->source, side->graph, level, d->arena);
	struct knots knots = graph_knots(g, false, d->arena);

	t.item = arena_array(d->arena, struct tied, knots.count);
	t.count = knots.count;
	for (uint32_t i = 0; i < knots.count; i++) {
		const struct knot *k = &knots.knot[i];
		struct tied *tied = &t.item[i];

		tied->name = arena_array(d->arena, const char *, k->nnodes);
		tied->count = k->nnodes;
		tied->lines = k->sites;
		for (uint32_t n = 0; n < k->nnodes; n++) {
			const char *id = sym_text(g->syms, g->id[k->node[n]]);

			id = *id ? id : ".";
			tied->name[n] = part == PARTS ? diff_name(list, count, id, d->arena) : id;
		}
		/* NOLINTNEXTLINE(bugprone-sizeof-expression): pointers are sorted */
		sort_with(tied->name, tied->count, sizeof(*tied->name), by_text, NULL);
	}
	return t;
}

/* Names of a that b has too; the others of a, where they are wanted. */
static uint32_t shared(const struct tied *a, const struct tied *b, const char **ret_other)
{
	uint32_t n = 0, other = 0;

	for (uint32_t i = 0, k = 0; i < a->count; i++) {
		while (k < b->count && strcmp(b->name[k], a->name[i]) < 0)
			k++;
		if (k < b->count && !strcmp(b->name[k], a->name[i]))
			n++;
		else if (ret_other)
			ret_other[other++] = a->name[i];
	}
	return n;
}

static void add(struct diff *d, uint32_t *cap, const struct diff_knot *k)
{
	if (d->nknots == *cap) {
		struct diff_knot *grown = arena_array(d->arena, struct diff_knot,
						      (size_t)*cap * 2 + 8);

		if (d->nknots)
			memcpy(grown, d->knot, d->nknots * sizeof(*grown));
		d->knot = grown;
		*cap = *cap * 2 + 8;
	}
	d->knot[d->nknots++] = *k;
}

static void compare(struct diff *d, const struct tied *now, const struct tied *was,
		    const char *level, uint32_t *cap)
{
	const char **added = arena_array(d->arena, const char *, now->count);
	const char **removed = arena_array(d->arena, const char *, was->count);
	uint32_t common = shared(now, was, added);
	struct diff_knot k = {
		.level = level, .node = now->name, .added = added, .removed = removed,
		.nnodes = now->count, .nadded = now->count - common,
		.nremoved = was->count - common, .was = was->count, .lines = now->lines,
		.lines_was = was->lines,
	};

	shared(was, now, removed);
	if (!k.nadded && !k.nremoved)
		return;
	k.change = !k.nremoved ? KNOT_GREW : !k.nadded ? KNOT_SHRANK : KNOT_MOVED;
	add(d, cap, &k);
}

static void compare_level(struct diff *d, struct level level, const struct folder_rename *list,
			  uint32_t count, uint32_t *cap)
{
	struct ties was = ties_of(d, &d->base, level, list, count);
	struct ties now = ties_of(d, &d->head, level, NULL, 0);
	const char *name = level_name(level, d->arena);

	for (uint32_t i = 0; i < now.count; i++) {
		struct tied *t = &now.item[i];
		uint32_t best = ID_NONE, most = SHARED_LEAST - 1;

		for (uint32_t k = 0; k < was.count; k++) {
			uint32_t n = shared(t, &was.item[k], NULL);

			was.item[k].matched |= n >= SHARED_LEAST;
			if (n > most) {
				most = n;
				best = k;
			}
		}
		if (best != ID_NONE)
			compare(d, t, &was.item[best], name, cap);
		else
			add(d, cap, &(struct diff_knot){
				.change = KNOT_APPEARED, .level = name, .node = t->name,
				.nnodes = t->count, .lines = t->lines, .added = t->name,
				.nadded = t->count,
			});
	}
	for (uint32_t k = 0; k < was.count; k++)
		if (!was.item[k].matched)
			add(d, cap, &(struct diff_knot){
				.change = KNOT_VANISHED, .level = name, .node = was.item[k].name,
				.nnodes = was.item[k].count, .was = was.item[k].count,
				.lines_was = was.item[k].lines, .removed = was.item[k].name,
				.nremoved = was.item[k].count,
			});
}

void diff_knots(struct diff *d, const struct folder_rename *list, uint32_t count)
{
	static const enum level_kind named[] = { LEVEL_MODULE, LEVEL_LAYER, LEVEL_CONTEXT,
						 LEVEL_PACKAGE };
	uint32_t a = level_max_depth(d->base.source, d->base.graph), cap = 0;
	uint32_t b = level_max_depth(d->head.source, d->head.graph);
	uint32_t depths = a > b ? a : b;

	if (depths > limit_of(LIMIT_CYCLE_DEPTH))
		depths = (uint32_t)limit_of(LIMIT_CYCLE_DEPTH);
	for (uint32_t k = 1; k <= depths; k++)
		compare_level(d, (struct level){ LEVEL_DIR, k }, list, count, &cap);
	for (size_t i = 0; i < ARRAY_SIZE(named); i++)
		compare_level(d, (struct level){ named[i], 0 }, list, count, &cap);
}
