/* SPDX-License-Identifier: MIT */
/*
 * mapping_candidate.c - the competition for one package, for people: every
 * pattern that matches it, in the order of the verdict, and why each lost.
 */
#include "analyzers/policy/mapping_work.h"

#include <string.h>

struct entrant {
	struct candidate c;
	const struct pattern *rank;
};

/* Is it one that takes part, and for whom? */
static bool enter(struct mapping_work *w, const struct hit *h, struct candidate *ret)
{
	struct owner o = w->owner[h->number];

	ret->pattern = w->policy->pattern[h->number];
	switch (o.kind) {
	case OWNER_NONE:
		return false;
	case OWNER_LAYER:
		ret->kind = CANDIDATE_LAYER;
		ret->owner = w->policy->layer[o.index].name;
		return true;
	case OWNER_CONTEXT:
		ret->kind = CANDIDATE_CONTEXT;
		ret->owner = mapping_context_name(w, h);
		return ret->owner;
	case OWNER_SHARED:
		ret->kind = CANDIDATE_SHARED;
		ret->owner = "shared";
		return true;
	}
	BUG("owner %d", (int)o.kind);
}

/* What decided about this kind: its own winner, or the shared pattern that beat it. */
static const struct policy_pattern *winner(const struct placement *p, enum candidate_kind kind)
{
	switch (kind) {
	case CANDIDATE_LAYER:
		return p->shared ? p->shared_by : p->layer_by;
	case CANDIDATE_CONTEXT:
		return p->shared ? p->shared_by : p->context_by;
	case CANDIDATE_SHARED:
		break;
	}
	/* One that did not win was beaten by a layer or by a context. */
	return p->shared ? p->shared_by : NULL;
}

static int by_rank(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct entrant *a = va, *b = vb;

	if (a->c.kind != b->c.kind)
		return a->c.kind < b->c.kind ? -1 : 1;
	if (a->c.decides != b->c.decides)
		return a->c.decides ? -1 : 1;
	int specific = pattern_compare(a->rank, b->rank);

	return specific ? specific : (a->c.pattern->number > b->c.pattern->number) -
				     (a->c.pattern->number < b->c.pattern->number);
}

static void lose(struct mapping_work *w, const struct placement *p, struct entrant *e)
{
	const struct policy_pattern *by = winner(p, e->c.kind);

	/* A shared pattern has to beat both: whichever is the more specific one beat it. */
	if (!by && p->layer_by && p->context_by)
		by = pattern_compare(w->rank[p->layer_by->number], w->rank[p->context_by->number])
		     <= 0 ? p->layer_by : p->context_by;
	else if (!by)
		by = p->layer_by ? p->layer_by : p->context_by;
	e->c.beaten_by = by;
	e->c.why = by ? pattern_why(w->rank[by->number], e->rank, w->arena) : NULL;
}

int mapping_candidates(const struct mapping *m, uint32_t package, struct arena *arena,
		       const struct candidate **ret, uint32_t *ret_count, struct err *err)
{
	const struct placement *p = &m->of[package];
	uint32_t dir = m->graph->dir[package].v, n = 0;
	struct mapping_work w;

	*ret = NULL;
	*ret_count = 0;
	if (dir == ID_NONE)
		return 0;
	mapping_work_begin(&w, m->policy, m->source, m->graph, arena);
	int rc = mapping_hits(&w, dir, err);
	struct entrant *entrant = arena_array(arena, struct entrant, (size_t)w.nhits + 1);
	struct candidate *list = arena_array(arena, struct candidate, (size_t)w.nhits + 1);

	for (uint32_t i = 0; !rc && i < w.nhits; i++) {
		struct entrant *e = &entrant[n];

		*e = (struct entrant){ .rank = w.rank[w.hit[i].number] };
		if (!enter(&w, &w.hit[i], &e->c))
			continue;
		e->c.decides = e->c.pattern == p->layer_by || e->c.pattern == p->context_by ||
			       e->c.pattern == p->shared_by;
		if (!e->c.decides)
			lose(&w, p, e);
		n++;
	}
	sort_with(entrant, n, sizeof(*entrant), by_rank, NULL);
	for (uint32_t i = 0; i < n; i++)
		list[i] = entrant[i].c;
	mapping_work_end(&w);
	*ret = list;
	*ret_count = n;
	return rc;
}
