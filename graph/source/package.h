/* SPDX-License-Identifier: MIT */
/*
 * package.h - the package in a folder under one build configuration, as
 * go/build's ImportDir sees it: which file belongs to which list.
 */
#ifndef MESHCTL_PACKAGE_H
#define MESHCTL_PACKAGE_H

#include "graph/source/source.h"

enum file_role {
	ROLE_NONE,                      /* hidden, or not readable */
	ROLE_GO, ROLE_CGO, ROLE_TEST, ROLE_XTEST, ROLE_IGNORED,
	ROLE_COUNT
};

struct go_package {
	dir_id dir;
	sym_id name;                    /* of the first file that counts; 0 = none */
	const uint8_t *role;            /* [dir.nfiles] enum file_role */
	uint32_t count[ROLE_COUNT];
	bool invalid;                   /* a file is degraded, or the names differ */
	bool cut_short;                 /* a broken constraint: go list shows no file after it */
	bool refused; /* Go takes no package of this name: see package_path_valid */
	bool exists;                    /* go list would print it for ./... */
};

/* Can a package in a module have this import path?  golang.org/x/mod's CheckImportPath. */
bool package_path_valid(const char *path);
/* role[] lives in the arena. */
void package_classify(const struct source *s, dir_id dir, uint32_t config, struct arena *arena,
		      struct go_package *ret);
/* Import paths of all files with a role in the mask (1 << ROLE_GO ...): sorted, unique. */
uint32_t package_imports(const struct source *s, const struct go_package *p, uint32_t roles,
			 struct arena *arena, sym_id **ret_paths);

#endif
