/* SPDX-License-Identifier: MIT */
/* cmd_debt.c - meshctl debt: what repairing costs, and what to repair first. */
#include "cmd/debt.h"
#include "cmd/output.h"

#include <string.h>

static const struct writer {
	const char *format;
	int (*write)(const struct debt_run *d, const struct run *run, const struct output *o,
		     struct err *err);
} writers[] = {
	{ "text", debt_write_text },
	{ "json", debt_write_json },
	{ "csv", debt_write_csv },
	{ "svg", debt_write_svg },
	{ "png", debt_write_png },
};

static const char *const formats[] = { "text", "json", "csv", "svg", "png", NULL };
static const struct format_suffix suffixes[] = {
	{ "json", "json" }, { "csv", "csv" }, { "svg", "svg" }, { "png", "png" }, { NULL, NULL },
};

static int write_one(const struct debt_run *d, const struct run *run, const struct output *o,
		     struct err *err)
{
	for (unsigned i = 0; i < ARRAY_SIZE(writers); i++)
		if (!strcmp(writers[i].format, o->format))
			return writers[i].write(d, run, o, err);
	BUG("no writer for '%s'", o->format);
}

/* The picture and the list of entries do not need to know how it was. */
static bool compares(const struct run *run)
{
	for (unsigned i = 0; i < run->noutputs; i++)
		if (strcmp(run->output[i].format, "svg") != 0 &&
		    strcmp(run->output[i].format, "png") != 0)
			return true;
	return false;
}

static int run(struct run *run, struct err *err)
{
	struct debt_run d;
	int rc;

	if (run->set->all && run->set->given & OPT_BIT(OPT_TOP))
		return err_set(err, ERR_USAGE, "--top and --all exclude each other");
	rc = debt_open(run, compares(run), &d, err);
	for (unsigned i = 0; !rc && i < run->noutputs; i++)
		rc = write_one(&d, run, &run->output[i], err);
	if (!rc)
		session_time(&d.now.judge.session, run->set);
	debt_release(&d, run->set);
	return rc ? rc : (int)d.status;
}

static const struct example examples[] = {
	{ "debt", "where the debt is, and the ten repairs that pay first" },
	{ "debt --level file --top 20", "the twenty files with most of it" },
	{ "debt --owner none --all", "everything that nobody owns" },
	{ "debt --heat-map", "work by risk and impact" },
	{ "debt --format svg -o heat.svg", "the same as a picture" },
	{ "debt -o heat.png", "the same for what shows no SVG" },
};

static const char *const see_also[] = { "explain", "metrics", "analyze", NULL };

const struct command command_debt = {
	.name = "debt", .summary = "say what repairing costs, what it costs not to, and what to do "
		"first",
	.group = GROUP_MEASURE, .operands = "[PATTERN]", .min_operands = 0, .max_operands = 1,
	.detail =
		"Every rule with a cost runs, those that are off as well unless the policy turns "
		"them off: see COSTS in meshctl.yaml(5), where `debt.costs` changes them. The "
		"minutes of a finding are the rule's, and more for each point above its limit, "
		"each "
		"symbol that an import uses, each importer of a package, each edge of the smallest "
		"cut of a knot. What the baseline and the exceptions accept is debt as well; what "
		"a "
		"//meshctl:ignore comment answers is not. Generated files are measured, never "
		"scored.\n\n"
		"Findings of one cause are one entry: those of one declaration and of one file are "
		"added up; of one import, one package, one knot the dearest counts, for its repair "
		"cures the others.\n\n"
		"The first table says where it lies, at --level function, file, repository, or any "
		"level of metrics: contexts where there are some (guessed ones where most packages "
		"are in one), else folders. Work is in days of 480 minutes; min/kLOC is minutes "
		"for each thousand lines that are scored; 90 days is how that changed since the "
		"commit on the first-parent line 90 days before; in a "
		"year is the interest: changes of the file in 12 months x minutes of a change x "
		"slowdown x how much of the file is debt, all of it from a tenth of what writing "
		"it cost (30 minutes a line) up. For imports, packages and knots the "
		"changes are those that touch both packages.\n\n"
		"The second one is in the order of the priority: 100 x (35 % impact + 40 % risk + "
		"25 % timeliness) / (1 + log2(1 + days of work)). Impact is the share of contexts "
		"(without contexts: packages) that lead to the place. Risk is 1 - the product of 1 "
		"minus each hazard: level of the finding (error .5, warning .25, info .1), .4 x "
		"rank of changes x rank of cognitive complexity of the file, .3 x share of its "
		"changes that were repairs, .2 where of those who changed it in the last 12 months "
		"one alone knows it (the truck factor of `history owners`; who knew it before does "
		"not count). Timeliness comes of the policy's deadlines: 1 where days left - 1.5 x "
		"work is 0 or less, else exp of minus a thirtieth of that. `meshctl explain ID` "
		"shows all of it for one entry. "
		"What git does not tell is -, and left out of the risk.\n\n"
		"How much hangs on single minutes stands below: each cost by itself is made 10 % "
		"dearer, then cheaper, and the entries are put in order again; said is the worst "
		"of all these orders, how many of the first ten stay and Spearman's rank "
		"correlation.\n\n"
		"The minutes are a model that makes an order which can be explained, not a promise "
		"of effort. There is no grade; --sonar prints SonarQube's ratio and its grade.",
	.options = OPT_BIT(OPT_DIR) | OPT_BIT(OPT_CONFIG) | OPT_TREE | OPT_BIT(OPT_FORMAT) |
		   OPT_BIT(OPT_JSON) | OPT_BIT(OPT_OUTPUT) | OPT_BIT(OPT_PLATFORM) |
		   OPT_BIT(OPT_TAGS) | OPT_BIT(OPT_CGO) | OPT_BIT(OPT_GO) | OPT_BIT(OPT_OWNER) |
		   OPT_BIT(OPT_LEVEL) | OPT_BIT(OPT_TOP) | OPT_BIT(OPT_ALL) | OPT_BIT(OPT_NOW) |
		   OPT_BIT(OPT_HEAT_MAP) | OPT_BIT(OPT_SONAR) | OPT_BIT(OPT_NO_CACHE) |
		   OPT_BIT(OPT_JOBS) | OPT_BIT(OPT_COLOR) | OPT_BIT(OPT_QUIET),
	.formats = formats,
	.suffixes = suffixes,
	.run = run, .examples = examples, .nexamples = ARRAY_SIZE(examples),
	.see_also = see_also,
};
