/* SPDX-License-Identifier: MIT */
/* code.c - reads, chooses and parses files, and indexes what of them has a name. */
#include "analyzers/services/code.h"
#include "graph/source/tree.h"

#include <stdlib.h>
#include <string.h>

/* A file is parsed where it imports the path and has the word; "" = whatever it imports. */
static const struct { const char *path, *word; } marks[] = {
#define MARK(path, word) { path, word },
#include "analyzers/services/marks.def"
#undef MARK
};

#define FILE_MAX (UINT64_C(4) << 20)    /* larger ones are data */

struct load {
	struct code *c;
	const uint32_t *list;
	struct syntax_parser *parser[POOL_MAX_WORKERS];
	struct tree_buf buf[POOL_MAX_WORKERS];
};

static bool has(const char *bytes, size_t len, const char *word, size_t wlen)
{
	return !wlen || code_find(bytes, bytes + len, word, wlen);
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

/* pb.NewXClient( and pb.RegisterXServer( */
static bool has_grpc_names(const char *bytes, size_t len)
{
	const char *end = bytes + len;

	for (const char *p = bytes; (p = memchr(p, '.', (size_t)(end - p))); p++) {
		const char *q = p + 1;

		if (end - q < 10 || (*q != 'N' && *q != 'R'))
			continue;
		while (q < end && is_name(*q))
			q++;
		if (q < end && *q == '(' &&
		    ((!strncmp(p, ".New", 4) && !strncmp(q - 6, "Client", 6)) ||
		     (!strncmp(p, ".Register", 9) && !strncmp(q - 6, "Server", 6))))
			return true;
	}
	return false;
}

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && !strcmp(s + n - m, end);
}

bool code_path_fits(const char *path, const char *prefix)
{
	size_t n = strlen(prefix);

	if (strncmp(path, prefix, n) != 0)
		return false;
	return !path[n] || path[n] == '/' || (path[n] == '.' && path[n + 1] == 'v');
}

bool code_imports(const struct code *c, uint32_t file, const char *path)
{
	const struct source *s = c->a->source;
	const struct go_file *f = &s->file[file];

	for (uint32_t i = 0; i < f->nimports; i++)
		if (code_path_fits(sym_text(s->syms, s->import[f->import_first + i].path), path))
			return true;
	return false;
}

/* Generated files of protoc say what a service is called, and nothing else that is asked. */
static bool is_generated_pb(const char *name)
{
	return ends_with(name, ".pb.go") && !ends_with(name, "_http.pb.go");
}

static bool is_marked(const struct code *c, uint32_t file)
{
	const struct source *s = c->a->source;
	const struct code_file *f = &c->file[file];
	const char *name = sym_text(s->syms, s->file[file].name);

	if (is_generated_pb(name))
		return false;
	if (!strcmp(sym_text(s->syms, s->file[file].package), "main"))
		return true;
	for (unsigned i = 0; i < ARRAY_SIZE(marks); i++)
		if ((!*marks[i].path || code_imports(c, file, marks[i].path)) &&
		    has(f->bytes, f->len, marks[i].word, strlen(marks[i].word)))
			return true;
	return has_grpc_names(f->bytes, f->len);
}

static void load_one(void *ctx, unsigned worker, uint32_t index)
{
	struct load *l = ctx;
	struct code *c = l->c;
	const struct source *s = c->a->source;
	uint32_t id = l->list[index];
	struct code_file *f = &c->file[id];
	struct arena *arena = &c->worker[worker];
	struct tree_buf *buf = &l->buf[worker];
	const struct go_file *g = &s->file[id];
	const char *path = path_join(arena, sym_text(s->syms, s->dir[g->dir.v].path),
				     sym_text(s->syms, g->name));
	struct err err = ERR_INIT;

	if (tree_read(s->tree, path, s->ref[id], FILE_MAX + 1, buf, &err) || buf->len > FILE_MAX)
		return;
	f->bytes = arena_strndup(arena, buf->bytes, buf->len);
	f->len = (uint32_t)buf->len;
	f->wanted = is_marked(c, id);
	if (!f->wanted)
		return;
	code_parse(c, id, worker, &l->parser[worker], arena);
}

static void add_site(struct code *c, enum code_list list, uint32_t file, uint32_t name,
		     uint32_t node)
{
	const struct syn *n = code_node(c, file, name);
	sym_id id = sym_intern(&c->names, c->file[file].bytes + n->start, n->end - n->start);

	struct code_site *s = arena_new(&c->own, struct code_site);

	if (id.v >= c->head_cap) {
		size_t had = c->head_cap;

		for (unsigned l = 0; l < CODE_LISTS; l++) {
			size_t cap = had;

			VEC_RESERVE(c->head[l], cap, (size_t)id.v + 1);
			memset(c->head[l] + had, 0, (cap - had) * sizeof(*c->head[l]));
			c->head_cap = cap;
		}
	}
	*s = (struct code_site){ file, node, c->head[list][id.v].first };
	c->head[list][id.v].first = s;
}

static bool is_top(const struct code *c, uint32_t file, uint32_t node)
{
	const struct syn *syn = c->file[file].syn.syn;
	uint32_t p = syn[node].parent;

	while (p && (syn[p].kind == SYN_VAR_SPEC_LIST || syn[p].kind == SYN_VAR_DECL ||
		     syn[p].kind == SYN_CONST_DECL || syn[p].kind == SYN_TYPE_DECL))
		p = syn[p].parent;
	return !p;
}

static void index_names(struct code *c, uint32_t file, uint32_t spec)
{
	const struct syntax *s = &c->file[file].syn;

	if (is_top(c, file, spec))
		syntax_foreach_child(s, spec, k)
			if (s->syn[k].field == FIELD_NAME)
				add_site(c, CODE_DECLS, file, k, spec);
}

static void index_assignment(struct code *c, uint32_t file, uint32_t node)
{
	const struct syntax *s = &c->file[file].syn;
	uint32_t left = syntax_child(s, node, FIELD_LEFT), name;

	if (!left)
		return;
	syntax_foreach_child(s, left, k)
		if (s->syn[k].kind == SYN_SELECTOR_EXPRESSION &&
		    (name = syntax_child(s, k, FIELD_FIELD)))
			add_site(c, CODE_WRITES, file, name, k);
}

static void index_keyed(struct code *c, uint32_t file, uint32_t node)
{
	const struct syntax *s = &c->file[file].syn;
	uint32_t key = syntax_child(s, node, FIELD_KEY), value = syntax_child(s, node, FIELD_VALUE);

	if (key && value && s->syn[key + 1].kind == SYN_IDENTIFIER && value + 1 < s->syn[node].next)
		add_site(c, CODE_WRITES, file, key + 1, value + 1);
}

static void index_node(struct code *c, uint32_t file, uint32_t i)
{
	const struct syntax *s = &c->file[file].syn;
	const struct syn *n = &s->syn[i];
	uint32_t name, operand;

	switch (n->kind) {
	case SYN_CALL_EXPRESSION:
		if ((name = code_callee(c, file, i, &operand)))
			add_site(c, CODE_CALLS, file, name, i);
		break;
	case SYN_COMPOSITE_LITERAL: case SYN_LITERAL_VALUE:
		name = code_literal_type(c, file, i);
		if (name)
			add_site(c, CODE_LITERALS, file, syntax_child(s, name, FIELD_NAME), i);
		break;
	case SYN_KEYED_ELEMENT:
		index_keyed(c, file, i);
		break;
	case SYN_ASSIGNMENT:
		index_assignment(c, file, i);
		break;
	case SYN_UNARY_EXPRESSION:
		operand = syntax_child(s, i, FIELD_OPERAND);
		if (s->syn[n->parent].kind == SYN_ARGUMENTS && operand &&
		    s->syn[operand].kind == SYN_SELECTOR_EXPRESSION &&
		    (name = syntax_child(s, operand, FIELD_FIELD)))
			add_site(c, CODE_WRITES, file, name, i);
		break;
	case SYN_FUNC_DECL: case SYN_METHOD_DECL:
		if ((name = syntax_child(s, i, FIELD_NAME)))
			add_site(c, CODE_DECLS, file, name, i);
		break;
	case SYN_CONST_SPEC: case SYN_VAR_SPEC: case SYN_TYPE_SPEC: case SYN_TYPE_ALIAS:
		index_names(c, file, i);
		break;
	case SYN_FIELD_DECL:
		syntax_foreach_child(s, i, k)
			if (s->syn[k].field == FIELD_NAME)
				add_site(c, CODE_FIELDS, file, k, i);
		break;
	}
}

static void index_file(struct code *c, uint32_t file)
{
	struct code_file *f = &c->file[file];

	f->parsed = true;
	c->parsed++;
	c->bytes += f->len;
	c->degraded += f->syn.status != SYNTAX_OK;
	for (uint32_t i = 1; i < f->syn.nsyn; i++)
		index_node(c, file, i);
}

static void parse_late(struct code *c, uint32_t file)
{
	code_parse(c, file, 0, &c->parser, &c->own);
	index_file(c, file);
}

void code_open(struct code *c, const struct analysis *a, const bool *dirs)
{
	const struct source *s = a->source;
	struct load load = { .c = c };
	uint32_t *list, n = 0;
	enum { SKIP = FILE_TEST | FILE_HIDDEN | FILE_UNREADABLE };

	*c = (struct code){ .a = a };
	symtab_init(&c->names, &c->own);
	c->imports = arena_new(&c->own, struct code_memo);
	c->file = arena_array(&c->own, struct code_file, (size_t)s->nfiles + 1);
	list = arena_array(&c->own, uint32_t, (size_t)s->nfiles + 1);
	for (uint32_t i = 0; i < s->nfiles; i++)
		if (dirs[s->file[i].dir.v] && !(s->file[i].flags & SKIP) && s->file[i].configs &&
		    !(s->dir[s->file[i].dir.v].flags & DIR_VENDOR))
			list[n++] = i;
	c->package = arena_array(&c->own, uint32_t, (size_t)s->ndirs + 1);
	memset(c->package, 0xff, s->ndirs * sizeof(*c->package));
	for (uint32_t p = 0; p < a->graph->npkgs; p++)
		if (a->graph->dir[p].v != ID_NONE && !(a->graph->flags[p] & NODE_XTEST))
			c->package[a->graph->dir[p].v] = p;
	load.list = list;
	code_cache_open(c);
	pool_run(pool_default_workers(), n, load_one, &load);
	for (unsigned i = 0; i < POOL_MAX_WORKERS; i++) {
		syntax_parser_free(load.parser[i]);
		tree_buf_release(&load.buf[i]);
	}
	/* From the last on: what was put in last is what a list begins with. */
	for (uint32_t i = n; i-- > 0;)
		if (c->file[list[i]].wanted)
			index_file(c, list[i]);
}

void code_close(struct code *c)
{
	code_cache_close(c);
	syntax_parser_free(c->parser);
	symtab_release(&c->names);
	for (unsigned i = 0; i < CODE_LISTS; i++)
		free(c->head[i]);
	code_memo_reset(&c->seen);
	code_memo_reset(&c->memo);
	code_memo_reset(c->imports);
	for (unsigned i = 0; i < POOL_MAX_WORKERS; i++)
		arena_release(&c->worker[i]);
	arena_release(&c->own);
}

const struct code_site *code_first(const struct code *c, enum code_list list, const char *name,
				   size_t len)
{
	sym_id id = sym_find(&c->names, name, len);

	return id.v && id.v < c->head_cap ? c->head[list][id.v].first : NULL;
}

void code_want_in(struct code *c, dir_id dir, const char *word, size_t len)
{
	const struct go_dir *d = &c->a->source->dir[dir.v];
	struct code_memo_key key = { MEMO_WANT, dir.v, sym_intern(&c->names, word, len).v, NULL };
	const void *known;

	if (code_memo_get(&c->seen, key, &known))
		return;
	code_memo_put(&c->seen, key, NULL);
	for (uint32_t i = d->file_first; i < d->file_first + d->nfiles; i++) {
		const struct code_file *f = &c->file[i];

		if (f->bytes && !f->parsed &&
		    !is_generated_pb(sym_text(c->a->source->syms, c->a->source->file[i].name)) &&
		    has(f->bytes, f->len, word, len))
			parse_late(c, i);
	}
}

void code_want(struct code *c, const bool *dirs, dir_id dir, const char *word, size_t len)
{
	const struct graph *g = c->a->graph;
	uint32_t p = c->package[dir.v];

	code_want_in(c, dir, word, len);
	for (uint32_t i = p == ID_NONE ? 0 : g->in_first[p];
	     p != ID_NONE && i < g->in_first[p + 1]; i++) {
		dir_id from = g->dir[g->in_from[i]];

		if (from.v != ID_NONE && dirs[from.v])
			code_want_in(c, from, word, len);
	}
}

bool code_decl(struct code *c, dir_id dir, const char *name, size_t len, struct code_site *ret)
{
	code_want_in(c, dir, name, len);
	for (const struct code_site *s = code_first(c, CODE_DECLS, name, len); s; s = s->next)
		if (c->a->source->file[s->file].dir.v == dir.v &&
		    code_node(c, s->file, s->node)->kind != SYN_METHOD_DECL) {
			*ret = *s;
			return true;
		}
	return false;
}
