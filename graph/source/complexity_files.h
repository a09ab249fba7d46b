/* SPDX-License-Identifier: MIT */
/*
 * complexity_files.h - the files that gocyclo and gocognit walk into.  They know
 * no modules: gocyclo leaves out testdata, vendor and folders whose names begin
 * with . or _, gocognit nothing.  (.git is left out here: git's files are no Go.)
 */
#ifndef MESHCTL_COMPLEXITY_FILES_H
#define MESHCTL_COMPLEXITY_FILES_H

#include "graph/source/bodies.h"

enum complexity_walk { WALK_GOCYCLO, WALK_GOCOGNIT };

struct complexity_file {
	const char *path;               /* relative to source.root */
	const char *package;            /* "" when not known */
	const struct body *body;        /* NULL: it cannot be read */
};

struct complexity_files {
	const struct complexity_file *file;     /* as filepath.WalkDir meets them */
	uint32_t count;
	const char *problem;            /* why some may be missing; NULL */
	struct arena arena;
	struct arena *worker;           /* bodies of what source_read() left out */
	unsigned nworkers;
};

/*
 * What PATTERN asks for.  Where it names a folder this is a walk of its own; of
 * import paths and other patterns the files that source.h has.  `known` has the
 * bodies of all reported files of the source but hidden ones.  Release *ret.
 */
void complexity_files_read(const struct source *s, const struct bodies *known,
			   enum complexity_walk walk, unsigned workers,
			   struct complexity_files *ret);
void complexity_files_release(struct complexity_files *f);

#endif
