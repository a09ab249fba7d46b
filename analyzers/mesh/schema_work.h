/* SPDX-License-Identifier: MIT */
/* schema_work.h - a document while it is checked: shared by schema.c and schema_value.c only. */
#ifndef MESHCTL_MESH_SCHEMA_WORK_H
#define MESHCTL_MESH_SCHEMA_WORK_H

#include "analyzers/mesh/schema_rows.h"
#include "base/regex.h"

struct schema_run {
	struct arena *arena;
	const struct regex **pattern;   /* by check; NULL = not compiled yet */
};

/* Where a node is; the first step, without `up`, is the document. */
struct schema_step { const struct schema_step *up; const char *key; uint32_t index; };

struct schema_item {
	const struct yaml_node *node;
	const struct schema_step *step;
	uint16_t schema;
};

struct schema_walk {
	struct schema_run *run;
	struct arena *arena;
	bool part;
	void (*tell)(void *ctx, const struct schema_fault *f);  /* NULL = count them only */
	void *ctx;
	uint32_t faults;
	struct schema_item *item;
	uint32_t count, cap;
};

const struct schema_prop *schema_prop_find(const struct schema_node *s, const char *name);
const char *schema_where(const struct schema_step *step, struct arena *arena);
void schema_tell(struct schema_walk *w, const struct yaml_node *at,
		 const struct schema_step *step, const char *message);
/* The node by itself: type, limits, what must be there.  False where its members mean nothing. */
bool schema_value(struct schema_walk *w, const struct schema_item *at,
		  const struct schema_node *s);
/* Checks a tree; frees the walk's list. */
void schema_walk(struct schema_walk *w, const struct yaml_node *n, uint16_t root);

#endif
