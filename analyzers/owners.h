/* SPDX-License-Identifier: MIT */
/*
 * owners.h - who owns a file: CODEOWNERS as GitHub and GitLab read it, from the tree
 * that is judged; where it names nobody, the owner of the file's context in the
 * policy.
 *
 * Patterns are those of gitignore without ! and []: "*.go" anywhere, "/cmd" from the
 * root; a folder stands for all that is below it, but not where the last segment is
 * "*", which means directly below.  The last line that matches decides.  A [Section] of
 * GitLab gives its lines its owners where they have none; its sections are read as
 * one file.
 */
#ifndef MESHCTL_OWNERS_H
#define MESHCTL_OWNERS_H

#include "analyzers/analyzer.h"

struct owners;

/* The first of .github/, the root, docs/, .gitlab/; NULL without one.  In the arena. */
struct owners *owners_open(const struct source *s, struct arena *arena);
/* Of a text, for tests. */
struct owners *owners_read(const char *bytes, size_t len, struct arena *arena);
/* "@order @platform", or NULL where nobody is named.  *ret_line is the line that decides, or 0. */
const char *owners_of(const struct owners *o, const char *path, uint32_t *ret_line);
/* ".github/CODEOWNERS" */
const char *owners_path(const struct owners *o);

/* Is `who` ("@order", without regard to case) among the owners, "@order @platform"? */
bool owners_has(const char *owners, const char *who);

/*
 * What others own leaves item for held.  `who` is "@order", or "none" for what nobody
 * owns.  Not of rules about what cannot be read: a green result would hide it.
 */
void owners_keep(struct findings *f, const char *who, const struct rule_set *always);
/* Fills finding.owner of all findings, also of those that are held back. */
void owners_assign(const struct analysis *a, struct arena *arena);

#endif
