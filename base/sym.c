/* SPDX-License-Identifier: MIT */
/* sym.c - the intern table: open addressing over 32-bit hashes. */
#include "base/sym.h"

#include <stdlib.h>
#include <string.h>

static uint32_t hash_text(const char *s, size_t len)
{
	uint64_t h = hash_bytes(HASH_INIT, s, len);

	return (uint32_t)(h ^ h >> 32);
}

void symtab_init(struct symtab *t, struct arena *arena)
{
	*t = (struct symtab){ .arena = arena, .cap = 64, .count = 1 };
	t->text = xrealloc(NULL, t->cap, sizeof(*t->text));
	t->hash = xrealloc(NULL, t->cap, sizeof(*t->hash));
	t->slot = xcalloc(t->cap, sizeof(*t->slot));
	t->text[0] = "";
	t->hash[0] = 0;
}

void symtab_release(struct symtab *t)
{
	free(t->text);
	free(t->hash);
	free(t->slot);
	*t = (struct symtab){ 0 };
}

static uint32_t *find(const struct symtab *t, uint32_t hash, const char *s, size_t len)
{
	uint32_t i = hash & (t->cap - 1);

	for (; t->slot[i]; i = (i + 1) & (t->cap - 1)) {
		const char *have = t->text[t->slot[i]];

		if (t->hash[t->slot[i]] == hash && !strncmp(have, s, len) && !have[len])
			break;
	}
	return &t->slot[i];
}

static void grow(struct symtab *t)
{
	t->cap *= 2;
	t->text = xrealloc(t->text, t->cap, sizeof(*t->text));
	t->hash = xrealloc(t->hash, t->cap, sizeof(*t->hash));
	free(t->slot);
	t->slot = xcalloc(t->cap, sizeof(*t->slot));
	for (uint32_t id = 1; id < t->count; id++) {
		uint32_t i = t->hash[id] & (t->cap - 1);

		while (t->slot[i])
			i = (i + 1) & (t->cap - 1);
		t->slot[i] = id;
	}
}

sym_id sym_intern(struct symtab *t, const char *s, size_t len)
{
	if (!len)
		return (sym_id){ 0 };
	uint32_t hash = hash_text(s, len), *slot = find(t, hash, s, len);

	if (*slot)
		return (sym_id){ *slot };
	if (memchr(s, '\0', len))
		BUG("a symbol with NUL in it");
	if (t->count * 2 >= t->cap) {
		grow(t);
		slot = find(t, hash, s, len);
	}
	t->text[t->count] = arena_strndup(t->arena, s, len);
	t->hash[t->count] = hash;
	*slot = t->count++;
	return (sym_id){ *slot };
}

sym_id sym_from(struct symtab *t, const char *s)
{
	return sym_intern(t, s, strlen(s));
}

sym_id sym_find(const struct symtab *t, const char *s, size_t len)
{
	if (!len)
		return (sym_id){ 0 };
	return (sym_id){ *find(t, hash_text(s, len), s, len) };
}

const char *sym_text(const struct symtab *t, sym_id id)
{
	if (id.v >= t->count)
		BUG("symbol %u of %u", id.v, t->count);
	return t->text[id.v];
}
