/* SPDX-License-Identifier: MIT */
/*
 * adr_from.c - drafts of decision records from what the analysis knows: a finding, a
 * circle, an exception of the policy, an edge, a pair of contexts.
 */
#include "analyzers/circles.h"
#include "analyzers/edges.h"
#include "base/text.h"
#include "cmd/adr_draft.h"
#include "cmd/explain_finding.h"
#include "graph/source/tree.h"

#include <stdlib.h>
#include <string.h>

#define SITES 10u

static const char *place(struct adr_draft *d, const struct source *s, struct span at)
{
	return arena_printf(d->arena, "%s:%u", sym_text(s->syms, at.path), at.line);
}

static void take_revision(struct adr_draft *d, const struct source *s)
{
	const struct source_rev *r = &s->rev;

	if (r->known && *r->commit)
		d->revision = arena_printf(d->arena, "%.12s%s%s%s%s", r->commit,
					   *r->branch ? " (" : "", draft_words(d, r->branch),
					   *r->branch ? ")" : "",
					   r->clean ? "" : ", with changes that are not committed");
}

static void add_keep(struct adr_draft *d, const char *from, const char *to)
{
	struct draft_option *o = draft_option(d, "Accept it until a date",
		arena_printf(d->arena, "An exception in the policy for %s -> %s, or an entry of "
			     "the baseline, which names this record, an owner and the day on which "
			     "it ends.", draft_code(d, from), draft_code(d, to)));

	draft_line(&o->good, "nothing changes today, and the gate stays green");
	draft_line(&o->bad, "what it costs goes on, and grows with every change that builds on it");
}

static void add_import_options(struct adr_draft *d, const char *from, const char *to,
			       const char *fix)
{
	struct draft_option *o = draft_option(d, "Remove the import", draft_words(d, fix));

	draft_line(&o->good, "the boundary holds, and the tools can prove it");
	draft_line(&o->bad, "code moves: whoever uses it has to follow");
	o = draft_option(d, "An interface where it is used",
			 arena_printf(d->arena, "%s declares the few methods that it calls; %s "
				      "keeps its type, which satisfies them; main wires both.",
				      draft_code(d, from), draft_code(d, to)));
	draft_line(&o->good, "the direction turns round without moving behaviour");
	draft_line(&o->good, "the user can be tested with a fake");
	draft_line(&o->bad, "one more name to know, and wiring in main");
	add_keep(d, from, to);
}

/* ---- a finding, a circle ---- */

/* The edges of the cut in the order in which they pay. */
static int take_cut(struct adr_draft *d, const struct session *s, const struct findings *all,
		    const struct finding *f, struct err *err)
{
	struct arena scratch = ARENA_INIT;
	struct knots_at k;
	struct level level;
	int rc = level_parse(arena_strndup(&scratch, f->symbol, strcspn(f->symbol, " ")), &level,
			     err);

	if (!rc)
		knots_at_init(s->source, s->graph, level, &scratch, &k);
	for (uint32_t i = 0; !rc && i < k.knots.count; i++) {
		const struct cut *cut;

		if (knot_finding(all, &k, i, &scratch) != f)
			continue;
		rc = knot_cut(f, &k, i, &scratch, &cut, err);
		if (rc)
			break;
		draft_line(&d->context, arena_printf(d->arena,
			"The smallest cut is %u %s with %u import %s%s. It frees all members; the "
			"first edges free most.", cut->nedges,
			cut->nedges == 1 ? "edge" : "edges", cut->lines,
			cut->lines == 1 ? "line" : "lines",
			cut->optimal ? ", which is proven to be optimal" : ""));
		for (uint32_t e = 0; e < cut->nedges; e++) {
			const struct cut_edge *c = &cut->edge[e];
			struct span at = knot_edge_at(&k, &k.knots.knot[i], c->edge);

			draft_line(&d->evidence, arena_printf(d->arena,
				"%s -> %s, %u %s: %s, still tied %u -> %u",
				draft_code(d, edge_name(k.graph, c->from)),
				draft_code(d, edge_name(k.graph, c->to)), c->lines,
				c->lines == 1 ? "line" : "lines",
				draft_code(d, place(d, s->source, at)), c->tied_before,
				c->tied_after));
		}
	}
	arena_release(&scratch);
	return rc;
}

static void circle_options(struct adr_draft *d, const char *id)
{
	struct draft_option *o = draft_option(d, "Cut the edges in this order",
		"One change an edge, the first of the list first: what moves, which interface, "
		"which package merges, `meshctl cycles` proposes for each.");

	draft_line(&o->good, "each step frees members, and can be released alone");
	draft_line(&o->bad, "several changes until nobody is tied");
	o = draft_option(d, "Make the circle one unit", "Its members become one package or one "
			 "context on purpose, with one owner.");
	draft_line(&o->good, "honest where they change together anyway");
	draft_line(&o->bad, "none of them will ever be released or tested alone");
	o = draft_option(d, "Accept it, and let it only shrink",
			 "The baseline holds every edge of it: one more fails the gate.");
	draft_line(&o->good, "nothing changes today");
	draft_line(&o->bad, "the cost of every change inside of it stays");
	draft_line(&d->confirmation, arena_printf(d->arena,
		"`meshctl explain %s` shows what is left of it.", id));
}

struct from { struct adr_draft *d; bool circle; };

static int use_finding(struct run *run UNUSED, const struct session *s, struct report *r,
		       const struct finding *f, void *ctx, struct err *err)
{
	struct from *from = ctx;
	struct adr_draft *d = from->d;

	if (from->circle && !f->nedges)
		return err_set(err, ERR_USAGE, "finding %s is no circle but %s", f->short_id,
			       f->rule->name);
	take_revision(d, s->source);
	d->title = f->nedges ? "Untie a circle of folders" :
		*f->to ? arena_printf(d->arena, "%s and %s", f->from, f->to) : f->rule->summary;
	draft_line(&d->context, arena_printf(d->arena, "%s (%s, finding #%s).",
		draft_words(d, f->message), f->rule->name, f->short_id));
	draft_line(&d->context, draft_words(d, f->why ? f->why : f->rule->why));
	if (f->nedges) {
		if (take_cut(d, s, r->findings, f, err))
			return -1;
		circle_options(d, f->short_id);
	} else {
		draft_line(&d->evidence, draft_code(d, place(d, s->source, f->at)));
		for (uint32_t i = 0; i < f->nrelated; i++)
			draft_line(&d->evidence, arena_printf(d->arena, "%s%s%s",
				draft_code(d, place(d, s->source, f->related[i].at)),
				*f->related[i].note ? " " : "",
				draft_words(d, f->related[i].note)));
		const char *fix = f->fix ? f->fix : f->rule->fix;

		if (*f->to) {
			add_import_options(d, f->from, f->to, fix);
		} else {
			struct draft_option *o = draft_option(d, "Repair it", draft_words(d, fix));

			draft_line(&o->good, "the finding is gone");
			o = draft_option(d, "Accept it", "The baseline names this record.");
			draft_line(&o->bad, "what it costs goes on");
		}
		draft_line(&d->confirmation, arena_printf(d->arena, "The rule `%s` reports it; "
			"in the policy it may name this record with `adr:`.", f->rule->name));
	}
	if (f->owner)
		draft_line(&d->drivers, arena_printf(d->arena, "%s own it and have to agree",
						     draft_words(d, f->owner)));
	return 0;
}

static int from_finding(struct run *run, const char *id, bool circle, struct adr_draft *d,
			struct err *err)
{
	struct from from = { d, circle };
	bool none;

	if (!is_finding_id(id))
		return err_set(err, ERR_USAGE, "'%.60s' is no id of a finding: 'meshctl analyze "
			       "--all' shows them", id);
	return finding_look_up(run, id, use_finding, &from, &none, err) ? -1 : 0;
}

/* ---- an exception, an edge, contexts ---- */

/* Import lines from what `from` covers to what `to` covers. */
struct ends {
	const struct graph *g;
	const char *from, *to;
	bool context;                   /* names of contexts, not folders */
};

static bool is_end(const struct ends *e, uint32_t p, const char *name)
{
	const struct graph *g = e->g;

	if (e->context)
		return g->part[PART_CONTEXT] && g->part[PART_CONTEXT][p].v &&
		       !strcmp(sym_text(g->syms, g->part[PART_CONTEXT][p]), name);
	return path_below(sym_text(g->syms, g->id[p]), name) != NULL ||
	       path_below(sym_text(g->syms, g->label[p]), name) != NULL;
}

static uint32_t take_sites(struct adr_draft *d, const struct session *s, const struct ends *e)
{
	const struct graph *g = e->g;
	uint32_t lines = 0;

	for (uint32_t p = 0; p < g->npkgs; p++) {
		if (!is_end(e, p, e->from))
			continue;
		graph_foreach_out(g, p, i) {
			if (!is_end(e, g->out_to[i], e->to) || is_end(e, g->out_to[i], e->from))
				continue;
			for (uint32_t k = g->site_first[i]; k < g->site_first[i + 1]; k++) {
				if (g->site[k].test)
					continue;
				if (lines++ < SITES)
					draft_line(&d->evidence, arena_printf(d->arena,
						"%s imports %s", draft_code(d,
						place(d, s->source, g->site[k].at)),
						draft_code(d, sym_text(g->syms, g->site[k].path))));
			}
		}
	}
	d->evidence.left_out += lines > SITES ? lines - SITES : 0;
	return lines;
}

/* "A..B" */
static int split(const char *text, struct arena *arena, const char **ret_from, const char **ret_to,
		 struct err *err)
{
	const char *dots = strstr(text, "..");

	/* "./a..b" has its dots behind the first slash. */
	while (dots && (dots == text || dots[2] == '/' || !dots[2]))
		dots = strstr(dots + 1, "..");
	if (!dots)
		return err_set(err, ERR_USAGE, "'%.80s' is no pair A..B", text);
	*ret_from = path_clean(arena, arena_strndup(arena, text, (size_t)(dots - text)));
	*ret_to = path_clean(arena, dots + 2);
	if (!*ret_from || !*ret_to)
		return err_set(err, ERR_USAGE, "'%.80s' leads out of the repository", text);
	return 0;
}

static int open_tree(struct run *run, struct session *ret, struct err *err)
{
	const struct session_wish wish = { .rev = true, .graph = true, .contexts = true };
	struct run whole = *run;

	whole.noperands = 0;
	return session_open(&whole, &wish, ret, err);
}

static int from_edge(const struct session *s, const char *text, struct adr_draft *d,
		     struct err *err)
{
	struct ends e = { .g = s->graph };

	if (split(text, d->arena, &e.from, &e.to, err))
		return -1;
	uint32_t lines = take_sites(d, s, &e);

	if (!lines)
		return err_set(err, ERR_USAGE, "nothing in '%.80s' imports '%.80s'", e.from, e.to);
	d->title = arena_printf(d->arena, "%s and %s", e.from, e.to);
	draft_line(&d->context, arena_printf(d->arena, "%s imports %s in %u %s.",
		draft_code(d, e.from), draft_code(d, e.to), lines, lines == 1 ? "line" : "lines"));
	add_import_options(d, e.from, e.to, "Move what is used to where it is used, or into a "
			   "package that both may import.");
	return 0;
}

static int from_contexts(const struct session *s, const char *text, struct adr_draft *d,
			 struct err *err)
{
	struct ends e = { .g = s->graph, .context = true };
	struct draft_option *o;

	if (split(text, d->arena, &e.from, &e.to, err))
		return -1;
	struct ends back = { .g = s->graph, .context = true, .from = e.to, .to = e.from };
	uint32_t there = take_sites(d, s, &e), again = take_sites(d, s, &back);

	if (!there && !again)
		return err_set(err, ERR_USAGE, "no import joins the contexts '%.60s' and '%.60s': "
			       "'meshctl contexts' shows them", e.from, e.to);
	d->title = arena_printf(d->arena, "How %s and %s depend on each other", e.from, e.to);
	draft_line(&d->context, arena_printf(d->arena, "%s imports %s in %u lines, and %s imports "
		"%s in %u%s.", draft_code(d, e.from), draft_code(d, e.to), there,
		draft_code(d, e.to), draft_code(d, e.from), again,
		there && again ? ": neither can be released without the other" : ""));
	o = draft_option(d, "A published contract",
			 "One package of each context is its contract: interfaces and plain data. "
			 "The other imports that and nothing else (`published:` in the policy).");
	draft_line(&o->good, "the boundary is checked from the first day");
	draft_line(&o->bad, "types are written twice, and translated");
	o = draft_option(d, "One direction only",
			 "The side that is asked more often publishes; the other way round becomes "
			 "an event or a call through main.");
	draft_line(&o->good, "one of them can move out alone");
	draft_line(&o->bad, "what was a call becomes eventual");
	o = draft_option(d, "They are one context", "Merge them, with one owner.");
	draft_line(&o->good, "honest where they always change together");
	draft_line(&o->bad, "a larger unit to understand and to release");
	draft_line(&d->confirmation, "The rules context-boundary and context-pair of the policy.");
	return 0;
}

/* The folder that a pattern begins with: "a/b" of "a/b" and stars. */
static const char *fixed_part(struct adr_draft *d, const char *folder, const char *pattern)
{
	size_t n = strcspn(pattern, "*{");

	while (pattern[n] && n && pattern[n - 1] != '/')
		n--;
	while (pattern[n] && n && pattern[n - 1] == '/')
		n--;
	return path_join(d->arena, folder, arena_strndup(d->arena, pattern, n));
}

static int from_exception(const struct session *s, const char *text, struct adr_draft *d,
			  struct err *err)
{
	char *end;
	unsigned long n = strtoul(text, &end, 10);
	const struct policy *p = s->policy;

	if (!*text || *end || !n || n > p->nexceptions)
		return err_set(err, ERR_USAGE, "the policy has %u %s, and no '%.40s'",
			       p->nexceptions, p->nexceptions == 1 ? "exception" : "exceptions",
			       text);
	const struct policy_exception *x = &p->exception[n - 1];
	struct ends e = {
		.g = s->graph, .from = fixed_part(d, p->folder, x->from.text),
		.to = fixed_part(d, p->folder, x->to.text),
	};

	d->title = arena_printf(d->arena, "The exception of %s and %s", x->from.text, x->to.text);
	draft_line(&d->context, arena_printf(d->arena, "%s allows %s to import %s although %s "
		"forbids it%s%s.", draft_code(d, policy_pos_text(x->at, d->arena)),
		draft_code(d, x->from.text), draft_code(d, x->to.text),
		x->rule.row ? draft_code(d, x->rule.row->name) : "the policy",
		x->expires.text ? ", until " : "", x->expires.text ? x->expires.text : ""));
	if (x->reason.text)
		draft_line(&d->context, arena_printf(d->arena, "The reason that it gives: %s",
						     draft_words(d, x->reason.text)));
	if (x->owner.text)
		draft_line(&d->drivers, arena_printf(d->arena, "%s promised to remove it",
						     draft_words(d, x->owner.text)));
	take_sites(d, s, &e);
	add_import_options(d, x->from.text, x->to.text, x->rule.row ? x->rule.row->fix :
			   "Move what is used to where it is used.");
	draft_line(&d->confirmation, "The exception names this record with `adr:`; "
		   "`meshctl adr check` reports it once the record no longer holds.");
	return 0;
}

typedef int origin_fn(const struct session *s, const char *text, struct adr_draft *d,
		      struct err *err);
static const struct { const char *prefix; origin_fn *fn; } origins[] = {
	{ "edge:", from_edge }, { "contexts:", from_contexts }, { "exception:", from_exception },
};

int draft_from(struct run *run, const char *origin, struct adr_draft *d, struct err *err)
{
	struct session s;
	int rc;

	if (!strncmp(origin, "cycle:", 6))
		return from_finding(run, origin + 6, true, d, err);
	for (size_t i = 0; i < ARRAY_SIZE(origins); i++) {
		size_t n = strlen(origins[i].prefix);

		if (strncmp(origin, origins[i].prefix, n) != 0)
			continue;
		if (open_tree(run, &s, err))
			return -1;
		take_revision(d, s.source);
		rc = origins[i].fn(&s, origin + n, d, err);
		session_close(&s);
		return rc;
	}
	return from_finding(run, origin, false, d, err);
}
