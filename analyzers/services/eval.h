/* SPDX-License-Identifier: MIT */
/*
 * eval.h - what an expression stands for, followed back through variables, constants,
 * fields, parameters and results, inside one program.  Nothing is executed: values are
 * those that the text of the program gives a name.  Bounded in depth and in steps.
 */
#ifndef MESHCTL_SERVICES_EVAL_H
#define MESHCTL_SERVICES_EVAL_H

#include "analyzers/services/code.h"

/* A call of a function: its parameters mean these arguments. */
struct frame;
struct expr {
	uint32_t file, node;
	const struct frame *frame;      /* of the function around it; NULL = any call */
};
struct frame { uint32_t file, function; struct expr call; };

struct eval {
	struct code *c;
	struct arena *arena;            /* of results */
	const bool *reach;              /* [source.ndirs] the program */
	unsigned depth;
	unsigned dead_depth, handed;
	uint32_t steps;                 /* what the question in hand has cost */
};

#define EVAL_VALUES 24u
enum value_kind {
	VALUE_EXPR,                     /* the expression */
	VALUE_UNKNOWN,                  /* something that no expression gives */
	VALUE_EMPTY,                    /* the zero value: a key that a literal does not have */
};
struct value {
	enum value_kind kind;
	struct expr at;
	bool fallback;                  /* for where what else there is turned out empty */
};
struct values { struct value item[EVAL_VALUES]; uint32_t count; };

/* Begins a question: its steps count from 0. */
void eval_begin(struct eval *e);
/*
 * What an identifier or a selector may stand for; anything else stands for itself.
 * One step: the values may be names again.
 */
void eval_values(struct eval *e, struct expr x, struct values *ret);
/* The values of parameter `index` of a function (declared, method or literal). */
void eval_param(struct eval *e, struct expr function, uint32_t index, struct values *ret);
/* Nothing that runs names the function. */
bool eval_is_dead(struct eval *e, uint32_t file, uint32_t function);
/* Where the function is called in the program, by what is called itself; each a frame. */
uint32_t eval_callers(struct eval *e, uint32_t file, uint32_t function,
		      const struct frame *ret[EVAL_VALUES]);
/* The declared function in the tree that a call calls, as a new frame; NULL = none. */
const struct frame *eval_enter(struct eval *e, struct expr call);
/* The nth result of each return statement of a function. */
void eval_results(struct eval *e, const struct frame *f, uint32_t n, struct values *ret);
/* What an identifier is bound to: a parameter (*ret_index) of *ret_function.  False = no. */
bool eval_is_param(struct eval *e, uint32_t file, uint32_t ident, uint32_t *ret_function,
		   uint32_t *ret_index);
/* Can the receiver of a call `x.M()` be of the type that method M has?  False = surely not. */
bool eval_may_call(struct eval *e, struct expr operand, uint32_t file, uint32_t method);
/* The type as written of what an identifier or a field is declared as; 0 = not known. */
bool eval_type(struct eval *e, struct expr x, struct expr *ret);

/*
 * The text that an expression is.  In it \1 stands for something unknown, \2KEY\3 for
 * the value of the environment key, \2KEY\4standard\3 where it has a default.
 */
#define TEXT_UNKNOWN '\1'
#define TEXT_ENV '\2'
#define TEXT_END '\3'
#define TEXT_STANDARD '\4'
const char *eval_text(struct eval *e, struct expr x);

/* The parenthesis, address, conversion around an expression taken off. */
struct expr eval_bare(const struct eval *e, struct expr x);
/* Is it a call of a package's function?  Its import path, or "" */
const char *eval_callee(const struct eval *e, uint32_t file, uint32_t call, const char **ret_name,
			size_t *ret_len);
bool eval_within(const struct eval *e, uint32_t file);

#endif
