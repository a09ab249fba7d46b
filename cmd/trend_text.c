/* SPDX-License-Identifier: MIT */
/* trend_text.c - a trend for a person: a line with its course for each number. */
#include "base/date.h"
#include "base/text.h"
#include "cmd/output.h"
#include "cmd/report/paint.h"
#include "cmd/report/text.h"
#include "cmd/trend_view.h"

#include <math.h>
#include <string.h>

#define COURSE_LEAST 12u                /* columns */
#define STEPS_MAX 6u

enum { COL_FIRST, COL_LOW, COL_HIGH, COL_LAST, COL_CHANGE, COLUMNS };
static const char *const titles[COLUMNS] = { "first", "lowest", "highest", "last", "change" };

struct table {
	const struct trend_view *v;
	struct report r;
	FILE *out;
	struct arena arena;
	size_t names, width[COLUMNS], course;
};

static const char *signed_text(unsigned trend, double change, struct arena *a)
{
	if (isnan(change))
		return "-";
	return arena_printf(a, "%s%s", change < 0 ? "-" : change > 0 ? "+" : "",
			    trend_text(trend, fabs(change), a));
}

static const char *cell(struct table *t, unsigned trend, const struct trend_course *c,
			unsigned column)
{
	const double value[COLUMNS] = { c->first, c->low, c->high, c->last, NAN };

	return column == COL_CHANGE ? signed_text(trend, c->last - c->first, &t->arena) :
	       trend_text(trend, value[column], &t->arena);
}

static void lay_out(struct table *t)
{
	size_t used = 0;

	for (unsigned c = 0; c < COLUMNS; c++)
		t->width[c] = strlen(titles[c]);
	for (unsigned i = 0; i < TREND_COUNT; i++) {
		const struct trend_course course = trend_course(t->v, i);
		size_t name = strlen(trend_title(t->v, i, &t->arena));

		if (!course.known)
			continue;
		t->names = name > t->names ? name : t->names;
		for (unsigned c = 0; c < COLUMNS; c++) {
			size_t width = strlen(cell(t, i, &course, c));

			t->width[c] = width > t->width[c] ? width : t->width[c];
		}
	}
	for (unsigned c = 0; c < COLUMNS; c++)
		used += 2 + t->width[c];
	used += t->names + 2;
	t->course = used + COURSE_LEAST < SCREEN_COLUMNS ? SCREEN_COLUMNS - used : COURSE_LEAST;
	if (t->course > t->v->npoints)
		t->course = t->v->npoints;
}

/* The youngest value of the points that share a column. */
static double value_at(const struct trend_view *v, unsigned trend, size_t column, size_t columns)
{
	uint32_t first = (uint32_t)(column * v->npoints / columns);
	uint32_t end = (uint32_t)((column + 1) * v->npoints / columns);

	for (uint32_t i = end; i-- > first;)
		if (!isnan(v->point[i].at->value[trend]))
			return v->point[i].at->value[trend];
	return NAN;
}

static void put_course(struct table *t, unsigned trend, const struct trend_course *c)
{
	static const char *const bar[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };

	for (size_t i = 0; i < t->course; i++) {
		double value = value_at(t->v, trend, i, t->course), span = c->high - c->low;

		if (isnan(value))
			fputs("·", t->out);
		else if (span <= 0)
			fputs("─", t->out);
		else
			fputs(bar[(unsigned)((value - c->low) / span * 7 + 0.5)], t->out);
	}
}

static void print_table(struct table *t)
{
	const struct trend_view *v = t->v;
	char day[DATE_BYTES];

	lay_out(t);
	const char *from = date_text(v->point[0].time, day);

	fprintf(t->out, "%s%-*s  %-*s", paint_on(t->r.color, PAINT_BOLD), (int)t->names, "number",
		(int)t->course, t->course >= DATE_BYTES - 1 ? from : "");
	for (unsigned c = 0; c < COLUMNS; c++)
		fprintf(t->out, "  %*s", (int)t->width[c], titles[c]);
	fprintf(t->out, "%s\n", paint_off(t->r.color));
	for (unsigned i = 0; i < TREND_COUNT; i++) {
		const struct trend_course course = trend_course(v, i);

		if (!course.known)
			continue;
		fprintf(t->out, "%-*s  ", (int)t->names, trend_title(t->v, i, &t->arena));
		put_course(t, i, &course);
		for (unsigned c = 0; c < COLUMNS; c++)
			fprintf(t->out, "  %*s", (int)t->width[c], cell(t, i, &course, c));
		fputc('\n', t->out);
		arena_reset(&t->arena);
	}
	fputc('\n', t->out);
}

/* ---- every point ---- */

static const char *state_words(const struct past_point *at)
{
	switch (at->state) {
	case PAST_KNOWN:
		return "";
	case PAST_EMPTY:
		return "no Go";
	case PAST_BROKEN:
		return at->why;
	case PAST_BEFORE:
		return "before the first commit";
	}
	BUG("state %d", (int)at->state);
}

/* 0: no point knows it. */
static int point_width(struct table *t, unsigned trend)
{
	size_t width = strlen(trend_rows[trend].id);

	if (!trend_course(t->v, trend).known)
		return 0;
	for (uint32_t n = 0; n < t->v->npoints; n++) {
		size_t own = strlen(trend_text(trend, t->v->point[n].at->value[trend],
					       &t->arena));

		width = own > width ? own : width;
	}
	return (int)width;
}

static void print_points(struct table *t)
{
	const struct trend_view *v = t->v;
	int width[TREND_COUNT];
	char day[DATE_BYTES];

	fprintf(t->out, "%s%-10s  %-7s", paint_on(t->r.color, PAINT_BOLD), "point", "commit");
	for (unsigned i = 0; i < TREND_COUNT; i++) {
		width[i] = point_width(t, i);
		if (width[i])
			fprintf(t->out, "  %*s", width[i], trend_rows[i].id);
	}
	fprintf(t->out, "%s\n", paint_off(t->r.color));
	for (uint32_t n = 0; n < v->npoints; n++) {
		const struct trend_point *p = &v->point[n];

		fprintf(t->out, "%s  %-7.7s", date_text(p->time, day), p->commit == ID_NONE ? "-" :
			p->same ? "same" : v->past->line.commit[p->commit].id);
		for (unsigned i = 0; i < TREND_COUNT; i++)
			if (width[i])
				fprintf(t->out, "  %*s", width[i],
					trend_text(i, p->at->value[i], &t->arena));
		if (p->at->state != PAST_KNOWN)
			fprintf(t->out, "\n            %s",
				text_cut(&t->arena, text_escape(&t->arena, state_words(p->at)),
					 SCREEN_COLUMNS - 12));
		fputc('\n', t->out);
		arena_reset(&t->arena);
	}
	fputc('\n', t->out);
}

/* ---- where it got worse ---- */

static void print_steps(struct table *t)
{
	const struct trend_view *v = t->v;
	uint32_t from = 0, to = 0, n = 0;
	char day[DATE_BYTES];

	for (unsigned i = 0; i < TREND_COUNT && n < STEPS_MAX; i++) {
		if (!trend_worst(v, i, &from, &to))
			continue;
		double change = v->point[to].at->value[i] - v->point[from].at->value[i];

		fprintf(t->out, "%-*s%*s  %s until %s, %.7s..%.7s\n", (int)MARGIN,
			n++ ? "" : "WORSE", 8, signed_text(i, change, &t->arena),
			trend_title(t->v, i, &t->arena),
			date_text(v->point[to].time, day),
			v->past->line.commit[v->point[from].commit].id,
			v->past->line.commit[v->point[to].commit].id);
		arena_reset(&t->arena);
	}
	if (n)
		fputc('\n', t->out);
}

/* ---- the proof of work ---- */

static const char *checked_words(struct table *t)
{
	const struct trend_view *v = t->v;
	struct arena *a = &t->arena;
	const char *text = arena_printf(a, "%s, %s judged, %s read",
		text_count(a, v->npoints, "point", "points"),
		text_count(a, v->past->judged, "commit", "commits"),
		text_count(a, v->past->files, "file", "files"));

	if (v->before)
		text = arena_printf(a, "%s; %s before the first commit", text,
				    text_count(a, v->before, "point", "points"));
	if (v->empty)
		text = arena_printf(a, "%s; %s without Go", text,
				    text_count(a, v->empty, "point", "points"));
	if (v->past->line.wrong_clocks)
		text = arena_printf(a, "%s; the clocks of %s contradict the others", text,
				    text_count(a, v->past->line.wrong_clocks, "commit",
					       "commits"));
	return text;
}

int trend_write_text(const struct trend_view *v, const struct output *o, struct err *err UNUSED)
{
	struct table t = { .v = v, .out = o->file, .r = { .color = o->color } };

	text_wrap(o->file, arena_printf(&t.arena, "%s: %s", text_escape(&t.arena,
		  trend_head(v, &t.arena)), trend_span(v, &t.arena)), 2, SCREEN_COLUMNS);
	fputc('\n', o->file);
	if (v->npoints > v->before + v->empty + v->broken) {
		print_table(&t);
		print_steps(&t);
	}
	if (v->all)
		print_points(&t);
	text_block(&t.r, o->file, "checked", checked_words(&t));
	text_block(&t.r, o->file, "result", v->incomplete ?
		   arena_printf(&t.arena, "incomplete: %s; exit %d",
				text_escape(&t.arena, v->incomplete), (int)v->status) :
		   arena_printf(&t.arena, "exit %d", (int)v->status));
	arena_release(&t.arena);
	return 0;
}
