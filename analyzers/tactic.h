/* SPDX-License-Identifier: MIT */
/*
 * tactic.h - how an edge of a cut could be removed: tactics are rows of
 * tactics.def, and the first that fits what the edge uses is proposed.
 */
#ifndef MESHCTL_TACTIC_H
#define MESHCTL_TACTIC_H

#include "analyzers/circles.h"
#include "graph/symbols.h"

enum tactic_id {
#define TACTIC(ident, id, fits, words, when, note) ident,
#include "analyzers/tactics.def"
#undef TACTIC
	TACTIC_COUNT
};

struct tactic {
	const char *id;                 /* "move-type" */
	const char *words;              /* with {what}, {from}, ... */
	const char *when, *note;
};

extern const struct tactic tactic_rows[TACTIC_COUNT];
/* By id, any case; NULL when there is none. */
const struct tactic *tactic_find(const char *text);

struct advice {
	struct edge_symbols used;
	enum tactic_id tactic;
	const char *words, *brief;      /* "move 1 type to excel", "move 1 type" */
	/* With the tactics that move: all that goes, methods and what is needed included. */
	uint32_t declarations;
};

/*
 * Advice for the first `count` edges of a cut of the knot, in the arena; reads
 * the bodies that it takes.
 */
int tactics_advise(const struct source *s, const struct knots_at *k, const struct knot *knot,
		   const struct cut *cut, uint32_t count, struct symbols *sy, struct arena *arena,
		   struct advice **ret, struct err *err);

#endif
