/* SPDX-License-Identifier: MIT */
/*
 * blame.h - which commits made a number worse, and by what: the result of `meshctl
 * history blame`, its search and its formats.
 */
#ifndef MESHCTL_BLAME_H
#define MESHCTL_BLAME_H

#include "cmd/past.h"

struct output;

/* An edge between packages that was not there before, or has more import lines than before. */
struct blame_import {
	const char *from, *to, *path, *owner;   /* owner: NULL = nobody is named */
	uint32_t line, lines, was;      /* where the first import line is; how many; before */
};

struct blame_finding {
	const char *rule, *id, *message, *path, *owner;
	uint32_t line;
};

struct blame_step {
	uint32_t commit;                /* of the line */
	uint32_t before;                /* the commit that its numbers are compared with */
	double was, now;
	bool detailed;                  /* what follows was looked for */
	const struct blame_import *import;
	const struct blame_finding *finding;
	uint32_t nimports, nfindings;
	const char *owner;              /* of all that was added, "@order @platform"; or NULL */
};

struct blame {
	struct past *past;
	enum trend_id trend;
	int sign;                       /* 1: more is worse */
	uint32_t from, to;              /* of the line: the ends; to is the younger one */
	double was, now;                /* NAN where no commit is known */
	struct blame_step *step;        /* the largest first, of equals the younger */
	uint32_t nsteps;
	uint32_t touching;              /* commits between the ends that touch Go */
	bool each;                      /* all of them were judged; false: bisection */
	bool all;
	const char *why_each;           /* why bisection would not do; NULL = it was asked for */
	const char *level;              /* of the cut; or NULL */
	const char *incomplete;
	enum exit_status status;
};

/* Fills steps between the two ends, which are given, and how they were found. */
int blame_search(struct blame *b, struct err *err);
/* What the commit of a step added. */
void blame_detail(struct blame *b, struct blame_step *step);

int blame_write_text(const struct blame *b, const struct output *o, struct err *err);
int blame_write_json(const struct blame *b, const struct output *o, struct err *err);

#endif
