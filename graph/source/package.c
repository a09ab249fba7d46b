/* SPDX-License-Identifier: MIT */
/* package.c - sorting a folder's files into go/build's lists. */
#include "graph/source/package.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What go/build knows of the package while it goes through the files in order. */
struct naming {
	const char *name;       /* "" until the first file with a name */
	size_t len;
};

/*
 * Go reads a package in one of two ways that differ on broken files: go/build
 * asks for the file name's suffix first and does not open a file that it
 * excludes; the go command's index, which it uses for folders of plain files in
 * modules, has read them all.  Which folders hold a package is asked of go/build
 * in both cases.
 */
struct view {
	const struct source *s;
	uint32_t config;
	bool indexed;
	struct naming name;
	struct go_package *p;
};

/* Files that belong to no list, or to that of the ignored ones, before their head counts. */
static bool set_aside(struct view *v, const struct go_file *f, enum file_role *ret)
{
	bool matches = f->configs >> v->config & 1;
	bool unread = f->flags & (FILE_UNREADABLE | FILE_MANY_BUILD);

	*ret = ROLE_NONE;
	if (f->flags & FILE_HIDDEN || v->p->cut_short)
		return true;
	if (v->indexed && f->flags & (FILE_UNREADABLE | FILE_MANY_BUILD | FILE_DEGRADED))
		v->p->invalid = true;
	if (v->indexed && unread)
		return true;
	if (!matches) {
		*ret = ROLE_IGNORED;
		return true;
	}
	if (unread || f->flags & FILE_BAD_BUILD) {
		v->p->invalid = true;
		v->p->cut_short = v->indexed;
		return true;
	}
	return false;
}

static enum file_role role_of(struct view *v, const struct go_file *f)
{
	const char *package = sym_text(v->s->syms, f->package);
	size_t len = strlen(package);
	bool test = f->flags & FILE_TEST, xtest = false;
	struct naming *p = &v->name;
	enum file_role aside;

	if (set_aside(v, f, &aside))
		return aside;
	if (f->flags & FILE_DEGRADED)
		v->p->invalid = true;
	if (!strcmp(package, "documentation"))
		return ROLE_IGNORED;
	if (test && len >= 5 && !strcmp(package + len - 5, "_test") &&
	    (p->len != len || memcmp(p->name, package, len))) {
		xtest = true;
		len -= 5;
	}
	if (!p->len) {
		p->name = package;
		p->len = len;
	} else if (p->len != len || memcmp(p->name, package, len)) {
		v->p->invalid = true;
	}
	if (f->flags & FILE_CGO && test)
		v->p->invalid = true;
	else if (f->flags & FILE_CGO)
		return v->s->config[v->config].cgo ? ROLE_CGO : ROLE_IGNORED;
	return xtest ? ROLE_XTEST : test ? ROLE_TEST : ROLE_GO;
}

static void fill(const struct source *s, dir_id dir, uint32_t config, bool indexed,
		 uint8_t *role, struct go_package *ret)
{
	const struct go_dir *d = &s->dir[dir.v];
	struct view v = {
		.s = s, .config = config, .indexed = indexed, .name = { .name = "" }, .p = ret
	};

	*ret = (struct go_package){ .dir = dir, .role = role };
	for (uint32_t i = 0; i < d->nfiles; i++) {
		role[i] = role_of(&v, &s->file[d->file_first + i]);
		ret->count[role[i]]++;
	}
	ret->name = sym_find(s->syms, v.name.name, v.name.len);
	if (v.name.len && !ret->name.v)
		ret->name = sym_intern(s->syms, v.name.name, v.name.len);
}

/* Packages that the go command knows and does not list. */
static bool is_listed(const struct source *s, const struct go_package *p, uint32_t config)
{
	const struct go_dir *d = &s->dir[p->dir.v];
	const struct go_module *m = &s->module[d->module.v];
	const char *path = sym_text(s->syms, d->import_path), *name = sym_text(s->syms, p->name);
	bool plain = false;

	/* A folder with nothing but broken links is no package. */
	for (uint32_t i = 0; i < d->nfiles && !plain; i++)
		plain = !(s->file[d->file_first + i].flags & FILE_BROKEN);
	if (!plain)
		return false;
	if (m->kind != MODULE_MOD)
		return true;
	/* builtin documents the language; without cgo there is no runtime/cgo. */
	if (!m->prefix.v)
		return strcmp(path, "builtin") &&
		       (strcmp(path, "runtime/cgo") || s->config[config].cgo);
	return strncmp(path, "cmd/vendor/", 11) || strcmp(name, "main") ||
	       strcmp(sym_text(s->syms, m->path), "cmd");
}

/* Names that Windows keeps for devices, whatever follows the first dot. */
static bool is_device(const char *elem, size_t len)
{
	static const char *const names[] = { "con", "prn", "aux", "nul" };

	if (len == 4 && (!strncasecmp(elem, "com", 3) || !strncasecmp(elem, "lpt", 3)))
		return elem[3] >= '1' && elem[3] <= '9';
	for (size_t i = 0; len == 3 && i < ARRAY_SIZE(names); i++)
		if (!strncasecmp(elem, names[i], 3))
			return true;
	return false;
}

/* "name~1" is how Windows shortens a long name. */
static bool is_short_name(const char *elem, size_t len)
{
	size_t digits = 0;

	while (digits < len && elem[len - 1 - digits] >= '0' && elem[len - 1 - digits] <= '9')
		digits++;
	return digits && digits < len && elem[len - 1 - digits] == '~';
}

static bool element_valid(const char *elem, size_t len)
{
	size_t dot = 0;

	if (!len || elem[len - 1] == '.')
		return false;
	for (size_t i = 0; i < len; i++) {
		char c = elem[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') &&
		    (!c || !strchr("-._~+", c)))
			return false;
	}
	while (dot < len && elem[dot] != '.')
		dot++;
	return !is_device(elem, dot) && !is_short_name(elem, dot);
}

bool package_path_valid(const char *path)
{
	if (*path == '-')
		return false;
	for (;;) {
		size_t len = strcspn(path, "/");

		if (!element_valid(path, len))
			return false;
		if (!path[len])
			return true;
		path += len + 1;
	}
}

void package_classify(const struct source *s, dir_id dir, uint32_t config, struct arena *arena,
		      struct go_package *ret)
{
	const struct go_dir *d = &s->dir[dir.v];
	bool indexed = s->module[d->module.v].kind == MODULE_MOD && !(d->flags & DIR_IRREGULAR);
	uint8_t *role = arena_alloc(arena, d->nfiles ? d->nfiles : 1, 1);
	struct go_package plain;

	fill(s, dir, config, false, role, &plain);
	bool some = plain.count[ROLE_GO] || plain.count[ROLE_CGO] || plain.count[ROLE_TEST] ||
		    plain.count[ROLE_XTEST] || plain.invalid;

	*ret = plain;
	/* The two differ where something is broken, which is rare. */
	if (indexed && d->flags & DIR_BROKEN)
		fill(s, dir, config, true, role, ret);
	ret->exists = some && is_listed(s, ret, config);
	ret->refused = s->module[d->module.v].kind == MODULE_MOD &&
		       !package_path_valid(sym_text(s->syms, d->import_path));
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

	*ret_paths = NULL;
	if (p->cut_short)
		return 0;
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
