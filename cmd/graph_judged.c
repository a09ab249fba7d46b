/* SPDX-License-Identifier: MIT */
/*
 * graph_judged.c - --highlight violations and changed:REV: findings about imports,
 * and differences from a commit, as marks of nodes and edges.
 */
#include "cmd/graph_judged.h"
#include "analyzers/edges.h"

#include <string.h>

/* ---- judging ---- */

static int choose(const struct run *run UNUSED, struct judge *j, void *ctx, struct err *err)
{
	const struct graph_judged *g = ctx;

	if (g->light == LIGHT_CHANGED)
		return 0;
	if (!j->session.policy->found)
		return err_set(err, ERR_USAGE, "--highlight violations: nobody says what is "
			       "forbidden: 'meshctl init' writes a policy that does");
	for (unsigned i = 0; i < RULE_COUNT; i++)
		j->chosen.has[i] = diff_rule_about_imports(&rule_rows[i]) &&
			policy_rule_level(j->session.policy, &rule_rows[i]) != SEV_OFF;
	return 0;
}

static int settled(const struct run *run, struct judge *j, void *ctx, struct err *err)
{
	struct graph_judged *g = ctx;

	if (g->light != LIGHT_CHANGED)
		return 0;
	g->sides.given = &g->given;
	if (sides_open(run, j, &g->sides, err))
		return -1;
	return diff_build(run, j, &g->sides, &g->diff, err);
}

int graph_judge(struct run *run, enum graph_light light, const char *rev,
		const struct session_wish *wish, struct graph_judged *ret, struct err *err)
{
	const struct judge_steps steps = {
		.command = "graph", .contexts = wish->contexts, .domains = wish->domains,
		.choose = choose, .settled = settled, .may_miss_baseline = true,
		.ctx = ret,
	};
	struct settings set = *run->set;
	struct run own = *run;

	*ret = (struct graph_judged){ .light = light };
	if (light == LIGHT_CHANGED) {
		if (gitbase_merge(".", rev, set.rev, run->arena, &ret->given, err))
			return -1;
		if (!ret->given.commit)
			return err_set(err, ERR_INPUT, "'%.80s' names no commit", rev);
		set.base = rev;
	}
	own.set = &set;
	return judge_run(&own, &steps, &ret->judge, err);
}

void graph_judged_release(struct graph_judged *j, const struct settings *set)
{
	judge_release(&j->judge, set);
	sides_release(&j->sides, set);
}

/* ---- marks ---- */

struct marker {
	const struct graph_view *v;
	const uint32_t *node_of;        /* [packages] */
	uint32_t *at;                   /* [nsyms] package + 1 by its name */
	uint32_t nsyms;
};

static struct marker marker_of(const struct graph_view *v, struct arena *arena)
{
	struct marker m = { .v = v, .node_of = graph_view_nodes(v, arena) };
	const struct graph *g = v->packages;

	m.nsyms = v->source->syms->count;
	m.at = arena_array(arena, uint32_t, m.nsyms);
	for (uint32_t p = 0; p < g->npkgs; p++)
		m.at[g->id[p].v] = p + 1;
	return m;
}

/* The package of this name, or ID_NONE. */
static uint32_t package_of(const struct marker *m, const char *name)
{
	sym_id id = sym_find(m->v->source->syms, name, strlen(name));

	return id.v && id.v < m->nsyms && m->at[id.v] ? m->at[id.v] - 1 : ID_NONE;
}

/* The node or the edge of the view that an import between two packages is in. */
static uint8_t *light_of(const struct marker *m, struct graph_lights *lights, uint32_t from,
			 uint32_t to)
{
	uint32_t a = m->node_of[from], b = m->node_of[to], edge;

	if (a == ID_NONE || b == ID_NONE)
		return NULL;
	if (a == b)
		return &lights->node[a];
	edge = graph_find_edge(m->v->graph, (pkg_id){ a }, (pkg_id){ b });
	return edge == ID_NONE ? NULL : &lights->edge[edge];
}

/* Is it about an import that a test file has, and that this view does not count? */
static bool is_uncounted(const struct marker *m, uint32_t edge, const struct finding *f)
{
	const struct graph *g = m->v->packages;

	for (uint32_t s = g->site_first[edge]; s < g->site_first[edge + 1]; s++)
		if (g->site[s].at.path.v == f->at.path.v && g->site[s].at.line == f->at.line)
			return g->site[s].test && !m->v->tests;
	return !edge_in_code(g, edge) && !m->v->tests;
}

static void mark_finding(const struct marker *m, struct graph_lights *lights,
			 const struct finding *f, enum graph_light light)
{
	uint32_t from, to, edge;
	uint8_t *at;

	if (!diff_rule_about_imports(f->rule) || f->severity == SEV_OFF)
		return;
	from = package_of(m, f->from);
	to = package_of(m, f->to);
	if (from == ID_NONE || to == ID_NONE)
		return;
	edge = graph_find_edge(m->v->packages, (pkg_id){ from }, (pkg_id){ to });
	if (edge == ID_NONE || is_uncounted(m, edge, f))
		return;
	at = light_of(m, lights, from, to);
	/* What nobody accepted counts more. */
	if (at && *at != LIGHT_VIOLATION)
		*at = (uint8_t)light;
}

void graph_light_violations(const struct graph_view *v, const struct findings *f,
			    struct arena *arena, struct graph_lights *ret)
{
	struct marker m = marker_of(v, arena);

	for (uint32_t i = 0; i < f->count; i++)
		mark_finding(&m, ret, &f->item[i], LIGHT_VIOLATION);
	for (uint32_t i = 0; i < f->nheld; i++)
		mark_finding(&m, ret, &f->held[i], LIGHT_ACCEPTED);
}

/* Folders with a file that is new, gone or different. */
static void mark_files(const struct marker *m, const struct diff *d, struct graph_lights *ret)
{
	for (uint32_t i = 0; i < d->lines.nfolders; i++) {
		const char *folder = d->lines.folder[i];
		uint32_t p = package_of(m, *folder ? folder : ".");

		if (p != ID_NONE && m->node_of[p] != ID_NONE)
			ret->node[m->node_of[p]] = LIGHT_CHANGED;
	}
}

void graph_light_changes(const struct graph_view *v, const struct diff *d, struct arena *arena,
			 struct graph_lights *ret)
{
	struct marker m = marker_of(v, arena);

	mark_files(&m, d, ret);
	for (uint32_t i = 0; i < d->npackages; i++) {
		uint32_t p = d->package[i].change == DIFF_ADDED ?
			     package_of(&m, d->package[i].id) : ID_NONE;

		/* A group that has a new package has changed; it is not new. */
		if (p != ID_NONE && m.node_of[p] != ID_NONE)
			ret->node[m.node_of[p]] = v->graph->members[m.node_of[p]] > 1 ?
						  LIGHT_CHANGED : LIGHT_ADDED;
	}
	for (uint32_t i = 0; i < d->nedges; i++) {
		const struct diff_edge *e = &d->edge[i];
		uint32_t from = package_of(&m, e->from), to = package_of(&m, e->to);
		uint8_t *at;

		if (e->change == DIFF_REMOVED || from == ID_NONE || to == ID_NONE ||
		    (e->test && !v->tests))
			continue;
		at = light_of(&m, ret, from, to);
		if (at && *at != LIGHT_ADDED)
			*at = e->change == DIFF_ADDED ? LIGHT_ADDED : LIGHT_CHANGED;
	}
}
