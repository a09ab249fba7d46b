/* SPDX-License-Identifier: MIT */
/*
 * historylog.c - walks from a commit back, the newest first, until the horizon or a
 * commit whose log the cache has, and compares what is new with its parents.
 */
#include "graph/source/historylog.h"
#include "base/child.h"
#include "base/date.h"
#include "base/pool.h"
#include "graph/source/factcache.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>

/* A log that is not asked for more has this much: a year and what --now may differ. */
#define RECENT_DAYS 400
/* Commits older than the horizon that are still followed: clocks differ, as in git. */
#define SLACK 64u
#define CHAIN_MAX 12u                   /* blocks on each other, before one has it all */
#define CHAIN_COMMITS 4000u
#define HALVES_MIN 2000u                /* for fewer commits a process more does not pay */

enum reach { REACH_RECENT, REACH_ALL };
static const char *const reach_name[] = { "recent", "all" };

struct node {
	struct blob_id id, tree;
	int64_t time;
	uint32_t who, flags, parent;            /* parent: the first; NO_NODE = none */
	uint32_t parent_first, nparents;        /* of walk.parent */
	bool parsed, absent, done, queued;
};
#define NO_NODE UINT32_MAX

struct walk {
	git_repository *repo;
	git_odb *odb;
	struct historylog *log;
	struct factcache *cache;
	char boundary[2 * BLOB_ID_BYTES + 1];   /* names the state of a shallow repository */
	struct blob_id *shallow;
	size_t nshallow, shallow_cap;
	struct node *node;
	struct blob_id *parent;
	size_t nparents, parent_cap;
	uint32_t *slot, *heap, *order;          /* slot: node + 1 by id */
	size_t nnodes, node_cap, nslots, nheap, heap_cap, norder, order_cap;
	enum reach reach, base_reach;
	struct log_block base;
	bool has_base;
	int64_t horizon;
	unsigned workers;
};

/* ---- nodes ---- */

static size_t slot_for(const struct walk *w, const struct blob_id *id)
{
	uint64_t at;

	memcpy(&at, id->byte, sizeof(at));
	at &= w->nslots - 1;
	while (w->slot[at] && memcmp(&w->node[w->slot[at] - 1].id, id, sizeof(*id)) != 0)
		at = (at + 1) & (w->nslots - 1);
	return at;
}

static uint32_t node_of(struct walk *w, const struct blob_id *id)
{
	if ((w->nnodes + 1) * 2 > w->nslots) {
		free(w->slot);
		w->nslots = w->nslots ? w->nslots * 2 : 8192;
		w->slot = xcalloc(w->nslots, sizeof(*w->slot));
		for (uint32_t i = 0; i < w->nnodes; i++)
			w->slot[slot_for(w, &w->node[i].id)] = i + 1;
	}
	size_t at = slot_for(w, id);

	if (!w->slot[at]) {
		VEC_RESERVE(w->node, w->node_cap, w->nnodes + 1);
		w->node[w->nnodes++] = (struct node){ .id = *id, .parent = NO_NODE };
		w->slot[at] = (uint32_t)w->nnodes;
	}
	return w->slot[at] - 1;
}

static bool is_shallow(const struct walk *w, const struct blob_id *id)
{
	for (size_t i = 0; i < w->nshallow; i++)
		if (!memcmp(&w->shallow[i], id, sizeof(*id)))
			return true;
	return false;
}

static void note_parents(struct walk *w, uint32_t n, const struct commit_head *head)
{
	const char *line = head->parents;

	w->node[n].parent_first = (uint32_t)w->nparents;
	VEC_RESERVE(w->parent, w->parent_cap, w->nparents + head->nparents + 1);
	for (uint32_t i = 0; i < head->nparents; i++, line += 8 + 2 * BLOB_ID_BYTES)
		if (blob_id_from_hex(line + 7, 2 * BLOB_ID_BYTES, &w->parent[w->nparents]))
			w->nparents++;
	w->node[n].nparents = (uint32_t)w->nparents - w->node[n].parent_first;
}

/* Reads the commit, once: to open objects is what takes the time. */
static bool parse(struct walk *w, uint32_t n)
{
	struct node *node = &w->node[n];
	git_odb_object *object = NULL;
	struct commit_head head;
	git_oid oid;

	if (node->parsed)
		return !node->absent;
	memcpy(oid.id, node->id.byte, BLOB_ID_BYTES);
	node->parsed = true;
	node->absent = git_odb_read(&object, w->odb, &oid) ||
		git_odb_object_type(object) != GIT_OBJECT_COMMIT ||
		!historylog_commit(w->log, git_odb_object_data(object),
				   git_odb_object_size(object), &head);
	if (node->absent) {
		w->log->missing++;
	} else {
		node->tree = head.tree;
		node->time = head.time;
		node->who = head.who;
		node->flags = head.flags;
		note_parents(w, n, &head);
	}
	git_odb_object_free(object);
	return !node->absent;
}

/* ---- the queue: the newest first, then who came first ---- */

static bool is_before(const struct walk *w, uint32_t a, uint32_t b)
{
	return w->node[a].time != w->node[b].time ? w->node[a].time > w->node[b].time : a < b;
}

static void push(struct walk *w, uint32_t n)
{
	size_t at = w->nheap++;

	VEC_RESERVE(w->heap, w->heap_cap, w->nheap);
	while (at && is_before(w, n, w->heap[(at - 1) / 2])) {
		w->heap[at] = w->heap[(at - 1) / 2];
		at = (at - 1) / 2;
	}
	w->heap[at] = n;
}

static uint32_t pop(struct walk *w)
{
	uint32_t first = w->heap[0], last = w->heap[--w->nheap];
	size_t at = 0, child;

	while ((child = 2 * at + 1) < w->nheap) {
		child += child + 1 < w->nheap && is_before(w, w->heap[child + 1], w->heap[child]);
		if (!is_before(w, w->heap[child], last))
			break;
		w->heap[at] = w->heap[child];
		at = child;
	}
	if (w->nheap)
		w->heap[at] = last;
	return first;
}

/* ---- the cache ---- */

static void block_key(const struct walk *w, const struct blob_id *id, enum reach reach,
		      struct blob_id *ret)
{
	char text[256], hex[2 * BLOB_ID_BYTES + 1];

	for (size_t i = 0; i < BLOB_ID_BYTES; i++)
		snprintf(hex + 2 * i, 3, "%02x", id->byte[i]);
	int n = snprintf(text, sizeof(text), "meshctl history %u %s %s %s", HISTORYLOG_VERSION,
			 hex, reach_name[reach], w->boundary);

	blob_id_of(text, (size_t)n, ret);
}

/* A chain of blocks, from the last commit's down; what was read of a broken one is dropped. */
static bool load(struct walk *w, struct blob_id key, struct log_block *ret)
{
	struct historylog *l = w->log;
	size_t commits = l->ncommits, changes = l->nchanges;
	struct log_block next = { .has_base = 1, .base = key };
	bool first = true;

	for (unsigned depth = 0; next.has_base && depth <= CHAIN_MAX + 1; depth++) {
		size_t size;
		bool old;
		const void *block = factcache_find(w->cache, 0, &next.base, &size, &old);

		if (!block || !historylog_unpack(l, block, size, &next) ||
		    next.horizon > w->horizon) {
			l->ncommits = commits;
			l->nchanges = changes;
			return false;
		}
		if (first)
			*ret = next;
		first = false;
	}
	ret->base = key;
	return true;
}

static bool find_base(struct walk *w, uint32_t n)
{
	for (int r = REACH_ALL; r >= (int)w->reach && !w->has_base; r--) {
		struct blob_id key;

		block_key(w, &w->node[n].id, (enum reach)r, &key);
		w->has_base = load(w, key, &w->base);
		w->base_reach = (enum reach)r;
	}
	for (size_t i = 0; w->has_base && i < w->log->ncommits; i++) {
		uint32_t known = node_of(w, &w->log->commit[i].id);

		w->node[known].done = true;
	}
	return w->has_base;
}

static void store(struct walk *w, const struct blob_id *tip, size_t nnew)
{
	struct historylog *l = w->log;
	enum reach reach = w->has_base && w->base_reach == REACH_ALL ? REACH_ALL : w->reach;
	bool whole = !w->has_base || w->base.depth >= CHAIN_MAX || nnew > CHAIN_COMMITS;
	struct log_block b = { .horizon = reach == REACH_ALL ? INT64_MIN : w->horizon };
	struct blob_id key;
	size_t size;

	factcache_settle(w->cache);
	if (!nnew || l->missing)
		return;
	if (!whole) {
		b.has_base = 1;
		b.base = w->base.base;
		b.depth = w->base.depth + 1;
		b.horizon = w->base.horizon > b.horizon ? w->base.horizon : b.horizon;
	}
	block_key(w, tip, reach, &key);
	void *block = historylog_pack(l, whole ? l->ncommits : nnew, &b, &size);
	struct fact_item item = { key, block, size };

	if (block)
		factcache_store(w->cache, &item, 1);
	free(block);
}

/* ---- walking ---- */

static void add_parents(struct walk *w, uint32_t n)
{
	const struct node self = w->node[n];

	for (uint32_t i = 0; i < self.nparents; i++) {
		uint32_t p = node_of(w, &w->parent[self.parent_first + i]);

		if (!i)
			w->node[n].parent = p;
		/* Of what the cache has only the tree beside a new commit is needed. */
		if (!w->node[p].done || !(self.flags & LOG_MERGE))
			parse(w, p);
		if (w->node[p].queued || w->node[p].done || w->node[p].absent)
			continue;
		w->node[p].queued = true;
		push(w, p);
	}
}

static void expand(struct walk *w, uint32_t n)
{
	VEC_RESERVE(w->order, w->order_cap, w->norder + 1);
	w->order[w->norder++] = n;
	if (is_shallow(w, &w->node[n].id))
		w->node[n].flags |= LOG_UNKNOWN;
	else if (parse(w, n))
		add_parents(w, n);
}

static void walk(struct walk *w, const struct blob_id *tip)
{
	uint32_t n = node_of(w, tip), late = 0;

	w->horizon = INT64_MIN;
	if (w->reach == REACH_RECENT)
		w->horizon = w->node[n].time - RECENT_DAYS * SECONDS_A_DAY;
	w->node[n].queued = true;
	if (!w->node[n].absent)
		push(w, n);
	while (w->nheap && late < SLACK) {
		n = pop(w);
		if (w->node[n].done)
			continue;
		late = w->node[n].time < w->horizon ? late + 1 : 0;
		if (w->has_base || !w->cache || !find_base(w, n))
			expand(w, n);
	}
}

/* ---- comparing ---- */

/* Commits order[first .. end) beside their first parents, behind what the log has. */
static void compare_some(struct walk *w, size_t first, size_t end)
{
	struct historylog *l = w->log;
	struct treecache *trees = treecache_new(w->repo);

	for (size_t i = first; i < end; i++) {
		const struct node *n = &w->node[w->order[i]];
		const struct node *p = n->parent == NO_NODE ? NULL : &w->node[n->parent];
		struct log_commit c = {
			.id = n->id, .flags = n->flags, .time = n->time, .who = n->who,
			.change_first = (uint32_t)l->nchanges,
		};

		if (n->done)
			continue;
		if (n->absent || (p && p->absent))
			c.flags |= LOG_UNKNOWN;
		if (!(c.flags & (LOG_MERGE | LOG_UNKNOWN)) &&
		    !historylog_compare(l, trees, p ? &p->tree : NULL, &n->tree)) {
			c.flags |= LOG_UNKNOWN;
			l->missing++;
		}
		c.nchanges = (uint32_t)l->nchanges - c.change_first;
		historylog_add_commit(l, &c);
	}
	treecache_free(trees);
}

/* The older half in a process of its own: libgit2's locks make threads as slow as one. */
struct half { struct walk *w; size_t first; };
struct half_told { uint64_t size; uint32_t missing; };

static void send_half(void *ctx, int fd)
{
	const struct half *half = ctx;
	const struct log_block none = { .depth = 0 };
	struct historylog *l = half->w->log;
	struct half_told told;
	size_t size = 0;

	memset(&told, 0, sizeof(told));
	l->ncommits = l->nchanges = 0;
	l->missing = 0;
	compare_some(half->w, half->first, half->w->norder);
	void *block = historylog_pack(l, l->ncommits, &none, &size);

	told.size = size;
	told.missing = l->missing;
	if (block && child_put(fd, &told, sizeof(told)))
		child_put(fd, block, size);
}

static bool take_half(struct walk *w, int fd)
{
	struct half_told told;
	struct log_block ignored;
	bool good = child_get(fd, &told, sizeof(told)) && told.size < INT32_MAX;
	void *block = good ? xcalloc(told.size, 1) : NULL;

	good = good && child_get(fd, block, told.size) &&
	       historylog_unpack(w->log, block, told.size, &ignored);
	free(block);
	w->log->missing += good ? told.missing : 0;
	return good;
}

static void compare_all(struct walk *w)
{
	struct half half = { w, w->norder / 2 };
	struct child child;

	if (w->norder < HALVES_MIN || w->workers < 2 || !child_start(&child, send_half, &half)) {
		compare_some(w, 0, w->norder);
		return;
	}
	compare_some(w, 0, half.first);
	bool good = take_half(w, child.fd);

	child_end(&child, !good);
	if (!good)
		compare_some(w, half.first, w->norder);
}

/* What is new stands before what the cache has. */
static size_t compare(struct walk *w)
{
	struct historylog *l = w->log;
	size_t had = l->ncommits, nnew;

	compare_all(w);
	nnew = l->ncommits - had;
	struct log_commit *turned = xcalloc(l->ncommits + 1, sizeof(*turned));

	if (nnew)
		memcpy(turned, l->commit + had, nnew * sizeof(*turned));
	if (had)
		memcpy(turned + nnew, l->commit, had * sizeof(*turned));
	free(l->commit);
	l->commit = turned;
	l->commit_cap = l->ncommits + 1;
	return nnew;
}

/* .git/shallow: the commits whose parents were not fetched, one a line. */
static void read_shallow(struct walk *w, struct arena *arena)
{
	const char *path = arena_printf(arena, "%sshallow", git_repository_commondir(w->repo));
	FILE *file = git_repository_is_shallow(w->repo) == 1 ? fopen(path, "re") : NULL;
	uint64_t hash = HASH_INIT;
	char line[256];

	while (file && fgets(line, sizeof(line), file)) {
		VEC_RESERVE(w->shallow, w->shallow_cap, w->nshallow + 1);
		hash = hash_bytes(hash, line, strlen(line));
		if (blob_id_from_hex(line, strlen(line), &w->shallow[w->nshallow]))
			w->nshallow++;
	}
	if (file)
		fclose(file);
	if (w->nshallow)
		snprintf(w->boundary, sizeof(w->boundary), "%016llx", (unsigned long long)hash);
}

void historylog_read(git_repository *repo, const struct blob_id *tip,
		     const struct historylog_wish *wish, struct arena *arena,
		     struct historylog *ret)
{
	const struct factcache_options options = { .workers = 1 };
	struct walk w = {
		.repo = repo, .log = ret,
		.workers = wish->workers ? wish->workers : pool_default_workers(),
	};

	*ret = (struct historylog){ .arena = arena };
	symtab_init(&ret->paths, arena);
	symtab_init(&ret->whos, arena);
	if (git_repository_odb(&w.odb, repo)) {
		ret->missing++;
		return;
	}
	w.cache = wish->no_cache ? NULL : factcache_open(&options);
	read_shallow(&w, arena);
	uint32_t n = node_of(&w, tip);

	parse(&w, n);
	w.reach = wish->horizon >= w.node[n].time - RECENT_DAYS * SECONDS_A_DAY ? REACH_RECENT :
									     REACH_ALL;
	walk(&w, tip);
	size_t nnew = compare(&w);

	ret->mined = (uint32_t)nnew;
	if (w.cache) {
		store(&w, tip, nnew);
		if (factcache_note(w.cache))
			ret->cache_note = arena_strdup(arena, factcache_note(w.cache));
		factcache_close(w.cache);
	}
	git_odb_free(w.odb);
	free(w.shallow);
	free(w.node);
	free(w.parent);
	free(w.slot);
	free(w.heap);
	free(w.order);
}
