/* SPDX-License-Identifier: MIT */
/* factcache.c - finding facts: both generations, mapped by LMDB, each value verified. */
#include "graph/source/factcache.h"
#include "base/limits.h"
#include "graph/source/factcache_work.h"

#include <stdlib.h>
#include <string.h>

/* The library's own lock file and its thread-local slots are not used: see factcache_part.h. */
#define READ_FLAGS (MDB_RDONLY | MDB_NOLOCK | MDB_NOSUBDIR | MDB_NOTLS)

static uint64_t limit_or_default(const struct factcache_options *o)
{
	return o->limit ? o->limit : limit_of(LIMIT_CACHE_BYTES);
}

static void end_questions(struct view *v, unsigned workers)
{
	for (unsigned i = 0; v->txn && i < workers; i++)
		mdb_txn_abort(v->txn[i]);
	free(v->txn);
	v->txn = NULL;
}

static void close_view(struct view *v, unsigned workers)
{
	end_questions(v, workers);
	if (v->env)
		mdb_env_close(v->env);
	*v = (struct view){ 0 };
}

static int begin(struct view *v, unsigned worker)
{
	int r = mdb_txn_begin(v->env, NULL, MDB_RDONLY, &v->txn[worker]);

	/* The handle of the unnamed database is the same in every transaction. */
	return r || worker ? r : mdb_dbi_open(v->txn[0], NULL, 0, &v->dbi);
}

static void open_view(struct factcache *c, struct view *v, enum generation g)
{
	char path[4096];
	size_t bytes = (size_t)((c->seen[g].bytes + 65535) / 65536 * 65536);
	int r = mdb_env_create(&v->env);

	place_path(&c->place, g, path);
	/* As large as the file: nobody makes it larger while it is locked. */
	if (!r)
		r = mdb_env_set_mapsize(v->env, bytes);
	if (!r)
		r = mdb_env_open(v->env, path, READ_FLAGS, 0600);
	if (!r)
		v->txn = xcalloc(c->workers, sizeof(MDB_txn *));
	for (unsigned i = 0; !r && i < c->workers; i++)
		r = begin(v, i);
	if (r) {
		place_note(&c->place, "cannot open '%.300s': %s", path, mdb_strerror(r));
		close_view(v, c->workers);
	}
}

/* Locks, and opens what is sound.  A folder that does not exist yet is an empty cache. */
static void open_generations(struct factcache *c)
{
	if (!place_lock(&c->place, false))
		return;
	for (enum generation g = YOUNG; g < GENERATIONS; g++) {
		struct sound *s = &c->seen[g];

		*s = factcheck(c->place.folder, place_file(g));
		if (s->is == FILE_SOUND) {
			open_view(c, &c->view[c->round][g], g);
		} else if (s->is == FILE_DAMAGED) {
			atomic_store(&c->damaged[g], true);
			place_note_damage(&c->place, g, s->why);
		} else if (s->is == FILE_FOREIGN) {
			c->dead = true;
			place_note(&c->place, "'%.300s/%s' %s", c->place.path, place_file(g),
				   s->why);
		}
	}
}

struct factcache *factcache_open(const struct factcache_options *o)
{
	struct factcache *c = xcalloc(1, sizeof(*c));

	c->o = *o;
	c->o.limit = limit_or_default(o);
	c->workers = o->workers;
	if (place_open(&c->place, o->folder, false))
		open_generations(c);
	else if (c->place.note[0])
		c->dead = true;
	return c;
}

/* Both are checked by what they say of each other: a value under another's key is none. */
static const void *verified(const MDB_val *v, const unsigned char key[FACT_KEY_BYTES],
			    size_t *ret_size)
{
	const unsigned char *facts = v->mv_data;
	struct value_head head;

	if (v->mv_size < sizeof(head) || (uintptr_t)facts % 8)
		return NULL;
	memcpy(&head, facts, sizeof(head));
	facts += sizeof(head);
	if (head.magic != VALUE_MAGIC || head.size > v->mv_size - sizeof(head) ||
	    head.sum != fact_sum(key, facts, head.size))
		return NULL;
	*ret_size = head.size;
	return facts;
}

const void *factcache_find(struct factcache *c, unsigned worker, const struct blob_id *id,
			   size_t *ret_size, bool *ret_old)
{
	unsigned char key[FACT_KEY_BYTES];

	fact_key(c->o.kind, id, key);
	for (enum generation g = YOUNG; g < GENERATIONS; g++) {
		const struct view *v = &c->view[c->round][g];
		MDB_val k = { FACT_KEY_BYTES, key }, value;
		int r = v->txn ? mdb_get(v->txn[worker], v->dbi, &k, &value) : MDB_NOTFOUND;
		const void *facts = r ? NULL : verified(&value, key, ret_size);

		if (facts) {
			*ret_old = g == OLD;
			return facts;
		}
		if (r != MDB_NOTFOUND)
			atomic_store(&c->damaged[g], true);
	}
	return NULL;
}

void factcache_settle(struct factcache *c)
{
	for (enum generation g = YOUNG; g < GENERATIONS; g++) {
		end_questions(&c->view[c->round][g], c->workers);
		if (atomic_load(&c->damaged[g]))
			place_note_damage(&c->place, g, "has facts that are not as they were");
	}
	place_unlock(&c->place);
}

void factcache_resume(struct factcache *c)
{
	if (c->dead || c->place.folder < 0 || c->round + 1 == ROUNDS)
		return;
	c->round++;
	open_generations(c);
}

bool factcache_is_damaged(const struct factcache *c)
{
	return atomic_load(&c->damaged[YOUNG]) || atomic_load(&c->damaged[OLD]);
}

void factcache_count(struct factcache *c, uint64_t asked, uint64_t found)
{
	c->asked += asked;
	c->found += found;
}

const char *factcache_note(const struct factcache *c)
{
	return c->place.note[0] ? c->place.note : NULL;
}

/* The counts are not worth waiting for. */
static void keep_counts(struct factcache *c)
{
	struct stats stats;

	if (!c->asked || c->place.folder < 0 || !place_try_lock(&c->place))
		return;
	stats_read(&c->place, &stats);
	stats.runs++;
	stats.asked += c->asked;
	stats.found += c->found;
	stats_write(&c->place, &stats);
	place_unlock(&c->place);
}

void factcache_close(struct factcache *c)
{
	if (!c)
		return;
	factcache_settle(c);
	keep_counts(c);
	for (unsigned round = 0; round < ROUNDS; round++)
		for (enum generation g = YOUNG; g < GENERATIONS; g++)
			close_view(&c->view[round][g], c->workers);
	place_close(&c->place);
	free(c);
}
