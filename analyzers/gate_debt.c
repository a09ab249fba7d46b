/* SPDX-License-Identifier: MIT */
/*
 * gate_debt.c - the rows debt-density and debt-rise: minutes of repair for each
 * thousand lines, as `meshctl debt` reckons them.
 */
#include "analyzers/gate_work.h"
#include "base/text.h"

#include <string.h>

#define NAMED 4u                        /* in the note */

static struct gate_row row_of(enum rule_id rule, const char *title)
{
	return (struct gate_row){
		.rule = &rule_rows[rule], .title = title, .base = "-", .now = "-",
		.limit = "-", .base_value = NAN, .now_value = NAN, .verdict = GATE_NO_BASE,
	};
}

static double density(const struct gate_debt_part *p)
{
	return p->lines ? (double)p->minutes * 1000 / (double)p->lines : NAN;
}

static const char *density_text(const struct gate_debt_part *p, struct arena *arena)
{
	return p->lines ? arena_printf(arena, "%.1f", density(p)) : "-";
}

/* Where two that are rounded would look the same. */
static const char *exact_text(const struct gate_debt_part *p, struct arena *arena)
{
	return p->lines ? arena_printf(arena, "%.2f", density(p)) : "-";
}

/* Why the debt of a side is not known; NULL = it is. */
static const char *unknown(const struct gate_tree *t)
{
	if (!t->debt)
		return "it was not reckoned";
	if (t->debt->why || t->incomplete)
		return t->debt->why ? t->debt->why : t->incomplete;
	return t->debt->all.lines ? NULL : "there is no line of code";
}

static void set_sides(struct gate_work *w, struct gate_row *row)
{
	const struct gate_tree *head = &w->g->head, *base = w->g->base;

	if (!unknown(head)) {
		row->now = density_text(&head->debt->all, w->arena);
		row->now_value = density(&head->debt->all);
	}
	if (base && !unknown(base)) {
		row->base = density_text(&base->debt->all, w->arena);
		row->base_value = density(&base->debt->all);
	}
}

void gate_debt_density(struct gate_work *w, const char *title)
{
	uint32_t max = gate_setting(w, RULE_DEBT_DENSITY, "max");
	struct gate_row row = row_of(RULE_DEBT_DENSITY, title);
	const char *why = unknown(&w->g->head);

	set_sides(w, &row);
	row.limit = text_number(w->arena, max);
	if (why)
		row.note = arena_printf(w->arena, "not known now: %s", why);
	row.verdict = !why && w->g->head.debt->all.minutes * 1000 <=
			      (uint64_t)max * w->g->head.debt->all.lines ?
		      GATE_OK : gate_bad(w, RULE_DEBT_DENSITY);
	gate_push(w, row);
}

/* More than `max` tenths of a percent denser? */
static bool rose(const struct gate_debt_part *was, const struct gate_debt_part *now, uint32_t max)
{
	/* Without a line there is nothing that could have debt. */
	if (!was->lines || !now->lines)
		return now->lines && now->minutes;
	return now->minutes * was->lines * 1000 >
	       was->minutes * now->lines * ((uint64_t)max + 1000);
}

/* Of a context that is new, the whole of the base. */
static const struct gate_debt_part *part_of(const struct gate_debt *d, const char *name)
{
	for (uint32_t i = 0; i < d->ncontexts; i++)
		if (!strcmp(d->context[i].name, name))
			return &d->context[i];
	return &d->all;
}

/* Contexts that became denser: how many, and which. */
static uint32_t compare_contexts(struct gate_work *w, uint32_t max, const char **ret_note)
{
	const struct gate_debt *now = w->g->head.debt, *was = w->g->base->debt;
	const char *note = NULL;
	uint32_t n = 0;

	for (uint32_t i = 0; i < now->ncontexts; i++) {
		const struct gate_debt_part *part = &now->context[i];
		const struct gate_debt_part *old = part_of(was, part->name);

		if (!rose(old, part, max) || n++ >= NAMED)
			continue;
		note = arena_printf(w->arena, "%s%s%s %s, %s", note ? note : "", note ? "; " : "",
				    part->name, exact_text(part, w->arena), old == &was->all ?
				    "new, denser than all at the base" :
				    arena_printf(w->arena, "was %s", exact_text(old, w->arena)));
	}
	if (n > NAMED)
		note = arena_printf(w->arena, "%s; and %u more", note, n - NAMED);
	*ret_note = note;
	return n;
}

static bool is_asked(const struct gate_work *w, const char *what)
{
	struct policy_texts list = gate_words(w, RULE_DEBT_RISE, "of");
	bool any = false;

	for (uint32_t i = 0; i < list.count; i++)
		any |= !strcmp(list.item[i].text, what);
	return any;
}

void gate_debt_rise(struct gate_work *w, const char *title)
{
	uint32_t max = gate_setting(w, RULE_DEBT_RISE, "max");
	struct gate_row row = row_of(RULE_DEBT_RISE, title);
	const struct gate_tree *head = &w->g->head, *base = w->g->base;

	set_sides(w, &row);
	row.limit = arena_printf(w->arena, "+%u.%u %%", max / 10, max % 10);
	if (base) {
		const char *now = unknown(head), *was = unknown(base);
		bool bad = now || was;

		if (bad)
			row.note = arena_printf(w->arena, "not known %s: %s",
						now ? "now" : "at the base", now ? now : was);
		if (!bad && is_asked(w, "contexts"))
			bad = compare_contexts(w, max, &row.note) > 0;
		if (!now && !was && is_asked(w, "repository"))
			bad |= rose(&base->debt->all, &head->debt->all, max);
		row.verdict = bad ? gate_bad(w, RULE_DEBT_RISE) : GATE_OK;
	}
	gate_push(w, row);
}
