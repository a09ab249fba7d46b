/* SPDX-License-Identifier: MIT */
/* history_tree.c - the files of a commit's tree, whose history is told. */
#include "graph/source/history_part.h"

#include <stdlib.h>
#include <string.h>

struct todo { const char *path; struct blob_id id; };

static int by_path(const void *a, const void *b, void *ctx UNUSED)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

uint32_t history_tree(git_repository *repo, const struct blob_id *root, struct arena *arena,
		      const char *const **ret, uint32_t *ret_missing)
{
	struct treecache *trees = treecache_new(repo);
	struct todo *todo = NULL;
	const char **list = NULL;
	size_t ntodos = 0, todo_cap = 0, n = 0, cap = 0;

	VEC_RESERVE(todo, todo_cap, 1);
	todo[ntodos++] = (struct todo){ "", *root };
	while (ntodos) {
		struct todo next = todo[--ntodos];
		struct tree_entry e;
		size_t len = 0;
		const char *at = treecache_get(trees, &next.id, &len), *end = at + len;

		*ret_missing += !at;
		while (at && tree_entry_next(&at, end, &e)) {
			bool folder = e.mode == TREE_FOLDER;
			const char *path = arena_printf(arena, "%s%.*s%s", next.path, (int)e.len,
							e.name, folder ? "/" : "");

			if (folder) {
				VEC_RESERVE(todo, todo_cap, ntodos + 1);
				todo[ntodos++] = (struct todo){ path, e.id };
			} else if (e.mode != TREE_SUBMODULE) {
				VEC_RESERVE(list, cap, n + 1);
				list[n++] = path;
			}
		}
	}
	treecache_free(trees);
	free(todo);
	sort_with(list, n, sizeof(*list), by_path, NULL);
	const char **kept = arena_array(arena, const char *, n + 1);

	if (n)
		memcpy(kept, list, n * sizeof(*kept));
	free(list);
	*ret = kept;
	return (uint32_t)n;
}
