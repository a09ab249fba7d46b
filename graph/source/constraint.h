/* SPDX-License-Identifier: MIT */
/*
 * constraint.h - build constraints, as go/build/constraint parses them:
 * `//go:build` expressions and the older `// +build` lines.
 */
#ifndef MESHCTL_CONSTRAINT_H
#define MESHCTL_CONSTRAINT_H

#include "graph/source/buildcfg.h"

struct constraint;                      /* an expression; lives in the arena */

/*
 * Parse one line, white space around it trimmed.  NULL and *ret_error (a
 * constant string) where go/build/constraint.Parse returns an error.
 */
const struct constraint *constraint_parse_go_build(struct arena *a, const char *line, size_t len,
						   const char **ret_error);
const struct constraint *constraint_parse_plus_build(struct arena *a, const char *line, size_t len,
						     const char **ret_error);
bool constraint_is_plus_build(const char *line, size_t len);
bool constraint_eval(const struct constraint *c, const struct build_config *config);
/*
 * The smallest n such that the constraint can hold under go1.n, whatever the
 * other tags are; 0 when no release tag is needed or none helps.
 */
unsigned constraint_min_go(const struct constraint *c);

#endif
