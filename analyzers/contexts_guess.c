/* SPDX-License-Identifier: MIT */
/*
 * contexts_guess.c - contexts by what repeats.  Every folder is tried as the
 * common parent, both ways; the guess that covers most packages wins.
 */
#include "analyzers/contexts_guess.h"

#include <stdlib.h>
#include <string.h>

#define CONTEXTS_MIN 3u
#define CONTEXTS_MAX 256u               /* more names than that are no contexts */

static const char *const technical[] = {
#define TECHNICAL(name) name,
#include "analyzers/technical.def"
#undef TECHNICAL
};

enum way { LAYERS_FIRST, CONTEXTS_FIRST };

/* parent/child/.../name; name is right below child, or of CONTEXTS_FIRST technical. */
struct triple { uint32_t way, parent, child, name; };

struct guess {
	enum way way;
	uint32_t parent, n, covered;
	uint32_t *word;                 /* [n] the contexts' names */
};

struct world {
	const struct source *source;
	const struct graph *graph;
	struct arena *arena;
	struct symtab words;            /* segments and parents */
	struct triple *triple;
	uint32_t n, cap;
	const bool *tech;               /* [words.count] */
};

static bool is_technical(const char *word)
{
	for (size_t i = 0; i < ARRAY_SIZE(technical); i++)
		if (!strcmp(technical[i], word))
			return true;
	return word[0] == 'v' && word[1] && !word[1 + strspn(word + 1, "0123456789")];
}

static void push(struct world *w, struct triple t)
{
	VEC_RESERVE(w->triple, w->cap, w->n + 1);
	w->triple[w->n++] = t;
}

static size_t segment(const char *at)
{
	return strcspn(at, "/");
}

/* All triples of one folder: each of its ancestors as the parent. */
static void add_folder(struct world *w, const char *path)
{
	const char *child = path;

	while (*child) {
		size_t len = segment(child);
		uint32_t p = sym_intern(&w->words, path, (size_t)(child - path)).v;
		uint32_t c = sym_intern(&w->words, child, len).v;
		const char *name = child + len;

		for (bool first = true; *name; first = false) {
			name++;
			uint32_t n = sym_intern(&w->words, name, segment(name)).v;

			if (first)
				push(w, (struct triple){ LAYERS_FIRST, p, c, n });
			push(w, (struct triple){ CONTEXTS_FIRST, p, c, n });
			name += segment(name);
		}
		child += len + (child[len] == '/');
	}
}

static int compare_triples(const void *left, const void *right, void *ctx UNUSED)
{
	const struct triple *a = left, *b = right;

	if (a->way != b->way)
		return a->way < b->way ? -1 : 1;
	if (a->parent != b->parent)
		return a->parent < b->parent ? -1 : 1;
	if (a->child != b->child)
		return a->child < b->child ? -1 : 1;
	return a->name < b->name ? -1 : a->name > b->name;
}

/* Equal ones once, and those of one parent beside each other. */
static void sort_triples(struct world *w)
{
	uint32_t n = 0;

	sort_with(w->triple, w->n, sizeof(*w->triple), compare_triples, NULL);
	for (uint32_t i = 0; i < w->n; i++)
		if (!n || compare_triples(&w->triple[n - 1], &w->triple[i], NULL))
			w->triple[n++] = w->triple[i];
	w->n = n;
}

/* Of a triple, the technical end and the one that may be a context. */
static void ends(const struct triple *t, uint32_t *ret_layer, uint32_t *ret_context)
{
	*ret_layer = t->way == LAYERS_FIRST ? t->child : t->name;
	*ret_context = t->way == LAYERS_FIRST ? t->name : t->child;
}

/* Contexts with two layers that have many of them: a grid, not an accident.  0 when too few. */
static uint32_t find_grid(const struct world *w, const struct triple *t, uint32_t n,
			  uint32_t *of_layer, uint32_t *of_context, uint32_t *word)
{
	uint32_t layer, context, names = 0, found = 0;

	for (uint32_t i = 0; i < n; i++) {
		ends(&t[i], &layer, &context);
		of_layer[layer] = of_context[context] = 0;
	}
	for (uint32_t i = 0; i < n; i++) {
		ends(&t[i], &layer, &context);
		if (w->tech[layer] && !w->tech[context])
			names += ++of_context[context] == 2;
	}
	for (uint32_t i = 0; i < n; i++) {
		ends(&t[i], &layer, &context);
		of_layer[layer] += w->tech[layer] && of_context[context] > 1;
	}
	uint32_t share = t->way == LAYERS_FIRST ? (names + 2) / 3 : (names + 1) / 2;

	for (uint32_t i = 0; i < n; i++) {
		ends(&t[i], &layer, &context);
		of_context[context] = 0;
	}
	for (uint32_t i = 0; i < n; i++) {
		ends(&t[i], &layer, &context);
		if (!w->tech[context] && of_layer[layer] >= CONTEXTS_MIN - 1 &&
		    of_layer[layer] >= share && ++of_context[context] == 2 && found < CONTEXTS_MAX)
			word[found++] = context;
	}
	return found;
}

/* The context's name in a folder, or 0. */
static uint32_t word_of(const struct world *w, const struct guess *guess, const bool *chosen,
			const char *path)
{
	const char *parent = sym_text(&w->words, (sym_id){ guess->parent });
	size_t n = guess->way == CONTEXTS_FIRST ? strlen(parent) : 0;

	if (strncmp(path, parent, n))
		return 0;
	for (path += n; *path; path += *path == '/') {
		uint32_t word = sym_find(&w->words, path, segment(path)).v;

		if (chosen[word])
			return word;
		/* What stands deeper than the context's place belongs to no other. */
		if (guess->way == CONTEXTS_FIRST)
			return 0;
		path += segment(path);
	}
	return 0;
}

static bool counts(const struct world *w, uint32_t p)
{
	dir_id d = w->graph->dir[p];

	return d.v != ID_NONE && !(w->source->dir[d.v].flags & DIR_VENDOR);
}

static const char *folder_of(const struct world *w, uint32_t p)
{
	return sym_text(w->source->syms, w->source->dir[w->graph->dir[p].v].path);
}

static void choose(struct guess *guess, bool *chosen, bool yes)
{
	for (uint32_t i = 0; i < guess->n; i++)
		chosen[guess->word[i]] = yes;
}

static void cover(const struct world *w, struct guess *guess, bool *chosen)
{
	choose(guess, chosen, true);
	for (uint32_t p = 0; p < w->graph->npkgs; p++)
		guess->covered += counts(w, p) && word_of(w, guess, chosen, folder_of(w, p));
	choose(guess, chosen, false);
}

static void find_best(struct world *w, bool *chosen, struct guess *best)
{
	uint32_t *of_layer = arena_array(w->arena, uint32_t, w->words.count);
	uint32_t *of_context = arena_array(w->arena, uint32_t, w->words.count);
	uint32_t word[CONTEXTS_MAX], end;

	*best = (struct guess){ .n = 0 };
	for (uint32_t i = 0; i < w->n; i = end) {
		const struct triple *t = &w->triple[i];
		struct guess guess = { .way = (enum way)t->way, .parent = t->parent, .word = word };

		for (end = i; end < w->n && w->triple[end].way == t->way &&
		     w->triple[end].parent == t->parent; end++)
			;
		guess.n = find_grid(w, t, end - i, of_layer, of_context, word);
		if (guess.n < CONTEXTS_MIN)
			continue;
		cover(w, &guess, chosen);
		if (guess.covered <= best->covered)
			continue;
		uint32_t *copy = arena_array(w->arena, uint32_t, guess.n);

		memcpy(copy, word, guess.n * sizeof(*word));
		*best = guess;
		best->word = copy;
	}
}

/* Import lines between contexts, row imports column. */
static uint32_t *count_lines(const struct graph *g, uint32_t n, const uint32_t *of,
			     struct arena *arena)
{
	uint32_t *lines = arena_array(arena, uint32_t, (size_t)n * n);

	for (uint32_t p = 0; p < g->npkgs; p++)
		graph_foreach_out(g, p, e) {
			uint32_t a = of[p], b = of[g->out_to[e]];

			for (uint32_t i = g->site_first[e]; i < g->site_first[e + 1]; i++)
				if (a != b && a != ID_NONE && b != ID_NONE)
					lines[(size_t)a * n + b] += !g->site[i].test;
		}
	return lines;
}

static void measure(struct context *c, uint32_t a, uint32_t n, const uint32_t *lines,
		    struct arena *arena)
{
	uint32_t *both = arena_array(arena, uint32_t, n);

	c->both = both;
	for (uint32_t b = 0; b < n; b++) {
		uint32_t out = lines[(size_t)a * n + b], in = lines[(size_t)b * n + a];

		c->imports += out;
		c->imported += in;
		c->score += (uint64_t)(out && in ? 2 : 1) * ((uint64_t)out + in);
		if (out && in)
			both[c->nboth++] = b;
	}
}

static int compare_contexts(const void *left, const void *right, void *ctx)
{
	const struct context *item = ctx;
	const struct context *a = &item[*(const uint32_t *)left];
	const struct context *b = &item[*(const uint32_t *)right];

	if (a->score != b->score)
		return a->score < b->score ? -1 : 1;
	if (a->packages != b->packages)
		return a->packages < b->packages ? -1 : 1;
	return strcmp(a->name, b->name);
}

static int compare_numbers(const void *left, const void *right, void *ctx UNUSED)
{
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

	return a < b ? -1 : a > b;
}

/* In the order in which they are told; every number of a context is given anew. */
static void put_in_order(struct world *w, struct context *item, uint32_t n, uint32_t *of,
			 struct contexts *ret)
{
	struct context *sorted = arena_array(w->arena, struct context, n);
	uint32_t *order = arena_array(w->arena, uint32_t, n), *place;

	place = arena_array(w->arena, uint32_t, n);
	for (uint32_t i = 0; i < n; i++)
		order[i] = i;
	sort_with(order, n, sizeof(*order), compare_contexts, item);
	for (uint32_t i = 0; i < n; i++) {
		sorted[i] = item[order[i]];
		place[order[i]] = i;
	}
	for (uint32_t i = 0; i < n; i++) {
		uint32_t *both = (uint32_t *)(uintptr_t)sorted[i].both;

		for (uint32_t b = 0; b < sorted[i].nboth; b++)
			both[b] = place[both[b]];
		sort_with(both, sorted[i].nboth, sizeof(*both), compare_numbers, NULL);
	}
	for (uint32_t p = 0; p < w->graph->npkgs; p++)
		of[p] = of[p] == ID_NONE ? ID_NONE : place[of[p]];
	*ret = (struct contexts){ .count = n, .item = sorted, .of = of };
}

static void fill(struct world *w, struct guess *best, bool *chosen, struct contexts *ret)
{
	const struct graph *g = w->graph;
	struct context *item = arena_array(w->arena, struct context, best->n);
	uint32_t *of = arena_array(w->arena, uint32_t, g->npkgs);
	uint32_t *number = arena_array(w->arena, uint32_t, w->words.count);

	choose(best, chosen, true);
	for (uint32_t i = 0; i < best->n; i++) {
		number[best->word[i]] = i;
		item[i].name = arena_strdup(w->arena,
					    sym_text(&w->words, (sym_id){ best->word[i] }));
	}
	for (uint32_t p = 0; p < g->npkgs; p++) {
		uint32_t word = counts(w, p) ? word_of(w, best, chosen, folder_of(w, p)) : 0;

		of[p] = word ? number[word] : ID_NONE;
		if (!word)
			continue;
		item[of[p]].packages += !(g->flags[p] & NODE_XTEST);
		item[of[p]].lines += g->lines[p];
	}
	uint32_t *lines = count_lines(g, best->n, of, w->arena);

	for (uint32_t i = 0; i < best->n; i++)
		measure(&item[i], i, best->n, lines, w->arena);
	put_in_order(w, item, best->n, of, ret);
}

static bool is_std(const struct source *s)
{
	for (uint32_t m = 0; m < s->nmodules; m++)
		if (!strcmp(sym_text(s->syms, s->module[m].path), "std"))
			return true;
	return false;
}

void contexts_guess(const struct source *s, const struct graph *g, struct arena *arena,
		    struct contexts *ret)
{
	struct world w = { .source = s, .graph = g, .arena = arena };
	struct guess best;

	*ret = (struct contexts){ .count = 0 };
	if (is_std(s))
		return;
	symtab_init(&w.words, arena);
	for (uint32_t p = 0; p < g->npkgs; p++)
		if (counts(&w, p))
			add_folder(&w, folder_of(&w, p));
	sort_triples(&w);
	bool *tech = arena_array(arena, bool, w.words.count);
	bool *chosen = arena_array(arena, bool, w.words.count);

	for (uint32_t i = 0; i < w.words.count; i++)
		tech[i] = is_technical(sym_text(&w.words, (sym_id){ i }));
	w.tech = tech;
	find_best(&w, chosen, &best);
	if (best.n)
		fill(&w, &best, chosen, ret);
	symtab_release(&w.words);
	free(w.triple);
}

const struct graph *contexts_as_part(const struct source *s, const struct graph *g,
				     struct arena *arena)
{
	struct graph *named;
	struct contexts c;

	if (g->part[PART_CONTEXT])
		return g;
	contexts_guess(s, g, arena, &c);
	if (!c.count)
		return g;
	sym_id *part = arena_array(arena, sym_id, g->npkgs);

	for (uint32_t p = 0; p < g->npkgs; p++)
		if (c.of[p] != ID_NONE)
			part[p] = sym_from(s->syms, c.item[c.of[p]].name);
	named = arena_new(arena, struct graph);
	*named = *g;
	named->part[PART_CONTEXT] = part;
	named->guessed[PART_CONTEXT] = true;
	return named;
}
