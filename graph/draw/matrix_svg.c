/* SPDX-License-Identifier: MIT */
/*
 * matrix_svg.c - a matrix as SVG: names at the left, turned names on top, tinted
 * cells, red above the diagonal, a border around blocks and circles.
 */
#include "base/text.h"
#include "graph/draw/matrix.h"

#include <string.h>

#define CELL 18u                        /* pixels */
#define LABEL_MOST 44u                  /* columns of a name */
#define COLUMN_PX 6.3                   /* of a character at 11 px */
#define MARGIN 16u
#define TITLE_PX 9.0                    /* of a character of the title */

static const struct look {
	const char *page, *ink, *dim, *grid, *even, *border, *circle, *hot, *on_hot;
	const char *tint[4];            /* by weight */
} looks[THEME_COUNT] = {
	[THEME_LIGHT] = {
		"#ffffff", "#1f2328", "#656d76", "#d8dee4", "#f6f8fa", "#57606a", "#8250df",
		"#d55e00", "#ffffff", { "#dcecf7", "#b3d6ee", "#7dbbe2", "#56a5d8" },
	},
	[THEME_DARK] = {
		"#0d1117", "#e6edf3", "#8d96a0", "#30363d", "#151b23", "#9198a1", "#bc8cff",
		"#d55e00", "#ffffff", { "#12304a", "#17446b", "#1c5a8e", "#2470b3" },
	},
	[THEME_PRINT] = {
		"#ffffff", "#000000", "#444444", "#bbbbbb", "#ffffff", "#000000", "#000000",
		"#000000", "#ffffff", { "#eeeeee", "#dddddd", "#cccccc", "#bbbbbb" },
	},
};

struct sheet {
	const struct matrix *m;
	const struct look *look;
	FILE *out;
	struct arena a;
	unsigned left, top;             /* of the grid */
	unsigned width, height;
	unsigned hint;                  /* height of what is above the turned names */
};

/* Text between tags and in attributes: markup escaped, what XML cannot hold shown. */
static void put(struct sheet *s, const char *text)
{
	for (text = text_escape(&s->a, text); *text; text++) {
		switch (*text) {
		case '&': fputs("&amp;", s->out); break;
		case '<': fputs("&lt;", s->out); break;
		case '>': fputs("&gt;", s->out); break;
		case '"': fputs("&quot;", s->out); break;
		default: fputc(*text, s->out);
		}
	}
}

static void put_title(struct sheet *s, const char *text)
{
	const char *line = text;

	fputs("<title>", s->out);
	while (*line) {
		size_t len = strcspn(line, "\n");

		put(s, arena_strndup(&s->a, line, len));
		line += len;
		if (*line)
			fputc(*line++, s->out);
	}
	fputs("</title>", s->out);
}

static const char *short_label(struct sheet *s, uint32_t row)
{
	return text_cut_left(&s->a, text_escape(&s->a, s->m->row[row].label), LABEL_MOST);
}

bool matrix_border(const struct matrix *m, uint32_t row)
{
	const char *a, *b;

	if (!row || row >= m->nrows)
		return true;
	a = m->row[row - 1].block;
	b = m->row[row].block;
	return a != b && (!a || !b || strcmp(a, b) != 0);
}

static unsigned digits(uint32_t n)
{
	unsigned d = 1;

	for (; n > 9; n /= 10)
		d++;
	return d;
}


static size_t widest_block(struct sheet *s)
{
	size_t most = 0;

	for (uint32_t i = 0; i < s->m->nrows; i++) {
		const char *block = s->m->row[i].block;
		size_t w = block ? text_width(text_escape(&s->a, block)) : 0;

		most = w > most ? w : most;
	}
	return most > 20 ? 20 : most;
}

static void measure(struct sheet *s)
{
	size_t label = 0;
	unsigned side = CELL * s->m->nrows, lines = 1 + (s->m->subtitle != NULL) + s->m->nnotes;
	double title = (double)text_width(text_escape(&s->a, s->m->title)) * TITLE_PX;

	for (uint32_t i = 0; i < s->m->nrows; i++) {
		size_t w = text_width(short_label(s, i));

		label = w > label ? w : label;
	}
	unsigned name = (unsigned)((double)label * COLUMN_PX) + 8;
	unsigned block = (unsigned)((double)widest_block(s) * COLUMN_PX);

	s->hint = MARGIN + 6 + 18 * lines;
	s->left = MARGIN + (block ? block + 12 : 0) + name + 8 * digits(s->m->nrows) + 8;
	s->top = s->hint + name + 12;
	s->width = s->left + side + MARGIN;
	for (uint32_t i = 0; i < s->m->nnotes; i++) {
		double w = (double)text_width(text_escape(&s->a, s->m->note[i])) * COLUMN_PX;

		title = w > title ? w : title;
	}
	if (s->width < title + 2 * MARGIN)
		s->width = (unsigned)title + 2 * MARGIN;
	if (s->width < 560)
		s->width = 560;
	s->height = s->top + side + 58 + MARGIN;
}

static void put_style(struct sheet *s)
{
	const struct look *l = s->look;

	fprintf(s->out,
		"<style>\ntext{font:11px 'DejaVu Sans',Verdana,sans-serif;fill:%s}\n"
		".h{font-size:14px;font-weight:bold}.d,.d text{fill:%s}\n"
		".n{font-size:9px;text-anchor:middle}.f{fill:%s}.w{fill:%s;font-weight:bold}\n"
		".r{text-anchor:end}.g{stroke:%s;stroke-width:.5}"
		".b{stroke:%s;stroke-width:1.5}\n"
		".c{fill:none;stroke:%s;stroke-width:2;stroke-dasharray:5 3}\n</style>\n",
		l->ink, l->dim, l->hot, l->on_hot, l->grid, l->border, l->circle);
}

static void put_head(struct sheet *s)
{
	const struct matrix *m = s->m;
	unsigned y = MARGIN + 14;

	fprintf(s->out, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%u\" "
		"viewBox=\"0 0 %u %u\" role=\"img\">\n", s->width, s->height, s->width, s->height);
	put_title(s, m->title);
	fputc('\n', s->out);
	put_style(s);
	fprintf(s->out, "<rect width=\"%u\" height=\"%u\" fill=\"%s\"/>\n", s->width, s->height,
		s->look->page);
	fprintf(s->out, "<text class=\"h\" x=\"%u\" y=\"%u\">", MARGIN, y);
	put(s, m->title);
	fputs("</text>\n", s->out);
	for (uint32_t i = 0; i <= m->nnotes; i++) {
		const char *line = i ? m->note[i - 1] : m->subtitle;

		if (!line)
			continue;
		y += 18;
		fprintf(s->out, "<text class=\"d\" x=\"%u\" y=\"%u\">", MARGIN, y);
		put(s, line);
		fputs("</text>\n", s->out);
	}
}

/* Stripes, the diagonal, thin lines. */
static void put_grid(struct sheet *s)
{
	unsigned side = CELL * s->m->nrows;

	for (uint32_t i = 0; i < s->m->nrows; i++) {
		unsigned at = CELL * i;

		if (i % 2 == 0)
			fprintf(s->out, "<rect x=\"%u\" y=\"%u\" width=\"%u\" height=\"%u\" "
				"fill=\"%s\"/>\n", s->left, s->top + at, side, CELL,
				s->look->even);
		fprintf(s->out, "<rect x=\"%u\" y=\"%u\" width=\"%u\" height=\"%u\" "
			"fill=\"%s\"/>\n", s->left + at, s->top + at, CELL, CELL, s->look->grid);
	}
	for (uint32_t i = 0; i <= s->m->nrows; i++) {
		unsigned x = s->left + CELL * i, y = s->top + CELL * i;

		fprintf(s->out, "<path class=\"g\" d=\"M%u %uh%uM%u %uv%u\"/>\n", s->left, y, side,
			x, s->top, side);
	}
}

static void put_names(struct sheet *s)
{
	const char *last = NULL;

	for (uint32_t i = 0; i < s->m->nrows; i++) {
		const struct matrix_row *row = &s->m->row[i];
		unsigned y = s->top + CELL * i + 13, x = s->left + CELL * i + 13;
		const char *class = row->kind == KIND_PLAIN || row->kind == KIND_GROUP ? "r" :
				    "r d";

		if (row->block && matrix_border(s->m, i) && (!last || strcmp(last, row->block))) {
			fprintf(s->out, "<text x=\"%u\" y=\"%u\" font-weight=\"bold\">", MARGIN, y);
			put(s, text_cut(&s->a, text_escape(&s->a, row->block), 20));
			fputs("</text>\n", s->out);
		}
		last = row->block;
		fprintf(s->out, "<text class=\"%s\" x=\"%u\" y=\"%u\">", class, s->left - 6, y);
		put_title(s, row->tooltip);
		put(s, short_label(s, i));
		fprintf(s->out, " %u</text>\n<text class=\"%s\" style=\"text-anchor:start\" "
			"transform=\"translate(%u %u)rotate(-90)\">", i + 1,
			class, x, s->top - 6);
		put_title(s, row->tooltip);
		fprintf(s->out, "%u ", i + 1);
		put(s, short_label(s, i));
		fputs("</text>\n", s->out);
	}
}

static const char *tint(const struct sheet *s, uint32_t weight)
{
	return s->look->tint[weight < 2 ? 0 : weight < 6 ? 1 : weight < 21 ? 2 : 3];
}

static void put_cells(struct sheet *s)
{
	for (uint32_t i = 0; i < s->m->ncells; i++) {
		const struct matrix_cell *c = &s->m->cell[i];
		bool feedback = c->column > c->row, hot = feedback || c->mark != MARK_NONE;
		unsigned x = s->left + CELL * c->column, y = s->top + CELL * c->row;

		fprintf(s->out, "<g>");
		put_title(s, c->tooltip);
		fprintf(s->out, "<rect x=\"%u\" y=\"%u\" width=\"%u\" height=\"%u\" fill=\"%s\"",
			x + 1, y + 1, CELL - 2, CELL - 2,
			feedback ? s->look->hot : tint(s, c->weight));
		/* A mark below the diagonal: a frame, so that it is not taken for feedback. */
		if (hot && !feedback)
			fprintf(s->out, " stroke=\"%s\" stroke-width=\"2\"", s->look->hot);
		fprintf(s->out, "/><text class=\"n%s\" x=\"%u\" y=\"%u\">", feedback ? " w" : "",
			x + CELL / 2, y + 12);
		if (c->weight < 1000)
			fprintf(s->out, "%u", c->weight);
		else
			fprintf(s->out, "%uk", c->weight / 1000 < 99 ? c->weight / 1000 : 99);
		fputs("</text></g>\n", s->out);
	}
}

/* Borders of blocks across the sheet, boxes around circles. */
static void put_borders(struct sheet *s)
{
	const struct matrix *m = s->m;
	unsigned side = CELL * m->nrows;

	for (uint32_t i = 0; i <= m->nrows && m->nrows; i++) {
		unsigned at = CELL * i;

		if (matrix_border(m, i))
			fprintf(s->out, "<path class=\"b\" d=\"M%u %uh%uM%u %uv%u\"/>\n", MARGIN,
				s->top + at, s->left - MARGIN + side, s->left + at, s->top, side);
	}
	for (uint32_t i = 0, end; i < m->nrows; i = end) {
		for (end = i + 1; end < m->nrows && m->row[end].circle == m->row[i].circle;)
			end++;
		if (m->row[i].circle)
			fprintf(s->out, "<rect class=\"c\" x=\"%u\" y=\"%u\" width=\"%u\" "
				"height=\"%u\"/>\n", s->left + CELL * i, s->top + CELL * i,
				CELL * (end - i), CELL * (end - i));
	}
}

static bool has_circles(const struct matrix *m)
{
	for (uint32_t i = 0; i < m->nrows; i++)
		if (m->row[i].circle)
			return true;
	return false;
}

static void put_legend(struct sheet *s)
{
	unsigned y = s->top + CELL * s->m->nrows + 24;
	bool marks = false;

	for (uint32_t i = 0; i < s->m->ncells; i++) {
		const struct matrix_cell *c = &s->m->cell[i];

		marks |= c->mark != MARK_NONE && c->column < c->row;
	}
	fprintf(s->out, "<text class=\"d\" x=\"%u\" y=\"%u\">a row imports its columns: ",
		MARGIN, y);
	put(s, s->m->unit);
	fputs("</text>\n", s->out);
	y += 20;
	if (s->m->nfeedback)
		fprintf(s->out, "<rect x=\"%u\" y=\"%u\" width=\"12\" height=\"12\" "
			"fill=\"%s\"/><text class=\"d\" x=\"%u\" y=\"%u\">above the diagonal: "
			"leads back, against the order</text>\n", MARGIN, y - 10, s->look->hot,
			MARGIN + 18, y);
	if (has_circles(s->m))
		fprintf(s->out, "<rect class=\"c\" x=\"%u\" y=\"%u\" width=\"12\" height=\"12\"/>"
			"<text class=\"d\" x=\"%u\" y=\"%u\">circle</text>\n", MARGIN + 330,
			y - 10, MARGIN + 348, y);
	if (marks)
		fprintf(s->out, "<rect x=\"%u\" y=\"%u\" width=\"10\" height=\"10\" fill=\"none\" "
			"stroke=\"%s\" stroke-width=\"2\"/><text class=\"d\" x=\"%u\" y=\"%u\">"
			"highlighted</text>\n", MARGIN + 420, y - 9, s->look->hot,
			MARGIN + 438, y);
}

int draw_matrix_svg(const struct matrix *m, FILE *out, struct err *err)
{
	struct sheet s = {
		.m = m, .look = &looks[m->theme], .out = out, .a = ARENA_INIT,
	};

	measure(&s);
	put_head(&s);
	put_grid(&s);
	put_cells(&s);
	put_borders(&s);
	put_names(&s);
	put_legend(&s);
	fputs("</svg>\n", out);
	arena_release(&s.a);
	return ferror(out) ? err_set(err, ERR_SYSTEM, "cannot write the matrix") : 0;
}
