/* SPDX-License-Identifier: MIT */
/*
 * tactic_map.h - inside tactics_advise(): where an edge stands in its graph.
 */
#ifndef MESHCTL_TACTIC_MAP_H
#define MESHCTL_TACTIC_MAP_H

#include "analyzers/circles.h"
#include "analyzers/closure.h"

/* What the conditions and the words of tactics.def may see. */
struct tactic_case {
	const struct source *source;
	const struct symbols *symbols;
	const struct edge_symbols *used;
	uint32_t kinds[SYMBOL_KINDS];   /* symbols of each */
	uint32_t roles;                 /* of all uses */
	struct closure closure;
	bool brief;                     /* the words are to be few */
	const char *from, *to;          /* short, unique in the knot */
	const char *main;               /* the program to import it in */
	bool programs;                  /* nobody but programs imports */
	/*
	 * Packages of `to` that `from` imports; those and what they need of `to`;
	 * false where that leads back, or at the package level.
	 */
	uint32_t imported, moved;
	bool moves;
	const char *package;            /* the first of them, its last segment */
	uint32_t members;               /* packages of `to` */
	uint64_t between;               /* import lines from one to the other, both ways */
	uint64_t from_lines, to_lines;  /* all import lines from and to each of the two */
};

struct tactic_map {
	const struct source *source;
	const struct knots_at *k;
	const struct knot *knot;
	uint32_t *node_of;              /* [ndirs] node of the level; ID_NONE = in none */
	bool *cut;                      /* [nedges] of the level's graph */
	bool *closed;                   /* [ndirs] leads to `from`, the cut made: see fill */
	uint32_t *queue;                /* [nodes of either graph] */
	bool *seen;                     /* the same */
	uint64_t *lines;                /* [npkgs] import lines from and to the node */
};

void tactic_map_init(struct tactic_map *m, const struct source *s, const struct knots_at *k,
		     const struct knot *knot, const struct cut *cut);
void tactic_map_release(struct tactic_map *m);
/*
 * Fills what is not about symbols, and m->closed: folders whose packages lead
 * back to `from` once the cut is made.  What moves from `to` to `from` must not use
 * them; `from` itself it may use.
 */
void tactic_map_fill(struct tactic_map *m, const struct cut_edge *edge, struct site_filter f,
		     struct tactic_case *ret);

#endif
