/* SPDX-License-Identifier: MIT */
/*
 * test_contexts.c - contexts guessed from folder names: what counts as one, what
 * does not, and the identities between their numbers on random imports.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "analyzers/contexts_guess.h"

#include <string.h>

#define DIRS_MAX 16u

struct world {
	struct arena arena;
	struct symtab syms;
	struct go_dir dir[DIRS_MAX];
	struct go_module module;
	struct source source;
	const struct graph *g;
	struct contexts found;
	uint64_t state;
};

static uint32_t roll(struct world *w, uint32_t n)
{
	w->state = w->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(w->state >> 33) % n;
}

/* Folders, separated by spaces, in the order of folders; and so many random imports. */
static void guess(struct world *w, const char *folders, uint64_t seed, uint32_t edges,
		  const char *module)
{
	uint32_t n = 0;

	*w = (struct world){ .arena = ARENA_INIT, .state = seed * 31 + 7 };
	symtab_init(&w->syms, &w->arena);
	struct graph_builder *b = graph_builder_new(&w->syms, 1);

	for (const char *at = folders; *at; n++) {
		size_t len = strcspn(at, " ");
		sym_id id = sym_intern(&w->syms, at, len);

		w->dir[n] = (struct go_dir){ .path = id };
		graph_add_node(b, &(struct graph_node){ .id = id, .label = id, .dir = { n },
			       .flags = NODE_REPORTED, .configs = 1, .members = 1, .lines = 10 });
		at += len + (at[len] == ' ');
	}
	for (uint32_t i = 0; i < edges; i++)
		graph_add_import(b, (pkg_id){ roll(w, n) }, (pkg_id){ roll(w, n) }, &(struct site){
			.at = { sym_from(&w->syms, "f.go"), i + 1, 1, 0 }, .configs = 1,
			.test = !roll(w, 4) });
	w->g = graph_freeze(b, &w->arena);
	graph_builder_free(b);
	w->module = (struct go_module){ .path = sym_from(&w->syms, module) };
	w->source = (struct source){ .arena = &w->arena, .syms = &w->syms, .module = &w->module,
				     .nmodules = 1, .dir = w->dir, .ndirs = n };
	contexts_guess(&w->source, w->g, &w->arena, &w->found);
}

static void drop(struct world *w)
{
	symtab_release(&w->syms);
	arena_release(&w->arena);
}

static const struct { const char *folders, *contexts; } rows[] = {
	{ "dao/a dao/b dao/c model/a model/b model/c", "a b c" },
	{ "x/dao/a x/dao/b x/dao/c x/model/a x/model/b x/model/c", "a b c" },
	/* Below one technical folder only; below folders that are not technical. */
	{ "dao/a dao/b dao/c model/x model/y", "" },
	{ "red/a red/b red/c green/a green/b green/c", "" },
	/* Two are no contexts. */
	{ "dao/a dao/b model/a model/b", "" },
	/* Technical names repeat everywhere; versions too. */
	{ "dao/util dao/types dao/v1 model/util model/types model/v1", "" },
	/* Contexts first, at any depth; d has one of the layers only. */
	{ "a/app a/x/domain b/app b/domain c/app/query c/domain d/app", "a b c" },
	{ "internal/a/app internal/a/domain internal/b/app internal/b/domain", "" },
	/* A name elsewhere belongs to its context. */
	{ "api/c/v1 dao/a dao/b dao/c model/a model/b model/c pkg/c", "a b c" },
	{ "", "" },
};

static void names(void **state)
{
	(void)state;
	for (unsigned i = 0; i < ARRAY_SIZE(rows); i++) {
		struct world w;
		const char *got = "";

		guess(&w, rows[i].folders, 1, 0, "example.com/m");
		for (uint32_t c = 0; c < w.found.count; c++)
			got = arena_printf(&w.arena, "%s%s%s", got, *got ? " " : "",
					   w.found.item[c].name);
		/* Without imports all scores are 0: fewest packages, then names. */
		if (strcmp(got, rows[i].contexts) != 0)
			fail_msg("'%s': '%s'", rows[i].folders, got);
		drop(&w);
	}
}

static void not_of_the_standard_library(void **state)
{
	struct world w;

	(void)state;
	guess(&w, rows[0].folders, 1, 0, "std");
	assert_int_equal(w.found.count, 0);
	drop(&w);
}

static bool among(const struct context *c, uint32_t other)
{
	for (uint32_t i = 0; i < c->nboth; i++)
		if (c->both[i] == other)
			return true;
	return false;
}

/* Lines from contexts a to b, straight from the graph. */
static uint32_t lines_between(const struct world *w, uint32_t a, uint32_t b)
{
	uint32_t n = 0;

	for (uint32_t p = 0; p < w->g->npkgs; p++)
		graph_foreach_out(w->g, p, e)
			for (uint32_t i = w->g->site_first[e]; i < w->g->site_first[e + 1]; i++)
				n += w->found.of[p] == a && w->found.of[w->g->out_to[e]] == b &&
				     !w->g->site[i].test;
	return n;
}

static void numbers(void **state)
{
	uint32_t ties = 0;

	(void)state;
	for (uint64_t seed = 0; seed < 2000; seed++) {
		uint64_t imported = 0, imports = 0, last = 0;
		struct world w;

		guess(&w, "dao/a dao/b dao/c dao/d model/a model/b model/c model/d pkg/x svc/a "
		      "svc/b", seed, (uint32_t)(seed % 40), "example.com/m");
		assert_int_equal(w.found.count, 4);
		for (uint32_t a = 0; a < 4; a++) {
			const struct context *c = &w.found.item[a];
			uint64_t score = 0, out = 0, in = 0;

			for (uint32_t b = 0; b < 4; b++) {
				uint32_t to = a == b ? 0 : lines_between(&w, a, b);
				uint32_t from = a == b ? 0 : lines_between(&w, b, a);

				out += to;
				in += from;
				score += (uint64_t)(to + from) * (to && from ? 2 : 1);
				assert_int_equal(among(c, b), to && from);
				assert_true(among(c, b) == among(&w.found.item[b], a));
			}
			assert_int_equal(c->imports, out);
			assert_int_equal(c->imported, in);
			assert_int_equal(c->score, score);
			assert_true(score >= last);
			last = score;
			imported += in;
			imports += out;
			ties += c->nboth;
			assert_int_equal(c->lines, 10 * c->packages);
		}
		assert_int_equal(imported, imports);
		drop(&w);
	}
	assert_true(ties > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names),
		cmocka_unit_test(not_of_the_standard_library),
		cmocka_unit_test(numbers),
	};

	return cmocka_run_group_tests_name("contexts", tests, NULL, NULL);
}
