/* SPDX-License-Identifier: MIT */
/* adr_check.c - meshctl adr check: every rule about decision records. */
#include "base/text.h"
#include "cmd/judge.h"
#include "cmd/report/reporters.h"
#include "cmd/subcommand.h"

#include <string.h>

static int choose(const struct run *run UNUSED, struct judge *j, void *ctx UNUSED,
		  struct err *err UNUSED)
{
	for (unsigned i = 0; i < RULE_COUNT; i++) {
		const struct policy_rule *said =
			policy_rule_find(j->session.policy, &rule_rows[i]);
		bool wanted = !strncmp(rule_rows[i].id, "MC5", 3) && i != RULE_ADR_REQUIRED;

		/* What the policy itself turns off stays off; adr-missing is for those who ask. */
		if (said && said->level.at.file && said->level.value == SEV_OFF)
			wanted = false;
		if (i == RULE_ADR_MISSING &&
		    policy_rule_level(j->session.policy, &rule_rows[i]) == SEV_OFF)
			wanted = false;
		j->chosen.has[i] = wanted;
	}
	return 0;
}

static int run(struct run *run, struct err *err)
{
	const struct judge_steps steps = {
		.command = "adr", .choose = choose, .beside_go = true, .warnings_fail = true,
		.again = "meshctl adr check", .again_all = true,
	};

	return judge_command(run, &steps, err);
}

const struct subcommand adr_check = {
	.name = "check", .summary = "numbers, links, successors, edits of what was accepted",
	.operands = "", .min_operands = 0, .max_operands = 0,
	.options = OPT_BIT(OPT_DIR) | OPT_BIT(OPT_CONFIG) | OPT_TREE | OPT_BIT(OPT_FORMAT) |
		   OPT_BIT(OPT_JSON) | OPT_BIT(OPT_OUTPUT) | OPT_BIT(OPT_ALL) |
		   OPT_BIT(OPT_FAIL_ON) | OPT_BIT(OPT_NOW) | OPT_BIT(OPT_SHOW_SUPPRESSED) |
		   OPT_BIT(OPT_NO_CACHE) | OPT_BIT(OPT_JOBS) | OPT_BIT(OPT_COLOR) |
		   OPT_BIT(OPT_QUIET),
	.formats = reporter_names, .run = run,
};
