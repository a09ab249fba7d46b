/* SPDX-License-Identifier: MIT */
/*
 * bodies.c - the facts of many files: first all are looked up in the cache by
 * blob id, then the workers read and parse the rest, then the cache gets what is
 * new.  Each file has a slot of its own, so that nothing depends on the workers.
 */
#include "graph/source/bodies.h"
#include "base/limits.h"
#include "base/pool.h"
#include "graph/source/body_build.h"
#include "graph/source/factcache.h"
#include "graph/source/tree.h"
#include "graph/source/treelog.h"

#include <stdlib.h>
#include <string.h>

struct slot {
	struct blob_hint hint;          /* the id to ask for, when known */
	struct body body;
	const void *block;              /* NULL: no facts (yet) */
	size_t size;
	bool hashed;                    /* the id is that of bytes that were read */
	bool again;                     /* its bytes have another id than was known: ask for that */
	bool cached;
	bool store;                     /* parsed in this run, or from the old generation */
};

struct body_worker {
	struct arena blocks;            /* packed facts, until bodies_release() */
	struct arena scratch, path;     /* one file */
	struct tree_buf buf;
	struct syntax_parser *parser;
	struct body_builder builder;
	bool ready;                     /* parser and builder are there */
};

struct reading {                        /* what bodies_release() ends */
	struct bodies bodies;
	const struct source *s;
	unsigned nworkers;
	struct body_worker *worker;
	struct factcache *cache;        /* NULL: without */
	file_id *file;                  /* [count] asked for, ascending */
	struct slot *slot;              /* [count] */
	uint32_t count;
	uint32_t *order;                /* slots to read, the largest first */
	uint32_t norder;
	const struct body **table;      /* [source.nfiles] */
};

static bool is_readable(const struct go_file *f)
{
	return !(f->flags & (FILE_HIDDEN | FILE_BROKEN));
}

/* The cache may know what is in it: still somebody asks for its bytes. */
static void note_file(const struct source *s, file_id f)
{
	struct arena scratch = ARENA_INIT;

	treelog_read(s->tree, source_file_path(s, f, &scratch),
		     (size_t)limit_of(LIMIT_SYNTAX_BYTES) + 1);
	arena_release(&scratch);
}

static void choose(struct reading *r, const struct bodies_options *o)
{
	uint32_t n = o->wanted ? o->nwanted : r->s->nfiles;

	r->file = xrealloc(NULL, n, sizeof(*r->file));
	for (uint32_t i = 0; i < n; i++) {
		file_id f = o->wanted ? o->wanted[i] : (file_id){ i };

		if (r->s->file[f.v].flags & FILE_HIDDEN)
			continue;
		r->bodies.stats.asked++;
		if (r->s->tree->log)
			note_file(r->s, f);
		if (is_readable(&r->s->file[f.v]))
			r->file[r->count++] = f;
		else
			r->bodies.stats.degraded++;
	}
	r->slot = xcalloc(r->count, sizeof(*r->slot));
	r->order = xrealloc(NULL, r->count, sizeof(*r->order));
	r->table = xcalloc(r->s->nfiles, sizeof(const struct body *));
	r->bodies.file = r->table;
}

/*
 * At most one byte more than may be parsed, whatever the tree: a larger file is
 * counted as that.  False when it cannot be read.
 */
static bool read_file(struct reading *r, struct body_worker *w, uint32_t i)
{
	size_t most = limit_of(LIMIT_SYNTAX_BYTES) + 1;
	struct err ignored = ERR_INIT;
	const char *path = source_file_path(r->s, r->file[i], &w->path);
	int rc = tree_read(r->s->tree, path, r->s->ref[r->file[i].v], most, &w->buf, &ignored);

	arena_reset(&w->path);
	if (w->buf.len > most)
		w->buf.len = most;
	return !rc;
}

/* The facts of an id that only the index knows must be of a file of this size. */
static void take(struct reading *r, unsigned worker, struct slot *s)
{
	bool old = false;
	const void *block = factcache_find(r->cache, worker, &s->hint.id, &s->size, &old);

	if (!block || !body_open(block, s->size, &s->body) ||
	    (s->hint.sized && s->hint.size != s->body.bytes))
		return;
	s->block = block;
	s->cached = true;
	s->store = old;
}

static void hash(struct slot *s, const struct tree_buf *buf)
{
	blob_id_of(buf->bytes, buf->len, &s->hint.id);
	s->hint.known = s->hint.sized = s->hashed = true;
	s->hint.size = buf->len;
}

static void look_up(void *ctx, unsigned worker, uint32_t i)
{
	struct reading *r = ctx;
	struct slot *s = &r->slot[i];

	if (s->block)
		return;
	if (!s->hint.known && read_file(r, &r->worker[worker], i))
		hash(s, &r->worker[worker].buf);
	if (s->hint.known)
		take(r, worker, s);
}

static void prepare(struct body_worker *w)
{
	if (w->ready)
		return;
	w->parser = syntax_parser_new();
	body_builder_init(&w->builder);
	w->ready = true;
}

static void parse(struct reading *r, struct body_worker *w, struct slot *s)
{
	struct syntax syntax;

	prepare(w);
	syntax_parse(w->parser, w->buf.bytes, (uint32_t)w->buf.len, &w->scratch, &syntax);
	body_extract(&w->builder, &syntax);
	s->block = body_pack(&w->builder, &w->blocks, &s->size);
	if (!body_open(s->block, s->size, &s->body))
		BUG("facts of %zu bytes do not open", s->size);
	s->store = r->cache && s->hashed && w->buf.len <= limit_of(LIMIT_SYNTAX_BYTES);
	arena_reset(&w->scratch);
}

/* Under which id the facts are stored is what the bytes say, not who named them. */
static void read_one(void *ctx, unsigned worker, uint32_t job)
{
	struct reading *r = ctx;
	uint32_t i = r->order[job];
	struct body_worker *w = &r->worker[worker];
	struct slot *s = &r->slot[i];

	if (!read_file(r, w, i))
		return;
	if (r->cache) {
		struct blob_hint asked = s->hint;
		bool first = !s->hashed;

		hash(s, &w->buf);
		s->again = first && asked.known &&
			   memcmp(&asked.id, &s->hint.id, sizeof(asked.id));
		if (s->again)
			return;
	}
	parse(r, w, s);
}

static int larger_first(const void *va, const void *vb, void *ctx)
{
	const struct slot *slot = ctx, *a = &slot[*(const uint32_t *)va],
			  *b = &slot[*(const uint32_t *)vb];

	return (a->hint.size < b->hint.size) - (a->hint.size > b->hint.size);
}

static void read_missing(struct reading *r)
{
	r->norder = 0;
	for (uint32_t i = 0; i < r->count; i++)
		if (!r->slot[i].block)
			r->order[r->norder++] = i;
	sort_with(r->order, r->norder, sizeof(*r->order), larger_first, r->slot);
	pool_run_large(r->nworkers, r->norder, read_one, r);
}

static bool ask_again(const struct reading *r)
{
	for (uint32_t i = 0; i < r->count; i++)
		if (r->slot[i].again)
			return true;
	return false;
}

static void read_all(struct reading *r)
{
	struct blob_hint *hint = xrealloc(NULL, r->count, sizeof(*hint));

	if (r->cache)
		blob_ids_begin(r->s, r->file, r->count, r->nworkers, hint);
	else
		blob_sizes(r->s, r->file, r->count, r->nworkers, hint);
	for (uint32_t i = 0; i < r->count; i++)
		r->slot[i].hint = hint[i];
	free(hint);
	if (r->cache) {
		pool_run(r->nworkers, r->count, look_up, r);
		factcache_settle(r->cache);
	}
	read_missing(r);
	if (!ask_again(r))
		return;
	factcache_resume(r->cache);
	pool_run(r->nworkers, r->count, look_up, r);
	factcache_settle(r->cache);
	read_missing(r);
}

static void count(struct reading *r)
{
	struct bodies_stats *stats = &r->bodies.stats;

	for (uint32_t i = 0; i < r->count; i++) {
		const struct slot *s = &r->slot[i];

		stats->degraded += !s->block || s->body.status != SYNTAX_OK;
		if (!s->block)
			continue;
		r->table[r->file[i].v] = &s->body;
		stats->rewritten += s->body.rewritten > 0;
		stats->bytes += s->body.bytes;
		stats->lines += s->body.lines;
		if (s->cached) {
			stats->cached++;
			stats->cache_bytes += s->size;
		} else {
			stats->parsed++;
		}
	}
}

static void store(struct reading *r)
{
	struct fact_item *item = xrealloc(NULL, r->count, sizeof(*item));
	bool all = factcache_is_damaged(r->cache);
	uint32_t n = 0;

	for (uint32_t i = 0; i < r->count; i++) {
		const struct slot *s = &r->slot[i];

		if (s->block && (s->store || (all && s->cached)))
			item[n++] = (struct fact_item){ s->hint.id, s->block, s->size };
	}
	factcache_store(r->cache, item, n);
	factcache_count(r->cache, r->bodies.stats.asked, r->bodies.stats.cached);
	free(item);
}

int bodies_read(const struct source *s, const struct bodies_options *o, struct bodies **ret,
		struct err *err UNUSED)
{
	struct reading *r = xcalloc(1, sizeof(*r));
	struct factcache_options cache = { 0 };

	r->s = s;
	r->nworkers = o->workers ? o->workers : pool_default_workers();
	r->worker = xcalloc(r->nworkers, sizeof(*r->worker));
	choose(r, o);
	if (!o->no_cache) {
		cache.workers = r->nworkers;
		r->cache = factcache_open(&cache);
	}
	read_all(r);
	count(r);
	if (r->cache) {
		store(r);
		r->bodies.cache_note = factcache_note(r->cache);
		blob_ids_end();
	}
	*ret = &r->bodies;
	return 0;
}

void bodies_release(struct bodies *b)
{
	struct reading *r = (struct reading *)b;

	if (!r)
		return;
	for (unsigned i = 0; i < r->nworkers; i++) {
		struct body_worker *w = &r->worker[i];

		arena_release(&w->blocks);
		arena_release(&w->scratch);
		arena_release(&w->path);
		tree_buf_release(&w->buf);
		if (w->ready) {
			syntax_parser_free(w->parser);
			body_builder_release(&w->builder);
		}
	}
	factcache_close(r->cache);
	free(r->worker);
	free(r->file);
	free(r->slot);
	free(r->order);
	free(r->table);
	free(r);
}
