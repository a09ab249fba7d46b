/* SPDX-License-Identifier: MIT */
/* mesh.c - from a node of a manifest to a finding. */
#include "analyzers/mesh/mesh.h"
#include "analyzers/setting.h"
#include "base/text.h"

#include <string.h>

const char *manifest_label(const struct manifest *m, struct arena *arena)
{
	const char *name = text_cut(arena, text_escape(arena, m->name), 80);
	const char *kind = text_cut(arena, text_escape(arena, m->kind), 60);

	if (!*m->name)
		return arena_printf(arena, "%s without a name", kind);
	if (*m->space)
		return arena_printf(arena, "%s '%s/%s'", kind,
				    text_cut(arena, text_escape(arena, m->space), 63), name);
	return arena_printf(arena, "%s '%s'", kind, name);
}

const char *manifest_shown(const char *text, struct arena *arena)
{
	return text_cut(arena, text_escape(arena, text), 80);
}

uint32_t manifest_count(const struct yaml_node *list)
{
	return list && list->kind == YAML_LIST ? list->count : 0;
}

bool manifest_is_istio(const char *key)
{
	size_t n = strcspn(key, "/");

	return n >= 8 && !strncmp(key + n - 8, "istio.io", 8);
}

struct span manifest_span(const struct analysis *a, const struct yaml_node *n)
{
	return (struct span){
		.path = sym_from(a->source->syms, n->file), .line = n->line, .col = n->col,
		.end_col = n->end_col,
	};
}

void manifest_tell(const struct analysis *a, const struct manifest_told *t)
{
	const struct manifest *m = t->in;
	enum severity level = rule_level(&rule_rows[t->rule]);
	bool graded = t->most != SEV_OFF && t->most < setting_level(a, t->rule);

	if (graded)
		level = setting_at_most(a, t->rule, t->most);
	finding_add(a->findings, &(struct finding){
		.rule = &rule_rows[t->rule], .severity = level, .graded = graded,
		.at = manifest_span(a, t->at ? t->at : m->name_at), .from = m->path, .to = "",
		.symbol = arena_printf(a->scratch, "%s/%s/%s %s", m->kind, m->space, m->name,
				       t->symbol),
		.message = t->message, .why = t->why, .fix = t->fix,
		.related = t->related, .nrelated = t->nrelated,
	});
}
