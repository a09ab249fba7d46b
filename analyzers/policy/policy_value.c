/* SPDX-License-Identifier: MIT */
/* policy_value.c - one value of .meshctl.yaml by the type of its row. */
#include "analyzers/policy/policy_reader.h"
#include "analyzers/policy/starter.h"
#include "base/date.h"
#include "base/suggest.h"
#include "graph/source/buildcfg.h"

#include <string.h>

struct policy_pos policy_pos_of(const struct yaml_node *n)
{
	return (struct policy_pos){ n->file, n->line, n->col, n->end_col };
}

const char *policy_words(const char *words, struct arena *arena)
{
	const char *text = "";

	for (const char *p = words; *p; p += strspn(p, " ")) {
		size_t len = strcspn(p, " ");

		text = arena_printf(arena, "%s%s%.*s", text, *text ? ", " : "", (int)len, p);
		p += len;
	}
	return text;
}

/* The number of a word in a list, or UINT32_MAX. */
static uint32_t word_index(const char *words, const char *word)
{
	size_t want = strlen(word);
	uint32_t i = 0;

	for (const char *p = words; *p; p += strspn(p, " "), i++) {
		size_t len = strcspn(p, " ");

		if (len == want && !strncmp(p, word, len))
			return i;
		p += len;
	}
	return UINT32_MAX;
}

static void unknown_word(struct policy_reader *r, const struct yaml_node *n, const char *words,
			 const char *what)
{
	char near[SUGGEST_BYTES];
	struct suggest s;

	suggest_init(&s, n->text);
	for (const char *p = words; *p; p += strspn(p, " ")) {
		size_t len = strcspn(p, " ");

		suggest_offer(&s, arena_strndup(r->arena, p, len));
		p += len;
	}
	policy_problem(r, policy_pos_of(n), "unknown %s '%.100s'%s", what, n->text,
		       s.count ? suggest_text(&s, "", near) :
				 arena_printf(r->arena, ": choose %s",
					      policy_words(words, r->arena)));
}

static bool want_text(struct policy_reader *r, const char *key, const struct yaml_node *n)
{
	bool flag, number = yaml_is_number(n) || yaml_bool(n, &flag);

	if (n->kind == YAML_TEXT && *n->text && !yaml_is_null(n) && !number)
		return true;
	policy_problem(r, policy_pos_of(n), "'%s' wants text, not %s%s", key,
		       n->kind == YAML_TEXT && !*n->text ? "nothing" : yaml_kind_name(n),
		       number ? ": put it in quotes" : "");
	return false;
}

static void read_choice(struct policy_reader *r, const struct schema_row *row,
			const struct yaml_node *n, struct policy_choice *ret)
{
	if (!want_text(r, row->key, n))
		return;
	*ret = (struct policy_choice){ word_index(row->words, n->text), policy_pos_of(n) };
	if (ret->value == UINT32_MAX) {
		unknown_word(r, n, row->words, arena_printf(r->arena, "value of '%s'", row->key));
		ret->value = 0;
	}
}

static void read_level(struct policy_reader *r, const struct schema_row *row,
		       const struct yaml_node *n, struct policy_level *ret)
{
	if (!want_text(r, row->key, n))
		return;
	uint32_t i = word_index("off info warning error", n->text);

	if (i == UINT32_MAX)
		unknown_word(r, n, "error warning info off", "level");
	else
		*ret = (struct policy_level){ (enum severity)i, policy_pos_of(n) };
}

static void read_number(struct policy_reader *r, const char *key, const struct yaml_node *n,
			struct policy_number *ret)
{
	if (!yaml_uint(n, &ret->value))
		policy_problem(r, policy_pos_of(n), "'%s' wants a number", key);
	ret->at = policy_pos_of(n);
}

static void read_flag(struct policy_reader *r, const struct schema_row *row,
		      const struct yaml_node *n, struct policy_flag *ret)
{
	if (!yaml_bool(n, &ret->value))
		policy_problem(r, policy_pos_of(n), "'%s' wants true or false", row->key);
	ret->at = policy_pos_of(n);
}

static void read_date(struct policy_reader *r, const struct schema_row *row,
		      const struct yaml_node *n, struct policy_date *ret)
{
	int64_t days;

	if (n->kind == YAML_TEXT && date_parse(n->text, &days))
		*ret = (struct policy_date){ n->text, (days + 1) * SECONDS_A_DAY,
					     policy_pos_of(n) };
	else
		policy_problem(r, policy_pos_of(n), "'%s' wants a day, YYYY-MM-DD", row->key);
}

static void read_starter(struct policy_reader *r, const struct schema_row *row,
			 const struct yaml_node *n, struct policy_text *ret)
{
	const char *words = "";
	enum starter_id id;

	if (!want_text(r, row->key, n))
		return;
	*ret = (struct policy_text){ n->text, policy_pos_of(n) };
	for (unsigned i = 0; i < STARTER_COUNT; i++)
		words = arena_printf(r->arena, "%s %s", words, starter_rows[i].name);
	if (!starter_find(n->text, &id))
		unknown_word(r, n, words + 1, "starter");
}

/* A relative path that stays where it is. */
static void read_file(struct policy_reader *r, const struct schema_row *row,
		      const struct yaml_node *n, struct policy_text *ret)
{
	if (!want_text(r, row->key, n))
		return;
	*ret = (struct policy_text){ n->text, policy_pos_of(n) };
	for (const char *p = n->text; *p; p += strspn(p, "/")) {
		size_t len = strcspn(p, "/");

		if (n->text[0] == '/' || (len == 2 && !strncmp(p, "..", 2))) {
			policy_problem(r, policy_pos_of(n),
				       "'%s' wants a path below the policy's folder, not '%.100s'",
				       row->key, n->text);
			return;
		}
		p += len;
	}
}

static void read_rule(struct policy_reader *r, const struct schema_row *row,
		      const struct yaml_node *n, struct policy_rule_name *ret)
{
	const char *words = "";

	if (!want_text(r, row->key, n))
		return;
	*ret = (struct policy_rule_name){ rule_find(n->text), policy_pos_of(n) };
	if (ret->row)
		return;
	for (unsigned i = 0; i < RULE_COUNT; i++)
		words = arena_printf(r->arena, "%s %s", words, rule_rows[i].name);
	unknown_word(r, n, words + 1, "rule");
}

/* The items of a list; one text stands for a list of it. */
static uint32_t list_items(struct policy_reader *r, const char *key, const struct yaml_node *n,
			   const struct yaml_node *const **ret)
{
	const struct yaml_node **one = arena_array(r->arena, const struct yaml_node *, 1);

	if (n->kind == YAML_LIST) {
		*ret = (const struct yaml_node *const *)n->item;
		return n->count;
	}
	one[0] = n;
	*ret = one;
	if (n->kind == YAML_TEXT && !yaml_is_null(n))
		return 1;
	policy_problem(r, policy_pos_of(n), "'%s' wants a list, not %s", key, yaml_kind_name(n));
	return 0;
}

static void read_texts(struct policy_reader *r, const char *key, const char *words,
		       const struct yaml_node *n, struct policy_texts *ret)
{
	const struct yaml_node *const *item;
	uint32_t count = list_items(r, key, n, &item);
	struct policy_text *list = arena_array(r->arena, struct policy_text, count);

	*ret = (struct policy_texts){ .item = list, .at = policy_pos_of(n) };
	for (uint32_t i = 0; i < count; i++) {
		if (!want_text(r, key, item[i]))
			continue;
		if (words && *words && word_index(words, item[i]->text) == UINT32_MAX)
			unknown_word(r, item[i], words,
				     arena_printf(r->arena, "value of '%s'", key));
		list[ret->count++] = (struct policy_text){ item[i]->text, policy_pos_of(item[i]) };
	}
}

static void read_platforms(struct policy_reader *r, const struct schema_row *row,
			   const struct yaml_node *n, struct policy_texts *ret)
{
	read_texts(r, row->key, NULL, n, ret);
	for (uint32_t i = 0; i < ret->count; i++) {
		struct build_config config;
		struct err err = ERR_INIT;

		if (build_config_init(r->arena, ret->item[i].text, true, GO_NEWEST_MINOR, NULL, 0,
				      &config, &err))
			policy_problem(r, ret->item[i].at, "%s", err.msg);
	}
	if (ret->count > CONFIGS_MAX)
		policy_problem(r, ret->at, "%u platforms are more than the %u that fit into a run",
			       ret->count, CONFIGS_MAX);
}

bool policy_read_pattern(struct policy_reader *r, const char *text, struct policy_pos at,
			 struct policy_pattern *ret)
{
	struct err err = ERR_INIT;
	uint32_t byte;

	*ret = (struct policy_pattern){ .text = text, .at = at, .number = POLICY_NONE };
	if (!pattern_new(text, r->arena, &ret->compiled, &byte, &err))
		return true;
	/* Into the text, where it stands in the file as it is read. */
	uint32_t quotes = at.end_col ? at.end_col - at.col - (uint32_t)strlen(text) : UINT32_MAX;

	if (!quotes || quotes == 2)
		at.col += quotes / 2 + byte;
	policy_problem(r, at, "pattern '%.100s': %s", text, err.msg);
	return false;
}

void policy_number_pattern(struct policy_reader *r, struct policy_pattern *p)
{
	VEC_RESERVE(r->numbered, r->numbered_cap, r->npatterns + 1);
	p->number = r->npatterns;
	r->numbered[r->npatterns++].pattern = p;
}

/* An import path stands for what is below it as well. */
static bool read_path(struct policy_reader *r, const struct yaml_node *n,
		      struct policy_pattern *ret)
{
	size_t len = strlen(n->text);
	bool deep = len >= 2 && !strcmp(n->text + len - 2, "**");

	if (!policy_read_pattern(r, n->text, policy_pos_of(n), ret))
		return false;
	if (deep)
		return true;
	policy_read_pattern(r, arena_printf(r->arena, "%s/**", n->text), policy_pos_of(n), ret);
	ret->text = n->text;
	return true;
}

static void read_patterns(struct policy_reader *r, const struct schema_row *row,
			  const struct yaml_node *n, struct policy_patterns *ret)
{
	const struct yaml_node *const *item;
	uint32_t count = list_items(r, row->key, n, &item);
	struct policy_pattern *list = arena_array(r->arena, struct policy_pattern, count);
	/* Those of go.exclude and manifests select files, not packages. */
	bool numbered = row->type == SCHEMA_PATTERNS && row->in != SECTION_GO &&
			strcmp(row->key, "manifests") != 0;

	*ret = (struct policy_patterns){ .item = list, .at = policy_pos_of(n) };
	for (uint32_t i = 0; i < count; i++) {
		struct policy_pattern *p = &list[ret->count];

		if (!want_text(r, row->key, item[i]))
			continue;
		if (row->type == SCHEMA_TAGS)
			*p = (struct policy_pattern){ .text = item[i]->text, .number = POLICY_NONE,
						      .at = policy_pos_of(item[i]) };
		else if (row->type == SCHEMA_PATHS ? !read_path(r, item[i], p) :
			 !policy_read_pattern(r, item[i]->text, policy_pos_of(item[i]), p))
			continue;
		if (numbered)
			policy_number_pattern(r, p);
		else if (p->compiled && pattern_ncaptures(p->compiled))
			policy_problem(r, p->at, "a capture has no meaning in '%s': write '*'",
				       row->key);
		ret->count++;
	}
}

static void read_uses(struct policy_reader *r, const struct schema_row *row,
		      const struct yaml_node *n, struct policy_uses *ret)
{
	ret->at = policy_pos_of(n);
	ret->kind = USES_LIST;
	if (n->kind == YAML_LIST)
		read_texts(r, row->key, NULL, n, &ret->names);
	else if (n->kind == YAML_TEXT && !strcmp(n->text, "any"))
		ret->kind = USES_ANY;
	else if (n->kind == YAML_TEXT && !strcmp(n->text, "none"))
		ret->kind = USES_NONE;
	else
		policy_problem(r, ret->at, "'%s' wants any, none or a list such as [%s]", row->key,
			       n->kind == YAML_TEXT && *n->text ? n->text : "domain");
}

bool policy_read_param(struct policy_reader *r, const struct schema_param *row,
		       const struct yaml_node *n, struct policy_param *ret)
{
	uint32_t before = r->nproblems;

	*ret = (struct policy_param){ .name = row->key };
	if (row->type == SCHEMA_NUMBER)
		read_number(r, row->key, n, &ret->number);
	else
		read_texts(r, row->key, row->words, n, &ret->words);
	return r->nproblems == before;
}

void policy_read_value(struct policy_reader *r, const struct schema_row *row,
		       const struct yaml_node *n, void *field)
{
	switch (row->type) {
	case SCHEMA_TEXT:
		if (want_text(r, row->key, n))
			*(struct policy_text *)field =
				(struct policy_text){ n->text, policy_pos_of(n) };
		break;
	case SCHEMA_NUMBER:
		read_number(r, row->key, n, field);
		break;
	case SCHEMA_FLAG:
		read_flag(r, row, n, field);
		break;
	case SCHEMA_LEVEL:
		read_level(r, row, n, field);
		break;
	case SCHEMA_DATE:
		read_date(r, row, n, field);
		break;
	case SCHEMA_CHOICE:
		read_choice(r, row, n, field);
		break;
	case SCHEMA_STARTER:
		read_starter(r, row, n, field);
		break;
	case SCHEMA_RULE:
		read_rule(r, row, n, field);
		break;
	case SCHEMA_FILE:
		read_file(r, row, n, field);
		break;
	case SCHEMA_TEXTS:
		read_texts(r, row->key, NULL, n, field);
		break;
	case SCHEMA_PLATFORMS:
		read_platforms(r, row, n, field);
		break;
	case SCHEMA_PATTERN:
		if (want_text(r, row->key, n) &&
		    policy_read_pattern(r, n->text, policy_pos_of(n), field))
			policy_number_pattern(r, field);
		break;
	case SCHEMA_TAGS:
	case SCHEMA_PATTERNS:
	case SCHEMA_PATHS:
		read_patterns(r, row, n, field);
		break;
	case SCHEMA_USES:
		read_uses(r, row, n, field);
		break;
	case SCHEMA_SECTION:
	case SCHEMA_NAMED:
	case SCHEMA_ITEMS:
		BUG("'%s' is no single value", row->key);
	}
}
