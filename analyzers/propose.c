/* SPDX-License-Identifier: MIT */
/* propose.c - tries every starter, then fills in what starters cannot know. */
#include "analyzers/propose.h"
#include "analyzers/contexts_guess.h"
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

/* The policy of a starter by itself, and where it puts the packages.  False: it does not fit. */
static bool try_starter(const struct work *w, const struct starter *starter,
			const struct policy **ret_policy, const struct mapping **ret)
{
	const char *text = arena_printf(w->arena, "version: 1\nextends: %s\n", starter->name);
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

static void choose_starter(struct work *w)
{
	struct proposal *p = w->p;
	uint32_t best = 0;

	for (unsigned i = 0; i < STARTER_COUNT; i++) {
		const struct mapping *m;
		const struct policy *policy;

		if (!try_starter(w, &starter_rows[i], &policy, &m))
			continue;
		for (uint32_t l = 0; l < policy->nlayers; l++)
			p->layered[i] += m->layer_packages[l];
		/* It knows the folders at the top only: every tree has some of them. */
		uint32_t worth = i == starter_standard_layout ? p->layered[i] / 10 : p->layered[i];

		if (worth <= best ||
		    (uint64_t)p->layered[i] * 100 < (uint64_t)p->packages * PROPOSE_LEAST_PERCENT)
			continue;
		best = worth;
		p->starter = &starter_rows[i];
		p->policy = policy;
		p->layer_packages = m->layer_packages;
		p->matched = m->matched;
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
		if (guess->of[p] != c || !counts(w, p))
			continue;
		const char *root = context_root(w->arena, folder_of(w, p), ret->name);
		const char *pattern = arena_printf(w->arena, "%s/**", root);

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
		if (!policy_name_fits(guess.item[c].name))
			continue;
		number[c] = p->ncontexts;
		fill_context(w, &guess, c, &list[p->ncontexts]);
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

static struct folders folders_new(const struct work *w)
{
	return (struct folders){ arena_array(w->arena, struct proposed_folder, w->g->npkgs), 0 };
}

static bool has_layer(const struct work *w, uint32_t p)
{
	return w->mapping && w->mapping->of[p].layer != POLICY_NONE;
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
		if (!counts(w, n) || has_layer(w, n) || (w->context && w->context[n] != ID_NONE))
			continue;
		const char *folder = folder_of(w, n), *name = *folder ? folder : ".";
		uint32_t wired = contexts_wired(w, n);

		if (w->g->flags[n] & NODE_MAIN)
			add_folder(&f, name, name, "a program");
		else if (p->ncontexts >= 3 && wired * 5 >= p->ncontexts * 3)
			add_folder(&f, name, name,
				   arena_printf(w->arena, "wire: imports %u of %u contexts", wired,
						p->ncontexts));
		else
			continue;
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
static void find_shared(struct work *w, bool *taken)
{
	struct folders yes = folders_new(w), no = folders_new(w);

	for (uint32_t n = 0; n < w->g->npkgs; n++) {
		if (!counts(w, n) || taken[n] || has_layer(w, n) ||
		    (w->context && w->context[n] != ID_NONE))
			continue;
		bool named = w->mapping && w->mapping->of[n].shared;
		const struct package_reach *r = &w->reach[n];

		if (!named && r->importers < 3)
			continue;
		const char *folder = folder_of(w, n), *name = *folder ? folder : ".";

		if (r->io || r->context) {
			add_folder(&no, name, name, reason(w, r));
			continue;
		}
		add_folder(&yes, name, name, "no I/O and no context behind it");
		taken[n] = true;
	}
	w->p->shared = (struct proposed_folders){ yes.item, yes.count };
	w->p->not_shared = (struct proposed_folders){ no.item, no.count };
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

		if (!path)
			continue;

		add_folder(&f, path, path, file->problem.v ? sym_text(w->s->syms, file->problem) :
							     "cannot be read");
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
	if (mapped_contexts(w) > w->p->in_contexts)
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

	lay_out(&w);
	find_main(&w, taken);
	inner = arena_array(arena, bool, g->npkgs);
	for (uint32_t p = 0; p < g->npkgs; p++)
		inner[p] = (w.context && w.context[p] != ID_NONE) || has_layer(&w, p);
	w.reach = package_reach(s, g, inner, arena);
	find_shared(&w, taken);
	find_unmapped(&w, taken);
	find_broken(&w);
}
