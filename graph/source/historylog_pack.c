/* SPDX-License-Identifier: MIT */
/*
 * historylog_pack.c - a log as one block of memory: a head, commits, changes, texts.
 * Numbers of authors and paths are the block's own; opening it gives them those of
 * the log that it is added to.
 */
#include "graph/source/historylog.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK_MAGIC (UINT64_C(0x67687a6d00000000) + HISTORYLOG_VERSION)

struct block_head {
	uint64_t magic;
	struct log_block is;
	uint32_t ncommits, nchanges, nwhos, npaths, text_bytes;
};

void historylog_add_commit(struct historylog *l, const struct log_commit *c)
{
	VEC_RESERVE(l->commit, l->commit_cap, l->ncommits + 1);
	l->commit[l->ncommits++] = *c;
}

void historylog_add_change(struct historylog *l, const struct log_change *c)
{
	VEC_RESERVE(l->change, l->change_cap, l->nchanges + 1);
	l->change[l->nchanges++] = *c;
}

void historylog_release(struct historylog *l)
{
	symtab_release(&l->paths);
	symtab_release(&l->whos);
	free(l->commit);
	free(l->change);
	l->commit = NULL;
	l->change = NULL;
}

/* ---- writing ---- */

struct texts {                          /* those of a table that a block needs */
	const struct symtab *table;
	uint32_t *own;                  /* [table.count + 1] number in the block, 0 = not in it */
	uint32_t *list, count;
};

static struct texts texts_new(const struct symtab *table)
{
	return (struct texts){ table, xcalloc((size_t)table->count + 1, sizeof(uint32_t)),
			       xcalloc((size_t)table->count + 1, sizeof(uint32_t)), 0 };
}

static uint32_t texts_add(struct texts *t, uint32_t id)
{
	if (id && !t->own[id]) {
		t->list[t->count++] = id;
		t->own[id] = t->count;
	}
	return t->own[id];
}

static size_t texts_bytes(const struct texts *t)
{
	size_t bytes = 0;

	for (uint32_t i = 0; i < t->count; i++)
		bytes += strlen(sym_text(t->table, (sym_id){ t->list[i] })) + 1;
	return bytes;
}

static char *texts_put(const struct texts *t, char *at)
{
	for (uint32_t i = 0; i < t->count; i++) {
		const char *text = sym_text(t->table, (sym_id){ t->list[i] });
		size_t len = strlen(text) + 1;

		memcpy(at, text, len);
		at += len;
	}
	return at;
}

static void texts_free(struct texts *t)
{
	free(t->own);
	free(t->list);
}

void *historylog_pack(const struct historylog *l, size_t ncommits, const struct log_block *b,
		      size_t *ret_size)
{
	struct texts whos = texts_new(&l->whos), paths = texts_new(&l->paths);
	struct block_head head = {
		.magic = BLOCK_MAGIC, .is = *b, .ncommits = (uint32_t)ncommits,
	};
	size_t nchanges = 0;

	for (size_t i = 0; i < ncommits; i++)
		nchanges += l->commit[i].nchanges;
	struct log_commit *commit = xcalloc(ncommits + 1, sizeof(*commit));
	struct log_change *change = xcalloc(nchanges + 1, sizeof(*change));

	for (size_t i = 0; i < ncommits; i++) {
		const struct log_commit *c = &l->commit[i];

		commit[i] = *c;
		commit[i].who = texts_add(&whos, c->who);
		commit[i].change_first = head.nchanges;
		for (uint32_t k = 0; k < c->nchanges; k++) {
			const struct log_change *from = &l->change[c->change_first + k];

			change[head.nchanges++] = (struct log_change){
				texts_add(&paths, from->path), texts_add(&paths, from->from),
				from->kind,
			};
		}
	}
	head.nwhos = whos.count;
	head.npaths = paths.count;
	size_t text = texts_bytes(&whos) + texts_bytes(&paths);
	size_t commits = ncommits * sizeof(*commit), changes = nchanges * sizeof(*change);
	char *block = NULL;

	*ret_size = sizeof(head) + commits + changes + text;
	/* A value of the cache has a 32-bit size. */
	if (*ret_size < INT32_MAX) {
		head.text_bytes = (uint32_t)text;
		block = xcalloc(*ret_size, 1);
		memcpy(block, &head, sizeof(head));
		memcpy(block + sizeof(head), commit, commits);
		memcpy(block + sizeof(head) + commits, change, changes);
		texts_put(&paths, texts_put(&whos, block + sizeof(head) + commits + changes));
	}
	free(commit);
	free(change);
	texts_free(&whos);
	texts_free(&paths);
	return block;
}

/* ---- reading ---- */

/* The texts of one table, interned: number in the block -> number in the log. */
static bool read_texts(struct symtab *table, const char **at, const char *end, uint32_t count,
		       uint32_t *ret)
{
	for (uint32_t i = 1; i <= count; i++) {
		const char *nul = *at < end ? memchr(*at, '\0', (size_t)(end - *at)) : NULL;

		if (!nul || nul == *at)
			return false;
		ret[i] = sym_intern(table, *at, (size_t)(nul - *at)).v;
		*at = nul + 1;
	}
	return true;
}

static bool is_sound(const struct block_head *h, const struct log_commit *commit,
		     const struct log_change *change)
{
	for (uint32_t i = 0; i < h->ncommits; i++)
		if (commit[i].who > h->nwhos || commit[i].change_first > h->nchanges ||
		    commit[i].nchanges > h->nchanges - commit[i].change_first)
			return false;
	for (uint32_t i = 0; i < h->nchanges; i++)
		if (!change[i].path || change[i].path > h->npaths ||
		    change[i].from > h->npaths || change[i].kind > CHANGE_DELETED)
			return false;
	return true;
}

static void append(struct historylog *l, const struct block_head *h,
		   const struct log_commit *commit, const struct log_change *change,
		   const uint32_t *who, const uint32_t *path)
{
	uint32_t first = (uint32_t)l->nchanges;

	VEC_RESERVE(l->commit, l->commit_cap, l->ncommits + h->ncommits);
	VEC_RESERVE(l->change, l->change_cap, l->nchanges + h->nchanges);
	for (uint32_t i = 0; i < h->ncommits; i++) {
		struct log_commit c = commit[i];

		c.who = who[c.who];
		c.change_first += first;
		historylog_add_commit(l, &c);
	}
	for (uint32_t i = 0; i < h->nchanges; i++) {
		struct log_change c = { path[change[i].path], path[change[i].from],
					change[i].kind };

		historylog_add_change(l, &c);
	}
}

bool historylog_unpack(struct historylog *l, const void *block, size_t size,
		       struct log_block *ret)
{
	const char *bytes = block, *end = bytes + size;
	struct block_head h;

	if (size < sizeof(h))
		return false;
	memcpy(&h, bytes, sizeof(h));
	uint64_t commits = (uint64_t)h.ncommits * sizeof(struct log_commit);
	uint64_t changes = (uint64_t)h.nchanges * sizeof(struct log_change);

	if (h.magic != BLOCK_MAGIC || sizeof(h) + commits + changes + h.text_bytes != size ||
	    h.nwhos > h.text_bytes || h.npaths > h.text_bytes)
		return false;
	const struct log_commit *commit = (const void *)(bytes + sizeof(h));
	const struct log_change *change = (const void *)(bytes + sizeof(h) + commits);
	const char *at = bytes + sizeof(h) + commits + changes;
	uint32_t *who = xcalloc((size_t)h.nwhos + 1, sizeof(*who));
	uint32_t *path = xcalloc((size_t)h.npaths + 1, sizeof(*path));
	bool good = is_sound(&h, commit, change) &&
		    read_texts(&l->whos, &at, end, h.nwhos, who) &&
		    read_texts(&l->paths, &at, end, h.npaths, path);

	if (good)
		append(l, &h, commit, change, who, path);
	free(who);
	free(path);
	*ret = h.is;
	return good;
}
