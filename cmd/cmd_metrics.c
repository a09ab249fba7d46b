/* SPDX-License-Identifier: MIT */
/* cmd_metrics.c - meshctl metrics: numbers about packages and about functions. */
#include "base/suggest.h"
#include "base/text.h"
#include "cmd/measure.h"
#include "cmd/metrics_functions.h"
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

static const char *const formats[] = { "text", "json", "csv", "gocyclo", "gocognit", NULL };

static int write_one(const struct measure *m, const struct output *o, struct err *err)
{
	for (unsigned i = 0; i < ARRAY_SIZE(writers); i++)
		if (!strcmp(writers[i].format, o->format))
			return writers[i].write(m, o, err);
	BUG("no writer for '%s'", o->format);
}

int measure_choose_sort(const struct settings *set, enum metric_id unless_told,
			const struct metric **ret, struct err *err)
{
	const struct metric *usual = &metric_rows[unless_told];
	const struct metric *metric = set->sort ? metric_find(set->sort) : usual;
	enum metric_scope scope = usual->scope;
	char near[SUGGEST_BYTES];
	struct suggest s;

	*ret = metric;
	if (metric && metric->scope == scope)
		return 0;
	if (metric && metric->scope == METRIC_OF_GRAPH)
		return err_set(err, ERR_USAGE, "'%s' is one number for the whole tree: it sorts "
			       "nothing", metric->id);
	if (metric)
		return err_set(err, ERR_USAGE, "'%s' is a metric of %s: it does not sort %s",
			       metric->id, scope == METRIC_OF_NODE ? "functions" : "packages",
			       scope == METRIC_OF_NODE ? "packages" : "functions");
	if (!strcmp(set->sort, "name"))
		return 0;
	suggest_init(&s, set->sort);
	suggest_offer(&s, "name");
	for (unsigned i = 0; i < METRIC_COUNT; i++)
		if (metric_rows[i].scope == scope) {
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
	if (measure_choose_sort(set, METRIC_CA, &m->sort, err))
		return -1;
	return set->level ? level_parse(set->level, &m->level, err) : 0;
}

/* How abstract packages are takes their bodies. */
static int count_types(const struct session *session, const struct settings *set,
		       struct measure *m, struct arena *arena, struct err *err)
{
	bool tests = m->level.kind == LEVEL_TEST;
	const file_id *wanted;
	uint32_t nwanted = abstractness_files(m->source, tests, arena, &wanted);
	struct bodies *bodies;

	if (session_bodies(session, set, wanted, nwanted, &bodies, err))
		return -1;
	m->types = abstractness_count(m->source, m->packages, m->graph, m->level, tests, bodies,
				      arena);
	m->bodies = bodies->stats.asked;
	m->bodies_broken = bodies->stats.degraded;
	bodies_release(bodies);
	return 0;
}

static int metrics_packages(struct run *run, struct err *err)
{
	const struct session_wish wish = { .lines = true, .graph = true };
	struct measure m = { .level = { LEVEL_PACKAGE, 0 } };
	struct session session;
	int rc = 0;

	if (choose(run, &m, err) || session_open(run, &wish, &session, err))
		return -1;
	const struct report work = { .source = session.source, .graph = session.graph };

	m.source = session.source;
	m.packages = session.graph;
	m.graph = level_graph(m.source, m.packages, m.level, run->arena);
	m.status = report_status(&work, run->arena, &m.incomplete);
	if (run->set->abstractness || (m.sort && metric_needs_bodies(m.sort)))
		rc = count_types(&session, run->set, &m, run->arena, err);
	if (rc) {
		session_close(&session);
		return rc;
	}
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

#define COMMON_OPTIONS \
	(OPT_BIT(OPT_DIR) | OPT_TREE | OPT_BIT(OPT_FORMAT) | OPT_BIT(OPT_JSON) | \
	 OPT_BIT(OPT_OUTPUT) | OPT_BIT(OPT_SORT) | OPT_BIT(OPT_TOP) | OPT_BIT(OPT_ALL) | \
	 OPT_BIT(OPT_JOBS) | OPT_BIT(OPT_NO_CACHE) | OPT_BIT(OPT_COLOR) | OPT_BIT(OPT_QUIET))
#define PACKAGE_OPTIONS \
	(OPT_BIT(OPT_LEVEL) | OPT_BIT(OPT_CONFIG) | OPT_BIT(OPT_ABSTRACTNESS) | \
	 OPT_BIT(OPT_PLATFORM) | OPT_BIT(OPT_TAGS) | OPT_BIT(OPT_CGO) | \
	 OPT_BIT(OPT_GO))
#define FUNCTION_OPTIONS (OPT_BIT(OPT_OVER) | OPT_BIT(OPT_AVG) | OPT_BIT(OPT_TESTS))

/* What can be measured: the first operand. */
static const struct what {
	const char *name;
	opt_set options; 
	unsigned nformats;              /* so many of formats[] */
	int (*run)(struct run *run, struct err *err);
} whats[] = {
	{ "packages", COMMON_OPTIONS | PACKAGE_OPTIONS, 3, metrics_packages },
	{ "functions", COMMON_OPTIONS | FUNCTION_OPTIONS, 5, metrics_functions },
};

static const struct what *find_what(const char *name, struct err *err)
{
	char near[SUGGEST_BYTES];
	struct suggest s;

	suggest_init(&s, name);
	for (unsigned i = 0; i < ARRAY_SIZE(whats); i++) {
		if (!strcmp(whats[i].name, name))
			return &whats[i];
		suggest_offer(&s, whats[i].name);
	}
	err_set(err, ERR_USAGE, "'%.100s' cannot be measured%s", name,
		s.count ? suggest_text(&s, "", near) : ": write 'packages' or 'functions'");
	return NULL;
}

/* Options and formats that the command has for the other things. */
static int check_fit(const struct what *what, const struct run *run, struct err *err)
{
	for (unsigned i = 0; i < OPT_COUNT; i++)
		if (run->set->given & ~what->options & ~OPT_IMPLIED & OPT_BIT(i))
			return err_set(err, ERR_USAGE, "'metrics %s' has no option '--%s'",
				       what->name, opt_rows[i].name);
	for (unsigned i = 0; i < run->noutputs; i++)
		for (unsigned f = what->nformats; formats[f]; f++)
			if (!strcmp(run->output[i].format, formats[f]))
				return err_set(err, ERR_USAGE, "'metrics %s' has no format '%s'",
					       what->name, formats[f]);
	return 0;
}

static int metrics_run(struct run *run, struct err *err)
{
	const struct what *what = find_what(run->operand[0], err);
	struct run rest = *run;

	rest.operand++;
	rest.noperands--;
	return !what || check_fit(what, run, err) ? -1 : what->run(&rest, err);
}

static const struct example examples[] = {
	{ "metrics packages", "the packages that most others import, and the totals" },
	{ "metrics packages --sort reach --top 5 ./internal/...",
	  "the five below internal that drag most along" },
	{ "metrics packages --level dir:2 --format csv -o folders.csv",
	  "the same numbers about folders, for a spreadsheet" },
	{ "metrics packages --sort D", "the packages that are farthest from the main sequence" },
	{ "metrics functions", "the functions that are hardest to follow, and how many they are" },
	{ "metrics functions --over 15 --sort cyclomatic ./internal/...",
	  "those below internal with more than 15 ways through them" },
	{ "metrics functions --format gocyclo --avg", "what gocyclo -avg . prints" },
};

static const char *const see_also[] = { "explain", "graph", "why", NULL };

const struct command command_metrics = {
	.name = "metrics",
	.summary = "measure coupling of packages and complexity of functions",
	.group = GROUP_MEASURE,
	.operands = "WHAT [PATTERN]",
	.min_operands = 1,
	.max_operands = 2,
	.detail =
		"`meshctl metrics packages`: each line is a package with its metrics, below are "
		"those of the whole tree and a longest chain of imports, from its top to its end. "
		"With a PATTERN only those packages have a line; all are measured, and the totals "
		"are those of all. Only what is in the tree counts: packages that some build "
		"configuration builds, and the imports between them in any of them; --platform "
		"chooses. Tests do not count but at level test, where a package and its tests are "
		"one. At --level dir:K and module folders and modules are measured instead of "
		"packages. Lines are sorted by Ca, the largest first, or by --sort METRIC; ties, "
		"and --sort name, go by name. With --abstractness, or sorted by one of them, there "
		"are A, D and the zone of each package as well: that takes reading all of the "
		"code, the first time a hundred times as long as the rest, then from the fact "
		"cache.\n\n"
		"`meshctl metrics functions`: each line is a function, a method, or a function "
		"literal that is the value of a variable of the package level, with its metrics; "
		"literals inside of functions count as parts of these. Below is how the numbers "
		"are spread over all functions that PATTERN asks for: average, median, the value "
		"that 90 and 99 of 100 functions do not exceed, the largest, and how many are "
		"above the value from which it is too much. Files of all build configurations "
		"count, those of tests with --tests only, generated ones with --all only. Lines "
		"are sorted by cognitive, the largest first, or by --sort METRIC; --over N leaves "
		"those above N by that metric. A file with a syntax error is counted and named, "
		"and what is whole in it is measured; over one file in a hundred the status is "
		"3.\n\n"
		"Formats gocyclo and gocognit of functions print what `gocyclo` 0.6 and "
		"`gocognit` 1.2 print for PATTERN's folder, in their order, with their own --over, "
		"--top and --avg, whatever --sort says: tests are included, gocyclo leaves out "
		"testdata, vendor and folders whose names begin with . or _, gocognit nothing, "
		"and neither knows modules or build constraints. Functions marked "
		"`//gocyclo:ignore` and `//gocognit:ignore` are left out. The tools stop at the "
		"first broken file, and exit with status 1 when --over finds something; meshctl "
		"goes on, and exits with 0.\n\n"
		"`meshctl explain METRIC` says how a number is computed, who defined it, and how "
		"to read it. The screen has 20 lines without --top and --all; the other formats "
		"have all, or as many as --top says.",
	.options = COMMON_OPTIONS | PACKAGE_OPTIONS | FUNCTION_OPTIONS,
	.formats = formats,
	.run = metrics_run,
	.examples = examples,
	.nexamples = ARRAY_SIZE(examples),
	.see_also = see_also,
};
