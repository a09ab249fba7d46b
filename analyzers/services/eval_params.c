/* SPDX-License-Identifier: MIT */
/* eval_params.c - what parameters are: the arguments of calls, of literals that are handed on. */
#include "analyzers/services/eval_part.h"
#include "base/limits.h"

#include <string.h>

#define HANDED_MAX 6u                   /* functions that a literal is handed through */

static bool call_fits(struct eval *e, const struct code_site *s, uint32_t file,
		      uint32_t function)
{
	bool method = code_node(e->c, file, function)->kind == SYN_METHOD_DECL;
	uint32_t operand, import;
	size_t len;
	const char *q;

	code_callee(e->c, s->file, s->node, &operand);
	if (!operand)
		return !method && e->c->a->source->file[s->file].dir.v ==
				  e->c->a->source->file[file].dir.v;
	struct expr x = { s->file, operand, NULL };

	if (code_node(e->c, s->file, operand)->kind != SYN_IDENTIFIER)
		return method && eval_may_call(e, x, file, function);
	q = code_text(e->c, s->file, operand, &len);
	import = code_import(e->c, s->file, q, len);
	if (import == ID_NONE)
		return method && eval_may_call(e, x, file, function);
	return !method && code_import_dir(e->c, s->file, import).v ==
			  e->c->a->source->file[file].dir.v;
}

static uint32_t count_params(const struct eval *e, uint32_t file, uint32_t function,
			     bool *ret_variadic)
{
	const struct syntax *s = &e->c->file[file].syn;
	uint32_t params = syntax_child(s, function, FIELD_PARAMETERS), n = 0;

	*ret_variadic = false;
	if (!params)
		return 0;
	syntax_foreach_child(s, params, p) {
		uint32_t names = 0;

		if (s->syn[p].kind == SYN_COMMENT)
			continue;
		*ret_variadic |= s->syn[p].kind == SYN_VARIADIC_PARAM;
		syntax_foreach_child(s, p, k)
			names += s->syn[k].field == FIELD_NAME;
		n += names ? names : 1;
	}
	return n;
}

/* Of a literal: calls of the variable that it is assigned to, in the function around it. */
static const char *literal_name(const struct eval *e, uint32_t file, uint32_t function,
				size_t *ret_len)
{
	const struct syntax *s = &e->c->file[file].syn;
	uint32_t list = s->syn[function].parent, at = s->syn[list].parent, left;

	if (s->syn[list].kind != SYN_EXPRESSION_LIST || !(left = syntax_child(s, at, FIELD_LEFT)))
		return NULL;
	return code_text(e->c, file, left + 1, ret_len);
}

uint32_t eval_callers(struct eval *e, uint32_t file, uint32_t function,
		      const struct frame *ret[EVAL_VALUES])
{
	const struct syn *n = code_node(e->c, file, function);
	bool literal = n->kind == SYN_FUNC_LITERAL, variadic;
	uint32_t name = code_child(e->c, file, function, FIELD_NAME), count = 0;
	uint32_t params = count_params(e, file, function, &variadic);
	struct code_memo_key key = { MEMO_CALLERS, file, function, NULL };
	const struct frame **kept;
	const void *known;
	const char *text;
	size_t len = 0;

	if (code_memo_get(&e->c->memo, key, &known)) {
		kept = (const struct frame **)known;
		while (kept[count]) {
			ret[count] = kept[count];
			count++;
		}
		return count;
	}
	text = literal ? literal_name(e, file, function, &len) :
	       name ? code_text(e->c, file, name, &len) : NULL;
	if (!text)
		return 0;
	if (!literal)
		code_want(e->c, e->reach, e->c->a->source->file[file].dir, text, len);
	for (const struct code_site *s = code_first(e->c, CODE_CALLS, text, len);
	     s && count < EVAL_VALUES; s = s->next) {
		struct frame *f;
		uint32_t nargs;

		e->steps++;
		if (literal ? s->file != file : !eval_within(e, s->file))
			continue;
		/* What calls itself says nothing new. */
		if (s->file == file && s->node > function && s->node < n->next)
			continue;
		nargs = code_nargs(e->c, s->file, s->node);
		if (variadic ? nargs + 1 < params : nargs != params)
			continue;
		if (!literal && !call_fits(e, s, file, function))
			continue;
		uint32_t within = code_outer_function(e->c, s->file, s->node);
		struct code_site at = *s;

		if (within && eval_is_dead(e, at.file, within))
			continue;
		f = arena_new(&e->c->own, struct frame);
		*f = (struct frame){ file, function, { at.file, at.node, NULL } };
		ret[count++] = f;
	}
	kept = arena_array(&e->c->own, const struct frame *, count + 1);
	for (uint32_t i = 0; i < count; i++)
		kept[i] = ret[i];
	code_memo_put(&e->c->memo, key, kept);
	return count;
}

/* The name of a function's nth parameter; 0 = it has none. */
static uint32_t param_name(const struct eval *e, uint32_t file, uint32_t function, uint32_t index)
{
	const struct syntax *s = &e->c->file[file].syn;
	uint32_t params = syntax_child(s, function, FIELD_PARAMETERS), i = 0;

	if (!params)
		return 0;
	syntax_foreach_child(s, params, p) {
		bool named = false;

		syntax_foreach_child(s, p, k)
			if (s->syn[k].field == FIELD_NAME) {
				named = true;
				if (i++ == index)
					return k;
			}
		i += !named && s->syn[p].kind != SYN_COMMENT;
	}
	return 0;
}

/* The literal is handed to a function of the tree: what that one calls it with. */
static void handed_on(struct eval *e, struct expr argument, uint32_t index, struct values *ret)
{
	const struct syntax *s = &e->c->file[argument.file].syn;
	uint32_t args = s->syn[argument.node].parent, call = s->syn[args].parent, at = 0, param;
	const struct frame *f;
	const char *name;
	size_t len;

	if (s->syn[args].kind != SYN_ARGUMENTS || e->handed > HANDED_MAX ||
	    e->steps > limit_of(LIMIT_SERVICE_STEPS))
		return;
	while (code_nth(e->c, argument.file, args, at) != argument.node &&
	       code_nth(e->c, argument.file, args, at))
		at++;
	f = eval_enter(e, (struct expr){ argument.file, call, argument.frame });
	if (!f || !(param = param_name(e, f->file, f->function, at)))
		return;
	const struct syntax *t = &e->c->file[f->file].syn;

	name = code_text(e->c, f->file, param, &len);
	e->handed++;
	for (uint32_t k = param + 1; k < t->syn[f->function].next; k++) {
		uint32_t up = t->syn[k].parent;

		e->steps += !(k & 15);
		if (t->syn[k].kind != SYN_IDENTIFIER || !eval_same(e, f->file, k, name, len))
			continue;
		if (t->syn[k].field == FIELD_FUNCTION && t->syn[up].kind == SYN_CALL_EXPRESSION)
			values_add(ret, (struct expr){ f->file,
				   code_arg(e->c, f->file, up, index), f }, false);
		else if (t->syn[up].kind == SYN_ARGUMENTS)
			handed_on(e, (struct expr){ f->file, k, f }, index, ret);
	}
	e->handed--;
}

/* A declared function that is handed to another one by its name. */
static void handed_by_name(struct eval *e, uint32_t file, uint32_t function, uint32_t index,
			   struct values *ret)
{
	uint32_t name = code_child(e->c, file, function, FIELD_NAME);
	const struct source *s = e->c->a->source;
	const struct go_dir *d = &s->dir[s->file[file].dir.v];
	size_t len;
	const char *text;

	if (!name)
		return;
	text = code_text(e->c, file, name, &len);
	for (uint32_t f = d->file_first; f < d->file_first + d->nfiles; f++) {
		const struct syntax *t = &e->c->file[f].syn;

		for (uint32_t k = 1; e->c->file[f].parsed && k < t->nsyn; k++)
			if ((t->syn[k].kind == SYN_IDENTIFIER ||
			     t->syn[k].kind == SYN_SELECTOR_EXPRESSION) &&
			    t->syn[t->syn[k].parent].kind == SYN_ARGUMENTS &&
			    t->syn[k].end - t->syn[k].start >= len &&
			    !memcmp(t->bytes + t->syn[k].end - len, text, len) &&
			    (t->syn[k].end - t->syn[k].start == len ||
			     t->bytes[t->syn[k].end - len - 1] == '.'))
				handed_on(e, (struct expr){ f, k, NULL }, index, ret);
	}
}

void eval_param(struct eval *e, struct expr function, uint32_t index, struct values *ret)
{
	const struct frame *f = function.frame, *caller[EVAL_VALUES];
	uint32_t n;

	ret->count = 0;
	if (f && f->file == function.file && f->function == function.node) {
		values_add(ret, (struct expr){ f->call.file,
		    code_arg(e->c, f->call.file, f->call.node, index), f->call.frame }, false);
		return;
	}
	if (e->depth > DEPTH_MAX || e->steps > limit_of(LIMIT_SERVICE_STEPS))
		return;
	struct code_memo_key key = { MEMO_PARAM, function.file, function.node * 256 + index,
				     function.frame };
	const void *known;
	struct values *kept;

	if (index < 256 && function.node < UINT32_MAX / 256 &&
	    code_memo_get(&e->c->memo, key, &known)) {
		*ret = *(const struct values *)known;
		return;
	}
	e->depth++;
	if (code_node(e->c, function.file, function.node)->kind == SYN_FUNC_LITERAL)
		handed_on(e, function, index, ret);
	n = eval_callers(e, function.file, function.node, caller);
	for (uint32_t i = 0; i < n; i++)
		values_add(ret, (struct expr){ caller[i]->call.file,
		    code_arg(e->c, caller[i]->call.file, caller[i]->call.node, index), NULL },
		    false);
	if (!ret->count && code_node(e->c, function.file, function.node)->kind != SYN_FUNC_LITERAL)
		handed_by_name(e, function.file, function.node, index, ret);
	e->depth--;
	if (index < 256 && function.node < UINT32_MAX / 256) {
		kept = arena_new(&e->c->own, struct values);
		*kept = *ret;
		code_memo_put(&e->c->memo, key, kept);
	}
}
