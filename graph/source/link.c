/* SPDX-License-Identifier: MIT */
/*
 * link.c - from names in one file to declarations in another.  What is asked of
 * a folder or an import is found out once, when it is first asked.
 */
#include "graph/source/link.h"
#include "base/limits.h"
#include "graph/source/link_name.h"
#include "graph/source/resolve.h"

#include <string.h>

/* What an import of a file is called in it. */
struct link_import {
	bool known;
	const char *name;               /* "" = by nothing; NULL = its path is all there is */
	dir_id dir;
};

/* What is known of a file: once for all of its references, in their order. */
struct link_file {
	bool known, dots;               /* dots: it has dot imports */
	uint32_t *import;               /* [body.nrefs] */
};

/* The latest answers: qualifiers come again and again. */
#define MEMO 64u

struct link_memo {
	body_str qualifier;             /* 0 = none */
	uint32_t import;
};

/* The package level of a folder: its package in slots of half 0, its foo_test in half 1. */
struct link_place {
	file_id file;
	uint32_t decl;                  /* + 1; 0 = empty */
};

struct link_dir {
	bool known;
	sym_id package;                 /* 0 = no file has a name */
	struct link_place *slot[2];
	uint32_t nslots[2];
};

struct link {
	const struct source *s;
	const struct bodies *b;
	struct arena *arena;
	struct link_import *import;     /* [source.nimports] */
	struct link_dir *dir;           /* [source.ndirs] */
	struct link_file *file;         /* [source.nfiles] */
};

struct link *link_new(const struct source *s, const struct bodies *b, struct arena *arena)
{
	struct link *l = arena_new(arena, struct link);

	*l = (struct link){ .s = s, .b = b, .arena = arena };
	l->import = arena_array(arena, struct link_import, s->nimports);
	l->dir = arena_array(arena, struct link_dir, s->ndirs);
	l->file = arena_array(arena, struct link_file, s->nfiles);
	return l;
}

static bool ends_in_test(const char *name)
{
	size_t len = strlen(name);

	return len > 5 && !strcmp(name + len - 5, "_test");
}

/* Of the package foo_test? */
static bool is_external_test(const struct link *l, const struct go_file *f)
{
	return f->flags & FILE_TEST && ends_in_test(sym_text(l->s->syms, f->package));
}

/*
 * The name of the package in a folder: of the first file that some build has;
 * files that none has, as those of `//go:build ignore`, come last.
 */
static sym_id package_of(const struct link *l, const struct go_dir *d)
{
	sym_id any = { 0 }, test = { 0 };

	for (uint32_t i = 0; i < d->nfiles; i++) {
		const struct go_file *f = &l->s->file[d->file_first + i];

		if (!f->package.v || f->flags & FILE_HIDDEN || is_external_test(l, f) ||
		    !strcmp(sym_text(l->s->syms, f->package), "documentation"))
			continue;
		if (f->flags & FILE_TEST)
			test = test.v ? test : f->package;
		else if (f->configs)
			return f->package;
		else if (!any.v)
			any = f->package;
	}
	return any.v ? any : test;
}

static uint32_t first_slot(const char *name, uint32_t nslots)
{
	uint64_t h = hash_bytes(HASH_INIT, name, strlen(name));

	return (uint32_t)(h ^ h >> 32) & (nslots - 1);
}

static const char *decl_name(const struct link *l, const struct link_place *p)
{
	const struct body *b = l->b->file[p->file.v];

	return body_text(b, b->decl[p->decl - 1].name);
}

/* The slot of a name, or the empty one where it would be. */
static struct link_place *find(const struct link *l, const struct link_dir *d, bool test,
			       const char *name)
{
	uint32_t i = first_slot(name, d->nslots[test]);

	while (d->slot[test][i].decl && strcmp(decl_name(l, &d->slot[test][i]), name))
		i = (i + 1) & (d->nslots[test] - 1);
	return &d->slot[test][i];
}

/* The file's names, where nobody has them yet. */
static void add_file(struct link *l, struct link_dir *d, file_id file, bool test)
{
	const struct body *b = l->b->file[file.v];

	for (uint32_t i = 0; i < b->ndecls; i++) {
		const char *name = body_text(b, b->decl[i].name);

		if (b->decl[i].kind == DECL_METHOD || !strcmp(name, "_") || !strcmp(name, "init"))
			continue;
		struct link_place *p = find(l, d, test, name);

		if (!p->decl)
			*p = (struct link_place){ file, i + 1 };
	}
}

/* Which half of its folder a file belongs to: 0, 1, or 2 for neither. */
static unsigned half_of(const struct link *l, const struct link_dir *d, file_id file)
{
	const struct go_file *f = &l->s->file[file.v];

	if (!l->b->file[file.v] || f->flags & FILE_HIDDEN)
		return 2;
	return is_external_test(l, f) ? 1 : f->package.v == d->package.v ? 0 : 2;
}

static struct link_dir *know(struct link *l, dir_id dir)
{
	const struct go_dir *g = &l->s->dir[dir.v];
	struct link_dir *d = &l->dir[dir.v];
	uint32_t count[3] = { 0 };

	if (d->known)
		return d;
	d->known = true;
	d->package = package_of(l, g);
	for (uint32_t i = 0; i < g->nfiles; i++) {
		file_id file = { g->file_first + i };
		unsigned half = half_of(l, d, file);

		count[half] += half < 2 ? l->b->file[file.v]->ndecls : 0;
	}
	for (unsigned half = 0; half < 2; half++) {
		d->nslots[half] = 16;
		while (d->nslots[half] < count[half] * 2)
			d->nslots[half] *= 2;
		d->slot[half] = arena_array(l->arena, struct link_place, d->nslots[half]);
	}
	for (unsigned tests = 0; tests < 2; tests++) {
		for (uint32_t i = 0; i < g->nfiles; i++) {
			file_id file = { g->file_first + i };
			unsigned half = half_of(l, d, file);

			if (half < 2 && tests == !!(l->s->file[file.v].flags & FILE_TEST))
				add_file(l, d, file, half);
		}
	}
	return d;
}

bool link_decl(struct link *l, dir_id dir, const char *name, bool test_package, file_id *ret_file,
	       uint32_t *ret_decl)
{
	const struct link_place *p = find(l, know(l, dir), test_package, name);

	if (!p->decl)
		return false;
	*ret_file = p->file;
	*ret_decl = p->decl - 1;
	return true;
}

static const struct link_import *look_at(struct link *l, file_id file, uint32_t import)
{
	const struct go_import *im = &l->s->import[import];
	struct link_import *x = &l->import[import];

	if (x->known)
		return x;
	struct resolved to = resolve_import(l->s, l->s->file[file.v].dir, im->path);

	x->known = true;
	x->dir = to.kind == IMPORT_INTERNAL ? to.dir : (dir_id){ ID_NONE };
	if (im->flags & (IMPORT_BLANK | IMPORT_DOT))
		x->name = "";
	else if (im->name.v)
		x->name = sym_text(l->s->syms, im->name);
	else if (x->dir.v != ID_NONE && know(l, x->dir)->package.v)
		x->name = sym_text(l->s->syms, know(l, x->dir)->package);
	return x;
}

/*
 * The file's import that is called `name`: what is said counts more than what
 * fits, and what fits two imports alike is nothing.  ID_NONE when none is, or
 * when there are no steps left.
 */
static uint32_t find_import(struct link *l, file_id file, const char *name, uint64_t *steps)
{
	const struct go_file *f = &l->s->file[file.v];
	enum name_fit best = FIT_NONE;
	size_t len = strlen(name);
	uint32_t found = ID_NONE;

	if (*steps < f->nimports)
		return ID_NONE;
	*steps -= f->nimports;
	for (uint32_t i = f->import_first; i < f->import_first + f->nimports; i++) {
		const struct link_import *x = look_at(l, file, i);

		if (x->name && !strcmp(x->name, name))
			return i;
		if (x->name)
			continue;
		const char *path = sym_text(l->s->syms, l->s->import[i].path);
		enum name_fit fit = import_name_fit(path, strlen(path), name, len);

		if (fit && fit >= best) {
			found = fit == best ? ID_NONE : i;
			best = fit;
		}
	}
	return found;
}

/* Where the file can see it: what tests declare, tests of that folder see alone. */
static void find_decl(struct link *l, file_id file, dir_id dir, const char *name,
		      struct linked *ret)
{
	const struct go_file *f = &l->s->file[file.v];
	file_id at;
	uint32_t decl;

	if (!link_decl(l, dir, name, false, &at, &decl))
		return;
	if (l->s->file[at.v].flags & FILE_TEST && !(f->flags & FILE_TEST && f->dir.v == dir.v))
		return;
	ret->file = at;
	ret->decl = decl;
}

static const struct linked nothing = {
	.import = ID_NONE, .dir = { ID_NONE }, .file = { ID_NONE }, .decl = BODY_NONE,
};

static bool find_own(struct link *l, file_id file, const char *name, struct linked *ret)
{
	const struct go_file *f = &l->s->file[file.v];

	*ret = nothing;
	if (is_external_test(l, f)) {
		if (!link_decl(l, f->dir, name, true, &ret->file, &ret->decl))
			return false;
	} else {
		find_decl(l, file, f->dir, name, ret);
		if (ret->file.v == ID_NONE)
			return false;
	}
	ret->dir = f->dir;
	return true;
}

/* What the package declares itself counts more than a path that fits. */
static uint32_t import_of(struct link *l, file_id file, const char *name, uint64_t *steps)
{
	uint32_t import = find_import(l, file, name, steps);
	struct linked own;

	if (import != ID_NONE && !l->import[import].name && find_own(l, file, name, &own))
		return ID_NONE;
	return import;
}

static const struct link_file *know_file(struct link *l, file_id file)
{
	const struct go_file *f = &l->s->file[file.v];
	const struct body *b = l->b->file[file.v];
	struct link_file *x = &l->file[file.v];
	uint64_t steps = limit_of(LIMIT_NAME_STEPS);
	struct link_memo memo[MEMO] = { 0 };

	if (x->known)
		return x;
	x->known = true;
	for (uint32_t i = 0; i < f->nimports; i++)
		x->dots |= l->s->import[f->import_first + i].flags & IMPORT_DOT;
	x->import = arena_array(l->arena, uint32_t, b->nrefs);
	for (uint32_t i = 0; i < b->nrefs; i++) {
		body_str qualifier = b->ref[i].qualifier;
		struct link_memo *m = &memo[qualifier % MEMO];

		if (m->qualifier != qualifier)
			*m = (struct link_memo){
				qualifier, import_of(l, file, body_text(b, qualifier), &steps),
			};
		x->import[i] = m->import;
	}
	return x;
}

void link_ref(struct link *l, file_id file, uint32_t ref, struct linked *ret)
{
	const struct body *b = l->b->file[file.v];
	const struct body_ref *r = &b->ref[ref];

	*ret = nothing;
	ret->import = know_file(l, file)->import[ref];
	if (ret->import == ID_NONE)
		return;
	ret->dir = l->import[ret->import].dir;
	if (ret->dir.v != ID_NONE)
		find_decl(l, file, ret->dir, body_text(b, r->name), ret);
}

void link_use(struct link *l, file_id file, uint32_t use, struct linked *ret)
{
	const struct go_file *f = &l->s->file[file.v];
	const struct body *b = l->b->file[file.v];
	const char *name = body_text(b, b->use[use].name);

	if (find_own(l, file, name, ret) || !know_file(l, file)->dots)
		return;
	for (uint32_t i = f->import_first; i < f->import_first + f->nimports; i++) {
		if (!(l->s->import[i].flags & IMPORT_DOT))
			continue;
		dir_id dir = look_at(l, file, i)->dir;

		if (dir.v == ID_NONE)
			continue;
		find_decl(l, file, dir, name, ret);
		if (ret->file.v == ID_NONE)
			continue;
		ret->import = i;
		ret->dir = dir;
		return;
	}
}

void link_count(struct link *l, struct link_share *ret)
{
	*ret = (struct link_share){ 0 };
	for (uint32_t i = 0; i < l->s->nfiles; i++) {
		const struct body *b = l->b->file[i];

		for (uint32_t r = 0; b && r < b->nrefs; r++) {
			file_id file = { i };
			struct linked to, own;

			link_ref(l, file, r, &to);
			if (to.import == ID_NONE &&
			    find_own(l, file, body_text(b, b->ref[r].qualifier), &own))
				continue;
			ret->refs++;
			ret->imported += to.import != ID_NONE;
			ret->internal += to.dir.v != ID_NONE;
			ret->declared += to.file.v != ID_NONE;
		}
	}
}
