/* SPDX-License-Identifier: MIT */
/* cmd_policy.c - meshctl policy: check the policy file, print what it comes to, its schema. */
#include "cmd/output.h"
#include "cmd/policy_import.h"
#include "cmd/report/report.h"
#include "cmd/session.h"

#include "analyzers/policy/discover.h"
#include "analyzers/policy/policy_check.h"
#include "analyzers/policy/schema.h"
#include "base/suggest.h"
#include "base/text.h"

#include <string.h>

#define SCREEN 100u
#define LISTED 10u                      /* folders without a layer that a screen names */

static bool is_json(const struct output *o)
{
	return o->format && !strcmp(o->format, "json");
}

static struct source_options options_of(const struct run *run)
{
	return (struct source_options){
		.dir = ".", .rev = run->set->rev, .staged = run->set->staged,
		.pattern = run->noperands > 1 ? run->operand[1] : NULL,
	};
}

static int no_policy(struct err *err)
{
	return err_set(err, ERR_CONFIG, "no " POLICY_FILE " from here up to the repository's root: "
		       "'meshctl policy print --defaults' shows what may be in one");
}

/* What `policy check` shows: either problems of the file, or a policy with its packages. */
struct check {
	const struct policy *policy;
	struct policy_problems problems;
	const struct mapping *mapping;
	const struct policy_note *note;
	uint32_t nnotes;
	const char *const *nested;
	uint32_t nnested;
	enum exit_status status;
	const char *incomplete;
};

static void json_place(struct json *o, const char *path, uint32_t line, uint32_t col)
{
	json_set_text(o, "path", path);
	json_set_int(o, "line", line);
	json_set_int(o, "column", col);
}

static void json_mapping(struct json_out *j, const struct check *c)
{
	const struct mapping *m = c->mapping;

	json_out_open(j, "mapping", JSON_OBJECT);
	json_out_int(j, "packages", m->packages);
	json_out_int(j, "mapped", m->mapped);
	json_out_int(j, "shared", m->shared);
	json_out_int(j, "unmapped", m->unmapped);
	json_out_int(j, "outside", m->outside);
	json_out_close(j);
	json_out_open(j, "layers", JSON_ARRAY);
	for (uint32_t i = 0; i < c->policy->nlayers; i++) {
		struct json *o = json_object();

		json_set_text(o, "name", c->policy->layer[i].name);
		json_set_int(o, "packages", m->layer_packages[i]);
		json_out_value(j, o);
	}
	json_out_close(j);
	json_out_open(j, "contexts", JSON_ARRAY);
	for (uint32_t i = 0; i < m->ncontexts; i++) {
		struct json *o = json_object();

		json_set_text(o, "name", sym_text(m->source->syms, m->context[i].name));
		json_set_int(o, "packages", m->context[i].packages);
		json_out_value(j, o);
	}
	json_out_close(j);
}

static int write_json(const struct check *c, const struct output *out, struct err *err)
{
	struct json_out j;

	json_out_init(&j, out->file, JSON_INDENTED);
	json_out_open(&j, NULL, JSON_OBJECT);
	json_out_int(&j, "schema", 1);
	json_out_int(&j, "status", c->status);
	json_out_text(&j, "policy", c->policy ? c->policy->path : NULL);
	json_out_open(&j, "problems", JSON_ARRAY);
	for (uint32_t i = 0; i < c->problems.count; i++) {
		const struct policy_problem *p = &c->problems.item[i];
		struct json *o = json_object();

		json_place(o, p->at.file, p->at.line, p->at.col);
		json_set_text(o, "level", severity_name[SEV_ERROR]);
		json_set_text(o, "message", p->text);
		json_out_value(&j, o);
	}
	for (uint32_t i = 0; i < c->nnotes; i++) {
		struct json *o = json_object();

		json_place(o, c->note[i].at.file, c->note[i].at.line, c->note[i].at.col);
		json_set_text(o, "level", severity_name[SEV_WARNING]);
		json_set_text(o, "message", c->note[i].text);
		json_out_value(&j, o);
	}
	json_out_close(&j);
	if (c->mapping)
		json_mapping(&j, c);
	json_out_close(&j);
	return json_out_finish(&j, err);
}

static void put_line(FILE *out, struct arena *arena, struct policy_pos at, const char *level,
		     const char *text)
{
	const char *head = arena_printf(arena, "%s:%u:%u: %s: ", text_escape(arena, at.file),
					at.line, at.col, level);

	fputs(head, out);
	text_wrap_from(out, text_escape(arena, text), text_width(head), 4, SCREEN);
}

/* "domain 12, application 3" in lines behind a label. */
static void put_counts(FILE *out, const char *label, const char *text)
{
	fprintf(out, "%-10s", label);
	text_wrap(out, *text ? text : "none", 10, SCREEN);
}

static void put_groups(FILE *out, const struct check *c, struct arena *arena)
{
	const struct mapping *m = c->mapping;
	const char *layers = "", *contexts = "";

	for (uint32_t i = 0; i < c->policy->nlayers; i++)
		layers = arena_printf(arena, "%s%s%s" TEXT_GLUE "%u", layers, i ? ", " : "",
				      text_escape(arena, c->policy->layer[i].name),
				      m->layer_packages[i]);
	for (uint32_t i = 0; i < m->ncontexts; i++)
		contexts = arena_printf(arena, "%s%s%s" TEXT_GLUE "%u", contexts, i ? ", " : "",
					text_escape(arena, sym_text(m->source->syms,
								    m->context[i].name)),
					m->context[i].packages);
	put_counts(out, "layers", layers);
	put_counts(out, "contexts", contexts);
}

/* Unmapped packages by the first folder of their path, the most first. */
struct folder { const char *name; uint32_t packages; };

static int by_packages(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct folder *a = va, *b = vb;

	if (a->packages != b->packages)
		return a->packages > b->packages ? -1 : 1;
	return strcmp(a->name, b->name);
}

static void put_unmapped(FILE *out, const struct check *c, struct arena *arena)
{
	const struct mapping *m = c->mapping;
	struct folder *list = arena_array(arena, struct folder, m->graph->npkgs);
	uint32_t count = 0;
	const char *text = text_count(arena, m->unmapped, "package", "packages");

	for (uint32_t p = 0; p < m->graph->npkgs; p++) {
		const char *id = sym_text(m->source->syms, m->graph->id[p]);
		size_t len = strcspn(id, "/");
		uint32_t i = 0;

		if (!placement_unmapped(&m->of[p]) || m->of[p].outside ||
		    m->graph->flags[p] & NODE_XTEST)
			continue;
		while (i < count &&
		       (strncmp(list[i].name, id, len) || list[i].name[len]))
			i++;
		if (i == count)
			list[count++].name = arena_strndup(arena, id, len);
		list[i].packages++;
	}
	sort_with(list, count, sizeof(*list), by_packages, NULL);
	for (uint32_t i = 0; i < count && i < LISTED; i++)
		text = arena_printf(arena, "%s%s %s" TEXT_GLUE "%u", text, i ? "," : ":",
				    text_escape(arena, list[i].name), list[i].packages);
	if (count > LISTED)
		text = arena_printf(arena, "%s, %u more folders", text, count - LISTED);
	put_counts(out, "unmapped", text);
}

static int write_text(const struct check *c, const struct output *o)
{
	struct arena arena = ARENA_INIT;
	FILE *out = o->file;

	for (uint32_t i = 0; i < c->problems.count; i++)
		put_line(out, &arena, c->problems.item[i].at, "error", c->problems.item[i].text);
	for (uint32_t i = 0; i < c->nnotes; i++)
		put_line(out, &arena, c->note[i].at, "warning", c->note[i].text);
	if (c->nnotes)
		fputc('\n', out);
	if (c->mapping && c->policy) {
		const struct policy *p = c->policy;

		fprintf(out, "policy    %s%s%s%s, %u of %u packages mapped\n",
			text_escape(&arena, p->path), p->extends.text ? " (extends " : "",
			p->extends.text ? p->extends.text : "", p->extends.text ? ")" : "",
			c->mapping->mapped + c->mapping->shared, c->mapping->packages);
		put_groups(out, c, &arena);
		fprintf(out, "shared    %s\n",
			text_count(&arena, c->mapping->shared, "package", "packages"));
		put_unmapped(out, c, &arena);
		if (c->mapping->outside)
			fprintf(out, "outside   %s, not below '%s', where the policy stands\n",
				text_count(&arena, c->mapping->outside, "package", "packages"),
				text_escape(&arena, p->folder));
		for (uint32_t i = 0; i < c->nnested; i++)
			fprintf(out, "nested    %s does not apply here\n",
				text_escape(&arena, c->nested[i]));
	}
	fprintf(out, "result    %s, %s; exit %d\n",
		text_count(&arena, c->problems.count, "error", "errors"),
		text_count(&arena, c->nnotes, "warning", "warnings"), c->status);
	arena_release(&arena);
	return 0;
}

static enum exit_status status_of(const struct run *run, const struct check *c)
{
	enum severity fail_on = run->set->given & OPT_BIT(OPT_FAIL_ON) ?
					(enum severity)run->set->fail_on : c->policy->fail_on.value;
	bool fails = c->nnotes && fail_on != SEV_OFF && fail_on <= SEV_WARNING;

	return exit_worse(c->status, fails ? EXIT_FINDINGS : EXIT_CLEAN);
}

static int look(struct run *run, const struct session *session, struct check *c, struct err *err)
{
	const struct report work = { .source = session->source, .graph = session->graph };

	c->policy = session->policy;
	c->mapping = session->mapping;
	if (!c->mapping)
		return no_policy(err);
	c->nnotes = policy_check(c->mapping, run->arena, &c->note);
	c->nnested = policy_nested(c->policy, session->source, run->arena, &c->nested);
	c->status = report_status(&work, run->arena, &c->incomplete);
	c->status = status_of(run, c);
	return 0;
}

static int write_check(struct run *run, const struct check *c, struct err *err)
{
	for (unsigned i = 0; i < run->noutputs; i++) {
		const struct output *o = &run->output[i];

		if ((is_json(o) ? write_json(c, o, err) : write_text(c, o)) < 0)
			return -1;
	}
	return 0;
}

static int check(struct run *run, struct err *err)
{
	const struct session_wish wish = { .graph = true };
	struct source_options o = options_of(run);
	struct check c = { .status = EXIT_CLEAN };
	struct run pattern = *run;
	struct session session;
	struct err bad = ERR_INIT;
	int rc;

	if (policy_load(&o, run->set->config, run->arena, &c.policy, &c.problems, &bad) < 0) {
		/* What is wrong with the file is what was asked for: the answer, not an error. */
		if (!c.problems.count)
			return *err = bad, -1;
		c.policy = NULL;
		c.status = EXIT_USAGE;
		fprintf(stderr, "meshctl: the policy cannot be used: %s\n",
			text_count(run->arena, c.problems.count, "error", "errors"));
		return write_check(run, &c, err) < 0 ? -1 : (int)c.status;
	}
	pattern.operand++;
	pattern.noperands--;
	if (session_open(&pattern, &wish, &session, err) < 0)
		return -1;
	rc = look(run, &session, &c, err);
	if (!rc)
		rc = write_check(run, &c, err);
	if (!rc)
		session_doubts(&session, run->set, c.incomplete);
	session_close(&session);
	return rc ? rc : (int)c.status;
}

static struct json *json_scalar(const struct yaml_node *n)
{
	struct json *holder = json_object();
	uint32_t number;
	bool flag;

	if (yaml_bool(n, &flag))
		json_set_bool(holder, "value", flag);
	else if (yaml_uint(n, &number))
		json_set_int(holder, "value", number);
	else
		json_set_text(holder, "value", yaml_is_null(n) ? NULL : n->text);
	json_set_text(holder, "from", n->file);
	json_set_int(holder, "line", n->line);
	return holder;
}

/* Each value with its place; as deep as the schema, which the tree was read by. */
static struct json *json_tree(const struct yaml_node *n)
{
	struct json *o;

	switch (n->kind) {
	case YAML_TEXT:
		return json_scalar(n);
	case YAML_LIST:
		o = json_array();
		for (uint32_t i = 0; i < n->count; i++)
			json_push(o, json_tree(n->item[i]));
		return o;
	case YAML_MAP:
		o = json_object();
		for (uint32_t i = 0; i < n->count; i++)
			json_set(o, n->pair[i].key->text, json_tree(n->pair[i].value));
		return o;
	}
	BUG("yaml kind %d", (int)n->kind);
}

static int print(struct run *run, struct err *err)
{
	struct source_options o = options_of(run);
	const struct policy *p = NULL;
	struct json_out j;
	int rc = 0;

	if (!run->set->defaults &&
	    policy_load(&o, run->set->config, run->arena, &p, NULL, err) < 0)
		return -1;
	if (p && !p->found)
		return no_policy(err);
	for (unsigned i = 0; i < run->noutputs && !rc; i++) {
		const struct output *out = &run->output[i];

		if (!p && is_json(out))
			return err_set(err, ERR_USAGE, "--defaults is printed as YAML: 'meshctl "
				       "policy schema' has the defaults as JSON");
		if (!p) {
			schema_write_defaults(out->file);
		} else if (!is_json(out)) {
			policy_write(p, out->file);
		} else {
			json_out_init(&j, out->file, JSON_INDENTED);
			json_out_open(&j, NULL, JSON_OBJECT);
			json_out_int(&j, "schema", 1);
			json_out_member(&j, "policy", json_tree(p->tree));
			json_out_close(&j);
			rc = json_out_finish(&j, err);
		}
	}
	return rc ? rc : EXIT_CLEAN;
}

static int schema(struct run *run, struct err *err)
{
	for (unsigned i = 0; i < run->noutputs; i++)
		if (schema_write_json(run->output[i].file, err) < 0)
			return -1;
	return EXIT_CLEAN;
}

static const struct action {
	const char *name;
	int max_operands;
	int (*run)(struct run *run, struct err *err);
} actions[] = {
	{ "check", 2, check },
	{ "print", 2, print },
	{ "schema", 1, schema },
	{ "import", 2, policy_import },
};

static int run_action(struct run *run, struct err *err)
{
	const char *name = run->operand[0];
	char near[SUGGEST_BYTES];
	struct suggest s;

	suggest_init(&s, name);
	for (unsigned i = 0; i < ARRAY_SIZE(actions); i++) {
		suggest_offer(&s, actions[i].name);
		if (strcmp(actions[i].name, name))
			continue;
		if (run->noperands > actions[i].max_operands)
			return err_set(err, ERR_USAGE, "unexpected operand '%.100s'",
				       run->operand[actions[i].max_operands]);
		return actions[i].run(run, err);
	}
	return err_set(err, ERR_USAGE, "unknown action '%.100s'%s", name,
		       s.count ? suggest_text(&s, "", near) :
				 ": choose check, print, schema or import");
}

static const char *const formats[] = { "text", "json", NULL };
static const char *const see_also[] = { "analyze", "explain", NULL };
static const struct example examples[] = {
	{ "policy check", "errors of the policy by line, dead patterns, what is mapped where" },
	{ "policy check --config to-be.yaml", "the same for a policy that is not in force" },
	{ "policy print", "the policy with its starter merged in, and where each line comes from" },
	{ "policy print --defaults", "every key there is, with its default" },
	{ "policy schema -o meshctl.schema.json", "the JSON Schema, for editors" },
	{ "policy import go-cleanarch", "the rules of another tool as a policy" },
};

const struct command command_policy = {
	.name = "policy",
	.summary = "check and print the policy file",
	.group = GROUP_RULE,
	.operands = "ACTION [PATTERN|FILE]",
	.min_operands = 1,
	.max_operands = 2,
	.detail =
		"The policy is .meshctl.yaml: the nearest one from PATTERN's folder upward to the "
		"repository's root, or what --config names. Its language is in meshctl.yaml(5).\n\n"
		"`check` reads it, and lists every error with its line and column. Then it reads "
		"the packages and lists what is dead or doubtful: patterns that match nothing or "
		"that others beat everywhere, layers and contexts without packages, exceptions to "
		"nothing, `// domain:` comments that are not followed. Below stands how many "
		"packages each layer and context has, and where those are that have none.\n\n"
		"`print` prints the policy with its starter merged in, each value with the file "
		"and the line it comes from. `schema` prints the JSON Schema of the language.\n\n"
		"`import` prints the rules of another tool as a policy for the current folder: "
		".go-arch-lint.yml, dependenciesRules of arch-go.yml, depguard's rules in "
		".golangci.yml, all .import-restrictions of the tree (give that name), and "
		"go-cleanarch, which has no file: give its name. FILE may have another name; "
		"without it the one that is here is taken. Each layer says which line it comes "
		"from. The packages that are here are compared with the tool's own verdict: "
		"folders and import paths that its patterns alone would not give are listed by "
		"name. What could not be carried over is said on standard error and at the end of "
		"the policy. With -o a .meshctl.yaml that is there is replaced with --force only.",
	.options = OPT_BIT(OPT_DIR) | OPT_TREE | OPT_BIT(OPT_CONFIG) |
		   OPT_BIT(OPT_FORMAT) | OPT_BIT(OPT_JSON) | OPT_BIT(OPT_OUTPUT) |
		   OPT_BIT(OPT_FAIL_ON) | OPT_BIT(OPT_DEFAULTS) | OPT_BIT(OPT_FORCE) |
		   OPT_BIT(OPT_NO_CACHE) | OPT_BIT(OPT_JOBS) | OPT_BIT(OPT_QUIET),
	.formats = formats,
	.run = run_action,
	.examples = examples,
	.nexamples = ARRAY_SIZE(examples),
	.see_also = see_also,
};
