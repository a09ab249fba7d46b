/* SPDX-License-Identifier: MIT */
/*
 * mapping.c - places packages: all patterns in two sets (folders, import paths),
 * each folder of the tree against both, the most specific hit of each kind wins.
 */
#include "analyzers/policy/mapping.h"
#include "analyzers/policy/mapping_work.h"
#include "graph/source/tree.h"

#include <stdlib.h>
#include <string.h>

static void own(struct mapping_work *w, const struct policy_patterns *p, enum owner_kind kind,
		uint32_t index)
{
	for (uint32_t i = 0; i < p->count; i++)
		w->owner[p->item[i].number] = (struct owner){ kind, index };
}

static void find_owners(struct mapping_work *w)
{
	const struct policy *p = w->policy;

	/* Every number that nobody claims is published's or an exception's: it places nothing. */
	for (uint32_t i = 0; i < p->nlayers; i++)
		own(w, &p->layer[i].in, OWNER_LAYER, i);
	for (uint32_t i = 0; i < p->ncontexts; i++)
		own(w, &p->context[i].in, OWNER_CONTEXT, i);
	own(w, &p->shared, OWNER_SHARED, 0);
}

/* The module whose path the pattern begins with, the longest; or NULL. */
static const struct go_module *module_of(const struct mapping_work *w, const char *text)
{
	const struct source *s = w->source;
	const struct go_module *best = NULL;
	size_t longest = 0;

	for (uint32_t m = 0; m < s->nmodules; m++) {
		const char *path = sym_text(s->syms, s->module[m].path);
		size_t len = strlen(path);

		if (len > longest && !strncmp(text, path, len) &&
		    (!text[len] || text[len] == '/')) {
			best = &s->module[m];
			longest = len;
		}
	}
	return best;
}

/*
 * A pattern of import paths is as specific as the same pattern of folders: the
 * segments of the module's path would else beat everything.
 */
static const struct pattern *as_folder(const struct mapping_work *w, const struct go_module *m,
				       const struct pattern *p)
{
	const char *text = pattern_text(p) + strlen(sym_text(w->source->syms, m->path));
	const char *folder = path_below(sym_text(w->source->syms, m->folder), w->policy->folder);
	struct err ignored = ERR_INIT;
	const struct pattern *ret;
	uint32_t at;

	text = path_join(w->arena, folder ? folder : "", text + (*text == '/'));
	return pattern_new(*text ? text : ".", w->arena, &ret, &at, &ignored) ? p : ret;
}

static void build_sets(struct mapping_work *w)
{
	const struct policy *p = w->policy;

	w->folders.set = pattern_set_new(w->arena);
	w->imports.set = pattern_set_new(w->arena);
	w->folders.number = arena_array(w->arena, uint32_t, p->npatterns);
	w->imports.number = arena_array(w->arena, uint32_t, p->npatterns);
	w->rank = arena_array(w->arena, const struct pattern *, p->npatterns);
	for (uint32_t i = 0; i < p->npatterns; i++) {
		const struct pattern *compiled = p->pattern[i]->compiled;
		const struct go_module *m = module_of(w, pattern_text(compiled));
		struct numbered_set *set = m ? &w->imports : &w->folders;

		set->number[pattern_set_add(set->set, compiled)] = i;
		set->count++;
		w->rank[i] = m ? as_folder(w, m, compiled) : compiled;
	}
}

/* Adds the hits of one set to w->hit; captures point into `path`. */
static int add_hits(struct mapping_work *w, struct numbered_set *set, const char *path,
		    struct err *err)
{
	const struct pattern_hit *hit;
	uint32_t count;

	if (!set->count)
		return 0;
	if (pattern_set_match(set->set, w->policy->matcher, path, &hit, &count, err) < 0)
		return -1;
	VEC_RESERVE(w->hit, w->hit_cap, w->nhits + count);
	for (uint32_t i = 0; i < count; i++) {
		w->hit[w->nhits++] = (struct hit){ set->number[hit[i].number], path, hit[i] };
		w->matched[set->number[hit[i].number]]++;
	}
	return 0;
}

/* The two best hits of a kind; names are those of contexts. */
struct best {
	const struct hit *first, *second;
	const char *name;
};

static int more_specific(const struct mapping_work *w, const struct hit *a, const struct hit *b)
{
	return pattern_compare(w->rank[a->number], w->rank[b->number]);
}

/* Is it a hit of this kind?  *ret_name is the context's; a pattern may hit for no context. */
static bool is_of(struct mapping_work *w, const struct hit *h, enum owner_kind kind,
		  const char **ret_name)
{
	*ret_name = NULL;
	if (w->owner[h->number].kind != kind)
		return false;
	if (kind == OWNER_CONTEXT)
		*ret_name = mapping_context_name(w, h);
	return kind != OWNER_CONTEXT || *ret_name;
}

static struct best choose(struct mapping_work *w, enum owner_kind kind)
{
	struct best b = { 0 };

	for (uint32_t i = 0; i < w->nhits; i++) {
		const struct hit *h = &w->hit[i];
		const char *name;

		if (!is_of(w, h, kind, &name))
			continue;
		if (!b.first || more_specific(w, h, b.first) < 0)
			b = (struct best){ h, b.first, name };
		else if (!b.second || more_specific(w, h, b.second) < 0)
			b.second = h;
	}
	return b;
}

static const char *owner_text(struct mapping_work *w, const struct hit *h)
{
	struct owner o = w->owner[h->number];

	switch (o.kind) {
	case OWNER_LAYER:
		return arena_printf(w->arena, "layer '%s'", w->policy->layer[o.index].name);
	case OWNER_CONTEXT:
		return arena_printf(w->arena, "context '%s'", mapping_context_name(w, h));
	case OWNER_SHARED:
		return "shared";
	case OWNER_NONE:
		break;
	}
	BUG("a pattern that places nothing");
}

static int conflict(struct mapping_work *w, const char *package, const struct hit *a,
		    const struct hit *b, struct err *err)
{
	const struct policy_pattern *x = w->policy->pattern[a->number];
	const struct policy_pattern *y = w->policy->pattern[b->number];

	return err_set(err, ERR_CONFIG, "%s:%u:%u: package '%.80s' fits '%.80s' of %s and '%.80s' "
		       "of %s (%s), which are equally specific: make one of them more specific",
		       x->at.file, x->at.line, x->at.col, *package ? package : ".", x->text,
		       owner_text(w, a), y->text, owner_text(w, b),
		       policy_pos_text(y->at, w->arena));
}

/* No other hit of the kind is as specific and wants another place. */
static int check_alone(struct mapping_work *w, const struct best *b, enum owner_kind kind,
		       const char *package, struct err *err)
{
	for (uint32_t i = 0; b->first && i < w->nhits; i++) {
		const struct hit *h = &w->hit[i];
		const char *name;

		if (h == b->first || !is_of(w, h, kind, &name) || more_specific(w, b->first, h))
			continue;
		bool same = kind == OWNER_CONTEXT ? !strcmp(name, b->name) :
			    w->owner[h->number].index == w->owner[b->first->number].index;

		if (!same)
			return conflict(w, package, b->first, h, err);
	}
	return 0;
}

static const struct policy_pattern *decides(struct mapping_work *w, const struct hit *h)
{
	if (!h)
		return NULL;
	w->decided[h->number]++;
	return w->policy->pattern[h->number];
}

static const struct policy_pattern *beaten(const struct mapping_work *w, const struct hit *h)
{
	return h ? w->policy->pattern[h->number] : NULL;
}

/* Places a folder by its hits; the context is a name still. */
static int place(struct mapping_work *w, const char *package, struct draft *d, struct err *err)
{
	struct best layer = choose(w, OWNER_LAYER), context = choose(w, OWNER_CONTEXT);
	const struct hit *shared = choose(w, OWNER_SHARED).first;
	/* Negative where shared is the more specific one. */
	int a = shared && layer.first ? more_specific(w, shared, layer.first) : -1;
	int b = shared && context.first ? more_specific(w, shared, context.first) : -1;

	if (shared && a <= 0 && b <= 0) {
		if (!a || !b)
			return conflict(w, package, shared, a ? context.first : layer.first, err);
		d->p.shared = true;
		d->p.shared_by = decides(w, shared);
		d->p.layer_beat = beaten(w, layer.first);
		d->p.context_beat = beaten(w, context.first);
		return 0;
	}
	if (check_alone(w, &layer, OWNER_LAYER, package, err) < 0 ||
	    check_alone(w, &context, OWNER_CONTEXT, package, err) < 0)
		return -1;
	if (layer.first)
		d->p.layer = w->owner[layer.first->number].index;
	d->p.layer_by = decides(w, layer.first);
	d->p.layer_beat = beaten(w, layer.second);
	d->context = context.name;
	d->p.context_by = decides(w, context.first);
	d->p.context_beat = beaten(w, context.second);
	return 0;
}

int mapping_hits(struct mapping_work *w, uint32_t dir, struct err *err)
{
	const struct go_dir *go = &w->source->dir[dir];
	const char *below = path_below(sym_text(w->source->syms, go->path), w->policy->folder);

	w->nhits = 0;
	if (below && add_hits(w, &w->folders, below, err) < 0)
		return -1;
	return add_hits(w, &w->imports, sym_text(w->source->syms, go->import_path), err);
}

/* What the policy says of a folder, and what its comments say. */
static int draft_dir(struct mapping_work *w, uint32_t dir, struct err *err)
{
	const char *path = sym_text(w->source->syms, w->source->dir[dir].path);
	struct draft *d = &w->draft[dir];

	d->p = (struct placement){ .layer = POLICY_NONE, .context = POLICY_NONE,
				   .outside = !path_below(path, w->policy->folder) };
	if (mapping_hits(w, dir, err) < 0)
		return -1;
	if (place(w, path, d, err) < 0)
		return -1;
	mapping_comments(w, dir);
	mapping_publish(w, d);
	return 0;
}

static void count(struct mapping_work *w, struct mapping *m, uint32_t *layer_packages,
		  struct mapped_context *context)
{
	for (uint32_t p = 0; p < w->graph->npkgs; p++) {
		const struct placement *at = &m->of[p];

		/* Its external tests are the same package; what is not in the tree is not ours. */
		if (w->graph->dir[p].v == ID_NONE || w->graph->flags[p] & NODE_XTEST)
			continue;
		if (at->context != POLICY_NONE)
			context[at->context].packages++;
		if (at->layer != POLICY_NONE)
			layer_packages[at->layer]++;
		m->packages++;
		m->shared += at->shared;
		m->mapped += at->layer != POLICY_NONE;
		m->outside += placement_unmapped(at) && at->outside;
		m->unmapped += placement_unmapped(at) && !at->outside;
	}
}

/* Drafts of folders become placements of packages. */
static void settle(struct mapping_work *w, struct mapping *m)
{
	const struct graph *g = w->graph;
	struct placement *of = arena_array(w->arena, struct placement, g->npkgs);
	uint32_t *layer_packages = arena_array(w->arena, uint32_t, w->policy->nlayers);
	struct mapped_context *context = mapping_contexts(w, &m->ncontexts);

	for (uint32_t p = 0; p < g->npkgs; p++) {
		of[p] = (struct placement){ .layer = POLICY_NONE, .context = POLICY_NONE,
					    .outside = true };
		if (g->dir[p].v == ID_NONE)
			continue;
		of[p] = w->draft[g->dir[p].v].p;
		of[p].program = g->flags[p] & NODE_MAIN;
	}
	m->of = of;
	m->context = context;
	m->layer_packages = layer_packages;
	count(w, m, layer_packages, context);
	struct domain_clash *kept = arena_array(w->arena, struct domain_clash, w->nclashes);

	if (w->nclashes)
		memcpy(kept, w->clash, w->nclashes * sizeof(*kept));
	m->clash = kept;
	m->nclashes = w->nclashes;
}

/* Folders that are packages of the graph, each once. */
static int draft_all(struct mapping_work *w, struct err *err)
{
	for (uint32_t p = 0; p < w->graph->npkgs; p++) {
		uint32_t dir = w->graph->dir[p].v;

		if (dir == ID_NONE || w->draft[dir].done)
			continue;
		w->draft[dir].done = true;
		w->draft[dir].package = p;
		if (draft_dir(w, dir, err) < 0)
			return -1;
	}
	return 0;
}

void mapping_work_begin(struct mapping_work *w, const struct policy *p, const struct source *s,
			const struct graph *g, struct arena *arena)
{
	*w = (struct mapping_work){
		.policy = p, .source = s, .graph = g, .arena = arena,
		.owner = arena_array(arena, struct owner, p->npatterns),
		.matched = arena_array(arena, uint32_t, p->npatterns),
		.decided = arena_array(arena, uint32_t, p->npatterns),
		.draft = xcalloc(s->ndirs, sizeof(*w->draft)),
	};
	find_owners(w);
	build_sets(w);
}

void mapping_work_end(struct mapping_work *w)
{
	free(w->hit);
	free(w->name);
	free(w->draft);
	free(w->clash);
}

int mapping_build(const struct policy *p, const struct source *s, const struct graph *g,
		  struct arena *arena, const struct mapping **ret, struct err *err)
{
	struct mapping *m = arena_new(arena, struct mapping);
	struct mapping_work w;

	mapping_work_begin(&w, p, s, g, arena);
	*m = (struct mapping){ .policy = p, .source = s, .graph = g,
			       .matched = w.matched, .decided = w.decided };
	int rc = draft_all(&w, err);

	if (!rc) {
		settle(&w, m);
		*ret = m;
	}
	mapping_work_end(&w);
	return rc;
}
