/* SPDX-License-Identifier: MIT */
/*
 * cmd_gate.c - meshctl gate: pass or fail.  The change is judged, what it is
 * compared with by the same policy, and the rows of analyzers/gate.h decide.
 */
#include "analyzers/gate.h"
#include "base/text.h"
#include "cmd/change.h"
#include "cmd/diff.h"
#include "cmd/gate_view.h"
#include "cmd/judge.h"
#include "cmd/output.h"
#include "cmd/report/text.h"
#include "cmd/sides.h"

#include <string.h>

struct screen {
	const struct run *run;
	struct sides sides;
	struct gate gate;
	struct diff diff;               /* where a comment is asked for */
};

static int choose(const struct run *run, struct judge *j, void *ctx UNUSED, struct err *err)
{
	if (!j->session.policy->found)
		return err_set(err, ERR_CONFIG, "there is no policy: a gate without one would be "
			       "green whatever it sees; 'meshctl init' writes one");
	if (judge_rules(run->set, j->session.policy, run->arena, &j->chosen, err))
		return -1;
	for (unsigned i = 0; i < RULE_COUNT; i++)
		if (analyzer_of(i)->needs & FACT_CHANGE)
			j->chosen.has[i] = policy_rule_level(j->session.policy, &rule_rows[i]) !=
					   SEV_OFF;
	/* Who turns it off would not be told of it: gate_allowed() asks the base as well. */
	j->chosen.has[RULE_NEWLY_ALLOWED] = true;
	return 0;
}

static int blocks(const struct report *r, FILE *out, void *ctx, struct err *err UNUSED)
{
	const struct screen *screen = ctx;
	struct arena a = ARENA_INIT;

	text_wrap(out, text_escape(&a, sides_headline(&screen->sides, r->source, &a)), 0,
		  SCREEN_COLUMNS);
	fputc('\n', out);
	gate_table(r, out, &a);
	arena_release(&a);
	return 0;
}

static bool is_row(const struct rule *rule)
{
	return analyzer_of((enum rule_id)(rule - rule_rows))->needs & FACT_CHANGE;
}

/* How to let it pass all the same, for the first finding that does not. */
static int next(const struct report *r, FILE *out, void *ctx UNUSED, struct err *err UNUSED)
{
	struct arena a = ARENA_INIT;

	const struct finding *f = NULL;

	for (uint32_t i = 0; i < r->findings->count && !f; i++)
		if (r->findings->item[i].severity >= r->fail_on &&
		    settle_may_hold(r->findings->item[i].rule) &&
		    !is_row(r->findings->item[i].rule))
			f = &r->findings->item[i];
	if (f) {
		text_block(r, out, "or", arena_printf(&a, "meshctl baseline add %s --reason "
			   "\"...\" --owner @TEAM --expires YYYY-MM-DD", f->short_id));
		fputc('\n', out);
	}
	arena_release(&a);
	return 0;
}

static int members(const struct report *r, struct json_out *out, void *ctx, struct err *err UNUSED)
{
	const struct screen *screen = ctx;
	const struct sides *sides = &screen->sides;
	struct arena a = ARENA_INIT;
	struct json *base = NULL, *counts = NULL;

	if (sides->has_base) {
		struct change change;

		change_between(r->base, r->source, &a, &change);
		base = json_object();
		json_set_text(base, "commit", sides->base_commit);
		json_set_text(base, "how", sides->how);
		json_set_int(base, "files", r->base->nfiles);
		json_set_text(base, "incomplete", sides->base.report.incomplete);
		counts = json_object();
		json_set_int(counts, "files", change.files);
		json_set_int(counts, "imports_added", change.nadded);
		json_set_int(counts, "imports_removed", change.nremoved);
	}
	json_out_member(out, "base", base);
	json_out_member(out, "change", counts);
	gate_member(r->gate, out);
	arena_release(&a);
	return 0;
}

static int judge(const struct run *run UNUSED, struct judge *j, void *ctx UNUSED, struct err *err)
{
	const struct analysis given = judge_analysis(j);

	j->report.blocks = blocks;
	j->report.next = next;
	j->report.least = SEV_WARNING;
	j->report.members = members;
	return analyzers_run(&j->chosen, &given, &j->ran, err);
}

/* The comment of a pull request tells the whole change, not only what fails. */
static int comment(const struct report *r, FILE *out, void *ctx, struct err *err)
{
	struct screen *screen = ctx;

	screen->diff.gate = &screen->gate;
	screen->diff.head.incomplete = r->incomplete;
	diff_findings(&screen->diff);
	return diff_write_comment(&screen->diff, r, out, err);
}

static bool wants_comment(const struct run *run)
{
	for (unsigned i = 0; i < run->noutputs; i++)
		if (!strcmp(run->output[i].format, "markdown"))
			return true;
	return false;
}

static void beside(const struct run *run, struct judge *j, void *ctx)
{
	struct screen *screen = ctx;

	sides_begin(run, j, &screen->sides);
}

static void dropped(void *ctx)
{
	struct screen *screen = ctx;

	sides_dropped(&screen->sides);
}

static int settled(const struct run *run, struct judge *j, void *ctx, struct err *err)
{
	struct screen *screen = ctx;
	struct sides *sides = &screen->sides;
	const char *incomplete = NULL;

	if (sides_open(run, j, sides, err))
		return -1;
	if (sides->has_base && wants_comment(run)) {
		if (diff_build(run, j, sides, &screen->diff, err))
			return -1;
		j->report.comment = comment;
	}
	report_status(&j->report, run->arena, &incomplete);
	if (sides_judge(j, sides, incomplete, &screen->gate, err))
		return -1;
	for (uint32_t i = 0; i < screen->gate.count; i++) {
		const struct gate_row *row = &screen->gate.row[i];

		/* Their findings stand in the table; what is allowed now stands nowhere else. */
		j->report.in_blocks[row->rule - rule_rows] =
			row->rule != &rule_rows[RULE_NEWLY_ALLOWED];
		j->ran.judged[row->rule - rule_rows] = row->verdict != GATE_OFF &&
						       row->verdict != GATE_NO_BASE;
	}
	j->report.gate = &screen->gate;
	j->report.base = sides->has_base ? sides->base.session.source : NULL;
	return 0;
}

static int run(struct run *run, struct err *err)
{
	struct screen screen = {
		.run = run,
		/* Who tells the whole change, or leaves findings of others away, looks at both. */
		.sides = { .share = !wants_comment(run) && !run->set->owner },
	};
	const struct judge_steps steps = {
		.command = "gate", .choose = choose, .judge = judge, .settled = settled,
		.beside = beside, .dropped = dropped,
		.watch = true, .committed = sides_compares(run), .ctx = &screen,
	};
	int rc = judge_command(run, &steps, err);

	sides_release(&screen.sides, run->set);
	return rc;
}

static const struct example examples[] = {
	{ "gate", "nothing but what the baseline accepts" },
	{ "gate --base origin/main", "what a pull request makes worse" },
	{ "gate --base origin/main --json", "the same for a program" },
	{ "gate --staged", "what a commit would make worse, compared with HEAD: for a hook" },
};

static const char *const see_also[] = { "analyze", "baseline", "diff", "explain", "policy", NULL };

const struct command command_gate = {
	.name = "gate", .summary = "pass or fail: what a change makes worse, for CI and hooks",
	.group = GROUP_START, .operands = "[PATTERN]", .min_operands = 0, .max_operands = 1,
	.detail =
		"Judges the tree as `meshctl analyze` does, and with --base REV the commit that "
		"REV and HEAD have in common as well, read from the object database. Both are "
		"judged by the policy of the change. What the base has too is known and never "
		"fails a change; a folder that only has another name since is followed. With "
		"--staged alone the base is HEAD, which the commit would come on top of. No commit "
		"holds what is in a submodule: with a base it is left out, and counted.\n\n"
		"Each row of the table is a rule, which `rules` in the policy grades, limits or "
		"turns off: new-errors and new-crossings count what neither the base nor the "
		"baseline has; more-circles, larger-cut, less-judged and larger-baseline compare "
		"with the base; newly-allowed says what an edit of the policy or of the baseline "
		"lets pass that was not allowed before. more-complexity, deeper-imports, "
		"more-unmapped, pay-down, coverage, kpi, hotspot-health, api-change, debt-density "
		"and debt-rise are off until the policy turns them on. `meshctl explain RULE` says "
		"what each means. A row that fails is a finding too, so that every format tells "
		"it.\n\n"
		"What is not known never passes: a side that could not be read whole, a profile "
		"that is missing, a cut that cannot be proven not to have grown. A base that "
		"cannot be found is an error. Without a policy the exit status is 2: an "
		"unconfigured CI is never green. Without a base the rows that compare are not "
		"judged, and say so; in a pull request of GitHub Actions, GitLab CI or Jenkins the "
		"base is what it goes into, as their variables say.\n\n"
		"Compared with a base, format markdown is the comment of a pull request, as "
		"`meshctl diff` writes it: nothing where nothing changed and nothing fails.",
	.options = OPT_BIT(OPT_DIR) | OPT_BIT(OPT_BASE) | OPT_TREE | OPT_BIT(OPT_CONFIG) |
		   OPT_BIT(OPT_FORMAT) | OPT_BIT(OPT_JSON) | OPT_BIT(OPT_OUTPUT) |
		   OPT_BIT(OPT_PLATFORM) | OPT_BIT(OPT_TAGS) | OPT_BIT(OPT_CGO) | OPT_BIT(OPT_GO) |
		   OPT_BIT(OPT_WEIGH) | OPT_BIT(OPT_OWNER) |
		   OPT_BIT(OPT_TAG) | OPT_BIT(OPT_FAIL_ON) | OPT_BIT(OPT_SHOW_SUPPRESSED) |
		   OPT_BIT(OPT_NOW) | OPT_BIT(OPT_ALL) | OPT_BIT(OPT_NO_CACHE) |
		   OPT_BIT(OPT_JOBS) | OPT_BIT(OPT_COLOR) | OPT_BIT(OPT_QUIET),
	.formats = reporter_names, .envelope = true,
	.run = run, .examples = examples, .nexamples = ARRAY_SIZE(examples),
	.see_also = see_also,
};
