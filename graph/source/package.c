/* SPDX-License-Identifier: MIT */
/* package.c - sorting a folder's files into go/build's lists. */
#include "graph/source/package.h"

#include <stdlib.h>
#include <string.h>

/* What go/build knows of the package while it goes through the files in order. */
struct naming {
	const char *name;       /* "" until the first file with a name */
	size_t len;
};

static enum file_role role_of(const struct source *s, const struct go_file *f, uint32_t config,
			      struct naming *p, bool *ret_invalid)
{
	const char *package = sym_text(s->syms, f->package);
	size_t len = strlen(package);
	bool test = f->flags & FILE_TEST, xtest = false;

	if (f->flags & FILE_HIDDEN)
		return ROLE_NONE;
	if (!(f->configs >> config & 1))
		return ROLE_IGNORED;
	if (f->flags & (FILE_UNREADABLE | FILE_BAD_BUILD)) {
		*ret_invalid = true;
		return ROLE_NONE;
	}
	if (f->flags & FILE_DEGRADED)
		*ret_invalid = true;
	if (!strcmp(package, "documentation"))
		return ROLE_IGNORED;
	if (test && len > 5 && !strcmp(package + len - 5, "_test") &&
	    (p->len != len || memcmp(p->name, package, len))) {
		xtest = true;
		len -= 5;
	}
	if (!p->len) {
		p->name = package;
		p->len = len;
	} else if (p->len != len || memcmp(p->name, package, len)) {
		*ret_invalid = true;
	}
	if (f->flags & FILE_CGO && test)
		*ret_invalid = true;
	else if (f->flags & FILE_CGO)
		return s->config[config].cgo ? ROLE_CGO : ROLE_IGNORED;
	return xtest ? ROLE_XTEST : test ? ROLE_TEST : ROLE_GO;
}

void package_classify(const struct source *s, dir_id dir, uint32_t config, struct arena *arena,
		      struct go_package *ret)
{
	const struct go_dir *d = &s->dir[dir.v];
	struct naming p = { .name = "" };
	uint8_t *role = arena_alloc(arena, d->nfiles ? d->nfiles : 1, 1);

	*ret = (struct go_package){ .dir = dir, .role = role };
	for (uint32_t i = 0; i < d->nfiles; i++) {
		role[i] = role_of(s, &s->file[d->file_first + i], config, &p, &ret->invalid);
		ret->count[role[i]]++;
	}
	ret->name = sym_find(s->syms, p.name, p.len);
	if (p.len && !ret->name.v)
		ret->name = sym_intern(s->syms, p.name, p.len);
	/* builtin documents the language and is no package; runtime/cgo is none without cgo. */
	const struct go_module *m = &s->module[d->module.v];
	bool std = m->kind == MODULE_MOD && !m->prefix.v;
	const char *path = std ? sym_text(s->syms, d->import_path) : "";

	ret->exists = (ret->count[ROLE_GO] || ret->count[ROLE_CGO] || ret->count[ROLE_TEST] ||
		       ret->count[ROLE_XTEST] || ret->invalid) && strcmp(path, "builtin") &&
		      (strcmp(path, "runtime/cgo") || s->config[config].cgo);
}

static int by_text(const void *va, const void *vb, void *ctx)
{
	const sym_id *a = va, *b = vb;

	return strcmp(sym_text(ctx, *a), sym_text(ctx, *b));
}

uint32_t package_imports(const struct source *s, const struct go_package *p, uint32_t roles,
			 struct arena *arena, sym_id **ret_paths)
{
	const struct go_dir *d = &s->dir[p->dir.v];
	uint32_t n = 0, kept = 0;

	for (uint32_t i = 0; i < d->nfiles; i++)
		if (roles >> p->role[i] & 1)
			n += s->file[d->file_first + i].nimports;
	sym_id *path = arena_array(arena, sym_id, n);

	n = 0;
	for (uint32_t i = 0; i < d->nfiles; i++) {
		const struct go_file *f = &s->file[d->file_first + i];

		for (uint32_t k = 0; roles >> p->role[i] & 1 && k < f->nimports; k++)
			path[n++] = s->import[f->import_first + k].path;
	}
	sort_with(path, n, sizeof(*path), by_text, s->syms);
	for (uint32_t i = 0; i < n; i++)
		if (!i || path[i].v != path[kept - 1].v)
			path[kept++] = path[i];
	*ret_paths = path;
	return kept;
}
