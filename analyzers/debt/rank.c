/* SPDX-License-Identifier: MIT */
/* rank.c - interest and the four dimensions of an entry: impact, cost, risk, timeliness. */
#include "analyzers/debt/debt_work.h"
#include "base/date.h"

#include <math.h>
#include <string.h>

/* ---- impact: who leads to it ---- */

struct impact {
	const struct graph *g;
	const uint32_t *group;          /* [npkgs] context, ID_NONE; NULL: packages count */
	uint32_t ngroups;
	uint32_t *queue, *seen, *counted;       /* seen, counted: the round they were met in */
	uint32_t round;
	uint32_t *known;                /* [npkgs] touched from this package alone + 1 */
};

static void impact_init(struct debt_work *w, struct impact *im)
{
	const struct graph *g = w->a->graph;
	const sym_id *part = g->part[PART_CONTEXT];
	uint32_t *group = arena_array(w->scratch, uint32_t, g->npkgs);
	uint32_t *of = arena_array(w->scratch, uint32_t, w->nsyms);
	uint32_t packages = 0;

	*im = (struct impact){ .g = g };
	for (uint32_t p = 0; p < g->npkgs; p++) {
		packages += !(g->flags[p] & (NODE_XTEST | NODE_TEST_ONLY));
		group[p] = ID_NONE;
		if (!part || !part[p].v)
			continue;
		if (!of[part[p].v])
			of[part[p].v] = ++im->ngroups;
		group[p] = of[part[p].v] - 1;
	}
	w->d->by_context = im->ngroups > 1;
	im->group = w->d->by_context ? group : NULL;
	im->ngroups = w->d->by_context ? im->ngroups : packages;
	w->d->touchable = im->ngroups;
	im->queue = arena_array(w->scratch, uint32_t, g->npkgs);
	im->seen = arena_array(w->scratch, uint32_t, g->npkgs);
	im->counted = arena_array(w->scratch, uint32_t, g->npkgs);
	im->known = arena_array(w->scratch, uint32_t, g->npkgs);
}

/* Met for the first time in this round: does it count? */
static bool meet(struct impact *im, uint32_t p)
{
	if (!im->group)
		return !(im->g->flags[p] & (NODE_XTEST | NODE_TEST_ONLY));
	if (im->group[p] == ID_NONE || im->counted[im->group[p]] == im->round)
		return false;
	im->counted[im->group[p]] = im->round;
	return true;
}

/* How many contexts lead to one of these packages, their own included; imports of tests do not. */
static uint32_t touched(struct impact *im, const uint32_t *from, uint32_t n)
{
	uint32_t head = 0, tail = 0, count = 0;

	if (n == 1 && im->known[*from])
		return im->known[*from] - 1;
	im->round++;
	for (uint32_t i = 0; i < n; i++)
		if (im->seen[from[i]] != im->round) {
			im->seen[from[i]] = im->round;
			im->queue[tail++] = from[i];
		}
	while (head < tail) {
		uint32_t p = im->queue[head++];

		count += meet(im, p);
		for (uint32_t i = im->g->in_first[p]; i < im->g->in_first[p + 1]; i++) {
			uint32_t q = im->g->in_from[i];

			if (!im->g->out_configs[im->g->in_edge[i]] || im->seen[q] == im->round)
				continue;
			im->seen[q] = im->round;
			im->queue[tail++] = q;
		}
	}
	if (n == 1)
		im->known[*from] = count + 1;
	return count;
}

/* Packages that the entry is about: what is imported, the members of a knot's cut. */
static uint32_t targets(const struct debt_work *w, const struct debt_entry *e, uint32_t *ret)
{
	uint32_t n = 0, node;

	if (e->kind != DEBT_KNOT) {
		node = e->kind == DEBT_IMPORT ? debt_node(w, e->main->to) : ID_NONE;
		node = node == ID_NONE && *e->main->from ? debt_node(w, e->main->from) : node;
		ret[0] = node;
		return node != ID_NONE;
	}
	for (uint32_t i = 0; i < e->nshares; i++) {
		const struct debt_share *s = &e->share[i];
		const char *path = s->to.v == ID_NONE ? NULL :
			sym_text(w->a->source->syms, w->a->source->dir[s->to.v].path);

		node = path ? debt_node(w, path) : ID_NONE;
		if (node != ID_NONE)
			ret[n++] = node;
	}
	return n;
}

/* ---- what git knows ---- */

struct heat { const double *changes, *complexity; };    /* [nfiles] ranks among what is scored */

static const double *ranks_of(const struct debt_work *w, const uint64_t *value)
{
	const uint32_t n = w->a->source->nfiles;
	uint64_t *kept = arena_array(w->scratch, uint64_t, n);
	double *rank = arena_array(w->scratch, double, n);
	double *all = arena_array(w->scratch, double, n);
	uint32_t m = 0;

	for (uint32_t f = 0; f < n; f++)
		if (w->d->lines[f])
			kept[m++] = value[f];
	debt_ranks(kept, m, rank);
	m = 0;
	for (uint32_t f = 0; f < n; f++)
		all[f] = w->d->lines[f] ? rank[m++] : 0;
	return all;
}

static void heat_init(const struct debt_work *w, struct heat *h)
{
	const uint32_t n = w->a->source->nfiles;
	uint64_t *changes = arena_array(w->scratch, uint64_t, n);
	uint64_t *complexity = arena_array(w->scratch, uint64_t, n);

	for (uint32_t f = 0; f < n; f++) {
		const struct body *b = w->d->lines[f] ? w->a->bodies->file[f] : NULL;

		changes[f] = w->d->past->changes[f];
		for (uint32_t i = 0; b && i < b->nfuncs; i++)
			complexity[f] += b->func[i].cognitive;
	}
	h->changes = ranks_of(w, changes);
	h->complexity = ranks_of(w, complexity);
}

static void ask_git(const struct debt_work *w, const struct heat *h, struct debt_entry *e)
{
	const struct debt_past *past = w->d->past;
	uint64_t changes = 0, fixes = 0;
	bool one = false, told = false;
	double hot = 0;

	for (uint32_t i = 0; i < e->nshares; i++) {
		uint32_t f = e->share[i].file;
		bool again = false;

		for (uint32_t k = 0; k < i && !again; k++)
			again = e->share[k].file == f;
		if (f == ID_NONE || again)
			continue;
		changes += past->changes[f];
		fixes += past->fixes[f];
		one |= past->truck[f] == 1;
		told |= past->truck[f] > 0;
		e->changes = past->changes[f] > e->changes ? past->changes[f] : e->changes;
		if (h->changes[f] * h->complexity[f] > hot)
			hot = h->changes[f] * h->complexity[f];
	}
	e->hazard.hot = hot;
	/* Of what nobody changed nobody repaired anything either. */
	e->hazard.fixes = changes ? (double)fixes / (double)changes : 0;
	e->hazard.truck = told ? one : NAN;
}

/* What lies between packages costs when they change together, all else when its file does. */
static double changes_of(const struct debt_work *w, const struct debt_entry *e,
			 const struct debt_share *s)
{
	const struct debt_past *past = w->d->past;

	if (!past || s->file == ID_NONE)
		return NAN;
	if (e->kind == DEBT_FILE || s->from.v == ID_NONE ||
	    s->to.v == ID_NONE)
		return past->changes[s->file];
	return past->together(past->ctx, s->from, s->to);
}

void debt_base(const struct debt *d, const struct debt_entry *e, const struct debt_share *s,
	       uint64_t *ret_minutes, uint64_t *ret_lines)
{
	const struct source *src = d->given->source;
	const struct go_dir *dir;

	*ret_minutes = s->file == ID_NONE ? 0 : d->minutes[s->file];
	*ret_lines = s->file == ID_NONE ? 0 : d->lines[s->file];
	if (e->kind == DEBT_FILE || s->file == ID_NONE)
		return;
	*ret_minutes = *ret_lines = 0;
	dir = &src->dir[src->file[s->file].dir.v];
	for (uint32_t f = dir->file_first; f < dir->file_first + dir->nfiles; f++) {
		*ret_minutes += d->minutes[f];
		*ret_lines += d->lines[f];
	}
}

static void reckon_interest(struct debt_work *w, struct debt_entry *e)
{
	const struct debt *d = w->d;

	e->interest = 0;
	for (uint32_t i = 0; i < e->nshares; i++) {
		struct debt_share *s = &e->share[i];
		uint64_t minutes, lines;

		debt_base(d, e, s, &minutes, &lines);
		s->changes = changes_of(w, e, s);
		s->interest = !minutes ? NAN :
			debt_interest(s->changes, d->change_minutes, d->slowdown,
				      debt_severity(minutes, lines)) *
			(double)s->minutes / (double)minutes;
		e->interest += s->interest;
		if (s->file != ID_NONE)
			w->interest[s->file] += s->interest;
	}
}

/* ---- deadlines ---- */

static bool is_about(const struct debt_work *w, const struct policy_deadline *dl,
		     const uint32_t *node, uint32_t n)
{
	const sym_id *part = w->a->graph->part[PART_CONTEXT];

	if (!dl->contexts.count)
		return true;
	for (uint32_t i = 0; part && i < n; i++)
		for (uint32_t c = 0; c < dl->contexts.count; c++)
			if (part[node[i]].v && !strcmp(sym_text(w->a->source->syms, part[node[i]]),
						       dl->contexts.item[c].text))
				return true;
	return false;
}

static void look_at_deadlines(const struct debt_work *w, struct debt_entry *e, const uint32_t *node,
			      uint32_t n)
{
	const struct policy_debt *p = &w->a->policy->debt;
	uint32_t own = *e->main->from ? debt_node(w, e->main->from) : ID_NONE;

	for (uint32_t i = 0; w->now && i < p->ndeadlines; i++) {
		const struct policy_deadline *dl = &p->deadline[i];
		double left = floor((double)(dl->date.end - 1 - w->now) / (double)SECONDS_A_DAY);
		double urgent = debt_timeliness(left, e->cost);

		if (!is_about(w, dl, node, n) && !(own != ID_NONE && is_about(w, dl, &own, 1)))
			continue;
		if (e->deadline && urgent <= e->timeliness)
			continue;
		e->deadline = dl;
		e->timeliness = urgent;
		e->days_left = left;
		e->late = e->cost > left;
	}
}

void debt_rank(struct debt_work *w)
{
	static const double severity[SEV_COUNT] = {
		[SEV_INFO] = .1, [SEV_WARNING] = .25, [SEV_ERROR] = .5,
	};
	uint32_t *node = arena_array(w->scratch, uint32_t, w->a->graph->nedges + 1);
	struct debt *d = w->d;
	struct impact im;
	struct heat heat = { NULL, NULL };

	w->interest = arena_array(w->arena, double, w->a->source->nfiles);
	for (uint32_t f = 0; !d->past && f < w->a->source->nfiles; f++)
		w->interest[f] = d->minutes[f] ? NAN : 0;
	d->interest = w->interest;
	impact_init(w, &im);
	if (d->past)
		heat_init(w, &heat);
	for (uint32_t i = 0; i < d->nentries; i++) {
		struct debt_entry *e = &w->entry[i];
		uint32_t n = targets(w, e, node);

		e->cost = debt_days(e->minutes);
		e->touched = n ? touched(&im, node, n) : 0;
		e->impact = d->touchable ? (double)e->touched / d->touchable : 0;
		e->hazard = (struct debt_hazard){ 0, NAN, NAN, NAN };
		for (uint32_t k = 0; k < e->nparts; k++)
			if (severity[e->part[k].finding->severity] > e->hazard.severity)
				e->hazard.severity = severity[e->part[k].finding->severity];
		if (d->past)
			ask_git(w, &heat, e);
		reckon_interest(w, e);
		e->risk = debt_risk(&e->hazard);
		look_at_deadlines(w, e, node, n);
		e->priority = debt_priority(&d->weights, e->impact, e->risk, e->timeliness,
					    e->cost);
	}
}
