/* SPDX-License-Identifier: MIT */
/*
 * vacuous.c - what the policy says and nothing in the tree answers to: layers,
 * contexts, patterns, settings of rules.  And comments that name another domain
 * than what holds.
 */
#include "analyzers/edges.h"
#include "base/suggest.h"
#include "graph/source/tree.h"

#include <string.h>

/* Did PATTERN ask for all that the policy speaks of? */
static bool is_whole(const struct analysis *a)
{
	const struct source *s = a->source;

	return !s->below || (s->all_below && path_below(a->policy->folder, s->below));
}

static bool is_own(const struct analysis *a, struct policy_pos at)
{
	return at.file && !strcmp(at.file, a->policy->path);
}

/* What comes from the starter is told where the starter is named. */
static void tell(const struct analysis *a, struct policy_pos at, const char *symbol,
		 const char *message)
{
	const struct rule *rule = &rule_rows[RULE_VACUOUS_POLICY];
	struct policy_pos where = is_own(a, at) ? at : a->policy->extends.at;

	finding_add(a->findings, &(struct finding){
		.rule = rule, .severity = rule_level(rule), .from = "", .to = "",
		.at = { sym_from(a->source->syms, a->policy->path), where.line, where.col,
			where.end_col },
		.symbol = symbol, .message = message,
	});
}

/* Patterns that were written in the file itself: a starter knows many names on purpose. */
static uint64_t judge_patterns(const struct analysis *a, const struct policy_patterns *list,
			       const char *what)
{
	struct arena *arena = a->scratch;
	uint64_t n = 0;

	for (uint32_t i = 0; i < list->count; i++) {
		const struct policy_pattern *p = &list->item[i];

		if (p->number == POLICY_NONE || !is_own(a, p->at))
			continue;
		n++;
		if (!a->mapping->matched[p->number])
			tell(a, p->at, arena_printf(arena, "%s %s", what, p->text),
			     arena_printf(arena, "'%s' of %s matches no package", p->text, what));
	}
	return n;
}

static uint64_t judge_layers(const struct analysis *a)
{
	struct arena *arena = a->scratch;
	uint64_t n = 0;

	for (uint32_t i = 0; i < a->policy->nlayers; i++) {
		const struct policy_layer *l = &a->policy->layer[i];
		const char *what = arena_printf(arena, "layer %s", l->name);

		/* A starter's place for programs or tests: not all trees have it. */
		if (!a->mapping->layer_packages[i] && !is_own(a, l->at) &&
		    l->uses.kind == USES_ANY)
			continue;
		n++;
		if (a->mapping->layer_packages[i])
			n += judge_patterns(a, &l->in, what);
		else
			tell(a, l->at, what,
			     arena_printf(arena, "layer '%s'%s has no package", l->name,
					  is_own(a, l->at) ? "" : " of the starter"));
	}
	return n;
}

static bool has_packages(const struct analysis *a, uint32_t context)
{
	const struct policy_context *c = &a->policy->context[context];

	for (uint32_t i = 0; i < a->mapping->ncontexts; i++) {
		const struct policy_context *spec = a->mapping->context[i].spec;

		if (spec && a->mapping->context[i].packages &&
		    (spec == c || (c->template && spec->from == context)))
			return true;
	}
	return false;
}

/* A name in `uses` that is no context: the import that it should allow has another name. */
static uint64_t judge_names(const struct analysis *a, const struct policy_context *c)
{
	struct arena *arena = a->scratch;
	uint64_t n = 0;

	for (uint32_t i = 0; c->uses.kind == USES_LIST && i < c->uses.names.count; i++) {
		const struct policy_text *name = &c->uses.names.item[i];
		char near[SUGGEST_BYTES];
		struct suggest s;

		if (!is_own(a, name->at))
			continue;
		n++;
		if (mapping_context_find(a->mapping, name->text) != POLICY_NONE)
			continue;
		suggest_init(&s, name->text);
		for (uint32_t k = 0; k < a->mapping->ncontexts; k++)
			suggest_offer(&s, context_words(a->mapping, k));
		tell(a, name->at, arena_printf(arena, "context %s uses %s", c->name, name->text),
		     arena_printf(arena, "context '%s' uses '%s', which has no package%s", c->name,
				  name->text, suggest_text(&s, "", near)));
	}
	return n;
}

static uint64_t judge_contexts(const struct analysis *a)
{
	struct arena *arena = a->scratch;
	uint64_t n = 0;

	for (uint32_t i = 0; i < a->policy->ncontexts; i++) {
		const struct policy_context *c = &a->policy->context[i];
		const char *what = arena_printf(arena, "context %s", c->name);

		n++;
		if (!has_packages(a, i)) {
			tell(a, c->at, what, arena_printf(arena, "context '%s'%s has no package",
				c->name, is_own(a, c->at) ? "" : " of the starter"));
			continue;
		}
		if (c->own_in)
			n += judge_patterns(a, &c->in, what);
		/* What it has from its template is told there. */
		if (c->from == POLICY_NONE ||
		    c->published.item != a->policy->context[c->from].published.item)
			n += judge_patterns(a, &c->published, what);
		n += judge_names(a, c);
	}
	return n;
}

enum subject { ABOUT_LAYERS, ABOUT_CONTEXTS };

static const struct { enum rule_id rule; enum subject about; } subjects[] = {
	{ RULE_LAYER_VIOLATION, ABOUT_LAYERS }, { RULE_CLOSED_LAYER, ABOUT_LAYERS },
	{ RULE_DENIED_IMPORT, ABOUT_LAYERS }, { RULE_STRUCT_TAGS, ABOUT_LAYERS },
	{ RULE_TRANSPORT_TYPES, ABOUT_LAYERS }, { RULE_UNMAPPED, ABOUT_LAYERS },
	{ RULE_CONTEXT_BOUNDARY, ABOUT_CONTEXTS }, { RULE_CONTEXT_PAIR, ABOUT_CONTEXTS },
	{ RULE_CONTEXT_INTERNAL, ABOUT_CONTEXTS }, { RULE_SHARED_USES_CONTEXT, ABOUT_CONTEXTS },
	{ RULE_CONCRETE_TYPE, ABOUT_CONTEXTS },
};

static void judge_rule(const struct analysis *a, const struct policy_rule *r, struct policy_pos at,
		       enum subject about)
{
	bool there = about == ABOUT_LAYERS ? a->policy->nlayers : a->mapping->ncontexts;
	const char *what = about == ABOUT_LAYERS ? "layer" : "context";

	if (!there)
		tell(a, at, arena_printf(a->scratch, "rule %s %s", r->rule->name, what),
		     arena_printf(a->scratch, "rule '%s' is about %ss, and there is none",
				  r->rule->name, what));
}

static uint64_t judge_rules(const struct analysis *a)
{
	for (uint32_t i = 0; i < a->policy->nrules; i++) {
		const struct policy_rule *r = &a->policy->rule[i];
		const struct policy_param *at = policy_param_find(a->policy, r->rule, "at");

		for (size_t k = 0; k < ARRAY_SIZE(subjects); k++)
			if (r->rule == &rule_rows[subjects[k].rule] && is_own(a, r->at))
				judge_rule(a, r, r->at, subjects[k].about);
		for (uint32_t k = 0; at && k < at->words.count; k++) {
			const struct policy_text *word = &at->words.item[k];

			if (!is_own(a, word->at))
				continue;
			if (!strcmp(word->text, "context"))
				judge_rule(a, r, word->at, ABOUT_CONTEXTS);
			if (!strcmp(word->text, "layer"))
				judge_rule(a, r, word->at, ABOUT_LAYERS);
		}
	}
	return a->policy->nrules;
}

static const char *clash_why(const struct analysis *a, const struct domain_clash *c)
{
	if (c->by)
		return arena_printf(a->scratch, "%s '%s' places the package; a pattern beats a "
				    "comment", policy_pos_text(c->by->at, a->scratch), c->by->text);
	return arena_printf(a->scratch, "%s:%u says '%s'; the first file of a package speaks for "
		"it",
			    sym_text(a->source->syms, c->other.path), c->other.line,
			    sym_text(a->source->syms, c->instead));
}

static void judge_clash(const struct analysis *a, const struct domain_clash *c)
{
	const struct rule *rule = &rule_rows[RULE_DOMAIN_CLASH];
	const char *name = sym_text(a->source->syms, c->name);
	const char *package = edge_name(a->graph, c->package);

	finding_add(a->findings, &(struct finding){
		.rule = rule, .severity = rule_level(rule), .at = c->at, .from = package, .to = "",
		.symbol = name, .why = clash_why(a, c),
		.message = c->instead.v ?
			arena_printf(a->scratch, "'%s' is in context '%s', but a comment says '%s'",
				     package, sym_text(a->source->syms, c->instead), name) :
			arena_printf(a->scratch, "'%s' is shared, but a comment says '%s'",
				     package, name),
	});
}

static int run_vacuous(const struct analysis *a, uint64_t *ret_judged, struct err *err UNUSED)
{
	if (!a->mapping || !is_whole(a))
		return 0;
	*ret_judged = judge_layers(a) + judge_contexts(a) + judge_rules(a) +
		      judge_patterns(a, &a->policy->shared, "shared");
	return 0;
}

static int run_domains(const struct analysis *a, uint64_t *ret_judged, struct err *err UNUSED)
{
	const struct mapping *m = a->mapping;

	for (uint32_t p = 0; m && p < a->graph->npkgs; p++)
		*ret_judged += m->of[p].comment_name.v &&
			       !(a->graph->flags[p] & NODE_XTEST);
	for (uint32_t i = 0; m && i < m->nclashes; i++)
		if (a->graph->flags[m->clash[i].package] & NODE_REPORTED)
			judge_clash(a, &m->clash[i]);
	return 0;
}

static const enum rule_id vacuous_rules[] = { RULE_VACUOUS_POLICY };
static const enum rule_id domain_rules[] = { RULE_DOMAIN_CLASH };

const struct analyzer analyzer_vacuous = {
	.name = "vacuous", .summary = "what the policy says and nothing answers to",
	.needs = FACT_IMPORTS | FACT_POLICY, .rules = vacuous_rules,
	.nrules = ARRAY_SIZE(vacuous_rules), .run = run_vacuous,
};
const struct analyzer analyzer_domains = {
	.name = "domains", .summary = "comments that name another domain than what holds",
	.needs = FACT_IMPORTS | FACT_POLICY, .rules = domain_rules,
	.nrules = ARRAY_SIZE(domain_rules), .run = run_domains,
};
