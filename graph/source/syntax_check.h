/* SPDX-License-Identifier: MIT */
/*
 * syntax_check.h - what go/parser refuses although the grammar takes it: bytes
 * that no Go file has, newlines that end a statement too early, and rules of the
 * language that no grammar tells.  For syntax.c only.
 */
#ifndef MESHCTL_SYNTAX_CHECK_H
#define MESHCTL_SYNTAX_CHECK_H

#include "graph/source/syntax.h"

#define SYNTAX_FINE UINT32_MAX

/*
 * The offset of something that go/parser refuses, SYNTAX_FINE when there is
 * nothing; s->bytes must be what was parsed.  The tree has no errors.
 */
uint32_t syntax_check_bytes(const struct syntax *s);
uint32_t syntax_check_lines(const struct syntax *s);
uint32_t syntax_check_tree(const struct syntax *s);

/* The innermost node around an offset, for offsets that ascend. */
struct syntax_place {
	uint32_t started;               /* the last node that begins at or before the offset */
	uint32_t node;
};
uint32_t syntax_innermost(const struct syntax *s, struct syntax_place *p, uint32_t offset);

#endif
