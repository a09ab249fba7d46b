/* SPDX-License-Identifier: MIT */
/*
 * closure.h - what goes along when declarations move to another package: the
 * methods of types, and every declaration of their own package that they need.
 */
#ifndef MESHCTL_CLOSURE_H
#define MESHCTL_CLOSURE_H

#include "graph/symbols.h"

struct closure {
	/*
	 * Every declaration was found, none is generated or needs cgo, and none uses a
	 * folder that is closed.
	 */
	bool free;
	uint32_t count;                 /* declarations, methods included; CLOSURE_MAX = or more */
	uint32_t constants;             /* of them */
};

#define CLOSURE_MAX 200u

/*
 * Of all symbols that an edge uses.  closed[dir] says which folders what moves
 * must not use.  The declarations are looked up in what `sy` has read.
 */
void closure_find(const struct source *s, struct symbols *sy, const struct edge_symbols *used,
		  const bool *closed, struct closure *ret);
/* Has the type that a symbol names an exported method? */
bool type_has_methods(const struct source *s, const struct symbols *sy, const struct symbol *type);

#endif
