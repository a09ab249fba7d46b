/* SPDX-License-Identifier: MIT */
/* stability.c - how much of the order of debt hangs on single costs being right. */
#include "analyzers/debt/debt_work.h"

#include <math.h>
#include <stdlib.h>

enum what { BASE, PER, WHATS };

struct variant {
	const struct debt *d;
	const struct debt_entry *const *entry;
	uint32_t n, first;
	const struct rule *rule;
	enum what what;
	double factor;
	double *priority;               /* [n] under this variant */
	uint32_t *order;
};

/* In the order in which they were, where the variant makes them equal. */
static int by_priority(const void *va, const void *vb, void *ctx)
{
	const uint32_t *a = va, *b = vb;
	const double *priority = ctx;

	if (priority[*a] < priority[*b] || priority[*a] > priority[*b])
		return priority[*a] < priority[*b] ? 1 : -1;
	return *a < *b ? -1 : *a > *b;
}

static double days_of(const struct variant *v, const struct debt_entry *e, bool *ret_differs)
{
	double minutes = 0;

	for (uint32_t i = 0; i < e->nparts; i++) {
		const struct debt_part *p = &e->part[i];
		bool hit = p->finding->rule == v->rule;
		double base = (double)p->times * p->minutes, per = (double)p->per * p->units;
		double price = base * (hit && v->what == BASE ? v->factor : 1) +
			       per * (hit && v->what == PER ? v->factor : 1);

		*ret_differs = *ret_differs || (hit && (v->what == BASE ? base : per) > 0);
		/* As entries are added up: code of a file is a sum, else the dearest cures all. */
		if (e->kind == DEBT_FILE)
			minutes += price;
		else if (price > minutes)
			minutes = price;
	}
	return minutes / (double)DEBT_DAY;
}

static void reckon(const struct variant *v, struct debt_stability *ret)
{
	double distance = 0, n = v->n;
	uint32_t stay = 0, changed = 0;

	for (uint32_t i = 0; i < v->n; i++) {
		const struct debt_entry *e = v->entry[i];
		bool differs = false;
		double days = days_of(v, e, &differs), urgent = e->timeliness;

		v->order[i] = i;
		v->priority[i] = e->priority;
		if (!differs)
			continue;
		if (e->deadline)
			urgent = debt_timeliness(e->days_left, days);
		v->priority[i] = debt_priority(&v->d->weights, e->impact, e->risk, urgent, days);
		changed++;
	}
	if (!changed)
		return;
	ret->variants++;
	sort_with(v->order, v->n, sizeof(*v->order), by_priority, v->priority);
	for (uint32_t i = 0; i < v->n; i++) {
		double moved = (double)v->order[i] - i;

		stay += i < v->first && v->order[i] < v->first;
		distance += moved * moved;
	}
	if (v->n > 1)
		distance = 1 - 6 * distance / (n * (n * n - 1));
	else
		distance = 1;
	if (stay < ret->stay)
		ret->stay = stay;
	if (distance < ret->correlation)
		ret->correlation = distance;
}

void debt_stability(const struct debt *d, const struct debt_entry *const *entry, uint32_t n,
		    uint32_t first, struct debt_stability *ret)
{
	struct variant v = {
		.d = d, .entry = entry, .n = n, .first = first < n ? first : n,
		.priority = xcalloc(n, sizeof(*v.priority)),
		.order = xcalloc(n, sizeof(*v.order)),
	};

	*ret = (struct debt_stability){ .first = v.first, .stay = v.first, .correlation = 1 };
	for (unsigned rule = 0; rule < RULE_COUNT; rule++)
		for (unsigned what = 0; what < WHATS; what++)
			for (int up = 0; up < 2; up++) {
				v.rule = &rule_rows[rule];
				v.what = (enum what)what;
				v.factor = up ? 1 + DEBT_SHAKE : 1 - DEBT_SHAKE;
				reckon(&v, ret);
			}
	free(v.priority);
	free(v.order);
}
