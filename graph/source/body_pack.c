/* SPDX-License-Identifier: MIT */
/*
 * body_pack.c - the facts of one file: the builder that extractors append to,
 * and the block that they are packed in.
 *
 * A block is a head, the columns in the order of body_columns.def, each aligned
 * to 8 bytes, then the string table.
 */
#include "base/limits.h"
#include "graph/source/body_build.h"

#include <stdlib.h>
#include <string.h>

/* A table that grew beyond this is given back: the next file would have to clear it. */
#define KEPT_SLOTS 8192u
#define FIRST_SLOTS 1024u

#define MAGIC UINT32_C(0x6d426f64)      /* reads otherwise where bytes are in another order */

/* What stands in struct body before the columns, counts alone. */
#define SCALARS ((offsetof(struct body, nselectors) + sizeof(uint32_t)) / sizeof(uint32_t))
_Static_assert(offsetof(struct body, status) == 0, "the scalars of struct body come first");

enum column {
#define COLUMN(field, type) COLUMN_##field,
#include "graph/source/body_columns.def"
#undef COLUMN
	COLUMN_COUNT
};

struct head {
	uint32_t magic, version;
	uint32_t layout;
	uint32_t text_bytes;
	uint32_t scalar[SCALARS];
	uint32_t count[COLUMN_COUNT];
};

static const size_t record_bytes[COLUMN_COUNT] = {
#define COLUMN(field, type) sizeof(type),
#include "graph/source/body_columns.def"
#undef COLUMN
};

/* Records of another size are another layout, even where nobody raised BODY_VERSION. */
static const uint32_t layout = (uint32_t)(sizeof(struct head)
#define COLUMN(field, type) + sizeof(type) * (COLUMN_##field + 1) * 65537
#include "graph/source/body_columns.def"
#undef COLUMN
);

static uint64_t aligned(uint64_t n)
{
	return (n + 7) & ~(uint64_t)7;
}

void body_builder_init(struct body_builder *b)
{
	*b = (struct body_builder){ .arena = ARENA_INIT };
	body_builder_reset(b);
}

void body_builder_release(struct body_builder *b)
{
	arena_release(&b->arena);
#define COLUMN(field, type) free(b->field.at);
#include "graph/source/body_columns.def"
#undef COLUMN
	free(b->text);
	free(b->slot);
	*b = (struct body_builder){ .arena = ARENA_INIT };
}

void body_builder_reset(struct body_builder *b)
{
	arena_reset(&b->arena);
	memset(&b->body, 0, sizeof(b->body));
#define COLUMN(field, type) b->field.count = 0;
#include "graph/source/body_columns.def"
#undef COLUMN
	VEC_RESERVE(b->text, b->text_cap, 1);
	b->text[0] = '\0';
	b->text_len = 1;
	b->nstrs = 0;
	b->full = false;
	if (b->nslots > KEPT_SLOTS) {
		free(b->slot);
		b->slot = NULL;
		b->nslots = 0;
	}
	if (b->nslots)
		memset(b->slot, 0, b->nslots * sizeof(*b->slot));
}

#define COLUMN(field, type) \
	type *body_add_##field(struct body_builder *b) \
	{ \
		VEC_RESERVE(b->field.at, b->field.cap, (size_t)b->field.count + 1); \
		type *record = &b->field.at[b->field.count++]; \
\
		memset(record, 0, sizeof(*record)); \
		return record; \
	}
#include "graph/source/body_columns.def"
#undef COLUMN

static uint32_t first_slot(const struct body_builder *b, const char *text, size_t len)
{
	uint64_t h = hash_bytes(HASH_INIT, text, len);

	return (uint32_t)(h ^ h >> 32) & (b->nslots - 1);
}

static void grow_slots(struct body_builder *b)
{
	uint32_t n = b->nslots ? b->nslots * 2 : FIRST_SLOTS;

	free(b->slot);
	b->slot = xcalloc(n, sizeof(*b->slot));
	b->nslots = n;
	for (body_str s = 1; s < b->text_len;) {
		size_t len = strlen(b->text + s);
		uint32_t i = first_slot(b, b->text + s, len);

		while (b->slot[i])
			i = (i + 1) & (n - 1);
		b->slot[i] = s;
		s += (body_str)len + 1;
	}
}

body_str body_str_of(struct body_builder *b, const char *text, size_t len)
{
	if (len)
		len = strnlen(text, len);
	if (!len)
		return 0;
	if (b->nstrs >= b->nslots / 4 * 3)
		grow_slots(b);
	uint32_t i = first_slot(b, text, len);

	for (; b->slot[i]; i = (i + 1) & (b->nslots - 1)) {
		body_str s = b->slot[i];

		if (len < b->text_len - s && !memcmp(b->text + s, text, len) && !b->text[s + len])
			return s;
	}
	if (len >= limit_of(LIMIT_BODY_TEXT) - b->text_len) {
		b->full = true;
		return 0;
	}
	body_str s = b->text_len;

	VEC_RESERVE(b->text, b->text_cap, s + len + 1);
	memcpy(b->text + s, text, len);
	b->text[s + len] = '\0';
	b->text_len = (uint32_t)(s + len + 1);
	b->slot[i] = s;
	b->nstrs++;
	return s;
}

/* Where each column begins, the string table behind them; what all of it takes. */
static uint64_t places(const struct head *h, uint64_t ret_at[COLUMN_COUNT + 1])
{
	uint64_t at = aligned(sizeof(*h));

	for (unsigned c = 0; c < COLUMN_COUNT; c++) {
		ret_at[c] = at;
		at = aligned(at + (uint64_t)h->count[c] * record_bytes[c]);
	}
	ret_at[COLUMN_COUNT] = at;
	return aligned(at + h->text_bytes);
}

static void copy(void *to, const void *from, size_t bytes)
{
	if (bytes)
		memcpy(to, from, bytes);
}

const void *body_pack(const struct body_builder *b, struct arena *arena, size_t *ret_size)
{
	struct head head = {
		.magic = MAGIC, .version = BODY_VERSION, .layout = layout,
		.text_bytes = b->text_len,
		.count = {
#define COLUMN(field, type) b->field.count,
#include "graph/source/body_columns.def"
#undef COLUMN
		},
	};
	uint64_t at[COLUMN_COUNT + 1], size = places(&head, at);
	char *block = arena_alloc(arena, (size_t)size, 1);

	memcpy(head.scalar, &b->body, sizeof(head.scalar));
	memcpy(block, &head, sizeof(head));
#define COLUMN(field, type) \
	copy(block + at[COLUMN_##field], b->field.at, b->field.count * sizeof(type));
#include "graph/source/body_columns.def"
#undef COLUMN
	memcpy(block + at[COLUMN_COUNT], b->text, b->text_len);
	*ret_size = (size_t)size;
	return block;
}

bool body_open(const void *block, size_t size, struct body *ret)
{
	const char *bytes = block;
	uint64_t at[COLUMN_COUNT + 1];
	struct head head;

	if (size < sizeof(head) || (uintptr_t)block % 8)
		return false;
	memcpy(&head, block, sizeof(head));
	if (head.magic != MAGIC || head.version != BODY_VERSION || head.layout != layout ||
	    !head.text_bytes || places(&head, at) != size)
		return false;
	const char *text = bytes + at[COLUMN_COUNT];

	if (text[0] || text[head.text_bytes - 1])
		return false;
	memset(ret, 0, sizeof(*ret));
	memcpy(ret, head.scalar, sizeof(head.scalar));
#define COLUMN(field, type) \
	ret->field = (const type *)(const void *)(bytes + at[COLUMN_##field]); \
	ret->n##field##s = head.count[COLUMN_##field];
#include "graph/source/body_columns.def"
#undef COLUMN
	ret->text = text;
	ret->text_bytes = head.text_bytes;
	return true;
}
