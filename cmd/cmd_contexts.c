/* SPDX-License-Identifier: MIT */
/* cmd_contexts.c - meshctl contexts: the matrix of bounded contexts, and what crosses them. */
#include "cmd/matrix_view.h"

static const enum rule_id rules[] = {
	RULE_CONTEXT_BOUNDARY, RULE_CONTEXT_PAIR, RULE_CONTEXT_INTERNAL, RULE_SHARED_USES_CONTEXT,
};

static const struct judged_matrix *of(const struct judged *j)
{
	return &j->contexts;
}

static int run(struct run *run, struct err *err)
{
	const struct matrix_kind kind = {
		.command = "contexts", .one = "context", .of = of, .rules = rules,
		.nrules = ARRAY_SIZE(rules),
	};

	return matrix_command(run, &kind, err);
}

static const struct example examples[] = {
	{ "contexts", "who imports whom, and what the policy forbids" },
	{ "contexts --json", "the same for a program" },
};

static const char *const see_also[] = { "analyze", "layers", "policy", NULL };

const struct command command_contexts = {
	.name = "contexts", .summary = "context by context: who imports whom, and past what is "
		"published",
	.group = GROUP_LOOK, .operands = "[PATTERN]", .min_operands = 0, .max_operands = 1,
	.detail =
		"Counts the import lines between the bounded contexts of the policy. A row "
		"imports, a "
		"column is imported; ! behind a number says that some of these lines are "
		"forbidden, ? "
		"that one end is in no context and not shared. Tests do not count here; the "
		"findings "
		"below tell of them as warnings. Where the table is wider than the screen it is a "
		"list.\n\n"
		"The line of crossings says how many lines lead from context to context at all, "
		"and how "
		"many of them through packages that the other one publishes. Then come the "
		"findings "
		"about contexts, as in `meshctl analyze`.",
	.options = OPT_BIT(OPT_DIR) | OPT_BIT(OPT_CONFIG) | OPT_TREE | OPT_BIT(OPT_FORMAT) |
		   OPT_BIT(OPT_JSON) | OPT_BIT(OPT_OUTPUT) | OPT_BIT(OPT_PLATFORM) |
		   OPT_BIT(OPT_TAGS) | OPT_BIT(OPT_CGO) | OPT_BIT(OPT_GO) | OPT_BIT(OPT_OWNER) |
		   OPT_BIT(OPT_FAIL_ON) |
		   OPT_BIT(OPT_SHOW_SUPPRESSED) | OPT_BIT(OPT_NOW) |
		   OPT_BIT(OPT_ALL) | OPT_BIT(OPT_NO_CACHE) | OPT_BIT(OPT_JOBS) |
		   OPT_BIT(OPT_COLOR) | OPT_BIT(OPT_QUIET),
	.formats = reporter_names, .envelope = true,
	.run = run, .examples = examples, .nexamples = ARRAY_SIZE(examples),
	.see_also = see_also,
};
