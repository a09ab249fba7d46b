/* SPDX-License-Identifier: MIT */
/* cmd_history.c - meshctl history: what it says of itself, and which sub-commands it has. */
#include "cmd/subcommand.h"

#define HISTORY(name) extern const struct subcommand history_##name;
#include "cmd/histories.def"
#undef HISTORY

static const struct subcommand *const histories[] = {
#define HISTORY(name) &history_##name,
#include "cmd/histories.def"
#undef HISTORY
};

static const char *const formats[] = { "text", "json", "csv", "svg", "png", NULL };
static const struct format_suffix suffixes[] = {
	{ "json", "json" }, { "csv", "csv" }, { "svg", "svg" }, { "png", "png" }, { NULL, NULL },
};

static const struct example examples[] = {
	{ "history hotspots", "the files that change most where change is hardest" },
	{ "history coupling --level package", "packages that change together, hidden ones too" },
	{ "history coupling --since 2y --format csv -o coupling.csv",
	  "pairs of files, for a spreadsheet" },
	{ "history coupling --min-coupling 60 --min-shared-revs 10", "the strongest pairs only" },
	{ "history trend", "how packages, circles and violations grew in a year" },
	{ "history trend --debt", "what repairing would cost at each point as well" },
	{ "history trend --since 2y --every 1m --format csv -o trend.csv",
	  "two years, a point a month, for a spreadsheet" },
	{ "history trend --format svg -o trend.svg",
	  "the same as a picture for the next meeting" },
	{ "history blame cut", "the commits that tied folders closer together, and by what" },
	{ "history owners", "who knows the code, by team, and what nobody knows any more" },
	{ "history owners --people --level dir:2", "the same by folder, with names" },
};

static const char *const see_also[] = {
	"metrics", "contexts", "diff", "gate", "cycles", "explain", NULL
};

const struct command command_history = {
	.name = "history",
	.summary = "what git knows: what changes most, who knows it, how it grew",
	.group = GROUP_MEASURE,
	.operands = "TOPIC [SUBJECT] [PATTERN]",
	.min_operands = 1,
	.max_operands = 3,
	.detail =
		"Commits are read from the object database, without a checkout; of --rev REV "
		"those that lead to it. Merges do not count, nor do commits of bots (names that "
		"end in [bot], -bot, and those of known services). A commit of more than 30 paths "
		"counts only for who wrote what: it says nothing about what belongs together. "
		"Files keep their history under a new name where the contents are equal, or when "
		"most files of a folder moved to another one under their own names; what is gone "
		"is not told. Authors are those of .mailmap in the commit, one person a name. "
		"--since and the rest count back from --now, else from the date of the commit; m "
		"and y are months and years of the calendar. "
		"The fact cache keeps what commits changed: another run reads new ones only. A "
		"shallow clone is said to be one, and objects that a partial clone lacks are "
		"counted.\n\n"
		"TOPIC is `hotspots`: Go files that changed in the window, by how often they did "
		"and how hard they are to follow: the percentile rank of the changes times that of "
		"the cognitive complexity. Generated files are left out, tests but with "
		"--tests. --churn adds the lines that these changes added and deleted, as `git log "
		"--numstat` counts them; a file that got another name with equal contents changed "
		"no line. It reads the contents before and after each change, of `owners` those "
		"of the last year.\n\n"
		"TOPIC is `coupling`: pairs of files, or of the packages, folders, layers or "
		"contexts that --level names, that change in the same commits. Of a pair with "
		"`shared` commits, of A in all and B in all, the degree is shared / ((A + B) / 2), "
		"cut off; shown are pairs of at least 5 shared commits, 5 changes on average and "
		"30 %. These are code-maat's definitions, defaults and options. `hidden` are those "
		"of two packages neither of which imports the other: no compiler knows of it.\n\n"
		"TOPIC is `owners`: by team of CODEOWNERS or the policy, else by folder, or by "
		"--level: files and lines, changes of the last year, the truck factor (how many "
		"persons must leave until more than half of the files have no author: their "
		"degree of authorship is 3.293 + 1.098 FA + 0.164 DL - 0.321 ln(1 + AC), above "
		"0.75 of the highest), the share of lines with one author alone, and the share "
		"whose authors have all not committed for a year. Persons are named only with "
		"--people.\n\n"
		"TOPIC is `trend`: old commits are read from the object database, without a "
		"checkout, and judged by the policy of today: what they would be told now. For "
		"each point in time, --every apart and back to --since, it is the last commit on "
		"the line of first parents that was there; its date is that of the committer. A "
		"commit whose clock contradicts those of most others counts as made right after "
		"the one before it. The numbers are those of `analyze`, `metrics` and `cycles` "
		"with --rev; the smallest cut is that between folders at the level where the "
		"youngest tree is worst. What is in the baseline counts: accepting a finding does "
		"not remove it. With --debt a point has its debt too, the work that `debt` prints "
		"for that commit: it reads all of the code, which takes long the first time. A "
		"point before the first commit, or whose commit has no Go, is printed as -, one "
		"that a shallow or partial clone cannot read is said, and neither is ever drawn "
		"as 0. In the table a line is a number with its course, drawn from its lowest to "
		"its highest value; with --all each point has a line too. Format "
		"svg, or png with librsvg, is a picture of all: grey is not known, and the "
		"largest step for the worse is marked.\n\n"
		"TOPIC is `blame`: which commit made it worse? SUBJECT is a column of `history "
		"trend --all`, such as cut. The two ends, today and --since, are judged, then the "
		"middle, and so on wherever two ends differ. Where a number turns out to go up and "
		"down, and with --all, every commit of the line that touches Go files is judged. "
		"Steps for the worse are told, the largest first: the commit, the number before "
		"and after, the imports between packages and the findings that it added, and who "
		"owns the files where they are. Steps that were undone between two commits that it "
		"compared it does not see.",
	.options = OPT_BIT(OPT_DIR) | OPT_TREE | OPT_BIT(OPT_FORMAT) | OPT_BIT(OPT_JSON) |
		   OPT_BIT(OPT_OUTPUT) | OPT_BIT(OPT_CONFIG) | OPT_BIT(OPT_NOW) |
		   OPT_BIT(OPT_SINCE) | OPT_BIT(OPT_EVERY) | OPT_BIT(OPT_DEBT) |
		   OPT_BIT(OPT_THEME) |
		   OPT_BIT(OPT_PLATFORM) | OPT_BIT(OPT_TAGS) | OPT_BIT(OPT_CGO) |
		   OPT_BIT(OPT_GO) | OPT_BIT(OPT_RULE) | OPT_BIT(OPT_LEVEL) | OPT_BIT(OPT_TESTS) |
		   OPT_BIT(OPT_PEOPLE) | OPT_BIT(OPT_CHURN) | OPT_BIT(OPT_ALL) | OPT_BIT(OPT_TOP) |
		   OPT_BIT(OPT_MIN_REVS) | OPT_BIT(OPT_MIN_SHARED_REVS) |
		   OPT_BIT(OPT_MIN_COUPLING) | OPT_BIT(OPT_MAX_COUPLING) |
		   OPT_BIT(OPT_MAX_CHANGESET) |
		   OPT_BIT(OPT_JOBS) | OPT_BIT(OPT_NO_CACHE) | OPT_BIT(OPT_COLOR) |
		   OPT_BIT(OPT_QUIET),
	.formats = formats,
	.suffixes = suffixes,
	.task = histories, .ntasks = ARRAY_SIZE(histories),
	.examples = examples,
	.nexamples = ARRAY_SIZE(examples),
	.see_also = see_also,
};
