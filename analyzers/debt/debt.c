/* SPDX-License-Identifier: MIT */
/* debt.c - from findings to debt: what is scored, prices, dimensions, order. */
#include "analyzers/debt/debt_work.h"
#include "analyzers/bodyfact.h"

#include <math.h>
#include <string.h>

uint32_t debt_file(const struct debt_work *w, sym_id path)
{
	return path.v < w->nsyms ? w->file_of[path.v] - 1 : ID_NONE;
}

uint32_t debt_node(const struct debt_work *w, const char *identity)
{
	/* Findings call the root ".". */
	const char *id = strcmp(identity, ".") ? identity : "";
	sym_id sym = sym_find(w->a->source->syms, id, strlen(id));

	return sym.v < w->nsyms && (sym.v || !*id) ? w->node_of[sym.v] - 1 : ID_NONE;
}

bool debt_scored(const struct debt_work *w, uint32_t file)
{
	return file == ID_NONE || !(w->a->source->file[file].flags & FILE_GENERATED);
}

static void index_names(struct debt_work *w)
{
	const struct source *s = w->a->source;
	const struct graph *g = w->a->graph;

	w->nsyms = s->syms->count;
	w->file_of = arena_array(w->scratch, uint32_t, w->nsyms);
	w->node_of = arena_array(w->scratch, uint32_t, w->nsyms);
	w->label_of = arena_array(w->scratch, uint32_t, w->nsyms);
	for (uint32_t f = 0; f < s->nfiles; f++) {
		const char *path = source_file_path(s, (file_id){ f }, w->scratch);
		sym_id sym = sym_find(s->syms, path, strlen(path));

		if (sym.v)
			w->file_of[sym.v] = f + 1;
	}
	for (uint32_t p = 0; p < g->npkgs; p++) {
		w->node_of[g->id[p].v] = p + 1;
		if (!(g->flags[p] & NODE_XTEST))
			w->label_of[g->label[p].v] = p + 1;
	}
}

/* Generated code is measured: it is there, but nobody repairs it by hand. */
static void measure(struct debt_work *w)
{
	const struct source *s = w->a->source;
	uint64_t *lines = arena_array(w->arena, uint64_t, s->nfiles);

	for (uint32_t f = 0; f < s->nfiles; f++) {
		const struct go_file *file = &s->file[f];
		const struct go_dir *dir = &s->dir[file->dir.v];

		if (bodyfact_judged(w->a, f)) {
			lines[f] = file->lines;
			w->d->total_lines += file->lines;
			w->d->scored++;
		} else if (file->flags & FILE_GENERATED && file->configs &&
			   dir->flags & DIR_REPORTED &&
			   !(dir->flags & (DIR_VENDOR | DIR_VENDORED)) &&
			   !(file->flags & FILE_TEST)) {
			w->d->generated++;
			w->d->generated_lines += file->lines;
		}
	}
	w->d->lines = lines;
}

static void weigh(struct debt *d, const struct policy *p)
{
	d->weights = (struct debt_weights){
		p->debt.weights.impact.value / 100., p->debt.weights.risk.value / 100.,
		p->debt.weights.timeliness.value / 100.,
	};
	d->change_minutes = p->debt.change_minutes.value;
	d->slowdown = p->debt.slowdown.value / 100.;
}

static void add_up(struct debt_work *w)
{
	struct debt *d = w->d;

	w->minutes = arena_array(w->arena, uint64_t, w->a->source->nfiles);
	d->minutes = w->minutes;
	for (uint32_t i = 0; i < d->nentries; i++)
		for (uint32_t k = 0; k < w->entry[i].nshares; k++) {
			const struct debt_share *s = &w->entry[i].share[k];

			d->total += s->minutes;
			*(s->file == ID_NONE ? &d->loose : &w->minutes[s->file]) += s->minutes;
		}
}

static int by_priority(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct debt_entry *a = va, *b = vb;

	if (a->priority < b->priority || a->priority > b->priority)
		return a->priority < b->priority ? 1 : -1;
	if (a->minutes != b->minutes)
		return a->minutes > b->minutes ? -1 : 1;
	return a->main->fingerprint < b->main->fingerprint ? -1 :
	       a->main->fingerprint > b->main->fingerprint;
}

int debt_reckon(const struct analysis *a, const struct debt_past *past, int64_t now,
		struct arena *arena, struct debt *ret, struct err *err)
{
	struct arena scratch = ARENA_INIT;
	struct debt_work w = {
		.a = a, .arena = arena, .scratch = &scratch, .d = ret, .now = now,
	};

	*ret = (struct debt){ .given = a, .past = past };
	weigh(ret, a->policy);
	index_names(&w);
	measure(&w);
	int rc = debt_collect(&w, err);

	if (!rc) {
		add_up(&w);
		debt_rank(&w);
		sort_with(w.entry, ret->nentries, sizeof(*w.entry), by_priority, NULL);
	}
	arena_release(&scratch);
	return rc;
}
