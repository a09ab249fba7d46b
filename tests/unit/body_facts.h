/* SPDX-License-Identifier: MIT */
/*
 * body_facts.h - the facts of a piece of Go, for tests of the extractors, and
 * what must hold of facts whatever the file is.
 */
#ifndef MESHCTL_TESTS_BODY_FACTS_H
#define MESHCTL_TESTS_BODY_FACTS_H

#include "graph/source/body_build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct fixture {
	struct arena arena;
	struct syntax_parser *parser;
	struct body_builder b;
	struct syntax s;
};

static int setup(void **state)
{
	struct fixture *f = xcalloc(1, sizeof(*f));

	f->parser = syntax_parser_new();
	body_builder_init(&f->b);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	syntax_parser_free(f->parser);
	body_builder_release(&f->b);
	arena_release(&f->arena);
	free(f);
	return 0;
}

/* A copy of its own size, so that a byte read behind the end is seen. */
static void extract_bytes(struct fixture *f, const char *text, size_t len)
{
	char *bytes = xrealloc(NULL, len + 1, 1);

	memcpy(bytes, text, len);
	bytes = xrealloc(bytes, len ? len : 1, 1);
	syntax_parse(f->parser, bytes, (uint32_t)len, &f->arena, &f->s);
	body_builder_reset(&f->b);
	body_declare(&f->b, &f->s);
	body_refer(&f->b, &f->s);
	free(bytes);
	f->s.bytes = NULL;
}

static void extract(struct fixture *f, const char *text)
{
	extract_bytes(f, text, strlen(text));
}

static const char *str(const struct fixture *f, body_str s)
{
	return f->b.text + s;
}

static void check_str(const struct fixture *f, body_str s)
{
	assert_true(s < f->b.text_len);
}

static void check_place(const struct fixture *f, uint32_t decl, uint32_t line, uint32_t col)
{
	assert_true(decl == BODY_NONE || decl < f->b.decl.count);
	assert_true(line >= 1 && line <= f->s.nlines && col >= 1);
}

/* What holds of the facts of any bytes. */
static void check_facts(const struct fixture *f)
{
	uint32_t members = 0;

	for (uint32_t i = 0; i < f->b.decl.count; i++) {
		const struct body_decl *d = &f->b.decl.at[i];

		check_place(f, i, d->line, d->col);
		assert_true(d->name && d->kind <= DECL_CONST);
		check_str(f, d->name);
		check_str(f, d->receiver);
		check_str(f, d->signature);
		assert_true(d->start_line <= d->line && d->line <= d->end_line);
		assert_true(d->doc_line < d->start_line);
		assert_int_equal(d->member_first, members);
		members += d->nmembers;
	}
	assert_int_equal(members, f->b.member.count);
	for (uint32_t i = 0; i < f->b.ref.count; i++) {
		const struct body_ref *r = &f->b.ref.at[i];

		check_place(f, r->decl, r->line, r->col);
		check_str(f, r->qualifier);
		check_str(f, r->name);
		assert_true(r->role <= REF_STATEMENT && *str(f, r->name) && *str(f, r->qualifier));
	}
	assert_true(f->b.ref.count <= f->b.body.nselectors);
	for (uint32_t i = 0; i < f->b.use.count; i++) {
		const struct body_use *u = &f->b.use.at[i];

		check_place(f, u->decl, u->line, 1);
		check_str(f, u->name);
		assert_true(u->count && *str(f, u->name));
		for (uint32_t k = 0; k < i; k++)
			assert_true(f->b.use.at[k].name != u->name ||
				    f->b.use.at[k].decl != u->decl);
	}
	for (uint32_t i = 0; i < f->b.call.count; i++) {
		check_place(f, f->b.call.at[i].decl, f->b.call.at[i].line, f->b.call.at[i].col);
		check_str(f, f->b.call.at[i].qualifier);
		check_str(f, f->b.call.at[i].name);
	}
	for (uint32_t i = 0; i < f->b.literal.count; i++) {
		const struct body_literal *x = &f->b.literal.at[i];

		check_place(f, x->decl, x->line, x->col);
		check_str(f, x->type);
	}
	for (uint32_t i = 0; i < f->b.string.count; i++) {
		const struct body_string *x = &f->b.string.at[i];

		check_place(f, x->decl, x->line, x->col);
		check_str(f, x->value);
		assert_true(x->call == BODY_NONE || x->call < f->b.call.count);
	}
	for (uint32_t i = 0; i < f->b.directive.count; i++)
		check_place(f, f->b.directive.at[i].decl, f->b.directive.at[i].line, 1);
}

#endif
