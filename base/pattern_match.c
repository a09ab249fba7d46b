/* SPDX-License-Identifier: MIT */
/*
 * pattern_match.c - segments become a regular expression of PCRE2, which sees
 * the path with '/' behind every segment, so that ** is `(?:[^/]+/)*`.
 *
 * Where no capture recurs, what stands before the last wildcard needs no second
 * try once it matched: the next wildcard takes up whatever is left.  Atomic groups
 * say so, and keep the time linear.  Only recurring captures can use up the steps.
 * No JIT: measured on 481 patterns and 10,000 paths, what it gains it costs.
 */
#include "base/limits.h"
#include "base/pattern_parts.h"

#include <stdio.h>
#include <string.h>

#define HEAP_KIB 65536u                 /* of PCRE2, for one match */
#define MESSAGE 120u

/* A regular expression that grows. */
struct regex {
	const struct pattern *p;
	char *text;
	size_t len, cap;
	bool seen[PATTERN_CAPTURES];
};

/* PCRE2 gives nothing back: the arena does, all at once. */
static void *take(size_t size, void *arena)
{
	return arena_alloc(arena, 1, size);
}

static void keep(void *memory UNUSED, void *arena UNUSED)
{
}

pcre2_general_context *pattern_memory(struct arena *arena)
{
	pcre2_general_context *c = pcre2_general_context_create(take, keep, arena);

	if (!c)
		BUG("no context for PCRE2");
	return c;
}

static void put(struct regex *r, const char *text, size_t len)
{
	if (r->len + len >= r->cap)
		BUG("a regular expression of more than %zu bytes", r->cap);
	memcpy(r->text + r->len, text, len);
	r->len += len;
}

static void put_text(struct regex *r, const char *text)
{
	put(r, text, strlen(text));
}

static void put_literal(struct regex *r, char c)
{
	bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		     (unsigned char)c >= 0x80;
	char escaped[] = { '\\', c };

	put(r, plain ? &c : escaped, plain ? 1 : 2);
}

static void put_capture(struct regex *r, const char *name, size_t len, bool whole)
{
	char text[24];
	uint32_t i = 0;

	while (strncmp(r->p->capture[i], name, len) || r->p->capture[i][len])
		i++;
	if (r->seen[i])
		snprintf(text, sizeof(text), "\\g{%u}", i + 1);
	else
		snprintf(text, sizeof(text), "([^/]+%s)", whole ? "+" : "?");
	r->seen[i] = true;
	put_text(r, text);
}

/* Is there another wildcard in the segment behind `at`? */
static bool wild_later(const struct segment *g, const char *at)
{
	for (; at < g->text + g->len; at++)
		if (*at == '*' || *at == '{')
			return true;
	return false;
}

static void put_segment(struct regex *r, const struct segment *g)
{
	const char *end = g->text + g->len;
	bool atomic = false;

	for (const char *p = g->text; p < end;) {
		bool wild = *p == '*' || *p == '{';
		const char *next = *p == '{' ? strchr(p, '}') + 1 : p + 1;

		if (!wild) {
			put_literal(r, *p);
			p = next;
			continue;
		}
		if (atomic)
			put_text(r, ")");
		atomic = !r->p->repeats && wild_later(g, next);
		if (atomic)
			put_text(r, "(?>");
		if (*p == '{')
			put_capture(r, p + 1, (size_t)(next - p) - 2, g->len == next - p);
		else
			put_text(r, g->len == 1 ? "[^/]++" : "[^/]*?");
		p = next;
	}
	put_text(r, "/");
}

static bool deep_later(const struct pattern *p, uint32_t at)
{
	for (uint32_t i = at; i < p->nsegments; i++)
		if (p->segment[i].kind == SEGMENT_DEEP)
			return true;
	return false;
}

static void put_pattern(struct regex *r)
{
	const struct pattern *p = r->p;
	bool atomic = false;

	put_text(r, "\\A");
	for (uint32_t i = 0; i < p->nsegments; i++) {
		if (p->segment[i].kind != SEGMENT_DEEP) {
			put_segment(r, &p->segment[i]);
			continue;
		}
		if (atomic)
			put_text(r, ")");
		/* Whatever is left are whole segments: a ** at the end takes them all. */
		if (i + 1 == p->nsegments)
			return;
		atomic = !p->repeats && deep_later(p, i + 1);
		put_text(r, atomic ? "(?>(?:[^/]++/)*?" : "(?:[^/]++/)*?");
	}
	put_text(r, "\\z");
}

int pattern_compile(struct pattern *p, struct arena *arena, struct err *err)
{
	pcre2_general_context *memory = pattern_memory(arena);
	/* "*" alone is the shortest text that becomes the longest: "(?>(?:[^/]++/)*?" and so on. */
	struct regex r = { .p = p, .cap = strlen(p->text) * 16 + 64 };
	char message[MESSAGE];
	PCRE2_SIZE at;
	int code;

	r.text = arena_alloc(arena, r.cap, 1);
	put_pattern(&r);
	p->code = pcre2_compile((PCRE2_SPTR)r.text, r.len, 0, &code, &at,
				pcre2_compile_context_create(memory));
	if (p->code)
		return 0;
	pcre2_get_error_message(code, (PCRE2_UCHAR *)message, sizeof(message));
	return err_set(err, ERR_CONFIG, "the pattern is too large: %s", message);
}

struct pattern_matcher *pattern_matcher_new(struct arena *arena)
{
	struct pattern_matcher *m = arena_new(arena, struct pattern_matcher);
	pcre2_general_context *memory = pattern_memory(arena);

	m->arena = arena;
	m->data = pcre2_match_data_create(PATTERN_CAPTURES + 1, memory);
	m->context = pcre2_match_context_create(memory);
	if (!m->data || !m->context)
		BUG("no memory for PCRE2");
	pcre2_set_match_limit(m->context, (uint32_t)limit_of(LIMIT_PATTERN_STEPS));
	pcre2_set_heap_limit(m->context, HEAP_KIB);
	return m;
}

void pattern_subject(struct pattern_matcher *m, const char *path)
{
	size_t len = strcmp(path, ".") ? strlen(path) : 0;

	if (len + 1 > m->cap) {
		m->cap = (len + 1) * 2;
		m->subject = arena_alloc(m->arena, m->cap, 1);
	}
	if (len)
		memcpy(m->subject, path, len);
	m->len = len;
	if (len)
		m->subject[m->len++] = '/';
}

static void read_captures(const struct pattern *p, const struct pattern_matcher *m,
			  struct pattern_capture capture[PATTERN_CAPTURES])
{
	const PCRE2_SIZE *at = pcre2_get_ovector_pointer(m->data);

	memset(capture, 0, PATTERN_CAPTURES * sizeof(*capture));
	for (uint32_t i = 0; i < p->ncaptures; i++)
		capture[i] = (struct pattern_capture){
			(uint32_t)at[2 * i + 2], (uint32_t)(at[2 * i + 3] - at[2 * i + 2]),
		};
}

int pattern_run(const struct pattern *p, struct pattern_matcher *m,
		struct pattern_capture capture[PATTERN_CAPTURES], struct err *err)
{
	if (m->len < p->prefix_len ||
	    (p->prefix_len && memcmp(m->subject, p->prefix, p->prefix_len)))
		return 0;
	if (p->form != FORM_REGEX) {
		if (capture)
			memset(capture, 0, PATTERN_CAPTURES * sizeof(*capture));
		return p->form == FORM_BELOW || m->len == p->prefix_len;
	}
	int rc = pcre2_match(p->code, (PCRE2_SPTR)(m->len ? m->subject : ""), m->len, 0,
			     0, m->data, m->context);

	if (rc == PCRE2_ERROR_NOMATCH)
		return 0;
	if (rc < 0)
		return err_set(err, ERR_CONFIG, "the pattern '%.200s' takes more steps than the "
			       "limit pattern-steps on '%.*s'", p->text,
			       (int)(m->len < 100 ? m->len : 100), m->subject);
	if (capture)
		read_captures(p, m, capture);
	return 1;
}

int pattern_match(const struct pattern *p, struct pattern_matcher *m, const char *path,
		  struct pattern_capture capture[PATTERN_CAPTURES], struct err *err)
{
	pattern_subject(m, path);
	return pattern_run(p, m, capture, err);
}
