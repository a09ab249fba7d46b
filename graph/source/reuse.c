/* SPDX-License-Identifier: MIT */
/* reuse.c - a table of files by blob id. */
#include "graph/source/reuse.h"
#include "graph/source/blobid.h"

#include <stdlib.h>
#include <string.h>

struct reuse {
	const struct source *s;
	struct blob_hint *hint;         /* [s->nfiles] */
	uint32_t *slot, nslots;         /* file + 1; nslots is a power of two */
};

static uint32_t slot_of(const struct reuse *r, const unsigned char *id)
{
	uint32_t hash;

	memcpy(&hash, id, sizeof(hash));
	return hash & (r->nslots - 1);
}

struct reuse *reuse_new(const struct source *like, unsigned workers)
{
	struct reuse *r = xcalloc(1, sizeof(*r));
	file_id *file = xcalloc(like->nfiles, sizeof(*file));
	uint32_t known = 0;

	*r = (struct reuse){ .s = like, .nslots = 16 };
	r->hint = xcalloc(like->nfiles, sizeof(*r->hint));
	while (r->nslots < like->nfiles * (uint64_t)2)
		r->nslots *= 2;
	r->slot = xcalloc(r->nslots, sizeof(*r->slot));
	for (uint32_t f = 0; f < like->nfiles; f++)
		file[f] = (file_id){ f };
	blob_ids_begin(like, file, like->nfiles, workers, r->hint);
	blob_ids_end();
	for (uint32_t f = 0; f < like->nfiles; f++) {
		uint32_t i = slot_of(r, r->hint[f].id.byte);

		if (!r->hint[f].known || like->file[f].flags & (FILE_UNREADABLE | FILE_BROKEN))
			continue;
		while (r->slot[i])
			i = (i + 1) & (r->nslots - 1);
		r->slot[i] = f + 1;
		known++;
	}
	free(file);
	if (known)
		return r;
	reuse_free(r);
	return NULL;
}

/* What git stores may be another text than what stands on disk: then its size is another. */
static bool same_size(const struct reuse *r, uint32_t f, struct tree *t, uint32_t ref)
{
	const struct blob_hint *hint = &r->hint[f];
	uint64_t size;

	return !hint->sized || (r->s->proven && r->s->proven[f]) ||
	       (tree_blob_size(t, ref, &size) && size == hint->size);
}

uint32_t reuse_find(const struct reuse *r, struct tree *t, uint32_t ref, const char *name)
{
	const unsigned char *id = tree_blob(t, ref);

	for (uint32_t i = id ? slot_of(r, id) : 0; id && r->slot[i];
	     i = (i + 1) & (r->nslots - 1)) {
		uint32_t f = r->slot[i] - 1;

		if (!memcmp(r->hint[f].id.byte, id, BLOB_ID_BYTES) &&
		    !strcmp(sym_text(r->s->syms, r->s->file[f].name), name))
			return same_size(r, f, t, ref) ? f : ID_NONE;
	}
	return ID_NONE;
}

void reuse_free(struct reuse *r)
{
	if (!r)
		return;
	free(r->hint);
	free(r->slot);
	free(r);
}
