/* SPDX-License-Identifier: MIT */
/*
 * child.h - part of the work in a second process, which hands back bytes: for what is
 * not made for threads.  What a child does not bring its parent does itself.
 */
#ifndef MESHCTL_CHILD_H
#define MESHCTL_CHILD_H

#include "base/base.h"

#include <sys/types.h>

struct child {
	pid_t pid;
	int fd;                         /* what it writes */
};

/*
 * Runs work(ctx, fd) in a copy of this process, which ends behind it; nothing of the
 * parent is flushed or run at its end.  False: there is no such process.
 */
bool child_start(struct child *c, void (*work)(void *ctx, int fd), void *ctx);
/* All of it or false. */
bool child_put(int fd, const void *data, size_t len);
bool child_get(int fd, void *data, size_t len);
/* Waits for its end; `stop`: which is now. */
void child_end(struct child *c, bool stop);

#endif
