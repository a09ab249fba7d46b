/* SPDX-License-Identifier: MIT */
/* policy_check.c - dead rules, overlaps, contradictions with the code. */
#include "analyzers/policy/policy_check.h"
#include "base/text.h"
#include "graph/source/tree.h"

#include <stdlib.h>
#include <string.h>

struct checker {
	const struct mapping *m;
	const struct policy *p;
	struct arena *arena;
	struct policy_note *note;       /* malloc */
	uint32_t count, cap;
};

static void note(struct checker *c, enum policy_note_kind kind, struct policy_pos at,
		 const char *name, const char *text)
{
	VEC_RESERVE(c->note, c->cap, c->count + 1);
	c->note[c->count++] = (struct policy_note){ kind, at, text, name };
}

static bool is_own(const struct checker *c, struct policy_pos at)
{
	return at.file && !strcmp(at.file, c->p->path);
}

static const char *packages(struct checker *c, uint32_t n)
{
	return text_count(c->arena, n, "package", "packages");
}

/*
 * Returns how many match nothing.  places: they are of those that decide where a
 * package is.
 */
static uint32_t check_patterns(struct checker *c, const struct policy_patterns *list,
			       const char *of, bool places)
{
	uint32_t dead = 0;

	for (uint32_t i = 0; i < list->count; i++) {
		const struct policy_pattern *p = &list->item[i];

		if (!is_own(c, p->at))
			continue;
		dead += !c->m->matched[p->number];
		if (!c->m->matched[p->number])
			note(c, NOTE_PATTERN, p->at, p->text,
			     arena_printf(c->arena, "the pattern '%s' %s matches no package",
					  p->text, of));
		else if (!c->m->decided[p->number])
			note(c, NOTE_OVERLAP, p->at, p->text,
			     arena_printf(c->arena, "the pattern '%s' %s matches %s, but %s",
					  p->text, of, packages(c, c->m->matched[p->number]),
					  places ? "another one is more specific everywhere" :
						   "none of that context"));
	}
	return dead;
}

static void check_layers(struct checker *c)
{
	for (uint32_t i = 0; i < c->p->nlayers; i++) {
		const struct policy_layer *l = &c->p->layer[i];

		const char *of = arena_printf(c->arena, "of layer '%s'", l->name);

		/* What its patterns say by themselves is not said again. */
		if (!check_patterns(c, &l->in, of, true) && !c->m->layer_packages[i] &&
		    is_own(c, l->at))
			note(c, NOTE_LAYER, l->at, l->name,
			     arena_printf(c->arena, "layer '%s' has no package", l->name));
	}
	check_patterns(c, &c->p->shared, "of shared", true);
}

static void check_uses(struct checker *c, const struct policy_context *x)
{
	for (uint32_t i = 0; i < x->uses.names.count; i++) {
		const struct policy_text *name = &x->uses.names.item[i];
		uint32_t k = mapping_context_find(c->m, name->text);

		if (!is_own(c, name->at))
			continue;
		if (k == POLICY_NONE)
			note(c, NOTE_USES, name->at, name->text,
			     arena_printf(c->arena, "context '%s' uses '%s', which has no package",
					  x->name, name->text));
		else if (c->m->context[k].spec && !c->m->context[k].spec->published.count)
			note(c, NOTE_USES, name->at, name->text,
			     arena_printf(c->arena, "context '%s' uses '%s', which publishes "
					  "nothing", x->name, name->text));
	}
}

static void check_contexts(struct checker *c)
{
	for (uint32_t i = 0; i < c->p->ncontexts; i++) {
		const struct policy_context *x = &c->p->context[i];
		const char *of = arena_printf(c->arena, "of context '%s'", x->name);
		uint32_t dead = x->own_in ? check_patterns(c, &x->in, of, true) : 0;

		/* What is the template's was looked at there. */
		const struct policy_context *from =
			x->from == POLICY_NONE ? NULL : &c->p->context[x->from];

		if (!from || x->published.item != from->published.item)
			check_patterns(c, &x->published,
				       arena_printf(c->arena, "published by context '%s'",
						    x->name), false);
		if (!from || x->uses.names.item != from->uses.names.item)
			check_uses(c, x);
		if (!x->template && !dead && is_own(c, x->at) &&
		    mapping_context_find(c->m, x->name) == POLICY_NONE)
			note(c, NOTE_CONTEXT, x->at, x->name,
			     arena_printf(c->arena, "context '%s' has no package", x->name));
	}
	for (uint32_t i = 0; i < c->m->ncontexts; i++) {
		const struct mapped_context *x = &c->m->context[i];
		const char *name = sym_text(c->m->source->syms, x->name);
		uint32_t layer = policy_layer_find(c->p, name);

		if (layer != POLICY_NONE && x->spec && is_own(c, x->spec->at))
			note(c, NOTE_NAME, x->spec->at, name,
			     arena_printf(c->arena, "context '%s' captures '%s', which is the name "
					  "of a layer (%s)", x->spec->name, name,
					  policy_pos_text(c->p->layer[layer].at, c->arena)));
	}
}

/* Is there an import that the exception would cover? */
static bool covers_import(const struct checker *c, uint32_t i)
{
	const struct graph *g = c->m->graph;

	for (uint32_t p = 0; p < g->npkgs; p++)
		graph_foreach_out(g, p, e) {
			struct policy_edge edge = mapping_edge(c->m, p, g->out_to[e]);

			if (policy_exception_find(c->p, c->p->exception[i].rule.row, &edge, i) == i)
				return true;
		}
	return false;
}

static void check_exceptions(struct checker *c)
{
	for (uint32_t i = 0; i < c->p->nexceptions; i++) {
		const struct policy_exception *x = &c->p->exception[i];
		const char *what = NULL;

		if (!c->m->matched[x->from.number])
			what = arena_printf(c->arena, "no package is '%s'", x->from.text);
		/* What is none of ours may be a package of another module. */
		else if (c->m->matched[x->to.number] && !covers_import(c, i))
			what = arena_printf(c->arena, "nothing in '%s' imports '%s'", x->from.text,
					    x->to.text);
		else if (!c->m->matched[x->to.number] &&
			 !memchr(x->to.text, '.', strcspn(x->to.text, "/")))
			what = arena_printf(c->arena, "no package is '%s'", x->to.text);
		if (what && is_own(c, x->at))
			note(c, NOTE_EXCEPTION, x->at, x->from.text,
			     arena_printf(c->arena, "an exception to nothing: %s", what));
	}
}

static void check_comments(struct checker *c)
{
	const struct symtab *syms = c->m->source->syms;

	for (uint32_t i = 0; i < c->m->nclashes; i++) {
		const struct domain_clash *x = &c->m->clash[i];
		struct policy_pos at = { sym_text(syms, x->at.path), x->at.line, x->at.col,
					 x->at.end_col };
		const char *name = sym_text(syms, x->name);
		const char *instead = sym_text(syms, x->instead);
		const char *why =
			x->by ? arena_printf(c->arena, "%s, '%s'",
					     policy_pos_text(x->by->at, c->arena), x->by->text) :
				arena_printf(c->arena, "%s:%u", sym_text(syms, x->other.path),
					     x->other.line);

		if (x->instead.v)
			note(c, NOTE_COMMENT, at, name,
			     arena_printf(c->arena, "the comment says domain '%s', but the "
					  "package is in context '%s' (%s)", name, instead,
					  why));
		else
			note(c, NOTE_COMMENT, at, name,
			     arena_printf(c->arena, "the comment says domain '%s', but the "
					  "package is shared (%s)", name, why));
	}
}

/* The program in a folder of the policy; ID_NONE = there is none. */
static uint32_t program_in(const struct checker *c, const char *folder)
{
	const struct graph *g = c->m->graph;
	const char *path = path_clean(c->arena, path_join(c->arena, c->p->folder, folder));

	for (uint32_t n = 0; path && n < g->npkgs; n++)
		if (!strcmp(sym_text(g->syms, g->id[n]), path) && g->flags[n] & NODE_MAIN)
			return n;
	return ID_NONE;
}

static void check_services(struct checker *c)
{
	for (uint32_t i = 0; i < c->p->nservices; i++) {
		const struct policy_service *s = &c->p->service[i];

		if (s->main.text && is_own(c, s->main.at) &&
		    program_in(c, s->main.text) == ID_NONE)
			note(c, NOTE_SERVICE, s->main.at, s->name,
			     arena_printf(c->arena, "service '%s' has no package main in '%s'",
					  s->name, s->main.text));
		if (s->context.text && is_own(c, s->context.at) &&
		    mapping_context_find(c->m, s->context.text) == POLICY_NONE)
			note(c, NOTE_SERVICE, s->context.at, s->name,
			     arena_printf(c->arena, "service '%s' is of context '%s', which has no "
					  "package", s->name, s->context.text));
	}
}

static int by_place(const void *va, const void *vb, void *ctx)
{
	const struct policy_note *a = va, *b = vb;
	const struct checker *c = ctx;
	/* The policy's own file first. */
	int x = is_own(c, b->at) - is_own(c, a->at);

	if (!x)
		x = strcmp(a->at.file, b->at.file);
	if (!x)
		x = (a->at.line > b->at.line) - (a->at.line < b->at.line);
	if (!x)
		x = (a->at.col > b->at.col) - (a->at.col < b->at.col);
	return x;
}

uint32_t policy_check(const struct mapping *m, struct arena *arena,
		      const struct policy_note **ret)
{
	struct checker c = { .m = m, .p = m->policy, .arena = arena };

	check_layers(&c);
	check_contexts(&c);
	check_exceptions(&c);
	check_comments(&c);
	check_services(&c);
	sort_with(c.note, c.count, sizeof(*c.note), by_place, &c);
	struct policy_note *kept = arena_array(arena, struct policy_note, c.count);

	if (c.count)
		memcpy(kept, c.note, c.count * sizeof(*kept));
	free(c.note);
	*ret = kept;
	return c.count;
}
