/* SPDX-License-Identifier: MIT */
/*
 * syntax_lines.c - bytes and ends of lines that go/scanner does not take.
 *
 * The grammar wants a newline or a semicolon behind a statement and takes a
 * newline for white space elsewhere; Go puts a semicolon at the end of a line
 * by its last token, wherever it is.
 */
#include "graph/source/gotext.h"
#include "graph/source/syntax_check.h"

#include <string.h>

#define EVERY(byte) (UINT64_C(0x0101010101010101) * (byte))

uint32_t syntax_innermost(const struct syntax *s, struct syntax_place *p, uint32_t offset)
{
	uint32_t from = p->started;

	while (p->started + 1 < s->nsyn && s->syn[p->started + 1].start <= offset)
		p->started++;
	/* Without a new node the walk up goes on where it was: all walks together are short. */
	if (p->started != from)
		p->node = p->started;
	while (p->node && s->syn[p->node].end <= offset)
		p->node = s->syn[p->node].parent;
	return p->node;
}

static bool has_zero(uint64_t v)
{
	return (v - EVERY(1)) & ~v & EVERY(0x80);
}

/* Whether the eight bytes are ASCII, and of its control characters have none that Go refuses. */
static bool plain(const char *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
	return !(v & EVERY(0x80)) && !has_zero(v) && !has_zero(v ^ EVERY('\v')) &&
	       !has_zero(v ^ EVERY('\f'));
}

static bool may_hold_anything(uint8_t kind)
{
	return kind == SYN_COMMENT || kind == SYN_STRING || kind == SYN_RAW_STRING ||
	       kind == SYN_RUNE;
}

uint32_t syntax_check_bytes(const struct syntax *s)
{
	struct syntax_place place = { 0 };
	size_t size;

	for (uint32_t at = 0; at < s->len; at += (uint32_t)size) {
		size = 8;
		if (s->len - at >= size && plain(s->bytes + at))
			continue;
		uint32_t rune = rune_decode(s->bytes + at, s->len - at, &size);

		if (!rune || (rune == RUNE_ERROR && size == 1) || (rune == 0xfeff && at))
			return at;
		if ((rune >= 0x80 ? rune != 0xfeff && !rune_is_tag(rune) :
				    rune == '\v' || rune == '\f') &&
		    !may_hold_anything(s->syn[syntax_innermost(s, &place, at)].kind))
			return at;
	}
	return SYNTAX_FINE;
}

/* Nodes in which a semicolon may stand between others, or at the end. */
static bool has_semicolons(uint8_t kind)
{
	static const uint8_t kinds[] = {
		SYN_FILE, SYN_BLOCK, SYN_STATEMENT_LIST, SYN_CONST_DECL, SYN_VAR_SPEC_LIST,
		SYN_TYPE_DECL, SYN_IMPORT_SPEC_LIST, SYN_FIELD_LIST, SYN_INTERFACE_TYPE,
		SYN_CASE, SYN_DEFAULT_CASE, SYN_TYPE_CASE, SYN_COMM_CASE,
		SYN_SWITCH_STATEMENT, SYN_TYPE_SWITCH_STATEMENT, SYN_SELECT_STATEMENT,
		SYN_RAW_STRING,         /* where a newline is no token at all */
	};

	return memchr(kinds, kind, sizeof(kinds));
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || (unsigned char)c >= 0x80;
}

/* Keywords behind which a newline is white space. */
static bool goes_on(const char *word, size_t len)
{
	static const char *const keywords[] = {
		"case", "chan", "const", "default", "defer", "else", "for", "func", "go", "goto",
		"if", "import", "interface", "map", "package", "range", "select", "struct",
		"switch", "type", "var",
	};

	for (size_t i = 0; i < ARRAY_SIZE(keywords); i++)
		if (strlen(keywords[i]) == len && !memcmp(keywords[i], word, len))
			return true;
	return false;
}

/* Whether the token that ends just before `end` makes Go put a semicolon there. */
static bool ends_statement(const struct syntax *s, uint32_t end)
{
	const char *text = s->bytes;
	uint32_t start = end;

	while (start && is_word(text[start - 1]))
		start--;
	if (start < end)
		return !goes_on(text + start, end - start);
	if (end > 1 && (text[end - 1] == '+' || text[end - 1] == '-'))
		return text[end - 2] == text[end - 1];
	/* A number may end in its point. */
	return end && memchr(")]}\"'`.", text[end - 1], 7) &&
	       (text[end - 1] != '.' || (end > 1 && text[end - 2] >= '0' && text[end - 2] <= '9'));
}

#define NO_TOKEN UINT32_MAX

/*
 * The end of the last token in front of `at`, or NO_TOKEN where a newline comes between them;
 * comments are skipped by the nodes that they are, backwards from the last one that begins there.
 */
static uint32_t token_end(const struct syntax *s, uint32_t started, uint32_t at)
{
	for (;;) {
		while (at && strchr(" \t\r", s->bytes[at - 1]))
			at--;
		if (at && s->bytes[at - 1] == '\n')
			return NO_TOKEN;
		while (started && s->syn[started].start >= at)
			started--;
		if (!at || s->syn[started].kind != SYN_COMMENT || s->syn[started].end < at)
			return at;
		if (memchr(s->bytes + s->syn[started].start, '\n', at - s->syn[started].start))
			return NO_TOKEN;
		at = s->syn[started].start;
	}
}

struct lines {
	const struct syntax *s;
	struct syntax_place place;
	uint32_t blank_from, blank_to;  /* the last run of white space that was looked through */
};

/* The byte behind the white space at `at`; each run is walked once, however many lines it has. */
static char behind_blanks(struct lines *l, uint32_t at)
{
	const struct syntax *s = l->s;

	if (at < l->blank_from || at >= l->blank_to) {
		l->blank_from = at;
		while (at < s->len && strchr(" \t\r\n", s->bytes[at]))
			at++;
		l->blank_to = at;
	}
	return l->blank_to < s->len ? s->bytes[l->blank_to] : '\0';
}

/* In a switch or one of its clauses: whether what is before the brace or the colon goes on. */
static bool in_head(struct lines *l, uint8_t kind, uint32_t at)
{
	if (kind == SYN_SWITCH_STATEMENT || kind == SYN_TYPE_SWITCH_STATEMENT)
		return behind_blanks(l, at) == '{';
	return (kind == SYN_CASE || kind == SYN_TYPE_CASE || kind == SYN_COMM_CASE) &&
	       behind_blanks(l, at) == ':';
}

/* A line's end at `at` in the node: whether Go refuses it there. */
static bool refused(struct lines *l, uint32_t node, uint32_t at)
{
	uint8_t kind = l->s->syn[node].kind;
	uint32_t end;

	if (has_semicolons(kind) && !in_head(l, kind, at))
		return false;
	/* Where a newline is in front of this one, that one came first. */
	end = token_end(l->s, l->place.started, at);
	return end != NO_TOKEN && ends_statement(l->s, end);
}

uint32_t syntax_check_lines(const struct syntax *s)
{
	struct lines l = { .s = s };
	uint32_t comment = 0;

	for (uint32_t line = 1; line < s->nlines; line++) {
		uint32_t at = s->line_start[line] - 1;
		uint32_t node = s->bytes[at] == '\n' ? syntax_innermost(s, &l.place, at) : 0;

		/* A comment with newlines in it is one, where it begins. */
		if (s->syn[node].kind == SYN_COMMENT) {
			if (node == comment)
				continue;
			comment = node;
			at = s->syn[node].start;
			node = s->syn[node].parent;
		}
		if (refused(&l, node, at))
			return at;
	}
	return SYNTAX_FINE;
}
