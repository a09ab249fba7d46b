/* SPDX-License-Identifier: MIT */
/*
 * archlint.c - the verdicts of go-arch-lint 1.x: a file belongs to the component
 * that matches the fewest files; what may be imported is what the allowed
 * components' globs match, its own included only where it is listed; vendors are
 * anchored globs.
 */
#include "analyzers/foreign/archlint.h"
#include "analyzers/std.h"

#include <string.h>

static uint32_t slashes(const char *text)
{
	uint32_t n = 0;

	for (; *text; text++)
		n += *text == '/';
	return n;
}

/* Does b win the file over a? */
static bool is_better(const struct component *a, const struct component *b)
{
	size_t x = strlen(a->name), y = strlen(b->name);

	if (a->files != b->files)
		return b->files < a->files;
	if (slashes(a->name) != slashes(b->name))
		return slashes(b->name) > slashes(a->name);
	return x != y ? y > x : strcmp(b->name, a->name) < 0;
}

static bool vendor_has(const struct vendor *v, const char *path)
{
	for (uint32_t i = 0; i < v->in.count; i++)
		if (regex_find(v->glob[i], path))
			return true;
	return false;
}

static void look(const struct foreign *f, struct foreign_package *p)
{
	const struct archlint *a = f->own;
	const struct component *holder = NULL;
	const char *const *file;
	uint32_t n = foreign_files(f, p, &file), kept = 0;

	foreign_set(p, a->project, !*f->module || foreign_within(p->path, f->module));
	for (uint32_t c = 0; c < a->ncomponents; c++) {
		const struct component *one = &a->component[c];

		if (!archlint_in(f, one, p->folder))
			continue;
		foreign_set(p, one->in, true);
		if (!holder || is_better(holder, one))
			holder = one;
	}
	for (uint32_t v = 0; v < a->nvendors; v++)
		foreign_set(p, a->vendor[v].mark, vendor_has(&a->vendor[v], p->path));
	for (uint32_t i = 0; i < n; i++)
		kept += !archlint_excluded(f, a, p->folder, file[i]);
	if (kept && kept < n)
		foreign_near((struct foreign *)f, yaml_get(f->tree, "excludeFiles"), "excludeFiles",
			     "of '%.200s' only some files are left out: all are judged here",
			     p->folder);
	if (holder && kept && foreign_within(p->folder, a->workdir)) {
		foreign_set(p, a->judged, true);
		foreign_set(p, holder->held, true);
	}
}

static const struct component *holder_of(const struct archlint *a, const struct foreign_package *p)
{
	for (uint32_t c = 0; c < a->ncomponents; c++)
		if (foreign_has(p, a->component[c].held))
			return &a->component[c];
	return NULL;
}

static bool forbids(const struct foreign *f, const struct foreign_package *from,
		    const struct foreign_package *to)
{
	const struct archlint *a = f->own;
	const struct component *c = holder_of(a, from);

	if (!c)
		return false;
	if (!foreign_has(to, a->project)) {
		for (uint32_t v = 0; v < a->nvendors; v++)
			if (c->vendor[v] && foreign_has(to, a->vendor[v].mark))
				return false;
		return !a->all_vendors && !c->any_vendor;
	}
	for (uint32_t i = 0; i < a->ncomponents; i++)
		if (c->uses[i] && foreign_has(to, a->component[i].in))
			return false;
	return !c->any_project;
}

static bool denies(const struct foreign *f, const struct foreign_package *from, const char *path)
{
	const struct archlint *a = f->own;
	const struct component *c = holder_of(a, from);

	if (!c || a->all_vendors || c->any_vendor || std_has(path))
		return false;
	for (uint32_t v = 0; v < a->nvendors; v++)
		if (c->vendor[v] && vendor_has(&a->vendor[v], path))
			return false;
	return true;
}

/* Theirs with ** behind is not the path itself; without it is not what is below. */
static void put_entry(struct foreign *f, const struct foreign_package *p, const char *text,
		      struct foreign_list *l)
{
	size_t len = strlen(text);
	bool deep = len > 3 && !strcmp(text + len - 3, "/**");
	const char *bare = deep ? arena_strndup(f->arena, text, len - 3) : text;
	const char *below = arena_printf(f->arena, "%s/*/**", bare);

	if (deep) {
		/* Where the path itself is allowed as well, that says it all. */
		if (strpbrk(bare, "*") || denies(f, p, bare))
			foreign_entry(l, below, true, NULL);
		else
			foreign_entry(l, bare, true, NULL);
		return;
	}
	foreign_entry(l, text, true, NULL);
	if (strpbrk(text, "*") || denies(f, p, arena_printf(f->arena, "%s/sample", text)))
		foreign_entry(l, below, false, NULL);
}

static void entries(struct foreign *f, const struct foreign_package *p, struct foreign_lists *ret)
{
	const struct archlint *a = f->own;
	const struct component *c = holder_of(a, p);

	if (!c || a->all_vendors || c->any_vendor)
		return;
	ret->external.closed = true;
	for (uint32_t v = 0; v < a->nvendors; v++)
		for (uint32_t i = 0; c->vendor[v] && i < a->vendor[v].in.count; i++)
			put_entry(f, p, a->vendor[v].in.item[i]->text, &ret->external);
}

static const char *name(struct foreign *f, const struct foreign_package *p)
{
	const struct archlint *a = f->own;
	const struct component *c = holder_of(a, p);

	return c ? c->name : NULL;
}

const struct foreign_format foreign_archlint = {
	.read = archlint_read, .look = look, .forbids = forbids, .denies = denies,
	.entries = entries, .name = name,
};
