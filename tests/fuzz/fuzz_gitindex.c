/* SPDX-License-Identifier: MIT */
/*
 * fuzz_gitindex.c - git's index from any bytes, with ids of both lengths; where it is
 * half of one, the other half has a few paths.  What is understood lies inside of
 * the bytes, in order, and each path is found.
 */
#include "graph/source/gitindex.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check(const uint8_t *bytes, size_t len, const struct gitindex *x, unsigned id_bytes,
		  struct arena *a)
{
	for (uint32_t i = 0; i < x->count; i++) {
		const struct gitindex_entry *e = &x->entry[i];
		const char *path = arena_strndup(a, e->path, e->path_len);
		const struct gitindex_entry *found;

		if (strlen(path) != e->path_len || !e->path_len)
			BUG("a path with a NUL in it");
		if (e->id < bytes || e->id + id_bytes > bytes + len)
			BUG("an id outside of the file");
		if (i && strcmp(arena_strndup(a, e[-1].path, e[-1].path_len), path) > 0)
			BUG("'%s' out of order", path);
		found = gitindex_find(x, path);
		if (!found || found->path_len != e->path_len)
			BUG("'%s' is not found", path);
	}
	if (gitindex_find(x, ""))
		BUG("nothing is found");
}

static bool join(const uint8_t *bytes, struct gitindex *x, struct arena *a)
{
	static const char *const path[] = { "a/a.go", "b/b.go", "c/c.go", "d/d.go", "e" };
	struct gitindex_entry *entry = arena_array(a, struct gitindex_entry, ARRAY_SIZE(path));
	struct gitindex base = { .all = entry, .all_count = ARRAY_SIZE(path) };

	for (unsigned i = 0; i < ARRAY_SIZE(path); i++)
		entry[i] = (struct gitindex_entry){ .path = path[i], .id = bytes,
						    .path_len = (uint32_t)strlen(path[i]) };
	return gitindex_join(x, &base, a);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const unsigned lengths[] = { GITINDEX_SHA1, GITINDEX_SHA256 };

	for (unsigned i = 0; i < ARRAY_SIZE(lengths); i++) {
		struct arena a = ARENA_INIT;
		struct gitindex x = { .count = 0 };

		if (gitindex_parse(bytes, len, lengths[i], &a, &x) &&
		    (!x.base || join(bytes, &x, &a)))
			check(bytes, len, &x, lengths[i], &a);
		arena_release(&a);
	}
	return 0;
}
