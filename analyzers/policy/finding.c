/* SPDX-License-Identifier: MIT */
/* finding.c - collecting findings: fingerprints, uniting, order, short ids. */
#include "analyzers/policy/finding.h"
#include "base/limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHORT_ID_DIGITS 6
#define ALL_DIGITS 16

const char *const finding_state_name[FINDING_STATES] = {
	[FINDING_NEW] = "new", [FINDING_EXCEPTED] = "excepted", [FINDING_IGNORED] = "ignored",
	[FINDING_BASELINED] = "baselined", [FINDING_ELSEWHERE] = "elsewhere",
	[FINDING_KNOWN] = "known",
};

void findings_init(struct findings *f, struct arena *arena)
{
	*f = (struct findings){ .arena = arena };
}

void findings_release(struct findings *f)
{
	free(f->item);
	free(f->held);
	free(f->slot);
	*f = (struct findings){ 0 };
}

static uint64_t hash_text(uint64_t hash, const char *text)
{
	return hash_bytes(hash, text, strlen(text) + 1);
}

uint64_t finding_fingerprint(const struct finding *f)
{
	uint64_t hash = hash_text(HASH_INIT, f->rule->id);

	if (!f->nedges)
		return hash_text(hash_text(hash_text(hash, f->from), f->to), f->symbol);
	hash = hash_text(hash, f->symbol);
	for (uint32_t i = 0; i < f->nedges; i++)
		hash = hash_text(hash_text(hash, f->edge[i].from), f->edge[i].to);
	return hash;
}

/* The slot of a fingerprint: item number + 1, or 0 where it would go. */
static uint32_t *slot_of(const struct findings *f, uint64_t fingerprint)
{
	uint32_t i = (uint32_t)fingerprint & (f->nslots - 1);

	while (f->slot[i] && f->item[f->slot[i] - 1].fingerprint != fingerprint)
		i = (i + 1) & (f->nslots - 1);
	return &f->slot[i];
}

static void make_slots(struct findings *f, uint32_t nslots)
{
	free(f->slot);
	f->nslots = nslots;
	f->slot = xcalloc(f->nslots, sizeof(*f->slot));
	for (uint32_t i = 0; i < f->count; i++)
		*slot_of(f, f->item[i].fingerprint) = i + 1;
}

static const char *copy(struct arena *a, const char *text)
{
	return text ? *text ? arena_strdup(a, text) : "" : NULL;
}

static struct related copy_related(struct arena *a, const struct related *r)
{
	return (struct related){
		.at = r->at, .note = copy(a, r->note ? r->note : ""), .lines = r->lines,
	};
}

/* Room doubles whenever the count is a power of two, so that no capacity is kept. */
static void push_related(struct findings *f, struct finding *to, const struct related *r)
{
	uint32_t n = to->nrelated;

	if (!(n & (n - 1))) {
		struct related *item = arena_array(f->arena, struct related, n ? (size_t)n * 2 : 1);

		if (n)
			memcpy(item, to->related, n * sizeof(*item));
		to->related = item;
	}
	((struct related *)(uintptr_t)to->related)[to->nrelated++] = copy_related(f->arena, r);
}

static bool same_place(const struct span *a, const struct span *b)
{
	return a->path.v == b->path.v && a->line == b->line && a->col == b->col;
}

static void unite(struct findings *f, struct finding *have, const struct finding *found)
{
	if (found->severity > have->severity)
		have->severity = found->severity;
	have->amount += found->amount;
	if (!same_place(&have->at, &found->at))
		push_related(f, have, &(struct related){ .at = found->at });
	for (uint32_t i = 0; i < found->nrelated; i++)
		push_related(f, have, &found->related[i]);
}

void finding_add(struct findings *f, const struct finding *found)
{
	struct finding add = *found;

	if (f->skip[found->rule - rule_rows])
		return;
	if (f->count && !f->nslots)
		BUG("a finding after findings_finish()");
	if (f->level[found->rule - rule_rows] && !found->graded)
		add.severity = f->level[found->rule - rule_rows];
	add.fingerprint = finding_fingerprint(found);
	if (f->count >= f->nslots / 2)
		make_slots(f, f->nslots ? f->nslots * 2 : 64);
	uint32_t *slot = slot_of(f, add.fingerprint);

	if (*slot) {
		unite(f, &f->item[*slot - 1], &add);
		return;
	}
	if (f->count >= limit_of(LIMIT_FINDINGS)) {
		f->dropped++;
		return;
	}
	add.from = copy(f->arena, found->from);
	add.to = copy(f->arena, found->to);
	add.symbol = copy(f->arena, found->symbol);
	add.message = copy(f->arena, found->message);
	add.why = copy(f->arena, found->why);
	add.fix = copy(f->arena, found->fix);
	add.related = NULL;
	add.nrelated = 0;
	for (uint32_t i = 0; i < found->nrelated; i++)
		push_related(f, &add, &found->related[i]);
	VEC_RESERVE(f->item, f->cap, f->count + 1);
	f->item[f->count++] = add;
	*slot = f->count;
}

void findings_part(struct findings *f)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < f->count; i++) {
		if (f->item[i].state == FINDING_NEW) {
			f->item[n++] = f->item[i];
			continue;
		}
		VEC_RESERVE(f->held, f->held_cap, f->nheld + 1);
		f->held[f->nheld++] = f->item[i];
	}
	f->count = n;
	if (f->nslots)
		make_slots(f, f->nslots);
}

static int compare(const void *left, const void *right, void *ctx)
{
	const struct finding *a = left, *b = right;
	const struct symtab *syms = ctx;

	if (a->severity != b->severity)
		return a->severity > b->severity ? -1 : 1;
	if (a->at.path.v != b->at.path.v)
		return strcmp(sym_text(syms, a->at.path), sym_text(syms, b->at.path));
	if (a->at.line != b->at.line)
		return a->at.line < b->at.line ? -1 : 1;
	if (a->at.col != b->at.col)
		return a->at.col < b->at.col ? -1 : 1;
	if (a->rule != b->rule)
		return a->rule < b->rule ? -1 : 1;
	return a->fingerprint < b->fingerprint ? -1 : a->fingerprint > b->fingerprint;
}

/* Of both lists, item first. */
static struct finding *numbered(const struct findings *f, uint32_t i)
{
	return i < f->count ? &f->item[i] : &f->held[i - f->count];
}

static int compare_fingerprints(const void *left, const void *right, void *ctx)
{
	uint64_t a = numbered(ctx, *(const uint32_t *)left)->fingerprint;
	uint64_t b = numbered(ctx, *(const uint32_t *)right)->fingerprint;

	return a < b ? -1 : a > b;
}

static unsigned common_digits(uint64_t a, uint64_t b)
{
	unsigned n = 0;

	while (n < ALL_DIGITS && (a ^ b) >> (60 - 4 * n) == 0)
		n++;
	return n;
}

/* Neighbours in the order of fingerprints share the longest beginnings. */
static void give_short_ids(struct findings *f)
{
	uint32_t count = f->count + f->nheld;
	uint32_t *order = xrealloc(NULL, count, sizeof(*order));

	for (uint32_t i = 0; i < count; i++)
		order[i] = i;
	sort_with(order, count, sizeof(*order), compare_fingerprints, f);
	for (uint32_t i = 0; i < count; i++) {
		struct finding *own = numbered(f, order[i]);
		unsigned digits = SHORT_ID_DIGITS;
		char all[ALL_DIGITS + 1];

		for (int step = -1; step <= 1; step += 2) {
			if (step < 0 ? !i : i + 1 == count)
				continue;
			uint32_t next = order[step < 0 ? i - 1 : i + 1];
			uint64_t other = numbered(f, next)->fingerprint;
			unsigned shared = common_digits(own->fingerprint, other);

			digits = shared + 1 > digits ? shared + 1 : digits;
		}
		if (digits > ALL_DIGITS)
			BUG("two findings with one fingerprint");
		snprintf(all, sizeof(all), "%016llx", (unsigned long long)own->fingerprint);
		snprintf(own->short_id, sizeof(own->short_id), "%.*s", (int)digits, all);
	}
	free(order);
}

void findings_finish(struct findings *f, const struct symtab *syms)
{
	/* What sort_with() passes on is not const, and is not changed. */
	sort_with(f->item, f->count, sizeof(*f->item), compare, (void *)(uintptr_t)syms);
	sort_with(f->held, f->nheld, sizeof(*f->held), compare, (void *)(uintptr_t)syms);
	give_short_ids(f);
	free(f->slot);
	f->slot = NULL;
	f->nslots = 0;
}

uint32_t findings_count(const struct findings *f, enum severity severity)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < f->count; i++)
		n += f->item[i].severity == severity;
	return n;
}
