/* SPDX-License-Identifier: MIT */
/*
 * explain_import.c - may FROM import TO?  Who has a say, which line decides, what
 * holds it back, and where the import is today, if it is.
 */
#include "analyzers/edges.h"
#include "analyzers/std.h"
#include "base/text.h"
#include "cmd/explain_tree.h"
#include "cmd/output.h"
#include "cmd/report/paint.h"
#include "cmd/report/proof.h"
#include "cmd/report/text.h"

#include <string.h>

#define SITES_MAX 6u
#define HELD_MAX ABOUTS

/* An exception or an entry of the baseline that is about this very import. */
struct holder {
	const struct rule *rule;
	const char *kind, *at, *reason, *owner, *expires;
	bool over;                      /* its day has passed */
};

struct question {
	struct explain_tree *t;
	uint32_t from, to;              /* `to` is ID_NONE for what is outside */
	const char *path;               /* then: its import path */
	bool std;
	uint32_t edge;                  /* ID_NONE: nobody imports it */
	uint32_t first, end;            /* outside: lines of leaving */
	struct verdict verdict;
	struct holder held[2 * HELD_MAX];
	uint32_t nheld;
};

static const char *to_name(const struct question *q)
{
	return q->to == ID_NONE ? q->path : edge_name(q->t->analysis.graph, q->to);
}

static const char *from_name(const struct question *q)
{
	return edge_name(q->t->analysis.graph, q->from);
}

/* A path that nobody imports yet: one of the standard library, or with a host in front. */
static bool may_be_outside(const char *text)
{
	size_t len = strcspn(text, "/");

	return std_has(text) || (text[0] != '.' && text[len] && memchr(text, '.', len));
}

static int find_to(struct question *q, const char *text, struct err *err)
{
	struct explain_tree *t = q->t;
	struct err own = ERR_INIT;
	struct name name;

	q->to = ID_NONE;
	if (name_find(&t->names, text, true, t->arena, &name, &own)) {
		if (!may_be_outside(text)) {
			*err = own;
			return -1;
		}
		q->path = text;
		q->std = std_has(text);
		return 0;
	}
	if (name.kind != NAME_OUTSIDE)
		return explain_tree_package(t, text, &q->to, NULL, err);
	if (name.count > 1)
		return err_set(err, ERR_USAGE, "'%.80s' stands for %u import paths; choose one",
			       text, name.count);
	q->path = sym_text(t->analysis.source->syms, name.path[0]);
	q->std = name.outside == IMPORT_STD || name.outside == IMPORT_CGO;
	return 0;
}

static bool only_tests(const struct question *q)
{
	const struct graph *g = q->t->analysis.graph;

	if (q->edge != ID_NONE)
		return !edge_in_code(g, q->edge);
	return g->flags[q->from] & (NODE_XTEST | NODE_TEST_ONLY);
}

static void find_lines(struct question *q)
{
	const struct leaving *l = verdict_leaving(&q->t->verdicts);

	q->first = q->end = l->first[q->from];
	for (uint32_t i = l->first[q->from]; i < l->first[q->from + 1]; i++) {
		if (strcmp(sym_text(q->t->analysis.source->syms, l->path[l->line[i].path].path),
			   q->path))
			continue;
		/* Lines of one package are by place: those of one path need not be together. */
		q->first = q->end == l->first[q->from] ? i : q->first;
		q->end = i + 1;
	}
}

static bool is_line(const struct question *q, uint32_t i)
{
	const struct leaving *l = verdict_leaving(&q->t->verdicts);

	return !strcmp(sym_text(q->t->analysis.source->syms, l->path[l->line[i].path].path),
		       q->path);
}

static struct policy_edge policy_edge_of(const struct question *q)
{
	const struct mapping *m = q->t->analysis.mapping;
	struct policy_edge edge = mapping_edge(m, q->from, q->to == ID_NONE ? q->from : q->to);

	if (q->to == ID_NONE) {
		edge.to = NULL;
		edge.to_import = q->path;
	}
	return edge;
}

static void hold(struct question *q, struct holder h)
{
	if (q->nheld < ARRAY_SIZE(q->held))
		q->held[q->nheld++] = h;
}

static void find_holders(struct question *q)
{
	const struct hold *today = &q->t->judge.hold;
	const struct policy *p = q->t->analysis.policy;
	struct arena *a = q->t->arena;
	const char *plain = only_tests(q) ? "test" : "";

	if (!q->t->analysis.mapping)
		return;
	const struct policy_edge edge = policy_edge_of(q);

	for (uint32_t i = 0; i < q->verdict.nlines; i++) {
		const struct verdict_line *l = &q->verdict.line[i];
		const struct baseline_entry *e = NULL;

		if (!l->rule || !settle_may_hold(l->rule))
			continue;
		uint32_t x = policy_exception_find(p, l->rule, &edge, 0);

		if (x != POLICY_NONE) {
			const struct policy_exception *own = &p->exception[x];

			hold(q, (struct holder){
				l->rule, "exception", policy_pos_text(own->at, a),
				own->reason.text, own->owner.text, own->expires.text,
				own->expires.at.file && today->now >= own->expires.end,
			});
		}
		if (today->baseline)
			e = baseline_find(today->baseline, l->rule->id, from_name(q),
					  l->to ? l->to : to_name(q), l->to ? "through" : plain);
		if (e)
			hold(q, (struct holder){
				l->rule, "baseline",
				arena_printf(a, "%s:%u", today->path, e->line), e->reason,
				e->owner, e->expires, today->now >= e->end,
			});
	}
}

static int ask(struct question *q, struct err *err)
{
	const struct graph *g = q->t->analysis.graph;

	q->edge = ID_NONE;
	if (q->to == ID_NONE) {
		find_lines(q);
		verdict_outside(&q->t->verdicts, q->from, q->path, q->std, &q->verdict);
	} else {
		q->edge = graph_find_edge(g, (pkg_id){ q->from }, (pkg_id){ q->to });
		if (verdict_inside(&q->t->verdicts, q->from, q->to, only_tests(q), &q->verdict,
				   err))
			return -1;
	}
	find_holders(q);
	return 0;
}

static bool exists(const struct question *q)
{
	return q->to == ID_NONE ? q->first < q->end : q->edge != ID_NONE;
}

static const char *fix_of(const struct question *q)
{
	const struct verdict_line *l = verdict_decides(&q->verdict);

	return !l || !l->rule ? NULL : l->fix ? l->fix : l->rule->fix;
}

/* Is it what the finding names: the package, or what it would bring along? */
static bool names_it(const struct question *q, const struct finding *f)
{
	bool it = !strcmp(f->to, to_name(q));

	for (uint32_t i = 0; i < q->verdict.nlines && exists(q); i++) {
		const struct verdict_line *l = &q->verdict.line[i];

		it = it || (l->to && l->rule == f->rule && !strcmp(f->to, l->to));
	}
	return it && !f->nedges && !strcmp(f->from, from_name(q));
}

/* Findings about this import, those that count first. */
static uint32_t find_findings(const struct question *q, const struct finding **list)
{
	const struct findings *all = &q->t->judge.findings;
	uint32_t n = 0;

	for (uint32_t i = 0; i < all->count + all->nheld; i++) {
		const struct finding *f = i < all->count ? &all->item[i] :
							   &all->held[i - all->count];

		if (names_it(q, f))
			list[n++] = f;
	}
	return n;
}

static const char *holder_words(const struct holder *h, struct arena *a)
{
	return arena_printf(a, "%s: %s %s%s%s%s%s%s%s%s", h->rule->name, h->kind, h->at,
			    h->reason ? ": " : "", h->reason ? h->reason : "",
			    h->owner ? ", " : "", h->owner ? h->owner : "",
			    h->expires ? h->over ? ", expired " : ", until " : "",
			    h->expires ? h->expires : "", h->over ? ": it holds nothing" : "");
}

static void print_sites(const struct question *q, const struct report *r, FILE *out,
			struct arena *a)
{
	const struct graph *g = q->t->analysis.graph;
	const struct leaving *l = q->to == ID_NONE ? verdict_leaving(&q->t->verdicts) : NULL;
	uint32_t first = l ? q->first : g->site_first[q->edge];
	uint32_t end = l ? q->end : g->site_first[q->edge + 1], shown = 0, left = 0;

	for (uint32_t i = first; i < end; i++) {
		const struct span *at = l ? &l->line[i].at : &g->site[i].at;

		if (l && !is_line(q, i))
			continue;
		if (shown >= SITES_MAX && !q->t->all) {
			left++;
			continue;
		}
		text_block(r, out, shown++ ? "" : "imports", arena_printf(a, "%s%s",
			   text_place(g->syms, at, a), !l && g->site[i].test ? "  a test" : ""));
	}
	if (left)
		text_block(r, out, "", arena_printf(a, "and %u more: --all", left));
}

static void print_verdict(const struct question *q, const struct report *r, FILE *out,
			  struct arena *a)
{
	for (uint32_t i = 0; i < q->verdict.nlines; i++) {
		const struct verdict_line *l = &q->verdict.line[i];
		const char *text = l->about == ABOUT_GO ? l->text :
			arena_printf(a, "%s: %s", l->text, verdict_word[l->says]);

		if (l->rule)
			text = arena_printf(a, "%s [%s%s]", text, l->rule->name,
					    l->off ? ", which is off: it does not count" : "");
		text_block(r, out, verdict_about_name[l->about], text_escape(a, text));
		if (l->by)
			text_block(r, out, "", text_escape(a, l->by));
	}
	if (!q->t->analysis.mapping)
		text_block(r, out, "policy",
			   "none: nothing but Go has a say; meshctl init writes one");
}

static const char *summary(const struct question *q)
{
	if (!q->t->analysis.mapping && q->verdict.says == SAYS_NOTHING)
		return "no policy says anything about it";
	return verdict_word[q->verdict.says];
}

static void print_next(const struct question *q, const struct report *r, FILE *out,
		       struct arena *a)
{
	const char *from = from_name(q), *to = to_name(q);

	fputc('\n', out);
	explain_next(r, out, "next", arena_printf(a, "explain %s", from), a);
	if (exists(q))
		explain_next(r, out, "", arena_printf(a, "why --symbols %s %s", from, to), a);
	else if (q->to != ID_NONE)
		explain_next(r, out, "", arena_printf(a, "why %s %s", from, to), a);
}

static int write_text(const struct question *q, const struct output *o, struct err *err UNUSED)
{
	const struct findings *all = &q->t->judge.findings;
	struct report r = q->t->judge.report;
	struct arena a = ARENA_INIT;
	const struct finding **found = arena_array(&a, const struct finding *,
						   (size_t)all->count + all->nheld + 1);
	uint32_t nfound = find_findings(q, found);
	bool bad = q->verdict.says == SAYS_NO;
	FILE *out = o->file;

	r.color = o->color;
	text_wrap(out, text_escape(&a, arena_printf(&a, "%s -> %s: %s%s", from_name(q), to_name(q),
		  exists(q) ? "" : "no such import today, it would be ", summary(q))), 0,
		  SCREEN_COLUMNS);
	fputc('\n', out);
	print_verdict(q, &r, out, &a);
	if (exists(q))
		print_sites(q, &r, out, &a);
	for (uint32_t i = 0; i < q->nheld; i++)
		text_block(&r, out, i ? "" : "held by", text_escape(&a, holder_words(&q->held[i],
										     &a)));
	for (uint32_t i = 0; i < nfound; i++)
		text_block(&r, out, i ? "" : "findings", text_escape(&a, arena_printf(&a,
			   "%s #%s, %s", found[i]->rule->name, found[i]->short_id,
			   explain_state(q->t, found[i]))));
	if (fix_of(q))
		text_block(&r, out, "fix", text_escape(&a, fix_of(q)));
	print_next(q, &r, out, &a);
	fputc('\n', out);
	text_block(&r, out, "checked", text_escape(&a, proof_words(&r, &a)));
	text_block(&r, out, "result", arena_printf(&a, "%s%s; exit %d", summary(q),
		   bad && nfound && found[0]->held_by ? ", held back" : "", (int)r.status));
	arena_release(&a);
	return 0;
}

static struct json *sites_outside(const struct question *q)
{
	const struct leaving *l = verdict_leaving(&q->t->verdicts);
	const struct symtab *syms = q->t->analysis.source->syms;
	struct json *list = json_array();

	for (uint32_t i = q->first; i < q->end; i++) {
		struct json *o;

		if (!is_line(q, i))
			continue;
		o = json_object();
		json_set_text(o, "path", sym_text(syms, l->line[i].at.path));
		json_set_int(o, "line", l->line[i].at.line);
		json_set_int(o, "column", l->line[i].at.col);
		json_set_text(o, "import", q->path);
		json_set_bool(o, "test", false);
		json_push(list, o);
	}
	return list;
}

static struct json *end_of(const struct question *q, bool from)
{
	struct json *o = json_object();

	if (from || q->to != ID_NONE) {
		explain_json_place(q->t, o, from ? q->from : q->to);
		json_set_text(o, "import_path", sym_text(q->t->analysis.graph->syms,
			      q->t->analysis.graph->label[from ? q->from : q->to]));
		json_set_text(o, "kind", "package");
		return o;
	}
	json_set_text(o, "import_path", q->path);
	json_set_text(o, "kind", q->std ? "std" : "external");
	return o;
}

static struct json *holders_of(const struct question *q)
{
	struct json *list = json_array();

	for (uint32_t i = 0; i < q->nheld; i++) {
		const struct holder *h = &q->held[i];
		struct json *o = json_object();

		json_set_text(o, "rule", h->rule->name);
		json_set_text(o, "kind", h->kind);
		json_set_text(o, "at", h->at);
		json_set_text(o, "reason", h->reason);
		json_set_text(o, "owner", h->owner);
		json_set_text(o, "expires", h->expires);
		json_set_bool(o, "expired", h->over);
		json_push(list, o);
	}
	return list;
}

static int write_json(const struct question *q, const struct output *out, struct err *err)
{
	const struct findings *all = &q->t->judge.findings;
	const struct verdict_line *by = verdict_decides(&q->verdict);
	struct arena a = ARENA_INIT;
	const struct finding **found = arena_array(&a, const struct finding *,
						   (size_t)all->count + all->nheld + 1);
	uint32_t nfound = find_findings(q, found);
	struct json_out j;

	json_out_init(&j, out->file, JSON_INDENTED);
	json_out_open(&j, NULL, JSON_OBJECT);
	explain_json_head(q->t, &j);
	json_out_member(&j, "from", end_of(q, true));
	json_out_member(&j, "to", end_of(q, false));
	json_out_bool(&j, "exists", exists(q));
	json_out_text(&j, "verdict", verdict_word[q->verdict.says]);
	json_out_text(&j, "by", by ? by->by : NULL);
	json_out_text(&j, "fix", fix_of(q));
	json_out_member(&j, "lines", explain_json_lines(&q->verdict));
	json_out_member(&j, "imports", q->to == ID_NONE ? sites_outside(q) :
						     explain_json_sites(q->t, q->edge));
	json_out_member(&j, "held_by", holders_of(q));
	json_out_open(&j, "findings", JSON_ARRAY);
	for (uint32_t i = 0; i < nfound; i++)
		json_out_value(&j, report_finding(&q->t->judge.report, found[i]));
	json_out_close(&j);
	json_out_close(&j);
	arena_release(&a);
	return json_out_finish(&j, err);
}

int explain_import(struct run *run, struct explain_tree *t, const char *from, const char *to,
		   struct err *err)
{
	struct question q = { .t = t };

	if (explain_tree_package(t, from, &q.from, NULL, err) || find_to(&q, to, err))
		return -1;
	if (q.to == q.from)
		return err_set(err, ERR_USAGE, "FROM and TO are both '%.200s'", from_name(&q));
	if (ask(&q, err))
		return -1;
	for (unsigned i = 0; i < run->noutputs; i++) {
		const struct output *o = &run->output[i];

		if ((!strcmp(o->format, "json") ? write_json : write_text)(&q, o, err))
			return -1;
	}
	return t->judge.report.status;
}
