/* SPDX-License-Identifier: MIT */
/* eval_values.c - names back to what is assigned: locals, package variables, fields. */
#include "analyzers/services/eval_part.h"
#include "base/limits.h"

#include <string.h>

/* A constant or variable of the package level. */
static void find_package_values(struct eval *e, dir_id dir, const char *name, size_t len,
				struct values *ret)
{
	struct code_site site;
	uint32_t i = 0;

	if (!code_decl(e->c, dir, name, len, &site))
		return;
	const struct syntax *s = &e->c->file[site.file].syn;

	if (s->syn[site.node].kind != SYN_VAR_SPEC && s->syn[site.node].kind != SYN_CONST_SPEC)
		return;
	syntax_foreach_child(s, site.node, k) {
		if (s->syn[k].field != FIELD_NAME)
			continue;
		if (eval_same(e, site.file, k, name, len)) {
			uint32_t value = eval_right(e, site.file, site.node, i);

			if (value)
				values_add(ret, (struct expr){ site.file, value, NULL }, true);
		}
		i++;
	}
	if (s->syn[site.node].kind == SYN_CONST_SPEC)
		return;
	/* Variables are also assigned, in any function of the package. */
	const struct go_dir *d = &e->c->a->source->dir[dir.v];

	for (uint32_t f = d->file_first; f < d->file_first + d->nfiles; f++) {
		const struct syntax *t = &e->c->file[f].syn;

		for (uint32_t k = 1; e->c->file[f].parsed && k < t->nsyn; k++) {
			uint32_t left, n = 0;

			e->steps += !(k & 63);
			if (t->syn[k].kind == SYN_UNARY_EXPRESSION &&
			    t->syn[t->syn[k].parent].kind == SYN_ARGUMENTS &&
			    t->syn[k + 1].kind == SYN_AND && t->syn[k + 2].kind == SYN_IDENTIFIER &&
			    eval_same(e, f, k + 2, name, len))
				eval_through_address(e, (struct expr){ f, k, NULL }, ret);
			if (t->syn[k].kind != SYN_ASSIGNMENT || !eval_is_plain(e, f, k))
				continue;
			left = syntax_child(t, k, FIELD_LEFT);
			for (uint32_t c; left && (c = code_nth(e->c, f, left, n)); n++)
				if (t->syn[c].kind == SYN_IDENTIFIER &&
				    eval_same(e, f, c, name, len))
					values_add(ret, (struct expr){ f,
						   eval_right(e, f, k, n), NULL },
					    eval_is_fallback(e, f, k, name, len));
		}
	}
}

/* The same, found once. */
static void package_values(struct eval *e, dir_id dir, const char *name, size_t len,
			   struct values *ret)
{
	uint32_t id = sym_intern(&e->c->names, name, len).v;
	struct code_memo_key key = { MEMO_PACKAGE, dir.v, id, NULL };
	struct values *found;
	const void *known;

	if (code_memo_get(&e->c->memo, key, &known)) {
		found = (struct values *)known;
	} else {
		found = arena_new(&e->c->own, struct values);
		find_package_values(e, dir, name, len, found);
		code_memo_put(&e->c->memo, key, found);
	}
	for (uint32_t i = 0; i < found->count && ret->count < EVAL_VALUES; i++)
		ret->item[ret->count++] = found->item[i];
}

static void ident_values(struct eval *e, struct expr x, struct values *ret)
{
	size_t len;
	const char *name = code_text(e->c, x.file, x.node, &len);

	for (uint32_t f = code_function(e->c, x.file, x.node); f;
	     f = code_function(e->c, x.file, f)) {
		uint32_t index, param;
		bool declared = eval_local_values(e, x, f, name, len, ret);

		if (eval_param_index(e, x.file, f, name, len, &index, &param)) {
			struct values given;

			eval_param(e, (struct expr){ x.file, f, x.frame }, index, &given);
			for (uint32_t i = 0; i < given.count; i++)
				values_add(ret, given.item[i].at, false);
			if (!given.count)
				values_add(ret, eval_unknown(x), false);
			return;
		}
		if (declared)
			return;
	}
	package_values(e, e->c->a->source->file[x.file].dir, name, len, ret);
}

/* Fields of a struct of another module are not those that are asked for. */
static bool is_own_literal(const struct eval *e, uint32_t file, uint32_t value)
{
	const struct syntax *s = &e->c->file[file].syn;
	uint32_t p = value, import;
	size_t len;
	const char *q;

	while (p && s->syn[p].kind != SYN_COMPOSITE_LITERAL)
		p = s->syn[p].parent;
	p = p ? syntax_child(s, p, FIELD_TYPE) : 0;
	if (!p || s->syn[p].kind != SYN_QUALIFIED_TYPE)
		return true;
	q = code_text(e->c, file, syntax_child(s, p, FIELD_PACKAGE), &len);
	import = code_import(e->c, file, q, len);
	return import == ID_NONE || code_import_dir(e->c, file, import).v != ID_NONE;
}

static void add_write(struct eval *e, const struct code_site *w, struct values *ret)
{
	const struct syntax *s = &e->c->file[w->file].syn;
	struct expr x = { w->file, w->node, NULL };
	uint32_t p = s->syn[w->node].parent, i = 0;

	if (s->syn[p].kind == SYN_LITERAL_ELEMENT) {
		if (is_own_literal(e, w->file, w->node))
			values_add(ret, x, false);
	} else if (s->syn[p].kind == SYN_ARGUMENTS) {
		eval_through_address(e, x, ret);
	} else {
		while (code_nth(e->c, w->file, p, i) && code_nth(e->c, w->file, p, i) != w->node)
			i++;
		x.node = eval_is_plain(e, w->file, s->syn[p].parent) ?
			eval_right(e, w->file, s->syn[p].parent, i) : 0;
		values_add(ret, x, false);
	}
}

/* What the program puts into fields of this name; in the own package first. */
static void field_values(struct eval *e, struct expr x, const char *name, size_t len,
			 struct values *ret)
{
	dir_id own = e->c->a->source->file[x.file].dir;

	code_want_in(e->c, own, name, len);
	for (unsigned round = 0; round < 2 && !ret->count; round++)
		for (const struct code_site *w = code_first(e->c, CODE_WRITES, name, len); w;
		     w = w->next) {
			bool here = e->c->a->source->file[w->file].dir.v == own.v;

			e->steps++;
			if (round ? !here && eval_within(e, w->file) : here)
				add_write(e, w, ret);
		}
}

/* options.BaseURL where options is a literal in this very call: its key, or nothing. */
static bool literal_field(struct eval *e, struct expr operand, const char *name, size_t len,
			  struct values *ret)
{
	struct values v;

	if (eval_kind(e, operand) != SYN_IDENTIFIER || e->depth > DEPTH_MAX)
		return false;
	e->depth++;
	eval_values(e, operand, &v);
	e->depth--;
	bool any = false;

	for (uint32_t i = 0; i < v.count; i++) {
		struct expr x = v.item[i].kind == VALUE_EXPR ? eval_bare(e, v.item[i].at) :
				v.item[i].at;
		uint32_t body, found = 0;

		if (!x.node || eval_kind(e, x) != SYN_COMPOSITE_LITERAL ||
		    !(body = code_child(e->c, x.file, x.node, FIELD_BODY)))
			continue;
		const struct syntax *s = &e->c->file[x.file].syn;

		syntax_foreach_child(s, body, k) {
			uint32_t key = syntax_child(s, k, FIELD_KEY);

			if (s->syn[k].kind == SYN_KEYED_ELEMENT && key &&
			    eval_same(e, x.file, key + 1, name, len))
				found = syntax_child(s, k, FIELD_VALUE) + 1;
		}
		any = true;
		if (found)
			values_add(ret, (struct expr){ x.file, found, x.frame }, false);
		else if (ret->count < EVAL_VALUES)
			ret->item[ret->count++] = (struct value){
				VALUE_EMPTY, eval_unknown(x), true,
			};
	}
	return any;
}

static void selector_values(struct eval *e, struct expr x, struct values *ret)
{
	uint32_t operand = code_child(e->c, x.file, x.node, FIELD_OPERAND);
	uint32_t field = code_child(e->c, x.file, x.node, FIELD_FIELD);
	size_t len, qlen;
	const char *name, *q;

	if (!operand || !field)
		return;
	name = code_text(e->c, x.file, field, &len);
	if (code_node(e->c, x.file, operand)->kind == SYN_IDENTIFIER) {
		q = code_text(e->c, x.file, operand, &qlen);
		uint32_t import = code_import(e->c, x.file, q, qlen);
		dir_id dir = code_import_dir(e->c, x.file, import);

		if (dir.v != ID_NONE) {
			package_values(e, dir, name, len, ret);
			return;
		}
		if (import != ID_NONE)
			return;
		if (literal_field(e, (struct expr){ x.file, operand, x.frame }, name, len, ret) &&
		    ret->count)
			return;
	}
	field_values(e, x, name, len, ret);
}

void eval_values(struct eval *e, struct expr x, struct values *ret)
{
	ret->count = 0;
	if (!x.node || e->steps > limit_of(LIMIT_SERVICE_STEPS) || e->depth > DEPTH_MAX)
		return;
	e->steps++;
	e->depth++;
	if (eval_kind(e, x) == SYN_IDENTIFIER)
		ident_values(e, x, ret);
	else if (eval_kind(e, x) == SYN_SELECTOR_EXPRESSION)
		selector_values(e, x, ret);
	else
		values_add(ret, x, false);
	e->depth--;
}

