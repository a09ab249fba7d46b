/* SPDX-License-Identifier: MIT */
/* cut_view.c - the cut of a knot as a table and as JSON. */
#include "cmd/cut_view.h"
#include "base/text.h"
#include "cmd/uses_view.h"
#include "cmd/report/paint.h"
#include "cmd/report/text.h"

#include <string.h>

#define NAME_COLUMNS 36u                /* of "from -> to", at least */
#define DETAILED_MAX 3u                 /* edges */
#define LINES_MAX 3u                    /* of imports and of symbols of an edge, without --all */
#define EDGES_MIN 30u                   /* ... beside what is used and what to try */

struct row {
	const char *weight, *tied, *edge;
	const char *at;                 /* its place, or what it uses and what to try */
	bool below;                     /* that does not fit beside its edge */
	const char *const *more;        /* other places, NULL at the end; or NULL */
	const struct advice *advice;    /* to be printed in full below it, and `more`; or NULL */
};

struct table {
	struct row *row;
	uint32_t count;
	size_t weight, tied, edge;      /* widths */
};

static const char *name_of(const struct knots_at *k, uint32_t node)
{
	return sym_text(k->graph->syms, k->graph->id[node]);
}

static void widen(size_t *width, const char *text)
{
	size_t w = text_width(text);

	*width = w > *width ? w : *width;
}

static const char *tied_words(uint32_t before, uint32_t after, const struct cut *cut,
			      struct arena *arena)
{
	/* Nobody is tied more than all are at first: as wide as that. */
	int digits = (int)strlen(arena_printf(arena, "%u", cut->edge[0].tied_before));

	return arena_printf(arena, "%*u -> %*u", digits, before, digits, after);
}

static size_t left_of_edges(const struct table *t, unsigned indent)
{
	return indent + t->weight + 2 + t->tied + 2;
}

/* The place is there to be clicked: it is not cut, the names give way. */
static size_t room_for_edges(const struct table *t, unsigned indent, size_t least)
{
	size_t taken = left_of_edges(t, indent) + 2, places = 0;

	for (uint32_t i = 0; i < t->count; i++)
		widen(&places, t->row[i].at);
	return taken + places + least < SCREEN_COLUMNS ? SCREEN_COLUMNS - taken - places : least;
}

/* The other import lines of an edge, each below the first. */
static void print_more(FILE *out, const struct table *t, const struct row *row, size_t left,
		       struct arena *arena)
{
	for (const char *const *more = row->more; more && *more; more++) {
		size_t at = row->below ? left : left + t->edge + 2, width = text_width(*more);

		if (at + width > SCREEN_COLUMNS)
			at = width < SCREEN_COLUMNS ? SCREEN_COLUMNS - width : 0;
		fprintf(out, "%s%s\n", text_pad(arena, "", at), *more);
	}
}

static void print_table(const struct report *r, FILE *out, unsigned indent, const struct table *t,
			struct arena *arena)
{
	size_t left = left_of_edges(t, indent);

	for (uint32_t i = 0; i < t->count; i++) {
		const struct row *row = &t->row[i];
		size_t weight = t->weight - strlen(row->weight);
		size_t tied = t->tied - strlen(row->tied);
		size_t place = text_width(row->at), most = left;

		if (row->below && left + place > SCREEN_COLUMNS)
			most = place < SCREEN_COLUMNS ? SCREEN_COLUMNS - place : 0;

		fprintf(out, "%*s%s%*s%s  %*s%s  ", (int)indent, "",
			paint_on(r->color && !i, PAINT_BOLD), (int)weight, "", row->weight,
			(int)tied, "", row->tied);
		if (!*row->at)
			fputs(row->edge, out);
		else if (row->below)
			fprintf(out, "%s\n%*s%s", row->edge, (int)most, "", row->at);
		else
			fprintf(out, "%s  %s", text_pad(arena, row->edge, t->edge), row->at);
		fprintf(out, "%s\n", paint_off(r->color && !i));
		if (row->advice)
			uses_print(out, (unsigned)left, r->source->syms, row->more,
				   &row->advice->used, r->all ? 0 : LINES_MAX, arena);
		else
			print_more(out, t, row, left, arena);
	}
}

/* What is not shown, as one edge. */
static struct row rest_of(const struct cut *cut, uint32_t shown, const char *way,
			  struct arena *arena)
{
	uint32_t weight = 0;

	for (uint32_t i = shown; i < cut->nedges; i++)
		weight += cut->edge[i].weight;
	return (struct row){
		.weight = arena_printf(arena, "%u", weight),
		.tied = tied_words(cut->edge[shown].tied_before, 0, cut, arena),
		.edge = text_count(arena, cut->nedges - shown, "more edge", "more edges"),
		.at = way,
	};
}

/* Of the import lines that count: all, or all but the first. */
static const char *const *places_of(const struct knots_at *k, const struct knot *knot,
				    uint32_t edge, bool all, struct arena *arena)
{
	const struct graph *g = k->graph;
	uint32_t most = g->site_first[edge + 1] - g->site_first[edge], n = 0;
	const char **place = arena_array(arena, const char *, (size_t)most + 1);

	for (uint32_t s = g->site_first[edge]; s < g->site_first[edge + 1]; s++) {
		struct span at = g->site[s].at;

		if (!knot_has_site(k, knot, &g->site[s]))
			continue;
		at.col = 0;
		if (all)
			place[n++] = text_place(g->syms, &at, arena);
		all = true;
	}
	return place;
}

uint32_t cut_shown(const struct cut *cut, uint32_t most)
{
	/* "1 more edge" is as long as the edge that it hides. */
	return !most || cut->nedges <= most + 1 ? cut->nedges : most;
}

/* Weights and ties, and the places; the edges come when the room for them is known. */
static void fill_rows(struct table *t, const struct knots_at *k, const struct knot *knot,
		      const struct cut *cut, const struct advice *advice, uint32_t most,
		      struct arena *arena)
{
	/* A short cut has room for places without --all. */
	bool detailed = !most || (advice && cut->nedges <= DETAILED_MAX);

	t->row[t->count++] = (struct row){
		.weight = k->weigh ? "symbols" : "lines", .tied = "still tied", .edge = "remove",
		.at = "at",
	};
	for (uint32_t i = 0; i < cut_shown(cut, most); i++) {
		const struct cut_edge *e = &cut->edge[i];
		struct span at = knot_edge_at(k, knot, e->edge);

		at.col = 0;
		t->row[t->count++] = (struct row){
			.weight = arena_printf(arena, "%u", e->weight),
			.tied = tied_words(e->tied_before, e->tied_after, cut, arena),
			.at = text_place(k->graph->syms, &at, arena),
			.more = !detailed ? NULL : places_of(k, knot, e->edge, advice, arena),
			.advice = detailed && advice ? &advice[i] : NULL,
		};
	}
}

/* What is used and what to try take the column of the places. */
static void fill_uses(struct table *t, unsigned indent, const struct advice *advice,
		      uint32_t shown, size_t edges, struct arena *arena)
{
	size_t taken = left_of_edges(t, indent) + 2;
	const char **cell = arena_array(arena, const char *, (size_t)shown + 1);

	edges = edges > EDGES_MIN ? EDGES_MIN : edges;
	uses_cells(advice, shown, SCREEN_COLUMNS - taken - edges, cell, arena);
	for (uint32_t i = 0; i <= shown; i++)
		t->row[i].at = cell[i];
}

void cut_table(const struct report *r, FILE *out, unsigned indent, const struct knots_at *k,
	       const struct knot *knot, const struct cut *cut, const struct advice *advice,
	       uint32_t most, const char *way, struct arena *arena)
{
	uint32_t shown = cut_shown(cut, most);
	struct table t = { .row = arena_array(arena, struct row, (size_t)shown + 2) };
	size_t room, natural = 0;

	fill_rows(&t, k, knot, cut, advice, most, arena);
	if (shown < cut->nedges)
		t.row[t.count++] = rest_of(cut, shown, way, arena);
	for (uint32_t i = 0; i < t.count; i++) {
		widen(&t.weight, t.row[i].weight);
		widen(&t.tied, t.row[i].tied);
	}
	for (uint32_t i = 0; i < shown; i++)
		widen(&natural, text_edge(name_of(k, cut->edge[i].from),
					  name_of(k, cut->edge[i].to), SIZE_MAX, arena));
	if (advice)
		fill_uses(&t, indent, advice, shown, natural, arena);
	room = room_for_edges(&t, indent, advice ? EDGES_MIN : NAME_COLUMNS);
	for (uint32_t i = 0; i < shown; i++)
		t.row[i + 1].edge = text_edge(name_of(k, cut->edge[i].from),
					      name_of(k, cut->edge[i].to), room, arena);
	for (uint32_t i = 0; i < t.count; i++)
		widen(&t.edge, t.row[i].edge);
	room = left_of_edges(&t, indent);
	for (uint32_t i = 0; i < shown; i++) {
		struct row *row = &t.row[i + 1];

		row->below = room + t.edge + 2 + text_width(row->at) > SCREEN_COLUMNS;
		if (row->below)
			row->edge = text_edge(name_of(k, cut->edge[i].from),
					      name_of(k, cut->edge[i].to), SCREEN_COLUMNS - room,
					      arena);
	}
	print_table(r, out, indent, &t, arena);
}

const char *cut_sum(const struct knots_at *k, const struct cut *cut, struct arena *arena)
{
	const char *weight = knot_weight(k, cut->weight, arena);

	if (cut->optimal)
		return weight;
	return arena_printf(arena, "%s (no less than %s)", weight, text_number(arena, cut->bound));
}

static struct json *platforms_json(const struct report *r, uint32_t configs)
{
	struct json *list = json_array();

	for (uint32_t c = 0; c < r->source->nconfigs; c++)
		if (configs >> c & 1)
			json_push_text(list, r->source->config[c].name);
	return list;
}

static struct json *sites_json(const struct report *r, const struct knots_at *k,
			       const struct knot *knot, uint32_t edge)
{
	const struct graph *g = k->graph;
	struct json *list = json_array();

	for (uint32_t s = g->site_first[edge]; s < g->site_first[edge + 1]; s++) {
		const struct site *site = &g->site[s];
		struct json *object;

		if (!knot_has_site(k, knot, site))
			continue;
		object = json_object();
		json_set_text(object, "path", sym_text(g->syms, site->at.path));
		json_set_int(object, "line", site->at.line);
		json_set_int(object, "column", site->at.col);
		json_set_text(object, "import", sym_text(g->syms, site->path));
		json_set_bool(object, "test", site->test);
		json_set(object, "platforms", platforms_json(r, site->configs & knot->configs));
		json_push(list, object);
	}
	return list;
}

struct json *cut_json(const struct report *r, const struct knots_at *k, const struct knot *knot,
		      const struct cut *cut, const struct advice *advice)
{
	struct json *object = json_object(), *edges = json_array();

	for (uint32_t i = 0; i < cut->nedges; i++) {
		const struct cut_edge *e = &cut->edge[i];
		struct json *edge = json_object();

		json_set_text(edge, "from", name_of(k, e->from));
		json_set_text(edge, "to", name_of(k, e->to));
		json_set_int(edge, "lines", e->lines);
		json_set_int(edge, "weight", e->weight);
		json_set_int(edge, "step", e->step + 1);
		json_set_int(edge, "tied_before", e->tied_before);
		json_set_int(edge, "tied_after", e->tied_after);
		json_set(edge, "imports", sites_json(r, k, knot, e->edge));
		uses_set_advice(edge, r->source, &advice[i]);
		json_push(edges, edge);
	}
	json_set_text(object, "unit", k->weigh ? "symbols" : "import lines");
	json_set_int(object, "weight", cut->weight);
	json_set_int(object, "import_lines", cut->lines);
	json_set_int(object, "lower_bound", cut->bound);
	json_set_bool(object, "optimal", cut->optimal);
	json_set(object, "edges", edges);
	return object;
}
