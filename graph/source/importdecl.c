/* SPDX-License-Identifier: MIT */
/*
 * importdecl.c - go/scanner and go/parser, as far as ImportsOnly mode gets.
 * The first error ends it: Go then knows a package name at most, no imports.
 */
#include "graph/source/importdecl.h"
#include "base/limits.h"
#include "graph/source/gotext.h"

#include <stdlib.h>
#include <string.h>

enum token {
	TOK_EOF, TOK_IDENT, TOK_STRING, TOK_LITERAL, TOK_PERIOD, TOK_LPAREN, TOK_RPAREN,
	TOK_RBRACE, TOK_SEMICOLON, TOK_PACKAGE, TOK_IMPORT, TOK_OTHER,
};

struct lexer {
	const char *bytes;
	size_t len, at;
	uint32_t line;
	size_t line_start;      /* offset of the current line */
	bool insert_semi;       /* a newline here is a semicolon */
	bool whole, more;       /* more: the bytes ended inside of something */
	struct arena *arena;
	struct header *h;

	enum token tok;         /* the current token */
	size_t start;
	uint32_t tok_line, tok_col;
};

static bool failed(const struct lexer *x)
{
	return x->more || x->h->status != HEADER_OK;
}

static void fail_at(struct lexer *x, uint32_t line, uint32_t col, const char *problem)
{
	if (failed(x))
		return;
	x->h->status = HEADER_SYNTAX;
	x->h->problem = problem;
	x->h->problem_line = line;
	x->h->problem_col = col;
}

static void fail(struct lexer *x, const char *problem)
{
	fail_at(x, x->line, (uint32_t)(x->at - x->line_start) + 1, problem);
}

static void expected(struct lexer *x, const char *problem)
{
	fail_at(x, x->tok_line, x->tok_col, problem);
}

static int byte_at(const struct lexer *x, size_t ahead)
{
	return x->at + ahead < x->len ? (unsigned char)x->bytes[x->at + ahead] : -1;
}

static void newline(struct lexer *x)
{
	x->line++;
	x->line_start = x->at;
}

/* Decodes the character here; half of one at the end of bytes that go on asks for more. */
static uint32_t peek_rune(struct lexer *x, size_t *ret_size)
{
	uint32_t rune = rune_decode(x->bytes + x->at, x->len - x->at, ret_size);

	if (rune == RUNE_ERROR && *ret_size == 1 && !x->whole && x->len - x->at < 4)
		x->more = true;
	return rune;
}

/* Steps over one character, wherever it stands: comments and strings are checked too. */
static uint32_t take_rune(struct lexer *x)
{
	int c = byte_at(x, 0);
	size_t n;

	if (c == 0)
		fail(x, "illegal character NUL");
	if (c < 0x80) {
		x->at++;
		if (c == '\n')
			newline(x);
		return (uint32_t)c;
	}
	uint32_t rune = peek_rune(x, &n);

	if (rune == RUNE_ERROR && n == 1)
		fail(x, "illegal UTF-8 encoding");
	else if (rune == 0xfeff)
		fail(x, "illegal byte order mark");
	x->at += n;
	return rune;
}

/* The bytes ended inside a comment or literal: an error only if the file does too. */
static void cut_off(struct lexer *x, const char *problem)
{
	if (x->whole)
		fail(x, problem);
	else
		x->more = true;
}

/* The first byte of p[0..len) that is not plain ASCII text: NUL, or of a longer character. */
static size_t plain_prefix(const char *p, size_t len)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
	size_t i = 0;
	uint64_t w;

	for (; i + sizeof(w) <= len; i += sizeof(w)) {
		memcpy(&w, p + i, sizeof(w));
		/* The high bit of a byte that is zero or has it already. */
		if ((w | (w - ones)) & high)
			break;
	}
	while (i < len && p[i] && (unsigned char)p[i] < 0x80)
		i++;
	return i;
}

static void skip_line_comment(struct lexer *x)
{
	const char *from = x->bytes + x->at, *nl = memchr(from, '\n', x->len - x->at);
	size_t end = nl ? (size_t)(nl - x->bytes) : x->len;

	x->at += plain_prefix(from, end - x->at);
	while (x->at < end && !failed(x))
		take_rune(x);
	if (x->at == x->len && !x->whole)
		x->more = true;
}

/* True when there was a newline in it. */
static bool skip_block_comment(struct lexer *x)
{
	uint32_t line = x->line;

	x->at += 2;
	while (!failed(x)) {
		/* Up to what can end the line, the comment or the text. */
		while (x->at < x->len && x->bytes[x->at] >= ' ' && x->bytes[x->at] != '*')
			x->at++;
		if (x->at >= x->len) {
			cut_off(x, "comment not terminated");
			break;
		}
		if (byte_at(x, 0) == '*' && byte_at(x, 1) == '/') {
			x->at += 2;
			break;
		}
		take_rune(x);
	}
	return x->line != line;
}

/* Skips space and comments; true when a newline or the end makes a semicolon. */
static bool skip_space(struct lexer *x)
{
	while (!failed(x)) {
		int c = byte_at(x, 0);

		if (c == '\n') {
			x->at++;
			newline(x);
			if (x->insert_semi)
				return true;
		} else if (c == ' ' || c == '\t' || c == '\r') {
			x->at++;
		} else if (c == '/' && byte_at(x, 1) == '/') {
			skip_line_comment(x);
		} else if (c == '/' && byte_at(x, 1) == '*') {
			if (skip_block_comment(x) && x->insert_semi)
				return true;
		} else {
			break;
		}
	}
	return x->insert_semi && x->at == x->len && x->whole;
}

static void scan_raw_string(struct lexer *x)
{
	x->at++;
	while (!failed(x)) {
		if (x->at >= x->len) {
			cut_off(x, "raw string literal not terminated");
			return;
		}
		if (take_rune(x) == '`')
			return;
	}
}

static void scan_string(struct lexer *x, char quote)
{
	x->at++;
	while (!failed(x)) {
		while (x->at < x->len && x->bytes[x->at] >= ' ' && x->bytes[x->at] != '\\' &&
		       x->bytes[x->at] != quote)
			x->at++;
		int c = byte_at(x, 0);

		if (c < 0) {
			cut_off(x, "string literal not terminated");
			return;
		}
		if (c == '\n') {
			fail(x, "string literal not terminated");
			return;
		}
		take_rune(x);
		if (c == quote)
			return;
		if (c == '\\' && byte_at(x, 0) != '\n' && byte_at(x, 0) >= 0)
			take_rune(x);
	}
}

static void scan_ident(struct lexer *x)
{
	while (!failed(x)) {
		int c = byte_at(x, 0);
		size_t n;

		if (c < 0) {
			if (!x->whole)
				x->more = true;
			break;
		}
		if (c < 0x80) {
			if (!rune_is_letter((uint32_t)c) && !(c >= '0' && c <= '9'))
				break;
			x->at++;
			continue;
		}
		uint32_t rune = peek_rune(x, &n);

		if (!rune_is_letter(rune) && !rune_is_digit(rune)) {
			/* Go's scanner has read it when the name ends: its error counts at once. */
			if (rune == RUNE_ERROR && n == 1 && !x->more)
				fail(x, "illegal UTF-8 encoding");
			break;
		}
		x->at += n;
	}
	size_t n = x->at - x->start;

	x->tok = TOK_IDENT;
	x->insert_semi = true;
	if (n == 7 && !memcmp(x->bytes + x->start, "package", 7)) {
		x->tok = TOK_PACKAGE;
		x->insert_semi = false;
	} else if (n == 6 && !memcmp(x->bytes + x->start, "import", 6)) {
		x->tok = TOK_IMPORT;
		x->insert_semi = false;
	}
}

/* Go's other keywords are no identifiers: `package func` is an error. */
static bool is_keyword(const char *s, size_t n)
{
	static const char *const words[] = {
		"break", "case", "chan", "const", "continue", "default", "defer", "else",
		"fallthrough", "for", "func", "go", "goto", "if", "interface", "map", "range",
		"return", "select", "struct", "switch", "type", "var",
	};

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (strlen(words[i]) == n && !memcmp(words[i], s, n))
			return true;
	return false;
}

static void next_token(struct lexer *x)
{
	bool semi = skip_space(x);

	x->start = x->at;
	x->tok_line = x->line;
	x->tok_col = (uint32_t)(x->at - x->line_start) + 1;
	x->insert_semi = false;
	if (semi || failed(x)) {
		x->tok = semi ? TOK_SEMICOLON : TOK_EOF;
		return;
	}
	int c = byte_at(x, 0);

	if (c < 0) {
		if (!x->whole)
			x->more = true;
		x->tok = TOK_EOF;
	} else if (c >= 0x80 || rune_is_letter((uint32_t)c)) {
		size_t n;

		if (!rune_is_letter(peek_rune(x, &n))) {
			take_rune(x);
			fail_at(x, x->tok_line, x->tok_col, "illegal character");
		}
		scan_ident(x);
		if (x->tok == TOK_IDENT && is_keyword(x->bytes + x->start, x->at - x->start)) {
			x->tok = TOK_OTHER;
			x->insert_semi = false;
		}
	} else if (c == '"') {
		scan_string(x, '"');
		x->tok = TOK_STRING;
		x->insert_semi = true;
	} else if (c == '`') {
		scan_raw_string(x);
		x->tok = TOK_STRING;
		x->insert_semi = true;
	} else if (c == '/' && byte_at(x, 1) < 0 && !x->whole) {
		x->more = true;         /* half of a comment's beginning */
		x->tok = TOK_EOF;
	} else {
		take_rune(x);
		x->tok = c == '.' ? TOK_PERIOD : c == '(' ? TOK_LPAREN : c == ')' ? TOK_RPAREN :
			 c == '}' ? TOK_RBRACE : c == ';' ? TOK_SEMICOLON :
			 (c >= '0' && c <= '9') || c == '\'' ? TOK_LITERAL : TOK_OTHER;
		x->insert_semi = c == ')' || c == '}' || c == ']';
		if (c == '#' || c == '$' || c == '?' || c == '@' || c == '\\' || c < ' ' ||
		    c == 0x7f)
			fail_at(x, x->tok_line, x->tok_col, "illegal character");
	}
}

static void expect_semi(struct lexer *x)
{
	if (x->tok == TOK_RPAREN || x->tok == TOK_RBRACE)
		return;
	if (x->tok == TOK_SEMICOLON)
		next_token(x);
	else
		expected(x, "expected ';'");
}

bool import_path_valid(const char *path)
{
	static const char illegal[] = "!\"#$%&'()*,:;<=>?[\\]^{|}`";
	size_t len = strlen(path), n;

	if (!len)
		return false;
	for (const char *p = path, *end = path + len; p < end; p += n) {
		uint32_t rune = rune_decode(p, (size_t)(end - p), &n);

		if (rune == RUNE_ERROR || !rune_is_visible(rune) ||
		    (rune < 0x80 && strchr(illegal, (int)rune)))
			return false;
	}
	return true;
}

struct spec_list {
	struct header_import *item;
	uint32_t count, cap;
};

static void parse_spec(struct lexer *x, struct spec_list *list)
{
	struct header_import spec = { .name = "", .line = x->tok_line, .col = x->tok_col };

	if (x->tok == TOK_IDENT || x->tok == TOK_PERIOD) {
		spec.name = arena_strndup(x->arena, x->bytes + x->start, x->at - x->start);
		next_token(x);
	}
	if (x->tok != TOK_STRING) {
		expected(x, x->tok == TOK_LITERAL ? "import path must be a string" :
						    "missing import path");
		return;
	}
	spec.path = go_unquote(x->bytes + x->start, x->at - x->start, x->arena);
	spec.end_col = (uint32_t)(x->at - x->line_start) + 1;
	if (!spec.path)
		expected(x, "invalid escape in import path");
	else if (!import_path_valid(spec.path))
		expected(x, "invalid import path");
	if (list->count >= limit_of(LIMIT_IMPORTS))
		expected(x, "too many imports");
	if (failed(x))
		return;
	VEC_RESERVE(list->item, list->cap, list->count + 1);
	list->item[list->count++] = spec;
	x->h->section_end = (uint32_t)x->at;
	next_token(x);
	expect_semi(x);
}

static void parse_import(struct lexer *x, struct spec_list *list)
{
	if (!x->h->section_line) {
		x->h->section_start = (uint32_t)x->start;
		x->h->section_line = x->tok_line;
		x->h->section_col = x->tok_col;
	}
	next_token(x);
	if (x->tok != TOK_LPAREN) {
		parse_spec(x, list);
		return;
	}
	next_token(x);
	while (x->tok != TOK_RPAREN && x->tok != TOK_EOF && !failed(x))
		parse_spec(x, list);
	if (failed(x))
		return;
	if (x->tok != TOK_RPAREN) {
		expected(x, "expected ')'");
		return;
	}
	x->h->section_end = (uint32_t)x->at;
	next_token(x);
	expect_semi(x);
}

static bool parse_package(struct lexer *x)
{
	struct header *h = x->h;

	next_token(x);
	if (x->tok != TOK_PACKAGE)
		expected(x, "expected 'package'");
	next_token(x);
	if (x->tok != TOK_IDENT)
		expected(x, "expected a package name");
	if (failed(x))
		return false;
	const char *name = x->bytes + x->start;
	uint32_t len = (uint32_t)(x->at - x->start), line = x->tok_line, col = x->tok_col;

	next_token(x);
	expect_semi(x);
	if (failed(x))
		return false;
	h->package = name;
	h->package_len = len;
	h->package_line = line;
	h->package_col = col;
	return true;
}

void import_decls_parse(const char *bytes, size_t len, bool whole, struct arena *arena,
			struct header *h)
{
	struct lexer x = {
		.bytes = bytes, .len = len, .line = 1, .whole = whole, .arena = arena, .h = h,
	};
	struct spec_list list = { 0 };

	/* go/scanner skips a byte order mark, here a second one. */
	if (len >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3))
		x.at = 3;
	if (parse_package(&x))
		while (x.tok == TOK_IMPORT && !failed(&x))
			parse_import(&x, &list);
	if (x.more) {
		h->status = HEADER_MORE;
	} else if (h->status == HEADER_OK && list.count) {
		struct header_import *kept = arena_array(arena, struct header_import, list.count);

		memcpy(kept, list.item, list.count * sizeof(*kept));
		h->import = kept;
		h->nimports = list.count;
	}
	if (h->status != HEADER_OK)
		h->section_start = h->section_end = h->section_line = 0;
	free(list.item);
}
