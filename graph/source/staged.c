/* SPDX-License-Identifier: MIT */
/* staged.c - finds and reads the index, refuses what no commit could be made of. */
#include "graph/source/staged.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MODE_FOLDER 0040000u

/* Relative, it counts from the top of the working tree, where git starts its hooks. */
static const char *find_index(const struct staged *s, struct arena *arena)
{
	const char *given = getenv("GIT_INDEX_FILE");

	if (!given || !*given)
		return path_join(arena, s->git_dir, "index");
	if (*given == '/' || !s->work || !access(given, F_OK))
		return given;
	return path_join(arena, s->work, given);
}

static int read_index(const struct staged *s, struct arena *arena, struct gitindex *ret,
		      struct err *err)
{
	const char *path = find_index(s, arena);

	*ret = (struct gitindex){ .count = 0 };
	if (!s->work && !getenv("GIT_INDEX_FILE"))
		return err_set(err, ERR_INPUT, "'%s' is a bare repository: nothing is staged in "
			       "it", s->git_dir);
	/* Before the first `git add` there is none. */
	if (access(path, R_OK))
		return errno == ENOENT ? 0 : err_set(err, ERR_INPUT, "cannot read '%s': %s", path,
						     strerror(errno));
	if (!gitindex_read(path, s->git_dir, s->id_bytes, arena, ret))
		return err_set(err, ERR_INPUT, "cannot read the index '%s': it is damaged, or of "
			       "a kind that meshctl does not know", path);
	if (ret->unmerged)
		return err_set(err, ERR_INPUT, "the index has unmerged paths, '%s' is one: resolve "
			       "and add them first", ret->unmerged);
	return 0;
}

/* As git's verify_path(): nothing that is no path inside of the repository. */
static bool is_path(const char *path, uint32_t len)
{
	for (uint32_t at = 0; at <= len;) {
		const char *slash = memchr(path + at, '/', len - at);
		uint32_t n = slash ? (uint32_t)(slash - path) - at : len - at;

		if (!n || (n <= 2 && !memcmp("..", path + at, n)))
			return false;
		at += n + 1;
	}
	return true;
}

int staged_list(const struct staged *s, struct flat_list *ret, struct gitindex *ret_index,
		struct err *err)
{

	*ret = (struct flat_list){ .arena = ARENA_INIT };
	if (read_index(s, &ret->arena, ret_index, err))
		return -1;
	for (uint32_t i = 0; i < ret_index->count; i++) {
		const struct gitindex_entry *e = &ret_index->entry[i];
		bool folder = e->mode == MODE_FOLDER;

		if (!is_path(e->path, e->path_len - folder))
			return err_set(err, ERR_INPUT, "the index is damaged: '%.200s' is no path "
				       "that git stores",
				       arena_strndup(&ret->arena, e->path, e->path_len));
		if (!folder)
			flat_list_add(ret, &(struct flat_entry){ e->path, e->path_len, e->mode,
								 e->id, e });
		else if (s->expand(s->ctx, arena_strndup(&ret->arena, e->path, e->path_len), e->id,
				   ret, err))
			return -1;
	}
	return 0;
}
