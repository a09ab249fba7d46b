/* SPDX-License-Identifier: MIT */
/*
 * nearest.h - the package that somebody may have meant who imports one that is
 * not there: a slip of the pen, or the same name in another folder.
 */
#ifndef MESHCTL_NEAREST_H
#define MESHCTL_NEAREST_H

#include "graph/source/source.h"

/* Each search looks at every package: so many of a run are enough to help. */
#define NEAREST_SEARCHES 200u

/* The import path of the nearest package of the module that has files, or NULL. */
const char *nearest_package(const struct source *s, mod_id module, const char *import_path);
/* One whose import path ends with all of `path`: the module's name was forgotten; or NULL. */
const char *nearest_ending(const struct source *s, mod_id module, const char *path);

#endif
