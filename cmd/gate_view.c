/* SPDX-License-Identifier: MIT */
/* gate_view.c - prints the rows of the gate. */
#include "cmd/gate_view.h"
#include "base/text.h"
#include "cmd/report/paint.h"
#include "cmd/report/text.h"

#include <string.h>

const char *const gate_verdict_name[] = {
	[GATE_OK] = "ok", [GATE_FAIL] = "FAIL", [GATE_WARN] = "warn", [GATE_OFF] = "off",
	[GATE_NO_BASE] = "no base",
};

enum { TITLE, BASE, NOW, LIMIT, COLUMNS };

static const char *cell(const struct gate_row *row, unsigned column)
{
	switch (column) {
	case TITLE: return row->title;
	case BASE: return row->base;
	case NOW: return row->now;
	default: return row->limit;
	}
}

static const char *left_pad(struct arena *a, const char *text, size_t width)
{
	size_t own = text_width(text);

	return arena_printf(a, "%*s%s", (int)(own < width ? width - own : 0), "", text);
}

/* Rows that are off take one line together. */
static void print_off(const struct gate *g, FILE *out, struct arena *a)
{
	const char *text = "";

	for (uint32_t i = 0; i < g->count; i++)
		if (g->row[i].verdict == GATE_OFF)
			text = arena_printf(a, "%s%s%s", text, *text ? ", " : "",
					    g->row[i].rule->name);
	if (!*text)
		return;
	fputs("off: ", out);
	text_wrap_from(out, text, 5, 5, SCREEN_COLUMNS);
}

void gate_table(const struct report *r, FILE *out, struct arena *a)
{
	static const char *const head[] = { "check", "base", "now", "limit" };
	const struct gate *g = r->gate;
	size_t width[COLUMNS];

	for (unsigned c = 0; c < COLUMNS; c++) {
		width[c] = strlen(head[c]);
		for (uint32_t i = 0; i < g->count; i++) {
			size_t w = text_width(text_escape(a, cell(&g->row[i], c)));

			if (g->row[i].verdict != GATE_OFF && w > width[c])
				width[c] = w;
		}
	}
	fprintf(out, "%s%s", paint_on(r->color, PAINT_BOLD), text_pad(a, head[TITLE],
		width[TITLE]));
	for (unsigned c = BASE; c < COLUMNS; c++)
		fprintf(out, "  %s", left_pad(a, head[c], width[c]));
	fprintf(out, "%s\n", paint_off(r->color));
	for (uint32_t i = 0; i < g->count; i++) {
		const struct gate_row *row = &g->row[i];
		bool bad = row->verdict == GATE_FAIL, warn = row->verdict == GATE_WARN;
		size_t at = 2;

		if (row->verdict == GATE_OFF)
			continue;
		for (unsigned c = 0; c < COLUMNS; c++) {
			const char *text = text_escape(a, cell(row, c));

			fprintf(out, "%s%s", c ? "  " : "", c ? left_pad(a, text, width[c]) :
				text_pad(a, text, width[c]));
			at += width[c] + 2;
		}
		fprintf(out, "  %s%s%s", bad ? paint_on(r->color, paint_of(SEV_ERROR)) :
			warn ? paint_on(r->color, paint_of(SEV_WARNING)) : "",
			gate_verdict_name[row->verdict],
			bad || warn ? paint_off(r->color) : "");
		if (row->note) {
			fputs(", ", out);
			text_wrap_from(out, text_escape(a, row->note),
				       at + strlen(gate_verdict_name[row->verdict]), 4,
				       SCREEN_COLUMNS);
		} else {
			fputc('\n', out);
		}
	}
	print_off(g, out, a);
	fputc('\n', out);
}

void gate_member(const struct gate *g, struct json_out *out)
{
	json_out_open(out, "checks", JSON_ARRAY);
	for (uint32_t i = 0; i < g->count; i++) {
		const struct gate_row *row = &g->row[i];
		struct json *o = json_object();

		json_set_text(o, "rule", row->rule->name);
		json_set_text(o, "rule_id", row->rule->id);
		json_set_text(o, "title", row->title);
		json_set_real(o, "base", row->base_value);
		json_set_real(o, "now", row->now_value);
		json_set_text(o, "limit", row->limit);
		json_set_text(o, "verdict", row->verdict == GATE_FAIL ? "fail" :
			      gate_verdict_name[row->verdict]);
		json_set_text(o, "note", row->note);
		json_out_value(out, o);
	}
	json_out_close(out);
}
