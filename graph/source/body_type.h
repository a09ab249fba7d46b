/* SPDX-License-Identifier: MIT */
/*
 * body_type.h - types and signatures as normalised text, the same for what is
 * the same type however it is laid out, and whatever its packages are called in
 * the file.  body.h says how they look.
 */
#ifndef MESHCTL_BODY_TYPE_H
#define MESHCTL_BODY_TYPE_H

#include "graph/source/body_build.h"
#include "graph/source/body_imports.h"
#include "graph/source/body_tree.h"

struct type_work;

/* For one file; its memory is the builder's arena. */
struct type_writer {
	struct body_builder *b;
	const struct syntax *s;
	struct own_imports imports;
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

#endif
