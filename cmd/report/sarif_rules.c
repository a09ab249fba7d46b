/* SPDX-License-Identifier: MIT */
/*
 * sarif_rules.c - the rules as SARIF has them: every row of rules.def, so that the
 * index of a result is the number of its rule, whatever ran.
 */
#include "base/text.h"
#include "cmd/report/report_words.h"
#include "cmd/report/sarif.h"

#include <ctype.h>

/* "ImportCycle": SARIF wants names of rules in this form. */
static const char *pascal(const char *name, struct arena *a)
{
	char *out = arena_strdup(a, name), *to = out;
	bool upper = true;

	for (; *name; name++) {
		if (*name == '-') {
			upper = true;
			continue;
		}
		*to++ = (char)(upper ? toupper((unsigned char)*name) : *name);
		upper = false;
	}
	*to = '\0';
	return out;
}

/* "Folders import each other in a circle." */
static const char *sentence_of(const char *text, struct arena *a)
{
	char *out = arena_strdup(a, full_stop(text, a));

	*out = (char)toupper((unsigned char)*out);
	return out;
}

static struct json *help_of(const struct rule *rule, struct arena *a)
{
	struct json *help = json_object();

	json_set_text(help, "text", arena_printf(a, "%s\n\nWhat to do: %s\n\n"
		"'meshctl explain %s' says the same.", rule->why, rule->fix, rule->name));
	json_set_text(help, "markdown", arena_printf(a, "%s\n\n**What to do:** %s\n\n"
		"`meshctl explain %s` says the same.", markdown_prose(rule->why, a),
		markdown_prose(rule->fix, a), rule->name));
	return help;
}

static struct json *properties_of(const struct rule *rule)
{
	static const char *const words[] = {
		[SEV_OFF] = "recommendation", [SEV_INFO] = "recommendation",
		[SEV_WARNING] = "warning", [SEV_ERROR] = "error",
	};
	struct json *object = json_object(), *tags = json_array();

	json_push_text(tags, "architecture");
	json_push_text(tags, "go");
	json_push_text(tags, "maintainability");
	json_set(object, "tags", tags);
	json_set_text(object, "precision", "very-high");
	json_set_text(object, "problem.severity", words[rule->severity]);
	return object;
}

static struct json *configuration_of(const struct rule *rule)
{
	struct json *object = json_object();

	json_set_bool(object, "enabled", rule->severity != SEV_OFF);
	json_set_text(object, "level", sarif_level(rule_level(rule)));
	return object;
}

static struct json *rule_of(const struct rule *rule, struct arena *a)
{
	struct json *object = json_object();

	json_set_text(object, "id", rule->id);
	json_set_text(object, "name", pascal(rule->name, a));
	json_set(object, "shortDescription", sarif_message(sentence_of(rule->summary, a)));
	json_set(object, "fullDescription", sarif_message(rule->why));
	json_set(object, "help", help_of(rule, a));
	/* An absolute URI is wanted; the text is on the user's machine, not on the network. */
	json_set_text(object, "helpUri", arena_printf(a, "urn:meshctl:rule:%s", rule->id));
	json_set(object, "defaultConfiguration", configuration_of(rule));
	json_set(object, "properties", properties_of(rule));
	return object;
}

void sarif_driver(const struct report *r UNUSED, struct json_out *j)
{
	struct arena a = ARENA_INIT;

	json_out_open(j, "driver", JSON_OBJECT);
	json_out_text(j, "name", "meshctl");
	json_out_text(j, "semanticVersion", MESHCTL_VERSION);
	json_out_text(j, "informationUri", "urn:meshctl");
	json_out_open(j, "rules", JSON_ARRAY);
	for (unsigned i = 0; i < RULE_COUNT; i++) {
		json_out_value(j, rule_of(&rule_rows[i], &a));
		arena_reset(&a);
	}
	json_out_close(j);
	json_out_close(j);
	arena_release(&a);
}
