/* SPDX-License-Identifier: MIT */
/*
 * complexity.h - what body_measure() is made of: one walk over a file's tree
 * (complexity.c), then a look at what the walk put aside: comments and raw
 * strings (linecount.c, complexity_comment.c) and calls that a function may make
 * to itself (cognitive.c).  Only these files include it.
 */
#ifndef MESHCTL_COMPLEXITY_H
#define MESHCTL_COMPLEXITY_H

#include "graph/source/body_build.h"

/* Comments and raw strings, in source order: what a line may lie in. */
struct cover {
	uint32_t start, end;
	bool comment;
};

/* A function of the walk, for what is known only when all of the file was seen. */
struct measured {
	uint32_t node;                  /* its declaration, or the literal */
	uint32_t top;                   /* the declaration of the package level around it */
	uint32_t name;                  /* the node of the name; of a literal its variable's */
	uint32_t call_first, ncalls;    /* in complexity.call: calls of something of that name */
};

struct complexity {
	struct body_builder *b;
	const struct syntax *s;
	struct cover *cover;
	struct measured *func;          /* one for each row of b->func */
	uint32_t *call;                 /* nodes of the names that are called */
	uint32_t ncovers, nfuncs, ncalls;
	uint32_t covers_cap, funcs_cap, calls_cap;
	bool marked;                    /* a comment may be a directive of Go's tools */
};

static inline uint32_t complexity_line(const struct syntax *s, uint32_t offset)
{
	uint32_t col;

	return syntax_line(s, offset, &col);
}

/* Two nodes with the same text. */
bool complexity_same(const struct syntax *s, uint32_t a, uint32_t b);

/*
 * How many of the calls that measured.ncalls tells lead to the function itself, as
 * gocognit sees it: by the objects that go/parser binds names to in the file.
 */
void cognitive_recursion(struct complexity *c);

/* FUNC_GOCYCLO_IGNORE, FUNC_GOCOGNIT_IGNORE, and the remap column. */
void complexity_comments(struct complexity *c);

/* Code, comments and blanks of the file and of each function. */
void linecount(struct complexity *c);

#endif
