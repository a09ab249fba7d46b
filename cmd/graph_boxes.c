/* SPDX-License-Identifier: MIT */
/*
 * graph_boxes.c - which boxes a picture has: modules, the groups that were asked for, or the
 * policy's contexts with their layers in them; and the bands that layers are.
 */
#include "cmd/graph_boxes.h"
#include "analyzers/policy/policy.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

struct work {
	const struct graph_view *v;
	struct arena *arena;
	struct graph_boxes *ret;
	uint32_t *cluster;              /* [nmodules] number + 1; 0 = nothing of it is shown */
	const sym_id *context, *layer;  /* [npkgs] names, 0 = in none; NULL = there are none */
	const uint32_t *rank;           /* [npkgs] of its layer; NULL = no layers */
};

/* What a node is in, by the words of its boxes from the outermost. */
struct place { uint32_t node, rank; const char *outer, *inner; };

static int by_place(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct place *a = va, *b = vb;
	int order = strcmp(a->outer, b->outer);

	/* Nodes that are in a context only stand before its layers. */
	if (!order)
		order = (*a->inner != 0) - (*b->inner != 0);
	if (!order)
		order = (a->rank > b->rank) - (a->rank < b->rank);
	if (!order)
		order = strcmp(a->inner, b->inner);
	return order ? order : (a->node > b->node) - (a->node < b->node);
}

static const char *name_of(const struct work *k, const sym_id *names, uint32_t node)
{
	return names && names[node].v ? sym_text(k->v->source->syms, names[node]) : "";
}

/* Box and number of the cluster that was added last. */
static uint32_t add(struct work *k, uint32_t parent, const char *kind, const struct place *p,
		    const char *label, enum draw_box box)
{
	const char *around = box == BOX_LAYER && *p->outer ?
			     arena_printf(k->arena, "context:%s/", p->outer) : "";

	k->ret->cluster[k->ret->count++] = (struct draw_cluster){
		.id = arena_printf(k->arena, "%s%s:%s", around, kind, label), .label = label,
		.parent = parent, .box = box, .order = box == BOX_LAYER ? p->rank : 0,
	};
	return k->ret->count;
}

/* Of nodes in order of their places: a box begins where another name does. */
static void add_places(struct work *k, struct place *place, uint32_t n, const char *outer_kind,
		       enum draw_box outer_box)
{
	uint32_t *of = arena_array(k->arena, uint32_t, k->v->graph->npkgs);
	uint32_t outer = 0, inner = 0;

	sort_with(place, n, sizeof(*place), by_place, NULL);
	k->ret->cluster = arena_array(k->arena, struct draw_cluster, (size_t)n * 2 + 1);
	for (uint32_t i = 0; i < n; i++) {
		const struct place *p = &place[i];
		bool other = !i || strcmp(p[-1].outer, p->outer) != 0;

		if (other)
			outer = *p->outer ? add(k, 0, outer_kind, p, p->outer, outer_box) : 0;
		if (other || strcmp(p[-1].inner, p->inner) != 0)
			inner = *p->inner ? add(k, outer, "layer", p, p->inner, BOX_LAYER) : 0;
		of[p->node] = inner ? inner - 1 : outer ? outer - 1 : ID_NONE;
	}
	k->ret->of = of;
}

static struct place *places(struct work *k, const sym_id *outer, const sym_id *inner,
			    uint32_t *ret_count)
{
	const struct graph_view *v = k->v;
	struct place *place = arena_array(k->arena, struct place, v->graph->npkgs);
	uint32_t n = 0;

	for (uint32_t p = 0; p < v->graph->npkgs; p++)
		if (v->node[p])
			place[n++] = (struct place){
				p, k->rank ? k->rank[p] : 0, name_of(k, outer, p),
				name_of(k, inner, p),
			};
	*ret_count = n;
	return place;
}

/* A box around a single node that is called the same says nothing. */
static void add_policy(struct work *k)
{
	enum level_kind level = k->v->collapse ? k->v->collapse->kind : k->v->level.kind;
	uint32_t n;
	struct place *place = places(k, level == LEVEL_CONTEXT ? NULL : k->context,
				     level == LEVEL_LAYER ? NULL : k->layer, &n);

	add_places(k, place, n, "context", BOX_CONTEXT);
}

/* Layers, contexts, domains that nodes are in which are shown. */
static void add_parts(struct work *k)
{
	bool layers = k->v->boxes == CLUSTER_LAYER;
	uint32_t n;
	struct place *place = layers ? places(k, NULL, k->v->cluster, &n) :
				       places(k, k->v->cluster, NULL, &n);

	add_places(k, place, n, k->v->boxes == CLUSTER_CONTEXT ? "context" : "domain",
		   k->v->boxes == CLUSTER_CONTEXT ? BOX_CONTEXT : BOX_OTHER);
}

/* Boxes are drawn where nodes of several modules are shown. */
static void add_modules(struct work *k)
{
	uint32_t *of = arena_array(k->arena, uint32_t, k->v->graph->npkgs);
	const struct graph_view *v = k->v;
	const struct source *s = v->source;
	uint32_t seen = 0;

	k->cluster = arena_array(k->arena, uint32_t, s->nmodules);
	k->ret->cluster = arena_array(k->arena, struct draw_cluster, s->nmodules);
	for (uint32_t p = 0; p < v->graph->npkgs && v->level.kind != LEVEL_MODULE; p++) {
		mod_id m = graph_view_module(v, p);

		if (v->node[p] && m.v != ID_NONE)
			k->cluster[m.v] = 1;
	}
	for (uint32_t m = 0; m < s->nmodules; m++) {
		const char *folder = sym_text(s->syms, s->module[m].folder);
		const char *path = sym_text(s->syms, s->module[m].path);

		if (!k->cluster[m])
			continue;
		folder = *folder ? folder : ".";
		k->ret->cluster[seen++] = (struct draw_cluster){
			.id = folder, .label = *path ? path : folder, .box = BOX_MODULE,
		};
		k->cluster[m] = seen;
	}
	k->ret->count = seen > 1 ? seen : 0;
	for (uint32_t p = 0; p < v->graph->npkgs; p++) {
		mod_id m = graph_view_module(v, p);

		of[p] = k->ret->count && v->node[p] && m.v != ID_NONE ? k->cluster[m.v] - 1 :
			ID_NONE;
	}
	k->ret->of = of;
}

/* The policy names what is imported first: that is the lowest band. */
static const uint32_t *ranks(const struct work *k)
{
	const struct graph_view *v = k->v;
	uint32_t *rank = arena_array(k->arena, uint32_t, v->graph->npkgs);

	for (uint32_t p = 0; p < v->graph->npkgs; p++) {
		const char *name = name_of(k, k->layer, p);
		uint32_t layer = *name ? policy_layer_find(v->policy, name) : POLICY_NONE;

		if (layer != POLICY_NONE)
			rank[p] = v->policy->nlayers - layer;
	}
	return rank;
}

static bool told(const struct graph_view *v, enum graph_part part)
{
	return v->packages->part[part] && !v->packages->guessed[part];
}

void graph_boxes(const struct graph_view *v, struct arena *arena, struct graph_boxes *ret)
{
	struct work k = { .v = v, .arena = arena, .ret = ret };

	*ret = (struct graph_boxes){ .count = 0 };
	if (told(v, PART_CONTEXT))
		k.context = graph_view_parts(v, PART_CONTEXT, arena);
	if (told(v, PART_LAYER)) {
		k.layer = graph_view_parts(v, PART_LAYER, arena);
		if (v->policy)
			ret->rank = k.rank = ranks(&k);
	}
	if (v->cluster)
		add_parts(&k);
	else if (v->boxes == CLUSTER_POLICY)
		add_policy(&k);
	else if (v->boxes == CLUSTER_MODULE)
		add_modules(&k);
}

/* Forges whose folders are at HOST/OWNER/NAME/tree/REVISION/FOLDER. */
static const struct forge { const char *host, *tree; } forges[] = {
	{ "github.com/", "/tree/" }, { "gitlab.com/", "/-/tree/" }, { "gitee.com/", "/tree/" },
};

static const char *percent(struct arena *a, const char *path)
{
	char *out = arena_alloc(a, strlen(path) * 3 + 1, 1);
	size_t used = 0;

	for (; *path; path++) {
		unsigned char c = (unsigned char)*path;

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		    strchr("/._-~", c))
			out[used++] = (char)c;
		else
			used += (size_t)snprintf(out + used, 4, "%%%02X", c);
	}
	out[used] = '\0';
	return out;
}

/* "github.com/OWNER/NAME" of a module's path, or NULL. */
static const char *repository(struct arena *a, const char *module, const struct forge **ret)
{
	for (unsigned i = 0; i < ARRAY_SIZE(forges); i++) {
		size_t host = strlen(forges[i].host);
		const char *slash = strncmp(module, forges[i].host, host) ? NULL :
				    strchr(module + host, '/');

		if (!slash || !slash[1])
			continue;
		*ret = &forges[i];
		return arena_strndup(a, module, (size_t)(slash + 1 - module) +
				     strcspn(slash + 1, "/"));
	}
	return NULL;
}

const char *graph_url(const struct graph_view *v, uint32_t node, struct arena *arena)
{
	const struct graph *g = v->graph;
	const struct source *s = v->source;
	const char *label = sym_text(g->syms, g->label[node]), *repo, *folder;
	const struct forge *forge;

	if (g->flags[node] & NODE_OUTSIDE)
		return arena_printf(arena, "https://pkg.go.dev/%s", percent(arena, label));
	if (g->dir[node].v == ID_NONE || !s->rev.known || !*s->rev.commit || !s->nmodules)
		return NULL;
	repo = repository(arena, sym_text(s->syms, s->module[0].path), &forge);
	/* Folders are those of the repository only where the topmost module stands there. */
	if (!repo || s->module[0].folder.v)
		return NULL;
	folder = sym_text(s->syms, s->dir[g->dir[node].v].path);
	return arena_printf(arena, "https://%s%s%s/%s", percent(arena, repo), forge->tree,
			    s->rev.commit, percent(arena, folder));
}
