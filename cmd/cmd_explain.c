/* SPDX-License-Identifier: MIT */
/* cmd_explain.c - meshctl explain: the rules, and why each of them matters. */
#include "cmd/output.h"

#include "analyzers/policy/rule.h"
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

static const struct rule *rule_or_near(const char *text, struct err *err)
{
	const struct rule *r = rule_find(text);
	char near[SUGGEST_BYTES];
	struct suggest s;

	if (r)
		return r;
	suggest_init(&s, text);
	for (unsigned i = 0; i < RULE_COUNT; i++) {
		suggest_offer(&s, rule_rows[i].name);
		suggest_offer(&s, rule_rows[i].id);
	}
	err_set(err, ERR_USAGE, "unknown rule '%.100s'%s", text,
		s.count ? suggest_text(&s, "", near) : "; 'meshctl explain' lists them");
	return NULL;
}

static void print_level(const struct output *o, enum severity level, int width)
{
	fprintf(o->file, "%s%-*s%s", o->color ? level_color[level] : "", width,
		severity_name[level], o->color ? "\x1b[0m" : "");
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
	fputs("\nmeshctl explain RULE says why it matters and what to do.\n", o->file);
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

static int json_rules(const struct output *o, const struct rule *only, struct err *err)
{
	struct json_out j;

	json_out_init(&j, o->file, JSON_INDENTED);
	json_out_open(&j, NULL, JSON_OBJECT);
	json_out_int(&j, "schema", 1);
	json_out_open(&j, "rules", JSON_ARRAY);
	for (unsigned i = 0; i < RULE_COUNT; i++) {
		const struct rule *r = &rule_rows[i];

		if (only && only != r)
			continue;
		struct json *row = json_object();

		json_set_text(row, "id", r->id);
		json_set_text(row, "name", r->name);
		json_set_text(row, "level", severity_name[r->severity]);
		json_set_text(row, "summary", r->summary);
		json_set_text(row, "why", r->why);
		json_set_text(row, "fix", r->fix);
		json_out_value(&j, row);
	}
	json_out_close(&j);
	json_out_close(&j);
	return json_out_finish(&j, err);
}

static int run(struct run *run, struct err *err)
{
	const struct rule *only = NULL;

	if (run->noperands && !(only = rule_or_near(run->operand[0], err)))
		return -1;
	for (unsigned i = 0; i < run->noutputs; i++) {
		const struct output *o = &run->output[i];

		if (!strcmp(o->format, "json")) {
			if (json_rules(o, only, err) < 0)
				return -1;
		} else if (only) {
			text_rule(o, only);
		} else {
			text_list(o);
		}
	}
	return EXIT_CLEAN;
}

static const char *const formats[] = { "text", "json", NULL };
static const char *const see_also[] = { "analyze", "cycles", NULL };
static const struct example examples[] = {
	{ "explain", "list the rules" },
	{ "explain import-cycle",
	  "why folders in a circle matter, when they do not, and where to cut" },
	{ "explain MC110 --json", "the same about a rule by its id, for a program" },
};

const struct command command_explain = {
	.name = "explain",
	.summary = "say what a rule finds, why it matters and what to do",
	.group = GROUP_START,
	.operands = "[RULE]",
	.max_operands = 1,
	.detail = "RULE is the name or the id that stands behind every finding, as import-cycle or "
		  "MC101. Without it the rules are listed with their level.",
	.options = OPT_BIT(OPT_DIR) | OPT_BIT(OPT_FORMAT) | OPT_BIT(OPT_JSON) |
		   OPT_BIT(OPT_OUTPUT) | OPT_BIT(OPT_COLOR),
	.formats = formats,
	.run = run,
	.examples = examples,
	.nexamples = ARRAY_SIZE(examples),
	.see_also = see_also,
};
