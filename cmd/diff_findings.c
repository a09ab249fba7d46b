/* SPDX-License-Identifier: MIT */
/* diff_findings.c - which findings of a change are new, which of its base are gone. */
#include "cmd/diff.h"
#include "cmd/report/report_words.h"

#include <string.h>

/* Does the head have a knot of this rule that shares an edge with it? */
static bool knot_is_left(const struct findings *f, const struct finding *was)
{
	for (uint32_t i = 0; i < f->count + f->nheld; i++) {
		const struct finding *x = i < f->count ? &f->item[i] : &f->held[i - f->count];

		if (x->rule != was->rule || strcmp(x->symbol, was->symbol) != 0)
			continue;
		for (uint32_t k = 0; k < x->nedges; k++)
			for (uint32_t e = 0; e < was->nedges; e++)
				if (!strcmp(x->edge[k].from, was->edge[e].from) &&
				    !strcmp(x->edge[k].to, was->edge[e].to))
					return true;
	}
	return false;
}

static int by_number(const void *a, const void *b, void *ctx UNUSED)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static bool has_number(const uint64_t *list, uint32_t n, uint64_t number)
{
	uint32_t lo = 0, hi = n;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (list[mid] < number)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < n && list[lo] == number;
}

/* As if it had been found under the names of today. */
static struct finding renamed(const struct diff *d, const struct finding *f,
			      const struct folder_rename *list, uint32_t count)
{
	struct finding x = *f;

	if (!count)
		return x;
	struct finding_edge *edge = arena_array(d->arena, struct finding_edge, f->nedges);

	x.from = diff_name(list, count, f->from, d->arena);
	x.to = diff_name(list, count, f->to, d->arena);
	for (uint32_t i = 0; i < f->nedges; i++)
		edge[i] = (struct finding_edge){
			diff_name(list, count, f->edge[i].from, d->arena),
			diff_name(list, count, f->edge[i].to, d->arena), f->edge[i].at,
		};
	x.edge = edge;
	x.fingerprint = finding_fingerprint(&x);
	return x;
}

/* Both lists of the base are sorted by place within a severity, and stand one after the other. */
static int by_severity(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct finding *a = *(const struct finding *const *)va;
	const struct finding *b = *(const struct finding *const *)vb;

	if (a->severity != b->severity)
		return a->severity > b->severity ? -1 : 1;
	return a < b ? -1 : a > b;
}

void diff_fixed(struct diff *d, const struct folder_rename *list, uint32_t count)
{
	const struct findings *was = d->base.findings, *now = d->head.findings;
	uint32_t total = now->count + now->nheld, then = was->count + was->nheld;
	uint64_t *number = arena_array(d->arena, uint64_t, total);

	for (uint32_t i = 0; i < total; i++)
		number[i] = (i < now->count ? &now->item[i] : &now->held[i - now->count])->
			fingerprint;
	sort_with(number, total, sizeof(*number), by_number, NULL);
	d->fixed = arena_array(d->arena, const struct finding *, then);
	for (uint32_t i = 0; i < then; i++) {
		const struct finding *f = i < was->count ? &was->item[i] :
							   &was->held[i - was->count];
		struct finding x = renamed(d, f, list, count);

		if (!has_number(number, total, x.fingerprint) &&
		    !(x.nedges && knot_is_left(now, &x)))
			d->fixed[d->nfixed++] = f;
	}
	/* NOLINTNEXTLINE(bugprone-sizeof-expression): pointers are sorted */
	sort_with(d->fixed, d->nfixed, sizeof(*d->fixed), by_severity, NULL);
}

/* They were sorted since the edges were judged. */
static const struct finding *settled(const struct findings *f, uint64_t fingerprint)
{
	for (uint32_t i = 0; i < f->count + f->nheld; i++) {
		const struct finding *x = i < f->count ? &f->item[i] : &f->held[i - f->count];

		if (x->fingerprint == fingerprint)
			return x;
	}
	return NULL;
}

static uint32_t count_bad(const struct finding *const *list, uint32_t n)
{
	uint32_t bad = 0;

	for (uint32_t i = 0; i < n; i++)
		bad += list[i]->severity >= SEV_WARNING;
	return bad;
}

void diff_findings(struct diff *d)
{
	const struct findings *now = d->head.findings;

	for (uint32_t i = 0; i < d->nedges; i++)
		if (d->edge[i].finding && d->edge[i].change != DIFF_REMOVED)
			d->edge[i].finding = settled(now, d->edge[i].fingerprint);

	d->fresh = arena_array(d->arena, const struct finding *, now->count);
	for (uint32_t i = 0; i < now->count; i++)
		if (!finding_is_row(&now->item[i]))
			d->fresh[d->nfresh++] = &now->item[i];
	for (uint32_t i = 0; i < now->nheld; i++)
		d->known += now->held[i].state == FINDING_KNOWN;
	d->bad_fresh = count_bad(d->fresh, d->nfresh);
	d->bad_fixed = count_bad(d->fixed, d->nfixed);
}

bool diff_is_empty(const struct diff *d)
{
	return !d->npackages && !d->nedges && !d->nknots && !d->nfresh && !d->nfixed;
}

bool diff_is_quiet(const struct diff *d)
{
	return !d->npackages && !d->edges[DIFF_ADDED] && !d->edges[DIFF_REMOVED] && !d->nknots &&
	       !d->bad_fresh && !d->bad_fixed;
}
