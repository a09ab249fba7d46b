/* SPDX-License-Identifier: MIT */
/*
 * cmd_analyze.c - meshctl analyze: what is wrong with the architecture, on one
 * screen.
 */
#include "base/text.h"
#include "cmd/contexts_view.h"
#include "cmd/cut_view.h"
#include "cmd/free_view.h"
#include "cmd/headline.h"
#include "cmd/hot_view.h"
#include "cmd/judge.h"
#include "cmd/layout_view.h"
#include "cmd/matrix_view.h"
#include "cmd/report/paint.h"
#include "cmd/report/proof.h"
#include "cmd/report/text.h"

#include <string.h>

#define KNOT_EDGES 3u                   /* of a cut in the KNOT block, without --all */

struct screen {
	const struct run *run;
	const char *knot_level;         /* of the KNOT block; NULL without one */
	struct hot hot;
};

static const char *selection(const struct report *r, uint32_t all, struct arena *a)
{
	uint32_t asked = proof_packages(r->source, r->graph, NODE_REPORTED);

	if (asked == all)
		return "";
	return arena_printf(a, "; reported: %s of the packages", text_number(a, asked));
}

static const char *policy_words(const struct report *r, struct arena *a)
{
	struct judged judged;

	if (!r->mapping)
		return "no policy";
	judged_share(r->mapping, &judged);
	return arena_printf(a, "policy %s: %s", r->policy->path, judged_words(&judged, a));
}

static void headline(const struct report *r, FILE *out, struct arena *a)
{
	const struct source *s = r->source;
	struct proof p;

	proof_count(r, &p);
	const char *text = arena_printf(a, "%s%s: %s, %s, %s %s, %s%s", session_module(s, a),
		headline_revision(s, a), text_count(a, p.packages, "package", "packages"),
		text_count(a, s->nfiles, "file", "files"), text_rough(a, p.lines),
		p.lines == 1 ? "line" : "lines", policy_words(r, a), selection(r, p.packages, a));

	text_wrap(out, text_escape(a, text), 0, SCREEN_COLUMNS);
	fputc('\n', out);
}

/* The first finding about folders tells which level is the worst. */
static const char *worst_level(const struct report *r, struct arena *a)
{
	for (uint32_t i = 0; i < r->findings->count; i++) {
		const struct finding *f = &r->findings->item[i];

		if (f->rule == &rule_rows[RULE_IMPORT_CYCLE])
			return arena_strndup(a, f->symbol, strcspn(f->symbol, " "));
	}
	return NULL;
}

/* The largest of those that PATTERN asks for. */
static uint32_t first_reported(const struct knots_at *k)
{
	uint32_t i = 0;

	while (i + 1 < k->knots.count && !knot_reported(k->graph, &k->knots.knot[i]))
		i++;
	return i;
}

static int knot_text(const struct report *r, FILE *out, const struct knots_at *k, uint32_t i,
		     struct arena *a, struct err *err)
{
	const struct knot *knot = &k->knots.knot[i];
	const struct finding *f = knot_finding(r->findings, k, i, a);
	const struct cut *cut;

	if (knot_cut(f, k, i, a, &cut, err))
		return -1;
	text_block(r, out, "KNOT", arena_printf(a,
		"%s of %s folders import each other in circles (%s): none of them can move out "
		"alone. It compiles; Go forbids circles only between packages. %s %s it "
		"together. %s [%s" TEXT_GLUE "#%s]:", text_number(a, knot->nnodes),
		text_number(a, knots_groups(k)), k->name, cut_sum(k, cut, a),
		cut->weight == 1 ? "holds" : "hold",
		cut->nedges == 1 ? "Cut it here" : "Cut in this order",
		rule_rows[RULE_IMPORT_CYCLE].name, f ? f->short_id : "none"));
	fputc('\n', out);
	cut_table(r, out, MARGIN + 2, k, knot, cut, NULL, r->all ? 0 : KNOT_EDGES,
		  k->weigh ? "meshctl cycles --weigh symbols" : "meshctl cycles", a);
	return 0;
}

static int knot_block(const struct report *r, FILE *out, struct screen *screen, struct arena *a,
		      struct err *err)
{
	struct err ignored = ERR_INIT;
	struct level level;
	struct knots_at k;

	screen->knot_level = worst_level(r, screen->run->arena);
	if (!screen->knot_level)
		return 0;
	if (level_parse(screen->knot_level, &level, &ignored))
		BUG("a finding at no level, '%s'", screen->knot_level);
	knots_at_init(r->source, r->graph, level, a, &k);
	k.weigh = screen->run->set->weigh == WEIGH_SYMBOLS ? r->symbols : NULL;
	uint32_t i = first_reported(&k);

	if (knot_text(r, out, &k, i, a, err))
		return -1;
	if (k.knots.count > 1)
		text_block(r, out, "", arena_printf(a, "%s at %s: meshctl cycles --level %s --all",
			   text_count(a, k.knots.count - 1, "other knot", "other knots"), k.name,
				k.name));
	fputc('\n', out);
	return 0;
}

/* What chose the source belongs to the next command too, if a shell takes it plainly. */
static const char *same_source(const struct run *run, struct arena *a)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				    "./_-+@:,";
	const char *rev = run->set->rev, *pattern = run->noperands ? run->operand[0] : NULL;
	const char *text = "";

	if (run->set->staged)
		text = " --staged";
	if (rev && rev[strspn(rev, plain)] == '\0')
		text = arena_printf(a, " --rev %s", rev);
	if (pattern && pattern[strspn(pattern, plain)] == '\0')
		text = arena_printf(a, "%s %s", text, pattern);
	return text;
}

/* Only the words that glue to each other: a command is never broken. */
static const char *free_command(const struct run *run, struct arena *a)
{
	return arena_printf(a, "meshctl" TEXT_GLUE "analyze" TEXT_GLUE "--rule" TEXT_GLUE "%s%s",
			    rule_rows[RULE_COULD_BE_INTERNAL].name, same_source(run, a));
}

static int blocks(const struct report *r, FILE *out, void *ctx, struct err *err)
{
	struct screen *screen = ctx;
	struct arena a = ARENA_INIT;
	bool asked = screen->run->set->rules.count > 0;

	headline(r, out, &a);
	if (!asked)
		layout_block(r, out, &a);
	int rc = knot_block(r, out, screen, &a, err);

	if (!rc && !asked) {
		contexts_block(r, out, &a);
		hot_block(r, out, &screen->hot, &a);
	}
	if (!rc)
		free_block(r, out, asked || r->all, free_command(screen->run, &a), &a);
	arena_release(&a);
	return rc;
}

static int members(const struct report *r, struct json_out *out, void *ctx,
		   struct err *err UNUSED)
{
	struct arena a = ARENA_INIT;

	layout_member(r, out, &a);
	contexts_member(r, out, &a);
	hot_member(out, &((const struct screen *)ctx)->hot);
	arena_release(&a);
	return 0;
}

struct next_line { const char *command, *why; };

static void print_next(const struct report *r, FILE *out, const struct next_line *line,
		       unsigned count)
{
	size_t width = 0, most = 0;

	for (unsigned i = 0; i < count; i++) {
		size_t command = text_width(line[i].command), why = text_width(line[i].why);

		width = command > width ? command : width;
		most = why > most ? why : most;
	}
	/* A command is never cut; a long one pushes its reason out of line. */
	if (width + most + MARGIN + 2 > SCREEN_COLUMNS)
		width = SCREEN_COLUMNS - MARGIN - 2 - most;
	for (unsigned i = 0; i < count; i++) {
		size_t command = text_width(line[i].command);

		fprintf(out, "%s%-*s%s%s%*s  %s\n", paint_on(r->color && !i, PAINT_BOLD),
			(int)MARGIN,
			i ? "" : "NEXT", paint_off(r->color && !i), line[i].command,
			(int)(command < width ? width - command : 0), "", line[i].why);
	}
	fputc('\n', out);
}

/* Only what can be typed as it stands. */
static int next(const struct report *r, FILE *out, void *ctx, struct err *err UNUSED)
{
	const struct screen *screen = ctx;
	struct arena a = ARENA_INIT;
	const char *same = same_source(screen->run, &a);
	struct next_line line[4];
	unsigned n = 0;

	if (!r->graph->npkgs) {
		arena_release(&a);
		return 0;
	}
	if (screen->knot_level) {
		line[n++] = (struct next_line){ arena_printf(&a, "meshctl cycles%s", same),
						"every level, and who is in the knot" };
		line[n++] = (struct next_line){
			arena_printf(&a, "meshctl graph --level %s --format dot%s",
				     screen->knot_level, same),
			"the picture, for Graphviz",
		};
	}
	/* Of a commit that is not checked out nothing can be written. */
	if (!r->policy->found && !*same)
		line[n++] = (struct next_line){ "meshctl init",
						"policy and baseline: green from today" };
	if (r->findings->count)
		line[n++] = (struct next_line){
			arena_printf(&a, "meshctl explain %s", r->findings->item[0].rule->name),
			"why it matters, when it does not",
		};
	else
		line[n++] = (struct next_line){ arena_printf(&a, "meshctl graph --format dot%s",
							     same),
						"who imports whom, for Graphviz" };
	print_next(r, out, line, n);
	arena_release(&a);
	return 0;
}

static int judge(const struct run *run, struct judge *j, void *ctx, struct err *err)
{
	struct screen *screen = ctx;

	j->report.brief = !j->report.all && !run->set->rules.count;
	j->report.blocks = blocks;
	j->report.next = next;
	j->report.members = members;
	j->report.in_blocks[RULE_IMPORT_CYCLE] = true;
	j->report.in_blocks[RULE_COULD_BE_INTERNAL] = true;

	if (!run->set->rules.count)
		hot_read(run, &j->session, &screen->hot);

	const struct analysis given = judge_analysis(j);

	return analyzers_run(&j->chosen, &given, &j->ran, err);
}

static int run(struct run *run, struct err *err)
{
	struct screen screen = { .run = run };
	const struct judge_steps steps = {
		.command = "analyze", .judge = judge, .ctx = &screen,
	};

	return judge_command(run, &steps, err);
}

static const struct example examples[] = {
	{ "analyze", "look at the whole repository" },
	{ "analyze ./internal/...",
		"read all of it, report what concerns packages below internal" },
	{ "analyze --rule missing-package,internal-import --json", "two rules, for a program" },
	{ "analyze --fail-on warning", "exit with status 1 from warnings up" },
};

static const char *const see_also[] = { "cycles", "explain", "graph", NULL };

const struct command command_analyze = {
	.name = "analyze", .summary = "say what is wrong with the architecture, on one screen",
	.group = GROUP_START, .operands = "[PATTERN]", .min_operands = 0, .max_operands = 1,
	.detail =
		"Reads the repository, builds the graph of its packages and lets every rule "
		"judge it that needs no policy: circles between folders, packages and tests, "
		"imports that Go refuses to build, modules that do not fit together, headers "
		"that cannot be read.\n\n"
		"LAYOUT says how the tree is laid out: without a policy the starter whose layers "
		"know most of its packages, as `meshctl init` would choose it, how many they know "
		"and how many not, and how many contexts repeat; with a policy how many packages "
		"each layer has, and how many are shared or in no layer.\n\n"
		"CONTEXTS are guessed: names that repeat below folders of "
		"technical names (service/order, model/order), or folders of one parent that have "
		"such folders in common (order/app, user/app); at least three, else none. Imported "
		"and imports are import lines from and to other contexts, tests not counted. Their "
		"sum, counting twice the lines shared with a context in both ways, is how "
		"much ties it: the least tied stands first, to be moved first.\n\n"
		"HOT are the files that changed most in the last twelve months where change is "
		"hardest, as `meshctl history hotspots` ranks them; of the fifty that changed most "
		"the bodies are read. Without a history there is none.\n\n"
		"FREE counts the packages that the Go compiler would "
		"guard if they moved below an internal folder; with --rule could-be-internal it "
		"names the ten with the largest gain, with --all every one.\n\nOf each rule at "
		"most three findings are shown, the first of them in full; --rule shows them all "
		"in full, --all shows every one, and so does JSON. The last two lines say what "
		"was checked, "
		"what was left out and why, and the result. Whatever rules --rule chooses, "
		"unreadable-header and broken-go-mod run as well: what cannot be read is not "
		"judged by any rule, so a green result would hide it. A run that could not look at "
		"everything exits with status 3, never with 0.",
	.options = OPT_BIT(OPT_DIR) | OPT_TREE | OPT_BIT(OPT_FORMAT) |
		   OPT_BIT(OPT_JSON) | OPT_BIT(OPT_OUTPUT) | OPT_BIT(OPT_CONFIG) |
		   OPT_BIT(OPT_PLATFORM) |
		   OPT_BIT(OPT_TAGS) | OPT_BIT(OPT_CGO) | OPT_BIT(OPT_GO) | OPT_BIT(OPT_RULE) |
		   OPT_BIT(OPT_ALL_RULES) | OPT_BIT(OPT_WEIGH) | OPT_BIT(OPT_NO_CACHE) |
		   OPT_BIT(OPT_TAG) | OPT_BIT(OPT_OWNER) |
		   OPT_BIT(OPT_FAIL_ON) | OPT_BIT(OPT_SHOW_SUPPRESSED) | OPT_BIT(OPT_NOW) |
		   OPT_BIT(OPT_ALL) |
		   OPT_BIT(OPT_JOBS) | OPT_BIT(OPT_COLOR) | OPT_BIT(OPT_QUIET),
	.formats = reporter_names, .envelope = true,
	.run = run, .examples = examples, .nexamples = ARRAY_SIZE(examples),
	.see_also = see_also,
};
