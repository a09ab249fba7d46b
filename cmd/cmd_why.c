/* SPDX-License-Identifier: MIT */
/* cmd_why.c - meshctl why: how one package leads to another, or who leads to it. */
#include "cmd/output.h"
#include "cmd/report/report.h"
#include "cmd/why.h"

#include <string.h>

static const struct writer {
	const char *format;
	int (*write)(const struct why *w, const struct output *o, bool all, struct err *err);
} writers[] = {
	{ "text", why_write_text },
	{ "json", why_write_json },
};

static const char *const formats[] = { "text", "json", NULL };

static int write_one(const struct why *w, const struct output *o, bool all, struct err *err)
{
	for (unsigned i = 0; i < ARRAY_SIZE(writers); i++)
		if (!strcmp(writers[i].format, o->format))
			return writers[i].write(w, o, all, err);
	BUG("no writer for '%s'", o->format);
}

static int check_operands(const struct run *run, struct err *err)
{
	if (run->set->reverse && run->noperands > 1)
		return err_set(err, ERR_USAGE,
			       "--reverse asks who leads to one package, but '%.100s' "
			       "and '%.100s' are two",
			       run->operand[0], run->operand[1]);
	if (!run->set->reverse && run->noperands < 2)
		return err_set(err, ERR_USAGE,
			       "missing operand: meshctl why FROM TO, or meshctl why "
			       "--reverse TO");
	return 0;
}

/* Reads, asks and answers; *w and the session live on. */
static int answer(struct run *run, struct why *w, struct session *session, struct err *err)
{
	const struct report work = { .source = session->source, .graph = session->graph };

	w->status = report_status(&work, run->arena, &w->incomplete);
	/* Where nothing was read no name is known: say what is wrong first. */
	if (w->incomplete && !session->graph->npkgs)
		return err_set(err, ERR_INPUT, "%s", w->incomplete);
	if (why_open(w, session, run->set->reverse ? NULL : run->operand[0],
		     run->operand[run->noperands - 1], run->arena, err))
		return -1;
	why_answer(w, run->arena);
	if (why_read(w, err))
		return -1;
	w->status = exit_worse(w->status, w->any ? EXIT_CLEAN : EXIT_FINDINGS);
	for (unsigned i = 0; i < run->noutputs; i++)
		if (write_one(w, &run->output[i], run->set->all, err))
			return -1;
	return 0;
}

static int why_run(struct run *run, struct err *err)
{
	const struct session_wish wish = { .graph = true };
	/* FROM and TO are no patterns: all of it is read. */
	struct run whole = *run;
	struct why w = { .level = { LEVEL_PACKAGE, 0 }, .tests = run->set->tests,
			 .list = run->set->symbols,
			 .weigh = run->set->weigh == WEIGH_SYMBOLS };
	struct session session;
	int rc;

	whole.noperands = 0;
	if (check_operands(run, err) ||
	    (run->set->level && level_parse(run->set->level, &w.level, err)) ||
	    session_open(&whole, &wish, &session, err))
		return -1;
	if (w.list || w.weigh)
		w.symbols = session_symbols(&session, run->set);
	rc = answer(run, &w, &session, err);
	if (!rc || err->code == ERR_USAGE)
		session_doubts(&session, run->set, w.incomplete);
	session_symbols_free(w.symbols, run->set);
	session_close(&session);
	return rc ? rc : (int)w.status;
}

static const struct example examples[] = {
	{ "why cmd/server gorm.io/gorm", "which imports bring a library into a program" },
	{ "why --all internal/router internal/dao",
	  "every way that shares no edge with another, and what to remove to part the two" },
	{ "why --reverse database/sql", "who leads to a package, directly and from afar" },
	{ "why --symbols internal/model gorm.io/gorm",
	  "what is used of it, and where" },
	{ "why --level dir:2 internal/model internal/service",
	  "the same between folders" },
};

static const char *const see_also[] = { "cycles", "graph", "metrics", NULL };

const struct command command_why = {
	.name = "why", .summary = "show the imports by which one package leads to another",
	.group = GROUP_LOOK, .operands = "FROM TO", .min_operands = 1, .max_operands = 2,
	.detail =
		"FROM and TO are packages: a folder, seen from here or from the top of what is "
		"read, an import path, or the end of either if it is the only one. A folder "
		"without a package of its own, or with `/...` behind it, stands for all packages "
		"below it. TO may also be outside of the tree: a package of the standard library "
		"or of another module by its import path or the unique end of it, all packages "
		"below a path, or `C` for cgo; a folder of the tree wins over the standard "
		"library.\n\n"
		"The shortest way is printed, an import a line: the package that it leads to, its "
		"place, the import as written, and how many more lines import the same. A way "
		"counts only where one build configuration holds all of it; the header says which "
		"do. The edges without which there is no way at all in the first of them are "
		"printed when there is one, and with --all.\n\n"
		"With --all there are as many ways as can be found without a common edge: so many "
		"imports between packages must go at least before FROM is free of TO.\n\n"
		"With --reverse the only operand is TO: all packages that lead to it, by their "
		"distance, each with the first import of a shortest way.\n\n"
		"With --symbols every import is followed by the exported symbols that it uses, "
		"each with its first place, its kind where its declaration is in the tree, and "
		"how often it is used; that takes reading these files to their ends, and the "
		"checked line "
		"says how many of their selectors could be resolved. With --weigh symbols the "
		"numbers count such symbols, each once, and not import lines.\n\n"
		"With --tests the imports of test files count as if they were others, marked "
		"(test); external tests are packages of their own, whose names end in _test. At "
		"level test a package and its tests are one.\n\n"
		"The exit status is 1 when there is no way, and 2 when a name is unknown or may "
		"mean several packages.",
	.options = OPT_BIT(OPT_DIR) | OPT_TREE | OPT_BIT(OPT_FORMAT) | OPT_BIT(OPT_JSON) |
		   OPT_BIT(OPT_OUTPUT) | OPT_BIT(OPT_LEVEL) | OPT_BIT(OPT_REVERSE) |
		   OPT_BIT(OPT_SYMBOLS) | OPT_BIT(OPT_WEIGH) | OPT_BIT(OPT_NO_CACHE) |
		   OPT_BIT(OPT_TESTS) | OPT_BIT(OPT_ALL) | OPT_BIT(OPT_CONFIG) |
		   OPT_BIT(OPT_PLATFORM) |
		   OPT_BIT(OPT_TAGS) | OPT_BIT(OPT_CGO) | OPT_BIT(OPT_GO) | OPT_BIT(OPT_JOBS) |
		   OPT_BIT(OPT_COLOR) | OPT_BIT(OPT_QUIET),
	.formats = formats, .run = why_run,
	.examples = examples, .nexamples = ARRAY_SIZE(examples),
	.see_also = see_also,
};
