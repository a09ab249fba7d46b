/* SPDX-License-Identifier: MIT */
/* history_trend.c - meshctl history trend: chooses points in time, judges what was there. */
#include "base/date.h"
#include "base/text.h"
#include "cmd/output.h"
#include "cmd/subcommand.h"
#include "cmd/trend_view.h"

#include <math.h>
#include <string.h>

#define POINTS_MAX 1000u

static const struct writer {
	const char *format;
	int (*write)(const struct trend_view *v, const struct output *o, struct err *err);
} writers[] = {
	{ "text", trend_write_text },
	{ "json", trend_write_json },
	{ "csv", trend_write_csv },
	{ "svg", trend_write_svg },
	{ "png", trend_write_png },
};

static const char *const formats[] = { "text", "json", "csv", "svg", "png", NULL };

struct trend_course trend_course(const struct trend_view *v, unsigned trend)
{
	struct trend_course c = { NAN, NAN, NAN, NAN, 0 };

	for (uint32_t i = 0; i < v->npoints; i++) {
		double value = v->point[i].at->value[trend];

		if (isnan(value))
			continue;
		c.first = c.known ? c.first : value;
		c.low = c.known && c.low < value ? c.low : value;
		c.high = c.known && c.high > value ? c.high : value;
		c.last = value;
		c.known++;
	}
	return c;
}

const char *trend_text(unsigned trend, double value, struct arena *arena)
{
	if (isnan(value))
		return "-";
	if (trend_rows[trend].decimals)
		return arena_printf(arena, "%.*f", (int)trend_rows[trend].decimals, value);
	return text_number(arena, (uint64_t)value);
}

const char *trend_title(const struct trend_view *v, unsigned trend, struct arena *arena)
{
	if ((trend == TREND_CUT || trend == TREND_TIED) && v->level)
		return arena_printf(arena, "%s, %s", trend_rows[trend].title, v->level);
	return trend_rows[trend].title;
}

const char *trend_head(const struct trend_view *v, struct arena *arena)
{
	return arena_printf(arena, "%s at %.7s", v->past->module ? v->past->module : "nothing",
			    v->past->line.commit[0].id);
}

const char *trend_span(const struct trend_view *v, struct arena *arena)
{
	const char *policy = v->past->run->set->config ? "the policy of --config" :
			     v->past->today.policy->found ? "the policy of today" : "no policy";
	char from[DATE_BYTES], to[DATE_BYTES];

	return arena_printf(arena, "%s to %s, a point every %s, %s",
			    date_text(v->point[0].time, from),
			    date_text(v->point[v->npoints - 1].time, to), v->every, policy);
}

bool trend_worst(const struct trend_view *v, unsigned trend, uint32_t *ret_from, uint32_t *ret_to)
{
	uint32_t last = ID_NONE;
	double most = 0;

	for (uint32_t i = 0; i < v->npoints; i++) {
		double value = v->point[i].at->value[trend];

		if (isnan(value))
			continue;
		double was = last == ID_NONE ? value : v->point[last].at->value[trend];
		double step = (value - was) * trend_rows[trend].direction;

		if (step > most) {
			most = step;
			*ret_from = last;
			*ret_to = i;
		}
		last = i;
	}
	return most > 0;
}

/* ---- points ---- */

static const struct past_point *no_commit(const struct past *p)
{
	struct past_point *none = arena_new(p->run->arena, struct past_point);

	none->why = past_why_before(p);
	none->state = none->why ? PAST_BROKEN : PAST_BEFORE;
	for (unsigned i = 0; i < TREND_COUNT; i++)
		none->value[i] = NAN;
	return none;
}

/* The youngest first: the level of the cut is its. */
static int judge_points(struct past *p, struct trend_point *point, uint32_t count,
			struct err *err)
{
	const struct past_point *none = no_commit(p);
	uint32_t *commit = arena_array(p->run->arena, uint32_t, (size_t)count + 1), n = 0;

	for (uint32_t i = count; i-- > 0;) {
		uint32_t same = point[i].commit == ID_NONE ? ID_NONE :
				past_same(p, point[i].commit);

		if (same != ID_NONE && (!n || commit[n - 1] != same))
			commit[n++] = same;
	}
	if (past_judge_all(p, commit, n, err))
		return -1;
	for (uint32_t i = count; i-- > 0;) {
		point[i].at = none;
		if (point[i].commit != ID_NONE &&
		    past_judge_line(p, point[i].commit, &point[i].at, err))
			return -1;
	}
	for (uint32_t i = 1; i < count; i++)
		point[i].same = point[i].commit == point[i - 1].commit;
	return 0;
}

static void settle(struct trend_view *v)
{
	struct arena *a = v->past->run->arena;
	const char *why = NULL;

	for (uint32_t i = v->npoints; i-- > 0;) {
		const struct past_point *at = v->point[i].at;

		v->empty += at->state == PAST_EMPTY;
		v->before += at->state == PAST_BEFORE;
		v->broken += at->state == PAST_BROKEN;
		why = at->state == PAST_BROKEN && !why ? at->why : why;
	}
	if (v->broken)
		v->incomplete = arena_printf(a, "%s cannot be read: %s",
					     text_count(a, v->broken, "point", "points"), why);
	v->status = v->incomplete ? EXIT_INCOMPLETE : EXIT_CLEAN;
}

/* How many points of `every` there are down to `since`; more than POINTS_MAX are not counted. */
static uint32_t count_points(int64_t now, int64_t since, const struct date_span *every)
{
	uint32_t count = 1;

	while (count <= POINTS_MAX && date_before(now, every, count) >= since &&
	       date_before(now, every, count) < date_before(now, every, count - 1))
		count++;
	return count;
}

int trend_read(struct past *p, struct trend_view *v, struct err *err)
{
	const struct mainline *line = &p->line;
	/* All of it begins with the first commit. */
	int64_t since = line->since == INT64_MIN && line->count ?
			line->commit[line->count - 1].time : line->since;
	struct date_span every;

	if (!date_span_parse(v->every, &every))
		return err_set(err, ERR_USAGE, "--every wants a time as 1y, 6m, 2w or 90d, not "
			       "'%.100s'", v->every);
	uint32_t count = count_points(line->now, since, &every);
	struct trend_point *point = arena_array(p->run->arena, struct trend_point, count);

	if (count > POINTS_MAX)
		return err_set(err, ERR_USAGE, "%s of every %s are more than %u points", v->span,
			       v->every, POINTS_MAX);
	for (uint32_t i = 0; i < count; i++) {
		point[i].time = date_before(line->now, &every, count - 1 - i);
		point[i].commit = mainline_at(line, point[i].time);
	}
	if (judge_points(p, point, count, err))
		return -1;
	v->past = p;
	v->point = point;
	v->npoints = count;
	v->level = p->has_level ? level_name(p->level, p->run->arena) : NULL;
	v->all = p->run->set->all;
	settle(v);
	return 0;
}

static int write_one(const struct trend_view *v, const struct output *o, struct err *err)
{
	for (unsigned i = 0; i < ARRAY_SIZE(writers); i++)
		if (!strcmp(writers[i].format, o->format))
			return writers[i].write(v, o, err);
	BUG("no writer for '%s'", o->format);
}

static int trend_run(struct run *run, struct err *err)
{
	struct trend_view v = {
		.status = EXIT_CLEAN,
		.span = run->set->since ? run->set->since : "1y",
		.every = run->set->every ? run->set->every : "1w",
	};
	struct past past;
	int rc;

	rc = past_open(run, v.span, &past, err);
	past.debt = run->set->debt ? PAST_WITH_DEBT : PAST_NO_DEBT;
	rc = rc ? rc : trend_read(&past, &v, err);
	for (unsigned i = 0; !rc && i < run->noutputs; i++)
		rc = write_one(&v, &run->output[i], err);
	if (!rc && v.incomplete)
		fprintf(stderr, "meshctl: incomplete: %s\n",
			text_escape(run->arena, v.incomplete));
	if (!rc)
		session_time(&past.today, run->set);
	past_release(&past);
	return rc ? rc : (int)v.status;
}

const struct subcommand history_trend = {
	.name = "trend",
	.summary = "how its numbers grew, point by point",
	.operands = "[PATTERN]", .min_operands = 0, .max_operands = 1,
	.options = OPT_BIT(OPT_DIR) | OPT_BIT(OPT_CONFIG) | OPT_BIT(OPT_REV) |
		   OPT_BIT(OPT_FORMAT) | OPT_BIT(OPT_JSON) | OPT_BIT(OPT_OUTPUT) |
		   OPT_BIT(OPT_SINCE) | OPT_BIT(OPT_EVERY) | OPT_BIT(OPT_DEBT) | OPT_BIT(OPT_NOW) |
		   OPT_BIT(OPT_THEME) |
		   OPT_BIT(OPT_PLATFORM) | OPT_BIT(OPT_TAGS) | OPT_BIT(OPT_CGO) | OPT_BIT(OPT_GO) |
		   OPT_BIT(OPT_RULE) | OPT_BIT(OPT_ALL) | OPT_BIT(OPT_JOBS) |
		   OPT_BIT(OPT_NO_CACHE) | OPT_BIT(OPT_COLOR) | OPT_BIT(OPT_QUIET),
	.formats = formats,
	.run = trend_run,
};
