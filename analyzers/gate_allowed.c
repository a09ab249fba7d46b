/* SPDX-License-Identifier: MIT */
/*
 * gate_allowed.c - what an edit of the policy, of the gate itself, or of the baseline
 * lets pass that did not pass before.
 */
#include "analyzers/gate_work.h"
#include "analyzers/policy/schema.h"
#include "analyzers/setting.h"
#include "base/text.h"

#define NEWLY_ALLOWED_MAX 1000u         /* findings; all of them are counted */

/* Among the `known` first that count, or those that the base has too? */
static bool is_found(const struct findings *f, uint32_t known, uint64_t fingerprint)
{
	for (uint32_t i = 0; i < known; i++)
		if (f->item[i].fingerprint == fingerprint)
			return true;
	for (uint32_t i = 0; i < f->nheld; i++)
		if (f->held[i].fingerprint == fingerprint && f->held[i].state == FINDING_KNOWN)
			return true;
	return false;
}

/* It was judged as a tree of its own. */
static struct span place_here(const struct gate_work *w, struct span at)
{
	const char *path = sym_text(w->g->allowed_source->syms, at.path);

	at.path = sym_from(w->g->head.given->source->syms, path);
	return at;
}

/* Is what failed the base's gate there, but does not fail this one? */
static bool is_eased(const struct gate_work *w, const struct finding *was)
{
	const struct findings *all = w->g->head.given->findings;
	enum severity fail_on = w->g->fail_on;

	if (!w->g->was || w->g->was_fail_on == SEV_OFF || was->severity < w->g->was_fail_on)
		return false;
	for (uint32_t i = 0; i < all->count; i++)
		if (all->item[i].fingerprint == was->fingerprint)
			return fail_on == SEV_OFF || all->item[i].severity < fail_on;
	return false;
}

static void add_allowed(struct gate_work *w, struct finding found, uint32_t *n)
{
	found.rule = &rule_rows[RULE_NEWLY_ALLOWED];
	found.severity = rule_level(found.rule);
	if ((*n)++ < NEWLY_ALLOWED_MAX)
		finding_add(w->g->head.given->findings, &found);
}

static void add_edit(struct gate_work *w, const char *what, const char *message, uint32_t *n)
{
	add_allowed(w, (struct finding){
		.at = gate_policy_place(w), .from = "", .to = "", .symbol = what,
			.message = message,
	}, n);
}

/* Of a number that is a ceiling more is laxer, of a floor less. */
static void compare_number(struct gate_work *w, enum rule_id rule, const char *key, bool ceiling,
			   uint32_t *n)
{
	const struct analysis before = { .policy = w->g->was };
	uint32_t was = setting_number(&before, rule, key), now = gate_setting(w, rule, key);

	if (ceiling ? now > was : now < was)
		add_edit(w, arena_printf(w->arena, "%s %s", rule_rows[rule].id, key),
			 arena_printf(w->arena, "the gate is laxer than it was: %s of %s is %u, "
				      "was %u", key, rule_rows[rule].name, now, was), n);
}

/* A gate that is edited with the change could let anything pass. */
static void tell_laxer(struct gate_work *w, uint32_t *n)
{
	static const char *const keys[] = { "max", "min" };
	const struct policy *was = w->g->was, *now = w->g->head.given->policy;

	if (!was)
		return;
	if (w->g->was_fail_on != SEV_OFF &&
	    (w->g->fail_on == SEV_OFF || w->g->fail_on > w->g->was_fail_on))
		add_edit(w, "fail_on", arena_printf(w->arena, "the gate is laxer than it was: "
			 "fail_on is %s, was %s", severity_name[w->g->fail_on],
			 severity_name[w->g->was_fail_on]), n);
	for (unsigned r = 0; r < RULE_COUNT; r++) {
		const struct rule *rule = &rule_rows[r];
		enum severity before = policy_rule_level(was, rule);
		enum severity after = policy_rule_level(now, rule);

		if (!(analyzer_of(r)->needs & FACT_CHANGE) || before == SEV_OFF)
			continue;
		if (after < before)
			add_edit(w, rule->id, arena_printf(w->arena, "the gate is laxer than it "
				 "was: %s is %s, was %s", rule->name, severity_name[after],
				 severity_name[before]), n);
		for (unsigned k = 0; k < ARRAY_SIZE(keys); k++)
			if (schema_param_find(rule->name, keys[k]))
				compare_number(w, r, keys[k], !k, n);
	}
}

/* The base's level counts as well: who turns the row off would not be told of it. */
enum gate_verdict gate_allowed_bad(const struct gate_work *w)
{
	enum severity level = policy_rule_level(w->g->head.given->policy,
						&rule_rows[RULE_NEWLY_ALLOWED]);
	enum severity before = w->g->was ? policy_rule_level(w->g->was,
						&rule_rows[RULE_NEWLY_ALLOWED]) : level;

	level = before > level ? before : level;
	return level == SEV_ERROR ? GATE_FAIL : level == SEV_OFF ? GATE_OFF : GATE_WARN;
}

void gate_allowed(struct gate_work *w, struct gate_row row)
{
	const struct findings *allowed = w->g->allowed, *all = w->g->head.given->findings;
	uint32_t n = 0, known = all->count;

	row.limit = gate_allowed_bad(w) == GATE_FAIL ? "0" : "told";
	row.verdict = w->g->base ? GATE_OK : GATE_NO_BASE;
	for (uint32_t i = 0; allowed && i < allowed->count; i++) {
		const struct finding *f = &allowed->item[i];

		if (f->severity < SEV_WARNING ||
		    (is_found(all, known, f->fingerprint) && !is_eased(w, f)))
			continue;
		add_allowed(w, (struct finding){
			.at = place_here(w, f->at), .from = f->from, .to = f->to,
			.symbol = arena_printf(w->arena, "%s %s", f->rule->id, f->symbol),
			.message = arena_printf(w->arena, "this was not allowed before: %s (%s)",
						f->message, f->rule->name),
		}, &n);
	}
	tell_laxer(w, &n);
	if (w->g->base) {
		row.now = text_number(w->arena, n);
		row.now_value = n;
		row.note = allowed ? NULL : "neither policy nor baseline was touched";
	}
	if (n || w->g->allowed_why)
		row.verdict = gate_allowed_bad(w);
	if (w->g->first) {
		row.verdict = GATE_NO_BASE;
		row.note = "the policy comes with this change";
	} else if (w->g->allowed_why) {
		row.note = w->g->allowed_why;
		row.now = "-";
		row.now_value = NAN;
	}
	gate_push(w, row);
}

