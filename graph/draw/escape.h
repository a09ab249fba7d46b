/* SPDX-License-Identifier: MIT */
/*
 * escape.h - text of a repository as DOT takes it, short of the quotes, which
 * libcgraph adds.  Results live in the arena.
 */
#ifndef MESHCTL_DRAW_ESCAPE_H
#define MESHCTL_DRAW_ESCAPE_H

#include "base/arena.h"

/*
 * An identifier: different texts stay different.  What DOT or libcgraph would
 * take for something else is `=XX`; never empty, never beginning with %.
 */
const char *dot_id(struct arena *a, const char *text);
/*
 * An escString: `\N` and its kind, entities and controls are shown as they are
 * written.  A newline is one, where `lines`; else it is shown as \n.
 */
const char *dot_label(struct arena *a, const char *text, bool lines);

#endif
