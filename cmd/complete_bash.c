/* SPDX-License-Identifier: MIT */
/* complete_bash.c - the completion script for bash 3.2 and later; needs no bash-completion. */
#include "cmd/complete.h"
#include "cmd/help.h"

#include <string.h>

/*
 * bash cuts words at = and : (COMP_WORDBREAKS) and replaces the last piece only,
 * so words are joined again before they are looked at, and what stands before
 * the last piece is taken off the answers.
 */
static const char head[] =
	"# bash completion for meshctl, printed by `meshctl completion bash`\n"
	"# SPDX-License-Identifier: MIT\n"
	"_meshctl_add()          # the answers of compgen, each behind $head\n"
	"{\n"
	"\tlocal word\n"
	"\twhile IFS= read -r word; do\n"
	"\t\tCOMPREPLY[${#COMPREPLY[@]}]=$head$word\n"
	"\tdone < <(compgen \"$@\" -- \"$cur\")\n"
	"}\n\n"
	"_meshctl_files()        # -d or -f\n"
	"{\n"
	"\tcompopt -o filenames 2>/dev/null\n"
	"\t_meshctl_add \"$1\"\n"
	"}\n\n"
	"_meshctl_list()         # words with commas between\n"
	"{\n"
	"\tcase $cur in\n"
	"\t*,*) head=$head${cur%,*}, cur=${cur##*,} ;;\n"
	"\tesac\n"
	"\t_meshctl_add -W \"$1\"\n"
	"}\n\n"
	"_meshctl_format()       # FMT or FMT:PATH\n"
	"{\n"
	"\tcase $cur in\n"
	"\t*:*) head=$head${cur%%:*}: cur=${cur#*:}; _meshctl_files -f ;;\n"
	"\t*) _meshctl_add -W \"$1\" ;;\n"
	"\tesac\n"
	"}\n\n"
	"_meshctl_revs()         # compgen -W would run what is in a branch's name\n"
	"{\n"
	"\tlocal word\n"
	"\twhile IFS= read -r word; do\n"
	"\t\tif [[ $word == \"$cur\"* ]]; then\n"
	"\t\t\tprintf -v word %q \"$word\"\n"
	"\t\t\tCOMPREPLY[${#COMPREPLY[@]}]=$head$word\n"
	"\t\tfi\n"
	"\tdone < <(git for-each-ref --format='%(refname:short)' 2>/dev/null)\n"
	"}\n\n";

static const char scan[] =
	"_meshctl()\n"
	"{\n"
	"\tlocal IFS=$' \\t\\n' words cur=\"\" head=\"\" command=\"\" option=\"\" ended=\"\" "
	"glue=\"\" breaks=\"\" word i\n"
	"\twords=()\n"
	"\tCOMPREPLY=()\n"
	"\tfor ((i = 1; i <= COMP_CWORD; i++)); do\n"
	"\t\tword=${COMP_WORDS[i]}\n"
	"\t\tif [[ ${#words[@]} -gt 0 && ( -n $glue || $word == [=:]* ) ]]; then\n"
	"\t\t\twords[${#words[@]} - 1]+=$word\n"
	"\t\telse\n"
	"\t\t\twords[${#words[@]}]=$word\n"
	"\t\tfi\n"
	"\t\tglue=\n"
	"\t\t[[ $word == *[=:] ]] && glue=1\n"
	"\tdone\n"
	"\tfor ((i = 0; i < ${#words[@]} - 1; i++)); do\n"
	"\t\tword=${words[i]}\n"
	"\t\tif [[ -n $option ]]; then\n"
	"\t\t\toption=\n"
	"\t\t\tcontinue\n"
	"\t\tfi\n"
	"\t\tcase $ended$word in\n"
	"\t\t--) ended=1 ;;\n"
	"\t\t--*=*) ;;\n";

static const char middle[] =
	"\t\t-*) ;;\n"
	"\t\t*) command=${command:-$word} ;;\n"
	"\t\tesac\n"
	"\tdone\n"
	"\tif ((${#words[@]})); then\n"
	"\t\tcur=${words[${#words[@]} - 1]}\n"
	"\tfi\n"
	"\tword=$cur\n"
	"\tif [[ -z $option && -z $ended && $cur == --*=* ]]; then\n"
	"\t\toption=${cur%%=*}\n"
	"\t\thead=$option=\n"
	"\t\tcur=${cur#*=}\n"
	"\tfi\n"
	"\tif [[ -n $option ]]; then\n"
	"\t\t_meshctl_value\n"
	"\telif [[ -z $ended && $cur == -* ]]; then\n"
	"\t\t_meshctl_options\n"
	"\telse\n"
	"\t\t_meshctl_operand\n"
	"\tfi\n"
	"\t[[ $COMP_WORDBREAKS == *=* ]] && breaks+==\n"
	"\t[[ $COMP_WORDBREAKS == *:* ]] && breaks+=:\n"
	"\tif [[ -n $breaks && $word == *[$breaks]* ]]; then\n"
	"\t\tword=${word%\"${word##*[$breaks]}\"}\n"
	"\t\tfor ((i = 0; i < ${#COMPREPLY[@]}; i++)); do\n"
	"\t\t\tCOMPREPLY[i]=${COMPREPLY[i]#\"$word\"}\n"
	"\t\tdone\n"
	"\tfi\n"
	"}\n\n"
	"complete -F _meshctl meshctl\n";

static void put_names(FILE *out, const struct opt *o, const char *between)
{
	if (o->letter)
		fprintf(out, "-%c%s", o->letter, between);
	fprintf(out, "--%s", o->name);
}

static void put_action(FILE *out, struct completion x)
{
	switch (x.kind) {
	case COMPLETE_NOTHING:
		fputs(":", out);
		break;
	case COMPLETE_WORDS:
		fprintf(out, "_meshctl_add -W '%s'", x.words);
		break;
	case COMPLETE_LIST:
		fprintf(out, "_meshctl_list '%s'", x.words);
		break;
	case COMPLETE_FORMAT:
		fprintf(out, "_meshctl_format '%s'", x.words ? x.words : "");
		break;
	case COMPLETE_DIRS:
		fputs("_meshctl_files -d", out);
		break;
	case COMPLETE_FILES:
		fputs("_meshctl_files -f", out);
		break;
	case COMPLETE_REVS:
		fputs("_meshctl_revs", out);
		break;
	}
	fputs(" ;;\n", out);
}

static void put_values(FILE *out, struct arena *arena)
{
	fputs("_meshctl_value()\n{\n\tcase $option in\n", out);
	for (int id = 0; id < OPT_COUNT; id++) {
		const struct opt *o = &opt_rows[id];

		if (o->type == TYPE_BOOL)
			continue;
		fputc('\t', out);
		put_names(out, o, " | ");
		fputs(") ", out);
		if (id != OPT_FORMAT) {
			put_action(out, complete_option(o, NULL, arena));
			continue;
		}
		fputs("case $command in\n", out);
		for (unsigned i = 0; i < ncommands; i++)
			if (command_takes(commands[i], OPT_FORMAT)) {
				fprintf(out, "\t\t%s) ", commands[i]->name);
				put_action(out, complete_option(o, commands[i], arena));
			}
		fputs("\t\tesac ;;\n", out);
	}
	fputs("\tesac\n}\n\n", out);
}

static void put_options(FILE *out, opt_set set)
{
	fputs("_meshctl_add -W '", out);
	for (int id = 0, first = 1; id < OPT_COUNT; id++)
		if (set & OPT_BIT(id)) {
			fputs(first ? "" : " ", out);
			put_names(out, &opt_rows[id], " ");
			first = 0;
		}
	fputs("' ;;\n", out);
}

void complete_bash(FILE *out)
{
	struct arena arena = ARENA_INIT;

	fputs(head, out);
	put_values(out, &arena);
	fputs("_meshctl_options()\n{\n\tcase $command in\n", out);
	for (unsigned i = 0; i < ncommands; i++) {
		fprintf(out, "\t%s) ", commands[i]->name);
		put_options(out, commands[i]->options | OPT_BIT(OPT_HELP));
	}
	fputs("\t'') ", out);
	put_options(out, OPT_BIT(OPT_DIR) | OPT_IMPLIED);
	fputs("\tesac\n}\n\n_meshctl_operand()\n{\n\tcase $command in\n", out);
	for (unsigned i = 0; i < ncommands; i++) {
		fprintf(out, "\t%s) ", commands[i]->name);
		put_action(out, complete_operand(commands[i], &arena));
	}
	fputs("\t'' | help) _meshctl_add -W '", out);
	for (unsigned i = 0; i < ncommands; i++)
		fprintf(out, "%s ", commands[i]->name);
	fputs("help' ;;\n\tesac\n}\n\n", out);
	fputs(scan, out);
	fputs("\t\t", out);
	for (int id = 0, first = 1; id < OPT_COUNT; id++)
		if (opt_rows[id].type != TYPE_BOOL) {
			fputs(first ? "" : " | ", out);
			put_names(out, &opt_rows[id], " | ");
			first = 0;
		}
	fputs(") option=$word ;;\n", out);
	fputs(middle, out);
	arena_release(&arena);
}
