/* SPDX-License-Identifier: MIT */
/* diff_text.c - a change on one screen. */
#include "analyzers/gate.h"
#include "base/text.h"
#include "cmd/diff.h"
#include "cmd/report/paint.h"
#include "cmd/report/proof.h"
#include "cmd/report/text.h"

#include <string.h>

/* Without --all. */
#define PACKAGES_SHOWN 6u
#define EDGES_SHOWN 10u
#define KNOTS_SHOWN 5u
#define FINDINGS_SHOWN 6u
#define NAMES_SHOWN 3u

struct view {
	const struct diff *d;
	const struct report *r;
	FILE *out;
	struct arena arena;
};

static uint32_t most(const struct view *v, uint32_t shown)
{
	return v->r->all ? UINT32_MAX : shown;
}

static void more(const struct view *v, uint32_t all, uint32_t shown, const char *what)
{
	if (all > shown)
		fprintf(v->out, "%*sand %u more %s: --all\n", (int)MARGIN, "", all - shown, what);
}

/* "+2 -1": one sign a kind of change. */
static const char *counts(struct view *v, const uint32_t *n, const char *third)
{
	struct arena *a = &v->arena;
	const char *text = arena_printf(a, "+%s -%s", text_number(a, n[DIFF_ADDED]),
					text_number(a, n[DIFF_REMOVED]));

	return n[DIFF_CHANGED] ? arena_printf(a, "%s, %s %s", text,
					      text_number(a, n[DIFF_CHANGED]), third) : text;
}

/* One line after the margin, continued below itself. */
static void line(struct view *v, const char *text)
{
	fprintf(v->out, "%*s", (int)MARGIN, "");
	text_wrap(v->out, text, MARGIN + 4, SCREEN_COLUMNS);
}

/* ---- packages ---- */

static const char *package_line(struct view *v, const struct diff_package *p)
{
	struct arena *a = &v->arena;
	const char *id = text_escape(a, p->id), *place = "";

	if (p->change == DIFF_CHANGED)
		return arena_printf(a, "> %s, was %s", id, text_escape(a, p->was));
	if (p->layer || p->context)
		place = arena_printf(a, ", %s%s%s", p->context ? text_escape(a, p->context) : "",
				     p->layer && p->context ? " " : "",
				     p->layer ? text_escape(a, p->layer) : "");
	else if (v->d->head.mapping)
		place = ", in no layer";
	return arena_printf(a, "%c %s%s, %s", p->change == DIFF_ADDED ? '+' : '-', id, place,
			    text_count(a, p->files, "file", "files"));
}

static void print_packages(struct view *v)
{
	const struct diff *d = v->d;

	if (!d->npackages)
		return;
	text_block(v->r, v->out, "PACKAGES", counts(v, d->packages, "renamed"));
	for (uint32_t i = 0; i < d->npackages && i < most(v, PACKAGES_SHOWN); i++)
		line(v, package_line(v, &d->package[i]));
	more(v, d->npackages, most(v, PACKAGES_SHOWN), "packages");
	fputc('\n', v->out);
}

/* ---- imports ---- */

static const char *edge_tail(struct view *v, const struct diff_edge *e, bool symbols)
{
	struct arena *a = &v->arena;
	const char *text = e->test ? "test, " : "";

	if (e->finding)
		text = arena_printf(a, "%s%s%s (%s), ", text, e->change == DIFF_REMOVED ?
				    "was " : "", diff_verdict_name[e->verdict],
				    e->finding->rule->name);
	else if (v->d->head.mapping && e->verdict == DIFF_UNJUDGED)
		text = arena_printf(a, "%snot judged, ", text);
	if (e->symbols && symbols)
		text = arena_printf(a, "%suses %s, ", text, text_escape(a, e->symbols));
	if (e->change == DIFF_CHANGED)
		text = arena_printf(a, "%s%u -> %u lines, ", text, e->was, e->weight);
	return arena_printf(a, "%s%s:%u", text, text_escape(a, e->path), e->line);
}

static void print_edge(struct view *v, const struct diff_edge *e)
{
	static const char sign[] = { [DIFF_ADDED] = '+', [DIFF_REMOVED] = '-',
				     [DIFF_CHANGED] = '~' };
	struct arena *a = &v->arena;
	bool bad = e->change == DIFF_ADDED && e->verdict == DIFF_FORBIDDEN;
	const char *edge = text_edge(e->from, e->to, SCREEN_COLUMNS - MARGIN - 2, a);
	const char *tail = edge_tail(v, e, true);
	size_t at = MARGIN + 2 + text_width(edge);

	fprintf(v->out, "%*s%s%c %s%s", (int)MARGIN, "",
		bad ? paint_on(v->r->color, PAINT_RED) : "", sign[e->change], edge,
		bad ? paint_off(v->r->color) : "");
	if (at + 2 + text_width(tail) <= SCREEN_COLUMNS) {
		fprintf(v->out, "  %s\n", tail);
		return;
	}
	/* Two lines an import at most, unless all is to be seen. */
	if (!v->r->all && MARGIN + 4 + text_width(tail) > SCREEN_COLUMNS)
		tail = edge_tail(v, e, false);
	fprintf(v->out, "\n%*s", (int)MARGIN + 4, "");
	text_wrap(v->out, tail, MARGIN + 4, SCREEN_COLUMNS);
}

/* What is forbidden, what was added, what went, what weighs more or less. */
static unsigned rank_of(const struct diff_edge *e)
{
	if (e->change == DIFF_ADDED)
		return e->verdict == DIFF_FORBIDDEN ? 0 : 1;
	return e->change == DIFF_REMOVED ? 2 : 3;
}

static void print_edges(struct view *v)
{
	const struct diff *d = v->d;
	uint32_t shown = 0;

	if (!d->nedges)
		return;
	text_block(v->r, v->out, "IMPORTS", arena_printf(&v->arena, "%s, between packages",
		   counts(v, d->edges, "of other weight")));
	for (unsigned rank = 0; rank < 4; rank++)
		for (uint32_t i = 0; i < d->nedges && shown < most(v, EDGES_SHOWN); i++)
			if (rank_of(&d->edge[i]) == rank) {
				print_edge(v, &d->edge[i]);
				shown++;
			}
	more(v, d->nedges, most(v, EDGES_SHOWN), "imports");
	fputc('\n', v->out);
}

/* ---- circles ---- */

static const char *some_names(struct view *v, const char *const *list, uint32_t count)
{
	struct arena *a = &v->arena;
	const char *text = "";

	for (uint32_t i = 0; i < count && i < most(v, NAMES_SHOWN); i++)
		text = arena_printf(a, "%s%s%s", text, i ? ", " : "", text_escape(a, list[i]));
	return count > most(v, NAMES_SHOWN) ?
	       arena_printf(a, "%s and %u more", text, count - NAMES_SHOWN) : text;
}

static const char *knot_line(struct view *v, const struct diff_knot *k)
{
	struct arena *a = &v->arena;
	const char *text = arena_printf(a, "%s: %s", k->level, diff_knot_name[k->change]);

	switch (k->change) {
	case KNOT_APPEARED:
	case KNOT_VANISHED:
		return arena_printf(a, "%s, %u nodes: %s", text, k->nnodes,
				    some_names(v, k->node, k->nnodes));
	case KNOT_GREW:
	case KNOT_SHRANK:
	case KNOT_MOVED:
		break;
	}
	text = arena_printf(a, "%s, %u -> %u nodes:", text, k->was, k->nnodes);
	if (k->nadded)
		text = arena_printf(a, "%s with %s", text, some_names(v, k->added, k->nadded));
	if (k->nremoved)
		text = arena_printf(a, "%s%s without %s", text, k->nadded ? "," : "",
				    some_names(v, k->removed, k->nremoved));
	return text;
}

static void print_knots(struct view *v)
{
	const struct diff *d = v->d;

	for (uint32_t i = 0; i < d->nknots && i < most(v, KNOTS_SHOWN); i++) {
		if (!i)
			text_block(v->r, v->out, "CIRCLES", knot_line(v, &d->knot[i]));
		else
			line(v, knot_line(v, &d->knot[i]));
	}
	more(v, d->nknots, most(v, KNOTS_SHOWN), "circles");
	if (d->nknots)
		fputc('\n', v->out);
}

/* ---- findings ---- */

static void print_finding(struct view *v, const struct symtab *syms, const struct finding *f,
			  const char *sign)
{
	struct arena *a = &v->arena;

	line(v, arena_printf(a, "%s %s: %s: %s [%s #%s]", sign, text_place(syms, &f->at, a),
			     severity_name[f->severity], text_escape(a, f->message),
			     f->rule->name, f->short_id));
}

static const char *some_count(struct view *v, uint32_t all, uint32_t bad, const char *word)
{
	struct arena *a = &v->arena;

	if (all == bad || v->r->all)
		return arena_printf(a, "%s %s", text_number(a, all), word);
	return arena_printf(a, "%s %s and %s info", text_number(a, bad), word,
			    text_number(a, all - bad));
}

/* Info only with --all. */
static void print_findings(struct view *v)
{
	const struct diff *d = v->d;
	uint32_t fresh = v->r->all ? d->nfresh : d->bad_fresh;
	uint32_t fixed = v->r->all ? d->nfixed : d->bad_fixed;
	uint32_t some = most(v, FINDINGS_SHOWN);

	text_block(v->r, v->out, "FINDINGS", arena_printf(&v->arena, "%s; %s; %s as before",
		   some_count(v, d->nfresh, d->bad_fresh, "new"),
		   some_count(v, d->nfixed, d->bad_fixed, "fixed"),
		   text_number(&v->arena, d->known)));
	for (uint32_t i = 0; i < fresh && i < some; i++)
		print_finding(v, d->head.source->syms, d->fresh[i], "+");
	more(v, fresh, some, "new findings");
	some = most(v, FINDINGS_SHOWN / 2);
	for (uint32_t i = 0; i < fixed && i < some; i++)
		print_finding(v, d->base.source->syms, d->fixed[i], "-");
	more(v, fixed, some, "fixed findings");
	fputc('\n', v->out);
}

/* Rows of the gate whose number is another one now. */
static void print_rows(struct view *v)
{
	const struct gate *g = v->d->gate;
	uint32_t n = 0;

	for (uint32_t i = 0; g && i < g->count; i++) {
		const struct gate_row *row = &g->row[i];
		bool bad = row->verdict == GATE_FAIL || row->verdict == GATE_WARN;
		const char *text;

		if (row->verdict == GATE_OFF || (!bad && !strcmp(row->base, row->now)) ||
		    (!bad && !strcmp(row->base, "-") && row->now_value <= 0))
			continue;
		text = arena_printf(&v->arena, "%s %s -> %s%s", text_escape(&v->arena, row->title),
				    text_escape(&v->arena, row->base),
				    text_escape(&v->arena, row->now),
				    row->verdict == GATE_FAIL ? ", the gate fails" : "");
		if (!n++)
			text_block(v->r, v->out, "GATE", text);
		else
			line(v, text);
	}
	if (n)
		fputc('\n', v->out);
}

/* "1 forbidden import, 2 new findings, 1 circle that is new or grew". */
static const char *worse_words(struct view *v)
{
	const struct diff *d = v->d;
	struct arena *a = &v->arena;
	const char *text = "";
	uint32_t knots = 0;

	for (uint32_t i = 0; i < d->nknots; i++)
		knots += d->knot[i].change == KNOT_APPEARED || d->knot[i].change == KNOT_GREW;
	if (d->forbidden)
		text = arena_printf(a, "%s", text_count(a, d->forbidden, "forbidden import",
							"forbidden imports"));
	if (d->bad_fresh)
		text = arena_printf(a, "%s%s%s", text, *text ? ", " : "",
				    text_count(a, d->bad_fresh, "new finding", "new findings"));
	if (knots)
		text = arena_printf(a, "%s%s%s", text, *text ? ", " : "",
				    text_count(a, knots, "circle is new or larger",
					       "circles are new or larger"));
	return *text ? text : NULL;
}

/* What nobody could read may have changed. */
static const char *doubt(struct view *v)
{
	const struct source_stats *a = &v->d->base.source->stats, *b = &v->d->head.source->stats;
	uint32_t n = a->degraded + a->unreadable + b->degraded + b->unreadable;

	return !n ? "" : arena_printf(&v->arena, ", as far as can be seen without %s",
				      text_count(&v->arena, n, "unreadable file",
						 "unreadable files"));
}

static void print_end(struct view *v)
{
	const struct report *r = v->r;
	struct arena *a = &v->arena;
	const char *worse = worse_words(v);

	text_block(r, v->out, "checked", text_escape(a, proof_words(r, a)));
	if (r->incomplete)
		text_block(r, v->out, "result", arena_printf(a, "incomplete: %s; exit %d",
			   text_escape(a, r->incomplete), r->status));
	else
		text_block(r, v->out, "result", arena_printf(a, "%s%s; exit %d", worse ? worse :
			   diff_is_empty(v->d) ? "the architecture is the same" :
			   "nothing is worse", doubt(v), r->status));
}

int diff_write_text(const struct diff *d, const struct report *r, FILE *out,
		    struct err *err UNUSED)
{
	struct view v = { .d = d, .r = r, .out = out, .arena = ARENA_INIT };
	const char *policy = r->policy->found ? r->policy->path : NULL;

	text_wrap(out, text_escape(&v.arena, sides_headline(d->sides, d->head.source, &v.arena)),
		  0, SCREEN_COLUMNS);
	text_wrap(out, policy ? arena_printf(&v.arena, "both judged by %s",
		  text_escape(&v.arena, policy)) :
		  "no policy: layers, contexts and what is forbidden are not known", 0,
		  SCREEN_COLUMNS);
	fputc('\n', out);
	print_packages(&v);
	print_edges(&v);
	print_knots(&v);
	print_findings(&v);
	print_rows(&v);
	print_end(&v);
	arena_release(&v.arena);
	return 0;
}
