/* SPDX-License-Identifier: MIT */
/* body_extract.c - all extractors over one syntax tree, in their order. */
#include "graph/source/body_build.h"

void body_extract(struct body_builder *b, const struct syntax *s)
{
	body_builder_reset(b);
	body_declare(b, s);
	body_refer(b, s);
	body_measure(b, s);
	b->body.status = s->status;
	/* What was left out makes the file degraded, as what could not be parsed does. */
	if (b->full && s->status == SYNTAX_OK)
		b->body.status = SYNTAX_ERROR;
	b->body.error_line = s->error_line;
	b->body.error_col = s->error_col;
	b->body.rewritten = s->rewritten;
	b->body.bytes = s->len;
	b->body.lines = s->nlines;
}
