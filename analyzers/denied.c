/* SPDX-License-Identifier: MIT */
/*
 * denied.c - what a layer may not use of other modules and of the standard
 * library: what it imports itself, and what it reaches through packages of no
 * layer.  For each path the search goes backwards from who imports it, so that
 * its cost does not grow with the number of layers.
 */
#include "analyzers/edges.h"
#include "analyzers/leaving.h"
#include "analyzers/setting.h"


struct way {                            /* the shortest of a package to a module; of one search */
	uint32_t round;                 /* module number + 1 that it is of */
	uint32_t path;                  /* into leaving.path */
	uint32_t nhops;
	const uint32_t *hop;            /* nodes between */
	enum policy_grant grant;
};

struct judge {
	const struct analysis *a;
	const struct graph *g;
	const struct mapping *m;
	struct leaving out;
	bool *listed;                   /* [nlayers] has a list at all */
	uint8_t *grant;                 /* [nlayers * npaths] enum policy_grant */
	uint32_t *seen, *next, *dist;   /* [npkgs] of the search for path seen - 1 */
	uint32_t *queue;                /* [npkgs] */
	struct way *way;                /* [npkgs] */
	uint32_t *touched, ntouched;    /* [npkgs] packages whose way is of this round */
};

static enum policy_grant grant_of(const struct judge *j, uint32_t p, uint32_t path)
{
	uint32_t layer = j->m->of[p].layer;

	if (layer == POLICY_NONE || !j->listed[layer])
		return GRANT_YES;
	return (enum policy_grant)j->grant[(size_t)layer * j->out.npaths + path];
}

static void learn_grants(struct judge *j)
{
	const struct policy *p = j->m->policy;

	j->listed = arena_array(j->a->scratch, bool, p->nlayers);
	j->grant = arena_array(j->a->scratch, uint8_t, (size_t)p->nlayers * j->out.npaths);
	for (uint32_t l = 0; l < p->nlayers; l++) {
		j->listed[l] = list_speaks(&p->layer[l].external) || list_speaks(&p->layer[l].std);
		for (uint32_t i = 0; j->listed[l] && i < j->out.npaths; i++) {
			const struct leaving_path *path = &j->out.path[i];
			const struct policy_list *list = layer_list(&p->layer[l], path->std);

			if (list_speaks(list))
				j->grant[(size_t)l * j->out.npaths + i] = (uint8_t)policy_grant(
					p, list, sym_text(j->g->syms, path->path), NULL);
		}
	}
}

static void report(const struct judge *j, uint32_t p, struct finding *f, enum policy_grant grant,
		   uint32_t path)
{
	f->rule = &rule_rows[RULE_DENIED_IMPORT];
	f->severity = setting_level(j->a, RULE_DENIED_IMPORT);
	if (grant == GRANT_WARN) {
		f->severity = setting_at_most(j->a, RULE_DENIED_IMPORT, SEV_WARNING);
		f->graded = true;
	}
	f->from = edge_name(j->g, p);
	f->why = grant_why(j->m, j->m->of[p].layer, sym_text(j->g->syms, j->out.path[path].path),
			   j->out.path[path].std, j->a->scratch);
	finding_add(j->a->findings, f);
}

static void judge_direct(const struct judge *j, uint32_t p)
{
	struct arena *arena = j->a->scratch;

	for (uint32_t i = j->out.first[p]; i < j->out.first[p + 1]; i++) {
		const struct leaving_line *line = &j->out.line[i];
		enum policy_grant grant = grant_of(j, p, line->path);
		const char *to = sym_text(j->g->syms, j->out.path[line->path].path);

		if (grant == GRANT_YES)
			continue;
		report(j, p, &(struct finding){
			.at = line->at, .to = to, .symbol = "",
			.message = arena_printf(arena, "%s %s not use '%s': '%s' imports it",
				layer_words(j->m, p), grant == GRANT_WARN ? "should" : "must", to,
				edge_name(j->g, p)),
		}, grant, line->path);
	}
}

/* The way goes on through packages of no layer only. */
static bool is_open(const struct judge *j, uint32_t p)
{
	return j->m->of[p].layer == POLICY_NONE;
}

static bool imports(const struct judge *j, uint32_t p, uint32_t path, struct span *ret)
{
	for (uint32_t i = j->out.first[p]; i < j->out.first[p + 1]; i++)
		if (j->out.line[i].path == path) {
			*ret = j->out.line[i].at;
			return true;
		}
	return false;
}

/* A package of a layer imports the open package `via`, from where the path is reached. */
static void offer(struct judge *j, uint32_t p, uint32_t via, uint32_t path, uint32_t round)
{
	enum policy_grant grant = grant_of(j, p, path);
	struct way *w = &j->way[p];
	uint32_t *hop, n = 0;
	struct span at;

	if (grant == GRANT_YES || imports(j, p, path, &at))
		return;
	if (w->round == round &&
	    (w->grant > grant || (w->grant == grant && w->nhops <= j->dist[via])))
		return;
	if (w->round != round)
		j->touched[j->ntouched++] = p;
	hop = arena_array(j->a->scratch, uint32_t, j->dist[via]);
	for (uint32_t at_node = via; at_node != ID_NONE; at_node = j->next[at_node])
		hop[n++] = at_node;
	*w = (struct way){ round, path, n, hop, grant };
}

static void enter(struct judge *j, uint32_t p, uint32_t next, uint32_t path, uint32_t *tail)
{
	if (!is_open(j, p) || j->seen[p] == path + 1)
		return;
	j->seen[p] = path + 1;
	j->next[p] = next;
	j->dist[p] = next == ID_NONE ? 1 : j->dist[next] + 1;
	j->queue[(*tail)++] = p;
}

/* Backwards from all open packages that import the path; nearest first, then by number. */
static void search(struct judge *j, uint32_t path, uint32_t round)
{
	const struct leaving_path *to = &j->out.path[path];
	const struct graph *g = j->g;
	uint32_t tail = 0;

	for (uint32_t i = to->first; i < to->first + to->count; i++)
		enter(j, j->out.line[j->out.by_path[i]].package, ID_NONE, path, &tail);
	for (uint32_t head = 0; head < tail; head++) {
		uint32_t p = j->queue[head];

		for (uint32_t i = g->in_first[p]; i < g->in_first[p + 1]; i++) {
			uint32_t from = g->in_from[i];

			if (!edge_in_code(g, g->in_edge[i]))
				continue;
			if (is_open(j, from))
				enter(j, from, p, path, &tail);
			else
				offer(j, from, p, path, round);
		}
	}
}

static void report_way(const struct judge *j, uint32_t p)
{
	const struct way *w = &j->way[p];
	const struct leaving_path *to = &j->out.path[w->path];
	struct arena *arena = j->a->scratch;
	struct related *hop = arena_array(arena, struct related, (size_t)w->nhops + 1);
	const char *target = sym_text(j->g->syms, to->path);
	const char *chain = arena_printf(arena, "'%s'", edge_name(j->g, p));
	uint32_t at = p, n = 0;

	for (uint32_t i = 0; i < w->nhops; i++) {
		uint32_t to_node = w->hop[i];
		uint32_t e = graph_find_edge(j->g, (pkg_id){ at }, (pkg_id){ to_node });

		hop[n].at = edge_at(j->g, e, false);
		hop[n++].note = arena_printf(arena, "%s -> %s", edge_name(j->g, at),
					     edge_name(j->g, to_node));
		chain = arena_printf(arena, "%s -> '%s' (%s)", chain, edge_name(j->g, to_node),
				     layer_words(j->m, to_node));
		at = to_node;
	}
	if (!imports(j, at, w->path, &hop[n].at))
		BUG("a way that ends before the import");
	hop[n++].note = arena_printf(arena, "%s -> %s", edge_name(j->g, at), target);
	report(j, p, &(struct finding){
		.at = hop[0].at, .to = sym_text(j->g->syms, to->module), .symbol = "through",
		.message = arena_printf(arena, "%s %s not reach '%s': %s -> it",
					layer_words(j->m, p),
					w->grant == GRANT_WARN ? "should" : "must", target, chain),
		.related = hop, .nrelated = n,
	}, w->grant, w->path);
}

static bool is_denied_to_any(const struct judge *j, uint32_t path)
{
	for (uint32_t l = 0; l < j->m->policy->nlayers; l++)
		if (j->listed[l] && j->grant[(size_t)l * j->out.npaths + path] != GRANT_YES)
			return true;
	return false;
}

/* One round a module: a package is told once that it reaches it. */
static void judge_ways(struct judge *j)
{
	for (uint32_t i = 0, end; i < j->out.npaths; i = end) {
		j->ntouched = 0;
		for (end = i; end < j->out.npaths &&
		     j->out.path[end].module.v == j->out.path[i].module.v; end++)
			if (is_denied_to_any(j, end))
				search(j, end, i + 1);
		for (uint32_t t = 0; t < j->ntouched; t++)
			if (j->g->flags[j->touched[t]] & NODE_REPORTED)
				report_way(j, j->touched[t]);
	}
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err UNUSED)
{
	struct judge j = { .a = a, .g = a->graph, .m = a->mapping };
	bool any = false;

	if (!a->mapping)
		return 0;
	for (uint32_t l = 0; l < a->policy->nlayers; l++)
		any |= list_speaks(&a->policy->layer[l].external) ||
		       list_speaks(&a->policy->layer[l].std);
	if (!any)
		return 0;
	leaving_find(a->source, a->graph, a->scratch, &j.out);
	learn_grants(&j);
	j.seen = arena_array(a->scratch, uint32_t, j.g->npkgs);
	j.next = arena_array(a->scratch, uint32_t, j.g->npkgs);
	j.dist = arena_array(a->scratch, uint32_t, j.g->npkgs);
	j.queue = arena_array(a->scratch, uint32_t, j.g->npkgs);
	j.touched = arena_array(a->scratch, uint32_t, j.g->npkgs);
	j.way = arena_array(a->scratch, struct way, j.g->npkgs);
	for (uint32_t p = 0; p < j.g->npkgs; p++) {
		uint32_t layer = j.m->of[p].layer;

		if (layer == POLICY_NONE || !j.listed[layer] || !(j.g->flags[p] & NODE_REPORTED))
			continue;
		*ret_judged += j.out.first[p + 1] - j.out.first[p];
		judge_direct(&j, p);
	}
	judge_ways(&j);
	return 0;
}

static const enum rule_id rules[] = { RULE_DENIED_IMPORT };

const struct analyzer analyzer_denied = {
	.name = "denied", .summary = "modules and standard packages that a layer must not use",
	.needs = FACT_IMPORTS | FACT_POLICY, .rules = rules, .nrules = ARRAY_SIZE(rules),
	.run = run,
};
