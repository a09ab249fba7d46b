/* SPDX-License-Identifier: MIT */
/*
 * ignore.h - //meshctl:ignore RULE[,RULE...] -- reason: what is found on the line
 * of the comment or right below it, or in the declaration that it documents, is
 * not counted.  Comments in heads are always known, others where bodies are read.
 */
#ifndef MESHCTL_IGNORE_H
#define MESHCTL_IGNORE_H

#include "analyzers/policy/finding.h"
#include "graph/source/bodies.h"

struct ignored_rule {
	const struct rule *row;
	bool used;
};

struct ignore {
	struct span at;                 /* of the comment */
	dir_id dir;
	uint32_t first, last;           /* lines that it is about; 0 = none */
	struct ignored_rule *rule;
	uint32_t nrules;
	const char *reason;
	const char *fault;              /* it holds nothing: why; NULL = fine */
};

struct ignores {
	struct ignore *item;            /* by path, then by line */
	uint32_t count;
};

/*
 * All of files that take part in a build and that PATTERN asks for.  `bodies` may
 * be NULL.  A //meshctl: word that meshctl does not know has a fault.
 */
void ignores_collect(const struct source *s, const struct bodies *bodies, struct arena *arena,
		     struct ignores *ret);

/* What holds this place back for the rule, or NULL.  Of several all are marked as used. */
const struct ignore *ignores_match(const struct ignores *all, const struct rule *rule,
				   const struct span *at);

#endif
