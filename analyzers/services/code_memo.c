/* SPDX-License-Identifier: MIT */
/* code_memo.c - answers to questions that were asked before. */
#include "analyzers/services/code.h"

#include <stdlib.h>
#include <string.h>

static bool equal(struct code_memo_key a, struct code_memo_key b)
{
	return a.kind == b.kind && a.a == b.a && a.b == b.b && a.p == b.p;
}

static uint32_t slot_of(const struct code_memo *m, struct code_memo_key key)
{
	uint64_t h = HASH_INIT;
	uint32_t kind = key.kind;

	h = hash_bytes(h, &kind, sizeof(kind));
	h = hash_bytes(h, &key.a, sizeof(key.a));
	h = hash_bytes(h, &key.b, sizeof(key.b));
	h = hash_bytes(h, &key.p, sizeof(key.p));
	for (uint32_t i = (uint32_t)h & (m->cap - 1); ; i = (i + 1) & (m->cap - 1))
		if (!m->slot[i].used || equal(m->slot[i].key, key))
			return i;
}

bool code_memo_get(const struct code_memo *m, struct code_memo_key key, const void **ret)
{
	const struct code_memo_item *item;

	if (!m->cap)
		return false;
	item = &m->slot[slot_of(m, key)];
	if (item->used)
		*ret = item->value;
	return item->used;
}

void code_memo_put(struct code_memo *m, struct code_memo_key key, const void *value)
{
	if (m->count * 2 >= m->cap) {
		struct code_memo old = *m;

		m->cap = old.cap ? old.cap * 2 : 1024;
		m->slot = xcalloc(m->cap, sizeof(*m->slot));
		for (uint32_t i = 0; i < old.cap; i++)
			if (old.slot[i].used)
				m->slot[slot_of(m, old.slot[i].key)] = old.slot[i];
		free(old.slot);
	}
	struct code_memo_item *item = &m->slot[slot_of(m, key)];

	m->count += !item->used;
	*item = (struct code_memo_item){ key, value, true };
}

void code_memo_reset(struct code_memo *m)
{
	free(m->slot);
	*m = (struct code_memo){ .cap = 0 };
}
