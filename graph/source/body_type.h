/* SPDX-License-Identifier: MIT */
/*
 * body_type.h - types and signatures as normalised text, the same for what is
 * the same type however it is laid out, and whatever its packages are called in
 * the file.  body.h says how they look.
 */
#ifndef MESHCTL_BODY_TYPE_H
#define MESHCTL_BODY_TYPE_H

#include "graph/source/body_build.h"

struct type_import {                    /* borrowed: the file's bytes */
	const char *name, *path;        /* name NULL: the file gives it none */
	size_t name_len, path_len;
};

struct type_work;

/* For one file; its memory is the builder's arena. */
struct type_writer {
	struct body_builder *b;
	const struct syntax *s;
	struct type_import *import;
	uint32_t nimports, import_cap;
	uint64_t steps;                 /* left for comparing names with imports */
	char *out;
	uint32_t len, cap;
	struct type_work *work;
	uint32_t nwork, work_cap;
};

void type_writer_init(struct type_writer *w, struct body_builder *b, const struct syntax *s);
/* A type or a constraint. */
body_str type_text(struct type_writer *w, uint32_t node);
/* Of a function, method, or method of an interface: "[T any](int, ...T) error". */
body_str type_signature(struct type_writer *w, uint32_t func);
/* Of a type's spec: its type parameters, then "struct", "interface" or the type. */
body_str type_of_spec(struct type_writer *w, uint32_t spec);

/* A node as it is written, without comments and needless white space. */
body_str type_source(struct type_writer *w, uint32_t node);

/* A type without the parentheses around it. */
uint32_t type_unparen(const struct syntax *s, uint32_t node);
/* The first child that is neither a comment nor a token; 0 = none. */
uint32_t syn_part(const struct syntax *s, uint32_t node);
bool syn_is_part(const struct syn *n);
/*
 * Has the list parameters with names?  Then all of them have one, and what the
 * tree takes for a type alone, in a list of many names, is a name too: its type
 * is that of the next parameter that has one (syn_parameter_type).
 */
bool syn_has_names(const struct syntax *s, uint32_t list);
uint32_t syn_parameter_type(const struct syntax *s, uint32_t list, uint32_t param);
/* As syntax_line(); places near to *hint, the line of the one before, cost little. */
uint32_t syn_line(const struct syntax *s, uint32_t offset, uint32_t *hint, uint32_t *ret_col);
/* Behind white space and comments from `at` on, below `end`. */
uint32_t syn_skip_blank(const struct syntax *s, uint32_t at, uint32_t end);
/*
 * Where the type parameters of a method begin that were rewritten to be parsed
 * (Go 1.27); *ret_end is behind them.  0 = it has none.
 */
uint32_t syn_lost_parameters(const struct syntax *s, uint32_t method, uint32_t *ret_end);

bool name_is_exported(const char *name, size_t len);

/*
 * A larger copy of an array in an arena: at least `want` elements.  What was is
 * left where it is, at most as much again.
 */
void *scratch_grow(struct arena *a, const void *item, size_t size, uint32_t count, uint32_t want,
		   uint32_t *cap);
#define SCRATCH_RESERVE(a, item, count, cap, want) \
	do { \
		if ((want) > (cap)) \
			(item) = scratch_grow((a), (item), sizeof(*(item)), (count), (want), \
					      &(cap)); \
	} while (0)

#endif
