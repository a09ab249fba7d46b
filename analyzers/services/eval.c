/* SPDX-License-Identifier: MIT */
/* eval.c - expressions as such: what they are without their wrapping, callees, results, types. */
#include "analyzers/services/eval_part.h"

#include <string.h>

void eval_begin(struct eval *e)
{
	e->depth = 0;
	e->steps = 0;
}

bool eval_within(const struct eval *e, uint32_t file)
{
	return e->reach[e->c->a->source->file[file].dir.v];
}

uint8_t eval_kind(const struct eval *e, struct expr x)
{
	return code_node(e->c, x.file, x.node)->kind;
}

void values_add(struct values *v, struct expr x, bool fallback)
{
	if (v->count < EVAL_VALUES)
		v->item[v->count++] = (struct value){
			x.node ? VALUE_EXPR : VALUE_UNKNOWN, x, fallback,
		};
}

struct expr eval_unknown(struct expr x)
{
	return (struct expr){ x.file, 0, NULL };
}

struct expr eval_bare(const struct eval *e, struct expr x)
{
	for (;;) {
		const struct syn *n = code_node(e->c, x.file, x.node);
		uint32_t in;

		if (n->kind == SYN_PAREN_EXPRESSION || n->kind == SYN_LITERAL_ELEMENT)
			in = code_nth(e->c, x.file, x.node, 0);
		else if (n->kind == SYN_UNARY_EXPRESSION &&
			 (code_node(e->c, x.file, x.node + 1)->kind == SYN_AND ||
			  code_node(e->c, x.file, x.node + 1)->kind == SYN_MUL))
			in = code_child(e->c, x.file, x.node, FIELD_OPERAND);
		else if (n->kind == SYN_TYPE_ASSERTION)
			in = code_child(e->c, x.file, x.node, FIELD_OPERAND);
		else
			return x;
		if (!in)
			return x;
		x.node = in;
	}
}

const char *eval_callee(const struct eval *e, uint32_t file, uint32_t call, const char **ret_name,
			size_t *ret_len)
{
	uint32_t operand, name = code_callee(e->c, file, call, &operand);
	const char *q;
	size_t len;

	*ret_name = "";
	*ret_len = 0;
	if (!name)
		return "";
	*ret_name = code_text(e->c, file, name, ret_len);
	if (!operand || code_node(e->c, file, operand)->kind != SYN_IDENTIFIER)
		return "";
	q = code_text(e->c, file, operand, &len);
	return code_import_path(e->c, code_import(e->c, file, q, len));
}

/* Which of a function's parameters has this name; false = none. */
bool eval_param_index(const struct eval *e, uint32_t file, uint32_t function, const char *name,
			size_t len, uint32_t *ret, uint32_t *ret_param)
{
	const struct syntax *s = &e->c->file[file].syn;
	uint32_t params = syntax_child(s, function, FIELD_PARAMETERS), i = 0;

	if (!params)
		return false;
	syntax_foreach_child(s, params, p) {
		bool named = false;

		syntax_foreach_child(s, p, k) {
			if (s->syn[k].field != FIELD_NAME)
				continue;
			named = true;
			if (s->syn[k].end - s->syn[k].start == len &&
			    !memcmp(s->bytes + s->syn[k].start, name, len)) {
				*ret = i;
				*ret_param = p;
				return true;
			}
			i++;
		}
		i += !named && s->syn[p].kind != SYN_COMMENT;
	}
	return false;
}

bool eval_same(const struct eval *e, uint32_t file, uint32_t node, const char *name, size_t len)
{
	size_t n;
	const char *s = code_text(e->c, file, node, &n);

	return n == len && !memcmp(s, name, len);
}

const struct frame *eval_enter(struct eval *e, struct expr call)
{
	uint32_t operand, name, import = ID_NONE;
	dir_id dir = e->c->a->source->file[call.file].dir;
	const struct code_site *s;
	size_t len, qlen;
	const char *text, *q;
	bool method = false;
	struct code_memo_key key = { MEMO_ENTER, call.file, call.node, call.frame };
	const void *known;

	if (eval_kind(e, call) != SYN_CALL_EXPRESSION ||
	    !(name = code_callee(e->c, call.file, call.node, &operand)))
		return NULL;
	if (code_memo_get(&e->c->memo, key, &known))
		return known;
	text = code_text(e->c, call.file, name, &len);
	if (operand) {
		if (code_node(e->c, call.file, operand)->kind == SYN_IDENTIFIER) {
			q = code_text(e->c, call.file, operand, &qlen);
			import = code_import(e->c, call.file, q, qlen);
		}
		method = import == ID_NONE;
		if (!method && (dir = code_import_dir(e->c, call.file, import)).v == ID_NONE)
			return NULL;
	}
	code_want_in(e->c, dir, text, len);
	for (unsigned round = 0; round < 1u + method; round++)
		for (s = code_first(e->c, CODE_DECLS, text, len); s; s = s->next) {
			uint8_t kind = code_node(e->c, s->file, s->node)->kind;
			bool here = e->c->a->source->file[s->file].dir.v == dir.v;

			if (kind != (method ? SYN_METHOD_DECL : SYN_FUNC_DECL) ||
			    (round ? here || !eval_within(e, s->file) : !here))
				continue;
			struct code_site at = *s;
			struct expr x = { call.file, operand, call.frame };

			if (method && !eval_may_call(e, x, at.file, at.node))
				continue;
			struct frame *f = arena_new(&e->c->own, struct frame);

			*f = (struct frame){ at.file, at.node, call };
			code_memo_put(&e->c->memo, key, f);
			return f;
		}
	code_memo_put(&e->c->memo, key, NULL);
	return NULL;
}

void eval_results(struct eval *e, const struct frame *f, uint32_t n, struct values *ret)
{
	const struct syntax *s = &e->c->file[f->file].syn;

	ret->count = 0;
	for (uint32_t k = f->function; k < s->syn[f->function].next; k++) {
		uint32_t list, at;

		if (s->syn[k].kind == SYN_FUNC_LITERAL) {
			k = s->syn[k].next - 1;
			continue;
		}
		if (s->syn[k].kind != SYN_RETURN_STATEMENT)
			continue;
		list = code_nth(e->c, f->file, k, 0);
		at = list ? code_nth(e->c, f->file, list, n) : 0;
		values_add(ret, (struct expr){ f->file, at, f }, false);
	}
}

bool eval_type(struct eval *e, struct expr x, struct expr *ret)
{
	uint32_t index, param, type;
	size_t len;
	const char *name;

	if (eval_kind(e, x) == SYN_IDENTIFIER) {
		name = code_text(e->c, x.file, x.node, &len);
		for (uint32_t f = code_function(e->c, x.file, x.node); f;
		     f = code_function(e->c, x.file, f)) {
			uint32_t list = code_child(e->c, x.file, f, FIELD_RECEIVER);
			uint32_t own = list ? code_nth(e->c, x.file, list, 0) : 0;
			uint32_t self = own ? code_child(e->c, x.file, own, FIELD_NAME) : 0;

			if (self && eval_same(e, x.file, self, name, len))
				param = own;
			else if (!eval_param_index(e, x.file, f, name, len, &index, &param))
				continue;
			if ((type = code_child(e->c, x.file, param, FIELD_TYPE))) {
				*ret = (struct expr){ x.file, type, NULL };
				return true;
			}
		}
		return false;
	}
	if (eval_kind(e, x) != SYN_SELECTOR_EXPRESSION)
		return false;
	name = code_text(e->c, x.file, code_child(e->c, x.file, x.node, FIELD_FIELD), &len);
	for (const struct code_site *s = code_first(e->c, CODE_FIELDS, name, len); s;
	     s = s->next)
		if (e->c->a->source->file[s->file].dir.v == e->c->a->source->file[x.file].dir.v &&
		    (type = code_child(e->c, s->file, s->node, FIELD_TYPE))) {
			*ret = (struct expr){ s->file, type, NULL };
			return true;
		}
	return false;
}
