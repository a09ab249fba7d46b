/* SPDX-License-Identifier: MIT */
/*
 * importpath.h - import paths that Go refuses for their text alone, wherever
 * they lead (cmd/go/internal/modload and golang.org/x/mod/module, CheckImportPath).
 */
#ifndef MESHCTL_IMPORTPATH_H
#define MESHCTL_IMPORTPATH_H

#include "base/arena.h"

/*
 * Why no module may import `path`, or NULL: words that follow "imports 'path',".
 * *ret_fix is what to do, or NULL.  Both are constant or live in the arena.
 */
const char *import_path_fault(const char *path, struct arena *arena, const char **ret_fix);

#endif
