/* SPDX-License-Identifier: MIT */
/*
 * samefacts.c - compares two trees field by field.  A field that is new in source.h and
 * that somebody judges belongs here as well.
 */
#include "graph/source/samefacts.h"
#include "base/limits.h"
#include "graph/source/tree.h"

#include <stdlib.h>
#include <string.h>

/* Two trees and what is known of their texts: most come again and again. */
struct pair {
	const struct source *a, *b;
	uint32_t *twin;                 /* [symbol of a] the symbol of b of the same text + 1 */
};

static bool same_text(struct pair *p, sym_id x, sym_id y)
{
	if (!x.v || !y.v)
		return x.v == y.v;
	if (p->twin[x.v])
		return p->twin[x.v] == y.v + 1;
	if (strcmp(sym_text(p->a->syms, x), sym_text(p->b->syms, y)) != 0)
		return false;
	p->twin[x.v] = y.v + 1;
	return true;
}

static bool same_span(struct pair *p, const struct span *x, const struct span *y)
{
	return same_text(p, x->path, y->path) && x->line == y->line && x->col == y->col &&
	       x->end_col == y->end_col;
}

/* ---- go.mod, go.work ---- */

static bool read_whole(const struct source *s, const char *path, struct arena *a,
		       struct tree_buf *ret)
{
	struct err ignored = ERR_INIT;
	uint32_t ref;

	return tree_find(s->tree, path, a, &ref) &&
	       !tree_read(s->tree, path, ref, (size_t)limit_of(LIMIT_GOMOD_BYTES) + 1, ret,
			  &ignored);
}

static bool same_bytes(const struct pair *p, const char *path)
{
	struct tree_buf x = { 0 }, y = { 0 };
	struct arena scratch = ARENA_INIT;
	bool same = read_whole(p->a, path, &scratch, &x) && read_whole(p->b, path, &scratch, &y) &&
		    x.len == y.len && x.whole && y.whole &&
		    (!x.len || !memcmp(x.bytes, y.bytes, x.len));

	tree_buf_release(&x);
	tree_buf_release(&y);
	arena_release(&scratch);
	return same;
}

static bool same_work(struct pair *p)
{
	const struct source *a = p->a, *b = p->b;
	struct arena scratch = ARENA_INIT;
	bool same = !a->work == !b->work;

	if (same && a->work)
		same = same_text(p, a->work_folder, b->work_folder) &&
		       same_bytes(p, path_join(&scratch, sym_text(a->syms, a->work_folder),
					       "go.work"));
	arena_release(&scratch);
	return same;
}

static bool same_module(struct pair *p, const struct go_module *x, const struct go_module *y)
{
	return x->kind == y->kind && same_text(p, x->folder, y->folder) &&
	       same_text(p, x->path, y->path) && same_text(p, x->prefix, y->prefix) &&
	       same_text(p, x->gomod_path, y->gomod_path) &&
	       (!x->gomod_path.v || same_bytes(p, sym_text(p->a->syms, x->gomod_path)));
}

/* ---- what stands in them ---- */

static bool same_dir(struct pair *p, const struct go_dir *x, const struct go_dir *y)
{
	return same_text(p, x->path, y->path) && same_text(p, x->import_path, y->import_path) &&
	       x->module.v == y->module.v && x->file_first == y->file_first &&
	       x->nfiles == y->nfiles && x->flags == y->flags;
}

static bool same_file(struct pair *p, const struct go_file *x, const struct go_file *y)
{
	return same_text(p, x->name, y->name) && x->dir.v == y->dir.v &&
	       same_text(p, x->package, y->package) && x->flags == y->flags &&
	       x->configs == y->configs && x->package_line == y->package_line &&
	       x->package_col == y->package_col && x->import_first == y->import_first &&
	       x->nimports == y->nimports && x->min_go == y->min_go &&
	       same_text(p, x->problem, y->problem) && x->problem_line == y->problem_line &&
	       x->problem_col == y->problem_col && same_text(p, x->domain, y->domain) &&
	       x->domain_line == y->domain_line && x->domain_col == y->domain_col &&
	       x->domain_end == y->domain_end;
}

static bool same_import(struct pair *p, const struct go_import *x, const struct go_import *y)
{
	return same_text(p, x->path, y->path) && same_text(p, x->name, y->name) &&
	       x->line == y->line && x->col == y->col && x->end_col == y->end_col &&
	       x->flags == y->flags;
}

static bool same_directive(struct pair *p, const struct go_directive *x,
			   const struct go_directive *y)
{
	return x->file.v == y->file.v && same_text(p, x->text, y->text) && x->line == y->line &&
	       x->col == y->col && x->end_col == y->end_col && x->target == y->target;
}

static bool same_problem(struct pair *p, const struct source_problem *x,
			 const struct source_problem *y)
{
	return x->kind == y->kind && same_span(p, &x->at, &y->at) && same_text(p, x->text, y->text);
}

static bool same_stats(const struct source_stats *x, const struct source_stats *y)
{
	return x->left_out_modules == y->left_out_modules && x->symlinks == y->symlinks &&
	       x->ignored_dirs == y->ignored_dirs && x->repositories == y->repositories &&
	       x->degraded == y->degraded && x->unreadable == y->unreadable &&
	       x->generated == y->generated && x->in_no_config == y->in_no_config &&
	       x->tests == y->tests && x->excluded == y->excluded;
}

static bool same_name(const char *x, const char *y)
{
	return x && y ? !strcmp(x, y) : x == y;
}

static bool same_shape(const struct source *a, const struct source *b)
{
	return !strcmp(a->root, b->root) && !strcmp(a->pattern, b->pattern) &&
	       same_name(a->below, b->below) && a->all_below == b->all_below &&
	       a->nconfigs == b->nconfigs && a->nmodules == b->nmodules &&
	       a->ndirs == b->ndirs && a->nfiles == b->nfiles && a->nimports == b->nimports &&
	       a->ndirectives == b->ndirectives && a->nproblems == b->nproblems &&
	       same_stats(&a->stats, &b->stats);
}

#define ALL_SAME(same, array, count) \
	for (uint32_t i_ = 0; i_ < p->a->count; i_++) \
		if (!same(p, &p->a->array[i_], &p->b->array[i_])) \
			return false

/* What is told most of the time first: files, then their imports. */
static bool same_arrays(struct pair *p, bool lines)
{
	ALL_SAME(same_file, file, nfiles);
	for (uint32_t i = 0; lines && i < p->a->nfiles; i++)
		if (p->a->file[i].lines != p->b->file[i].lines)
			return false;
	ALL_SAME(same_import, import, nimports);
	ALL_SAME(same_dir, dir, ndirs);
	ALL_SAME(same_directive, directive, ndirectives);
	ALL_SAME(same_problem, problem, nproblems);
	ALL_SAME(same_module, module, nmodules);
	return same_work(p);
}

bool source_same_facts(const struct source *a, const struct source *b, bool lines)
{
	struct pair p = { .a = a, .b = b };
	bool same = same_shape(a, b);

	if (!same)
		return false;
	p.twin = xcalloc(a->syms->count + (size_t)1, sizeof(*p.twin));
	same = same_arrays(&p, lines);
	free(p.twin);
	return same;
}
