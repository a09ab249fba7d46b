/* SPDX-License-Identifier: MIT */
/*
 * layers.c - imports between packages of the policy's layers: may the layer use
 * the other one?  A port may be imported against the direction inside of one
 * context.  Tests may import what they like.
 */
#include "analyzers/edges.h"
#include "analyzers/ports.h"


struct verdict {                        /* of one pair of layers */
	bool may;
	uint32_t closed;                /* the closed layer that is in the way */
	struct policy_pos by;
};

struct judge {
	const struct analysis *a;
	const struct graph *g;
	const struct mapping *m;
	uint32_t nlayers;
	struct verdict *pair;           /* [nlayers * nlayers] */
	bool *port;                     /* [ndirs] */
};

static const struct verdict *verdict_of(const struct judge *j, uint32_t from, uint32_t to)
{
	return &j->pair[(size_t)j->m->of[from].layer * j->nlayers + j->m->of[to].layer];
}

/* Is it an import of code between two packages of layers, one of which is asked for? */
static bool is_judged(const struct judge *j, uint32_t from, uint32_t edge)
{
	uint32_t to = j->g->out_to[edge];

	return edge_in_code(j->g, edge) && j->m->of[to].layer != POLICY_NONE &&
	       edge_reported(j->g, from, to);
}

/* Both in one layer, whose packages must not import each other. */
static bool is_within(const struct judge *j, uint32_t from, uint32_t to)
{
	return j->m->of[from].layer == j->m->of[to].layer;
}

static void report(const struct judge *j, uint32_t from, uint32_t edge)
{
	const struct graph *g = j->g;
	struct arena *arena = j->a->scratch;
	uint32_t to = g->out_to[edge];
	const struct verdict *v = verdict_of(j, from, to);
	bool closed = v->closed != POLICY_NONE;
	const struct rule *rule = &rule_rows[closed ? RULE_CLOSED_LAYER : RULE_LAYER_VIOLATION];
	const char *over = !closed ? "" :
		arena_printf(arena, " past %s", j->m->policy->layer[v->closed].name);

	edge_report(j->a, from, edge, false, &(struct finding){
		.rule = rule, .severity = rule_level(rule),
		.why = layer_why(j->m, j->m->of[from].layer, v->by, v->closed, arena),
		.message = arena_printf(arena, "%s must not use %s%s: '%s' imports '%s'",
					layer_words(j->m, from),
					is_within(j, from, to) ? "itself" : layer_words(j->m, to),
					over,
					edge_name(g, from), edge_name(g, to)),
	});
}

static void learn_pairs(struct judge *j)
{
	j->pair = arena_array(j->a->scratch, struct verdict, (size_t)j->nlayers * j->nlayers);
	for (uint32_t from = 0; from < j->nlayers; from++)
		for (uint32_t to = 0; to < j->nlayers; to++) {
			struct verdict *v = &j->pair[(size_t)from * j->nlayers + to];

			v->may = policy_layer_may(j->m->policy, from, to, &v->by, &v->closed);
		}
}

static bool is_excused(const struct judge *j, uint32_t from, uint32_t to)
{
	return port_could_excuse(j->m, from, to) && j->g->dir[to].v != ID_NONE &&
	       j->port[j->g->dir[to].v];
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err)
{
	struct judge j = { .a = a, .g = a->graph, .m = a->mapping };

	if (!a->mapping || !a->policy->nlayers)
		return 0;
	j.nlayers = a->policy->nlayers;
	j.port = arena_array(a->scratch, bool, a->source->ndirs);
	learn_pairs(&j);
	if (ports_excused(a, j.port, err))
		return -1;
	for (uint32_t p = 0; p < j.g->npkgs; p++) {
		if (j.m->of[p].layer == POLICY_NONE)
			continue;
		graph_foreach_out(j.g, p, e) {
			uint32_t to = j.g->out_to[e];

			if (!is_judged(&j, p, e))
				continue;
			++*ret_judged;
			if (!verdict_of(&j, p, to)->may && !is_excused(&j, p, to))
				report(&j, p, e);
		}
	}
	return 0;
}

static const enum rule_id rules[] = { RULE_LAYER_VIOLATION, RULE_CLOSED_LAYER };

const struct analyzer analyzer_layers = {
	.name = "layers", .summary = "imports between the policy's layers",
	.needs = FACT_IMPORTS | FACT_POLICY, .rules = rules, .nrules = ARRAY_SIZE(rules),
	.run = run,
};
