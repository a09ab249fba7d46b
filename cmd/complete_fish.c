/* SPDX-License-Identifier: MIT */
/* complete_fish.c - the completion script for fish. */
#include "cmd/complete.h"
#include "cmd/help.h"

#include <string.h>

/* Inside '...': only the quote and the backslash mean something. */
static void put_quoted(FILE *out, const char *text)
{
	fputc('\'', out);
	for (; *text; text++) {
		if (strchr("'\\", *text))
			fputc('\\', out);
		fputc(*text, out);
	}
	fputc('\'', out);
}

static void put_action(FILE *out, struct completion x)
{
	switch (x.kind) {
	case COMPLETE_NOTHING:
		break;
	case COMPLETE_WORDS:
	case COMPLETE_FORMAT:
		fputs(" -a ", out);
		put_quoted(out, x.words ? x.words : "");
		break;
	case COMPLETE_LIST:
		fprintf(out, " -a '(__fish_complete_list , \"printf %%s\\\\\\n %s\")'", x.words);
		break;
	case COMPLETE_DIRS:
		fputs(" -a '(__fish_complete_directories)'", out);
		break;
	case COMPLETE_FILES:
		fputs(" -r -F", out);
		break;
	case COMPLETE_REVS:
		fputs(" -a '(__meshctl_revs)'", out);
		break;
	}
}

/* `at` is a command's name, or "" before there is one. */
static void put_option(FILE *out, const char *at, const struct opt *o, const struct command *c,
		       struct arena *arena)
{
	fprintf(out, "complete -c meshctl -n '__meshctl_at %s'", *at ? at : "\"\"");
	if (o->letter)
		fprintf(out, " -s %c", o->letter);
	fprintf(out, " -l %s", o->name);
	if (o->type != TYPE_BOOL) {
		struct completion x = complete_option(o, c, arena);

		/* -x: files are no answer; -F: they are. */
		if (x.kind != COMPLETE_FILES)
			fputs(" -x", out);
		put_action(out, x);
	}
	fputs(" -d ", out);
	put_quoted(out, o->help);
	fputc('\n', out);
}

static void put_command(FILE *out, const struct command *c, struct arena *arena)
{
	struct completion x = complete_operand(c, arena);

	fputc('\n', out);
	if (x.kind != COMPLETE_NOTHING) {
		fprintf(out, "complete -c meshctl -n '__meshctl_at %s'", c->name);
		put_action(out, x);
		fputc('\n', out);
	}
	for (int id = 0; id < OPT_COUNT; id++)
		if (command_takes(c, (enum opt_id)id))
			put_option(out, c->name, &opt_rows[id], c, arena);
}

void complete_fish(FILE *out)
{
	struct arena arena = ARENA_INIT;

	fputs("# fish completion for meshctl, printed by `meshctl completion fish`\n"
	      "# SPDX-License-Identifier: MIT\n\n"
	      "# Prints the command on the line; nothing before there is one.\n"
	      "function __meshctl_command\n"
	      "\tset -l words (commandline -opc)\n"
	      "\tset -e words[1]\n"
	      "\tset -l value no\n"
	      "\tfor word in $words\n"
	      "\t\tif test $value = yes\n"
	      "\t\t\tset value no\n"
	      "\t\t\tcontinue\n"
	      "\t\tend\n"
	      "\t\tswitch $word\n"
	      "\t\t\tcase", out);
	for (int id = 0; id < OPT_COUNT; id++) {
		if (opt_rows[id].type == TYPE_BOOL)
			continue;
		if (opt_rows[id].letter)
			fprintf(out, " -%c", opt_rows[id].letter);
		fprintf(out, " --%s", opt_rows[id].name);
	}
	fputs("\n\t\t\t\tset value yes\n"
	      "\t\t\tcase '-*'\n"
	      "\t\t\tcase '*'\n"
	      "\t\t\t\techo $word\n"
	      "\t\t\t\treturn\n"
	      "\t\tend\n"
	      "\tend\n"
	      "end\n\n"
	      "function __meshctl_at\n"
	      "\tset -l command (__meshctl_command)\n"
	      "\ttest \"$command\" = \"$argv[1]\"\n"
	      "end\n\n"
	      "function __meshctl_revs\n"
	      "\tgit for-each-ref --format='%(refname:short)' 2>/dev/null\n"
	      "end\n\n"
	      "complete -c meshctl -f\n\n", out);
	for (unsigned i = 0; i < ncommands; i++) {
		fprintf(out, "complete -c meshctl -n '__meshctl_at \"\"' -a %s -d ",
			commands[i]->name);
		put_quoted(out, commands[i]->summary);
		fputc('\n', out);
	}
	fputs("complete -c meshctl -n '__meshctl_at \"\"' -a help -d 'how to use meshctl, or one "
	      "of its commands'\n"
	      "complete -c meshctl -n '__meshctl_at help' -a '",
	      out);
	for (unsigned i = 0; i < ncommands; i++)
		fprintf(out, "%s%s", i ? " " : "", commands[i]->name);
	fputs("'\n", out);
	put_option(out, "", &opt_rows[OPT_DIR], NULL, &arena);
	put_option(out, "", &opt_rows[OPT_VERSION], NULL, &arena);
	put_option(out, "", &opt_rows[OPT_HELP], NULL, &arena);
	for (unsigned i = 0; i < ncommands; i++)
		put_command(out, commands[i], &arena);
	arena_release(&arena);
}
