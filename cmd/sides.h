/* SPDX-License-Identifier: MIT */
/*
 * sides.h - what a change is compared with: the tree that it began with, judged by
 * the policy of the change; and the change judged by what its base allowed.
 */
#ifndef MESHCTL_SIDES_H
#define MESHCTL_SIDES_H

#include "analyzers/gate.h"
#include "cmd/judge.h"

struct git_base;                        /* graph/source/gitbase.h */
struct sides_work;

struct sides {
	struct gate_debt debt_now, debt_base;   /* where debt_known */
	bool debt_known;
	const struct git_base *given;   /* compare with this commit; NULL = the settings say */
	struct judge base;              /* where has_base */
	bool has_base;
	/*
	 * The caller wants of the base's graph and findings only what the gate compares: where
	 * judging it would come to what the head came to, it is not judged.
	 */
	bool share;
	bool same;                      /* it was not: base has a source and a baseline, no more */
	const char *base_commit, *how;  /* full id; "merge base with main" */
	const char *why_not;            /* why there is no base */
	/* The head by the base's policy and baseline, where the change touches them. */
	struct judge allowed;
	bool has_allowed;
	const struct policy *was;       /* the base's own, where the change edits it; or NULL */
	const char *allowed_why;        /* where that cannot be known; NULL = it can */
	bool first_policy;              /* the base has none */
	bool opened_base, opened_allowed;
	struct sides_work *work;        /* of sides_begin(); or NULL */
};

/* Do the settings, or the CI that this runs in, name a base? */
bool sides_compares(const struct run *run);
/*
 * For judge_steps.beside of the head: reads the base beside the status of the head, and judges
 * it beside the head, where there is a second processor.  sides_open() takes it up, and
 * sides_dropped() (judge_steps.dropped) waits for its end; what the head has must outlive it.
 */
void sides_begin(const struct run *run, struct judge *head, struct sides *s);
void sides_dropped(struct sides *s);
/*
 * For judge_steps.settled of the head: judges the base that the settings name, and
 * moves what it has too to the held findings.  To be released whatever it returns.
 */
int sides_open(const struct run *run, struct judge *head, struct sides *ret, struct err *err);
/*
 * The rows of the gate, of the head against the base; there need not be one.  `incomplete` is why
 * the head was not looked at whole; NULL = it was.
 */
int sides_judge(struct judge *head, struct sides *s, const char *incomplete, struct gate *ret,
		struct err *err);
/* Does a row of the policy ask for debt?  Then that of the head; with `rev` of that commit. */
bool sides_debt_asked(const struct policy *p);
void sides_debt(const struct run *run, struct judge *head, const char *rev, struct gate_debt *ret);
/* What it does, for who judges a tree for its debt alone: judge_steps.choose, and the numbers. */
int sides_debt_choose(const struct run *run, struct judge *j, void *ctx, struct err *err);
int sides_debt_reckon(const struct run *run, struct judge *j, struct gate_debt *ret,
		      struct err *err);
void sides_release(struct sides *s, const struct settings *set);
/* "base 8d1f0aa (merge base with main), head 4f2c1d9: 3 Go files, 2 imports added, 1 removed" */
const char *sides_headline(const struct sides *s, const struct source *head, struct arena *arena);

#endif
