/* SPDX-License-Identifier: MIT */
/* knot.c - a knot becomes a finding: its identity, its words, where to begin. */
#include "analyzers/circles.h"
#include "analyzers/setting.h"
#include "graph/metrics.h"

#include <stdlib.h>
#include <string.h>

#define NAMES_IN_MESSAGE 3
#define EDGES_IN_FIX 3u

enum rule_id level_rule(struct level level)
{
	switch (level.kind) {
	case LEVEL_PACKAGE:
		return RULE_PACKAGE_CYCLE;
	case LEVEL_TEST:
		return RULE_TEST_CYCLE;
	case LEVEL_DIR:
	case LEVEL_MODULE:
	case LEVEL_LAYER:
	case LEVEL_CONTEXT:
	case LEVEL_DOMAIN:
		break;
	}
	return RULE_IMPORT_CYCLE;
}

/* What is guessed is worth a look, not a warning. */
static bool is_guessed(const struct knots_at *k)
{
	enum graph_part part = level_part(k->level);

	return part != PARTS && k->packages->guessed[part];
}

void knots_at_init(const struct source *s, const struct graph *g, struct level level,
		   struct arena *arena, struct knots_at *ret)
{
	*ret = (struct knots_at){
		.level = level, .name = level_name(level, arena), .packages = g,
	};
	ret->graph = level_graph(s, g, level, arena);
	ret->knots = graph_knots(ret->graph, level_has_tests(level), arena);
}

const char *config_names(const struct source *s, uint32_t configs, struct arena *arena)
{
	const char *text = "";

	for (uint32_t c = 0; c < s->nconfigs; c++)
		if (configs >> c & 1)
			text = arena_printf(arena, "%s%s%s", text, *text ? ", " : "",
					    s->config[c].name);
	return text;
}

uint32_t knots_groups(const struct knots_at *k)
{
	return graph_count(k->graph, level_has_tests(k->level));
}

static const char *name_of(const struct knots_at *k, uint32_t node)
{
	return sym_text(k->graph->syms, k->graph->id[node]);
}

static const char *message_of(const struct source *s, const struct knots_at *k, uint32_t i,
			      struct arena *arena)
{
	const struct knot *knot = &k->knots.knot[i];
	const char *names = knot_names(k->graph, knot, NAMES_IN_MESSAGE, "'", arena), *where = "";

	/* A circle that only some builds have is worth saying: the others are fine. */
	if (knot->configs != (uint32_t)(((uint64_t)1 << s->nconfigs) - 1))
		where = arena_printf(arena, " on %s", config_names(s, knot->configs, arena));
	switch (k->level.kind) {
	case LEVEL_PACKAGE:
		return arena_printf(arena, "%u packages import each other in a circle%s: %s",
				    knot->nnodes,
				    where, names);
	case LEVEL_TEST:
		return arena_printf(arena,
				    "%u packages depend on each other in a circle once their "
				    "tests count%s: %s", knot->nnodes, where, names);
	case LEVEL_DIR:
	case LEVEL_MODULE:
	case LEVEL_LAYER:
	case LEVEL_CONTEXT:
	case LEVEL_DOMAIN:
		break;
	}
	return arena_printf(arena, "%u of %u %s%s import each other in circles at %s%s: %s",
			    knot->nnodes, knots_groups(k), is_guessed(k) ? "guessed " : "",
			    level_nodes(k->level), k->name, where, names);
}

bool knot_has_site(const struct knots_at *k, const struct knot *knot, const struct site *site)
{
	return (site->configs & knot->configs) && (level_has_tests(k->level) || !site->test);
}

struct span knot_edge_at(const struct knots_at *k, const struct knot *knot, uint32_t edge)
{
	const struct graph *g = k->graph;

	for (uint32_t s = g->site_first[edge]; s < g->site_first[edge + 1]; s++)
		if (knot_has_site(k, knot, &g->site[s]))
			return g->site[s].at;
	BUG("an edge of a knot that no import makes");
}

/* Every edge inside the knot; nodes are sorted by identity, so these are. */
static const struct finding_edge *edges_of(const struct knots_at *k, const struct knot *knot,
					   struct arena *arena, uint32_t *ret_n)
{
	const struct graph *g = k->graph;
	bool *inside = xcalloc(g->npkgs, sizeof(*inside));
	struct finding_edge *edge;
	uint32_t most = 0, n = 0;

	for (uint32_t i = 0; i < knot->nnodes; i++) {
		inside[knot->node[i]] = true;
		most += g->out_first[knot->node[i] + 1] - g->out_first[knot->node[i]];
	}
	edge = arena_array(arena, struct finding_edge, most);
	for (uint32_t i = 0; i < knot->nnodes; i++) {
		graph_foreach_out(g, knot->node[i], e) {
			uint32_t configs = g->out_configs[e] |
					   (level_has_tests(k->level) ? g->out_test[e] : 0);

			if (inside[g->out_to[e]] && (configs & knot->configs))
				edge[n++] = (struct finding_edge){
					name_of(k, knot->node[i]), name_of(k, g->out_to[e]),
					knot_edge_at(k, knot, e),
				};
		}
	}
	free(inside);
	*ret_n = n;
	return edge;
}

/* What makes the identity of knot i: not its first member, others come and go. */
static struct finding identity_of(const struct knots_at *k, uint32_t i, struct arena *arena)
{
	const struct knot *knot = &k->knots.knot[i];
	struct finding f = {
		.rule = &rule_rows[level_rule(k->level)], .symbol = k->name, .to = "",
		.from = name_of(k, knot->node[0]),
	};

	f.edge = edges_of(k, knot, arena, &f.nedges);
	return f;
}

/* The hop that takes the fewest lines to remove: where to begin. */
static const char *thinnest_hop(const struct knots_at *k, const struct hop *hop, uint32_t n,
				struct arena *arena)
{
	const struct hop *thin = hop;

	for (uint32_t i = 1; i < n; i++)
		if (hop[i].lines < thin->lines)
			thin = &hop[i];
	return arena_printf(arena, "The thinnest hop of this circle is '%s' -> '%s', %u import "
			    "line%s.", name_of(k, thin->from), name_of(k, thin->to), thin->lines,
			    thin->lines == 1 ? "" : "s");
}

/* The edges that pay most. */
static const char *first_edges(const struct knots_at *k, const struct cut *cut, struct arena *arena)
{
	const char *text = "";

	for (uint32_t i = 0; i < cut->nedges && i < EDGES_IN_FIX; i++) {
		const struct cut_edge *e = &cut->edge[i];

		text = arena_printf(arena, "%s%s'%s' -> '%s' (%u -> %u still tied)", text,
				    !i ? "" : ", then ", name_of(k, e->from), name_of(k, e->to),
				    e->tied_before, e->tied_after);
	}
	return text;
}

const char *knot_weight(const struct knots_at *k, uint32_t weight, struct arena *arena)
{
	return arena_printf(arena, "%u %s%s", weight, k->weigh ? "symbol" : "import line",
			    weight == 1 ? "" : "s");
}

static const char *cut_words(const struct knots_at *k, const struct cut *cut, struct arena *arena)
{
	const char *lines = knot_weight(k, cut->weight, arena);
	const char *which = cut->optimal ? "The smallest cut" : "The smallest cut that was found";

	if (cut->nedges == 1)
		return arena_printf(arena, "%s is '%s' -> '%s', %s.", which,
				    name_of(k, cut->edge->from), name_of(k, cut->edge->to), lines);
	return arena_printf(arena, "%s is %u edges, %s: first %s%s.", which, cut->nedges, lines,
			    first_edges(k, cut, arena),
			    cut->nedges > EDGES_IN_FIX ? ", and so on" : "");
}

int knot_cut(const struct finding *f, const struct knots_at *k, uint32_t i, struct arena *arena,
	     const struct cut **ret, struct err *err)
{
	const struct knot *knot = &k->knots.knot[i];
	bool tests = level_has_tests(k->level);
	uint32_t *weight = NULL;
	struct cut *cut;

	if (f && f->cut) {
		*ret = f->cut;
		return 0;
	}
	if (k->weigh && symbols_weigh(k->weigh, k->graph, knot, tests, arena, &weight, err))
		return -1;
	cut = arena_new(arena, struct cut);
	if (k->weight_only)
		graph_cut_weight(k->graph, knot, tests, weight, cut);
	else
		graph_cut(k->graph, knot, tests, weight, arena, cut);
	*ret = cut;
	return 0;
}

/* Is the level in `at`?  *ret_given: there is one. */
static bool is_at(const struct analysis *a, struct level level, bool *ret_given)
{
	const struct policy_param *at = !a->policy ? NULL :
		policy_param_find(a->policy, &rule_rows[RULE_IMPORT_CYCLE], "at");

	*ret_given = at != NULL;
	for (uint32_t i = 0; at && i < at->words.count; i++)
		if (!strcmp(at->words.item[i].text, level_name(level, a->scratch)))
			return true;
	return false;
}

bool knot_level(const struct analysis *a, struct level level, enum severity *ret)
{
	const struct policy_rule *said = !a->policy ? NULL :
		policy_rule_find(a->policy, &rule_rows[RULE_IMPORT_CYCLE]);
	enum graph_part part = level_part(level);
	bool given, listed = is_at(a, level, &given);
	bool named = part != PARTS && a->mapping && a->graph->part[part] &&
		     !a->graph->guessed[part];

	*ret = named ? SEV_ERROR : rule_level(&rule_rows[level_rule(level)]);
	if (level_rule(level) != RULE_IMPORT_CYCLE)
		return true;
	if (said && said->level.at.file && (listed || !given))
		*ret = setting_level(a, RULE_IMPORT_CYCLE);
	if (level.kind == LEVEL_DIR)
		return true;
	return level.kind == LEVEL_MODULE ? listed : named && (listed || !given);
}

int knot_report(const struct analysis *a, const struct knots_at *k, uint32_t i, struct err *err)
{
	const struct knot *knot = &k->knots.knot[i];
	struct finding f = identity_of(k, i, a->findings->arena);
	struct hop *hop = knot_hops(k->graph, knot, level_has_tests(k->level), a->scratch);
	struct related *related = arena_array(a->scratch, struct related, knot->ncircle);

	if (a->findings->skip[f.rule - rule_rows])
		return 0;
	for (uint32_t h = 0; h < knot->ncircle; h++) {
		related[h] = (struct related){ .at = hop[h].at, .lines = hop[h].lines };
		related[h].note = arena_printf(a->scratch, "%s -> %s", name_of(k, hop[h].from),
					       name_of(k, hop[h].to));
	}
	/* Knots of tests are many, large, and for information: no search for each. */
	if (f.rule->severity > SEV_INFO && !a->brief &&
	    knot_cut(NULL, k, i, a->findings->arena, &f.cut, err))
		return -1;
	f.fix = f.cut ? cut_words(k, f.cut, a->scratch) :
			thinnest_hop(k, hop, knot->ncircle, a->scratch);
	f.fix = arena_printf(a->scratch, "%s %s", f.fix, f.rule->fix);
	f.severity = f.rule->severity;
	if (level_rule(k->level) == RULE_IMPORT_CYCLE) {
		knot_level(a, k->level, &f.severity);
		f.graded = true;
	}
	f.severity = is_guessed(k) ? SEV_INFO : f.severity;
	f.at = hop[0].at;
	f.message = message_of(a->source, k, i, a->scratch);
	f.related = related;
	f.nrelated = knot->ncircle;
	finding_add(a->findings, &f);
	return 0;
}

const struct finding *knot_finding(const struct findings *f, const struct knots_at *k, uint32_t i,
				   struct arena *arena)
{
	struct finding known = identity_of(k, i, arena);
	uint64_t fingerprint = finding_fingerprint(&known);

	for (uint32_t n = 0; n < f->count + f->nheld; n++) {
		const struct finding *x = n < f->count ? &f->item[n] : &f->held[n - f->count];

		if (x->rule == known.rule && x->fingerprint == fingerprint)
			return x;
	}
	return NULL;
}
