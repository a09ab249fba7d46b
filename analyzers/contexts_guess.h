/* SPDX-License-Identifier: MIT */
/*
 * contexts_guess.h - the contexts of a tree that nobody told us of, guessed from
 * folder names that repeat below a common parent:
 *   layers first   parent/service/order, parent/model/order, ...: a name below at
 *                  least two folders of technical names
 *   contexts first parent/order/app, parent/user/app, ...: a folder that has at
 *                  least two of the technical names that half of them have
 * Three contexts at least; otherwise nothing is guessed.
 */
#ifndef MESHCTL_CONTEXTS_GUESS_H
#define MESHCTL_CONTEXTS_GUESS_H

#include "graph/graph.h"

struct context {
	const char *name;
	uint32_t packages, lines;       /* external tests: their lines only */
	uint32_t imported, imports;     /* import lines from and to other contexts, no tests */
	const uint32_t *both;           /* contexts that it imports and that import it, ascending */
	uint32_t nboth;
	uint64_t score;                 /* imported + imports; twice those of `both` */
};

struct contexts {
	uint32_t count;                 /* 0 or at least 3 */
	const struct context *item;     /* lowest score first, then fewest packages, then name */
	const uint32_t *of;             /* [npkgs] its context, or ID_NONE */
};

void contexts_guess(const struct source *s, const struct graph *g, struct arena *arena,
		    struct contexts *ret);
/* The package graph with these as its graph.part, where nobody named any and some are guessed. */
const struct graph *contexts_as_part(const struct source *s, const struct graph *g,
				     struct arena *arena);

#endif
