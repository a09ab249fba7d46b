/* SPDX-License-Identifier: MIT */
/*
 * regex.h - regular expressions of other people's files, written for Go's regexp
 * package: PCRE2 reads them the same way where both accept them.  Matching has a
 * limit of steps, so that nobody's pattern can stop a run.
 */
#ifndef MESHCTL_REGEX_H
#define MESHCTL_REGEX_H

#include "base/arena.h"
#include "base/err.h"

struct regex;

/* In the arena.  ERR_CONFIG with the cause alone where it is not one. */
int regex_new(const char *text, struct arena *arena, const struct regex **ret, struct err *err);
/* Is it found anywhere in the text?  No where that takes more than the limit pattern-steps. */
bool regex_find(const struct regex *r, const char *text);
/* The text as a regular expression that matches it and nothing else. */
const char *regex_quote(const char *text, struct arena *arena);

#endif
