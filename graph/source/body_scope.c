/* SPDX-License-Identifier: MIT */
/* body_scope.c - names by hash, bindings as a log that is unwound. */
#include "graph/source/body_scope.h"
#include "graph/source/body_tree.h"

#include <string.h>

#define FIRST_SLOTS 512u

/* Of this machine and this run: nothing is sorted by it.  Names are short. */
static uint32_t hash_name(const char *text, uint32_t len)
{
	uint64_t h = len, a = 0, b = 0;

	if (len >= 8) {
		for (uint32_t i = 0; i + 8 <= len; i += 8) {
			memcpy(&a, text + i, 8);
			h = (h ^ a) * UINT64_C(0x9e3779b97f4a7c15);
			h ^= h >> 29;
		}
		memcpy(&b, text + len - 8, 8);
	} else if (len >= 4) {
		uint32_t first, last;

		memcpy(&first, text, 4);
		memcpy(&last, text + len - 4, 4);
		b = (uint64_t)first << 32 | last;
	} else if (len) {
		b = (uint64_t)(unsigned char)text[0] << 16 |
		    (uint64_t)(unsigned char)text[len / 2] << 8 | (unsigned char)text[len - 1];
	}
	h = (h ^ b) * UINT64_C(0x9e3779b97f4a7c15);
	return (uint32_t)(h >> 32);
}

void scopes_init(struct scopes *x, struct arena *arena)
{
	*x = (struct scopes){ .arena = arena, .nslots = FIRST_SLOTS };
	x->slot = arena_array(arena, uint32_t, x->nslots);
}

static void grow_slots(struct scopes *x)
{
	x->nslots *= 4;
	x->slot = arena_array(x->arena, uint32_t, x->nslots);
	for (uint32_t n = 0; n < x->nnames; n++) {
		uint32_t i = x->name[n].hash & (x->nslots - 1);

		while (x->slot[i])
			i = (i + 1) & (x->nslots - 1);
		x->slot[i] = n + 1;
	}
}

uint32_t scopes_name(struct scopes *x, const char *text, uint32_t len)
{
	uint32_t hash = hash_name(text, len), i = hash & (x->nslots - 1);

	for (; x->slot[i]; i = (i + 1) & (x->nslots - 1)) {
		const struct name *n = &x->name[x->slot[i] - 1];

		if (n->hash == hash && n->len == len && !memcmp(n->text, text, len))
			return x->slot[i] - 1;
	}
	SCRATCH_RESERVE(x->arena, x->name, x->nnames, x->name_cap, x->nnames + 1);
	x->name[x->nnames] = (struct name){
		.text = text, .len = len, .hash = hash, .use_of = BODY_NONE, .lost_use = BODY_NONE,
	};
	x->slot[i] = ++x->nnames;
	if (x->nnames > x->nslots / 2)
		grow_slots(x);
	return x->nnames - 1;
}

void scopes_bind(struct scopes *x, const char *text, uint32_t len)
{
	uint32_t n = scopes_name(x, text, len);

	SCRATCH_RESERVE(x->arena, x->bound, x->nbound, x->bound_cap, x->nbound + 1);
	x->bound[x->nbound++] = n;
	x->name[n].bound++;
}

void scopes_close(struct scopes *x, uint32_t nbound)
{
	while (x->nbound > nbound)
		x->name[x->bound[--x->nbound]].bound--;
}
