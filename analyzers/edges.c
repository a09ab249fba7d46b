/* SPDX-License-Identifier: MIT */
/* edges.c - words and places of one import of the graph. */
#include "analyzers/edges.h"

const char *edge_name(const struct graph *g, uint32_t p)
{
	const char *id = sym_text(g->syms, g->id[p]);

	return *id ? id : ".";
}

bool edge_reported(const struct graph *g, uint32_t from, uint32_t to)
{
	return ((g->flags[from] | g->flags[to]) & NODE_REPORTED) != 0;
}

bool edge_in_code(const struct graph *g, uint32_t edge)
{
	return g->out_configs[edge] != 0;
}

bool edge_in_tests(const struct graph *g, uint32_t edge)
{
	return g->out_test[edge] != 0;
}

struct span edge_at(const struct graph *g, uint32_t edge, bool test)
{
	for (uint32_t i = g->site_first[edge]; i < g->site_first[edge + 1]; i++)
		if (g->site[i].test == test)
			return g->site[i].at;
	BUG("an edge without an import of that kind");
}

void edge_report(const struct analysis *a, uint32_t from, uint32_t edge, bool test,
		 const struct finding *f)
{
	const struct graph *g = a->graph;
	struct finding found = *f;

	found.from = edge_name(g, from);
	found.to = edge_name(g, g->out_to[edge]);
	found.symbol = f->symbol ? f->symbol : test ? "test" : "";
	for (uint32_t i = g->site_first[edge]; i < g->site_first[edge + 1]; i++) {
		if (g->site[i].test != test)
			continue;
		found.at = g->site[i].at;
		finding_add(a->findings, &found);
	}
}

struct span package_span(const struct analysis *a, dir_id dir)
{
	const struct source *s = a->source;
	const struct go_dir *d = &s->dir[dir.v];
	const struct go_file *test = NULL;

	for (uint32_t f = d->file_first; f < d->file_first + d->nfiles; f++) {
		const struct go_file *file = &s->file[f];

		if (file->flags & FILE_HIDDEN || !file->configs || !file->package_line)
			continue;
		if (file->flags & FILE_TEST) {
			test = test ? test : file;
			continue;
		}
		const char *path = source_file_path(s, (file_id){ f }, a->scratch);

		return (struct span){ sym_from(s->syms, path), file->package_line,
				      file->package_col, 0 };
	}
	if (!test)
		return (struct span){ .path = d->path };
	const char *path = source_file_path(s, (file_id){ (uint32_t)(test - s->file) }, a->scratch);

	return (struct span){ sym_from(s->syms, path), test->package_line, test->package_col, 0 };
}

const char *layer_words(const struct mapping *m, uint32_t p)
{
	const struct placement *at = &m->of[p];

	return at->shared ? "shared" :
	       at->layer == POLICY_NONE ? "unmapped" : m->policy->layer[at->layer].name;
}

const char *context_words(const struct mapping *m, uint32_t context)
{
	return context == POLICY_NONE ? "no context" :
	       sym_text(m->source->syms, m->context[context].name);
}

const char *uses_words(const char *name, const struct policy_uses *uses, const char *otherwise,
		       struct arena *arena)
{
	const char *list = "";

	switch (uses->kind) {
	case USES_DEFAULT:
		return arena_printf(arena, "%s %s", name, otherwise);
	case USES_ANY:
		return arena_printf(arena, "%s uses any", name);
	case USES_NONE:
		return arena_printf(arena, "%s uses none", name);
	case USES_LIST:
		break;
	}
	for (uint32_t i = 0; i < uses->names.count; i++)
		list = arena_printf(arena, "%s%s%s", list, i ? ", " : "",
				    uses->names.item[i].text);
	return arena_printf(arena, "%s uses [%s]", name, list);
}

const char *layer_why(const struct mapping *m, uint32_t layer, struct policy_pos by,
		      uint32_t closed, struct arena *arena)
{
	const struct policy_layer *l = &m->policy->layer[layer];
	const char *line = policy_pos_text(by, arena);

	if (closed != POLICY_NONE)
		return arena_printf(arena, "%s layer %s is closed", line,
				    m->policy->layer[closed].name);
	if (l->independent.value && by.line == l->independent.at.line &&
	    by.col == l->independent.at.col)
		return arena_printf(arena, "%s %s is independent", line, l->name);
	return arena_printf(arena, "%s %s", line,
			    uses_words(l->name, &l->uses, "uses what stands before it", arena));
}

const struct policy_list *layer_list(const struct policy_layer *l, bool std)
{
	return std ? &l->std : &l->external;
}

bool list_speaks(const struct policy_list *l)
{
	return l->allow.at.file || l->deny.count || l->warn.count;
}

const char *grant_why(const struct mapping *m, uint32_t layer, const char *path, bool std,
		      struct arena *arena)
{
	const struct policy_layer *l = &m->policy->layer[layer];
	const struct policy_list *list = layer_list(l, std);
	const char *kind = std ? "std" : "external";
	const struct policy_pattern *by;
	enum policy_grant grant = policy_grant(m->policy, list, path, &by);

	if (by)
		return arena_printf(arena, "%s %s: %s %s '%s'", policy_pos_text(by->at, arena),
				    l->name, kind, grant == GRANT_WARN ? "warns of" :
				    grant == GRANT_NO ? "denies" : "allows", by->text);
	if (grant == GRANT_YES)
		return arena_printf(arena, "%s %s: %s does not deny it",
				    policy_pos_text(list->at, arena), l->name, kind);
	return arena_printf(arena, "%s %s: %s allows others only",
			    policy_pos_text(list->allow.at, arena), l->name, kind);
}

const char *publishes_why(const struct mapping *m, uint32_t context, struct arena *arena)
{
	const struct policy_patterns *list = &m->context[context].spec->published;
	const char *text = "";

	for (uint32_t i = 0; i < list->count; i++)
		text = arena_printf(arena, "%s%s%s", text, i ? ", " : "", list->item[i].text);
	return arena_printf(arena, "%s %s publishes [%s]", policy_pos_text(list->at, arena),
			    context_words(m, context), text);
}

const char *context_why(const struct mapping *m, uint32_t context, struct policy_pos by,
			struct arena *arena)
{
	return arena_printf(arena, "%s %s", policy_pos_text(by, arena),
			    uses_words(context_words(m, context), &m->context[context].spec->uses,
				       "uses any", arena));
}
