/* SPDX-License-Identifier: MIT */
/*
 * progress.h - what a run that takes longer than a second is at, on a terminal: one
 * line on standard error, written over itself and gone at the end.  Never in a pipe
 * or a file, so that no output depends on time.
 */
#ifndef MESHCTL_PROGRESS_H
#define MESHCTL_PROGRESS_H

#include "base/base.h"

struct progress;

/* NULL, which the others take, unless standard error is a terminal and `wanted`. */
struct progress *progress_start(bool wanted);
/* "reading files": constant text.  For one thread. */
void progress_at(struct progress *p, const char *what);
/* Before anything else is written to the terminal. */
void progress_stop(struct progress *p);

#endif
