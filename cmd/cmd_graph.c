/* SPDX-License-Identifier: MIT */
/*
 * cmd_graph.c - meshctl graph: who imports whom, for pipes, programs, Graphviz
 * and Mermaid.
 */
#include "base/pool.h"
#include "base/text.h"
#include "cmd/graph_judged.h"
#include "cmd/graph_matrix.h"
#include "cmd/output.h"
#include "cmd/report/report.h"
#include "cmd/session.h"

#include <string.h>
#include <unistd.h>

static const struct writer {
	const char *format;
	int (*write)(const struct graph_view *v, FILE *out, struct err *err);
	/* Instead of it where the look goes by the end of the path. */
	int (*write_to)(const struct graph_view *v, const struct output *o, bool may_fit,
			struct err *err);
	uint32_t most;                  /* nodes that there is room for; 0 = any number */
	bool changes;                   /* --diff has it as well */
	bool lines;                     /* counts them, and tells the revision */
} writers[] = {
#define GRAPH_FORMAT(name, function, to, most, changes, counts) \
	{ #name, function, to, most, changes, counts },
#define GRAPH_SUFFIX(suffix, name)
#include "cmd/graph_formats.def"
#undef GRAPH_FORMAT
#undef GRAPH_SUFFIX
};

static const char *const formats[] = {
#define GRAPH_FORMAT(name, function, to, most, changes, counts) #name,
#define GRAPH_SUFFIX(suffix, name)
#include "cmd/graph_formats.def"
#undef GRAPH_FORMAT
#undef GRAPH_SUFFIX
	NULL
};

static const struct format_suffix suffixes[] = {
#define GRAPH_FORMAT(name, function, to, most, changes, counts)
#define GRAPH_SUFFIX(suffix, name) { suffix, #name },
#include "cmd/graph_formats.def"
#undef GRAPH_FORMAT
#undef GRAPH_SUFFIX
	{ NULL, NULL }
};

static const struct writer *writer_of(const char *format)
{
	for (unsigned i = 0; i < ARRAY_SIZE(writers); i++)
		if (!strcmp(writers[i].format, format))
			return &writers[i];
	BUG("no writer for '%s'", format);
}

/* What has no room for all nodes gets them drawn together, and it is said. */
static int write_one(const struct run *run, const struct graph_view *v, const struct output *o,
		     struct err *err)
{
	const struct writer *w = writer_of(o->format);
	bool may = !run->set->collapse;         /* --collapse none: all of them */
	struct graph_view small;
	bool fitted = may && graph_view_fit(v, w->most, run->arena, &small);
	const struct graph_view *shown = fitted ? &small : v;
	int rc = w->write ? w->write(shown, o->file, err) : w->write_to(shown, o, may, err);

	if (fitted && !run->set->quiet)
		fprintf(stderr, "meshctl: %s: --collapse none draws them all, --focus a part\n",
			graph_view_fit_words(&small, run->arena));
	if (fitted)
		graph_view_release(&small);
	return rc;
}

/* Does a format count lines, and tell which revision it shows? */
static bool wants_lines(const struct run *run)
{
	for (unsigned i = 0; i < run->noutputs; i++)
		for (unsigned w = 0; w < ARRAY_SIZE(writers); w++)
			if (writers[w].lines && !strcmp(run->output[i].format, writers[w].format))
				return true;
	return false;
}

/* Bytes of a picture are no use on a screen. */
static int check_screen(const struct run *run, struct err *err)
{
	for (unsigned i = 0; i < run->noutputs; i++)
		if (!run->output[i].path && !strcmp(run->output[i].format, "png") &&
		    isatty(fileno(run->output[i].file)))
			return err_set(err, ERR_USAGE, "a PNG is nothing for a terminal: write it "
				       "to a file with -o FILE");
	return 0;
}

/* What a reader of the graph cannot see in it. */
static void say(const struct run *run, const struct graph_view *v)
{
	if (v->left_out && !run->set->quiet)
		fprintf(stderr, "meshctl: %s in no %s, and not shown: --%s %s shows them\n",
			text_count(run->arena, v->left_out, "package is", "packages are"),
			level_node(v->level),
			v->level.kind == LEVEL_DOMAIN ? "cluster" : "collapse",
			level_node(v->level));
	if (v->hides_nothing && !run->set->quiet)
		fprintf(stderr, "meshctl: --hide '%s' hides nothing\n",
			text_escape(run->arena, v->hides_nothing));
	if (v->incomplete)
		fprintf(stderr, "meshctl: incomplete: %s\n",
			text_escape(run->arena, v->incomplete));
	session_tell_broken(run, v->source, true);
}

/* "dir:K", "module", "layer", "context", "none". */
static int read_collapse(const char *text, struct graph_wish *ret, struct err *err)
{
	struct err other = ERR_INIT;

	ret->collapsed = strcmp(text, "none");
	if (!ret->collapsed)
		return 0;
	if (level_parse(text, &ret->collapse, &other) ||
	    ret->collapse.kind == LEVEL_PACKAGE || ret->collapse.kind == LEVEL_TEST ||
	    ret->collapse.kind == LEVEL_DOMAIN)
		return err_set(err, ERR_USAGE, "cannot collapse to '%.80s': choose dir:K with K "
			       "from 1, module, layer, context or none", text);
	if (ret->level.kind != LEVEL_PACKAGE && ret->level.kind != LEVEL_TEST)
		return err_set(err, ERR_USAGE, "--collapse unites packages, and --level has done "
			       "so already; choose one of them");
	return 0;
}

static int read_wish(const struct settings *set, struct graph_wish *ret, struct err *err)
{
	*ret = (struct graph_wish){
		.level = { LEVEL_PACKAGE, 0 }, .tests = set->tests, .focus = set->focus,
		.reaches = set->reaches, .depth = 1,
		.hide = set->hide, .reduce = set->reduce,
		.std = set->std, .external = set->external,
		.cluster = (enum cluster_choice)set->cluster,
	};
	if (set->given & OPT_BIT(OPT_DEPTH)) {
		if (!set->focus.count)
			return err_set(err, ERR_USAGE,
				       "--depth counts from --focus, and there is none");
		ret->depth = set->depth;
	}
	if (set->highlight) {
		ret->light_text = set->highlight;
		if (graph_light_parse(set->highlight, &ret->light, err))
			return -1;
	}
	if (set->level && level_parse(set->level, &ret->level, err))
		return -1;
	return set->collapse ? read_collapse(set->collapse, ret, err) : 0;
}

/* Session and wish are ready. */
static int show(struct run *run, const struct session *session, const struct graph_wish *asked,
		struct err *err)
{
	const struct report work = { .source = session->source, .graph = session->graph };
	struct graph_view v;
	int rc = graph_view_init(&v, session->source, session->graph, asked, run->arena, err);

	v.policy = session->policy;
	v.quiet = run->set->quiet;
	v.theme = (enum draw_theme)run->set->theme;
	v.early = asked->early;
	enum exit_status status = report_status(&work, run->arena, &v.incomplete);

	for (unsigned i = 0; !rc && i < run->noutputs; i++)
		rc = write_one(run, &v, &run->output[i], err);
	if (!rc)
		say(run, &v);
	graph_view_release(&v);
	return rc ? rc : (int)status;
}

/* Boxes and united groups must be somebody's, as those of a level. */
static int check_parts(const struct run *run, const struct graph_wish *asked,
		       const struct graph *g, struct err *err)
{
	enum graph_part box = graph_cluster_part(asked->cluster);
	enum graph_part group = asked->collapsed ? level_part(asked->collapse) : PARTS;
	bool contexts = box == PART_CONTEXT || group == PART_CONTEXT;

	if (box != PARTS && !g->part[box])
		return err_set(err, ERR_USAGE, "--cluster: nobody says what the %ss are: 'meshctl "
			       "init' writes a policy that does", opt_rows[OPT_CLUSTER].choices[
			       asked->cluster]);
	if (group != PARTS && !g->part[group])
		return err_set(err, ERR_USAGE, "--collapse: nobody says what the %s are: 'meshctl "
			       "init' writes a policy that does", level_nodes(asked->collapse));
	if (contexts && g->guessed[PART_CONTEXT] && !run->set->quiet &&
	    asked->level.kind != LEVEL_CONTEXT)
		fputs(SESSION_GUESSED, stderr);
	return 0;
}

/* Where a policy names contexts or layers a picture shows them, unless told otherwise. */
static void choose_boxes(const struct settings *set, const struct graph *g,
			 struct graph_wish *asked)
{
	bool layers = g->part[PART_LAYER] && !g->guessed[PART_LAYER];
	bool contexts = g->part[PART_CONTEXT] && !g->guessed[PART_CONTEXT];

	if (!(set->given & OPT_BIT(OPT_CLUSTER)) && (layers || contexts))
		asked->cluster = CLUSTER_POLICY;
}

/* Session and wish are ready, but for what must be known of the graph. */
static int check_and_show(struct run *run, const struct session *session,
			  struct graph_wish *asked, struct err *err)
{
	int rc;

	choose_boxes(run->set, session->graph, asked);
	if (check_parts(run, asked, session->graph, err))
		return -1;
	if (run->set->weigh == WEIGH_SYMBOLS)
		asked->weigh = session_symbols(session, run->set);
	asked->mapping = session->mapping;
	rc = show(run, session, asked, err);
	session_symbols_free(asked->weigh, run->set);
	return rc;
}

/* With findings, or with what changed. */
static int run_judged(struct run *run, const struct session_wish *wish,
		      const struct graph_wish *wished, struct err *err)
{
	struct graph_wish asked = *wished;
	struct graph_judged j;
	const char *rev = asked.light == LIGHT_CHANGED ? graph_light_rev(asked.light_text) : NULL;
	int rc = graph_judge(run, asked.light, rev, wish, &j, err);

	asked.findings = &j.judge.findings;
	asked.diff = &j.diff;
	if (!rc)
		rc = check_and_show(run, &j.judge.session, &asked, err);
	graph_judged_release(&j, run->set);
	return rc;
}

/* What a picture of a change cannot be asked for as well. */
static int check_diff(const struct run *run, struct err *err)
{
	static const enum opt_id others[] = {
		OPT_REV, OPT_STAGED, OPT_LEVEL, OPT_FOCUS, OPT_REACHES, OPT_HIDE, OPT_REDUCE,
		OPT_HIGHLIGHT, OPT_COLLAPSE, OPT_CLUSTER, OPT_STD, OPT_EXTERNAL, OPT_WEIGH,
	};

	for (unsigned i = 0; i < ARRAY_SIZE(others); i++)
		if (run->set->given & OPT_BIT(others[i]))
			return err_set(err, ERR_USAGE, "--diff draws what changed between "
				       "packages, and --%s has no place in it",
				       opt_rows[others[i]].name);
	if (run->noperands)
		return err_set(err, ERR_USAGE, "--diff draws all that changed, not a part: "
			       "'%.80s' is one argument too many", run->operand[0]);
	for (unsigned i = 0; i < run->noutputs; i++)
		if (!writer_of(run->output[i].format)->changes)
			return err_set(err, ERR_USAGE, "--diff has no format %s: 'meshctl diff' "
				       "tells more of a change", run->output[i].format);
	return 0;
}

/* Graphviz takes its time to begin: where there is a second processor it does so meanwhile. */
static struct render_child *start_drawing(const struct run *run)
{
	bool wanted = false;

	for (unsigned i = 0; i < run->noutputs; i++)
		wanted |= !strcmp(run->output[i].format, "svg") ||
			  !strcmp(run->output[i].format, "png");
	return wanted && run->set->jobs != 1 && pool_default_workers() > 1 ? draw_start() : NULL;
}

static int read_and_show(struct run *run, const struct session_wish *wish,
			 struct graph_wish *asked, struct err *err)
{
	struct session session;
	int rc;

	if (asked->light == LIGHT_VIOLATION || asked->light == LIGHT_CHANGED)
		return run_judged(run, wish, asked, err);
	if (session_open(run, wish, &session, err))
		return -1;
	rc = check_and_show(run, &session, asked, err);
	session_close(&session);
	return rc;
}

static int graph_run(struct run *run, struct err *err)
{
	struct session_wish wish = {
		.lines = wants_lines(run), .rev = wants_lines(run), .graph = true,
	};
	struct graph_wish asked;

	if (run->set->diff)
		return check_diff(run, err) ? -1 :
		       diff_command(run, arena_strdup(run->arena, run->set->diff), err);
	if (read_wish(run->set, &asked, err) || check_screen(run, err))
		return -1;
	wish.contexts = asked.cluster == CLUSTER_CONTEXT ||
			(asked.collapsed && asked.collapse.kind == LEVEL_CONTEXT);
	wish.domains = asked.cluster == CLUSTER_DOMAIN;

	struct render_child *early = start_drawing(run);

	asked.early = &early;
	int rc = read_and_show(run, &wish, &asked, err);

	draw_drop(early);
	return rc;
}

static const struct example examples[] = {
	{ "graph", "every import between packages, one pair of them a line" },
	{ "graph --level dir:2 --format dot -o folders.dot", "folders, for Graphviz" },
	{ "graph ./internal/... --json", "what is below internal, and what touches it" },
	{ "graph --focus internal/order --depth 2", "what is two imports around a package" },
	{ "graph --level dir:2 --highlight cut --format dot", "which edges to remove first" },
	{ "graph --focus internal/order --collapse dir:2", "a package among whole folders" },
	{ "graph --level dir:1 --external", "which part of the tree needs which module" },
	{ "graph --level dir:2 --reaches internal/model", "all folders that lead to one" },
	{ "graph --level domain --format dot -o deps.dot",
	  "what `// domain: NAME` comments say, for Graphviz" },
	{ "graph --diff origin/main --format mermaid", "what the working tree changed, for a "
	  "comment" },
	{ "graph --level dir:2 --format matrix", "who imports whom as a table, circles above the "
	  "diagonal" },
	{ "graph --level dir:2 --cluster context --format dot",
	  "folders in a box for each context" },
};

/* What of the graph is drawn. */
static const char *const views[] = {
	"Format matrix is a design structure matrix: a row imports its columns, with the number "
	"of import lines. What is imported stands before what imports it, so that numbers above "
	"the diagonal lead back: the smallest cut of the circles. (Where builds differ, a way "
	"back may need imports of two of them, and is no circle of either.) Nodes of a layer, "
	"else of a context, stand together as far as that allows, with a border around them; "
	"with --cluster those of what it names. It is text of 100 columns, written to a file "
	"that ends in .svg a picture, in .csv a table; text and pictures draw nodes together "
	"where there is no room for all.\n\n"
	"With --diff the picture is of a change: packages whose imports came or went since REV, "
	"what was added green, what is forbidden red, what was removed dashed, and in grey the "
	"imports between these that were there before. REV and BASE..HEAD are as for `meshctl "
	"diff`. Format edges has six columns then: both ends, import lines, the place, added, "
	"removed or changed (of another number of lines), and what the policy says.\n\n"
	"With --focus only what surrounds a node is shown, both who imports it and "
	"what it imports, as far as --depth; with --reaches only what leads to a node "
	"in some build configuration, and the node itself; with both, what surrounds "
	"the one among what leads to the other. All imports between nodes that are "
	"shown are shown. A node is named by its folder, seen from here or from the "
	"top of what is read, by its import path, or by the end of either if it is the "
	"only one; a folder without a node of its own, or with `/...` behind it, "
	"stands for all nodes below it.",
	"With --collapse dir:K, module, layer or context the graph of packages is drawn "
	"with these groups "
	"as one node each, but for the groups that a --focus has packages in: those "
	"packages stay as they are. Without --focus that is the graph at that --level; "
	"but packages in no layer or context stay, and the groups are called layer:NAME "
	"and "
	"context:NAME. "
	"What surrounds the focus is counted in the nodes that are drawn.\n\n"
	"With --std and --external what is imported from outside of the tree is there "
	"as well, at every level: packages of the standard library, each by itself, and "
	"other modules as the go.mod files of the tree require them, by import path "
	"where none does. Two slashes stand before the names of such nodes, because a "
	"folder may be called the same; in a drawing they are grey. They count in no "
	"metric.\n\n"
	"With --hide packages are not shown, nor groups of which all packages are hidden: "
	"those that PATTERN matches, as in the policy (`**/mocks`, `internal/{x}/gen/**`; "
	"by folder or import path), or that a name as for --focus stands for. "
	"Circles, cuts and paths are found before.\n\n"
	"With --reduce an import that other imports in the picture amount to is left out: "
	"of a -> b, b -> c and a -> c the last (the transitive reduction). Who leads to whom "
	"stays as it is. Imports inside a circle all stay, and from one circle to another "
	"the pair with the most import lines; what --highlight marks stays as well.",
	"With --highlight cycles, cut or path:FROM..TO the members of circles and the "
	"imports inside them, the smallest cuts of all knots and the members of these, "
	"or a shortest path that one build configuration holds as a whole, from any "
	"node that FROM stands for to any of TO, are marked: "
	"format edges has a fifth column then, cycle, cut, path or -; format json a "
	"member highlight of nodes and edges, and with cut a member knots with the "
	"lower bound of each cut; format dot draws circles and cuts red, a "
	"path blue, and no other circles. With violations imports that a rule about imports has a "
	"finding for, where the policy, a comment or the baseline accepts it as `accepted`; with "
	"changed:REV what is different from the commit that REV and this have in common: packages "
	"with other files, imports with other lines, and what is new as `added`. "
	"What is marked is found in the whole graph, whatever is shown of it.\n\n"
	"With --weigh symbols an edge weighs as many exported symbols of the other side "
	"as its files use, each counted once, and one for a blank or a dot import; that "
	"takes reading the files to their ends. Widths, cuts and the third column are "
	"then about these, and format json has the number as a member symbols.",
	NULL
};

static const char *const see_also[] = { "cycles", "list", "analyze", NULL };

const struct command command_graph = {
	.name = "graph", .summary = "print who imports whom, at any level",
	.group = GROUP_LOOK, .operands = "[PATTERN]", .min_operands = 0, .max_operands = 1,
	.detail = "Nodes are packages, each named after its folder (\".\" is the topmost), or "
		  "at --level dir:K, module, layer, context and domain the groups of them; "
		  "packages that are in no layer, context or domain are not there then, "
		  "and are counted. A "
		  "domain is what a comment `// domain: NAME` says, else the context. An import is "
		  "in the graph "
		  "when some build configuration builds the file that holds it. With a PATTERN "
		  "the graph holds what the pattern asks for, and what imports that or is "
		  "imported by it.\n\n"
		  "Format edges prints a line for each pair, with four columns between tabs: "
		  "the importing node, the imported one, the number of import lines, or with "
		  "--weigh symbols of symbols, and the "
		  "place of the first import as path:line:column. Controls in names are "
		  "escaped.\n\n"
		  "Format json is one object: nodes with their files, lines and build "
		  "configurations, and edges with every import line. Member configs of an edge "
		  "names the configurations where its ordinary imports are built, tests those "
		  "of its test imports.\n\n"
		  "Format dot is for Graphviz. Nodes and edges of circles are red, as far as "
		  "one build configuration holds the whole circle; those that only tests have "
		  "are dashed; an edge is the wider the more it weighs. Each module "
		  "has a box where there are several. With --cluster layer, context or domain each "
		  "of these has one, around the nodes that are in it with all of their packages; "
		  "others stand outside of all boxes; format json has it as the member cluster of "
		  "a node.\n\n"
		  "Format mermaid is that drawing for Markdown: at most 500 edges and 50,000 "
		  "characters, marked ones first; it says what it lacks.\n\n"
		  "Formats svg and png are the drawing itself, laid out by Graphviz (Debian: "
		  "libgvc6, and a font) in a process with a clock and a limit of memory: what "
		  "hangs or crashes is an error with status 3, and no file. More than 60 nodes "
		  "are drawn together, which is said. Nodes and edges of an SVG have "
		  "tooltips; a PNG that is too large is scaled down, which is said.\n\n"
		  "Format graphml is for yEd, Gephi, networkx and their like, with label, kind, "
		  "mark, cluster, size and tooltip of the nodes, and weight, kind and mark of the "
		  "edges.\n\n"
		  "Imports of test files, external test packages and packages that have nothing "
		  "but tests are left out without --tests. At level test a package and its "
		  "external tests are one node, and test imports always count.",
	.more = views,
	.options = OPT_BIT(OPT_DIR) | OPT_TREE | OPT_BIT(OPT_FORMAT) | OPT_BIT(OPT_JSON) |
		   OPT_BIT(OPT_OUTPUT) | OPT_BIT(OPT_LEVEL) | OPT_BIT(OPT_TESTS) |
		   OPT_BIT(OPT_FOCUS) | OPT_BIT(OPT_DEPTH) | OPT_BIT(OPT_REACHES) |
		   OPT_BIT(OPT_HIDE) | OPT_BIT(OPT_REDUCE) | OPT_BIT(OPT_HIGHLIGHT) |
		   OPT_BIT(OPT_DIFF) |
		   OPT_BIT(OPT_WEIGH) | OPT_BIT(OPT_NO_CACHE) |
		   OPT_BIT(OPT_COLLAPSE) | OPT_BIT(OPT_CLUSTER) | OPT_BIT(OPT_THEME) |
		   OPT_BIT(OPT_STD) | OPT_BIT(OPT_EXTERNAL) |
		   OPT_BIT(OPT_CONFIG) |
		   OPT_BIT(OPT_PLATFORM) | OPT_BIT(OPT_TAGS) | OPT_BIT(OPT_CGO) | OPT_BIT(OPT_GO) |
		   OPT_BIT(OPT_JOBS) | OPT_BIT(OPT_COLOR) | OPT_BIT(OPT_QUIET),
	.formats = formats, .suffixes = suffixes, .run = graph_run,
	.examples = examples, .nexamples = ARRAY_SIZE(examples),
	.see_also = see_also,
};
