/* SPDX-License-Identifier: MIT */
/*
 * fuzz_gitindex.c - git's index from any bytes.  What is understood lies inside of
 * them, in order, and each path is found.
 */
#include "graph/source/gitindex.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena a = ARENA_INIT;
	struct gitindex x = { .count = 0 };

	if (gitindex_parse(bytes, len, &a, &x)) {
		for (uint32_t i = 0; i < x.count; i++) {
			const struct gitindex_entry *e = &x.entry[i];
			const char *path = arena_strndup(&a, e->path, e->path_len);
			const struct gitindex_entry *found;

			if (strlen(path) != e->path_len || !e->path_len)
				BUG("a path with a NUL in it");
			if (e->id < bytes || e->id + 20 > bytes + len)
				BUG("an id outside of the file");
			if (i && strcmp(arena_strndup(&a, e[-1].path, e[-1].path_len), path) > 0)
				BUG("'%s' out of order", path);
			found = gitindex_find(&x, path);
			if (!found || found->path_len != e->path_len)
				BUG("'%s' is not found", path);
		}
		if (gitindex_find(&x, ""))
			BUG("nothing is found");
	}
	arena_release(&a);
	return 0;
}
