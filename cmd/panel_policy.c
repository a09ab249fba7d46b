/* SPDX-License-Identifier: MIT */
/*
 * panel_policy.c - what the policy covers: layers and contexts with their matrices,
 * packages that are in none, imports that nobody judges.
 */
#include "analyzers/judged.h"
#include "cmd/page.h"

static const char *const kinds[] = {
	[MAPPED_NAMED] = "named", [MAPPED_SHARED] = "shared", [MAPPED_UNMAPPED] = "unmapped",
};

static void write_matrix(const char *key, const struct judged_matrix *m, struct json_out *out)
{
	json_out_open(out, key, JSON_OBJECT);
	json_out_open(out, "groups", JSON_ARRAY);
	for (uint32_t i = 0; i < m->count; i++) {
		struct json *group = json_object();

		json_set_text(group, "name", m->name[i]);
		json_set_text(group, "kind", kinds[m->kind[i]]);
		json_set_int(group, "packages", m->packages[i]);
		json_out_value(out, group);
	}
	json_out_close(out);
	json_out_open(out, "cells", JSON_ARRAY);
	for (uint32_t c = 0; c < m->ncells; c++) {
		struct json *cell = json_array();

		json_push_int(cell, m->cell[c].from);
		json_push_int(cell, m->cell[c].to);
		json_push_int(cell, m->cell[c].lines);
		json_push_int(cell, m->cell[c].forbidden);
		json_out_value(out, cell);
	}
	json_out_close(out);
	json_out_close(out);
}

/* Packages that no pattern places, with the import lines that therefore nobody judges. */
static void write_unmapped(const struct mapping *m, struct json_out *out)
{
	const struct graph *g = m->graph;

	json_out_open(out, "unmapped", JSON_ARRAY);
	for (uint32_t n = 0; n < g->npkgs; n++) {
		struct json *row;
		uint32_t lines = 0;

		if (!placement_unmapped(&m->of[n]) || (g->flags[n] & (NODE_XTEST | NODE_TEST_ONLY)))
			continue;
		for (uint32_t e = g->out_first[n]; e < g->out_first[n + 1]; e++)
			for (uint32_t s = g->site_first[e]; s < g->site_first[e + 1]; s++)
				lines += !g->site[s].test;
		for (uint32_t i = g->in_first[n]; i < g->in_first[n + 1]; i++)
			for (uint32_t s = g->site_first[g->in_edge[i]];
			     s < g->site_first[g->in_edge[i] + 1]; s++)
				lines += !g->site[s].test;
		row = json_object();
		json_set_text(row, "id", sym_text(g->syms, g->id[n]));
		json_set_int(row, "imports", lines);
		json_out_value(out, row);
	}
	json_out_close(out);
}

int panel_policy(const struct page *p, struct json_out *out, struct err *err)
{
	const struct report *r = p->report;
	const char *extends = r->policy->extends.text;
	struct analysis counting = *p->given;
	struct judged judged;

	json_out_bool(out, "found", r->mapping != NULL);
	if (!r->mapping)
		return 0;
	counting.scratch = p->arena;
	if (judged_count(&counting, p->arena, &judged, err))
		return -1;
	json_out_text(out, "path", r->policy->path);
	json_out_text(out, "extends", extends && *extends ? extends : NULL);
	json_out_int(out, "packages", r->mapping->packages);
	json_out_int(out, "mapped", r->mapping->mapped);
	json_out_int(out, "shared", r->mapping->shared);
	json_out_int(out, "imports", (int64_t)judged.imports);
	json_out_int(out, "judged", (int64_t)judged.judged);
	json_out_int(out, "crossings", (int64_t)judged.crossings);
	json_out_int(out, "published", (int64_t)judged.published);
	write_matrix("layers", &judged.layers, out);
	write_matrix("contexts", &judged.contexts, out);
	write_unmapped(r->mapping, out);
	return 0;
}
