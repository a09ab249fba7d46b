/* SPDX-License-Identifier: MIT */
/* complete_zsh.c - the completion function for zsh, in terms of _arguments. */
#include "cmd/complete.h"
#include "cmd/help.h"

#include <string.h>

/* Inside '...' and a part of an _arguments specification. */
static void put_quoted(FILE *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '\'')
			fputs("'\\''", out);
		else if (strchr("[]:\\", *text))
			fprintf(out, "\\%c", *text);
		else
			fputc(*text, out);
	}
}

static void put_action(FILE *out, struct completion x)
{
	switch (x.kind) {
	case COMPLETE_NOTHING:
		fputc(' ', out);
		break;
	case COMPLETE_WORDS:
		fputc('(', out);
		put_quoted(out, x.words);
		fputc(')', out);
		break;
	case COMPLETE_FORMAT:
		/* The space keeps _arguments from adding options of its own. */
		fputs(" _meshctl_format ", out);
		put_quoted(out, x.words ? x.words : "");
		break;
	case COMPLETE_LIST:
		fputs("_sequence compadd - ", out);
		put_quoted(out, x.words);
		break;
	case COMPLETE_DIRS:
		fputs("_files -/", out);
		break;
	case COMPLETE_FILES:
		fputs("_files", out);
		break;
	case COMPLETE_REVS:
		fputs("_meshctl_revs", out);
		break;
	}
}

static void put_option(FILE *out, const struct opt *o, const struct command *c, struct arena *arena)
{
	bool value = o->type != TYPE_BOOL, many = o->type == TYPE_LIST;
	bool alone = o == &opt_rows[OPT_HELP] || o == &opt_rows[OPT_VERSION];

	fputs(" \\\n\t\t\t'", out);
	if (many)
		fputc('*', out);
	else if (alone)
		fputs("(- *)", out);
	else if (o->letter)
		fprintf(out, "(-%c --%s)", o->letter, o->name);
	if (o->letter)
		fprintf(out, "'{-%c%s,--%s%s}'", o->letter, value ? "+" : "", o->name,
			value ? "=" : "");
	else
		fprintf(out, "--%s%s", o->name, value ? "=" : "");
	fputc('[', out);
	put_quoted(out, o->help);
	fputc(']', out);
	if (value) {
		fputc(':', out);
		put_quoted(out, o->metavar);
		fputc(':', out);
		put_action(out, complete_option(o, c, arena));
	}
	fputc('\'', out);
}

static void put_command(FILE *out, const struct command *c, struct arena *arena)
{
	fprintf(out, "\t\t%s)\n\t\t\t_arguments -s -S", c->name);
	for (int id = 0; id < OPT_COUNT; id++)
		if (command_takes(c, (enum opt_id)id))
			put_option(out, &opt_rows[id], c, arena);
	if (c->max_operands) {
		const char *name = c->operands + strspn(c->operands, "[");

		fprintf(out, " \\\n\t\t\t'%s:", c->max_operands > 1 ? "*" : "1");
		put_quoted(out, arena_strndup(arena, name, strcspn(name, "] ")));
		fputc(':', out);
		put_action(out, complete_operand(c, arena));
		fputc('\'', out);
	}
	fputs(" && ret=0 ;;\n", out);
}

void complete_zsh(FILE *out)
{
	struct arena arena = ARENA_INIT;

	fputs("#compdef meshctl\n"
	      "# zsh completion for meshctl, printed by `meshctl completion zsh`\n"
	      "# SPDX-License-Identifier: MIT\n\n"
	      "_meshctl_format() {    # FMT or FMT:PATH\n"
	      "\tif compset -P '*:'; then\n"
	      "\t\t_files\n"
	      "\telse\n"
	      "\t\tcompadd -- \"$@\"\n"
	      "\tfi\n"
	      "}\n\n"
	      "_meshctl_revs() {\n"
	      "\tlocal -a revs\n"
	      "\trevs=(${(f)\"$(git for-each-ref --format='%(refname:short)' 2>/dev/null)\"})\n"
	      "\tcompadd -a revs\n"
	      "}\n\n"
	      "_meshctl_commands() {\n"
	      "\tlocal -a list\n"
	      "\tlist=(\n", out);
	for (unsigned i = 0; i < ncommands; i++) {
		fprintf(out, "\t\t'%s:", commands[i]->name);
		put_quoted(out, commands[i]->summary);
		fputs("'\n", out);
	}
	fputs("\t\t'help:how to use meshctl, or one of its commands'\n"
	      "\t)\n"
	      "\t_describe -t commands command list\n"
	      "}\n\n"
	      "_meshctl() {\n"
	      "\tlocal curcontext=$curcontext state line ret=1\n"
	      "\ttypeset -A opt_args\n\n"
	      "\t_arguments -C", out);
	put_option(out, &opt_rows[OPT_DIR], NULL, &arena);
	put_option(out, &opt_rows[OPT_VERSION], NULL, &arena);
	put_option(out, &opt_rows[OPT_HELP], NULL, &arena);
	fputs(" \\\n\t\t\t'1:command:_meshctl_commands' \\\n"
	      "\t\t\t'*::argument:->argument' && ret=0\n"
	      "\tif [[ $state == argument ]]; then\n"
	      "\t\tcase $words[1] in\n", out);
	for (unsigned i = 0; i < ncommands; i++)
		put_command(out, commands[i], &arena);
	fputs("\t\thelp)\n\t\t\t_arguments '1:command:_meshctl_commands' && ret=0 ;;\n"
	      "\t\tesac\n"
	      "\tfi\n"
	      "\treturn ret\n"
	      "}\n\n"
	      "if [[ $funcstack[1] == _meshctl ]]; then\n"
	      "\t_meshctl \"$@\"\n"
	      "else\n"
	      "\tcompdef _meshctl meshctl\n"
	      "fi\n", out);
	arena_release(&arena);
}
