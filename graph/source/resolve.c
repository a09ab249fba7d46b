/* SPDX-License-Identifier: MIT */
/* resolve.c - from import paths to folders, other modules, std, or nothing. */
#include "graph/source/resolve.h"
#include "graph/source/index.h"
#include "graph/source/tree.h"

#include <string.h>

struct source_index *index_build(const struct source *s)
{
	struct source_index *x = arena_new(s->arena, struct source_index);
	uint32_t n = s->syms->count;
	uint32_t *by_import = arena_array(s->arena, uint32_t, n);
	uint32_t *by_path = arena_array(s->arena, uint32_t, n);
	uint32_t *next = arena_array(s->arena, uint32_t, s->ndirs);
	uint32_t *module_at = arena_array(s->arena, uint32_t, n);
	uint32_t *module_of = arena_array(s->arena, uint32_t, n);

	for (uint32_t d = s->ndirs; d-- > 0;) {
		by_path[s->dir[d].path.v] = d + 1;
		next[d] = by_import[s->dir[d].import_path.v];
		by_import[s->dir[d].import_path.v] = d + 1;
		x->vendored |= (s->dir[d].flags & DIR_VENDORED) != 0;
	}
	for (uint32_t m = s->nmodules; m-- > 0;) {
		if (s->module[m].kind != MODULE_MOD)
			continue;
		module_at[s->module[m].folder.v] = m + 1;
		module_of[s->module[m].path.v] = m + 1;

		size_t len = strlen(sym_text(s->syms, s->module[m].path));

		if (len > x->longest_module)
			x->longest_module = len;
	}
	x->by_import = by_import;
	x->by_path = by_path;
	x->next = next;
	x->module_at = module_at;
	x->module_of = module_of;
	x->nsyms = n;
	return x;
}

/* The value of a symbol in one of the index's arrays; symbols made later have none. */
static uint32_t look(const struct source_index *x, const uint32_t *array, sym_id sym)
{
	return sym.v && sym.v < x->nsyms ? array[sym.v] : 0;
}

/* The same by text of a folder's path, whose "" is the root and symbol 0. */
static uint32_t look_folder(const struct source *s, const uint32_t *array, const char *path)
{
	return *path ? look(s->index, array, sym_find(s->syms, path, strlen(path))) : array[0];
}

/*
 * Of several folders with one import path: that of the importer's module, else
 * the first.  A stranger that calls itself as the importer's module does is none.
 */
static uint32_t find_import(const struct source *s, mod_id module, sym_id path)
{
	uint32_t first = 0;

	for (uint32_t d = look(s->index, s->index->by_import, path); d; d = s->index->next[d - 1]) {
		mod_id its = s->dir[d - 1].module;

		if (its.v == module.v)
			return d;
		if (!first && (module.v == ID_NONE || !s->module[module.v].path.v ||
			       s->module[its.v].path.v != s->module[module.v].path.v))
			first = d;
	}
	return first;
}

static uint32_t find_text(const struct source *s, mod_id module, const char *text)
{
	return find_import(s, module, sym_find(s->syms, text, strlen(text)));
}

static struct resolved internal(const struct source *s, uint32_t dir)
{
	const struct go_dir *d = &s->dir[dir - 1];

	/* A vendored package of a GOPATH tree is somebody else's code. */
	if (d->flags & DIR_VENDORED)
		return (struct resolved){
			.kind = IMPORT_EXTERNAL, .dir = { ID_NONE }, .module = { ID_NONE },
			.import_path = d->import_path,
		};
	return (struct resolved){
		.kind = IMPORT_INTERNAL, .dir = { dir - 1 }, .module = d->module,
		.import_path = d->import_path,
	};
}

/* vendor/golang.org/x/... of std, cmd/vendor/... of cmd. */
static uint32_t goroot_vendor(const struct source *s, const struct go_module *m, mod_id module,
			      const char *path, struct arena *scratch)
{
	const char *name = sym_text(s->syms, m->path);

	if (!strcmp(name, "std"))
		return find_text(s, module, path_join(scratch, "vendor", path));
	if (!strcmp(name, "cmd"))
		return find_text(s, module, path_join(scratch, "cmd/vendor", path));
	return 0;
}

/* The vendor folders of a GOPATH tree, from the importer's folder upwards. */
static uint32_t gopath_vendor(const struct source *s, dir_id from, const char *path,
			      struct arena *scratch)
{
	char *up = arena_strdup(scratch, sym_text(s->syms, s->dir[from.v].import_path));

	for (;;) {
		const char *vendor = path_join(scratch, path_join(scratch, up, "vendor"), path);
		uint32_t d = find_text(s, s->dir[from.v].module, vendor);

		if (d)
			return d;
		if (!*up)
			return 0;
		char *slash = strrchr(up, '/');

		*(slash ? slash : up) = '\0';
	}
}

/* Is this version of the module the one that is required?  Without a version all are. */
static bool applies(const struct gomod *mod, const struct gomod_replace *r)
{
	for (uint32_t i = 0; *r->old_version && i < mod->nrequire; i++)
		if (!strcmp(mod->require[i].path, r->old_path) &&
		    !strcmp(mod->require[i].version, r->old_version))
			return true;
	return !*r->old_version;
}

struct replacement {
	size_t replaces;        /* length of the path that is replaced; 0 = none does */
	const char *dir;        /* folder of the package */
	mod_id module;
};

/* The longest replacement by a folder of the tree among the directives of one file. */
static void find_replacement(const struct source *s, const struct gomod *mod, sym_id folder,
			     const struct gomod *requires, const char *path, struct arena *scratch,
			     struct replacement *ret)
{
	for (uint32_t i = 0; i < mod->nreplace; i++) {
		const struct gomod_replace *r = &mod->replace[i];
		const char *rest = path_below(path, r->old_path), *dir;

		if (!rest || *r->new_version || strlen(r->old_path) < ret->replaces ||
		    !applies(requires, r))
			continue;
		dir = *r->new_path == '/'
			      ? path_below(r->new_path, s->root)
			      : path_clean(scratch, path_join(scratch, sym_text(s->syms, folder),
							      r->new_path));
		if (!dir)
			continue;
		uint32_t to = look_folder(s, s->index->module_at, dir);

		if (!to)
			continue;
		*ret = (struct replacement){
			.replaces = strlen(r->old_path), .dir = path_join(scratch, dir, rest),
			.module = { to - 1 },
		};
	}
}

/* The module in the tree with the longest path that `path` is at or below. */
static mod_id longest_module(const struct source *s, mod_id own, const char *path)
{
	size_t len = strlen(path);

	/* No longer than a module path is: a path of a megabyte costs what others cost. */
	for (size_t n = len < s->index->longest_module ? len : s->index->longest_module; n > 0;
	     n--) {
		if (path[n] && path[n] != '/')
			continue;
		sym_id sym = sym_find(s->syms, path, n);
		uint32_t m = look(s->index, s->index->module_of, sym);

		if (m)
			return own.v != ID_NONE && s->module[own.v].path.v == sym.v ? own :
			       (mod_id){ m - 1 };
	}
	return (mod_id){ ID_NONE };
}

/* Folders that are not walked can be imported all the same. */
static bool in_skipped(const struct source *s, mod_id module, const char *path,
		       struct arena *scratch)
{
	const struct go_module *m = &s->module[module.v];
	const char *rest = path_below(path, sym_text(s->syms, m->prefix));
	struct tree_entry *entry;
	struct err ignored = ERR_INIT;
	uint32_t n;

	if (!rest)
		return false;
	const char *dir = path_join(scratch, sym_text(s->syms, m->folder), rest);

	if (tree_list(s->tree, dir, scratch, &entry, &n, &ignored) < 0)
		return false;
	for (uint32_t i = 0; i < n; i++)
		if (entry[i].kind == ENTRY_FILE && strcmp(entry[i].name, "go.mod") &&
		    strcmp(entry[i].name, "go.work"))
			return true;
	return false;
}

static bool looks_standard(const char *path)
{
	return !memchr(path, '.', strcspn(path, "/"));
}

static struct resolved resolve(const struct source *s, dir_id from, sym_id sym,
			       struct arena *scratch)
{
	const char *path = sym_text(s->syms, sym);
	mod_id own = s->dir[from.v].module, module;
	const struct go_module *m = &s->module[own.v];
	struct resolved r = { .dir = { ID_NONE }, .module = { ID_NONE }, .import_path = sym };
	uint32_t d = 0;

	if (!strcmp(path, "C")) {
		r.kind = IMPORT_CGO;
		return r;
	}
	if (m->kind == MODULE_GOPATH && s->index->vendored)
		d = gopath_vendor(s, from, path, scratch);
	else if (m->kind == MODULE_MOD && !looks_standard(path))
		d = goroot_vendor(s, m, own, path, scratch);
	module = longest_module(s, own, path);
	size_t longest =
		module.v == ID_NONE ? 0 : strlen(sym_text(s->syms, s->module[module.v].path));
	struct replacement by = { 0 };

	if (!d && m->mod->nreplace)
		find_replacement(s, m->mod, m->folder, m->mod, path, scratch, &by);
	if (!d && s->work && s->work->nreplace)
		find_replacement(s, s->work, s->work_folder, m->mod, path, scratch, &by);
	/* As everywhere in Go the longest module path wins, and nobody replaces the main module. */
	if (by.replaces > longest || (by.replaces && by.replaces == longest && module.v != own.v)) {
		d = look_folder(s, s->index->by_path, by.dir);
		if (!d || s->dir[d - 1].module.v != by.module.v) {
			r.kind = IMPORT_MISSING;
			r.module = by.module;
			return r;
		}
		/* go list goes by the path that was written. */
		r = internal(s, d);
		r.import_path = sym;
		return r;
	}
	if (!d)
		d = find_import(s, own, sym);
	if (d)
		return internal(s, d);
	/* In a workspace every module is a main module; elsewhere another version may be required.
	 */
	if (module.v == ID_NONE || (module.v != own.v && !s->work)) {
		r.kind = looks_standard(path) ? IMPORT_STD : IMPORT_EXTERNAL;
		return r;
	}
	r.module = module;
	r.skipped = in_skipped(s, module, path, scratch);
	r.kind = r.skipped ? IMPORT_INTERNAL : IMPORT_MISSING;
	return r;
}

struct resolved resolve_import(const struct source *s, dir_id from, sym_id path)
{
	struct arena scratch = ARENA_INIT;
	struct resolved r = resolve(s, from, path, &scratch);

	arena_release(&scratch);
	return r;
}

dir_id source_find_package(const struct source *s, const char *import_path)
{
	uint32_t d = find_text(s, (mod_id){ ID_NONE }, import_path);

	return (dir_id){ d ? d - 1 : ID_NONE };
}
