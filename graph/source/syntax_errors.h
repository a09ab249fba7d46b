/* SPDX-License-Identifier: MIT */
/*
 * syntax_errors.h - how many errors there are in a tree of tree-sitter and where
 * the first is.  For syntax.c only.
 */
#ifndef MESHCTL_SYNTAX_ERRORS_H
#define MESHCTL_SYNTAX_ERRORS_H

#include "base/base.h"

struct TSTree;

struct syntax_errors {
	uint32_t count;
	uint32_t first;                 /* offset, when there is one */
};

/*
 * ERROR and MISSING nodes count, those inside of others too.  A newline that
 * tree-sitter made up counts unless Go needs none there either: in front of the
 * `)` of a const or var group.
 */
void syntax_errors_find(const struct TSTree *tree, const char *text, struct syntax_errors *ret);

#endif
