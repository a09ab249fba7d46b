/* SPDX-License-Identifier: MIT */
/* eval_part.h - what eval*.c share.  Nobody else includes it. */
#ifndef MESHCTL_SERVICES_EVAL_PART_H
#define MESHCTL_SERVICES_EVAL_PART_H

#include "analyzers/services/eval.h"

#define DEPTH_MAX 40u

uint8_t eval_kind(const struct eval *e, struct expr x);
/* Node 0 is something unknown; what does not fit is left out. */
void values_add(struct values *v, struct expr x, bool fallback);
struct expr eval_unknown(struct expr x);
/* Which of a function's parameters has this name, and its declaration; false = none. */
bool eval_param_index(const struct eval *e, uint32_t file, uint32_t function, const char *name,
		      size_t len, uint32_t *ret, uint32_t *ret_param);
/* Is the text of the node this one? */
bool eval_same(const struct eval *e, uint32_t file, uint32_t node, const char *name, size_t len);
/* Is an assignment in an `if` that asks whether the same name is empty? */
bool eval_is_fallback(const struct eval *e, uint32_t file, uint32_t node, const char *name,
		      size_t len);
/* The expression that gives element `i` of the left side of an assignment or a spec. */
uint32_t eval_right(const struct eval *e, uint32_t file, uint32_t node, uint32_t i);
/* `x op= y` gives nothing that could be said. */
bool eval_is_plain(const struct eval *e, uint32_t file, uint32_t node);
/* The default of flag.StringVar(&x, "name", "default", "usage") and its like; 0 = no such call. */
uint32_t eval_flag_default(const struct eval *e, uint32_t file, uint32_t call);
/* What a call that is given the address of something puts there. */
void eval_through_address(struct eval *e, struct expr argument, struct values *ret);
/*
 * Assignments to a name in one function before its use; true where the name is declared
 * there, not of the package.
 */
bool eval_local_values(struct eval *e, struct expr x, uint32_t function, const char *name,
		       size_t len, struct values *ret);

#endif
