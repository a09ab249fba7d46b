/* SPDX-License-Identifier: MIT */
/* cmd_setup.c - meshctl setup: what it says of itself, and which sub-commands it has. */
#include "cmd/subcommand.h"

#define SETUP(name) extern const struct subcommand setup_##name;
#include "cmd/setups.def"
#undef SETUP

static const struct subcommand *const setups[] = {
#define SETUP(name) &setup_##name,
#include "cmd/setups.def"
#undef SETUP
};

static const char *const formats[] = { "text", "json", NULL };

static const struct example examples[] = {
	{ "setup cache", "where the fact cache is, how large, and how often it helped" },
	{ "setup cache clear", "start again without it" },
	{ "setup doctor", "what is missing here, and what to do" },
	{ "setup ci github --print", "the workflow that judges each pull request" },
	{ "setup hook --print", "the hook that 'setup hook install' writes, for you to read" },
};

static const char *const see_also[] = { "metrics", NULL };

const struct command command_setup = {
	.name = "setup",
	.summary = "look after what meshctl keeps",
	.group = GROUP_TOOL,
	.operands = "TOOL [ACTION]",
	.min_operands = 1,
	.max_operands = 2,
	.detail =
		"TOOL is `cache`: the facts of Go files that were parsed as a whole, by their "
		"blob id, so that no other run, branch or commit parses them again; and the heads "
		"of the files of larger repositories, so that what git says is unchanged need not "
		"be opened. `setup cache status`, or `setup cache` alone, says where they are; "
		"`prune` deletes the older "
		"half, which is what was not used for longest; `clear` deletes all.\n\n"
		"The cache is in $XDG_CACHE_HOME/meshctl, else ~/.cache/meshctl, for the user "
		"alone; it never changes a result. It may be deleted at any time, and several "
		"processes may use it at once. What is damaged is made again. It is not used on "
		"network file systems, in a folder that belongs to somebody else or that others "
		"may write to, and with --no-cache; but for the last a line on standard error "
		"says so where whole files are parsed.\n\n"
		"TOOL is `hook`: git asks meshctl before it makes a commit. `setup hook install` "
		"adds a block of shell to the pre-commit hook, where git looks for it: in "
		"core.hooksPath, and for linked working trees with the repository itself. What "
		"others wrote in the hook stays, and `remove` leaves it as it was, byte for byte; "
		"a hook that is no shell script, a symbolic link, or not executable is refused, as "
		"is a core.hooksPath that is set for every repository. `status`, or `setup hook` "
		"alone, says what is there.\n\n"
		"The hook runs the meshctl that installed it, else the one in PATH; where there is "
		"none the commit fails and says so. MESHCTL_SKIP=1 in the environment lets a "
		"commit pass. git asks it for `commit`, also with -a, --amend or a PATH, and for a "
		"merge that is concluded with `commit`; not for a merge that needs none.\n\n"
		"With --print nothing is written: ACTION is then `install`, or `lefthook`, `husky` "
		"or `pre-commit` for what these managers of hooks want in their files.\n\n"
		"TOOL is `ci`: ACTION is the system, and the file that it reads is written below "
		"the top of the working tree: `github` .github/workflows/meshctl.yml, `gitlab` a "
		"file that .gitlab-ci.yml includes, `jenkins` the Jenkinsfile, `pre-commit` "
		".pre-commit-config.yaml. Each runs `meshctl gate` against the branch that the "
		"change goes to. A file that is there stays, unless --force; --print prints it "
		"and writes nothing.\n\n"
		"TOOL is `doctor`: looks at the libraries that run, fonts for pictures, git and "
		"whether it accepts the repository, shallow clones, the cache, the policy and how "
		"much it judges, the baseline, the hook, and what CI runs. Each line is `ok`, "
		"`warn` or `FAIL`, with what to do. The exit status is 1 when a check fails, else "
		"0.",
	.options = OPT_BIT(OPT_DIR) | OPT_BIT(OPT_FORMAT) | OPT_BIT(OPT_JSON) |
		   OPT_BIT(OPT_OUTPUT) | OPT_BIT(OPT_COLOR) | OPT_BIT(OPT_PRINT) |
		   OPT_BIT(OPT_FORCE),
	.formats = formats,
	.task = setups, .ntasks = ARRAY_SIZE(setups),
	.examples = examples,
	.nexamples = ARRAY_SIZE(examples),
	.see_also = see_also,
};
