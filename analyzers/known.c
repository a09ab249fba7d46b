/* SPDX-License-Identifier: MIT */
/* known.c - collects the dotless module paths of a tree. */
#include "analyzers/known.h"
#include "graph/source/tree.h"

#include <stdlib.h>
#include <string.h>

static void add(struct known_paths *k, const char *path)
{
	if (!*path || memchr(path, '.', strcspn(path, "/")))
		return;
	for (uint32_t i = 0; i < k->count; i++)
		if (!strcmp(k->prefix[i], path))
			return;
	VEC_RESERVE(k->prefix, k->cap, k->count + 1);
	k->prefix[k->count++] = path;
}

static void add_file(struct known_paths *k, const struct gomod *mod)
{
	for (uint32_t i = 0; i < mod->nrequire; i++)
		add(k, mod->require[i].path);
	for (uint32_t i = 0; i < mod->nreplace; i++)
		add(k, mod->replace[i].old_path);
}

/* A broken file may require anything; a newer Go may have any package. */
static bool is_strict(const struct source *s, const struct go_module *m)
{
	const char *path = sym_text(s->syms, m->path);
	struct err ignored = ERR_INIT;
	unsigned minor = 0;

	if (m->kind != MODULE_MOD || !*path || m->mod->nerror ||
	    (*m->mod->go && go_version_minor(m->mod->go, &minor, &ignored)))
		return false;
	return minor <= GO_NEWEST_MINOR;
}

void known_paths_init(struct known_paths *k, const struct source *s, struct arena *arena)
{
	*k = (struct known_paths){ .s = s, .strict = arena_array(arena, bool, s->nmodules) };
	for (uint32_t m = 0; m < s->nmodules; m++) {
		add(k, sym_text(s->syms, s->module[m].path));
		add_file(k, s->module[m].mod);
		k->strict[m] = is_strict(s, &s->module[m]);
	}
	if (s->work)
		add_file(k, s->work);
}

void known_paths_release(struct known_paths *k)
{
	free(k->prefix);
	*k = (struct known_paths){ .s = NULL };
}

bool known_is_module(const struct known_paths *k, dir_id from)
{
	const struct go_dir *dir = &k->s->dir[from.v];

	if (dir->module.v == ID_NONE || (dir->flags & (DIR_VENDOR | DIR_VENDORED)))
		return false;
	const struct go_module *m = &k->s->module[dir->module.v];
	const char *path = sym_text(k->s->syms, m->path);

	return m->kind == MODULE_MOD && strcmp(path, "std") && strcmp(path, "cmd");
}

bool known_all(const struct known_paths *k, dir_id from)
{
	return known_is_module(k, from) && k->strict[k->s->dir[from.v].module.v];
}

static bool is_vendored(const struct known_paths *k, const char *folder, const char *path,
			struct arena *scratch)
{
	struct tree_entry *entry;
	struct err ignored = ERR_INIT;
	uint32_t n;

	folder = path_join(scratch, path_join(scratch, folder, "vendor"), path);
	if (tree_list(k->s->tree, folder, scratch, &entry, &n, &ignored))
		return false;
	for (uint32_t i = 0; i < n; i++)
		if (entry[i].kind == ENTRY_FILE && tree_is_go(entry[i].name))
			return true;
	return false;
}

bool known_path(const struct known_paths *k, dir_id from, const char *path)
{
	const struct source *s = k->s;
	struct arena scratch = ARENA_INIT;
	bool found;

	for (uint32_t i = 0; i < k->count; i++)
		if (path_below(path, k->prefix[i]))
			return true;
	found = is_vendored(k, sym_text(s->syms, s->module[s->dir[from.v].module.v].folder), path,
			    &scratch) ||
		(s->work && is_vendored(k, sym_text(s->syms, s->work_folder), path, &scratch));
	arena_release(&scratch);
	return found;
}
