/* SPDX-License-Identifier: MIT */
/*
 * syntax.h - the syntax tree of a whole Go file, flat: one array of nodes in
 * source order, so that every question about it is a loop.
 *
 * tree-sitter parses; syntax.c lays its tree out and hides it.  Go that is newer
 * than the grammar is rewritten in place, offset by offset, before it is parsed
 * again (see syntax_parse).  Unlike header.h nothing here follows the go command
 * on files that it refuses: such a file is degraded.
 */
#ifndef MESHCTL_SYNTAX_H
#define MESHCTL_SYNTAX_H

#include "base/arena.h"

/* Rows of syntax_kinds.def: the named nodes of the grammar and the tokens that carry meaning. */
enum syn_kind {
	SYN_OTHER,                      /* a named node without a row */
#define SYN_NODE(id, name) id,
#define SYN_TOKEN(id, text) id,
#include "graph/source/syntax_kinds.def"
#undef SYN_NODE
#undef SYN_TOKEN
	SYN_COUNT
};

/* Rows of syntax_fields.def: the grammar's names for a child's part in its parent. */
enum syn_field {
	FIELD_NONE,
#define SYN_FIELD(id, name) id,
#include "graph/source/syntax_fields.def"
#undef SYN_FIELD
	FIELD_COUNT
};

enum syn_flag {
	SYN_ERROR   = 1 << 0,           /* tree-sitter's ERROR node */
	SYN_MISSING = 1 << 1,           /* a token that it made up */
};

/*
 * Named nodes and the tokens of syntax_kinds.def, in pre-order.  The children of
 * node i are i + 1, then syn[child].next, while they are below syn[i].next.  As
 * the grammar has them, but for what Go reads in another way (syntax_tidy.h).
 */
struct syn {
	uint8_t kind, field, flags;     /* enum syn_kind, syn_field, syn_flag */
	uint32_t start, end;            /* bytes */
	uint32_t parent;                /* of node 0, the file: 0 */
	uint32_t next;                  /* the first node behind what is in this one */
};

enum syntax_status {
	SYNTAX_OK,
	SYNTAX_ERROR,                   /* go/parser refuses it: what is whole in the tree counts */
	SYNTAX_STEPS,                   /* LIMIT_SYNTAX_STEPS reached: no tree */
	SYNTAX_SIZE,                    /* larger than LIMIT_SYNTAX_BYTES: not parsed */
};

struct syntax {
	enum syntax_status status;
	const char *bytes;              /* the file as it is, not as rewritten */
	uint32_t len;
	const struct syn *syn;
	uint32_t nsyn;
	const uint32_t *line_start;     /* [nlines] offset of each line's first byte */
	/* a last line without a newline counts, an empty one does not */
	uint32_t nlines;
	uint32_t error_line, error_col; /* of the first error; 0 = none */
	uint32_t rewritten;             /* places where newer Go was rewritten to be parsed */
};

/* One a worker: a tree-sitter parser and the memory that it parses in. */
struct syntax_parser;
struct syntax_parser *syntax_parser_new(void);
void syntax_parser_free(struct syntax_parser *p);
/* Other steps than LIMIT_SYNTAX_STEPS for each file; for tests. */
void syntax_parser_limit(struct syntax_parser *p, uint64_t steps);

/*
 * Parses a file.  All of *ret but bytes, which stay the caller's, lives in the
 * arena.  Never fails: see status.
 *
 * Newer Go, and some that is old but unknown to the grammar: where the tree has an
 * error the file is rewritten, offset by offset, and parsed again; the version
 * with fewer errors is kept.  So `new(` before an expression is a call like any
 * other (Go 1.26), and the nodes of the `[...]` between a method's name and its
 * `(` are missing (Go 1.27).  All rewrites: mask.c.
 */
void syntax_parse(struct syntax_parser *p, const char *bytes, uint32_t len, struct arena *arena,
		  struct syntax *ret);

/* Line and column (bytes) of an offset, from 1, as go/token counts. */
uint32_t syntax_line(const struct syntax *s, uint32_t offset, uint32_t *ret_col);
/* The first child of `node` with that field; 0 when there is none (node 0 is nobody's child). */
uint32_t syntax_child(const struct syntax *s, uint32_t node, enum syn_field field);

#define syntax_foreach_child(s, node, c) \
	for (uint32_t c = (node) + 1; c < (s)->syn[node].next; c = (s)->syn[c].next)

#endif
