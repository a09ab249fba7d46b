/* SPDX-License-Identifier: MIT */
/*
 * mermaid.c - Mermaid flowcharts: which nodes and edges fit is decided first,
 * marked ones before others, then all that fit are written in the drawing's order.
 */
#include "graph/draw/draw.h"
#include "graph/draw/escape.h"
#include "base/fault.h"
#include "base/sym.h"
#include "base/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define KEPT 3000u                      /* bytes for the frame, classes and the note */
#define TITLE_MOST 1500u                /* bytes, of those */
#define STYLED 8u                       /* bytes of a number in a list: ",n50000" */

/* stroke colours are seen on white and on black. */
static const struct look {
	const char *class, *arrow, *node, *edge;
} looks[DRAW_LOOKS] = {
	[MARK_CYCLE] = { "cycle", "-->", "stroke:#cf222e", "stroke:#cf222e" },
	[MARK_CUT] = { "cut", "==>", "stroke:#cf222e,stroke-width:3px", "stroke:#cf222e" },
	[MARK_PATH] = { "path", "==>", "stroke:#0969da,stroke-width:3px", "stroke:#0969da" },
	[MARK_ADDED] = { "added", "==>", "stroke:#1a7f37,stroke-width:3px", "stroke:#1a7f37" },
	[MARK_REMOVED] = { "removed", "-.->", "stroke:#818b98,stroke-dasharray:4 4",
			   "stroke:#818b98" },
	[MARK_CHANGED] = { "changed", "-->", "stroke:#0969da", "stroke:#0969da" },
	[MARK_FORBIDDEN] = { "forbidden", "==>", "stroke:#cf222e,stroke-width:3px",
			     "stroke:#cf222e" },
	[MARK_COUNT + KIND_PLAIN] = { NULL, "-->", NULL, NULL },
	[MARK_COUNT + KIND_TEST] = { "test", "-.->", "stroke-dasharray:4 4", "stroke:#818b98" },
	[MARK_COUNT + KIND_OUTSIDE] = { "outside", "-->", "stroke:#818b98", "stroke:#818b98" },
	[MARK_COUNT + KIND_GROUP] = { NULL, "-->", NULL, NULL },
	[MARK_COUNT + KIND_NOTE] = { "note", "-->", "stroke:#818b98", "stroke:#818b98" },
};

struct sketch {
	const struct drawing *d;
	uint32_t *child, *sibling;      /* [nclusters + 1] clusters in order; numbers from 1 */
	bool *node, *edge, *box;        /* what is written */
	uint32_t nnodes, nedges;        /* of it */
	size_t used;
	bool failed;
	struct arena text;              /* emptied after each line */
};

static unsigned node_look(const struct sketch *k, uint32_t i)
{
	return draw_look(k->d->node[i].mark, k->d->node[i].kind);
}

static unsigned edge_look(const struct sketch *k, uint32_t i)
{
	return draw_look(k->d->edge[i].mark, k->d->edge[i].kind);
}

/* How many boxes are around what is in this one, it included; 0 for ID_NONE. */
static unsigned depth_of(const struct sketch *k, uint32_t cluster)
{
	unsigned depth = 0;

	for (; cluster != ID_NONE; cluster = k->d->cluster[cluster].parent - 1)
		depth++;
	return depth;
}

static const char *indent(struct sketch *k, unsigned depth)
{
	return arena_printf(&k->text, "%*s", (int)(2 + 2 * depth), "");
}

static const char *node_line(struct sketch *k, uint32_t i)
{
	const struct draw_node *n = &k->d->node[i];
	const char *label = n->label ? n->label : "", *text = "";

	for (const char *p = label, *end; n->detail && *p; p = end + (*end == '\n')) {
		end = p + strcspn(p, "\n");
		text = arena_printf(&k->text, "%s<br/>%s", text, mermaid_label(&k->text,
			arena_strndup(&k->text, p, (size_t)(end - p))));
	}
	if (n->detail)
		text = arena_printf(&k->text, "%s%s", mermaid_label(&k->text, n->detail), text);
	else
		text = mermaid_label(&k->text, label);
	return arena_printf(&k->text, "%sn%u[\"%s\"]\n", indent(k, depth_of(k, n->cluster)), i + 1,
			    text);
}

static const char *edge_line(struct sketch *k, uint32_t i)
{
	const struct draw_edge *e = &k->d->edge[i];
	const char *arrow = looks[edge_look(k, i)].arrow;

	if (!e->label || !*e->label)
		return arena_printf(&k->text, "  n%u %s n%u\n", e->from + 1, arrow, e->to + 1);
	return arena_printf(&k->text, "  n%u %s|\"%s\"| n%u\n", e->from + 1, arrow,
			    mermaid_label(&k->text, e->label), e->to + 1);
}

static const char *box_line(struct sketch *k, uint32_t i)
{
	return arena_printf(&k->text, "%ssubgraph c%u [\"%s\"]\n", indent(k, depth_of(k, i) - 1),
			    i + 1, mermaid_label(&k->text, k->d->cluster[i].label));
}

static const char *end_line(struct sketch *k, uint32_t i)
{
	return arena_printf(&k->text, "%send\n", indent(k, depth_of(k, i) - 1));
}

/* ---- what fits ---- */

static size_t node_cost(struct sketch *k, uint32_t i)
{
	const struct draw_node *n = &k->d->node[i];
	size_t cost = strlen(node_line(k, i)) + (looks[node_look(k, i)].node ? STYLED : 0);

	for (uint32_t c = n->cluster; c != ID_NONE && !k->box[c]; c = k->d->cluster[c].parent - 1)
		cost += strlen(box_line(k, c)) + strlen(end_line(k, c));
	return cost;
}

static void take_node(struct sketch *k, uint32_t i)
{
	if (k->node[i])
		return;
	k->used += node_cost(k, i);
	k->node[i] = true;
	k->nnodes++;
	for (uint32_t c = k->d->node[i].cluster; c != ID_NONE; c = k->d->cluster[c].parent - 1)
		k->box[c] = true;
}

static bool fits(const struct sketch *k, size_t cost)
{
	return cost <= MERMAID_BYTES - KEPT - k->used;
}

static void try_edge(struct sketch *k, uint32_t i)
{
	const struct draw_edge *e = &k->d->edge[i];
	size_t cost = strlen(edge_line(k, i)) + (looks[edge_look(k, i)].edge ? STYLED : 0);

	cost += k->node[e->from] ? 0 : node_cost(k, e->from);
	/* Twice the box where both ends are the first in one: too much does no harm. */
	cost += k->node[e->to] || e->to == e->from ? 0 : node_cost(k, e->to);
	if (k->nedges < MERMAID_EDGES && fits(k, cost)) {
		k->used += strlen(edge_line(k, i)) + (looks[edge_look(k, i)].edge ? STYLED : 0);
		take_node(k, e->from);
		take_node(k, e->to);
		k->edge[i] = true;
		k->nedges++;
	}
	arena_reset(&k->text);
}

static void choose(struct sketch *k)
{
	for (unsigned marked = 2; marked--;)
		for (uint32_t i = 0; i < k->d->nedges && k->nedges < MERMAID_EDGES; i++)
			if ((looks[edge_look(k, i)].edge != NULL) == marked)
				try_edge(k, i);
	for (unsigned marked = 2; marked--;)
		for (uint32_t i = 0; i < k->d->nnodes; i++) {
			if (!k->node[i] && (looks[node_look(k, i)].node != NULL) == marked &&
			    fits(k, node_cost(k, i)))
				take_node(k, i);
			arena_reset(&k->text);
		}
}

/* ---- writing ---- */

static void put(struct sketch *k, FILE *out, const char *line)
{
	k->failed |= fault_hit(FAULT_WRITE) || fputs(line, out) == EOF;
	arena_reset(&k->text);
}

/* For screen readers; ends where a comment or a statement would begin. */
static void put_title(struct sketch *k, FILE *out)
{
	const char *name = k->d->title ? k->d->title : "", *more = k->d->subtitle;
	char *title;

	name = more && *more ? arena_printf(&k->text, "%s, %s", name, more) : name;
	title = arena_strdup(&k->text, text_escape(&k->text, name));

	for (char *p = title; *p; p++)
		if (!((unsigned char)*p & 0x80) && !isalnum((unsigned char)*p) &&
		    !strchr("./_,-", *p))
			*p = ' ';
	if (*title && strlen(title) <= TITLE_MOST)
		put(k, out, arena_printf(&k->text, "  accTitle: %s\n", title));
	arena_reset(&k->text);
}

/* The cluster to write after this one was opened, closing those that are complete; 0 at the end. */
static uint32_t next_box(struct sketch *k, FILE *out, uint32_t c)
{
	if (k->child[c])
		return k->child[c];
	for (; c; c = k->d->cluster[c - 1].parent) {
		if (k->box[c - 1])
			put(k, out, end_line(k, c - 1));
		if (k->sibling[c])
			return k->sibling[c];
	}
	return 0;
}

static void put_nodes(struct sketch *k, FILE *out)
{
	const struct drawing *d = k->d;
	uint32_t *first = xcalloc((size_t)d->nclusters + 1, sizeof(*first));
	uint32_t *next = xcalloc((size_t)d->nnodes + 1, sizeof(*next));

	/* Lists of the nodes of each box, in order; numbers from 1. */
	for (uint32_t i = d->nnodes; i--;)
		if (k->node[i] && d->node[i].cluster != ID_NONE) {
			next[i] = first[d->node[i].cluster];
			first[d->node[i].cluster] = i + 1;
		}
	for (uint32_t c = k->child[0]; c; c = next_box(k, out, c)) {
		if (!k->box[c - 1])
			continue;
		put(k, out, box_line(k, c - 1));
		for (uint32_t i = first[c - 1]; i; i = next[i - 1])
			put(k, out, node_line(k, i - 1));
	}
	for (uint32_t i = 0; i < d->nnodes; i++)
		if (k->node[i] && d->node[i].cluster == ID_NONE)
			put(k, out, node_line(k, i));
	free(first);
	free(next);
}

static void put_edges(struct sketch *k, FILE *out)
{
	for (uint32_t i = 0; i < k->d->nedges; i++)
		if (k->edge[i])
			put(k, out, edge_line(k, i));
}

/* A picture that lacks something says so. */
static void put_note(struct sketch *k, FILE *out)
{
	uint32_t edges = k->d->nedges - k->nedges, nodes = k->d->nnodes - k->nnodes;

	if (edges || nodes)
		put(k, out, arena_printf(&k->text, "  n%u[\"no room for %u of %u nodes "
					 "and %u of %u edges\"]\n", k->d->nnodes + 1, nodes,
					 k->d->nnodes, edges, k->d->nedges));
}

static void put_classes(struct sketch *k, FILE *out, unsigned look)
{
	bool any = false;

	for (uint32_t i = 0; i < k->d->nnodes; i++) {
		if (!k->node[i] || node_look(k, i) != look)
			continue;
		put(k, out, arena_printf(&k->text, "%sn%u", any ? "," : "  class ", i + 1));
		any = true;
	}
	if (any)
		put(k, out, arena_printf(&k->text, " %s\n  classDef %s %s\n", looks[look].class,
					 looks[look].class, looks[look].node));
}

/* Edges are numbered as they are written. */
static void put_links(struct sketch *k, FILE *out, unsigned look)
{
	uint32_t number = 0;
	bool any = false;

	for (uint32_t i = 0; i < k->d->nedges; i++) {
		if (!k->edge[i])
			continue;
		if (edge_look(k, i) == look) {
			put(k, out, arena_printf(&k->text, "%s%u", any ? "," : "  linkStyle ",
						 number));
			any = true;
		}
		number++;
	}
	if (any)
		put(k, out, arena_printf(&k->text, " %s\n", looks[look].edge));
}

/* Of each cluster those in it; 0 is the drawing. */
static void sort_boxes(struct sketch *k)
{
	k->child = xcalloc((size_t)k->d->nclusters + 1, sizeof(*k->child));
	k->sibling = xcalloc((size_t)k->d->nclusters + 1, sizeof(*k->sibling));
	for (uint32_t c = k->d->nclusters; c; c--) {
		uint32_t parent = k->d->cluster[c - 1].parent;

		if (parent >= c)
			BUG("cluster %u is in %u", c, parent);
		k->sibling[c] = k->child[parent];
		k->child[parent] = c;
	}
}

int draw_mermaid(const struct drawing *d, FILE *out, struct err *err)
{
	struct sketch k = { .d = d, .text = ARENA_INIT };

	k.node = xcalloc((size_t)d->nnodes + 1, sizeof(*k.node));
	k.edge = xcalloc((size_t)d->nedges + 1, sizeof(*k.edge));
	k.box = xcalloc((size_t)d->nclusters + 1, sizeof(*k.box));
	sort_boxes(&k);
	choose(&k);
	put(&k, out, d->direction == DRAW_DOWN ? "flowchart TB\n" : "flowchart LR\n");
	put_title(&k, out);
	put_nodes(&k, out);
	put_edges(&k, out);
	put_note(&k, out);
	for (unsigned look = 0; look < DRAW_LOOKS; look++) {
		if (!looks[look].edge)
			continue;
		put_classes(&k, out, look);
		put_links(&k, out, look);
	}
	arena_release(&k.text);
	free(k.node);
	free(k.edge);
	free(k.box);
	free(k.child);
	free(k.sibling);
	return fflush(out) || k.failed ?
	       err_set(err, ERR_SYSTEM, "cannot write the graph as Mermaid") : 0;
}
