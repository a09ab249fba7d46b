/* SPDX-License-Identifier: MIT */
/*
 * mask.c - the rewrites of newer and rarer Go, one function each, in a table.
 *
 * A rewrite looks at the tokens around one and at nothing else; what it puts in
 * place means the same to a parser, so that doing it where the grammar had no
 * trouble is no harm.  Names are read from the file itself: any letters will do.
 */
#include "graph/source/mask.h"
#include "graph/source/gotext.h"

#include <string.h>

struct mask {
	char *text;
	struct mask_tokens tokens;
	const struct mask_judge *judge;
	uint32_t places;
};

/* Token i; beyond both ends a newline without bytes. */
static const struct mask_token *token(const struct mask *m, uint32_t i)
{
	static const struct mask_token none = { .partner = MASK_ALONE, .kind = MASK_NEWLINE };

	return i < m->tokens.count ? &m->tokens.item[i] : &none;
}

static bool is(const struct mask *m, uint32_t i, const char *text)
{
	const struct mask_token *t = token(m, i);
	size_t len = strlen(text);

	return t->kind != MASK_NEWLINE && t->end - t->start == len &&
	       !memcmp(m->text + t->start, text, len);
}

static bool is_name(const struct mask *m, uint32_t i)
{
	return token(m, i)->kind == MASK_NAME;
}

/* Of an opening bracket whose other end is known; else MASK_ALONE. */
static uint32_t partner(const struct mask *m, uint32_t i, const char *open)
{
	return is(m, i, open) ? token(m, i)->partner : MASK_ALONE;
}

/* Where a statement or a declaration may begin. */
static bool begins(const struct mask *m, uint32_t i)
{
	return !i || token(m, i - 1)->kind == MASK_NEWLINE || is(m, i - 1, ";") ||
	       is(m, i - 1, "{") || is(m, i - 1, ":");
}

static void blank(struct mask *m, uint32_t start, uint32_t end)
{
	memset(m->text + start, ' ', end - start);
}

static void blank_token(struct mask *m, uint32_t i)
{
	blank(m, token(m, i)->start, token(m, i)->end);
}

/* A semicolon somewhere in white space [start, end); false when there is none. */
static bool put_semicolon(struct mask *m, uint32_t start, uint32_t end)
{
	if (start >= end || !memchr(" \t\r\n", m->text[start], 4))
		return false;
	m->text[start] = ';';
	m->places++;
	return true;
}

/* Whether the grammar takes text[start..end) between two others. */
static bool fits(const struct mask *m, const char *before, uint32_t start, uint32_t end,
		 const char *behind)
{
	return m->judge->parses(m->judge->ctx, before, m->text + start, end - start, behind);
}

/* Whether the first of the arguments between the parentheses `open` and `close` is a type. */
static bool takes_type(const struct mask *m, uint32_t open, uint32_t close)
{
	uint32_t end = open + 1, from, to;

	while (end < close && !is(m, end, ","))
		end = token(m, end)->partner < close && token(m, end)->partner > end ?
		      token(m, end)->partner + 1 : end + 1;
	if (end == open + 1)
		return true;
	/* What costs nothing to tell, before the grammar is asked: a call, a literal. */
	if ((is_name(m, open + 1) && is(m, open + 2, "(")) ||
	    token(m, open + 1)->kind == MASK_LITERAL)
		return false;
	from = token(m, open + 1)->start;
	to = token(m, end - 1)->end;
	return !is(m, end - 1, "...") && fits(m, "var _ ", from, to, "");
}

/* Go 1.26: new(EXPRESSION); and a make or new that the file declares itself. */
static void call_of_builtin(struct mask *m, uint32_t i)
{
	uint32_t close = partner(m, i + 1, "(");

	if (!(is(m, i, "new") || is(m, i, "make")) || close == MASK_ALONE ||
	    close == i + 2 || takes_type(m, i + 1, close))
		return;
	m->text[token(m, i)->start] = '_';
	m->places++;
}

/* Go 1.27: func (RECEIVER) NAME[PARAMETERS](...). */
static void generic_method(struct mask *m, uint32_t i)
{
	uint32_t receiver = partner(m, i + 1, "("), open, close;

	if (!is(m, i, "func") || receiver == MASK_ALONE || !begins(m, i))
		return;
	open = receiver + 2;
	close = partner(m, open, "[");
	if (!is_name(m, receiver + 1) || close == MASK_ALONE || !is(m, close + 1, "("))
		return;
	blank(m, token(m, open)->start, token(m, close)->end);
	m->places++;
}

/* (new)(T) and (make)(T, n): the grammar takes a type as argument of the bare name only. */
static void builtin_in_parentheses(struct mask *m, uint32_t i)
{
	uint32_t first = i, last = i;

	if (!(is(m, i, "new") || is(m, i, "make")))
		return;
	while (first && partner(m, first - 1, "(") == last + 1) {
		first--;
		last++;
	}
	uint32_t close = partner(m, last + 1, "(");

	if (first == i || close == MASK_ALONE || !takes_type(m, last + 1, close))
		return;
	for (uint32_t j = first; j <= last; j++)
		if (j != i)
			blank_token(m, j);
	m->places++;
}

/* A parenthesis that groups, not that of a call, a declaration or a type assertion. */
static bool groups(const struct mask *m, uint32_t i)
{
	const struct mask_token *before = token(m, i - 1);

	return i < m->tokens.count && !(before->kind == MASK_NAME || before->kind == MASK_LITERAL ||
		       is(m, i - 1, ")") || is(m, i - 1, "]") || is(m, i - 1, "}") ||
		       is(m, i - 1, ".") || is(m, i - 1, "func"));
}

/* struct{...}.M, (interface{...}).M, (*struct{...}).M: the type becomes a name. */
static void method_of_literal_type(struct mask *m, uint32_t i)
{
	uint32_t close = partner(m, i + 1, "{"), behind = close + 1;
	const struct mask_token *end = token(m, close);

	if (!(is(m, i, "struct") || is(m, i, "interface")) || close == MASK_ALONE)
		return;
	for (; is(m, behind, ")"); behind++)
		if (!groups(m, token(m, behind)->partner))
			return;
	if (!is(m, behind, ".") || !is_name(m, behind + 1))
		return;
	blank(m, token(m, i)->start, end->end);
	m->text[end->end - 1] = '_';
	m->places++;
}

/*
 * A label at the end of a block behind another label, and one of an empty
 * statement: a semicolon more, or in its place.
 */
static void label_of_nothing(struct mask *m, uint32_t i)
{
	if (!is(m, i, ":") || !(is(m, i + 1, "}") || is(m, i + 1, ";")) || !i ||
	    !is_name(m, i - 1) || !begins(m, i - 1) ||
	    put_semicolon(m, token(m, i)->end, token(m, i + 1)->start))
		return;
	blank(m, token(m, i - 1)->start, token(m, i)->end);
	put_semicolon(m, token(m, i - 1)->start, token(m, i)->end);
}

/*
 * Go 1.27: a.b.M[[]int] without a call.  The grammar takes an index there; it
 * takes types behind a name, behind a package and its name, and in calls.
 */
static void instance_of_method(struct mask *m, uint32_t i)
{
	uint32_t close = partner(m, i, "[");

	if (close == MASK_ALONE || close == i + 1 || is(m, close + 1, "(") ||
	    i < 3 || !is_name(m, i - 1) || !is(m, i - 2, ".") ||
	    (is_name(m, i - 3) && !is(m, i - 4, ".")))
		return;
	uint32_t start = token(m, i + 1)->start, end = token(m, close - 1)->end;

	if (fits(m, "var _ = (", start, end, ")") || !fits(m, "var _ T[", start, end, "]"))
		return;
	blank(m, token(m, i)->start, token(m, close)->end);
	m->places++;
}

/* { ; f() }: an empty statement at the beginning of a block is none to the grammar. */
static void empty_at_beginning(struct mask *m, uint32_t i)
{
	if (!is(m, i, "{") || !is(m, i + 1, ";"))
		return;
	for (uint32_t j = i + 1; is(m, j, ";"); j++)
		blank_token(m, j);
	m->places++;
}

/* if ; CONDITION and switch ; TAG */
static void empty_initializer(struct mask *m, uint32_t i)
{
	if (!(is(m, i, "if") || is(m, i, "switch")) || !is(m, i + 1, ";"))
		return;
	blank_token(m, i + 1);
	m->places++;
}

/* Whether the semicolon is of a for clause. */
static bool in_clause(const struct mask *m, uint32_t semicolon)
{
	for (uint32_t i = semicolon; i-- && !begins(m, i + 1);) {
		if (token(m, i)->partner < i)
			i = token(m, i)->partner;
		if (is(m, i, "for"))
			return true;
	}
	return false;
}

/* a;;b: the grammar takes an empty statement on a line of its own only. */
static void empty_statement(struct mask *m, uint32_t i)
{
	if (!is(m, i, ";") || !is(m, i + 1, ";") || in_clause(m, i))
		return;
	for (uint32_t j = i + 1; is(m, j, ";"); j++)
		blank_token(m, j);
	m->places++;
}

/* The newline as a semicolon: at its place, or in front of the comment that it is in. */
static void semicolon_for_newline(struct mask *m, uint32_t i)
{
	const struct mask_token *t = token(m, i);
	uint32_t before = token(m, i - 1)->end;

	if (put_semicolon(m, before, t->end))
		return;
	if (t->end - before < 5 || m->text[before] != '/')
		return;
	memcpy(m->text + before, ";/*", 3);
	if (m->text[t->end - 1] == '\n')
		m->text[before + 2] = '/';
	m->places++;
}

/* Newlines for semicolons in the head of an if, for or switch. */
static void newline_in_head(struct mask *m, uint32_t i)
{
	enum { BODY, FUNCTION, TYPE } brace = BODY;     /* whose the next brace is */

	if (!(is(m, i, "if") || is(m, i, "for") || is(m, i, "switch")))
		return;
	for (uint32_t j = i + 1; j < m->tokens.count; j++) {
		uint32_t other = token(m, j)->partner;

		if (is(m, j, "}") || is(m, j, ")") || (is(m, j, "{") && brace == BODY) ||
		    is(m, j, "if") || is(m, j, "for") || is(m, j, "switch"))
			return;
		if (token(m, j)->kind == MASK_NEWLINE)
			semicolon_for_newline(m, j);
		else if (is(m, j, "func"))
			brace = FUNCTION;
		else if (is(m, j, "struct") || is(m, j, "interface") || is(m, j, "map") ||
			 (is(m, j, "[") && groups(m, j) && brace == BODY))
			brace = TYPE;
		else if (is(m, j, "{") || (is(m, j, "(") && brace == TYPE))
			brace = BODY;
		if (other != MASK_ALONE && other > j)
			j = other;
	}
}

/* Whether a line ends between two tokens, not only in a comment. */
static bool line_ends(const struct mask *m, uint32_t at, uint32_t end)
{
	for (; at < end; at++) {
		if (m->text[at] == '\n' || (m->text[at] == '/' && m->text[at + 1] == '/'))
			return true;
		if (m->text[at] != '/')
			continue;
		for (at += 3; at < end && !(m->text[at] == '/' && m->text[at - 1] == '*'); at++)
			;
	}
	return false;
}

/* A comment of two lines ends a statement: the grammar sees blanks. */
static void newline_in_comment(struct mask *m, uint32_t i)
{
	const struct mask_token *t = token(m, i);

	if (t->kind != MASK_NEWLINE || t->end - t->start < 5 || m->text[t->start] != '/')
		return;
	if (i + 1 < m->tokens.count && line_ends(m, t->end, token(m, i + 1)->start))
		return;
	semicolon_for_newline(m, i);
}

/*
 * const (A = 1) and var (x int): the grammar wants a semicolon behind the last
 * one.  Where there is no room for it tree-sitter makes one up, which counts as
 * no error, unless the first is the last: then the parentheses go.
 */
static void group_without_newline(struct mask *m, uint32_t i)
{
	uint32_t close = partner(m, i + 1, "("), specs = 1;

	if (!(is(m, i, "const") || is(m, i, "var")) || close == MASK_ALONE || close == i + 2 ||
	    token(m, close - 1)->kind == MASK_NEWLINE || is(m, close - 1, ";") ||
	    put_semicolon(m, token(m, close - 1)->end, token(m, close)->start))
		return;
	for (uint32_t j = i + 2; j < close; j++) {
		specs += token(m, j)->kind == MASK_NEWLINE || is(m, j, ";");
		if (token(m, j)->partner < close && token(m, j)->partner > j)
			j = token(m, j)->partner;
	}
	if (specs > 1)
		return;
	blank_token(m, i + 1);
	blank_token(m, close);
	m->places++;
}

/* Letters of Go that no identifier of the grammar has: General_Category L, but not XID_Continue. */
static bool is_foreign(uint32_t rune)
{
	return rune == 0x37a || (rune >= 0xfc5e && rune <= 0xfc63) || rune == 0xfdfa ||
	       rune == 0xfdfb || (rune >= 0xfe70 && rune <= 0xfe7e && rune % 2 == 0);
}

/* Those that no identifier of the grammar begins with: L, but not XID_Start. */
static bool is_foreign_start(uint32_t rune)
{
	return is_foreign(rune) || rune == 0xe33 || rune == 0xeb3 || rune == 0xff9e ||
	       rune == 0xff9f;
}

static void foreign_letters(struct mask *m, uint32_t i)
{
	const struct mask_token *t = token(m, i);
	bool found = false;
	size_t size;

	for (uint32_t at = t->start; t->kind == MASK_NAME && at < t->end; at += (uint32_t)size) {
		uint32_t rune = rune_decode(m->text + at, t->end - at, &size);

		if (!is_foreign(rune) && !(at == t->start && is_foreign_start(rune)))
			continue;
		memset(m->text + at, '_', size);
		found = true;
	}
	m->places += found;
}

/* A label or a type with the name of something predeclared, which is a keyword to the grammar. */
static void predeclared_name(struct mask *m, uint32_t i)
{
	static const char *const names[] = { "new", "make", "nil", "true", "false", "iota" };
	bool label = is(m, i + 1, ":") && begins(m, i) && i && !is(m, i - 1, "{");
	bool type = is(m, i + 1, "{");

	for (size_t k = 0; k < ARRAY_SIZE(names); k++) {
		if (!is(m, i, names[k]) || !(label || (type && k < 2)))
			continue;
		m->text[token(m, i)->start] = '_';
		m->places++;
	}
}

/* In this order at each token. */
static void (*const rewrites[])(struct mask *m, uint32_t i) = {
	call_of_builtin, generic_method, builtin_in_parentheses, method_of_literal_type,
	instance_of_method, label_of_nothing, empty_initializer, empty_at_beginning,
	empty_statement, newline_in_head, newline_in_comment, group_without_newline,
	foreign_letters, predeclared_name,
};

/* A brace at the beginning of a line behind one at an end, perhaps with comments between. */
bool mask_blocks_needed(const char *text, uint32_t len)
{
	const char *end = text + len, *p = text;

	for (; p < end && (p = memchr(p, '{', (size_t)(end - p))); p++) {
		const char *back = p;
		bool newline = false;

		for (; back > text && memchr(" \t\r\n", back[-1], 4); back--)
			newline |= back[-1] == '\n';
		if (back - text >= 2 && !memcmp(back - 2, "*/", 2))
			return true;
		if (newline && back > text && back[-1] == '}')
			return true;
		for (; newline && back > text && back[-1] != '\n'; back--)
			if (*back == '/' && back[-1] == '/')
				return true;
	}
	return false;
}

uint32_t mask_blocks(char *text, uint32_t len)
{
	struct mask m = { .text = text };

	mask_scan(text, len, &m.tokens);
	for (uint32_t i = 1; i < m.tokens.count; i++)
		if (token(&m, i)->kind == MASK_NEWLINE && is(&m, i - 1, "}") && is(&m, i + 1, "{"))
			semicolon_for_newline(&m, i);
	mask_tokens_release(&m.tokens);
	return m.places;
}

uint32_t mask_rewrite(char *text, uint32_t len, const struct mask_judge *judge)
{
	struct mask m = { .text = text, .judge = judge };

	mask_scan(text, len, &m.tokens);
	for (uint32_t i = 0; i < m.tokens.count; i++)
		for (size_t r = 0; r < ARRAY_SIZE(rewrites); r++)
			rewrites[r](&m, i);
	mask_tokens_release(&m.tokens);
	return m.places;
}
