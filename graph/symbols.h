/* SPDX-License-Identifier: MIT */
/*
 * symbols.h - what the imports of an edge use of the other side: each symbol
 * with the kind of its declaration, how it is used, how often, and where first.
 *
 * Bodies are read when somebody asks, and only those that this takes: the files
 * with imports of the edges, and for kinds the files of the imported packages.
 */
#ifndef MESHCTL_SYMBOLS_H
#define MESHCTL_SYMBOLS_H

#include "graph/level.h"
#include "graph/source/link.h"

/* Which import lines count: those of some of the configurations, of tests or not. */
struct site_filter {
	uint32_t configs;               /* bit set */
	bool tests;
};

static inline bool site_counts(const struct site *site, struct site_filter f)
{
	return (site->configs & f.configs) && (f.tests || !site->test);
}

enum symbol_kind {
	SYMBOL_UNKNOWN,                 /* its declaration was not found, or not looked for */
	SYMBOL_FUNC, SYMBOL_STRUCT, SYMBOL_INTERFACE, SYMBOL_TYPE, SYMBOL_VAR, SYMBOL_CONST,
	SYMBOL_KINDS
};
extern const char *const symbol_kind_name[SYMBOL_KINDS];        /* "function", "struct" */

struct symbol {
	sym_id path;                    /* the import path of its package */
	dir_id dir;                     /* where that lies in the tree; ID_NONE = outside */
	const char *package;            /* its name: "price" */
	const char *name;               /* "Total" */
	enum symbol_kind kind;
	uint32_t roles;                 /* 1 << enum ref_role, united */
	uint32_t uses;
	struct span at;                 /* the first by file and line; end_col is 0 */
	bool test;                      /* only test files use it */
	file_id file;                   /* of the declaration; ID_NONE = unknown */
	uint32_t decl;
};

struct edge_symbols {
	uint32_t count;
	const struct symbol *symbol;    /* by import path, then name */
	uint32_t lines;                 /* import lines that count; of them: */
	uint32_t blank, dot;
	uint32_t unread;                /* in files whose body could not be read, or has errors */
	uint32_t unknown;               /* others of which no use was found */
	uint32_t packages;              /* imported */
	/*
	 * Distinct exported symbols; a blank or a dot import of a package counts as
	 * one, and so does a package of which nothing is known to be used.
	 */
	uint32_t weight;
};

struct symbols_options {
	unsigned workers;
	bool no_cache;
	const struct bodies *all;       /* of every file, where they were read anyway; else NULL */
};

struct symbols;
struct symbols *symbols_new(const struct source *s, const struct symbols_options *o);
void symbols_free(struct symbols *sy);

/* Remembers that symbols_edge() will be asked; with `kinds` the declarations as well. */
void symbols_want(struct symbols *sy, const struct graph *g, uint32_t edge, struct site_filter f,
		  bool kinds);
/* Remembers that the files of a package will be asked for, without its tests. */
void symbols_want_package(struct symbols *sy, dir_id dir);
/* Reads the bodies that were wanted and have not been read. */
int symbols_read(struct symbols *sy, struct err *err);
/* What an edge uses; after symbols_read().  In the arena; names live as long as `sy`. */
void symbols_edge(struct symbols *sy, const struct graph *g, uint32_t edge, struct site_filter f,
		  struct arena *arena, struct edge_symbols *ret);
/*
 * The weights of the edges inside a knot, [g->nedges], in the arena; reads what
 * it takes.  For graph_cut().
 */
int symbols_weigh(struct symbols *sy, const struct graph *g, const struct knot *knot, bool tests,
		  struct arena *arena, uint32_t **ret_weight, struct err *err);

/* What has been read so far: body.file[] of files that were not is NULL. */
const struct bodies *symbols_bodies(const struct symbols *sy);
/* NULL before anything was read. */
struct link *symbols_link(struct symbols *sy);

/* "price.Total" */
const char *symbol_text(const struct symbol *s, struct arena *arena);

#endif
