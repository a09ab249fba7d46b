/* SPDX-License-Identifier: MIT */
/*
 * explain_tree.h - explaining what is in the tree at hand: a package, or the
 * import of one package by another, there or not.  What the parts have in common:
 * the tree is read and judged as analyze does, and names are looked up in it.
 */
#ifndef MESHCTL_EXPLAIN_TREE_H
#define MESHCTL_EXPLAIN_TREE_H

#include "analyzers/verdict.h"
#include "cmd/judge.h"
#include "graph/metrics.h"
#include "graph/names.h"

struct output;

struct explain_tree {
	struct judge judge;
	struct analysis analysis;
	struct verdicts verdicts;
	struct names names;
	struct graph_metrics metrics;
	struct arena *arena;            /* of the run */
	bool all;
};

/* To be closed whatever it returns. */
int explain_tree_open(struct run *run, struct explain_tree *ret, struct err *err);
void explain_tree_close(struct explain_tree *t, const struct settings *set);
/*
 * The one package that is meant; ERR_USAGE says what else there is.  *ret_meant (may
 * be NULL) is how many packages the name may mean, 0 where it means none.
 */
int explain_tree_package(const struct explain_tree *t, const char *text, uint32_t *ret_node,
			 uint32_t *ret_meant, struct err *err);

/* Where a package stands: "service", "service of order", "internal/dao" without a policy. */
const char *explain_place(const struct explain_tree *t, uint32_t node);
/* Its context by the policy, else as guessed; NULL for none. */
const char *explain_context(const struct explain_tree *t, uint32_t node);
/* The first finding of a rule about this import, held back or not; or NULL. */
const struct finding *explain_finding_of(const struct explain_tree *t, const struct rule *rule,
					 const char *from, const char *to);
/* "new", or what holds it back. */
const char *explain_state(const struct explain_tree *t, const struct finding *f);

/* A command to type next, in one line however long it is. */
void explain_next(const struct report *r, FILE *out, const char *label, const char *command,
		  struct arena *arena);

/* Members "schema", "command", "status", "incomplete", "policy". */
void explain_json_head(const struct explain_tree *t, struct json_out *j);
struct json *explain_json_lines(const struct verdict *v);
/* The import lines of an edge; ID_NONE has none. */
struct json *explain_json_sites(const struct explain_tree *t, uint32_t edge);
void explain_json_place(const struct explain_tree *t, struct json *o, uint32_t node);

/* One package; two. */
int explain_package(struct run *run, struct explain_tree *t, uint32_t node, struct err *err);
int explain_import(struct run *run, struct explain_tree *t, const char *from, const char *to,
		   struct err *err);

#endif
