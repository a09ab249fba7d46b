/* SPDX-License-Identifier: MIT */
/* knot.c - a knot becomes a finding: its identity, its words, where to begin. */
#include "analyzers/circles.h"

#include <string.h>

#define NAMES_IN_MESSAGE 3

const char *level_nodes(struct level level)
{
	switch (level.kind) {
	case LEVEL_DIR:
		return "folders";
	case LEVEL_MODULE:
		return "modules";
	case LEVEL_PACKAGE:
	case LEVEL_TEST:
		break;
	}
	return "packages";
}

enum rule_id level_rule(struct level level)
{
	switch (level.kind) {
	case LEVEL_PACKAGE:
		return RULE_PACKAGE_CYCLE;
	case LEVEL_TEST:
		return RULE_TEST_CYCLE;
	case LEVEL_DIR:
	case LEVEL_MODULE:
		break;
	}
	return RULE_IMPORT_CYCLE;
}

void knots_at_init(const struct source *s, const struct graph *g, struct level level,
		   struct arena *arena, struct knots_at *ret)
{
	*ret = (struct knots_at){ .level = level, .name = level_name(level, arena) };
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

const char *knot_symbol(const struct source *s, const struct knots_at *k, uint32_t i,
			struct arena *arena)
{
	const struct knot *knot = &k->knots.knot[i];

	for (uint32_t n = 0; n < i; n++)
		if (k->knots.knot[n].node[0] == knot->node[0])
			return arena_printf(arena, "%s on %s", k->name,
					    config_names(s, knot->configs, arena));
	return k->name;
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
		break;
	}
	return arena_printf(arena, "%u of %u %s import each other in circles at %s%s: %s",
			    knot->nnodes,
			    k->graph->npkgs, level_nodes(k->level), k->name, where, names);
}

/* The hop that takes the fewest lines to remove: where to begin. */
static const char *fix_of(const struct knots_at *k, const struct hop *hop, uint32_t n,
			  struct arena *arena)
{
	const struct hop *thin = hop;

	for (uint32_t i = 1; i < n; i++)
		if (hop[i].lines < thin->lines)
			thin = &hop[i];
	return arena_printf(arena,
			    "The thinnest hop of this circle is '%s' -> '%s', %u import line%s. %s",
			    name_of(k, thin->from), name_of(k, thin->to), thin->lines,
			    thin->lines == 1 ? "" : "s", rule_rows[level_rule(k->level)].fix);
}

void knot_report(const struct analysis *a, const struct knots_at *k, uint32_t i)
{
	const struct knot *knot = &k->knots.knot[i];
	const struct rule *rule = &rule_rows[level_rule(k->level)];
	struct hop *hop = knot_hops(k->graph, knot, level_has_tests(k->level), a->scratch);
	struct related *related = arena_array(a->scratch, struct related, knot->ncircle);

	for (uint32_t h = 0; h < knot->ncircle; h++) {
		related[h] = (struct related){ .at = hop[h].at, .lines = hop[h].lines };
		related[h].note = arena_printf(a->scratch, "%s -> %s", name_of(k, hop[h].from),
					       name_of(k, hop[h].to));
	}
	finding_add(a->findings, &(struct finding){
		.rule = rule, .severity = rule->severity, .at = hop[0].at,
		/* A knot is known by its first member: others come and go. */
		.from = name_of(k, knot->node[0]), .to = "",
		.symbol = knot_symbol(a->source, k, i, a->scratch),
		.message = message_of(a->source, k, i, a->scratch),
		.fix = fix_of(k, hop, knot->ncircle, a->scratch),
		.related = related, .nrelated = knot->ncircle,
	});
}

const struct finding *knot_finding(const struct source *s, const struct findings *f,
				   const struct knots_at *k, uint32_t i, struct arena *arena)
{
	const struct rule *rule = &rule_rows[level_rule(k->level)];
	const char *from = name_of(k, k->knots.knot[i].node[0]),
		*symbol = knot_symbol(s, k, i, arena);

	for (uint32_t n = 0; n < f->count; n++)
		if (f->item[n].rule == rule && !strcmp(f->item[n].from, from) &&
		    !strcmp(f->item[n].symbol, symbol))
			return &f->item[n];
	return NULL;
}
