/* SPDX-License-Identifier: MIT */
/*
 * body_tree.h - what the extractors ask of a syntax tree beyond syntax.h, and the
 * arrays that they keep in an arena.
 */
#ifndef MESHCTL_BODY_TREE_H
#define MESHCTL_BODY_TREE_H

#include "graph/source/syntax.h"

/* A type without the parentheses around it. */
uint32_t type_unparen(const struct syntax *s, uint32_t node);
/* The first child that is neither a comment nor a token; 0 = none. */
uint32_t syn_part(const struct syntax *s, uint32_t node);
bool syn_is_part(const struct syn *n);
/*
 * Has the list parameters with names?  Then all of them have one, and what the
 * tree takes for a type alone, in a list of many names, is a name too: its type
 * is that of the next parameter that has one (syn_parameter_type).
 */
bool syn_has_names(const struct syntax *s, uint32_t list);
uint32_t syn_parameter_type(const struct syntax *s, uint32_t list, uint32_t param);
/* As syntax_line(); places near to *hint, the line of the one before, cost little. */
uint32_t syn_line(const struct syntax *s, uint32_t offset, uint32_t *hint, uint32_t *ret_col);
/* Behind white space and comments from `at` on, below `end`. */
uint32_t syn_skip_blank(const struct syntax *s, uint32_t at, uint32_t end);
/* A byte of a name or a number. */
bool syn_is_word(char c);
/* The next word, string, rune, or byte of something else: [*ret_from, *at); false at the end. */
bool syn_next_lexeme(const struct syntax *s, uint32_t *at, uint32_t end, uint32_t *ret_from);
/*
 * Where the type parameters of a method begin that were rewritten to be parsed
 * (Go 1.27); *ret_end is behind them.  0 = it has none.
 */
uint32_t syn_lost_parameters(const struct syntax *s, uint32_t method, uint32_t *ret_end);

bool name_is_exported(const char *name, size_t len);

/*
 * A larger copy of an array in an arena: at least `want` elements.  What was is
 * left where it is, at most as much again.
 */
void *scratch_grow(struct arena *a, const void *item, size_t size, uint32_t count, uint32_t want,
		   uint32_t *cap);
#define SCRATCH_RESERVE(a, item, count, cap, want) \
	do { \
		if ((want) > (cap)) \
			(item) = scratch_grow((a), (item), sizeof(*(item)), (count), (want), \
					      &(cap)); \
	} while (0)

#endif
