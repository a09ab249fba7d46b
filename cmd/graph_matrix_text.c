/* SPDX-License-Identifier: MIT */
/*
 * graph_matrix_text.c - a matrix on a terminal: numbers where there is room for
 * them, else one digit a cell; and as CSV.
 */
#include "base/text.h"
#include "cmd/graph_matrix.h"
#include "cmd/report/paint.h"
#include "cmd/report/report_words.h"
#include "cmd/report/text.h"

#include <string.h>

#define NAME_MOST 36u                   /* columns of a name */
#define NAME_LEAST 18u                  /* where room is short */
#define BLOCK_MOST 12u
#define EDGE_MOST 52u                   /* columns of a pair above the diagonal */

struct table {
	const struct matrix *m;
	struct arena a;
	bool dense;                     /* a digit a cell */
	bool bars;                      /* lines between blocks */
	unsigned block, number, name;   /* columns; block 0 = none */
	unsigned *width;                /* [nrows] of a column, the space before it included */
	bool *flag;                     /* [nrows] a column that has feedback */
	const uint32_t *first;          /* [nrows + 1] cells of a row */
};

static const char *escaped(struct table *t, const char *text)
{
	return text_escape(&t->a, text);
}

static unsigned digits(uint64_t n)
{
	unsigned d = 1;

	for (; n > 9; n /= 10)
		d++;
	return d;
}

static void index_cells(struct table *t)
{
	uint32_t *first = arena_array(&t->a, uint32_t, (size_t)t->m->nrows + 1);

	for (uint32_t c = 0; c < t->m->ncells; c++)
		first[t->m->cell[c].row + 1]++;
	for (uint32_t r = 0; r < t->m->nrows; r++)
		first[r + 1] += first[r];
	t->first = first;
}

/* Blocks that are torn apart by circles and exceptions: lines would hide the numbers. */
static bool has_bars(const struct matrix *m)
{
	uint32_t runs = 0, names = 0;

	for (uint32_t i = 0; i < m->nrows; i++) {
		bool seen = false;

		if (!matrix_border(m, i))
			continue;
		for (uint32_t k = 0; k < i && !seen; k++)
			seen = m->row[k].block == m->row[i].block ||
			       (m->row[k].block && m->row[i].block &&
				!strcmp(m->row[k].block, m->row[i].block));
		runs++;
		names += !seen;
	}
	return runs <= names + names / 2 + 1;
}

static void measure_head(struct table *t)
{
	for (uint32_t i = 0; i < t->m->nrows; i++) {
		const struct matrix_row *row = &t->m->row[i];
		size_t block = row->block ? text_width(escaped(t, row->block)) + 1 : 0;
		size_t name = text_width(escaped(t, row->label));

		t->block = block > t->block ? (unsigned)block : t->block;
		t->name = name > t->name ? (unsigned)name : t->name;
	}
	t->block = t->block < BLOCK_MOST ? t->block : BLOCK_MOST;
	t->name = t->name < NAME_MOST ? t->name : NAME_MOST;
	t->number = digits(t->m->nrows);
	t->bars = t->block && has_bars(t->m);
}

static unsigned measure_columns(struct table *t)
{
	unsigned total = t->block + t->number + 1 + t->name;

	for (uint32_t c = 0; c < t->m->nrows; c++) {
		t->width[c] = t->dense ? 2 : digits(c + 1) + 1;
		t->flag[c] = false;
	}
	for (uint32_t i = 0; i < t->m->ncells && !t->dense; i++) {
		const struct matrix_cell *c = &t->m->cell[i];
		unsigned width = digits(c->weight) + 1;

		t->flag[c->column] |= c->column > c->row;
		if (width > t->width[c->column])
			t->width[c->column] = width;
	}
	for (uint32_t c = 0; c < t->m->nrows; c++)
		total += t->width[c] + t->flag[c];
	/* Borders of blocks. */
	for (uint32_t c = 0; c <= t->m->nrows; c++)
		total += t->bars && matrix_border(t->m, c);
	return total;
}

/* Numbers, then numbers with shorter names, then digits. */
static bool lay_out(struct table *t, unsigned columns)
{
	unsigned name = t->name;

	for (unsigned dense = 0; dense < 2; dense++) {
		t->dense = dense;
		t->name = name;
		unsigned total = measure_columns(t);
		unsigned least = name < NAME_LEAST ? name : NAME_LEAST;

		if (total > columns && total - columns <= name - least)
			t->name -= total - columns;
		if (total - (name - t->name) <= columns)
			return true;
	}
	return false;
}

static void put_bar(const struct table *t, uint32_t at, FILE *out)
{
	if (t->bars && matrix_border(t->m, at))
		fputc('|', out);
}

static void put_rule(const struct table *t, FILE *out)
{
	for (unsigned i = 0; i < t->block + t->number + 1 + t->name; i++)
		fputc('-', out);
	for (uint32_t c = 0; c < t->m->nrows; c++) {
		if (matrix_border(t->m, c))
			fputc('+', out);
		for (unsigned i = 0; i < t->width[c] + t->flag[c]; i++)
			fputc('-', out);
	}
	fputs("+\n", out);
}

/* One line of numbers; where cells are digits, one line a digit of them. */
static void put_heads(const struct table *t, bool color, FILE *out)
{
	unsigned lines = t->dense ? t->number : 1, power = 1;

	for (unsigned i = 1; i < lines; i++)
		power *= 10;
	for (unsigned i = 0; i < lines; i++, power /= 10) {
		fprintf(out, "%s%*s", paint_on(color, PAINT_DIM),
			(int)(t->block + t->number + 1 + t->name), "");
		for (uint32_t c = 0; c < t->m->nrows; c++) {
			put_bar(t, c, out);
			if (!t->dense)
				fprintf(out, "%*u%s", (int)t->width[c], c + 1,
					t->flag[c] ? " " : "");
			else if (c + 1 >= power)
				fprintf(out, " %u", (c + 1) / power % 10);
			else
				fputs("  ", out);
		}
		put_bar(t, t->m->nrows, out);
		fprintf(out, "%s\n", paint_off(color));
	}
}

static void put_cell(struct table *t, uint32_t r, uint32_t c, const struct matrix_cell *cell,
		     bool color, FILE *out)
{
	bool feedback = c > r, hot = cell && (feedback || cell->mark != MARK_NONE);
	const char *text = r == c ? "\\" : ".";

	if (cell && t->dense && cell->weight > 9)
		text = "+";
	else if (cell)
		text = arena_printf(&t->a, "%u", cell->weight);
	const char *on = hot ? paint_on(color, PAINT_RED) : !cell ? paint_on(color, PAINT_DIM) : "";

	fprintf(out, "%*s%s%s%s", (int)(t->width[c] - strlen(text)), "", on, text,
		*on ? paint_off(color) : "");
	if (t->flag[c])
		fputc(cell && feedback ? '!' : ' ', out);
}

static void put_row(struct table *t, uint32_t r, bool color, FILE *out)
{
	const struct matrix_row *row = &t->m->row[r];
	uint32_t at = t->first[r];
	bool first = t->block && row->block && matrix_border(t->m, r);

	if (t->block)
		fprintf(out, "%s ", text_pad(&t->a, first ? escaped(t, row->block) : "",
			t->block - 1));
	fprintf(out, "%*u %s", (int)t->number, r + 1,
		text_pad(&t->a, text_cut_left(&t->a, escaped(t, row->label), t->name), t->name));
	for (uint32_t c = 0; c < t->m->nrows; c++) {
		bool has = at < t->first[r + 1] && t->m->cell[at].column == c;

		put_bar(t, c, out);
		put_cell(t, r, c, has ? &t->m->cell[at] : NULL, color, out);
		at += has;
	}
	put_bar(t, t->m->nrows, out);
	fputc('\n', out);
}

bool graph_matrix_text(const struct matrix *m, unsigned columns, bool color, FILE *out)
{
	struct table t = { .m = m, .a = ARENA_INIT };
	bool fits;

	t.width = arena_array(&t.a, unsigned, m->nrows);
	t.flag = arena_array(&t.a, bool, m->nrows);
	measure_head(&t);
	fits = lay_out(&t, columns);
	if (!fits || !out) {
		arena_release(&t.a);
		return fits;
	}
	index_cells(&t);
	put_heads(&t, color, out);
	for (uint32_t r = 0; r < m->nrows; r++) {
		if (t.bars && matrix_border(m, r))
			put_rule(&t, out);
		put_row(&t, r, color, out);
	}
	if (t.bars && m->nrows)
		put_rule(&t, out);
	fprintf(out, "\na row imports its columns: %s%s%s\n", m->unit,
		t.dense ? ", + is 10 or more" : "",
		!m->nfeedback ? "" : t.dense ? "; what is above the diagonal leads back" :
		"; ! above the diagonal leads back");
	arena_release(&t.a);
	return true;
}

/* ---- above the diagonal ---- */

static int heavier(const void *left, const void *right, void *ctx UNUSED)
{
	const struct matrix_cell *a = *(const struct matrix_cell *const *)left;
	const struct matrix_cell *b = *(const struct matrix_cell *const *)right;

	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	return a < b ? -1 : a > b;
}

void graph_matrix_feedback(const struct matrix *m, uint32_t most, FILE *out)
{
	struct arena a = ARENA_INIT;
	const struct matrix_cell **list = arena_array(&a, const struct matrix_cell *,
						      m->nfeedback + 1);
	uint32_t n = 0, shown;

	for (uint32_t i = 0; i < m->ncells; i++)
		if (m->cell[i].column > m->cell[i].row)
			list[n++] = &m->cell[i];
	/* NOLINTNEXTLINE(bugprone-sizeof-expression): pointers are sorted */
	sort_with(list, n, sizeof(*list), heavier, NULL);
	shown = most && n > most + 1 ? most : n;
	if (n)
		fputs("\nabove the diagonal\n", out);
	for (uint32_t i = 0; i < shown; i++) {
		const struct matrix_row *from = &m->row[list[i]->row];
		const struct matrix_row *to = &m->row[list[i]->column];

		const char *edge = text_edge(from->label, to->label, EDGE_MOST, &a);
		const char *place = strchr(list[i]->tooltip, '\n');

		fprintf(out, "%7u  %s  %s\n", list[i]->weight, text_pad(&a, edge, EDGE_MOST),
			text_cut_left(&a, text_escape(&a, place ? place + 1 : ""), 36));
	}
	if (shown < n)
		fprintf(out, "and %u more\n", n - shown);
	arena_release(&a);
}

/* ---- CSV ---- */

void graph_matrix_csv(const struct matrix *m, FILE *out)
{
	struct arena a = ARENA_INIT;
	uint32_t at = 0;

	fputs("number,name,block,circle", out);
	for (uint32_t c = 0; c < m->nrows; c++) {
		fputc(',', out);
		csv_put_text(out, m->row[c].label, &a);
	}
	fputs("\r\n", out);
	for (uint32_t r = 0; r < m->nrows; r++) {
		arena_reset(&a);
		fprintf(out, "%u,", r + 1);
		csv_put_text(out, m->row[r].label, &a);
		fputc(',', out);
		csv_put_text(out, m->row[r].block ? m->row[r].block : "", &a);
		fputc(',', out);
		if (m->row[r].circle)
			fprintf(out, "%u", m->row[r].circle);
		for (uint32_t c = 0; c < m->nrows; c++) {
			fputc(',', out);
			if (at < m->ncells && m->cell[at].row == r && m->cell[at].column == c)
				fprintf(out, "%u", m->cell[at++].weight);
		}
		fputs("\r\n", out);
	}
	arena_release(&a);
}
