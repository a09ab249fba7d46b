/* SPDX-License-Identifier: MIT */
/*
 * scan.c - reads the heads of all files with the worker pool, then takes the
 * results over in order, so that they do not depend on the workers.
 */
#include "base/limits.h"
#include "base/pool.h"
#include "graph/source/constraint.h"
#include "graph/source/headcache.h"
#include "graph/source/intake.h"
#include "graph/source/reuse.h"

#include <stdlib.h>
#include <string.h>

/* Most heads end in the first block; each further read is eight times as large. */
#define FIRST_BLOCK ((size_t)8 * 1024)
#define COUNT_BLOCK ((size_t)64 * 1024 * 1024)

struct scan_worker {
	struct arena arena;             /* results, until they are taken over */
	struct arena scratch;           /* one file */
	struct tree_buf buf;
	struct import_parser *parser;
};

struct scan {
	struct intake *in;
	const char **dir_of;            /* [file] folder path */
	struct head_facts *result;      /* [file] */
	struct scan_worker *worker;
	struct reuse *reuse;            /* NULL: no other tree is known */
	struct headcache *cache;        /* NULL: no file is known */
};

static uint32_t name_configs(const struct source *s, const char *name)
{
	uint32_t set = 0;

	for (uint32_t c = 0; c < s->nconfigs; c++)
		if (build_config_name(&s->config[c], name))
			set |= UINT32_C(1) << c;
	return set;
}

static uint32_t holding(const struct source *s, const struct constraint *c, uint32_t among)
{
	uint32_t set = 0;

	for (uint32_t i = 0; i < s->nconfigs; i++)
		if (among >> i & 1 && constraint_eval(c, &s->config[i]))
			set |= UINT32_C(1) << i;
	return set;
}

static bool has_plus_build(const char *p, size_t len)
{
	static const char word[] = "+build";

	for (const char *end = p + len; (size_t)(end - p) >= sizeof(word) - 1; p++) {
		p = memchr(p, '+', (size_t)(end - p) - (sizeof(word) - 2));
		if (!p)
			return false;
		if (!memcmp(p, word, sizeof(word) - 1))
			return true;
	}
	return false;
}

/* // +build lines: all of them must hold. */
static void plus_build(const struct source *s, struct scan_worker *w, const struct header *h,
		       struct head_facts *r)
{
	const char *p = w->buf.bytes, *stop = p + h->plus_build_end;

	if (h->plus_build_end >= 3 && !memcmp(p, "\xef\xbb\xbf", 3))
		p += 3;

	if (!has_plus_build(p, h->plus_build_end))
		return;
	while (p < stop) {
		const char *nl = memchr(p, '\n', (size_t)(stop - p)), *end = nl ? nl : stop;
		const char *line = p, *error;

		p = nl ? nl + 1 : stop;
		while (line < end && (*line == ' ' || (*line >= '\t' && *line <= '\r')))
			line++;
		while (end > line && (end[-1] == ' ' || (end[-1] >= '\t' && end[-1] <= '\r')))
			end--;
		if (!constraint_is_plus_build(line, (size_t)(end - line)))
			continue;
		const struct constraint *c = constraint_parse_plus_build(
			&w->scratch, line, (size_t)(end - line), &error);

		if (!c)
			continue;
		unsigned needs = constraint_min_go(c);

		r->configs = holding(s, c, r->configs);
		if (needs > r->min_go)
			r->min_go = needs;
	}
}

static void go_build(const struct source *s, struct scan_worker *w, const struct header *h,
		     struct head_facts *r)
{
	const char *error = "more than one //go:build line";
	const struct constraint *c = NULL;

	if (!h->many_go_build)
		c = constraint_parse_go_build(&w->scratch, h->go_build, h->go_build_len, &error);
	if (!c) {
		r->flags |= FILE_BAD_BUILD | (h->many_go_build ? FILE_MANY_BUILD : 0);
		r->problem = error;
		r->problem_line = 1;
		for (const char *p = w->buf.bytes; p < h->go_build; p++)
			r->problem_line += *p == '\n';
		r->problem_col = 1;
		return;
	}
	r->configs = holding(s, c, r->configs);
	r->min_go = constraint_min_go(c);
}

static void take_imports(struct scan_worker *w, const struct header *h, struct head_facts *r)
{
	const struct header_import *seen;
	uint32_t n;

	r->import = h->import;
	r->nimports = h->nimports;
	if (import_parser_run(w->parser, w->buf.bytes, h, &w->arena, &seen, &n))
		r->import = seen;
	for (uint32_t i = 0; i < r->nimports; i++)
		if (!strcmp(r->import[i].path, "C"))
			r->flags |= FILE_CGO;
}

/* The bytes are gone with the next file. */
static void take_directives(struct scan_worker *w, const struct header *h, struct head_facts *r)
{
	if (!h->ndirectives)
		return;
	r->ndirectives = h->ndirectives;
	r->directive = arena_array(&w->arena, struct header_directive, h->ndirectives);
	for (uint32_t i = 0; i < h->ndirectives; i++) {
		struct header_directive *d = &r->directive[i];

		*d = h->directive[i];
		d->text.s = arena_strndup(&w->arena, d->text.s, d->text.len);
	}
}

static void read_head(const struct source *s, struct scan_worker *w, const struct header *h,
		      struct head_facts *r)
{
	if (h->generated)
		r->flags |= FILE_GENERATED;
	if (h->status == HEADER_NUL) {
		r->flags |= FILE_UNREADABLE;
		r->problem = h->problem;
		return;
	}
	if (h->domain) {
		r->domain = arena_strndup(&w->arena, h->domain, h->domain_len);
		r->domain_line = h->domain_line;
		r->domain_col = h->domain_col;
		r->domain_end = h->domain_end;
	}
	take_directives(w, h, r);
	if (h->go_build || h->many_go_build)
		go_build(s, w, h, r);
	else
		plus_build(s, w, h, r);
	if (h->package) {
		r->package = arena_strndup(&w->arena, h->package, h->package_len);
		r->package_len = h->package_len;
		r->package_line = h->package_line;
		r->package_col = h->package_col;
	} else {
		r->flags |= FILE_NO_AST;
	}
	if (h->status == HEADER_SYNTAX) {
		r->flags |= FILE_DEGRADED;
		if (!r->problem) {
			r->problem = h->problem;
			r->problem_line = h->problem_line;
			r->problem_col = h->problem_col;
		}
		return;
	}
	take_imports(w, h, r);
}

/* Reads until the head is whole; false with a problem when that cannot be. */
static bool find_head(struct scan *sc, struct scan_worker *w, uint32_t file, const char *path,
		      struct header *h, struct head_facts *r)
{
	size_t limit = limit_of(LIMIT_HEADER_BYTES);

	for (size_t max = FIRST_BLOCK;; max = max * 8 < limit ? max * 8 : limit) {
		struct err err = ERR_INIT;

		if (tree_read(sc->in->at.tree, path, sc->in->ref[file], max, &w->buf, &err) < 0) {
			r->flags |= FILE_UNREADABLE;
			r->problem = arena_strdup(&w->arena, err.msg);
			return false;
		}
		header_scan(w->buf.bytes, w->buf.len, w->buf.whole, &w->arena, h);
		r->bytes = w->buf.len;
		if (h->status != HEADER_MORE)
			return true;
		if (max >= limit) {
			r->flags |= FILE_DEGRADED | FILE_NO_AST;
			r->problem = "the imports end beyond the limit header-bytes";
			return false;
		}
	}
}

static uint32_t newlines(const char *p, size_t len)
{
	uint32_t n = 0;

	for (const char *end = p + len; p < end && (p = memchr(p, '\n', (size_t)(end - p))); p++)
		n++;
	return n;
}

static bool count_lines(struct scan *sc, struct scan_worker *w, uint32_t file, const char *path,
			struct head_facts *r)
{
	struct err ignored = ERR_INIT;

	if (!w->buf.whole &&
	    tree_read(sc->in->at.tree, path, sc->in->ref[file], COUNT_BLOCK, &w->buf, &ignored) < 0)
		return false;
	r->bytes = w->buf.len;
	r->lines = newlines(w->buf.bytes, w->buf.len);
	if (w->buf.len && w->buf.bytes[w->buf.len - 1] != '\n')
		r->lines++;
	return true;
}

static uint32_t first_directive(const struct source *s, uint32_t file)
{
	uint32_t lo = 0, hi = s->ndirectives;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (s->directive[mid].file.v < file)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static void repeat_directives(const struct source *s, uint32_t file, struct scan_worker *w,
			      struct head_facts *r)
{
	uint32_t first = first_directive(s, file), n = first;

	while (n < s->ndirectives && s->directive[n].file.v == file)
		n++;
	r->ndirectives = n - first;
	r->directive = arena_array(&w->arena, struct header_directive, r->ndirectives);
	for (uint32_t i = 0; i < r->ndirectives; i++) {
		const struct go_directive *d = &s->directive[first + i];

		r->directive[i] = (struct header_directive){
			.text.s = sym_text(s->syms, d->text), .line = d->line, .col = d->col,
			.end_col = d->end_col, .target = d->target,
		};
		r->directive[i].text.len = (uint32_t)strlen(r->directive[i].text.s);
	}
}

/* A file of the other tree that has the same name and contents: the same facts. */
static void repeat(const struct source *s, uint32_t file, struct scan_worker *w,
		   struct head_facts *r)
{
	const struct go_file *f = &s->file[file];
	struct header_import *import = arena_array(&w->arena, struct header_import, f->nimports);

	*r = (struct head_facts){
		.flags = f->flags, .configs = f->configs, .lines = f->lines, .min_go = f->min_go,
		.package = f->package.v ? sym_text(s->syms, f->package) : NULL,
		.package_line = f->package_line, .package_col = f->package_col,
		.problem = f->problem.v ? sym_text(s->syms, f->problem) : NULL,
		.problem_line = f->problem_line, .problem_col = f->problem_col,
		.domain = f->domain.v ? sym_text(s->syms, f->domain) : NULL,
		.domain_line = f->domain_line, .domain_col = f->domain_col,
		.domain_end = f->domain_end, .import = import, .nimports = f->nimports,
	};
	r->package_len = r->package ? (uint32_t)strlen(r->package) : 0;
	for (uint32_t i = 0; i < f->nimports; i++) {
		const struct go_import *from = &s->import[f->import_first + i];

		import[i] = (struct header_import){
			.path = sym_text(s->syms, from->path),
			.name = sym_text(s->syms, from->name),
			.line = from->line, .col = from->col, .end_col = from->end_col,
		};
	}
	repeat_directives(s, file, w, r);
}

static void scan_one(void *ctx, unsigned worker, uint32_t file)
{
	struct scan *sc = ctx;
	struct scan_worker *w = &sc->worker[worker];
	const struct source *s = sc->in->s;
	struct head_facts *r = &sc->result[file];
	const char *name = sym_text(s->syms, sc->in->file[file].name);
	size_t n = strlen(name);
	struct header h;

	if (r->known)
		return;
	r->flags = sc->in->file[file].flags;
	r->configs = name_configs(s, name);
	if (n > 8 && !strcmp(name + n - 8, "_test.go"))
		r->flags |= FILE_TEST;
	if (*name == '_' || *name == '.') {
		r->flags |= FILE_HIDDEN;
		return;
	}
	if (r->flags & FILE_BROKEN) {
		r->flags |= FILE_UNREADABLE;
		r->problem = "a link that leads nowhere";
		return;
	}
	uint32_t like = sc->reuse ? reuse_find(sc->reuse, sc->in->at.tree, sc->in->ref[file],
		name) :
				    ID_NONE;

	if (like != ID_NONE) {
		repeat(sc->in->o->like, like, w, r);
		return;
	}
	const char *path = path_join(&w->scratch, sc->dir_of[file], name);

	if (find_head(sc, w, file, path, &h, r)) {
		read_head(s, w, &h, r);
		if (!sc->in->o->count_lines || count_lines(sc, w, file, path, r))
			headcache_prove(sc->cache, file, path, &w->buf);
	}
	arena_reset(&w->scratch);
}

static uint32_t import_flags(const struct header_import *i)
{
	return (strcmp(i->path, "C") ? 0 : IMPORT_C) | (strcmp(i->name, "_") ? 0 : IMPORT_BLANK) |
	       (strcmp(i->name, ".") ? 0 : IMPORT_DOT);
}

static void take_directives_over(struct intake *in, uint32_t file, const struct head_facts *r)
{
	VEC_RESERVE(in->directive, in->directive_cap, in->ndirectives + r->ndirectives);
	for (uint32_t i = 0; i < r->ndirectives; i++) {
		const struct header_directive *d = &r->directive[i];

		in->directive[in->ndirectives++] = (struct go_directive){
			.file = { file }, .text = sym_from(in->s->syms, d->text.s),
			.line = d->line, .col = d->col, .end_col = d->end_col, .target = d->target,
		};
	}
}

/* One result becomes facts: texts are interned, imports appended. */
static void take_over(struct intake *in, uint32_t file, const struct head_facts *r)
{
	struct symtab *syms = in->s->syms;
	struct source_stats *stats = &in->s->stats;
	struct go_file *f = &in->file[file];

	f->flags = r->flags;
	f->configs = r->configs;
	f->package = r->package ? sym_intern(syms, r->package, r->package_len) : (sym_id){ 0 };
	f->package_line = r->package_line;
	f->package_col = r->package_col;
	f->problem = r->problem ? sym_from(syms, r->problem) : (sym_id){ 0 };
	f->problem_line = r->problem_line;
	f->problem_col = r->problem_col;
	f->lines = r->lines;
	f->min_go = r->min_go;
	f->domain = r->domain ? sym_from(syms, r->domain) : (sym_id){ 0 };
	f->domain_line = r->domain_line;
	f->domain_col = r->domain_col;
	f->domain_end = r->domain_end;
	f->import_first = in->nimports;
	f->nimports = r->nimports;
	VEC_RESERVE(in->import, in->import_cap, in->nimports + r->nimports);
	for (uint32_t i = 0; i < r->nimports; i++)
		in->import[in->nimports++] = (struct go_import){
			.path = sym_from(syms, r->import[i].path),
			.name = sym_from(syms, r->import[i].name),
			.line = r->import[i].line, .col = r->import[i].col,
			.end_col = r->import[i].end_col, .flags = import_flags(&r->import[i]),
		};
	take_directives_over(in, file, r);
	stats->bytes_read += r->bytes;
	stats->lines += r->lines;
	if (r->problem)
		in->dir[f->dir.v].flags |= DIR_BROKEN;
	if (f->flags & FILE_HIDDEN)
		return;
	stats->tests += !!(f->flags & FILE_TEST);
	stats->generated += !!(f->flags & FILE_GENERATED);
	stats->unreadable += !!(f->flags & FILE_UNREADABLE);
	stats->degraded += !!(f->flags & (FILE_DEGRADED | FILE_BAD_BUILD));
	stats->in_no_config += !f->configs;
}

/* The cache has compared sizes, or the reader names. */
static void note_proven(struct intake *in, const struct head_facts *fact)
{
	bool *proven = arena_array(in->s->arena, bool, in->nfiles);

	for (uint32_t f = 0; f < in->nfiles; f++)
		proven[f] = fact[f].known || fact[f].proven;
	in->s->proven = proven;
}

void scan_files(struct intake *in)
{
	unsigned workers = in->o->workers ? in->o->workers : pool_default_workers();
	struct scan sc = { .in = in };

	if (in->o->like && in->nfiles && tree_blob(in->at.tree, in->ref[0]))
		sc.reuse = reuse_new(in->o->like, workers);
	sc.result = xcalloc(in->nfiles, sizeof(*sc.result));
	sc.dir_of = xcalloc(in->nfiles, sizeof(*sc.dir_of));
	sc.worker = xcalloc(workers, sizeof(*sc.worker));
	for (unsigned i = 0; i < workers; i++)
		sc.worker[i].parser = import_parser_new();
	for (uint32_t d = 0; d < in->ndirs; d++)
		for (uint32_t i = 0; i < in->dir[d].nfiles; i++) {
			in->file[in->dir[d].file_first + i].dir = (dir_id){ d };
			sc.dir_of[in->dir[d].file_first + i] =
				sym_text(in->s->syms, in->dir[d].path);
		}
	if (!sc.reuse)
		sc.cache = headcache_open(in, sc.result, workers);
	pool_run(workers, in->nfiles, scan_one, &sc);
	for (uint32_t f = 0; f < in->nfiles; f++)
		take_over(in, f, &sc.result[f]);
	if (sc.cache)
		note_proven(in, sc.result);
	headcache_close(sc.cache);
	for (unsigned i = 0; i < workers; i++) {
		arena_release(&sc.worker[i].arena);
		arena_release(&sc.worker[i].scratch);
		tree_buf_release(&sc.worker[i].buf);
		import_parser_free(sc.worker[i].parser);
	}
	reuse_free(sc.reuse);
	free(sc.worker);
	free(sc.dir_of);
	free(sc.result);
}
