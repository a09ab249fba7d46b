/* SPDX-License-Identifier: MIT */
/* history_table.c - the table of a topic: for a screen, as JSON, as CSV. */
#include "base/date.h"
#include "base/text.h"
#include "cmd/history_view.h"
#include "cmd/measure.h"
#include "cmd/report/paint.h"
#include "cmd/report/proof.h"
#include "cmd/report/text.h"

#include <math.h>
#include <string.h>

#define ROWS_MAX 20u                    /* of a screen, without --top and --all */
#define COLUMNS_MAX 16u
#define TEXT_MAX 20u                    /* columns of a text, on a screen */

static const struct history_cell *cell_of(const struct history_view *v, uint32_t row,
					  uint32_t column)
{
	return &v->cell[(size_t)row * v->ncolumns + column];
}

static uint32_t rows_of(const struct run *run, const struct history_view *v, uint32_t most)
{
	if (run->set->given & OPT_BIT(OPT_TOP))
		most = run->set->top;
	return v->nrows < most ? v->nrows : most;
}

/* ---- the screen ---- */

struct screen {
	const struct history_view *v;
	FILE *out;
	struct report report;
	struct arena arena;
	size_t width[COLUMNS_MAX];
	uint32_t nrows;
};

static bool is_text(const struct history_column *c)
{
	return c->kind == CELL_TEXT || c->kind == CELL_PATH;
}

static const char *cell_words(struct screen *s, uint32_t row, uint32_t column)
{
	const struct history_cell *cell = cell_of(s->v, row, column);
	struct arena *a = &s->arena;

	switch (s->v->column[column].kind) {
	case CELL_NUMBER:
		return isnan(cell->number) ? "-" : text_number(a, (uint64_t)cell->number);
	case CELL_SHARE:
		return isnan(cell->number) ? "-" : arena_printf(a, "%.0f %%", 100 * cell->number);
	case CELL_TEXT:
		return text_cut(a, cell->text ? text_escape(a, cell->text) : "-", TEXT_MAX);
	case CELL_PATH:
		return cell->text ? text_escape(a, cell->text) : "-";
	}
	BUG("cell of kind %d", (int)s->v->column[column].kind);
}

/* Paths share what the numbers leave. */
static void lay_out(struct screen *s)
{
	const struct history_view *v = s->v;
	size_t fixed = 0, paths = 0, npaths = 0;
	bool done[COLUMNS_MAX] = { false };

	for (uint32_t c = 0; c < v->ncolumns; c++) {
		if (!v->column[c].title)
			continue;
		s->width[c] = text_width(v->column[c].title);
		for (uint32_t r = 0; r < s->nrows; r++) {
			size_t width = text_width(cell_words(s, r, c));

			s->width[c] = width > s->width[c] ? width : s->width[c];
		}
		fixed += fixed || npaths ? 2 : 0;
		if (v->column[c].kind == CELL_PATH) {
			paths += s->width[c];
			npaths++;
		} else {
			fixed += s->width[c];
		}
	}
	if (!npaths || fixed + paths <= SCREEN_COLUMNS)
		return;
	/* The short ones first take what they need; the others share the rest. */
	size_t left = SCREEN_COLUMNS - fixed;

	for (size_t round = npaths; round; round--) {
		uint32_t best = UINT32_MAX;

		for (uint32_t c = 0; c < v->ncolumns; c++)
			if (v->column[c].title && v->column[c].kind == CELL_PATH && !done[c] &&
			    (best == UINT32_MAX || s->width[c] < s->width[best]))
				best = c;
		if (best == UINT32_MAX)
			break;
		done[best] = true;
		s->width[best] = s->width[best] < left / round ? s->width[best] : left / round;
		left -= s->width[best];
	}
}

static void put_row(struct screen *s, uint32_t row, bool head)
{
	const struct history_view *v = s->v;
	const char *line = "";

	for (uint32_t c = 0; c < v->ncolumns; c++) {
		const struct history_column *column = &v->column[c];
		const char *text = head ? column->title : cell_words(s, row, c);

		if (!column->title)
			continue;
		if (is_text(column))
			text = text_pad(&s->arena, text_cut_path(&s->arena, text, s->width[c]),
					s->width[c]);
		line = arena_printf(&s->arena, "%s%s%*s", line, *line ? "  " : "",
				    is_text(column) ? 0 : (int)s->width[c], text);
	}
	size_t len = strlen(line);

	while (len && line[len - 1] == ' ')
		len--;
	fprintf(s->out, "%s%.*s%s\n", paint_on(s->report.color && head, PAINT_BOLD), (int)len,
		line, paint_off(s->report.color && head));
}

/* "12 merges" and the like; what is none is not told. */
static const char *add_count(struct arena *a, const char *text, uint32_t n, const char *one,
			     const char *many)
{
	if (!n)
		return text;
	return arena_printf(a, "%s%s%s", text, *text ? ", " : "", text_count(a, n, one, many));
}

static const char *left_out(const struct history_view *v, struct arena *a)
{
	const struct history_stats *t = &v->history->stats;
	const char *text = "";

	text = add_count(a, text, t->merges, "merge", "merges");
	text = add_count(a, text, t->bots, "commit by bots", "commits by bots");
	text = add_count(a, text, t->large, "commit", "commits");
	if (t->large)
		text = arena_printf(a, "%s of more than %s", text,
				    text_count(a, t->change_set, "path", "paths"));
	text = add_count(a, text, t->future, "commit dated later", "commits dated later");
	return add_count(a, text, t->missing, "object that is not there",
			 "objects that are not there");
}

static void headline(struct screen *s)
{
	const struct history_view *v = s->v;
	const struct history_stats *t = &v->history->stats;
	const struct source_rev *rev = &v->session.source->rev;
	char since[DATE_BYTES], now[DATE_BYTES];
	struct arena *a = &s->arena;
	int64_t from = t->first ? t->first : v->now;

	const char *kept = text_count(a, t->counted, "commit", "commits");

	text_wrap(s->out, arena_printf(a, "%.7s, %s to %s: %s%s%s", rev->commit,
				       date_text(from < 0 ? 0 : from, since),
				       date_text(v->now, now),
				       kept,
				       *left_out(v, a) ? "; not counted: " : "", left_out(v, a)),
		  0, SCREEN_COLUMNS);
	if (t->shallow)
		text_wrap(s->out, "a shallow clone: what is older is not there, and not counted; "
			  "'git fetch --unshallow' gets it", 0, SCREEN_COLUMNS);
	if (t->replaced)
		text_wrap(s->out, arena_printf(a, "%s not followed",
					       text_count(a, t->replaced, "replace ref",
							  "replace refs")), 0, SCREEN_COLUMNS);
	fputc('\n', s->out);
}

static int write_text(const struct run *run, const struct history_view *v, const struct output *o)
{
	struct screen s = {
		.v = v, .out = o->file,
		.report = { .source = v->session.source, .graph = v->session.graph,
			    .color = o->color },
		.nrows = rows_of(run, v, v->shown ? v->shown : ROWS_MAX),
	};
	struct arena *a = &s.arena;

	headline(&s);
	lay_out(&s);
	if (s.nrows)
		put_row(&s, 0, true);
	for (uint32_t r = 0; r < s.nrows; r++)
		put_row(&s, r, false);
	if (s.nrows < v->nrows)
		fprintf(s.out, "%s more%s\n", text_number(a, v->nrows - s.nrows),
			run->set->given & OPT_BIT(OPT_TOP) ? "" : ": --all, or --top N");
	if (v->nrows)
		fputc('\n', s.out);
	if (v->note)
		text_block(&s.report, s.out, "reading", v->note);
	text_block(&s.report, s.out, "checked",
		   arena_printf(a, "%s; %s", text_escape(a, proof_words(&s.report, a)),
				text_count(a, v->history->stats.read, "commit", "commits")));
	text_block(&s.report, s.out, "result",
		   arena_printf(a, "%s%s%s; exit %d", v->incomplete ? "incomplete: " : "",
				v->incomplete ? arena_printf(a, "%s; ",
							     text_escape(a, v->incomplete)) : "",
				text_count(a, v->nrows, v->one, v->many), (int)v->status));
	arena_release(a);
	return 0;
}

/* ---- JSON ---- */

static void json_stats(struct json_out *j, const struct history_view *v)
{
	const struct history_stats *t = &v->history->stats;
	char day[DATE_BYTES];

	json_out_open(j, "history", JSON_OBJECT);
	json_out_text(j, "commit", v->session.source->rev.commit);
	json_out_text(j, "since", v->since > 0 ? date_text(v->since, day) : NULL);
	json_out_text(j, "until", date_text(v->now, day));
	json_out_text(j, "first", t->first ? date_text(t->first, day) : NULL);
	json_out_int(j, "read", t->read);
	json_out_int(j, "counted", t->counted);
	json_out_int(j, "large", t->large);
	json_out_int(j, "merges", t->merges);
	json_out_int(j, "bots", t->bots);
	json_out_int(j, "future", t->future);
	json_out_int(j, "missing", t->missing);
	json_out_int(j, "replaced", t->replaced);
	json_out_bool(j, "shallow", t->shallow);
	json_out_close(j);
}

static struct json *json_row(const struct history_view *v, uint32_t row)
{
	struct json *o = json_object();

	for (uint32_t c = 0; c < v->ncolumns; c++) {
		const struct history_cell *cell = cell_of(v, row, c);
		const char *key = v->column[c].key;

		if (is_text(&v->column[c]))
			json_set_text(o, key, cell->text);
		else if (v->column[c].kind == CELL_NUMBER && !isnan(cell->number))
			json_set_int(o, key, (int64_t)cell->number);
		else
			json_set_real(o, key, isnan(cell->number) ? NAN :
				      round(cell->number * 10000) / 10000);
	}
	return o;
}

static const char *const kinds[] = {
	[CELL_NUMBER] = "number", [CELL_SHARE] = "share", [CELL_TEXT] = "text",
	[CELL_PATH] = "path",
};

void history_view_members(const struct history_view *v, uint32_t most, struct json_out *out)
{
	uint32_t nrows = v->nrows < most ? v->nrows : most;

	json_stats(out, v);
	json_out_text(out, "note", v->note);
	json_out_text(out, "one", v->one);
	json_out_text(out, "many", v->many);
	json_out_int(out, "left_out", v->nrows - nrows);
	json_out_open(out, "columns", JSON_ARRAY);
	for (uint32_t c = 0; c < v->ncolumns; c++) {
		struct json *o = json_object();

		json_set_text(o, "key", v->column[c].key);
		json_set_text(o, "title", v->column[c].title);
		json_set_text(o, "kind", kinds[v->column[c].kind]);
		json_out_value(out, o);
	}
	json_out_close(out);
	json_out_open(out, "rows", JSON_ARRAY);
	for (uint32_t r = 0; r < nrows; r++)
		json_out_value(out, json_row(v, r));
	json_out_close(out);
}

static int write_json(const struct run *run, const struct history_view *v, const struct output *o,
		      struct err *err)
{
	uint32_t nrows = rows_of(run, v, UINT32_MAX);
	struct json_out j;

	json_out_init(&j, o->file, JSON_INDENTED);
	json_out_open(&j, NULL, JSON_OBJECT);
	json_out_int(&j, "schema", 1);
	json_out_int(&j, "status", v->status);
	json_out_text(&j, "command", "history");
	json_out_text(&j, "topic", v->topic);
	json_stats(&j, v);
	json_out_text(&j, "incomplete", v->incomplete);
	json_out_open(&j, "rows", JSON_ARRAY);
	for (uint32_t r = 0; r < nrows; r++)
		json_out_value(&j, json_row(v, r));
	json_out_close(&j);
	json_out_close(&j);
	return json_out_finish(&j, err);
}

/* ---- CSV ---- */

static int write_csv(const struct run *run, const struct history_view *v, const struct output *o)
{
	uint32_t nrows = rows_of(run, v, UINT32_MAX);
	struct arena scratch = ARENA_INIT;

	for (uint32_t c = 0; c < v->ncolumns; c++)
		fprintf(o->file, "%s%s", c ? "," : "", v->column[c].key);
	fputc('\n', o->file);
	for (uint32_t r = 0; r < nrows; r++) {
		for (uint32_t c = 0; c < v->ncolumns; c++) {
			const struct history_cell *cell = cell_of(v, r, c);

			if (c)
				fputc(',', o->file);
			if (is_text(&v->column[c]) && cell->text)
				measure_put_field(o->file, cell->text, &scratch);
			else if (!is_text(&v->column[c]) && !isnan(cell->number))
				fprintf(o->file, v->column[c].kind == CELL_SHARE ? "%.4f" : "%.0f",
					cell->number);
		}
		fputc('\n', o->file);
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	return 0;
}

int history_view_write(const struct run *run, struct history_view *v, struct err *err)
{
	int rc = 0;

	session_told(&v->session);
	for (unsigned i = 0; !rc && i < run->noutputs; i++) {
		const struct output *o = &run->output[i];

		if (!strcmp(o->format, "json"))
			rc = write_json(run, v, o, err);
		else if (!strcmp(o->format, "csv"))
			rc = write_csv(run, v, o);
		else
			rc = write_text(run, v, o);
	}
	if (!rc)
		session_doubts(&v->session, run->set, v->incomplete);
	return rc ? rc : (int)v->status;
}
