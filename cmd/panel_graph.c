/* SPDX-License-Identifier: MIT */
/*
 * panel_graph.c - packages, each united with its tests, and who imports whom.  Nodes
 * are columns, edges flat rows of numbers: a thousand packages are some 300 kB.
 */
#include "base/text.h"
#include "cmd/page.h"

#include <string.h>

struct nodes {
	const struct report *r;
	const struct graph *graph;      /* a package and its tests are one node */
	uint32_t *number;               /* [graph.npkgs] on the page; ID_NONE = not there */
	uint32_t *node;                 /* [count] */
	uint32_t *package;              /* [graph.npkgs] in r->graph: the one without tests */
	uint32_t count;
};

enum page_flag { PAGE_MAIN = 1, PAGE_TESTS = 2, PAGE_ASIDE = 4, PAGE_SHARED = 8 };

static bool reported(const struct nodes *n, uint32_t node)
{
	return n->graph->flags[node] & NODE_REPORTED;
}

/* PATTERN's packages and what touches them. */
static bool near_pattern(const struct nodes *n, uint32_t node)
{
	const struct graph *g = n->graph;

	if (reported(n, node))
		return true;
	for (uint32_t e = g->out_first[node]; e < g->out_first[node + 1]; e++)
		if (reported(n, g->out_to[e]))
			return true;
	for (uint32_t i = g->in_first[node]; i < g->in_first[node + 1]; i++)
		if (reported(n, g->in_from[i]))
			return true;
	return false;
}

static void nodes_init(struct nodes *n, const struct report *r, struct arena *a)
{
	const struct level level = { .kind = LEVEL_TEST };
	const struct graph *g = level_graph(r->source, r->graph, level, a);
	uint32_t *of = arena_array(a, uint32_t, (size_t)r->source->ndirs + 1);

	*n = (struct nodes){
		.r = r, .graph = g, .number = arena_array(a, uint32_t, (size_t)g->npkgs + 1),
		.node = arena_array(a, uint32_t, (size_t)g->npkgs + 1),
		.package = arena_array(a, uint32_t, (size_t)g->npkgs + 1),
	};
	for (uint32_t i = 0; i < g->npkgs; i++) {
		n->package[i] = ID_NONE;
		n->number[i] = near_pattern(n, i) ? n->count : ID_NONE;
		if (n->number[i] != ID_NONE)
			n->node[n->count++] = i;
	}
	level_dirs(r->source, r->graph, g, level, of);
	for (uint32_t p = r->graph->npkgs; p-- > 0;) {
		dir_id dir = r->graph->dir[p];
		uint32_t node = dir.v < r->source->ndirs ? of[dir.v] : ID_NONE;

		if (node != ID_NONE && (n->package[node] == ID_NONE ||
					!(r->graph->flags[p] & NODE_XTEST)))
			n->package[node] = p;
	}
}

static uint32_t page_flags(const struct nodes *n, uint32_t node)
{
	const struct graph *g = n->r->graph;
	uint32_t p = n->package[node], flags = reported(n, node) ? 0 : PAGE_ASIDE;

	if (p == ID_NONE)
		return flags;
	flags |= g->flags[p] & NODE_MAIN ? PAGE_MAIN : 0;
	flags |= g->flags[p] & (NODE_XTEST | NODE_TEST_ONLY) ? PAGE_TESTS : 0;
	flags |= n->r->mapping && n->r->mapping->of[p].shared ? PAGE_SHARED : 0;
	return flags;
}

static void write_texts(const struct nodes *n, const char *key, const sym_id *text,
			struct json_out *out)
{
	struct json *list = json_array();

	for (uint32_t i = 0; i < n->count; i++)
		json_push_text(list, sym_text(n->graph->syms, text[n->node[i]]));
	json_out_member(out, key, list);
}

static void write_numbers(const struct nodes *n, const char *key, const uint32_t *number,
			  struct json_out *out)
{
	struct json *list = json_array();

	for (uint32_t i = 0; i < n->count; i++)
		json_push_int(list, number[n->node[i]]);
	json_out_member(out, key, list);
}

static void write_flags(const struct nodes *n, struct json_out *out)
{
	struct json *list = json_array();

	for (uint32_t i = 0; i < n->count; i++)
		json_push_int(list, page_flags(n, n->node[i]));
	json_out_member(out, "flags", list);
}

/* The name of each node's layer or context, null for none. */
static void write_part(const struct nodes *n, const char *key, enum graph_part part,
		       struct json_out *out)
{
	const sym_id *name = n->r->graph->part[part];
	struct json *list = json_array();

	for (uint32_t i = 0; name && i < n->count; i++) {
		uint32_t p = n->package[n->node[i]];

		json_push_text(list, p != ID_NONE && name[p].v ?
				     sym_text(n->graph->syms, name[p]) : NULL);
	}
	json_out_member(out, key, list);
}

/* The folders of modules, of which each node is in the deepest that holds it. */
static void write_modules(const struct source *s, struct json_out *out)
{
	struct json *list = json_array();

	for (uint32_t m = 0; m < s->nmodules; m++) {
		struct json *module = json_object();

		json_set_text(module, "folder", sym_text(s->syms, s->module[m].folder));
		json_set_text(module, "path", sym_text(s->syms, s->module[m].path));
		json_push(list, module);
	}
	json_out_member(out, "modules", list);
}

/* from, to, import lines of code, of tests; then the place of the first: file, line. */
static struct json *edge_of(const struct nodes *n, uint32_t from, uint32_t edge, struct arena *a)
{
	const struct graph *g = n->graph;
	const struct site *first = NULL;
	struct json *row = json_array();
	uint32_t lines = 0, tests = 0;

	for (uint32_t i = g->site_first[edge]; i < g->site_first[edge + 1]; i++) {
		const struct site *site = &g->site[i];

		lines += !site->test;
		tests += site->test;
		if (!first || (first->test && !site->test))
			first = site;
	}
	json_push_int(row, n->number[from]);
	json_push_int(row, n->number[g->out_to[edge]]);
	json_push_int(row, lines);
	json_push_int(row, tests);
	if (first) {
		/* The folder is that of the node. */
		const char *path = sym_text(g->syms, first->at.path);
		const char *base = strrchr(path, '/');

		json_push_text(row, arena_printf(a, "%s:%u", base ? base + 1 : path,
						 first->at.line));
	}
	return row;
}

static void write_edges(const struct nodes *n, struct json_out *out, struct arena *a)
{
	json_out_open(out, "edges", JSON_ARRAY);
	for (uint32_t i = 0; i < n->count; i++) {
		uint32_t from = n->node[i];

		graph_foreach_out(n->graph, from, e) {
			uint32_t to = n->graph->out_to[e];

			if (n->number[to] != ID_NONE && (reported(n, from) || reported(n, to)))
				json_out_value(out, edge_of(n, from, e, a));
		}
	}
	json_out_close(out);
}

int panel_graph(const struct page *p, struct json_out *out, struct err *err UNUSED)
{
	const struct report *r = p->report;
	struct json *layers = json_array();
	struct nodes n;

	nodes_init(&n, r, p->arena);
	for (uint32_t i = 0; i < r->policy->nlayers; i++)
		json_push_text(layers, r->policy->layer[i].name);
	json_out_member(out, "layers", layers);
	json_out_bool(out, "guessed", r->graph->guessed[PART_CONTEXT]);
	write_modules(r->source, out);
	write_texts(&n, "id", n.graph->id, out);
	write_texts(&n, "path", n.graph->label, out);
	write_flags(&n, out);
	write_numbers(&n, "files", n.graph->files, out);
	write_numbers(&n, "lines", n.graph->lines, out);
	write_part(&n, "layer", PART_LAYER, out);
	write_part(&n, "context", PART_CONTEXT, out);
	write_edges(&n, out, p->arena);
	return 0;
}
