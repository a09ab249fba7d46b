/* SPDX-License-Identifier: MIT */
/*
 * code.h - the Go files of programs, as bytes and, where a table's words stand in
 * them, as syntax trees; and which calls, literals, declarations and fields of a name
 * they have.  Files that something leads to are parsed when it is asked for.
 */
#ifndef MESHCTL_SERVICES_CODE_H
#define MESHCTL_SERVICES_CODE_H

#include "analyzers/analyzer.h"
#include "base/pool.h"
#include "graph/source/factcache.h"
#include "graph/source/syntax.h"

struct code_file {
	const char *bytes;              /* NULL: not read */
	uint32_t len;
	bool parsed, wanted, kept;      /* kept: the cache had its tree */
	struct blob_id id;              /* where there is a cache */
	struct syntax syn;
	const uint64_t *words;          /* of eval_use.c, where it was asked for */
};

enum code_list {
	CODE_CALLS,                     /* call expressions, by the last name of the callee */
	CODE_LITERALS,                  /* pkg.T{...}, by T */
	/* of fields: the value in T{f: value}, the `x.f` of `x.f = value`, the &x.f of f(&x.f) */
	CODE_WRITES,
	CODE_DECLS,                     /* of the package level: the declaration or spec */
	CODE_FIELDS,                    /* field declarations of structs */
	CODE_LISTS
};

/* Stays where it is, whatever is parsed later. */
struct code_site { uint32_t file, node; const struct code_site *next; };        /* same list */

struct code {
	const struct analysis *a;
	struct code_file *file;         /* [source.nfiles] */
	struct arena own;
	struct arena worker[POOL_MAX_WORKERS];
	struct factcache *cache;        /* of trees; NULL = without */
	struct syntax_parser *parser;   /* of what is asked for later */
	struct symtab names;
	uint32_t *package;              /* [source.ndirs] node of the graph; ID_NONE */
	struct code_head { const struct code_site *first; } *head[CODE_LISTS]; /* by name */
	size_t head_cap;
	uint32_t parsed, degraded;
	uint64_t bytes;
	struct code_memo { struct code_memo_item *slot; uint32_t count, cap; } seen, memo;
	struct code_memo *imports;      /* of qualifiers, by file and hash */
};

/* What was found out before; the key is all of (kind, a, b, p). */
enum code_memo_kind {
	MEMO_WANT, MEMO_TEXT, MEMO_ROUTERS, MEMO_CALLERS, MEMO_ENTER, MEMO_DEAD,
	MEMO_PARAM, MEMO_PACKAGE
};
struct code_memo_key { enum code_memo_kind kind; uint32_t a, b; const void *p; };
struct code_memo_item { struct code_memo_key key; const void *value; bool used; };
/* False = not known. */
bool code_memo_get(const struct code_memo *m, struct code_memo_key key, const void **ret);
void code_memo_put(struct code_memo *m, struct code_memo_key key, const void *value);
/* Of another program nothing is known yet; what was parsed stays. */
void code_memo_reset(struct code_memo *m);

/* Reads the files of the folders, parses those that the marks name. */
void code_open(struct code *c, const struct analysis *a, const bool *dirs);
void code_close(struct code *c);

/* The tree of a file that was read: of the cache, or parsed. */
void code_parse(struct code *c, uint32_t file, unsigned worker, struct syntax_parser **parser,
		struct arena *arena);
void code_cache_open(struct code *c);
/* Keeps what was parsed. */
void code_cache_close(struct code *c);

/* The first site of a name in a list; NULL = none. */
const struct code_site *code_first(const struct code *c, enum code_list list, const char *name,
				   size_t len);
/* The first place of the word, which is not empty, as it is or in a longer one; NULL = none. */
const char *code_find(const char *bytes, const char *end, const char *word, size_t len);
/* Parses what of this folder and those of `dirs` that import it has the word, if not yet. */
void code_want(struct code *c, const bool *dirs, dir_id dir, const char *word, size_t len);
/* The same in the folder alone. */
void code_want_in(struct code *c, dir_id dir, const char *word, size_t len);
/* A declaration of the package level in this folder; false = none. */
bool code_decl(struct code *c, dir_id dir, const char *name, size_t len, struct code_site *ret);

/* The import that a qualifier means in a file: into source.import, or ID_NONE. */
uint32_t code_import(const struct code *c, uint32_t file, const char *name, size_t len);
const char *code_import_path(const struct code *c, uint32_t import);
/* Its folder in the tree, or ID_NONE. */
dir_id code_import_dir(const struct code *c, uint32_t file, uint32_t import);
/* Does the file import this path or what is below it, of any major version? */
bool code_imports(const struct code *c, uint32_t file, const char *path);
/* Is `path` this one, below it, or a later major version of it? */
bool code_path_fits(const char *path, const char *prefix);

static inline const struct syn *code_node(const struct code *c, uint32_t file, uint32_t node)
{
	return &c->file[file].syn.syn[node];
}

static inline const char *code_text(const struct code *c, uint32_t file, uint32_t node,
				    size_t *ret_len)
{
	const struct syn *n = code_node(c, file, node);

	*ret_len = n->end - n->start;
	return c->file[file].bytes + n->start;
}

bool code_is(const struct code *c, uint32_t file, uint32_t node, const char *text);
uint32_t code_child(const struct code *c, uint32_t file, uint32_t node, enum syn_field field);
/* The pkg.T of pkg.T{...}, and of each {...} in []pkg.T{...} and []*pkg.T{...}; 0 = none. */
uint32_t code_literal_type(const struct code *c, uint32_t file, uint32_t literal);
/* The nth child that is no comment and no operator; 0 = none. */
uint32_t code_nth(const struct code *c, uint32_t file, uint32_t node, uint32_t n);
uint32_t code_count(const struct code *c, uint32_t file, uint32_t node);
/* Of a call: the node of its last name, and what stands before the dot (0 = nothing). */
uint32_t code_callee(const struct code *c, uint32_t file, uint32_t call, uint32_t *ret_operand);
uint32_t code_arg(const struct code *c, uint32_t file, uint32_t call, uint32_t n);
uint32_t code_nargs(const struct code *c, uint32_t file, uint32_t call);
/* The function, method or function literal that a node stands in; 0 = none. */
uint32_t code_function(const struct code *c, uint32_t file, uint32_t node);
/* The function or method of the package level around it; 0 = none. */
uint32_t code_outer_function(const struct code *c, uint32_t file, uint32_t node);

#endif
