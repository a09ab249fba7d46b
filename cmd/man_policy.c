/* SPDX-License-Identifier: MIT */
/* man_policy.c - meshctl.yaml(5): the language of the policy from the rows of its schema. */
#include "cmd/man.h"
#include "cmd/man_text.h"

#include "analyzers/policy/schema.h"
#include "analyzers/policy/starter.h"
#include "base/limits.h"
#include "base/text.h"
#include "cmd/help.h"

#include <string.h>

#define DESCRIPTION \
	"One file says what the architecture of a Go repository should be: which layers and " \
	"bounded contexts there are, which packages they have, and what may import what. " \
	"The nearest one from the folder of PATTERN upward to the repository's root " \
	"applies, with --rev that of the commit, with --staged that of the index; --config " \
	"names another one. `meshctl policy check` says what is wrong with it and what in it " \
	"is dead.\n\n" \
	"It is YAML: UTF-8, one document, no key twice, no tags. Anchors, aliases and `<<` " \
	"may be used. Only true and false are booleans: yes, no, on and off are text. An " \
	"unknown key is an error."

#define PATTERNS \
	"Patterns select packages by their folder, relative to the folder of the policy. A " \
	"pattern that begins with the path of a module of the tree is matched against " \
	"import paths.\n\n" \
	"\t*        any text within a segment; alone: any one segment\n" \
	"\t**       a whole segment: none or more segments, a/** matches a\n" \
	"\t{name}   text within a segment, captured: one text, wherever it recurs in a rule\n" \
	"\t.        alone: the folder of the policy itself\n\n" \
	"Everything matches as little as it can, from the left. Where several patterns " \
	"match a package the most specific one decides, segment by segment from the left: " \
	"text, then {name}, then *, then the end of the pattern, then **; in a segment of " \
	"both, the more text. Layers compete with each other, contexts compete with each " \
	"other, `shared` with both: it has to beat all. Two that are equal, on one package, " \
	"are an error that names both."

#define DECISIONS \
	"An import between two packages that have a layer and a context is allowed when the " \
	"layers allow it and the contexts allow it. Inside of one layer and one context all " \
	"is free. A context may import of another one what that one publishes, nothing " \
	"else.\n\n" \
	"A comment `// domain: NAME` or `//meshctl:domain=NAME` before the first " \
	"declaration of a file places its package in context NAME where no pattern does. A " \
	"pattern beats a comment, and that they disagree is a warning.\n\n" \
	"Layers stand in the order of the file, the innermost first. Those that a file adds " \
	"to its starter stand behind the starter's, those that it replaces at their place."

/* "layers.NAME.in": the keys of a section and of those below it. */
static void put_keys(FILE *out, enum schema_section section, const char *path, struct arena *arena)
{
	for (uint32_t i = 0; i < nschema_rows; i++) {
		const struct schema_row *row = &schema_rows[i];
		const char *key = arena_printf(arena, "%s%s", path, row->key);

		if (row->in != section)
			continue;
		fprintf(out, ".It Cm %s : %s%s\n", key, schema_type_text(row, arena),
			row->required ? " (required)" : "");
		man_put_text(out, sentence(row->help, arena));
		if (*row->standard)
			man_put_text(out,
				     arena_printf(arena, "The default is `%s`.", row->standard));
		if (row->type == SCHEMA_SECTION)
			put_keys(out, row->section, arena_printf(arena, "%s.", key), arena);
		if (row->type == SCHEMA_ITEMS)
			put_keys(out, row->section, arena_printf(arena, "%s[].", key), arena);
		if (row->type == SCHEMA_NAMED)
			put_keys(out, row->section, arena_printf(arena, "%s.NAME.", key), arena);
	}
}

static void put_params(FILE *out, struct arena *arena)
{
	fputs(".Sh PARAMETERS OF RULES\n", out);
	man_put_text(out, "Besides its level, `rules` takes for one rule:");
	fputs(".Bl -tag -width Ds\n", out);
	for (uint32_t i = 0; i < nschema_params; i++) {
		const struct schema_param *p = &schema_params[i];

		fprintf(out, ".It Cm rules.%s.%s : %s\n", p->rule, p->key,
			p->type == SCHEMA_NUMBER ? "a number" : "a list");
		man_put_text(out, sentence(p->help, arena));
		if (*p->words)
			man_put_text(out, arena_printf(arena, "Each is one of: %s.", p->words));
		if (*p->standard)
			man_put_text(out, arena_printf(arena, "The default is `%s`.", p->standard));
	}
	fputs(".El\n", out);
}

static void put_costs(FILE *out, struct arena *arena)
{
	fputs(".Sh COSTS\n", out);
	man_put_text(out, "What repairing one finding costs, in minutes, unless `debt.costs` says "
			  "otherwise. The minutes are a model: they make an order that can be "
			  "explained, not a promise of effort.");
	fputs(".Bl -tag -width Ds\n", out);
	for (uint32_t i = 0; i < ncost_rows; i++) {
		const struct cost_row *c = &cost_rows[i];
		const char *text = arena_printf(arena, "%u", c->minutes);

		if (c->per)
			text = arena_printf(arena, "%s, and %u for each %s", text, c->per,
					    cost_unit_name(c->unit));
		fprintf(out, ".It Cm %s\n", c->rule);
		man_put_text(out, arena_printf(arena, "%s (%s).", text, c->source));
	}
	fputs(".El\n", out);
}

static void put_starters(FILE *out, struct arena *arena)
{
	fputs(".Sh STARTERS\n", out);
	man_put_text(out, "What `extends` names. `meshctl policy print` shows what one comes to.");
	fputs(".Bl -tag -width Ds\n", out);
	for (unsigned i = 0; i < STARTER_COUNT; i++) {
		fprintf(out, ".It Cm %s\n", starter_rows[i].name);
		man_put_text(out, sentence(starter_rows[i].summary, arena));
	}
	fputs(".El\n", out);
}

static void put_paragraph_list(FILE *out, const char *title, const char *text, struct arena *arena)
{
	fprintf(out, ".Sh %s\n", title);
	man_put_paragraphs(out, text, arena);
}

void man_policy(FILE *out)
{
	struct arena arena = ARENA_INIT;

	man_put_head(out, "meshctl.yaml", 5, "meshctl.yaml",
		     "what the architecture of a Go repository should be", &arena);
	put_paragraph_list(out, "DESCRIPTION", DESCRIPTION, &arena);
	put_paragraph_list(out, "PATTERNS", PATTERNS, &arena);
	put_paragraph_list(out, "WHAT IS DECIDED", DECISIONS, &arena);
	fputs(".Sh KEYS\n.Bl -tag -width Ds\n", out);
	put_keys(out, SECTION_ROOT, "", &arena);
	fputs(".El\n", out);
	put_params(out, &arena);
	put_costs(out, &arena);
	put_starters(out, &arena);
	fputs(".Sh FILES\n.Bl -tag -width Ds\n.It Pa .meshctl.yaml\n", out);
	man_put_text(out, "The policy.");
	fputs(".El\n.Sh EXAMPLES\n", out);
	man_put_text(out, "Contexts below internal, with the layers of the starter, and rules of "
			  "their own for two of them:");
	man_put_literal(out, "version: 1\n"
			     "extends: ddd\n"
			     "contexts:\n"
			     "  order: {uses: [user], owner: \"@team-order\"}\n"
			     "  user: {uses: none}\n");
	fputs(".Sh SEE ALSO\n.Xr meshctl 1 ,\n.Xr meshctl-policy 1\n", out);
	arena_release(&arena);
}
