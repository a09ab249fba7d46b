/* SPDX-License-Identifier: MIT */
/*
 * internal.h - Go's rule about folders named internal, as the go command
 * applies it (cmd/go/internal/load, disallowInternal).
 */
#ifndef MESHCTL_INTERNAL_H
#define MESHCTL_INTERNAL_H

#include "graph/source/resolve.h"

/*
 * May files in `from` import what `r` stands for?  If not, *ret_parent is the
 * path (a folder's or an import path's first bytes) below which importers must
 * be; "" stands for Go's own source tree.
 */
bool internal_allows(const struct source *s, dir_id from, const struct resolved *r,
		     const char **ret_parent, size_t *ret_len);
/* Bytes before the last `internal` segment of a path, without the slash; false without one. */
bool internal_guard(const char *path, size_t *ret_len);

#endif
