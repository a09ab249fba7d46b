/* SPDX-License-Identifier: MIT */
/*
 * gate_api.c - the row api-change: exported declarations of packages that the policy
 * publishes, which the change removes or declares otherwise.
 *
 * Compared are the normalised types of body.h.  One declaration may be written for
 * several platforms: each of its forms at the base has to be there still.
 */
#include "analyzers/gate_work.h"
#include "base/text.h"
#include "graph/source/bodies.h"
#include "graph/source/syntax.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define NAMED 6u                        /* in the note */

struct entry { const char *name, *form; bool open; };
struct surface {
	struct entry *item;
	uint32_t count, cap;
	uint32_t packages;              /* published */
	const char *why;                /* not all of it is known; NULL = it is */
};

static bool is_exported(const char *name)
{
	return isupper((unsigned char)*name);
}

static void add(struct surface *s, struct entry e)
{
	VEC_RESERVE(s->item, s->cap, s->count + 1);
	s->item[s->count++] = e;
}

static int by_text(const void *left, const void *right, void *ctx UNUSED)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static const char *member_form(const struct body *b, const struct body_member *m,
			       struct arena *arena)
{
	return arena_printf(arena, "%u %s %s", m->kind, body_text(b, m->name),
			    body_text(b, m->type));
}

/*
 * All of an interface is for who fills it, a method more or a hidden one as well.
 * The order of methods is nobody's affair.
 */
static const char *form_of(const struct body *b, const struct body_decl *d, struct arena *arena)
{
	const char *text = arena_printf(arena, "%s%s%s", d->flags & DECL_POINTER ? "*" : "",
					d->flags & DECL_ALIAS ? "= " : "",
					body_text(b, d->signature));
	const char **part;

	if (!(d->flags & DECL_INTERFACE))
		return text;
	part = arena_array(arena, const char *, (size_t)d->nmembers + 1);
	for (uint32_t i = 0; i < d->nmembers; i++)
		part[i] = member_form(b, &b->member[d->member_first + i], arena);
	sort_with(part, d->nmembers, sizeof(*part), by_text, NULL);
	for (uint32_t i = 0; i < d->nmembers; i++)
		text = arena_printf(arena, "%s; %s", text, part[i]);
	return text;
}

/* A field more breaks nobody who names fields: each is a declaration of its own. */
static void add_fields(struct surface *s, const struct body *b, const struct body_decl *d,
		       const char *of, struct arena *arena)
{
	for (uint32_t i = 0; i < d->nmembers; i++) {
		const struct body_member *m = &b->member[d->member_first + i];

		if (is_exported(body_text(b, m->name)))
			add(s, (struct entry){
				.name = arena_printf(arena, "%s.%s", of, body_text(b, m->name)),
				.form = member_form(b, m, arena),
			});
	}
}

static void add_file(struct surface *s, const struct body *b, const char *folder,
		     struct arena *arena)
{
	for (uint32_t i = 0; i < b->ndecls; i++) {
		const struct body_decl *d = &b->decl[i];
		const char *name = body_text(b, d->name), *on = body_text(b, d->receiver);

		if (!(d->flags & DECL_EXPORTED) || (d->kind == DECL_METHOD && !is_exported(on)))
			continue;
		name = arena_printf(arena, "%s.%s%s%s", *folder ? folder : ".", on, *on ? "." : "",
				    name);
		add(s, (struct entry){
			.name = name, .form = form_of(b, d, arena),
			/* The value tells the type: not known. */
			.open = (d->kind == DECL_VAR || d->kind == DECL_CONST) &&
				!*body_text(b, d->signature),
		});
		if (d->flags & DECL_STRUCT)
			add_fields(s, b, d, name, arena);
	}
}

static int by_name(const void *left, const void *right, void *ctx UNUSED)
{
	const struct entry *a = left, *b = right;
	int c = strcmp(a->name, b->name);

	return c ? c : strcmp(a->form, b->form);
}

/* Generated files are part of it: who imports them does not care who wrote them. */
static void add_package(struct surface *s, const struct gate_tree *t, dir_id dir,
			struct arena *arena)
{
	const struct source *source = t->given->source;
	const struct go_dir *d = &source->dir[dir.v];

	for (uint32_t f = d->file_first; f < d->file_first + d->nfiles; f++) {
		const struct go_file *file = &source->file[f];
		const struct body *b = t->given->bodies->file[f];

		if (file->flags & (FILE_TEST | FILE_HIDDEN) || !file->configs)
			continue;
		if (!b || b->status != SYNTAX_OK)
			s->why = arena_printf(arena, "'%s' cannot be read whole",
				source_file_path(source, (file_id){ f }, arena));
		if (b)
			add_file(s, b, sym_text(source->syms, d->path), arena);
	}
}

static void surface_read(const struct gate_tree *t, struct arena *arena, struct surface *ret)
{
	const struct graph *g = t->given->graph;

	*ret = (struct surface){ .why = t->incomplete };
	for (uint32_t p = 0; p < g->npkgs; p++) {
		if (!t->given->mapping->of[p].published || g->dir[p].v == ID_NONE ||
		    !(g->flags[p] & NODE_REPORTED) ||
		    g->flags[p] & (NODE_XTEST | NODE_MAIN | NODE_TEST_ONLY | NODE_OUTSIDE))
			continue;
		ret->packages++;
		add_package(ret, t, g->dir[p], arena);
	}
	sort_with(ret->item, ret->count, sizeof(*ret->item), by_name, NULL);
}

/* The first entry that is not before `name`. */
static uint32_t first_of(const struct surface *s, const char *name)
{
	uint32_t lo = 0, hi = s->count;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (strcmp(s->item[mid].name, name) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

enum fate { KEPT, CHANGED, REMOVED };

static enum fate fate_of(const struct entry *e, const struct surface *now)
{
	enum fate fate = REMOVED;

	for (uint32_t i = first_of(now, e->name);
	     i < now->count && !strcmp(now->item[i].name, e->name); i++) {
		if (e->open || now->item[i].open || !strcmp(now->item[i].form, e->form))
			return KEPT;
		fate = CHANGED;
	}
	return fate;
}

static uint32_t compare(const struct surface *was, const struct surface *now, struct arena *arena,
			const char **ret_note)
{
	const char *last = "", *note = NULL;
	uint32_t n = 0;

	for (uint32_t i = 0; i < was->count; i++) {
		const struct entry *e = &was->item[i];
		enum fate fate = fate_of(e, now);

		/* Several forms of one declaration are one change. */
		if (fate == KEPT || !strcmp(last, e->name))
			continue;
		last = e->name;
		if (n++ < NAMED)
			note = arena_printf(arena, "%s%s%s %s", note ? note : "", note ? ", " : "",
					    e->name, fate == REMOVED ? "is gone" : "is another");
	}
	if (n > NAMED)
		note = arena_printf(arena, "%s and %u more", note, n - NAMED);
	*ret_note = note;
	return n;
}

void gate_api(struct gate_work *w, const char *title)
{
	uint32_t max = gate_setting(w, RULE_API_CHANGE, "max"), n;
	struct gate_row row = {
		.rule = &rule_rows[RULE_API_CHANGE], .title = title, .base = "-", .now = "-",
		.limit = text_number(w->arena, max), .base_value = NAN, .now_value = NAN,
		.verdict = GATE_NO_BASE,
	};
	struct arena scratch = ARENA_INIT;
	struct surface now = { 0 }, was = { 0 };

	if (w->g->base) {
		surface_read(&w->g->head, &scratch, &now);
		surface_read(w->g->base, &scratch, &was);
		const char *why = now.why ? now.why : was.why;

		if (!now.packages && !was.packages)
			why = "the policy publishes no package";
		n = compare(&was, &now, w->arena, &row.note);
		row.verdict = n <= max && !why ? GATE_OK : gate_bad(w, RULE_API_CHANGE);
		if (why) {
			row.note = arena_printf(w->arena, "not known: %s", why);
		} else {
			row.now = text_number(w->arena, n);
			row.now_value = n;
		}
	}
	gate_push(w, row);
	free(now.item);
	free(was.item);
	arena_release(&scratch);
}
