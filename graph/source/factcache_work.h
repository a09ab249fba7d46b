/* SPDX-License-Identifier: MIT */
/* factcache_work.h - the cache at work: what finding and storing share.  Hides LMDB. */
#ifndef MESHCTL_FACTCACHE_WORK_H
#define MESHCTL_FACTCACHE_WORK_H

#include "graph/source/factcache_part.h"

#include <lmdb.h>
#include <stdatomic.h>

#define ROUNDS 2u                       /* factcache_open() and one factcache_resume() */

struct view {
	MDB_env *env;
	MDB_txn **txn;                  /* [worker]; NULL = not open */
	MDB_dbi dbi;
};

struct factcache {
	struct factcache_options o;     /* limit is set */
	struct place place;
	unsigned workers, round;
	struct view view[ROUNDS][GENERATIONS];
	struct sound seen[GENERATIONS]; /* as of the last round */
	atomic_bool damaged[GENERATIONS];
	bool dead;                      /* not ours: nothing is stored either */
	uint64_t asked, found;
};

#endif
