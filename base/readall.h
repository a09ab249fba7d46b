/* SPDX-License-Identifier: MIT */
/* readall.h - a file that the user named, whole. */
#ifndef MESHCTL_READALL_H
#define MESHCTL_READALL_H

#include "base/arena.h"
#include "base/err.h"

/*
 * At most `max` bytes and one more, so that the caller sees that it is larger; in
 * the arena, NUL behind them.  ERR_CONFIG: "cannot read 'x': cause".
 */
int read_all(const char *path, size_t max, struct arena *arena, const char **ret_bytes,
	     size_t *ret_len, struct err *err);

#endif
