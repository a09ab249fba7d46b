/* SPDX-License-Identifier: MIT */
/*
 * build.c - the package graph of a source: which folders are nodes, which
 * imports are edges, and in which build configurations.
 */
#include "graph/graph.h"
#include "graph/source/package.h"
#include "graph/source/resolve.h"

#include <stdlib.h>
#include <string.h>

/* The three ways in which a file takes part, each with the configurations where it does. */
enum part { PART_CODE, PART_TEST, PART_XTEST, PART_COUNT };

struct file_parts { uint32_t configs[PART_COUNT]; };

struct dir_nodes {
	pkg_id own, xtest;              /* ID_NONE where there is none */
	uint32_t configs;               /* where `own` has files */
};

struct build {
	const struct source *s;
	struct graph_builder *builder;
	struct file_parts *file;        /* [nfiles] */
	struct dir_nodes *node;         /* [ndirs] */
	uint32_t *is_main;              /* [ndirs] configurations where the package is main */
	struct arena text;
	/* The target of an import path for files of the folder `asked_by`, by symbol. */
	uint32_t *asked_by;             /* [nsyms] folder number + 1; 0 = never asked */
	dir_id *answer;                 /* [nsyms] */
	bool *taken;                    /* [ntaken] by symbol: an ordinary node's identity */
	uint32_t ntaken;
};

static int part_of_role(uint8_t role)
{
	switch ((enum file_role)role) {
	case ROLE_GO:
	case ROLE_CGO:
		return PART_CODE;
	case ROLE_TEST:
		return PART_TEST;
	case ROLE_XTEST:
		return PART_XTEST;
	case ROLE_NONE:
	case ROLE_IGNORED:
	case ROLE_COUNT:
		break;
	}
	return -1;
}

static void classify(struct build *b)
{
	const struct source *s = b->s;
	struct arena scratch = ARENA_INIT;

	for (uint32_t d = 0; d < s->ndirs; d++) {
		const struct go_dir *dir = &s->dir[d];

		for (uint32_t c = 0; dir->nfiles && c < s->nconfigs; c++) {
			struct go_package p;

			package_classify(s, (dir_id){ d }, c, &scratch, &p);
			for (uint32_t f = 0; f < dir->nfiles; f++) {
				int part = part_of_role(p.role[f]);

				if (part >= 0)
					b->file[dir->file_first + f].configs[part] |= 1u << c;
			}
			if (p.name.v && !strcmp(sym_text(s->syms, p.name), "main"))
				b->is_main[d] |= 1u << c;
		}
		arena_reset(&scratch);
	}
	arena_release(&scratch);
}

/* Counts the files of a folder that take part in one of two ways (maybe the same). */
static bool sum_files(const struct build *b, const struct go_dir *dir, enum part one, enum part two,
		      struct graph_node *node)
{
	for (uint32_t f = dir->file_first; f < dir->file_first + dir->nfiles; f++) {
		uint32_t configs = b->file[f].configs[one] | b->file[f].configs[two];

		if (!configs)
			continue;
		node->configs |= configs;
		node->files++;
		node->lines += b->s->file[f].lines;
	}
	return node->files > 0;
}

static sym_id own_id(const struct build *b, uint32_t d)
{
	sym_id path = b->s->dir[d].path;

	return path.v ? path : sym_from(b->s->syms, ".");
}

static void add_own_node(struct build *b, uint32_t d)
{
	const struct go_dir *dir = &b->s->dir[d];
	struct graph_node node = { .dir = { d }, .members = 1 }, code = { 0 };

	if (!sum_files(b, dir, PART_CODE, PART_TEST, &node))
		return;
	node.id = own_id(b, d);
	node.label = dir->import_path.v ? dir->import_path : node.id;
	if (!sum_files(b, dir, PART_CODE, PART_CODE, &code))
		node.flags |= NODE_TEST_ONLY;
	if (b->is_main[d])
		node.flags |= NODE_MAIN;
	if (dir->flags & DIR_REPORTED)
		node.flags |= NODE_REPORTED;
	b->node[d].own = graph_add_node(b->builder, &node);
	b->node[d].configs = node.configs;
}

static void note_taken(struct build *b)
{
	b->ntaken = b->s->syms->count;
	b->taken = xcalloc(b->ntaken, sizeof(*b->taken));
	for (uint32_t d = 0; d < b->s->ndirs; d++)
		if (b->node[d].own.v != ID_NONE)
			b->taken[own_id(b, d).v] = true;
}

static bool is_taken(const struct build *b, const char *id)
{
	sym_id sym = sym_find(b->s->syms, id, strlen(id));

	return sym.v && sym.v < b->ntaken && b->taken[sym.v];
}

/*
 * "a_test", unless the folder a_test holds a package as well: then what go list
 * -test prints, "a_test [a.test]".
 */
static void add_xtest_node(struct build *b, uint32_t d)
{
	const struct go_dir *dir = &b->s->dir[d];
	struct graph_node node = { .dir = { d }, .flags = NODE_XTEST };
	struct symtab *syms = b->s->syms;

	if (!sum_files(b, dir, PART_XTEST, PART_XTEST, &node))
		return;
	sym_id own = own_id(b, d), import_path = dir->import_path.v ? dir->import_path : own;
	const char *id = arena_printf(&b->text, "%s_test", sym_text(syms, own));
	const char *label = arena_printf(&b->text, "%s_test", sym_text(syms, import_path));

	while (is_taken(b, id)) {
		id = arena_printf(&b->text, "%s [%s.test]", id, sym_text(syms, own));
		label = arena_printf(&b->text, "%s [%s.test]", label, sym_text(syms, import_path));
	}
	node.id = sym_from(syms, id);
	node.label = sym_from(syms, label);
	if (dir->flags & DIR_REPORTED)
		node.flags |= NODE_REPORTED;
	/* Counted with the package that they test, where there is one. */
	node.members = b->node[d].own.v == ID_NONE;
	b->node[d].xtest = graph_add_node(b->builder, &node);
	arena_reset(&b->text);
}

/* The package that `path` names in files of folder d; NULL for none here. */
static const struct dir_nodes *target_of(struct build *b, uint32_t d, sym_id path)
{
	if (b->asked_by[path.v] != d + 1) {
		struct resolved r = resolve_import(b->s, (dir_id){ d }, path);

		b->asked_by[path.v] = d + 1;
		b->answer[path.v].v = r.kind == IMPORT_INTERNAL ? r.dir.v : ID_NONE;
	}
	dir_id dir = b->answer[path.v];

	return dir.v == ID_NONE || b->node[dir.v].own.v == ID_NONE ? NULL : &b->node[dir.v];
}

static void add_imports(struct build *b, uint32_t d, uint32_t f, sym_id file_path)
{
	const struct go_file *file = &b->s->file[f];
	const struct file_parts *parts = &b->file[f];

	for (uint32_t i = file->import_first; i < file->import_first + file->nimports; i++) {
		const struct go_import *import = &b->s->import[i];

		if (import->flags & IMPORT_C)
			continue;
		const struct dir_nodes *to = target_of(b, d, import->path);

		for (int part = 0; to && part < PART_COUNT; part++) {
			/* Where either end has no file there is nothing to import, or nobody to. */
			struct site site = {
				.at = { file_path, import->line, import->col, import->end_col },
				.path = import->path,
				.configs = parts->configs[part] & to->configs,
				.test = part != PART_CODE,
			};

			if (site.configs)
				graph_add_import(b->builder, part == PART_XTEST ? b->node[d].xtest :
						 b->node[d].own, to->own, &site);
		}
	}
}

static void add_dir_imports(struct build *b, uint32_t d)
{
	const struct source *s = b->s;
	const struct go_dir *dir = &s->dir[d];
	const char *folder = sym_text(s->syms, dir->path);

	for (uint32_t f = dir->file_first; f < dir->file_first + dir->nfiles; f++) {
		const struct file_parts *p = &b->file[f];

		if (!s->file[f].nimports ||
		    !(p->configs[PART_CODE] | p->configs[PART_TEST] | p->configs[PART_XTEST]))
			continue;
		const char *path = arena_printf(&b->text, "%s%s%s", folder, *folder ? "/" : "",
						sym_text(s->syms, s->file[f].name));

		add_imports(b, d, f, sym_from(s->syms, path));
		arena_reset(&b->text);
	}
}

const struct graph *graph_from_source(const struct source *s, struct arena *arena)
{
	struct build b = {
		.s = s, .builder = graph_builder_new(s->syms, s->nconfigs),
		.file = xcalloc(s->nfiles, sizeof(*b.file)),
		.node = xrealloc(NULL, s->ndirs, sizeof(*b.node)),
		.is_main = xcalloc(s->ndirs, sizeof(*b.is_main)),
		.asked_by = xcalloc(s->syms->count, sizeof(*b.asked_by)),
		.answer = xcalloc(s->syms->count, sizeof(*b.answer)),
	};

	for (uint32_t d = 0; d < s->ndirs; d++)
		b.node[d] = (struct dir_nodes){ { ID_NONE }, { ID_NONE }, 0 };
	classify(&b);
	for (uint32_t d = 0; d < s->ndirs; d++)
		add_own_node(&b, d);
	note_taken(&b);
	for (uint32_t d = 0; d < s->ndirs; d++)
		add_xtest_node(&b, d);
	for (uint32_t d = 0; d < s->ndirs; d++)
		add_dir_imports(&b, d);
	const struct graph *g = graph_freeze(b.builder, arena);

	graph_builder_free(b.builder);
	free(b.file);
	free(b.node);
	free(b.is_main);
	free(b.asked_by);
	free(b.answer);
	free(b.taken);
	arena_release(&b.text);
	return g;
}
