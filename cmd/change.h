/* SPDX-License-Identifier: MIT */
/* change.h - what differs between two trees that were read: files and import lines. */
#ifndef MESHCTL_CHANGE_H
#define MESHCTL_CHANGE_H

#include "graph/source/source.h"

struct change_import {
	sym_id path;                    /* in the symbols of the tree that has it */
	uint32_t file, line;            /* there */
};

struct change {
	uint32_t files;                 /* Go files that are in one of them only, or differ */
	const char *const *folder;      /* of these files, each once, by name; "" = topmost */
	uint32_t nfolders;
	/* Import lines by folder and import path: moved ones are not among them. */
	const struct change_import *added, *removed;
	uint32_t nadded, nremoved;
};

/* Lives in the arena.  Files whose contents nobody names are read. */
void change_between(const struct source *base, const struct source *head, struct arena *arena,
		    struct change *ret);

#endif
