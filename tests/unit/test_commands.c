/* SPDX-License-Identifier: MIT */
/* test_commands.c - the command rows keep what help, man pages and completion rely on. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "cmd/command.h"
#include "cmd/complete.h"
#include "cmd/help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool has(const char *const *list, const char *name)
{
	for (; list && *list; list++)
		if (!strcmp(*list, name))
			return true;
	return false;
}

static void rows_are_well_formed(void **state UNUSED)
{
	for (unsigned i = 0; i < ncommands; i++) {
		const struct command *c = commands[i];
		const char *why = NULL;

		if (command_find(c->name) != c)
			why = "another command has its name";
		else if (!*c->summary || c->summary[strlen(c->summary) - 1] == '.' ||
			 strlen(c->summary) > 72)
			why = "summary";
		else if (*c->summary < 'a' || *c->summary > 'z')
			why = "the summary begins with a capital";
		else if (!c->detail || strlen(c->detail) < 40)
			why = "detail";
		else if (c->min_operands > c->max_operands ||
			 (c->max_operands > 0) != (*c->operands != '\0'))
			why = "operands";
		else if ((c->min_operands == 0) != (*c->operands == '\0' || *c->operands == '['))
			why = "optional operands stand in brackets";
		else if ((c->formats != NULL) != command_takes(c, OPT_FORMAT))
			why = "--format";
		else if (has(c->formats, "json") != command_takes(c, OPT_JSON))
			why = "--json";
		/* What init writes are files of the repository, whose names are given. */
		else if (command_takes(c, OPT_OUTPUT) != (strcmp(c->name, "init") != 0))
			why = "every command but init takes -o";
		else if (!c->nexamples)
			why = "examples";
		else if (has(c->see_also, c->name))
			why = "see_also names itself";
		for (unsigned k = 0; !why && k < c->nexamples; k++) {
			size_t len = strlen(c->name);

			if (strncmp(c->examples[k].args, c->name, len) ||
			    !strchr(" ", c->examples[k].args[len]))
				why = "an example of another command";
		}
		for (unsigned k = 0; !why && c->see_also && c->see_also[k]; k++)
			if (!command_find(c->see_also[k]))
				why = "see_also names no command";
		if (why)
			fail_msg("%s: %s", c->name, why);
	}
}

static void every_option_belongs_to_a_command(void **state UNUSED)
{
	for (int id = 0; id < OPT_COUNT; id++) {
		unsigned takers = (OPT_IMPLIED & OPT_BIT(id)) != 0;

		for (unsigned i = 0; i < ncommands; i++)
			takers += command_takes(commands[i], (enum opt_id)id);
		if (!takers)
			fail_msg("no command takes --%s", opt_rows[id].name);
	}
}

static void completion_knows_every_metavar(void **state UNUSED)
{
	for (int id = 0; id < OPT_COUNT; id++)
		if (opt_rows[id].metavar && !opt_rows[id].choices &&
		    !complete_knows(opt_rows[id].metavar))
			fail_msg("--%s=%s", opt_rows[id].name, opt_rows[id].metavar);
	for (unsigned i = 0; i < ncommands; i++) {
		char name[64];
		const char *from = commands[i]->operands + strspn(commands[i]->operands, "[");

		snprintf(name, sizeof(name), "%.*s", (int)strcspn(from, "] "), from);
		if (*name && !complete_knows(name))
			fail_msg("%s %s", commands[i]->name, name);
	}
}

/* What every page prints must fit a terminal and name each option once. */
static void help_fits(void **state UNUSED)
{
	for (unsigned i = 0; i <= ncommands; i++) {
		char *text = NULL, line[128];
		size_t size = 0;
		FILE *out = open_memstream(&text, &size);

		if (i < ncommands)
			help_command(commands[i], out);
		else
			help_all(out);
		fclose(out);
		for (const char *p = text; *p; p += strcspn(p, "\n"), p += *p == '\n')
			if (strcspn(p, "\n") > 100)
				fail_msg("wider than 100 columns: %.*s", (int)strcspn(p, "\n"), p);
		for (int id = 0; i < ncommands && id < OPT_COUNT; id++) {
			const char *metavar = opt_rows[id].metavar;

			snprintf(line, sizeof(line), " --%s%s%s ", opt_rows[id].name,
				 metavar ? "=" : "", metavar ? metavar : "");
			if ((strstr(text, line) != NULL) !=
			    command_takes(commands[i], (enum opt_id)id))
				fail_msg("%s: --%s", commands[i]->name, opt_rows[id].name);
		}
		free(text);
	}
}

static void the_worse_status_wins(void **state UNUSED)
{
	static const enum exit_status order[] = { EXIT_CLEAN, EXIT_FINDINGS, EXIT_INCOMPLETE,
						  EXIT_USAGE };

	for (unsigned a = 0; a < ARRAY_SIZE(order); a++)
		for (unsigned b = 0; b < ARRAY_SIZE(order); b++)
			assert_int_equal(exit_worse(order[a], order[b]), order[a > b ? a : b]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_well_formed),
		cmocka_unit_test(every_option_belongs_to_a_command),
		cmocka_unit_test(completion_knows_every_metavar),
		cmocka_unit_test(help_fits),
		cmocka_unit_test(the_worse_status_wins),
	};

	return cmocka_run_group_tests_name("commands", tests, NULL, NULL);
}
