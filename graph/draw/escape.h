/* SPDX-License-Identifier: MIT */
/*
 * escape.h - text of a repository as DOT and Mermaid take it, short of the quotes.
 * Results live in the arena.
 */
#ifndef MESHCTL_DRAW_ESCAPE_H
#define MESHCTL_DRAW_ESCAPE_H

#include "base/arena.h"

/*
 * An identifier: different texts stay different.  What DOT, libcgraph or SVG would
 * take for something else is `=XX`; never empty, never beginning with %, never long.
 */
const char *dot_id(struct arena *a, const char *text);
/*
 * A tooltip: entities and controls are shown as they are written, a newline is
 * one, long lines are cut.  Graphviz takes escapes out of tooltips twice, or once,
 * as its version goes: a backslash is drawn as the operator that looks like one
 * (U+29F5).
 */
const char *dot_tooltip(struct arena *a, const char *text);
/* Text of XML and of HTML-like labels: controls as they are written, < > & " ' as entities. */
const char *xml_text(struct arena *a, const char *text);
/*
 * Between the quotes of a Mermaid label: what would be markup there, Markdown or
 * HTML is written as its code, `#34;`; never empty.
 */
const char *mermaid_label(struct arena *a, const char *text);

#endif
