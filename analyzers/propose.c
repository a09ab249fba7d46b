/* SPDX-License-Identifier: MIT */
/* propose.c - tries every starter, then fills in what starters cannot know. */
#include "analyzers/propose.h"
#include "analyzers/contexts_guess.h"
#include "analyzers/propose_place.h"
#include "analyzers/propose_reach.h"
#include "base/text.h"
#include "graph/source/tree.h"

#include <string.h>

struct work {
	const struct source *s;
	const struct graph *g;
	const char *folder;             /* of the policy */
	struct arena *arena;
	const struct mapping *mapping;  /* of the chosen starter; NULL without one */
	const struct mapping *named;    /* the same, with what the starter calls shared */
	const struct package_reach *reach;      /* [npkgs] */
	const uint32_t *context;        /* [npkgs] number of the proposed one, or ID_NONE */
	struct proposal *p;
};

/* Relative to the policy's folder; NULL where it is not below it. */
static const char *folder_of(const struct work *w, uint32_t p)
{
	return path_below(sym_text(w->s->syms, w->s->dir[w->g->dir[p].v].path), w->folder);
}

static bool counts(const struct work *w, uint32_t p)
{
	return !(w->g->flags[p] & NODE_XTEST) && w->g->dir[p].v != ID_NONE && folder_of(w, p);
}

/*
 * The policy of a starter by itself, and where it puts the packages.  `more` is what
 * the policy says besides.  False: it does not fit.
 */
static bool try_starter(const struct work *w, const struct starter *starter, const char *more,
			const struct policy **ret_policy, const struct mapping **ret)
{
	const char *text = arena_printf(w->arena, "version: 1\nextends: %s\n%s", starter->name,
					more);
	struct err err = ERR_INIT;
	struct policy *placed;

	if (policy_read(POLICY_FILE, text, strlen(text), w->arena, ret_policy, NULL, &err))
		return false;
	placed = arena_new(w->arena, struct policy);
	*placed = **ret_policy;
	placed->found = true;
	placed->folder = w->folder;
	*ret_policy = placed;
	return !mapping_build(placed, w->s, w->g, w->arena, ret, &err);
}

/* Helpers, wherever they are: a layer that looks for its folders at any depth says nothing. */
static bool is_anywhere(const struct policy_layer *l)
{
	for (uint32_t i = 0; i < l->in.count; i++)
		if (!strncmp(l->in.item[i].text, "**/", 3))
			return true;
	return false;
}

/*
 * How much the layers of a starter say of the tree, and *ret_telling, the packages in
 * them.  Layers that may use all are where programs and tests are, in every tree.
 * Names that many trees have count half, and so does a starter of which more than a
 * third of the layers is missing; one that knows folders at the top only a tenth.
 */
static uint32_t worth_of(enum starter_id id, const struct policy *p, const struct mapping *m,
			 uint32_t *ret_telling)
{
	uint32_t packages = 0, layers = 0, there = 0;

	for (uint32_t l = 0; l < p->nlayers; l++) {
		if (p->layer[l].uses.kind == USES_ANY || is_anywhere(&p->layer[l]))
			continue;
		packages += m->layer_packages[l];
		layers++;
		there += m->layer_packages[l] > 0;
	}
	*ret_telling = packages;
	if (id == starter_standard_layout)
		return packages * 2 / 10;
	return id == starter_mvc || there * 3 < layers * 2 ? packages : packages * 2;
}

static void choose_starter(struct work *w)
{
	struct proposal *p = w->p;
	uint32_t best = 0, most = 0, telling;

	for (unsigned i = 0; i < STARTER_COUNT; i++) {
		const struct mapping *m;
		const struct policy *policy;

		/* The policy will name what is shared: pkg/dao is of the dao. */
		if (!try_starter(w, &starter_rows[i], "shared: []\n", &policy, &m))
			continue;
		for (uint32_t l = 0; l < policy->nlayers; l++)
			p->layered[i] += m->layer_packages[l];
		uint32_t worth = worth_of((enum starter_id)i, policy, m, &telling);

		if (!worth || worth < best || (worth == best && p->layered[i] <= most) ||
		    (uint64_t)telling * 100 < (uint64_t)p->packages * PROPOSE_LEAST_PERCENT)
			continue;
		best = worth;
		most = p->layered[i];
		p->telling = telling;
		p->starter = &starter_rows[i];
		p->policy = policy;
		p->layer_packages = m->layer_packages;
		p->decided = m->decided;
		w->mapping = m;
	}
}

/* "internal/service/order" of internal/service/order/price for the context order. */
static const char *context_root(struct arena *arena, const char *folder, const char *name)
{
	size_t len = strlen(name);

	for (const char *at = folder; at; at = strchr(at, '/')) {
		at += *at == '/';
		if (!strncmp(at, name, len) && (!at[len] || at[len] == '/'))
			return arena_strndup(arena, folder, (size_t)(at - folder) + len);
	}
	return folder;
}

static bool has_text(const char *const *list, uint32_t count, const char *text)
{
	for (uint32_t i = 0; i < count; i++)
		if (!strcmp(list[i], text))
			return true;
	return false;
}

/* Patterns of one guessed context: a folder of its name, in every place where one is. */
static void fill_context(struct work *w, const struct contexts *guess, uint32_t c,
			 struct proposed_context *ret)
{
	const char **in = arena_array(w->arena, const char *, guess->item[c].packages + 1u);

	*ret = (struct proposed_context){ .name = guess->item[c].name, .in = in };
	for (uint32_t p = 0; p < w->g->npkgs; p++) {
		const char *folder = folder_of(w, p), *root, *said, *pattern;

		if (guess->of[p] != c || !counts(w, p) || !folder)
			continue;
		root = context_root(w->arena, folder, ret->name);
		said = pattern_of_path(root, w->arena);
		if (!said || strcmp(said, root))
			continue;
		pattern = arena_printf(w->arena, "%s/**", said);
		ret->packages++;
		if (!has_text(in, ret->nin, pattern) && ret->nin < guess->item[c].packages + 1u)
			in[ret->nin++] = pattern;
	}
}

/* What no policy could be told by its name is no context. */
static void guess_contexts(struct work *w)
{
	struct proposal *p = w->p;
	struct proposed_context *list;
	struct contexts guess;
	uint32_t *number, *of = arena_array(w->arena, uint32_t, w->g->npkgs);

	contexts_guess(w->s, w->g, w->arena, &guess);
	list = arena_array(w->arena, struct proposed_context, guess.count);
	number = arena_array(w->arena, uint32_t, guess.count);
	for (uint32_t c = 0; c < guess.count; c++) {
		number[c] = ID_NONE;
		if (policy_name_fits(guess.item[c].name))
			fill_context(w, &guess, c, &list[p->ncontexts]);
		if (!list[p->ncontexts].nin)
			continue;
		number[c] = p->ncontexts;
		p->in_contexts += list[p->ncontexts++].packages;
	}
	for (uint32_t n = 0; n < w->g->npkgs && guess.count; n++)
		of[n] = guess.of[n] == ID_NONE ? ID_NONE : number[guess.of[n]];
	w->context = p->ncontexts ? of : NULL;
	p->context = list;
}

static uint32_t mapped_contexts(const struct work *w)
{
	uint32_t n = 0;

	for (uint32_t c = 0; w->mapping && c < w->mapping->ncontexts; c++)
		n += w->mapping->context[c].packages;
	return n;
}

/* The starter's patterns say which: their names and sizes are told. */
static void take_contexts(struct work *w)
{
	const struct mapping *m = w->mapping;
	struct proposal *p = w->p;
	struct proposed_context *list = arena_array(w->arena, struct proposed_context,
						    m->ncontexts);
	uint32_t *of = arena_array(w->arena, uint32_t, w->g->npkgs);

	for (uint32_t c = 0; c < m->ncontexts; c++) {
		list[c] = (struct proposed_context){
			.name = sym_text(w->s->syms, m->context[c].name),
			.packages = m->context[c].packages,
		};
	}
	for (uint32_t n = 0; n < w->g->npkgs; n++)
		of[n] = m->of[n].context;
	p->starter_contexts = true;
	p->in_contexts = mapped_contexts(w);
	p->context = list;
	p->ncontexts = m->ncontexts;
	w->context = of;
}

struct folders { struct proposed_folder *item; uint32_t count; };

static void add_folder(struct folders *f, const char *pattern, const char *folder, const char *why)
{
	f->item[f->count++] = (struct proposed_folder){ pattern, folder, why };
}

/* The name of a package's folder, and what the policy may say of it: a template has odd names. */
static const char *name_of(const struct work *w, uint32_t p)
{
	const char *folder = folder_of(w, p);

	return *folder ? folder : ".";
}

/* What the policy may say of package `p`, of a file with ID_NONE: NULL where others match it. */
static const char *pattern_for(const struct work *w, const char *path, uint32_t p)
{
	const char *text = pattern_of_path(path, w->arena);
	uint32_t at, count = p == ID_NONE ? w->s->nfiles : w->g->npkgs;
	struct pattern_matcher *matcher;
	const struct pattern *pattern;
	struct err err = ERR_INIT;

	if (!text || !strcmp(text, path) || pattern_new(text, w->arena, &pattern, &at, &err))
		return text;
	matcher = pattern_matcher_new(w->arena);
	for (uint32_t i = 0; i < count; i++) {
		const char *other = p != ID_NONE ? (counts(w, i) ? name_of(w, i) : NULL) :
			path_below(source_file_path(w->s, (file_id){ i }, w->arena), w->folder);

		if (other && strcmp(other, path) &&
		    pattern_match(pattern, matcher, other, NULL, &err))
			return NULL;
	}
	return text;
}

static bool add_package(const struct work *w, struct folders *f, uint32_t p, const char *why)
{
	const char *name = name_of(w, p), *pattern = pattern_for(w, name, p);

	if (pattern)
		add_folder(f, pattern, name, why);
	return pattern;
}

static struct folders folders_new(const struct work *w)
{
	return (struct folders){ arena_array(w->arena, struct proposed_folder, w->g->npkgs), 0 };
}

static bool has_layer(const struct work *w, uint32_t p)
{
	return w->mapping && w->mapping->of[p].layer != POLICY_NONE;
}

/* In a layer that may not use all others. */
static bool is_judged(const struct work *w, uint32_t p)
{
	return w->p->policy->layer[w->mapping->of[p].layer].uses.kind != USES_ANY;
}

/* How many contexts a package imports directly. */
static uint32_t contexts_wired(const struct work *w, uint32_t p)
{
	bool *seen = arena_array(w->arena, bool, w->p->ncontexts + 1u);
	uint32_t n = 0;

	graph_foreach_out(w->g, p, e) {
		uint32_t c = w->context ? w->context[w->g->out_to[e]] : ID_NONE;

		if (c == ID_NONE || !w->g->out_configs[e] || seen[c])
			continue;
		seen[c] = true;
		n++;
	}
	return n;
}

/* Programs, and packages that know most contexts without being in one. */
static void find_main(struct work *w, bool *taken)
{
	struct folders f = folders_new(w);
	struct proposal *p = w->p;

	for (uint32_t n = 0; n < w->g->npkgs; n++) {
		bool program = w->g->flags[n] & NODE_MAIN;

		/* Nobody can import a program, whatever the folders around it are called. */
		if (!counts(w, n) || (has_layer(w, n) && !(program && is_judged(w, n))) ||
		    (!program && w->context && w->context[n] != ID_NONE))
			continue;
		uint32_t wired = contexts_wired(w, n);
		const char *why = program ? "a program" : NULL;

		if (!why && p->ncontexts >= 3 && wired * 5 >= p->ncontexts * 3)
			why = arena_printf(w->arena, "wire: imports %u of %u contexts", wired,
					   p->ncontexts);
		if (!why || !add_package(w, &f, n, why))
			continue;
		p->nmoved += has_layer(w, n);
		taken[n] = true;
	}
	p->main = (struct proposed_folders){ f.item, f.count };
}

static const char *reason(const struct work *w, const struct package_reach *r)
{
	if (r->context)
		return "reaches a context or a layer";
	return arena_printf(w->arena, "reaches %s", r->io);
}

/*
 * Candidates are what the starter calls shared, and what several contexts (without
 * contexts: several layers) import.
 */
static bool may_share(const struct work *w, uint32_t n, const bool *taken)
{
	if (!counts(w, n) || taken[n] || has_layer(w, n) ||
	    (w->context && w->context[n] != ID_NONE))
		return false;
	return (w->named && w->named->of[n].shared) || w->reach[n].importers >= 3;
}

static void find_shared(struct work *w, bool *taken, bool *shared)
{
	struct folders f = folders_new(w);
	const struct policy *own;

	if (w->p->starter && !try_starter(w, w->p->starter, "", &own, &w->named))
		w->named = NULL;
	for (uint32_t n = 0; n < w->g->npkgs; n++) {
		if (!may_share(w, n, taken) || w->reach[n].io || w->reach[n].context)
			continue;
		if (add_package(w, &f, n, "no I/O and no context behind it"))
			taken[n] = shared[n] = true;
	}
	w->p->shared = (struct proposed_folders){ f.item, f.count };
}

static void find_not_shared(struct work *w, const bool *taken)
{
	struct folders f = folders_new(w);

	for (uint32_t n = 0; n < w->g->npkgs; n++)
		if (may_share(w, n, taken))
			add_folder(&f, NULL, name_of(w, n), reason(w, &w->reach[n]));
	w->p->not_shared = (struct proposed_folders){ f.item, f.count };
}

static uint32_t bottom_layer(const struct work *w)
{
	const struct policy *p = w->p->policy;

	return p && p->nlayers && is_anywhere(&p->layer[0]) ? 0 : POLICY_NONE;
}

/* Where the names end, and the imports say it. */
static void find_placed(struct work *w, bool *taken, const bool *shared)
{
	const struct policy *policy = w->p->policy;
	uint32_t npkgs = w->g->npkgs, nlayers = policy ? policy->nlayers : 0;
	struct proposed_folders *placed = arena_array(w->arena, struct proposed_folders, nlayers);
	uint32_t *layer = arena_array(w->arena, uint32_t, npkgs);
	bool *open = arena_array(w->arena, bool, npkgs);

	if (!policy)
		return;
	for (uint32_t n = 0; n < npkgs; n++) {
		layer[n] = has_layer(w, n) ? w->mapping->of[n].layer : POLICY_NONE;
		open[n] = counts(w, n) && !taken[n] && layer[n] == POLICY_NONE;
	}
	const char *const *why = propose_place(&(struct placing){
		.source = w->s, .graph = w->g, .policy = policy, .bottom = bottom_layer(w),
		.layer = layer, .open = open, .shared = shared, .arena = w->arena });

	for (uint32_t l = 0; l < nlayers; l++) {
		struct folders f = folders_new(w);

		for (uint32_t n = 0; n < npkgs; n++) {
			if (why[n] && layer[n] == l && add_package(w, &f, n, why[n]))
				taken[n] = true;
		}
		placed[l] = (struct proposed_folders){ f.item, f.count };
		w->p->nplaced += f.count;
	}
	w->p->placed = placed;
}

/* What is left, by its first two folders. */
static void find_unmapped(struct work *w, const bool *taken)
{
	struct folders f = folders_new(w);
	uint32_t *count = arena_array(w->arena, uint32_t, w->g->npkgs);

	for (uint32_t n = 0; n < w->g->npkgs; n++) {
		if (!counts(w, n) || taken[n] || has_layer(w, n))
			continue;
		const char *folder = folder_of(w, n);
		size_t first = strcspn(folder, "/");
		size_t len = folder[first] ? first + 1 + strcspn(folder + first + 1, "/") : first;
		const char *top = len ? arena_strndup(w->arena, folder, len) : ".";

		w->p->nunmapped++;
		if (!f.count || strcmp(f.item[f.count - 1].folder, top))
			add_folder(&f, NULL, top, NULL);
		count[f.count - 1]++;
	}
	for (uint32_t i = 0; i < f.count; i++)
		f.item[i].why = text_count(w->arena, count[i], "package", "packages");
	w->p->unmapped = (struct proposed_folders){ f.item, f.count };
}

static void find_broken(struct work *w)
{
	struct folders f = { NULL, 0 };
	const uint32_t bad = FILE_DEGRADED | FILE_UNREADABLE;

	f.item = arena_array(w->arena, struct proposed_folder, w->s->nfiles);
	for (uint32_t i = 0; i < w->s->nfiles; i++) {
		const struct go_file *file = &w->s->file[i];

		if (!(file->flags & bad) || (file->flags & FILE_HIDDEN))
			continue;
		const char *path = path_below(source_file_path(w->s, (file_id){ i }, w->arena),
					      w->folder);
		const char *pattern = path ? pattern_for(w, path, ID_NONE) : NULL;

		if (pattern)
			add_folder(&f, pattern, path, file->problem.v ?
				   sym_text(w->s->syms, file->problem) : "cannot be read");
	}
	w->p->exclude = (struct proposed_folders){ f.item, f.count };
}

static void lay_out(struct work *w)
{
	*w->p = (struct proposal){ .packages = 0 };
	for (uint32_t p = 0; p < w->g->npkgs; p++)
		w->p->packages += counts(w, p);
	choose_starter(w);
	guess_contexts(w);
	/* The starter knows what they publish. */
	if (mapped_contexts(w) && mapped_contexts(w) >= w->p->in_contexts)
		take_contexts(w);
}

void propose_layout(const struct source *s, const struct graph *g, const char *folder,
		    struct arena *arena, struct proposal *ret)
{
	struct work w = { .s = s, .g = g, .folder = folder, .arena = arena, .p = ret };

	lay_out(&w);
}

void propose(const struct source *s, const struct graph *g, const char *folder,
	     struct arena *arena, struct proposal *ret)
{
	struct work w = { .s = s, .g = g, .folder = folder, .arena = arena, .p = ret };
	bool *taken = arena_array(arena, bool, g->npkgs), *inner;
	bool *shared = arena_array(arena, bool, g->npkgs);

	lay_out(&w);
	find_main(&w, taken);
	inner = arena_array(arena, bool, g->npkgs);
	for (uint32_t p = 0; p < g->npkgs; p++)
		inner[p] = (w.context && w.context[p] != ID_NONE) ||
			   (has_layer(&w, p) && w.mapping->of[p].layer != bottom_layer(&w));
	w.reach = package_reach(s, g, inner, arena);
	find_shared(&w, taken, shared);
	find_placed(&w, taken, shared);
	find_not_shared(&w, taken);
	find_unmapped(&w, taken);
	find_broken(&w);
}
