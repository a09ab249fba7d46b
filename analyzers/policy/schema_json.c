/* SPDX-License-Identifier: MIT */
/* schema_json.c - the rows of the language as JSON Schema, for editors and validators. */
#include "analyzers/policy/schema.h"
#include "analyzers/policy/starter.h"

#include <string.h>


static struct json *typed(const char *type)
{
	struct json *o = json_object();

	json_set_text(o, "type", type);
	return o;
}

static struct json *text_schema(void)
{
	struct json *o = typed("string");

	json_set_int(o, "minLength", 1);
	return o;
}

static struct json *words_schema(const char *words, struct arena *arena)
{
	struct json *o = json_object(), *list = json_array();

	for (const char *p = words; *p; p += strspn(p, " ")) {
		size_t len = strcspn(p, " ");

		json_push_text(list, arena_strndup(arena, p, len));
		p += len;
	}
	json_set(o, "enum", list);
	return o;
}

static struct json *either(struct json *a, struct json *b)
{
	struct json *o = json_object(), *list = json_array();

	json_push(list, a);
	json_push(list, b);
	json_set(o, "anyOf", list);
	return o;
}

static struct json *array_of(struct json *item)
{
	struct json *o = typed("array");

	json_set(o, "items", item);
	return o;
}

/* One text or a list of them. */
static struct json *list_schema(struct json *one, struct json *item)
{
	return either(one, array_of(item));
}

static struct json *section_ref(enum schema_section s, struct arena *arena)
{
	static const char *const names[SECTION_COUNT] = {
		[SECTION_ROOT] = "policy", [SECTION_GO] = "go", [SECTION_LAYER] = "layer",
		[SECTION_PATHS] = "paths", [SECTION_TAGS] = "tags", [SECTION_CONTEXT] = "context",
		[SECTION_EXCEPTION] = "exception", [SECTION_RULE] = "rule",
		[SECTION_DEBT] = "debt", [SECTION_COST] = "cost", [SECTION_WEIGHTS] = "weights",
		[SECTION_DEADLINE] = "deadline",
		[SECTION_ADR] = "adr", [SECTION_SERVICE] = "service",
	};
	struct json *o = json_object();

	json_set_text(o, "$ref", arena_printf(arena, "#/definitions/%s", names[s]));
	return o;
}

static struct json *starters_schema(void)
{
	struct json *o = json_object(), *list = json_array();

	for (unsigned i = 0; i < STARTER_COUNT; i++)
		json_push_text(list, starter_rows[i].name);
	json_set(o, "enum", list);
	return o;
}

static struct json *rules_schema(void)
{
	struct json *o = json_object(), *list = json_array();

	for (unsigned i = 0; i < RULE_COUNT; i++) {
		json_push_text(list, rule_rows[i].name);
		json_push_text(list, rule_rows[i].id);
	}
	json_set(o, "enum", list);
	return o;
}

static struct json *number_schema(void)
{
	struct json *o = typed("integer");

	json_set_int(o, "minimum", 0);
	return o;
}

static struct json *param_schema(const struct schema_param *p, struct arena *arena)
{
	struct json *o = p->type == SCHEMA_NUMBER ? number_schema() :
			 list_schema(*p->words ? words_schema(p->words, arena) : text_schema(),
				     *p->words ? words_schema(p->words, arena) : text_schema());

	json_set_text(o, "description", p->help);
	return o;
}

static struct json *level_schema(struct arena *arena)
{
	return words_schema("error warning info off", arena);
}

static struct json *rule_ref(const struct rule *rule, struct arena *arena)
{
	struct json *o = json_object();

	json_set_text(o, "$ref", arena_printf(arena, "#/definitions/%s", rule->id));
	return o;
}

static struct json *named_schema(const struct schema_row *row, struct arena *arena)
{
	struct json *o = typed("object"), *keys = json_object();

	if (row->section != SECTION_RULE) {
		json_set(o, "additionalProperties",
			 either(section_ref(row->section, arena), typed("null")));
		if (row->section == SECTION_COST)
			json_set(o, "propertyNames", rules_schema());
		json_free(keys);
		return o;
	}
	for (unsigned i = 0; i < RULE_COUNT; i++) {
		json_set(keys, rule_rows[i].name, rule_ref(&rule_rows[i], arena));
		json_set(keys, rule_rows[i].id, rule_ref(&rule_rows[i], arena));
	}
	json_set(o, "properties", keys);
	json_set_bool(o, "additionalProperties", false);
	return o;
}

static struct json *date_schema(void)
{
	struct json *o = typed("string");

	json_set_text(o, "pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
	return o;
}

static struct json *version_schema(void)
{
	struct json *o = json_object();

	json_set_int(o, "const", 1);
	return o;
}

static struct json *value_schema(const struct schema_row *row, struct arena *arena)
{
	switch (row->type) {
	case SCHEMA_TEXT: case SCHEMA_FILE: case SCHEMA_PATTERN:
		return text_schema();
	case SCHEMA_NUMBER:
		return strcmp(row->key, "version") ? number_schema() : version_schema();
	case SCHEMA_FLAG:
		return typed("boolean");
	case SCHEMA_LEVEL:
		return level_schema(arena);
	case SCHEMA_DATE:
		return date_schema();
	case SCHEMA_CHOICE:
		return words_schema(row->words, arena);
	case SCHEMA_STARTER:
		return starters_schema();
	case SCHEMA_RULE:
		return rules_schema();
	case SCHEMA_TEXTS: case SCHEMA_PLATFORMS: case SCHEMA_TAGS: case SCHEMA_PATTERNS:
	case SCHEMA_PATHS:
		return list_schema(text_schema(), text_schema());
	case SCHEMA_USES:
		return list_schema(words_schema("any none", arena), text_schema());
	case SCHEMA_SECTION:
		return section_ref(row->section, arena);
	case SCHEMA_NAMED:
		return named_schema(row, arena);
	case SCHEMA_ITEMS:
		return array_of(section_ref(row->section, arena));
	}
	BUG("schema type %d", (int)row->type);
}

/* A rule is a level, or a map with it and the parameters of that rule. */
static struct json *rule_schema(const struct rule *rule, struct arena *arena)
{
	struct json *o = typed("object"), *keys = json_object();

	for (uint32_t i = 0; i < nschema_rows; i++)
		if (schema_rows[i].in == SECTION_RULE)
			json_set(keys, schema_rows[i].key, value_schema(&schema_rows[i], arena));
	for (uint32_t i = 0; i < nschema_params; i++)
		if (!strcmp(schema_params[i].rule, rule->name))
			json_set(keys, schema_params[i].key,
				 param_schema(&schema_params[i], arena));
	json_set(o, "properties", keys);
	json_set_bool(o, "additionalProperties", false);
	o = either(level_schema(arena), either(o, typed("null")));
	json_set_text(o, "description", rule->summary);
	return o;
}

/* The default, which is YAML in the row. */
static void set_default(struct json *o, const struct schema_row *row, struct arena *arena)
{
	struct err err = ERR_INIT;
	struct json *list;
	struct yaml_node *n;
	uint32_t number;
	bool flag;

	if (!*row->standard)
		return;
	if (yaml_read(row->key, row->standard, strlen(row->standard), arena, &n, &err))
		BUG("the default of %s", err.msg);
	if (n->kind == YAML_LIST) {
		list = json_array();
		for (uint32_t i = 0; i < n->count; i++)
			json_push_text(list, n->item[i]->text);
		json_set(o, "default", list);
	} else if (yaml_bool(n, &flag)) {
		json_set_bool(o, "default", flag);
	} else if (yaml_uint(n, &number)) {
		json_set_int(o, "default", number);
	} else {
		json_set_text(o, "default", n->text);
	}
}

static void set_section(struct json *o, enum schema_section section, struct arena *arena)
{
	struct json *keys = json_object(), *required = json_array();
	bool any = false;

	for (uint32_t i = 0; i < nschema_rows; i++) {
		const struct schema_row *row = &schema_rows[i];

		if (row->in != section)
			continue;
		struct json *value = value_schema(row, arena);

		/* Null is "not given", or takes the starter's away. */
		value = row->required ? value : either(value, typed("null"));
		json_set_text(value, "description", row->help);
		set_default(value, row, arena);
		json_set(keys, row->key, value);
		if (row->required)
			json_push_text(required, row->key);
		any |= row->required;
	}
	json_set_text(o, "type", "object");
	json_set(o, "properties", keys);
	if (any)
		json_set(o, "required", required);
	else
		json_free(required);
	json_set_bool(o, "additionalProperties", false);
}

int schema_write_json(FILE *out, struct err *err)
{
	static const struct { enum schema_section section; const char *name; } sections[] = {
		{ SECTION_GO, "go" }, { SECTION_LAYER, "layer" }, { SECTION_PATHS, "paths" },
		{ SECTION_TAGS, "tags" }, { SECTION_CONTEXT, "context" },
		{ SECTION_EXCEPTION, "exception" }, { SECTION_DEBT, "debt" },
		{ SECTION_COST, "cost" }, { SECTION_WEIGHTS, "weights" },
		{ SECTION_DEADLINE, "deadline" }, { SECTION_ADR, "adr" },
		{ SECTION_SERVICE, "service" },
	};
	struct json *o = json_object(), *definitions = json_object();
	struct arena arena = ARENA_INIT;
	struct json_out j;

	json_set_text(o, "$schema", "http://json-schema.org/draft-07/schema#");
	json_set_text(o, "title", POLICY_FILE);
	json_set_text(o, "description",
		      "The policy of meshctl: layers, bounded contexts, exceptions");
	set_section(o, SECTION_ROOT, &arena);
	for (unsigned i = 0; i < ARRAY_SIZE(sections); i++) {
		struct json *section = json_object();

		set_section(section, sections[i].section, &arena);
		json_set(definitions, sections[i].name, section);
	}
	for (unsigned i = 0; i < RULE_COUNT; i++)
		json_set(definitions, rule_rows[i].id, rule_schema(&rule_rows[i], &arena));
	json_set(o, "definitions", definitions);
	json_out_init(&j, out, JSON_INDENTED);
	json_out_value(&j, o);
	int rc = json_out_finish(&j, err);

	arena_release(&arena);
	return rc;
}
