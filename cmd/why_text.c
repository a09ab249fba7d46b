/* SPDX-License-Identifier: MIT */
/*
 * why_text.c - the ways from FROM to TO for a person, an import a line; what to
 * remove to part the two; who leads to TO, by distance.
 */
#include "analyzers/circles.h"
#include "base/text.h"
#include "cmd/output.h"
#include "cmd/report/paint.h"
#include "cmd/report/proof.h"
#include "cmd/report/text.h"
#include "cmd/uses_view.h"
#include "cmd/why.h"

#include <string.h>

#define NAMES_MIN 24u                   /* columns of a node, or of "node -> node", at least */
#define NAMES_MAX 60u
#define WRITTEN_MIN 16u                 /* fewer columns are not worth an import */
#define DIRECT_MAX 12u                  /* importers by name at distance 1, without --all */
#define FAR_MAX 4u                      /* ... farther away */
#define DISTANCES_MAX 4u                /* distances with names, without --all */

struct page {
	const struct why *w;
	struct report r;                /* for the blocks that all reports end with */
	FILE *out;
	bool all;
	struct arena arena;
};

/* A line of the answer, made before the columns are known; all of it escaped. */
struct line {
	const char *from;               /* NULL: only to */
	const char *to;
	const char *place, *more;
	const char *alias;              /* of the import, and a space */
	const char *path;               /* of the import; NULL: not shown */
	const struct edge_symbols *used;/* to be listed below; or NULL */
};

static const char *place_of(struct page *p, const struct why_hop *hop)
{
	return text_place(p->w->source->syms, &hop->site->at, &p->arena);
}

static const char *plain(struct page *p, const char *text)
{
	return text_escape(&p->arena, text);
}

static struct line line_of(struct page *p, const struct why_hop *hop)
{
	struct line line = {
		.from = plain(p, hop->from), .to = plain(p, hop->to),
		.place = place_of(p, hop), .more = "",
	};

	if (p->w->weigh)
		line.more = arena_printf(&p->arena, "  %s",
					 text_count(&p->arena, hop->weight, "symbol", "symbols"));
	else if (hop->lines > 1)
		line.more = arena_printf(&p->arena, "  +%s",
					 text_count(&p->arena, hop->lines - 1, "line", "lines"));
	if (hop->test)
		line.more = arena_printf(&p->arena, "%s  (test)", line.more);
	if (p->w->list) {
		struct edge_symbols *used = arena_new(&p->arena, struct edge_symbols);

		why_uses(p->w, hop->edge, hop->configs, &p->arena, used);
		line.used = used;
	}
	return line;
}

/* "-> to", or "from -> to" with both ends recognisable: each may use half of the room. */
static const char *names_of(struct page *p, const struct line *line, size_t columns)
{
	size_t room = columns - strlen(line->from ? " -> " : "-> ");

	if (!line->from)
		return arena_printf(&p->arena, "-> %s", text_cut_path(&p->arena, line->to, room));
	if (!line->to)
		return text_cut_path(&p->arena, line->from, columns);
	size_t half = room / 2, wfrom = text_width(line->from), wto = text_width(line->to);
	const char *from = line->from;

	if (wfrom + wto > room)
		from = text_cut_path(&p->arena, from,
				     wto < half ? room - wto : wfrom < half ? wfrom : half);
	return arena_printf(&p->arena, "%s -> %s", from,
			    text_cut_path(&p->arena, line->to, room - text_width(from)));
}

/* The import as written; of a path that is too long the end. */
static const char *written_of(struct page *p, const struct line *line, size_t columns)
{
	size_t used = text_width(line->alias) + 2;

	return arena_printf(&p->arena, "%s\"%s\"", line->alias,
			    text_cut_path(&p->arena, line->path,
					  columns > used ? columns - used : 1));
}

struct widths { size_t room, names, places, written, widest; };

static void print_line(struct page *p, unsigned indent, const struct line *line,
		       const struct widths *w)
{
	struct arena *a = &p->arena;
	const char *place = line->place, *tail = line->more;
	/* What does not fit beside its edge stands below it. */
	size_t used = indent + w->names + 2 + (*tail ? w->places : text_width(place));

	if (used + text_width(tail) > SCREEN_COLUMNS) {
		fprintf(p->out, "%*s%s\n%*s%s%s\n", (int)indent, "",
			names_of(p, line, SCREEN_COLUMNS - indent), (int)indent + 2, "", place,
			tail);
		return;
	}
	fprintf(p->out, "%*s%s  ", (int)indent, "",
		text_pad(a, names_of(p, line, w->room), w->names));
	used = w->places;
	if (w->written) {
		place = arena_printf(a, "%s  %s", text_pad(a, place, w->places),
				     written_of(p, line, w->written));
		used += 2 + w->widest;
	}
	fprintf(p->out, "%s%s\n", *tail ? text_pad(a, place, used) : place, tail);
}

/* Places are there to be clicked and never cut: first imports, then names give way. */
static void print_lines(struct page *p, unsigned indent, struct line *line, uint32_t count)
{
	static const char *const no_imports[] = { NULL };
	size_t names = 0, places = 0, more = 0, written = 0, widest = 0;

	for (uint32_t i = 0; i < count; i++) {
		size_t at = text_width(line[i].place), m = text_width(line[i].more);

		places = at > places ? at : places;
		more = m > more ? m : more;
	}
	size_t fixed = indent + 2 + places + more, room = NAMES_MIN;

	if (fixed + room < SCREEN_COLUMNS)
		room = SCREEN_COLUMNS - fixed;
	room = room > NAMES_MAX ? NAMES_MAX : room;
	for (uint32_t i = 0; i < count; i++) {
		size_t n = text_width(names_of(p, &line[i], room));

		names = n > names ? n : names;
	}
	if (count && line[0].path && fixed + names + 2 + WRITTEN_MIN <= SCREEN_COLUMNS)
		written = SCREEN_COLUMNS - fixed - names - 2;
	for (uint32_t i = 0; i < count && written; i++) {
		size_t n = text_width(written_of(p, &line[i], written));

		widest = n > widest ? n : widest;
	}
	const struct widths w = { room, names, places, written, widest };

	for (uint32_t i = 0; i < count; i++) {
		print_line(p, indent, &line[i], &w);
		if (line[i].used)
			uses_print(p->out, indent + 4, p->w->source->syms, no_imports,
				   line[i].used, 0, &p->arena);
	}
}

/* "internal/order", "gorm.io/gorm (another module)", "internal/... (12 packages)" */
static const char *end_words(struct page *p, const struct why_end *end)
{
	const struct name *n = &end->name;
	const char *text = plain(p, n->text), *kind;

	switch (n->kind) {
	case NAME_NODE:
		return text;
	case NAME_BELOW:
		return arena_printf(&p->arena, "%s (%s %s)", text, text_number(&p->arena, n->count),
				    n->count == 1 ? "of them" : level_nodes(p->w->level));
	case NAME_OUTSIDE:
		break;
	}
	kind = outside_words(n->outside);
	if (n->count == 1)
		return arena_printf(&p->arena, "%s (%s)", text, kind);
	return arena_printf(&p->arena, "%s (%s of %s)", text,
			    text_count(&p->arena, n->count, "package", "packages"),
			    n->outside == IMPORT_EXTERNAL ? "other modules" : kind);
}

static void wrap(struct page *p, const char *text)
{
	text_wrap(p->out, text, 0, SCREEN_COLUMNS);
}

static void print_way(struct page *p, const struct path *path)
{
	struct line *line = arena_array(&p->arena, struct line, path->nedges);

	fprintf(p->out, "%s%s%s\n", paint_on(p->r.color, PAINT_BOLD),
		plain(p, why_node(p->w, p->w->from.node)), paint_off(p->r.color));
	for (uint32_t i = 0; i < path->nedges; i++) {
		struct why_hop hop = why_hop(p->w, path->edge[i], path->configs);

		line[i] = line_of(p, &hop);
		line[i].from = NULL;
		line[i].path = plain(p, hop.path);
		line[i].alias = "";
		if (*hop.alias)
			line[i].alias = arena_printf(&p->arena, "%s ", plain(p, hop.alias));
	}
	print_lines(p, 2, line, path->nedges);
	fputc('\n', p->out);
}

static const char *platforms(struct page *p, uint32_t configs)
{
	return config_names(p->w->source, configs, &p->arena);
}

/* What else leads there, and the fewest edges that part the two. */
static void print_cut(struct page *p)
{
	const struct why *w = p->w;
	uint32_t config = 1u << w->config, weight = 0;
	struct line *line = arena_array(&p->arena, struct line, w->ways.ncut);

	for (uint32_t i = 0; i < w->ways.ncut; i++) {
		struct why_hop hop = why_hop(w, w->ways.cut[i], config);

		weight += hop.weight;
		line[i] = line_of(p, &hop);
	}
	wrap(p, arena_printf(&p->arena, "to part them on %s, remove %s (%s); fewer cannot do",
			     platforms(p, config),
			     text_count(&p->arena, w->ways.ncut, "edge", "edges"),
			     text_count(&p->arena, weight, w->weigh ? "symbol" : "import line",
					w->weigh ? "symbols" : "import lines")));
	print_lines(p, 2, line, w->ways.ncut);
	fputc('\n', p->out);
}

static void print_all_ways(struct page *p)
{
	const struct why *w = p->w;

	wrap(p, arena_printf(&p->arena, "%s -> %s: %s%s", end_words(p, &w->from),
			     end_words(p, &w->to), w->ways.more ? "more than " : "",
			     text_count(&p->arena, w->ways.count,
					"way; every other shares an edge with it",
					"ways, no two share an edge; shortest first")));
	fputc('\n', p->out);
	if (w->ways.path[0].nedges > w->shortest.nedges)
		wrap(p, arena_printf(&p->arena, "the shortest way of all has %s and shares an edge "
				     "with two of these: meshctl why without --all",
				     text_count(&p->arena, w->shortest.nedges, "import",
						"imports")));
	for (uint32_t i = 0; i < w->ways.count; i++) {
		const struct path *path = &w->ways.path[i];

		wrap(p, arena_printf(&p->arena, "way %u: %s, on %s", i + 1,
				     text_count(&p->arena, path->nedges, "import", "imports"),
				     platforms(p, path->configs)));
		print_way(p, path);
	}
	if (w->ways.ncut)
		print_cut(p);
}

/* One edge is all there is: it has been printed. */
static void print_only(struct page *p)
{
	uint32_t config = 1u << p->w->config;
	struct why_hop hop = why_hop(p->w, p->w->shortest.edge[0], config);

	const char *lines = "this import line";

	if (hop.lines > 1)
		lines = arena_printf(&p->arena, "these %s import lines",
				     text_number(&p->arena, hop.lines));
	wrap(p, arena_printf(&p->arena, "there is no other way on %s: without %s the two are apart",
			     platforms(p, config), lines));
}

static void print_shortest(struct page *p)
{
	const struct why *w = p->w;

	wrap(p, arena_printf(&p->arena, "%s -> %s: %s, on %s", end_words(p, &w->from),
			     end_words(p, &w->to),
			     text_count(&p->arena, w->shortest.nedges, "import", "imports"),
			     platforms(p, w->shortest.configs)));
	fputc('\n', p->out);
	print_way(p, &w->shortest);
	if (w->ways.count > 1)
		wrap(p, arena_printf(&p->arena, "%s%s that share no edge, and what to remove to "
				     "part the two: --all", w->ways.more ? "more than " : "",
				     text_count(&p->arena, w->ways.count, "way", "ways")));
	else if (w->shortest.nedges > 1)
		print_cut(p);
	else
		print_only(p);
	if (w->ways.count > 1 || w->shortest.nedges == 1)
		fputc('\n', p->out);
}

static void print_none(struct page *p)
{
	const struct why *w = p->w;
	const char *from = plain(p, w->from.name.text), *to = plain(p, w->to.name.text);

	wrap(p, arena_printf(&p->arena, "%s does not lead to %s on %s%s", end_words(p, &w->from),
			     end_words(p, &w->to), platforms(p, UINT32_MAX),
			     w->tests ? ", not even in tests" : ""));
	if (w->mixed)
		wrap(p, "it would if imports of different platforms were built together, which no "
			"build does");
	if (w->with_tests)
		wrap(p, arena_printf(&p->arena, "through tests it does: meshctl why %s %s %s",
				     w->with_tests, from, to));
	if (w->back)
		wrap(p, arena_printf(&p->arena, "the other way round there is a path of %s: "
				     "meshctl why %s %s",
				     text_count(&p->arena, w->back, "import", "imports"), to,
				     from));
	else if (w->to.name.kind != NAME_OUTSIDE)
		wrap(p, "nor is there a path the other way round");
	fputc('\n', p->out);
}

/* The importers at one distance: how many, and the first of them by name. */
static void print_distance(struct page *p, uint32_t distance, uint32_t most)
{
	const struct why *w = p->w;
	const struct leads *l = &w->leads;
	uint32_t count = 0, n = 0;

	for (uint32_t i = 0; i < w->graph->npkgs; i++)
		count += l->distance[i] == distance;
	/* "1 more" is as long as the line that it hides. */
	uint32_t shown = p->all || count <= most + 1 ? count : most;
	struct line *line = arena_array(&p->arena, struct line, shown);

	for (uint32_t i = 0; i < w->graph->npkgs && n < shown; i++) {
		if (l->distance[i] != distance)
			continue;
		struct why_hop hop = why_hop(w, l->edge[i], 1u << l->config[i]);

		line[n] = line_of(p, &hop);
		/* All of the first distance lead to the same. */
		if (distance == 1)
			line[n].to = NULL;
		n++;
	}
	fprintf(p->out, "%s away: %s\n",
		text_count(&p->arena, distance, "import", "imports"),
		text_number(&p->arena, count));
	print_lines(p, 2, line, shown);
	if (shown < count)
		fprintf(p->out, "  %s more: --all\n", text_number(&p->arena, count - shown));
}

static void print_leads(struct page *p)
{
	const struct why *w = p->w;
	const struct leads *l = &w->leads;
	uint32_t direct = 0, rest = 0, last = l->farthest;

	for (uint32_t i = 0; i < w->graph->npkgs; i++) {
		direct += l->distance[i] == 1;
		rest += l->distance[i] != ID_NONE && l->distance[i] > DISTANCES_MAX;
	}
	wrap(p, arena_printf(&p->arena, "%s: %s of %s %s lead here, %s directly",
			     end_words(p, &w->to), text_number(&p->arena, l->count),
			     text_number(&p->arena, w->nodes), level_nodes(w->level),
			     text_number(&p->arena, direct)));
	fputc('\n', p->out);
	/* One distance more is as long as the line that hides it. */
	if (!p->all && last > DISTANCES_MAX + 1)
		last = DISTANCES_MAX;
	for (uint32_t d = 1; d <= last; d++)
		print_distance(p, d, d == 1 ? DIRECT_MAX : FAR_MAX);
	if (last < l->farthest)
		fprintf(p->out, "%s%u imports away: %s: --all\n",
			last + 1 == l->farthest ? "" : arena_printf(&p->arena, "%u to ", last + 1),
			l->farthest, text_number(&p->arena, rest));
	fputc('\n', p->out);
}

static void print_nobody(struct page *p)
{
	const struct why *w = p->w;

	wrap(p, arena_printf(&p->arena, "nothing leads to %s on %s%s", end_words(p, &w->to),
			     platforms(p, UINT32_MAX),
			     w->tests ? "" : "; with --tests the imports of tests count"));
	fputc('\n', p->out);
}

static const char *verdict(struct page *p)
{
	const struct why *w = p->w;
	const char *text = w->reverse ? "no importer" : "no path";

	if (w->any && w->reverse)
		text = text_count(&p->arena, w->leads.count, "importer", "importers");
	else if (w->any)
		text = arena_printf(&p->arena, "%s%s", w->ways.more ? "more than " : "",
				    text_count(&p->arena, w->ways.count, "way", "ways"));
	if (w->incomplete)
		text = arena_printf(&p->arena, "incomplete: %s; %s", plain(p, w->incomplete), text);
	return arena_printf(&p->arena, "%s; exit %d", text, (int)w->status);
}

int why_write_text(const struct why *w, const struct output *o, bool all, struct err *err UNUSED)
{
	struct page p = {
		.w = w, .out = o->file, .all = all,
		.r = { .source = w->source, .graph = w->packages, .color = o->color,
		       .symbols = w->symbols },
	};

	if (w->reverse)
		(w->any ? print_leads : print_nobody)(&p);
	else
		(!w->any ? print_none : all ? print_all_ways : print_shortest)(&p);
	text_block(&p.r, p.out, "checked", plain(&p, proof_words(&p.r, &p.arena)));
	text_block(&p.r, p.out, "result", verdict(&p));
	arena_release(&p.arena);
	return 0;
}
