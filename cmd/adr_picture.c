/* SPDX-License-Identifier: MIT */
/* adr_picture.c - decision records as a picture: time runs from left to right. */
#include "base/text.h"
#include "cmd/adr.h"
#include "graph/draw/draw.h"

#include <string.h>

#define LINE_COLUMNS 30u
#define LINES 3u
#define ALONE_MOST 40u                  /* records that nothing joins, if there are no more */

/* Words of at most LINE_COLUMNS a line; a longer title is cut. */
static const char *broken(const char *title, struct arena *a)
{
	const char *text = text_escape(a, title), *lines = "";
	size_t len = strlen(text);

	for (unsigned line = 1; *text; line++) {
		size_t at = 0, space = 0, columns = 0;

		while (at < len) {
			uint32_t point;
			size_t step = utf8_decode(text + at, len - at, &point);

			columns += text_point_width(point);
			if (columns > LINE_COLUMNS)
				break;
			at += step;
			space = at == len || text[at] == ' ' ? at : space;
		}
		if (line == LINES && at < len)
			return arena_printf(a, "%s%s", lines, text_cut(a, text, LINE_COLUMNS));
		at = at < len && space ? space : at;
		lines = arena_printf(a, "%s%.*s%s", lines, (int)at, text, at < len ? "\n" : "");
		at += strspn(text + at, " ");
		text += at;
		len -= at;
	}
	return lines;
}

static enum draw_kind kind_of(const struct adr *r)
{
	if (r->state == ADR_PROPOSED)
		return KIND_TEST;
	return r->state == ADR_SUPERSEDED || r->state == ADR_REJECTED ||
	       r->state == ADR_DEPRECATED ? KIND_OUTSIDE : KIND_PLAIN;
}

static struct draw_node node_of(const struct adr *r, struct arena *a)
{
	const char *label = adr_label(r, a);

	return (struct draw_node){
		.id = r->path, .cluster = ID_NONE, .kind = kind_of(r), .tooltip = r->path,
		.label = broken(*r->title.text ? r->title.text : r->name, a),
		.detail = arena_printf(a, "%s \xc2\xb7 %s%s%s", label, adr_status_shown(r, a),
				       *r->date.text ? ", " : "",
				       text_cut(a, text_escape(a, r->date.text), 10)),
	};
}

static int by_ends(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct draw_edge *a = va, *b = vb;

	if (a->from != b->from)
		return a->from > b->from ? 1 : -1;
	return a->to != b->to ? (a->to > b->to ? 1 : -1) : strcmp(b->label, a->label);
}

/* Both records may say it, once is drawn; numbers are those of the records. */
static uint32_t edges_of(const struct adrs *all, struct draw_edge *ret)
{
	uint32_t n = 0, kept = 0;

	for (uint32_t i = 0; i < all->count; i++)
		for (uint32_t k = 0; k < all->item[i].nlinks; k++) {
			const struct adr_link *l = &all->item[i].link[k];
			bool passive = l->relation == ADR_SUPERSEDED_BY ||
				       l->relation == ADR_AMENDED_BY;

			if (l->record == ADR_NONE || l->relation == ADR_REFERS || l->record == i)
				continue;
			ret[n++] = (struct draw_edge){
				.from = passive ? i : l->record, .to = passive ? l->record : i,
				.weight = 1, .label = l->relation <= ADR_SUPERSEDED_BY ?
					"superseded by" : "amended by",
			};
		}
	sort_with(ret, n, sizeof(*ret), by_ends, NULL);
	for (uint32_t i = 0; i < n; i++)
		if (!kept || ret[kept - 1].from != ret[i].from || ret[kept - 1].to != ret[i].to)
			ret[kept++] = ret[i];
	return kept;
}

/* Nodes of what is drawn; edges then have their numbers. */
static uint32_t nodes_of(const struct adrs *all, struct draw_edge *edge, uint32_t nedges,
			 struct draw_node *ret, struct arena *a)
{
	uint32_t *number = arena_array(a, uint32_t, all->count + 1), joined = 0, n = 0;
	bool *is_joined = arena_array(a, bool, all->count + 1);

	for (uint32_t e = 0; e < nedges; e++)
		is_joined[edge[e].from] = is_joined[edge[e].to] = true;
	for (uint32_t i = 0; i < all->count; i++)
		joined += is_joined[i];
	bool alone = all->count - joined <= ALONE_MOST;

	for (uint32_t i = 0; i < all->count; i++) {
		if (!is_joined[i] && !alone)
			continue;
		number[i] = n;
		ret[n++] = node_of(&all->item[i], a);
	}
	if (!alone)
		ret[n++] = (struct draw_node){
			.id = "alone", .cluster = ID_NONE, .kind = KIND_NOTE, .detail = "not drawn",
			.label = broken(arena_printf(a, "%s that no other supersedes or amends",
				text_count(a, all->count - joined, "record", "records")), a),
		};
	for (uint32_t e = 0; e < nedges; e++) {
		edge[e].from = number[edge[e].from];
		edge[e].to = number[edge[e].to];
	}
	return n;
}

int adr_picture(const struct adrs *all, struct arena *arena, const char *format, FILE *out,
		struct err *err)
{
	uint32_t links = 0;

	for (uint32_t i = 0; i < all->count; i++)
		links += all->item[i].nlinks;

	struct draw_node *node = arena_array(arena, struct draw_node, all->count + 1);
	struct draw_edge *edge = arena_array(arena, struct draw_edge, links + 1);
	uint32_t nedges = edges_of(all, edge);
	struct drawing picture = {
		.title = "Decision records", .node = node, .edge = edge, .nedges = nedges,
		.subtitle = all->dir ? text_escape(arena, all->dir) : NULL,
	};

	picture.nnodes = nodes_of(all, edge, nedges, node, arena);
	picture.word[MARK_COUNT + KIND_TEST] = "proposed";
	picture.word[MARK_COUNT + KIND_OUTSIDE] = "does not hold, or not any more";
	return !strcmp(format, "dot") ? draw_dot(&picture, out, err) :
		draw_mermaid(&picture, out, err);
}
