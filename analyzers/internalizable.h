/* SPDX-License-Identifier: MIT */
/*
 * internalizable.h - packages that could move below a folder named internal:
 * they and everybody who imports them live below one folder already, smaller
 * than the module.  `internal` in that place keeps the build, and lets the Go
 * compiler keep out at least half of those who could import them today.
 */
#ifndef MESHCTL_INTERNALIZABLE_H
#define MESHCTL_INTERNALIZABLE_H

#include "graph/graph.h"

struct internalizable {
	pkg_id package;
	const char *folder;             /* the lowest that holds it and all importers */
	const char *to;                 /* its path with `internal` behind that folder */
	uint32_t gain;                  /* packages of the module that lose access */
	uint32_t importers;             /* packages, with their tests; itself not */
	uint32_t lines;                 /* import lines that change, its own tests' too */
	bool guarded;                   /* below an internal folder today: other modules are out */
};

struct internalizables {
	uint32_t count;
	const struct internalizable *item;      /* most gain, then fewest importers, then folder */
	uint64_t judged;                /* packages that somebody else imports */
};

/*
 * Test imports count.  Only packages that PATTERN asks for.  None of the
 * standard library's: its packages are for everybody.
 */
void internalizable_find(const struct source *s, const struct graph *g, struct arena *arena,
			 struct internalizables *ret);

#endif
