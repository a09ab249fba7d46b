/* SPDX-License-Identifier: MIT */
/* adr_text.c - lines, pieces, links and words of a decision record. */
#include "graph/source/adr/adr_work.h"

#include <string.h>

const char *const adr_relation_name[ADR_RELATIONS] = {
	"supersedes", "superseded-by", "amends", "amended-by", "refers",
};
const char *const adr_status_name[ADR_STATUSES] = {
	"none", "unknown", "proposed", "accepted", "rejected", "deprecated", "superseded",
};
const char *const adr_format_name[ADR_FORMATS] = { "madr", "nygard", "log4brains", "yaml" };

static const struct { enum adr_status state; const char *word; } statuses[] = {
#define STATUS(state, word) { state, word },
#define RELATION(relation, words)
#define FOLDER(path)
#include "graph/source/adr/adr_words.def"
#undef STATUS
#undef RELATION
};

static const struct { enum adr_relation relation; const char *words; } relations[] = {
#define STATUS(state, word)
#define RELATION(relation, words) { relation, words },
#include "graph/source/adr/adr_words.def"
#undef STATUS
#undef RELATION
#undef FOLDER
};

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return lower(c) >= 'a' && lower(c) <= 'z';
}

bool adr_begins(const char *a, size_t len, const char *word)
{
	size_t n = strlen(word);

	if (n > len)
		return false;
	for (size_t i = 0; i < n; i++)
		if (lower(a[i]) != word[i])
			return false;
	return true;
}

bool adr_same(const char *a, size_t len, const char *word)
{
	return strlen(word) == len && adr_begins(a, len, word);
}

enum adr_status adr_status_of(const char *text)
{
	size_t len = strlen(text);

	/* "**Accepted**", "2024-01-31: accepted", a sign before it */
	while (len && strchr("*_`[](){}<>\"':;,.-#/0123456789 \t~", *text))
		text++, len--;
	for (size_t i = 0; i < ARRAY_SIZE(statuses); i++) {
		size_t n = strlen(statuses[i].word);

		/* "accept" is a word, "acceptable" another one. */
		if (adr_begins(text, len, statuses[i].word) &&
		    (n == len || !is_letter(text[n]) || (statuses[i].word[0] & 0x80)))
			return statuses[i].state;
	}
	if (len && (*text & 0x80)) {            /* an emoji */
		while (len && (*text & 0x80))
			text++, len--;
		return len ? adr_status_of(text) : ADR_STRANGE;
	}
	return ADR_STRANGE;
}

void adr_lines(struct adr_work *w)
{
	const char *bytes = w->r->bytes;
	size_t at = 0, len = w->r->len;

	if (len >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3))
		at = 3;
	while (at < len) {
		const char *nl = memchr(bytes + at, '\n', len - at);
		size_t end = nl ? (size_t)(nl - bytes) : len;
		size_t n = end - at;

		if (n && bytes[at + n - 1] == '\r')
			n--;
		VEC_RESERVE(w->line, w->line_cap, w->nlines + 1);
		w->line[w->nlines] = (struct adr_line){ bytes + at, at, n, w->nlines + 1 };
		w->nlines++;
		at = end + 1;
	}
}

struct adr_piece adr_piece_of(struct adr_work *w, const struct adr_line *l, size_t from, size_t to)
{
	while (from < to && is_space(l->text[from]))
		from++;
	while (to > from && is_space(l->text[to - 1]))
		to--;
	return (struct adr_piece){
		.text = arena_strndup(w->arena, l->text + from, to - from),
		.line = l->number, .col = (uint32_t)from + 1, .end_col = (uint32_t)to + 1,
		.from = l->from + from, .to = l->from + to,
	};
}

struct adr_piece adr_piece_yaml(struct adr_work *w, const struct yaml_node *n)
{
	uint32_t line = n->line;
	struct adr_piece p = {
		.text = n->text, .line = line, .col = n->col, .end_col = n->end_col,
	};

	if (line && line <= w->nlines) {
		const struct adr_line *l = &w->line[line - 1];
		size_t to = n->end_col ? n->end_col - 1 : l->len;

		p.from = l->from + (n->col ? n->col - 1 : 0);
		p.to = l->from + (to < l->len ? to : l->len);
		if (p.to < p.from)
			p.to = p.from;
	}
	return p;
}

void adr_add_link(struct adr_work *w, enum adr_relation relation, const char *target,
		  struct adr_piece at)
{
	VEC_RESERVE(w->link, w->link_cap, w->nlinks + 1);
	w->link[w->nlinks++] = (struct adr_link){
		.relation = relation, .target = target, .at = at, .record = ADR_NONE,
	};
}

size_t adr_relation_words(const char *text, size_t len, enum adr_relation *ret)
{
	char first = len ? lower(*text) : '\0';

	/* Every word of every record comes by: most end here. */
	for (size_t i = 0; i < ARRAY_SIZE(relations); i++) {
		if (relations[i].words[0] != first || !adr_begins(text, len, relations[i].words))
			continue;
		*ret = relations[i].relation;
		return strlen(relations[i].words);
	}
	return 0;
}

/* Longer ones are no links: a line of brackets would be read once for each of them. */
#define LINK_BYTES 1024u

/* "[text](target "title")" at `at`: where it ends, or 0. */
static size_t inline_link(const char *s, size_t len, size_t at, size_t *ret_from, size_t *ret_to)
{
	size_t close = at + 1, deep = 1;

	len = len - at > LINK_BYTES ? at + LINK_BYTES : len;
	for (; close < len && deep; close++)
		deep += s[close] == '[' ? 1 : s[close] == ']' ? (size_t)-1 : 0;
	if (deep || close >= len || s[close] != '(')
		return 0;
	size_t from = close + 1;
	const char *end = memchr(s + from, ')', len - from);

	if (!end)
		return 0;
	size_t to = (size_t)(end - s);

	while (from < to && (is_space(s[from]) || s[from] == '<'))
		from++;
	*ret_from = from;
	while (from < to && !is_space(s[from]) && s[from] != '>')
		from++;
	*ret_to = from;
	return (size_t)(end - s) + 1;
}

/* "ADR-0012", "ADR 12", "#12", "12" at `at`: where it ends, or 0. */
static size_t record_name(const char *s, size_t len, size_t at, bool bare)
{
	size_t n = at;
	bool named = adr_begins(s + at, len - at, "adr");

	n += named ? 3 : 0;
	while (named && n < len && (s[n] == '-' || s[n] == '_' || is_space(s[n])))
		n++;
	if (n < len && s[n] == '#') {
		named = true;
		n++;
	}
	size_t digits = n;

	while (n < len && is_digit(s[n]) && n - digits < 9)
		n++;
	return n > digits && (named || bare) && !(n < len && is_letter(s[n])) ? n : 0;
}

/* Does a link lead to a file beside the record? */
static bool is_file(const char *target, size_t len)
{
	static const char *const suffix[] = { ".md", ".markdown", ".mdx", ".yaml", ".yml" };
	const char *hash = memchr(target, '#', len);

	len = hash ? (size_t)(hash - target) : len;
	if (!len || *target == '/' || memchr(target, ':', len) || memchr(target, '{', len))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(suffix); i++) {
		size_t n = strlen(suffix[i]);

		if (len > n && adr_same(target + len - n, n, suffix[i]))
			return true;
	}
	return false;
}

/* What follows the words of a relation: a link, or the name of a record. */
static size_t related(struct adr_work *w, const struct adr_line *l, size_t at, bool bare,
		      enum adr_relation relation)
{
	const char *s = l->text;
	size_t from, to, end;

	while (at < l->len && (is_space(s[at]) || strchr(":*_`\"'", s[at])))
		at++;
	if (at < l->len && s[at] == '[') {
		end = inline_link(s, l->len, at, &from, &to);
		/* "[ADR-0005][1]", "[5]" */
		if (!end || !is_file(s + from, to - from)) {
			end = record_name(s, l->len, at + 1, bare);
			from = at + 1;
			to = end;
		}
	} else {
		end = record_name(s, l->len, at, bare);
		from = at;
		to = end;
		if (!end) {             /* "superseded by 0012-x.md", "by 20240131-x" */
			for (end = at; end < l->len && !is_space(s[end]) &&
			     !strchr(",;)\"'", s[end]);)
				end++;
			to = end;
			if (!is_file(s + from, to - from) &&
			    !(bare && to > from && is_digit(s[from])))
				end = 0;
		}
	}
	if (!end)
		return 0;
	adr_add_link(w, relation, arena_strndup(w->arena, s + from, to - from),
		     adr_piece_of(w, l, from, to));
	return end;
}

bool adr_links(struct adr_work *w, const struct adr_line *l, size_t from, bool bare)
{
	bool relates = false;

	for (size_t at = from; at < l->len;) {
		enum adr_relation relation;
		bool letter = is_letter(l->text[at]) || l->text[at] & 0x80;
		bool begins = letter && (at == from || !is_letter(l->text[at - 1]));
		size_t words = begins ? adr_relation_words(l->text + at, l->len - at, &relation)
			: 0;
		size_t end = words ? related(w, l, at + words, bare, relation) : 0;
		size_t target, to;

		if (end) {
			relates = true;
			at = end;
			continue;
		}
		if (l->text[at] == '[' &&
		    (end = inline_link(l->text, l->len, at, &target, &to))) {
			if (is_file(l->text + target, to - target))
				adr_add_link(w, ADR_REFERS,
					     arena_strndup(w->arena, l->text + target, to - target),
					     adr_piece_of(w, l, target, to));
			at = end;
			continue;
		}
		at++;
	}
	return relates;
}

void adr_mix(struct adr *r, const char *text, size_t len)
{
	for (size_t i = 0; i < len;) {
		size_t from = i;

		while (i < len && !is_space(text[i]) &&
		       !(text[i] == '(' && i && text[i - 1] == ']'))
			i++;
		if (i > from) {
			r->substance = hash_bytes(r->substance, text + from, i - from);
			r->substance = hash_bytes(r->substance, "", 1);
		}
		if (i < len && text[i] == '(') {
			size_t left = len - i < LINK_BYTES ? len - i : LINK_BYTES;
			const char *end = memchr(text + i, ')', left);

			i = end ? (size_t)(end - text) + 1 : i + 1;
		}
		while (i < len && is_space(text[i]))
			i++;
	}
}
