/* SPDX-License-Identifier: MIT */
/*
 * packagebylayer.c - trees that are cut by technical role first: beside each other
 * folders such as controller, service, dao, each with parts of the same contexts.
 * The contexts are the policy's, else guessed from names (contexts_guess.h).
 */
#include "analyzers/contexts_guess.h"
#include "analyzers/edges.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define ROLES_MIN 2u                    /* folders with two contexts each: a pattern, no accident */
#define CONTEXTS_MIN 2u
#define NAMES_SHOWN 3u

static const char *const technical[] = {
#define TECHNICAL(name) name,
#include "analyzers/technical.def"
#undef TECHNICAL
};
/* Technical names of folders that hold everything, or what is generated: no roles. */
static const char *const containers[] = {
	"api", "apis", "app", "apps", "cmd", "core", "docs", "domain", "domains", "fake", "fakes",
	"fixture", "fixtures", "gen", "generated", "internal", "lib", "libs", "migrations", "mock",
	"mocks", "module", "modules", "pb", "pkg", "proto", "scripts", "sdk", "src", "test",
	"testing", "tests", "testutil", "testutils", "tools",
};

struct part {                           /* a package of a context below a folder with a role */
	sym_id parent, role;            /* "internal", "internal/service" */
	uint32_t context, package;
};

struct tree {
	const struct analysis *a;
	const uint32_t *of;             /* [npkgs] context, or ID_NONE */
	const char **name;              /* [ncontexts] */
	uint32_t ncontexts;
	struct part *part;
	uint32_t nparts, cap;
};

static bool is_one_of(const char *const *list, size_t count, const char *word, size_t len)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(list[i]) == len && !memcmp(list[i], word, len))
			return true;
	return false;
}

static bool is_role(const char *word, size_t len)
{
	return is_one_of(technical, ARRAY_SIZE(technical), word, len) &&
	       !is_one_of(containers, ARRAY_SIZE(containers), word, len);
}

/* Every folder with a role above a package, those that stand below its context's name too. */
static void add_package(struct tree *t, uint32_t p)
{
	struct symtab *syms = t->a->source->syms;
	const char *path = edge_name(t->a->graph, p), *at = path;
	const char *context = t->name[t->of[p]];

	for (size_t len; *at; at += len + (at[len] == '/')) {
		len = strcspn(at, "/");
		/* What stands below the context is inside of it: that is how it should be. */
		if (strlen(context) == len && !memcmp(at, context, len))
			return;
		if (!is_role(at, len))
			continue;
		VEC_RESERVE(t->part, t->cap, t->nparts + 1);
		t->part[t->nparts++] = (struct part){
			.parent = sym_intern(syms, path, (size_t)(at - path)),
			.role = sym_intern(syms, path, (size_t)(at - path) + len),
			.context = t->of[p], .package = p,
		};
		/* The topmost one is how the tree is cut. */
		return;
	}
}

static int by_place(const void *left, const void *right, void *ctx)
{
	const struct part *a = left, *b = right;
	int c = strcmp(sym_text(ctx, a->parent), sym_text(ctx, b->parent));

	c = c ? c : strcmp(sym_text(ctx, a->role), sym_text(ctx, b->role));
	if (c)
		return c;
	if (a->context != b->context)
		return a->context < b->context ? -1 : 1;
	return a->package < b->package ? -1 : a->package > b->package;
}

/* A folder with a role: the parts item[0..count). */
static uint32_t contexts_in(const struct part *item, uint32_t count)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < count; i++)
		n += !i || item[i].context != item[i - 1].context;
	return n;
}

static uint32_t role_end(const struct part *item, uint32_t from, uint32_t count)
{
	uint32_t end = from;

	while (end < count && item[end].role.v == item[from].role.v)
		end++;
	return end;
}

static const char *last_segment(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* "order: internal/dao/order, internal/service/order -> internal/order/{dao,service}" */
static const char *split_of(const struct tree *t, const struct part *item, uint32_t count,
			    uint32_t context)
{
	struct arena *arena = t->a->scratch;
	const struct symtab *syms = t->a->source->syms;
	const char *from = "", *to = "";
	sym_id last = { 0 };

	for (uint32_t i = 0; i < count; i++) {
		if (item[i].context != context || item[i].role.v == last.v)
			continue;
		last = item[i].role;
		from = arena_printf(arena, "%s%s%s", from, *from ? ", " : "",
				    edge_name(t->a->graph, item[i].package));
		to = arena_printf(arena, "%s%s%s", to, *to ? "," : "",
				  last_segment(sym_text(syms, item[i].role)));
	}
	return arena_printf(arena, "%s -> %s%s/%s", from, sym_text(syms, item->parent),
			    t->name[context],
			    strchr(to, ',') ? arena_printf(arena, "{%s}", to) : to);
}

static void add_names(struct arena *arena, const char **text, uint32_t *n, const char *name)
{
	if ((*n)++ < NAMES_SHOWN)
		*text = arena_printf(arena, "%s%s%s", *text, **text ? ", " : "", name);
}

static void report(const struct tree *t, const struct part *item, uint32_t count)
{
	const struct analysis *a = t->a;
	struct arena *arena = a->scratch;
	struct symtab *syms = a->source->syms;
	const struct rule *rule = &rule_rows[RULE_PACKAGE_BY_LAYER];
	struct related *role = arena_array(arena, struct related, count);
	bool *held = arena_array(arena, bool, t->ncontexts);
	const char *roles = "", *names = "", *splits = "";
	uint32_t n = 0, nroles = 0, ncontexts = 0, nsplits = 0;

	for (uint32_t i = 0, end; i < count; i = end) {
		const char *folder = sym_text(syms, item[i].role);

		end = role_end(item, i, count);
		if (contexts_in(item + i, end - i) < CONTEXTS_MIN)
			continue;
		for (uint32_t k = i; k < end; k++)
			held[item[k].context] = true;
		role[n].at = package_span(a, a->graph->dir[item[i].package]);
		role[n++].note = arena_printf(arena, "%s: %s in %s", folder,
			text_count(arena, contexts_in(item + i, end - i), "context", "contexts"),
			text_count(arena, end - i, "package", "packages"));
		add_names(arena, &roles, &nroles, last_segment(folder));
	}
	for (uint32_t c = 0; c < t->ncontexts; c++) {
		if (!held[c])
			continue;
		add_names(arena, &names, &ncontexts, t->name[c]);
		if (nsplits++ < NAMES_SHOWN)
			splits = arena_printf(arena, "%s%s%s", splits, *splits ? "; " : "",
					      split_of(t, item, count, c));
	}
	const char *parent = sym_text(syms, item->parent);

	parent = *parent ? arena_strndup(arena, parent, strlen(parent) - 1) : ".";
	if (nroles > NAMES_SHOWN)
		roles = arena_printf(arena, "%s and %u more", roles, nroles - NAMES_SHOWN);
	if (ncontexts > NAMES_SHOWN)
		names = arena_printf(arena, "%s and %u more", names, ncontexts - NAMES_SHOWN);
	finding_add(a->findings, &(struct finding){
		.rule = rule, .severity = rule_level(rule), .at = role[0].at, .from = parent,
		.to = "", .symbol = "",
		.message = arena_printf(arena, "'%s' is cut by technical role (%s), and each part "
					"holds pieces of %u contexts (%s)", parent, roles,
					ncontexts, names),
		.fix = arena_printf(arena, "Give each context a folder of its own, one at a time: "
				    "%s.", splits),
		.related = role, .nrelated = n,
	});
}

static bool is_asked_for(const struct tree *t, const struct part *item, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		if (t->a->graph->flags[item[i].package] & NODE_REPORTED)
			return true;
	return false;
}

static void judge_parent(const struct tree *t, const struct part *item, uint32_t count)
{
	uint32_t roles = 0;

	for (uint32_t i = 0, end; i < count; i = end) {
		end = role_end(item, i, count);
		roles += contexts_in(item + i, end - i) >= CONTEXTS_MIN;
	}
	if (roles >= ROLES_MIN && is_asked_for(t, item, count))
		report(t, item, count);
}

/* The policy's contexts, else those that names suggest. */
static void learn_contexts(struct tree *t)
{
	const struct analysis *a = t->a;
	uint32_t *of = arena_array(a->scratch, uint32_t, a->graph->npkgs);
	struct contexts guessed;

	if (a->mapping && a->mapping->ncontexts) {
		t->ncontexts = a->mapping->ncontexts;
		t->name = arena_array(a->scratch, const char *, t->ncontexts);
		for (uint32_t c = 0; c < t->ncontexts; c++)
			t->name[c] = context_words(a->mapping, c);
		for (uint32_t p = 0; p < a->graph->npkgs; p++)
			of[p] = a->mapping->of[p].context;
		t->of = of;
		return;
	}
	contexts_guess(a->source, a->graph, a->scratch, &guessed);
	t->ncontexts = guessed.count;
	t->of = guessed.of;
	t->name = arena_array(a->scratch, const char *, t->ncontexts);
	for (uint32_t c = 0; c < t->ncontexts; c++)
		t->name[c] = guessed.item[c].name;
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err UNUSED)
{
	struct tree t = { .a = a };

	learn_contexts(&t);
	for (uint32_t p = 0; t.ncontexts && p < a->graph->npkgs; p++) {
		if (t.of[p] == ID_NONE || a->graph->dir[p].v == ID_NONE ||
		    a->graph->flags[p] & NODE_XTEST)
			continue;
		++*ret_judged;
		add_package(&t, p);
	}
	sort_with(t.part, t.nparts, sizeof(*t.part), by_place, a->source->syms);
	for (uint32_t i = 0, end; i < t.nparts; i = end) {
		for (end = i; end < t.nparts && t.part[end].parent.v == t.part[i].parent.v; end++)
			;
		judge_parent(&t, t.part + i, end - i);
	}
	free(t.part);
	return 0;
}

static const enum rule_id rules[] = { RULE_PACKAGE_BY_LAYER };

const struct analyzer analyzer_packagebylayer = {
	.name = "packagebylayer", .summary = "folders of technical roles that hold many contexts",
	.needs = FACT_IMPORTS, .rules = rules, .nrules = ARRAY_SIZE(rules), .run = run,
};
