/* SPDX-License-Identifier: MIT */
/*
 * tarjan.h - strongly connected components of anything with compressed rows
 * (R. Tarjan, "Depth-first search and linear graph algorithms", 1972), without
 * recursion.  The caller walks:
 *	while (tarjan_next(&t, &edge))
 *		if (alive(edge))
 *			tarjan_follow(&t, to[edge]);
 */
#ifndef MESHCTL_TARJAN_H
#define MESHCTL_TARJAN_H

#include "base/sym.h"

#include <stdlib.h>

struct tarjan {
	const uint32_t *first;          /* [n + 1] node p has first[p] .. first[p + 1] - 1 */
	uint32_t n, root;
	uint32_t *component;            /* [n] ID_NONE until closed; in reverse topological order */
	uint32_t *seen, *low;           /* 0 = not reached yet */
	uint32_t *next;                 /* the next edge to look at */
	uint32_t *open, *path;          /* nodes of open components; from the root to here */
	uint32_t nopen, depth, time;
	uint32_t count;                 /* components */
};

static inline void tarjan_init(struct tarjan *t, uint32_t n, const uint32_t *first,
			       uint32_t *component)
{
	uint32_t *scratch = xcalloc((size_t)n * 5, sizeof(*scratch));

	*t = (struct tarjan){
		.first = first, .n = n, .component = component, .seen = scratch,
		.low = scratch + n, .next = scratch + 2 * (size_t)n,
		.open = scratch + 3 * (size_t)n, .path = scratch + 4 * (size_t)n,
	};
	for (uint32_t p = 0; p < n; p++)
		component[p] = ID_NONE;
}

static inline void tarjan_release(struct tarjan *t)
{
	free(t->seen);
}

static inline void tarjan_enter(struct tarjan *t, uint32_t p)
{
	t->seen[p] = t->low[p] = ++t->time;
	t->next[p] = t->first[p];
	t->open[t->nopen++] = p;
	t->path[t->depth++] = p;
}

static inline void tarjan_leave(struct tarjan *t, uint32_t p)
{
	t->depth--;
	if (t->depth && t->low[p] < t->low[t->path[t->depth - 1]])
		t->low[t->path[t->depth - 1]] = t->low[p];
	if (t->low[p] != t->seen[p])
		return;
	while (t->component[p] == ID_NONE)
		t->component[t->open[--t->nopen]] = t->count;
	t->count++;
}

/* The next edge to look at, each once; false when all are done. */
static inline bool tarjan_next(struct tarjan *t, uint32_t *ret_edge)
{
	for (;;) {
		if (!t->depth) {
			while (t->root < t->n && t->seen[t->root])
				t->root++;
			if (t->root == t->n)
				return false;
			tarjan_enter(t, t->root);
		}
		uint32_t p = t->path[t->depth - 1];

		*ret_edge = t->next[p];
		if (*ret_edge != t->first[p + 1]) {
			t->next[p]++;
			return true;
		}
		tarjan_leave(t, p);
	}
}

/* The edge leads from where it was found to q. */
static inline void tarjan_follow(struct tarjan *t, uint32_t q)
{
	uint32_t p = t->path[t->depth - 1];

	if (!t->seen[q])
		tarjan_enter(t, q);
	else if (t->component[q] == ID_NONE && t->seen[q] < t->low[p])
		t->low[p] = t->seen[q];
}

#endif
