/* SPDX-License-Identifier: MIT */
/*
 * why_json.c - the ways, the cut and the importers as one JSON object, all of
 * them.  cmd/report/why.schema.json describes it.
 */
#include "base/json.h"
#include "cmd/output.h"
#include "cmd/uses_view.h"
#include "cmd/why.h"

static struct json *platforms_of(const struct why *w, uint32_t configs)
{
	struct json *list = json_array();

	for (uint32_t c = 0; c < w->source->nconfigs; c++)
		if (configs >> c & 1)
			json_push_text(list, w->source->config[c].name);
	return list;
}

static struct json *end_of(const struct why *w, const struct why_end *end)
{
	static const char *const kinds[] = {
		[IMPORT_STD] = "std", [IMPORT_INTERNAL] = "not-built",
		[IMPORT_EXTERNAL] = "external", [IMPORT_MISSING] = "missing",
		[IMPORT_CGO] = "cgo",
	};
	const struct name *n = &end->name;
	struct json *object = json_object(), *paths = json_array();

	json_set_text(object, "name", n->text);
	json_set_text(object, "kind", n->kind == NAME_NODE ? "node" :
		      n->kind == NAME_BELOW ? "below" : kinds[n->outside]);
	json_set_int(object, "count", n->count);
	for (uint32_t i = 0; n->kind == NAME_OUTSIDE && i < n->count; i++)
		json_push_text(paths, sym_text(w->source->syms, n->path[i]));
	json_set(object, "import_paths", paths);
	return object;
}

static struct json *import_of(const struct why *w, const struct site *site)
{
	const struct go_import *import = why_import(w, site);
	const struct symtab *syms = w->source->syms;
	struct json *object = json_object();

	json_set_text(object, "path", sym_text(syms, site->at.path));
	json_set_int(object, "line", site->at.line);
	json_set_int(object, "column", site->at.col);
	json_set_text(object, "import", sym_text(syms, site->path));
	json_set_text(object, "name", import->name.v ? sym_text(syms, import->name) : NULL);
	json_set_bool(object, "test", site->test);
	json_set(object, "platforms", platforms_of(w, site->configs));
	return object;
}

/* An edge with every import line that counts. */
static struct json *edge_of(const struct why *w, uint32_t edge, uint32_t configs)
{
	const struct graph *g = w->graph;
	struct json *object = json_object(), *imports = json_array();
	struct why_hop hop = why_hop(w, edge, configs);

	json_set_text(object, "from", hop.from);
	json_set_text(object, "to", hop.to);
	for (uint32_t i = g->site_first[edge]; i < g->site_first[edge + 1]; i++)
		if ((g->site[i].configs & configs) && (w->tests || !g->site[i].test))
			json_push(imports, import_of(w, &g->site[i]));
	json_set(object, "imports", imports);
	if (w->symbols) {
		struct arena scratch = ARENA_INIT;
		struct edge_symbols used;

		why_uses(w, edge, configs, &scratch, &used);
		uses_set(object, w->source, &used);
		arena_release(&scratch);
	}
	return object;
}

static void write_ways(const struct why *w, struct json_out *j)
{
	json_out_open(j, "ways", JSON_ARRAY);
	for (uint32_t i = 0; i < w->ways.count; i++) {
		const struct path *path = &w->ways.path[i];

		json_out_open(j, NULL, JSON_OBJECT);
		json_out_member(j, "platforms", platforms_of(w, path->configs));
		json_out_open(j, "edges", JSON_ARRAY);
		for (uint32_t e = 0; e < path->nedges; e++)
			json_out_value(j, edge_of(w, path->edge[e], path->configs));
		json_out_close(j);
		json_out_close(j);
	}
	json_out_close(j);
}

static void write_shortest(const struct why *w, struct json_out *j)
{
	json_out_open(j, "shortest", JSON_OBJECT);
	json_out_member(j, "platforms", platforms_of(w, w->shortest.configs));
	json_out_open(j, "edges", JSON_ARRAY);
	for (uint32_t e = 0; e < w->shortest.nedges; e++)
		json_out_value(j, edge_of(w, w->shortest.edge[e], w->shortest.configs));
	json_out_close(j);
	json_out_close(j);
}

static void write_cut(const struct why *w, struct json_out *j)
{
	json_out_open(j, "cut", JSON_ARRAY);
	for (uint32_t i = 0; i < w->ways.ncut; i++)
		json_out_value(j, edge_of(w, w->ways.cut[i], 1u << w->config));
	json_out_close(j);
}

static void write_forward(const struct why *w, struct json_out *j)
{
	if (w->any) {
		write_shortest(w, j);
		json_out_text(j, "platform", w->source->config[w->config].name);
	} else {
		json_out_member(j, "shortest", NULL);
		json_out_text(j, "platform", NULL);
	}
	write_ways(w, j);
	json_out_bool(j, "more_ways", w->ways.more);
	write_cut(w, j);
	json_out_int(j, "way_back", w->back);
	json_out_text(j, "with_tests", w->with_tests);
	json_out_bool(j, "mixed_platforms", w->mixed);
}

static void write_importers(const struct why *w, struct json_out *j)
{
	const struct leads *l = &w->leads;

	json_out_int(j, "nodes", w->nodes);
	json_out_open(j, "importers", JSON_ARRAY);
	for (uint32_t d = 1; d <= l->farthest; d++)
		for (uint32_t p = 0; p < w->graph->npkgs; p++) {
			if (l->distance[p] != d)
				continue;
			struct json *object = json_object();

			json_set_text(object, "name", why_node(w, p));
			json_set_int(object, "distance", d);
			json_set_text(object, "platform", w->source->config[l->config[p]].name);
			json_set(object, "edge", edge_of(w, l->edge[p], 1u << l->config[p]));
			json_out_value(j, object);
		}
	json_out_close(j);
}

int why_write_json(const struct why *w, const struct output *o, bool all UNUSED, struct err *err)
{
	struct arena scratch = ARENA_INIT;
	struct json_out j;

	json_out_init(&j, o->file, JSON_INDENTED);
	json_out_open(&j, NULL, JSON_OBJECT);
	json_out_int(&j, "schema", 1);
	json_out_text(&j, "command", "why");
	json_out_int(&j, "status", w->status);
	json_out_text(&j, "incomplete", w->incomplete);
	json_out_text(&j, "level", level_name(w->level, &scratch));
	if (w->level.kind == LEVEL_CONTEXT)
		json_out_bool(&j, "guessed", w->packages->guessed[PART_CONTEXT]);
	json_out_bool(&j, "tests", w->tests);
	json_out_member(&j, "platforms", platforms_of(w, UINT32_MAX));
	json_out_member(&j, "from", w->reverse ? NULL : end_of(w, &w->from));
	json_out_member(&j, "to", end_of(w, &w->to));
	if (w->reverse)
		write_importers(w, &j);
	else
		write_forward(w, &j);
	json_out_close(&j);
	arena_release(&scratch);
	return json_out_finish(&j, err);
}
