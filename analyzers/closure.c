/* SPDX-License-Identifier: MIT */
/* closure.c - follows declarations to those that they need, in one package each. */
#include "analyzers/closure.h"

#include <stdlib.h>
#include <string.h>

struct walk {
	const struct source *s;
	const struct bodies *bodies;
	struct link *link;
	const bool *closed;
	struct item { file_id file; uint32_t decl; } item[CLOSURE_MAX];
	struct closure *ret;
};

static const struct body *body_of(const struct walk *w, file_id file)
{
	return w->bodies->file[file.v];
}

static void add(struct walk *w, file_id file, uint32_t decl)
{
	struct closure *c = w->ret;

	for (uint32_t i = 0; i < c->count; i++)
		if (w->item[i].file.v == file.v && w->item[i].decl == decl)
			return;
	if (c->count == CLOSURE_MAX)
		return;
	w->item[c->count++] = (struct item){ file, decl };
	c->constants += body_of(w, file)->decl[decl].kind == DECL_CONST;
}

/* A name of the package, if it is one. */
static void add_name(struct walk *w, dir_id dir, const char *name)
{
	file_id file;
	uint32_t decl;

	if (link_decl(w->link, dir, name, false, &file, &decl))
		add(w, file, decl);
}

/* Constants of one group count through iota: none goes alone. */
static void add_group(struct walk *w, file_id file, uint32_t decl)
{
	const struct body *b = body_of(w, file);
	uint32_t first = decl, end = decl + 1;

	while (first && b->decl[first].flags & DECL_GROUPED)
		first--;
	while (end < b->ndecls && b->decl[end].flags & DECL_GROUPED)
		end++;
	for (uint32_t d = first; d < end; d++)
		if (b->decl[d].kind == DECL_CONST)
			add(w, file, d);
}

static void add_methods(struct walk *w, dir_id dir, const char *type)
{
	const struct go_dir *d = &w->s->dir[dir.v];

	for (uint32_t f = d->file_first; f < d->file_first + d->nfiles; f++) {
		const struct body *b = w->bodies->file[f];

		if (!b || w->s->file[f].flags & FILE_TEST)
			continue;
		for (uint32_t i = 0; i < b->ndecls; i++)
			if (b->decl[i].kind == DECL_METHOD &&
			    !strcmp(body_text(b, b->decl[i].receiver), type))
				add(w, (file_id){ f }, i);
	}
}

static void follow_refs(struct walk *w, file_id file, uint32_t decl, dir_id dir)
{
	const struct body *b = body_of(w, file);

	for (uint32_t i = 0; i < b->nrefs; i++) {
		struct linked l;

		if (b->ref[i].decl != decl)
			continue;
		link_ref(w->link, file, i, &l);
		if (l.import == ID_NONE)
			add_name(w, dir, body_text(b, b->ref[i].qualifier));
		else if (l.dir.v != ID_NONE && w->closed[l.dir.v])
			w->ret->free = false;
	}
}

static void follow(struct walk *w, struct item at)
{
	const struct go_file *file = &w->s->file[at.file.v];
	const struct body *b = body_of(w, at.file);
	const struct body_decl *decl = &b->decl[at.decl];

	if (file->flags & (FILE_GENERATED | FILE_CGO) || b->status)
		w->ret->free = false;
	for (uint32_t i = 0; i < b->nuses; i++)
		if (b->use[i].decl == at.decl)
			add_name(w, file->dir, body_text(b, b->use[i].name));
	follow_refs(w, at.file, at.decl, file->dir);
	if (decl->kind == DECL_TYPE)
		add_methods(w, file->dir, body_text(b, decl->name));
	if (decl->kind == DECL_METHOD)
		add_name(w, file->dir, body_text(b, decl->receiver));
	if (decl->kind == DECL_CONST)
		add_group(w, at.file, at.decl);
}

void closure_find(const struct source *s, struct symbols *sy, const struct edge_symbols *used,
		  const bool *closed, struct closure *ret)
{
	struct walk w = {
		.s = s, .bodies = symbols_bodies(sy), .link = symbols_link(sy),
		.closed = closed, .ret = ret,
	};

	*ret = (struct closure){ .free = used->count && !used->unread && !used->unknown &&
					 !used->blank && !used->dot };
	for (uint32_t i = 0; i < used->count; i++) {
		if (used->symbol[i].file.v == ID_NONE)
			ret->free = false;
		else
			add(&w, used->symbol[i].file, used->symbol[i].decl);
	}
	/* What is not free stays so: the rest need not be known. */
	for (uint32_t i = 0; i < ret->count && ret->free; i++)
		follow(&w, w.item[i]);
	if (ret->count == CLOSURE_MAX)
		ret->free = false;
}

bool type_has_methods(const struct source *s, const struct symbols *sy, const struct symbol *type)
{
	const struct bodies *bodies = symbols_bodies(sy);

	if (type->dir.v == ID_NONE)
		return false;
	const struct go_dir *d = &s->dir[type->dir.v];

	for (uint32_t f = d->file_first; f < d->file_first + d->nfiles; f++) {
		const struct body *b = bodies->file[f];

		for (uint32_t i = 0; b && i < b->ndecls; i++)
			if (b->decl[i].kind == DECL_METHOD && b->decl[i].flags & DECL_EXPORTED &&
			    !strcmp(body_text(b, b->decl[i].receiver), type->name))
				return true;
	}
	return false;
}
