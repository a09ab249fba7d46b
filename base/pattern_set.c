/* SPDX-License-Identifier: MIT */
/*
 * pattern_set.c - many patterns against one path.  Each pattern that has a
 * literal segment waits at the one that the fewest others have; only those that
 * wait at a segment of the path are tried, and those without any.
 */
#include "base/pattern_parts.h"

#include <string.h>

#define NOBODY UINT32_MAX

struct stop {                           /* a literal segment */
	const char *text;
	uint32_t len, patterns;         /* that have it */
	uint32_t first;                 /* that waits here, linked by set.next */
};

struct pattern_set {
	struct arena *arena;
	const struct pattern **pattern;
	uint32_t count, cap;
	struct stop *stop;              /* open addressing; text NULL = free */
	uint32_t nstops;                /* a power of two; 0 until the first match */
	uint32_t *next;
	uint32_t anywhere;              /* first that has no literal segment */
	uint32_t *tried;                /* by which call */
	uint32_t call;
	struct pattern_hit *hit;
};

struct pattern_set *pattern_set_new(struct arena *arena)
{
	struct pattern_set *s = arena_new(arena, struct pattern_set);

	s->arena = arena;
	return s;
}

uint32_t pattern_set_add(struct pattern_set *s, const struct pattern *p)
{
	if (s->nstops)
		BUG("a pattern for a set that is in use");
	if (s->count == s->cap) {
		uint32_t cap = s->cap ? s->cap * 2 : 16;
		const struct pattern **grown = arena_array(s->arena, const struct pattern *, cap);

		if (s->count)
			memcpy(grown, s->pattern, s->count * sizeof(struct pattern *));
		s->pattern = grown;
		s->cap = cap;
	}
	s->pattern[s->count] = p;
	return s->count++;
}

static struct stop *stop_at(const struct pattern_set *s, const char *text, uint32_t len)
{
	uint64_t hash = hash_bytes(HASH_INIT, text, len);
	uint32_t i = (uint32_t)(hash ^ hash >> 32) & (s->nstops - 1);

	while (s->stop[i].text &&
	       (s->stop[i].len != len || memcmp(s->stop[i].text, text, len) != 0))
		i = (i + 1) & (s->nstops - 1);
	return &s->stop[i];
}

/* The literal segment that the fewest patterns have, the longer of two; NULL without any. */
static struct stop *rarest(const struct pattern_set *s, const struct pattern *p)
{
	struct stop *best = NULL;

	for (uint32_t i = 0; i < p->nsegments; i++) {
		if (p->segment[i].kind != SEGMENT_LITERAL)
			continue;
		struct stop *stop = stop_at(s, p->segment[i].text, p->segment[i].len);

		if (!best || stop->patterns < best->patterns ||
		    (stop->patterns == best->patterns && stop->len > best->len))
			best = stop;
	}
	return best;
}

static void build_index(struct pattern_set *s)
{
	uint32_t literal = 1;

	for (uint32_t n = 0; n < s->count; n++)
		literal += s->pattern[n]->nsegments;
	for (s->nstops = 16; s->nstops < literal * 2; s->nstops *= 2)
		;
	s->stop = arena_array(s->arena, struct stop, s->nstops);
	s->next = arena_array(s->arena, uint32_t, s->count);
	s->tried = arena_array(s->arena, uint32_t, s->count);
	s->hit = arena_array(s->arena, struct pattern_hit, s->count);
	s->anywhere = NOBODY;
	for (uint32_t n = 0; n < s->count; n++)
		for (uint32_t i = 0; i < s->pattern[n]->nsegments; i++) {
			const struct segment *g = &s->pattern[n]->segment[i];

			if (g->kind != SEGMENT_LITERAL)
				continue;
			struct stop *stop = stop_at(s, g->text, g->len);

			if (!stop->text)
				*stop = (struct stop){ g->text, g->len, 0, NOBODY };
			stop->patterns++;
		}
	for (uint32_t n = 0; n < s->count; n++) {
		struct stop *stop = rarest(s, s->pattern[n]);
		uint32_t *first = stop ? &stop->first : &s->anywhere;

		s->next[n] = *first;
		*first = n;
	}
}

/* Tries those that wait from `n` on. */
static int try_waiting(struct pattern_set *s, uint32_t n, struct pattern_matcher *m,
		       uint32_t *hits, struct err *err)
{
	for (; n != NOBODY; n = s->next[n]) {
		if (s->tried[n] == s->call)
			continue;
		s->tried[n] = s->call;
		int rc = pattern_run(s->pattern[n], m, s->hit[*hits].capture, err);

		if (rc < 0)
			return -1;
		if (rc)
			s->hit[(*hits)++].number = n;
	}
	return 0;
}

static int by_number(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct pattern_hit *a = va, *b = vb;

	return (a->number > b->number) - (a->number < b->number);
}

int pattern_set_match(struct pattern_set *s, struct pattern_matcher *m, const char *path,
		      const struct pattern_hit **ret_hit, uint32_t *ret_count, struct err *err)
{
	uint32_t hits = 0;

	if (!s->nstops)
		build_index(s);
	s->call++;
	pattern_subject(m, path);
	if (try_waiting(s, s->anywhere, m, &hits, err) < 0)
		return -1;
	for (size_t at = 0; at < m->len;) {
		const char *slash = memchr(m->subject + at, '/', m->len - at);
		size_t len = (size_t)(slash - (m->subject + at));
		const struct stop *stop = stop_at(s, m->subject + at, (uint32_t)len);

		if (stop->text && try_waiting(s, stop->first, m, &hits, err) < 0)
			return -1;
		at += len + 1;
	}
	sort_with(s->hit, hits, sizeof(*s->hit), by_number, NULL);
	*ret_hit = s->hit;
	*ret_count = hits;
	return 0;
}
