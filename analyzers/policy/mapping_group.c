/* SPDX-License-Identifier: MIT */
/* mapping_group.c - questions to a mapping: contexts by name, edges, packages in groups. */
#include "analyzers/policy/mapping.h"
#include "graph/source/tree.h"

#include <stdlib.h>
#include <string.h>

uint32_t mapping_context_find(const struct mapping *m, const char *name)
{
	uint32_t lo = 0, hi = m->ncontexts;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		int c = strcmp(sym_text(m->source->syms, m->context[mid].name), name);

		if (!c)
			return mid;
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return POLICY_NONE;
}

bool mapping_context_may(const struct mapping *m, uint32_t from, uint32_t to,
			 struct policy_pos *ret_by)
{
	const struct policy_context *spec = m->context[from].spec;
	const char *name = sym_text(m->source->syms, m->context[to].name);
	struct policy_pos by = { 0 };
	bool may = true;

	if (spec && from != to) {
		by = spec->uses.at;
		may = spec->uses.kind == USES_DEFAULT || spec->uses.kind == USES_ANY;
		for (uint32_t i = 0; i < spec->uses.names.count && !may; i++)
			if (!strcmp(spec->uses.names.item[i].text, name)) {
				by = spec->uses.names.item[i].at;
				may = true;
			}
	}
	if (ret_by)
		*ret_by = by;
	return may;
}

/* The folder below the policy's, without the mark of external tests; NULL outside. */
static const char *folder_of(const struct mapping *m, uint32_t package)
{
	const struct graph *g = m->graph;

	if (g->dir[package].v == ID_NONE)
		return NULL;
	return path_below(sym_text(g->syms, m->source->dir[g->dir[package].v].path),
			  m->policy->folder);
}

static const char *import_of(const struct mapping *m, uint32_t package)
{
	const struct graph *g = m->graph;

	if (g->dir[package].v == ID_NONE)
		return sym_text(g->syms, g->label[package]);
	return sym_text(g->syms, m->source->dir[g->dir[package].v].import_path);
}

struct policy_edge mapping_edge(const struct mapping *m, uint32_t from, uint32_t to)
{
	return (struct policy_edge){
		.from = folder_of(m, from), .from_import = import_of(m, from),
		.to = folder_of(m, to), .to_import = import_of(m, to),
	};
}

static sym_id group_name(const struct mapping *m, enum graph_part part, uint32_t package)
{
	const struct placement *p = &m->of[package];

	if (part == PART_LAYER)
		return p->layer == POLICY_NONE ? (sym_id){ 0 } :
		       sym_from(m->source->syms, m->policy->layer[p->layer].name);
	if (part == PART_DOMAIN && p->comment_name.v)
		return p->comment_name;
	return p->context == POLICY_NONE ? (sym_id){ 0 } : m->context[p->context].name;
}

const sym_id *mapping_part(const struct mapping *m, enum graph_part part, struct arena *arena)
{
	sym_id *of = arena_array(arena, sym_id, m->graph->npkgs);

	for (uint32_t p = 0; p < m->graph->npkgs; p++)
		of[p] = group_name(m, part, p);
	return of;
}

/* A group on its way: layers by number, contexts and domains by name. */
struct group { sym_id name; uint32_t order; };

static int by_order(const void *va, const void *vb, void *ctx)
{
	const struct group *a = va, *b = vb;

	if (a->order != b->order)
		return a->order < b->order ? -1 : 1;
	return strcmp(sym_text(ctx, a->name), sym_text(ctx, b->name));
}

/* The names in use, in order: *ret_of_sym is the number + 1 of each by symbol (malloc). */
static uint32_t collect(const struct mapping *m, enum graph_part part, const sym_id *name_of,
			struct group **ret, uint32_t **ret_of_sym)
{
	struct symtab *syms = m->source->syms;
	uint32_t *of_sym = xcalloc(syms->count, sizeof(*of_sym));
	struct group *list = NULL;
	uint32_t count = 0, cap = 0;

	for (uint32_t p = 0; p < m->graph->npkgs; p++) {
		sym_id name = name_of[p];

		if (!name.v || of_sym[name.v])
			continue;
		of_sym[name.v] = 1;
		VEC_RESERVE(list, cap, count + 1);
		list[count++] = (struct group){
			name, part == PART_LAYER ? m->of[p].layer : 0,
		};
	}
	sort_with(list, count, sizeof(*list), by_order, syms);
	for (uint32_t i = 0; i < count; i++)
		of_sym[list[i].name.v] = i + 1;
	*ret = list;
	*ret_of_sym = of_sym;
	return count;
}

void mapping_groups(const struct mapping *m, enum graph_part part, struct arena *arena,
		    struct mapped_groups *ret)
{
	struct symtab *syms = m->source->syms;
	const sym_id *name_of = mapping_part(m, part, arena);
	const sym_id words[] = { sym_from(syms, "shared"), sym_from(syms, "unmapped") };
	uint32_t *of = arena_array(arena, uint32_t, m->graph->npkgs), *of_sym;
	uint32_t extra[2] = { ID_NONE, ID_NONE };
	struct group *list;
	uint32_t count = collect(m, part, name_of, &list, &of_sym);
	sym_id *name = arena_array(arena, sym_id, (size_t)count + 2);
	enum mapped_kind *kind = arena_array(arena, enum mapped_kind, (size_t)count + 2);

	for (uint32_t i = 0; i < count; i++)
		name[i] = list[i].name;
	for (uint32_t p = 0; p < m->graph->npkgs; p++) {
		unsigned which = !m->of[p].shared;

		if (name_of[p].v) {
			of[p] = of_sym[name_of[p].v] - 1;
			continue;
		}
		if (extra[which] == ID_NONE) {
			extra[which] = count;
			kind[count] = which ? MAPPED_UNMAPPED : MAPPED_SHARED;
			name[count++] = words[which];
		}
		of[p] = extra[which];
	}
	free(list);
	free(of_sym);
	*ret = (struct mapped_groups){ count, name, kind, of };
}
