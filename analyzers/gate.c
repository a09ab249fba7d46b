/* SPDX-License-Identifier: MIT */
/* gate.c - the rows of the gate: what is compared, what passes, and what is said of it. */
#include "analyzers/gate.h"
#include "analyzers/gate_work.h"
#include "analyzers/policy/schema.h"
#include "analyzers/setting.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* ---- settings ---- */

enum gate_verdict gate_bad(const struct gate_work *w, enum rule_id rule)
{
	enum severity level = policy_rule_level(w->g->head.given->policy, &rule_rows[rule]);

	return level == SEV_ERROR ? GATE_FAIL : level == SEV_OFF ? GATE_OFF : GATE_WARN;
}

uint32_t gate_setting(const struct gate_work *w, enum rule_id rule, const char *key)
{
	return setting_number(w->g->head.given, rule, key);
}

struct policy_texts gate_words(const struct gate_work *w, enum rule_id rule, const char *key)
{
	const struct rule *row = &rule_rows[rule];
	const struct policy_param *given =
		policy_param_find(w->g->head.given->policy, row, key);
	struct policy_texts none = { .count = 0 };

	if (given && given->words.at.file)
		return given->words;
	const struct schema_param *p = schema_param_find(row->name, key);
	size_t len = p ? strlen(p->standard) : 0;

	/* "[one]" is what such rows have, or nothing. */
	if (len < 3)
		return none;
	struct policy_text *item = arena_array(w->arena, struct policy_text, 1);

	item->text = arena_strndup(w->arena, p->standard + 1, len - 2);
	return (struct policy_texts){ .item = item, .count = 1 };
}

/* ---- rows ---- */

/* What a row says is said once: of new findings they themselves speak. */
static bool speaks(enum rule_id rule)
{
	return rule != RULE_NEW_ERRORS && rule != RULE_NEW_CROSSINGS && rule != RULE_NEWLY_ALLOWED;
}

struct span gate_policy_place(const struct gate_work *w)
{
	return (struct span){
		.path = sym_from(w->g->head.given->source->syms, w->g->policy_path),
	};
}

void gate_push(struct gate_work *w, struct gate_row row)
{
	enum rule_id rule = (enum rule_id)(row.rule - rule_rows);
	bool bad = row.verdict == GATE_FAIL || row.verdict == GATE_WARN;

	VEC_RESERVE(w->ret->row, w->cap, w->ret->count + 1);
	w->ret->row[w->ret->count++] = row;
	w->ret->failed |= row.verdict == GATE_FAIL;
	if (!bad || !speaks(rule))
		return;
	finding_add(w->g->head.given->findings, &(struct finding){
		.rule = row.rule, .severity = rule_level(row.rule), .at = gate_policy_place(w),
		.from = "", .to = "", .symbol = row.title,
		.message = arena_printf(w->arena, "%s: %s at the base, %s now, %s passes%s%s",
					row.title, row.base, row.now, row.limit,
					row.note ? ": " : "", row.note ? row.note : ""),
	});
}

struct check;
typedef int judge_fn(struct gate_work *w, const struct check *c, struct err *err);

enum unit { UNIT_COUNT, UNIT_PERCENT, UNIT_TENTHS };

struct check {
	enum rule_id rule;
	const char *title;
	judge_fn *judge;
	struct gate_number (*of)(const struct gate_tree *t, struct arena *arena);
	enum unit unit;
	int sign;                       /* 1: more is worse; -1: less is */
};

static const char *value_text(enum unit unit, int64_t n, struct arena *a)
{
	unsigned long long whole = (unsigned long long)n;

	if (unit == UNIT_COUNT)
		return text_number(a, (uint64_t)n);
	if (unit == UNIT_PERCENT)
		return arena_printf(a, "%llu %%", whole);
	return arena_printf(a, "%llu.%llu %%", whole / 10, whole % 10);
}

static double value_of(enum unit unit, int64_t n)
{
	return unit == UNIT_TENTHS ? (double)n / 10 : (double)n;
}

static const char *limit_text(const struct check *c, uint32_t max, struct arena *a)
{
	const char *sign = c->sign > 0 ? "+" : "-";

	if (c->unit == UNIT_TENTHS && max)
		return arena_printf(a, "%s%u.%u", sign, max / 10, max % 10);
	return arena_printf(a, "%s%u", sign, max);
}

static struct gate_row row_of(const struct check *c)
{
	return (struct gate_row){
		.rule = &rule_rows[c->rule], .title = c->title, .base = "-", .now = "-",
		.limit = "off", .base_value = NAN, .now_value = NAN,
	};
}

static void set_now(struct gate_row *row, enum unit unit, int64_t n, struct arena *a)
{
	row->now = value_text(unit, n, a);
	row->now_value = value_of(unit, n);
}

static void set_base(struct gate_row *row, enum unit unit, int64_t n, struct arena *a)
{
	row->base = value_text(unit, n, a);
	row->base_value = value_of(unit, n);
}

/* What a side that was not seen whole says of itself is not known. */
static struct gate_number measured(const struct check *c, const struct gate_tree *t,
				   struct arena *scratch)
{
	struct gate_number n = c->of(t, scratch);

	if (!n.why && t->incomplete)
		n.why = t->incomplete;
	return n;
}

/* A number that may not get worse. */
static int compare(struct gate_work *w, const struct check *c, struct err *err UNUSED)
{
	uint32_t max = gate_setting(w, c->rule, c->rule == RULE_PAY_DOWN ? "min" : "max");
	struct arena scratch = ARENA_INIT;
	struct gate_row row = row_of(c);
	struct gate_number now = measured(c, &w->g->head, &scratch), base = { 0 };

	if (!now.why)
		set_now(&row, c->unit, now.n, w->arena);
	row.limit = c->rule == RULE_PAY_DOWN ? arena_printf(w->arena, "-%u", max) :
		    limit_text(c, max, w->arena);
	row.verdict = GATE_NO_BASE;
	if (w->g->base) {
		base = w->g->same ? now : measured(c, w->g->base, &scratch);
		if (!base.why)
			set_base(&row, c->unit, base.n, w->arena);
		int64_t worse = c->sign * (now.n - base.n);
		bool fine = c->rule == RULE_PAY_DOWN ? -worse >= (int64_t)max :
						       worse <= (int64_t)max;

		row.verdict = !now.why && !base.why && fine ? GATE_OK : gate_bad(w, c->rule);
		if (now.why || base.why)
			row.note = arena_printf(w->arena, "not known %s: %s",
						now.why ? "now" : "at the base",
						now.why ? now.why : base.why);
		if (c->rule == RULE_LARGER_BASELINE && !now.why && !base.why && now.n < base.n)
			row.note = arena_printf(w->arena, "%s fewer",
						text_number(w->arena, (uint64_t)(base.n - now.n)));
	}
	/* Who begins accepts what there is. */
	if (w->g->first && c->of == gate_entries) {
		row.verdict = GATE_NO_BASE;
		row.note = "the policy comes with this change";
	}
	gate_push(w, row);
	arena_release(&scratch);
	return 0;
}

/* ---- new findings ---- */

static bool is_crossing(const struct gate_work *w, const struct finding *f)
{
	static const enum rule_id rules[] = {
		RULE_CONTEXT_BOUNDARY, RULE_CONTEXT_PAIR, RULE_CONTEXT_INTERNAL,
		RULE_SHARED_USES_CONTEXT, RULE_CONCRETE_TYPE,
	};
	enum severity level = policy_rule_level(w->g->head.given->policy, f->rule);

	/* Those of tests are graded below their rule. */
	if (f->graded && f->severity < level)
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(rules); i++)
		if (f->rule == &rule_rows[rules[i]])
			return true;
	return false;
}

static int count_new(struct gate_work *w, const struct check *c, struct err *err UNUSED)
{
	const struct findings *all = w->g->head.given->findings;
	uint32_t max = gate_setting(w, c->rule, "max"), n = 0;
	struct gate_row row = row_of(c);

	for (uint32_t i = 0; i < all->count; i++)
		n += c->rule == RULE_NEW_CROSSINGS ? is_crossing(w, &all->item[i]) :
			w->g->fail_on != SEV_OFF && all->item[i].severity >= w->g->fail_on;
	set_now(&row, UNIT_COUNT, n, w->arena);
	row.limit = text_number(w->arena, max);
	row.verdict = n <= max ? GATE_OK : gate_bad(w, c->rule);
	gate_push(w, row);
	return 0;
}

/* ---- the cut ---- */

static const char *cut_text(const struct gate_cut *c, struct arena *a)
{
	if (c->bound == c->weight)
		return text_number(a, (uint64_t)c->weight);
	return arena_printf(a, "%s-%s", text_number(a, (uint64_t)c->bound),
			    text_number(a, (uint64_t)c->weight));
}

/* At the level where the base is worst; where it has no knot, where the change is. */
static int compare_cuts(struct gate_work *w, const struct check *c, struct err *err)
{
	const struct gate_tree *head = &w->g->head, *base = w->g->base;
	uint32_t max = gate_setting(w, c->rule, "max");
	struct gate_cut now = { 0 }, was = { 0 };
	struct gate_row row = row_of(c);
	struct arena scratch = ARENA_INIT;
	struct level level;
	int rc = -1;

	row.limit = limit_text(c, max, w->arena);
	row.verdict = base ? GATE_OK : GATE_NO_BASE;
	if ((base && !w->g->same && gate_level(base, &level)) || gate_level(head, &level)) {
		if (gate_cut_at(head, level, &scratch, &now, err) ||
		    (base && !w->g->same && gate_cut_at(base, level, &scratch, &was, err)))
			goto out;
		if (w->g->same)
			was = now;
		row.title = arena_printf(w->arena, "%s, %s", row.title,
					 level_name(level, &scratch));
	}
	row.now = cut_text(&now, w->arena);
	row.now_value = (double)now.weight;
	if (base) {
		row.base = cut_text(&was, w->arena);
		row.base_value = (double)was.weight;
		if (now.weight > was.bound + (int64_t)max &&
		    !(now.weight <= was.weight + (int64_t)max &&
		      gate_knots_within(head, base, level, &scratch))) {
			row.verdict = gate_bad(w, c->rule);
			if (now.bound <= was.weight + (int64_t)max)
				row.note = "it cannot be proven that it did not grow";
		}
		if (head->incomplete || base->incomplete) {
			row.verdict = gate_bad(w, c->rule);
			row.note = arena_printf(w->arena, "not known: %s", head->incomplete ?
						head->incomplete : base->incomplete);
		}
	}
	gate_push(w, row);
	rc = 0;
out:
	arena_release(&scratch);
	return rc;
}

static int tell_allowed(struct gate_work *w, const struct check *c, struct err *err UNUSED)
{
	gate_allowed(w, row_of(c));
	return 0;
}

static int coverage(struct gate_work *w, const struct check *c, struct err *err)
{
	return gate_coverage(w, c->title, err);
}

static int kpi(struct gate_work *w, const struct check *c, struct err *err)
{
	return gate_kpi(w, c->title, err);
}

static int record(struct gate_work *w, const struct check *c, struct err *err UNUSED)
{
	gate_record(w, c->title);
	return 0;
}

static int api(struct gate_work *w, const struct check *c, struct err *err UNUSED)
{
	gate_api(w, c->title);
	return 0;
}

static int hotspots(struct gate_work *w, const struct check *c, struct err *err UNUSED)
{
	gate_hotspots(w, c->title);
	return 0;
}

static int debt_density_row(struct gate_work *w, const struct check *c, struct err *err UNUSED)
{
	gate_debt_density(w, c->title);
	return 0;
}

static int debt_rise_row(struct gate_work *w, const struct check *c, struct err *err UNUSED)
{
	gate_debt_rise(w, c->title);
	return 0;
}

static const struct check checks[] = {
	{ RULE_NEW_ERRORS, "new errors", count_new, NULL, UNIT_COUNT, 1 },
	{ RULE_NEW_CROSSINGS, "new context crossings", count_new, NULL, UNIT_COUNT, 1 },
	{ RULE_MORE_CIRCLES, "circles: contexts, layers", compare, gate_circles, UNIT_COUNT, 1 },
	{ RULE_LARGER_CUT, "smallest cut, import lines", compare_cuts, NULL, UNIT_COUNT, 1 },
	{ RULE_LESS_JUDGED, "imports judged by the policy", compare, gate_judged, UNIT_PERCENT,
		-1 },
	{ RULE_LARGER_BASELINE, "baseline entries", compare, gate_entries, UNIT_COUNT, 1 },
	{ RULE_NEWLY_ALLOWED, "newly allowed by policy, baseline", tell_allowed, NULL, UNIT_COUNT,
		1 },
	{ RULE_MORE_COMPLEX, "complex functions", compare, gate_complex, UNIT_TENTHS, 1 },
	{ RULE_DEEPER, "longest chain of imports", compare, gate_depth, UNIT_COUNT, 1 },
	{ RULE_MORE_UNMAPPED, "unmapped packages", compare, gate_unmapped, UNIT_TENTHS, 1 },
	{ RULE_PAY_DOWN, "entries paid down", compare, gate_entries, UNIT_COUNT, 1 },
	{ RULE_COVERAGE, "coverage", coverage, NULL, UNIT_TENTHS, -1 },
	{ RULE_KPI, "kpi", kpi, NULL, UNIT_COUNT, 1 },
	{ RULE_ADR_REQUIRED, "changes without a decision record", record, NULL, UNIT_COUNT, 1 },
	{ RULE_HOTSPOT_HEALTH, "cognitive complexity of hotspots", hotspots, NULL, UNIT_COUNT, 1 },
	{ RULE_API_CHANGE, "published declarations gone or other", api, NULL, UNIT_COUNT, 1 },
	{ RULE_DEBT_DENSITY, "debt, minutes per 1,000 lines", debt_density_row, NULL, UNIT_COUNT,
		1 },
	{ RULE_DEBT_RISE, "rise of debt per 1,000 lines", debt_rise_row, NULL, UNIT_COUNT, 1 },
};

static bool is_on(const struct gate_work *w, enum rule_id rule)
{
	return (rule == RULE_NEWLY_ALLOWED ? gate_allowed_bad(w) : gate_bad(w, rule)) != GATE_OFF;
}

int gate_judge(const struct gate_given *g, struct gate *ret, struct err *err)
{
	struct gate_work w = { .g = g, .arena = g->head.given->findings->arena, .ret = ret };
	struct gate_row *kept;
	int rc = 0;

	*ret = (struct gate){ 0 };
	for (size_t i = 0; i < ARRAY_SIZE(checks) && !rc; i++)
		if (is_on(&w, checks[i].rule))
			rc = checks[i].judge(&w, &checks[i], err);
	for (size_t i = 0; i < ARRAY_SIZE(checks) && !rc; i++)
		if (!is_on(&w, checks[i].rule)) {
			struct gate_row row = row_of(&checks[i]);

			row.verdict = GATE_OFF;
			gate_push(&w, row);
		}
	kept = arena_array(w.arena, struct gate_row, ret->count);
	if (ret->count)
		memcpy(kept, ret->row, ret->count * sizeof(*kept));
	free(ret->row);
	ret->row = kept;
	return rc;
}

const char *gate_failures(const struct gate *g, struct arena *a)
{
	const char *text = "";

	for (uint32_t i = 0; i < g->count; i++) {
		const struct gate_row *row = &g->row[i];

		if (row->verdict != GATE_FAIL)
			continue;
		text = arena_printf(a, "%s%s%s %s", text, *text ? ", " : "", row->title, row->now);
		if (strcmp(row->base, "-") != 0)
			text = arena_printf(a, "%s, was %s", text, row->base);
		else
			text = arena_printf(a, "%s, limit %s", text, row->limit);
	}
	return text;
}

/* ---- as analyses, so that the rules are chosen and explained as all others ---- */

static int run(const struct analysis *a UNUSED, uint64_t *ret_judged, struct err *err UNUSED)
{
	*ret_judged = 0;
	return 0;
}

static const enum rule_id of_imports[] = {
	RULE_NEW_ERRORS, RULE_NEW_CROSSINGS, RULE_MORE_CIRCLES, RULE_LARGER_CUT, RULE_LESS_JUDGED,
	RULE_LARGER_BASELINE, RULE_NEWLY_ALLOWED, RULE_DEEPER, RULE_MORE_UNMAPPED, RULE_PAY_DOWN,
	RULE_COVERAGE, RULE_KPI, RULE_ADR_REQUIRED, RULE_DEBT_DENSITY, RULE_DEBT_RISE,
};
static const enum rule_id of_bodies[] = {
	RULE_MORE_COMPLEX, RULE_HOTSPOT_HEALTH, RULE_API_CHANGE,
};

const struct analyzer analyzer_gate = {
	.name = "gate", .summary = "what a change makes worse",
	.needs = FACT_IMPORTS | FACT_CHANGE, .rules = of_imports,
	.nrules = ARRAY_SIZE(of_imports), .run = run,
};

const struct analyzer analyzer_gatebodies = {
	.name = "gatebodies", .summary = "what a change makes worse in functions",
	.needs = FACT_BODIES | FACT_CHANGE, .rules = of_bodies, .nrules = ARRAY_SIZE(of_bodies),
	.run = run,
};
