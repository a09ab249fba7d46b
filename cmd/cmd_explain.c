/* SPDX-License-Identifier: MIT */
/*
 * cmd_explain.c - meshctl explain: rules and why they matter, metrics and how to
 * read them, findings by their short id, packages and imports of the tree.
 */
#include "cmd/explain_finding.h"
#include "cmd/explain_tree.h"
#include "cmd/metric.h"
#include "cmd/output.h"

#include "analyzers/policy/rule.h"
#include "analyzers/tactic.h"
#include "base/json.h"
#include "base/suggest.h"
#include "base/text.h"

#include <string.h>

#define SCREEN 100u                     /* columns of the list */
#define PROSE 88u
#define LABEL 8u                        /* "why     " */

static const char *const level_color[SEV_COUNT] = {
	[SEV_OFF] = "\x1b[2m",
	[SEV_INFO] = "\x1b[36m",
	[SEV_WARNING] = "\x1b[33m",
	[SEV_ERROR] = "\x1b[31m",
};

/* What is explained: one of both, or everything. */
struct thing {
	const struct rule *rule;
	const struct metric *metric;
	const struct tactic *tactic;
};

static bool find_thing(const char *text, struct thing *ret)
{
	*ret = (struct thing){ rule_find(text), metric_find(text), tactic_find(text) };
	return ret->rule || ret->metric || ret->tactic;
}

/* False where nothing of the tables is near; *err says that it is nothing at all then. */
static bool suggest_things(const char *text, struct err *err)
{
	char near[SUGGEST_BYTES];
	struct suggest s;

	suggest_init(&s, text);
	for (unsigned i = 0; i < RULE_COUNT; i++) {
		suggest_offer(&s, rule_rows[i].name);
		suggest_offer(&s, rule_rows[i].id);
	}
	for (unsigned i = 0; i < METRIC_COUNT; i++) {
		suggest_offer(&s, metric_rows[i].id);
		if (strcmp(metric_rows[i].id, metric_rows[i].name))
			suggest_offer(&s, metric_rows[i].name);
	}
	for (unsigned i = 0; i < TACTIC_COUNT; i++)
		suggest_offer(&s, tactic_rows[i].id);
	err_set(err, ERR_USAGE, "unknown rule, metric, tactic, finding or package '%.100s'%s", text,
		s.count ? suggest_text(&s, "", near) : "; 'meshctl explain' lists what is no part "
		"of a tree");
	return s.count;
}

static void print_level(const struct output *o, enum severity level, int width)
{
	fprintf(o->file, "%s%-*s%s", o->color ? level_color[level] : "", width,
		severity_name[level], o->color ? "\x1b[0m" : "");
}

static void list_metrics(FILE *out)
{
	size_t ids = 0, names = 0;

	for (unsigned i = 0; i < METRIC_COUNT; i++) {
		const struct metric *m = &metric_rows[i];

		ids = strlen(m->id) > ids ? strlen(m->id) : ids;
		names = strlen(m->name) > names ? strlen(m->name) : names;
	}
	fprintf(out, "\n%-*s %-*s  %s\n", (int)ids, "metric", (int)names, "name",
		"how it is computed");
	for (unsigned i = 0; i < METRIC_COUNT; i++) {
		const struct metric *m = &metric_rows[i];
		size_t id = ids > strlen("metric") ? ids : strlen("metric");

		fprintf(out, "%-*s %-*s  ", (int)id, m->id, (int)names, m->name);
		text_wrap(out, m->formula, (unsigned)(id + 1 + names + 2), SCREEN);
	}
}

static void list_tactics(FILE *out)
{
	size_t ids = 0;

	for (unsigned i = 0; i < TACTIC_COUNT; i++)
		ids = strlen(tactic_rows[i].id) > ids ? strlen(tactic_rows[i].id) : ids;
	fprintf(out, "\n%-*s  %s\n", (int)ids, "tactic",
		"where `cycles` proposes it; the first that fits");
	for (unsigned i = 0; i < TACTIC_COUNT; i++) {
		fprintf(out, "%-*s  ", (int)ids, tactic_rows[i].id);
		text_wrap(out, tactic_rows[i].when, (unsigned)ids + 2, SCREEN);
	}
}

static void text_list(const struct output *o)
{
	int width = 0;

	for (unsigned i = 0; i < RULE_COUNT; i++)
		width = (int)strlen(rule_rows[i].name) > width ? (int)strlen(rule_rows[i].name)
							       : width;
	fprintf(o->file, "%-6s %-*s  %-7s  %s\n", "id", width, "rule", "level", "what it finds");
	for (unsigned i = 0; i < RULE_COUNT; i++) {
		const struct rule *r = &rule_rows[i];

		fprintf(o->file, "%-6s %-*s  ", r->id, width, r->name);
		print_level(o, r->severity, 7);
		fputs("  ", o->file);
		text_wrap(o->file, r->summary, 7 + (unsigned)width + 2 + 7 + 2, SCREEN);
	}
	list_metrics(o->file);
	list_tactics(o->file);
	fputs("\nmeshctl explain RULE says why it matters and what to do, meshctl explain METRIC "
	      "how to\nread it, meshctl explain TACTIC how to do it.\n",
	      o->file);
}

static void print_labelled(FILE *out, const char *label, const char *text)
{
	fprintf(out, "%-*s", (int)LABEL, label);
	text_wrap(out, text, LABEL, PROSE);
}

static void text_rule(const struct output *o, const struct rule *r)
{
	FILE *out = o->file;

	fprintf(out, "%s%s %s%s\n", o->color ? "\x1b[1m" : "", r->id, r->name,
		o->color ? "\x1b[0m" : "");
	text_wrap(out, r->summary, 0, PROSE);
	fputc('\n', out);
	print_labelled(out, "why", r->why);
	fputc('\n', out);
	print_labelled(out, "fix", r->fix);
	fprintf(out, "\n%-*s", (int)LABEL, "level");
	print_level(o, r->severity, 0);
	fputc('\n', out);
}

static void text_metric(const struct output *o, const struct metric *m)
{
	FILE *out = o->file;

	fprintf(out, "%s%s  %s%s\n", o->color ? "\x1b[1m" : "", m->id, m->name,
		o->color ? "\x1b[0m" : "");
	print_labelled(out, "formula", m->formula);
	print_labelled(out, "unit", m->unit);
	fputc('\n', out);
	print_labelled(out, "read", m->meaning);
	fputc('\n', out);
	print_labelled(out, "source", m->source);
	print_labelled(out, "see", metric_shown(m));
}

static void text_tactic(const struct output *o, const struct tactic *t)
{
	FILE *out = o->file;

	fprintf(out, "%s%s%s\n", o->color ? "\x1b[1m" : "", t->id, o->color ? "\x1b[0m" : "");
	print_labelled(out, "when", t->when);
	print_labelled(out, "words", t->words);
	fputc('\n', out);
	print_labelled(out, "how", t->note);
	fputc('\n', out);
	print_labelled(out, "see", "meshctl cycles: the column `try` of a cut");
}

static void json_tactics(struct json_out *j, const struct thing *only)
{
	json_out_open(j, "tactics", JSON_ARRAY);
	for (unsigned i = 0; i < TACTIC_COUNT; i++) {
		const struct tactic *t = &tactic_rows[i];

		if (only && only->tactic != t)
			continue;
		struct json *row = json_object();

		json_set_text(row, "id", t->id);
		json_set_text(row, "when", t->when);
		json_set_text(row, "words", t->words);
		json_set_text(row, "note", t->note);
		json_out_value(j, row);
	}
	json_out_close(j);
}

static void json_rules(struct json_out *j, const struct thing *only)
{
	json_out_open(j, "rules", JSON_ARRAY);
	for (unsigned i = 0; i < RULE_COUNT; i++) {
		const struct rule *r = &rule_rows[i];

		if (only && only->rule != r)
			continue;
		struct json *row = json_object();

		json_set_text(row, "id", r->id);
		json_set_text(row, "name", r->name);
		json_set_text(row, "level", severity_name[r->severity]);
		json_set_text(row, "summary", r->summary);
		json_set_text(row, "why", r->why);
		json_set_text(row, "fix", r->fix);
		json_out_value(j, row);
	}
	json_out_close(j);
}

static void json_metrics(struct json_out *j, const struct thing *only)
{
	json_out_open(j, "metrics", JSON_ARRAY);
	for (unsigned i = 0; i < METRIC_COUNT; i++) {
		const struct metric *m = &metric_rows[i];

		if (only && only->metric != m)
			continue;
		struct json *row = json_object();

		json_set_text(row, "id", m->id);
		json_set_text(row, "name", m->name);
		json_set_text(row, "of", metric_of(m));
		json_set_text(row, "unit", m->unit);
		json_set_text(row, "formula", m->formula);
		json_set_text(row, "source", m->source);
		json_set_text(row, "meaning", m->meaning);
		json_out_value(j, row);
	}
	json_out_close(j);
}

static int json_things(const struct output *o, const struct thing *only, struct err *err)
{
	struct json_out j;

	json_out_init(&j, o->file, JSON_INDENTED);
	json_out_open(&j, NULL, JSON_OBJECT);
	json_out_int(&j, "schema", 1);
	json_rules(&j, only);
	json_metrics(&j, only);
	json_tactics(&j, only);
	json_out_close(&j);
	return json_out_finish(&j, err);
}

/* "./x" is a package, "#x" a finding, whatever else is called x. */
static bool is_path(const char *text)
{
	return text[0] == '.' || text[0] == '/';
}

static int package(struct run *run, const char *text, struct err *err)
{
	struct err other = ERR_INIT;
	struct explain_tree t;
	uint32_t node, meant;
	int rc = -1;

	if (explain_tree_open(run, &t, err)) {
		/* Where there is no tree, what is meant is none of the tables. */
		if (err->code == ERR_INPUT && !is_path(text)) {
			suggest_things(text, &other);
			*err = other;
		}
	} else if (!explain_tree_package(&t, text, &node, &meant, err)) {
		rc = explain_package(run, &t, node, err);
	} else if (!is_path(text) && !meant && suggest_things(text, &other)) {
		*err = other;
	} else if (!is_path(text) && !meant) {
		err_wrap(err, "not a rule, metric, tactic or finding");
	}
	explain_tree_close(&t, run->set);
	return rc;
}

static int import(struct run *run, struct err *err)
{
	struct explain_tree t;
	int rc = explain_tree_open(run, &t, err);

	if (!rc)
		rc = explain_import(run, &t, run->operand[0], run->operand[1], err);
	explain_tree_close(&t, run->set);
	return rc;
}

/* A folder may be called as an id begins: it is meant where no finding is. */
static int finding(struct run *run, const char *id, struct err *err)
{
	struct err other = ERR_INIT;
	bool none;
	int rc = explain_finding(run, id, &none, err);

	if (rc >= 0 || !none || *id == '#')
		return rc;
	rc = package(run, id, &other);
	if (rc >= 0)
		*err = (struct err)ERR_INIT;
	return rc;
}

static int run(struct run *run, struct err *err)
{
	const char *text = run->noperands ? run->operand[0] : NULL;
	struct thing thing = { NULL, NULL, NULL };

	if (run->noperands == 2)
		return import(run, err);
	if (text && (is_path(text) || !find_thing(text, &thing)))
		return is_finding_id(text) ? finding(run, text, err) : package(run, text, err);
	for (unsigned i = 0; i < run->noutputs; i++) {
		const struct output *o = &run->output[i];

		if (!strcmp(o->format, "json")) {
			if (json_things(o, text ? &thing : NULL, err) < 0)
				return -1;
		} else if (thing.rule) {
			text_rule(o, thing.rule);
		} else if (thing.metric) {
			text_metric(o, thing.metric);
		} else if (thing.tactic) {
			text_tactic(o, thing.tactic);
		} else {
			text_list(o);
		}
	}
	return EXIT_CLEAN;
}

static const char *const formats[] = { "text", "json", NULL };
static const char *const see_also[] = { "analyze", "cycles", "layers", "metrics", "why", NULL };
static const struct example examples[] = {
	{ "explain", "list the rules and the metrics" },
	{ "explain import-cycle",
	  "why folders in a circle matter, when they do not, and where to cut" },
	{ "explain NCCD", "how a metric is computed, who defined it and how to read it" },
	{ "explain MC110 --json", "the same about a rule by its id, for a program" },
	{ "explain 7f3a2c", "one finding of the tree here, all of it" },
	{ "explain internal/service/order", "a package: layer and context, by which line, and who "
	  "is around it" },
	{ "explain internal/model internal/service", "may the one import the other, and who says "
	  "so" },
};

const struct command command_explain = {
	.name = "explain",
	.summary = "explain a rule, a metric, a finding, a package, an import",
	.group = GROUP_START,
	.operands = "[THING [TO]]",
	.max_operands = 2,
	.detail = "THING is a rule, by the name or the id that stands behind every finding, as "
		  "import-cycle or MC101; or a metric, as Ca or propagation-cost; or a finding of "
		  "the tree here, by its short id, with # before it or without, or its "
		  "fingerprint; or a package, by its folder, seen from here or from the top of "
		  "what is read, its import path, or the end of either if it is the only one. "
		  "They are tried in this order; ./NAME is a package and #ID a finding, whatever "
		  "else is called so. Without it the rules are listed with their level, then the "
		  "metrics and the tactics.\n\n"
		  "Of a package it says in which layer and context it is or that it is shared, "
		  "which pattern of which line decided, which patterns lost against it and in "
		  "which segment; its metrics; what it imports and who imports it, by layer, each "
		  "with the verdict and the line that decides; what it imports from outside that "
		  "it must not; and what was found about it. Without a policy the neighbours are "
		  "told by folder.\n\n"
		  "Of two, FROM and TO, it says whether FROM may import TO, be there such an "
		  "import today or not: what Go says (internal folders, programs, circles), the "
		  "pair of layers, the pair of contexts, what the other context publishes, the "
		  "lists of other modules and standard packages, also of what TO would bring "
		  "along through packages of no layer; each with the line that decides. Then the "
		  "import lines, the exceptions and the entries of the baseline that hold it, and "
		  "how to do without. TO may be outside of the tree, and need not be imported by "
		  "anybody.\n\n"
		  "Of a finding that has a cost it says what that is, and how `meshctl debt` ranks "
		  "what it belongs to: every number with its formula, its inputs and its "
		  "source.\n\n"
		  "For a finding, a package and an import the tree is read and judged as analyze "
		  "does; for a finding every rule runs at every level. Options that choose what is "
		  "read have no meaning for the rest. --all prints what a screen leaves out.",
	.options = OPT_BIT(OPT_DIR) | OPT_TREE | OPT_BIT(OPT_FORMAT) | OPT_BIT(OPT_JSON) |
		   OPT_BIT(OPT_OUTPUT) | OPT_BIT(OPT_CONFIG) | OPT_BIT(OPT_NOW) |
		   OPT_BIT(OPT_ALL) | OPT_BIT(OPT_NO_CACHE) |
		   OPT_BIT(OPT_PLATFORM) | OPT_BIT(OPT_TAGS) |
		   OPT_BIT(OPT_CGO) | OPT_BIT(OPT_GO) | OPT_BIT(OPT_JOBS) | OPT_BIT(OPT_COLOR) |
		   OPT_BIT(OPT_QUIET),
	.formats = formats,
	.run = run,
	.examples = examples,
	.nexamples = ARRAY_SIZE(examples),
	.see_also = see_also,
};
