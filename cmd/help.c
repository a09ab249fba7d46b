/* SPDX-License-Identifier: MIT */
/* help.c - what the tables say, for a terminal. */
#include "cmd/help.h"

#include "base/text.h"

#include <string.h>

#define PROSE 80u                       /* columns of paragraphs */
#define SCREEN 100u                     /* columns of tables */
#define LEFT_MAX 30u                    /* a longer left side has a line of its own */

static const char *const group_title[] = {
	[GROUP_START] = "Start here",
	[GROUP_LOOK] = "Look closer",
	[GROUP_MEASURE] = "Measure",
	[GROUP_RULE] = "Set the rules",
	[GROUP_SHIP] = "Ship",
	[GROUP_TOOL] = "Tools",
};

const char *sentence(const char *text, struct arena *arena)
{
	size_t len = strlen(text);
	char *s = arena_printf(arena, "%s%s", text, len && strchr(".?!", text[len - 1]) ? "" : ".");

	if (*s >= 'a' && *s <= 'z')
		*s = (char)(*s - 'a' + 'A');
	return s;
}

const char *paragraph_next(const char **text, struct arena *arena, bool *ret_literal)
{
	const char *from = *text + strspn(*text, "\n");
	const char *end = strstr(from, "\n\n");
	size_t len = end ? (size_t)(end - from) : strlen(from);

	*text = from + len;
	*ret_literal = *from == '\t';
	return len ? arena_strndup(arena, from, len) : NULL;
}

const char *option_text(const struct opt *o, const struct command *c, struct arena *arena)
{
	const char *const *word = o->choices;
	const char *text = o->help;

	if (c && o == &opt_rows[OPT_FORMAT])
		word = c->formats;
	for (bool first = true; word && *word; word++, first = false)
		text = arena_printf(arena, "%s%s%s", text, first ? ": " : ", ", *word);
	return text;
}

static const char *option_left(const struct opt *o, struct arena *arena)
{
	char letter[] = { '-', o->letter, ',', ' ', '\0' };

	return arena_printf(arena, "%s--%s%s%s", o->letter ? letter : "    ", o->name,
			    o->metavar ? "=" : "", o->metavar ? o->metavar : "");
}

static void print_row(FILE *out, const char *left, size_t width, const char *right)
{
	fprintf(out, "  %-*s", (int)width, left);
	if (strlen(left) > width)
		fprintf(out, "\n  %-*s", (int)width, "");
	fputs("  ", out);
	text_wrap(out, right, (unsigned)width + 4, SCREEN);
}

static void print_options(FILE *out, const struct command *c, opt_set set, struct arena *arena)
{
	size_t width = 0;

	for (int id = 0; id < OPT_COUNT; id++) {
		size_t len = strlen(option_left(&opt_rows[id], arena));

		if (set & OPT_BIT(id) && len > width && len <= LEFT_MAX)
			width = len;
	}
	for (int id = 0; id < OPT_COUNT; id++)
		if (set & OPT_BIT(id))
			print_row(out, option_left(&opt_rows[id], arena), width,
				  option_text(&opt_rows[id], c, arena));
}

static void print_paragraphs(FILE *out, const char *text, struct arena *arena)
{
	const char *p;
	bool literal;

	while ((p = paragraph_next(&text, arena, &literal))) {
		fputc('\n', out);
		if (literal)
			fprintf(out, "%s\n", p);
		else
			text_wrap(out, p, 0, PROSE);
	}
}

static const char *command_left(const struct command *c, struct arena *arena)
{
	return arena_printf(arena, "%s%s%s", c->name, *c->operands ? " " : "", c->operands);
}

static void print_group(FILE *out, enum command_group group, size_t width, struct arena *arena)
{
	bool first = true;

	for (unsigned i = 0; i < ncommands; i++) {
		if (commands[i]->group != group)
			continue;
		if (first)
			fprintf(out, "\n%s\n", group_title[group]);
		first = false;
		print_row(out, command_left(commands[i], arena), width, commands[i]->summary);
	}
	if (group == GROUP_TOOL)
		print_row(out, "help [COMMAND]", width,
			  "how to use meshctl, or one of its commands");
}

void help_all(FILE *out)
{
	struct arena arena = ARENA_INIT;
	size_t width = strlen("help [COMMAND]");

	for (unsigned i = 0; i < ncommands; i++) {
		size_t len = strlen(command_left(commands[i], &arena));

		width = len > width && len <= LEFT_MAX ? len : width;
	}
	fprintf(out, "meshctl - %s\n\nUsage: meshctl COMMAND [OPTION]... [OPERAND]...\n",
		PROGRAM_SUMMARY);
	for (unsigned g = 0; g < ARRAY_SIZE(group_title); g++)
		print_group(out, (enum command_group)g, width, &arena);
	fputs("\nOptions\n", out);
	print_options(out, NULL, OPT_BIT(OPT_DIR) | OPT_IMPLIED, &arena);
	fputc('\n', out);
	text_wrap(out, PATTERN_TEXT, 0, PROSE);
	fputs("\nExit status\n", out);
#define X(name, value, text) print_row(out, #value, 1, text);
	EXIT_STATUSES(X)
#undef X
	fputs("\n'meshctl COMMAND --help' has the options and examples of a command, 'man meshctl' "
	      "everything.\n",
	      out);
	arena_release(&arena);
}

void help_command(const struct command *c, FILE *out)
{
	struct arena arena = ARENA_INIT;

	fprintf(out, "Usage: meshctl %s [OPTION]...%s%s\n\n", c->name, *c->operands ? " " : "",
		c->operands);
	text_wrap(out, sentence(c->summary, &arena), 0, PROSE);
	print_paragraphs(out, c->detail, &arena);
	for (unsigned i = 0; c->more && c->more[i]; i++)
		print_paragraphs(out, c->more[i], &arena);
	fputs("\nOptions\n", out);
	print_options(out, c, c->options | OPT_BIT(OPT_HELP), &arena);
	if (c->nexamples)
		fputs("\nExamples\n", out);
	for (unsigned i = 0; i < c->nexamples; i++) {
		fprintf(out, "  meshctl %s\n      ", c->examples[i].args);
		text_wrap(out, c->examples[i].says, 6, PROSE);
	}
	arena_release(&arena);
}

void help_version(FILE *out)
{
	fputs("meshctl " MESHCTL_VERSION "\n"
	      "Free software under the MIT licence; there is no warranty.\n", out);
}
