/* SPDX-License-Identifier: MIT */
/*
 * directive.h - //meshctl:WORD... comments in the head of a Go file, up to the
 * first declaration.  Those of a whole file are facts of its body, see body.h;
 * the name of a domain is a fact of its own, see header.h.
 */
#ifndef MESHCTL_DIRECTIVE_H
#define MESHCTL_DIRECTIVE_H

#include "graph/source/gotext.h"

struct header_directive {
	struct text text;               /* behind the slashes, trimmed; borrowed */
	uint32_t line, col, end_col;    /* of the comment */
	uint32_t target;                /* line of the code beside it or right below; 0 = none */
};

/*
 * The directives of bytes[0..head), where code begins again at `head` unless it
 * is len.  Lines and columns count without a byte order mark; so must bytes.
 */
void directives_scan(const char *bytes, size_t head, size_t len, struct arena *arena,
		     const struct header_directive **ret, uint32_t *ret_count);

#endif
