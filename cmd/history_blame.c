/* SPDX-License-Identifier: MIT */
/* history_blame.c - meshctl history blame: which commit made a number worse. */
#include "base/suggest.h"
#include "base/text.h"
#include "cmd/blame.h"
#include "cmd/output.h"
#include "cmd/subcommand.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DETAILS_MAX 10u                 /* steps that are told in full; all of them with --all */

static const char *const formats[] = { "text", "json", NULL };

static const struct trend *choose_trend(const char *name, struct err *err)
{
	const struct trend *t = trend_find(name);
	char near[SUGGEST_BYTES];
	struct suggest s;

	if (t)
		return t;
	suggest_init(&s, name);
	for (unsigned i = 0; i < TREND_COUNT; i++)
		suggest_offer(&s, trend_rows[i].id);
	err_set(err, ERR_USAGE, "history follows no number '%.100s'%s", name,
		s.count ? suggest_text(&s, "", near) :
			  ": 'meshctl history trend --all' has a column for each");
	return NULL;
}

/* From `at` towards younger or older commits to one that is known; NAN where there is none. */
static int find_known(struct blame *b, uint32_t *at, uint32_t last, int step, double *ret,
		      struct err *err)
{
	const struct past_point *point;

	for (;; *at = (uint32_t)((int64_t)*at + step)) {
		if (past_judge_line(b->past, *at, &point, err))
			return -1;
		*ret = point->value[b->trend];
		if (point->state == PAST_BROKEN && !b->incomplete)
			b->incomplete = arena_printf(b->past->run->arena, "%.7s: %s",
				b->past->line.commit[*at].id, point->why);
		if (!isnan(*ret) || *at == last)
			return 0;
	}
}

static int find_ends(struct blame *b, struct err *err)
{
	const struct mainline *line = &b->past->line;

	b->to = mainline_at(line, line->now);
	b->from = mainline_at(line, line->since);
	b->to = b->to == ID_NONE ? line->count - 1 : b->to;
	if (b->from == ID_NONE) {
		b->from = line->count - 1;
		b->incomplete = past_why_before(b->past);
	}
	/* The youngest first: the level of the cut is its. */
	return find_known(b, &b->to, b->from, 1, &b->now, err) ||
	       find_known(b, &b->from, b->to, -1, &b->was, err) ? -1 : 0;
}

static int find(struct blame *b, struct err *err)
{
	if (find_ends(b, err) || blame_search(b, err))
		return -1;
	b->level = b->past->has_level && (b->trend == TREND_CUT || b->trend == TREND_TIED) ?
		   level_name(b->past->level, b->past->run->arena) : NULL;
	for (uint32_t i = 0; i < b->nsteps && (b->all || i < DETAILS_MAX); i++)
		blame_detail(b, &b->step[i]);
	b->status = b->incomplete || isnan(b->now) ? EXIT_INCOMPLETE : EXIT_CLEAN;
	return 0;
}

static int write_one(const struct blame *b, const struct output *o, struct err *err)
{
	if (!strcmp(o->format, "json"))
		return blame_write_json(b, o, err);
	return blame_write_text(b, o, err);
}

static int blame_run(struct run *run, struct err *err)
{
	const struct trend *t = choose_trend(run->operand[0], err);
	struct run rest = *run;
	struct past past;
	struct blame b = { .past = &past, .all = run->set->all, .was = NAN, .now = NAN };
	int rc;

	if (!t)
		return -1;
	rest.operand++;
	rest.noperands--;
	b.trend = (enum trend_id)(t - trend_rows);
	b.sign = t->direction < 0 ? -1 : 1;
	rc = past_open(&rest, run->set->since ? run->set->since : "1y", &past, err);
	past.debt = b.trend == TREND_DEBT ? PAST_BY_DEBT : PAST_NO_DEBT;
	rc = rc ? rc : find(&b, err);
	for (unsigned i = 0; !rc && i < run->noutputs; i++)
		rc = write_one(&b, &run->output[i], err);
	if (!rc)
		session_time(&past.today, run->set);
	past_release(&past);
	free(b.step);
	return rc ? rc : (int)b.status;
}

const struct subcommand history_blame = {
	.name = "blame",
	.summary = "the commits that made a number worse, and by what",
	.operands = "SUBJECT [PATTERN]", .min_operands = 1, .max_operands = 2,
	.options = OPT_BIT(OPT_DIR) | OPT_BIT(OPT_CONFIG) | OPT_BIT(OPT_REV) |
		   OPT_BIT(OPT_FORMAT) | OPT_BIT(OPT_JSON) | OPT_BIT(OPT_OUTPUT) |
		   OPT_BIT(OPT_SINCE) | OPT_BIT(OPT_NOW) | OPT_BIT(OPT_PLATFORM) |
		   OPT_BIT(OPT_TAGS) | OPT_BIT(OPT_CGO) | OPT_BIT(OPT_GO) | OPT_BIT(OPT_RULE) |
		   OPT_BIT(OPT_ALL) | OPT_BIT(OPT_JOBS) | OPT_BIT(OPT_NO_CACHE) |
		   OPT_BIT(OPT_COLOR) | OPT_BIT(OPT_QUIET),
	.formats = formats,
	.run = blame_run,
};
