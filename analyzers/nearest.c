/* SPDX-License-Identifier: MIT */
/* nearest.c - ranks the packages of a module by their likeness to a path. */
#include "analyzers/nearest.h"
#include "base/text.h"

#include <string.h>

#define EDITS_MAX 3u

static const char *last_segment(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* Segments that both begin with: of several namesakes the closest relative is the best guess. */
static uint32_t common_segments(const char *a, const char *b)
{
	uint32_t n = 0;

	for (size_t i = 0; a[i] && a[i] == b[i]; i++)
		n += a[i] == '/';
	return n;
}

const char *nearest_package(const struct source *s, mod_id module, const char *import_path)
{
	const char *best = NULL, *namesake = NULL, *last = last_segment(import_path);
	size_t fewest = EDITS_MAX + 1;
	uint32_t kin = 0;

	for (uint32_t d = 0; d < s->ndirs; d++) {
		const struct go_dir *dir = &s->dir[d];
		const char *path = sym_text(s->syms, dir->import_path);

		if (!dir->nfiles || dir->module.v != module.v || !strcmp(path, import_path))
			continue;
		size_t edits = text_distance(import_path, path, EDITS_MAX);

		if (edits < fewest) {
			fewest = edits;
			best = path;
		}
		if (!strcmp(last_segment(path), last) &&
		    (!namesake || common_segments(path, import_path) > kin)) {
			namesake = path;
			kin = common_segments(path, import_path);
		}
	}
	/* A short name that differs in three letters is another name. */
	if (best && fewest * 2 < strlen(last))
		return best;
	return namesake;
}

const char *nearest_ending(const struct source *s, mod_id module, const char *path)
{
	const char *elsewhere = NULL;
	size_t len = strlen(path);

	for (uint32_t d = 0; d < s->ndirs; d++) {
		const char *own = sym_text(s->syms, s->dir[d].import_path);
		size_t n = strlen(own);

		if (!s->dir[d].nfiles || n <= len || own[n - len - 1] != '/' ||
		    strcmp(own + n - len, path))
			continue;
		if (s->dir[d].module.v == module.v)
			return own;
		elsewhere = elsewhere ? elsewhere : own;
	}
	return elsewhere;
}
