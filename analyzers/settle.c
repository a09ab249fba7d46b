/* SPDX-License-Identifier: MIT */
/*
 * settle.c - asks exceptions, comments and the baseline about every finding, in
 * this order; the first that holds it is named.
 */
#include "analyzers/settle_work.h"
#include "graph/source/tree.h"

#include <string.h>

bool settle_may_hold(const struct rule *rule)
{
	enum rule_id id = (enum rule_id)(rule - rule_rows);

	return !rules_always.has[id] && id != RULE_UNUSED_IGNORE && id != RULE_BAD_IGNORE &&
	       id != RULE_UNUSED_EXCEPTION && id != RULE_EXPIRED_EXCEPTION &&
	       id != RULE_FIXED_ENTRY && id != RULE_EXPIRED_ENTRY;
}

static void learn_nodes(struct settle *w)
{
	const struct graph *g = w->s->given->graph;

	w->nnodes = w->source->syms->count;
	w->node = arena_array(w->arena, uint32_t, w->nnodes);
	for (uint32_t p = 0; p < g->npkgs; p++)
		w->node[g->id[p].v] = p + 1;
}

/* The package of this identity, or ID_NONE. */
static uint32_t node_of(const struct settle *w, const char *identity)
{
	sym_id id = sym_find(w->source->syms, identity, strlen(identity));

	return id.v && id.v < w->nnodes && w->node[id.v] ? w->node[id.v] - 1 : ID_NONE;
}

/* An end that is no package of the tree is an import path; an end of a knot's edge a folder. */
static struct policy_edge edge_of(const struct settle *w, const char *from, const char *to,
				  bool group)
{
	const struct mapping *m = w->s->given->mapping;
	uint32_t a = node_of(w, from), b = node_of(w, to);
	struct policy_edge edge = { 0 };

	if (a != ID_NONE) {
		edge = mapping_edge(m, a, a);
		edge.to = edge.to_import = NULL;
	} else if (group) {
		edge.from = path_below(from, w->policy->folder);
	}
	if (b != ID_NONE) {
		struct policy_edge other = mapping_edge(m, b, b);

		edge.to = other.to;
		edge.to_import = other.to_import;
	} else if (group) {
		edge.to = path_below(to, w->policy->folder);
	} else {
		edge.to_import = to;
	}
	return edge;
}

/* The first exception that holds this edge today, or POLICY_NONE; all that cover it are marked. */
static uint32_t excepted_edge(struct settle *w, const struct finding *f, const char *from,
			      const char *to)
{
	struct policy_edge edge = edge_of(w, from, to, f->nedges != 0);
	const struct policy *p = w->policy;
	uint32_t found = POLICY_NONE;

	for (uint32_t i = 0;; i++) {
		i = policy_exception_find(p, f->rule, &edge, i);
		if (i == POLICY_NONE)
			break;
		const struct policy_exception *x = &p->exception[i];
		bool holds = !x->expires.at.file || w->s->now < x->expires.end;

		if (holds && found == POLICY_NONE)
			found = i;
		if (w->exception[i] != USED_HOLDS)
			w->exception[i] = holds ? USED_HOLDS : USED_EXPIRED;
	}
	return found;
}

/* A knot is held when each of its edges is. */
static uint32_t excepted(struct settle *w, const struct finding *f)
{
	uint32_t first = POLICY_NONE;
	bool every = true;

	if (!f->nedges)
		return *f->from && *f->to ? excepted_edge(w, f, f->from, f->to) : POLICY_NONE;
	for (uint32_t i = 0; i < f->nedges; i++) {
		uint32_t x = excepted_edge(w, f, f->edge[i].from, f->edge[i].to);

		every = every && x != POLICY_NONE;
		first = first == POLICY_NONE ? x : first;
	}
	return every ? first : POLICY_NONE;
}

static void ask_exceptions(struct settle *w)
{
	if (!w->policy->nexceptions || !w->s->given->mapping)
		return;
	learn_nodes(w);
	for (uint32_t i = 0; i < w->f->count; i++) {
		struct finding *f = &w->f->item[i];
		uint32_t x = settle_may_hold(f->rule) ? excepted(w, f) : POLICY_NONE;

		if (x == POLICY_NONE)
			continue;
		f->state = FINDING_EXCEPTED;
		f->held_by = policy_pos_text(w->policy->exception[x].at, w->f->arena);
		f->adr = w->policy->exception[x].adr.value;
		w->ret->excepted++;
	}
}

static bool is_place(const struct related *r)
{
	return !*r->note;
}

/* What is ignored in some places only is told of the others. */
static void leave_places(struct settle *w, struct finding *f)
{
	struct related *rest = arena_array(w->f->arena, struct related, f->nrelated);
	struct span at = { 0 };
	uint32_t n = 0;

	if (!ignores_match(&w->ignores, f->rule, &f->at))
		at = f->at;
	for (uint32_t i = 0; i < f->nrelated; i++) {
		const struct related *r = &f->related[i];

		if (is_place(r) && ignores_match(&w->ignores, f->rule, &r->at))
			continue;
		if (is_place(r) && !at.path.v)
			at = r->at;
		else
			rest[n++] = *r;
	}
	f->at = at;
	f->related = rest;
	f->nrelated = n;
}

/* Each import line that makes a finding needs its own comment. */
static const struct ignore *ignored(struct settle *w, struct finding *f)
{
	const struct ignore *first = ignores_match(&w->ignores, f->rule, &f->at);
	uint32_t open = !first, held = first != NULL;

	for (uint32_t i = 0; i < f->nrelated; i++) {
		const struct ignore *x;

		if (!is_place(&f->related[i]))
			continue;
		x = ignores_match(&w->ignores, f->rule, &f->related[i].at);
		open += !x;
		held += x != NULL;
		first = first ? first : x;
	}
	if (open && held)
		leave_places(w, f);
	return open ? NULL : first;
}

static void ask_comments(struct settle *w)
{
	ignores_collect(w->source, w->s->given->bodies, w->arena, &w->ignores);
	for (uint32_t i = 0; i < w->f->count && w->ignores.count; i++) {
		struct finding *f = &w->f->item[i];
		/* A circle has many imports: one comment would hide what others add to it. */
		const struct ignore *x = f->nedges ? NULL : ignored(w, f);

		if (!x || f->state != FINDING_NEW)
			continue;
		f->state = FINDING_IGNORED;
		f->held_by = arena_printf(w->f->arena, "%s:%u",
					  sym_text(w->source->syms, x->at.path), x->at.line);
		w->ret->ignored++;
	}
}

/* "path:line" of the entry that holds it, and the record that it names; of a knot the first. */
static const char *place_of_entry(const struct settle *w, struct finding *f)
{
	const struct baseline *b = w->s->baseline;
	const char *path = w->s->baseline_path ? w->s->baseline_path : b->path;
	struct baseline_entry *line;

	baseline_lines(f, w->arena, &line);
	const struct baseline_entry *e = baseline_find(b, line->rule, line->from, line->to,
						       line->symbol);

	f->adr = e ? e->adr : 0;
	return e ? arena_printf(w->f->arena, "%s:%u", path, e->line) : path;
}

static void ask_baseline(struct settle *w)
{
	struct baseline *b = w->s->baseline;

	for (uint32_t i = 0; b && i < w->f->count; i++) {
		struct finding *f = &w->f->item[i];

		if (f->state != FINDING_NEW || !settle_may_hold(f->rule))
			continue;
		if (baseline_match(b, f, w->s->now) != BASELINE_HELD) {
			w->some_new = true;
			continue;
		}
		f->state = FINDING_BASELINED;
		f->held_by = place_of_entry(w, f);
		w->ret->baselined++;
	}
}

int findings_settle(struct findings *f, const struct settlement *s, struct settled *ret,
		    struct err *err UNUSED)
{
	struct arena scratch = ARENA_INIT;
	struct settle w = {
		.s = s, .policy = s->given->policy, .source = s->given->source, .f = f,
		.arena = &scratch, .ret = ret,
	};

	*ret = (struct settled){ 0 };
	w.exception = arena_array(&scratch, enum used, w.policy->nexceptions);
	w.entry = arena_array(f->arena, struct settled_entry,
			      s->baseline ? s->baseline->nentries : 0);
	ret->entry = w.entry;
	ask_exceptions(&w);
	ask_comments(&w);
	ask_baseline(&w);
	settle_renamed(&w);
	findings_part(f);
	settle_tell(&w);
	arena_release(&scratch);
	return 0;
}
