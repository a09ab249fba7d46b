/* SPDX-License-Identifier: MIT */
/*
 * help.h - `meshctl help`, `meshctl COMMAND --help`, `meshctl --version`, and
 * the words about options that help and man pages share.
 */
#ifndef MESHCTL_HELP_H
#define MESHCTL_HELP_H

#include "cmd/command.h"

#define PROGRAM_SUMMARY "judge the architecture of Go repositories"

/* The operands that exist everywhere: what a command's row calls PATTERN. */
#define PATTERN_TEXT \
	"PATTERN is what `go list` takes: `.`, `./...`, `./internal/order/...`, an import path. " \
	"The whole module is read in any case; PATTERN selects what is reported."

void help_all(FILE *out);
void help_command(const struct command *c, FILE *out);
void help_version(FILE *out);

/* The option's help with its choices or the command's formats; c may be NULL. */
const char *option_text(const struct opt *o, const struct command *c, struct arena *arena);
/* The command's row and what is implied. */
static inline bool command_takes(const struct command *c, enum opt_id id)
{
	return ((c->options | OPT_BIT(OPT_HELP)) & OPT_BIT(id)) != 0;
}

/*
 * Paragraphs are separated by an empty line; one that begins with a tab is
 * printed as it is.  Returns the next one and moves *text behind it, or NULL.
 */
const char *paragraph_next(const char **text, struct arena *arena, bool *ret_literal);
/* "print why" -> "Print why." */
const char *sentence(const char *text, struct arena *arena);

#endif
