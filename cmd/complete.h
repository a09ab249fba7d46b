/* SPDX-License-Identifier: MIT */
/*
 * complete.h - shell completion, printed from the tables.  What may follow an
 * option or stand as an operand goes by its metavar: one row each in
 * complete.c, for all shells.  The copies in completions/ are what `meshctl
 * completion` prints; the tests compare them.
 */
#ifndef MESHCTL_COMPLETE_H
#define MESHCTL_COMPLETE_H

#include "cmd/command.h"

enum complete_kind {
	COMPLETE_NOTHING,               /* a number, a version: nobody can guess it */
	COMPLETE_WORDS,
	COMPLETE_LIST,                  /* words with commas between */
	COMPLETE_FORMAT,                /* words, a path behind a colon */
	COMPLETE_DIRS,
	COMPLETE_FILES,
	COMPLETE_REVS,                  /* of the git repository */
};

struct completion {
	enum complete_kind kind;
	const char *words;              /* separated by spaces; NULL without */
};

/* For the value of an option; c is whose formats count, NULL = none. */
struct completion complete_option(const struct opt *o, const struct command *c,
				  struct arena *arena);
/* For the operands of a command. */
struct completion complete_operand(const struct command *c, struct arena *arena);
/* Every metavar of the tables has a row; the tests ask. */
bool complete_knows(const char *metavar);

void complete_bash(FILE *out);
void complete_zsh(FILE *out);
void complete_fish(FILE *out);

struct shell {
	const char *name;
	void (*write)(FILE *out);
};

extern const struct shell shells[];
extern const unsigned nshells;

#endif
