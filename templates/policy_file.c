/* SPDX-License-Identifier: MIT */
/* policy_file.c - writes what propose.h found, as a person would have written it. */
#include "templates/policy_file.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

#define LISTED 22u                      /* folders that are in no layer, by name */

struct writer {
	FILE *out;
	struct arena *arena;
	const struct proposal *p;
};

/* A comment is one line, whatever a folder is called. */
static const char *plain(const struct writer *w, const char *text)
{
	return text_escape(w->arena, text);
}

static const char *pattern_of(const struct writer *w, const char *folder)
{
	return yaml_scalar(folder, true, w->arena);
}

static void write_fit(const struct writer *w)
{
	const struct proposal *p = w->p;

	for (unsigned i = 0; i < STARTER_COUNT; i++)
		if (p->packages && p->layered[i])
			fprintf(w->out, "#   %-16s %3u %%\n", starter_rows[i].name,
				(unsigned)((uint64_t)p->layered[i] * 100 / p->packages));
}

static void write_head(const struct writer *w)
{
	const struct proposal *p = w->p;

	fprintf(w->out, "# What the architecture of this repository should be. Written by "
		"`meshctl init` "
		"from the code\n# as it is: every guess says why, and is yours to correct. `man "
		"meshctl.yaml` explains the keys.\nversion: 1\n\n");
	if (!p->starter) {
		fputs("# No starter knows enough of the folders here (ddd, hexagonal, mvc, kratos, "
		      "...): name the layers\n# yourself, innermost first, or begin with one "
		      "context.\n", w->out);
		return;
	}
	fprintf(w->out, "# The layers' folders and directions: `meshctl policy print` shows "
		"them. The "
		"share of the\n# %s that each starter has a layer for:\n",
		text_count(w->arena, p->packages, "package", "packages"));
	write_fit(w);
	fprintf(w->out, "extends: %s\n", p->starter->name);
}

static void write_exclude(const struct writer *w)
{
	const struct proposed_folders *f = &w->p->exclude;

	if (!f->count)
		return;
	fputs("\ngo:\n  exclude:  # files that cannot be read: what they import is not judged\n",
	      w->out);
	for (uint32_t i = 0; i < f->count; i++)
		fprintf(w->out, "    - %s  # %s\n", yaml_scalar(f->item[i].pattern, false,
			w->arena),
			plain(w, f->item[i].why));
}

/* A layer that is given here replaces the starter's: its folders that are there are kept. */
static void write_known(const struct writer *w, const struct policy_layer *l)
{
	for (uint32_t i = 0; i < l->in.count; i++)
		if (l->in.item[i].number != POLICY_NONE && w->p->decided[l->in.item[i].number])
			fprintf(w->out, "      - %s\n", yaml_scalar(l->in.item[i].text, false,
				w->arena));
}

static void write_guesses(const struct writer *w, const struct proposed_folders *f)
{
	for (uint32_t i = 0; i < f->count; i++)
		fprintf(w->out, "      - %s  # %s\n", yaml_scalar(f->item[i].pattern, false,
			w->arena), plain(w, f->item[i].why));
}

static void write_uses(const struct writer *w, const struct policy_layer *l)
{
	fputs("    uses: [", w->out);
	for (uint32_t i = 0; i < l->uses.names.count; i++)
		fprintf(w->out, "%s%s", i ? ", " : "", l->uses.names.item[i].text);
	fputs("]\n", w->out);
}

/* Layers of the starter that get folders by what they import. */
static void write_placed(const struct writer *w, const struct policy *policy)
{
	for (uint32_t l = 0; l < policy->nlayers; l++) {
		if (!w->p->placed[l].count)
			continue;
		fprintf(w->out, "  %s:  # the starter's folders, and what the imports say\n    "
			"in:\n", policy->layer[l].name);
		write_known(w, &policy->layer[l]);
		write_guesses(w, &w->p->placed[l]);
		write_uses(w, &policy->layer[l]);
	}
}

static void write_layers(const struct writer *w)
{
	const struct proposal *p = w->p;
	const struct policy *policy = p->policy;
	uint32_t at;

	if (p->main.count || p->nplaced)
		fputs("\nlayers:\n", w->out);
	if (policy && p->nplaced)
		write_placed(w, policy);
	if (!p->main.count)
		return;
	fputs("  main:  # programs, and what wires them: may import everything\n    in:\n", w->out);
	if (policy && (at = policy_layer_find(policy, "main")) != POLICY_NONE)
		write_known(w, &policy->layer[at]);
	write_guesses(w, &p->main);
	fputs("    uses: any\n", w->out);
}

static void write_contexts(const struct writer *w)
{
	const struct proposal *p = w->p;

	if (!p->ncontexts)
		return;
	if (p->starter_contexts) {
		fputs("\n# Contexts, as the starter's patterns find them:\n", w->out);
		for (uint32_t i = 0; i < p->ncontexts; i++)
			fprintf(w->out, "#   %s: %s\n", plain(w, p->context[i].name),
				text_count(w->arena, p->context[i].packages, "package",
					"packages"));
		return;
	}
	fputs("\n# Contexts guessed from names that repeat. Nothing is published yet, so that "
		"every "
	      "import from one\n# to another is counted: name the packages that others may use, as "
	      "published: [...].\ncontexts:\n", w->out);
	for (uint32_t i = 0; i < p->ncontexts; i++) {
		const struct proposed_context *c = &p->context[i];

		fprintf(w->out, "  %s:  # %s\n    in:\n", yaml_scalar(c->name, false, w->arena),
			text_count(w->arena, c->packages, "package", "packages"));
		for (uint32_t n = 0; n < c->nin; n++)
			fprintf(w->out, "      - %s\n", yaml_scalar(c->in[n], false, w->arena));
		fputs("    published: []\n", w->out);
	}
}

static void write_shared(const struct writer *w)
{
	const struct proposal *p = w->p;

	fputs("\n# Shared by all: no I/O, no layer and no context is behind these.\nshared:",
		w->out);
	if (!p->shared.count)
		fputs(" []", w->out);
	fputc('\n', w->out);
	for (uint32_t i = 0; i < p->shared.count; i++)
		fprintf(w->out, "  - %s\n", yaml_scalar(p->shared.item[i].pattern, false,
			w->arena));
	if (p->not_shared.count)
		fputs("# Used as if they were shared, but:\n", w->out);
	for (uint32_t i = 0; i < p->not_shared.count; i++)
		fprintf(w->out, "#   %s: %s\n", plain(w, p->not_shared.item[i].folder),
			plain(w, p->not_shared.item[i].why));
}

static void write_unmapped(const struct writer *w, const char *baseline)
{
	const struct proposal *p = w->p;
	uint32_t shown = p->unmapped.count <= LISTED + 1 ? p->unmapped.count : LISTED;

	fputs("\n# A new package that is in no layer and not shared is a warning. Those of today "
		"are in "
	      "the baseline:\n", w->out);
	for (uint32_t i = 0; i < shown; i++)
		fprintf(w->out, "#   %s: %s\n", plain(w, p->unmapped.item[i].folder),
			p->unmapped.item[i].why);
	if (shown < p->unmapped.count)
		fprintf(w->out, "#   and %u more folders: meshctl policy check\n",
			p->unmapped.count - shown);
	fprintf(w->out, "unmapped: warning\nbaseline: %s\n", pattern_of(w, baseline));
}

const char *policy_file_text(const struct proposal *p, const char *baseline, struct arena *arena)
{
	struct writer w = { .arena = arena, .p = p };
	char *text = NULL;
	size_t len = 0;

	w.out = open_memstream(&text, &len);
	if (!w.out)
		BUG("no memory for a policy");
	write_head(&w);
	write_exclude(&w);
	write_layers(&w);
	write_contexts(&w);
	write_shared(&w);
	write_unmapped(&w, baseline);
	if (fclose(w.out))
		BUG("no memory for a policy");
	const char *copy = arena_strndup(arena, text, len);

	free(text);
	return copy;
}
