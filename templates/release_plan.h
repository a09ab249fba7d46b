/* SPDX-License-Identifier: MIT */
/*
 * release_plan.h - the release of one service, step by step: a numbered folder for each
 * state, how to go back, and what has to hold before the next one.
 */
#ifndef MESHCTL_TEMPLATES_RELEASE_PLAN_H
#define MESHCTL_TEMPLATES_RELEASE_PLAN_H

#include "templates/manifest.h"

#define PLAN_STEPS 20u
#define VERSION_NEW "v2"

struct release_plan {
	const struct services *services;
	uint32_t service;
	uint32_t percent[PLAN_STEPS], count;    /* ascending, the last is 100 */
	const char *zone;                       /* in which the first percents begin */
};

/* "1,5,20,50,100"; ERR_USAGE for what does not ascend from 1 to 100. */
int release_steps(const char *text, struct release_plan *p, struct err *err);
/* RUNBOOK.md and NN-step/{release.yaml,rollback.sh}; in the arena, by path. */
int release_plan_make(const struct release_plan *p, struct arena *arena, struct manifests *ret,
		      struct err *err);

#endif
