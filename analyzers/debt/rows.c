/* SPDX-License-Identifier: MIT */
/* rows.c - where debt lies: functions, files, packages, contexts, the repository. */
#include "analyzers/debt/debt.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

struct rows {
	const struct debt *d;
	struct arena *arena;
	struct debt_row *row;           /* [nrows] and the rest behind them */
	uint32_t nrows;
};

static bool is_recent(const struct debt *d, uint32_t file)
{
	return d->past && file != ID_NONE && d->past->recent[file];
}

static void add_share(const struct debt *d, struct debt_row *row, const struct debt_share *s)
{
	row->minutes += s->minutes;
	row->recent += is_recent(d, s->file) ? s->minutes : 0;
	row->interest += s->interest;
}

struct debt_row debt_whole(const struct debt *d)
{
	struct debt_row row = { .name = "all", .lines = d->total_lines };

	for (uint32_t i = 0; i < d->nentries; i++)
		for (uint32_t k = 0; k < d->entry[i].nshares; k++)
			add_share(d, &row, &d->entry[i].share[k]);
	return row;
}

static int by_minutes(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct debt_row *a = va, *b = vb;

	if (a->rest != b->rest)
		return a->rest ? 1 : -1;
	if (a->minutes != b->minutes)
		return a->minutes > b->minutes ? -1 : 1;
	return strcmp(a->name, b->name);
}

static void finish(struct rows *r, const struct debt_row **ret, uint32_t *ret_count)
{
	struct debt_row *rest = &r->row[r->nrows];

	rest->rest = true;
	if (rest->minutes || rest->lines)
		r->nrows++;
	sort_with(r->row, r->nrows, sizeof(*r->row), by_minutes, NULL);
	*ret = r->row;
	*ret_count = r->nrows;
}

/* Is it about one declaration of its file? */
static bool has_symbol(const struct debt_entry *e, uint32_t part)
{
	const struct finding *f = e->part[part].finding;

	return e->kind == DEBT_FILE && *f->symbol && f->rule != &rule_rows[RULE_LONG_FILE];
}

/* A part's portion of the only share of a file's entry. */
static struct debt_share portion(const struct debt_entry *e, uint32_t part)
{
	struct debt_share s = e->share[0];

	s.minutes = e->part[part].price;
	s.interest = e->share[0].interest * (double)s.minutes / (double)e->minutes;
	return s;
}

/* Findings of one declaration are one row; parts of an entry are not sorted by it. */
static struct debt_row *row_named(struct rows *r, uint32_t from, const char *name)
{
	for (uint32_t i = from; i < r->nrows; i++)
		if (!strcmp(r->row[i].name, name))
			return &r->row[i];
	r->row[r->nrows].name = name;
	return &r->row[r->nrows++];
}

/* Every declaration that has a debt; what lies in none of them is the rest. */
static void of_functions(struct rows *r)
{
	const struct debt *d = r->d;
	struct debt_row rest = { .name = "in no declaration", .lines = d->total_lines };
	uint32_t most = 0;

	for (uint32_t i = 0; i < d->nentries; i++)
		most += d->entry[i].nparts;
	r->row = arena_array(r->arena, struct debt_row, (size_t)most + 1);
	for (uint32_t i = 0; i < d->nentries; i++) {
		const struct debt_entry *e = &d->entry[i];
		uint32_t from = r->nrows;

		for (uint32_t k = 0; e->kind == DEBT_FILE && k < e->nparts; k++) {
			struct debt_share s = portion(e, k);

			add_share(d, has_symbol(e, k) ? row_named(r, from, arena_printf(r->arena,
				"%s: %s", debt_entry_name(d, e, r->arena),
				e->part[k].finding->symbol)) : &rest, &s);
		}
		for (uint32_t k = 0; e->kind != DEBT_FILE && k < e->nshares; k++)
			add_share(d, &rest, &e->share[k]);
	}
	r->row[r->nrows] = rest;
}

/* row_of[f] is the row of a file; r->nrows is the rest. */
static void of_files(struct rows *r, const uint32_t *row_of)
{
	const struct debt *d = r->d;

	for (uint32_t f = 0; f < d->given->source->nfiles; f++)
		r->row[row_of[f]].lines += d->lines[f];
	for (uint32_t i = 0; i < d->nentries; i++)
		for (uint32_t k = 0; k < d->entry[i].nshares; k++) {
			const struct debt_share *s = &d->entry[i].share[k];

			add_share(d, &r->row[s->file == ID_NONE ? r->nrows : row_of[s->file]], s);
		}
}

static void by_file(struct rows *r, uint32_t *row_of)
{
	const struct source *s = r->d->given->source;

	r->nrows = s->nfiles;
	r->row = arena_array(r->arena, struct debt_row, (size_t)s->nfiles + 1);
	for (uint32_t f = 0; f < s->nfiles; f++) {
		r->row[f].name = source_file_path(s, (file_id){ f }, r->arena);
		row_of[f] = f;
	}
}

static int by_group(struct rows *r, const char *name, uint32_t *row_of, struct err *err)
{
	const struct source *s = r->d->given->source;
	const struct graph *packages = r->d->given->graph, *g;
	uint32_t *node = arena_array(r->arena, uint32_t, s->ndirs);
	struct level level;

	if (level_parse(name, &level, err) || level_check(packages, level, err))
		return -1;
	g = level_graph(s, packages, level, r->arena);
	level_dirs(s, packages, g, level, node);
	r->nrows = g->npkgs;
	r->row = arena_array(r->arena, struct debt_row, (size_t)g->npkgs + 1);
	for (uint32_t p = 0; p < g->npkgs; p++) {
		const char *id = sym_text(g->syms, g->id[p]);

		r->row[p].name = *id ? id : ".";
	}
	for (uint32_t f = 0; f < s->nfiles; f++) {
		uint32_t at = node[s->file[f].dir.v];

		row_of[f] = at == ID_NONE ? r->nrows : at;
	}
	return 0;
}

/* What neither has lines that count nor debt says nothing. */
static void drop_empty(struct rows *r)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i <= r->nrows; i++)
		if (i == r->nrows || r->row[i].lines || r->row[i].minutes)
			r->row[n++] = r->row[i];
	r->nrows = n - 1;
}

int debt_rows(const struct debt *d, const char *level, struct arena *arena,
	      const struct debt_row **ret, uint32_t *ret_count, struct err *err)
{
	uint32_t *row_of = arena_array(arena, uint32_t, d->given->source->nfiles);
	struct rows r = { .d = d, .arena = arena };

	if (!strcmp(level, "function")) {
		of_functions(&r);
		finish(&r, ret, ret_count);
		return 0;
	}
	if (!strcmp(level, "file"))
		by_file(&r, row_of);
	else if (!strcmp(level, "repository"))
		r.row = arena_array(arena, struct debt_row, 1);
	else if (by_group(&r, level, row_of, err))
		return -1;
	r.row[r.nrows].name = !strcmp(level, "repository") ? "all" : "elsewhere";
	of_files(&r, row_of);
	drop_empty(&r);
	finish(&r, ret, ret_count);
	return 0;
}

const char *debt_entry_name(const struct debt *d, const struct debt_entry *e, struct arena *arena)
{
	const struct finding *f = e->main;

	switch (e->kind) {
	case DEBT_FILE:
		return e->share[0].file == ID_NONE ? sym_text(d->given->source->syms, f->at.path) :
		       source_file_path(d->given->source, (file_id){ e->share[0].file }, arena);
	case DEBT_PACKAGE:
		return f->from;
	case DEBT_IMPORT:
		return arena_printf(arena, "%s -> %s", f->from, f->to);
	case DEBT_KNOT:
		return f->message;
	case DEBT_KINDS:
		break;
	}
	BUG("kind %d of debt", (int)e->kind);
}
