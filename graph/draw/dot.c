/* SPDX-License-Identifier: MIT */
/*
 * dot.c - DOT through libcgraph.  Nodes and edges are created in the order of
 * the drawing, and libcgraph writes them in the order of creation.
 */
#include "graph/draw/draw.h"
#include "graph/draw/dot_ids.h"
#include "graph/draw/escape.h"
#include "graph/draw/look.h"
#include "graph/draw/ranks.h"
#include "base/fault.h"
#include "base/sym.h"

#include <cgraph.h>
#include <stdlib.h>
#include <string.h>

#define LABELS_MAX 20u                  /* edges of a mark whose labels are all the same word */

/* The attributes that nodes, edges and clusters have, each declared once. */
enum attr {
	NODE_LABEL, NODE_TOOLTIP, NODE_ID, NODE_CLASS, NODE_COLOR, NODE_FILL, NODE_STYLE,
	NODE_WIDTH, NODE_SHAPE, NODE_URL,
	EDGE_TOOLTIP, EDGE_ID, EDGE_CLASS, EDGE_COLOR, EDGE_STYLE, EDGE_WIDTH, EDGE_LABEL,
	EDGE_HEAD, EDGE_FREE, EDGE_URL,
	BOX_LABEL, BOX_TOOLTIP, BOX_ID, BOX_CLASS, BOX_STYLE, BOX_FILL, BOX_COLOR, BOX_RANK,
	ATTR_COUNT
};

static const struct attr_row { int kind; const char *name, *value; } attrs[ATTR_COUNT] = {
	[NODE_LABEL] = { AGNODE, "label", "" },
	[NODE_TOOLTIP] = { AGNODE, "tooltip", "" },
	[NODE_ID] = { AGNODE, "id", "" },
	[NODE_CLASS] = { AGNODE, "class", "plain" },
	[NODE_COLOR] = { AGNODE, "color", "" },
	[NODE_FILL] = { AGNODE, "fillcolor", "" },
	[NODE_STYLE] = { AGNODE, "style", "rounded,filled" },
	[NODE_WIDTH] = { AGNODE, "penwidth", "1" },
	[NODE_SHAPE] = { AGNODE, "shape", "box" },
	[NODE_URL] = { AGNODE, "URL", "" },
	[EDGE_TOOLTIP] = { AGEDGE, "tooltip", "" },
	[EDGE_ID] = { AGEDGE, "id", "" },
	[EDGE_CLASS] = { AGEDGE, "class", "plain" },
	[EDGE_COLOR] = { AGEDGE, "color", "" },
	[EDGE_STYLE] = { AGEDGE, "style", "solid" },
	[EDGE_WIDTH] = { AGEDGE, "penwidth", "1" },
	[EDGE_LABEL] = { AGEDGE, "label", "" },
	[EDGE_HEAD] = { AGEDGE, "arrowhead", "normal" },
	[EDGE_FREE] = { AGEDGE, "constraint", "true" },
	[EDGE_URL] = { AGEDGE, "URL", "" },
	[BOX_LABEL] = { AGRAPH, "label", "" },
	[BOX_TOOLTIP] = { AGRAPH, "tooltip", "" },
	[BOX_ID] = { AGRAPH, "id", "" },
	[BOX_CLASS] = { AGRAPH, "class", "" },
	[BOX_STYLE] = { AGRAPH, "style", "" },
	[BOX_FILL] = { AGRAPH, "fillcolor", "" },
	[BOX_COLOR] = { AGRAPH, "color", "" },
	[BOX_RANK] = { AGRAPH, "rank", "" },
};

/* Attributes that are the same for all; linelength 0 keeps a value on one line. */
static const struct attr_row fixed[] = {
	{ AGRAPH, "charset", "UTF-8" },
	{ AGRAPH, "compound", "true" },
	{ AGRAPH, "fontname", DRAW_FONTS },
	{ AGRAPH, "labeljust", "l" },
	{ AGRAPH, "labelloc", "t" },
	{ AGRAPH, "linelength", "0" },
	{ AGRAPH, "nodesep", "0.22" },
	{ AGRAPH, "outputorder", "edgesfirst" },
	{ AGRAPH, "pad", "0.2" },
	{ AGNODE, "fontname", DRAW_FONTS },
	{ AGNODE, "height", "0.3" },
	{ AGNODE, "margin", "0.12,0.06" },
	{ AGNODE, "width", "0.4" },
	{ AGEDGE, "arrowsize", "0.7" },
	{ AGEDGE, "fontname", DRAW_FONTS },
};

struct sketch {
	const struct drawing *d;
	const struct theme *theme;
	Agraph_t *graph;
	Agraph_t **box;                 /* [nclusters] */
	Agnode_t **node;                /* [nnodes] */
	Agsym_t *attr[ATTR_COUNT];
	uint32_t largest;               /* size of a node */
	uint32_t marked[MARK_COUNT];    /* edges of each mark */
	bool highlighted;               /* some edges stand out: the others step back */
	const uint32_t *row;            /* [nnodes]; NULL = the layout finds them */
	uint32_t nrows;
	struct arena text;              /* emptied after each object */
	bool failed;
};

static void declare_one(struct sketch *k, int kind, const char *name, const char *value)
{
	k->failed |= !agattr(k->graph, kind, loose(name), loose(value));
}

static void declare(struct sketch *k)
{
	bool down = k->d->direction == DRAW_DOWN;

	for (unsigned i = 0; i < ARRAY_SIZE(fixed); i++)
		declare_one(k, fixed[i].kind, fixed[i].name, fixed[i].value);
	declare_one(k, AGRAPH, "bgcolor", k->theme->page);
	declare_one(k, AGRAPH, "fontcolor", k->theme->ink);
	declare_one(k, AGRAPH, "rankdir", down ? "TB" : "LR");
	declare_one(k, AGRAPH, "ranksep", down ? "0.45" : "0.7");
	declare_one(k, AGNODE, "fontcolor", k->theme->ink);
	declare_one(k, AGEDGE, "fontcolor", k->theme->soft);
	/* Rows go through boxes. */
	if (k->row)
		declare_one(k, AGRAPH, "newrank", "true");
	for (unsigned i = 0; i < ATTR_COUNT; i++) {
		const char *value = i == NODE_COLOR ? k->theme->line : i == NODE_FILL ?
				    k->theme->fill : i == EDGE_COLOR ? k->theme->edge :
				    attrs[i].value;

		k->attr[i] = agattr(k->graph, attrs[i].kind, loose(attrs[i].name), loose(value));
		k->failed |= !k->attr[i];
	}
}

static void set(struct sketch *k, void *object, enum attr which, const char *value)
{
	if (k->failed || !object || agxset(object, k->attr[which], loose(value)))
		k->failed = true;
}

/*
 * A string that libcgraph knows as HTML-like stays so wherever it is set.  It goes with the
 * graph: versions differ in how one is freed.
 */
static void set_html(struct sketch *k, void *object, enum attr which, const char *inside)
{
	char *text = agstrdup_html(k->graph, loose(inside));

	if (!text)
		k->failed = true;
	else
		set(k, object, which, text);
}

static const char *tooltip(struct sketch *k, const char *text)
{
	return dot_tooltip(&k->text, text ? text : "");
}

static const char *box_fill(const struct sketch *k, const struct draw_cluster *c)
{
	return c->box == BOX_LAYER && c->order ? k->theme->tint[(c->order - 1) % LAYER_TINTS] :
						 k->theme->box;
}

static void draw_clusters(struct sketch *k)
{
	for (uint32_t i = 0; !k->failed && i < k->d->nclusters; i++) {
		const struct draw_cluster *c = &k->d->cluster[i];
		/* Graphviz draws a box around subgraphs whose name begins so. */
		const char *name = dot_id(&k->text, arena_printf(&k->text, "cluster_%s", c->id));

		k->box[i] = agsubg(c->parent ? k->box[c->parent - 1] : k->graph, loose(name), 1);
		if (!k->box[i]) {
			k->failed = true;
			break;
		}
		set_html(k, k->box[i], BOX_LABEL, look_box_label(&k->text, k->theme, c));
		set(k, k->box[i], BOX_TOOLTIP, tooltip(k, c->id));
		set(k, k->box[i], BOX_ID, arena_printf(&k->text, "c%u", i + 1));
		set(k, k->box[i], BOX_CLASS, "cluster");
		set(k, k->box[i], BOX_STYLE, "rounded,filled");
		set(k, k->box[i], BOX_FILL, box_fill(k, c));
		set(k, k->box[i], BOX_COLOR, k->theme->box_line);
		arena_reset(&k->text);
	}
}

static void draw_nodes(struct sketch *k)
{
	for (uint32_t i = 0; !k->failed && i < k->d->nnodes; i++) {
		const struct draw_node *n = &k->d->node[i];
		const struct look *look = &draw_looks[draw_look(n->mark, n->kind)];
		const struct look *kind = &draw_looks[draw_look(MARK_NONE, n->kind)];
		Agnode_t *node = agnode(k->graph, loose(dot_id(&k->text, n->id)), 1);

		k->node[i] = node;
		if (!node) {
			k->failed = true;
			break;
		}
		const char *label = n->label ? n->label : "";
		unsigned points = look_points(n->size, k->largest);

		set_html(k, node, NODE_LABEL, n->detail ?
			 look_detailed(&k->text, k->theme, n->detail, label, points) :
			 look_label(&k->text, k->theme, label, points));
		set(k, node, NODE_TOOLTIP, tooltip(k, n->tooltip));
		set(k, node, NODE_ID, arena_printf(&k->text, "n%u", i + 1));
		set(k, node, NODE_CLASS, look->class);
		set(k, node, NODE_COLOR, look_line(k->theme, look));
		set(k, node, NODE_FILL, look_fill(k->theme, n->mark, n->kind));
		/* What it is shows beside why it is looked at. */
		set(k, node, NODE_STYLE, n->mark == MARK_REMOVED ? look->node : kind->node);
		set(k, node, NODE_SHAPE, kind->shape);
		set(k, node, NODE_WIDTH, look->thick ? "2.5" : "1");
		if (n->url)
			set(k, node, NODE_URL, n->url);
		if (!k->failed && n->cluster != ID_NONE)
			k->failed = !agsubnode(k->box[n->cluster], node, 1);
		arena_reset(&k->text);
	}
}

/* 1, then half a point more each time the weight doubles, up to 5. */
static const char *pen_width(struct arena *a, uint32_t weight, bool thick)
{
	unsigned halves = thick ? 4 : 2;

	for (; weight > 1 && halves < 10; weight /= 2)
		halves++;
	return arena_printf(a, halves % 2 ? "%u.5" : "%u", halves / 2);
}

static void draw_edges(struct sketch *k)
{
	for (uint32_t i = 0; !k->failed && i < k->d->nedges; i++) {
		const struct draw_edge *e = &k->d->edge[i];
		const struct look *look = &draw_looks[draw_look(e->mark, e->kind)];
		const char *label = e->label;
		Agedge_t *edge = agedge(k->graph, k->node[e->from], k->node[e->to], NULL, 1);

		if (!edge) {
			k->failed = true;
			break;
		}
		if (!label && k->marked[e->mark] <= LABELS_MAX)
			label = look->label;
		set(k, edge, EDGE_TOOLTIP, tooltip(k, e->tooltip));
		set(k, edge, EDGE_ID, arena_printf(&k->text, "e%u", i + 1));
		set(k, edge, EDGE_CLASS, look->class);
		set(k, edge, EDGE_COLOR, look_edge(&k->text, k->theme, look, k->highlighted));
		set(k, edge, EDGE_STYLE, e->kind == KIND_TEST ? "dashed" : look->edge);
		set(k, edge, EDGE_HEAD, look->head);
		set(k, edge, EDGE_WIDTH, pen_width(&k->text, e->weight, look->thick));
		if (label)
			set_html(k, edge, EDGE_LABEL,
				 look_edge_label(&k->text, k->theme, look, label));
		if (e->url)
			set(k, edge, EDGE_URL, e->url);
		/* What ought not to be there decides nothing: it is seen to point backwards. */
		if (k->row || e->mark == MARK_CUT || e->mark == MARK_FORBIDDEN)
			set(k, edge, EDGE_FREE, "false");
		arena_reset(&k->text);
	}
}

/* A node that nobody sees in each row, chained; nodes of a drawing have other names. */
static void draw_rows(struct sketch *k)
{
	Agraph_t **row = xcalloc((size_t)k->nrows + 1, sizeof(void *));
	Agnode_t *before = NULL;

	for (uint32_t i = 1; !k->failed && i <= k->nrows; i++) {
		const char *name = arena_printf(&k->text, "=row%u", i);
		Agnode_t *node;

		row[i] = agsubg(k->graph, loose(name), 1);
		node = row[i] ? agnode(row[i], loose(name), 1) : NULL;
		k->failed = !node;
		if (k->failed)
			break;
		set(k, row[i], BOX_RANK, "same");
		set(k, node, NODE_STYLE, "invis");
		set(k, node, NODE_SHAPE, "point");
		Agedge_t *edge = before ? agedge(k->graph, before, node, NULL, 1) : NULL;

		if (edge)
			set(k, edge, EDGE_STYLE, "invis");
		k->failed |= before && !edge;
		before = node;
		arena_reset(&k->text);
	}
	for (uint32_t i = 0; !k->failed && k->row && i < k->d->nnodes; i++)
		k->failed = !agsubnode(row[k->row[i]], k->node[i], 1);
	free(row);
}

static void measure(struct sketch *k)
{
	const struct drawing *d = k->d;

	for (uint32_t i = 0; i < d->nnodes; i++)
		k->largest = d->node[i].size > k->largest ? d->node[i].size : k->largest;
	for (uint32_t i = 0; i < d->nedges; i++)
		k->marked[d->edge[i].mark]++;
	k->highlighted = k->marked[MARK_NONE] < d->nedges;
}

static int put(void *channel, const char *s)
{
	return fault_hit(FAULT_WRITE) ? EOF : fputs(s, channel);
}

static int flush(void *channel)
{
	return fflush(channel);
}

static void check(const struct drawing *d)
{
	for (uint32_t i = 0; i < d->nclusters; i++)
		if (d->cluster[i].parent > i)
			BUG("cluster %u is in %u", i, d->cluster[i].parent);
	for (uint32_t i = 0; i < d->nnodes; i++)
		if (d->node[i].cluster != ID_NONE && d->node[i].cluster >= d->nclusters)
			BUG("cluster %u of %u", d->node[i].cluster, d->nclusters);
	for (uint32_t i = 0; i < d->nedges; i++)
		if (d->edge[i].from >= d->nnodes || d->edge[i].to >= d->nnodes)
			BUG("edge %u -> %u of %u nodes", d->edge[i].from, d->edge[i].to, d->nnodes);
}

int draw_dot(const struct drawing *d, FILE *out, struct err *err)
{
	Agiodisc_t io = { .afread = AgIoDisc.afread, .putstr = put, .flush = flush };
	Agiddisc_t ids = dot_ids();
	/* What is not named is the library's own; newer ones have fewer members. */
	Agdisc_t disc = { .id = &ids, .io = &io };
	struct sketch k = { .d = d, .theme = draw_theme(d->theme), .text = ARENA_INIT };
	struct arena rows = ARENA_INIT;
	int rc = 0;

	check(d);
	measure(&k);
	k.row = draw_ranks(d, &rows, &k.nrows);
	k.box = xcalloc((size_t)d->nclusters + 1, sizeof(void *));
	k.node = xcalloc((size_t)d->nnodes + 1, sizeof(void *));
	k.graph = agopen(loose(dot_id(&k.text, d->title ? d->title : "graph")), Agdirected, &disc);
	k.failed = !k.graph;
	if (!k.failed) {
		const char *header = look_header(&k.text, d);

		declare(&k);
		if (*header)
			set_html(&k, k.graph, BOX_LABEL, header);
		draw_clusters(&k);
		draw_nodes(&k);
		draw_edges(&k);
		draw_rows(&k);
	}
	if (k.failed)
		rc = err_set(err, ERR_SYSTEM, "out of memory in libcgraph");
	else if (agwrite(k.graph, out) || ferror(out))
		rc = err_set(err, ERR_SYSTEM, "cannot write the graph as DOT");
	if (k.graph)
		agclose(k.graph);
	arena_release(&k.text);
	arena_release(&rows);
	free(k.box);
	free(k.node);
	return rc;
}
