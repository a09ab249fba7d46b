/* SPDX-License-Identifier: MIT */
/* fonts.c - looks for files of fonts where fontconfig looks for them, breadth bounded. */
#include "graph/draw/fonts.h"
#include "base/sym.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FONT_FOLDERS 2048u              /* looked into at most */

static bool is_font(const char *name)
{
	static const char *const ends[] = { ".ttf", ".otf", ".ttc", ".pfb" };
	size_t len = strlen(name);

	for (unsigned i = 0; i < ARRAY_SIZE(ends); i++)
		if (len > 4 && !strcmp(name + len - 4, ends[i]))
			return true;
	return false;
}

struct folders {
	const char **path;
	uint32_t count, cap, seen;
};

static void push(struct folders *f, const char *path)
{
	if (f->seen++ >= FONT_FOLDERS)
		return;
	VEC_RESERVE(f->path, f->cap, f->count + 1);
	f->path[f->count++] = path;
}

/* The first font below the folders that wait; folders found on the way wait as well. */
static const char *find_font(struct folders *f, struct arena *arena)
{
	const char *found = NULL;

	while (f->count && !found) {
		const char *folder = f->path[--f->count];
		DIR *dir = opendir(folder);
		struct dirent *e;

		while (dir && !found && (e = readdir(dir))) {
			struct stat st;
			const char *path;

			if (e->d_name[0] == '.')
				continue;
			path = arena_printf(arena, "%s/%s", folder, e->d_name);
			if (is_font(e->d_name))
				found = folder;
			else if (!stat(path, &st) && S_ISDIR(st.st_mode))
				push(f, path);
		}
		if (dir)
			closedir(dir);
	}
	return found;
}

const char *draw_fonts(struct arena *arena)
{
	static const char *const everywhere[] = { "/usr/share/fonts", "/usr/local/share/fonts",
						  "/System/Library/Fonts", "/Library/Fonts" };
	const char *home = getenv("HOME"), *data = getenv("XDG_DATA_HOME"), *folder;
	struct folders f = { 0 };

	if (data && *data == '/')
		push(&f, arena_printf(arena, "%s/fonts", data));
	if (home && *home == '/') {
		push(&f, arena_printf(arena, "%s/.local/share/fonts", home));
		push(&f, arena_printf(arena, "%s/.fonts", home));
	}
	for (unsigned i = 0; i < ARRAY_SIZE(everywhere); i++)
		push(&f, everywhere[i]);
	folder = find_font(&f, arena);
	free(f.path);
	return folder;
}
