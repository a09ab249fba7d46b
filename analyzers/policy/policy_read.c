/* SPDX-License-Identifier: MIT */
/* policy_read.c - from the text of .meshctl.yaml to struct policy, by the rows of the schema. */
#include "analyzers/policy/policy_reader.h"
#include "analyzers/policy/starter.h"
#include "base/limits.h"
#include "base/suggest.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void policy_problem(struct policy_reader *r, struct policy_pos at, const char *fmt, ...)
{
	char text[sizeof(((struct err *)0)->msg)];
	va_list ap;

	if (r->nproblems >= limit_of(LIMIT_POLICY_PROBLEMS))
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	VEC_RESERVE(r->problem, r->problem_cap, r->nproblems + 1);
	r->problem[r->nproblems++] = (struct policy_problem){ at, arena_strdup(r->arena, text) };
}

static const struct schema_row *row_find(enum schema_section section, const char *key)
{
	for (uint32_t i = 0; i < nschema_rows; i++)
		if (schema_rows[i].in == section && !strcmp(schema_rows[i].key, key))
			return &schema_rows[i];
	return NULL;
}

/* rule: its parameters are keys as well; else NULL. */
static void unknown_key(struct policy_reader *r, enum schema_section section,
			const struct yaml_node *key, const struct rule *rule)
{
	char near[SUGGEST_BYTES];
	const char *known = "";
	struct suggest s;

	suggest_init(&s, key->text);
	for (uint32_t i = 0; i < nschema_rows; i++)
		if (schema_rows[i].in == section) {
			suggest_offer(&s, schema_rows[i].key);
			known = arena_printf(r->arena, "%s %s", known, schema_rows[i].key);
		}
	for (uint32_t i = 0; rule && i < nschema_params; i++)
		if (!strcmp(schema_params[i].rule, rule->name)) {
			suggest_offer(&s, schema_params[i].key);
			known = arena_printf(r->arena, "%s %s", known, schema_params[i].key);
		}
	policy_problem(r, policy_pos_of(key), "unknown key '%.100s'%s", key->text,
		       s.count ? suggest_text(&s, "", near) :
				 arena_printf(r->arena, "; %s has %s", schema_section_name(section),
					      policy_words(known + 1, r->arena)));
}

static bool want_map(struct policy_reader *r, const struct yaml_node *n, const char *what)
{
	if (n->kind == YAML_MAP)
		return true;
	policy_problem(r, policy_pos_of(n), "%s is a map, not %s", what, yaml_kind_name(n));
	return false;
}

/* The first byte that YAML, patterns or graphs would take for something else; or NULL. */
static const char *odd_byte(const char *name, bool context)
{
	for (const char *p = name; *p; p++) {
		unsigned char c = (unsigned char)*p;
		bool fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			    (c >= '0' && c <= '9') || c >= 0x80 || strchr("_-.@+", c) ||
			    (context && strchr("{}/", c));

		if (!fine)
			return p;
	}
	return NULL;
}

static bool is_reserved(const char *name)
{
	static const char *const reserved[] = { "any", "none", "shared", "unmapped" };

	for (unsigned i = 0; i < ARRAY_SIZE(reserved); i++)
		if (!strcmp(reserved[i], name))
			return true;
	return false;
}

bool policy_name_fits(const char *name)
{
	return *name && !odd_byte(name, false) && !is_reserved(name);
}

/* A name of a layer or context: one word. */
static void check_name(struct policy_reader *r, const struct yaml_node *key, bool context)
{
	const char *odd = odd_byte(key->text, context);

	if (odd) {
		policy_problem(r, policy_pos_of(key), "the name '%.100s' has a '%c' in it: "
			       "letters, digits, '_', '-', '.' only", key->text,
			       (unsigned char)*odd < ' ' ? '?' : *odd);
		return;
	}
	if (!*key->text)
		policy_problem(r, policy_pos_of(key), "an empty name");
	if (is_reserved(key->text))
		policy_problem(r, policy_pos_of(key), "'%s' has a meaning of its own and can be no "
			       "name", key->text);
}

/* A null: noted when the starter, which was merged by then, had nothing of this name. */
static bool takes_away(struct policy_reader *r, const struct yaml_pair *pair, const char *what)
{
	if (!yaml_is_null(pair->value))
		return false;
	if (!r->before_merge)
		policy_problem(r, policy_pos_of(pair->key), "%s '%.100s' says nothing: null takes "
			       "away what the starter has, and it has none", what, pair->key->text);
	return true;
}

static void read_layers(struct policy_reader *r, const struct yaml_node *n)
{
	struct policy_layer *list = arena_array(r->arena, struct policy_layer, n->count);

	for (uint32_t i = 0; i < n->count; i++) {
		const struct yaml_pair *pair = &n->pair[i];

		check_name(r, pair->key, false);
		list[i].name = pair->key->text;
		list[i].at = policy_pos_of(pair->key);
		if (!takes_away(r, pair, "layer") &&
		    want_map(r, pair->value, arena_printf(r->arena, "layer '%.100s'",
							  pair->key->text)))
			policy_read_section(r, SECTION_LAYER, pair->value, list[i].at, &list[i]);
	}
	r->policy->layer = list;
	r->policy->nlayers = n->count;
}

static void read_contexts(struct policy_reader *r, const struct yaml_node *n)
{
	struct policy_context *list = arena_array(r->arena, struct policy_context, n->count);

	for (uint32_t i = 0; i < n->count; i++) {
		const struct yaml_pair *pair = &n->pair[i];
		struct policy_context *c = &list[i];
		struct policy_pattern name;

		check_name(r, pair->key, true);
		c->name = pair->key->text;
		c->at = policy_pos_of(pair->key);
		c->from = POLICY_NONE;
		if (strpbrk(c->name, "{}") && policy_read_pattern(r, c->name, c->at, &name))
			c->template = name.compiled;
		/* `order:` alone is a context that has nothing to say but its name. */
		if (!yaml_is_null(pair->value) &&
		    want_map(r, pair->value, arena_printf(r->arena, "context '%.100s'", c->name)))
			policy_read_section(r, SECTION_CONTEXT, pair->value, c->at, c);
		c->own_in = c->in.at.file;
	}
	r->policy->context = r->context = list;
	r->policy->ncontexts = n->count;
}

static void read_exceptions(struct policy_reader *r, const struct yaml_node *n)
{
	struct policy_exception *list = arena_array(r->arena, struct policy_exception, n->count);
	uint32_t count = 0;

	for (uint32_t i = 0; i < n->count; i++)
		if (want_map(r, n->item[i], "an exception"))
			policy_read_section(r, SECTION_EXCEPTION, n->item[i],
					    policy_pos_of(n->item[i]), &list[count++]);
	r->policy->exception = list;
	r->policy->nexceptions = count;
}

/* "name: error" is "name: {level: error}". */
static void read_rule_settings(struct policy_reader *r, const struct yaml_node *n,
			       struct policy_rule *rule)
{
	struct policy_param *param = arena_array(r->arena, struct policy_param, n->count);
	const struct schema_row *level = row_find(SECTION_RULE, "level");

	rule->param = param;
	if (n->kind == YAML_TEXT)
		policy_read_value(r, level, n, &rule->level);
	else if (!want_map(r, n, arena_printf(r->arena, "rule '%s'", rule->rule->name)))
		return;
	for (uint32_t i = 0; n->kind == YAML_MAP && i < n->count; i++) {
		const struct yaml_pair *pair = &n->pair[i];
		const struct schema_param *row = schema_param_find(rule->rule->name,
			pair->key->text);
		const struct schema_row *common = row_find(SECTION_RULE, pair->key->text);

		if (common)
			policy_read_value(r, common, pair->value, (char *)rule + common->at);
		else if (!row)
			unknown_key(r, SECTION_RULE, pair->key, rule->rule);
		else if (policy_read_param(r, row, pair->value, &param[rule->nparams]))
			rule->nparams++;
	}
}

static void read_rules(struct policy_reader *r, const struct yaml_node *n)
{
	static const struct schema_row key = { .key = "rules", .type = SCHEMA_RULE };
	struct policy_rule *list = arena_array(r->arena, struct policy_rule, n->count);
	uint32_t count = 0;

	for (uint32_t i = 0; i < n->count; i++) {
		struct policy_rule_name name = { 0 };

		policy_read_value(r, &key, n->pair[i].key, &name);
		if (!name.row)
			continue;
		for (uint32_t k = 0; k < count; k++)
			if (list[k].rule == name.row)
				policy_problem(r, name.at, "rule '%s' stands here twice, first in "
					       "line %u", name.row->name, list[k].at.line);
		list[count].rule = name.row;
		list[count].at = name.at;
		if (!takes_away(r, &n->pair[i], "rule"))
			read_rule_settings(r, n->pair[i].value, &list[count]);
		count++;
	}
	r->policy->rule = list;
	r->policy->nrules = count;
}

static void read_costs(struct policy_reader *r, const struct yaml_node *n)
{
	static const struct schema_row key = { .key = "costs", .type = SCHEMA_RULE };
	struct policy_cost *list = arena_array(r->arena, struct policy_cost, n->count);
	uint32_t count = 0;

	for (uint32_t i = 0; i < n->count; i++) {
		struct policy_rule_name name = { 0 };

		policy_read_value(r, &key, n->pair[i].key, &name);
		if (!name.row || yaml_is_null(n->pair[i].value))
			continue;
		for (uint32_t k = 0; k < count; k++)
			if (list[k].rule == name.row)
				policy_problem(r, name.at, "rule '%s' has a cost here twice, first "
					       "in line %u", name.row->name, list[k].at.line);
		list[count].rule = name.row;
		if (want_map(r, n->pair[i].value, arena_printf(r->arena, "the cost of '%s'",
							       name.row->name)))
			policy_read_section(r, SECTION_COST, n->pair[i].value, name.at,
					    &list[count]);
		count++;
	}
	r->policy->debt.cost = list;
	r->policy->debt.ncosts = count;
}

static void read_deadlines(struct policy_reader *r, const struct yaml_node *n)
{
	struct policy_deadline *list = arena_array(r->arena, struct policy_deadline, n->count);
	uint32_t count = 0;

	for (uint32_t i = 0; i < n->count; i++)
		if (want_map(r, n->item[i], "a deadline"))
			policy_read_section(r, SECTION_DEADLINE, n->item[i],
					    policy_pos_of(n->item[i]), &list[count++]);
	r->policy->debt.deadline = list;
	r->policy->debt.ndeadlines = count;
}

static void read_named(struct policy_reader *r, const struct schema_row *row,
		       const struct yaml_node *n)
{
	if (!want_map(r, n, arena_printf(r->arena, "'%s'", row->key)))
		return;
	switch (row->section) {
	case SECTION_LAYER:
		read_layers(r, n);
		break;
	case SECTION_CONTEXT:
		read_contexts(r, n);
		break;
	case SECTION_RULE:
		read_rules(r, n);
		break;
	case SECTION_COST:
		read_costs(r, n);
		break;
	case SECTION_SERVICE:
		policy_read_services(r, n);
		break;
	case SECTION_ROOT: case SECTION_GO: case SECTION_PATHS: case SECTION_TAGS:
	case SECTION_EXCEPTION: case SECTION_DEBT: case SECTION_WEIGHTS: case SECTION_DEADLINE:
	case SECTION_ADR:
	case SECTION_COUNT:
		BUG("no map of names has sections %d", (int)row->section);
	}
}

static void read_key(struct policy_reader *r, const struct schema_row *row,
		     const struct yaml_node *n, void *into)
{
	void *field = (char *)into + row->at;

	switch (row->type) {
	case SCHEMA_NAMED:
		read_named(r, row, n);
		return;
	case SCHEMA_ITEMS:
		if (n->kind == YAML_LIST)
			(row->section == SECTION_DEADLINE ? read_deadlines : read_exceptions)(r, n);
		else
			policy_problem(r, policy_pos_of(n), "'%s' is a list, not %s", row->key,
				       yaml_kind_name(n));
		return;
	case SCHEMA_SECTION:
		if (want_map(r, n, arena_printf(r->arena, "'%s'", row->key)))
			policy_read_section(r, row->section, n, policy_pos_of(n), field);
		return;
	case SCHEMA_TEXT: case SCHEMA_NUMBER: case SCHEMA_FLAG: case SCHEMA_LEVEL:
	case SCHEMA_DATE: case SCHEMA_CHOICE: case SCHEMA_STARTER: case SCHEMA_RULE:
	case SCHEMA_FILE: case SCHEMA_TEXTS: case SCHEMA_PLATFORMS: case SCHEMA_TAGS:
	case SCHEMA_PATTERN: case SCHEMA_PATTERNS: case SCHEMA_PATHS: case SCHEMA_USES:
		policy_read_value(r, row, n, field);
		return;
	}
}

/* The schema is as deep as a layer's lists: the recursion ends there. */
void policy_read_section(struct policy_reader *r, enum schema_section section,
			 const struct yaml_node *n, struct policy_pos at, void *into)
{
	/* First in every struct but the root's. */
	if (section != SECTION_ROOT)
		*(struct policy_pos *)into = at;
	for (uint32_t i = 0; i < n->count; i++) {
		const struct schema_row *row = row_find(section, n->pair[i].key->text);

		if (!row)
			unknown_key(r, section, n->pair[i].key, NULL);
		else if (!yaml_is_null(n->pair[i].value))
			read_key(r, row, n->pair[i].value, into);
	}
	for (uint32_t i = 0; i < nschema_rows; i++) {
		const struct yaml_node *value = yaml_get(n, schema_rows[i].key);

		if (schema_rows[i].in == section && schema_rows[i].required &&
		    (!value || yaml_is_null(value)))
			policy_problem(r, at, "%s needs '%s': %s", schema_section_name(section),
				       schema_rows[i].key, schema_rows[i].help);
	}
}

static struct policy *policy_new(struct arena *arena)
{
	struct policy *p = arena_new(arena, struct policy);

	p->path = p->folder = "";
	p->version.value = 1;
	p->unmapped.value = SEV_WARNING;
	p->fail_on.value = SEV_ERROR;
	p->ports.value = true;
	p->debt.change_minutes.value = 60;
	p->debt.slowdown.value = 124;
	p->debt.weights.impact.value = 35;
	p->debt.weights.risk.value = 40;
	p->debt.weights.timeliness.value = 25;
	p->baseline.text = ".meshctl-baseline.jsonl";
	p->matcher = pattern_matcher_new(arena);
	return p;
}

const struct policy *policy_default(struct arena *arena)
{
	return policy_new(arena);
}

/* Reads a tree into a new policy; starts the numbers of patterns again. */
static void read_tree(struct policy_reader *r, const char *file, const struct yaml_node *tree)
{
	r->npatterns = 0;
	r->policy = policy_new(r->arena);
	r->policy->found = true;
	r->policy->path = file;
	r->policy->tree = tree;
	if (yaml_is_null(tree))
		policy_problem(r, policy_pos_of(tree),
			       "the file is empty: begin with 'version: 1'");
	else if (want_map(r, tree, "a policy"))
		policy_read_section(r, SECTION_ROOT, tree, policy_pos_of(tree), r->policy);
	if (r->policy->version.value != 1)
		policy_problem(r, r->policy->version.at, "version %u is not known: this meshctl "
			       "reads version 1", r->policy->version.value);
}

static void read_with_starter(struct policy_reader *r, const char *file,
			      const struct yaml_node *tree)
{
	struct err err = ERR_INIT;
	struct yaml_node *under;
	enum starter_id starter;
	const char *text;

	if (r->policy->extends.text && starter_find(r->policy->extends.text, &starter)) {
		size_t len = starter_text(starter, &text);

		if (yaml_read(starter_rows[starter].file, text, len, r->arena, &under, &err))
			BUG("%s", err.msg);
		tree = policy_merge(under, tree, r);
		read_tree(r, file, tree);
	}
	if (!r->nproblems)
		policy_resolve(r);
}

static int by_place(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct policy_problem *a = va, *b = vb;
	int c = strcmp(a->at.file, b->at.file);

	if (!c)
		c = (a->at.line > b->at.line) - (a->at.line < b->at.line);
	return c ? c : (a->at.col > b->at.col) - (a->at.col < b->at.col);
}

/* What libyaml or the limits refused: its text begins with the place. */
static void note_error(struct policy_reader *r, const char *file, const struct err *err)
{
	struct policy_pos at = { .file = file, .line = 1, .col = 1 };
	size_t len = strlen(file);
	const char *text = err->msg;

	if (!strncmp(text, file, len) && text[len] == ':') {
		char *end;

		at.line = (uint32_t)strtoul(text + len + 1, &end, 10);
		at.col = *end == ':' ? (uint32_t)strtoul(end + 1, &end, 10) : 1;
		text = end + strspn(end, ": ");
	}
	policy_problem(r, at, "%s", text);
}

static int tell(struct policy_reader *r, const struct policy_problem *first, struct err *err)
{
	return err_set(err, ERR_CONFIG, "%s:%u:%u: %.360s%s", first->at.file, first->at.line,
		       first->at.col, first->text,
		       r->nproblems > 1 ? arena_printf(r->arena, " (and %u more: meshctl policy "
						       "check)", r->nproblems - 1) : "");
}

int policy_read(const char *file, const char *bytes, size_t len, struct arena *arena,
		const struct policy **ret, struct policy_problems *ret_problems, struct err *err)
{
	struct policy_reader r = { .arena = arena };
	struct err own = ERR_INIT;
	struct yaml_node *tree;

	if (yaml_read(file, bytes, len, arena, &tree, &own) < 0) {
		note_error(&r, file, &own);
	} else {
		const struct yaml_node *starter = yaml_get(tree, "extends");

		r.before_merge = starter && !yaml_is_null(starter); /* not `extends:` alone */
		read_tree(&r, file, tree);
		r.before_merge = false;
		if (!r.nproblems)
			read_with_starter(&r, file, tree);
	}
	sort_with(r.problem, r.nproblems, sizeof(*r.problem), by_place, NULL);
	if (ret_problems) {
		uint32_t n = r.nproblems;
		struct policy_problem *kept = arena_array(arena, struct policy_problem, n);

		if (n)
			memcpy(kept, r.problem, n * sizeof(*kept));
		*ret_problems = (struct policy_problems){ kept, n };
	}
	if (r.nproblems) {
		tell(&r, &r.problem[0], err);
	} else {
		const struct policy_pattern **kept =
			arena_array(arena, const struct policy_pattern *, r.npatterns);

		for (uint32_t i = 0; i < r.npatterns; i++)
			kept[i] = r.numbered[i].pattern;
		r.policy->pattern = kept;
		r.policy->npatterns = r.npatterns;
		*ret = r.policy;
	}
	free(r.problem);
	free(r.numbered);
	return r.nproblems ? -1 : 0;
}
