/* SPDX-License-Identifier: MIT */
/* why.c - from two names to a graph in which each is a node, and to the ways between them. */
#include "cmd/why.h"
#include "base/limits.h"
#include "graph/source/tree.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CWD_MAX 65536u

const char *where_user_is(const struct source *s, struct arena *arena)
{
	const char *below = NULL;
	char *cwd = NULL;

	for (size_t size = 256; size <= CWD_MAX; size *= 2) {
		cwd = xrealloc(cwd, size, 1);
		if (getcwd(cwd, size)) {
			below = path_below(cwd, s->root);
			break;
		}
	}
	below = below ? arena_strdup(arena, below) : "";
	free(cwd);
	return below;
}

static uint32_t node_with_id(const struct graph *g, sym_id id)
{
	for (uint32_t p = 0; p < g->npkgs; p++)
		if (g->id[p].v == id.v)
			return p;
	BUG("no node '%s'", sym_text(g->syms, id));
}

static sym_id end_id(const struct why *w, const struct name *name, struct arena *arena)
{
	struct symtab *syms = w->source->syms;

	switch (name->kind) {
	case NAME_NODE:
		return name->node;
	case NAME_BELOW:
		return sym_from(syms, name->text);
	case NAME_OUTSIDE:
		return outside_id(w->source, name->text, arena);
	}
	BUG("name kind %d", (int)name->kind);
}

/* Each end that stands for all below a folder becomes one node. */
static void unite(struct why *w, struct names *n, struct arena *arena)
{
	const struct graph *g = n->graph;
	const struct name *end[] = { &w->from.name, &w->to.name };
	uint32_t *group = xrealloc(NULL, g->npkgs, sizeof(*group));
	sym_id *name = xrealloc(NULL, (size_t)g->npkgs + ARRAY_SIZE(end), sizeof(*name));

	for (uint32_t p = 0; p < g->npkgs; p++) {
		group[p] = p;
		name[p] = g->id[p];
	}
	for (uint32_t i = w->reverse; i < ARRAY_SIZE(end); i++) {
		if (end[i]->kind != NAME_BELOW)
			continue;
		name[g->npkgs + i] = end_id(w, end[i], arena);
		for (uint32_t p = 0; p < g->npkgs; p++)
			if (name_holds(n, end[i], p))
				group[p] = g->npkgs + i;
	}
	w->graph = graph_quotient(g, group, g->npkgs + ARRAY_SIZE(end), name, arena);
	free(group);
	free(name);
}

static int apart(const struct why *w, const struct names *n, struct err *err)
{
	for (uint32_t p = 0; p < n->graph->npkgs; p++) {
		if (!name_holds(n, &w->from.name, p) || !name_holds(n, &w->to.name, p))
			continue;
		if (w->from.name.kind == NAME_NODE && w->to.name.kind == NAME_NODE)
			return err_set(err, ERR_USAGE, "'%.200s' is both FROM and TO; "
				       "'meshctl cycles' shows circles", w->from.name.text);
		return err_set(err, ERR_USAGE, "'%.160s' and '%.160s' have '%.100s' in common",
			       w->from.name.text, w->to.name.text,
			       sym_text(n->graph->syms, n->graph->id[p]));
	}
	return 0;
}

int why_open(struct why *w, const struct session *session, const char *from, const char *to,
	     struct arena *arena, struct err *err)
{
	const struct source *s = session->source;
	struct names n = {
		.source = s, .packages = session->graph, .level = w->level,
		.here = where_user_is(s, arena),
	};

	w->source = s;
	w->packages = session->graph;
	w->from_typed = from;
	w->to_typed = to;
	w->reverse = !from;
	w->tests |= w->level.kind == LEVEL_TEST;
	n.graph = level_graph(s, session->graph, w->level, arena);
	if ((from && name_find(&n, from, false, arena, &w->from.name, err)) ||
	    name_find(&n, to, true, arena, &w->to.name, err) || (from && apart(w, &n, err)))
		return -1;
	if (w->to.name.kind == NAME_OUTSIDE)
		n.graph = level_graph(s, graph_with_outside(s, session->graph, w->to.name.path,
							    w->to.name.count, w->to.name.text,
							    arena), w->level, arena);
	w->graph = n.graph;
	if (w->to.name.kind == NAME_BELOW || (from && w->from.name.kind == NAME_BELOW))
		unite(w, &n, arena);
	w->to.node = node_with_id(w->graph, end_id(w, &w->to.name, arena));
	if (from)
		w->from.node = node_with_id(w->graph, end_id(w, &w->from.name, arena));
	return 0;
}

/* Why there is no path: what else there is instead. */
static void explain_none(struct why *w, struct arena *arena)
{
	const struct edge_filter all = { ID_NONE, w->tests };
	uint32_t from = w->from.node, to = w->to.node, config;
	struct path path;

	if (graph_shortest_built(w->graph, w->tests, to, from, arena, &path, &config))
		w->back = path.nedges;
	w->mixed = graph_shortest_path(w->graph, all, from, to, arena, &path);
	if (!w->tests && graph_shortest_built(w->graph, true, from, to, arena, &path, &config))
		w->with_tests = "--tests";
	if (w->with_tests || w->level.kind != LEVEL_PACKAGE || w->from.name.kind != NAME_NODE)
		return;

	/* External tests are nodes of their own: only united do they belong to FROM. */
	struct why again = { .level = { LEVEL_TEST, 0 } };
	const struct session session = { .source = (struct source *)w->source,
					 .graph = w->packages };
	struct err ignored = ERR_INIT;

	if (why_open(&again, &session, w->from_typed, w->to_typed, arena, &ignored))
		return;
	if (graph_shortest_built(again.graph, true, again.from.node, again.to.node, arena, &path,
				 &config))
		w->with_tests = "--level test";
}

static void answer_reverse(struct why *w, struct arena *arena)
{
	const struct graph *g = w->graph;

	graph_leads(g, w->tests, w->to.node, arena, &w->leads);
	w->any = w->leads.count;
	for (uint32_t p = 0; p < g->npkgs; p++)
		w->nodes += p != w->to.node &&
			    (w->tests || !(g->flags[p] & (NODE_XTEST | NODE_TEST_ONLY)));
}

static void index_dirs(struct why *w, struct arena *arena)
{
	const struct source *s = w->source;
	uint32_t *at = arena_array(arena, uint32_t, s->syms->count);

	w->ndir_at = s->syms->count;
	for (uint32_t d = 0; d < s->ndirs; d++)
		at[s->dir[d].path.v] = d + 1;
	w->dir_at = at;
}

void why_answer(struct why *w, struct arena *arena)
{
	uint32_t from = w->from.node, to = w->to.node;

	index_dirs(w, arena);
	if (w->reverse) {
		answer_reverse(w, arena);
		return;
	}
	w->any = graph_shortest_built(w->graph, w->tests, from, to, arena, &w->shortest,
				      &w->config);
	if (!w->any) {
		explain_none(w, arena);
		return;
	}
	w->ways = graph_disjoint_paths(w->graph, (struct edge_filter){ w->config, w->tests }, from,
				       to, (uint32_t)limit_of(LIMIT_WAYS), arena);
}

const struct go_import *why_import(const struct why *w, const struct site *site)
{
	const struct source *s = w->source;
	const char *path = sym_text(s->syms, site->at.path), *slash = strrchr(path, '/');
	const char *base = slash ? slash + 1 : path;
	sym_id name = sym_find(s->syms, base, strlen(base)), folder = { 0 };

	if (slash)
		folder = sym_find(s->syms, path, (size_t)(slash - path));
	if (folder.v >= w->ndir_at || !w->dir_at[folder.v])
		BUG("no folder for '%s'", path);
	const struct go_dir *dir = &s->dir[w->dir_at[folder.v] - 1];

	for (uint32_t f = dir->file_first; f < dir->file_first + dir->nfiles; f++) {
		const struct go_file *file = &s->file[f];

		for (uint32_t i = 0; file->name.v == name.v && i < file->nimports; i++) {
			const struct go_import *m = &s->import[file->import_first + i];

			if (m->line == site->at.line && m->col == site->at.col)
				return m;
		}
	}
	BUG("no import at '%s':%u:%u", path, site->at.line, site->at.col);
}

struct why_hop why_hop(const struct why *w, uint32_t edge, uint32_t configs)
{
	const struct graph *g = w->graph;
	struct why_hop hop = {
		.edge = edge, .configs = configs, .to = why_node(w, g->out_to[edge]),
	};
	uint32_t lo = 0, hi = g->npkgs;

	for (uint32_t i = g->site_first[edge]; i < g->site_first[edge + 1]; i++) {
		const struct site *site = &g->site[i];

		if (!(site->configs & configs) || (site->test && !w->tests))
			continue;
		hop.lines++;
		if (!hop.site || (hop.site->test && !site->test))
			hop.site = site;
	}
	if (!hop.site)
		BUG("edge %u is shown and nothing proves it", edge);
	/* The row that the edge is in: the last that begins at or before it. */
	while (hi - lo > 1) {
		uint32_t mid = lo + (hi - lo) / 2;

		*(g->out_first[mid] <= edge ? &lo : &hi) = mid;
	}
	hop.from = why_node(w, lo);
	hop.test = hop.site->test;

	const struct go_import *m = why_import(w, hop.site);

	hop.weight = hop.lines;
	if (w->weigh) {
		struct arena scratch = ARENA_INIT;
		struct edge_symbols used;

		why_uses(w, edge, configs, &scratch, &used);
		hop.weight = used.weight;
		arena_release(&scratch);
	}
	hop.alias = sym_text(g->syms, m->name);
	hop.path = sym_text(g->syms, m->path);
	return hop;
}

static void want(struct why *w, uint32_t edge, uint32_t configs)
{
	symbols_want(w->symbols, w->graph, edge, (struct site_filter){ configs, w->tests },
		     w->list);
}

int why_read(struct why *w, struct err *err)
{
	if (!w->symbols)
		return 0;
	for (uint32_t i = 0; i < w->shortest.nedges; i++)
		want(w, w->shortest.edge[i], w->shortest.configs);
	for (uint32_t p = 0; p < w->ways.count; p++)
		for (uint32_t i = 0; i < w->ways.path[p].nedges; i++)
			want(w, w->ways.path[p].edge[i], w->ways.path[p].configs);
	for (uint32_t i = 0; i < w->ways.ncut; i++)
		want(w, w->ways.cut[i], 1u << w->config);
	for (uint32_t p = 0; w->leads.count && p < w->graph->npkgs; p++)
		if (w->leads.distance[p] && w->leads.distance[p] != ID_NONE)
			want(w, w->leads.edge[p], 1u << w->leads.config[p]);
	return symbols_read(w->symbols, err);
}

void why_uses(const struct why *w, uint32_t edge, uint32_t configs, struct arena *arena,
	      struct edge_symbols *ret)
{
	symbols_edge(w->symbols, w->graph, edge, (struct site_filter){ configs, w->tests }, arena,
		     ret);
}

const char *why_node(const struct why *w, uint32_t node)
{
	const struct graph *g = w->graph;

	/* The label of what is outside is lost where groups were united. */
	if (g->flags[node] & NODE_OUTSIDE)
		return w->to.name.text;
	return sym_text(g->syms, g->id[node]);
}
