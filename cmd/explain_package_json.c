/* SPDX-License-Identifier: MIT */
/*
 * explain_package_json.c - all that is known of one package as one JSON object.
 * cmd/report/explain.schema.json describes it.
 */
#include "analyzers/edges.h"
#include "cmd/explain_package.h"
#include "cmd/output.h"

/* Pattern and place of what decided, or null. */
static struct json *pattern_of(const struct policy_pattern *p, struct arena *a)
{
	struct json *o;

	if (!p)
		return NULL;
	o = json_object();
	json_set_text(o, "pattern", p->text);
	json_set_text(o, "at", policy_pos_text(p->at, a));
	return o;
}

static struct json *candidates_of(const struct explained *x)
{
	static const char *const kinds[] = {
		[CANDIDATE_LAYER] = "layer", [CANDIDATE_CONTEXT] = "context",
		[CANDIDATE_SHARED] = "shared",
	};
	struct json *list = json_array();

	for (uint32_t i = 0; i < x->ncandidates; i++) {
		const struct candidate *c = &x->candidate[i];
		struct json *o = json_object();

		json_set_text(o, "kind", kinds[c->kind]);
		json_set_text(o, "owner", c->owner);
		json_set(o, "by", pattern_of(c->pattern, x->t->arena));
		json_set_bool(o, "decides", c->decides);
		json_set(o, "beaten_by", pattern_of(c->beaten_by, x->t->arena));
		json_set_text(o, "why", c->why);
		json_push(list, o);
	}
	return list;
}

static struct json *placement_of(const struct explained *x)
{
	const struct mapping *m = x->t->analysis.mapping;
	struct arena *a = x->t->arena;
	struct json *o;

	if (!m)
		return NULL;
	const struct placement *p = &m->of[x->node];
	const struct policy_context *spec = p->context == POLICY_NONE ? NULL :
					    m->context[p->context].spec;

	o = json_object();
	json_set_bool(o, "mapped", !placement_unmapped(p));
	json_set_bool(o, "outside", p->outside);
	json_set(o, "layer_by", pattern_of(p->layer_by, a));
	json_set(o, "context_by", pattern_of(p->context_by, a));
	json_set(o, "shared_by", pattern_of(p->shared_by, a));
	json_set(o, "published_by", pattern_of(p->published_by, a));
	json_set_text(o, "comment", p->comment_name.v ?
		      sym_text(m->source->syms, p->comment_name) : NULL);
	json_set_text(o, "comment_at", !p->comment.path.v ? NULL :
		      arena_printf(a, "%s:%u", sym_text(m->source->syms, p->comment.path),
				   p->comment.line));
	json_set_text(o, "owner", spec ? spec->owner.text : NULL);
	json_set(o, "candidates", candidates_of(x));
	return o;
}

static struct json *metrics_of(const struct explained *x)
{
	const struct graph_metrics *m = &x->t->metrics;
	struct json *o;

	if (!m->counted[x->node])
		return NULL;
	o = json_object();
	json_set_int(o, "ca", m->node[x->node].ca);
	json_set_int(o, "ce", m->node[x->node].ce);
	json_set_real(o, "instability", metric_instability(&m->node[x->node]));
	json_set_int(o, "depth", m->node[x->node].depth);
	json_set_int(o, "reach", m->node[x->node].reach);
	json_set_int(o, "packages", m->npkgs);
	return o;
}

static void write_neighbours(const struct explained *x, struct json_out *j, const char *key,
			     const struct neighbours *list)
{
	json_out_open(j, key, JSON_ARRAY);
	for (uint32_t i = 0; i < list->count; i++) {
		const struct neighbour *n = &list->item[i];
		const struct verdict_line *by = verdict_decides(&n->verdict);
		struct json *o = json_object();

		explain_json_place(x->t, o, n->node);
		json_set_bool(o, "test", n->test);
		json_set_text(o, "verdict", verdict_word[n->verdict.says]);
		json_set_text(o, "by", by ? by->by : NULL);
		json_set(o, "lines", explain_json_lines(&n->verdict));
		json_set(o, "imports", explain_json_sites(x->t, n->edge));
		json_out_value(j, o);
	}
	json_out_close(j);
}

static void write_outsiders(const struct explained *x, struct json_out *j)
{
	const struct symtab *syms = x->t->analysis.source->syms;

	json_out_open(j, "outside", JSON_ARRAY);
	for (uint32_t i = 0; i < x->noutsiders; i++) {
		const struct outsider *out = &x->outsider[i];
		const struct verdict_line *by = verdict_decides(&out->verdict);
		struct json *o = json_object();

		json_set_text(o, "import", sym_text(syms, out->path->path));
		json_set_text(o, "module", out->path->std ? NULL :
			      sym_text(syms, out->path->module));
		json_set_bool(o, "std", out->path->std);
		json_set_int(o, "import_lines", out->lines);
		json_set_text(o, "path", sym_text(syms, out->at.path));
		json_set_int(o, "line", out->at.line);
		json_set_text(o, "verdict", verdict_word[out->verdict.says]);
		json_set_text(o, "by", by ? by->by : NULL);
		json_out_value(j, o);
	}
	json_out_close(j);
}

int explain_package_json(const struct explained *x, const struct output *o, struct err *err)
{
	const struct graph *g = x->t->analysis.graph;
	const struct source *s = x->t->analysis.source;
	const struct go_dir *dir = &s->dir[g->dir[x->node].v];
	struct json *package = json_object();
	struct json_out j;

	json_out_init(&j, o->file, JSON_INDENTED);
	json_out_open(&j, NULL, JSON_OBJECT);
	explain_json_head(x->t, &j);
	explain_json_place(x->t, package, x->node);
	json_set_text(package, "import_path", sym_text(g->syms, g->label[x->node]));
	json_set_text(package, "module", dir->module.v == ID_NONE ? NULL :
		      sym_text(g->syms, s->module[dir->module.v].path));
	json_set_int(package, "files", g->files[x->node]);
	json_set_int(package, "source_lines", g->lines[x->node]);
	json_set_bool(package, "main", g->flags[x->node] & NODE_MAIN);
	json_set_bool(package, "test", g->flags[x->node] & (NODE_XTEST | NODE_TEST_ONLY));
	json_set(package, "placement", placement_of(x));
	json_set(package, "metrics", metrics_of(x));
	json_out_member(&j, "package", package);
	write_neighbours(x, &j, "imports", &x->imports);
	write_neighbours(x, &j, "importers", &x->importers);
	write_outsiders(x, &j);
	json_out_open(&j, "findings", JSON_ARRAY);
	for (uint32_t i = 0; i < x->nfindings; i++)
		json_out_value(&j, report_finding(&x->t->judge.report, x->finding[i]));
	json_out_close(&j);
	json_out_close(&j);
	return json_out_finish(&j, err);
}
