/* SPDX-License-Identifier: MIT */
/*
 * dot.c - DOT through libcgraph.  Nodes and edges are created in the order of
 * the drawing, and libcgraph writes them in the order of creation.
 */
#include "graph/draw/draw.h"
#include "graph/draw/dot_ids.h"
#include "graph/draw/escape.h"
#include "base/fault.h"
#include "base/sym.h"

#include <cgraph.h>
#include <stdlib.h>
#include <string.h>

/* Pinned, because a default differs from machine to machine and moves everything. */
#define FONT "DejaVu Sans"

static const struct look {
	const char *class, *color, *style;
} looks[DRAW_LOOKS] = {
	[MARK_CYCLE] = { "cycle", "red", "solid" },
	[MARK_CUT] = { "cut", "red", "bold" },
	[MARK_PATH] = { "path", "blue", "bold" },
	[MARK_ADDED] = { "added", "green4", "bold" },
	[MARK_REMOVED] = { "removed", "gray50", "dashed" },
	[MARK_CHANGED] = { "changed", "blue", "solid" },
	[MARK_FORBIDDEN] = { "forbidden", "red", "bold" },
	[MARK_COUNT + KIND_PLAIN] = { "plain", "black", "solid" },
	[MARK_COUNT + KIND_TEST] = { "test", "gray40", "dashed" },
	[MARK_COUNT + KIND_OUTSIDE] = { "outside", "gray60", "solid" },
	[MARK_COUNT + KIND_GROUP] = { "group", "black", "solid" },
	[MARK_COUNT + KIND_NOTE] = { "note", "gray60", "solid" },
};

/* The attributes that nodes, edges and clusters have, each declared once. */
enum attr {
	NODE_LABEL, NODE_TOOLTIP, NODE_ID, NODE_CLASS, NODE_COLOR, NODE_STYLE,
	EDGE_TOOLTIP, EDGE_ID, EDGE_CLASS, EDGE_COLOR, EDGE_STYLE, EDGE_WIDTH, EDGE_LABEL,
	BOX_LABEL, BOX_TOOLTIP, BOX_ID, BOX_CLASS, ATTR_COUNT
};

static const struct attr_row { int kind; const char *name, *value; } attrs[ATTR_COUNT] = {
	[NODE_LABEL] = { AGNODE, "label", "\\N" },
	[NODE_TOOLTIP] = { AGNODE, "tooltip", "" },
	[NODE_ID] = { AGNODE, "id", "" },
	[NODE_CLASS] = { AGNODE, "class", "plain" },
	[NODE_COLOR] = { AGNODE, "color", "black" },
	[NODE_STYLE] = { AGNODE, "style", "solid" },
	[EDGE_TOOLTIP] = { AGEDGE, "tooltip", "" },
	[EDGE_ID] = { AGEDGE, "id", "" },
	[EDGE_CLASS] = { AGEDGE, "class", "plain" },
	[EDGE_COLOR] = { AGEDGE, "color", "black" },
	[EDGE_STYLE] = { AGEDGE, "style", "solid" },
	[EDGE_WIDTH] = { AGEDGE, "penwidth", "1" },
	[EDGE_LABEL] = { AGEDGE, "label", "" },
	[BOX_LABEL] = { AGRAPH, "label", "" },
	[BOX_TOOLTIP] = { AGRAPH, "tooltip", "" },
	[BOX_ID] = { AGRAPH, "id", "" },
	[BOX_CLASS] = { AGRAPH, "class", "" },
};

/* Attributes that are the same for all; linelength 0 keeps a value on one line. */
static const struct attr_row fixed[] = {
	{ AGRAPH, "charset", "UTF-8" },
	{ AGRAPH, "compound", "true" },
	{ AGRAPH, "fontname", FONT },
	{ AGRAPH, "labelloc", "t" },
	{ AGRAPH, "linelength", "0" },
	{ AGRAPH, "rankdir", "LR" },
	{ AGNODE, "fontname", FONT },
	{ AGNODE, "shape", "box" },
	{ AGEDGE, "fontname", FONT },
};

struct sketch {
	const struct drawing *d;
	Agraph_t *graph;
	Agraph_t **box;                 /* [nclusters] */
	Agnode_t **node;                /* [nnodes] */
	Agsym_t *attr[ATTR_COUNT];
	struct arena text;              /* emptied after each object */
	bool failed;
};

static void declare(struct sketch *k)
{
	for (unsigned i = 0; i < ARRAY_SIZE(fixed); i++)
		k->failed |= !agattr(k->graph, fixed[i].kind, loose(fixed[i].name),
				     loose(fixed[i].value));
	for (unsigned i = 0; i < ATTR_COUNT; i++) {
		k->attr[i] = agattr(k->graph, attrs[i].kind, loose(attrs[i].name),
				    loose(attrs[i].value));
		k->failed |= !k->attr[i];
	}
}

static void set(struct sketch *k, void *object, enum attr which, const char *value)
{
	if (k->failed || !object || agxset(object, k->attr[which], loose(value)))
		k->failed = true;
}

static const char *label(struct sketch *k, const char *text)
{
	return dot_label(&k->text, text ? text : "");
}

static const char *tooltip(struct sketch *k, const char *text)
{
	return dot_tooltip(&k->text, text ? text : "");
}

static void draw_clusters(struct sketch *k)
{
	for (uint32_t i = 0; !k->failed && i < k->d->nclusters; i++) {
		const struct draw_cluster *c = &k->d->cluster[i];
		/* Graphviz draws a box around subgraphs whose name begins so. */
		const char *name = dot_id(&k->text, arena_printf(&k->text, "cluster_%s", c->id));

		k->box[i] = agsubg(c->parent ? k->box[c->parent - 1] : k->graph, loose(name), 1);
		set(k, k->box[i], BOX_LABEL, label(k, c->label));
		set(k, k->box[i], BOX_TOOLTIP, tooltip(k, c->id));
		set(k, k->box[i], BOX_ID, arena_printf(&k->text, "c%u", i + 1));
		set(k, k->box[i], BOX_CLASS, "cluster");
		arena_reset(&k->text);
	}
}

static void draw_nodes(struct sketch *k)
{
	for (uint32_t i = 0; !k->failed && i < k->d->nnodes; i++) {
		const struct draw_node *n = &k->d->node[i];
		const struct look *look = &looks[draw_look(n->mark, n->kind)];
		Agnode_t *node = agnode(k->graph, loose(dot_id(&k->text, n->id)), 1);

		k->node[i] = node;
		set(k, node, NODE_LABEL, label(k, n->label));
		set(k, node, NODE_TOOLTIP, tooltip(k, n->tooltip));
		set(k, node, NODE_ID, arena_printf(&k->text, "n%u", i + 1));
		set(k, node, NODE_CLASS, look->class);
		set(k, node, NODE_COLOR, look->color);
		set(k, node, NODE_STYLE, look->style);
		if (!k->failed && n->cluster != ID_NONE)
			k->failed = !agsubnode(k->box[n->cluster], node, 1);
		arena_reset(&k->text);
	}
}

/* 1, then half a point more each time the weight doubles, up to 5. */
static const char *pen_width(struct arena *a, uint32_t weight)
{
	unsigned halves = 2;

	for (; weight > 1 && halves < 10; weight /= 2)
		halves++;
	return arena_printf(a, halves % 2 ? "%u.5" : "%u", halves / 2);
}

static void draw_edges(struct sketch *k)
{
	for (uint32_t i = 0; !k->failed && i < k->d->nedges; i++) {
		const struct draw_edge *e = &k->d->edge[i];
		const struct look *look = &looks[draw_look(e->mark, e->kind)];
		Agedge_t *edge = agedge(k->graph, k->node[e->from], k->node[e->to], NULL, 1);

		set(k, edge, EDGE_TOOLTIP, tooltip(k, e->tooltip));
		set(k, edge, EDGE_ID, arena_printf(&k->text, "e%u", i + 1));
		set(k, edge, EDGE_CLASS, look->class);
		set(k, edge, EDGE_COLOR, look->color);
		set(k, edge, EDGE_STYLE, look->style);
		set(k, edge, EDGE_WIDTH, pen_width(&k->text, e->weight));
		if (e->label)
			set(k, edge, EDGE_LABEL, label(k, e->label));
		arena_reset(&k->text);
	}
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
	Agdisc_t disc = { .mem = &AgMemDisc, .id = (Agiddisc_t *)(uintptr_t)&dot_ids, .io = &io };
	struct sketch k = { .d = d, .text = ARENA_INIT };
	int rc = 0;

	check(d);
	k.box = xcalloc(d->nclusters, sizeof(void *));
	k.node = xcalloc(d->nnodes, sizeof(void *));
	k.graph = agopen(loose(dot_id(&k.text, d->title ? d->title : "graph")), Agdirected, &disc);
	k.failed = !k.graph;
	if (!k.failed) {
		declare(&k);
		set(&k, k.graph, BOX_LABEL, label(&k, d->title));
		draw_clusters(&k);
		draw_nodes(&k);
		draw_edges(&k);
	}
	if (k.failed)
		rc = err_set(err, ERR_SYSTEM, "out of memory in libcgraph");
	else if (agwrite(k.graph, out) || ferror(out))
		rc = err_set(err, ERR_SYSTEM, "cannot write the graph as DOT");
	if (k.graph)
		agclose(k.graph);
	arena_release(&k.text);
	free(k.box);
	free(k.node);
	return rc;
}
