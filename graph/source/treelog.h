/* SPDX-License-Identifier: MIT */
/*
 * treelog.h - what was asked of a tree since somebody began to listen.  Where another
 * tree answers all of it in the same way, whoever asks it the same comes to the same.
 */
#ifndef MESHCTL_TREELOG_H
#define MESHCTL_TREELOG_H

#include "base/base.h"

struct tree;                            /* graph/source/tree.h */

/* Until tree_close().  Asking may then come from many threads, as ever. */
void treelog_begin(struct tree *t);

/* For tree.c, and for who knows the bytes of a file without reading it (the fact cache). */
void treelog_list(struct tree *t, const char *dir, bool (*wants)(const char *name));
void treelog_find(struct tree *t, const char *path);
void treelog_read(struct tree *t, const char *path, size_t max);
/* The answer rests on more than the files of the tree: on git's history. */
void treelog_beyond(struct tree *t);
void treelog_free(struct tree *t);

/*
 * Does `other` answer as `t` does?  Both are asked all of it once more.  False where t was
 * not listened to, where history was asked, and where a file that is there cannot be read.
 */
bool treelog_same(struct tree *t, struct tree *other);

#endif
