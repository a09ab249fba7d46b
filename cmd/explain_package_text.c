/* SPDX-License-Identifier: MIT */
/* explain_package_text.c - one package on one screen: where it stands, and who is around it. */
#include "analyzers/edges.h"
#include "base/text.h"
#include "cmd/explain_package.h"
#include "cmd/output.h"
#include "cmd/report/paint.h"
#include "cmd/report/proof.h"
#include "cmd/report/text.h"

#include <string.h>

#define ROWS_MAX 8u                     /* of a direction, without --all */
#define BEATEN_MAX 3u
#define EXAMPLES 3u                     /* forbidden imports of a direction */
#define FINDINGS_MAX 4u
#define MODULES_MAX 6u
#define PLACE_MAX 28u
#define NUMBERS 19u                     /* columns of packages and lines, and what is between */
#define VERDICT 12u

struct screen {
	const struct explained *x;
	const struct report *r;
	const struct graph *g;
	const struct mapping *m;
	struct arena *a;
	FILE *out;
};

static const char *plain(const struct screen *s, const char *text)
{
	return text_escape(s->a, text);
}

static void block(const struct screen *s, const char *label, const char *text)
{
	text_block(s->r, s->out, label, text);
}

static void headline(const struct screen *s)
{
	uint32_t p = s->x->node;
	const struct source *source = s->x->t->analysis.source;
	mod_id module = source->dir[s->g->dir[p].v].module;
	const char *id = edge_name(s->g, p), *path = module.v == ID_NONE ? "" :
			 sym_text(s->g->syms, source->module[module.v].path);
	const char *what = s->g->flags[p] & NODE_XTEST ? "external tests" :
			   s->g->flags[p] & NODE_TEST_ONLY ? "a package of tests" :
			   s->g->flags[p] & NODE_MAIN ? "a program" : "a package";
	const char *text = arena_printf(s->a, "%s: %s%s%s, %s, %s %s", id, what,
		*path ? " of " : "", path, text_count(s->a, s->g->files[p], "file", "files"),
		text_number(s->a, s->g->lines[p]), s->g->lines[p] == 1 ? "line" : "lines");

	text_wrap(s->out, plain(s, text), 0, SCREEN_COLUMNS);
	fputc('\n', s->out);
}

/* "starter mvc:47 'dao'" */
static const char *by_words(const struct screen *s, const struct policy_pattern *p)
{
	return arena_printf(s->a, "%s '%s'", policy_pos_text(p->at, s->a), p->text);
}

/* What lost against it, of other layers or contexts first: those could have won. */
static void beaten(const struct screen *s, enum candidate_kind kind, const char *owner)
{
	uint32_t shown = 0, left = 0;

	for (unsigned other = 2; other-- > 0;)
		for (uint32_t i = 0; i < s->x->ncandidates; i++) {
			const struct candidate *c = &s->x->candidate[i];

			if (c->kind != kind || c->decides || !c->why ||
			    (owner && !strcmp(c->owner, owner)) == (other != 0))
				continue;
			if (shown >= BEATEN_MAX && !s->x->t->all) {
				left++;
				continue;
			}
			shown++;
			block(s, "", plain(s, arena_printf(s->a, "not %s %s: %s", c->owner,
							   by_words(s, c->pattern), c->why)));
		}
	if (left)
		block(s, "", arena_printf(s->a, "and %u more that match: --all", left));
}

static void print_layer(const struct screen *s, const struct placement *p)
{
	if (p->shared) {
		block(s, "shared", plain(s, by_words(s, p->shared_by)));
		beaten(s, CANDIDATE_LAYER, NULL);
		beaten(s, CANDIDATE_CONTEXT, NULL);
		return;
	}
	if (p->layer != POLICY_NONE) {
		const char *name = s->m->policy->layer[p->layer].name;

		block(s, "layer", plain(s, arena_printf(s->a, "%s: %s", name,
							by_words(s, p->layer_by))));
		beaten(s, CANDIDATE_LAYER, name);
	} else if (s->m->policy->nlayers) {
		block(s, "layer", p->outside ? "none: it is not below the policy's folder" :
			   arena_printf(s->a, "none: unmapped, no pattern of %s matches; no rule "
					"about layers judges its imports",
					text_count(s->a, s->m->policy->nlayers, "layer",
						   "layers")));
	}
	beaten(s, CANDIDATE_SHARED, NULL);
}

static void print_comment(const struct screen *s, const struct placement *p)
{
	const struct symtab *syms = s->g->syms;

	if (p->comment_name.v)
		block(s, "comment", plain(s, arena_printf(s->a, "%s:%u: domain: %s%s",
			sym_text(syms, p->comment.path), p->comment.line,
			sym_text(syms, p->comment_name),
			!p->shared && !p->context_by ? ", which decides" :
			p->context != POLICY_NONE &&
			s->m->context[p->context].name.v == p->comment_name.v ? ", as the pattern" :
			": the pattern beats it")));
}

static void print_context(const struct screen *s, const struct placement *p)
{
	if (p->context == POLICY_NONE) {
		if (s->m->ncontexts && !p->shared)
			block(s, "context", "none");
		return;
	}
	const struct policy_context *spec = s->m->context[p->context].spec;
	const char *name = context_words(s->m, p->context);

	block(s, "context", plain(s, arena_printf(s->a, "%s%s%s", name, p->context_by ? ": " : "",
						  p->context_by ? by_words(s, p->context_by) :
						  "")));
	beaten(s, CANDIDATE_CONTEXT, name);
	if (!spec)
		return;
	block(s, "published", plain(s, p->published_by ?
		arena_printf(s->a, "yes: %s", by_words(s, p->published_by)) :
		arena_printf(s->a, "no: %s", publishes_why(s->m, p->context, s->a))));
	if (spec->owner.text)
		block(s, "owner", plain(s, arena_printf(s->a, "%s: %s", spec->owner.text,
			policy_pos_text(spec->owner.at, s->a))));
}

static void print_place(const struct screen *s)
{
	const char *context = explain_context(s->x->t, s->x->node);

	if (s->m) {
		const struct placement *p = &s->m->of[s->x->node];

		print_layer(s, p);
		print_context(s, p);
		print_comment(s, p);
		return;
	}
	block(s, "policy", "none says where it belongs: meshctl init writes one");
	if (context)
		block(s, "context", plain(s, arena_printf(s->a, "%s, guessed from names",
							  context)));
}

static void print_metrics(const struct screen *s)
{
	const struct graph_metrics *m = &s->x->t->metrics;
	const struct node_metrics *n = &m->node[s->x->node];

	if (!m->counted[s->x->node])
		return;
	double instability = metric_instability(n);

	block(s, "metrics", arena_printf(s->a, "Ca %u, Ce %u, instability %s, depth %u, reaches %u "
		"of %s", n->ca, n->ce, n->ca + n->ce ?
		arena_printf(s->a, "%.2f", instability) : "undefined", n->depth, n->reach,
		text_count(s->a, m->npkgs, "package", "packages")));
}

struct row {                            /* neighbours of one place with one verdict */
	const char *place, *by;
	enum verdict_says says;
	bool test;
	uint32_t packages, lines;
};

/* What is wrong is told line by line of the policy, what is allowed by place. */
static bool row_fits(const struct row *r, const char *place, const char *by,
		     const struct neighbour *n)
{
	return r->says == n->verdict.says && r->test == n->test && !strcmp(r->place, place) &&
	       (r->says < SAYS_WARN || !strcmp(r->by, by));
}

static uint32_t make_rows(const struct screen *s, const struct neighbours *list, struct row *row)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < list->count; i++) {
		const struct neighbour *at = &list->item[i];
		const struct verdict_line *decides = verdict_decides(&at->verdict);
		const char *place = explain_place(s->x->t, at->node);
		const char *by = decides && decides->by ? decides->by : "";
		uint32_t k = 0;

		while (k < n && !row_fits(&row[k], place, by, at))
			k++;
		if (k == n)
			row[n++] = (struct row){ place, by, at->verdict.says, at->test, 0, 0 };
		if (strcmp(row[k].by, by) != 0)
			row[k].by = "several lines";
		row[k].packages++;
		row[k].lines += at->lines;
	}
	return n;
}

static void print_row(const struct screen *s, const struct row *row, size_t width)
{
	bool bad = row->says == SAYS_NO;
	const char *place = text_cut(s->a, plain(s, row->place), width);
	const char *word = !s->m ? "" : verdict_word[row->says];
	const char *by = row->test ? *row->by ? arena_printf(s->a, "tests: %s", row->by) :
					     "tests" : row->by;

	fprintf(s->out, "%*s%8s %6s  ", (int)MARGIN, "", text_number(s->a, row->packages),
		text_number(s->a, row->lines));
	if (!*word && !*by) {
		fprintf(s->out, "%s\n", place);
		return;
	}
	fprintf(s->out, "%s  %s%s%s", text_pad(s->a, place, width),
		paint_on(s->r->color && bad, PAINT_RED), word, paint_off(s->r->color && bad));
	if (!*by) {
		fputc('\n', s->out);
		return;
	}
	fprintf(s->out, "%*s", s->m ? (int)(VERDICT - strlen(word)) : 0, "");
	text_wrap(s->out, plain(s, by),
		  (unsigned)(MARGIN + NUMBERS + width + (s->m ? VERDICT : 0)), SCREEN_COLUMNS);
}

/* The import lines that are wrong, with the finding of each. */
static void print_examples(const struct screen *s, const struct neighbours *list, bool out)
{
	uint32_t shown = 0, left = 0;

	for (uint32_t i = 0; i < list->count; i++) {
		const struct neighbour *n = &list->item[i];
		const struct verdict_line *by = verdict_decides(&n->verdict);

		if (n->verdict.says < SAYS_WARN || !by || !by->rule)
			continue;
		if (shown++ >= EXAMPLES && !s->x->t->all) {
			left++;
			continue;
		}
		uint32_t from = out ? s->x->node : n->node, to = out ? n->node : s->x->node;
		const struct finding *f = explain_finding_of(s->x->t, by->rule,
			edge_name(s->g, from), by->to ? by->to : edge_name(s->g, to));
		const struct span at = edge_at(s->g, n->edge, n->test);

		block(s, "", plain(s, arena_printf(s->a, "%s:%u: %s %s [%s%s%s%s]",
			sym_text(s->g->syms, at.path), at.line, out ? "imports" : "imported by",
			edge_name(s->g, n->node), by->rule->name, f ? " #" : "",
			f ? f->short_id : "", f ? arena_printf(s->a, ", %s",
				explain_state(s->x->t, f)) : "")));
	}
	if (left)
		block(s, "", arena_printf(s->a, "and %u more like these: --all", left));
}

static void print_neighbours(const struct screen *s, const char *label,
			     const struct neighbours *list, bool out)
{
	struct row *row = arena_array(s->a, struct row, (size_t)list->count + 1);
	uint32_t n = make_rows(s, list, row);
	uint32_t shown = s->x->t->all || n <= ROWS_MAX + 1 ? n : ROWS_MAX;
	size_t width = strlen("into");

	fputc('\n', s->out);
	if (!n) {
		block(s, label, "none inside");
		return;
	}
	for (uint32_t i = 0; i < n; i++) {
		size_t w = text_width(plain(s, row[i].place));

		width = w > width ? w : width;
	}
	width = width < PLACE_MAX ? width : PLACE_MAX;
	const char *title = out ? "into" : "from";

	fprintf(s->out, "%s%-*s%s%8s %6s  %s%s\n", paint_on(s->r->color, PAINT_BOLD),
		(int)MARGIN, label, paint_off(s->r->color), "packages", "lines",
		s->m ? text_pad(s->a, title, width) : title,
		s->m ? "  verdict     decided by" : "");
	for (uint32_t i = 0; i < shown; i++)
		print_row(s, &row[i], width);
	if (shown < n)
		block(s, "", arena_printf(s->a, "and %u more rows: --all", n - shown));
	print_examples(s, list, out);
}

static void print_outside(const struct screen *s)
{
	const struct explained *x = s->x;
	const struct symtab *syms = s->g->syms;
	const char *modules = "";
	uint32_t std = 0, others = 0;
	sym_id last = { 0 };

	for (uint32_t i = 0; i < x->noutsiders; i++) {
		const struct leaving_path *p = x->outsider[i].path;

		std += p->std;
		if (p->std || p->module.v == last.v)
			continue;
		last = p->module;
		if (others++ < MODULES_MAX || x->t->all)
			modules = arena_printf(s->a, "%s%s%s", modules, *modules ? ", " : ": ",
					       sym_text(syms, p->module));
	}
	if (!x->noutsiders)
		return;
	if (others > MODULES_MAX && !x->t->all)
		modules = arena_printf(s->a, "%s, ...", modules);
	fputc('\n', s->out);
	block(s, "outside", plain(s, arena_printf(s->a, "%s, %s%s",
		text_count(s->a, std, "standard package", "standard packages"),
		text_count(s->a, others, "other module", "other modules"), modules)));
	for (uint32_t i = 0; i < x->noutsiders; i++) {
		const struct outsider *o = &x->outsider[i];
		const struct verdict_line *by = verdict_decides(&o->verdict);

		if (o->verdict.says >= SAYS_WARN && by)
			block(s, "", plain(s, arena_printf(s->a, "%s:%u: %s is %s: %s",
				sym_text(syms, o->at.path), o->at.line,
				sym_text(syms, o->path->path), verdict_word[o->verdict.says],
				by->by)));
	}
}

static void print_findings(const struct screen *s)
{
	const struct explained *x = s->x;
	uint32_t shown = x->t->all || x->nfindings <= FINDINGS_MAX + 1 ? x->nfindings :
									 FINDINGS_MAX;

	if (!x->nfindings)
		return;
	fputc('\n', s->out);
	for (uint32_t i = 0; i < shown; i++) {
		const struct finding *f = x->finding[i];

		block(s, i ? "" : "findings", plain(s, arena_printf(s->a, "%s: %s [%s #%s, %s]",
			severity_name[f->severity], f->message, f->rule->name, f->short_id,
			explain_state(x->t, f))));
	}
	if (shown < x->nfindings)
		block(s, "", arena_printf(s->a, "and %u more: --all", x->nfindings - shown));
}

/* Only what can be typed as it stands. */
static void print_next(const struct screen *s)
{
	const char *id = edge_name(s->g, s->x->node);
	const struct neighbours *list = s->x->imports.count ? &s->x->imports : &s->x->importers;

	fputc('\n', s->out);
	if (list->count) {
		const char *other = edge_name(s->g, list->item->node);
		bool out = list == &s->x->imports;

		explain_next(s->r, s->out, "next", arena_printf(s->a, "explain %s %s",
			     out ? id : other, out ? other : id), s->a);
	}
	explain_next(s->r, s->out, list->count ? "" : "next",
		     arena_printf(s->a, "graph --focus %s --format dot", id), s->a);
	explain_next(s->r, s->out, "", arena_printf(s->a, "why --reverse %s", id), s->a);
}

static uint32_t worst(const struct neighbours *list, enum verdict_says says)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < list->count; i++)
		n += list->item[i].verdict.says == says;
	return n;
}

int explain_package_text(const struct explained *x, const struct output *o,
			 struct err *err UNUSED)
{
	struct report r = x->t->judge.report;
	struct arena a = ARENA_INIT;
	const struct screen s = {
		.x = x, .r = &r, .g = x->t->analysis.graph, .m = x->t->analysis.mapping, .a = &a,
		.out = o->file,
	};

	r.color = o->color;
	headline(&s);
	print_place(&s);
	print_metrics(&s);
	print_neighbours(&s, "imports", &x->imports, true);
	print_neighbours(&s, "importers", &x->importers, false);
	print_outside(&s);
	print_findings(&s);
	print_next(&s);
	fputc('\n', s.out);
	block(&s, "checked", plain(&s, proof_words(&r, &a)));
	block(&s, "result", arena_printf(&a, "%u forbidden, %u not judged of %s; exit %d",
		worst(&x->imports, SAYS_NO) + worst(&x->importers, SAYS_NO),
		worst(&x->imports, SAYS_NOTHING) + worst(&x->importers, SAYS_NOTHING),
		text_count(&a, x->imports.count + x->importers.count, "import", "imports"),
		(int)r.status));
	arena_release(&a);
	return 0;
}
