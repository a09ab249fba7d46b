/* SPDX-License-Identifier: MIT */
/*
 * resolve.h - what an import path means to the file that imports it.
 */
#ifndef MESHCTL_RESOLVE_H
#define MESHCTL_RESOLVE_H

#include "graph/source/source.h"

enum import_kind {
	IMPORT_STD,                     /* no dot in the first segment, and no module here has it */
	IMPORT_INTERNAL,                /* a folder that was read */
	IMPORT_EXTERNAL,                /* another module */
	IMPORT_MISSING,                 /* a module here should have it and does not */
	IMPORT_CGO,                     /* "C" */
};

struct resolved {
	enum import_kind kind;
	dir_id dir;                     /* IMPORT_INTERNAL: where */
	mod_id module;                  /* INTERNAL and MISSING: whose; else ID_NONE */
	sym_id import_path; /* as go list prints it (vendor/...); else the path itself */
	bool skipped;	    /* INTERNAL without dir: below testdata, _x, .x or ignored */
};

/*
 * Resolves `path` imported from a file in `from`.  The longest module path in
 * the tree wins; replace to a folder of the tree counts; std and GOPATH trees
 * look into vendor folders first.
 */
struct resolved resolve_import(const struct source *s, dir_id from, sym_id path);
/* The folder whose package has this import path, or ID_NONE. */
dir_id source_find_package(const struct source *s, const char *import_path);

#endif
