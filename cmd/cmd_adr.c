/* SPDX-License-Identifier: MIT */
/* cmd_adr.c - meshctl adr: what it says of itself, and which sub-commands it has. */
#include "cmd/subcommand.h"

#define ADR(name) extern const struct subcommand adr_##name;
#include "cmd/adrs.def"
#undef ADR

static const struct subcommand *const list[] = {
#define ADR(name) &adr_##name,
#include "cmd/adrs.def"
#undef ADR
};

/* Reports of `check`; pictures of `list`. */
static const char *const formats[] = {
#define REPORTER(name) #name,
#include "cmd/report/reporters.def"
#undef REPORTER
	"dot", "mermaid", NULL,
};

static const struct example examples[] = {
	{ "adr list", "the decision records, their status and date" },
	{ "adr new \"Repositories are ports\"", "the next record, ready to be written" },
	{ "adr new --from 7f3a2c", "drafted from a finding, with evidence and the options" },
	{ "adr set 9 superseded-by 12", "both records say it" },
	{ "adr check", "numbers, links, successors, edits of what was accepted" },
};

static const char *const see_also[] = { "policy", "baseline", "gate", "explain", NULL };

const struct command command_adr = {
	.name = "adr",
	.summary = "architecture decision records: write, list, show, check",
	.group = GROUP_RULE,
	.operands = "TASK [RECORD...]",
	.min_operands = 1,
	.max_operands = 100,
	.detail =
		"A decision record says what was decided about the architecture, when and why. "
		"meshctl reads MADR 2 to 4, what adr-tools writes after Michael Nygard, what "
		"log4brains writes, and records in YAML, side by side in one folder: the policy "
		"names it (`adr: {dir: docs/decisions}`), else .adr-dir or .log4brains.yml, else "
		"it "
		"is found by its name. A RECORD is its number, its file, or the beginning of its "
		"file's name.\n\n"
		"`new` writes the next record from a template, with the words of TITLE as its file "
		"name, and prints the path; the editor of $VISUAL or $EDITOR opens it when the "
		"terminal is one. --from drafts context, options and consequences from the "
		"analysis: a finding's short id, `cycle:ID`, `exception:N` (the Nth of the "
		"policy), "
		"`edge:A..B` or `contexts:A..B`. --supersedes changes the older record as well. "
		"--template takes templates from a folder of your own.\n\n"
		"`list` shows all records; with --graph, or as format dot or mermaid, which one "
		"replaced which. `show` prints one with its rules, what violates them, and what is "
		"excused in its name. `set RECORD STATUS` changes the status, `set RECORD "
		"superseded-by OTHER` both records.\n\n"
		"`check` runs all rules about records, also adr-edited, which reads git's history, "
		"and exits with status 1 when it finds something; it needs no Go file. What stands "
		"among the records and cannot be read is found too: links that lead nowhere or out "
		"of the repository, folders too deep. `analyze` runs the others; the "
		"gate's row adr-required asks for a record where a change touches the "
		"architecture.",
	.options = OPT_BIT(OPT_DIR) | OPT_BIT(OPT_CONFIG) | OPT_TREE | OPT_BIT(OPT_FORMAT) |
		   OPT_BIT(OPT_JSON) | OPT_BIT(OPT_OUTPUT) | OPT_BIT(OPT_GRAPH) |
		   OPT_BIT(OPT_FROM) | OPT_BIT(OPT_STATUS) | OPT_BIT(OPT_SUPERSEDES) |
		   OPT_BIT(OPT_TEMPLATE) | OPT_BIT(OPT_ADR_FORMAT) | OPT_BIT(OPT_PRINT) |
		   OPT_BIT(OPT_ALL) | OPT_BIT(OPT_FAIL_ON) | OPT_BIT(OPT_NOW) |
		   OPT_BIT(OPT_SHOW_SUPPRESSED) | OPT_BIT(OPT_NO_CACHE) | OPT_BIT(OPT_JOBS) |
		   OPT_BIT(OPT_COLOR) | OPT_BIT(OPT_QUIET),
	.formats = formats,
	.task = list, .ntasks = ARRAY_SIZE(list),
	.examples = examples,
	.nexamples = ARRAY_SIZE(examples),
	.see_also = see_also,
};
