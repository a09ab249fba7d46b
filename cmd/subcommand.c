/* SPDX-License-Identifier: MIT */
/* subcommand.c - finds the sub-command and checks what it was given. */
#include "cmd/subcommand.h"
#include "base/suggest.h"
#include "cmd/output.h"

#include <string.h>

static const struct subcommand *find(const struct command *c, const char *name, struct err *err)
{
	char near[SUGGEST_BYTES];
	struct suggest s;

	suggest_init(&s, name);
	for (unsigned i = 0; i < c->ntasks; i++) {
		if (!strcmp(c->task[i]->name, name))
			return c->task[i];
		suggest_offer(&s, c->task[i]->name);
	}
	if (s.count)
		err_set(err, ERR_USAGE, "'%s' has no '%.100s'%s", c->name, name,
			suggest_text(&s, "", near));
	else
		err_set(err, ERR_USAGE, "'%s' has no '%.100s'; 'meshctl help %s' lists what there "
			"is", c->name, name, c->name);
	return NULL;
}

static bool has_format(const struct subcommand *s, const char *format)
{
	for (unsigned i = 0; s->formats && s->formats[i]; i++)
		if (!strcmp(s->formats[i], format))
			return true;
	return !s->formats && !strcmp(format, "text");
}

static int check(const char *command, const struct subcommand *s, const struct run *run,
		 struct err *err)
{
	opt_set foreign = run->set->given & ~(s->options | OPT_IMPLIED);
	int n = run->noperands - 1;

	for (unsigned i = 0; i < OPT_COUNT; i++)
		if (foreign & OPT_BIT(i))
			return err_set(err, ERR_USAGE, "%s %s does not take --%s", command, s->name,
				       opt_rows[i].name);
	for (unsigned i = 0; i < run->noutputs; i++)
		if (!has_format(s, run->output[i].format))
			return err_set(err, ERR_USAGE, "%s %s does not print '%s'", command,
				       s->name, run->output[i].format);
	if (n < s->min_operands)
		return err_set(err, ERR_USAGE, "missing operand: meshctl %s %s %s", command,
			s->name,
			       s->operands);
	if (n > s->max_operands)
		return err_set(err, ERR_USAGE, "unexpected operand '%.100s': meshctl %s %s%s%s",
			       run->operand[s->max_operands + 1], command, s->name,
			       *s->operands ? " " : "", s->operands);
	return 0;
}

int subcommand_run(const struct command *c, struct run *run, struct err *err)
{
	const struct subcommand *s = find(c, run->operand[0], err);

	if (!s || check(c->name, s, run, err))
		return -1;
	run->operand++;
	run->noperands--;
	return s->run(run, err);
}

bool subcommand_fills_folder(const struct command *c, const char *name)
{
	for (unsigned i = 0; i < c->ntasks; i++)
		if (!strcmp(c->task[i]->name, name))
			return c->task[i]->folder;
	return false;
}
