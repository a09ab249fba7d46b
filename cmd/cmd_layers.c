/* SPDX-License-Identifier: MIT */
/* cmd_layers.c - meshctl layers: the matrix of layers, and the imports that are forbidden. */
#include "cmd/matrix_view.h"

static const enum rule_id rules[] = {
	RULE_LAYER_VIOLATION, RULE_CLOSED_LAYER, RULE_DENIED_IMPORT,
};

static const struct judged_matrix *of(const struct judged *j)
{
	return &j->layers;
}

static int run(struct run *run, struct err *err)
{
	const struct matrix_kind kind = {
		.command = "layers", .one = "layer", .of = of, .rules = rules,
		.nrules = ARRAY_SIZE(rules),
	};

	return matrix_command(run, &kind, err);
}

static const struct example examples[] = {
	{ "layers", "who imports whom, and what the policy forbids" },
	{ "layers --json", "the same for a program" },
};

static const char *const see_also[] = { "analyze", "contexts", "policy", NULL };

const struct command command_layers = {
	.name = "layers", .summary = "layer by layer: who imports whom, and what is forbidden",
	.group = GROUP_LOOK, .operands = "[PATTERN]", .min_operands = 0, .max_operands = 1,
	.detail =
		"Counts the import lines between the layers of the policy. A row imports, a "
		"column is "
		"imported; ! behind a number says that some of these lines are forbidden, ? that "
		"the "
		"policy cannot judge them, because one end is in no layer. Tests do not count. "
		"Where "
		"the table is wider than the screen it is a list.\n\n"
		"The first line says how much of the tree the policy judges: a green result of a "
		"policy that judges a tenth is a tenth of a green result. Then come the findings "
		"about layers, as in `meshctl analyze`.",
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
