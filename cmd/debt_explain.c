/* SPDX-License-Identifier: MIT */
/* debt_explain.c - one entry of the debt: every number with its formula, inputs and source. */
#include "base/text.h"
#include "cmd/debt.h"

#include <math.h>
#include <string.h>

#define LABEL 14u
#define PROSE 96u
#define PLACES_MAX 5u

struct page {
	const struct debt_run *d;
	const struct debt_entry *e;
	FILE *out;
	struct arena a;
};

static void put(struct page *p, const char *label, const char *text)
{
	fprintf(p->out, "  %-*s", (int)LABEL - 2, label);
	text_wrap(p->out, text_escape(&p->a, text), LABEL, PROSE);
}

static const char *real(struct page *p, double value)
{
	return isnan(value) ? "-" : arena_printf(&p->a, "%.2f", value);
}

static void put_price(struct page *p)
{
	const struct policy *policy = p->d->now.given.policy;
	bool sum = p->e->kind == DEBT_FILE;

	put(p, "work", arena_printf(&p->a, "%s minutes = %s person-days of 480",
				    text_number(&p->a, p->e->minutes), real(p, p->e->cost)));
	for (uint32_t i = 0; i < p->e->nparts; i++) {
		const struct debt_part *x = &p->e->part[i];
		const char *times = x->times == 1 ? "" : arena_printf(&p->a, "%u x ", x->times);
		const char *per = !x->per ? "" :
			arena_printf(&p->a, " + %u x %u (%s)", x->per, x->units,
				     cost_unit_name(x->unit) ? cost_unit_name(x->unit) : "units");
		const char *counts = !i || sum ? "" : "; cured with the first";

		put(p, "", arena_printf(&p->a, "%s%s%s #%s: %llu = %s%u%s%s  [%s]",
					x->finding->rule->name,
					*x->finding->symbol && sum ? " " : "",
					sum ? x->finding->symbol : "", x->finding->short_id,
					(unsigned long long)x->price, times, x->minutes, per,
					counts, debt_price_source(policy, x, &p->a)));
	}
}

static void put_interest(struct page *p)
{
	const struct debt *d = &p->d->now.debt;
	const struct debt_entry *e = p->e;

	if (isnan(e->interest)) {
		put(p, "interest", arena_printf(&p->a, "- (%s)", p->d->no_past ? p->d->no_past :
			"it lies in no Go file"));
		return;
	}
	put(p, "interest", arena_printf(&p->a,
	    "%.0f minutes a year%s = changes x %.0f minutes x %.2f x severity x share of the debt "
	    "there  [Tornhill, Borg: Code Red, 2022: an upper bound]", e->interest,
	    e->interest > 0 ? arena_printf(&p->a, ", paid back in %.1f months",
		debt_payback((double)e->minutes, e->interest)) : "",
	    d->change_minutes, d->slowdown));
	for (uint32_t i = 0; i < e->nshares && i < PLACES_MAX; i++) {
		const struct debt_share *s = &e->share[i];
		uint64_t minutes, lines;

		if (s->file == ID_NONE)
			continue;
		debt_base(d, e, s, &minutes, &lines);
		put(p, "", arena_printf(&p->a, "%s: %.0f changes%s, severity %.2f = %llu minutes "
			"in "
			"the %llu lines of its %s / (3 x lines), share %llu of %llu",
			source_file_path(d->given->source, (file_id){ s->file }, &p->a), s->changes,
			e->kind == DEBT_FILE ? "" : e->kind == DEBT_PACKAGE ? " of the package" :
				" of both packages", debt_severity(minutes, lines),
			(unsigned long long)minutes, (unsigned long long)lines,
			e->kind == DEBT_FILE ? "file" : "package",
			(unsigned long long)s->minutes, (unsigned long long)minutes));
	}
	if (e->nshares > PLACES_MAX)
		put(p, "", arena_printf(&p->a, "and %s", text_count(&p->a,
			e->nshares - PLACES_MAX, "more place", "more places")));
}

static void put_risk(struct page *p)
{
	const struct debt_hazard *h = &p->e->hazard;

	put(p, "risk", arena_printf(&p->a,
	    "%.2f = 1 - (1 - %.2f) x (1 - %.1f x %s) x (1 - %.1f x %s) x (1 - %.1f x %s)%s",
	    p->e->risk, h->severity, DEBT_HOT, real(p, h->hot), DEBT_FIXES, real(p, h->fixes),
	    DEBT_TRUCK, real(p, h->truck), isnan(h->hot) || isnan(h->truck) ?
	    "; - is not known and left out" : ""));
	put(p, "", "level of the finding (error .5, warning .25, info .1); rank of changes x rank "
	    "of cognitive complexity; share of changes that were repairs; 1 where of those who "
	    "changed it one person alone knows it; all of the last 12 months");
}

static void put_timeliness(struct page *p)
{
	const struct debt_entry *e = p->e;

	if (!e->deadline) {
		put(p, "timeliness", "0: the policy has no deadline for it");
		return;
	}
	put(p, "timeliness", arena_printf(&p->a,
	    "%.2f: '%s' on %s, %.0f days left, slack %.1f = %.0f - 1.5 x %.2f; 1 where that is 0 "
	    "or "
	    "less, else exp(-slack / 30)%s", e->timeliness, e->deadline->name.text,
	    e->deadline->date.text, e->days_left, e->days_left - 1.5 * e->cost, e->days_left,
	    e->cost, e->late ? "; cannot be done until then" : ""));
}

void debt_explain_text(const struct debt_run *d, const struct debt_entry *e, FILE *out)
{
	struct page p = { .d = d, .e = e, .out = out };
	const struct debt_weights *w = &d->now.debt.weights;

	fputs("debt      ", out);
	text_wrap(out, text_escape(&p.a, arena_printf(&p.a, "%s %s, owner %s",
		  debt_kind_name[e->kind], debt_entry_name(&d->now.debt, e, &p.a),
		  e->main->owner ? e->main->owner : "no owner")), 10, PROSE);
	put(&p, "priority", arena_printf(&p.a,
	    "%.1f = 100 x (%.2f x %.2f impact + %.2f x %.2f risk + %.2f x %.2f timeliness) / (1 + "
	    "log2(1 + %.2f days))", e->priority, w->impact, e->impact, w->risk, e->risk,
	    w->timeliness, e->timeliness, e->cost));
	put(&p, "impact", arena_printf(&p.a, "%.2f = %u of %u %s lead to it, its own included",
				       e->impact, e->touched, d->now.debt.touchable,
				       d->now.debt.by_context ? "contexts" : "packages"));
	put_risk(&p);
	put_timeliness(&p);
	put_price(&p);
	put_interest(&p);
	fprintf(out, "  %-*sthe minutes are a model (rule set %u): meshctl.yaml(5), COSTS\n",
		(int)LABEL - 2, "", DEBT_RULE_SET);
	arena_release(&p.a);
}
