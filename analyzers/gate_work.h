/* SPDX-License-Identifier: MIT */
/* gate_work.h - the state of one gate_judge(), and its numbers, which trend.c shares. */
#ifndef MESHCTL_GATE_WORK_H
#define MESHCTL_GATE_WORK_H

#include "analyzers/gate.h"

#include <math.h>

/* A number of one side; a `why` without full stop says that it is not known. */
struct gate_number {
	int64_t n;
	const char *why;
};

struct gate_work {
	const struct gate_given *g;
	struct arena *arena;            /* of the findings */
	struct gate *ret;
	uint32_t cap;
};

/* A row, judged; its finding where it failed. */
void gate_push(struct gate_work *w, struct gate_row row);
/* The row's verdict where it fails: what the policy says of the rule. */
enum gate_verdict gate_bad(const struct gate_work *w, enum rule_id rule);
uint32_t gate_setting(const struct gate_work *w, enum rule_id rule, const char *key);
/* The words of a parameter, else those of its row. */
struct policy_texts gate_words(const struct gate_work *w, enum rule_id rule, const char *key);

/* Where findings about the gate itself stand. */
struct span gate_policy_place(const struct gate_work *w);

/* The row of newly-allowed, and what the policy or the base's says of it. */
void gate_allowed(struct gate_work *w, struct gate_row row);
enum gate_verdict gate_allowed_bad(const struct gate_work *w);

/* Rows of numbers that were measured elsewhere. */
int gate_coverage(struct gate_work *w, const char *title, struct err *err);
/* Changes of the architecture that come without a decision record. */
void gate_record(struct gate_work *w, const char *title);
int gate_kpi(struct gate_work *w, const char *title, struct err *err);
/* What the users of published packages lose; and the files that are changed most. */
void gate_api(struct gate_work *w, const char *title);
void gate_hotspots(struct gate_work *w, const char *title);
void gate_debt_density(struct gate_work *w, const char *title);
void gate_debt_rise(struct gate_work *w, const char *title);

/* Numbers of a side. */
struct gate_number gate_circles(const struct gate_tree *t, struct arena *arena);
/* In tenths of a percent. */
struct gate_number gate_complex(const struct gate_tree *t, struct arena *arena);
struct gate_number gate_unmapped(const struct gate_tree *t, struct arena *arena);
struct gate_number gate_judged(const struct gate_tree *t, struct arena *arena);   /* percent */
struct gate_number gate_depth(const struct gate_tree *t, struct arena *arena);
struct gate_number gate_entries(const struct gate_tree *t, struct arena *arena);

struct gate_cut { int64_t weight, bound; };     /* of all knots together */
/* The folder level where it is worst; false where there is no knot. */
bool gate_level(const struct gate_tree *t, struct level *ret);
int gate_cut_at(const struct gate_tree *t, struct level level, struct arena *arena,
		struct gate_cut *ret, struct err *err);
/*
 * Has `now` no import line more than `base` between two groups of one knot?  Then its
 * cut is no larger, whatever can be proven of it.
 */
bool gate_knots_within(const struct gate_tree *now, const struct gate_tree *base,
		       struct level level, struct arena *arena);

#endif
