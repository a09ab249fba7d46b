/* SPDX-License-Identifier: MIT */
/* man.c - mdoc from the tables; clean under `mandoc -Tlint -W warning`. */
#include "cmd/man.h"

#include "analyzers/policy/rule.h"
#include "base/limits.h"
#include "base/text.h"
#include "cmd/ci.h"
#include "cmd/help.h"
#include "cmd/man_text.h"
#include "cmd/metric.h"

#include <ctype.h>
#include <string.h>

static const struct {
	const char *name, *text;
} environment[] = {
	{ "CLICOLOR", "0: no colour, unless it is forced." },
	{ "CLICOLOR_FORCE", "Set and not 0: colour even where the output is no terminal." },
	{ "NO_COLOR",
	  "Set and not empty: no colour. Beats the other variables; `--color` beats it." },
	{ "TERM", "`dumb`: no colour, unless it is forced." },
};

/* "[PATTERN]" -> .Op Ar PATTERN */
static void put_operands(FILE *out, const char *operands)
{
	for (const char *p = operands; *p; p += strspn(p, " ")) {
		size_t len = strcspn(p, " ");
		bool optional = *p == '[';

		fprintf(out, "%s %.*s\n", optional ? ".Op Ar" : ".Ar", (int)len - 2 * optional,
			p + optional);
		p += len;
	}
}

static void put_option(FILE *out, const struct opt *o, const struct command *c, struct arena *arena)
{
	fputs(".It ", out);
	if (o->letter && o->metavar)
		fprintf(out, "Fl %c Ar %s , ", o->letter, o->metavar);
	else if (o->letter)
		fprintf(out, "Fl %c , ", o->letter);
	fprintf(out, "Fl \\-%s", o->name);
	if (o->metavar)
		fprintf(out, " Ns = Ns Ar %s", o->metavar);
	fputc('\n', out);
	man_put_text(out, sentence(option_text(o, c, arena), arena));
}

static void put_options(FILE *out, const struct command *c, opt_set set, struct arena *arena)
{
	fputs(".Bl -tag -width Ds\n", out);
	for (int id = 0; id < OPT_COUNT; id++)
		if (set & OPT_BIT(id))
			put_option(out, &opt_rows[id], c, arena);
	fputs(".El\n", out);
}

static void put_exit_status(FILE *out, struct arena *arena)
{
	fputs(".Sh EXIT STATUS\n.Bl -tag -width Ds\n", out);
#define X(name, value, text) \
	fprintf(out, ".It %d\n", value); \
	man_put_text(out, sentence(text, arena));
	EXIT_STATUSES(X)
#undef X
	fputs(".El\n.Pp\n", out);
	man_put_text(out,
		 "Where several hold, 2 beats 3, 3 beats 1 and 1 beats 0. It is never a count. "
		 "A signal that ends meshctl keeps its own status.");
}

static void put_examples(FILE *out, const struct command *c, struct arena *arena)
{
	if (!c->nexamples)
		return;
	fputs(".Sh EXAMPLES\n", out);
	for (unsigned i = 0; i < c->nexamples; i++) {
		const char *says = sentence(c->examples[i].says, arena);

		if (i)
			fputs(".Pp\n", out);
		man_put_text(out, arena_printf(arena, "%.*s:", (int)strlen(says) - 1, says));
		man_put_literal(out, arena_printf(arena, "$ meshctl %s", c->examples[i].args));
	}
}

static bool named(const char *const *list, const char *name)
{
	for (; list && *list; list++)
		if (!strcmp(*list, name))
			return true;
	return false;
}

static int compare_names(const void *a, const void *b, void *ctx UNUSED)
{
	return strcmp((*(const struct command *const *)a)->name,
		      (*(const struct command *const *)b)->name);
}

/* The commands that are asked for (all without c), by name. */
static void put_see_also(FILE *out, const struct command *c, struct arena *arena)
{
	const struct command **list = arena_array(arena, const struct command *, ncommands);
	unsigned n = 0;

	for (unsigned i = 0; i < ncommands; i++)
		if (!c || named(c->see_also, commands[i]->name))
			list[n++] = commands[i];
	sort_with(list, n, sizeof(struct command *), compare_names, NULL);
	fputs(".Sh SEE ALSO\n", out);
	if (c)
		fprintf(out, ".Xr meshctl 1%s\n", n ? " ," : "");
	for (unsigned i = 0; i < n; i++)
		fprintf(out, ".Xr meshctl-%s 1%s\n", list[i]->name, i + 1 < n ? " ," : "");
}

void man_command(const struct command *c, FILE *out)
{
	struct arena arena = ARENA_INIT;

	man_put_head(out, arena_printf(&arena, "meshctl-%s", c->name), 1, c->name, c->summary,
		     &arena);
	fprintf(out, ".Sh SYNOPSIS\n.Nm meshctl %s\n.Op Ar option ...\n", c->name);
	put_operands(out, c->operands);
	fputs(".Sh DESCRIPTION\n", out);
	man_put_paragraphs(out, c->detail, &arena);
	for (unsigned i = 0; c->more && c->more[i]; i++) {
		fputs(".Pp\n", out);
		man_put_paragraphs(out, c->more[i], &arena);
	}
	if (strstr(c->operands, "PATTERN") && !strstr(c->detail, "PATTERN is")) {
		fputs(".Pp\n", out);
		man_put_text(out, PATTERN_TEXT);
	}
	fputs(".Sh OPTIONS\n", out);
	put_options(out, c, c->options | OPT_IMPLIED, &arena);
	if (c->formats) {
		fputs(".Pp\n", out);
		man_put_text(out,
			 arena_printf(&arena, "The format is `%s` unless told.", c->formats[0]));
	}
	put_exit_status(out, &arena);
	put_examples(out, c, &arena);
	put_see_also(out, c, &arena);
	arena_release(&arena);
}

static void put_commands(FILE *out, struct arena *arena)
{
	fputs(".Sh COMMANDS\n.Bl -tag -width Ds\n", out);
	for (unsigned i = 0; i < ncommands; i++) {
		fprintf(out, ".It Xr meshctl-%s 1\n", commands[i]->name);
		man_put_text(out, sentence(commands[i]->summary, arena));
	}
	fputs(".It Cm help Op Ar COMMAND\n", out);
	man_put_text(out, "How to use meshctl, or one of its commands; the same as `meshctl "
			  "COMMAND --help`.");
	fputs(".El\n", out);
}

static void put_rules(FILE *out, struct arena *arena)
{
	fputs(".Sh RULES\n", out);
	man_put_text(out, "Each rule has a level: error, warning, info or off. `meshctl explain "
			  "RULE` says why a rule matters and what to do about a finding.");
	fputs(".Bl -tag -width Ds\n", out);
	for (unsigned i = 0; i < RULE_COUNT; i++) {
		const struct rule *r = &rule_rows[i];

		fprintf(out, ".It Cm %s Pq %s , %s\n", r->name, r->id, severity_name[r->severity]);
		man_put_text(out, sentence(r->summary, arena));
	}
	fputs(".El\n", out);
}

static void put_metrics(FILE *out, struct arena *arena)
{
	fputs(".Sh METRICS\n", out);
	man_put_text(out, "What `meshctl metrics` prints. `meshctl explain METRIC` says who "
			  "defined it and how to read it.");
	fputs(".Bl -tag -width Ds\n", out);
	for (unsigned i = 0; i < METRIC_COUNT; i++) {
		const struct metric *m = &metric_rows[i];

		fprintf(out, ".It Cm %s : %s , in %s\n", m->id, m->name, m->unit);
		man_put_text(out, sentence(m->formula, arena));
	}
	fputs(".El\n", out);
}

static void put_limits(FILE *out, struct arena *arena)
{
	fputs(".Sh LIMITS\n", out);
	man_put_text(out, "What a repository may cost. Each limit counts things, never seconds, so "
		      "that the result is the same on every machine.");
	fputs(".Bl -tag -width Ds\n", out);
	for (unsigned i = 0; i < LIMIT_COUNT; i++) {
		const struct limit_row *l = &limit_rows[i];

		fprintf(out, ".It Cm %s : %s %s\n", l->name, text_number(arena, l->value), l->unit);
		man_put_text(out, sentence(l->text, arena));
	}
	fputs(".El\n", out);
}

static const char *ci_words(const struct ci *ci, struct arena *arena)
{
	const char *text = arena_printf(arena, "Set by %s.", ci->name);

	if (ci->format)
		text = arena_printf(arena, "%s The text is followed by `--format %s`.", text,
				    ci->format);
	if (ci->summary)
		text = arena_printf(arena, "%s A Markdown report is appended to the file that %s "
				    "names.", text, ci->summary);
	if (ci->advice)
		text = arena_printf(arena, "%s A line on standard error names `--format %s`, "
				    "which it can show.", text, ci->advice);
	return text;
}

static void put_environment(FILE *out, struct arena *arena)
{
	fputs(".Sh ENVIRONMENT\n.Bl -tag -width Ds\n", out);
	for (unsigned i = 0; i < ARRAY_SIZE(environment); i++) {
		fprintf(out, ".It Ev %s\n", environment[i].name);
		man_put_text(out, environment[i].text);
	}
	for (unsigned i = 0; i < CI_COUNT; i++) {
		fprintf(out, ".It Ev %s\n", ci_rows[i].variable);
		man_put_text(out, ci_words(&ci_rows[i], arena));
	}
	fputs(".El\n", out);
}

static void put_formats(FILE *out, struct arena *arena)
{
	fputs(".Sh FORMATS\n", out);
	man_put_text(out, "What the commands that judge print with `--format FMT[:PATH]`, which "
			  "may be repeated: one run, several reports. A file appears when it is "
			  "whole. Without a PATH, or with -, it is standard output, which takes "
			  "one. On some CI services more is said, see ENVIRONMENT; any of "
			  "`--format`, `--json` and `-o` switches that off, and so does "
			  "`--format text` alone.");
	fputs(".Bl -tag -width Ds\n", out);
	for (unsigned i = 0; i < nreporters; i++) {
		fprintf(out, ".It Cm %s\n", reporters[i]->name);
		man_put_text(out, sentence(reporters[i]->summary, arena));
	}
	fputs(".El\n", out);
}

#define DESCRIPTION \
	"meshctl reads a Go repository as the go command reads it, without building it, and says " \
	"what is wrong with its architecture: which folders import each other in circles, which " \
	"imports Go itself would refuse, and what to do about each. It needs no configuration " \
	"and no network, and it never writes into the repository.\n\n" \
	"The report goes to standard output, everything else to standard error. The same " \
	"repository gives the same bytes, whatever the number of threads.\n\n" \
	PATTERN_TEXT "\n\n" \
	"Options and operands may mix; `--` ends the options. Long options may be abbreviated as " \
	"long as they stay unambiguous."

void man_program(FILE *out)
{
	struct arena arena = ARENA_INIT;

	man_put_head(out, "meshctl", 1, "", PROGRAM_SUMMARY, &arena);
	fputs(".Sh SYNOPSIS\n.Nm\n.Ar command\n.Op Ar option ...\n.Op Ar operand ...\n"
	      ".Nm\n.Cm help\n.Op Ar command\n.Nm\n.Fl \\-version\n.Sh DESCRIPTION\n", out);
	man_put_paragraphs(out, DESCRIPTION, &arena);
	put_commands(out, &arena);
	fputs(".Sh OPTIONS\n", out);
	man_put_text(out, "Each command has a page of its own with the options it takes. Before "
			  "the command, any of its options may stand, and these:");
	put_options(out, NULL, OPT_BIT(OPT_DIR) | OPT_IMPLIED, &arena);
	put_rules(out, &arena);
	put_metrics(out, &arena);
	put_limits(out, &arena);
	put_formats(out, &arena);
	put_environment(out, &arena);
	put_exit_status(out, &arena);
	fputs(".Sh EXAMPLES\n", out);
	man_put_text(out, "What is wrong with the repository in this folder:");
	man_put_literal(out, "$ meshctl analyze");
	put_see_also(out, NULL, &arena);
	arena_release(&arena);
}
