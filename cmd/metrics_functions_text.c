/* SPDX-License-Identifier: MIT */
/* metrics_functions_text.c - functions as a table for a person, and how their numbers spread. */
#include "base/text.h"
#include "cmd/metrics_functions.h"
#include "cmd/output.h"
#include "cmd/report/paint.h"
#include "cmd/report/text.h"
#include "graph/source/syntax.h"

#include <math.h>
#include <string.h>

#define ROWS_MAX 20u                    /* without --top and --all */
#define BROKEN_MAX 3u                   /* the same */
#define NAME_LEAST 24u                  /* columns that a name may have however long places are */
#define SPREAD_COLUMNS 6u

/* Short titles leave room for places; the table below has the whole words in the same order. */
static const struct { enum metric_id metric; const char *title; } columns[] = {
	{ METRIC_CYCLOMATIC, "cyclo" }, { METRIC_COGNITIVE, "cogn" }, { METRIC_NESTING, "nest" },
	{ METRIC_LENGTH, "lines" },     { METRIC_PARAMS, "params" },
};
#define NCOLUMNS ARRAY_SIZE(columns)

struct table {
	const struct functions *m;
	struct report r;                /* for colour */
	FILE *out;
	struct arena arena;
	uint32_t nrows;
	size_t width[NCOLUMNS], names;
};

static const char *name_of(struct table *t, const struct function *f)
{
	return text_escape(&t->arena, body_text(f->body, f->f->name));
}

static const char *place_of(struct table *t, const struct function *f)
{
	bool generated = t->m->source->file[f->file.v].flags & FILE_GENERATED;

	return arena_printf(&t->arena, "%s:%u%s",
			    text_escape(&t->arena, function_path(t->m, f, &t->arena)), f->f->line,
			    generated ? " (generated)" : "");
}

/* Numbers are never cut: names, then places give way. */
static void lay_out(struct table *t)
{
	size_t places = 0, numbers = 0;

	t->names = strlen("function");
	for (uint32_t n = 0; n < t->nrows; n++) {
		size_t width = text_width(name_of(t, &t->m->row[n]));
		size_t place = text_width(place_of(t, &t->m->row[n]));

		t->names = width > t->names ? width : t->names;
		places = place > places ? place : places;
		arena_reset(&t->arena);
	}
	for (unsigned c = 0; c < NCOLUMNS; c++) {
		t->width[c] = strlen(columns[c].title);
		for (uint32_t n = 0; n < t->nrows; n++) {
			uint32_t value = function_value(t->m->row[n].f, columns[c].metric);
			size_t width = strlen(text_number(&t->arena, value));

			t->width[c] = width > t->width[c] ? width : t->width[c];
			arena_reset(&t->arena);
		}
		numbers += t->width[c] + 2;
	}
	size_t left = SCREEN_COLUMNS - numbers - 2;

	if (t->names + places > left) {
		size_t fits = left > places + NAME_LEAST ? left - places : NAME_LEAST;

		t->names = t->names > fits ? fits : t->names;
	}
}

static void print_row(struct table *t, const struct function *f)
{
	size_t used = t->names + 2;

	for (unsigned c = 0; c < NCOLUMNS; c++) {
		fprintf(t->out, "%*s  ", (int)t->width[c],
			text_number(&t->arena, function_value(f->f, columns[c].metric)));
		used += t->width[c] + 2;
	}
	fputs(text_pad(&t->arena, name_of(t, f), t->names), t->out);
	fprintf(t->out, "  %s\n", text_cut_left(&t->arena, place_of(t, f), SCREEN_COLUMNS - used));
}

static void print_table(struct table *t)
{
	const struct functions *m = t->m;

	if (!m->nrows) {
		fputs(m->nfunctions ? "no function is above --over\n\n" : "", t->out);
		return;
	}
	fputs(paint_on(t->r.color, PAINT_BOLD), t->out);
	for (unsigned c = 0; c < NCOLUMNS; c++)
		fprintf(t->out, "%*s  ", (int)t->width[c], columns[c].title);
	fprintf(t->out, "%-*s  at%s\n", (int)t->names, "function", paint_off(t->r.color));
	for (uint32_t n = 0; n < t->nrows; n++) {
		print_row(t, &m->row[n]);
		arena_reset(&t->arena);
	}
	if (t->nrows < m->nrows)
		fprintf(t->out, "%s more%s\n", text_number(&t->arena, m->nrows - t->nrows),
			m->top == UINT32_MAX ? ": --all, or --top N" : "");
	fputc('\n', t->out);
}

/* The cells of a spread; the average has two decimals. */
static void spread_cells(struct table *t, const struct spread *s, const char *cell[SPREAD_COLUMNS])
{
	struct arena *a = &t->arena;
	double share = t->m->nfunctions ? 100.0 * s->over / t->m->nfunctions : 0;

	cell[0] = arena_printf(a, "%.2f", s->average);
	cell[1] = text_number(a, s->median);
	cell[2] = text_number(a, s->p90);
	cell[3] = text_number(a, s->p99);
	cell[4] = text_number(a, s->largest);
	cell[5] = s->limit ? arena_printf(a, "%s over %u (%.1f %%)", text_number(a, s->over),
					  s->limit, share) : "-";
}

static void print_spread(struct table *t)
{
	static const char *const title[SPREAD_COLUMNS] = {
		"average", "median", "90 %", "99 %", "largest", "too much",
	};
	const struct functions *m = t->m;
	const char *cell[SPREADS_MAX][SPREAD_COLUMNS];
	size_t width[SPREAD_COLUMNS];

	for (unsigned c = 0; c < SPREAD_COLUMNS; c++)
		width[c] = strlen(title[c]);
	for (uint32_t i = 0; i < m->nspreads; i++) {
		spread_cells(t, &m->spread[i], cell[i]);
		for (unsigned c = 0; c < SPREAD_COLUMNS; c++)
			width[c] = strlen(cell[i][c]) > width[c] ? strlen(cell[i][c]) : width[c];
	}
	fprintf(t->out, "%s%-10s", paint_on(t->r.color, PAINT_BOLD), "");
	for (unsigned c = 0; c < SPREAD_COLUMNS; c++)
		fprintf(t->out, "  %*s", c == SPREAD_COLUMNS - 1 ? 0 : (int)width[c], title[c]);
	fprintf(t->out, "%s\n", paint_off(t->r.color));
	for (uint32_t i = 0; i < m->nspreads; i++) {
		fprintf(t->out, "%-10s", metric_rows[m->spread[i].metric].id);
		for (unsigned c = 0; c < SPREAD_COLUMNS; c++)
			fprintf(t->out, "  %*s", c == SPREAD_COLUMNS - 1 ? 0 : (int)width[c],
				cell[i][c]);
		fputc('\n', t->out);
	}
	fputc('\n', t->out);
}

static const char *broken_words(struct table *t)
{
	const struct functions *m = t->m;
	struct arena *a = &t->arena;
	const char *text = "";

	for (uint32_t i = 0; i < m->nbroken; i++) {
		const struct body *body = m->bodies->file[m->broken[i].v];
		const char *path = source_file_path(m->source, m->broken[i], a);

		if (i == BROKEN_MAX && !m->all)
			return arena_printf(a, "%s, %s more: --all", text,
					    text_number(a, m->nbroken - i));
		text = arena_printf(a, "%s%s%s", text, i ? ", " : "", text_escape(a, path));
		if (body && body->status == SYNTAX_ERROR)
			text = arena_printf(a, "%s:%u", text, body->error_line);
		else
			text = arena_printf(a, "%s (%s)", text, function_trouble(body));
	}
	return text;
}

static const char *checked_words(struct table *t)
{
	const struct functions *m = t->m;
	struct arena *a = &t->arena;
	uint64_t lines = m->code + m->comments + m->blanks;
	const char *text = arena_printf(a, "%s read, %s broken",
					text_count(a, m->nfiles, "file", "files"),
					text_number(a, m->nbroken));

	if (m->ngenerated)
		text = arena_printf(a, "%s, %s generated", text, text_number(a, m->ngenerated));
	text = arena_printf(a, "%s; %s: %s code, %s comments, %s blank", text,
			    text_count(a, lines, "line", "lines"), text_number(a, m->code),
			    text_number(a, m->comments), text_number(a, m->blanks));
	if (m->tests_out)
		text = arena_printf(a, "%s; left out: %s (--tests)", text,
				    text_count(a, m->tests_out, "test file", "test files"));
	if (m->generated_out)
		text = arena_printf(a, "%s%s%s (--all)", text,
				    m->tests_out ? ", " : "; left out: ",
				    text_count(a, m->generated_out, "generated file",
					       "generated files"));
	return text;
}

static void print_blocks(struct table *t)
{
	const struct functions *m = t->m;
	struct arena *a = &t->arena;
	const char *literals = "", *over = "";

	if (m->nfunctions)
		text_block(&t->r, t->out, "explain",
			   "how a number is computed and read: meshctl explain cyclomatic, meshctl "
			   "explain cognitive");
	if (m->nbroken)
		text_block(&t->r, t->out, "broken", broken_words(t));
	text_block(&t->r, t->out, "checked", checked_words(t));
	if (m->nliterals)
		literals = arena_printf(a, " (%s of the package level)",
					text_count(a, m->nliterals, "literal", "literals"));
	if (m->over)
		over = arena_printf(a, ", %s above %u by %s", text_number(a, m->nrows), m->over,
				    functions_limited(m)->id);
	text_block(&t->r, t->out, "result",
		   arena_printf(a, "%s%s%s%s measured%s%s; exit %d",
				m->incomplete ? "incomplete: " : "",
				m->incomplete ? text_escape(a, m->incomplete) : "",
				m->incomplete ? "; " : "",
				text_count(a, m->nfunctions, "function", "functions"), literals,
				over, (int)m->status));
}

int functions_write_text(const struct functions *m, const struct output *o, struct err *err UNUSED)
{
	struct table t = {
		.m = m, .out = o->file, .arena = ARENA_INIT,
		.r = { .source = m->source, .color = o->color },
	};
	uint32_t most = m->top != UINT32_MAX ? m->top : m->all ? UINT32_MAX : ROWS_MAX;

	t.nrows = m->nrows < most ? m->nrows : most;
	lay_out(&t);
	print_table(&t);
	if (m->nfunctions)
		print_spread(&t);
	print_blocks(&t);
	arena_release(&t.arena);
	return 0;
}
