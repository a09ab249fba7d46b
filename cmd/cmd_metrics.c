/* SPDX-License-Identifier: MIT */
/* cmd_metrics.c - meshctl metrics: numbers about packages, and about all of them together. */
#include "base/suggest.h"
#include "cmd/measure.h"
#include "cmd/output.h"
#include "cmd/report/report.h"
#include "cmd/session.h"

#include <string.h>

static const struct writer {
	const char *format;
	int (*write)(const struct measure *m, const struct output *o, struct err *err);
} writers[] = {
	{ "text", measure_write_text },
	{ "json", measure_write_json },
	{ "csv", measure_write_csv },
};

static const char *const formats[] = { "text", "json", "csv", NULL };

static int write_one(const struct measure *m, const struct output *o, struct err *err)
{
	for (unsigned i = 0; i < ARRAY_SIZE(writers); i++)
		if (!strcmp(writers[i].format, o->format))
			return writers[i].write(m, o, err);
	BUG("no writer for '%s'", o->format);
}

/* What can be measured: the first operand. */
static int check_what(const char *what, struct err *err)
{
	char near[SUGGEST_BYTES];
	struct suggest s;

	if (!strcmp(what, "packages"))
		return 0;
	suggest_init(&s, what);
	suggest_offer(&s, "packages");
	return err_set(err, ERR_USAGE, "'%.100s' cannot be measured%s", what,
		       s.count ? suggest_text(&s, "", near) : ": write 'packages'");
}

static int choose_sort(const struct settings *set, struct measure *m, struct err *err)
{
	const struct metric *metric = set->sort ? metric_find(set->sort) : &metric_rows[METRIC_CA];
	char near[SUGGEST_BYTES];
	struct suggest s;

	m->sort = metric;
	if (metric && metric->scope == METRIC_OF_NODE)
		return 0;
	if (metric)
		return err_set(err, ERR_USAGE, "'%s' is one number for the whole tree: it sorts "
			       "nothing", metric->id);
	if (!strcmp(set->sort, "name"))
		return 0;
	suggest_init(&s, set->sort);
	suggest_offer(&s, "name");
	for (unsigned i = 0; i < METRIC_COUNT; i++)
		if (metric_rows[i].scope == METRIC_OF_NODE) {
			suggest_offer(&s, metric_rows[i].id);
			if (strcmp(metric_rows[i].id, metric_rows[i].name))
				suggest_offer(&s, metric_rows[i].name);
		}
	return err_set(err, ERR_USAGE, "unknown metric '%.100s'%s", set->sort,
		       s.count ? suggest_text(&s, "", near) : "; 'meshctl explain' lists them");
}

static int choose(const struct run *run, struct measure *m, struct err *err)
{
	const struct settings *set = run->set;
	bool top = set->given & OPT_BIT(OPT_TOP);

	if (top && set->all)
		return err_set(err, ERR_USAGE, "--top and --all exclude each other");
	m->top = top ? set->top : UINT32_MAX;
	m->all = set->all;
	if (check_what(run->operand[0], err) || choose_sort(set, m, err))
		return -1;
	return set->level ? level_parse(set->level, &m->level, err) : 0;
}

static int metrics_run(struct run *run, struct err *err)
{
	const struct session_wish wish = { .lines = true, .graph = true };
	struct measure m = { .level = { LEVEL_PACKAGE, 0 } };
	struct run pattern = *run;
	struct session session;
	int rc = 0;

	pattern.operand++;
	pattern.noperands--;
	if (choose(run, &m, err) || session_open(&pattern, &wish, &session, err))
		return -1;
	const struct report work = { .source = session.source, .graph = session.graph };

	m.source = session.source;
	m.packages = session.graph;
	m.graph = level_graph(m.source, m.packages, m.level, run->arena);
	m.status = report_status(&work, run->arena, &m.incomplete);
	measure_init(&m, m.level.kind == LEVEL_TEST, run->arena);
	if (!m.nrows && !m.incomplete) {
		m.incomplete = "what is nothing but tests is measured at level test";
		m.status = EXIT_INCOMPLETE;
	}
	for (unsigned i = 0; !rc && i < run->noutputs; i++)
		rc = write_one(&m, &run->output[i], err);
	if (!rc)
		session_doubts(&session, run->set, m.incomplete);
	session_close(&session);
	return rc ? rc : (int)m.status;
}

static const struct example examples[] = {
	{ "metrics packages", "the packages that most others import, and the totals" },
	{ "metrics packages --sort reach --top 5 ./internal/...",
	  "the five below internal that drag most along" },
	{ "metrics packages --level dir:2 --format csv -o folders.csv",
	  "the same numbers about folders, for a spreadsheet" },
};

static const char *const see_also[] = { "explain", "graph", "why", NULL };

const struct command command_metrics = {
	.name = "metrics",
	.summary = "measure coupling, depth and reach of packages",
	.group = GROUP_MEASURE,
	.operands = "WHAT [PATTERN]",
	.min_operands = 1,
	.max_operands = 2,
	.detail =
		"WHAT is `packages`. Each line is a package with its metrics, below are those of "
		"the "
		"whole tree and a longest chain of imports, from its top to its end. `meshctl "
		"explain "
		"METRIC` says how a number is computed, who defined it, and how to read it. With a "
		"PATTERN only those packages have a line; all are measured, and the totals are "
		"those "
		"of all.\n\n"
		"Only what is in the tree counts: packages that some build configuration builds, "
		"and "
		"the imports between them in any of them; --platform chooses. Tests do not count "
		"but "
		"at level test, where a package and its tests are one. At --level dir:K and module "
		"folders and modules are measured instead of packages.\n\n"
		"Lines are sorted by Ca, the largest first, or by --sort METRIC; ties, and --sort "
		"name, "
		"go by name. The screen has 20 of them without --top and --all; formats json and "
		"csv "
		"have all, or as many as --top says.",
	.options = OPT_BIT(OPT_DIR) | OPT_BIT(OPT_REV) | OPT_BIT(OPT_FORMAT) | OPT_BIT(OPT_JSON) |
		   OPT_BIT(OPT_OUTPUT) | OPT_BIT(OPT_LEVEL) | OPT_BIT(OPT_SORT) | OPT_BIT(OPT_TOP) |
		   OPT_BIT(OPT_ALL) | OPT_BIT(OPT_PLATFORM) | OPT_BIT(OPT_TAGS) | OPT_BIT(OPT_CGO) |
		   OPT_BIT(OPT_GO) | OPT_BIT(OPT_JOBS) | OPT_BIT(OPT_NO_CACHE) | OPT_BIT(OPT_COLOR) |
		   OPT_BIT(OPT_QUIET),
	.formats = formats,
	.run = metrics_run,
	.examples = examples,
	.nexamples = ARRAY_SIZE(examples),
	.see_also = see_also,
};
