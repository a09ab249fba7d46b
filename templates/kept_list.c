/* SPDX-License-Identifier: MIT */
/* kept_list.c - which files are below a folder that is generated into. */
#include "templates/kept_file.h"
#include "graph/source/tree.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FILES_MAX 20000u                /* more is no folder of manifests */

struct listing {
	const char *dir;
	struct arena *arena;
	const char **file, **folder;    /* malloc */
	size_t nfiles, file_cap, nfolders, folder_cap;
};

static int by_text(const void *va, const void *vb, void *ctx UNUSED)
{
	return strcmp(*(const char *const *)va, *(const char *const *)vb);
}

static unsigned depth_of(const char *path)
{
	unsigned n = *path != '\0';

	for (; (path = strchr(path, '/')); path++)
		n++;
	return n;
}

static void list_folder(struct listing *l, const char *folder)
{
	DIR *d = opendir(*folder ? path_join(l->arena, l->dir, folder) : l->dir);
	struct dirent *e;

	while (d && l->nfiles < FILES_MAX && (e = readdir(d))) {
		const char *path;
		struct stat st;

		if (e->d_name[0] == '.')
			continue;
		path = *folder ? path_join(l->arena, folder, e->d_name) :
		       arena_strdup(l->arena, e->d_name);
		if (lstat(path_join(l->arena, l->dir, path), &st))
			continue;
		if (S_ISREG(st.st_mode)) {
			VEC_RESERVE(l->file, l->file_cap, l->nfiles + 1);
			l->file[l->nfiles++] = path;
		} else if (S_ISDIR(st.st_mode) && depth_of(path) <= KEPT_DEPTH) {
			VEC_RESERVE(l->folder, l->folder_cap, l->nfolders + 1);
			l->folder[l->nfolders++] = path;
		}
	}
	if (d)
		closedir(d);
}

uint32_t kept_list(const char *dir, struct arena *arena, const char ***ret)
{
	struct listing l = { .dir = dir, .arena = arena };

	list_folder(&l, "");
	for (size_t i = 0; i < l.nfolders; i++)
		list_folder(&l, l.folder[i]);
	*ret = arena_array(arena, const char *, l.nfiles + 1);
	if (l.nfiles)
		memcpy(*ret, l.file, l.nfiles * sizeof(**ret));
	sort_with(*ret, l.nfiles, sizeof(**ret), by_text, NULL);
	free(l.file);
	free(l.folder);
	return (uint32_t)l.nfiles;
}
