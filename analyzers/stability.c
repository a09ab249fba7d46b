/* SPDX-License-Identifier: MIT */
/*
 * stability.c - packages whose place in the graph makes change expensive: imports
 * that lead from stable to unstable ones, hubs, and packages that do everything.
 * F. Arcelli Fontana et al., "Arcan: a tool for architectural smells detection"
 * (2017); R. Martin's stable dependencies principle (1994).
 */
#include "analyzers/analyzer.h"
#include "analyzers/setting.h"
#include "base/text.h"
#include "graph/metrics.h"

struct stand {
	const struct analysis *a;
	const struct graph *g;
	struct graph_metrics m;
	uint32_t ca, ce;                /* medians */
	uint32_t low, high;             /* quartiles of lines */
};

static const char *name_of(const struct stand *st, uint32_t p)
{
	const char *id = sym_text(st->g->syms, st->g->id[p]);

	return *id ? id : ".";
}

static struct span package_span(const struct stand *st, uint32_t p)
{
	const struct source *s = st->a->source;
	const struct go_dir *d = &s->dir[st->g->dir[p].v];

	for (uint32_t f = d->file_first; f < d->file_first + d->nfiles; f++) {
		const struct go_file *file = &s->file[f];

		if (file->flags & (FILE_TEST | FILE_HIDDEN) || !file->configs ||
		    !file->package_line)
			continue;
		const char *path = source_file_path(s, (file_id){ f }, st->a->scratch);

		return (struct span){ sym_from(s->syms, path), file->package_line,
				      file->package_col, 0 };
	}
	return (struct span){ .path = d->path };
}

static bool is_judged(const struct stand *st, uint32_t p)
{
	return st->m.counted[p] && st->g->dir[p].v != ID_NONE &&
	       (st->g->flags[p] & NODE_REPORTED);
}

static int compare_numbers(const void *left, const void *right, void *ctx UNUSED)
{
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

	return a < b ? -1 : a > b;
}

/* The value below which `percent` of all packages that count are; by rank, no interpolation. */
static uint32_t quantile(const struct stand *st, uint32_t (*of)(const struct stand *, uint32_t),
			 unsigned percent)
{
	uint32_t *value = arena_array(st->a->scratch, uint32_t, st->g->npkgs), n = 0;

	for (uint32_t p = 0; p < st->g->npkgs; p++)
		if (st->m.counted[p])
			value[n++] = of(st, p);
	sort_with(value, n, sizeof(*value), compare_numbers, NULL);
	return n ? value[(uint64_t)(n - 1) * percent / 100] : 0;
}

static uint32_t ca_of(const struct stand *st, uint32_t p)
{
	return st->m.node[p].ca;
}

static uint32_t ce_of(const struct stand *st, uint32_t p)
{
	return st->m.node[p].ce;
}

static uint32_t lines_of(const struct stand *st, uint32_t p)
{
	return st->g->lines[p];
}

/* The first ordinary import of an edge, or NULL. */
static const struct site *first_site(const struct graph *g, uint32_t e)
{
	for (uint32_t s = g->site_first[e]; s < g->site_first[e + 1]; s++)
		if (!g->site[s].test)
			return &g->site[s];
	return NULL;
}

static void judge_edges(const struct stand *st, uint32_t p, uint32_t gap)
{
	const struct graph *g = st->g;
	const struct rule *rule = &rule_rows[RULE_UNSTABLE_DEPENDENCY];
	double own = metric_instability(&st->m.node[p]);

	graph_foreach_out(g, p, e) {
		const struct site *site = first_site(g, e);
		uint32_t to = g->out_to[e];
		double other = metric_instability(&st->m.node[to]);

		if (!site || !g->out_configs[e] || !st->m.counted[to] ||
		    own * 100 >= other * 100 - gap)
			continue;
		finding_add(st->a->findings, &(struct finding){
			.rule = rule, .severity = rule_level(rule), .at = site->at,
			.from = name_of(st, p), .to = name_of(st, to), .symbol = "",
			.message = arena_printf(st->a->scratch,
				"'%s' (instability %.2f) imports '%s', which is less stable "
				"(%.2f)", name_of(st, p), own, name_of(st, to), other),
		});
	}
}

static void judge_hub(const struct stand *st, uint32_t p, uint32_t least)
{
	const struct rule *rule = &rule_rows[RULE_HUB_PACKAGE];
	uint32_t ca = st->m.node[p].ca, ce = st->m.node[p].ce;
	uint32_t apart = ca > ce ? ca - ce : ce - ca;

	if (ca + ce < least || ca <= st->ca || ce <= st->ce ||
	    (uint64_t)apart * 4 >= ca + ce)
		return;
	finding_add(st->a->findings, &(struct finding){
		.rule = rule, .severity = rule_level(rule), .at = package_span(st, p),
		.from = name_of(st, p), .to = "", .symbol = "", .amount = ca,
		.message = arena_printf(st->a->scratch,
			"'%s' is imported by %u packages and imports %u: a hub", name_of(st, p), ca,
			ce),
	});
}

static void judge_size(const struct stand *st, uint32_t p, uint32_t least)
{
	const struct rule *rule = &rule_rows[RULE_GOD_PACKAGE];
	uint64_t fence = (uint64_t)st->high + 3 * (uint64_t)(st->high - st->low);
	uint32_t lines = st->g->lines[p];

	if (lines <= least || lines <= fence)
		return;
	finding_add(st->a->findings, &(struct finding){
		.rule = rule, .severity = rule_level(rule), .at = package_span(st, p),
		.from = name_of(st, p), .to = "", .symbol = "",
		.amount = st->m.node[p].ca,
		.message = arena_printf(st->a->scratch,
			"'%s' has %s lines in %s; three of four packages here have at most %s",
			name_of(st, p), text_number(st->a->scratch, lines),
			text_count(st->a->scratch, st->g->files[p], "file", "files"),
			text_number(st->a->scratch, st->high)),
	});
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err UNUSED)
{
	const uint32_t gap = setting_number(a, RULE_UNSTABLE_DEPENDENCY, "gap");
	const uint32_t neighbours = setting_number(a, RULE_HUB_PACKAGE, "min");
	const uint32_t lines = setting_number(a, RULE_GOD_PACKAGE, "min");
	struct stand st = { .a = a, .g = a->graph };

	graph_measure(a->graph, false, a->scratch, &st.m);
	st.ca = quantile(&st, ca_of, 50);
	st.ce = quantile(&st, ce_of, 50);
	st.low = quantile(&st, lines_of, 25);
	st.high = quantile(&st, lines_of, 75);
	for (uint32_t p = 0; p < a->graph->npkgs; p++) {
		if (!is_judged(&st, p))
			continue;
		++*ret_judged;
		judge_edges(&st, p, gap);
		judge_hub(&st, p, neighbours);
		judge_size(&st, p, lines);
	}
	return 0;
}

static const enum rule_id rules[] = {
	RULE_UNSTABLE_DEPENDENCY, RULE_HUB_PACKAGE, RULE_GOD_PACKAGE,
};

const struct analyzer analyzer_stability = {
	.name = "stability", .summary = "packages that are hard to change for where they stand",
	.needs = FACT_IMPORTS | FACT_LINES, .rules = rules, .nrules = ARRAY_SIZE(rules), .run = run,
};
