/* SPDX-License-Identifier: MIT */
/* cmd_completion.c - meshctl completion: the script for a shell. */
#include "cmd/complete.h"

#include "base/suggest.h"

#include <string.h>

static int run(struct run *run, struct err *err)
{
	const char *name = run->operand[0];
	char near[SUGGEST_BYTES];
	struct suggest s;

	suggest_init(&s, name);
	for (unsigned i = 0; i < nshells; i++) {
		if (!strcmp(shells[i].name, name)) {
			shells[i].write(run->out);
			return EXIT_CLEAN;
		}
		suggest_offer(&s, shells[i].name);
	}
	return err_set(err, ERR_USAGE, "unknown shell '%.60s'%s", name,
		       s.count ? suggest_text(&s, "", near) : "; there are bash, zsh and fish");
}

static const struct example examples[] = {
	{ "completion bash", "print the script for bash" },
};

const struct command command_completion = {
	.name = "completion",
	.summary = "print the completion script for bash, zsh or fish",
	.group = GROUP_TOOL,
	.operands = "SHELL",
	.min_operands = 1,
	.max_operands = 1,
	.detail = "The script completes commands, options, their values, rules and paths. "
		  "`make install` puts it where the shells look; otherwise, for one user:\n\n"
		  "\tmeshctl completion bash > ~/.local/share/bash-completion/completions/meshctl\n"
		  "\tmeshctl completion zsh > \"${fpath[1]}/_meshctl\"\n"
		  "\tmeshctl completion fish > ~/.config/fish/completions/meshctl.fish",
	.options = OPT_BIT(OPT_OUTPUT),
	.run = run,
	.examples = examples,
	.nexamples = ARRAY_SIZE(examples),
};
