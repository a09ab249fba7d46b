/* SPDX-License-Identifier: MIT */
/*
 * matrix_view.h - who imports whom, layer by layer or context by context, as a
 * table or a list, and the two commands that show it.
 */
#ifndef MESHCTL_MATRIX_VIEW_H
#define MESHCTL_MATRIX_VIEW_H

#include "analyzers/judged.h"
#include "cmd/judge.h"

struct matrix_kind {
	const char *command;            /* its name */
	const char *one;                /* "layer" */
	/* Which of the two matrices. */
	const struct judged_matrix *(*of)(const struct judged *j);
	/* The rules that it runs, besides those that always do. */
	const enum rule_id *rules;
	uint32_t nrules;
};

/* A whole run of `meshctl layers` or `meshctl contexts`. */
int matrix_command(struct run *run, const struct matrix_kind *kind, struct err *err);

/* "1,089 of 2,904 imports judged (37 %)". */
const char *judged_words(const struct judged *j, struct arena *arena);

#endif
