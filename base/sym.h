/* SPDX-License-Identifier: MIT */
/*
 * sym.h - interned strings.  Equal text means equal id, so the rest of the
 * program compares, hashes and sorts 32-bit numbers; only reporters ask for
 * text.  Ids are wrapped in structs so that a package cannot be passed where a
 * symbol is wanted.  Id 0 is "none" and reads as "".  Text has no NUL in it.
 * Not thread-safe while interning; reading a finished table is.
 */
#ifndef MESHCTL_SYM_H
#define MESHCTL_SYM_H

#include "base/arena.h"

typedef struct { uint32_t v; } sym_id;
typedef struct { uint32_t v; } pkg_id;
typedef struct { uint32_t v; } file_id;
typedef struct { uint32_t v; } dir_id;
typedef struct { uint32_t v; } mod_id;

#define ID_NONE UINT32_MAX      /* "no such" for pkg_id, file_id, dir_id, mod_id */

struct symtab {
	struct arena *arena;    /* borrowed; owns the text */
	const char **text;      /* text[id] */
	uint32_t *hash;         /* hash[id], so that growing does not read the text again */
	uint32_t *slot;         /* open addressing, 0 = empty */
	uint32_t count, cap;    /* cap is a power of two */
};

void symtab_init(struct symtab *t, struct arena *arena);
void symtab_release(struct symtab *t);
sym_id sym_intern(struct symtab *t, const char *s, size_t len);
sym_id sym_from(struct symtab *t, const char *s);
/* The id of text that may never have been interned: 0 when it was not. */
sym_id sym_find(const struct symtab *t, const char *s, size_t len);
const char *sym_text(const struct symtab *t, sym_id id);

#endif
