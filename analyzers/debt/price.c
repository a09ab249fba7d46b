/* SPDX-License-Identifier: MIT */
/* price.c - what one finding costs: its row of costs.def, the policy's, and what they count. */
#include "analyzers/circles.h"
#include "analyzers/debt/debt_work.h"
#include "base/text.h"

#include <string.h>

void debt_rules(const struct policy *p, struct rule_set *ret)
{
	for (unsigned i = 0; i < RULE_COUNT; i++) {
		const struct rule *rule = &rule_rows[i];
		const struct policy_rule *said = policy_rule_find(p, rule);
		struct debt_part part = { .finding = &(struct finding){ .rule = rule } };

		debt_price_row(p, &part);
		ret->has[i] = (part.minutes || part.per) &&
			      !(analyzer_of(i)->needs & FACT_CHANGE) &&
			      !(said && said->level.at.file && said->level.value == SEV_OFF);
	}
}

void debt_price_row(const struct policy *p, struct debt_part *part)
{
	const struct rule *rule = part->finding->rule;
	const struct cost_row *row = cost_row_find(rule->name);

	part->minutes = row ? row->minutes : 0;
	part->per = row ? row->per : 0;
	/* A team may give a cost to any rule: what its findings count is all there is. */
	part->unit = row ? row->unit : COST_POINTS;
	part->source = row ? row->source : "";
	part->times = 1;
	for (uint32_t i = 0; i < p->debt.ncosts; i++) {
		const struct policy_cost *c = &p->debt.cost[i];

		if (c->rule != rule)
			continue;
		part->minutes = c->minutes.at.file ? c->minutes.value : part->minutes;
		part->per = c->per.at.file ? c->per.value : part->per;
		part->source = NULL;
	}
}

const char *debt_price_source(const struct policy *p, const struct debt_part *part,
			      struct arena *arena)
{
	if (part->source)
		return part->source;
	for (uint32_t i = 0; i < p->debt.ncosts; i++)
		if (p->debt.cost[i].rule == part->finding->rule)
			return policy_pos_text(p->debt.cost[i].at, arena);
	return "";
}

int debt_symbols(const struct debt_work *w, const struct graph *g, uint32_t edge, bool tests,
		 uint32_t *ret, struct err *err)
{
	const struct site_filter filter = { .configs = UINT32_MAX, .tests = tests };
	struct arena scratch = ARENA_INIT;
	struct edge_symbols used;

	symbols_want(w->a->symbols, g, edge, filter, false);
	if (symbols_read(w->a->symbols, err))
		return -1;
	symbols_edge(w->a->symbols, g, edge, filter, &scratch, &used);
	*ret = used.weight;
	arena_release(&scratch);
	return 0;
}

/* The import of a share, as packages: who imports, what the path names. */
static void ends_of(const struct debt_work *w, const struct site *site, struct debt_share *ret)
{
	const struct graph *g = w->a->graph;
	uint32_t to = site->path.v < w->nsyms ? w->label_of[site->path.v] : 0;

	ret->file = debt_file(w, site->at.path);
	ret->from = ret->file == ID_NONE ? (dir_id){ ID_NONE } : w->a->source->file[ret->file].dir;
	ret->to = to ? g->dir[to - 1] : (dir_id){ ID_NONE };
}

static const struct site *cut_site(const struct knots_at *k, const struct knot *knot, uint32_t edge)
{
	for (uint32_t s = k->graph->site_first[edge]; s < k->graph->site_first[edge + 1]; s++)
		if (knot_has_site(k, knot, &k->graph->site[s]))
			return &k->graph->site[s];
	BUG("an edge of a cut that no import makes");
}

/* Which knot of its level the finding is about; false where it was found in another graph. */
static bool find_knot(const struct debt_work *w, const struct finding *f, struct knots_at *k,
		      uint32_t *ret)
{
	size_t len = strcspn(f->symbol, " ");
	struct err ignored = ERR_INIT;
	struct level level;

	if (level_parse(arena_strndup(w->scratch, f->symbol, len), &level, &ignored))
		return false;
	knots_at_init(w->a->source, w->a->graph, level, w->scratch, k);
	for (uint32_t i = 0; i < k->knots.count; i++)
		if (knot_finding(w->a->findings, k, i, w->scratch) == f) {
			*ret = i;
			return true;
		}
	return false;
}

int debt_knot(const struct debt_work *w, struct debt_part *part, struct debt_share **ret_share,
	      uint32_t *ret_nshares, struct err *err)
{
	const struct finding *f = part->finding;
	const struct cut *cut = f->cut;
	struct debt_share *share;
	struct knots_at k;
	uint32_t at;

	part->times = cut ? cut->nedges : 1;
	if (!cut || !find_knot(w, f, &k, &at)) {
		/* No graph to count symbols in: an import line uses one at least. */
		part->units = cut ? cut->lines : 0;
		part->price = part->times * (uint64_t)part->minutes +
			      (uint64_t)part->per * part->units;
		*ret_nshares = 0;
		return 0;
	}
	share = arena_array(w->arena, struct debt_share, cut->nedges);
	for (uint32_t i = 0; i < cut->nedges; i++) {
		uint32_t symbols;

		ends_of(w, cut_site(&k, &k.knots.knot[at], cut->edge[i].edge), &share[i]);
		if (debt_symbols(w, k.graph, cut->edge[i].edge, level_has_tests(k.level), &symbols,
				 err))
			return -1;
		share[i].minutes = debt_minutes(part->minutes, part->per, symbols);
		part->units += symbols;
		part->price += share[i].minutes;
	}
	*ret_share = share;
	*ret_nshares = cut->nedges;
	return 0;
}
