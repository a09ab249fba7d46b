/* SPDX-License-Identifier: MIT */
/*
 * hook_text.h - the text of a hook: meshctl's block in it, found, put in and taken
 * out; and what hook managers want instead.  Texts only, no files.
 */
#ifndef MESHCTL_HOOK_TEXT_H
#define MESHCTL_HOOK_TEXT_H

#include "base/arena.h"

#define HOOK_NAME "pre-commit"
#define HOOK_COMMAND "meshctl gate --staged"

struct hook_place { size_t first, end; };       /* bytes; equal: there is none */

/* False where a block begins and does not end: ret->first is where. */
bool hook_find(const char *text, size_t len, struct hook_place *ret);
/* The number of the line that byte `at` is in. */
unsigned hook_line(const char *text, size_t at);
/* A script of a shell that reads what sh reads: by its first line, else that it is text. */
bool hook_is_shell(const char *text, size_t len);
/* The block, from its first to its last line, with the path of this very meshctl in it. */
const char *hook_block(struct arena *arena);
/* `text` with the block, in place of the one at `at`, else behind the first line. */
const char *hook_with(const char *text, size_t len, const struct hook_place *at,
		      const char *block, struct arena *arena, size_t *ret_len);
/* What was there before hook_with(). */
const char *hook_without(const char *text, size_t len, const struct hook_place *at,
			 struct arena *arena, size_t *ret_len);
/* Nothing but the first line that meshctl gives a hook of its own. */
bool hook_is_empty(const char *text, size_t len);
/* Is there anything beside the block at `at`? */
bool hook_has_others(const char *text, size_t len, const struct hook_place *at,
		     struct arena *arena);
/* What is written for one of hook_snippets(); NULL for other names. */
const char *hook_snippet(const char *name, struct arena *arena);
/* The names, NULL-terminated. */
const char *const *hook_snippets(struct arena *arena);

#endif
