/* SPDX-License-Identifier: MIT */
/*
 * policy_reader.h - the state of one policy_read(): what policy_read.c,
 * policy_value.c, policy_resolve.c and policy_merge.c share.  Nobody else includes
 * it.  A problem is noted and reading goes on.
 */
#ifndef MESHCTL_POLICY_READER_H
#define MESHCTL_POLICY_READER_H

#include "analyzers/policy/schema.h"

struct policy_reader {
	struct arena *arena;
	struct policy *policy;          /* being filled */
	struct policy_context *context; /* policy.context */
	bool before_merge;              /* the file alone, whose starter comes later */
	struct policy_problem *problem; /* malloc */
	uint32_t nproblems, problem_cap;
	struct numbered { const struct policy_pattern *pattern; } *numbered;    /* malloc */
	uint32_t npatterns, numbered_cap;
};

struct policy_pos policy_pos_of(const struct yaml_node *n);
void policy_problem(struct policy_reader *r, struct policy_pos at, const char *fmt, ...)
	PRINTF_LIKE(3, 4);

/* Reads a value of any type but SECTION, NAMED, ITEMS into `field`, which is zeroed. */
void policy_read_value(struct policy_reader *r, const struct schema_row *row,
		       const struct yaml_node *n, void *field);
/* The same for a parameter of a rule; false when there was a problem. */
bool policy_read_param(struct policy_reader *r, const struct schema_param *row,
		       const struct yaml_node *n, struct policy_param *ret);
/* One pattern; `numbered` ones are in policy.pattern.  False when there was a problem. */
bool policy_read_pattern(struct policy_reader *r, const char *text, struct policy_pos at,
			 struct policy_pattern *ret);
/* Gives it a number: it must not move any more. */
void policy_number_pattern(struct policy_reader *r, struct policy_pattern *p);
/* "a, b, c" of words separated by spaces. */
const char *policy_words(const char *words, struct arena *arena);

/* The starter under the file; nodes of both are shared. */
struct yaml_node *policy_merge(const struct yaml_node *starter, const struct yaml_node *file,
			       struct policy_reader *r);
/* The keys of a map into the struct of its section; the recursion ends with the schema. */
void policy_read_section(struct policy_reader *r, enum schema_section section,
			 const struct yaml_node *n, struct policy_pos at, void *into);
void policy_read_services(struct policy_reader *r, const struct yaml_node *n);
void policy_check_services(struct policy_reader *r);
/* Names, default patterns, contradictions. */
void policy_resolve(struct policy_reader *r);

#endif
