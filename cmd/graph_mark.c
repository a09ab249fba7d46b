/* SPDX-License-Identifier: MIT */
/* graph_mark.c - what is highlighted: circles, what to remove of them, a path. */
#include "cmd/graph_view.h"
#include "graph/cut.h"
#include "graph/path.h"
#include "graph/symbols.h"

#include <stdlib.h>
#include <string.h>

#define PATH_PREFIX "path:"
#define CHANGED_PREFIX "changed:"

static const struct light_row {
	const char *option, *word;
	enum draw_mark mark;
} rows[] = {
	[LIGHT_NONE] = { NULL, NULL, MARK_NONE },
	[LIGHT_CYCLE] = { "cycles", "cycle", MARK_CYCLE },
	[LIGHT_CUT] = { "cut", "cut", MARK_CUT },
	[LIGHT_PATH] = { NULL, "path", MARK_PATH },
	[LIGHT_VIOLATION] = { "violations", "violation", MARK_FORBIDDEN },
	[LIGHT_ACCEPTED] = { NULL, "accepted", MARK_FORBIDDEN },
	[LIGHT_CHANGED] = { NULL, "changed", MARK_CHANGED },
	[LIGHT_ADDED] = { NULL, "added", MARK_ADDED },
};

int graph_light_parse(const char *text, enum graph_light *ret, struct err *err)
{
	for (unsigned i = 0; i < ARRAY_SIZE(rows); i++)
		if (rows[i].option && !strcmp(rows[i].option, text)) {
			*ret = (enum graph_light)i;
			return 0;
		}
	*ret = LIGHT_CHANGED;
	if (!strncmp(text, CHANGED_PREFIX, strlen(CHANGED_PREFIX)) && *graph_light_rev(text))
		return 0;
	*ret = LIGHT_PATH;
	if (!strncmp(text, PATH_PREFIX, strlen(PATH_PREFIX)) && strstr(text, ".."))
		return 0;
	return err_set(err, ERR_USAGE, "nothing to highlight is called '%.80s': choose cycles, "
		       "cut, violations, path:FROM..TO or changed:REV", text);
}

const char *graph_light_rev(const char *text)
{
	return text + strlen(CHANGED_PREFIX);
}

const char *graph_light_word(enum graph_light light)
{
	return rows[light].word;
}

enum draw_mark graph_light_mark(uint8_t light)
{
	return rows[light].mark;
}

static void mark_knot(const struct graph_view *v, const struct knot *knot, bool edges,
		      uint32_t number, uint32_t *inside, struct graph_lights *ret)
{
	const struct graph *g = v->graph;

	for (uint32_t n = 0; n < knot->nnodes; n++) {
		inside[knot->node[n]] = number;
		ret->node[knot->node[n]] = LIGHT_CYCLE;
	}
	for (uint32_t n = 0; n < knot->nnodes && edges; n++) {
		graph_foreach_out(g, knot->node[n], e) {
			uint32_t configs = g->out_configs[e];

			if (v->tests)
				configs |= g->out_test[e];
			if (inside[g->out_to[e]] == number && (configs & knot->configs))
				ret->edge[e] = LIGHT_CYCLE;
		}
	}
}

void graph_light_circles(const struct graph_view *v, struct graph_lights *ret)
{
	struct arena arena = ARENA_INIT;
	struct knots knots = graph_knots(v->graph, v->tests, &arena);
	uint32_t *inside = xcalloc(v->graph->npkgs, sizeof(*inside));

	for (uint32_t i = 0; i < knots.count; i++)
		mark_knot(v, &knots.knot[i], true, i + 1, inside, ret);
	free(inside);
	arena_release(&arena);
}

static int light_cut(const struct graph_view *v, const struct knot *knot, struct graph_lights *ret,
		     struct arena *arena, struct err *err)
{
	uint32_t *weight = NULL;
	struct cut best;

	if (v->weigh &&
	    symbols_weigh(v->weigh, v->graph, knot, v->tests, arena, &weight, err))
		return -1;
	graph_cut(v->graph, knot, v->tests, weight, arena, &best);
	for (uint32_t e = 0; e < best.nedges; e++)
		ret->edge[best.edge[e].edge] = LIGHT_CUT;
	ret->knot[ret->nknots++] = (struct light_knot){
		.members = knot->nnodes, .sites = knot->sites, .edges = best.nedges,
		.lines = best.lines, .weight = best.weight, .bound = best.bound,
		.optimal = best.optimal,
	};
	return 0;
}

/* Members of knots, and of their edges those of the smallest cuts. */
static int light_cuts(const struct graph_view *v, struct graph_lights *ret, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct knots knots = graph_knots(v->graph, v->tests, &arena);
	uint32_t *inside = xcalloc(v->graph->npkgs, sizeof(*inside));
	int rc = 0;

	ret->knot = xcalloc(knots.count, sizeof(*ret->knot));
	for (uint32_t i = 0; i < knots.count && !rc; i++) {
		mark_knot(v, &knots.knot[i], false, i + 1, inside, ret);
		rc = light_cut(v, &knots.knot[i], ret, &arena, err);
	}
	free(inside);
	arena_release(&arena);
	return rc;
}

struct end {
	bool *node;                     /* [npkgs] it stands for */
	const char *text;
};

/* One node, or all below a folder: those that are shown, unless it was named itself. */
static int find_end(const struct graph_view *v, const struct names *n, const char *text,
		    struct arena *arena, struct end *ret, struct err *err)
{
	struct name name;

	if (graph_view_find(v, n, text, arena, &name, err))
		return -1;
	for (uint32_t p = 0; p < v->graph->npkgs; p++)
		ret->node[p] = graph_view_holds(v, n, &name, p);
	ret->text = name.text;
	return 0;
}

/* Names may have two dots in them: of all places to part the text the first that names both. */
static int find_ends(const struct graph_view *v, const struct names *n, const char *text,
		     struct arena *arena, struct end *ret_from, struct end *ret_to,
		     struct err *err)
{
	struct err first = ERR_INIT;

	for (const char *at = strstr(text, ".."); at; at = strstr(at + 1, "..")) {
		struct err later = ERR_INIT;
		/* The message is about the first way to read it. */
		struct err *about = first.code == ERR_NONE ? &first : &later;

		if (at == text || !at[2])
			continue;
		if (!find_end(v, n, arena_strndup(arena, text, (size_t)(at - text)), arena,
			      ret_from, about) &&
		    !find_end(v, n, at + 2, arena, ret_to, about))
			return 0;
	}
	if (first.code == ERR_NONE)
		return err_set(err, ERR_USAGE, "a path is between two: path:FROM..TO");
	*err = first;
	return -1;
}

static int light_path(const struct graph_view *v, const struct names *n, const char *text,
		      struct arena *arena, struct graph_lights *ret, struct err *err)
{
	const struct graph *g = v->graph;
	struct end from = { .node = arena_array(arena, bool, g->npkgs) };
	struct end to = { .node = arena_array(arena, bool, g->npkgs) };
	struct path path;
	uint32_t start;

	if (find_ends(v, n, text, arena, &from, &to, err))
		return -1;
	for (uint32_t p = 0; p < g->npkgs; p++)
		if (from.node[p] && to.node[p])
			return err_set(err, ERR_USAGE, "'%.200s' is at both ends of the path",
				       sym_text(g->syms, g->id[p]));
	if (!graph_shortest_between(g, v->tests, from.node, to.node, arena, &path, &start))
		return err_set(err, ERR_USAGE, "no path leads from '%.200s' to '%.200s'%s",
			       from.text, to.text, v->tests ? "" : " without tests");
	ret->node[start] = LIGHT_PATH;
	for (uint32_t i = 0; i < path.nedges; i++) {
		ret->edge[path.edge[i]] = LIGHT_PATH;
		ret->node[g->out_to[path.edge[i]]] = LIGHT_PATH;
	}
	return 0;
}

int graph_light_up(struct graph_view *v, const struct names *n, const struct graph_wish *wish,
		   struct arena *arena, struct err *err)
{
	switch (wish->light) {
	case LIGHT_NONE:
		return 0;
	case LIGHT_CYCLE:
		graph_light_circles(v, &v->lights);
		return 0;
	case LIGHT_CUT:
		return light_cuts(v, &v->lights, err);
	case LIGHT_PATH:
		return light_path(v, n, wish->light_text + strlen(PATH_PREFIX), arena, &v->lights,
				  err);
	case LIGHT_VIOLATION:
		graph_light_violations(v, wish->findings, arena, &v->lights);
		return 0;
	case LIGHT_CHANGED:
		graph_light_changes(v, wish->diff, arena, &v->lights);
		return 0;
	case LIGHT_ACCEPTED:
	case LIGHT_ADDED:
		break;
	}
	BUG("light %d", (int)wish->light);
}
