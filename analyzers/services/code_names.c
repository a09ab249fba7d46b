/* SPDX-License-Identifier: MIT */
/* code_names.c - imports by their qualifier, and walking in a tree: callee, arguments, function. */
#include "analyzers/services/code.h"
#include "graph/source/link_name.h"
#include "graph/source/resolve.h"

#include <string.h>

/* The letter of the word that is least often in Go: few places have to be compared. */
static size_t rarest(const char *word, size_t len)
{
	static const char often[] = "etrnaoisldcpumfg.hby(vxkSCTEwRPqAINDz";
	size_t best = 0, rank = 0;

	for (size_t i = 0; i < len; i++) {
		const char *at = memchr(often, word[i], sizeof(often) - 1);
		size_t now = at ? (size_t)(at - often) : sizeof(often);

		if (now > rank) {
			rank = now;
			best = i;
		}
	}
	return best;
}

const char *code_find(const char *bytes, const char *end, const char *word, size_t len)
{
	size_t k = rarest(word, len);

	if ((size_t)(end - bytes) < len)
		return NULL;
	for (const char *p = bytes + k, *last = end - len + k + 1; p < last; p++) {
		p = memchr(p, word[k], (size_t)(last - p));
		if (!p)
			return NULL;
		if (p[-(ptrdiff_t)k] == *word && !memcmp(p - k, word, len))
			return p - k;
	}
	return NULL;
}

const char *code_import_path(const struct code *c, uint32_t import)
{
	return import == ID_NONE ? "" :
		sym_text(c->a->source->syms, c->a->source->import[import].path);
}

dir_id code_import_dir(const struct code *c, uint32_t file, uint32_t import)
{
	const struct source *s = c->a->source;

	if (import == ID_NONE)
		return (dir_id){ ID_NONE };
	struct resolved r = resolve_import(s, s->file[file].dir, s->import[import].path);

	return r.kind == IMPORT_INTERNAL ? r.dir : (dir_id){ ID_NONE };
}

/* The name in the package clause of the import's folder; "" = not in the tree. */
static const char *own_name(const struct code *c, uint32_t file, uint32_t import)
{
	const struct source *s = c->a->source;
	dir_id d = code_import_dir(c, file, import);

	if (d.v == ID_NONE)
		return "";
	for (uint32_t i = 0; i < s->dir[d.v].nfiles; i++) {
		const struct go_file *f = &s->file[s->dir[d.v].file_first + i];

		if (f->package.v && !(f->flags & (FILE_TEST | FILE_HIDDEN)))
			return sym_text(s->syms, f->package);
	}
	return "";
}

static uint32_t find_import(const struct code *c, uint32_t file, const char *name, size_t len)
{
	const struct source *s = c->a->source;
	const struct go_file *f = &s->file[file];
	enum name_fit best = FIT_NONE;
	uint32_t found = ID_NONE;

	for (uint32_t i = f->import_first; i < f->import_first + f->nimports; i++) {
		const char *alias = sym_text(s->syms, s->import[i].name);
		const char *path = sym_text(s->syms, s->import[i].path), *own;

		if (*alias) {
			if (strlen(alias) == len && !strncmp(alias, name, len))
				return i;
			continue;
		}
		enum name_fit fit = import_name_fit(path, strlen(path), name, len);

		own = fit == FIT_SEGMENT && !strchr(path, '.') ? "" : own_name(c, file, i);
		if (*own)
			fit = strlen(own) == len && !strncmp(own, name, len) ? FIT_SEGMENT :
				FIT_NONE;
		if (fit > best) {
			best = fit;
			found = i;
		}
	}
	return found;
}

uint32_t code_import(const struct code *c, uint32_t file, const char *name, size_t len)
{
	/* The hash stands for the name: 64 bits, and few names in a file. */
	struct code_memo_key key = { MEMO_WANT, file, (uint32_t)len,
				     (const void *)(uintptr_t)hash_bytes(HASH_INIT, name, len) };
	const void *known;
	uint32_t import;

	if (code_memo_get(c->imports, key, &known))
		return (uint32_t)(uintptr_t)known;
	import = find_import(c, file, name, len);
	code_memo_put(c->imports, key, (const void *)(uintptr_t)import);
	return import;
}

bool code_is(const struct code *c, uint32_t file, uint32_t node, const char *text)
{
	size_t len;
	const char *s = code_text(c, file, node, &len);

	return strlen(text) == len && !strncmp(s, text, len);
}

uint32_t code_child(const struct code *c, uint32_t file, uint32_t node, enum syn_field field)
{
	return syntax_child(&c->file[file].syn, node, field);
}

uint32_t code_literal_type(const struct code *c, uint32_t file, uint32_t literal)
{
	const struct syntax *s = &c->file[file].syn;
	bool element = s->syn[literal].kind == SYN_LITERAL_VALUE;
	uint32_t p = literal, type;

	if (element) {
		p = s->syn[s->syn[literal].parent].parent;
		p = s->syn[p].kind == SYN_LITERAL_VALUE ? s->syn[p].parent : 0;
	}
	if (!p || s->syn[p].kind != SYN_COMPOSITE_LITERAL ||
	    !(type = syntax_child(s, p, FIELD_TYPE)))
		return 0;
	if (element) {
		if (s->syn[type].kind != SYN_SLICE_TYPE ||
		    !(type = syntax_child(s, type, FIELD_ELEMENT)))
			return 0;
		if (s->syn[type].kind == SYN_POINTER_TYPE)
			type = code_nth(c, file, type, 1);
	}
	return type && s->syn[type].kind == SYN_QUALIFIED_TYPE ? type : 0;
}

uint32_t code_nth(const struct code *c, uint32_t file, uint32_t node, uint32_t n)
{
	const struct syntax *s = &c->file[file].syn;

	syntax_foreach_child(s, node, k)
		if (s->syn[k].kind != SYN_COMMENT && s->syn[k].kind != SYN_ELLIPSIS && !n--)
			return k;
	return 0;
}

uint32_t code_count(const struct code *c, uint32_t file, uint32_t node)
{
	uint32_t n = 0;

	while (code_nth(c, file, node, n))
		n++;
	return n;
}

uint32_t code_callee(const struct code *c, uint32_t file, uint32_t call, uint32_t *ret_operand)
{
	const struct syntax *s = &c->file[file].syn;
	uint32_t f = syntax_child(s, call, FIELD_FUNCTION);

	*ret_operand = 0;
	while (f && (s->syn[f].kind == SYN_PAREN_EXPRESSION ||
		     s->syn[f].kind == SYN_TYPE_INSTANTIATION))
		f = f + 1 < s->syn[f].next ? f + 1 : 0;
	if (f && s->syn[f].kind == SYN_IDENTIFIER)
		return f;
	if (!f || s->syn[f].kind != SYN_SELECTOR_EXPRESSION)
		return 0;
	*ret_operand = syntax_child(s, f, FIELD_OPERAND);
	return syntax_child(s, f, FIELD_FIELD);
}

uint32_t code_arg(const struct code *c, uint32_t file, uint32_t call, uint32_t n)
{
	uint32_t args = code_child(c, file, call, FIELD_ARGUMENTS);

	return args ? code_nth(c, file, args, n) : 0;
}

uint32_t code_nargs(const struct code *c, uint32_t file, uint32_t call)
{
	uint32_t args = code_child(c, file, call, FIELD_ARGUMENTS);

	return args ? code_count(c, file, args) : 0;
}

uint32_t code_function(const struct code *c, uint32_t file, uint32_t node)
{
	const struct syn *syn = c->file[file].syn.syn;

	for (uint32_t p = syn[node].parent; p; p = syn[p].parent)
		if (syn[p].kind == SYN_FUNC_LITERAL || syn[p].kind == SYN_FUNC_DECL ||
		    syn[p].kind == SYN_METHOD_DECL)
			return p;
	return 0;
}

uint32_t code_outer_function(const struct code *c, uint32_t file, uint32_t node)
{
	const struct syn *syn = c->file[file].syn.syn;

	for (uint32_t p = syn[node].parent; p; p = syn[p].parent)
		if (syn[p].kind == SYN_FUNC_DECL || syn[p].kind == SYN_METHOD_DECL)
			return p;
	return 0;
}
