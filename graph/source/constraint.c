/* SPDX-License-Identifier: MIT */
/*
 * constraint.c - parses a constraint into postfix order and evaluates that.
 * Postfix needs neither a tree nor recursion: a nested expression is a longer
 * array.  The grammar, the limits and the odd corners are go/build/constraint's
 * of Go 1.26.
 */
#include "graph/source/constraint.h"

#include "base/limits.h"
#include "graph/source/gotext.h"

#include <string.h>

#define PLUS_BUILD_OPERATORS 100u       /* go/build/constraint: maxOldSize */

enum op_kind { OP_TAG, OP_NOT, OP_AND, OP_OR };

struct op {
	enum op_kind kind;
	uint32_t len;                   /* of the tag */
	const char *tag;
};

struct constraint {
	uint32_t nops;
	struct op *op;
};

static void emit(struct constraint *c, enum op_kind kind)
{
	c->op[c->nops++] = (struct op){ .kind = kind };
}

static void emit_tag(struct constraint *c, struct text tag)
{
	c->op[c->nops++] = (struct op){ .kind = OP_TAG, .len = (uint32_t)tag.len, .tag = tag.s };
}

/* The text behind a prefix that white space or the end must follow. */
static bool after_word(struct text t, const char *word, struct text *ret)
{
	if (!text_has_prefix(t, word))
		return false;
	t.s += strlen(word);
	t.len -= strlen(word);
	*ret = text_trim(t);
	return ret->len != t.len || !t.len;
}

/* One trailing newline is fine, more lines are not. */
static bool one_line(struct text *t)
{
	if (t->len && t->s[t->len - 1] == '\n')
		t->len--;
	return !t->len || !memchr(t->s, '\n', t->len);
}

static bool split_go_build(struct text line, struct text *ret)
{
	if (!one_line(&line) || !text_has_prefix(line, "//go:build"))
		return false;
	return after_word(text_trim(line), "//go:build", ret);
}

static bool split_plus_build(struct text line, struct text *ret)
{
	if (!one_line(&line) || !text_has_prefix(line, "//"))
		return false;
	line.s += 2;
	line.len -= 2;
	return after_word(text_trim(line), "+build", ret);
}

/* ---- //go:build ---- */

enum token {
	TOKEN_END, TOKEN_TAG, TOKEN_OPEN, TOKEN_CLOSE, TOKEN_NOT, TOKEN_AND, TOKEN_OR, TOKEN_BAD
};

struct lexer {
	struct text rest;
	enum token token;
	struct text tag;
};

static void lex_word(struct lexer *l)
{
	size_t n = 0, size;

	while (n < l->rest.len && rune_is_tag(rune_decode(l->rest.s + n, l->rest.len - n, &size)))
		n += size;
	l->token = n ? TOKEN_TAG : TOKEN_BAD;
	l->tag = (struct text){ l->rest.s, n };
	l->rest.s += n;
	l->rest.len -= n;
}

static void lex(struct lexer *l)
{
	struct text *r = &l->rest;
	size_t n = 1;

	while (r->len && (*r->s == ' ' || *r->s == '\t')) {
		r->s++;
		r->len--;
	}
	if (!r->len) {
		l->token = TOKEN_END;
		return;
	}
	switch (*r->s) {
	case '(':
		l->token = TOKEN_OPEN;
		break;
	case ')':
		l->token = TOKEN_CLOSE;
		break;
	case '!':
		l->token = TOKEN_NOT;
		break;
	case '&':
	case '|':
		n = 2;
		l->token = r->len < 2 || r->s[1] != r->s[0] ? TOKEN_BAD :
			   *r->s == '&' ? TOKEN_AND : TOKEN_OR;
		break;
	default:
		lex_word(l);
		return;
	}
	if (l->token != TOKEN_BAD) {
		r->s += n;
		r->len -= n;
	}
}

struct parser {
	struct lexer lexer;
	struct constraint *out;
	char *stack;                    /* operators that wait: ( ! & | */
	size_t depth;
	size_t open;                    /* how many of them are '(' */
	uint64_t size;
};

static const char *syntax_error(const struct parser *p)
{
	switch (p->lexer.token) {
	case TOKEN_END:
		return p->open ? "missing close paren" : "unexpected end of expression";
	case TOKEN_BAD:
		return "invalid syntax";
	case TOKEN_TAG:
	case TOKEN_OPEN:
	case TOKEN_CLOSE:
	case TOKEN_NOT:
	case TOKEN_AND:
	case TOKEN_OR:
		break;
	}
	return "unexpected token";
}

/* Moves waiting operators to the output as long as they are in `which`. */
static void reduce(struct parser *p, const char *which)
{
	while (p->depth && strchr(which, p->stack[p->depth - 1])) {
		char c = p->stack[--p->depth];

		emit(p->out, c == '!' ? OP_NOT : c == '&' ? OP_AND : OP_OR);
	}
}

/* Reads [!] ( ... up to and with a tag; the next token is lexed afterwards. */
static const char *parse_operand(struct parser *p)
{
	for (;;) {
		if (++p->size > limit_of(LIMIT_CONSTRAINT_DEPTH))
			return "build expression too large";
		lex(&p->lexer);
		if (p->lexer.token == TOKEN_NOT) {
			lex(&p->lexer);
			if (p->lexer.token == TOKEN_NOT)
				return "double negation not allowed";
			p->stack[p->depth++] = '!';
		}
		if (p->lexer.token != TOKEN_OPEN)
			break;
		p->stack[p->depth++] = '(';
		p->open++;
	}
	if (p->lexer.token != TOKEN_TAG)
		return syntax_error(p);
	emit_tag(p->out, p->lexer.tag);
	lex(&p->lexer);
	reduce(p, "!");
	return NULL;
}

/* Closes the parentheses that end here; NULL also where an operator follows. */
static const char *parse_closing(struct parser *p)
{
	while (p->lexer.token != TOKEN_AND && p->lexer.token != TOKEN_OR) {
		reduce(p, "&|");
		if (p->lexer.token == TOKEN_BAD)
			return "invalid syntax";
		if (!p->open)
			return p->lexer.token == TOKEN_END ? NULL : "unexpected token";
		if (p->lexer.token != TOKEN_CLOSE)
			return "missing close paren";
		p->depth--;
		p->open--;
		lex(&p->lexer);
		reduce(p, "!");
	}
	return NULL;
}

static const char *parse_expression(struct parser *p)
{
	for (;;) {
		const char *error = parse_operand(p);

		if (!error)
			error = parse_closing(p);
		if (error || p->lexer.token == TOKEN_END)
			return error;
		bool and = p->lexer.token == TOKEN_AND;

		reduce(p, and ? "&" : "&|");
		p->stack[p->depth++] = and ? '&' : '|';
	}
}

/* Room for `want` operations over a private copy of the text. */
static struct constraint *constraint_new(struct arena *a, struct text *text, size_t want)
{
	struct constraint *c = arena_new(a, struct constraint);

	text->s = arena_strndup(a, text->s, text->len);
	c->op = arena_array(a, struct op, want);
	return c;
}

const struct constraint *constraint_parse_go_build(struct arena *a, const char *line, size_t len,
						   const char **ret_error)
{
	struct text text;

	*ret_error = NULL;
	if (!split_go_build((struct text){ line, len }, &text)) {
		*ret_error = "not a build constraint";
		return NULL;
	}
	/* Each operand has at most one '!', one '(' and one operator before it. */
	size_t most = 3 * ((size_t)limit_of(LIMIT_CONSTRAINT_DEPTH) + 1);
	size_t want = text.len + 1 < most ? text.len + 1 : most;
	struct parser p = { .out = constraint_new(a, &text, want) };

	p.stack = arena_array(a, char, want);
	p.lexer.rest = text;
	*ret_error = parse_expression(&p);
	return *ret_error ? NULL : p.out;
}

/* ---- // +build ---- */

static bool is_valid_tag(struct text t)
{
	size_t size;

	if (!t.len)
		return false;
	for (size_t i = 0; i < t.len; i += size)
		if (!rune_is_tag(rune_decode(t.s + i, t.len - i, &size)))
			return false;
	return true;
}

static void emit_literal(struct constraint *c, struct text lit)
{
	static const struct text ignore = { "ignore", 6 };
	bool negated = false;

	if (text_has_prefix(lit, "!!") || (lit.len == 1 && *lit.s == '!')) {
		emit_tag(c, ignore);
		return;
	}
	if (text_has_prefix(lit, "!")) {
		negated = true;
		lit.s++;
		lit.len--;
	}
	emit_tag(c, is_valid_tag(lit) ? lit : ignore);
	if (negated)
		emit(c, OP_NOT);
}

/* a,b is both; false when there are too many operators in the line. */
static bool emit_clause(struct constraint *c, struct text clause, uint32_t *size)
{
	for (bool first = true;; first = false) {
		const char *comma = memchr(clause.s, ',', clause.len);
		struct text lit = { clause.s, comma ? (size_t)(comma - clause.s) : clause.len };

		emit_literal(c, lit);
		if (!first) {
			if (++*size > PLUS_BUILD_OPERATORS)
				return false;
			emit(c, OP_AND);
		}
		if (!comma)
			return true;
		clause = (struct text){ comma + 1, clause.len - lit.len - 1 };
	}
}

const struct constraint *constraint_parse_plus_build(struct arena *a, const char *line, size_t len,
						     const char **ret_error)
{
	struct text text, clause;
	uint32_t size = 0;

	*ret_error = NULL;
	if (!split_plus_build((struct text){ line, len }, &text)) {
		*ret_error = "not a build constraint";
		return NULL;
	}
	struct constraint *c = constraint_new(a, &text, 3 * (PLUS_BUILD_OPERATORS + 2));

	for (bool first = true; text_next_field(&text, &clause); first = false) {
		bool fits = emit_clause(c, clause, &size);

		if (fits && !first) {
			fits = ++size <= PLUS_BUILD_OPERATORS;
			emit(c, OP_OR);
		}
		if (!fits) {
			*ret_error = "expression too complex for // +build lines";
			return NULL;
		}
	}
	if (!c->nops)
		emit_tag(c, (struct text){ "ignore", 6 });
	return c;
}

bool constraint_is_plus_build(const char *line, size_t len)
{
	struct text text;

	return split_plus_build((struct text){ line, len }, &text);
}

/* ---- asking ---- */

/*
 * Three answers for 64 Go versions at once: bit n of `yes` means that the
 * expression can be true under go1.n, of `no` that it can be false.  With a
 * configuration each tag has one answer, without one only release tags have.
 */
struct answer {
	uint64_t yes, no;
};

static struct answer ask_go_version(const struct op *op)
{
	unsigned minor = 0;

	if (op->len < 5 || memcmp(op->tag, "go1.", 4) || op->tag[4] == '0')
		return (struct answer){ UINT64_MAX, UINT64_MAX };
	for (uint32_t i = 4; i < op->len; i++) {
		if (op->tag[i] < '0' || op->tag[i] > '9')
			return (struct answer){ UINT64_MAX, UINT64_MAX };
		minor = minor < 1000 ? minor * 10 + (unsigned)(op->tag[i] - '0') : minor;
	}
	uint64_t yes = minor < 64 ? UINT64_MAX << minor : 0;

	return (struct answer){ yes, ~yes };
}

static struct answer ask_config(const struct op *op, const struct build_config *config)
{
	bool yes = build_config_tag(config, op->tag, op->len);

	return yes ? (struct answer){ 1, 0 } : (struct answer){ 0, 1 };
}

static struct answer ask(const struct constraint *c, const struct build_config *config)
{
	/* As many values wait as there are operands, which the parser counts. */
	struct answer stack[1024];
	uint32_t n = 0;

	memset(stack, 0,
	       sizeof(*stack) * (c->nops < ARRAY_SIZE(stack) ? c->nops : ARRAY_SIZE(stack)));
	for (uint32_t i = 0; i < c->nops; i++) {
		const struct op *op = &c->op[i];
		struct answer top = n ? stack[n - 1] : (struct answer){ 0, 0 };

		switch (op->kind) {
		case OP_TAG:
			if (n == ARRAY_SIZE(stack))
				BUG("constraint with more than %u operands", n);
			stack[n++] = config ? ask_config(op, config) : ask_go_version(op);
			break;
		case OP_NOT:
			stack[n - 1] = (struct answer){ top.no, top.yes };
			break;
		case OP_AND:
			n--;
			stack[n - 1].yes &= top.yes;
			stack[n - 1].no |= top.no;
			break;
		case OP_OR:
			n--;
			stack[n - 1].yes |= top.yes;
			stack[n - 1].no &= top.no;
			break;
		}
	}
	return stack[0];
}

bool constraint_eval(const struct constraint *c, const struct build_config *config)
{
	return ask(c, config).yes;
}

unsigned constraint_min_go(const struct constraint *c)
{
	uint64_t yes = ask(c, NULL).yes;
	unsigned minor = 0;

	while (yes && !(yes >> minor & 1))
		minor++;
	return minor;
}
