/* SPDX-License-Identifier: MIT */
/* eval_local.c - assignments to a name in a function, also through its address. */
#include "analyzers/services/eval_part.h"

#include <string.h>

/* Is an assignment in an `if` that asks whether the same name is empty? */
bool eval_is_fallback(const struct eval *e, uint32_t file, uint32_t node, const char *name,
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
					    eval_same(e, file, m, name, len))
						return true;
	}
	return false;
}

/* The expression that gives element `i` of the left side of an assignment or a spec. */
uint32_t eval_right(const struct eval *e, uint32_t file, uint32_t node, uint32_t i)
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
bool eval_is_plain(const struct eval *e, uint32_t file, uint32_t node)
{
	uint32_t op = code_child(e->c, file, node, FIELD_OPERATOR);

	return !op || code_node(e->c, file, op)->kind == SYN_ASSIGN;
}

uint32_t eval_flag_default(const struct eval *e, uint32_t file, uint32_t call)
{
	const char *name;
	size_t len;
	bool letter, var;

	eval_callee(e, file, call, &name, &len);
	letter = len > 4 && !strncmp(name + len - 4, "VarP", 4);
	var = letter || (len > 3 && !strncmp(name + len - 3, "Var", 3));
	return var && code_nargs(e->c, file, call) == (letter ? 5u : 4u) ?
		code_arg(e->c, file, call, letter ? 3 : 2) : 0;
}

/* What a call that is given the address of something puts there. */
void eval_through_address(struct eval *e, struct expr argument, struct values *ret)
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
	standard = eval_flag_default(e, argument.file, call);
	if (standard && index == 0) {
		values_add(ret, (struct expr){ argument.file, standard, argument.frame }, false);
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

		if (eval_param_index(e, f->file, fn, name, len, &at, &param) && at == index)
			values_add(ret, (struct expr){ f->file, eval_right(e, f->file, k, 0), f },
			    eval_is_fallback(e, f->file, k, name, len));
	}
}

/* Assignments to a local name in one function, nested literals included, before `use`. */
bool eval_local_values(struct eval *e, struct expr x, uint32_t function, const char *name,
			 size_t len, struct values *ret)
{
	const struct syntax *s = &e->c->file[x.file].syn;
	uint32_t body = syntax_child(s, function, FIELD_BODY);
	bool nested = code_function(e->c, x.file, x.node) != function, declared = false;

	for (uint32_t k = body; body && k < s->syn[body].next; k++) {
		uint32_t left, i = 0, kind = s->syn[k].kind;

		e->steps++;
		if (s->syn[k].start > s->syn[x.node].start && !nested)
			break;
		/* What is inside of the same statement uses the name as it was before. */
		if (kind == SYN_UNARY_EXPRESSION &&
		    s->syn[s->syn[k].parent].kind == SYN_ARGUMENTS &&
		    s->syn[k + 1].kind == SYN_AND && s->syn[k + 2].kind == SYN_IDENTIFIER &&
		    eval_same(e, x.file, k + 2, name, len)) {
			eval_through_address(e, (struct expr){ x.file, k, x.frame }, ret);
			continue;
		}
		if (kind == SYN_VAR_SPEC || kind == SYN_CONST_SPEC) {
			syntax_foreach_child(s, k, c) {
				if (s->syn[c].field != FIELD_NAME)
					continue;
				if (eval_same(e, x.file, c, name, len)) {
					uint32_t right = eval_right(e, x.file, k, i);

					declared = true;
					if (right)
						values_add(ret, (struct expr){ x.file, right,
							   x.frame }, false);
				}
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
			struct expr y = { x.file, eval_right(e, x.file, k, i), x.frame };

			if (s->syn[c].kind != SYN_IDENTIFIER || !eval_same(e, x.file, c, name, len))
				continue;
			declared |= kind != SYN_ASSIGNMENT;
			if (kind == SYN_RANGE_CLAUSE || !eval_is_plain(e, x.file, k))
				y = eval_unknown(x);
			values_add(ret, y, eval_is_fallback(e, x.file, k, name, len));
		}
	}
	return declared;
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

		if (eval_param_index(e, file, f, name, len, ret_index, &param)) {
			*ret_function = f;
			eval_local_values(e, x, f, name, len, &local);
			return !local.count;
		}
		eval_local_values(e, x, f, name, len, &local);
		if (local.count)
			return false;
	}
	return false;
}

