/* SPDX-License-Identifier: MIT */
/*
 * gomod.c - the statements of go.mod and go.work: lines, blocks and the comments
 * that belong to them.  Goes on after a wrong directive, stops at a wrong token.
 */
#include "graph/source/gomod_parser.h"

#include <string.h>

static void comments_add(struct gomod_comments *c, struct text comment)
{
	VEC_RESERVE(c->item, c->cap, c->count + 1);
	c->item[c->count++] = comment;
}

static void word_add(struct gomod_parser *p, const struct gomod_token *t)
{
	VEC_RESERVE(p->word, p->cap, p->nwords + 1);
	p->word[p->nwords++] = *t;
}

/* Judges a line that ends in t, unless a wrong token ended it. */
static void end_line(struct gomod_parser *p, const struct gomod_line *l,
		     const struct gomod_token *t)
{
	p->behind = t->kind == GOMOD_EOL_COMMENT ? t->text : (struct text){ "", 0 };
	if (t->kind != GOMOD_EOF || !p->lexer.error)
		gomod_add(p, l);
}

/* Lines up to the ')'; a block of unknown kind is read, not judged line by line. */
static void parse_block(struct gomod_parser *p, struct gomod_token verb, bool known)
{
	size_t base = p->nwords;

	p->in_block = true;
	p->above_line.count = 0;
	for (;;) {
		struct gomod_token t = gomod_lex(&p->lexer);

		if (t.kind == GOMOD_NEWLINE || t.kind == GOMOD_EOL_COMMENT)
			continue;
		if (t.kind == GOMOD_COMMENT) {
			comments_add(&p->above_line, t.text);
			continue;
		}
		if (t.kind == GOMOD_EOF) {
			gomod_lex_fail(&p->lexer, "block without an end", verb.line, verb.col);
			break;
		}
		if (text_is(t.text, ")")) {
			if (!gomod_ends_line(&p->lexer.next))
				gomod_lex_fail(&p->lexer, "newline expected behind ')'",
					       p->lexer.next.line, p->lexer.next.col);
			gomod_lex(&p->lexer);
			break;
		}
		struct gomod_line l = { .verb = verb.text, .line = t.line, .col = t.col };

		for (; !gomod_ends_line(&t); t = gomod_lex(&p->lexer))
			word_add(p, &t);
		l.arg = p->word + base;
		l.nargs = p->nwords - base;
		if (known)
			end_line(p, &l, &t);
		p->nwords = base;
		p->above_line.count = 0;
	}
	p->in_block = false;
}

static void start_block(struct gomod_parser *p)
{
	struct gomod_token verb = p->word[0];
	enum gomod_verb v = gomod_find_verb(p, verb.text);
	bool known = p->nwords == 1 && gomod_verb_has_blocks(v);

	if (!known)
		gomod_fail(p, verb.line, verb.col, gomod_about(p, "unknown block", verb.text));
	parse_block(p, verb, known);
}

static void parse_statement(struct gomod_parser *p)
{
	struct gomod_token t = gomod_lex(&p->lexer);

	p->nwords = 0;
	word_add(p, &t);
	for (;;) {
		t = gomod_lex(&p->lexer);
		if (gomod_ends_line(&t))
			break;
		if (!text_is(t.text, "(")) {
			word_add(p, &t);
			continue;
		}
		if (gomod_ends_line(&p->lexer.next)) {
			start_block(p);
			return;
		}
		word_add(p, &t);
		if (!text_is(p->lexer.next.text, ")"))
			continue;
		/* "()" before the end of the line is an empty block, elsewhere two words. */
		t = gomod_lex(&p->lexer);
		if (!gomod_ends_line(&p->lexer.next)) {
			word_add(p, &t);
			continue;
		}
		p->nwords--;
		gomod_lex(&p->lexer);
		enum gomod_verb v = gomod_find_verb(p, p->word[0].text);

		if (p->nwords != 1 || !gomod_verb_has_blocks(v))
			gomod_fail(p, p->word[0].line, p->word[0].col,
			     gomod_about(p, "unknown block", p->word[0].text));
		return;
	}
	struct gomod_line l = {
		.verb = p->word[0].text, .arg = p->word + 1, .nargs = p->nwords - 1,
		.line = p->word[0].line, .col = p->word[0].col,
	};
	end_line(p, &l, &t);
}

static void parse_file(struct gomod_parser *p)
{
	for (;;) {
		switch (p->lexer.next.kind) {
		case GOMOD_EOF:
			if (p->lexer.error)
				gomod_fail(p, p->lexer.error_line, p->lexer.error_col,
					   p->lexer.error);
			return;
		case GOMOD_NEWLINE:
			gomod_lex(&p->lexer);
			p->above.count = 0;
			break;
		case GOMOD_COMMENT:
			comments_add(&p->above, p->lexer.next.text);
			gomod_lex(&p->lexer);
			break;
		case GOMOD_EOL_COMMENT:
		case GOMOD_WORD:
			parse_statement(p);
			p->above.count = 0;
			break;
		}
	}
}

static const void *keep(struct gomod_parser *p, struct gomod_list *l, size_t size,
			uint32_t *ret_count)
{
	void *kept = arena_alloc(p->arena, l->count, size);

	if (l->count)
		memcpy(kept, l->item, l->count * size);
	*ret_count = l->count;
	free(l->item);
	return kept;
}

void gomod_parse(struct arena *arena, enum gomod_kind kind, const char *bytes, size_t len,
		 struct gomod *ret)
{
	struct gomod_parser p = { .arena = arena, .kind = kind, .out = ret };

	*ret = (struct gomod){ .module = "", .go = "", .toolchain = "", .deprecated = "" };
	gomod_lex_init(&p.lexer, bytes, len);
	parse_file(&p);
	ret->require = keep(&p, &p.require, sizeof(*ret->require), &ret->nrequire);
	ret->replace = keep(&p, &p.replace, sizeof(*ret->replace), &ret->nreplace);
	ret->ignore = keep(&p, &p.ignore, sizeof(*ret->ignore), &ret->nignore);
	ret->tool = keep(&p, &p.tool, sizeof(*ret->tool), &ret->ntool);
	ret->use = keep(&p, &p.use, sizeof(*ret->use), &ret->nuse);
	ret->error = keep(&p, &p.error, sizeof(*ret->error), &ret->nerror);
	free(p.word);
	free(p.above.item);
	free(p.above_line.item);
}
