/* SPDX-License-Identifier: MIT */
/*
 * std.h - the packages of Go's standard library that others may import, of any
 * version up to the newest known.
 */
#ifndef MESHCTL_STD_H
#define MESHCTL_STD_H

#include "base/base.h"

bool std_has(const char *path);
/* The package of this number, in the order of bytes; NULL behind the last. */
const char *std_path(uint32_t number);
/* One that somebody may have meant: a slip of the pen, or its last element; or NULL. */
const char *std_nearest(const char *path);

#endif
