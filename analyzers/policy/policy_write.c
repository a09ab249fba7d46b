/* SPDX-License-Identifier: MIT */
/* policy_write.c - policies as YAML: the merged one with its places, and all defaults. */
#include "analyzers/policy/schema.h"
#include "base/text.h"

#include <string.h>

#define FLOW_MAX 72u                    /* a list that is longer has a line for each item */
#define PLACE_AT 60u                    /* column of the comment that says where from */
#define HELP_WIDTH 88u

struct writer {
	FILE *out;
	struct arena *arena;
};

static void put_place(struct writer *w, size_t used, const struct yaml_node *at)
{
	fprintf(w->out, "%*s# %s:%u\n", used < PLACE_AT ? (int)(PLACE_AT - used) : 1, "",
		text_escape(w->arena, at->file), at->line);
}

/* "[a, b]", or NULL where that is too long or holds more than text. */
static const char *flow_text(struct writer *w, const struct yaml_node *n)
{
	const char *text = "[";

	for (uint32_t i = 0; i < n->count; i++) {
		if (n->item[i]->kind != YAML_TEXT || strlen(text) > FLOW_MAX)
			return NULL;
		text = arena_printf(w->arena, "%s%s%s", text, i ? ", " : "",
				    yaml_scalar(n->item[i]->text, true, w->arena));
	}
	return strlen(text) > FLOW_MAX ? NULL : arena_printf(w->arena, "%s]", text);
}

static const char *scalar_text(struct writer *w, const struct yaml_node *n)
{
	uint32_t number;
	bool flag;

	/* What is no text stays what it is: 1, true, off. */
	if (yaml_is_null(n))
		return "null";
	if (yaml_uint(n, &number) || yaml_bool(n, &flag))
		return n->text;
	return yaml_scalar(n->text, false, w->arena);
}

static void put_map(struct writer *w, const struct yaml_node *n, unsigned indent, bool first);

/* Behind "key:" or "-" that ends at column `used`. */
static void put_value(struct writer *w, const struct yaml_node *n, unsigned indent, size_t used)
{
	const char *text = n->kind == YAML_TEXT ? scalar_text(w, n) :
			   n->kind == YAML_LIST ? flow_text(w, n) : n->count ? NULL : "{}";

	if (text) {
		fprintf(w->out, " %s", text);
		put_place(w, used + 1 + text_width(text), n);
		return;
	}
	fputc('\n', w->out);
	if (n->kind == YAML_MAP) {
		put_map(w, n, indent, false);
		return;
	}
	for (uint32_t i = 0; i < n->count; i++) {
		fprintf(w->out, "%*s-", (int)indent, "");
		if (n->item[i]->kind == YAML_MAP && n->item[i]->count) {
			fputc(' ', w->out);
			put_map(w, n->item[i], indent + 2, true);
		} else {
			put_value(w, n->item[i], indent + 2, indent + 1);
		}
	}
}

/* The tree was read as a policy: it is as deep as the schema. */
static void put_map(struct writer *w, const struct yaml_node *n, unsigned indent, bool first)
{
	for (uint32_t i = 0; i < n->count; i++) {
		const char *key = yaml_scalar(n->pair[i].key->text, false, w->arena);

		fprintf(w->out, "%*s%s:", first && !i ? 0 : (int)indent, "", key);
		put_value(w, n->pair[i].value, indent + 2, indent + text_width(key) + 1);
	}
}

void policy_write(const struct policy *p, FILE *out)
{
	struct arena arena = ARENA_INIT;
	struct writer w = { out, &arena };
	struct yaml_node root = *p->tree;

	if (p->extends.text)
		fprintf(out, "# extends: %s, which is merged in\n", p->extends.text);
	/* In the order of the manual, whatever the file's or the starter's is. */
	root.pair = arena_array(&arena, struct yaml_pair, root.count);
	root.count = 0;
	for (uint32_t i = 0; i < nschema_rows; i++) {
		const struct yaml_pair *pair = yaml_find(p->tree, schema_rows[i].key);

		if (schema_rows[i].in == SECTION_ROOT && pair &&
		    schema_rows[i].type != SCHEMA_STARTER)
			root.pair[root.count++] = *pair;
	}
	/* A file of nothing would be no policy: one of `extends:` alone, taken back by null. */
	if (!root.count)
		fprintf(out, "version: %u\n", p->version.value);
	put_map(&w, &root, 0, false);
	arena_release(&arena);
}

static void put_help(struct writer *w, const char *help, unsigned indent)
{
	/* Wrapped as text, then behind "# ": one line at a time. */
	const char *p = help;
	unsigned width = HELP_WIDTH - indent;

	while (*p) {
		size_t len = strlen(p), cut = len;

		if (len > width)
			for (cut = width; cut && p[cut] != ' ';)
				cut--;
		fprintf(w->out, "%*s# %.*s\n", (int)indent, "", (int)cut, p);
		p += cut;
		p += strspn(p, " ");
	}
}

/* What stands for a value that has no default. */
static const char *sample(const struct schema_row *row)
{
	static const struct { const char *key, *text; } samples[] = {
		{ "extends", "ddd" }, { "in", "[\"internal/{context}/domain/**\"]" },
		{ "uses", "[]" }, { "allow", "[]" }, { "deny", "[]" }, { "warn", "[]" },
		{ "owner", "\"@team\"" }, { "subdomain", "core" }, { "from", "internal/a" },
		{ "to", "internal/b" }, { "rule", "import-cycle" }, { "reason", "why" },
		{ "adr", "14" }, { "expires", "2027-03-31" }, { "level", "error" },
		{ "name", "\"version 2\"" }, { "date", "2027-03-31" },
		{ "dir", "docs/decisions" }, { "templates", "docs/decisions/templates" },
	};

	for (unsigned i = 0; i < ARRAY_SIZE(samples); i++)
		if (!strcmp(samples[i].key, row->key))
			return samples[i].text;
	return "";
}

/* The rows of costs.def, as one would change them. */
static void put_costs(struct writer *w, unsigned indent)
{
	for (uint32_t i = 0; i < ncost_rows; i++) {
		const struct cost_row *c = &cost_rows[i];

		fprintf(w->out, "# %*s%s: {minutes: %u, per: %u}\n", (int)indent, "", c->rule,
			c->minutes, c->per);
	}
}

/* The keys of a section; `mark` is "# " where all of it is a sample. */
static void put_section(struct writer *w, enum schema_section section, unsigned indent,
			const char *mark)
{
	for (uint32_t i = 0; i < nschema_rows; i++) {
		const struct schema_row *row = &schema_rows[i];
		bool deep = row->type == SCHEMA_NAMED || row->type == SCHEMA_ITEMS ||
			    row->type == SCHEMA_SECTION;
		const char *value = *row->standard ? row->standard : sample(row);
		/* Keys without a default are samples; a baseline that is named must be there. */
		bool is_sample = *mark || !*row->standard || row->type == SCHEMA_FILE;
		const char *own = deep ? (*mark || row->type != SCHEMA_SECTION ? "# " : "") :
				  is_sample ? "# " : "";

		if (row->in != section)
			continue;
		if (!*mark) {
			fputc('\n', w->out);
			put_help(w, row->help, indent);
		}
		fprintf(w->out, "%s%*s%s:%s%s\n", own, (int)indent, "", row->key, deep ? "" : " ",
			deep ? "" : value);
		if (!deep)
			continue;
		unsigned below = indent + 2;

		if (row->section == SECTION_COST) {
			put_costs(w, below);
			continue;
		}
		if (row->type == SCHEMA_NAMED)
			fprintf(w->out, "# %*s%s:\n", (int)below, "",
				row->section == SECTION_RULE ? "import-cycle" : "NAME");
		if (row->type == SCHEMA_ITEMS)
			fprintf(w->out, "# %*s-\n", (int)below, "");
		put_section(w, row->section, row->type == SCHEMA_SECTION ? below : below + 2, own);
	}
}

void schema_write_defaults(FILE *out)
{
	struct arena arena = ARENA_INIT;
	struct writer w = { out, &arena };

	fputs("# Every key of " POLICY_FILE " with its default. What has no default is a comment, "
	      "with a sample.\n", out);
	put_section(&w, SECTION_ROOT, 0, "");
	arena_release(&arena);
}
