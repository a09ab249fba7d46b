/* SPDX-License-Identifier: MIT */
/* explain_tree.c - opens the tree, finds the package that is meant, and the common words. */
#include "cmd/explain_tree.h"
#include "analyzers/edges.h"
#include "base/text.h"
#include "cmd/report/text.h"
#include "cmd/why.h"
#include "graph/source/tree.h"

#include <string.h>

#define CANDIDATES_MAX 4u               /* packages of a folder that a message names */

int explain_tree_open(struct run *run, struct explain_tree *ret, struct err *err)
{
	const struct judge_steps steps = {
		.command = "explain", .contexts = true, .may_miss_baseline = true,
	};
	struct settings set = *run->set;
	struct run whole = *run;

	/* What it finds is not what was asked for. */
	set.fail_on = SEV_OFF;
	set.given |= OPT_BIT(OPT_FAIL_ON);
	whole.set = &set;
	whole.noperands = 0;
	*ret = (struct explain_tree){ .arena = run->arena, .all = run->set->all };
	if (judge_run(&whole, &steps, &ret->judge, err))
		return -1;
	const struct session *s = &ret->judge.session;

	/* Where nothing was read no name is known: say what is wrong first. */
	if (ret->judge.report.incomplete && !s->graph->npkgs)
		return err_set(err, ERR_INPUT, "%s", ret->judge.report.incomplete);
	ret->analysis = judge_analysis(&ret->judge);
	ret->analysis.scratch = run->arena;
	ret->names = (struct names){
		.source = s->source, .packages = s->graph, .graph = s->graph,
		.level = { LEVEL_PACKAGE, 0 }, .here = where_user_is(s->source, run->arena),
	};
	verdicts_init(&ret->verdicts, &ret->analysis, run->arena);
	graph_measure(s->graph, false, run->arena, &ret->metrics);
	return 0;
}

void explain_tree_close(struct explain_tree *t, const struct settings *set)
{
	judge_release(&t->judge, set);
}

static int several(const struct explain_tree *t, const struct name *name, const char *text,
		   struct err *err)
{
	const struct graph *g = t->analysis.graph;
	const char *list = "";
	uint32_t n = 0;

	for (uint32_t p = 0; p < g->npkgs; p++) {
		if (!name_holds(&t->names, name, p) || g->flags[p] & NODE_XTEST)
			continue;
		if (n++ < CANDIDATES_MAX)
			list = arena_printf(t->arena, "%s%s'%.60s'", list, n > 1 ? ", " : "",
					    edge_name(g, p));
	}
	return err_set(err, ERR_USAGE, "'%.80s' is a folder of %s: %s%s; choose one", text,
		       text_count(t->arena, n, "package", "packages"), list,
		       n > CANDIDATES_MAX ? ", ..." : "");
}

int explain_tree_package(const struct explain_tree *t, const char *text, uint32_t *ret_node,
			 uint32_t *ret_meant, struct err *err)
{
	const struct graph *g = t->analysis.graph;
	struct name name;
	int rc = name_find(&t->names, text, false, t->arena, &name, err);

	if (ret_meant)
		*ret_meant = name.count;
	if (rc)
		return -1;
	if (name.kind != NAME_NODE)
		return several(t, &name, text, err);
	*ret_node = 0;
	while (g->id[*ret_node].v != name.node.v)
		++*ret_node;
	return 0;
}

const char *explain_context(const struct explain_tree *t, uint32_t node)
{
	const struct graph *g = t->analysis.graph;
	const sym_id *part = g->part[PART_CONTEXT];

	return part && part[node].v ? sym_text(g->syms, part[node]) : NULL;
}

const char *explain_place(const struct explain_tree *t, uint32_t node)
{
	const struct mapping *m = t->analysis.mapping;
	const char *context = m ? explain_context(t, node) : NULL;
	const char *id = edge_name(t->analysis.graph, node);
	size_t len = strcspn(id, "/");

	if (m && m->policy->nlayers)
		return context ? arena_printf(t->arena, "%s of %s", layer_words(m, node), context) :
				 layer_words(m, node);
	if (m)
		return context ? context : m->of[node].shared ? "shared" : "no context";
	len += id[len] ? 1 + strcspn(id + len + 1, "/") : 0;
	return arena_strndup(t->arena, id, len);
}

static const struct finding *look_among(const struct finding *list, uint32_t n,
					const struct rule *rule, const char *from, const char *to)
{
	for (uint32_t i = 0; i < n; i++)
		if (list[i].rule == rule && !strcmp(list[i].from, from) &&
		    !strcmp(list[i].to, to))
			return &list[i];
	return NULL;
}

const struct finding *explain_finding_of(const struct explain_tree *t, const struct rule *rule,
					 const char *from, const char *to)
{
	const struct findings *all = &t->judge.findings;
	const struct finding *f = look_among(all->item, all->count, rule, from, to);

	return f ? f : look_among(all->held, all->nheld, rule, from, to);
}

const char *explain_state(const struct explain_tree *t, const struct finding *f)
{
	return f->held_by ? arena_printf(t->arena, "held by %s", f->held_by) : "new";
}

void explain_next(const struct report *r, FILE *out, const char *label, const char *command,
		  struct arena *arena)
{
	char *text = arena_printf(arena, "meshctl %s", text_escape(arena, command));

	for (char *p = text; *p; p++)
		if (*p == ' ')
			*p = TEXT_GLUE[0];
	text_block(r, out, label, text);
}

void explain_json_head(const struct explain_tree *t, struct json_out *j)
{
	const struct policy *p = t->analysis.policy;

	json_out_int(j, "schema", 1);
	json_out_text(j, "command", "explain");
	json_out_int(j, "status", t->judge.report.status);
	json_out_text(j, "incomplete", t->judge.report.incomplete);
	json_out_text(j, "policy", p->found ? p->path : NULL);
}

struct json *explain_json_lines(const struct verdict *v)
{
	struct json *list = json_array();

	for (uint32_t i = 0; i < v->nlines; i++) {
		const struct verdict_line *l = &v->line[i];
		struct json *o = json_object();

		json_set_text(o, "about", verdict_about_name[l->about]);
		json_set_text(o, "says", verdict_word[l->says]);
		json_set_text(o, "text", l->text);
		json_set_text(o, "by", l->by);
		json_set_text(o, "rule", l->rule ? l->rule->name : NULL);
		json_set_bool(o, "off", l->off);
		json_push(list, o);
	}
	return list;
}

struct json *explain_json_sites(const struct explain_tree *t, uint32_t edge)
{
	const struct graph *g = t->analysis.graph;
	struct json *list = json_array();

	for (uint32_t i = edge == ID_NONE ? 0 : g->site_first[edge];
	     edge != ID_NONE && i < g->site_first[edge + 1]; i++) {
		struct json *o = json_object();

		json_set_text(o, "path", sym_text(g->syms, g->site[i].at.path));
		json_set_int(o, "line", g->site[i].at.line);
		json_set_int(o, "column", g->site[i].at.col);
		json_set_text(o, "import", sym_text(g->syms, g->site[i].path));
		json_set_bool(o, "test", g->site[i].test);
		json_push(list, o);
	}
	return list;
}

void explain_json_place(const struct explain_tree *t, struct json *o, uint32_t node)
{
	const struct mapping *m = t->analysis.mapping;
	const struct placement *p = m ? &m->of[node] : NULL;

	json_set_text(o, "package", edge_name(t->analysis.graph, node));
	json_set_text(o, "layer", p && p->layer != POLICY_NONE ? m->policy->layer[p->layer].name :
				  NULL);
	json_set_text(o, "context", explain_context(t, node));
	json_set_bool(o, "guessed", t->analysis.graph->guessed[PART_CONTEXT]);
	json_set_bool(o, "shared", p && p->shared);
	json_set_bool(o, "published", p && p->published);
}
