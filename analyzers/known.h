/* SPDX-License-Identifier: MIT */
/*
 * known.h - which import paths without a dot in their first element belong to
 * a module, not to Go's standard library: paths of modules of the tree, of what
 * they require and replace, and of their vendor folders.
 */
#ifndef MESHCTL_KNOWN_H
#define MESHCTL_KNOWN_H

#include "graph/source/source.h"

struct known_paths {
	const struct source *s;
	const char **prefix;            /* module paths without a dot in the first element */
	uint32_t count, cap;
	bool *strict;                   /* [nmodules] what is not known is not there */
};

void known_paths_init(struct known_paths *k, const struct source *s, struct arena *arena);
void known_paths_release(struct known_paths *k);
/* Do Go's rules for modules hold in this folder?  Not in Go's own tree, a GOPATH, or vendor. */
bool known_is_module(const struct known_paths *k, dir_id from);
/* Is every package that files in this folder may import either known or Go's own? */
bool known_all(const struct known_paths *k, dir_id from);
/* Does some module provide `path`, as far as the tree tells? */
bool known_path(const struct known_paths *k, dir_id from, const char *path);

#endif
