/* SPDX-License-Identifier: MIT */
/* sides_work.h - what the files that judge the base of a change share. */
#ifndef MESHCTL_SIDES_WORK_H
#define MESHCTL_SIDES_WORK_H

#include "cmd/sides.h"

/* Which commit the settings mean, unless that was asked before. */
int sides_find(const struct run *run, struct sides *s, struct err *err);
/* Are there Go files that the working tree does not have and its index has? */
bool sides_sparse(const struct judge *head);
/* The base, whole or as far as it is wanted, whatever sides_begin() left of it. */
int sides_judge_base(const struct run *run, struct judge *head, struct sides *s, struct err *err);
/* The head by the policy `was` and the baseline of the base. */
int sides_judge_allowed(const struct run *run, struct judge *head, struct sides *s,
			const struct policy *was, struct err *err);
void sides_work_free(struct sides_work *w);

#endif
