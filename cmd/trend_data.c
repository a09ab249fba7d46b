/* SPDX-License-Identifier: MIT */
/*
 * trend_data.c - the points of a trend for programs.  cmd/report/trend.schema.json
 * describes the JSON.
 */
#include "base/date.h"
#include "base/json.h"
#include "cmd/measure.h"
#include "cmd/output.h"
#include "cmd/trend_view.h"

#include <math.h>

static const char *const state_names[] = {
	[PAST_KNOWN] = "known", [PAST_EMPTY] = "no go", [PAST_BROKEN] = "unreadable",
	[PAST_BEFORE] = "no commit",
};

/* Rounded as it is shown: the same bytes wherever it is computed. */
static double rounded(unsigned trend, double value)
{
	double by = trend_rows[trend].decimals ? 100 : 1;

	return isnan(value) ? value : floor(value * by + 0.5) / by;
}

static struct json *metric_of_row(const struct trend_view *v, unsigned trend)
{
	const struct trend *t = &trend_rows[trend];
	struct json *object = json_object();

	json_set_text(object, "id", t->id);
	json_set_text(object, "title", t->title);
	json_set_text(object, "unit", t->unit);
	json_set_text(object, "worse", t->direction > 0 ? "more" : t->direction ? "less" : NULL);
	json_set_text(object, "level", trend == TREND_CUT || trend == TREND_TIED ? v->level : NULL);
	return object;
}

/* `day` is where its text stays until the value is written. */
static struct json *point_of(const struct trend_view *v, const struct trend_point *p,
			     char day[DATE_BYTES])
{
	bool has = p->commit != ID_NONE;
	const struct line_commit *c = has ? &v->past->line.commit[p->commit] : NULL;
	struct json *object = json_object(), *values = json_object();

	json_set_text(object, "at", date_text(p->time, day));
	json_set_text(object, "commit", c ? c->id : NULL);
	if (c)
		json_set_int(object, "committed", c->clock);
	json_set_text(object, "state", state_names[p->at->state]);
	json_set_text(object, "why", p->at->why);
	for (unsigned i = 0; i < TREND_COUNT; i++)
		if (trend_rows[i].decimals)
			json_set_real(values, trend_rows[i].id, rounded(i, p->at->value[i]));
		else if (isnan(p->at->value[i]))
			json_set(values, trend_rows[i].id, NULL);
		else
			json_set_int(values, trend_rows[i].id, (int64_t)p->at->value[i]);
	json_set(object, "values", values);
	return object;
}

void trend_members(const struct trend_view *v, struct json_out *out)
{
	json_out_open(out, "metrics", JSON_ARRAY);
	for (unsigned i = 0; i < TREND_COUNT; i++)
		json_out_value(out, metric_of_row(v, i));
	json_out_close(out);
	json_out_open(out, "points", JSON_ARRAY);
	for (uint32_t i = 0; i < v->npoints; i++) {
		char day[DATE_BYTES];

		json_out_value(out, point_of(v, &v->point[i], day));
	}
	json_out_close(out);
}

int trend_write_json(const struct trend_view *v, const struct output *o, struct err *err)
{
	const struct mainline *line = &v->past->line;
	struct json_out j;

	json_out_init(&j, o->file, JSON_INDENTED);
	json_out_open(&j, NULL, JSON_OBJECT);
	json_out_int(&j, "schema", 1);
	json_out_text(&j, "command", "history trend");
	json_out_int(&j, "status", v->status);
	json_out_text(&j, "incomplete", v->incomplete);
	json_out_text(&j, "since", v->span);
	json_out_text(&j, "every", v->every);
	json_out_text(&j, "now", v->past->set.now);
	json_out_text(&j, "head", line->count ? line->commit[0].id : NULL);
	json_out_int(&j, "wrong_clocks", line->wrong_clocks);
	trend_members(v, &j);
	json_out_close(&j);
	return json_out_finish(&j, err);
}

int trend_write_csv(const struct trend_view *v, const struct output *o, struct err *err UNUSED)
{
	struct arena scratch = ARENA_INIT;
	char day[DATE_BYTES];

	fputs("at,commit,committed,state,why", o->file);
	for (unsigned i = 0; i < TREND_COUNT; i++)
		fprintf(o->file, ",%s", trend_rows[i].id);
	fputc('\n', o->file);
	for (uint32_t i = 0; i < v->npoints; i++) {
		const struct trend_point *p = &v->point[i];
		bool has = p->commit != ID_NONE;
		const struct line_commit *c = has ? &v->past->line.commit[p->commit] : NULL;

		fprintf(o->file, "%s,%s,", date_text(p->time, day), c ? c->id : "");
		if (c)
			fprintf(o->file, "%lld", (long long)c->clock);
		fprintf(o->file, ",%s,", state_names[p->at->state]);
		measure_put_field(o->file, p->at->why ? p->at->why : "", &scratch);
		for (unsigned t = 0; t < TREND_COUNT; t++)
			if (isnan(p->at->value[t]))
				fputc(',', o->file);
			else
				fprintf(o->file, ",%.*f", (int)trend_rows[t].decimals,
					rounded(t, p->at->value[t]));
		fputc('\n', o->file);
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	return 0;
}
