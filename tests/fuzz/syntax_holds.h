/* SPDX-License-Identifier: MIT */
/* syntax_holds.h - what is true of every result of syntax_parse(); BUG() where it is not. */
#ifndef MESHCTL_TESTS_SYNTAX_HOLDS_H
#define MESHCTL_TESTS_SYNTAX_HOLDS_H

#include "graph/source/syntax.h"

static inline void holds(bool fine, const char *what, uint32_t node)
{
	if (!fine)
		BUG("%s, node %u", what, (unsigned)node);
}

static inline void node_holds(const struct syntax *s, uint32_t i)
{
	const struct syn *n = &s->syn[i], *up = &s->syn[n->parent];
	uint32_t seen = i + 1, at = n->start;

	holds(n->kind < SYN_COUNT && n->field < FIELD_COUNT, "kind or field out of range", i);
	holds(n->start <= n->end && n->end <= s->len, "span out of the file", i);
	holds(n->next > i && n->next <= s->nsyn, "next out of range", i);
	holds(i ? n->parent < i : !n->parent, "parent is not before its child", i);
	holds(n->start >= up->start && n->end <= up->end && n->next <= up->next, "not nested", i);
	syntax_foreach_child(s, i, c) {
		holds(c == seen && s->syn[c].parent == i, "children have gaps", c);
		holds(s->syn[c].start >= at, "children overlap", c);
		at = s->syn[c].end;
		seen = s->syn[c].next;
	}
	holds(seen == n->next, "children end early", i);
}

static inline void syntax_holds(const struct syntax *s)
{
	uint32_t line, col;

	holds((s->nsyn == 0) == (s->status == SYNTAX_STEPS || s->status == SYNTAX_SIZE),
	      "tree without status or status without tree", 0);
	for (uint32_t i = 0; i < s->nsyn; i++)
		node_holds(s, i);
	if (s->nsyn)
		holds(s->syn[0].kind == SYN_FILE && !s->syn[0].start && s->syn[0].end == s->len &&
		      s->syn[0].next == s->nsyn, "node 0 is not the file", 0);
	holds((s->status == SYNTAX_ERROR) == (s->error_line && s->error_col), "error without place",
	      0);
	for (uint32_t i = 0; i < s->nlines; i++) {
		line = syntax_line(s, s->line_start[i], &col);
		holds(line == i + 1 && col == 1, "line starts elsewhere", i);
		holds(!i || s->bytes[s->line_start[i] - 1] == '\n', "line without a newline", i);
	}
}

/* Equal results: two runs, or two threads. */
static inline bool syntax_equal(const struct syntax *a, const struct syntax *b)
{
	if (a->status != b->status || a->nsyn != b->nsyn || a->nlines != b->nlines ||
	    a->error_line != b->error_line || a->error_col != b->error_col ||
	    a->rewritten != b->rewritten)
		return false;
	for (uint32_t i = 0; i < a->nsyn; i++)
		if (a->syn[i].kind != b->syn[i].kind || a->syn[i].field != b->syn[i].field ||
		    a->syn[i].flags != b->syn[i].flags || a->syn[i].start != b->syn[i].start ||
		    a->syn[i].end != b->syn[i].end || a->syn[i].next != b->syn[i].next)
			return false;
	return true;
}

#endif
