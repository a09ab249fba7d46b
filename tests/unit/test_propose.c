/* SPDX-License-Identifier: MIT */
/*
 * test_propose.c - which policy a tree would fit: starters by folder names, what
 * is shared and what wires, that each package has one place, that what is written
 * of random trees reads back.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "analyzers/frameworks.h"
#include "analyzers/propose.h"
#include "templates/policy_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NODES_MAX 64u
#define IMPORTS_MAX 256u

struct world {
	struct arena arena;
	struct symtab syms;
	struct go_dir dir[NODES_MAX];
	struct go_file file[NODES_MAX];
	struct go_import import[IMPORTS_MAX];
	struct go_module module;
	struct gomod mod;
	struct source source;
	uint32_t n, nimports;
	struct graph_builder *builder;
	const struct graph *g;
	struct proposal p;
	uint64_t state;
};

static uint32_t roll(struct world *w, uint32_t n)
{
	w->state = w->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(w->state >> 33) % n;
}

static void begin(struct world *w)
{
	*w = (struct world){ .arena = ARENA_INIT };
	symtab_init(&w->syms, &w->arena);
	w->builder = graph_builder_new(&w->syms, 1);
}

/* A folder with one file; folders must come in their order, `outside` is what the file imports. */
static void add(struct world *w, const char *folder, uint32_t flags, const char *outside)
{
	uint32_t i = w->n++;
	sym_id id = sym_from(&w->syms, folder);

	w->dir[i] = (struct go_dir){
		.path = id, .file_first = i, .nfiles = 1,
		.import_path = sym_from(&w->syms, arena_printf(&w->arena, "ex.com/m/%s", folder)),
	};
	w->file[i] = (struct go_file){
		.name = sym_from(&w->syms, "f.go"), .dir = { i }, .configs = 1,
		.import_first = w->nimports, .nimports = outside != NULL,
	};
	if (outside)
		w->import[w->nimports++] = (struct go_import){
			.path = sym_from(&w->syms, outside),
		};
	graph_add_node(w->builder, &(struct graph_node){
		.id = id, .label = id, .dir = { i }, .flags = flags | NODE_REPORTED, .configs = 1,
		.members = 1,
	});
}

static void import(struct world *w, uint32_t from, uint32_t to)
{
	graph_add_import(w->builder, (pkg_id){ from }, (pkg_id){ to }, &(struct site){
		.at = { sym_from(&w->syms, "f.go"), 1, 1, 0 }, .configs = 1 });
}

static uint32_t at(const struct world *w, const char *folder)
{
	for (uint32_t i = 0; i < w->n; i++)
		if (!strcmp(sym_text(&w->syms, w->dir[i].path), folder))
			return i;
	fail_msg("no folder '%s'", folder);
	return 0;
}

static void finish(struct world *w, bool all)
{
	w->g = graph_freeze(w->builder, &w->arena);
	graph_builder_free(w->builder);
	w->module = (struct go_module){ .path = sym_from(&w->syms, "ex.com/m"), .mod = &w->mod };
	w->source = (struct source){
		.arena = &w->arena, .syms = &w->syms, .module = &w->module, .nmodules = 1,
		.dir = w->dir, .ndirs = w->n, .file = w->file, .nfiles = w->n,
		.import = w->import, .nimports = w->nimports,
	};
	(all ? propose : propose_layout)(&w->source, w->g, "", &w->arena, &w->p);
}

static void drop(struct world *w)
{
	symtab_release(&w->syms);
	arena_release(&w->arena);
}

/* Folders separated by spaces. */
static void add_all(struct world *w, const char *folders)
{
	while (*folders) {
		size_t len = strcspn(folders, " ");

		add(w, arena_strndup(&w->arena, folders, len), 0, NULL);
		folders += len + (folders[len] == ' ');
	}
}

static const struct { const char *folders, *starter; uint32_t contexts; } layouts[] = {
	{ "internal/dao/a internal/dao/b internal/dao/c internal/model/a internal/model/b "
	  "internal/model/c internal/service/a internal/service/b internal/service/c", "mvc", 3 },
	{ "internal/order/application internal/order/domain internal/order/infrastructure "
	  "internal/pay/application internal/pay/domain internal/pay/infrastructure "
	  "internal/user/application internal/user/domain internal/user/infrastructure", "ddd", 3 },
	{ "internal/biz internal/data internal/server internal/service", "kratos", 0 },
	/* mvc's service knows all of it, and says nothing of it. */
	{ "app/cart/service/internal/biz app/cart/service/internal/conf "
	  "app/cart/service/internal/data app/cart/service/internal/server "
	  "app/cart/service/internal/service", "kratos", 1 },
	/* Kratos' main is app/NAME/cmd, where these services are. */
	{ "app/pay/cmd/api/internal/config app/pay/cmd/api/internal/handler "
	  "app/pay/cmd/api/internal/logic app/pay/cmd/api/internal/svc app/pay/model", "go-zero",
	  1 },
	{ "internal/api internal/data internal/middleware internal/model internal/server "
	  "internal/service", "mvc", 0 },
	/* Every tree has helpers and programs. */
	{ "cmd/a cmd/b conf init/db log red tests util", NULL, 0 },
	{ "red red/blue green/blue", NULL, 0 },
};

static void layout_by_names(void **state UNUSED)
{
	for (unsigned i = 0; i < ARRAY_SIZE(layouts); i++) {
		struct world w;

		begin(&w);
		add_all(&w, layouts[i].folders);
		finish(&w, false);
		const char *got = w.p.starter ? w.p.starter->name : NULL;

		if ((got && layouts[i].starter) ? strcmp(got, layouts[i].starter) != 0 :
		    got != layouts[i].starter)
			fail_msg("'%s': %s", layouts[i].folders, got ? got : "none");
		assert_int_equal(w.p.packages, w.n);
		assert_int_equal(w.p.ncontexts, layouts[i].contexts);
		drop(&w);
	}
}

static bool has(const struct proposed_folders *list, const char *folder, const char *why)
{
	for (uint32_t i = 0; i < list->count; i++)
		if (!strcmp(list->item[i].folder, folder))
			return !strcmp(list->item[i].why, why);
	return false;
}

/* Three contexts in three layers, what wires them, and four helpers. */
static void shared_and_wired(void **state UNUSED)
{
	static const char *const contexts[] = { "a", "b", "c" };
	struct world w;

	begin(&w);
	add(&w, "cmd/server", NODE_MAIN, NULL);
	add_all(&w, "internal/dao/a internal/dao/b internal/dao/c internal/model/a "
		    "internal/model/b internal/model/c internal/service/a internal/service/b "
		    "internal/service/c internal/wire");
	add(&w, "kit/clock", 0, "time");
	add(&w, "kit/fetch", 0, NULL);
	add(&w, "kit/lonely", 0, NULL);
	add(&w, "kit/socket", 0, "net/http");
	for (unsigned i = 0; i < 3; i++) {
		uint32_t service = at(&w, arena_printf(&w.arena, "internal/service/%s",
						       contexts[i]));

		import(&w, at(&w, "internal/wire"), service);
		import(&w, service, at(&w, "kit/clock"));
		import(&w, service, at(&w, "kit/fetch"));
	}
	import(&w, at(&w, "internal/service/a"), at(&w, "kit/lonely"));
	import(&w, at(&w, "kit/fetch"), at(&w, "kit/socket"));
	finish(&w, true);
	assert_string_equal(w.p.starter->name, "mvc");
	assert_true(has(&w.p.main, "internal/wire", "wire: imports 3 of 3 contexts"));
	assert_true(has(&w.p.shared, "kit/clock", "no I/O and no context behind it"));
	/* It reaches the network through another. */
	assert_int_equal(w.p.not_shared.count, 1);
	assert_string_equal(w.p.not_shared.item[0].folder, "kit/fetch");
	assert_non_null(strstr(w.p.not_shared.item[0].why, "net/http"));
	/* Those that are not shared stay unmapped, and so does what one package imports. */
	assert_int_equal(w.p.nunmapped, 3);
	drop(&w);
}

static const struct proposed_folders *placed(const struct world *w, const char *layer)
{
	return &w->p.placed[policy_layer_find(w->p.policy, layer)];
}

/* What the names leave open: helpers that several layers use, managers above their own dao. */
static void placed_by_imports(void **state UNUSED)
{
	struct world w;

	begin(&w);
	add_all(&w, "core/kernel dao handler model other");
	add(&w, "pay", 0, NULL);
	add_all(&w, "pay/dao service");
	add(&w, "site", 0, "github.com/gin-gonic/gin");
	add_all(&w, "site/dao utils");
	add(&w, "wire/one", 0, "net/http");
	add(&w, "wire/two", 0, "net/http");
	for (const char *const *from = (const char *const []){ "dao", "service", NULL }; *from;
	     from++) {
		import(&w, at(&w, *from), at(&w, "core/kernel"));
		import(&w, at(&w, *from), at(&w, "wire/one"));
	}
	import(&w, at(&w, "wire/one"), at(&w, "utils"));
	import(&w, at(&w, "service"), at(&w, "wire/two"));
	for (const char *const *to = (const char *const []){ "pay", "site", "other", NULL }; *to;
	     to++)
		import(&w, at(&w, "handler"), at(&w, *to));
	import(&w, at(&w, "pay"), at(&w, "pay/dao"));
	import(&w, at(&w, "site"), at(&w, "site/dao"));
	import(&w, at(&w, "other"), at(&w, "dao"));
	finish(&w, true);
	assert_string_equal(w.p.starter->name, "mvc");
	assert_true(has(placed(&w, "base"), "wire/one",
			"imports no layer; 2 packages of 2 layers import it"));
	assert_true(has(placed(&w, "service"), "pay",
			"imports its own dao, imported by controller"));
	/* By its name no helper; of one layer; serves requests; uses the dao of others. */
	assert_int_equal(w.p.nplaced, 2);
	assert_int_equal(w.p.nunmapped, 4);
	drop(&w);
}

/* The folder of a layer is that of a program: nobody can import it. */
static void programs_are_main(void **state UNUSED)
{
	struct world w;

	begin(&w);
	add(&w, "api", NODE_MAIN, NULL);
	add_all(&w, "api/v1 dao model service");
	finish(&w, true);
	assert_true(has(&w.p.main, "api", "a program"));
	assert_int_equal(w.p.nmoved, 1);
	drop(&w);
}

/* What most files import comes first; what only tests import is not of the program. */
static void frameworks_by_imports(void **state UNUSED)
{
	struct world w;

	begin(&w);
	add(&w, "a", 0, "gorm.io/gorm");
	add(&w, "b", 0, "github.com/labstack/echo/v4");
	add(&w, "c", 0, "github.com/gin-gonic/gin/binding");
	add(&w, "d", 0, "github.com/gin-gonic/gin");
	add(&w, "e", 0, "github.com/gin-gonic/ginny");
	add(&w, "f", 0, "xorm.io/xorm");
	w.file[5].flags = FILE_TEST;
	finish(&w, false);
	assert_string_equal(frameworks_text(&w.source, &w.arena), "gin, echo, gorm");
	assert_true(framework_serves("net/http"));
	assert_false(framework_serves("gorm.io/gorm"));
	assert_false(framework_serves("net"));
	drop(&w);
}

static void broken_files_are_excluded(void **state UNUSED)
{
	struct world w;

	begin(&w);
	add_all(&w, "dao model service");
	w.file[1].flags = FILE_DEGRADED;
	w.file[1].problem = sym_from(&w.syms, "expected ';'");
	w.file[2].flags = FILE_DEGRADED | FILE_HIDDEN;
	finish(&w, true);
	assert_int_equal(w.p.exclude.count, 1);
	assert_true(has(&w.p.exclude, "model/f.go", "expected ';'"));
	drop(&w);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Folders of two or three words, in order, each once. */
static void add_random(struct world *w)
{
	static const char *const words[] = {
		"dao", "service", "model", "internal", "order", "user", "pay", "domain", "app",
		"pkg", "x y", "a#b", "-", "cmd", "\xe5\xba\x93", "handler", "red", "sea",
	};
	const char *name[40];
	uint32_t n = 5 + roll(w, 35);

	for (uint32_t i = 0; i < n; i++) {
		name[i] = words[roll(w, ARRAY_SIZE(words))];
		for (uint32_t depth = 1 + roll(w, 2); depth; depth--)
			name[i] = arena_printf(&w->arena, "%s/%s", name[i],
					       words[roll(w, ARRAY_SIZE(words))]);
	}
	qsort(name, n, sizeof(*name), by_text);
	for (uint32_t i = 0; i < n; i++)
		if (!i || strcmp(name[i - 1], name[i]) != 0)
			add(w, name[i], roll(w, 8) ? 0 : NODE_MAIN, roll(w, 6) ? NULL : "net");
	for (uint32_t i = roll(w, w->n * 3); i; i--) {
		uint32_t from = roll(w, w->n), to = roll(w, w->n);

		if (from != to)
			import(w, from, to);
	}
}

/* The layer that names or imports give a package, or POLICY_NONE. */
static uint32_t layer_of(const struct world *w, const struct mapping *m, uint32_t n)
{
	const char *folder = sym_text(&w->syms, w->dir[n].path);

	for (uint32_t l = 0; w->p.placed && l < w->p.policy->nlayers; l++)
		for (uint32_t i = 0; i < w->p.placed[l].count; i++)
			if (!strcmp(w->p.placed[l].item[i].folder, folder))
				return l;
	return m->of[n].layer;
}

/* What was placed forbids nothing between it and its neighbours. */
static uint32_t check_placed(struct world *w, unsigned seed)
{
	struct err err = ERR_INIT;
	const struct mapping *m;

	if (!w->p.nplaced)
		return 0;
	assert_int_equal(mapping_build(w->p.policy, &w->source, w->g, &w->arena, &m, &err), 0);
	for (uint32_t n = 0; n < w->n; n++)
		graph_foreach_out(w->g, n, e) {
			uint32_t to = w->g->out_to[e];
			uint32_t a = layer_of(w, m, n), b = layer_of(w, m, to);
			bool guessed = a != m->of[n].layer || b != m->of[to].layer;

			if (guessed && a != POLICY_NONE && b != POLICY_NONE &&
			    !policy_layer_may(w->p.policy, a, b, NULL, NULL))
				fail_msg("seed %u: %s to %s", seed,
					 sym_text(&w->syms, w->dir[n].path),
					 sym_text(&w->syms, w->dir[to].path));
		}
	return w->p.nplaced;
}

/* Every package has one place, the layout is that of the proposal, and its text reads back. */
static void random_trees(void **state UNUSED)
{
	uint32_t nplaced = 0;

	for (uint64_t seed = 1; seed <= 600; seed++) {
		struct err err = ERR_INIT;
		const struct policy *back;
		struct proposal layout;
		struct world w;

		begin(&w);
		w.state = seed * 97;
		add_random(&w);
		finish(&w, true);
		uint32_t layered = w.p.starter ? w.p.layered[w.p.starter - starter_rows] : 0;

		if (layered - w.p.nmoved + w.p.main.count + w.p.shared.count + w.p.nplaced +
		    w.p.nunmapped != w.p.packages)
			fail_msg("seed %u: %u - %u + %u + %u + %u + %u of %u", (unsigned)seed,
				 layered, w.p.nmoved, w.p.main.count, w.p.shared.count, w.p.nplaced,
				 w.p.nunmapped, w.p.packages);
		nplaced += check_placed(&w, (unsigned)seed);
		propose_layout(&w.source, w.g, "", &w.arena, &layout);
		assert_ptr_equal(layout.starter, w.p.starter);
		assert_int_equal(layout.ncontexts, w.p.ncontexts);
		assert_int_equal(layout.in_contexts, w.p.in_contexts);
		assert_memory_equal(layout.layered, w.p.layered, sizeof(layout.layered));
		const char *text = policy_file_text(&w.p, ".b", &w.arena);

		if (policy_read("p.yaml", text, strlen(text), &w.arena, &back, NULL, &err))
			fail_msg("seed %u: %s\n%s", (unsigned)seed, err.msg, text);
		drop(&w);
	}
	if (nplaced < 20)
		fail_msg("only %u packages placed by imports", nplaced);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(layout_by_names),
		cmocka_unit_test(shared_and_wired),
		cmocka_unit_test(placed_by_imports),
		cmocka_unit_test(programs_are_main),
		cmocka_unit_test(frameworks_by_imports),
		cmocka_unit_test(broken_files_are_excluded),
		cmocka_unit_test(random_trees),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
