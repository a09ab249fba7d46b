/* SPDX-License-Identifier: MIT */
/*
 * link_name.h - the package name that an import path leads one to expect.
 */
#ifndef MESHCTL_LINK_NAME_H
#define MESHCTL_LINK_NAME_H

#include "base/base.h"

/*
 * A part of the path, *ret_len bytes long: the last segment, of .../vN the one
 * before it, without .vN, go- and the like.  A guess outside of the standard
 * library, which has no other names.
 */
const char *import_assumed_name(const char *path, size_t len, size_t *ret_len);

/*
 * For where that was wrong: is the name some words of the path next to each
 * other?  barbaz, bar_baz and bazv2 are in x.org/go-bar-baz/v2.
 */
bool import_sounds_like(const char *path, size_t path_len, const char *name, size_t len);

#endif
