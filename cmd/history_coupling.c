/* SPDX-License-Identifier: MIT */
/* history_coupling.c - meshctl history coupling: what changes together, and who hides it. */
#include "analyzers/cochange.h"
#include "base/text.h"
#include "cmd/history_view.h"
#include "cmd/subcommand.h"
#include "graph/level.h"

#include <math.h>
#include <string.h>

enum column {
	DEGREE, SHARED, CHANGES_A, CHANGES_B, AVERAGE, SUPPORT, LIFT, SUM_A, SUM_B,
	ONE, OTHER, STATIC, COLUMNS
};

static const struct history_column columns[COLUMNS] = {
	[DEGREE] = { "degree", "degree", CELL_SHARE },
	[SHARED] = { "shared", "shared", CELL_NUMBER },
	[CHANGES_A] = { "changes_a", "of a", CELL_NUMBER },
	[CHANGES_B] = { "changes_b", "of b", CELL_NUMBER },
	[AVERAGE] = { "average", NULL, CELL_NUMBER },
	[SUPPORT] = { "support", NULL, CELL_SHARE },
	[LIFT] = { "lift", NULL, CELL_SHARE },
	[SUM_A] = { "sum_a", NULL, CELL_NUMBER },
	[SUM_B] = { "sum_b", NULL, CELL_NUMBER },
	[ONE] = { "a", "a", CELL_PATH },
	[OTHER] = { "b", "b", CELL_PATH },
	[STATIC] = { "static", "import", CELL_TEXT },
};

struct entities {
	const struct graph *graph;      /* whose edges tell what is hidden */
	uint32_t *of;                   /* [history.nfiles] */
	uint32_t *node;                 /* [count] of graph, or ID_NONE */
	const char **name;              /* [count] */
	uint32_t count;
};

/* The node of the package that each folder's files are in; ID_NONE for none. */
static uint32_t *nodes_of(const struct history_view *v, const struct graph *g, struct level level)
{
	uint32_t *ret = arena_array(v->arena, uint32_t, (size_t)v->session.source->ndirs + 1);

	level_dirs(v->session.source, v->session.graph, g, level, ret);
	return ret;
}

static void by_file(struct history_view *v, bool tests, struct entities *e)
{
	const struct source *s = v->session.source;
	uint32_t *node = nodes_of(v, v->session.graph, (struct level){ LEVEL_PACKAGE, 0 });

	e->graph = v->session.graph;
	e->node = arena_array(v->arena, uint32_t, (size_t)s->nfiles + 1);
	e->name = arena_array(v->arena, const char *, (size_t)s->nfiles + 1);
	for (uint32_t f = 0; f < s->nfiles; f++) {
		if (v->number[f] == HISTORY_NONE || !history_wants(v, (file_id){ f }, tests))
			continue;
		e->of[v->number[f]] = e->count;
		e->name[e->count] = v->history->file[v->number[f]].path;
		e->node[e->count++] = node[s->file[f].dir.v];
	}
}

static void by_level(struct history_view *v, struct level level, bool tests, struct entities *e)
{
	const struct source *s = v->session.source;
	const struct graph *g = level_graph(s, v->session.graph, level, v->arena);
	uint32_t *node = nodes_of(v, g, level);

	e->graph = g;
	e->count = g->npkgs;
	e->node = arena_array(v->arena, uint32_t, (size_t)g->npkgs + 1);
	e->name = arena_array(v->arena, const char *, (size_t)g->npkgs + 1);
	for (uint32_t p = 0; p < g->npkgs; p++) {
		e->node[p] = p;
		e->name[p] = sym_text(g->syms, g->id[p]);
		if (!*e->name[p])
			e->name[p] = ".";
	}
	for (uint32_t f = 0; f < s->nfiles; f++)
		if (v->number[f] != HISTORY_NONE && node[s->file[f].dir.v] != ID_NONE &&
		    history_wants(v, (file_id){ f }, tests))
			e->of[v->number[f]] = node[s->file[f].dir.v];
}

/* "a imports b", from the imports alone; "hidden" where there are none in either way. */
static const char *static_words(const struct entities *e, uint32_t a, uint32_t b)
{
	uint32_t x = e->node[a], y = e->node[b];

	if (x == ID_NONE || y == ID_NONE)
		return NULL;
	if (x == y)
		return "same package";
	bool out = graph_find_edge(e->graph, (pkg_id){ x }, (pkg_id){ y }) != ID_NONE;
	bool in = graph_find_edge(e->graph, (pkg_id){ y }, (pkg_id){ x }) != ID_NONE;

	return out && in ? "both ways" : out ? "a -> b" : in ? "b -> a" : "hidden";
}

/* Where the limits come from is said: others are not those that are published. */
static const char *limit_words(const struct cochange_limits *l, uint32_t change_set,
			       uint32_t hidden, struct arena *a)
{
	const struct cochange_limits *u = &cochange_usual;
	const char *degree = l->degree_most == u->degree_most ?
			     arena_printf(a, "at least %u %%", l->degree) :
			     arena_printf(a, "%u to %u %%, at least", l->degree, l->degree_most);
	const char *sets = change_set ?
			   arena_printf(a, ", in commits of at most %s",
					text_count(a, change_set, "path", "paths")) : "";
	const char *whose = !change_set && !memcmp(l, u, sizeof(*l)) ? "code-maat's limits" :
			    arena_printf(a, "as asked for; code-maat's own are %u %%, %u and %u",
					 u->degree, u->shared, u->revs);

	return arena_printf(a, "degree is shared / average of the changes of a and b; shown: %s%s "
			    "%u shared and %u on average%s (%s); %u hidden: neither imports the "
			    "other, and yet they change together", degree,
			    l->degree_most == u->degree_most ? "," : "", l->shared, l->revs, sets,
			    whose, hidden);
}

static void fill(struct history_view *v, const struct entities *e, const struct cochange *c,
		 const struct cochange_limits *limits)
{
	uint32_t all = v->history->stats.counted, hidden = 0;

	v->nrows = c->npairs;
	v->cell = arena_array(v->arena, struct history_cell, (size_t)v->nrows * COLUMNS + 1);
	for (uint32_t i = 0; i < c->npairs; i++) {
		const struct cochange_pair *p = &c->pair[i];
		struct history_cell *cell = &v->cell[(size_t)i * COLUMNS];
		double a = c->revs[p->a], b = c->revs[p->b];

		cell[DEGREE].number = p->degree / 100.0;
		cell[SHARED].number = p->shared;
		cell[CHANGES_A].number = a;
		cell[CHANGES_B].number = b;
		cell[AVERAGE].number = p->average;
		cell[SUPPORT].number = p->shared / (double)all;
		cell[LIFT].number = p->shared * (double)all / (a * b);
		cell[SUM_A].number = c->sum[p->a];
		cell[SUM_B].number = c->sum[p->b];
		cell[ONE].text = e->name[p->a];
		cell[OTHER].text = e->name[p->b];
		cell[STATIC].text = static_words(e, p->a, p->b);
		hidden += cell[STATIC].text && !strcmp(cell[STATIC].text, "hidden");
	}
	v->note = limit_words(limits, v->change_set, hidden, v->arena);
}

/* Each may be given by itself, as to code-maat. */
static int read_limits(const struct settings *set, struct cochange_limits *ret, struct err *err)
{
	*ret = cochange_usual;
	if (set->given & OPT_BIT(OPT_MIN_REVS))
		ret->revs = set->min_revs;
	if (set->given & OPT_BIT(OPT_MIN_SHARED_REVS))
		ret->shared = set->min_shared_revs;
	if (set->given & OPT_BIT(OPT_MIN_COUPLING))
		ret->degree = set->min_coupling;
	if (set->given & OPT_BIT(OPT_MAX_COUPLING))
		ret->degree_most = set->max_coupling;
	if (set->given & OPT_BIT(OPT_MAX_CHANGESET) && !set->max_changeset)
		return err_set(err, ERR_USAGE, "--max-changeset-size 0 leaves no commit");
	if (ret->degree > 100)
		return err_set(err, ERR_USAGE, "--min-coupling is in percent, at most 100, not %u",
			       ret->degree);
	if (ret->degree > ret->degree_most)
		return err_set(err, ERR_USAGE, "no degree is at least %u %% and at most %u %%",
			       ret->degree, ret->degree_most);
	return 0;
}

static int count(const struct run *run, struct history_view *v, const struct level *level,
		 const struct cochange_limits *limits, struct err *err)
{
	struct entities e = { .count = 0 };
	struct cochange c;

	e.of = arena_array(v->arena, uint32_t, (size_t)v->history->nfiles + 1);
	for (uint32_t f = 0; f < v->history->nfiles; f++)
		e.of[f] = HISTORY_NONE;
	if (!level) {
		by_file(v, run->set->tests, &e);
	} else {
		if (level_check(v->session.graph, *level, err))
			return -1;
		by_level(v, *level, run->set->tests || level->kind == LEVEL_TEST, &e);
	}
	if (cochange_count(v->history, e.of, e.count, limits, v->arena, &c, err))
		return -1;
	fill(v, &e, &c, limits);
	return 0;
}

static int coupling_run(struct run *run, struct err *err)
{
	struct history_view v = {
		.topic = "coupling", .column = columns, .ncolumns = COLUMNS,
		.one = "pair that changes together", .many = "pairs that change together",
		.change_set = run->set->max_changeset,
	};
	struct cochange_limits limits;
	const char *text = run->set->level;
	bool files = !text || !strcmp(text, "file");
	struct settings set = *run->set;
	struct run own = *run;
	struct level level;

	if (read_limits(run->set, &limits, err))
		return -1;
	/* Files are no level of the graph. */
	if (files)
		set.level = NULL;
	else if (level_parse(text, &level, err))
		return -1;
	own.set = &set;
	if (history_view_open(&own, "12m", &v, err))
		return -1;
	int rc = count(&own, &v, files ? NULL : &level, &limits, err);

	if (!rc)
		rc = history_view_write(&own, &v, err);
	history_view_close(&v);
	return rc;
}

static const char *const formats[] = { "text", "json", "csv", NULL };

const struct subcommand history_coupling = {
	.name = "coupling",
	.summary = "what changes together, and which of it no import tells",
	.operands = "[PATTERN]",
	.max_operands = 1,
	.options = HISTORY_OPTIONS | OPT_BIT(OPT_SINCE) | OPT_BIT(OPT_TESTS) |
		   OPT_BIT(OPT_LEVEL) | OPT_BIT(OPT_MIN_REVS) | OPT_BIT(OPT_MIN_SHARED_REVS) |
		   OPT_BIT(OPT_MIN_COUPLING) | OPT_BIT(OPT_MAX_COUPLING) |
		   OPT_BIT(OPT_MAX_CHANGESET),
	.formats = formats,
	.run = coupling_run,
};
