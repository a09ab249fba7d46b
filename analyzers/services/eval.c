/* SPDX-License-Identifier: MIT */
/* eval.c - names back to the expressions that give them: variables, fields, parameters. */
#include "analyzers/services/eval.h"
#include "base/limits.h"

#include <string.h>

#define DEPTH_MAX 40u

void eval_begin(struct eval *e)
{
	e->depth = 0;
	e->steps = 0;
}

bool eval_within(const struct eval *e, uint32_t file)
{
	return e->reach[e->c->a->source->file[file].dir.v];
}

static uint8_t kind_of(const struct eval *e, struct expr x)
{
	return code_node(e->c, x.file, x.node)->kind;
}

static void add(struct values *v, struct expr x, bool fallback)
{
	if (v->count < EVAL_VALUES)
		v->item[v->count++] = (struct value){
			x.node ? VALUE_EXPR : VALUE_UNKNOWN, x, fallback,
		};
}

static struct expr unknown(struct expr x)
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
static bool param_index(const struct eval *e, uint32_t file, uint32_t function, const char *name,
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

static bool same(const struct eval *e, uint32_t file, uint32_t node, const char *name, size_t len)
{
	size_t n;
	const char *s = code_text(e->c, file, node, &n);

	return n == len && !memcmp(s, name, len);
}

/* Is an assignment in an `if` that asks whether the same name is empty? */
static bool is_fallback(const struct eval *e, uint32_t file, uint32_t node, const char *name,
			size_t len)
{
	const struct syntax *s = &e->c->file[file].syn;

	for (uint32_t p = s->syn[node].parent; p; p = s->syn[p].parent) {
		if (s->syn[p].kind == SYN_FUNC_DECL || s->syn[p].kind == SYN_METHOD_DECL ||
		    s->syn[p].kind == SYN_FUNC_LITERAL)
			return false;
		if (s->syn[p].kind != SYN_IF_STATEMENT)
			continue;
		uint32_t cond = syntax_child(s, p, FIELD_CONDITION);

		for (uint32_t k = cond; cond && k < s->syn[cond].next; k++)
			if (s->syn[k].kind == SYN_EQ)
				for (uint32_t m = cond; m < s->syn[cond].next; m++)
					if (s->syn[m].kind == SYN_IDENTIFIER &&
					    same(e, file, m, name, len))
						return true;
	}
	return false;
}

/* The expression that gives element `i` of the left side of an assignment or a spec. */
static uint32_t right_of(const struct eval *e, uint32_t file, uint32_t node, uint32_t i)
{
	uint32_t right = code_child(e->c, file, node, FIELD_RIGHT);

	if (!right)
		right = code_child(e->c, file, node, FIELD_VALUE);
	if (!right || code_node(e->c, file, right)->kind != SYN_EXPRESSION_LIST)
		return i ? 0 : right;
	/* Of v, ok := f() there is only the first. */
	return code_nth(e->c, file, right, i);
}

/* `x op= y` gives nothing that could be said. */
static bool is_plain(const struct eval *e, uint32_t file, uint32_t node)
{
	uint32_t op = code_child(e->c, file, node, FIELD_OPERATOR);

	return !op || code_node(e->c, file, op)->kind == SYN_ASSIGN;
}

/* Default of flag.StringVar(&x, "name", "default", "usage") and its like; 0 = no such call. */
static uint32_t flag_default(const struct eval *e, uint32_t file, uint32_t call, bool by_address)
{
	const char *name;
	size_t len;
	const char *path = eval_callee(e, file, call, &name, &len);
	bool flags = !strcmp(path, "flag") || code_path_fits(path, "github.com/spf13/pflag");
	uint32_t nargs = code_nargs(e->c, file, call);
	bool var = len > 3 && !strncmp(name + len - 3, "Var", 3);
	bool letter = len > 1 && name[len - 1] == 'P';

	if (letter)
		var = len > 4 && !strncmp(name + len - 4, "VarP", 4);
	if (by_address)
		return var && nargs == (letter ? 5u : 4u) ?
			code_arg(e->c, file, call, letter ? 3 : 2) : 0;
	if (!flags || var || nargs != (letter ? 4u : 3u))
		return 0;
	return code_arg(e->c, file, call, letter ? 2 : 1);
}

/* What a call that is given the address of something puts there. */
static void through_address(struct eval *e, struct expr argument, struct values *ret)
{
	const struct syntax *s = &e->c->file[argument.file].syn;
	uint32_t args = s->syn[argument.node].parent, call = s->syn[args].parent, index = 0;
	const struct frame *f;
	uint32_t standard;

	if (s->syn[args].kind != SYN_ARGUMENTS || s->syn[call].kind != SYN_CALL_EXPRESSION)
		return;
	while (code_nth(e->c, argument.file, args, index) != argument.node &&
	       code_nth(e->c, argument.file, args, index))
		index++;
	standard = flag_default(e, argument.file, call, true);
	if (standard && index == 0) {
		add(ret, (struct expr){ argument.file, standard, argument.frame }, false);
		return;
	}
	f = eval_enter(e, (struct expr){ argument.file, call, argument.frame });
	if (!f)
		return;
	const struct syntax *t = &e->c->file[f->file].syn;

	for (uint32_t k = f->function; k < t->syn[f->function].next; k++) {
		uint32_t left, target, fn = f->function, at, param;
		size_t len;

		if (t->syn[k].kind != SYN_ASSIGNMENT || !(left = syntax_child(t, k, FIELD_LEFT)))
			continue;
		target = code_nth(e->c, f->file, left, 0);
		if (!target || t->syn[target].kind != SYN_UNARY_EXPRESSION ||
		    !(target = syntax_child(t, target, FIELD_OPERAND)) ||
		    t->syn[target].kind != SYN_IDENTIFIER)
			continue;
		const char *name = code_text(e->c, f->file, target, &len);

		if (param_index(e, f->file, fn, name, len, &at, &param) && at == index)
			add(ret, (struct expr){ f->file, right_of(e, f->file, k, 0), f },
			    is_fallback(e, f->file, k, name, len));
	}
}

/* Assignments to a local name in one function, nested literals included, before `use`. */
static void local_values(struct eval *e, struct expr x, uint32_t function, const char *name,
			 size_t len, struct values *ret)
{
	const struct syntax *s = &e->c->file[x.file].syn;
	uint32_t body = syntax_child(s, function, FIELD_BODY);
	bool nested = code_function(e->c, x.file, x.node) != function;

	for (uint32_t k = body; body && k < s->syn[body].next; k++) {
		uint32_t left, i = 0, kind = s->syn[k].kind;

		e->steps++;
		if (s->syn[k].start > s->syn[x.node].start && !nested)
			break;
		/* What is inside of the same statement uses the name as it was before. */
		if (kind == SYN_UNARY_EXPRESSION && s->syn[s->syn[k].parent].kind == SYN_ARGUMENTS &&
		    s->syn[k + 1].kind == SYN_AND && s->syn[k + 2].kind == SYN_IDENTIFIER &&
		    same(e, x.file, k + 2, name, len)) {
			through_address(e, (struct expr){ x.file, k, x.frame }, ret);
			continue;
		}
		if (kind == SYN_VAR_SPEC || kind == SYN_CONST_SPEC) {
			syntax_foreach_child(s, k, c) {
				if (s->syn[c].field != FIELD_NAME)
					continue;
				if (same(e, x.file, c, name, len) && s->syn[k].end <=
				    s->syn[x.node].start + (nested ? UINT32_MAX / 2 : 0))
					add(ret, (struct expr){ x.file, right_of(e, x.file, k, i),
							       x.frame }, false);
				i++;
			}
			continue;
		}
		if (kind != SYN_SHORT_VAR && kind != SYN_ASSIGNMENT && kind != SYN_RANGE_CLAUSE)
			continue;
		if (x.node >= k && x.node < s->syn[k].next)
			continue;
		left = syntax_child(s, k, FIELD_LEFT);
		for (uint32_t c; left && (c = code_nth(e->c, x.file, left, i)); i++) {
			struct expr y = { x.file, right_of(e, x.file, k, i), x.frame };

			if (s->syn[c].kind != SYN_IDENTIFIER || !same(e, x.file, c, name, len))
				continue;
			if (kind == SYN_RANGE_CLAUSE || !is_plain(e, x.file, k))
				y = unknown(x);
			add(ret, y, is_fallback(e, x.file, k, name, len));
		}
	}
}

bool eval_is_param(struct eval *e, uint32_t file, uint32_t ident, uint32_t *ret_function,
		   uint32_t *ret_index)
{
	struct expr x = { file, ident, NULL };
	uint32_t param;
	size_t len;
	const char *name = code_text(e->c, file, ident, &len);

	for (uint32_t f = code_function(e->c, file, ident); f; f = code_function(e->c, file, f)) {
		struct values local = { .count = 0 };

		if (param_index(e, file, f, name, len, ret_index, &param)) {
			*ret_function = f;
			local_values(e, x, f, name, len, &local);
			return !local.count;
		}
		local_values(e, x, f, name, len, &local);
		if (local.count)
			return false;
	}
	return false;
}

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

/* The literal is handed to a function of the tree: what that one calls it with. */
static void handed_on(struct eval *e, struct expr argument, uint32_t index, struct values *ret)
{
	const struct syntax *s = &e->c->file[argument.file].syn;
	uint32_t args = s->syn[argument.node].parent, call = s->syn[args].parent, at = 0, param;
	const struct frame *f;

	if (s->syn[args].kind != SYN_ARGUMENTS || e->depth > DEPTH_MAX)
		return;
	while (code_nth(e->c, argument.file, args, at) != argument.node &&
	       code_nth(e->c, argument.file, args, at))
		at++;
	f = eval_enter(e, (struct expr){ argument.file, call, argument.frame });
	if (!f)
		return;
	const struct syntax *t = &e->c->file[f->file].syn;

	e->depth++;
	for (uint32_t k = f->function; k < t->syn[f->function].next; k++) {
		uint32_t which, up = t->syn[k].parent;
		size_t len;
		const char *name;

		if (t->syn[k].kind != SYN_IDENTIFIER)
			continue;
		name = code_text(e->c, f->file, k, &len);
		if (!param_index(e, f->file, f->function, name, len, &which, &param) || which != at)
			continue;
		if (t->syn[k].field == FIELD_FUNCTION && t->syn[up].kind == SYN_CALL_EXPRESSION)
			add(ret, (struct expr){ f->file, code_arg(e->c, f->file, up, index), f },
			    false);
		else if (t->syn[up].kind == SYN_ARGUMENTS)
			handed_on(e, (struct expr){ f->file, k, f }, index, ret);
	}
	e->depth--;
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
		add(ret, (struct expr){ f->call.file,
		    code_arg(e->c, f->call.file, f->call.node, index), f->call.frame }, false);
		return;
	}
	if (e->depth > DEPTH_MAX || e->steps > limit_of(LIMIT_SERVICE_STEPS))
		return;
	e->depth++;
	if (code_node(e->c, function.file, function.node)->kind == SYN_FUNC_LITERAL)
		handed_on(e, function, index, ret);
	n = eval_callers(e, function.file, function.node, caller);
	for (uint32_t i = 0; i < n; i++)
		add(ret, (struct expr){ caller[i]->call.file,
		    code_arg(e->c, caller[i]->call.file, caller[i]->call.node, index), NULL },
		    false);
	if (!ret->count && code_node(e->c, function.file, function.node)->kind != SYN_FUNC_LITERAL)
		handed_by_name(e, function.file, function.node, index, ret);
	e->depth--;
}

/* A constant or variable of the package level. */
static void package_values(struct eval *e, dir_id dir, const char *name, size_t len,
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
		if (same(e, site.file, k, name, len)) {
			uint32_t value = right_of(e, site.file, site.node, i);

			if (value)
				add(ret, (struct expr){ site.file, value, NULL }, true);
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
			    same(e, f, k + 2, name, len))
				through_address(e, (struct expr){ f, k, NULL }, ret);
			if (t->syn[k].kind != SYN_ASSIGNMENT || !is_plain(e, f, k))
				continue;
			left = syntax_child(t, k, FIELD_LEFT);
			for (uint32_t c; left && (c = code_nth(e->c, f, left, n)); n++)
				if (t->syn[c].kind == SYN_IDENTIFIER && same(e, f, c, name, len))
					add(ret, (struct expr){ f, right_of(e, f, k, n), NULL },
					    is_fallback(e, f, k, name, len));
		}
	}
}

static void ident_values(struct eval *e, struct expr x, struct values *ret)
{
	size_t len;
	const char *name = code_text(e->c, x.file, x.node, &len);

	for (uint32_t f = code_function(e->c, x.file, x.node); f;
	     f = code_function(e->c, x.file, f)) {
		uint32_t index, param, had;

		local_values(e, x, f, name, len, ret);
		had = ret->count;
		if (param_index(e, x.file, f, name, len, &index, &param)) {
			struct values given;

			eval_param(e, (struct expr){ x.file, f, x.frame }, index, &given);
			for (uint32_t i = 0; i < given.count; i++)
				add(ret, given.item[i].at, false);
			if (!given.count)
				add(ret, unknown(x), false);
			return;
		}
		if (had)
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
			add(ret, x, false);
	} else if (s->syn[p].kind == SYN_ARGUMENTS) {
		through_address(e, x, ret);
	} else {
		while (code_nth(e->c, w->file, p, i) && code_nth(e->c, w->file, p, i) != w->node)
			i++;
		x.node = is_plain(e, w->file, s->syn[p].parent) ?
			right_of(e, w->file, s->syn[p].parent, i) : 0;
		add(ret, x, false);
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

	if (kind_of(e, operand) != SYN_IDENTIFIER || e->depth > DEPTH_MAX)
		return false;
	e->depth++;
	eval_values(e, operand, &v);
	e->depth--;
	bool any = false;

	for (uint32_t i = 0; i < v.count; i++) {
		struct expr x = v.item[i].kind == VALUE_EXPR ? eval_bare(e, v.item[i].at) :
				v.item[i].at;
		uint32_t body, found = 0;

		if (!x.node || kind_of(e, x) != SYN_COMPOSITE_LITERAL ||
		    !(body = code_child(e->c, x.file, x.node, FIELD_BODY)))
			continue;
		const struct syntax *s = &e->c->file[x.file].syn;

		syntax_foreach_child(s, body, k) {
			uint32_t key = syntax_child(s, k, FIELD_KEY);

			if (s->syn[k].kind == SYN_KEYED_ELEMENT && key &&
			    same(e, x.file, key + 1, name, len))
				found = syntax_child(s, k, FIELD_VALUE) + 1;
		}
		any = true;
		if (found)
			add(ret, (struct expr){ x.file, found, x.frame }, false);
		else if (ret->count < EVAL_VALUES)
			ret->item[ret->count++] = (struct value){ VALUE_EMPTY, unknown(x), true };
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
	if (kind_of(e, x) == SYN_IDENTIFIER)
		ident_values(e, x, ret);
	else if (kind_of(e, x) == SYN_SELECTOR_EXPRESSION)
		selector_values(e, x, ret);
	else
		add(ret, x, false);
	e->depth--;
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

	if (kind_of(e, call) != SYN_CALL_EXPRESSION ||
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
		add(ret, (struct expr){ f->file, at, f }, false);
	}
}

bool eval_type(struct eval *e, struct expr x, struct expr *ret)
{
	uint32_t index, param, type;
	size_t len;
	const char *name;

	if (kind_of(e, x) == SYN_IDENTIFIER) {
		name = code_text(e->c, x.file, x.node, &len);
		for (uint32_t f = code_function(e->c, x.file, x.node); f;
		     f = code_function(e->c, x.file, f)) {
			uint32_t list = code_child(e->c, x.file, f, FIELD_RECEIVER);
			uint32_t own = list ? code_nth(e->c, x.file, list, 0) : 0;
			uint32_t self = own ? code_child(e->c, x.file, own, FIELD_NAME) : 0;

			if (self && same(e, x.file, self, name, len))
				param = own;
			else if (!param_index(e, x.file, f, name, len, &index, &param))
				continue;
			if ((type = code_child(e->c, x.file, param, FIELD_TYPE))) {
				*ret = (struct expr){ x.file, type, NULL };
				return true;
			}
		}
		return false;
	}
	if (kind_of(e, x) != SYN_SELECTOR_EXPRESSION)
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
