/* SPDX-License-Identifier: MIT */
/* blame_detail.c - what a commit added: imports between packages, findings, and whose they are. */
#include "analyzers/debt/debt.h"
#include "analyzers/owners.h"
#include "cmd/blame.h"

#include <stdlib.h>
#include <string.h>

struct ends { const char *from, *to; uint32_t edge, lines; };

static int by_ends(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct ends *a = va, *b = vb;
	int c = strcmp(a->from, b->from);

	return c ? c : strcmp(a->to, b->to);
}

static uint32_t lines_of(const struct graph *g, uint32_t edge)
{
	uint32_t n = 0;

	for (uint32_t i = g->site_first[edge]; i < g->site_first[edge + 1]; i++)
		n += !g->site[i].test;
	return n;
}

/* Edges that some file makes that is no test. */
static uint32_t edges_of(const struct graph *g, struct arena *arena, const struct ends **ret)
{
	struct ends *list = arena_array(arena, struct ends, g->nedges);
	uint32_t n = 0;

	for (uint32_t p = 0; p < g->npkgs; p++)
		graph_foreach_out(g, p, e)
			if (g->out_configs[e])
				list[n++] = (struct ends){
					sym_text(g->syms, g->id[p]),
					sym_text(g->syms, g->id[g->out_to[e]]), e,
					lines_of(g, e),
				};
	sort_with(list, n, sizeof(*list), by_ends, NULL);
	*ret = list;
	return n;
}

static const char *owner_of(const struct owners *o, const char *path, struct arena *arena)
{
	uint32_t line;
	const char *owner = o ? owners_of(o, path, &line) : NULL;

	return owner ? arena_strdup(arena, owner) : NULL;
}

/* The first import line that is no test's. */
static void fill_import(const struct graph *g, const struct ends *e, const struct owners *o,
			struct arena *arena, struct blame_import *ret)
{
	*ret = (struct blame_import){
		.from = arena_strdup(arena, e->from), .to = arena_strdup(arena, e->to),
		.lines = e->lines,
	};
	for (uint32_t i = g->site_first[e->edge]; i < g->site_first[e->edge + 1]; i++) {
		const struct site *s = &g->site[i];

		if (s->test)
			continue;
		ret->path = arena_strdup(arena, sym_text(g->syms, s->at.path));
		ret->line = s->at.line;
		ret->owner = owner_of(o, ret->path, arena);
		break;
	}
}

static int by_news(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct blame_import *a = va, *b = vb;
	int c = (a->was != 0) - (b->was != 0);

	if (!c)
		c = strcmp(a->from, b->from);
	return c ? c : strcmp(a->to, b->to);
}

static void find_imports(const struct past_tree *young, const struct past_tree *old,
			 const struct owners *o, struct arena *scratch, struct arena *arena,
			 struct blame_step *step)
{
	const struct graph *g = young->judge.session.graph;
	const struct ends *a, *b;
	uint32_t na = edges_of(g, scratch, &a), at = 0;
	uint32_t nb = edges_of(old->judge.session.graph, scratch, &b);
	struct blame_import *list = arena_array(arena, struct blame_import, na);

	for (uint32_t i = 0; i < na; i++) {
		while (at < nb && by_ends(&b[at], &a[i], NULL) < 0)
			at++;
		uint32_t was = at < nb && !by_ends(&b[at], &a[i], NULL) ? b[at].lines : 0;

		if (was >= a[i].lines)
			continue;
		fill_import(g, &a[i], o, arena, &list[step->nimports]);
		list[step->nimports++].was = was;
	}
	/* Edges that are new say more than those that grew. */
	sort_with(list, step->nimports, sizeof(*list), by_news, NULL);
	step->import = list;
}

/* ---- findings ---- */

struct prints { uint64_t *item; uint32_t count; };

static int by_number(const void *a, const void *b, void *ctx UNUSED)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static struct prints prints_of(const struct findings *f, struct arena *arena)
{
	struct prints p = { .item = arena_array(arena, uint64_t, (size_t)f->count + f->nheld) };

	for (uint32_t i = 0; i < f->count; i++)
		p.item[p.count++] = f->item[i].fingerprint;
	for (uint32_t i = 0; i < f->nheld; i++)
		p.item[p.count++] = f->held[i].fingerprint;
	sort_with(p.item, p.count, sizeof(*p.item), by_number, NULL);
	return p;
}

static bool has_print(const struct prints *p, uint64_t print)
{
	uint32_t lo = 0, hi = p->count;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (p->item[mid] < print)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < p->count && p->item[lo] == print;
}

/* Is it part of the number that is looked for? */
static bool counts(const struct past_tree *t, const struct finding *f)
{
	return t->priced ? t->priced->has[f->rule - rule_rows] && debt_is_owed(f) :
			   trend_counts(f);
}

static void add_findings(const struct past_tree *young, const struct finding *item, uint32_t count,
			 const struct prints *known, struct arena *arena,
			 struct blame_finding *list, uint32_t *n)
{
	const struct symtab *syms = young->judge.session.source->syms;

	for (uint32_t i = 0; i < count; i++) {
		const struct finding *f = &item[i];

		if (!counts(young, f) || has_print(known, f->fingerprint))
			continue;
		list[(*n)++] = (struct blame_finding){
			.rule = f->rule->name, .id = arena_strdup(arena, f->short_id),
			.message = arena_strdup(arena, f->message), .line = f->at.line,
			.path = arena_strdup(arena, sym_text(syms, f->at.path)),
			.owner = f->owner ? arena_strdup(arena, f->owner) : NULL,
		};
	}
}

static void find_findings(const struct past_tree *young, const struct past_tree *old,
			  struct arena *scratch, struct arena *arena, struct blame_step *step)
{
	const struct findings *f = &young->judge.findings;
	const struct prints known = prints_of(&old->judge.findings, scratch);
	struct blame_finding *list = arena_array(arena, struct blame_finding,
						 (size_t)f->count + f->nheld);

	add_findings(young, f->item, f->count, &known, arena, list, &step->nfindings);
	add_findings(young, f->held, f->nheld, &known, arena, list, &step->nfindings);
	step->finding = list;
}

/* ---- whose ---- */

static const char *add_owner(const char *owners, const char *more, struct arena *arena)
{
	while (more && *more) {
		size_t len = strcspn(more, " ");
		const char *one = arena_strndup(arena, more, len);

		if (!owners || !owners_has(owners, one))
			owners = owners ? arena_printf(arena, "%s %s", owners, one) : one;
		more += len;
		more += strspn(more, " ");
	}
	return owners;
}

void blame_detail(struct blame *b, struct blame_step *step)
{
	struct arena *arena = b->past->run->arena, scratch = ARENA_INIT;
	struct past_tree *young, *old;

	if (past_pair(b->past, step->commit, step->before, &young, &old)) {
		const struct owners *o = owners_open(young->judge.session.source, &scratch);

		find_imports(young, old, o, &scratch, arena, step);
		find_findings(young, old, &scratch, arena, step);
		step->detailed = true;
	}
	for (uint32_t i = 0; i < step->nfindings; i++)
		step->owner = add_owner(step->owner, step->finding[i].owner, arena);
	for (uint32_t i = 0; i < step->nimports; i++)
		step->owner = add_owner(step->owner, step->import[i].owner, arena);
	arena_release(&scratch);
}
