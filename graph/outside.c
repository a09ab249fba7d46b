/* SPDX-License-Identifier: MIT */
/* outside.c - finds the imports of files that the package graph has no node for. */
#include "graph/outside.h"
#include "graph/source/package.h"
#include "graph/source/tree.h"

#include <stdlib.h>
#include <string.h>

struct dir_nodes { uint32_t own, xtest; };      /* ID_NONE where there is none */

static struct dir_nodes *nodes_of_dirs(const struct source *s, const struct graph *g)
{
	struct dir_nodes *node = xrealloc(NULL, s->ndirs, sizeof(*node));

	for (uint32_t d = 0; d < s->ndirs; d++)
		node[d] = (struct dir_nodes){ ID_NONE, ID_NONE };
	for (uint32_t p = 0; p < g->npkgs; p++) {
		if (g->dir[p].v == ID_NONE)
			continue;
		if (g->flags[p] & NODE_XTEST)
			node[g->dir[p].v].xtest = p;
		else
			node[g->dir[p].v].own = p;
	}
	return node;
}

/* Where an import of a file in `dir` leads outside; false when a node stands for it. */
static bool leaves(const struct source *s, const struct dir_nodes *node, dir_id dir, sym_id path,
		   enum import_kind *ret_kind)
{
	struct resolved r = resolve_import(s, dir, path);

	*ret_kind = r.kind;
	return r.kind != IMPORT_INTERNAL || r.dir.v == ID_NONE || node[r.dir.v].own == ID_NONE;
}

static bool is_built(const struct go_file *f)
{
	return f->configs && !(f->flags & FILE_HIDDEN);
}

static int by_path(const void *va, const void *vb, void *ctx)
{
	const struct outside_import *a = va, *b = vb;

	return strcmp(sym_text(ctx, a->path), sym_text(ctx, b->path));
}

void outside_list(const struct source *s, const struct graph *packages, struct arena *arena,
		  struct outside *ret)
{
	struct dir_nodes *node = nodes_of_dirs(s, packages);
	uint32_t nsyms = s->syms->count, cap = 0, n = 0;
	uint32_t *asked_by = xcalloc(nsyms, sizeof(*asked_by));
	bool *known = xcalloc(nsyms, sizeof(*known));
	struct outside_import *found = NULL;

	for (uint32_t f = 0; f < s->nfiles; f++) {
		const struct go_file *file = &s->file[f];
		uint32_t by = s->dir[file->dir.v].module.v + 1;

		for (uint32_t i = 0; is_built(file) && i < file->nimports; i++) {
			sym_id path = s->import[file->import_first + i].path;
			enum import_kind kind;

			if (known[path.v] || asked_by[path.v] == by)
				continue;
			asked_by[path.v] = by;
			if (!leaves(s, node, file->dir, path, &kind))
				continue;
			known[path.v] = true;
			VEC_RESERVE(found, cap, n + 1);
			found[n++] = (struct outside_import){ path, kind };
		}
	}
	sort_with(found, n, sizeof(*found), by_path, s->syms);
	struct outside_import *kept = arena_array(arena, struct outside_import, n);

	if (n)
		memcpy(kept, found, n * sizeof(*kept));
	*ret = (struct outside){ n, kept };
	free(found);
	free(known);
	free(asked_by);
	free(node);
}

bool outside_find(const struct source *s, const struct graph *packages, const char *path,
		  struct outside_import *ret)
{
	sym_id wanted = sym_find(s->syms, path, strlen(path));
	struct dir_nodes *node;
	bool found = false;

	if (!wanted.v)
		return false;
	node = nodes_of_dirs(s, packages);
	for (uint32_t f = 0; f < s->nfiles && !found; f++) {
		const struct go_file *file = &s->file[f];

		for (uint32_t i = 0; is_built(file) && i < file->nimports && !found; i++)
			found = s->import[file->import_first + i].path.v == wanted.v &&
				leaves(s, node, file->dir, wanted, &ret->kind);
	}
	ret->path = wanted;
	free(node);
	return found;
}

const char *outside_words(enum import_kind kind)
{
	switch (kind) {
	case IMPORT_STD:
		return "the standard library";
	case IMPORT_INTERNAL:
		return "a folder without a package that is built";
	case IMPORT_EXTERNAL:
		return "another module";
	case IMPORT_MISSING:
		return "not there";
	case IMPORT_CGO:
		return "cgo";
	}
	BUG("import kind %d", (int)kind);
}

sym_id outside_id(const struct source *s, const char *name, struct arena *arena)
{
	return sym_from(s->syms, arena_printf(arena, "//%s", name));
}

/* Everything of the package graph, once more into a builder, in order. */
static void copy_graph(const struct graph *g, struct graph_builder *b)
{
	for (uint32_t p = 0; p < g->npkgs; p++) {
		struct graph_node node = {
			.id = g->id[p], .label = g->label[p], .dir = g->dir[p],
			.flags = g->flags[p], .configs = g->configs[p], .files = g->files[p],
			.lines = g->lines[p], .members = g->members[p],
		};

		graph_add_node(b, &node);
	}
	for (uint32_t p = 0; p < g->npkgs; p++)
		graph_foreach_out(g, p, e)
			for (uint32_t i = g->site_first[e]; i < g->site_first[e + 1]; i++)
				graph_add_import(b, (pkg_id){ p }, (pkg_id){ g->out_to[e] },
						 &g->site[i]);
}

struct adder {
	const struct source *s;
	struct graph_builder *builder;
	struct dir_nodes *node;
	uint32_t *to;                   /* [nsyms] by import path: node + 1; 0 = none */
	uint32_t nsyms;
	struct arena scratch;
};

/* The imports of one file that leave for the new node, in the ways in which it is built. */
static void add_file(struct adder *w, uint32_t f, const uint32_t configs[ROLE_COUNT])
{
	static const struct { enum file_role role; bool xtest, test; } parts[] = {
		{ ROLE_GO, false, false }, { ROLE_CGO, false, false },
		{ ROLE_TEST, false, true }, { ROLE_XTEST, true, true },
	};
	const struct source *s = w->s;
	const struct go_file *file = &s->file[f];
	const struct dir_nodes *nodes = &w->node[file->dir.v];

	for (uint32_t i = file->import_first; i < file->import_first + file->nimports; i++) {
		const struct go_import *import = &s->import[i];
		enum import_kind kind;

		if (import->path.v >= w->nsyms || !w->to[import->path.v] ||
		    !leaves(s, w->node, file->dir, import->path, &kind))
			continue;
		const pkg_id to = { w->to[import->path.v] - 1 };
		sym_id path = sym_from(s->syms,
				       source_file_path(s, (file_id){ f }, &w->scratch));

		for (size_t k = 0; k < ARRAY_SIZE(parts); k++) {
			uint32_t from = parts[k].xtest ? nodes->xtest : nodes->own;
			struct site site = {
				.at = { path, import->line, import->col, import->end_col },
				.path = import->path, .configs = configs[parts[k].role],
				.test = parts[k].test,
			};

			if (site.configs && from != ID_NONE)
				graph_add_import(w->builder, (pkg_id){ from }, to, &site);
		}
	}
}

static bool imports_wanted(const struct adder *w, const struct go_file *file)
{
	for (uint32_t i = file->import_first; i < file->import_first + file->nimports; i++)
		if (w->to[w->s->import[i].path.v])
			return true;
	return false;
}

static void add_dir(struct adder *w, uint32_t d)
{
	const struct go_dir *dir = &w->s->dir[d];
	uint32_t end = dir->file_first + dir->nfiles, f = dir->file_first;

	while (f < end && !(is_built(&w->s->file[f]) && imports_wanted(w, &w->s->file[f])))
		f++;
	if (f == end)
		return;
	uint32_t (*configs)[ROLE_COUNT] =
		arena_alloc(&w->scratch, dir->nfiles, sizeof(*configs));

	for (uint32_t c = 0; c < w->s->nconfigs; c++) {
		struct go_package p;

		package_classify(w->s, (dir_id){ d }, c, &w->scratch, &p);
		for (uint32_t i = 0; i < dir->nfiles; i++)
			configs[i][p.role[i]] |= 1u << c;
	}
	for (; f < end; f++)
		add_file(w, f, configs[f - dir->file_first]);
	arena_reset(&w->scratch);
}

/* What is said of packages holds on; both graphs have them in the same order. */
static const struct graph *with_parts(const struct graph *g, const struct graph *packages,
				      struct arena *arena)
{
	struct graph *named = arena_new(arena, struct graph);

	*named = *g;
	for (unsigned i = 0; i < PARTS; i++) {
		if (!packages->part[i])
			continue;
		sym_id *part = arena_array(arena, sym_id, g->npkgs);

		for (uint32_t p = 0, inside = 0; p < g->npkgs; p++)
			if (!(g->flags[p] & NODE_OUTSIDE))
				part[p] = packages->part[i][inside++];
		named->part[i] = part;
		named->guessed[i] = packages->guessed[i];
	}
	return named;
}

const struct graph *graph_with_links(const struct source *s, const struct graph *packages,
				     const struct outside_link *link, uint32_t nlinks,
				     struct arena *arena)
{
	struct adder w = {
		.s = s, .builder = graph_builder_new(s->syms, packages->nconfigs),
		.node = nodes_of_dirs(s, packages),
	};

	w.nsyms = s->syms->count;
	w.to = xcalloc(w.nsyms, sizeof(*w.to));
	copy_graph(packages, w.builder);
	for (uint32_t i = 0; i < nlinks; i++) {
		struct graph_node node = {
			.label = link[i].name, .dir = { ID_NONE }, .flags = NODE_OUTSIDE,
			.id = outside_id(s, sym_text(s->syms, link[i].name), &w.scratch),
		};

		w.to[link[i].path.v] = graph_add_node(w.builder, &node).v + 1;
	}
	arena_reset(&w.scratch);
	for (uint32_t d = 0; d < s->ndirs; d++)
		add_dir(&w, d);
	const struct graph *g = with_parts(graph_freeze(w.builder, arena), packages, arena);

	graph_builder_free(w.builder);
	free(w.node);
	free(w.to);
	arena_release(&w.scratch);
	return g;
}

const struct graph *graph_with_outside(const struct source *s, const struct graph *packages,
				       const sym_id *path, uint32_t npaths, const char *name,
				       struct arena *arena)
{
	struct outside_link *link = xcalloc(npaths, sizeof(*link));
	sym_id label = sym_from(s->syms, name);

	for (uint32_t i = 0; i < npaths; i++)
		link[i] = (struct outside_link){ path[i], label };
	const struct graph *g = graph_with_links(s, packages, link, npaths, arena);

	free(link);
	return g;
}
