/* SPDX-License-Identifier: MIT */
/*
 * pattern.h - path patterns, compiled to PCRE2.
 *
 *	a/b        these segments
 *	*          any text within one segment; alone: any one segment
 *	**         a whole segment: zero or more segments
 *	{name}     at least one byte of one segment, captured; the same text wherever
 *	           the name recurs
 *	.          alone: no segments, the folder that paths are relative to
 *
 * Everything matches as little as it can, from the left, which decides what a
 * capture holds.  A path has no leading, trailing or double '/'; "" or "." is no
 * segments.  Matching needs a matcher: one a thread.
 */
#ifndef MESHCTL_PATTERN_H
#define MESHCTL_PATTERN_H

#include "base/arena.h"
#include "base/err.h"

#define PATTERN_CAPTURES 8u             /* different names in one pattern */

struct pattern;
struct pattern_matcher;

struct pattern_capture { uint32_t at, len; };   /* in the path; len 0 = not captured */

/*
 * In the arena, which also owns what PCRE2 allocates.  On failure *err says what
 * is wrong (ERR_CONFIG, without a place) and *ret_at is the byte in `text`.
 */
int pattern_new(const char *text, struct arena *arena, const struct pattern **ret,
		uint32_t *ret_at, struct err *err);
const char *pattern_text(const struct pattern *p);
uint32_t pattern_ncaptures(const struct pattern *p);
const char *pattern_capture_name(const struct pattern *p, uint32_t capture);
/* The number of a capture, or UINT32_MAX. */
uint32_t pattern_capture_find(const struct pattern *p, const char *name);
/* No wildcard and no capture in it: it matches one path. */
bool pattern_is_literal(const struct pattern *p);

/*
 * Which is more specific: < 0 when `a` is, > 0 when `b` is, 0 when neither.
 * Segment by segment from the left: literal, then {x}, then *, then the end of
 * the pattern, then **; so the longer wins, and `a` over `a` followed by **.
 * In equal kinds the segment with more literal text wins.
 */
int pattern_compare(const struct pattern *a, const struct pattern *b);

/*
 * Why pattern_compare() says that `a` is more specific, by the first segment in
 * which they differ: "segment 2: 'dao' beats '*'".
 */
const char *pattern_why(const struct pattern *a, const struct pattern *b, struct arena *arena);

/* Lives in the arena; not for two threads at once. */
struct pattern_matcher *pattern_matcher_new(struct arena *arena);
/*
 * 1 it matches, 0 it does not; -1 and ERR_CONFIG when finding out takes more than
 * the limit pattern-steps.  capture may be NULL, else it is filled on a match.
 */
int pattern_match(const struct pattern *p, struct pattern_matcher *m, const char *path,
		  struct pattern_capture capture[PATTERN_CAPTURES], struct err *err);

/* Many patterns at once: only those are tried that can match. */
struct pattern_set;
struct pattern_hit {
	uint32_t number;                /* of pattern_set_add() */
	struct pattern_capture capture[PATTERN_CAPTURES];
};

struct pattern_set *pattern_set_new(struct arena *arena);
/* Returns its number, from 0.  Not after the first pattern_set_match(). */
uint32_t pattern_set_add(struct pattern_set *s, const struct pattern *p);
/* All that match, by number.  *ret_hit is valid until the next call. */
int pattern_set_match(struct pattern_set *s, struct pattern_matcher *m, const char *path,
		      const struct pattern_hit **ret_hit, uint32_t *ret_count, struct err *err);

/*
 * The text up to the end of the last segment that holds one of the names, or NULL
 * when one of them is not in it: "a/{c}/x/{d}/y" through c is "a/{c}".
 */
const char *pattern_through(const char *text, const char *const *name, uint32_t count,
			    struct arena *arena);
/*
 * A pattern that matches `path`, whatever its folders are called: what a pattern cannot
 * say is a '*', and may be another text then.  NULL where a segment has nothing else.
 */
const char *pattern_of_path(const char *path, struct arena *arena);
/* The text with {name} replaced by `value`. */
const char *pattern_put(const char *text, const char *name, const char *value,
			struct arena *arena);

#endif
