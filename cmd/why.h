/* SPDX-License-Identifier: MIT */
/*
 * why.h - what `meshctl why` found out, and its formats: how FROM leads to TO
 * in one build configuration, or who leads to TO at all.
 */
#ifndef MESHCTL_WHY_H
#define MESHCTL_WHY_H

#include "cmd/session.h"
#include "graph/names.h"
#include "graph/path.h"
#include "graph/reach.h"
#include "graph/symbols.h"

struct output;

struct why_end {
	struct name name;
	uint32_t node;                  /* in why.graph */
};

struct why {
	const struct source *source;
	const struct graph *packages;   /* the package graph */
	const struct graph *graph;      /* at the level, with TO from outside, groups united */
	struct level level;
	bool tests, reverse;
	const char *from_typed, *to_typed;
	const uint32_t *dir_at;         /* [ndir_at] by symbol of its path: folder + 1 */
	uint32_t ndir_at;
	struct why_end from, to;        /* from: not with reverse */

	bool any;                       /* there is a path, somebody leads there */
	uint32_t config;                /* where `shortest` and `ways` are */
	struct path shortest;
	struct paths ways;

	/* When there is none. */
	uint32_t back;                  /* edges of the way back, 0 = none either */
	const char *with_tests;         /* the option with which there is one, or NULL */
	bool mixed;                     /* only with imports of several configurations */

	struct leads leads;             /* reverse */
	uint32_t nodes;                 /* reverse: those that could lead there */

	struct symbols *symbols;        /* NULL unless somebody asks what is used */
	bool list;                      /* every symbol */
	bool weigh;                     /* numbers are symbols, not import lines */

	const char *incomplete;
	enum exit_status status;
};

/* One edge as it is shown. */
struct why_hop {
	uint32_t edge, configs;
	const char *from, *to;          /* not escaped */
	const struct site *site;        /* the first import line; one of no test if there is one */
	const char *alias, *path;       /* that import: "_" and "gorm.io/gorm"; alias "" = none */
	uint32_t lines;                 /* all of them */
	uint32_t weight;                /* symbols where they are weighed, else lines */
	bool test;                      /* only tests */
};

/*
 * Finds the names at the level and makes the graph in which they are one node
 * each.  `from` is NULL to ask who leads to `to`.
 */
int why_open(struct why *w, const struct session *session, const char *from, const char *to,
	     struct arena *arena, struct err *err);
/* Answers. */
void why_answer(struct why *w, struct arena *arena);
/* Reads the files to their ends whose edges the answer has, where w->symbols. */
int why_read(struct why *w, struct err *err);
/* What an edge of the answer uses. */
void why_uses(const struct why *w, uint32_t edge, uint32_t configs, struct arena *arena,
	      struct edge_symbols *ret);
/* `configs` says which import lines count. */
struct why_hop why_hop(const struct why *w, uint32_t edge, uint32_t configs);
/* The import spec behind a site, which knows the alias. */
const struct go_import *why_import(const struct why *w, const struct site *site);
/* The user's folder below the root of what was read; "" where it is not below. */
const char *where_user_is(const struct source *s, struct arena *arena);
/* "internal/order", or the import path of what is outside. */
const char *why_node(const struct why *w, uint32_t node);

/* The formats. */
int why_write_text(const struct why *w, const struct output *o, bool all, struct err *err);
int why_write_json(const struct why *w, const struct output *o, bool all, struct err *err);

#endif
