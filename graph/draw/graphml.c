/* SPDX-License-Identifier: MIT */
/*
 * graphml.c - GraphML for yEd, Gephi, networkx and their like: keys with types first, then
 * nodes and edges with those that they have.
 */
#include "graph/draw/draw.h"
#include "graph/draw/escape.h"
#include "graph/draw/look.h"
#include "base/fault.h"
#include "base/sym.h"

#include <string.h>

static const struct key { const char *id, *of, *type; } keys[] = {
	{ "title", "graph", "string" }, { "revision", "graph", "string" },
	{ "label", "node", "string" }, { "kind", "node", "string" }, { "mark", "node", "string" },
	{ "cluster", "node", "string" }, { "size", "node", "int" }, { "rank", "node", "int" },
	{ "tooltip", "node", "string" }, { "url", "node", "string" },
	{ "weight", "edge", "int" }, { "kind", "edge", "string" }, { "mark", "edge", "string" },
	{ "note", "edge", "string" }, { "tooltip", "edge", "string" },
};

struct writer {
	const struct drawing *d;
	FILE *out;
	struct arena a;
	bool failed;
};

static void put(struct writer *w, const char *text)
{
	w->failed |= fault_hit(FAULT_WRITE) || fputs(text, w->out) == EOF;
}

/* Line breaks of a tooltip are content. */
static const char *lines(struct arena *a, const char *text)
{
	const char *all = "";

	for (;;) {
		size_t len = strcspn(text, "\n");

		all = arena_printf(a, "%s%s%s", all, xml_text(a, arena_strndup(a, text, len)),
				   text[len] ? "\n" : "");
		if (!text[len])
			return all;
		text += len + 1;
	}
}

static void put_text(struct writer *w, const char *of, const char *id, const char *text)
{
	if (text && *text)
		put(w, arena_printf(&w->a, "      <data key=\"%s-%s\">%s</data>\n", of, id,
				    lines(&w->a, text)));
}

static void put_number(struct writer *w, const char *of, const char *id, uint32_t n)
{
	put(w, arena_printf(&w->a, "      <data key=\"%s-%s\">%u</data>\n", of, id, n));
}

static const char *kind_word(enum draw_kind kind)
{
	return draw_looks[MARK_COUNT + (unsigned)kind].class;
}

static const char *mark_word(enum draw_mark mark)
{
	return mark == MARK_NONE ? NULL : draw_looks[mark].class;
}

static const char *box_names(struct writer *w, uint32_t cluster)
{
	const char *names = "";

	while (cluster != ID_NONE) {
		const struct draw_cluster *c = &w->d->cluster[cluster];

		names = *names ? arena_printf(&w->a, "%s > %s", c->label, names) : c->label;
		cluster = c->parent - 1;
	}
	return names;
}

/* Different nodes have different ones, whatever is in their names. */
static const char *node_id(struct writer *w, uint32_t node)
{
	return xml_text(&w->a, dot_id(&w->a, w->d->node[node].id));
}

static void put_nodes(struct writer *w)
{
	for (uint32_t i = 0; i < w->d->nnodes; i++) {
		const struct draw_node *n = &w->d->node[i];

		put(w, arena_printf(&w->a, "    <node id=\"%s\">\n", node_id(w, i)));
		put_text(w, "node", "label", n->label);
		put_text(w, "node", "kind", kind_word(n->kind));
		put_text(w, "node", "mark", mark_word(n->mark));
		put_text(w, "node", "cluster", box_names(w, n->cluster));
		put_number(w, "node", "size", n->size);
		if (n->rank)
			put_number(w, "node", "rank", n->rank);
		put_text(w, "node", "tooltip", n->tooltip);
		put_text(w, "node", "url", n->url);
		put(w, "    </node>\n");
		arena_reset(&w->a);
	}
}

static void put_edges(struct writer *w)
{
	for (uint32_t i = 0; i < w->d->nedges; i++) {
		const struct draw_edge *e = &w->d->edge[i];

		put(w, arena_printf(&w->a, "    <edge id=\"e%u\" source=\"%s\" "
				    "target=\"%s\">\n", i + 1, node_id(w, e->from),
				    node_id(w, e->to)));
		put_number(w, "edge", "weight", e->weight);
		put_text(w, "edge", "kind", kind_word(e->kind));
		put_text(w, "edge", "mark", mark_word(e->mark));
		put_text(w, "edge", "note", e->label);
		put_text(w, "edge", "tooltip", e->tooltip);
		put(w, "    </edge>\n");
		arena_reset(&w->a);
	}
}

int draw_graphml(const struct drawing *d, FILE *out, struct err *err)
{
	struct writer w = { .d = d, .out = out, .a = ARENA_INIT };

	put(&w, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
	for (unsigned i = 0; i < ARRAY_SIZE(keys); i++)
		put(&w, arena_printf(&w.a, "  <key id=\"%s-%s\" for=\"%s\" attr.name=\"%s\" "
				     "attr.type=\"%s\"/>\n", keys[i].of, keys[i].id, keys[i].of,
				     keys[i].id, keys[i].type));
	put(&w, "  <graph id=\"G\" edgedefault=\"directed\">\n");
	put_text(&w, "graph", "title", d->title);
	put_text(&w, "graph", "revision", d->subtitle);
	put_nodes(&w);
	put_edges(&w);
	put(&w, "  </graph>\n</graphml>\n");
	arena_release(&w.a);
	return fflush(out) || w.failed ?
	       err_set(err, ERR_SYSTEM, "cannot write the graph as GraphML") : 0;
}
