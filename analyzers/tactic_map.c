/* SPDX-License-Identifier: MIT */
/* tactic_map.c - ends, programs and ways back of an edge of a cut. */
#include "analyzers/tactic_map.h"

#include <stdlib.h>
#include <string.h>

static uint32_t lines_of(const struct graph *g, uint32_t edge, struct site_filter f)
{
	uint32_t n = 0;

	for (uint32_t i = g->site_first[edge]; i < g->site_first[edge + 1]; i++)
		n += site_counts(&g->site[i], f);
	return n;
}

void tactic_map_init(struct tactic_map *m, const struct source *s, const struct knots_at *k,
		     const struct knot *knot, const struct cut *cut)
{
	const struct graph *g = k->graph;
	const struct site_filter f = { knot->configs, level_has_tests(k->level) };
	size_t most = g->npkgs > k->packages->npkgs ? g->npkgs : k->packages->npkgs;

	*m = (struct tactic_map){
		.source = s, .k = k, .knot = knot,
		.node_of = xcalloc(s->ndirs, sizeof(*m->node_of)),
		.cut = xcalloc(g->nedges, sizeof(*m->cut)),
		.closed = xcalloc(s->ndirs, sizeof(*m->closed)),
		.queue = xcalloc(most, sizeof(*m->queue)),
		.seen = xcalloc(most, sizeof(*m->seen)),
		.lines = xcalloc(g->npkgs, sizeof(*m->lines)),
	};
	level_dirs(s, k->packages, g, k->level, m->node_of);
	for (uint32_t i = 0; i < cut->nedges; i++)
		m->cut[cut->edge[i].edge] = true;
	for (uint32_t p = 0; p < g->npkgs; p++)
		graph_foreach_out(g, p, e) {
			uint32_t n = lines_of(g, e, f);

			m->lines[p] += n;
			m->lines[g->out_to[e]] += n;
		}
}

void tactic_map_release(struct tactic_map *m)
{
	free(m->node_of);
	free(m->cut);
	free(m->closed);
	free(m->queue);
	free(m->seen);
	free(m->lines);
}

/* Everything that leads to `from` over edges that are not cut, in any configuration of the knot. */
static void close_ways_back(struct tactic_map *m, uint32_t from, struct site_filter f)
{
	const struct graph *g = m->k->graph;
	uint32_t head = 0, tail = 0;

	memset(m->seen, 0, g->npkgs * sizeof(*m->seen));
	m->seen[from] = true;
	m->queue[tail++] = from;
	while (head < tail) {
		uint32_t p = m->queue[head++];

		for (uint32_t i = g->in_first[p]; i < g->in_first[p + 1]; i++) {
			uint32_t edge = g->in_edge[i], q = g->in_from[i];
			uint32_t configs = g->out_configs[edge] | (f.tests ? g->out_test[edge] : 0);

			if (m->seen[q] || m->cut[edge] || !(configs & f.configs))
				continue;
			m->seen[q] = true;
			m->queue[tail++] = q;
		}
	}
	for (uint32_t d = 0; d < m->source->ndirs; d++) {
		uint32_t node = m->node_of[d];

		m->closed[d] = node != ID_NONE && node != from && m->seen[node];
	}
}

/* ---- names ---- */

static const char *name_of(const struct tactic_map *m, uint32_t node)
{
	return sym_text(m->k->graph->syms, m->k->graph->id[node]);
}

/* Does `end` end another member's name, at a slash? */
static bool ends_another(const struct tactic_map *m, uint32_t node, const char *end)
{
	size_t len = strlen(end);

	for (uint32_t i = 0; i < m->knot->nnodes; i++) {
		const char *other = name_of(m, m->knot->node[i]);
		size_t n = strlen(other);

		if (m->knot->node[i] != node && n >= len && !strcmp(other + n - len, end) &&
		    (n == len || other[n - len - 1] == '/'))
			return true;
	}
	return false;
}

/* The fewest last segments that no other member of the knot has. */
static const char *short_name(const struct tactic_map *m, uint32_t node)
{
	const char *name = name_of(m, node), *at = name + strlen(name);

	for (;;) {
		while (at > name && at[-1] != '/')
			at--;
		if (at == name || !ends_another(m, node, at))
			return at;
		at--;
	}
}

/* ---- programs ---- */

/* The packages of a node: a search for who leads to them begins there. */
static uint32_t members_of(struct tactic_map *m, uint32_t node)
{
	const struct graph *packages = m->k->packages;
	uint32_t n = 0;

	memset(m->seen, 0, packages->npkgs * sizeof(*m->seen));
	for (uint32_t p = 0; p < packages->npkgs; p++) {
		dir_id dir = packages->dir[p];

		if (dir.v == ID_NONE || packages->flags[p] & NODE_XTEST ||
		    m->node_of[dir.v] != node)
			continue;
		m->seen[p] = true;
		m->queue[n++] = p;
	}
	return n;
}

/* The nearest program outside of the node that leads into it; of equals the first by name. */
static const char *program_above(struct tactic_map *m, uint32_t node)
{
	const struct graph *g = m->k->packages;
	uint32_t head = 0, tail = members_of(m, node), round = tail, best = ID_NONE;

	while (head < tail && best == ID_NONE) {
		for (; head < round; head++) {
			uint32_t p = m->queue[head];

			for (uint32_t i = g->in_first[p]; i < g->in_first[p + 1]; i++) {
				uint32_t q = g->in_from[i];

				if (m->seen[q] || !g->out_configs[g->in_edge[i]])
					continue;
				m->seen[q] = true;
				m->queue[tail++] = q;
				if (q < best && g->flags[q] & NODE_MAIN)
					best = q;
			}
		}
		round = tail;
	}
	return best == ID_NONE ? "the program" : sym_text(g->syms, g->id[best]);
}

/* ---- whole packages ---- */

static uint32_t node_of(const struct tactic_map *m, uint32_t package)
{
	dir_id dir = m->k->packages->dir[package];

	return dir.v == ID_NONE || m->k->packages->flags[package] & NODE_XTEST ? ID_NONE :
	       m->node_of[dir.v];
}

static bool counts(const struct graph *g, uint32_t edge, struct site_filter f)
{
	return (g->out_configs[edge] | (f.tests ? g->out_test[edge] : 0)) & f.configs;
}

/* The packages of `to` that packages of `from` import, then what these import of `to`. */
static void find_packages(struct tactic_map *m, uint32_t from, uint32_t to, struct site_filter f,
			  struct tactic_case *ret)
{
	const struct graph *g = m->k->packages;
	uint32_t n = 0;

	memset(m->seen, 0, g->npkgs * sizeof(*m->seen));
	ret->programs = true;
	ret->moves = m->k->level.kind != LEVEL_PACKAGE && m->k->level.kind != LEVEL_TEST;
	for (uint32_t p = 0; p < g->npkgs; p++) {
		if (node_of(m, p) != from)
			continue;
		graph_foreach_out(g, p, e) {
			uint32_t q = g->out_to[e];

			if (node_of(m, q) != to || !counts(g, e, f))
				continue;
			ret->programs &= (g->flags[p] & NODE_MAIN) != 0;
			if (!m->seen[q]) {
				m->seen[q] = true;
				m->queue[n++] = q;
			}
		}
	}
	ret->imported = n;
	for (uint32_t i = 0; i < n; i++)
		graph_foreach_out(g, m->queue[i], e) {
			uint32_t q = g->out_to[e];

			if (!counts(g, e, (struct site_filter){ UINT32_MAX, false }) || m->seen[q])
				continue;
			if (node_of(m, q) == to) {
				m->seen[q] = true;
				m->queue[n++] = q;
			} else if (m->closed[g->dir[q].v]) {
				ret->moves = false;
			}
		}
	ret->moved = n;
	const char *name = n ? sym_text(g->syms, g->id[m->queue[0]]) : "";
	const char *slash = strrchr(name, '/');

	ret->package = slash ? slash + 1 : name;
	ret->members = m->k->graph->members[to];
}

void tactic_map_fill(struct tactic_map *m, const struct cut_edge *edge, struct site_filter f,
		     struct tactic_case *ret)
{
	const struct graph *g = m->k->graph;
	uint32_t back = graph_find_edge(g, (pkg_id){ edge->to }, (pkg_id){ edge->from });

	ret->from = short_name(m, edge->from);
	ret->to = short_name(m, edge->to);
	ret->main = program_above(m, edge->from);
	ret->between = edge->lines + (back == ID_NONE ? 0 : lines_of(g, back, f));
	ret->from_lines = m->lines[edge->from];
	ret->to_lines = m->lines[edge->to];
	close_ways_back(m, edge->from, f);
	find_packages(m, edge->from, edge->to, f, ret);
}
