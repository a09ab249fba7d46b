/* SPDX-License-Identifier: MIT */
/*
 * syntax_params.h - parameters as Go groups them.  For syntax.c only.
 *
 * Of many names before one type, as in (a, b, c, d, e, f, g, h, i, j int), the
 * grammar takes the first for types: it does not try as many readings at once.
 */
#ifndef MESHCTL_SYNTAX_PARAMS_H
#define MESHCTL_SYNTAX_PARAMS_H

#include "graph/source/syntax.h"

/* Joins such names with the parameter that has the type; how many nodes are left. */
uint32_t syntax_join_names(struct syn *syn, uint32_t nsyn);

#endif
