/* SPDX-License-Identifier: MIT */
/* internal.c - who may import a package below a folder named internal. */
#include "analyzers/internal.h"

#include <string.h>

/* str.HasPathPrefix of the go command: the prefix ends where a segment does. */
static bool has_prefix(const char *path, const char *prefix, size_t len)
{
	return !len || (!strncmp(path, prefix, len) && (!path[len] || path[len] == '/'));
}

static bool below(const char *path, const char *prefix)
{
	return has_prefix(path, prefix, strlen(prefix));
}

bool internal_guard(const char *path, size_t *ret_len)
{
	static const char word[] = "internal";
	const size_t n = sizeof(word) - 1;
	bool found = false;

	for (const char *p = path; p; p = strchr(p, '/')) {
		p += *p == '/';
		if (strncmp(p, word, n) || (p[n] && p[n] != '/'))
			continue;
		*ret_len = (size_t)(p - path) - (p > path);
		found = true;
	}
	return found;
}

/* Packages of the standard library and of GOPATH belong to no module: folders decide. */
static bool by_folder(const struct source *s, const struct resolved *r)
{
	if (r->kind != IMPORT_INTERNAL || r->dir.v == ID_NONE ||
	    s->dir[r->dir.v].module.v == ID_NONE)
		return false;
	const struct go_module *m = &s->module[s->dir[r->dir.v].module.v];

	return m->kind == MODULE_GOPATH || !strcmp(sym_text(s->syms, m->path), "std");
}

static bool in_goroot(const struct source *s, dir_id dir)
{
	mod_id m = s->dir[dir.v].module;
	const char *path = m.v == ID_NONE ? "" : sym_text(s->syms, s->module[m.v].path);

	return !strcmp(path, "std") || !strcmp(path, "cmd");
}

bool internal_allows(const struct source *s, dir_id from, const struct resolved *r,
		     const char **ret_parent, size_t *ret_len)
{
	const char *path = sym_text(s->syms, r->import_path);
	const char *importer = sym_text(s->syms, s->dir[from.v].import_path);
	const char *fips = "crypto/internal/fips140";
	size_t len = 0;

	if (!*importer || !internal_guard(path, &len))
		return true;
	*ret_parent = path;
	*ret_len = len;
	if (in_goroot(s, from)) {
		/* The go command's own exceptions for the FIPS 140 snapshots. */
		if (below(importer, "crypto") && below(path, fips))
			return true;
		if (below(importer, fips)) {
			*ret_len = strlen("crypto/internal");
			return below(path, "crypto/internal");
		}
	}
	if (by_folder(s, r)) {
		const char *folder = sym_text(s->syms, s->dir[r->dir.v].path);
		size_t rest = strlen(path) - len, have = strlen(folder);

		*ret_parent = folder;
		*ret_len = have > rest ? have - rest : 0;
		return has_prefix(sym_text(s->syms, s->dir[from.v].path), folder, *ret_len);
	}
	/* "internal/abi", not in this tree: nobody but Go's own source tree may. */
	if (r->kind == IMPORT_STD && !len)
		return in_goroot(s, from);
	return has_prefix(importer, path, len);
}
