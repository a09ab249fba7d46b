/* SPDX-License-Identifier: MIT */
/* headcache.c - portions of files, their keys, and what is stored of them. */
#include "graph/source/headcache.h"
#include "base/limits.h"
#include "base/pool.h"
#include "graph/source/factcache.h"

#include <stdlib.h>
#include <string.h>

#define PORTION_FILES 16u
#define WHOLE_FILE ((size_t)64 * 1024 * 1024)

struct portion {
	uint32_t first, count;          /* into headcache.member */
	struct blob_id key;
	const void *block;              /* NULL = not found */
	size_t size;
	bool old;                       /* found in the old generation */
};

struct headcache {
	struct intake *in;
	struct head_facts *fact;        /* [in->nfiles] */
	struct blob_hint *hint;         /* [in->nfiles]; not known: no part of it */
	struct factcache *cache;
	struct blob_id wishes;          /* what facts depend on beside the files */
	struct portion *portion;
	uint32_t *member;               /* files, portion by portion, ascending in each */
	uint32_t nportions, nmembers;
	unsigned workers;
	struct arena *arena;            /* [worker] */
};

/* Bytes whose name is a key. */
struct material { char *bytes; size_t len, cap; };

static void add(struct material *m, const void *bytes, size_t len)
{
	VEC_RESERVE(m->bytes, m->cap, m->len + len);
	memcpy(m->bytes + m->len, bytes, len);
	m->len += len;
}

static void add_number(struct material *m, uint64_t n)
{
	add(m, &n, sizeof(n));
}

static void add_text(struct material *m, const char *text)
{
	add(m, text, strlen(text) + 1);
}

static void name_wishes(const struct source_options *o, struct blob_id *ret)
{
	struct material m = { 0 };

	add_number(&m, limit_of(LIMIT_HEADER_BYTES));
	add_number(&m, o->count_lines);
	add_number(&m, o->nconfigs);
	for (uint32_t i = 0; i < o->nconfigs; i++) {
		const struct build_config *c = &o->config[i];

		add_text(&m, c->goos);
		add_text(&m, c->goarch);
		add_number(&m, c->cgo);
		add_number(&m, c->go_minor);
		add_number(&m, c->ntags);
		for (uint32_t t = 0; t < c->ntags; t++)
			add_text(&m, c->tags[t]);
	}
	blob_id_of(m.bytes, m.len, ret);
	free(m.bytes);
}

static const char *name_of(const struct headcache *c, uint32_t file)
{
	return sym_text(c->in->s->syms, c->in->file[file].name);
}

static void name_portion(const struct headcache *c, struct portion *p)
{
	struct material m = { 0 };

	add(&m, c->wishes.byte, BLOB_ID_BYTES);
	for (uint32_t i = p->first; i < p->first + p->count; i++) {
		add_text(&m, name_of(c, c->member[i]));
		add(&m, c->hint[c->member[i]].id.byte, BLOB_ID_BYTES);
	}
	blob_id_of(m.bytes, m.len, &p->key);
	free(m.bytes);
}

/* Ids of a tree on disk name what git would store: another size is another text. */
static void take(struct headcache *c, const struct portion *p, const struct head_facts *found)
{
	for (uint32_t i = 0; i < p->count; i++) {
		uint32_t file = c->member[p->first + i];

		if (!c->hint[file].sized || c->hint[file].size == found[i].size)
			c->fact[file] = found[i];
	}
}

static void look_up(void *ctx, unsigned worker, uint32_t i)
{
	struct headcache *c = ctx;
	struct portion *p = &c->portion[i];
	struct arena *a = &c->arena[worker];

	if (!p->count)
		return;
	name_portion(c, p);
	p->block = factcache_find(c->cache, worker, &p->key, &p->size, &p->old);
	if (!p->block)
		return;
	struct head_facts *found = arena_array(a, struct head_facts, p->count);

	if (heads_unpack(p->block, p->size, p->count, a, found))
		take(c, p, found);
	else
		p->block = NULL;
}

static bool is_asked(const struct headcache *c, uint32_t file)
{
	const char *name = name_of(c, file);

	return !(c->in->file[file].flags & FILE_BROKEN) && *name != '_' && *name != '.';
}

/* What the intake has so far is source enough to ask for ids. */
static uint32_t find_ids(struct headcache *c)
{
	struct intake *in = c->in;
	struct source *s = in->s;
	file_id *file = xcalloc(in->nfiles, sizeof(*file));
	struct blob_hint *hint = xcalloc(in->nfiles, sizeof(*hint));
	uint32_t n = 0, known = 0;

	s->dir = in->dir;
	s->file = in->file;
	s->ref = in->ref;
	for (uint32_t f = 0; f < in->nfiles; f++)
		if (is_asked(c, f))
			file[n++] = (file_id){ f };
	blob_ids_begin(s, file, n, c->workers, hint);
	for (uint32_t i = 0; i < n; i++) {
		c->hint[file[i].v] = hint[i];
		known += hint[i].known;
	}
	free(hint);
	free(file);
	return known;
}

static uint32_t portion_of(const struct headcache *c, uint32_t file)
{
	const struct intake *in = c->in;
	const char *dir = sym_text(in->s->syms, in->dir[in->file[file].dir.v].path);
	const char *name = name_of(c, file);
	uint64_t h = hash_bytes(HASH_INIT, dir, strlen(dir) + 1);

	h = hash_bytes(h, name, strlen(name));
	return (uint32_t)(h ^ h >> 32) & (c->nportions - 1);
}

/* Counts first, then places, so that the files of each portion stand together. */
static void divide(struct headcache *c, uint32_t known)
{
	c->nportions = 1;
	while ((uint64_t)c->nportions * PORTION_FILES < known)
		c->nportions *= 2;
	c->portion = xcalloc(c->nportions, sizeof(*c->portion));
	c->member = xcalloc(known, sizeof(*c->member));
	for (uint32_t f = 0; f < c->in->nfiles; f++)
		if (c->hint[f].known)
			c->portion[portion_of(c, f)].count++;
	for (uint32_t i = 0; i < c->nportions; i++) {
		c->portion[i].first = c->nmembers;
		c->nmembers += c->portion[i].count;
		c->portion[i].count = 0;
	}
	for (uint32_t f = 0; f < c->in->nfiles; f++) {
		if (!c->hint[f].known)
			continue;
		struct portion *p = &c->portion[portion_of(c, f)];

		c->member[p->first + p->count++] = f;
	}
}

struct headcache *headcache_open(struct intake *in, struct head_facts *fact, unsigned workers)
{
	struct headcache *c;
	uint32_t known;

	if (!in->o->cache || in->nfiles < HEADCACHE_FEWEST)
		return NULL;
	c = xcalloc(1, sizeof(*c));
	*c = (struct headcache){ .in = in, .fact = fact, .workers = workers };
	c->hint = xcalloc(in->nfiles, sizeof(*c->hint));
	c->arena = xcalloc(workers, sizeof(*c->arena));
	known = find_ids(c);
	if (known < HEADCACHE_FEWEST) {
		headcache_close(c);
		return NULL;
	}
	divide(c, known);
	name_wishes(in->o, &c->wishes);
	c->cache = factcache_open(&(struct factcache_options){ .workers = workers,
							       .kind = FACTS_OF_HEADS });
	pool_run(workers, c->nportions, look_up, c);
	factcache_settle(c->cache);
	return c;
}

void headcache_prove(struct headcache *c, uint32_t file, const char *path, struct tree_buf *buf)
{
	struct head_facts *f;
	struct err ignored = ERR_INIT;
	struct blob_id id;

	if (!c || !c->hint[file].known)
		return;
	f = &c->fact[file];
	if (!buf->whole && tree_read(c->in->at.tree, path, c->in->ref[file], WHOLE_FILE, buf,
				     &ignored) < 0)
		return;
	if (!buf->whole)
		return;
	/* Not even an object database is believed: others would find what a bad one says. */
	blob_id_of(buf->bytes, buf->len, &id);
	f->size = buf->len;
	f->proven = !memcmp(id.byte, c->hint[file].id.byte, BLOB_ID_BYTES);
}

static bool is_proven(const struct headcache *c, const struct portion *p)
{
	for (uint32_t i = p->first; i < p->first + p->count; i++)
		if (!c->fact[c->member[i]].proven && !c->fact[c->member[i]].known)
			return false;
	return true;
}

static void store(struct headcache *c)
{
	struct fact_item *item = xcalloc(c->nportions, sizeof(*item));
	bool all = factcache_is_damaged(c->cache);
	uint32_t n = 0;

	for (uint32_t i = 0; i < c->nportions; i++) {
		struct portion *p = &c->portion[i];
		bool found = p->block;

		if (!p->count || (found && !p->old && !all) || (!found && !is_proven(c, p)))
			continue;
		if (!found)
			p->block = heads_pack(c->fact, c->member + p->first, p->count,
					      &c->arena[0], &p->size);
		item[n++] = (struct fact_item){ p->key, p->block, p->size };
	}
	factcache_store(c->cache, item, n);
	free(item);
}

void headcache_close(struct headcache *c)
{
	if (!c)
		return;
	if (c->cache)
		store(c);
	factcache_close(c->cache);
	blob_ids_end();
	for (unsigned i = 0; i < c->workers; i++)
		arena_release(&c->arena[i]);
	free(c->arena);
	free(c->portion);
	free(c->member);
	free(c->hint);
	free(c);
}
