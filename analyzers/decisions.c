/* SPDX-License-Identifier: MIT */
/*
 * decisions.c - decision records that contradict themselves, each other, or the policy
 * that names them.
 */
#include "analyzers/decisions.h"
#include "analyzers/policy/baseline.h"
#include "base/text.h"
#include "graph/source/tree.h"

#include <stdlib.h>
#include <string.h>

void decisions_read(const struct source *s, const struct policy *p, struct arena *arena,
		    struct adrs *ret)
{
	const char *folder = p->folder ? p->folder : "";
	const char *dir = p->adr.dir.text ? path_join(arena, folder, p->adr.dir.text) : NULL;

	adrs_read(s->tree, folder, dir, arena, ret);
}

const struct adrs *decisions_of(const struct analysis *a)
{
	struct decisions *d = a->decisions;

	if (!d) {
		d = arena_new(a->findings->arena, struct decisions);
		d->arena = a->findings->arena;
	}
	if (!d->read)
		decisions_read(a->source, a->policy, d->arena, &d->all);
	d->read = true;
	return &d->all;
}

bool decision_holds(const struct adr *r)
{
	return r->state == ADR_ACCEPTED || r->state == ADR_PROPOSED;
}

const struct adr *decision_numbered(const struct adrs *a, uint32_t number)
{
	uint32_t lo = 0, hi = a->count;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (adr_order(&a->item[mid]) < number)
			lo = mid + 1;
		else
			hi = mid;
	}
	return number && lo < a->count && a->item[lo].number == number ? &a->item[lo] : NULL;
}

const char *decision_title(const struct adrs *a, uint32_t number, struct arena *arena)
{
	const struct adr *r = decision_numbered(a, number);

	return r ? arena_printf(arena, "ADR %u \"%s\"", number, text_escape(arena, r->title.text)) :
		arena_printf(arena, "ADR %u", number);
}

static uint32_t number_of(const struct policy *p, const struct finding *f)
{
	const struct policy_rule *rule = p->found ? policy_rule_find(p, f->rule) : NULL;

	return rule ? rule->adr.value : 0;
}

void decisions_assign(const struct analysis *a, struct arena *arena)
{
	for (uint32_t i = 0; i < a->findings->count + a->findings->nheld; i++) {
		struct finding *f = i < a->findings->count ? &a->findings->item[i] :
			&a->findings->held[i - a->findings->count];
		uint32_t number = f->adr ? f->adr : number_of(a->policy, f);

		if (number)
			f->decision = decision_title(decisions_of(a), number, arena);
	}
}

static void tell(const struct analysis *a, enum rule_id id, const char *path,
		 const struct adr_piece *at, const char *symbol, const char *message)
{
	struct span span = { .path = sym_from(a->source->syms, path) };

	if (at && at->line) {
		span.line = at->line;
		span.col = at->col;
		span.end_col = at->end_col > at->col ? at->end_col : 0;
	}
	finding_add(a->findings, &(struct finding){
		.rule = &rule_rows[id], .severity = rule_level(&rule_rows[id]), .at = span,
		.from = path, .to = "", .symbol = symbol, .message = message,
	});
}

static const char *shown(const struct analysis *a, const char *text)
{
	return text_cut(a->scratch, text_escape(a->scratch, text), 80);
}

/* ---- numbers ---- */

static void judge_number(const struct analysis *a, const struct adrs *all, uint32_t i)
{
	const struct adr *r = &all->item[i];
	const struct adr *before = i ? r - 1 : NULL;

	if (!r->number && !r->is_zero && !*r->dated)
		tell(a, RULE_ADR_NUMBER, r->path, NULL, "", arena_printf(a->scratch,
			"'%s' has no number, neither in its name nor in its title",
			shown(a, r->path)));
	if (r->number && r->title_number && r->title_number != r->number)
		tell(a, RULE_ADR_NUMBER, r->path, &r->title, "title", arena_printf(a->scratch,
			"the file says that it is number %u, its title says %u", r->number,
			r->title_number));
	if ((r->number || r->is_zero) && before && adr_order(before) == r->number)
		tell(a, RULE_ADR_NUMBER, r->path, &r->title, "twice", arena_printf(a->scratch,
			"number %u is also that of '%s'", r->number, shown(a, before->path)));
}

/* ---- status, links, successors ---- */

/* Where the front matter cannot be read, its status is not what is missing. */
static bool is_unread(const struct adrs *all, const struct adr *r)
{
	for (uint32_t i = 0; i < all->nproblems; i++)
		if (!strcmp(all->problem[i].path, r->path))
			return true;
	return false;
}

static void judge_status(const struct analysis *a, const struct adrs *all, const struct adr *r)
{
	if (r->state == ADR_NO_STATUS && !is_unread(all, r))
		tell(a, RULE_ADR_STATUS, r->path, NULL, "", arena_printf(a->scratch,
			"%s has no status", adr_label(r, a->scratch)));
	else if (r->state == ADR_STRANGE)
		tell(a, RULE_ADR_STATUS, r->path, &r->status, "", arena_printf(a->scratch,
			"%s has the status '%s', which nobody knows", adr_label(r, a->scratch),
			shown(a, r->status.text)));
}

static bool leads(const struct adr *r, enum adr_relation relation, uint32_t to)
{
	for (uint32_t i = 0; i < r->nlinks; i++)
		if (r->link[i].relation == relation && (to == ADR_NONE ||
							r->link[i].record == to))
			return true;
	return false;
}

static void judge_links(const struct analysis *a, const struct adrs *all, uint32_t i)
{
	const struct adr *r = &all->item[i];

	for (uint32_t k = 0; k < r->nlinks; k++) {
		const struct adr_link *l = &r->link[k];

		if (l->broken)
			tell(a, RULE_ADR_LINK, r->path, &l->at, l->target,
			     arena_printf(a->scratch, "%s leads to '%s', which is not there",
					  adr_label(r, a->scratch), shown(a, l->target)));
		if (l->relation != ADR_SUPERSEDES || l->record == ADR_NONE ||
		    l->record == i || all->item[l->record].state == ADR_SUPERSEDED)
			continue;
		const struct adr *old = &all->item[l->record];

		/* What is only proposed has not replaced anything yet. */
		if (r->state == ADR_ACCEPTED && old->state == ADR_ACCEPTED &&
		    !leads(old, ADR_SUPERSEDED_BY, i))
			tell(a, RULE_ADR_SUCCESSOR, old->path, &old->status, r->name,
			     arena_printf(a->scratch, "%s is accepted, and %s says that it "
					  "supersedes it", adr_label(old, a->scratch),
					  adr_label(r, a->scratch)));
	}
}

/* Does any record say that it supersedes this one? */
static void mark_superseded(const struct adrs *all, bool *ret)
{
	for (uint32_t i = 0; i < all->count; i++)
		for (uint32_t k = 0; k < all->item[i].nlinks; k++) {
			const struct adr_link *l = &all->item[i].link[k];

			if (l->relation == ADR_SUPERSEDES && l->record != ADR_NONE)
				ret[l->record] = true;
		}
}

static void judge_successor(const struct analysis *a, const struct adr *r, bool known)
{
	if (r->state == ADR_SUPERSEDED && !known && !leads(r, ADR_SUPERSEDED_BY, ADR_NONE))
		tell(a, RULE_ADR_SUCCESSOR, r->path, &r->status, "", arena_printf(a->scratch,
			"%s is superseded, and no record says by what",
			adr_label(r, a->scratch)));
}

static void judge_evidence(const struct analysis *a, const struct adr *r)
{
	bool high = !strcmp(r->risk, "high") || !strcmp(r->risk, "High");

	if (!high || (r->has_evidence && r->has_counter_test))
		return;
	tell(a, RULE_ADR_EVIDENCE, r->path, &r->title, "", arena_printf(a->scratch,
		"%s has a high risk and no %s", adr_label(r, a->scratch),
		r->has_evidence ? "counter-test" :
		r->has_counter_test ? "evidence" : "evidence and no counter-test"));
}

/* ---- what rests on them ---- */

static const char *fault(const struct analysis *a, const struct adrs *all, uint32_t number)
{
	const struct adr *r = decision_numbered(all, number);

	if (!r)
		return all->dir ? "which is not there" : "but there are no decision records";
	if (decision_holds(r))
		return NULL;
	const char *by = "";

	for (uint32_t i = 0; r->state == ADR_SUPERSEDED && i < r->nlinks && !*by; i++)
		if (r->link[i].relation == ADR_SUPERSEDED_BY && r->link[i].record != ADR_NONE)
			by = arena_printf(a->scratch, " by %s", shown(a, adr_label(
				&all->item[r->link[i].record], a->scratch)));
	return arena_printf(a->scratch, "which is %s%s", r->state == ADR_STRANGE ?
			    "of unknown status" : r->state == ADR_NO_STATUS ? "without status" :
			    adr_status_name[r->state], by);
}

static uint64_t judge_named(const struct analysis *a, const struct adrs *all,
			    struct policy_number adr, const char *what)
{
	const char *why;

	if (!adr.value)
		return 0;
	why = fault(a, all, adr.value);
	/* Of a starter nobody here decided anything. */
	if (why && adr.at.file && !strcmp(adr.at.file, a->policy->path)) {
		struct adr_piece at = {
			.line = adr.at.line, .col = adr.at.col, .end_col = adr.at.end_col,
		};

		tell(a, RULE_ADR_NOT_IN_FORCE, a->policy->path, &at, what,
		     arena_printf(a->scratch, "%s names ADR %u, %s", what, adr.value, why));
	}
	return 1;
}

static uint64_t judge_policy(const struct analysis *a, const struct adrs *all)
{
	const struct policy *p = a->policy;
	uint64_t judged = 0;

	if (!p->found)
		return 0;
	for (uint32_t i = 0; i < p->nrules; i++)
		judged += judge_named(a, all, p->rule[i].adr, arena_printf(a->scratch,
			"rule '%s'", p->rule[i].rule->name));
	for (uint32_t i = 0; i < p->nexceptions; i++) {
		const struct policy_exception *x = &p->exception[i];
		const char *what = arena_printf(a->scratch, "the exception of %s -> %s",
						shown(a, x->from.text), shown(a, x->to.text));

		judged += judge_named(a, all, x->adr, what);
		if (x->adr.value)
			continue;
		struct adr_piece at = { .line = x->at.line, .col = x->at.col };

		tell(a, RULE_ADR_MISSING, p->path, &at, what, arena_printf(a->scratch,
			"%s names no decision record", what));
		judged++;
	}
	return judged;
}

/* The entries of the baseline by the record that they name: one finding a record. */
static int by_record(const void *va, const void *vb, void *ctx)
{
	const struct baseline *b = ctx;
	const uint32_t x = *(const uint32_t *)va, y = *(const uint32_t *)vb;
	uint32_t i = b->entry[x].adr, k = b->entry[y].adr;

	return i != k ? (i > k) - (i < k) : (x > y) - (x < y);
}

static const char *entry_words(const struct analysis *a, const struct baseline_entry *e)
{
	const struct rule *rule = rule_find(e->rule);

	return arena_printf(a->scratch, "the baseline's entry of %s '%s'%s%s%s names",
			    shown(a, rule ? rule->name : e->rule),
			    shown(a, *e->from ? e->from : e->symbol), *e->to ? " -> '" : "",
			    shown(a, e->to), *e->to ? "'" : "");
}

static uint64_t judge_baseline(const struct analysis *a, const struct adrs *all)
{
	struct baseline *b = (struct baseline *)(uintptr_t)a->baseline; /* sort_with() asks */
	uint32_t *order, n = 0;

	if (!b)
		return 0;
	order = arena_array(a->scratch, uint32_t, b->nentries + 1);
	for (uint32_t i = 0; i < b->nentries; i++)
		if (b->entry[i].adr)
			order[n++] = i;
	sort_with(order, n, sizeof(*order), by_record, b);
	for (uint32_t i = 0, next; i < n; i = next) {
		const struct baseline_entry *e = &b->entry[order[i]];
		const char *why = fault(a, all, e->adr);
		struct adr_piece at = { .line = e->line, .col = 1 };

		for (next = i + 1; next < n && b->entry[order[next]].adr == e->adr;)
			next++;
		if (!why)
			continue;
		tell(a, RULE_ADR_NOT_IN_FORCE, a->baseline_path, &at,
		     arena_printf(a->scratch, "baseline %u", e->adr),
		     arena_printf(a->scratch, "%s ADR %u, %s", next - i == 1 ? entry_words(a, e) :
				  arena_printf(a->scratch, "%u entries of the baseline name",
					       next - i), e->adr, why));
	}
	return n;
}

static void tell_unread(const struct analysis *a, const struct adrs *all)
{
	if (all->missing)
		tell(a, RULE_ADR_UNREADABLE, strcmp(all->said_by, "policy") ? all->said_by :
		     a->policy->path, NULL, all->missing, arena_printf(a->scratch,
			"the folder of decision records '%s' is not there",
			shown(a, all->missing)));
	for (uint32_t i = 0; i < all->nproblems; i++) {
		const struct adr_problem *p = &all->problem[i];
		struct adr_piece at = { .line = p->line, .col = p->col };

		tell(a, RULE_ADR_UNREADABLE, p->path, &at, "", arena_printf(a->scratch,
			"'%s': %s", shown(a, p->path), p->text));
	}
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err UNUSED)
{
	const struct adrs *all = decisions_of(a);
	bool *superseded = arena_array(a->scratch, bool, all->count + 1);

	mark_superseded(all, superseded);
	tell_unread(a, all);
	for (uint32_t i = 0; i < all->count; i++) {
		judge_number(a, all, i);
		judge_status(a, all, &all->item[i]);
		judge_links(a, all, i);
		judge_successor(a, &all->item[i], superseded[i]);
		judge_evidence(a, &all->item[i]);
	}
	*ret_judged = (all->missing != NULL) + all->count + all->nproblems + judge_policy(a, all) +
		      judge_baseline(a, all);
	return 0;
}

static const enum rule_id rules[] = {
	RULE_ADR_NUMBER, RULE_ADR_LINK, RULE_ADR_SUCCESSOR, RULE_ADR_STATUS, RULE_ADR_NOT_IN_FORCE,
	RULE_ADR_MISSING, RULE_ADR_EVIDENCE, RULE_ADR_UNREADABLE,
};

const struct analyzer analyzer_decisions = {
	.name = "decisions",
	.summary = "decision records and what rests on them",
	.needs = FACT_IMPORTS | FACT_DECISIONS,
	.rules = rules,
	.nrules = ARRAY_SIZE(rules),
	.run = run,
};
