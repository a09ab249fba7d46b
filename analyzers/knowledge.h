/* SPDX-License-Identifier: MIT */
/*
 * knowledge.h - who knows the code of a group of files, and what nobody knows any
 * more: ownership, truck factor, what has one author, what lost all of them.
 */
#ifndef MESHCTL_KNOWLEDGE_H
#define MESHCTL_KNOWLEDGE_H

#include "graph/source/history.h"

/* Who did not commit for so long has left. */
#define KNOWLEDGE_LEFT_DAYS 365

struct known_file { uint32_t number; uint32_t lines; }; /* number: in history.file */

struct knowledge {
	uint32_t files;
	uint64_t lines;
	uint32_t changes;               /* commits since `recent`; of the group, each once */
	uint32_t persons;               /* who changed it, ever */
	uint32_t truck_factor;          /* 0 = no file has an author */
	uint32_t main;                  /* the person with most of all changes, or HISTORY_NONE */
	double main_share;              /* of all changes, file by file; NAN without any */
	double fragmentation;           /* fractal value: 1 - sum of squared shares; NAN */
	double one_author;              /* share of lines whose files have one author alone; NAN */
	double lost;                    /* share of lines whose authors have all left; NAN */
};

/* Of files whose whole history is known (history_options.since = INT64_MIN). */
void knowledge_of(const struct history *h, const struct known_file *file, uint32_t count,
		  int64_t now, int64_t recent, struct arena *arena, struct knowledge *ret);

#endif
