/* SPDX-License-Identifier: MIT */
/* collect.c - findings of one cause become one entry. */
#include "analyzers/debt/debt_work.h"
#include "analyzers/edges.h"

#include <stdlib.h>
#include <string.h>

const char *const debt_kind_name[DEBT_KINDS] = {
	[DEBT_FILE] = "file", [DEBT_PACKAGE] = "package",
	[DEBT_IMPORT] = "import", [DEBT_KNOT] = "knot",
};

/* A finding with what it has in common with others of its cause. */
struct priced {
	struct debt_part part;
	enum debt_kind kind;
	const char *key;
	uint32_t file;                  /* where it lies; ID_NONE: in no Go file */
	struct debt_share *share;       /* of a knot */
	uint32_t nshares;
};
struct collection {
	struct debt_work *w;
	struct priced *item;            /* malloc */
	uint32_t count, cap;
};

static enum debt_kind kind_of(const struct finding *f)
{
	if (f->nedges)
		return DEBT_KNOT;
	if (*f->to)
		return DEBT_IMPORT;
	return *f->from && !*f->symbol ? DEBT_PACKAGE : DEBT_FILE;
}

static const char *key_of(const struct debt_work *w, const struct priced *p)
{
	const struct finding *f = p->part.finding;

	switch (p->kind) {
	case DEBT_FILE:
		return p->file != ID_NONE ? source_file_path(w->a->source, (file_id){ p->file },
							     w->scratch) :
		       sym_text(w->a->source->syms, f->at.path);
	case DEBT_PACKAGE:
		return f->from;
	case DEBT_IMPORT:
		return arena_printf(w->scratch, "%s\n%s\n%s", f->from, f->to,
				    strcmp(f->symbol, "test") ? "" : f->symbol);
	case DEBT_KNOT:
		return arena_printf(w->scratch, "%016llx", (unsigned long long)f->fingerprint);
	case DEBT_KINDS:
		break;
	}
	BUG("kind %d of debt", (int)p->kind);
}

static int count_units(const struct debt_work *w, struct debt_part *part, struct err *err)
{
	const struct finding *f = part->finding;
	uint32_t from, to, edge;

	switch (part->unit) {
	case COST_ONCE:
	case COST_CUT:
		return 0;
	case COST_POINTS:
	case COST_IMPORTERS:
		part->units = f->amount;
		return 0;
	case COST_SYMBOLS:
		from = debt_node(w, f->from);
		to = debt_node(w, f->to);
		edge = from == ID_NONE || to == ID_NONE ? ID_NONE :
		       graph_find_edge(w->a->graph, (pkg_id){ from }, (pkg_id){ to });
		return edge == ID_NONE ? 0 :
		       debt_symbols(w, w->a->graph, edge, !strcmp(f->symbol, "test"), &part->units,
				    err);
	}
	BUG("cost unit %d", (int)part->unit);
}

/* A file of the package that is scored; ID_NONE where all of it is generated. */
static uint32_t file_beside(const struct debt_work *w, uint32_t file)
{
	const struct source *s = w->a->source;
	const struct go_dir *d = &s->dir[s->file[file].dir.v];

	for (uint32_t f = d->file_first; f < d->file_first + d->nfiles; f++)
		if (w->d->lines[f])
			return f;
	return ID_NONE;
}

/* The first place that is no generated file.  False where there is none. */
static bool place_of(const struct debt_work *w, const struct finding *f, bool package,
		     uint32_t *ret)
{
	*ret = debt_file(w, f->at.path);
	if (debt_scored(w, *ret))
		return true;
	for (uint32_t i = 0; !package && i < f->nrelated; i++) {
		*ret = debt_file(w, f->related[i].at.path);
		if (debt_scored(w, *ret))
			return true;
	}
	*ret = package ? file_beside(w, debt_file(w, f->at.path)) : ID_NONE;
	return *ret != ID_NONE;
}

static int add(struct collection *c, const struct finding *f, struct err *err)
{
	struct debt_work *w = c->w;
	struct priced p = { .part = { .finding = f }, .kind = kind_of(f) };

	debt_price_row(w->a->policy, &p.part);
	if (!p.part.minutes && !p.part.per)
		return 0;
	if (p.part.unit == COST_CUT) {
		if (debt_knot(w, &p.part, &p.share, &p.nshares, err))
			return -1;
	} else {
		if (count_units(w, &p.part, err))
			return -1;
		p.part.price = debt_minutes(p.part.minutes, p.part.per, p.part.units);
	}
	if (!p.nshares && !place_of(w, f, p.kind == DEBT_PACKAGE, &p.file)) {
		w->d->generated_minutes += p.part.price;
		return 0;
	}
	p.key = key_of(w, &p);
	VEC_RESERVE(c->item, c->cap, c->count + 1);
	c->item[c->count++] = p;
	return 0;
}

bool debt_is_owed(const struct finding *f)
{
	return f->state == FINDING_NEW || f->state == FINDING_EXCEPTED ||
	       f->state == FINDING_BASELINED;
}

/* The dearest of a cause first. */
static int by_cause(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct priced *a = va, *b = vb;
	const struct finding *f = a->part.finding, *g = b->part.finding;
	int c = a->kind != b->kind ? (a->kind > b->kind ? 1 : -1) : strcmp(a->key, b->key);

	if (c)
		return c;
	if (a->part.price != b->part.price)
		return a->part.price > b->part.price ? -1 : 1;
	if (f->rule != g->rule)
		return f->rule < g->rule ? -1 : 1;
	return f->fingerprint < g->fingerprint ? -1 : f->fingerprint > g->fingerprint;
}

static dir_id end_of(const struct debt_work *w, const char *identity)
{
	uint32_t node = *identity ? debt_node(w, identity) : ID_NONE;

	return node == ID_NONE ? (dir_id){ ID_NONE } : w->a->graph->dir[node];
}

/* All minutes in one place. */
static void one_share(const struct debt_work *w, struct debt_entry *e, uint32_t file)
{
	struct debt_share *share = arena_new(w->arena, struct debt_share);

	e->share = share;
	e->nshares = 1;
	share->file = file;
	share->minutes = e->minutes;
	share->from = end_of(w, e->main->from);
	share->to = e->kind == DEBT_IMPORT ? end_of(w, e->main->to) : share->from;
}

static void make_entry(const struct debt_work *w, const struct priced *p, uint32_t n)
{
	struct debt_part *part = arena_array(w->arena, struct debt_part, n);
	struct debt_entry *e = &w->entry[w->d->nentries];
	/* One repair cures an import, a package, a knot; a file takes each of its own. */
	bool sum = p->kind == DEBT_FILE;

	*e = (struct debt_entry){ .kind = p->kind, .main = p->part.finding, .part = part,
				  .nparts = n };
	for (uint32_t i = 0; i < n; i++) {
		part[i] = p[i].part;
		e->minutes += sum || !i ? part[i].price : 0;
		if (part[i].unit == COST_SYMBOLS && part[i].units > e->symbols)
			e->symbols = part[i].units;
	}
	if (p->nshares) {
		e->share = p->share;
		e->nshares = p->nshares;
	} else {
		one_share(w, e, p->file);
	}
	w->d->nentries += e->minutes > 0;
}

int debt_collect(struct debt_work *w, struct err *err)
{
	const struct findings *f = w->a->findings;
	struct collection c = { .w = w };
	int rc = 0;

	for (uint32_t i = 0; !rc && i < f->count + f->nheld; i++) {
		const struct finding *x = i < f->count ? &f->item[i] : &f->held[i - f->count];

		if (debt_is_owed(x))
			rc = add(&c, x, err);
	}
	sort_with(c.item, c.count, sizeof(*c.item), by_cause, NULL);
	w->d->entry = w->entry = arena_array(w->arena, struct debt_entry, c.count);
	for (uint32_t i = 0, n; !rc && i < c.count; i += n) {
		for (n = 1; i + n < c.count && c.item[i + n].kind == c.item[i].kind &&
		     !strcmp(c.item[i + n].key, c.item[i].key); n++)
			;
		make_entry(w, &c.item[i], n);
	}
	free(c.item);
	return rc;
}
