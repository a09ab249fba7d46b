/* SPDX-License-Identifier: MIT */
/*
 * directive.c - finds directives.  Nearly all heads have none: one look for a
 * colon behind our name decides whether comments are told from strings.
 */
#include "graph/source/directive.h"

#include <string.h>

struct scan {
	const char *bytes;
	size_t head, at;
	uint32_t line;
	size_t line_start;
	bool code;                      /* on this line, before `at` */
	uint32_t last;                  /* line where the last comment ended; 0 = code since */
	uint32_t waiting;               /* directives from here on have no target yet */
	struct header_directive *item;
	uint32_t count, cap;
	struct arena *arena;
};

/* "meshctl:" somewhere, be it in a string. */
static bool may_have_some(const char *bytes, size_t len)
{
	static const char word[] = "meshctl";
	const size_t n = sizeof(word) - 1;
	const char *end = bytes + len, *p = bytes;

	for (; p < end && (p = memchr(p, ':', (size_t)(end - p))); p++)
		if ((size_t)(p - bytes) >= n && !memcmp(p - n, word, n))
			return true;
	return false;
}

static void newline(struct scan *s)
{
	s->line++;
	s->line_start = s->at;
	s->code = false;
}

/* Code stands here: what waits above it, with no empty line between, is about it. */
static void meet_code(struct scan *s)
{
	for (uint32_t i = s->waiting; i < s->count && s->last && s->line <= s->last + 1; i++)
		s->item[i].target = s->line;
	s->waiting = s->count;
	s->last = 0;
	s->code = true;
}

static void meet_comment(struct scan *s)
{
	if (s->last && s->line > s->last + 1)
		s->waiting = s->count;
}

static void add(struct scan *s, struct text text, size_t start, size_t end)
{
	if (s->count == s->cap) {
		uint32_t cap = s->cap ? s->cap * 2 : 4;
		struct header_directive *item = arena_array(s->arena, struct header_directive, cap);

		if (s->count)
			memcpy(item, s->item, s->count * sizeof(*item));
		s->item = item;
		s->cap = cap;
	}
	s->item[s->count++] = (struct header_directive){
		.text = text, .line = s->line, .col = (uint32_t)(start - s->line_start) + 1,
		.end_col = (uint32_t)(end - s->line_start) + 1, .target = s->code ? s->line : 0,
	};
	/* What stands behind code is about that line, not about the next. */
	if (s->code && s->waiting + 1 == s->count)
		s->waiting = s->count;
}

static void line_comment(struct scan *s)
{
	const char *from = s->bytes + s->at;
	const char *nl = memchr(from, '\n', s->head - s->at);
	size_t end = nl ? (size_t)(nl - s->bytes) : s->head, start = s->at;
	struct text raw = { from + 2, end - start - 2 }, text = text_trim(raw);

	meet_comment(s);
	if (text_has_prefix(raw, "meshctl:"))
		add(s, text, start, (size_t)(text.s - s->bytes) + text.len);
	if (!s->code)
		s->last = s->line;
	s->at = end;
}

static void block_comment(struct scan *s)
{
	meet_comment(s);
	s->at += 2;
	while (s->at < s->head) {
		char c = s->bytes[s->at++];

		if (c == '\n')
			newline(s);
		if (c == '*' && s->at < s->head && s->bytes[s->at] == '/') {
			s->at++;
			break;
		}
	}
	if (!s->code)
		s->last = s->line;
}

static void string(struct scan *s, char quote)
{
	s->at++;
	while (s->at < s->head) {
		char c = s->bytes[s->at++];

		if (c == quote || (c == '\n' && quote == '"'))
			return;
		if (c == '\n')
			newline(s);
		if (c == '\\' && quote == '"' && s->at < s->head && s->bytes[s->at] != '\n')
			s->at++;
	}
}

static void step(struct scan *s)
{
	char c = s->bytes[s->at], next = s->at + 1 < s->head ? s->bytes[s->at + 1] : '\0';

	if (c == '\n') {
		s->at++;
		newline(s);
	} else if (c == ' ' || c == '\t' || c == '\r' || c == ';') {
		s->at++;
	} else if (c == '/' && next == '/') {
		line_comment(s);
	} else if (c == '/' && next == '*') {
		block_comment(s);
	} else {
		meet_code(s);
		if (c == '"' || c == '`')
			string(s, c);
		else
			s->at++;
	}
}

void directives_scan(const char *bytes, size_t head, size_t len, struct arena *arena,
		     const struct header_directive **ret, uint32_t *ret_count)
{
	struct scan s = { .bytes = bytes, .head = head, .line = 1, .arena = arena };

	if (may_have_some(bytes, head))
		while (s.at < head)
			step(&s);
	if (s.count && head < len)
		meet_code(&s);
	*ret = s.item;
	*ret_count = s.count;
}
