/* SPDX-License-Identifier: MIT */
/* complexity_files.c - walks as gocyclo and gocognit do, and parses what only they look at. */
#include "graph/source/complexity_files.h"
#include "base/limits.h"
#include "base/pool.h"
#include "graph/source/body_build.h"
#include "graph/source/header.h"
#include "graph/source/tree.h"

#include <stdlib.h>
#include <string.h>

struct entry {
	const char *path;
	uint32_t ref, depth;
	bool dir;
};

struct found {
	struct complexity_file *file;
	uint32_t *ref;                  /* for tree_read() */
	uint32_t *loose;                /* files that source.h does not have */
	uint32_t count, nloose, cap, refs_cap, loose_cap;
};

struct walker {
	const struct source *s;
	struct complexity_files *out;
	enum complexity_walk walk;
	struct found found;
	struct entry *stack;
	uint32_t depth, cap;
	struct symtab paths;            /* of the source's files, in order from 1 */
	const struct bodies *known;
};

static void add_file(struct walker *w, const char *path, uint32_t ref)
{
	struct found *f = &w->found;
	sym_id id = sym_find(&w->paths, path, strlen(path));
	struct complexity_file file = { .path = path, .package = "" };

	/* Files that are no part of a package have no body there. */
	if (id.v && !(w->s->file[id.v - 1].flags & FILE_HIDDEN)) {
		file.package = sym_text(w->s->syms, w->s->file[id.v - 1].package);
		file.body = w->known->file[id.v - 1];
	} else {
		VEC_RESERVE(f->loose, f->loose_cap, f->nloose + 1);
		f->loose[f->nloose++] = f->count;
	}
	VEC_RESERVE(f->file, f->cap, f->count + 1);
	VEC_RESERVE(f->ref, f->refs_cap, f->count + 1);
	f->ref[f->count] = ref;
	f->file[f->count++] = file;
}

static bool walks_into(const struct walker *w, const char *name)
{
	if (w->walk == WALK_GOCOGNIT)
		return strcmp(name, ".git") != 0;
	return *name != '.' && *name != '_' && strcmp(name, "testdata") && strcmp(name, "vendor");
}

static void list_folder(struct walker *w, const struct entry *at, struct arena *scratch)
{
	struct arena *a = &w->out->arena;
	struct err err = ERR_INIT;
	struct tree_entry *entry;
	uint32_t n;

	if (tree_list_ref(w->s->tree, at->path, at->ref, scratch, &entry, &n, &err)) {
		w->out->problem = arena_printf(a, "the folder '%s' cannot be read: %s",
					       *at->path ? at->path : ".", err.msg);
		return;
	}
	for (uint32_t i = n; i-- > 0;) {
		const char *name = entry[i].name;
		bool dir = entry[i].kind == ENTRY_DIR;

		if (dir ? !walks_into(w, name) || !w->s->all_below :
			  entry[i].kind == ENTRY_DIR_LINK || entry[i].kind == ENTRY_IRREGULAR ||
			  !tree_is_go(name))
			continue;
		if (at->depth >= limit_of(LIMIT_DIR_DEPTH)) {
			w->out->problem = "folders nested deeper than the limit dir-depth allows";
			return;
		}
		VEC_RESERVE(w->stack, w->cap, w->depth + 1);
		w->stack[w->depth++] = (struct entry){
			.path = path_join(a, at->path, name), .ref = entry[i].ref,
			.depth = at->depth + 1, .dir = dir,
		};
	}
}

static void walk_folder(struct walker *w)
{
	struct arena scratch = ARENA_INIT;

	VEC_RESERVE(w->stack, w->cap, 1);
	w->stack[w->depth++] = (struct entry){
		.path = w->s->below, .ref = TREE_NO_REF, .dir = true,
	};
	while (w->depth) {
		struct entry at = w->stack[--w->depth];

		if (at.dir)
			list_folder(w, &at, &scratch);
		else if (w->found.count < limit_of(LIMIT_FILES))
			add_file(w, at.path, at.ref);
		else
			w->out->problem = "more Go files than the limit files allows";
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	free(w->stack);
}

static void take_reported(struct walker *w)
{
	const struct source *s = w->s;

	for (uint32_t f = 0; f < s->nfiles; f++)
		if (s->dir[s->file[f].dir.v].flags & DIR_REPORTED)
			add_file(w, source_file_path(s, (file_id){ f }, &w->out->arena),
				 TREE_NO_REF);
}

struct parse_worker {
	struct syntax_parser *parser;
	struct body_builder builder;
	struct arena scratch;
	struct tree_buf buf;
};

struct parse {
	struct walker *w;
	struct parse_worker *worker;
};

static void parse_file(void *ctx, unsigned worker, uint32_t index)
{
	struct parse *p = ctx;
	struct parse_worker *own = &p->worker[worker];
	struct found *f = &p->w->found;
	struct complexity_file *file = &f->file[f->loose[index]];
	struct arena *keep = &p->w->out->worker[worker];
	size_t max = limit_of(LIMIT_SYNTAX_BYTES) + 1, size;
	struct err err = ERR_INIT;
	struct body *body = arena_new(keep, struct body);
	struct syntax syntax;
	struct header head;

	if (tree_read(p->w->s->tree, file->path, f->ref[f->loose[index]], max, &own->buf, &err))
		return;
	if (!own->parser) {
		own->parser = syntax_parser_new();
		body_builder_init(&own->builder);
	}
	header_scan(own->buf.bytes, own->buf.len, true, &own->scratch, &head);
	if (head.package)
		file->package = arena_strndup(keep, head.package, head.package_len);
	syntax_parse(own->parser, own->buf.bytes, (uint32_t)own->buf.len, &own->scratch, &syntax);
	body_extract(&own->builder, &syntax);
	const void *block = body_pack(&own->builder, keep, &size);

	if (!body_open(block, size, body))
		BUG("facts of '%s' that cannot be opened", file->path);
	file->body = body;
	arena_reset(&own->scratch);
}

static void parse_loose(struct walker *w, unsigned workers)
{
	struct parse p = { w, xcalloc(workers, sizeof(*p.worker)) };

	w->out->worker = xcalloc(workers, sizeof(*w->out->worker));
	w->out->nworkers = workers;
	pool_run(workers, w->found.nloose, parse_file, &p);
	for (unsigned i = 0; i < workers; i++) {
		if (p.worker[i].parser) {
			syntax_parser_free(p.worker[i].parser);
			body_builder_release(&p.worker[i].builder);
		}
		tree_buf_release(&p.worker[i].buf);
		arena_release(&p.worker[i].scratch);
	}
	free(p.worker);
}

void complexity_files_read(const struct source *s, const struct bodies *known,
			   enum complexity_walk walk, unsigned workers,
			   struct complexity_files *ret)
{
	struct walker w = { .s = s, .out = ret, .walk = walk, .known = known };
	struct arena scratch = ARENA_INIT;

	*ret = (struct complexity_files){ .arena = ARENA_INIT };
	symtab_init(&w.paths, &scratch);
	for (uint32_t f = 0; f < s->nfiles; f++)
		sym_from(&w.paths, source_file_path(s, (file_id){ f }, &scratch));
	if (s->below)
		walk_folder(&w);
	else
		take_reported(&w);
	if (w.found.nloose)
		parse_loose(&w, workers);
	ret->count = w.found.count;
	struct complexity_file *file = arena_array(&ret->arena, struct complexity_file, ret->count);

	if (ret->count)
		memcpy(file, w.found.file, ret->count * sizeof(*file));
	ret->file = file;
	free(w.found.file);
	free(w.found.ref);
	free(w.found.loose);
	symtab_release(&w.paths);
	arena_release(&scratch);
}

void complexity_files_release(struct complexity_files *f)
{
	for (unsigned i = 0; i < f->nworkers; i++)
		arena_release(&f->worker[i]);
	free(f->worker);
	arena_release(&f->arena);
}
