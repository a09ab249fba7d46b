/* SPDX-License-Identifier: MIT */
/*
 * factcache_store.c - writing facts, in a few transactions at the end of a run.
 * Not synced: what a crash of the machine leaves behind is seen by factcheck()
 * and by the checksums, and is only a cache.
 */
#include "base/fault.h"
#include "graph/source/factcache_work.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#define WRITE_FLAGS (MDB_NOLOCK | MDB_NOSUBDIR | MDB_NOSYNC)

/*
 * LMDB holds what it has not committed in memory, and what does not fit takes its
 * whole transaction with it.
 */
#define BATCH_BYTES ((uint64_t)32 << 20)
#define BATCHES 16u                     /* of a full generation, at least */
#define SMALLEST_FILE ((uint64_t)1 << 20)

struct writer {
	struct factcache *c;
	uint64_t cap;                   /* bytes of one generation */
	size_t smallest;                /* a value of this many bytes has pages of its own */
	bool rotated;
	MDB_env *env;
	MDB_txn *txn;
	MDB_dbi dbi;
};

static void failed(struct writer *w, int r)
{
	struct statvfs fs;

	/* A page that was written in part: the disk was full in the middle of it. */
	if (r == EIO && !fstatvfs(w->c->place.folder, &fs) && !fs.f_bavail)
		r = ENOSPC;
	place_note(&w->c->place, "cannot write '%.300s/%s': %s", w->c->place.path,
		   place_file(YOUNG), mdb_strerror(r));
}

static void set_since(struct writer *w, bool rotate)
{
	struct stats stats;

	stats_read(&w->c->place, &stats);
	if (rotate)
		stats.since[OLD] = stats.since[YOUNG];
	stats.since[YOUNG] = (int64_t)time(NULL);
	stats_write(&w->c->place, &stats);
}

static void close_writer(struct writer *w)
{
	mdb_txn_abort(w->txn);
	if (w->env)
		mdb_env_close(w->env);
	w->txn = NULL;
	w->env = NULL;
}

static int begin(struct writer *w)
{
	int r = mdb_txn_begin(w->env, NULL, 0, &w->txn);

	return r ? r : mdb_dbi_open(w->txn, NULL, 0, &w->dbi);
}

static int open_writer(struct writer *w, bool fresh)
{
	MDB_stat stat;
	char path[4096];
	int r = mdb_env_create(&w->env);

	place_path(&w->c->place, YOUNG, path);
	if (!r)
		r = mdb_env_set_mapsize(w->env, (size_t)w->cap);
	if (!r)
		r = mdb_env_open(w->env, path, WRITE_FLAGS, 0600);
	if (!r)
		r = mdb_env_stat(w->env, &stat);
	if (!r)
		r = begin(w);
	if (r)
		return r;
	w->smallest = stat.ms_psize / 2;
	if (fresh)
		set_since(w, false);
	return 0;
}

/* The young generation becomes the old one, whose own file goes with the name. */
static int rotate(struct writer *w)
{
	int folder = w->c->place.folder;

	close_writer(w);
	if (renameat(folder, place_file(YOUNG), folder, place_file(OLD)) && errno != ENOENT)
		return errno;
	set_since(w, true);
	w->rotated = true;
	return open_writer(w, false);
}

static int commit(struct writer *w)
{
	MDB_txn *txn = w->txn;

	w->txn = NULL;                  /* freed whatever comes of it */
	if (fault_hit(FAULT_WRITE)) {
		mdb_txn_abort(txn);
		return ENOSPC;
	}
	return mdb_txn_commit(txn);
}

static int put(struct writer *w, const struct fact_item *item, size_t *ret_bytes)
{
	struct value_head head = { .magic = VALUE_MAGIC, .size = (uint32_t)item->size };
	size_t bytes = (sizeof(head) + item->size + 7) & ~(size_t)7;
	unsigned char key[FACT_KEY_BYTES];

	if (bytes < w->smallest)
		bytes = w->smallest;
	fact_key(w->c->o.kind, &item->id, key);
	MDB_val k = { FACT_KEY_BYTES, key }, v = { bytes, NULL };
	int r = mdb_put(w->txn, w->dbi, &k, &v, MDB_NOOVERWRITE | MDB_RESERVE);

	*ret_bytes = 0;
	if (r)
		return r == MDB_KEYEXIST ? 0 : r;
	head.sum = fact_sum(key, item->block, item->size);
	memcpy(v.mv_data, &head, sizeof(head));
	memcpy((char *)v.mv_data + sizeof(head), item->block, item->size);
	memset((char *)v.mv_data + sizeof(head) + item->size, 0,
	       bytes - sizeof(head) - item->size);
	*ret_bytes = bytes;
	return 0;
}

/* One transaction from item[from] on; *ret_to is the first that it left. */
static int write_batch(struct writer *w, const struct fact_item *item, uint32_t from,
		       uint32_t count, uint32_t *ret_to)
{
	uint64_t batch = 0, most = w->cap / BATCHES;
	uint32_t i = from;
	size_t bytes;

	if (most > BATCH_BYTES)
		most = BATCH_BYTES;
	for (; i < count && batch < most; i++) {
		if (item[i].size > UINT32_MAX / 2)
			continue;
		int r = put(w, &item[i], &bytes);

		if (r)
			return r;
		batch += bytes;
	}
	*ret_to = i;
	return commit(w);
}

static int write_all(struct writer *w, const struct fact_item *item, uint32_t count)
{
	for (uint32_t from = 0, to = 0; from < count; from = to) {
		int r = w->txn ? 0 : begin(w);

		if (!r)
			r = write_batch(w, item, from, count, &to);
		if (r == MDB_MAP_FULL || r == MDB_TXN_FULL) {
			/* More than a generation holds: the rest is for another run to parse. */
			if (w->rotated)
				return 0;
			r = rotate(w);
			to = from;
		}
		if (r)
			return r;
	}
	return 0;
}

/* What was seen to be damaged, unless another process has replaced it since. */
static bool clean_up(struct factcache *c, enum generation g, struct sound *ret)
{
	const struct sound *seen = &c->seen[g];
	struct sound *s = ret;

	*s = factcheck(c->place.folder, place_file(g));
	bool ours = s->inode == seen->inode && s->device == seen->device;

	if (s->is == FILE_FOREIGN) {
		place_note(&c->place, "'%.300s/%s' %s", c->place.path, place_file(g), s->why);
		return false;
	}
	if (s->is == FILE_DAMAGED)
		place_note_damage(&c->place, g, s->why);
	else if (s->is == FILE_ABSENT || !ours || !atomic_load(&c->damaged[g]))
		return true;
	if (unlinkat(c->place.folder, place_file(g), 0)) {
		place_note(&c->place, "cannot delete '%.300s/%s': %s", c->place.path, place_file(g),
			   strerror(errno));
		return false;
	}
	*s = (struct sound){ .is = FILE_ABSENT };
	return true;
}

static void store(struct factcache *c, const struct fact_item *item, uint32_t count)
{
	struct writer w = { .c = c, .cap = c->o.limit / GENERATIONS };
	struct sound young, old;
	int r;

	if (!clean_up(c, YOUNG, &young) || !clean_up(c, OLD, &old) || !count)
		return;
	if (w.cap > place_room())
		w.cap = place_room();
	w.cap &= ~(uint64_t)65535;
	if (w.cap < SMALLEST_FILE) {
		place_note(&c->place, "no file may be as large as it needs");
		return;
	}
	r = young.bytes >= w.cap ? rotate(&w) : open_writer(&w, young.is == FILE_ABSENT);
	if (!r)
		r = write_all(&w, item, count);
	if (r)
		failed(&w, r);
	close_writer(&w);
}

void factcache_store(struct factcache *c, const struct fact_item *item, uint32_t count)
{
	if (c->dead || (!count && !factcache_is_damaged(c)))
		return;
	if (c->place.folder < 0 && !place_open(&c->place, c->o.folder, true))
		return;
	if (!place_lock(&c->place, true))
		return;
	store(c, item, count);
	place_unlock(&c->place);
}
