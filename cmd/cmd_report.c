/* SPDX-License-Identifier: MIT */
/* cmd_report.c - meshctl report: everything on one HTML page that needs nothing else. */
#include "cmd/judge.h"
#include "cmd/output.h"
#include "cmd/page.h"

#include <unistd.h>

static int judge(const struct run *run, struct judge *j, void *ctx UNUSED, struct err *err)
{
	if ((page_needs() & FACT_BODIES) && !j->session.bodies &&
	    session_all_bodies(&j->session, run->set, err))
		return -1;

	const struct analysis given = judge_analysis(j);

	return analyzers_run(&j->chosen, &given, &j->ran, err);
}

static int write_pages(const struct run *run, struct judge *j, struct err *err)
{
	struct arena scratch = ARENA_INIT;
	struct analysis given = judge_analysis(j);
	const struct page page = {
		.run = run, .session = &j->session, .report = &j->report, .given = &given,
		.arena = &scratch,
	};
	int rc = 0;

	given.scratch = &scratch;
	for (unsigned i = 0; i < run->noutputs && !rc; i++)
		rc = page_write(&page, run->output[i].file, err);
	arena_release(&scratch);
	return rc;
}

static int run(struct run *run, struct err *err)
{
	const struct judge_steps steps = {
		.command = "report", .contexts = true, .by_owner = true,
		.judge = judge,
	};
	struct judge j;

	if (run->out == stdout && isatty(STDOUT_FILENO))
		return err_set(err, ERR_USAGE, "a page is not for a terminal: -o report.html "
			       "writes it to a file");
	int rc = judge_run(run, &steps, &j, err);

	rc = rc ? rc : write_pages(run, &j, err);
	if (!rc) {
		session_doubts(&j.session, run->set, j.report.incomplete);
		session_time(&j.session, run->set);
		rc = j.report.incomplete ? (int)EXIT_INCOMPLETE : (int)EXIT_CLEAN;
	}
	judge_release(&j, run->set);
	return rc;
}

static const struct example examples[] = {
	{ "report -o report.html", "the whole repository, in one file that any browser opens" },
	{ "report -o report.html ./internal/...", "what concerns packages below internal" },
	{ "report --rev HEAD~1 -o before.html", "the commit before" },
};

static const char *const formats[] = { "html", NULL };
static const char *const see_also[] = { "analyze", "cycles", "graph", "layers", NULL };

const struct command command_report = {
	.name = "report", .summary = "write everything on one HTML page that needs no network",
	.group = GROUP_START, .operands = "[PATTERN]", .min_operands = 0, .max_operands = 1,
	.detail =
		"Judges the repository as `meshctl analyze` does, and writes one file that any "
		"browser opens, from a disk or as a build's artifact: the verdict; findings with "
		"code, to be filtered by rule, context, owner, level and words; the graph with a "
		"tree beside it; a matrix; circles with what to cut first; what the policy judges "
		"and what not; the debt by risk and impact, with what to repair first; from git "
		"hotspots, who knows the code and twelve months of the trend, debt included (the "
		"first page of a long history therefore takes a while); the proof of work. The "
		"page loads nothing and sends nothing: its content security policy forbids both, "
		"and allows no script but its own.\n\n"
		"In the graph a click on a node shows what it imports and who imports it; a "
		"double click opens or closes a group; the tree does the same. Groups are "
		"folders, layers, contexts or modules. Above 200 nodes it draws groups and says "
		"so. Focus leaves a node and what surrounds it. Keys: / searches; in the graph "
		"arrows go to the next node, Enter chooses it, e opens or closes it, f focuses, "
		"+, - and 0 zoom, Escape leaves. Printed, every panel is there as a whole.\n\n"
		"Packages with their tests are one node; imports of tests are shown where asked "
		"for. What a policy, a comment or the baseline holds back is among the findings, "
		"hidden until it is chosen. The exit status says nothing about findings: "
		"`meshctl analyze` and `meshctl gate` do. Equal input gives equal bytes.",
	.options = OPT_BIT(OPT_DIR) | OPT_TREE | OPT_BIT(OPT_FORMAT) | OPT_BIT(OPT_OUTPUT) |
		   OPT_BIT(OPT_CONFIG) | OPT_BIT(OPT_PLATFORM) | OPT_BIT(OPT_TAGS) |
		   OPT_BIT(OPT_CGO) | OPT_BIT(OPT_GO) | OPT_BIT(OPT_RULE) |
		   OPT_BIT(OPT_ALL_RULES) | OPT_BIT(OPT_WEIGH) | OPT_BIT(OPT_NO_CACHE) |
		   OPT_BIT(OPT_TAG) | OPT_BIT(OPT_OWNER) | OPT_BIT(OPT_FAIL_ON) |
		   OPT_BIT(OPT_NOW) | OPT_BIT(OPT_JOBS) | OPT_BIT(OPT_QUIET),
	.formats = formats,
	.run = run, .examples = examples, .nexamples = ARRAY_SIZE(examples),
	.see_also = see_also,
};
