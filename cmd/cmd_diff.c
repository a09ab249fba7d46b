/* SPDX-License-Identifier: MIT */
/*
 * cmd_diff.c - meshctl diff: what a change did to the architecture.  Both sides
 * are judged as the gate judges them; it tells, and never fails a change.
 */
#include "analyzers/gate.h"
#include "cmd/diff.h"
#include "cmd/output.h"
#include "cmd/report/report_words.h"
#include "graph/source/gitbase.h"

#include <string.h>

struct work {
	struct git_base given;
	struct sides sides;
	struct gate gate;
	struct diff diff;
};

/* ---- the two sides ---- */

/*
 * "BASE [HEAD]" and "BASE...HEAD" are compared from where they parted, "BASE..HEAD"
 * as they are.  Without HEAD it is the working tree.
 */
static int read_sides(struct run *run, struct settings *set, struct git_base *ret, struct err *err)
{
	const char *base = run->operand[0], *dots = strstr(base, "..");
	const char *head = run->noperands > 1 ? run->operand[1] : NULL;
	bool exact = false;

	if (dots && head)
		return err_set(err, ERR_USAGE, "'%.80s' names both sides, and '%.80s' one more",
			       base, head);
	if (dots) {
		exact = dots[2] != '.';
		head = dots + (exact ? 2 : 3);
		head = *head ? head : "HEAD";
		base = dots > base ? arena_strndup(run->arena, base, (size_t)(dots - base)) :
				     "HEAD";
	}
	if (gitbase_merge(".", base, exact ? base : head, run->arena, ret, err))
		return -1;
	if (!ret->commit)
		return err_set(err, ERR_INPUT, "'%.80s' names no commit", base);
	if (exact)
		ret->how = base;
	set->base = base;
	if (head) {
		set->rev = head;
		set->given |= OPT_BIT(OPT_REV);
	}
	return 0;
}

static int choose(const struct run *run, struct judge *j, void *ctx UNUSED, struct err *err)
{
	if (judge_rules(run->set, j->session.policy, run->arena, &j->chosen, err))
		return -1;
	/* The rows of the gate that read bodies. */
	for (unsigned i = 0; i < RULE_COUNT; i++)
		if ((analyzer_of(i)->needs & FACT_CHANGE) && (analyzer_of(i)->needs & FACT_BODIES))
			j->chosen.has[i] = j->session.policy->found &&
				policy_rule_level(j->session.policy, &rule_rows[i]) != SEV_OFF;
	return 0;
}

static int judge_rows(struct judge *j, struct work *w, struct err *err)
{
	/* Its rows are numbers here, and no findings. */
	for (unsigned i = 0; i < RULE_COUNT; i++)
		j->findings.skip[i] |= (analyzer_of(i)->needs & FACT_CHANGE) != 0;
	w->diff.gate = &w->gate;
	return sides_judge(j, &w->sides, w->diff.head.incomplete, &w->gate, err);
}

static int settled(const struct run *run, struct judge *j, void *ctx, struct err *err)
{
	struct work *w = ctx;

	w->sides.given = &w->given;
	if (sides_open(run, j, &w->sides, err) || diff_build(run, j, &w->sides, &w->diff, err))
		return -1;
	j->report.base = w->sides.base.session.source;
	report_status(&j->report, run->arena, &w->diff.head.incomplete);
	return j->session.policy->found ? judge_rows(j, w, err) : 0;
}

/* ---- what is written ---- */

static int write_one(const struct diff *d, const struct report *r, const struct output *o,
		     struct err *err)
{
	if (!strcmp(o->format, "json"))
		return diff_write_json(d, r, o->file, err);
	if (!strcmp(o->format, "markdown"))
		return diff_write_comment(d, r, o->file, err);
	if (!d)
		return 0;
	if (!strcmp(o->format, "edges"))
		return diff_write_edges(d, o->file, err);
	if (!strcmp(o->format, "dot"))
		return diff_write_dot(d, o->file, err);
	if (!strcmp(o->format, "svg"))
		return diff_write_svg(d, o->file, err);
	if (!strcmp(o->format, "png"))
		return diff_write_png(d, o->file, err);
	if (!strcmp(o->format, "mermaid"))
		return diff_write_mermaid(d, 0, o->file, err);
	return diff_write_text(d, r, o->file, err);
}

/* Who reads JSON reads no stderr, and an empty comment would say that nothing changed. */
static void tell_error(struct run *run, const struct err *err)
{
	const struct report r = {
		.command = "diff", .error = err->msg, .status = report_failure(err->code),
	};
	struct err ignored = ERR_INIT;
	bool told = run->noutputs > 0;

	for (unsigned i = 0; i < run->noutputs; i++)
		told &= (!strcmp(run->output[i].format, "json") ||
			 !strcmp(run->output[i].format, "markdown")) &&
			!write_one(NULL, &r, &run->output[i], &ignored);
	run->told = told;
}

/* What one side lacks may have been there: it is not known what changed. */
static void settle_status(struct judge *j, struct work *w, struct arena *arena)
{
	const char *base = w->diff.base.incomplete, *head = j->report.incomplete;

	if (base)
		base = arena_printf(arena, "the base: %s", base);
	j->report.incomplete = head && base ? arena_printf(arena, "%s; %s", head, base) :
			       head ? head : base;
	j->report.status = j->report.incomplete ? EXIT_INCOMPLETE : EXIT_CLEAN;
}

static int show(struct run *run, struct judge *j, struct work *w, struct err *err)
{
	w->diff.head.incomplete = j->report.incomplete;
	diff_findings(&w->diff);
	settle_status(j, w, run->arena);
	for (unsigned i = 0; i < run->noutputs; i++) {
		j->report.color = run->output[i].color;
		if (write_one(&w->diff, &j->report, &run->output[i], err))
			return -1;
	}
	session_doubts(&j->session, run->set, j->report.incomplete);
	session_time(&j->session, run->set);
	return (int)j->report.status;
}

static int run(struct run *run, struct err *err)
{
	struct settings set = *run->set;
	struct work w = { .diff = { .npackages = 0 } };
	struct run own = *run;
	const struct judge_steps steps = {
		.command = "diff", .choose = choose, .settled = settled,
		.may_miss_baseline = true, .committed = true, .ctx = &w,
	};
	struct judge j;
	int rc;

	own.set = &set;
	own.noperands = 0;
	if (read_sides(run, &set, &w.given, err)) {
		tell_error(run, err);
		return -1;
	}
	rc = judge_run(&own, &steps, &j, err);
	if (rc)
		tell_error(run, err);
	else
		rc = show(run, &j, &w, err);
	judge_release(&j, &set);
	sides_release(&w.sides, &set);
	return rc;
}

int diff_command(struct run *given, char *range, struct err *err)
{
	struct run own = *given;

	own.operand = &range;
	own.noperands = 1;
	return run(&own, err);
}

static const struct example examples[] = {
	{ "diff origin/main", "what the working tree changed since it left main" },
	{ "diff v1.2.0..v1.3.0", "what one release changed" },
	{ "diff origin/main HEAD --format markdown", "the comment of a pull request" },
	{ "diff origin/main --format mermaid", "the imports that came and went, as a picture" },
};

static const char *const formats[] = { "text", "json", "markdown", "dot", "mermaid", NULL };
static const char *const see_also[] = { "gate", "graph", "cycles", "analyze", NULL };

const struct command command_diff = {
	.name = "diff", .summary = "what a change did to the architecture",
	.group = GROUP_START, .operands = "BASE [HEAD]", .min_operands = 1, .max_operands = 2,
	.detail =
		"Compares two trees by identity and as a whole, not by changed lines: packages "
		"that came, went or only have another name; imports between packages, with what "
		"the policy says of each; circles between groups, at every level; findings that "
		"are new, fixed, or as before; and the numbers of `meshctl gate`. Both are read "
		"as they are: HEAD from the object database, without HEAD the working tree. "
		"Both are judged by the policy of the change. It tells and never fails: the exit "
		"status is 0, or 3 where a side is missing or could not be read whole.\n\n"
		"BASE is what the change is to be merged into: compared is the commit that it and "
		"HEAD have in common, as for a pull request and as with BASE...HEAD. With "
		"BASE..HEAD the two commits themselves are compared.\n\n"
		"A folder that git shows to be renamed is the same folder under its name of "
		"today. Circles: one that shares at least two members with one of the base is "
		"that one, which grew, shrank or moved; others appeared or vanished. An import is "
		"forbidden where a rule about imports has a finding for it, not judged where an "
		"end is in no layer. Up to 200 new imports are told with what they use. A file "
		"that cannot be read is always told as new: what it hides may have changed.\n\n"
		"Format markdown is a comment for the pull request, with a hidden line "
		"`<!-- meshctl -->` by which a program finds its earlier one: what got worse, the "
		"rows of the gate that moved, and a picture of the packages around. It prints "
		"nothing where nothing changed and nothing fails. Formats dot and mermaid draw the "
		"imports that came and went: green and bold is new, red is forbidden, dashed grey "
		"is removed. Format json is complete.",
	.options = OPT_BIT(OPT_DIR) | OPT_BIT(OPT_CONFIG) | OPT_BIT(OPT_FORMAT) |
		   OPT_BIT(OPT_JSON) | OPT_BIT(OPT_OUTPUT) | OPT_BIT(OPT_TESTS) |
		   OPT_BIT(OPT_PLATFORM) | OPT_BIT(OPT_TAGS) | OPT_BIT(OPT_CGO) | OPT_BIT(OPT_GO) |
		   OPT_BIT(OPT_NOW) | OPT_BIT(OPT_ALL) | OPT_BIT(OPT_NO_CACHE) |
		   OPT_BIT(OPT_JOBS) | OPT_BIT(OPT_COLOR) | OPT_BIT(OPT_QUIET),
	.formats = formats, .run = run, .examples = examples, .nexamples = ARRAY_SIZE(examples),
	.see_also = see_also,
};
