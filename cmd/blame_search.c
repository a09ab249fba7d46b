/* SPDX-License-Identifier: MIT */
/*
 * blame_search.c - finds the commits that made a number worse: by bisection as long as
 * what it sees could be one course in one direction, else commit by commit.
 */
#include "cmd/blame.h"

#include <math.h>
#include <stdlib.h>

struct search {
	struct blame *b;
	uint32_t *commit;               /* the oldest first: from, those that touch Go */
	uint32_t count, step_cap;
	bool turned;                    /* a value outside of its ends was seen */
};

struct part { uint32_t lo, hi; };       /* of search.commit */

static int value_of(struct search *s, uint32_t i, double *ret, struct err *err)
{
	const struct past_point *at;

	if (past_judge_line(s->b->past, s->commit[i], &at, err))
		return -1;
	*ret = at->value[s->b->trend];
	return 0;
}

static void add_step(struct search *s, uint32_t lo, uint32_t hi, double was, double now)
{
	struct blame *b = s->b;

	if ((now - was) * b->sign <= 0)
		return;
	VEC_RESERVE(b->step, s->step_cap, b->nsteps + 1);
	b->step[b->nsteps++] = (struct blame_step){
		.commit = s->commit[hi], .before = s->commit[lo], .was = was, .now = now,
	};
}

/* The one nearest to the middle whose value is known; `lo` where there is none. */
static int middle_of(struct search *s, struct part p, uint32_t *ret, double *ret_value,
		     struct err *err)
{
	uint32_t mid = p.lo + (p.hi - p.lo) / 2;

	for (uint32_t d = 0; d <= p.hi - p.lo; d++)
		for (unsigned side = 0; side < 2; side++) {
			uint32_t i = side ? mid + d : mid - d;

			if (i <= p.lo || i >= p.hi || (side && !d) || (!side && d > mid))
				continue;
			if (value_of(s, i, ret_value, err))
				return -1;
			*ret = i;
			if (!isnan(*ret_value))
				return 0;
		}
	*ret = p.lo;
	return 0;
}

static int bisect(struct search *s, struct err *err)
{
	struct part *todo = NULL;
	uint32_t ntodos = 1, cap = 0;
	int rc = 0;

	VEC_RESERVE(todo, cap, 1);
	todo[0] = (struct part){ 0, s->count - 1 };
	while (ntodos && !rc && !s->turned) {
		struct part p = todo[--ntodos];
		double was = NAN, now = NAN, value = NAN;
		uint32_t mid = p.lo;

		rc = value_of(s, p.lo, &was, err) || value_of(s, p.hi, &now, err) ? -1 : 0;
		/* Bit by bit the same: both were computed in the same way. */
		if (rc || !(was < now || was > now))
			continue;
		rc = middle_of(s, p, &mid, &value, err);
		if (rc)
			break;
		if (mid == p.lo) {
			add_step(s, p.lo, p.hi, was, now);
			continue;
		}
		s->turned = value < fmin(was, now) || value > fmax(was, now);
		VEC_RESERVE(todo, cap, ntodos + 2);
		todo[ntodos++] = (struct part){ p.lo, mid };
		todo[ntodos++] = (struct part){ mid, p.hi };
	}
	free(todo);
	return rc;
}

/* The youngest first: what is judged then is like what was judged last. */
static int judge_each(struct search *s, struct err *err)
{
	uint32_t last = s->count - 1;
	double now, value;

	if (value_of(s, last, &now, err))
		return -1;
	for (uint32_t i = last; i-- > 0;) {
		if (value_of(s, i, &value, err))
			return -1;
		if (isnan(value))
			continue;
		if (!isnan(now))
			add_step(s, i, last, value, now);
		now = value;
		last = i;
	}
	return 0;
}

static int by_size(const void *va, const void *vb, void *ctx)
{
	const struct blame_step *a = va, *b = vb;
	const struct blame *blame = ctx;
	double x = (a->now - a->was) * blame->sign, y = (b->now - b->was) * blame->sign;

	if (x < y || x > y)
		return x < y ? 1 : -1;
	return a->commit < b->commit ? -1 : a->commit > b->commit;
}

int blame_search(struct blame *b, struct err *err)
{
	struct search s = { .b = b };
	struct past *p = b->past;
	int rc = 0;

	past_touches(p);
	s.commit = arena_array(p->run->arena, uint32_t, (size_t)b->from - b->to + 1);
	s.commit[s.count++] = b->from;
	for (uint32_t i = b->from; i-- > b->to;)
		if (p->touches[i])
			s.commit[s.count++] = i;
	b->touching = s.count - 1;
	if (!b->all && s.count > 1)
		rc = bisect(&s, err);
	if (s.turned)
		b->why_each = "it went up and down";
	if (!rc && (b->all || s.turned)) {
		b->each = true;
		b->nsteps = 0;
		rc = judge_each(&s, err);
	}
	sort_with(b->step, b->nsteps, sizeof(*b->step), by_size, b);
	return rc;
}
