/* SPDX-License-Identifier: MIT */
/* complexity_fixture.h - a parser and a builder for the tests of complexity. */
#ifndef MESHCTL_COMPLEXITY_FIXTURE_H
#define MESHCTL_COMPLEXITY_FIXTURE_H

#include "graph/source/body_build.h"

#include <stdlib.h>
#include <string.h>

struct fixture {
	struct syntax_parser *parser;
	struct body_builder builder;
	struct arena arena;
	struct syntax syntax;
};

UNUSED static int setup(void **state)
{
	struct fixture *f = xcalloc(1, sizeof(*f));

	f->parser = syntax_parser_new();
	body_builder_init(&f->builder);
	*state = f;
	return 0;
}

UNUSED static int teardown(void **state)
{
	struct fixture *f = *state;

	syntax_parser_free(f->parser);
	body_builder_release(&f->builder);
	arena_release(&f->arena);
	free(f);
	return 0;
}

/* Parses and measures first + second, which are not in the fixture's arena. */
UNUSED static const struct body_builder *measure(struct fixture *f, const char *first,
						 const char *second)
{
	arena_reset(&f->arena);
	const char *text = arena_printf(&f->arena, "%s%s", first, second);

	syntax_parse(f->parser, text, (uint32_t)strlen(text), &f->arena, &f->syntax);
	body_extract(&f->builder, &f->syntax);
	return &f->builder;
}

UNUSED static const char *name_of(const struct body_builder *b, uint32_t i)
{
	return b->text + b->func.at[i].name;
}

#endif
