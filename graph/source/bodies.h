/* SPDX-License-Identifier: MIT */
/*
 * bodies.h - the facts of many files: from the cache where it has them, else
 * parsed by the workers.
 */
#ifndef MESHCTL_BODIES_H
#define MESHCTL_BODIES_H

#include "graph/source/body.h"
#include "graph/source/source.h"

struct bodies_options {
	unsigned workers;
	bool no_cache;
	const file_id *wanted;          /* ascending; NULL = every file that is not FILE_HIDDEN */
	uint32_t nwanted;
};

struct bodies_stats {
	uint32_t asked, cached, parsed;
	uint32_t degraded;              /* status is not SYNTAX_OK, or the file could not be read */
	uint32_t rewritten;             /* files with Go newer than the grammar */
	uint64_t bytes, lines;          /* of the files asked for */
	uint64_t cache_bytes;           /* read from the cache */
};

struct bodies {
	const struct body *const *file; /* [source.nfiles]; NULL = not asked for, or not readable */
	struct bodies_stats stats;
	/* one line for stderr: why there is no cache; NULL = fine */
	const char *cache_note;
};

/*
 * Reads the bodies of the files asked for.  Equal input gives equal facts,
 * cached or not, whatever the number of workers.  Fails on out of reach limits
 * only; a file that cannot be read or parsed is counted.
 */
int bodies_read(const struct source *s, const struct bodies_options *o, struct bodies **ret,
		struct err *err);
void bodies_release(struct bodies *b);

#endif
