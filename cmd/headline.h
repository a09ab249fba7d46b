/* SPDX-License-Identifier: MIT */
/* headline.h - what a report is about, in words.  Not escaped; in the arena. */
#ifndef MESHCTL_HEADLINE_H
#define MESHCTL_HEADLINE_H

#include "graph/source/source.h"

/* " at a725a23 (main, clean)"; "" outside of a repository. */
const char *headline_revision(const struct source *s, struct arena *arena);

#endif
