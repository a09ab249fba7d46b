/* SPDX-License-Identifier: MIT */
/*
 * circles.h - circles at every level of a repository: the table of levels and
 * the hops of a circle.  Shared by the cycles analysis and the commands that
 * show it.
 */
#ifndef MESHCTL_CIRCLES_H
#define MESHCTL_CIRCLES_H

#include "analyzers/analyzer.h"
#include "graph/cut.h"
#include "graph/symbols.h"

struct level_circles {
	struct level level;
	const char *name;               /* "dir:2" */
	uint32_t groups;                /* nodes at this level */
	/* In any knot, in the largest one, how many knots; who imports itself is tied. */
	uint32_t tied, largest, knots;
};

struct circle_table {
	uint32_t count;
	/* dir:1 .. dir:K, module if several, what graph.part has, package, test */
	struct level_circles *row;
	/*
	 * The folder level whose largest knot ties the largest share of its groups,
	 * the shallower one of equals; ID_NONE when no folder level has a knot.  A
	 * level of three groups or fewer ("internal" and "pkg" import each other) tells
	 * little: it counts only where no other has a knot.
	 */
	uint32_t worst;
	uint32_t skipped;               /* folder levels beyond LIMIT_CYCLE_DEPTH */
};

/*
 * Looks at every level, and at `also` (NULL for none) where that is not one of
 * them.  Names live in the arena; graphs do not outlive the call.
 */
void circle_table_init(const struct source *s, const struct graph *g, const struct level *also,
		       struct arena *arena, struct circle_table *ret);
/* circle_table.worst without the rest of the table; false where that is ID_NONE. */
bool circle_worst(const struct source *s, const struct graph *g, struct level *ret);
bool level_same(struct level a, struct level b);
/* Is level a the worse one?  Shares are compared exactly. */
bool circles_worse(const struct level_circles *a, const struct level_circles *b);

struct hop {
	uint32_t from, to;              /* nodes */
	struct span at;                 /* the first import line of the edge that counts */
	uint32_t lines;                 /* all of them */
};

/* Do test imports make circles at this level? */
static inline bool level_has_tests(struct level level)
{
	return level.kind == LEVEL_TEST;
}

/* The configurations in which every hop of the knot's circle exists; not 0. */
uint32_t knot_circle_configs(const struct graph *g, const struct knot *k, bool tests);
/* The k->ncircle hops of the knot's circle, in order. */
struct hop *knot_hops(const struct graph *g, const struct knot *k, bool tests, struct arena *arena);
/* "a, b, c and 24 more": at most `most` members by name, each between two `quote`. */
const char *knot_names(const struct graph *g, const struct knot *k, uint32_t most,
		       const char *quote, struct arena *arena);
/* Does PATTERN ask for a member? */
bool knot_reported(const struct graph *g, const struct knot *k);

/* Knots at one level, as findings are made of them. */
struct knots_at {
	struct level level;
	const char *name;               /* of the level */
	const struct graph *packages;
	const struct graph *graph;      /* at the level */
	struct knots knots;
	struct symbols *weigh;          /* cuts weigh what is used; NULL = import lines */
	bool weight_only;               /* of cuts that no finding has: nobody asks for edges */
};

void knots_at_init(const struct source *s, const struct graph *g, struct level level,
		   struct arena *arena, struct knots_at *ret);
/* Nodes of the level, those that `graph` shows and `metrics` counts. */
uint32_t knots_groups(const struct knots_at *k);
enum rule_id level_rule(struct level level);
/*
 * Are circles at this level findings, and how bad?  Always between folders and
 * packages; between contexts and layers where a policy names them, at other levels
 * where import-cycle's `at` lists them.  Between a policy's contexts, or layers, a
 * circle is an error; a level that `rules` gives counts for what `at` lists, or
 * for all where there is no `at`.
 */
bool knot_level(const struct analysis *a, struct level level, enum severity *ret);
/* Adds the finding of knot i. */
int knot_report(const struct analysis *a, const struct knots_at *k, uint32_t i, struct err *err);
/* The finding of knot i among those of a run, or NULL. */
const struct finding *knot_finding(const struct findings *f, const struct knots_at *k, uint32_t i,
				   struct arena *arena);
/* The cut of knot i: that of its finding (or NULL), else it is looked for now. */
int knot_cut(const struct finding *f, const struct knots_at *k, uint32_t i, struct arena *arena,
	     const struct cut **ret, struct err *err);
/* "3 import lines", "1 symbol": a weight in the unit of the cuts. */
const char *knot_weight(const struct knots_at *k, uint32_t weight, struct arena *arena);
/* Does an import line count inside the knot? */
bool knot_has_site(const struct knots_at *k, const struct knot *knot, const struct site *site);
/* The first import line of an edge that counts inside the knot. */
struct span knot_edge_at(const struct knots_at *k, const struct knot *knot, uint32_t edge);
/* "linux/amd64, windows/amd64" */
const char *config_names(const struct source *s, uint32_t configs, struct arena *arena);

#endif
