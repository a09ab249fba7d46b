/* SPDX-License-Identifier: MIT */
/*
 * pattern_parts.h - what pattern.c, pattern_match.c and pattern_set.c share: a
 * pattern cut into segments.  Nobody else includes it.
 */
#ifndef MESHCTL_PATTERN_PARTS_H
#define MESHCTL_PATTERN_PARTS_H

#include "base/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* The least specific first: pattern_compare() compares these numbers. */
enum segment_kind {
	SEGMENT_DEEP,                   /* ** */
	SEGMENT_END,                    /* behind the last segment */
	SEGMENT_STAR,                   /* has a * */
	SEGMENT_CAPTURE,                /* has {name}, but no * */
	SEGMENT_LITERAL,
};

struct segment {
	enum segment_kind kind;
	const char *text;               /* in pattern.text */
	uint32_t len;
	uint32_t literal;               /* bytes of it that stand for themselves */
};

enum pattern_form {
	FORM_LITERAL,                   /* segments that stand for themselves */
	FORM_BELOW,                     /* the same, then ** */
	FORM_REGEX,
};

struct pattern {
	const char *text;               /* as given */
	const struct segment *segment;  /* without ** behind ** */
	uint32_t nsegments, ncaptures;
	const char *capture[PATTERN_CAPTURES];
	bool repeats;                   /* a capture recurs */
	enum pattern_form form;
	const char *prefix;             /* what every path begins with; ends in '/' or is "" */
	uint32_t prefix_len;
	pcre2_code *code;               /* FORM_REGEX; matches the path with '/' behind */
};

struct pattern_matcher {
	pcre2_match_data *data;
	pcre2_match_context *context;
	struct arena *arena;
	char *subject;                  /* the path, '/' behind each segment */
	size_t len, cap;
};

/* Makes pattern.code of the segments. */
int pattern_compile(struct pattern *p, struct arena *arena, struct err *err);
pcre2_general_context *pattern_memory(struct arena *arena);
/* Puts a path into m->subject. */
void pattern_subject(struct pattern_matcher *m, const char *path);
/* As pattern_match() for the subject. */
int pattern_run(const struct pattern *p, struct pattern_matcher *m,
		struct pattern_capture capture[PATTERN_CAPTURES], struct err *err);

#endif
