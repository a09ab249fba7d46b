/* SPDX-License-Identifier: MIT */
/* plot.c - lays out small multiples and writes them as SVG, without a library. */
#include "graph/draw/plot.h"
#include "base/date.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

#define COLUMNS 2u
#define PANEL_WIDTH 480.0
#define PANEL_HEIGHT 190.0
#define MARGIN 20.0
#define HEAD 66.0                       /* title, subtitle */
#define PLOT_LEFT 58.0                  /* inside a panel */
#define PLOT_TOP 30.0
#define PLOT_WIDTH 340.0
#define PLOT_HEIGHT 116.0
#define TICKS 4u
#define DATES 4u

/* Okabe and Ito's blue and vermilion, which nobody's eyes confuse; lighter on dark ground. */
static const struct look {
	const char *ground, *text, *faint, *grid, *gap, *line, *mark;
} looks[THEME_COUNT] = {
	[THEME_LIGHT] = { "#ffffff", "#1b1f24", "#5c6670", "#e3e7eb", "#f0f1f3", "#0072b2",
			  "#d55e00" },
	[THEME_DARK] = { "#14181d", "#e6eaee", "#9aa5b1", "#2b323a", "#21272e", "#56b4e9",
			 "#ff9348" },
	[THEME_PRINT] = { "#ffffff", "#000000", "#444444", "#cccccc", "#eeeeee", "#000000",
			  "#000000" },
};

struct panel {
	const struct plot *p;
	const struct plot_series *s;
	const struct look *look;
	FILE *out;
	struct arena *arena;
	double low, high, step;         /* of the axis */
	double x, y;                    /* of its plot */
	unsigned decimals;              /* of the axis */
};

/* XML text; what XML 1.0 does not know is U+FFFD. */
static void put_text(FILE *out, const char *text)
{
	size_t len = strlen(text), n;

	for (; len; text += n, len -= n) {
		uint32_t point;

		n = utf8_decode(text, len, &point);
		if (point == UTF8_INVALID || point < 0x20 || point == 0xfffe || point == 0xffff)
			fputs("\xef\xbf\xbd", out);
		else if (point == '<')
			fputs("&lt;", out);
		else if (point == '>')
			fputs("&gt;", out);
		else if (point == '&')
			fputs("&amp;", out);
		else if (point == '"')
			fputs("&quot;", out);
		else
			fwrite(text, 1, n, out);
	}
}

enum anchor { AT_START, AT_MIDDLE, AT_END };

static void put_label(FILE *out, double x, double y, double size, enum anchor anchor,
		      const char *color, bool bold, const char *text)
{
	static const char *const anchors[] = { "start", "middle", "end" };

	fprintf(out, "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%.0f\" text-anchor=\"%s\" "
		"fill=\"%s\"%s>", x, y, size, anchors[anchor], color,
		bold ? " font-weight=\"bold\"" : "");
	put_text(out, text);
	fputs("</text>\n", out);
}

static const char *number(struct panel *n, double value, unsigned decimals)
{
	const char *sign = value < 0 ? "-" : "";

	if (decimals)
		return arena_printf(n->arena, "%.*f", (int)decimals, value);
	return arena_printf(n->arena, "%s%s", sign,
			    text_number(n->arena, (uint64_t)(fabs(value) + 0.5)));
}

/* ---- axes ---- */

/* 1, 2 or 5 times a power of ten, so that about so many steps make the range. */
static double nice_step(double range, unsigned steps, bool whole)
{
	double raw = range / steps, power = 1;

	if (raw <= 0)
		return 1;
	while (power > raw)
		power /= 10;
	while (power * 10 <= raw)
		power *= 10;
	double step = raw <= power ? power : raw <= 2 * power ? 2 * power :
		      raw <= 5 * power ? 5 * power : 10 * power;

	return whole && step < 1 ? 1 : step;
}

/*
 * From 0 where the course then still fills a third of the height; else from below the
 * lowest value, and the axis says so.
 */
static bool choose_axis(struct panel *n)
{
	double low = INFINITY, high = -INFINITY;

	for (uint32_t i = 0; i < n->p->npoints; i++) {
		double v = n->s->value[i];

		low = v < low ? v : low;
		high = v > high ? v : high;
	}
	if (low > high)
		return false;
	bool zero = low >= 0 && (high - low >= high / 3 || high <= low);

	n->low = zero ? 0 : low;
	n->step = nice_step(high - n->low, TICKS, !n->s->decimals);
	n->low = floor(n->low / n->step) * n->step;
	n->high = ceil(high / n->step) * n->step;
	if (n->high <= n->low)
		n->high = n->low + n->step;
	n->decimals = n->step >= 1 ? 0 : n->step >= 0.1 ? 1 : 2;
	return true;
}

static double x_of(const struct panel *n, uint32_t i)
{
	uint32_t last = n->p->npoints - 1;

	return n->x + (last ? PLOT_WIDTH * i / last : PLOT_WIDTH / 2);
}

static double y_of(const struct panel *n, double value)
{
	return n->y + PLOT_HEIGHT * (1 - (value - n->low) / (n->high - n->low));
}

static void put_values(struct panel *n)
{
	unsigned steps = (unsigned)((n->high - n->low) / n->step + 0.5);

	for (unsigned i = 0; i <= steps; i++) {
		double value = n->low + n->step * i, y = y_of(n, value);

		fprintf(n->out, "<path d=\"M%.1f %.1fH%.1f\" stroke=\"%s\"/>\n", n->x, y,
			n->x + PLOT_WIDTH, n->look->grid);
		put_label(n->out, n->x - 6, y + 3.5, 10, AT_END, n->look->faint, false,
			  number(n, value, n->decimals));
	}
	if (n->low <= 0)
		return;
	/* The axis is broken, and says so. */
	double y = n->y + PLOT_HEIGHT;

	fprintf(n->out, "<path d=\"M%.1f %.1fv-2l5 -2l-5 -3l5 -3l-5 -2v-2\" fill=\"none\" "
		"stroke=\"%s\"/>\n", n->x, y, n->look->faint);
}

static void put_dates(struct panel *n)
{
	uint32_t last = n->p->npoints - 1, count = last < DATES ? last + 1 : DATES;
	double y = n->y + PLOT_HEIGHT;
	char day[DATE_BYTES];

	for (uint32_t k = 0; k < count; k++) {
		uint32_t i = count > 1 ? last * k / (count - 1) : 0;

		fprintf(n->out, "<path d=\"M%.1f %.1fv4\" stroke=\"%s\"/>\n", x_of(n, i), y,
			n->look->faint);
		put_label(n->out, x_of(n, i), y + 16, 10, AT_MIDDLE, n->look->faint, false,
			  date_text(n->p->time[i], day));
	}
}

/* ---- the course ---- */

static void put_gaps(struct panel *n)
{
	for (uint32_t i = 0, end; i < n->p->npoints; i = end) {
		bool gap = isnan(n->s->value[i]);

		end = i + 1;
		while (end < n->p->npoints && isnan(n->s->value[end]) == gap)
			end++;
		if (!gap)
			continue;
		double left = i ? x_of(n, i - 1) : n->x;
		double right = end < n->p->npoints ? x_of(n, end) : n->x + PLOT_WIDTH;

		fprintf(n->out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" "
			"fill=\"%s\"/>\n", left, n->y, right - left, PLOT_HEIGHT, n->look->gap);
		if (right - left > 70)
			put_label(n->out, (left + right) / 2, n->y + PLOT_HEIGHT / 2, 10,
				  AT_MIDDLE, n->look->faint, false, "not known");
	}
}

static void put_line(struct panel *n)
{
	bool pen = false;

	fputs("<path d=\"", n->out);
	for (uint32_t i = 0; i < n->p->npoints; i++) {
		double value = n->s->value[i];
		bool alone = !isnan(value) && !pen &&
			     (i + 1 == n->p->npoints || isnan(n->s->value[i + 1]));

		if (!isnan(value))
			fprintf(n->out, "%c%.1f %.1f", pen ? 'L' : 'M', x_of(n, i),
				y_of(n, value));
		/* A point between two gaps is seen, too. */
		if (alone)
			fputs("h0.1", n->out);
		pen = !isnan(value);
	}
	fprintf(n->out, "\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\" "
		"stroke-linejoin=\"round\" stroke-linecap=\"round\"/>\n", n->look->line);
}

static void put_mark(struct panel *n)
{
	uint32_t a = n->s->mark_from, b = n->s->mark_to;

	if (a == b)
		return;
	double was = n->s->value[a], now = n->s->value[b];
	double x = x_of(n, b), y = y_of(n, now);
	const char *sign = now > was ? "+" : "";

	fprintf(n->out, "<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"%s\" stroke-width=\"3.5\" "
		"stroke-linecap=\"round\"%s/>\n", x_of(n, a), y_of(n, was), x, y, n->look->mark,
		n->p->theme == THEME_PRINT ? " stroke-dasharray=\"1 5\"" : "");
	/*
	 * Above the step; where there is no room, or it leads down, to the right of its end,
	 * and left of its middle where the last value stands to the right.
	 */
	bool beside = y - 7 < n->y + 8 || x < n->x + 40 || now < was;
	bool last = beside && x + 40 > n->x + PLOT_WIDTH;

	if (last) {
		x = (x + x_of(n, a)) / 2 - 2;
		y = (y + y_of(n, was)) / 2 + (now < was ? 12 : 0);
		beside = false;
		y += 7;
	}
	put_label(n->out, x + (beside ? 6 : -4), beside ? y + 15 : y - 7, 11,
		  beside ? AT_START : AT_END, n->look->mark, true,
		  arena_printf(n->arena, "%s%s", sign, number(n, now - was, n->s->decimals)));
}

/* The value that is known last, and what it was first. */
static void put_last(struct panel *n)
{
	uint32_t first = n->p->npoints, last = 0;

	for (uint32_t i = 0; i < n->p->npoints; i++) {
		if (isnan(n->s->value[i]))
			continue;
		first = first < i ? first : i;
		last = i;
	}
	double value = n->s->value[last], change = value - n->s->value[first];
	double x = x_of(n, last), y = y_of(n, value);

	fprintf(n->out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>\n", x, y,
		n->look->line);
	x = n->x + PLOT_WIDTH + 8;
	/* Above the last date. */
	y = y < n->y + PLOT_HEIGHT - 14 ? y : n->y + PLOT_HEIGHT - 14;
	put_label(n->out, x, y + 2, 14, AT_START, n->look->text, true,
		  number(n, value, n->s->decimals));
	put_label(n->out, x, y + 16, 10, AT_START, n->look->faint, false,
		  arena_printf(n->arena, "%s%s", change > 0 ? "+" : "",
			       number(n, change, n->s->decimals)));
}

static void put_panel(struct panel *n, uint32_t i)
{
	double left = MARGIN + PANEL_WIDTH * (i % COLUMNS);
	uint32_t row = i / COLUMNS;
	double top = HEAD + PANEL_HEIGHT * row;

	n->x = left + PLOT_LEFT;
	n->y = top + PLOT_TOP;
	fputs("<g id=\"", n->out);
	put_text(n->out, n->s->id);
	fputs("\">\n", n->out);
	put_label(n->out, left, top + 16, 13, AT_START, n->look->text, true, n->s->title);
	if (!choose_axis(n)) {
		put_label(n->out, n->x, n->y + PLOT_HEIGHT / 2, 11, AT_START, n->look->faint,
			  false, "nothing is known of it");
	} else {
		put_gaps(n);
		put_values(n);
		put_dates(n);
		if (n->low > 0)
			put_label(n->out, n->x + PLOT_WIDTH, top + 16, 10, AT_END, n->look->faint,
				  false, "the axis does not begin at 0");
		put_line(n);
		put_mark(n);
		put_last(n);
	}
	fputs("</g>\n", n->out);
}

int plot_svg(const struct plot *p, FILE *out, struct err *err UNUSED)
{
	const struct look *look = &looks[p->theme];
	uint32_t rows = (p->nseries + COLUMNS - 1) / COLUMNS;
	double width = 2 * MARGIN + PANEL_WIDTH * COLUMNS;
	double height = HEAD + PANEL_HEIGHT * rows + MARGIN / 2;
	struct arena scratch = ARENA_INIT;

	fprintf(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" "
		"width=\"%.0f\" height=\"%.0f\" role=\"img\" font-family=\"DejaVu Sans, Verdana, "
		"Helvetica, Arial, sans-serif\">\n<title>", width, height, width, height);
	put_text(out, p->title);
	fputs("</title>\n<desc>", out);
	put_text(out, p->subtitle);
	fprintf(out, "</desc>\n<rect width=\"%.0f\" height=\"%.0f\" fill=\"%s\"/>\n", width, height,
		look->ground);
	put_label(out, MARGIN, 30, 18, AT_START, look->text, true, p->title);
	put_label(out, MARGIN, 50, 12, AT_START, look->faint, false, p->subtitle);
	for (uint32_t i = 0; i < p->nseries; i++) {
		struct panel n = { .p = p, .s = &p->series[i], .look = look, .out = out,
				   .arena = &scratch };

		put_panel(&n, i);
		arena_reset(&scratch);
	}
	fputs("</svg>\n", out);
	arena_release(&scratch);
	return 0;
}
