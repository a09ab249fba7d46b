/* SPDX-License-Identifier: MIT */
/*
 * graph_outside.c - packages from outside of the tree as nodes: those of the
 * standard library by import path, those of another module united where a go.mod
 * of the tree requires it by name.
 */
#include "cmd/graph_view.h"
#include "graph/source/gomod.h"
#include "graph/source/tree.h"

#include <stdlib.h>
#include <string.h>

static const struct outside_row { const char *kind, *words; } rows[] = {
	[OUTSIDE_NOT] = { NULL, NULL },
	[OUTSIDE_STD] = { "std", "standard library" },
	[OUTSIDE_MODULE] = { "external", "another module" },
	[OUTSIDE_PATH] = { "external", "package of another module" },
};

/* Symbols that are module paths required in the tree, as a set over all symbols there are then. */
static bool *required_modules(const struct source *s, uint32_t *ret_nsyms)
{
	bool *required;

	for (uint32_t m = 0; m < s->nmodules; m++)
		for (uint32_t i = 0; i < s->module[m].mod->nrequire; i++)
			sym_from(s->syms, s->module[m].mod->require[i].path);
	*ret_nsyms = s->syms->count;
	required = xcalloc(*ret_nsyms, sizeof(*required));
	for (uint32_t m = 0; m < s->nmodules; m++)
		for (uint32_t i = 0; i < s->module[m].mod->nrequire; i++)
			required[sym_from(s->syms, s->module[m].mod->require[i].path).v] = true;
	return required;
}

/* The longest required module path at or above an import path; the path itself without one. */
static sym_id module_of(const struct source *s, const bool *required, sym_id path, bool *ret_known)
{
	const char *text = sym_text(s->syms, path);
	size_t len = strlen(text);

	*ret_known = true;
	while (len) {
		sym_id module = sym_find(s->syms, text, len);

		if (module.v && required[module.v])
			return module;
		do
			len--;
		while (len && text[len] != '/');
	}
	*ret_known = false;
	return path;
}

const struct graph *graph_view_outside(struct graph_view *v, const struct graph *packages,
				       const struct graph_wish *wish, struct arena *arena)
{
	const struct source *s = v->source;
	struct outside all;
	struct outside_link *link;
	uint32_t nlinks = 0;
	bool *required, known = false;

	if (!wish->std && !wish->external)
		return packages;
	outside_list(s, packages, arena, &all);
	required = required_modules(s, &v->noutside);
	link = xcalloc(all.count, sizeof(*link));
	v->outside = arena_array(arena, uint8_t, v->noutside);
	v->outside_name = arena_array(arena, sym_id, v->noutside);
	for (uint32_t i = 0; i < all.count; i++) {
		sym_id path = all.import[i].path, name = path;
		bool std = all.import[i].kind == IMPORT_STD;

		if (!(std && wish->std) &&
		    !(all.import[i].kind == IMPORT_EXTERNAL && wish->external))
			continue;
		if (!std)
			name = module_of(s, required, path, &known);
		v->outside[name.v] = std ? OUTSIDE_STD : known ? OUTSIDE_MODULE : OUTSIDE_PATH;
		v->outside_name[path.v] = name;
		link[nlinks++] = (struct outside_link){ path, name };
	}
	const struct graph *g = graph_with_links(s, packages, link, nlinks, arena);

	free(required);
	free(link);
	return g;
}

enum outside_part graph_view_part(const struct graph_view *v, uint32_t node)
{
	const struct graph *g = v->graph;

	if (!(g->flags[node] & NODE_OUTSIDE))
		return OUTSIDE_NOT;
	return (enum outside_part)v->outside[g->label[node].v];
}

const char *outside_part_kind(enum outside_part part)
{
	return rows[part].kind;
}

const char *outside_part_words(enum outside_part part)
{
	return rows[part].words;
}

/* The node that import paths from outside belong to, if it is one. */
static int find_part(const struct graph_view *v, const char *text, struct name *name,
		     struct arena *arena, struct err *err)
{
	sym_id part = v->outside_name[name->path[0].v];

	if (!part.v)
		return err_set(err, ERR_USAGE, "'%.200s' is %s, which this graph does not show",
			       text, outside_words(name->outside));
	for (uint32_t i = 1; i < name->count; i++)
		if (v->outside_name[name->path[i].v].v != part.v)
			return err_set(err, ERR_USAGE, "'%.200s' stands for %u import paths of "
				       "several nodes; choose one", text, name->count);
	name->kind = NAME_NODE;
	name->count = 1;
	name->node = outside_id(v->source, sym_text(v->source->syms, part), arena);
	return 0;
}

int graph_view_find(const struct graph_view *v, const struct names *n, const char *text,
		    struct arena *arena, struct name *ret, struct err *err)
{
	const struct graph *g = v->graph;

	/* As it is printed. */
	for (uint32_t p = 0; p < g->npkgs && !strncmp(text, "//", 2); p++)
		if ((g->flags[p] & NODE_OUTSIDE) && !strcmp(sym_text(g->syms, g->id[p]), text)) {
			*ret = (struct name){ .kind = NAME_NODE, .node = g->id[p], .count = 1,
					      .text = text };
			return 0;
		}
	if (name_find(n, text, v->outside, arena, ret, err))
		return -1;
	return ret->kind == NAME_OUTSIDE ? find_part(v, text, ret, arena, err) : 0;
}

bool graph_view_holds(const struct graph_view *v, const struct names *n, const struct name *name,
		      uint32_t node)
{
	if (!name_holds(n, name, node))
		return false;
	if (name->kind == NAME_NODE)
		return true;
	/* All below a folder is all of the tree there, unless the folder is outside. */
	return v->node[node] &&
	       (!(v->graph->flags[node] & NODE_OUTSIDE) || !strncmp(name->folder, "//", 2));
}
