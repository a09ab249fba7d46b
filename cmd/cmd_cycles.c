/* SPDX-License-Identifier: MIT */
/*
 * cmd_cycles.c - meshctl cycles: circles at every level; who is in the worst
 * knot, a shortest way round, and what to cut first.
 */
#include "analyzers/selfimports.h"
#include "base/text.h"
#include "cmd/cut_view.h"
#include "cmd/cycles_json.h"
#include "cmd/judge.h"
#include "cmd/report/paint.h"
#include "cmd/report/proof.h"
#include "cmd/report/text.h"

#include <string.h>

#define MEMBERS_MAX 24u                 /* of a knot, by name, without --all */
#define EDGES_MAX 10u                   /* of a cut, without --all */

struct screen {
	bool chosen;                    /* --level */
	struct level level;
	struct circle_table table;
	uint32_t shown;                 /* row of the table whose knots are shown; ID_NONE = none */
	struct symbols *weigh;          /* see knots_at */
};

static const char *node_name(const struct graph *g, uint32_t node)
{
	return sym_text(g->syms, g->id[node]);
}

/* What a number at this level means; NULL where the name of the level says it. */
static const char *meaning(const struct report *r, const struct level_circles *row,
			   struct arena *a)
{
	uint32_t packages = proof_packages(r->source, r->graph, 0);

	switch (row->level.kind) {
	case LEVEL_PACKAGE:
		if (row->tied)
			return "Go refuses to build these";
		if (row->groups == packages)
			return "as in all Go that compiles";
		return arena_printf(a, "as in all Go that compiles; %u more %s only tests",
				    packages - row->groups,
				    packages - row->groups == 1 ? "has" : "have");
	case LEVEL_TEST:
		return "packages with their tests";
	case LEVEL_LAYER:
	case LEVEL_CONTEXT:
	case LEVEL_DOMAIN:
		return r->graph->guessed[level_part(row->level)] ? "guessed, no policy" : NULL;
	case LEVEL_DIR:
	case LEVEL_MODULE:
		break;
	}
	return NULL;
}

/* The last column: what it means, and how to see more. */
static const char *remark(const struct report *r, const struct screen *s, uint32_t i,
			  struct arena *a)
{
	const struct level_circles *row = &s->table.row[i];
	const char *words = meaning(r, row, a), *way = NULL;

	if (i == s->shown && row->tied)
		way = s->chosen || words ? "shown below" : "shown below (choose with --level)";
	else if (row->tied && words)
		way = arena_printf(a, "--level %s", row->name);
	if (!words || !way)
		return words ? words : way ? way : "";
	return arena_printf(a, "%s: %s", words, way);
}

static void print_table(const struct report *r, FILE *out, const struct screen *s, struct arena *a)
{
	fprintf(out, "%s%-8s %8s %11s %8s%s\n", paint_on(r->color, PAINT_BOLD), "level", "groups",
		"in circles", "largest", paint_off(r->color));
	for (uint32_t i = 0; i < s->table.count; i++) {
		const struct level_circles *row = &s->table.row[i];
		const char *words = remark(r, s, i, a);

		fprintf(out, "%-8s %8s %11s %8s%s%s\n", row->name, text_number(a, row->groups),
			text_number(a, row->tied), text_number(a, row->largest),
			*words ? "   " : "", words);
	}
	if (s->table.skipped)
		fprintf(out, "%s: --level dir:K looks at one\n",
			text_count(a, s->table.skipped, "deeper level was not looked at",
				   "deeper levels were not looked at"));
	fputc('\n', out);
}

static void print_members(const struct report *r, FILE *out, const struct knots_at *k,
			  const struct knot *knot)
{
	uint32_t shown = r->all || knot->nnodes <= MEMBERS_MAX + 1 ? knot->nnodes : MEMBERS_MAX;
	size_t at = SCREEN_COLUMNS;
	struct arena a = ARENA_INIT;

	for (uint32_t i = 0; i < shown; i++) {
		const char *name = text_escape(&a, node_name(k->graph, knot->node[i]));
		size_t width = text_width(name) + (i + 1 < knot->nnodes);

		if (at + 1 + width > SCREEN_COLUMNS) {
			fputs(i ? "\n   " : "   ", out);
			at = 3;
		}
		fprintf(out, " %s%s", name, i + 1 < knot->nnodes ? "," : "");
		at += 1 + width;
		arena_reset(&a);
	}
	if (shown < knot->nnodes)
		fprintf(out, "\n    and %u more: --all", knot->nnodes - shown);
	fputc('\n', out);
	arena_release(&a);
}

static void print_circle(const struct report *r, FILE *out, const struct knots_at *k,
			 const struct knot *knot, struct arena *a)
{
	const struct hop *hop = knot_hops(k->graph, knot, level_has_tests(k->level), a);
	struct text_hop *shown = arena_array(a, struct text_hop, knot->ncircle);

	for (uint32_t h = 0; h < knot->ncircle; h++)
		shown[h] = (struct text_hop){
			.from = node_name(k->graph, hop[h].from),
			.to = node_name(k->graph, hop[h].to),
			.at = hop[h].at, .lines = hop[h].lines,
		};
	text_hops(r, out, 4, shown, knot->ncircle, a);
}

static int print_cut(const struct report *r, FILE *out, const struct knots_at *k,
		     const struct knot *knot, const struct cut *cut, struct arena *a,
		     struct err *err)
{
	const char *edges = text_count(a, cut->nedges, "edge", "edges");
	uint32_t most = r->all ? 0 : EDGES_MAX;
	struct advice *advice;

	if (tactics_advise(r->source, k, knot, cut, cut_shown(cut, most), r->symbols, a, &advice,
			   err))
		return -1;
	fprintf(out, "  smallest cut%s: %s, %s; lower bound %s: %s. Best first:\n",
		cut->optimal ? "" : " found", edges, knot_weight(k, cut->weight, a),
		text_number(a, cut->bound), cut->optimal ? "optimal" : "not proven");
	cut_table(r, out, 4, k, knot, cut, advice, most,
		  arena_printf(a, "meshctl cycles --level %s%s --all", k->name,
			       k->weigh ? " --weigh symbols" : ""), a);
	return 0;
}

static int print_knot(const struct report *r, FILE *out, const struct knots_at *k, uint32_t i,
		      struct arena *a, struct err *err)
{
	const struct knot *knot = &k->knots.knot[i];
	const struct finding *f = knot_finding(r->findings, k, i, a);
	const char *text = arena_printf(a, "knot%s%s at %s: %s %s, %s, on %s", f ? " #" : "",
		f ? f->short_id : "", k->name, text_number(a, knot->nnodes), level_nodes(k->level),
		text_count(a, knot->sites, "import line", "import lines"),
		config_names(r->source, knot->configs, a));
	const struct cut *cut;

	if (knot_cut(f, k, i, a, &cut, err))
		return -1;
	text_wrap(out, text_escape(a, text), 0, SCREEN_COLUMNS);
	fputs("  members\n", out);
	print_members(r, out, k, knot);
	fputs("  shortest circle through its busiest member\n", out);
	print_circle(r, out, k, knot, a);
	fputc('\n', out);
	if (print_cut(r, out, k, knot, cut, a, err))
		return -1;
	fputc('\n', out);
	return 0;
}

static int print_knots(const struct report *r, FILE *out, const struct screen *s, struct err *err)
{
	struct arena a = ARENA_INIT, scratch = ARENA_INIT;
	uint32_t asked = 0;
	struct knots_at k;
	int rc = 0;

	knots_at_init(r->source, r->graph, s->table.row[s->shown].level, &a, &k);
	k.weigh = s->weigh;
	for (uint32_t i = 0; i < k.knots.count && !rc; i++) {
		if (!knot_reported(k.graph, &k.knots.knot[i]))
			continue;
		if (!asked++ || r->all)
			rc = print_knot(r, out, &k, i, &scratch, err);
		arena_reset(&scratch);
	}
	if (asked > 1 && !r->all && !rc)
		fprintf(out, "%s at %s: meshctl cycles --level %s --all\n\n",
			text_count(&a, asked - 1, "other knot", "other knots"), k.name, k.name);
	arena_release(&scratch);
	arena_release(&a);
	return rc;
}

static int blocks(const struct report *r, FILE *out, void *ctx, struct err *err)
{
	struct arena a = ARENA_INIT;

	print_table(r, out, ctx, &a);
	arena_release(&a);
	return ((struct screen *)ctx)->shown == ID_NONE ? 0 : print_knots(r, out, ctx, err);
}

/* Machines get the knots of every level, or of the one that was asked for. */
static int members(const struct report *r, struct json_out *out, void *ctx, struct err *err)
{
	const struct screen *s = ctx;

	return cycles_members(r, &s->table, s->shown, s->chosen, s->weigh, out, err);
}

/* The level asked for, else the worst of the folders, else the first with a knot. */
static uint32_t choose_row(const struct screen *s)
{
	for (uint32_t i = 0; i < s->table.count; i++)
		if (s->chosen && level_same(s->table.row[i].level, s->level))
			return i;
	if (s->table.worst != ID_NONE)
		return s->table.worst;
	for (uint32_t i = 0; i < s->table.count; i++)
		if (s->table.row[i].knots)
			return i;
	return ID_NONE;
}

static int choose(const struct run *run, struct judge *j, void *ctx, struct err *err)
{
	struct screen *s = ctx;

	for (unsigned i = 0; i < RULE_COUNT; i++)
		j->chosen.has[i] = i == RULE_IMPORT_CYCLE || i == RULE_PACKAGE_CYCLE ||
				   i == RULE_TEST_CYCLE;
	if (!run->set->level)
		return 0;
	s->chosen = true;
	if (level_parse(run->set->level, &s->level, err))
		return -1;
	/* One level, one rule. */
	for (unsigned i = 0; i < RULE_COUNT; i++)
		j->chosen.has[i] = i == level_rule(s->level);
	return 0;
}

static int judge_level(struct judge *j, struct level level, struct err *err)
{
	struct arena scratch = ARENA_INIT;
	struct analysis a = judge_analysis(j);
	struct knots_at k;
	int rc = 0;

	a.scratch = &scratch;
	knots_at_init(a.source, a.graph, level, &scratch, &k);
	k.weigh = a.weigh;
	for (uint32_t i = 0; i < k.knots.count && !rc; i++)
		if (knot_reported(k.graph, &k.knots.knot[i]))
			rc = knot_report(&a, &k, i, err);
	j->ran.ran[level_rule(level)] = true;
	j->ran.judged[level_rule(level)] = k.graph->nedges;
	if (level.kind == LEVEL_PACKAGE)
		j->ran.judged[RULE_PACKAGE_CYCLE] += self_imports(&a, false);
	arena_release(&scratch);
	return rc;
}

static int judge(const struct run *run, struct judge *j, void *ctx, struct err *err)
{
	const struct analysis given = judge_analysis(j);
	struct screen *s = ctx;

	circle_table_init(given.source, given.graph, s->chosen ? &s->level : NULL, run->arena,
			  &s->table);
	s->shown = choose_row(s);
	s->weigh = given.weigh;
	j->report.blocks = blocks;
	j->report.members = members;
	memset(j->report.in_blocks, true, sizeof(j->report.in_blocks));
	if (!s->chosen)
		return analyzers_run(&j->chosen, &given, &j->ran, err);
	return judge_level(j, s->level, err);
}

static int run(struct run *run, struct err *err)
{
	struct screen screen = { .chosen = false };
	const struct judge_steps steps = {
		.command = "cycles", .contexts = true, .choose = choose, .judge = judge,
		.ctx = &screen,
	};

	return judge_command(run, &steps, err);
}

static const struct example examples[] = {
	{ "cycles", "count circles at every level, show the worst knot" },
	{ "cycles --level dir:2 --all",
	  "every knot between folders of two segments, with all members" },
	{ "cycles --level test", "circles that exist only because of tests" },
	{ "cycles --json --fail-on warning",
	  "for a program that must stop at any circle between folders" },
};

static const char *const see_also[] = { "analyze", "explain", "graph", NULL };

const struct command command_cycles = {
	.name = "cycles",
	.summary = "show who imports each other in circles, and what to cut first",
	.group = GROUP_LOOK, .operands = "[PATTERN]", .min_operands = 0, .max_operands = 1,
	.detail =
		"Go forbids circles between packages, so a repository that compiles has none; "
		"between folders nobody looks. Each line of the table is one level: dir:K "
		"unites the packages whose folders begin with the same K segments below their "
		"module, package is what Go sees, test counts the imports of tests as "
		"well, context what a policy calls so, or else what folder names suggest: for "
		"information only.\n\nA knot is a set of groups each of which reaches all others. "
		"A circle counts only where one build configuration holds all of it. Of the "
		"worst level "
		"the largest knot is shown with its members and a shortest circle; each hop "
		"names the first import line that makes it, and how many more there are.\n\n"
		"The smallest cut is the set of edges with the fewest import lines without "
		"which no configuration of the knot holds a circle; an edge goes as a whole, "
		"with its lines in all of them. No cut has fewer lines than the lower bound: "
		"where both meet, the cut is proven to be the smallest. Edges that free the "
		"most members for each line come first; still tied says how many members are "
		"in circles before and after. With --weigh symbols an edge does not weigh its "
		"import "
		"lines but as many exported symbols of the other side as they use, each counted "
		"once, and one for a blank or a dot import.\n\n"
		"Column uses names the symbol of the other side that is used most, and counts the "
		"others; try says how the edge could go once the rest of the cut is gone, and "
		"`meshctl explain` tells of each way: explain move-type. For these two the files "
		"with the imports of the cut and the packages that they import are read to their "
		"ends. With --all every edge is there with every one of its import lines and "
		"symbols. JSON holds the knots of every level, or of the one "
		"asked for, with every import of their cuts.",
	.options = OPT_BIT(OPT_DIR) | OPT_TREE | OPT_BIT(OPT_FORMAT) |
		   OPT_BIT(OPT_JSON) | OPT_BIT(OPT_OUTPUT) | OPT_BIT(OPT_LEVEL) |
		   OPT_BIT(OPT_CONFIG) |
		   OPT_BIT(OPT_PLATFORM) | OPT_BIT(OPT_TAGS) | OPT_BIT(OPT_CGO) |
		   OPT_BIT(OPT_GO) | OPT_BIT(OPT_WEIGH) | OPT_BIT(OPT_NO_CACHE) |
		   OPT_BIT(OPT_OWNER) |
		   OPT_BIT(OPT_FAIL_ON) | OPT_BIT(OPT_SHOW_SUPPRESSED) | OPT_BIT(OPT_NOW) |
		   OPT_BIT(OPT_ALL) |
		   OPT_BIT(OPT_JOBS) | OPT_BIT(OPT_COLOR) | OPT_BIT(OPT_QUIET),
	.formats = reporter_names, .envelope = true,
	.run = run, .examples = examples, .nexamples = ARRAY_SIZE(examples),
	.see_also = see_also,
};
