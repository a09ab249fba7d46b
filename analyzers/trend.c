/* SPDX-License-Identifier: MIT */
/* trend.c - the numbers of trends.def, each as the gate or `metrics` computes it. */
#include "analyzers/trend.h"
#include "analyzers/circles.h"
#include "analyzers/gate_work.h"
#include "analyzers/settle.h"

#include <string.h>
#include <strings.h>

static int of_packages(const struct trend_tree *t, struct arena *arena UNUSED, double *ret,
		       struct err *err UNUSED)
{
	*ret = t->numbers.npkgs;
	return 0;
}

static int of_lines(const struct trend_tree *t, struct arena *arena UNUSED, double *ret,
		    struct err *err UNUSED)
{
	*ret = (double)t->tree.given->source->stats.lines;
	return 0;
}

static int of_edges(const struct trend_tree *t, struct arena *arena UNUSED, double *ret,
		    struct err *err UNUSED)
{
	*ret = t->numbers.nedges;
	return 0;
}

bool trend_counts(const struct finding *f)
{
	/* A pattern of today need not fit what was there then. */
	return f->severity >= SEV_WARNING && settle_may_hold(f->rule) &&
	       f->rule != &rule_rows[RULE_VACUOUS_POLICY] &&
	       (f->state == FINDING_NEW || f->state == FINDING_BASELINED);
}

static int of_violations(const struct trend_tree *t, struct arena *arena UNUSED, double *ret,
			 struct err *err UNUSED)
{
	const struct findings *f = t->tree.given->findings;
	uint32_t n = 0;

	for (uint32_t i = 0; i < f->count; i++)
		n += trend_counts(&f->item[i]);
	for (uint32_t i = 0; i < f->nheld; i++)
		n += trend_counts(&f->held[i]);
	*ret = n;
	return 0;
}

static int of_cut(const struct trend_tree *t, struct arena *arena, double *ret, struct err *err)
{
	struct gate_cut cut = { 0 };

	if (t->has_level && gate_cut_at(&t->tree, t->level, arena, &cut, err))
		return -1;
	*ret = (double)cut.weight;
	return 0;
}

static int of_tied(const struct trend_tree *t, struct arena *arena, double *ret,
		   struct err *err UNUSED)
{
	struct knots_at k;
	uint32_t n = 0;

	if (t->has_level) {
		knots_at_init(t->tree.given->source, t->tree.given->graph, t->level, arena, &k);
		for (uint32_t i = 0; i < k.knots.count; i++)
			n += k.knots.knot[i].nnodes;
	}
	*ret = n;
	return 0;
}

static int of_cost(const struct trend_tree *t, struct arena *arena UNUSED, double *ret,
		   struct err *err UNUSED)
{
	*ret = t->numbers.cost * 100;
	return 0;
}

static int of_depth(const struct trend_tree *t, struct arena *arena UNUSED, double *ret,
		    struct err *err UNUSED)
{
	*ret = t->numbers.depth;
	return 0;
}

static int of_judged(const struct trend_tree *t, struct arena *arena, double *ret,
		     struct err *err UNUSED)
{
	struct gate_number n = gate_judged(&t->tree, arena);

	*ret = n.why ? NAN : (double)n.n;
	return 0;
}

static int of_debt(const struct trend_tree *t, struct arena *arena UNUSED, double *ret,
		   struct err *err UNUSED)
{
	const struct gate_debt *d = t->tree.debt;

	*ret = d && !d->why ? d->days : NAN;
	return 0;
}

const struct trend trend_rows[TREND_COUNT] = {
#define TREND(ident, id_, title_, unit_, decimals_, direction_, function, meaning_) \
	[ident] = { .id = id_, .title = title_, .unit = unit_, .decimals = decimals_, \
		    .direction = direction_, .of = function, .meaning = meaning_ },
#include "analyzers/trends.def"
#undef TREND
};

int trend_measure(const struct gate_tree *tree, struct level *level, bool *has_level,
		  double ret[TREND_COUNT], struct err *err)
{
	struct trend_tree t = { .tree = *tree };
	struct arena scratch = ARENA_INIT;
	int rc = 0;

	graph_measure(tree->given->graph, false, &scratch, &t.numbers);
	if (!*has_level)
		*has_level = gate_level(tree, level);
	t.level = *level;
	t.has_level = *has_level;
	for (unsigned i = 0; i < TREND_COUNT && !rc; i++)
		rc = trend_rows[i].of(&t, &scratch, &ret[i], err);
	arena_release(&scratch);
	return rc;
}

const struct trend *trend_find(const char *id)
{
	for (unsigned i = 0; i < TREND_COUNT; i++)
		if (!strcasecmp(trend_rows[i].id, id))
			return &trend_rows[i];
	return NULL;
}
