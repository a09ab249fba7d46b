/* SPDX-License-Identifier: MIT */
/*
 * contexts.c - imports that cross from one bounded context into another, or from
 * the shared kernel into one.  What tests do is a warning.
 */
#include "analyzers/edges.h"
#include "analyzers/setting.h"

#include <string.h>

struct judge {
	const struct analysis *a;
	const struct graph *g;
	const struct mapping *m;
	/* [ncontexts] its first published package, or POLICY_NONE */
	uint32_t *published;
	/* [ncontexts] what the policy says of it, once for all findings; NULL = not asked yet */
	const char **uses, **publishes;
};

struct crossing {
	uint32_t from, edge, to;        /* nodes */
	enum rule_id rule;
	const char *message, *why, *fix;
};

static void report(const struct judge *j, const struct crossing *c)
{
	const struct rule *rule = &rule_rows[c->rule];
	struct finding f = {
		.rule = rule, .severity = rule_level(rule), .message = c->message, .why = c->why,
		.fix = c->fix,
	};

	if (edge_in_code(j->g, c->edge)) {
		edge_report(j->a, c->from, c->edge, false, &f);
		return;
	}
	f.severity = setting_at_most(j->a, c->rule, SEV_WARNING);
	f.graded = true;
	f.message = arena_printf(j->a->scratch, "a test: %s", c->message);
	edge_report(j->a, c->from, c->edge, true, &f);
}

/* Segments `internal` of a path or a pattern. */
static uint32_t count_internal(const char *path)
{
	uint32_t n = 0;

	for (size_t len; *path; path += len + (path[len] == '/')) {
		len = strcspn(path, "/");
		n += len == strlen("internal") && !memcmp(path, "internal", len);
	}
	return n;
}

/*
 * Is there a folder `internal` in it that the context made for itself?  Those that
 * the pattern names stand above it: internal/{context}.
 */
static bool is_own_internal(const struct mapping *m, uint32_t p)
{
	const struct policy_pattern *by = m->of[p].context_by;

	return by && count_internal(edge_name(m->graph, p)) > count_internal(by->text);
}

bool context_forbids(const struct mapping *m, uint32_t from, uint32_t to, enum rule_id *ret_rule,
		     struct policy_pos *ret_by)
{
	const struct placement *a = &m->of[from], *b = &m->of[to];

	if (b->context == POLICY_NONE || a->context == b->context)
		return false;
	if (a->shared) {
		*ret_rule = RULE_SHARED_USES_CONTEXT;
		return true;
	}
	if (a->context == POLICY_NONE)
		return false;
	if (!mapping_context_may(m, a->context, b->context, ret_by)) {
		*ret_rule = RULE_CONTEXT_PAIR;
		return true;
	}
	*ret_rule = is_own_internal(m, to) ? RULE_CONTEXT_INTERNAL : RULE_CONTEXT_BOUNDARY;
	/* Nobody says what a context publishes that only comments name. */
	return m->context[b->context].spec && !b->published;
}

static const char *publishes(const struct judge *j, uint32_t context)
{
	if (!j->publishes[context])
		j->publishes[context] = publishes_why(j->m, context, j->a->scratch);
	return j->publishes[context];
}

static void judge_hidden(const struct judge *j, struct crossing *c)
{
	uint32_t from = j->m->of[c->from].context, to = j->m->of[c->to].context;
	uint32_t door = j->published[to];
	struct arena *arena = j->a->scratch;
	bool internal = c->rule == RULE_CONTEXT_INTERNAL;

	c->message = arena_printf(arena, "%s reaches into %s%s: '%s' imports '%s'",
				  context_words(j->m, from), context_words(j->m, to),
				  internal ? "'s internal packages" : " past what it publishes",
				  edge_name(j->g, c->from), edge_name(j->g, c->to));
	c->why = publishes(j, to);
	c->fix = door == POLICY_NONE ? NULL :
		arena_printf(arena, "Use '%s', which %s publishes; what is missing there belongs "
			     "there.", edge_name(j->g, door), context_words(j->m, to));
	report(j, c);
}

static void judge_pair(const struct judge *j, struct crossing *c, struct policy_pos by)
{
	uint32_t from = j->m->of[c->from].context, to = j->m->of[c->to].context;
	struct arena *arena = j->a->scratch;

	c->message = arena_printf(arena, "context %s must not use %s: '%s' imports '%s'",
				  context_words(j->m, from), context_words(j->m, to),
				  edge_name(j->g, c->from), edge_name(j->g, c->to));
	/* Where the pair is not in the list, the line is that of the list. */
	if (!j->uses[from])
		j->uses[from] = context_why(j->m, from, by, arena);
	c->why = j->uses[from];
	report(j, c);
}

static void judge_shared(const struct judge *j, struct crossing *c)
{
	struct arena *arena = j->a->scratch;
	const struct policy_pattern *by = j->m->of[c->from].shared_by;

	c->message = arena_printf(arena, "the shared kernel must not use context %s: '%s' imports "
				  "'%s'", context_words(j->m, j->m->of[c->to].context),
				  edge_name(j->g, c->from), edge_name(j->g, c->to));
	c->why = arena_printf(arena, "%s '%s' is shared", policy_pos_text(by->at, arena), by->text);
	report(j, c);
}

/* False where the policy has nothing to say about the import. */
static bool judge_edge(const struct judge *j, uint32_t from, uint32_t edge)
{
	struct crossing c = { .from = from, .edge = edge, .to = j->g->out_to[edge] };
	const struct placement *a = &j->m->of[from], *b = &j->m->of[c.to];
	struct policy_pos by;

	if (!edge_reported(j->g, from, c.to) || b->context == POLICY_NONE)
		return false;
	if (!edge_in_code(j->g, edge) && j->m->policy->go.tests.value == TESTS_IGNORE)
		return false;
	if (context_forbids(j->m, from, c.to, &c.rule, &by)) {
		if (c.rule == RULE_SHARED_USES_CONTEXT)
			judge_shared(j, &c);
		else if (c.rule == RULE_CONTEXT_PAIR)
			judge_pair(j, &c, by);
		else
			judge_hidden(j, &c);
	}
	return a->shared || a->context != POLICY_NONE;
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err UNUSED)
{
	struct judge j = { .a = a, .g = a->graph, .m = a->mapping };

	if (!a->mapping || !a->mapping->ncontexts)
		return 0;
	j.published = arena_array(a->scratch, uint32_t, a->mapping->ncontexts);
	j.uses = arena_array(a->scratch, const char *, a->mapping->ncontexts);
	j.publishes = arena_array(a->scratch, const char *, a->mapping->ncontexts);
	for (uint32_t c = 0; c < a->mapping->ncontexts; c++)
		j.published[c] = POLICY_NONE;
	for (uint32_t p = j.g->npkgs; p-- > 0;)
		if (j.m->of[p].published && !(j.g->flags[p] & (NODE_XTEST | NODE_TEST_ONLY)))
			j.published[j.m->of[p].context] = p;
	for (uint32_t p = 0; p < j.g->npkgs; p++)
		graph_foreach_out(j.g, p, e)
			*ret_judged += judge_edge(&j, p, e);
	return 0;
}

static const enum rule_id rules[] = {
	RULE_CONTEXT_BOUNDARY, RULE_CONTEXT_PAIR, RULE_CONTEXT_INTERNAL, RULE_SHARED_USES_CONTEXT,
};

const struct analyzer analyzer_contexts = {
	.name = "contexts", .summary = "imports between the policy's bounded contexts",
	.needs = FACT_IMPORTS | FACT_POLICY, .rules = rules, .nrules = ARRAY_SIZE(rules),
	.run = run,
};
