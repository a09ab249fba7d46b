/* SPDX-License-Identifier: MIT */
/*
 * discover.h - which policy applies: --config FILE, else the nearest
 * .meshctl.yaml from the pattern's folder upward to the repository's root, read
 * from the same tree as the Go files (the working tree or a commit).
 */
#ifndef MESHCTL_DISCOVER_H
#define MESHCTL_DISCOVER_H

#include "analyzers/policy/policy.h"
#include "graph/source/source.h"

/*
 * `config` (NULL = look for one) is a file of the working directory whatever
 * o->rev says.  o need not have configurations.  Where nothing is found *ret is
 * policy_default().  *ret_problems as in policy_read(), may be NULL.
 */
int policy_load(const struct source_options *o, const char *config, struct arena *arena,
		const struct policy **ret, struct policy_problems *ret_problems, struct err *err);

/*
 * Paths of other policy files in and above the folders of `s` that hold Go files:
 * they do not apply, which the proof of work says.  Sorted.
 */
uint32_t policy_nested(const struct policy *p, const struct source *s, struct arena *arena,
		       const char *const **ret_path);

#endif
