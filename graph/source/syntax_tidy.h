/* SPDX-License-Identifier: MIT */
/*
 * syntax_tidy.h - what Go reads in another way than the grammar, put right in the
 * flat tree.  For syntax.c only.
 *
 * Of many names before one type, as in (a, b, c, d, e, f, g, h, i, j int), the
 * grammar takes the first for types, as it does not try so many readings at once.
 * And *(*[]T)(x) is to it a conversion to a pointer, to Go what a pointer points at.
 */
#ifndef MESHCTL_SYNTAX_TIDY_H
#define MESHCTL_SYNTAX_TIDY_H

#include "graph/source/syntax.h"

/* How many nodes are left. */
uint32_t syntax_tidy(struct syn *syn, uint32_t nsyn);

#endif
