/* SPDX-License-Identifier: MIT */
/*
 * sides_debt.c - the debt of a side of a change, where a row of the gate asks for it:
 * the tree judged once more, by every rule that has a cost.
 */
#include "analyzers/debt/debt.h"
#include "cmd/sides.h"

int sides_debt_choose(const struct run *run UNUSED, struct judge *j, void *ctx UNUSED,
		      struct err *err UNUSED)
{
	debt_rules(j->session.policy, &j->chosen);
	return 0;
}

static bool has_contexts(const struct graph *g)
{
	for (uint32_t p = 0; g->part[PART_CONTEXT] && p < g->npkgs; p++)
		if (g->part[PART_CONTEXT][p].v)
			return true;
	return false;
}

int sides_debt_reckon(const struct run *run, struct judge *j, struct gate_debt *ret,
		      struct err *err)
{
	struct arena scratch = ARENA_INIT;
	const struct debt_row *row = NULL;
	struct gate_debt_part *part;
	uint32_t n = 0;
	struct debt d;

	*ret = (struct gate_debt){ .why = NULL };
	if (session_all_bodies(&j->session, run->set, err))
		return -1;
	const struct analysis given = judge_analysis(j);
	int rc = debt_reckon(&given, NULL, 0, &scratch, &d, err);

	if (!rc && has_contexts(given.graph))
		rc = debt_rows(&d, "context", &scratch, &row, &n, err);
	if (!rc) {
		part = arena_array(run->arena, struct gate_debt_part, (size_t)n + 1);
		for (uint32_t i = 0; i < n; i++)
			if (!row[i].rest)
				part[ret->ncontexts++] = (struct gate_debt_part){
					arena_strdup(run->arena, row[i].name), row[i].minutes,
					row[i].lines,
				};
		ret->all = (struct gate_debt_part){ "all", d.total, d.total_lines };
		ret->days = debt_days(d.total);
		ret->context = part;
	}
	arena_release(&scratch);
	return rc;
}

bool sides_debt_asked(const struct policy *p)
{
	return p->found && (policy_rule_level(p, &rule_rows[RULE_DEBT_DENSITY]) != SEV_OFF ||
			    policy_rule_level(p, &rule_rows[RULE_DEBT_RISE]) != SEV_OFF);
}

void sides_debt(const struct run *run, struct judge *head, const char *rev, struct gate_debt *ret)
{
	const struct judge_steps steps = {
		.command = "debt", .contexts = true, .may_miss_baseline = true,
		.choose = sides_debt_choose, .policy = head->session.policy, .baseline_of = head,
		.like = head->session.source, .committed = sides_compares(run),
	};
	struct settings set = *run->set;
	struct err cause = ERR_INIT;
	struct run own = *run;
	struct judge j;

	if (rev) {
		set.rev = rev;
		set.staged = false;
		set.given = (set.given & ~OPT_TREE) | OPT_BIT(OPT_REV);
	}
	/* What is to be said of the tree was said once. */
	set.quiet = true;
	own.set = &set;
	*ret = (struct gate_debt){ .why = NULL };
	if (judge_run(&own, &steps, &j, &cause) ||
	    sides_debt_reckon(&own, &j, ret, &cause))
		ret->why = arena_strdup(run->arena, cause.msg);
	else if (j.report.incomplete)
		ret->why = arena_strdup(run->arena, j.report.incomplete);
	judge_release(&j, &set);
}
