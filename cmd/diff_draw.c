/* SPDX-License-Identifier: MIT */
/*
 * diff_draw.c - a change as a picture: packages whose imports came or went, what
 * was added green, what is forbidden red, what was removed dashed; in words too.
 * And as lines for pipes.
 */
#include "base/text.h"
#include "cmd/diff.h"
#include "graph/draw/draw.h"

#include <string.h>

typedef int draw_fn(const struct drawing *d, FILE *out, uint32_t *ret_percent, struct err *err);

struct point { const char *id, *group; uint32_t number; };

struct sketch {
	const struct diff *d;
	struct arena arena;
	struct point *point;            /* by id, each once */
	uint32_t npoints, left_out;
	struct draw_cluster *cluster;
	struct draw_node *node;
	struct draw_edge *edge, *around;
	uint32_t nclusters, nnodes, nedges;
};

static int by_id(const void *a, const void *b, void *ctx UNUSED)
{
	return strcmp(((const struct point *)a)->id, ((const struct point *)b)->id);
}

static struct point *find(const struct sketch *k, const char *id)
{
	uint32_t lo = 0, hi = k->npoints;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (strcmp(k->point[mid].id, id) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < k->npoints && !strcmp(k->point[lo].id, id) ? &k->point[lo] : NULL;
}

static const char *group_of(const char *context, const char *layer)
{
	return context ? context : layer;
}

/* Every package that is an end of an edge, or came or went itself. */
static void collect(struct sketch *k)
{
	const struct diff *d = k->d;
	uint32_t n = 0, kept = 0;

	k->point = arena_array(&k->arena, struct point, (size_t)d->nedges * 2 + d->npackages);
	for (uint32_t i = 0; i < d->nedges; i++) {
		const struct diff_edge *e = &d->edge[i];

		if (e->change == DIFF_CHANGED)
			continue;
		k->point[n++] = (struct point){
			e->from, group_of(e->from_context, e->from_layer), ID_NONE,
		};
		k->point[n++] = (struct point){
			e->to, group_of(e->to_context, e->to_layer), ID_NONE,
		};
	}
	for (uint32_t i = 0; i < d->npackages; i++)
		k->point[n++] = (struct point){
			d->package[i].id, group_of(d->package[i].context, d->package[i].layer),
			ID_NONE,
		};
	sort_with(k->point, n, sizeof(*k->point), by_id, NULL);
	for (uint32_t i = 0; i < n; i++)
		if (!kept || strcmp(k->point[kept - 1].id, k->point[i].id) != 0)
			k->point[kept++] = k->point[i];
		else if (!k->point[kept - 1].group)
			k->point[kept - 1].group = k->point[i].group;
	k->npoints = kept;
}

static const struct diff_package *package_of(const struct diff *d, const char *id)
{
	for (uint32_t i = 0; i < d->npackages; i++)
		if (!strcmp(d->package[i].id, id))
			return &d->package[i];
	return NULL;
}

static uint32_t cluster_of(struct sketch *k, const char *group)
{
	if (!group)
		return ID_NONE;
	for (uint32_t i = 0; i < k->nclusters; i++)
		if (!strcmp(k->cluster[i].label, group))
			return i;
	k->cluster[k->nclusters] = (struct draw_cluster){
		.id = arena_printf(&k->arena, "group:%s", group), .label = group,
	};
	return k->nclusters++;
}

static void add_node(struct sketch *k, struct point *p)
{
	const struct diff_package *package = package_of(k->d, p->id);
	const char *label = p->id, *word = "";
	enum draw_mark mark = MARK_NONE;

	if (p->number != ID_NONE)
		return;
	if (package) {
		switch (package->change) {
		case DIFF_ADDED: mark = MARK_ADDED; word = ", new"; break;
		case DIFF_REMOVED: mark = MARK_REMOVED; word = ", removed"; break;
		case DIFF_CHANGED: word = ", renamed"; break;
		}
	}
	p->number = k->nnodes;
	k->node[k->nnodes++] = (struct draw_node){
		.id = p->id, .label = arena_printf(&k->arena, "%s%s", label, word),
		.tooltip = package && package->was ?
			   arena_printf(&k->arena, "was %s", package->was) : "",
		.cluster = cluster_of(k, p->group), .mark = mark,
	};
}

static enum draw_mark mark_of(const struct diff_edge *e)
{
	if (e->change == DIFF_REMOVED)
		return MARK_REMOVED;
	return e->verdict == DIFF_FORBIDDEN ? MARK_FORBIDDEN : MARK_ADDED;
}

/* Both ends fit, or the edge is left out. */
static void try_edge(struct sketch *k, const struct diff_edge *e, uint32_t most)
{
	struct point *from = find(k, e->from), *to = find(k, e->to);
	uint32_t needed = (from->number == ID_NONE) + (to->number == ID_NONE);
	const char *label = e->change == DIFF_REMOVED ? "removed" : "new";

	if (most && k->nnodes + needed > most) {
		k->left_out++;
		return;
	}
	if (e->change == DIFF_ADDED && e->verdict == DIFF_FORBIDDEN)
		label = "new, forbidden";
	add_node(k, from);
	add_node(k, to);
	k->edge[k->nedges++] = (struct draw_edge){
		.from = from->number, .to = to->number,
		.weight = e->weight ? e->weight : e->was, .mark = mark_of(e), .label = label,
		.tooltip = arena_printf(&k->arena, "%s -> %s\n%s:%u", e->from, e->to, e->path,
					e->line),
	};
}

/* Was it added, or did its weight change?  Edges are by from, then to. */
static const struct diff_edge *find_edge(const struct diff *d, const char *from, const char *to)
{
	uint32_t lo = 0, hi = d->nedges;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		int c = strcmp(d->edge[mid].from, from);

		c = c ? c : strcmp(d->edge[mid].to, to);
		if (!c)
			return &d->edge[mid];
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

/* What was there before, between packages that are in the picture anyway. */
static void add_around(struct sketch *k)
{
	const struct graph *g = k->d->head.graph;
	const struct edge_filter any = { ID_NONE, k->d->tests };
	uint32_t n = k->nedges;

	k->around = arena_array(&k->arena, struct draw_edge, (size_t)n + g->nedges);
	memcpy(k->around, k->edge, n * sizeof(*k->edge));
	for (uint32_t p = 0; p < g->npkgs; p++) {
		const struct point *from = find(k, sym_text(g->syms, g->id[p]));

		if (!from || from->number == ID_NONE)
			continue;
		graph_foreach_out(g, p, e) {
			const char *name = sym_text(g->syms, g->id[g->out_to[e]]);
			const struct point *to = find(k, name);
			const struct diff_edge *known = find_edge(k->d, from->id, name);

			if (!to || to->number == ID_NONE || !edge_alive(g, e, any) ||
			    (known && known->change != DIFF_CHANGED))
				continue;
			k->around[n++] = (struct draw_edge){
				.from = from->number, .to = to->number, .weight = 1,
				.tooltip = arena_printf(&k->arena, "%s -> %s\nas before",
							from->id, name),
				.kind = g->out_configs[e] ? KIND_PLAIN : KIND_TEST,
			};
		}
	}
	k->edge = k->around;
	k->nedges = n;
}

/* What is forbidden first, then what was added, then what went. */
static unsigned rank_of(const struct diff_edge *e)
{
	if (e->change == DIFF_REMOVED)
		return 2;
	return e->verdict == DIFF_FORBIDDEN ? 0 : 1;
}

static int write_as(const struct diff *d, uint32_t most, FILE *out, draw_fn *draw,
		    struct err *err)
{
	uint32_t percent = 100;

	struct sketch k = { .d = d, .arena = ARENA_INIT };
	uint32_t packages = 0;

	collect(&k);
	k.cluster = arena_array(&k.arena, struct draw_cluster, (size_t)k.npoints + 1);
	k.node = arena_array(&k.arena, struct draw_node, (size_t)k.npoints + 1);
	k.edge = arena_array(&k.arena, struct draw_edge, d->nedges);
	for (unsigned rank = 0; rank < 3; rank++)
		for (uint32_t i = 0; i < d->nedges; i++)
			if (d->edge[i].change != DIFF_CHANGED && rank_of(&d->edge[i]) == rank)
				try_edge(&k, &d->edge[i], most);
	for (uint32_t i = 0; i < k.npoints; i++) {
		if (k.point[i].number != ID_NONE)
			continue;
		if (most && k.nnodes >= most)
			packages++;
		else
			add_node(&k, &k.point[i]);
	}
	/* A comment has room for what changed only. */
	if (!most)
		add_around(&k);
	if (k.left_out || packages)
		k.node[k.nnodes++] = (struct draw_node){
			.id = "//more", .label = arena_printf(&k.arena, "%u more imports and %u "
				"more packages", k.left_out, packages),
			.tooltip = "", .cluster = ID_NONE, .kind = KIND_NOTE,
		};
	if (!k.nnodes)
		k.node[k.nnodes++] = (struct draw_node){
			.id = "//none", .label = "no import between packages came or went",
			.tooltip = "", .cluster = ID_NONE, .kind = KIND_NOTE,
		};
	const struct drawing picture = {
		.title = arena_printf(&k.arena, "%.7s to %.12s", d->sides->base_commit,
				      d->head.source->rev.clean ?
				      arena_printf(&k.arena, "%.7s", d->head.source->rev.commit) :
				      "working tree"),
		.cluster = k.cluster, .node = k.node, .edge = k.edge, .nclusters = k.nclusters,
		.nnodes = k.nnodes, .nedges = k.nedges, .theme = (enum draw_theme)d->theme,
	};
	int rc = draw(&picture, out, &percent, err);

	if (!rc && percent < 100)
		fprintf(stderr, "meshctl: the picture is too large for a PNG and was scaled down "
			"to %u %%: --format svg has no such limit\n", percent);

	arena_release(&k.arena);
	return rc;
}

static int draw_text(const struct drawing *d, FILE *out, uint32_t *ret_percent UNUSED,
		     struct err *err)
{
	return draw_dot(d, out, err);
}

int diff_write_dot(const struct diff *d, FILE *out, struct err *err)
{
	return write_as(d, 0, out, draw_text, err);
}

static int draw_chart(const struct drawing *d, FILE *out, uint32_t *ret_percent UNUSED,
		      struct err *err)
{
	return draw_mermaid(d, out, err);
}

int diff_write_mermaid(const struct diff *d, uint32_t most, FILE *out, struct err *err)
{
	return write_as(d, most, out, draw_chart, err);
}

int diff_write_svg(const struct diff *d, FILE *out, struct err *err)
{
	return write_as(d, 0, out, draw_svg, err);
}

int diff_write_png(const struct diff *d, FILE *out, struct err *err)
{
	return write_as(d, 0, out, draw_png, err);
}

int diff_write_edges(const struct diff *d, FILE *out, struct err *err UNUSED)
{
	static const char *const word[] = { "added", "removed", "changed" };
	struct arena a = ARENA_INIT;

	for (uint32_t i = 0; i < d->nedges; i++) {
		const struct diff_edge *e = &d->edge[i];

		fprintf(out, "%s\t%s\t", text_escape(&a, e->from), text_escape(&a, e->to));
		fprintf(out, "%u\t%s:%u:%u\t%s\t%s\n", e->change == DIFF_REMOVED ? e->was :
			e->weight, text_escape(&a, e->path), e->line, e->column,
			word[e->change], diff_verdict_name[e->verdict]);
		arena_reset(&a);
	}
	arena_release(&a);
	return 0;
}
