/* SPDX-License-Identifier: MIT */
/* couldbeinternal.c - packages that Go's compiler could guard, if they moved. */
#include "analyzers/analyzer.h"
#include "analyzers/internalizable.h"
#include "base/text.h"

#include <string.h>

/* The package clause of its first file that is no test. */
static struct span place_of(const struct analysis *a, uint32_t dir)
{
	const struct source *s = a->source;
	const struct go_dir *d = &s->dir[dir];

	for (uint32_t f = d->file_first; f < d->file_first + d->nfiles; f++) {
		const struct go_file *file = &s->file[f];

		if (file->flags & (FILE_TEST | FILE_HIDDEN) || !file->configs ||
		    !file->package_line)
			continue;
		const char *path = source_file_path(s, (file_id){ f }, a->scratch);

		return (struct span){ sym_from(s->syms, path), file->package_line,
				      file->package_col, 0 };
	}
	return (struct span){ .path = d->path };
}

static bool folder_exists(const struct source *s, const char *path)
{
	sym_id id = sym_find(s->syms, path, strlen(path));

	for (uint32_t d = 0; id.v && d < s->ndirs; d++)
		if (s->dir[d].path.v == id.v)
			return true;
	return false;
}

static const char *why_words(const struct analysis *a, const struct internalizable *i,
			     const char *others)
{
	return arena_printf(a->scratch,
		"%s below '%s' %s it; %s could as well, and nothing would warn. %s",
		text_count(a->scratch, i->importers, "package", "packages"), i->folder,
		i->importers == 1 ? "imports" : "import", others,
		i->guarded ?
		"No other module can import it today: outside nothing breaks." :
		"Other modules that import it would break: of a library it is the API.");
}

static const char *fix_words(const struct analysis *a, const struct internalizable *i)
{
	return arena_printf(a->scratch,
		"Move its files to '%s'%s and change its import path in %s.", i->to,
		folder_exists(a->source, i->to) ? " (taken: choose another name)" : "",
		text_count(a->scratch, i->lines, "line", "lines"));
}

static void report(const struct analysis *a, const struct internalizable *i)
{
	const struct rule *rule = &rule_rows[RULE_COULD_BE_INTERNAL];
	const struct graph *g = a->graph;
	const char *id = sym_text(g->syms, g->id[i->package.v]);
	const char *others = text_count(a->scratch, i->gain, "other package", "other packages");

	finding_add(a->findings, &(struct finding){
		.rule = rule, .severity = rule->severity,
		.at = place_of(a, g->dir[i->package.v].v), .from = id, .to = i->to,
		.symbol = "",
		.message = arena_printf(a->scratch,
			"'%s' is imported below '%s' only: moved to '%s', the compiler would keep "
			"%s out", id, i->folder, i->to, others),
		.why = a->brief ? NULL : why_words(a, i, others),
		.fix = a->brief ? NULL : fix_words(a, i),
	});
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err UNUSED)
{
	struct internalizables found;

	internalizable_find(a->source, a->graph, a->scratch, &found);
	for (uint32_t i = 0; i < found.count; i++)
		report(a, &found.item[i]);
	*ret_judged = found.judged;
	return 0;
}

static const enum rule_id rules[] = { RULE_COULD_BE_INTERNAL };

const struct analyzer analyzer_couldbeinternal = {
	.name = "couldbeinternal",
	.summary = "packages that are imported from one folder only",
	.needs = FACT_IMPORTS, .rules = rules, .nrules = ARRAY_SIZE(rules), .run = run,
};
