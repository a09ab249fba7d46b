/* SPDX-License-Identifier: MIT */
/*
 * body_refs.h - one walk over a file's tree that tells what each name means:
 * what body_refs.c, body_bind.c, body_calls.c and body_strings.c share.
 *
 * The rules of scope are those of the specification, as go/parser's resolver has
 * them.  A node may leave a mark on a node that comes later, and ask for
 * something to be done where a node begins or ends (struct frame).
 */
#ifndef MESHCTL_BODY_REFS_H
#define MESHCTL_BODY_REFS_H

#include "graph/source/body_scope.h"
#include "graph/source/body_type.h"
#include "graph/source/gotext.h"

/* What a node is marked with by one before it. */
#define MARK_ROLE 0x0fu                 /* 1 + enum ref_role; 0 = as the place tells */
#define MARK_SKIP 0x10u                 /* a name that is declared here, or a key */
#define MARK_NEXT 0x20u                 /* the next argument of the innermost call */
#define MARK_ARGUMENT 0x40u             /* all of an argument, or an operand of its + */

enum frame_kind {
	FRAME_SCOPE,                    /* a block: its names end with it */
	FRAME_BIND,                     /* from here on the names that `value` declares count */
	FRAME_TYPES,                    /* the role of types is again what it was */
	FRAME_DECL,                     /* another declaration */
	FRAME_CALL,                     /* the call around this one goes on */
};

/* To be done as soon as the walk is at node `at`; what is pushed later comes first. */
struct frame {
	uint32_t at;
	enum frame_kind kind;
	uint32_t value, more;
};

struct refer {
	struct body_builder *b;
	const struct syntax *s;
	const struct syn *syn;
	uint8_t *mark;                  /* [nsyn] */
	struct scopes scopes;
	struct type_writer types;
	struct frame *frame;
	uint32_t nframes, frame_cap;
	uint32_t depth;                 /* open blocks; 0 = the package level */
	uint32_t decl, next_decl;       /* where we are; the first that is yet to come */
	enum ref_role types_are;        /* the role of a type without a mark */
	uint32_t call, argument;        /* the innermost call; UINT32_MAX before its first */
	uint32_t line;                  /* where the latest position was: a hint */
	char *fold;                     /* a string that is put together */
	uint32_t fold_len, fold_cap;
};

static inline struct text refer_text(const struct refer *r, uint32_t node)
{
	const struct syn *n = &r->syn[node];

	return (struct text){ r->s->bytes + n->start, n->end - n->start };
}

/* struct{...} that was rewritten to be parsed: its last byte is what the tree has for a name. */
static inline bool refer_is_lost(const struct refer *r, uint32_t node)
{
	return r->s->bytes[r->syn[node].start] == '}';
}

static inline void refer_mark(struct refer *r, uint32_t node, enum ref_role role)
{
	r->mark[node] |= (uint8_t)(1 + role);
}

/* The role that the node was marked with; `otherwise` when it was not. */
static inline enum ref_role refer_role(const struct refer *r, uint32_t node,
				       enum ref_role otherwise)
{
	unsigned role = r->mark[node] & MARK_ROLE;

	return role ? (enum ref_role)(role - 1) : otherwise;
}

void refer_push(struct refer *r, uint32_t at, enum frame_kind kind, uint32_t value);
/* Line and column; places near to the one before cost little. */
uint32_t refer_line(struct refer *r, uint32_t offset, uint32_t *ret_col);
uint16_t refer_short(uint32_t col);
/* The name that a node is; valid until the next one is asked for. */
struct name *refer_name(struct refer *r, uint32_t node);

/* Each visits a node and returns where the walk goes on: the next node, or behind this one. */
uint32_t visit_import(struct refer *r, uint32_t i);     /* nothing in it counts */

/* body_bind.c: what declares names and what opens blocks. */
uint32_t visit_func(struct refer *r, uint32_t i);
uint32_t visit_params(struct refer *r, uint32_t i);
uint32_t visit_block(struct refer *r, uint32_t i);
uint32_t visit_values(struct refer *r, uint32_t i);
uint32_t visit_type_spec(struct refer *r, uint32_t i);
uint32_t visit_define(struct refer *r, uint32_t i);
uint32_t visit_type_switch(struct refer *r, uint32_t i);
/* From here on the names that the node declares are bound. */
void refer_bind(struct refer *r, uint32_t node);

/* body_calls.c */
uint32_t visit_call(struct refer *r, uint32_t i);
uint32_t visit_conversion(struct refer *r, uint32_t i);
uint32_t visit_literal(struct refer *r, uint32_t i);

/* body_strings.c */
uint32_t visit_string(struct refer *r, uint32_t i);
uint32_t visit_binary(struct refer *r, uint32_t i);

#endif
