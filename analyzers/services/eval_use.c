/* SPDX-License-Identifier: MIT */
/* eval_use.c - which functions nothing names, and which methods a receiver cannot have. */
#include "analyzers/services/eval.h"

#include <string.h>

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

#define DEAD_DEPTH 32u

enum use { USED_NOT, USED_DEAD, USED };

/* Types are no functions; q.F is one of q's package; x.M is a method. */
static bool may_mean(struct eval *e, uint32_t file, uint32_t node, uint32_t own_file, uint32_t own)
{
	const struct syntax *s = &e->c->file[file].syn;
	bool method = code_node(e->c, own_file, own)->kind == SYN_METHOD_DECL;
	dir_id dir = e->c->a->source->file[own_file].dir;
	uint32_t up = s->syn[node].parent, operand, import = ID_NONE;
	const char *q;
	size_t len;

	if (s->syn[node].kind == SYN_TYPE_NAME || s->syn[node].kind == SYN_PACKAGE_IDENTIFIER)
		return false;
	if (s->syn[up].kind == SYN_METHOD_ELEM)
		return method;
	if (s->syn[up].kind != SYN_SELECTOR_EXPRESSION || s->syn[node].field != FIELD_FIELD)
		return !method && e->c->a->source->file[file].dir.v == dir.v;
	operand = syntax_child(s, up, FIELD_OPERAND);
	if (operand && s->syn[operand].kind == SYN_IDENTIFIER) {
		q = code_text(e->c, file, operand, &len);
		import = code_import(e->c, file, q, len);
	}
	if (import == ID_NONE)
		return method;
	return !method && code_import_dir(e->c, file, import).v == dir.v;
}

/* Is the name at this place used by something that runs? */
static enum use use_at(struct eval *e, uint32_t file, uint32_t offset, uint32_t own_file,
		       uint32_t own)
{
	const struct syntax *s = &e->c->file[file].syn;
	uint32_t lo = 0, hi = s->nsyn, node;

	/* The last node that begins at or before the place. */
	while (hi - lo > 1) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (s->syn[mid].start <= offset)
			lo = mid;
		else
			hi = mid;
	}
	node = lo;
	if (!s->nsyn || s->syn[node].kind == SYN_COMMENT || s->syn[node].kind == SYN_STRING ||
	    s->syn[node].kind == SYN_RAW_STRING || s->syn[node].end <= offset)
		return USED_NOT;
	if (s->syn[node].field == FIELD_NAME &&
	    (s->syn[s->syn[node].parent].kind == SYN_FUNC_DECL ||
	     s->syn[s->syn[node].parent].kind == SYN_METHOD_DECL))
		return USED_NOT;
	uint32_t f = code_outer_function(e->c, file, node);

	if ((f == own && file == own_file) || !may_mean(e, file, node, own_file, own))
		return USED_NOT;
	return f && eval_is_dead(e, file, f) ? USED_DEAD : USED;
}

/*
 * Most files do not have most names: one bit for each word of a file, by its hash, answers
 * nearly always.  2 KiB a file: of a thousand words one name in sixteen is looked for in vain.
 */
#define WORD_BITS 16384u

static uint64_t *word_bits(struct eval *e, const struct code_file *f)
{
	uint64_t *bits = arena_array(&e->c->own, uint64_t, WORD_BITS / 64);
	const char *end = f->bytes + f->len;

	for (const char *p = f->bytes; p < end; p++) {
		const char *word = p;

		while (p < end && is_word(*p))
			p++;
		if (p > word) {
			uint64_t h = hash_bytes(HASH_INIT, word, (size_t)(p - word)) % WORD_BITS;

			bits[h / 64] |= 1ull << (h % 64);
		}
	}
	return bits;
}

/* False only where the name stands nowhere in the file as a word of its own. */
static bool may_have(struct eval *e, uint32_t file, const char *name, size_t len)
{
	struct code_file *f = &e->c->file[file];
	uint64_t h = hash_bytes(HASH_INIT, name, len) % WORD_BITS;

	/* Letters beyond ASCII are between words here. */
	for (size_t i = 0; i < len; i++)
		if (!is_word(name[i]))
			return true;
	if (!f->words)
		f->words = word_bits(e, f);
	return f->words[h / 64] >> (h % 64) & 1;
}

static enum use use_in(struct eval *e, uint32_t file, const char *name, size_t len,
		       uint32_t own_file, uint32_t own)
{
	const struct code_file *f = &e->c->file[file];
	const char *end = f->bytes + f->len;
	enum use best = USED_NOT;

	if (!may_have(e, file, name, len))
		return best;
	for (const char *q = f->bytes; best != USED && end - q >= (ptrdiff_t)len; q++) {
		enum use now;

		if (!(q = code_find(q, end, name, len)))
			break;
		if ((q > f->bytes && is_word(q[-1])) || is_word(q[len]))
			continue;
		now = use_at(e, file, (uint32_t)(q - f->bytes), own_file, own);
		best = now > best ? now : best;
	}
	return best;
}

/*
 * Nothing that runs names it.  A method that nothing names at all is of an interface
 * of somebody else, and runs.
 */
static bool dead(struct eval *e, uint32_t file, uint32_t function)
{
	const struct code *c = e->c;
	const struct source *s = c->a->source;
	const struct graph *g = c->a->graph;
	uint32_t name = code_child(c, file, function, FIELD_NAME);
	bool method = code_node(c, file, function)->kind == SYN_METHOD_DECL;
	dir_id own = s->file[file].dir;
	uint32_t p = c->package[own.v], count;
	enum use best = USED_NOT;
	const char *text;
	size_t len;

	if (!name || code_is(c, file, name, "main") || code_is(c, file, name, "init"))
		return false;
	text = code_text(c, file, name, &len);
	code_want(e->c, e->reach, own, text, len);
	count = p == ID_NONE ? 0 : g->in_first[p + 1] - g->in_first[p];
	/* Only the folder itself and those that import it can name it. */
	for (uint32_t i = 0; i <= count && best != USED; i++) {
		dir_id d = i ? g->dir[g->in_from[g->in_first[p] + i - 1]] : own;

		if (d.v == ID_NONE || !e->reach[d.v])
			continue;
		for (uint32_t k = 0; k < s->dir[d.v].nfiles && best != USED; k++) {
			uint32_t id = s->dir[d.v].file_first + k;
			enum use now;

			if (!c->file[id].parsed)
				continue;
			now = use_in(e, id, text, len, file, function);
			best = now > best ? now : best;
		}
	}
	return method ? best == USED_DEAD : best != USED;
}

bool eval_is_dead(struct eval *e, uint32_t file, uint32_t function)
{
	struct code_memo_key key = { MEMO_DEAD, file, function, NULL };
	const void *known;

	if (!code_memo_get(&e->c->memo, key, &known)) {
		/* Until it is known it runs: functions that name each other. */
		code_memo_put(&e->c->memo, key, NULL);
		if (e->dead_depth > DEAD_DEPTH)
			return false;
		e->dead_depth++;
		known = dead(e, file, function) ? e->c : NULL;
		e->dead_depth--;
		code_memo_put(&e->c->memo, key, known);
	}
	return known;
}

/* A named type: its folder and name; false for anything else. */
static bool named_type(struct eval *e, uint32_t file, uint32_t type, dir_id *ret_dir,
		       const char **ret_name, size_t *ret_len)
{
	const struct code *c = e->c;

	while (type && (code_node(c, file, type)->kind == SYN_POINTER_TYPE ||
			code_node(c, file, type)->kind == SYN_GENERIC_TYPE)) {
		uint32_t at = code_node(c, file, type)->kind == SYN_POINTER_TYPE ? 1 : 0;

		type = code_nth(c, file, type, at);
	}
	if (!type)
		return false;
	*ret_dir = c->a->source->file[file].dir;
	*ret_name = code_text(c, file, type, ret_len);
	if (code_node(c, file, type)->kind == SYN_TYPE_NAME)
		return true;
	if (code_node(c, file, type)->kind != SYN_QUALIFIED_TYPE)
		return false;
	size_t len;
	const char *q = code_text(c, file, code_child(c, file, type, FIELD_PACKAGE), &len);

	*ret_dir = code_import_dir(c, file, code_import(c, file, q, len));
	*ret_name = code_text(c, file, code_child(c, file, type, FIELD_NAME), ret_len);
	return true;
}

/* The type of the receiver in `func (h *T) M()`. */
static bool receiver_of(struct eval *e, uint32_t file, uint32_t method, const char **ret_name,
			size_t *ret_len)
{
	uint32_t list = code_child(e->c, file, method, FIELD_RECEIVER), param, type;
	dir_id dir;

	param = list ? code_nth(e->c, file, list, 0) : 0;
	type = param ? code_child(e->c, file, param, FIELD_TYPE) : 0;
	return type && named_type(e, file, type, &dir, ret_name, ret_len);
}

enum answer { ANSWER_NO, ANSWER_YES, ANSWER_UNKNOWN };

/* Is the type this one?  An interface, and what is not declared here, may hold it. */
static enum answer is_type(struct eval *e, uint32_t file, uint32_t type, dir_id dir,
			   const char *name, size_t len)
{
	struct code_site site;
	dir_id d;
	const char *s;
	size_t n;
	uint32_t under;

	if (!named_type(e, file, type, &d, &s, &n))
		return ANSWER_UNKNOWN;
	if (d.v == dir.v && n == len && !memcmp(s, name, len))
		return ANSWER_YES;
	if (d.v == ID_NONE)
		return ANSWER_NO;
	if (!code_decl(e->c, d, s, n, &site))
		return ANSWER_UNKNOWN;
	under = code_child(e->c, site.file, site.node, FIELD_TYPE);
	return under && code_node(e->c, site.file, under)->kind == SYN_STRUCT_TYPE ? ANSWER_NO :
		ANSWER_UNKNOWN;
}

/* Fields of that name in structs of the package of the file: one that fits is enough. */
static enum answer by_field(struct eval *e, uint32_t file, const char *field, size_t flen,
			    dir_id dir, const char *name, size_t len)
{
	dir_id own = e->c->a->source->file[file].dir;
	enum answer best = ANSWER_NO;
	bool any = false;

	code_want_in(e->c, own, field, flen);
	for (const struct code_site *s = code_first(e->c, CODE_FIELDS, field, flen); s;
	     s = s->next) {
		enum answer a;

		if (e->c->a->source->file[s->file].dir.v != own.v)
			continue;
		any = true;
		a = is_type(e, s->file, code_child(e->c, s->file, s->node, FIELD_TYPE), dir, name,
			    len);
		if (a == ANSWER_YES)
			return a;
		best = a == ANSWER_UNKNOWN ? a : best;
	}
	return any ? best : ANSWER_UNKNOWN;
}

/* T{...}, &T{...}, NewT(...) whose declaration says *T. */
static enum answer by_value(struct eval *e, struct expr x, dir_id dir, const char *name, size_t len)
{
	const struct frame *f;
	uint32_t type;

	x = eval_bare(e, x);
	switch (code_node(e->c, x.file, x.node)->kind) {
	case SYN_COMPOSITE_LITERAL:
		type = code_child(e->c, x.file, x.node, FIELD_TYPE);
		return is_type(e, x.file, type, dir, name, len);
	case SYN_CALL_EXPRESSION:
		f = eval_enter(e, x);
		type = f ? code_child(e->c, f->file, f->function, FIELD_RESULT) : 0;
		if (type && code_node(e->c, f->file, type)->kind == SYN_PARAMS) {
			type = code_nth(e->c, f->file, type, 0);
			type = type ? code_child(e->c, f->file, type, FIELD_TYPE) : 0;
		}
		return type ? is_type(e, f->file, type, dir, name, len) : ANSWER_UNKNOWN;
	}
	return ANSWER_UNKNOWN;
}

bool eval_may_call(struct eval *e, struct expr operand, uint32_t file, uint32_t method)
{
	dir_id dir = e->c->a->source->file[file].dir;
	struct expr type;
	const char *name, *field;
	size_t len, flen;
	enum answer best = ANSWER_NO;
	struct values v;

	if (!receiver_of(e, file, method, &name, &len) || e->depth > 24)
		return true;
	operand = eval_bare(e, operand);
	if (code_node(e->c, operand.file, operand.node)->kind == SYN_SELECTOR_EXPRESSION) {
		field = code_text(e->c, operand.file,
				  code_child(e->c, operand.file, operand.node, FIELD_FIELD), &flen);
		return by_field(e, operand.file, field, flen, dir, name, len) != ANSWER_NO;
	}
	if (code_node(e->c, operand.file, operand.node)->kind != SYN_IDENTIFIER)
		return by_value(e, operand, dir, name, len) != ANSWER_NO;
	if (eval_type(e, operand, &type))
		return is_type(e, type.file, type.node, dir, name, len) != ANSWER_NO;
	e->depth++;
	eval_values(e, operand, &v);
	for (uint32_t i = 0; i < v.count && best == ANSWER_NO; i++)
		best = v.item[i].kind == VALUE_EXPR ? by_value(e, v.item[i].at, dir, name, len) :
			ANSWER_UNKNOWN;
	e->depth--;
	return !v.count || best != ANSWER_NO;
}
