/* SPDX-License-Identifier: MIT */
/* man_text.h - text as mdoc: what man.c and man_policy.c are printed with. */
#ifndef MESHCTL_MAN_TEXT_H
#define MESHCTL_MAN_TEXT_H

#include "base/arena.h"

#include <stdio.h>

/* `page` is the operand of __man, "" for meshctl.1. */
void man_put_head(FILE *out, const char *title, int section, const char *page, const char *summary,
		  struct arena *arena);
/* Running text: each sentence begins a line, none is longer than a diff likes. */
void man_put_text(FILE *out, const char *text);
/* Lines as they are; a tab at the beginning of one is left out. */
void man_put_literal(FILE *out, const char *text);
/* Paragraphs with empty lines between; one that begins with a tab is literal. */
void man_put_paragraphs(FILE *out, const char *text, struct arena *arena);

#endif
