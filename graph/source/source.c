/* SPDX-License-Identifier: MIT */
/* source.c - reading a repository from end to end: locate, walk, scan, index. */
#include "graph/source/source.h"
#include "graph/source/gitrev.h"
#include "graph/source/index.h"
#include "graph/source/intake.h"
#include "graph/source/treelog.h"

#include <stdlib.h>
#include <string.h>

/* Segment by segment, so that a folder stands right before what is below it. */
static int compare_paths(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	if (*a == *b)
		return 0;
	if (!*a || !*b)
		return *a ? 1 : -1;
	if (*a == '/' || *b == '/')
		return *a == '/' ? -1 : 1;
	return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
}

static int by_path(const void *va, const void *vb, void *ctx)
{
	const struct go_dir *a = va, *b = vb;

	return compare_paths(sym_text(ctx, a->path), sym_text(ctx, b->path));
}

static int by_place(const void *va, const void *vb, void *ctx)
{
	const struct source_problem *a = va, *b = vb;
	int c = compare_paths(sym_text(ctx, a->at.path), sym_text(ctx, b->at.path));

	if (!c)
		c = (a->at.line > b->at.line) - (a->at.line < b->at.line);
	return c ? c : strcmp(sym_text(ctx, a->text), sym_text(ctx, b->text));
}

/* Go looks at a replacement only when a module requires what it replaces. */
static bool is_required(const struct gomod *mod, const struct gomod_replace *r)
{
	for (uint32_t i = 0; i < mod->nrequire; i++)
		if (!strcmp(mod->require[i].path, r->old_path) &&
		    (!*r->old_version || !strcmp(mod->require[i].version, r->old_version)))
			return true;
	return false;
}

static bool is_required_anywhere(const struct intake *in, const struct gomod_replace *r)
{
	for (uint32_t m = 0; m < in->nmodules; m++)
		if (is_required(in->module[m].mod, r))
			return true;
	return false;
}

/* A replacement by a folder must be a module; one outside of the root is not ours to look at. */
static void check_replacement(struct intake *in, const char *file, const char *folder,
			      const struct gomod_replace *r)
{
	struct arena scratch = ARENA_INIT;
	const char *dir = *r->new_path == '/' ? path_below(r->new_path, in->s->root) :
			  path_clean(&scratch, path_join(&scratch, folder, r->new_path));

	if (dir && !tree_has(in->at.tree, dir, "go.mod", &scratch))
		intake_problem(in, PROBLEM_REPLACE, file, r->line, 1,
			       arena_printf(&scratch,
					    "'%s' is replaced by '%s', which holds no go.mod",
					    r->old_path, r->new_path));
	arena_release(&scratch);
}

static void check_replacements(struct intake *in)
{
	const struct symtab *syms = in->s->syms;
	const struct gomod *work = in->s->work;

	for (uint32_t m = 0; m < in->nmodules; m++) {
		const struct go_module *mod = &in->module[m];

		for (uint32_t i = 0; i < mod->mod->nreplace; i++)
			if (!*mod->mod->replace[i].new_version &&
			    is_required(mod->mod, &mod->mod->replace[i]))
				check_replacement(in, sym_text(syms, mod->gomod_path),
						  sym_text(syms, mod->folder),
						  &mod->mod->replace[i]);
	}
	for (uint32_t i = 0; work && i < work->nreplace; i++)
		if (!*work->replace[i].new_version && is_required_anywhere(in, &work->replace[i]))
			check_replacement(in,
					  path_join(in->s->arena,
						    sym_text(syms, in->s->work_folder), "go.work"),
					  sym_text(syms, in->s->work_folder), &work->replace[i]);
}

static void *keep(struct arena *a, void *item, uint32_t count, size_t size)
{
	void *kept = arena_alloc(a, count, size);

	if (count)
		memcpy(kept, item, count * size);
	free(item);
	return kept;
}

/* The grown arrays move into the run's arena and become const. */
static void finish(struct intake *in)
{
	struct source *s = in->s;
	struct arena *a = s->arena;

	sort_with(in->problem, in->nproblems, sizeof(*in->problem), by_place, s->syms);
	s->module = keep(a, in->module, in->nmodules, sizeof(*in->module));
	s->dir = keep(a, in->dir, in->ndirs, sizeof(*in->dir));
	s->file = keep(a, in->file, in->nfiles, sizeof(*in->file));
	s->import = keep(a, in->import, in->nimports, sizeof(*in->import));
	s->directive = keep(a, in->directive, in->ndirectives, sizeof(*in->directive));
	s->problem = keep(a, in->problem, in->nproblems, sizeof(*in->problem));
	s->nmodules = in->nmodules;
	s->ndirs = in->ndirs;
	s->nfiles = in->nfiles;
	s->nimports = in->nimports;
	s->ndirectives = in->ndirectives;
	s->nproblems = in->nproblems;
	s->ref = keep(a, in->ref, in->nfiles, sizeof(*in->ref));
	s->index = index_build(s);
}

static struct source *source_new(const struct source_options *o)
{
	struct source *s = xcalloc(1, sizeof(*s));

	s->arena = xcalloc(1, sizeof(*s->arena));
	s->syms = xcalloc(1, sizeof(*s->syms));
	symtab_init(s->syms, s->arena);
	s->pattern = o->pattern ? o->pattern : "./...";
	s->config = o->config;
	s->nconfigs = o->nconfigs;
	s->rev = (struct source_rev){ .commit = "", .branch = "" };
	return s;
}

int source_place(const struct source_options *o, struct arena *arena, struct source_place *ret,
		 struct err *err)
{
	struct source s = { .arena = arena };
	struct intake in = { .s = &s, .o = o };

	if (locate(&in, err) < 0) {
		tree_close(in.at.tree);
		return -1;
	}
	*ret = (struct source_place){ in.at.tree, s.root, in.at.below };
	return 0;
}

int source_read(const struct source_options *o, struct source **ret, struct err *err)
{
	struct source *s = source_new(o);
	struct intake in = { .s = s, .o = o };

	if (o->nconfigs < 1 || o->nconfigs > CONFIGS_MAX)
		BUG("%u configurations", o->nconfigs);
	if (locate(&in, err) < 0) {
		s->tree = in.at.tree;
		source_release(s);
		return -1;
	}
	s->tree = in.at.tree;
	s->below = in.at.match == MATCH_BELOW || in.at.match == MATCH_ONE ? in.at.below : NULL;
	s->all_below = in.at.match == MATCH_BELOW;
	walk(&in);
	check_replacements(&in);
	sort_with(in.dir, in.ndirs, sizeof(*in.dir), by_path, s->syms);
	scan_files(&in);
	finish(&in);
	if (o->git_status && in.at.in_repository)
		s->status_of = path_join(s->arena, s->root, in.at.start);
	if (!o->status_later)
		source_status(s);
	if (o->watch)
		treelog_begin(s->tree);
	*ret = s;
	return 0;
}

void source_status(struct source *s)
{
	if (s->status_of)
		gitrev_describe(s->status_of, s->arena, &s->rev);
	s->status_of = NULL;
}

void source_release(struct source *s)
{
	if (!s)
		return;
	tree_close(s->tree);
	symtab_release(s->syms);
	arena_release(s->arena);
	free(s->syms);
	free(s->arena);
	free(s);
}

const char *source_file_path(const struct source *s, file_id file, struct arena *arena)
{
	const struct go_file *f = &s->file[file.v];

	return path_join(arena, sym_text(s->syms, s->dir[f->dir.v].path),
			 sym_text(s->syms, f->name));
}

int source_file_bytes(const struct source *s, sym_id path, size_t max, struct arena *arena,
		      const char **ret_bytes, size_t *ret_len, struct err *err)
{
	const char *text = sym_text(s->syms, path), *slash = strrchr(text, '/');
	const char *dir = slash ? arena_strndup(arena, text, (size_t)(slash - text)) : "";
	const struct tree_entry *found;
	struct tree_entry *entry;
	struct tree_buf buf = { 0 };
	uint32_t n;

	if (tree_list(s->tree, dir, arena, &entry, &n, err) < 0)
		return -1;
	found = tree_entry_find(entry, n, slash ? slash + 1 : text);
	if (!found || found->kind != ENTRY_FILE)
		return err_set(err, ERR_INPUT, "no file '%s'", text);
	if (tree_read(s->tree, text, found->ref, max, &buf, err) < 0) {
		tree_buf_release(&buf);
		return -1;
	}
	*ret_len = buf.len < max ? buf.len : max;
	*ret_bytes = arena_strndup(arena, buf.bytes, *ret_len);
	tree_buf_release(&buf);
	return 0;
}
