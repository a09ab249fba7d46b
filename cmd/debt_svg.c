/* SPDX-License-Identifier: MIT */
/*
 * debt_svg.c - the heat map as a picture: five by five cells, risk upwards, impact to
 * the right.  One hue, light to dark by person-days, and the number in each cell, so that
 * nothing is said by colour alone.
 */
#include "base/text.h"
#include "cmd/debt.h"
#include "cmd/output.h"
#include "graph/draw/draw.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#define CELL_W 104
#define CELL_H 64
#define LEFT 92
#define TOP 72
#define WIDTH (LEFT + CELL_W * (int)DEBT_CELLS + 28)
#define HEIGHT (TOP + CELL_H * (int)DEBT_CELLS + 84)

/* Cividis-like single hue in five steps; the text on it is dark, then light. */
static const struct { const char *fill, *text; } steps[] = {
	{ "#fff4e5", "#1f2328" }, { "#fdd9a8", "#1f2328" }, { "#f7a65a", "#1f2328" },
	{ "#c9561a", "#ffffff" }, { "#7a2a05", "#ffffff" },
};

/* By the logarithm: few cells have most of it. */
static unsigned step_of(double days, double most)
{
	double share = most > 0 ? log1p(days) / log1p(most) : 0;
	const unsigned n = ARRAY_SIZE(steps);
	unsigned step = (unsigned)(share * n);

	return step < n ? step : n - 1;
}

static void put_cell(const struct debt_heat *h, unsigned risk, unsigned impact, double most,
		     FILE *out, struct arena *arena)
{
	int x = LEFT + CELL_W * (int)impact, y = TOP + CELL_H * (int)(DEBT_CELLS - 1 - risk);
	uint32_t n = h->count[risk][impact];
	double days = h->days[risk][impact];
	unsigned step = step_of(days, most);

	if (!n) {
		fprintf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\" "
			"fill=\"#f6f8fa\"/>\n", x + 2, y + 2, CELL_W - 4, CELL_H - 4);
		return;
	}
	fprintf(out, "<g><title>risk %u-%u %%, impact %u-%u %%: %s, %s</title>\n",
		risk * 20, risk * 20 + 20, impact * 20, impact * 20 + 20,
		debt_work(days * DEBT_DAY, arena), text_count(arena, n, "entry", "entries"));
	fprintf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\" fill=\"%s\"/>\n",
		x + 2, y + 2, CELL_W - 4, CELL_H - 4, steps[step].fill);
	fprintf(out, "<text x=\"%d\" y=\"%d\" fill=\"%s\" font-size=\"17\" font-weight=\"600\" "
		"text-anchor=\"middle\">%s</text>\n", x + CELL_W / 2, y + CELL_H / 2,
		steps[step].text, debt_work(days * DEBT_DAY, arena));
	fprintf(out, "<text x=\"%d\" y=\"%d\" fill=\"%s\" font-size=\"12\" "
		"text-anchor=\"middle\">%s</text></g>\n", x + CELL_W / 2, y + CELL_H / 2 + 18,
		steps[step].text, text_count(arena, n, "entry", "entries"));
}

static void put_axes(const struct debt_run *d, FILE *out)
{
	int bottom = TOP + CELL_H * (int)DEBT_CELLS;

	for (unsigned i = 0; i <= DEBT_CELLS; i++) {
		fprintf(out, "<text x=\"%d\" y=\"%d\" fill=\"#57606a\" font-size=\"12\" "
			"text-anchor=\"middle\">%u %%</text>\n", LEFT + CELL_W * (int)i,
			bottom + 20, i * 100 / DEBT_CELLS);
		fprintf(out, "<text x=\"%d\" y=\"%d\" fill=\"#57606a\" font-size=\"12\" "
			"text-anchor=\"end\">%u %%</text>\n", LEFT - 10,
			bottom - CELL_H * (int)i + 4, i * 100 / DEBT_CELLS);
	}
	fprintf(out, "<text x=\"%d\" y=\"%d\" fill=\"#1f2328\" font-size=\"13\" "
		"text-anchor=\"middle\">impact: share of the %u %s that depend on the "
		"place</text>\n",
		LEFT + CELL_W * (int)DEBT_CELLS / 2, bottom + 46, d->now.debt.touchable,
		d->now.debt.by_context ? "contexts" : "packages");
	fprintf(out, "<text x=\"%d\" y=\"%d\" fill=\"#1f2328\" font-size=\"13\" "
		"text-anchor=\"middle\" transform=\"rotate(-90 %d %d)\">risk</text>\n", 24,
		TOP + CELL_H * (int)DEBT_CELLS / 2, 24, TOP + CELL_H * (int)DEBT_CELLS / 2);
}

int debt_write_svg(const struct debt_run *d, const struct run *run UNUSED,
		   const struct output *o, struct err *err UNUSED)
{
	struct arena arena = ARENA_INIT;
	struct debt_heat heat;
	double most = 0;

	debt_heat(d, &heat);
	for (unsigned i = 0; i < DEBT_CELLS * DEBT_CELLS; i++)
		most = fmax(most, heat.days[i / DEBT_CELLS][i % DEBT_CELLS]);
	fprintf(o->file, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
		"viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"work by risk and impact\" "
		"font-family=\"system-ui, sans-serif\">\n", WIDTH, HEIGHT, WIDTH, HEIGHT);
	fprintf(o->file, "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>\n", WIDTH, HEIGHT);
	fprintf(o->file, "<text x=\"%d\" y=\"30\" fill=\"#1f2328\" font-size=\"17\" "
		"font-weight=\"600\">Work by risk and impact</text>\n", LEFT);
	fprintf(o->file, "<text x=\"%d\" y=\"52\" fill=\"#57606a\" font-size=\"13\">%s in %s; "
		"what stands top right first</text>\n", LEFT,
		debt_work((double)d->minutes, &arena),
		text_count(&arena, d->nentries, "entry", "entries"));
	for (unsigned risk = 0; risk < DEBT_CELLS; risk++)
		for (unsigned impact = 0; impact < DEBT_CELLS; impact++)
			put_cell(&heat, risk, impact, most, o->file, &arena);
	put_axes(d, o->file);
	fputs("</svg>\n", o->file);
	arena_release(&arena);
	return 0;
}

int debt_write_png(const struct debt_run *d, const struct run *run, const struct output *o,
		   struct err *err)
{
	struct output memory = *o;
	char *text = NULL;
	size_t len = 0;
	int rc = -1;

	if (!o->path && isatty(fileno(o->file)))
		return err_set(err, ERR_USAGE, "a PNG is nothing for a terminal: write it to a "
			       "file with -o FILE");
	memory.file = open_memstream(&text, &len);
	if (!memory.file)
		return err_set(err, ERR_SYSTEM, "out of memory for a picture");
	rc = debt_write_svg(d, run, &memory, err);
	if (fclose(memory.file) && !rc)
		rc = err_set(err, ERR_SYSTEM, "out of memory for a picture");
	rc = rc ? rc : draw_svg_as_png(text, o->file, err);
	free(text);
	return rc;
}
