/* SPDX-License-Identifier: MIT */
/*
 * policy_check.h - what is dead or doubtful in a policy, seen with the packages
 * that it is for: patterns that match or decide nothing, layers and contexts
 * without packages, exceptions to nothing, comments that are not followed.
 */
#ifndef MESHCTL_POLICY_CHECK_H
#define MESHCTL_POLICY_CHECK_H

#include "analyzers/policy/mapping.h"

enum policy_note_kind {
	NOTE_PATTERN,                   /* matches nothing */
	NOTE_OVERLAP,                   /* matches, but others are more specific everywhere */
	NOTE_LAYER, NOTE_CONTEXT,       /* without packages */
	NOTE_USES,                      /* of a context without packages, or that publishes none */
	NOTE_NAME,                      /* a captured context has the name of a layer */
	NOTE_EXCEPTION,                 /* to nothing */
	NOTE_SERVICE,                   /* without package main, or of a context without packages */
	NOTE_COMMENT,                   /* `// domain:` that is not followed */
};

struct policy_note {
	enum policy_note_kind kind;
	struct policy_pos at;           /* of the policy's file; NOTE_COMMENT: of a Go file */
	const char *text;               /* lower case, cause first */
	const char *name;               /* the pattern, layer, ... that it is about */
};

/*
 * By place.  What a starter says is not told: most of its patterns are for other
 * repositories.  Notes live in the arena.
 */
uint32_t policy_check(const struct mapping *m, struct arena *arena,
		      const struct policy_note **ret);

#endif
