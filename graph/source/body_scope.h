/* SPDX-License-Identifier: MIT */
/*
 * body_scope.h - the names in a file, and which of them the blocks around a
 * place bind.  A block that closes takes back what was bound in it.
 */
#ifndef MESHCTL_BODY_SCOPE_H
#define MESHCTL_BODY_SCOPE_H

#include "graph/source/body.h"

struct name {
	const char *text;               /* borrowed */
	uint32_t len, hash;
	uint32_t bound;                 /* by how many declarations in blocks that are open */
	uint32_t use_of, use;           /* the latest body_use of this name: its decl, its index */
	uint32_t lost_use;              /* that of no decl; BODY_NONE = none yet */
	body_str str;                   /* 0 = not asked for yet */
	bool package;                   /* declared at the package level of this file */
	bool dropped;                   /* never told: _ nil true false iota */
};

struct scopes {
	struct arena *arena;
	struct name *name;
	uint32_t nnames, name_cap;
	uint32_t *slot, nslots;         /* open addressing: index + 1 */
	uint32_t *bound;                /* names in the order in which they were bound */
	uint32_t nbound, bound_cap;
};

void scopes_init(struct scopes *x, struct arena *arena);
/* Into x->name, which moves when a new name comes. */
uint32_t scopes_name(struct scopes *x, const char *text, uint32_t len);
void scopes_bind(struct scopes *x, const char *text, uint32_t len);
/* Takes back all but the first `nbound` bindings. */
void scopes_close(struct scopes *x, uint32_t nbound);

#endif
