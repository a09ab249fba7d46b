/* SPDX-License-Identifier: MIT */
/*
 * gomod_version.h - module versions and paths: golang.org/x/mod/semver and
 * module, as far as go.mod needs them.
 */
#ifndef MESHCTL_GOMOD_VERSION_H
#define MESHCTL_GOMOD_VERSION_H

#include "base/arena.h"

/* module.CanonicalVersion: "v1" -> "v1.0.0"; NULL where it is no semantic version. */
const char *module_canonical_version(struct arena *a, const char *version);
/*
 * Does the major version fit the path's end (/v2, gopkg.in's .v2)?  NULL, or
 * why not.  An empty version checks the path alone.
 */
const char *module_check_major(const char *path, const char *version);
/* "./x", "../x", "/x", "C:\x": modfile.IsDirectoryPath. */
bool module_is_folder(const char *path);
bool go_line_is_valid(const char *s, size_t len);       /* 1.21, 1.21.3, 1.22rc1 */
bool toolchain_line_is_valid(const char *s, size_t len);

#endif
