/* SPDX-License-Identifier: MIT */
/*
 * graph_hide.c - what --hide takes out of a picture: packages by pattern or by
 * name, and groups when all that is in them is hidden.
 */
#include "cmd/graph_view.h"
#include "base/pattern.h"

#include <string.h>

struct hider {
	struct graph_view *v;
	const struct names *names;      /* of the view's nodes */
	const uint32_t *node_of;        /* [packages] */
	bool *package, *node;           /* hidden */
	struct arena *arena;
};

/* Folder or import path; nodes from outside by the path behind their slashes. */
static int matches(const struct pattern *p, struct pattern_matcher *m, const struct graph *g,
		   uint32_t at, struct err *err)
{
	const char *id = sym_text(g->syms, g->id[at]), *label = sym_text(g->syms, g->label[at]);
	int rc = pattern_match(p, m, strncmp(id, "//", 2) ? id : id + 2, NULL, err);

	return rc ? rc : pattern_match(p, m, label, NULL, err);
}

static int hide_matching(const struct hider *h, const char *text, bool *ret_any, struct err *err)
{
	const struct graph *packages = h->v->packages, *g = h->v->graph;
	struct pattern_matcher *m = pattern_matcher_new(h->arena);
	const struct pattern *pattern;
	struct err wrong = ERR_INIT;
	uint32_t at;

	if (pattern_new(text, h->arena, &pattern, &at, &wrong))
		return err_set(err, ERR_USAGE, "--hide '%.200s': %s", text, wrong.msg);
	for (uint32_t p = 0; p < packages->npkgs; p++) {
		int rc = matches(pattern, m, packages, p, err);

		if (rc < 0)
			return -1;
		h->package[p] |= rc;
		*ret_any |= rc;
	}
	for (uint32_t n = 0; n < g->npkgs; n++) {
		int rc = matches(pattern, m, g, n, err);

		if (rc < 0)
			return -1;
		h->node[n] |= rc;
		*ret_any |= rc && h->v->node[n];
	}
	return 0;
}

/* A name as --focus takes it: a node, or all below a folder. */
static int hide_named(const struct hider *h, const char *text, bool *ret_any, struct err *err)
{
	struct names inside = *h->names;
	struct err other = ERR_INIT;
	struct name name;

	/* As a package, so that a part of a group may be named; else as it is drawn. */
	inside.graph = h->v->packages;
	inside.level = (struct level){ LEVEL_PACKAGE, 0 };
	if (!name_find(&inside, text, false, h->arena, &name, &other)) {
		for (uint32_t p = 0; p < h->v->packages->npkgs; p++)
			if (name_holds(&inside, &name, p))
				h->package[p] = *ret_any = true;
		return 0;
	}
	if (graph_view_find(h->v, h->names, text, h->arena, &name, err))
		return -1;
	for (uint32_t n = 0; n < h->v->graph->npkgs; n++)
		if (graph_view_holds(h->v, h->names, &name, n))
			h->node[n] = *ret_any = true;
	return 0;
}

/* External tests go with what they test. */
static void hide_tests(const struct hider *h)
{
	const struct graph *packages = h->v->packages;
	bool *folder = arena_array(h->arena, bool, h->v->source->ndirs);

	for (uint32_t p = 0; p < packages->npkgs; p++)
		if (h->package[p] && packages->dir[p].v != ID_NONE)
			folder[packages->dir[p].v] = true;
	for (uint32_t p = 0; p < packages->npkgs; p++)
		if (packages->flags[p] & NODE_XTEST)
			h->package[p] |= folder[packages->dir[p].v];
}

/* Groups of which nothing is left. */
static void hide_groups(const struct hider *h)
{
	const struct graph *packages = h->v->packages;
	bool *has = arena_array(h->arena, bool, h->v->graph->npkgs);
	bool *left = arena_array(h->arena, bool, h->v->graph->npkgs);

	for (uint32_t p = 0; p < packages->npkgs; p++) {
		uint32_t node = h->node_of[p];

		if (node == ID_NONE)
			continue;
		has[node] = true;
		left[node] |= !h->package[p];
	}
	for (uint32_t n = 0; n < h->v->graph->npkgs; n++)
		h->node[n] |= has[n] && !left[n];
}

static void take_away(struct graph_view *v, const bool *hidden)
{
	const struct graph *g = v->graph;

	for (uint32_t p = 0; p < g->npkgs; p++) {
		v->node[p] &= !hidden[p];
		graph_foreach_out(g, p, e)
			v->edge[e] &= !hidden[p] && !hidden[g->out_to[e]];
	}
}

int graph_view_hide(struct graph_view *v, const struct names *n, const struct graph_wish *wish,
		    struct arena *arena, struct err *err)
{
	struct hider h = { .v = v, .names = n, .arena = arena };

	if (!wish->hide.count)
		return 0;
	h.node_of = graph_view_nodes(v, arena);
	h.package = arena_array(arena, bool, v->packages->npkgs);
	h.node = arena_array(arena, bool, v->graph->npkgs);
	for (uint32_t i = 0; i < wish->hide.count; i++) {
		const char *text = wish->hide.item[i];
		bool any = false;
		int rc = strpbrk(text, "*{") ? hide_matching(&h, text, &any, err) :
			 hide_named(&h, text, &any, err);

		if (rc)
			return -1;
		if (!any && !v->hides_nothing)
			v->hides_nothing = text;
	}
	hide_tests(&h);
	hide_groups(&h);
	take_away(v, h.node);
	v->hidden = h.node;
	return 0;
}
