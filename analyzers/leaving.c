/* SPDX-License-Identifier: MIT */
/* leaving.c - collects the imports that leave the tree. */
#include "analyzers/leaving.h"
#include "analyzers/known.h"
#include "analyzers/std.h"
#include "graph/source/resolve.h"

#include <stdlib.h>
#include <string.h>

struct collect {
	const struct source *s;
	const struct graph *g;
	struct arena *arena;
	struct known_paths known;
	uint32_t nsyms;
	uint32_t *asked_by;             /* [nsyms] module + 1 whose answer `kind` has */
	enum import_kind *kind;         /* [nsyms] */
	bool *required;                 /* [nsyms] path of a module that some go.mod requires */
	uint32_t *number;               /* [nsyms] path + 1 */
	struct leaving_path *path;
	uint32_t npaths, path_cap;
	struct leaving_line *line;
	uint32_t nlines, line_cap;
};

/* Folders of one module mean the same by one path. */
static enum import_kind kind_of(struct collect *c, dir_id from, sym_id path)
{
	uint32_t by = c->s->dir[from.v].module.v + 1;
	const char *text = sym_text(c->s->syms, path);

	if (by && c->asked_by[path.v] == by)
		return c->kind[path.v];
	enum import_kind kind = resolve_import(c->s, from, path).kind;

	if (kind == IMPORT_STD && !std_has(text) && known_path(&c->known, from, text))
		kind = IMPORT_EXTERNAL;
	c->asked_by[path.v] = by;
	c->kind[path.v] = kind;
	return kind;
}

/* A module that nobody imports by its own path becomes a symbol all the same. */
static void learn_requires(struct collect *c)
{
	for (uint32_t m = 0; m < c->s->nmodules; m++)
		for (uint32_t i = 0; i < c->s->module[m].mod->nrequire; i++)
			sym_from(c->s->syms, c->s->module[m].mod->require[i].path);
	c->nsyms = c->s->syms->count;
	c->required = xcalloc(c->nsyms, sizeof(*c->required));
	for (uint32_t m = 0; m < c->s->nmodules; m++)
		for (uint32_t i = 0; i < c->s->module[m].mod->nrequire; i++) {
			const char *path = c->s->module[m].mod->require[i].path;

			c->required[sym_from(c->s->syms, path).v] = true;
		}
}

/* The longest required module path that the import path is, or is below. */
static sym_id module_of(const struct collect *c, sym_id path)
{
	const char *text = sym_text(c->s->syms, path);

	for (size_t len = strlen(text); len; len--) {
		if (text[len] && text[len] != '/')
			continue;
		sym_id id = sym_find(c->s->syms, text, len);

		if (id.v && id.v < c->nsyms && c->required[id.v])
			return id;
	}
	return path;
}

static uint32_t number_of(struct collect *c, sym_id path, enum import_kind kind)
{
	bool std = kind != IMPORT_EXTERNAL;

	if (!c->number[path.v]) {
		VEC_RESERVE(c->path, c->path_cap, c->npaths + 1);
		c->path[c->npaths] = (struct leaving_path){
			.path = path, .module = std ? path : module_of(c, path), .std = std,
		};
		c->number[path.v] = ++c->npaths;
	}
	return c->number[path.v] - 1;
}

static void add_file(struct collect *c, uint32_t node, uint32_t f)
{
	const struct source *s = c->s;
	const struct go_file *file = &s->file[f];
	sym_id at = { 0 };

	for (uint32_t i = file->import_first; i < file->import_first + file->nimports; i++) {
		const struct go_import *import = &s->import[i];
		enum import_kind kind = kind_of(c, file->dir, import->path);

		if (kind != IMPORT_STD && kind != IMPORT_EXTERNAL && kind != IMPORT_CGO)
			continue;
		if (!at.v)
			at = sym_from(s->syms, source_file_path(s, (file_id){ f }, c->arena));
		VEC_RESERVE(c->line, c->line_cap, c->nlines + 1);
		c->line[c->nlines++] = (struct leaving_line){
			.path = number_of(c, import->path, kind), .package = node,
			.at = { at, import->line, import->col, import->end_col },
		};
	}
}

static void add_packages(struct collect *c, uint32_t *first)
{
	for (uint32_t p = 0; p < c->g->npkgs; p++) {
		first[p] = c->nlines;
		if (c->g->dir[p].v == ID_NONE || c->g->flags[p] & NODE_XTEST)
			continue;
		const struct go_dir *d = &c->s->dir[c->g->dir[p].v];

		for (uint32_t f = d->file_first; f < d->file_first + d->nfiles; f++)
			if (c->s->file[f].configs &&
			    !(c->s->file[f].flags & (FILE_TEST | FILE_HIDDEN)))
				add_file(c, p, f);
	}
	first[c->g->npkgs] = c->nlines;
}

static int by_module(const void *left, const void *right, void *ctx)
{
	const struct leaving_path *a = left, *b = right;
	int order = strcmp(sym_text(ctx, a->module), sym_text(ctx, b->module));

	return order ? order : strcmp(sym_text(ctx, a->path), sym_text(ctx, b->path));
}

/* Paths in their order; lines by path by counting. */
static void put_in_order(struct collect *c, struct leaving *ret)
{
	struct leaving_path *path = arena_array(c->arena, struct leaving_path, c->npaths);
	struct leaving_line *line = arena_array(c->arena, struct leaving_line, c->nlines);
	uint32_t *by_path = arena_array(c->arena, uint32_t, c->nlines), at = 0;
	uint32_t *place = xcalloc(c->npaths, sizeof(*place));

	sort_with(c->path, c->npaths, sizeof(*c->path), by_module, c->s->syms);
	for (uint32_t i = 0; i < c->npaths; i++) {
		place[c->number[c->path[i].path.v] - 1] = i;
		path[i] = c->path[i];
	}
	for (uint32_t i = 0; i < c->nlines; i++) {
		line[i] = c->line[i];
		line[i].path = place[line[i].path];
		path[line[i].path].count++;
	}
	for (uint32_t i = 0; i < c->npaths; i++) {
		path[i].first = at;
		at += path[i].count;
		path[i].count = 0;
	}
	for (uint32_t i = 0; i < c->nlines; i++) {
		struct leaving_path *p = &path[line[i].path];

		by_path[p->first + p->count++] = i;
	}
	ret->path = path;
	ret->npaths = c->npaths;
	ret->line = line;
	ret->nlines = c->nlines;
	ret->by_path = by_path;
	free(place);
}

void leaving_find(const struct source *s, const struct graph *g, struct arena *arena,
		  struct leaving *ret)
{
	struct collect c = { .s = s, .g = g, .arena = arena };
	uint32_t *first = arena_array(arena, uint32_t, (size_t)g->npkgs + 1);

	learn_requires(&c);
	c.asked_by = xcalloc(c.nsyms, sizeof(*c.asked_by));
	c.kind = xcalloc(c.nsyms, sizeof(*c.kind));
	c.number = xcalloc(c.nsyms, sizeof(*c.number));
	known_paths_init(&c.known, s, arena);
	add_packages(&c, first);
	put_in_order(&c, ret);
	ret->first = first;
	known_paths_release(&c.known);
	free(c.asked_by);
	free(c.kind);
	free(c.required);
	free(c.number);
	free(c.path);
	free(c.line);
}
