/* SPDX-License-Identifier: MIT */
/*
 * factcache_part.h - what the factcache_*.c files share.  Nobody else includes it.
 *
 * The folder holds facts.mdb (young), facts-old.mdb, facts.lock and facts.stats.
 * LMDB runs without its own locks: whoever reads holds the lock file shared, and
 * whoever writes exclusively, as MDB_NOLOCK asks for.  The lock goes with its
 * process.  Values lie on overflow pages, nothing is ever overwritten or
 * deleted, and files are replaced, never truncated: what was found stays where
 * it is without a lock.
 */
#ifndef MESHCTL_FACTCACHE_PART_H
#define MESHCTL_FACTCACHE_PART_H

#include "graph/source/factcache.h"

#include <sys/types.h>

enum generation { YOUNG, OLD, GENERATIONS };

#define FACT_KEY_BYTES 32
#define NOTE_BYTES 512

struct place {
	char path[3072];
	int folder, lock;               /* -1 = none */
	bool exists;
	char note[NOTE_BYTES];          /* "" = fine */
};

/* "no fact cache: ...".  The first note counts. */
void place_note(struct place *p, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* The file was not sound: it goes, and what is known is stored again. */
void place_note_damage(struct place *p, enum generation g, const char *why);
/*
 * Finds the folder, and makes it if `create`; it must be ours alone and local.
 * False with a note; false without one where there is no folder yet.
 */
bool place_open(struct place *p, const char *folder, bool create);
/* Waits while others write (or read), but not for ever; false with a note. */
bool place_lock(struct place *p, bool exclusive);
/* Exclusively, now or not at all; no note. */
bool place_try_lock(struct place *p);
void place_unlock(struct place *p);
void place_close(struct place *p);
const char *place_file(enum generation g);
/* The path of a generation's file. */
/* What this process may write into one file: `ulimit -f` would end it with a signal. */
uint64_t place_room(void);
void place_path(const struct place *p, enum generation g, char ret[4096]);

enum soundness {
	FILE_ABSENT,                    /* or empty */
	FILE_SOUND,
	FILE_DAMAGED,                   /* of LMDB but not sound, or not of LMDB at all */
	FILE_FOREIGN,                   /* no regular file, or not readable: not ours to replace */
};

struct sound {
	enum soundness is;
	dev_t device;
	ino_t inode;
	uint64_t bytes, entries;
	const char *why;                /* of FILE_DAMAGED and FILE_FOREIGN */
};

/*
 * Reads every page of an LMDB file that the library would follow a pointer to
 * (not the values) and checks that it stays within the file.  Leaves nothing open.
 */
struct sound factcheck(int folder, const char *name);

/* One file for both writers and readers of values. */
struct value_head {
	uint64_t sum;                   /* of key, size, magic and facts */
	uint32_t magic, size;
};
#define VALUE_MAGIC UINT32_C(0x31666d63)

void fact_key(enum fact_kind kind, const struct blob_id *id,
	      unsigned char ret[FACT_KEY_BYTES]);
uint64_t fact_sum(const unsigned char key[FACT_KEY_BYTES], const void *block, size_t size);

struct stats {
	uint64_t magic, runs, asked, found;
	int64_t since[GENERATIONS];
	uint64_t sum;
};

/* All zero where there are none.  The caller holds a lock. */
void stats_read(const struct place *p, struct stats *ret);
void stats_write(const struct place *p, struct stats *stats);

#endif
