/* SPDX-License-Identifier: MIT */
/* sourcelibraries.c - asks the libraries for their versions. */
#include "graph/source/sourcelibraries.h"

#include <git2.h>
#include <lmdb.h>
#include <zlib.h>

void source_libraries(struct arena *arena, struct library ret[SOURCE_LIBRARIES])
{
	int major = 0, minor = 0, patch = 0;

	git_libgit2_version(&major, &minor, &patch);
	ret[0] = (struct library){
		"libgit2", arena_printf(arena, "%d.%d.%d", major, minor, patch), LIBGIT2_VERSION,
	};
	mdb_version(&major, &minor, &patch);
	ret[1] = (struct library){
		"LMDB", arena_printf(arena, "%d.%d.%d", major, minor, patch),
		arena_printf(arena, "%d.%d.%d", MDB_VERSION_MAJOR, MDB_VERSION_MINOR,
			     MDB_VERSION_PATCH),
	};
	ret[2] = (struct library){ "zlib", arena_strdup(arena, zlibVersion()), ZLIB_VERSION };
}
