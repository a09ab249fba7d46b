/* SPDX-License-Identifier: MIT */
/*
 * reuse.h - files of a tree that was read before, by contents: what is known of
 * them need not be read again in another tree.
 */
#ifndef MESHCTL_REUSE_H
#define MESHCTL_REUSE_H

#include "graph/source/source.h"
#include "graph/source/tree.h"

struct reuse;

/* NULL where no file's contents are known by name. */
struct reuse *reuse_new(const struct source *like, unsigned workers);
/* The file of this base name and these contents, or ID_NONE.  For many threads. */
uint32_t reuse_find(const struct reuse *r, struct tree *t, uint32_t ref, const char *name);
void reuse_free(struct reuse *r);

#endif
