/* SPDX-License-Identifier: MIT */
/*
 * testimports.c - circles that `go test` refuses: a test file inside of a
 * package imports what imports the package.
 */
#include "analyzers/selfimports.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

struct search {
	const struct analysis *a;
	const struct graph *g;
	uint32_t *component;
	uint32_t *round;                /* [npkgs] the search that reached the node last */
	uint32_t *parent, *queue;
	uint32_t now;
	uint64_t steps;
};

/*
 * Breadth first from `from` to `to` over ordinary imports of one configuration.
 * Components are numbered with importers above what they import, so that only
 * nodes above `to` can lead to it.
 */
static bool reaches(struct search *s, uint32_t from, uint32_t to, uint32_t config)
{
	const struct graph *g = s->g;
	const struct edge_filter f = { .config = config };
	uint32_t head = 0, tail = 0;

	s->now++;
	s->round[from] = s->now;
	s->parent[from] = ID_NONE;
	s->queue[tail++] = from;
	while (head < tail && s->steps < limit_of(LIMIT_TEST_STEPS)) {
		uint32_t p = s->queue[head++];

		graph_foreach_out(g, p, e) {
			uint32_t q = g->out_to[e];

			s->steps++;
			if (s->round[q] == s->now || s->component[q] < s->component[to] ||
			    !edge_alive(g, e, f))
				continue;
			s->round[q] = s->now;
			s->parent[q] = p;
			if (q == to)
				return true;
			s->queue[tail++] = q;
		}
	}
	return false;
}

static const char *identity(const struct search *s, uint32_t node)
{
	return sym_text(s->g->syms, s->g->id[node]);
}

/* The first import line of an edge: of a test file or of another one. */
static const struct site *first_site(const struct graph *g, uint32_t edge, bool test,
				     uint32_t config)
{
	for (uint32_t i = g->site_first[edge]; i < g->site_first[edge + 1]; i++)
		if (g->site[i].test == test && g->site[i].configs >> config & 1)
			return &g->site[i];
	BUG("edge %u has no such import", edge);
}

/* parent[] leads from `package` back to what its test imports: that is the way round, backwards. */
static void report(struct search *s, uint32_t package, uint32_t edge, uint32_t config)
{
	const struct graph *g = s->g;
	struct arena *scratch = s->a->scratch;
	uint32_t imported = g->out_to[edge], hops = 1, at = 0;

	for (uint32_t p = package; s->parent[p] != ID_NONE; p = s->parent[p])
		hops++;
	struct related *hop = arena_array(scratch, struct related, hops);
	const struct site *test = first_site(g, edge, true, config);

	hop[0] = (struct related){
		.at = test->at, .note = arena_printf(scratch, "%s -> %s", identity(s, package),
						     identity(s, imported)),
	};
	for (uint32_t p = package; s->parent[p] != ID_NONE; p = s->parent[p], at++) {
		uint32_t from = s->parent[p],
			 e = graph_find_edge(g, (pkg_id){ from }, (pkg_id){ p });

		hop[hops - 1 - at] = (struct related){
			.at = first_site(g, e, false, config)->at,
			.note = arena_printf(scratch, "%s -> %s", identity(s, from),
					     identity(s, p)),
		};
	}
	const struct rule *rule = &rule_rows[RULE_REFUSED_TEST];

	finding_add(s->a->findings, &(struct finding){
		.rule = rule, .severity = rule->severity, .at = test->at,
		.from = identity(s, package), .to = identity(s, imported), .symbol = "",
		.message = arena_printf(scratch, "a test of '%s' imports '%s', which imports it%s",
					identity(s, package), identity(s, imported),
					hops > 2 ? " through others" : ""),
		.related = hop, .nrelated = hops,
	});
}

static void look_at(struct search *s, uint32_t package, uint32_t edge)
{
	const struct graph *g = s->g;
	uint32_t to = g->out_to[edge];

	/* A component above itself would be a circle without tests, which is another rule's. */
	if (s->component[to] <= s->component[package])
		return;
	for (uint32_t c = 0; c < g->nconfigs; c++)
		if (g->out_test[edge] >> c & 1 && reaches(s, to, package, c)) {
			report(s, package, edge, c);
			return;
		}
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err)
{
	const struct graph *g = a->graph;
	struct search s = { .a = a, .g = g };

	graph_components(g, (struct edge_filter){ .config = ID_NONE }, a->scratch, &s.component);
	s.round = arena_array(a->scratch, uint32_t, g->npkgs);
	s.parent = arena_array(a->scratch, uint32_t, g->npkgs);
	s.queue = arena_array(a->scratch, uint32_t, g->npkgs);
	for (uint32_t p = 0; p < g->npkgs; p++) {
		/* An external test package is imported by nobody. */
		if (g->flags[p] & NODE_XTEST || !(g->flags[p] & NODE_REPORTED))
			continue;
		graph_foreach_out(g, p, e) {
			if (!g->out_test[e])
				continue;
			++*ret_judged;
			look_at(&s, p, e);
		}
	}
	*ret_judged += self_imports(a, true);
	if (s.steps >= limit_of(LIMIT_TEST_STEPS))
		return err_set(err, ERR_LIMIT, "the search for circles of tests reached the limit "
			       "test-import-steps");
	return 0;
}

static const enum rule_id rules[] = { RULE_REFUSED_TEST };

const struct analyzer analyzer_testimports = {
	.name = "testimports", .summary = "tests that import what imports their package",
	.needs = FACT_IMPORTS, .rules = rules, .nrules = ARRAY_SIZE(rules), .run = run,
};
