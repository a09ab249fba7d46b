/* SPDX-License-Identifier: MIT */
/* contexts_view.c - guessed contexts, the one with the fewest ties first. */
#include "cmd/contexts_view.h"
#include "analyzers/contexts_guess.h"
#include "base/text.h"
#include "cmd/report/paint.h"
#include "cmd/report/text.h"

#define ROWS_MAX 8u
#define INDENT (MARGIN + 2)
#define NAME_MAX 20u
#define NUMBERS 33u                     /* columns of packages ... imports */
#define BOTH_MAX 2u                     /* names; more are counted */

static const char first_words[] = "move this first", last_words[] = "move this last";

static bool guess(const struct report *r, struct arena *a, struct contexts *ret)
{
	const struct graph *g = r->graph;

	*ret = (struct contexts){ .count = 0 };
	for (uint32_t p = 0; p < g->npkgs; p++)
		if (!(g->flags[p] & NODE_REPORTED))
			return false;
	contexts_guess(r->source, g, a, ret);
	return ret->count > 0;
}

static const char *both_words(const struct contexts *c, const struct context *item, size_t room,
			      struct arena *a)
{
	const char *text = "";

	if (!item->nboth)
		return "-";
	for (uint32_t i = 0; i < item->nboth && i < BOTH_MAX; i++)
		text = arena_printf(a, "%s%s%s", text, *text ? ", " : "",
				    c->item[item->both[i]].name);
	text = text_escape(a, text);
	/* Half a list would hide how many there are. */
	if (item->nboth > BOTH_MAX || (item->nboth > 1 && text_width(text) > room))
		return arena_printf(a, "%u of %u", item->nboth, c->count - 1);
	return text_cut(a, text, room);
}

static void print_row(const struct contexts *c, uint32_t i, size_t width, FILE *out,
		      struct arena *a)
{
	const struct context *item = &c->item[i];
	bool differ = c->item[0].score < c->item[c->count - 1].score;
	const char *note = !differ ? "" : !i ? first_words : i + 1 == c->count ? last_words : "";
	size_t room = SCREEN_COLUMNS - INDENT - width - sizeof(first_words) - 1 - NUMBERS - 2;

	const char *name = text_cut(a, text_escape(a, item->name), width);

	fprintf(out, "%*s%s  %-*s%8s %7s %8s %7s  %s\n", (int)INDENT, "",
		text_pad(a, name, width), (int)sizeof(first_words) - 1, note,
		text_number(a, item->packages), text_rough(a, item->lines),
		text_number(a, item->imported), text_number(a, item->imports),
		both_words(c, item, room, a));
}

void contexts_block(const struct report *r, FILE *out, struct arena *a)
{
	static const char title[] = "guessed from names";
	size_t width = sizeof(title) - sizeof(first_words) - 2;
	struct contexts c;

	if (!guess(r, a, &c))
		return;
	for (uint32_t i = 0; i < c.count; i++) {
		size_t n = text_width(text_escape(a, c.item[i].name));

		width = n > width ? n : width;
	}
	width = width < 8 ? 8 : width > NAME_MAX ? NAME_MAX : width;
	uint32_t half = r->all || c.count <= ROWS_MAX ? c.count : ROWS_MAX / 2;

	fprintf(out, "%s%-*s%s%-*s%8s %7s %8s %7s  %s\n", paint_on(r->color, PAINT_BOLD),
		(int)MARGIN, "CONTEXTS", paint_off(r->color),
		(int)(2 + width + 2 + sizeof(first_words) - 1),
		title, "packages", "lines", "imported", "imports", "both ways with");
	for (uint32_t i = 0; i < half; i++)
		print_row(&c, i, width, out, a);
	if (half < c.count) {
		fprintf(out, "%*s%s more between: meshctl analyze --all\n", (int)INDENT, "",
			text_number(a, c.count - 2 * half));
		for (uint32_t i = c.count - half; i < c.count; i++)
			print_row(&c, i, width, out, a);
	}
	fputc('\n', out);
}

void contexts_member(const struct report *r, struct json_out *out, struct arena *a)
{
	struct contexts c;

	guess(r, a, &c);
	json_out_open(out, "contexts", JSON_ARRAY);
	for (uint32_t i = 0; i < c.count; i++) {
		const struct context *item = &c.item[i];
		struct json *object = json_object(), *both = json_array();

		for (uint32_t b = 0; b < item->nboth; b++)
			json_push_text(both, c.item[item->both[b]].name);
		json_set_text(object, "name", item->name);
		json_set_int(object, "packages", item->packages);
		json_set_int(object, "lines", item->lines);
		json_set_int(object, "imported", item->imported);
		json_set_int(object, "imports", item->imports);
		json_set(object, "both_ways_with", both);
		json_set_int(object, "score", (int64_t)item->score);
		json_out_value(out, object);
	}
	json_out_close(out);
}
