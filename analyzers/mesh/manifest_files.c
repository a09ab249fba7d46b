/* SPDX-License-Identifier: MIT */
/* manifest_files.c - documents that cannot be read, and charts that are not rendered. */
#include "analyzers/mesh/mesh.h"
#include "base/text.h"

static void tell(const struct analysis *a, enum rule_id id, const char *path, uint32_t line,
		 uint32_t col, const char *symbol, const char *message)
{
	finding_add(a->findings, &(struct finding){
		.rule = &rule_rows[id], .severity = rule_level(&rule_rows[id]),
		.at = { .path = sym_from(a->source->syms, path), .line = line,
			.col = line ? col : 0 },
		.from = path, .to = "", .symbol = symbol, .message = message,
	});
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err UNUSED)
{
	const struct manifests *m = a->manifests;

	for (uint32_t i = 0; i < m->nproblems; i++) {
		const struct manifest_problem *p = &m->problem[i];

		tell(a, RULE_MANIFEST_UNREADABLE, p->path, p->line, p->col, p->text,
		     text_escape(a->scratch, p->text));
	}
	for (uint32_t i = 0; i < m->nloose; i++)
		tell(a, RULE_MANIFEST_TEMPLATE, m->loose[i].path, m->loose[i].line,
		     m->loose[i].col, "loose",
		     "from here on it is a template that is not rendered, and not judged");
	for (uint32_t i = 0; i < m->ncharts; i++) {
		const struct manifest_chart *c = &m->chart[i];

		if (!c->templates)
			continue;
		tell(a, RULE_MANIFEST_TEMPLATE, c->path, 1, 1, "", arena_printf(a->scratch,
			"%s of the chart '%s' %s not rendered: run `helm template`",
			text_count(a->scratch, c->templates, "template", "templates"),
			text_cut(a->scratch, text_escape(a->scratch, *c->folder ? c->folder : "."),
				 80), c->templates == 1 ? "is" : "are"));
	}
	*ret_judged = m->files;
	return 0;
}

static const enum rule_id rules[] = { RULE_MANIFEST_UNREADABLE, RULE_MANIFEST_TEMPLATE };

const struct analyzer analyzer_manifestfiles = {
	.name = "manifestfiles",
	.summary = "files of manifests that cannot be read",
	.needs = FACT_IMPORTS | FACT_MANIFESTS,
	.rules = rules,
	.nrules = ARRAY_SIZE(rules),
	.run = run,
};
