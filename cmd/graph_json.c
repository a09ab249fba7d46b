/* SPDX-License-Identifier: MIT */
/*
 * graph_json.c - a graph as one JSON object whose nodes and edges are streamed.
 * cmd/report/graph.schema.json describes it.
 */
#include "base/json.h"
#include "cmd/graph_view.h"
#include "graph/metrics.h"
#include "graph/source/package.h"

#include <string.h>

static struct json *config_list(const struct source *s, uint32_t configs)
{
	struct json *list = json_array();

	for (uint32_t c = 0; c < s->nconfigs; c++)
		if (configs >> c & 1)
			json_push_text(list, s->config[c].name);
	return list;
}

/* The package clause: that of the package, or of its external tests. */
static sym_id package_name(const struct graph_view *v, uint32_t node, struct arena *scratch)
{
	const struct source *s = v->source;
	const struct graph *g = v->graph;
	const struct go_dir *d = &s->dir[g->dir[node].v];

	for (uint32_t c = 0; c < s->nconfigs; c++) {
		struct go_package p;

		if (!(g->configs[node] >> c & 1))
			continue;
		package_classify(s, g->dir[node], c, scratch, &p);
		for (uint32_t f = 0; f < d->nfiles && g->flags[node] & NODE_XTEST; f++)
			if (p.role[f] == ROLE_XTEST)
				return s->file[d->file_first + f].package;
		if (p.name.v && !(g->flags[node] & NODE_XTEST))
			return p.name;
	}
	return (sym_id){ 0 };
}

/* `p` is a node of view.inside; ID_NONE for one from outside. */
static void set_metrics(struct json *node, const struct graph_metrics *m, uint32_t p)
{
	if (p == ID_NONE || !m->counted[p]) {
		json_set_text(node, "metrics", NULL);
		return;
	}
	struct json *o = json_object();

	json_set_int(o, "ca", m->node[p].ca);
	json_set_int(o, "ce", m->node[p].ce);
	json_set_real(o, "instability", metric_instability(&m->node[p]));
	json_set_int(o, "depth", m->node[p].depth);
	json_set_int(o, "reach", m->node[p].reach);
	json_set(node, "metrics", o);
}

static struct json *node_object(const struct graph_view *v, const struct graph_metrics *m,
				uint32_t p, uint32_t inside, struct arena *scratch)
{
	const struct source *s = v->source;
	const struct graph *g = v->graph;
	struct json *o = json_object();
	mod_id module = graph_view_module(v, p);
	bool is_package = g->dir[p].v != ID_NONE;

	enum outside_part part = graph_view_part(v, p);
	const char *kind = outside_part_kind(part), *label = sym_text(g->syms, g->label[p]);

	json_set_text(o, "id", sym_text(g->syms, g->id[p]));
	json_set_text(o, "kind", kind ? kind : is_package ? "package" : "group");
	if (part != OUTSIDE_NOT)
		json_set_text(o, part == OUTSIDE_MODULE ? "module" : "import_path", label);
	if (is_package) {
		const char *dir = sym_text(g->syms, s->dir[g->dir[p].v].path);
		sym_id name = package_name(v, p, scratch);

		json_set_text(o, "import_path", label);
		if (name.v)
			json_set_text(o, "name", sym_text(g->syms, name));
		json_set_text(o, "dir", *dir ? dir : ".");
	}
	if (v->cluster)
		json_set_text(o, "cluster", v->cluster[p].v ? sym_text(g->syms, v->cluster[p]) :
							      NULL);
	if (module.v != ID_NONE)
		json_set_text(o, "module", sym_text(g->syms, s->module[module.v].path));
	json_set_int(o, "packages", g->members[p]);
	json_set_int(o, "files", g->files[p]);
	json_set_int(o, "lines", g->lines[p]);
	json_set_bool(o, "test", g->flags[p] & (NODE_XTEST | NODE_TEST_ONLY));
	json_set_bool(o, "main", g->flags[p] & NODE_MAIN);
	json_set(o, "configs", config_list(s, g->configs[p]));
	set_metrics(o, m, inside);
	if (v->light)
		json_set_text(o, "highlight", graph_light_word(v->lights.node[p]));
	return o;
}

static struct json *edge_object(const struct graph_view *v, uint32_t from, uint32_t e)
{
	const struct source *s = v->source;
	const struct graph *g = v->graph;
	struct json *o = json_object(), *imports = json_array();

	json_set_text(o, "from", sym_text(g->syms, g->id[from]));
	json_set_text(o, "to", sym_text(g->syms, g->id[g->out_to[e]]));
	json_set(o, "configs", config_list(s, g->out_configs[e]));
	json_set(o, "tests", config_list(s, v->tests ? g->out_test[e] : 0));
	for (uint32_t i = g->site_first[e]; i < g->site_first[e + 1]; i++) {
		const struct site *site = &g->site[i];

		if (!graph_view_counts(v, site))
			continue;
		struct json *import = json_object();

		json_set_text(import, "path", sym_text(g->syms, site->at.path));
		json_set_int(import, "line", site->at.line);
		json_set_int(import, "column", site->at.col);
		json_set_text(import, "import", sym_text(g->syms, site->path));
		json_push(imports, import);
	}
	json_set(o, "imports", imports);
	if (v->weight)
		json_set_int(o, "symbols", v->weight[e]);
	if (v->light)
		json_set_text(o, "highlight", graph_light_word(v->lights.edge[e]));
	return o;
}

/* With cuts: what each is, and what is proven of it. */
static void write_knots(const struct graph_view *v, struct json_out *j)
{
	json_out_open(j, "knots", JSON_ARRAY);
	for (uint32_t i = 0; i < v->lights.nknots; i++) {
		const struct light_knot *knot = &v->lights.knot[i];
		struct json *object = json_object(), *cut = json_object();

		json_set_int(object, "members", knot->members);
		json_set_int(object, "import_lines", knot->sites);
		json_set_int(cut, "edges", knot->edges);
		json_set_int(cut, "import_lines", knot->lines);
		json_set_text(cut, "unit", v->weight ? "symbols" : "import lines");
		json_set_int(cut, "weight", knot->weight);
		json_set_int(cut, "lower_bound", knot->bound);
		json_set_bool(cut, "optimal", knot->optimal);
		json_set(object, "cut", cut);
		json_out_value(j, object);
	}
	json_out_close(j);
}

/* Does it matter who says what the contexts are? */
static bool uses_contexts(const struct graph_view *v)
{
	return v->level.kind == LEVEL_CONTEXT || v->boxes == CLUSTER_CONTEXT ||
	       (v->collapse && v->collapse->kind == LEVEL_CONTEXT);
}

int graph_write_json(const struct graph_view *v, FILE *out, struct err *err)
{
	const struct graph *g = v->graph;
	struct arena scratch = ARENA_INIT;
	struct arena kept = ARENA_INIT;
	struct graph_metrics m;
	struct json_out j;

	graph_measure(v->inside, v->tests, &kept, &m);
	json_out_init(&j, out, JSON_INDENTED);
	json_out_open(&j, NULL, JSON_OBJECT);
	json_out_int(&j, "schema", 1);
	json_out_text(&j, "level", level_name(v->level, &scratch));
	if (v->collapse)
		json_out_text(&j, "collapse", level_name(*v->collapse, &scratch));
	if (level_part(v->level) != PARTS)
		json_out_int(&j, "left_out", v->left_out);
	if (uses_contexts(v))
		json_out_bool(&j, "guessed", v->packages->guessed[PART_CONTEXT]);
	json_out_member(&j, "configs", config_list(v->source, UINT32_MAX));
	json_out_text(&j, "incomplete", v->incomplete);
	if (v->light == LIGHT_CUT)
		write_knots(v, &j);
	json_out_open(&j, "nodes", JSON_ARRAY);
	/* Both graphs have their nodes in the same order. */
	for (uint32_t p = 0, inside = 0; p < g->npkgs; p++) {
		bool outside = g->flags[p] & NODE_OUTSIDE;

		if (v->node[p])
			json_out_value(&j, node_object(v, &m, p, outside ? ID_NONE : inside,
						       &scratch));
		inside += !outside;
		arena_reset(&scratch);
	}
	json_out_close(&j);
	json_out_open(&j, "edges", JSON_ARRAY);
	for (uint32_t p = 0; p < g->npkgs; p++)
		graph_foreach_out(g, p, e)
			if (v->edge[e])
				json_out_value(&j, edge_object(v, p, e));
	json_out_close(&j);
	json_out_close(&j);
	arena_release(&scratch);
	arena_release(&kept);
	return json_out_finish(&j, err);
}
