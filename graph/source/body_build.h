/* SPDX-License-Identifier: MIT */
/*
 * body_build.h - from a syntax tree to the facts of body.h: what the extractors
 * share.  Only the body_*.c files, complexity.c and bodies.c include it.
 *
 * One builder a worker, used for file after file.  An extractor appends records
 * to the columns and never touches those of another.
 */
#ifndef MESHCTL_BODY_BUILD_H
#define MESHCTL_BODY_BUILD_H

#include "graph/source/body.h"
#include "graph/source/syntax.h"

struct body_builder {
	struct arena arena;             /* scratch: emptied before each file */
	struct body body;               /* the scalars of the file under work */
#define COLUMN(field, type) struct { type *at; uint32_t count, cap; } field;
#include "graph/source/body_columns.def"
#undef COLUMN
	char *text;                     /* the string table */
	uint32_t text_len, text_cap;
	uint32_t *slot;                 /* open addressing over text: one str a text */
	uint32_t nslots, nstrs;
	bool full;                      /* LIMIT_BODY_TEXT reached: the file is degraded */
};

void body_builder_init(struct body_builder *b);
void body_builder_release(struct body_builder *b);
void body_builder_reset(struct body_builder *b);

/* The str of text[0..len); what is behind a NUL in it is left out. */
body_str body_str_of(struct body_builder *b, const char *text, size_t len);

/* body_add_decl(b) and so on: a zeroed record at the end of its column, valid until the next. */
#define COLUMN(field, type) type *body_add_##field(struct body_builder *b);
#include "graph/source/body_columns.def"
#undef COLUMN

/*
 * The extractors, in the order in which they run.  Each walks syn[] in a loop.
 * What comes later may read what came before.
 */
/* decl, member, directive */
void body_declare(struct body_builder *b, const struct syntax *s);
/* ref, use, call, literal, string */
void body_refer(struct body_builder *b, const struct syntax *s);
/* func, remap, line counts */
void body_measure(struct body_builder *b, const struct syntax *s);

/* All of it: resets, runs the extractors, fills the scalars. */
void body_extract(struct body_builder *b, const struct syntax *s);
/* The facts as one block in the arena. */
const void *body_pack(const struct body_builder *b, struct arena *arena, size_t *ret_size);

#endif
