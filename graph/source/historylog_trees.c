/* SPDX-License-Identifier: MIT */
/*
 * historylog_trees.c - two trees compared, on raw objects: only what differs is read,
 * and what was read stays for the neighbouring commits, which need most of it again.
 */
#include "graph/source/historylog.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>

/* Of one half of the cache; a commit's trees are far smaller. */
#define HALF_BYTES ((size_t)48 << 20)

struct slot { struct blob_id id; git_odb_object *object; };
struct half { struct slot *slot; size_t count, cap, bytes; };

struct pair {                           /* folders of one path; a side may not be there */
	const char *path;               /* "" or ends in '/' */
	struct blob_id was, is;
	bool has_was, has_is;
};

/* Its memory serves one commit after the other: to get and free it took as long as comparing. */
struct compare {
	struct historylog *log;
	struct arena scratch;
	struct pair *todo;
	struct moved *gone, *added;
	char *path;
	size_t ntodos, todo_cap, ngone, gone_cap, nadded, added_cap, path_cap;
};

struct treecache {
	git_odb *odb;
	struct half young, old;
	struct compare compare;
};

static size_t slot_of(const struct half *h, const struct blob_id *id)
{
	uint64_t at;

	memcpy(&at, id->byte, sizeof(at));
	at &= h->cap - 1;
	while (h->slot[at].object && memcmp(&h->slot[at].id, id, sizeof(*id)) != 0)
		at = (at + 1) & (h->cap - 1);
	return at;
}

static void half_put(struct half *h, const struct blob_id *id, git_odb_object *object)
{
	if ((h->count + 1) * 2 > h->cap) {
		struct half more = { .cap = h->cap ? h->cap * 2 : 4096 };

		more.slot = xcalloc(more.cap, sizeof(*more.slot));
		for (size_t i = 0; i < h->cap; i++)
			if (h->slot[i].object)
				more.slot[slot_of(&more, &h->slot[i].id)] = h->slot[i];
		free(h->slot);
		h->slot = more.slot;
		h->cap = more.cap;
	}
	h->slot[slot_of(h, id)] = (struct slot){ *id, object };
	h->count++;
	h->bytes += git_odb_object_size(object);
}

static git_odb_object *half_get(const struct half *h, const struct blob_id *id)
{
	return h->cap ? h->slot[slot_of(h, id)].object : NULL;
}

static void half_release(struct half *h)
{
	for (size_t i = 0; i < h->cap; i++)
		git_odb_object_free(h->slot[i].object);
	free(h->slot);
	*h = (struct half){ 0 };
}

struct treecache *treecache_new(git_repository *repo)
{
	struct treecache *t = xcalloc(1, sizeof(*t));

	if (git_repository_odb(&t->odb, repo))
		t->odb = NULL;
	return t;
}

void treecache_free(struct treecache *t)
{
	half_release(&t->young);
	half_release(&t->old);
	free(t->compare.todo);
	free(t->compare.gone);
	free(t->compare.added);
	free(t->compare.path);
	arena_release(&t->compare.scratch);
	git_odb_free(t->odb);
	free(t);
}

static git_odb_object *read_tree(const struct treecache *t, const struct blob_id *id)
{
	git_odb_object *object = NULL;
	git_oid oid;

	memcpy(oid.id, id->byte, BLOB_ID_BYTES);
	if (!t->odb || git_odb_read(&object, t->odb, &oid))
		return NULL;
	if (git_odb_object_type(object) == GIT_OBJECT_TREE)
		return object;
	git_odb_object_free(object);
	return NULL;
}

const char *treecache_get(struct treecache *t, const struct blob_id *id, size_t *ret_len)
{
	git_odb_object *object = half_get(&t->young, id);

	if (!object) {
		git_odb_object *known = half_get(&t->old, id), *again = NULL;

		object = known && !git_odb_object_dup(&again, known) ? again : read_tree(t, id);
		if (!object)
			return NULL;
		if (t->young.bytes > HALF_BYTES) {
			half_release(&t->old);
			t->old = t->young;
			t->young = (struct half){ 0 };
		}
		half_put(&t->young, id, object);
	}
	*ret_len = git_odb_object_size(object);
	return git_odb_object_data(object);
}

bool tree_entry_next(const char **at, const char *end, struct tree_entry *ret)
{
	const char *p = *at, *name, *nul;
	uint32_t mode = 0;

	while (p < end && *p >= '0' && *p <= '7')
		mode = mode * 8 + (uint32_t)(*p++ - '0');
	if (p >= end || *p != ' ')
		return false;
	name = p + 1;
	nul = memchr(name, '\0', (size_t)(end - name));
	if (!nul || nul == name || end - nul <= BLOB_ID_BYTES)
		return false;
	*ret = (struct tree_entry){ .name = name, .len = (uint32_t)(nul - name), .mode = mode };
	memcpy(ret->id.byte, nul + 1, BLOB_ID_BYTES);
	*at = nul + 1 + BLOB_ID_BYTES;
	return true;
}

/* ---- comparing ---- */

static bool is_folder(const struct tree_entry *e)
{
	return e->mode == TREE_FOLDER;
}

/* git writes no other modes for files, but has read them. */
static uint32_t plain_mode(uint32_t mode)
{
	if ((mode & 0170000) == 0100000)
		return mode & 0100 ? 0100755 : 0100644;
	return mode;
}

/* The order of git's trees: a folder's name has a '/' behind it. */
static int name_order(const struct tree_entry *a, const struct tree_entry *b)
{
	uint32_t len = a->len < b->len ? a->len : b->len;
	int c = memcmp(a->name, b->name, len);

	if (c)
		return c;
	unsigned char x = a->len > len ? (unsigned char)a->name[len] : is_folder(a) ? '/' : '\0';
	unsigned char y = b->len > len ? (unsigned char)b->name[len] : is_folder(b) ? '/' : '\0';

	return x < y ? -1 : x > y;
}

static void one_side(struct compare *c, const char *folder, const struct tree_entry *was,
		     const struct tree_entry *is)
{
	const struct tree_entry *e = is ? is : was;

	if (!e)
		return;
	size_t base = strlen(folder), len = base + e->len;

	VEC_RESERVE(c->path, c->path_cap, len + 2);
	if (!c->path)
		BUG("no room for a path");
	if (base)
		memcpy(c->path, folder, base);
	memcpy(c->path + base, e->name, e->len);
	if (is_folder(e)) {
		struct pair next = { .has_was = was, .has_is = is };

		c->path[len++] = '/';
		next.path = arena_strndup(&c->scratch, c->path, len);
		if (was)
			next.was = was->id;
		if (is)
			next.is = is->id;
		VEC_RESERVE(c->todo, c->todo_cap, c->ntodos + 1);
		c->todo[c->ntodos++] = next;
		return;
	}
	struct log_change change = {
		.path = sym_intern(&c->log->paths, c->path, len).v,
		.kind = !was ? CHANGE_ADDED : !is ? CHANGE_DELETED : CHANGE_MODIFIED,
	};
	struct moved moved = { change.path, (uint32_t)c->log->nchanges, e->id };

	historylog_add_change(c->log, &change);
	if (!was) {
		VEC_RESERVE(c->added, c->added_cap, c->nadded + 1);
		c->added[c->nadded++] = moved;
	} else if (!is) {
		VEC_RESERVE(c->gone, c->gone_cap, c->ngone + 1);
		c->gone[c->ngone++] = moved;
	}
}

static void both_sides(struct compare *c, const char *folder, const struct tree_entry *was,
		       const struct tree_entry *is)
{
	if (memcmp(&was->id, &is->id, sizeof(was->id)) != 0 ||
	    (!is_folder(was) && plain_mode(was->mode) != plain_mode(is->mode)))
		one_side(c, folder, was, is);
}

/* Most entries of two trees are the same bytes: they need no look. */
static void skip_same(const char **was, const char *was_end, const char **is, const char *is_end)
{
	while (*was < was_end) {
		const char *nul = memchr(*was, '\0', (size_t)(was_end - *was));
		size_t len = nul ? (size_t)(nul - *was) + 1 + BLOB_ID_BYTES : SIZE_MAX;

		if (len > (size_t)(was_end - *was) || len > (size_t)(is_end - *is) ||
		    memcmp(*was, *is, len) != 0)
			return;
		*was += len;
		*is += len;
	}
}

static bool compare_pair(struct compare *c, struct treecache *trees, const struct pair *p)
{
	size_t nwas = 0, nis = 0;
	const char *was = p->has_was ? treecache_get(trees, &p->was, &nwas) : "";
	const char *is = p->has_is ? treecache_get(trees, &p->is, &nis) : "";

	if (!was || !is)
		return false;
	const char *was_end = was + nwas, *is_end = is + nis;
	struct tree_entry a, b;

	skip_same(&was, was_end, &is, is_end);
	bool more_a = tree_entry_next(&was, was_end, &a);
	bool more_b = tree_entry_next(&is, is_end, &b);

	while (more_a || more_b) {
		int order = !more_a ? 1 : !more_b ? -1 : name_order(&a, &b);

		if (!order)
			both_sides(c, p->path, &a, &b);
		else
			one_side(c, p->path, order < 0 ? &a : NULL, order < 0 ? NULL : &b);
		if (!order)
			skip_same(&was, was_end, &is, is_end);
		if (order <= 0)
			more_a = tree_entry_next(&was, was_end, &a);
		if (order >= 0)
			more_b = tree_entry_next(&is, is_end, &b);
	}
	return true;
}

bool historylog_compare(struct historylog *l, struct treecache *trees, const struct blob_id *was,
			const struct blob_id *is)
{
	struct compare *c = &trees->compare;
	size_t before = l->nchanges;
	bool whole = true;
	struct pair next = { .path = "", .has_was = was, .has_is = is };

	if (was)
		next.was = *was;
	if (is)
		next.is = *is;
	c->log = l;
	c->ngone = c->nadded = 0;
	arena_reset(&c->scratch);
	VEC_RESERVE(c->todo, c->todo_cap, 1);
	c->todo[0] = next;
	c->ntodos = 1;
	while (whole && c->ntodos) {
		next = c->todo[--c->ntodos];
		whole = compare_pair(c, trees, &next);
	}
	if (whole && c->ngone && c->nadded)
		historylog_renames(l, c->gone, c->ngone, c->added, c->nadded);
	if (!whole)
		l->nchanges = before;
	return whole;
}
