/* SPDX-License-Identifier: MIT */
/*
 * edges.h - what the analyses of the policy say about one import of the graph,
 * and where packages stand.
 */
#ifndef MESHCTL_EDGES_H
#define MESHCTL_EDGES_H

#include "analyzers/analyzer.h"

/* Identity of a node: its folder, "." of the root. */
const char *edge_name(const struct graph *g, uint32_t p);
/* Does PATTERN ask for one of the ends? */
bool edge_reported(const struct graph *g, uint32_t from, uint32_t to);
/* Is there an import in a file that is no test; in one that is? */
bool edge_in_code(const struct graph *g, uint32_t edge);
bool edge_in_tests(const struct graph *g, uint32_t edge);
/* The first import line of that kind. */
struct span edge_at(const struct graph *g, uint32_t edge, bool test);
/*
 * Adds the finding once for each import line of the edge that is in a test or is
 * not: fills at, from, to.  What tests do has an identity of its own.
 */
void edge_report(const struct analysis *a, uint32_t from, uint32_t edge, bool test,
		 const struct finding *f);

/* The package clause of its first file that is no test, else the folder. */
struct span package_span(const struct analysis *a, dir_id dir);

/* "order", "shared", "unmapped": the layer or the context of a package, for messages. */
const char *layer_words(const struct mapping *m, uint32_t p);
const char *context_words(const struct mapping *m, uint32_t context);
/*
 * Does a rule about contexts forbid that one package imports another?  *ret_rule
 * is which; *ret_by (may be NULL) the line that decides about the pair.
 */
bool context_forbids(const struct mapping *m, uint32_t from, uint32_t to, enum rule_id *ret_rule,
		     struct policy_pos *ret_by);
/* The line that decides about a pair of layers, and what it says. */
const char *layer_why(const struct mapping *m, uint32_t layer, struct policy_pos by,
		      uint32_t closed, struct arena *arena);
/* The same of a list of modules or standard packages: the entry, else the list. */
const char *grant_why(const struct mapping *m, uint32_t layer, const char *path, bool std,
		      struct arena *arena);
const struct policy_list *layer_list(const struct policy_layer *l, bool std);
/* Does a list say anything? */
bool list_speaks(const struct policy_list *l);
/* ".meshctl.yaml:38 user publishes [a, b]"; the context must have a spec. */
const char *publishes_why(const struct mapping *m, uint32_t context, struct arena *arena);
/* The same of `uses`. */
const char *context_why(const struct mapping *m, uint32_t context, struct policy_pos by,
			struct arena *arena);
/* "application uses [domain]"; of a layer or a context that says nothing what follows. */
const char *uses_words(const char *name, const struct policy_uses *uses, const char *otherwise,
		       struct arena *arena);

#endif
