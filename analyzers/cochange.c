/* SPDX-License-Identifier: MIT */
/* cochange.c - counts the pairs of each change set. */
#include "analyzers/cochange.h"
#include "base/limits.h"

#include <stdlib.h>

const struct cochange_limits cochange_usual = { 5, 5, 30, 100 };

struct slot { uint64_t key; uint32_t count; };          /* key: a << 32 | b, count 0 = empty */
struct pairs { struct slot *slot; size_t cap, count; };

static struct slot *slot_of(const struct pairs *p, uint64_t key)
{
	size_t at = (size_t)((key * UINT64_C(0x9e3779b97f4a7c15)) >> 20) & (p->cap - 1);

	while (p->slot[at].count && p->slot[at].key != key)
		at = (at + 1) & (p->cap - 1);
	return &p->slot[at];
}

static void add_pair(struct pairs *p, uint32_t a, uint32_t b)
{
	if ((p->count + 1) * 2 > p->cap) {
		struct pairs more = { .cap = p->cap ? p->cap * 2 : 4096, .count = p->count };

		more.slot = xcalloc(more.cap, sizeof(*more.slot));
		for (size_t i = 0; i < p->cap; i++)
			if (p->slot[i].count)
				*slot_of(&more, p->slot[i].key) = p->slot[i];
		free(p->slot);
		*p = more;
	}
	struct slot *s = slot_of(p, (uint64_t)a << 32 | b);

	p->count += !s->count;
	s->key = (uint64_t)a << 32 | b;
	s->count++;
}

static int by_degree(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct cochange_pair *x = va, *y = vb;

	if (x->degree != y->degree)
		return x->degree > y->degree ? -1 : 1;
	if (x->average != y->average)
		return x->average > y->average ? -1 : 1;
	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	return x->b < y->b ? -1 : x->b > y->b;
}

static int by_number(const void *va, const void *vb, void *ctx UNUSED)
{
	uint32_t a = *(const uint32_t *)va, b = *(const uint32_t *)vb;

	return a < b ? -1 : a > b;
}

/* The entities of one commit, each once, ascending. */
static uint32_t set_of(const struct history *h, const struct history_commit *c,
		       const uint32_t *entity, uint32_t *set)
{
	uint32_t n = 0, kept = 0;

	for (uint32_t i = 0; i < c->ntouches; i++)
		if (entity[h->touch[c->touch_first + i]] != HISTORY_NONE)
			set[n++] = entity[h->touch[c->touch_first + i]];
	sort_with(set, n, sizeof(*set), by_number, NULL);
	for (uint32_t i = 0; i < n; i++)
		if (!kept || set[kept - 1] != set[i])
			set[kept++] = set[i];
	return kept;
}

static void keep(const struct pairs *p, const uint32_t *revs, const struct cochange_limits *limits,
		 struct arena *arena, struct cochange *ret)
{
	struct cochange_pair *list = arena_array(arena, struct cochange_pair, p->count + 1);
	uint32_t n = 0;

	for (size_t i = 0; i < p->cap; i++) {
		const struct slot *s = &p->slot[i];
		uint32_t a = (uint32_t)(s->key >> 32), b = (uint32_t)s->key;

		if (!s->count)
			continue;
		/* In halves: the average of 4 and 5 is more than 4. */
		uint32_t both = revs[a] + revs[b];
		uint32_t degree = (uint32_t)((uint64_t)s->count * 200 / both);

		if (s->count >= limits->shared && both >= 2 * (uint64_t)limits->revs &&
		    degree >= limits->degree && degree <= limits->degree_most)
			list[n++] = (struct cochange_pair){ a, b, s->count, degree,
							    both / 2 + both % 2 };
	}
	sort_with(list, n, sizeof(*list), by_degree, NULL);
	ret->pair = list;
	ret->npairs = n;
}

/* False where there are more than can be held: larger change sets than usual lead there. */
static bool add_set(struct pairs *pairs, const uint32_t *set, uint32_t n, uint64_t *steps)
{
	*steps += (uint64_t)n * n / 2;
	if (*steps > limit_of(LIMIT_COUPLING_STEPS))
		return false;
	for (uint32_t i = 0; i < n; i++) {
		for (uint32_t k = i + 1; k < n; k++)
			add_pair(pairs, set[i], set[k]);
		if (pairs->count > limit_of(LIMIT_COUPLING_PAIRS))
			return false;
	}
	return true;
}

int cochange_count(const struct history *h, const uint32_t *entity, uint32_t nentities,
		   const struct cochange_limits *limits, struct arena *arena,
		   struct cochange *ret, struct err *err)
{
	uint32_t *revs = arena_array(arena, uint32_t, (size_t)nentities + 1);
	uint32_t *sum = arena_array(arena, uint32_t, (size_t)nentities + 1);
	uint32_t *alone = arena_array(arena, uint32_t, (size_t)nentities + 1);
	struct pairs pairs = { .slot = NULL };
	uint32_t *set = xcalloc((size_t)h->nfiles + 1, sizeof(*set));
	uint64_t steps = 0;
	bool good = true;

	for (uint32_t c = 0; good && c < h->ncommits; c++) {
		if (h->commit[c].flags & HISTORY_LARGE)
			continue;
		uint32_t n = set_of(h, &h->commit[c], entity, set);

		for (uint32_t i = 0; i < n; i++) {
			revs[set[i]]++;
			sum[set[i]] += n - 1;
			alone[set[i]] += n == 1;
		}
		good = add_set(&pairs, set, n, &steps);
	}
	*ret = (struct cochange){ .revs = revs, .sum = sum, .alone = alone };
	if (good)
		keep(&pairs, revs, limits, arena, ret);
	free(set);
	free(pairs.slot);
	return good ? 0 : err_set(err, ERR_INPUT, "more pairs change together than can be counted: "
				  "a smaller --max-changeset-size leaves out more");
}
