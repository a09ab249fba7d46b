/* SPDX-License-Identifier: MIT */
/*
 * propose_place.c - each package is looked at with what was placed before it, so
 * that two guesses never forbid each other; again until nothing is found.
 */
#include "analyzers/propose_place.h"
#include "analyzers/frameworks.h"
#include "base/text.h"
#include "graph/source/tree.h"

#include <string.h>

/* What is of one layer only may be a part of it. */
#define SERVES_AT_LEAST 2u

static const char *const roles[] = {
#define ROLE(name) name,
#include "analyzers/roles.def"
#undef ROLE
};

static bool has_role(const char *folder)
{
	for (; *folder; folder += strcspn(folder, "/"), folder += *folder == '/') {
		size_t len = strcspn(folder, "/");

		for (unsigned i = 0; i < ARRAY_SIZE(roles); i++)
			if (strlen(roles[i]) == len && !strncmp(folder, roles[i], len))
				return true;
	}
	return false;
}

static const char *folder_of(const struct placing *p, uint32_t n)
{
	uint32_t dir = p->graph->dir[n].v;

	return dir == ID_NONE ? "" : sym_text(p->source->syms, p->source->dir[dir].path);
}

/* Packages that import what serves requests: they are of the edge, whatever they use. */
static const bool *find_edge(const struct placing *p)
{
	bool *edge = arena_array(p->arena, bool, p->graph->npkgs);
	bool *dir = arena_array(p->arena, bool, p->source->ndirs);

	for (uint32_t f = 0; f < p->source->nfiles; f++) {
		const struct go_file *file = &p->source->file[f];

		if (file->flags & (FILE_TEST | FILE_HIDDEN) || !file->configs)
			continue;
		for (uint32_t i = 0; i < file->nimports && !dir[file->dir.v]; i++)
			dir[file->dir.v] = framework_serves(sym_text(p->source->syms,
				p->source->import[file->import_first + i].path));
	}
	for (uint32_t n = 0; n < p->graph->npkgs; n++)
		edge[n] = p->graph->dir[n].v != ID_NONE && dir[p->graph->dir[n].v];
	return edge;
}

/* Layers that may use all are no neighbours: they say nothing of what they import. */
static bool is_judged(const struct placing *p, uint32_t layer)
{
	return layer != POLICY_NONE && p->policy->layer[layer].uses.kind != USES_ANY;
}

/* An edge that is in the program; external tests import what they test. */
static bool is_from(const struct placing *p, uint32_t e)
{
	const struct graph *g = p->graph;

	return g->out_configs[g->in_edge[e]] && !(g->flags[g->in_from[e]] & NODE_XTEST);
}

/* How many layers above the bottom import it; *ret_packages: how many packages do. */
static uint32_t layers_served(const struct placing *p, uint32_t n, uint32_t *ret_packages)
{
	const struct graph *g = p->graph;
	bool *seen = arena_array(p->arena, bool, p->policy->nlayers);
	uint32_t layers = 0;

	*ret_packages = 0;
	for (uint32_t e = g->in_first[n]; e < g->in_first[n + 1]; e++) {
		uint32_t from = p->layer[g->in_from[e]];

		if (!is_from(p, e))
			continue;
		++*ret_packages;
		if (!is_judged(p, from) || from == p->bottom || seen[from])
			continue;
		seen[from] = true;
		layers++;
	}
	return layers;
}

/* It imports nothing but helpers and what is shared; several layers use it. */
static const char *helps(const struct placing *p, uint32_t n)
{
	const struct graph *g = p->graph;
	uint32_t importers, layers;

	if (p->bottom == POLICY_NONE || has_role(folder_of(p, n)))
		return NULL;
	graph_foreach_out(g, n, e) {
		uint32_t to = g->out_to[e];

		if (g->out_configs[e] && !p->shared[to] && p->layer[to] != p->bottom)
			return NULL;
	}
	layers = layers_served(p, n, &importers);
	if (layers < SERVES_AT_LEAST)
		return NULL;
	return arena_printf(p->arena, "imports no layer; %u packages of %u layers import it",
			    importers, layers);
}

/* The outermost layer, by name, of a package below its own folder that it imports. */
static uint32_t own_layer(const struct placing *p, uint32_t n, const char *const *why)
{
	const struct graph *g = p->graph;
	uint32_t own = POLICY_NONE;

	graph_foreach_out(g, n, e) {
		uint32_t to = g->out_to[e], layer = p->layer[to];

		if (!g->out_configs[e] || !is_judged(p, layer) || layer == p->bottom || why[to] ||
		    !path_below(folder_of(p, to), folder_of(p, n)))
			continue;
		if (own == POLICY_NONE || layer > own)
			own = layer;
	}
	return own;
}

/* The outermost layer that imports it. */
static uint32_t importing_layer(const struct placing *p, uint32_t n)
{
	const struct graph *g = p->graph;
	uint32_t outer = POLICY_NONE;

	for (uint32_t e = g->in_first[n]; e < g->in_first[n + 1]; e++) {
		uint32_t layer = p->layer[g->in_from[e]];

		if (is_from(p, e) && is_judged(p, layer) && layer != p->bottom &&
		    (outer == POLICY_NONE || layer > outer))
			outer = layer;
	}
	return outer;
}

/* Whoever writes it again with more folders loses nothing of what the starter says of it. */
static bool is_plain(const struct policy_layer *l)
{
	return !l->external.at.file && !l->std.at.file && !l->struct_tags.at.file &&
	       !l->closed.value && !l->independent.value &&
	       (l->uses.kind == USES_NONE || l->uses.kind == USES_LIST);
}

/* No import from or to a layer is forbidden there. */
static bool fits(const struct placing *p, uint32_t n, uint32_t layer)
{
	const struct graph *g = p->graph;

	graph_foreach_out(g, n, e) {
		uint32_t to = p->layer[g->out_to[e]];

		if (g->out_configs[e] && to != POLICY_NONE &&
		    !policy_layer_may(p->policy, layer, to, NULL, NULL))
			return false;
	}
	for (uint32_t e = g->in_first[n]; e < g->in_first[n + 1]; e++) {
		uint32_t from = p->layer[g->in_from[e]];

		if (is_from(p, e) && from != POLICY_NONE &&
		    !policy_layer_may(p->policy, from, layer, NULL, NULL))
			return false;
	}
	return true;
}

static const char *stands_between(const struct placing *p, uint32_t n, const char *const *why,
				  uint32_t *ret_layer)
{
	const struct policy_layer *l = p->policy->layer;
	uint32_t own = own_layer(p, n, why), outer = importing_layer(p, n), count = 0;

	if (own == POLICY_NONE || outer == POLICY_NONE)
		return NULL;
	for (uint32_t i = 0; i < p->policy->nlayers; i++) {
		if (!is_judged(p, i) || i == p->bottom || !fits(p, n, i))
			continue;
		*ret_layer = i;
		count++;
	}
	if (count != 1 || *ret_layer <= own || *ret_layer >= outer || !is_plain(&l[*ret_layer]))
		return NULL;
	return arena_printf(p->arena, "imports its own %s, imported by %s", l[own].name,
			    l[outer].name);
}

const char *const *propose_place(const struct placing *p)
{
	const char **why = arena_array(p->arena, const char *, p->graph->npkgs);
	const bool *edge = find_edge(p);

	for (bool again = true; again;) {
		again = false;
		for (uint32_t n = 0; n < p->graph->npkgs; n++) {
			uint32_t layer = p->bottom;

			if (!p->open[n] || why[n])
				continue;
			why[n] = helps(p, n);
			if (!why[n] && !edge[n])
				why[n] = stands_between(p, n, why, &layer);
			if (!why[n])
				continue;
			p->layer[n] = layer;
			again = true;
		}
	}
	return why;
}
