/* SPDX-License-Identifier: MIT */
/* look_header.c - what stands above a picture: title, subtitle, notes, a legend of what occurs. */
#include "graph/draw/look.h"
#include "graph/draw/escape.h"
#include "base/text.h"

#include <string.h>

#define A_ROW 3u                        /* items of the legend beside each other */
#define TITLE_COLUMNS 120u
#define ITEMS (DRAW_LOOKS + 2)          /* looks, sizes, widths */

struct seen { bool node[DRAW_LOOKS], edge[DRAW_LOOKS], sizes, weights; };

static void look_around(const struct drawing *d, struct seen *s)
{
	for (uint32_t i = 0; i < d->nnodes; i++) {
		s->node[draw_look(d->node[i].mark, d->node[i].kind)] = true;
		s->sizes |= d->node[i].size != d->node[0].size;
	}
	for (uint32_t i = 0; i < d->nedges; i++) {
		s->edge[draw_look(d->edge[i].mark, d->edge[i].kind)] = true;
		s->weights |= d->edge[i].weight != d->edge[0].weight;
	}
}

/* A sample in its colours, and its words. */
static const char *item(struct arena *a, const struct theme *t, const char *color,
			const char *glyph, const char *word)
{
	return arena_printf(a, "<TD ALIGN=\"LEFT\"><FONT POINT-SIZE=\"12\" COLOR=\"%s\">%s</FONT>"
			    "<FONT POINT-SIZE=\"12\" COLOR=\"%s\"> %s</FONT></TD>", color, glyph,
			    t->soft, xml_text(a, word));
}

static const char *node_glyph(unsigned look)
{
	if (look == MARK_REMOVED || look == MARK_COUNT + KIND_TEST)
		return "┆▭┆";
	if (look == MARK_COUNT + KIND_GROUP)
		return "▤";
	return look == MARK_COUNT + KIND_OUTSIDE ? "■" : "▣";
}

static uint32_t legend(struct arena *a, const struct drawing *d, const char **ret_item)
{
	const struct theme *t = draw_theme(d->theme);
	struct seen s = { .sizes = false };
	uint32_t n = 0;

	look_around(d, &s);
	for (unsigned i = 0; i < DRAW_LOOKS; i++) {
		const struct look *l = &draw_looks[i];
		const char *word = d->word[i] ? d->word[i] : l->word;

		if (word && (s.node[i] || s.edge[i]))
			ret_item[n++] = item(a, t, look_line(t, l),
					     s.edge[i] ? l->glyph : node_glyph(i), word);
	}
	if (s.sizes && d->size_unit)
		ret_item[n++] = item(a, t, t->soft, "▫◻",
				     arena_printf(a, "larger: more %s", d->size_unit));
	if (s.weights && d->weight_unit)
		ret_item[n++] = item(a, t, t->soft, "─━",
				     arena_printf(a, "wider: more %s", d->weight_unit));
	return n;
}

static const char *line(struct arena *a, const char *before, const char *font, const char *inside)
{
	return arena_printf(a, "%s<TR><TD ALIGN=\"LEFT\" COLSPAN=\"%u\"><FONT %s>%s</FONT></TD>"
			    "</TR>", before, A_ROW, font, inside);
}

static const char *title(struct arena *a, const char *text)
{
	return xml_text(a, text_cut(a, text_escape(a, text), TITLE_COLUMNS));
}

const char *look_header(struct arena *a, const struct drawing *d)
{
	const struct theme *t = draw_theme(d->theme);
	const char *soft = arena_printf(a, "POINT-SIZE=\"12\" COLOR=\"%s\"", t->soft);
	const char *rows = "", *items[ITEMS];
	uint32_t n = legend(a, d, items);

	if (d->title && *d->title)
		rows = line(a, rows, "POINT-SIZE=\"20\"",
			    arena_printf(a, "<B>%s</B>", title(a, d->title)));
	if (d->subtitle && *d->subtitle)
		rows = line(a, rows, soft, xml_text(a, d->subtitle));
	for (uint32_t i = 0; i < d->nnotes; i++)
		rows = line(a, rows, soft, xml_text(a, *d->note[i] ? d->note[i] : " "));
	for (uint32_t i = 0; i < n; i++)
		rows = arena_printf(a, "%s%s%s%s", rows, i % A_ROW ? "" : "<TR>", items[i],
				    i % A_ROW == A_ROW - 1 || i == n - 1 ? "</TR>" : "");
	if (!*rows)
		return "";
	return arena_printf(a, "<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLPADDING=\"3\" "
			    "CELLSPACING=\"0\">%s</TABLE>", rows);
}
