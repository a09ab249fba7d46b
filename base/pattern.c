/* SPDX-License-Identifier: MIT */
/* pattern.c - reading a path pattern: segments, captures, and which is more specific. */
#include "base/pattern_parts.h"
#include "base/limits.h"

#include <string.h>

struct parse {
	struct pattern *p;
	struct arena *arena;
	const char *text;
	uint32_t at;                    /* where a mistake is */
	uint32_t left;                  /* recurring captures that were used up */
};

static int wrong(struct parse *s, const char *at, struct err *err, const char *text)
{
	s->at = (uint32_t)(at - s->text);
	return err_set(err, ERR_CONFIG, "%s", text);
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || c == '-';
}

/* "{name}": its end, or NULL when it is none. */
static const char *capture_end(const char *p)
{
	const char *q = p + 1;

	while (is_name(*q))
		q++;
	return *p == '{' && q > p + 1 && *q == '}' ? q + 1 : NULL;
}

static int add_capture(struct parse *s, const char *at, const char *end, struct err *err)
{
	const char *name = arena_strndup(s->arena, at + 1, (size_t)(end - at) - 2);
	struct pattern *p = s->p;

	if (pattern_capture_find(p, name) != UINT32_MAX) {
		p->repeats = true;
		return 0;
	}
	if (p->ncaptures == PATTERN_CAPTURES)
		return wrong(s, at, err, "more captures than a pattern can have, 8");
	p->capture[p->ncaptures++] = name;
	return 0;
}

/* What people write who come from other tools. */
static int refuse_byte(struct parse *s, const char *at, struct err *err)
{
	switch (*at) {
	case '\\':
		return wrong(s, at, err, "a pattern has '/' between its segments, not '\\'");
	case '{':
	case '}':
		return wrong(s, at, err, "'{' begins a capture: {name} of letters, digits, '_' and "
			     "'-'; for alternatives write several patterns");
	default:
		return wrong(s, at, err, "'?', '[' and ']' are not understood: patterns have '*', "
			     "'**' and '{name}'");
	}
}

static int read_segment(struct parse *s, struct segment *g, struct err *err)
{
	const char *end = g->text + g->len, *p = g->text;
	bool wild = false, star = false, capture = false;

	while (p < end) {
		const char *next = p + 1;
		bool is_wild = *p == '*' || *p == '{';

		if (strchr("?[]\\}", *p) || (*p == '{' && !(next = capture_end(p))))
			return refuse_byte(s, p, err);
		if (is_wild && wild && *p == '*' && p[-1] == '*')
			return wrong(s, p - 1, err, "'**' must be a whole segment, as in 'a/**/b'");
		if (is_wild && wild)
			return wrong(s, p, err, "two wildcards without text between them");
		if (*p == '{' && add_capture(s, p, next, err) < 0)
			return -1;
		star |= *p == '*';
		capture |= *p == '{';
		g->literal += !is_wild;
		wild = is_wild;
		p = next;
	}
	g->kind = star ? SEGMENT_STAR : capture ? SEGMENT_CAPTURE : SEGMENT_LITERAL;
	return 0;
}

static int add_segment(struct parse *s, struct segment *list, const char *text, size_t len,
		       struct err *err)
{
	struct pattern *p = s->p;
	struct segment g = { .text = text, .len = (uint32_t)len };

	if (!len)
		return wrong(s, text, err, *text ? "an empty segment: '//' or a leading '/'" :
			     "it ends in '/': leave that out, or write '/**' for what is below");
	if (!strncmp(text, "..", len) && len <= 2)
		return wrong(s, text, err, "'.' and '..' are no segments of a pattern");
	if (len >= 3 && !strncmp(text + len - 3, "...", 3))
		return wrong(s, text, err, "'...' is of Go's patterns: write '**'");
	if (len == 2 && !strncmp(text, "**", len)) {
		g.kind = SEGMENT_DEEP;
		if (p->nsegments && list[p->nsegments - 1].kind == SEGMENT_DEEP)
			return 0;
	} else if (read_segment(s, &g, err) < 0) {
		return -1;
	}
	list[p->nsegments++] = g;
	return 0;
}

static int read_pattern(struct parse *s, struct err *err)
{
	const char *at = s->text;
	size_t most = 2;

	if (!*at)
		return wrong(s, at, err, "an empty pattern: the folder itself is '.', all is '**'");
	if (strlen(at) > limit_of(LIMIT_PATTERN_BYTES))
		return wrong(s, at, err, "longer than the limit pattern-bytes");
	for (const char *c = at; *c; c++)
		most += *c == '/';
	struct segment *list = arena_array(s->arena, struct segment, most);

	s->p->segment = list;
	if (!strcmp(at, "."))
		return 0;
	if (!strncmp(at, "./", 2))
		at += 2;
	for (;; at++) {
		size_t len = strcspn(at, "/");

		if (add_segment(s, list, at, len, err) < 0)
			return -1;
		at += len;
		if (!*at)
			return 0;
	}
}

/* The literal segments that it begins with, and what form that leaves. */
static void find_form(struct pattern *p, struct arena *arena)
{
	char *prefix = arena_alloc(arena, strlen(p->text) + 2, 1);
	uint32_t n = 0, len = 0;

	for (; n < p->nsegments && p->segment[n].kind == SEGMENT_LITERAL; n++) {
		memcpy(prefix + len, p->segment[n].text, p->segment[n].len);
		len += p->segment[n].len;
		prefix[len++] = '/';
	}
	p->prefix = prefix;
	p->prefix_len = len;
	if (n == p->nsegments)
		p->form = FORM_LITERAL;
	else if (n + 1 == p->nsegments && p->segment[n].kind == SEGMENT_DEEP)
		p->form = FORM_BELOW;
	else
		p->form = FORM_REGEX;
}

int pattern_new(const char *text, struct arena *arena, const struct pattern **ret,
		uint32_t *ret_at, struct err *err)
{
	struct pattern *p = arena_new(arena, struct pattern);
	struct parse s = { .p = p, .arena = arena, .text = arena_strdup(arena, text) };

	p->text = s.text;
	*ret_at = 0;
	if (read_pattern(&s, err) < 0) {
		*ret_at = s.at;
		return -1;
	}
	find_form(p, arena);
	if (p->form == FORM_REGEX && pattern_compile(p, arena, err) < 0)
		return -1;
	*ret = p;
	return 0;
}

const char *pattern_text(const struct pattern *p)
{
	return p->text;
}

uint32_t pattern_ncaptures(const struct pattern *p)
{
	return p->ncaptures;
}

const char *pattern_capture_name(const struct pattern *p, uint32_t capture)
{
	if (capture >= p->ncaptures)
		BUG("capture %u of %u", capture, p->ncaptures);
	return p->capture[capture];
}

uint32_t pattern_capture_find(const struct pattern *p, const char *name)
{
	for (uint32_t i = 0; i < p->ncaptures; i++)
		if (!strcmp(p->capture[i], name))
			return i;
	return UINT32_MAX;
}

bool pattern_is_literal(const struct pattern *p)
{
	return p->form == FORM_LITERAL;
}

static const struct segment *segment_at(const struct pattern *p, uint32_t i)
{
	static const struct segment end = { .kind = SEGMENT_END };

	return i < p->nsegments ? &p->segment[i] : &end;
}

/* pattern_compare(), and the segment that decides. */
static int compare(const struct pattern *a, const struct pattern *b, uint32_t *ret_at)
{
	for (uint32_t i = 0; i < a->nsegments || i < b->nsegments; i++) {
		const struct segment *x = segment_at(a, i), *y = segment_at(b, i);

		*ret_at = i;
		if (x->kind != y->kind)
			return x->kind > y->kind ? -1 : 1;
		if (x->kind != SEGMENT_LITERAL && x->literal != y->literal)
			return x->literal > y->literal ? -1 : 1;
	}
	return 0;
}

int pattern_compare(const struct pattern *a, const struct pattern *b)
{
	uint32_t at;

	return compare(a, b, &at);
}

static const char *segment_words(const struct segment *s, struct arena *arena)
{
	return s->kind == SEGMENT_END ? "the end" :
	       arena_printf(arena, "'%.*s'", (int)s->len, s->text);
}

const char *pattern_why(const struct pattern *a, const struct pattern *b, struct arena *arena)
{
	uint32_t at = 0;

	if (!compare(a, b, &at))
		return "equally specific";
	return arena_printf(arena, "segment %u: %s beats %s", at + 1,
			    segment_words(segment_at(a, at), arena),
			    segment_words(segment_at(b, at), arena));
}

const char *pattern_through(const char *text, const char *const *name, uint32_t count,
			    struct arena *arena)
{
	size_t end = 0;

	for (uint32_t i = 0; i < count; i++) {
		const char *found = strstr(text, arena_printf(arena, "{%s}", name[i]));

		if (!found)
			return NULL;
		size_t stop = (size_t)(found - text) + strcspn(found, "/");

		end = stop > end ? stop : end;
	}
	return arena_strndup(arena, text, end);
}

const char *pattern_of_path(const char *path, struct arena *arena)
{
	char *text = arena_strdup(arena, path), *out = text;
	const struct pattern *checked;
	struct err unsaid = ERR_INIT;
	bool literal = false;           /* the segment has text of its own */
	uint32_t at;

	for (const char *p = path; *p; p++) {
		size_t dots = strspn(p, ".");
		bool three = dots >= 3 && (p[dots] == '/' || !p[dots]);

		if (*p == '/' && !literal)
			return NULL;
		if (!three && !strchr("*?[]{}\\", *p)) {
			literal = *p != '/';
			*out++ = *p;
			continue;
		}
		if (out == text || out[-1] != '*')
			*out++ = '*';
		p += three ? dots - 1 : 0;
	}
	*out = '\0';
	return literal && !pattern_new(text, arena, &checked, &at, &unsaid) ? text : NULL;
}

const char *pattern_put(const char *text, const char *name, const char *value,
			struct arena *arena)
{
	const char *braced = arena_printf(arena, "{%s}", name), *found;

	while ((found = strstr(text, braced)))
		text = arena_printf(arena, "%.*s%s%s", (int)(found - text), text, value,
				    found + strlen(braced));
	return text;
}
