/* SPDX-License-Identifier: MIT */
/* command.c - the rows of commands.def, and finding one. */
#include "cmd/command.h"

#include <string.h>

#define COMMAND(name) extern const struct command command_##name;
#include "cmd/commands.def"
#undef COMMAND

const struct command *const commands[] = {
#define COMMAND(name) &command_##name,
#include "cmd/commands.def"
#undef COMMAND
};
const unsigned ncommands = ARRAY_SIZE(commands);

const struct command *command_find(const char *name)
{
	for (unsigned i = 0; i < ncommands; i++)
		if (!strcmp(commands[i]->name, name))
			return commands[i];
	return NULL;
}

enum exit_status exit_worse(enum exit_status a, enum exit_status b)
{
	static const int rank[] = {
		[EXIT_CLEAN] = 0, [EXIT_FINDINGS] = 1, [EXIT_INCOMPLETE] = 2, [EXIT_USAGE] = 3,
	};

	return rank[a] < rank[b] ? b : a;
}
