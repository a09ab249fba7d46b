/* SPDX-License-Identifier: MIT */
/* diff.c - compares packages and imports of two judged trees. */
#include "cmd/diff.h"
#include "analyzers/edges.h"
#include "base/text.h"
#include "graph/source/tree.h"
#include "graph/symbols.h"

#include <string.h>

#define SYMBOL_EDGES 200u               /* added ones whose symbols are looked for */
#define SYMBOLS_NAMED 3u

const char *const diff_verdict_name[] = {
	[DIFF_ALLOWED] = "allowed", [DIFF_FORBIDDEN] = "forbidden",
	[DIFF_ACCEPTED] = "forbidden, accepted", [DIFF_UNJUDGED] = "not judged",
};

/* ---- names ---- */

/* What of a folder is below another; the topmost folder is "" of git, "." of the graph. */
static const char *below(const char *id, const char *folder)
{
	return *folder ? path_below(id, folder) : strcmp(id, ".") != 0 ? NULL : "";
}

const char *diff_name(const struct folder_rename *list, uint32_t count, const char *id,
		      struct arena *arena)
{
	const struct folder_rename *best = NULL;

	for (uint32_t i = 0; i < count; i++)
		if (below(id, list[i].from) &&
		    (!best || strlen(list[i].from) > strlen(best->from)))
			best = &list[i];
	if (!best)
		return id;
	const char *rest = below(id, best->from);

	if (!*rest)
		return *best->to ? best->to : ".";
	return path_join(arena, best->to, rest);
}

/* Those of a side that are compared, under their names of today. */
struct side_names {
	const char **name;              /* [npkgs] */
	bool *shown;                    /* [npkgs] */
};

static const char *node_name(const struct graph *g, uint32_t p, const struct folder_rename *list,
			     uint32_t count, struct arena *a)
{
	const char *id = edge_name(g, p);
	size_t len = strlen(id);

	if (!count)
		return id;
	/* External tests are named after the folder. */
	if (g->flags[p] & NODE_XTEST && len > 5)
		return arena_printf(a, "%s_test", diff_name(list, count,
				    arena_strndup(a, id, len - 5), a));
	return diff_name(list, count, id, a);
}

static struct side_names names_of(const struct diff *d, const struct graph *g,
				  const struct folder_rename *list, uint32_t count)
{
	const struct edge_filter any = { ID_NONE, d->tests };
	struct side_names n = {
		.name = arena_array(d->arena, const char *, g->npkgs),
		.shown = arena_array(d->arena, bool, g->npkgs),
	};

	for (uint32_t p = 0; p < g->npkgs; p++) {
		n.name[p] = node_name(g, p, list, count, d->arena);
		n.shown[p] |= d->tests || !(g->flags[p] & (NODE_XTEST | NODE_TEST_ONLY));
		graph_foreach_out(g, p, e)
			if (edge_alive(g, e, any))
				n.shown[p] = n.shown[g->out_to[e]] = true;
	}
	return n;
}

static const char *layer_of(const struct mapping *m, uint32_t p)
{
	if (!m || (m->of[p].layer == POLICY_NONE && !m->of[p].shared))
		return NULL;
	return m->of[p].shared ? "shared" : m->policy->layer[m->of[p].layer].name;
}

static const char *context_of(const struct mapping *m, uint32_t p)
{
	if (!m || m->of[p].context == POLICY_NONE)
		return NULL;
	return sym_text(m->graph->syms, m->context[m->of[p].context].name);
}

/* ---- packages ---- */

struct entry { const char *name; uint32_t node; };
struct entries { struct entry *item; uint32_t count; };

static int by_name(const void *a, const void *b, void *ctx UNUSED)
{
	return strcmp(((const struct entry *)a)->name, ((const struct entry *)b)->name);
}

static struct entries sorted_nodes(const struct graph *g, const struct side_names *n,
				   struct arena *a)
{
	struct entries e = { .item = arena_array(a, struct entry, g->npkgs) };

	for (uint32_t p = 0; p < g->npkgs; p++)
		if (n->shown[p])
			e.item[e.count++] = (struct entry){ n->name[p], p };
	sort_with(e.item, e.count, sizeof(*e.item), by_name, NULL);
	return e;
}

static void add_package(struct diff *d, enum diff_change change, const struct diff_side *side,
			const struct entry *e, const char *was)
{
	d->packages[change]++;
	d->package[d->npackages++] = (struct diff_package){
		.change = change, .id = e->name, .was = was, .files = side->graph->files[e->node],
		.layer = layer_of(side->mapping, e->node),
		.context = context_of(side->mapping, e->node),
	};
}

static void compare_packages(struct diff *d, const struct side_names *was,
			     const struct side_names *now)
{
	struct entries a = sorted_nodes(d->base.graph, was, d->arena);
	struct entries b = sorted_nodes(d->head.graph, now, d->arena);

	d->package = arena_array(d->arena, struct diff_package, (size_t)a.count + b.count);
	for (uint32_t i = 0, k = 0; i < a.count || k < b.count;) {
		int c = i == a.count ? 1 : k == b.count ? -1 : by_name(&a.item[i], &b.item[k],
			NULL);

		if (c < 0) {
			add_package(d, DIFF_REMOVED, &d->base, &a.item[i], NULL);
		} else if (c > 0) {
			add_package(d, DIFF_ADDED, &d->head, &b.item[k], NULL);
		} else {
			const char *old = edge_name(d->base.graph, a.item[i].node);

			if (strcmp(old, b.item[k].name) != 0)
				add_package(d, DIFF_CHANGED, &d->head, &b.item[k], old);
		}
		i += c <= 0;
		k += c >= 0;
	}
}

/* ---- what forbids an import ---- */

bool diff_rule_about_imports(const struct rule *rule)
{
	static const enum rule_id rules[] = {
		RULE_LAYER_VIOLATION, RULE_CLOSED_LAYER, RULE_CONTEXT_BOUNDARY, RULE_CONTEXT_PAIR,
		RULE_CONTEXT_INTERNAL, RULE_SHARED_USES_CONTEXT, RULE_CONCRETE_TYPE,
		RULE_INTERNAL_IMPORT, RULE_MAIN_IMPORT,
	};

	for (size_t i = 0; i < ARRAY_SIZE(rules); i++)
		if (rule == &rule_rows[rules[i]])
			return true;
	return false;
}

static bool about_imports(const struct finding *f)
{
	return diff_rule_about_imports(f->rule) && *f->from && *f->to;
}

struct about { const char *from, *to; const struct finding *finding; bool held; };
struct abouts { struct about *item; uint32_t count; };

static int by_pair(const char *from, const char *to, const char *from2, const char *to2)
{
	int c = strcmp(from, from2);

	return c ? c : strcmp(to, to2);
}

/* What counts first, the worst of it before others. */
static int by_edge(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct about *a = va, *b = vb;
	int c = by_pair(a->from, a->to, b->from, b->to);

	if (c || a->held != b->held)
		return c ? c : a->held ? 1 : -1;
	if (a->finding->severity != b->finding->severity)
		return a->finding->severity > b->finding->severity ? -1 : 1;
	return (a->finding->fingerprint > b->finding->fingerprint) -
	       (a->finding->fingerprint < b->finding->fingerprint);
}

static struct abouts abouts_of(const struct findings *f, struct arena *a)
{
	struct abouts list = {
		.item = arena_array(a, struct about, (size_t)f->count + f->nheld),
	};

	for (uint32_t i = 0; i < f->count + f->nheld; i++) {
		bool held = i >= f->count;
		const struct finding *x = held ? &f->held[i - f->count] : &f->item[i];

		if (about_imports(x) && x->severity != SEV_OFF)
			list.item[list.count++] = (struct about){
				x->from, x->to, x,
				held && x->state != FINDING_KNOWN,
			};
	}
	sort_with(list.item, list.count, sizeof(*list.item), by_edge, NULL);
	return list;
}

/* The first of this edge, or NULL. */
static const struct about *about_edge(const struct abouts *l, const char *from, const char *to)
{
	uint32_t lo = 0, hi = l->count;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (by_pair(l->item[mid].from, l->item[mid].to, from, to) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < l->count && !by_pair(l->item[lo].from, l->item[lo].to, from, to) ?
	       &l->item[lo] : NULL;
}

/* ---- edges ---- */

struct line { const char *from, *to; uint32_t a, b, edge; };
struct lines { struct line *item; uint32_t count; };

static int by_ends(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct line *a = va, *b = vb;

	return by_pair(a->from, a->to, b->from, b->to);
}

static struct lines lines_of(const struct graph *g, const struct side_names *n, bool tests,
			     struct arena *arena)
{
	const struct edge_filter any = { ID_NONE, tests };
	struct lines l = { .item = arena_array(arena, struct line, g->nedges) };

	for (uint32_t p = 0; p < g->npkgs; p++)
		graph_foreach_out(g, p, e)
			if (edge_alive(g, e, any))
				l.item[l.count++] = (struct line){
					n->name[p], n->name[g->out_to[e]], p, g->out_to[e], e,
				};
	sort_with(l.item, l.count, sizeof(*l.item), by_ends, NULL);
	return l;
}

static uint32_t sites_of(const struct graph *g, uint32_t e, bool tests, const struct site **first)
{
	uint32_t n = 0;

	*first = NULL;
	for (uint32_t i = g->site_first[e]; i < g->site_first[e + 1]; i++) {
		if (g->site[i].test && !tests)
			continue;
		*first = *first ? *first : &g->site[i];
		n++;
	}
	return n;
}

static void judge_edge(const struct diff_side *side, const struct abouts *abouts,
		       const struct line *l, struct diff_edge *e)
{
	const struct about *about = about_edge(abouts, edge_name(side->graph, l->a),
					       edge_name(side->graph, l->b));

	e->from_layer = layer_of(side->mapping, l->a);
	e->to_layer = layer_of(side->mapping, l->b);
	e->from_context = context_of(side->mapping, l->a);
	e->to_context = context_of(side->mapping, l->b);
	e->verdict = DIFF_ALLOWED;
	if (about) {
		e->finding = about->finding;
		e->fingerprint = about->finding->fingerprint;
		e->verdict = about->held ? DIFF_ACCEPTED : DIFF_FORBIDDEN;
	} else if (!side->mapping || placement_unmapped(&side->mapping->of[l->a]) ||
		   placement_unmapped(&side->mapping->of[l->b])) {
		e->verdict = DIFF_UNJUDGED;
	}
}

static void add_edge(struct diff *d, enum diff_change change, const struct line *l, uint32_t was,
		     const struct abouts *abouts)
{
	const struct diff_side *side = change == DIFF_REMOVED ? &d->base : &d->head;
	struct diff_edge *e = &d->edge[d->nedges++];
	const struct site *first;
	uint32_t n = sites_of(side->graph, l->edge, d->tests, &first);

	if (!first)
		BUG("an edge without an import");
	*e = (struct diff_edge){
		.change = change, .from = l->from, .to = l->to,
		.weight = change == DIFF_REMOVED ? 0 : n, .was = change == DIFF_REMOVED ? n : was,
		.path = sym_text(side->graph->syms, first->at.path), .line = first->at.line,
		.column = first->at.col, .test = !side->graph->out_configs[l->edge],
	};
	judge_edge(side, abouts, l, e);
	d->edges[change]++;
	d->forbidden += change == DIFF_ADDED && e->verdict == DIFF_FORBIDDEN;
}

/* Edges of the head that were added get their numbers into fresh[]. */
static uint32_t compare_edges(struct diff *d, const struct side_names *was,
			      const struct side_names *now, uint32_t *fresh)
{
	struct lines a = lines_of(d->base.graph, was, d->tests, d->arena);
	struct lines b = lines_of(d->head.graph, now, d->tests, d->arena);
	struct abouts then = abouts_of(d->base.findings, d->arena);
	struct abouts today = abouts_of(d->head.findings, d->arena);
	uint32_t n = 0;

	d->edge = arena_array(d->arena, struct diff_edge, (size_t)a.count + b.count);
	for (uint32_t i = 0, k = 0; i < a.count || k < b.count;) {
		int c = i == a.count ? 1 : k == b.count ? -1 : by_ends(&a.item[i], &b.item[k],
			NULL);
		const struct site *ignored;

		if (c < 0) {
			add_edge(d, DIFF_REMOVED, &a.item[i], 0, &then);
		} else if (c > 0) {
			fresh[n++] = b.item[k].edge;
			add_edge(d, DIFF_ADDED, &b.item[k], 0, &today);
		} else {
			uint32_t x = sites_of(d->base.graph, a.item[i].edge, d->tests, &ignored);

			if (x != sites_of(d->head.graph, b.item[k].edge, d->tests, &ignored))
				add_edge(d, DIFF_CHANGED, &b.item[k], x, &today);
		}
		i += c <= 0;
		k += c >= 0;
	}
	return n;
}

/* "mysql.New, mysql.Repo and 3 more" */
static const char *symbols_words(const struct edge_symbols *used, struct arena *a)
{
	const char *text = "";
	uint32_t n = 0;

	for (uint32_t i = 0; i < used->count; i++)
		if (n++ < SYMBOLS_NAMED)
			text = arena_printf(a, "%s%s%s", text, *text ? ", " : "",
					    symbol_text(&used->symbol[i], a));
	if (n > SYMBOLS_NAMED)
		text = arena_printf(a, "%s and %u more", text, n - SYMBOLS_NAMED);
	if (!n && used->blank)
		return "blank import";
	return *text ? text : NULL;
}

static int add_symbols(struct diff *d, struct symbols *sy, const uint32_t *fresh, uint32_t n,
		       struct err *err)
{
	const struct site_filter f = { UINT32_MAX, d->tests };
	uint32_t k = 0;

	n = n < SYMBOL_EDGES ? n : SYMBOL_EDGES;
	for (uint32_t i = 0; i < n; i++)
		symbols_want(sy, d->head.graph, fresh[i], f, false);
	if (n && symbols_read(sy, err))
		return -1;
	for (uint32_t i = 0; i < d->nedges && k < n; i++) {
		struct edge_symbols used;

		if (d->edge[i].change != DIFF_ADDED)
			continue;
		symbols_edge(sy, d->head.graph, fresh[k++], f, d->arena, &used);
		d->edge[i].symbols = symbols_words(&used, d->arena);
	}
	return 0;
}

/* ---- all of it ---- */

int diff_build(const struct run *run, struct judge *head, const struct sides *sides,
	       struct diff *d, struct err *err)
{
	const struct judge *base = &sides->base;
	const struct folder_rename *list;

	d->head = (struct diff_side){
		head->session.source, head->session.graph, head->session.mapping,
		&head->findings, NULL,
	};
	d->base = (struct diff_side){
		base->session.source, base->session.graph, base->session.mapping,
		&base->findings, base->report.incomplete,
	};
	d->sides = sides;
	d->tests = run->set->tests;
	d->theme = run->set->theme;
	d->arena = run->arena;
	change_between(d->base.source, d->head.source, d->arena, &d->lines);
	uint32_t count = renames_between(d->base.source, d->head.source, d->arena, &list);
	struct side_names was = names_of(d, d->base.graph, list, count);
	struct side_names now = names_of(d, d->head.graph, NULL, 0);
	uint32_t *fresh = arena_array(d->arena, uint32_t, d->head.graph->nedges);

	compare_packages(d, &was, &now);
	uint32_t n = compare_edges(d, &was, &now, fresh);

	diff_knots(d, list, count);
	diff_fixed(d, list, count);
	return add_symbols(d, head->symbols, fresh, n, err);
}
