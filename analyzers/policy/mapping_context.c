/* SPDX-License-Identifier: MIT */
/*
 * mapping_context.c - contexts by name: what a pattern captures, what a comment
 * says, which key of the policy speaks for it, what it publishes.
 */
#include "analyzers/policy/mapping_work.h"
#include "graph/source/tree.h"

#include <stdlib.h>
#include <string.h>

#define CONTEXT_CAPTURE "context"       /* where no template says what names a context */

static struct mapped_name *name_of(struct mapping_work *w, sym_id name)
{
	const struct policy *p = w->policy;

	if (name.v >= w->nnames) {
		uint32_t want = w->source->syms->count * 2;

		w->name = xrealloc(w->name, want, sizeof(*w->name));
		memset(w->name + w->nnames, 0, (want - w->nnames) * sizeof(*w->name));
		w->nnames = want;
	}
	struct mapped_name *n = &w->name[name.v];
	const char *text = sym_text(w->source->syms, name);

	if (n->known)
		return n;
	n->known = true;
	for (uint32_t i = 0; i < p->ncontexts && !n->spec; i++)
		if (!p->context[i].template && !strcmp(p->context[i].name, text))
			n->spec = &p->context[i];
	for (uint32_t i = 0; i < p->ncontexts && !n->spec; i++) {
		struct err ignored = ERR_INIT;

		if (p->context[i].template &&
		    pattern_match(p->context[i].template, p->matcher, text, NULL, &ignored) > 0)
			n->spec = &p->context[i];
	}
	return n;
}

static bool text_is(const char *text, size_t len, const char *want)
{
	return strlen(want) == len && !memcmp(text, want, len);
}

/* Is what the pattern captured what names the context?  Other captures are free. */
static bool captures_fit(const struct mapping_work *w, const struct policy_context *c,
			 const char *name, const struct hit *h)
{
	const struct pattern *p = w->policy->pattern[h->number]->compiled;
	const struct pattern *template = c->template;
	struct pattern_capture value[PATTERN_CAPTURES];
	struct err ignored = ERR_INIT;

	if (!template && c->from != POLICY_NONE)
		template = w->policy->context[c->from].template;
	if (!pattern_ncaptures(p))
		return true;
	if (template && pattern_match(template, w->policy->matcher, name, value, &ignored) <= 0)
		return false;
	for (uint32_t i = 0; i < pattern_ncaptures(p); i++) {
		const char *capture = pattern_capture_name(p, i);
		const char *got = h->path + h->match.capture[i].at;
		size_t len = h->match.capture[i].len;
		uint32_t k = template ? pattern_capture_find(template, capture) : UINT32_MAX;

		if (k != UINT32_MAX && (value[k].len != len ||
					memcmp(name + value[k].at, got, len) != 0))
			return false;
		if (!template && !strcmp(capture, CONTEXT_CAPTURE) && !text_is(got, len, name))
			return false;
	}
	return true;
}

/* "{context}" with what was captured put in. */
static const char *render(const struct mapping_work *w, const struct policy_context *c,
			  const struct hit *h)
{
	const struct pattern *p = w->policy->pattern[h->number]->compiled;
	const char *text = c->name;

	for (uint32_t i = 0; i < pattern_ncaptures(c->template); i++) {
		const char *capture = pattern_capture_name(c->template, i);
		struct pattern_capture got = h->match.capture[pattern_capture_find(p, capture)];

		text = pattern_put(text, capture,
				   arena_strndup(w->arena, h->path + got.at, got.len), w->arena);
	}
	return text;
}

const char *mapping_context_name(struct mapping_work *w, const struct hit *h)
{
	const struct policy_context *c = &w->policy->context[w->owner[h->number].index];
	struct symtab *syms = w->source->syms;
	sym_id name = sym_from(syms, c->template ? render(w, c, h) : c->name);
	const char *text = sym_text(syms, name);

	if (!c->template)
		return captures_fit(w, c, text, h) ? text : NULL;
	const struct policy_context *spec = name_of(w, name)->spec;

	/* One that says itself which packages it has. */
	return spec && !spec->template && spec->own_in ? NULL : text;
}

static struct span comment_span(const struct mapping_work *w, const struct go_file *f)
{
	struct symtab *syms = w->source->syms;
	const char *path = path_join(w->arena, sym_text(syms, w->source->dir[f->dir.v].path),
				     sym_text(syms, f->name));

	return (struct span){ sym_from(syms, path), f->domain_line, f->domain_col, f->domain_end };
}

static void clash(struct mapping_work *w, const struct domain_clash *found)
{
	VEC_RESERVE(w->clash, w->clash_cap, w->nclashes + 1);
	w->clash[w->nclashes++] = *found;
}

/* The file that speaks for the folder: the first one, a test only where no other file does. */
static const struct go_file *speaker(const struct mapping_work *w, const struct go_dir *dir)
{
	const struct go_file *test = NULL;

	for (uint32_t i = dir->file_first; i < dir->file_first + dir->nfiles; i++) {
		const struct go_file *f = &w->source->file[i];

		if (!f->domain.v || f->flags & FILE_HIDDEN)
			continue;
		if (!(f->flags & FILE_TEST))
			return f;
		test = test ? test : f;
	}
	return test;
}

void mapping_comments(struct mapping_work *w, uint32_t dir_number)
{
	const struct go_dir *dir = &w->source->dir[dir_number];
	struct draft *d = &w->draft[dir_number];
	const struct go_file *first = speaker(w, dir);
	struct symtab *syms = w->source->syms;

	if (!first)
		return;
	d->p.comment = comment_span(w, first);
	d->p.comment_name = first->domain;
	sym_id holds = d->context ? sym_from(syms, d->context) : (sym_id){ 0 };

	if (d->p.shared || (d->p.context_by && holds.v != first->domain.v)) {
		clash(w, &(struct domain_clash){
			.package = d->package, .at = d->p.comment, .name = first->domain,
			.instead = holds,
			.by = d->p.shared ? d->p.shared_by : d->p.context_by });
	} else if (!d->p.context_by) {
		d->context = sym_text(syms, first->domain);
	}
	for (uint32_t i = dir->file_first; i < dir->file_first + dir->nfiles; i++) {
		const struct go_file *f = &w->source->file[i];

		if (f->domain.v && f->domain.v != first->domain.v && !(f->flags & FILE_HIDDEN))
			clash(w, &(struct domain_clash){
				.package = d->package, .at = comment_span(w, f),
				.name = f->domain, .instead = first->domain,
				.other = d->p.comment });
	}
}

void mapping_publish(struct mapping_work *w, struct draft *d)
{
	if (!d->context)
		return;
	const struct policy_context *c = name_of(w, sym_from(w->source->syms, d->context))->spec;

	for (uint32_t k = 0; c && k < c->published.count; k++)
		for (uint32_t i = 0; i < w->nhits; i++) {
			const struct hit *h = &w->hit[i];

			if (h->number != c->published.item[k].number ||
			    !captures_fit(w, c, d->context, h))
				continue;
			w->decided[h->number] += !d->p.published;
			d->p.published = true;
			d->p.published_by = &c->published.item[k];
		}
}

static int by_name(const void *va, const void *vb, void *ctx)
{
	const sym_id *a = va, *b = vb;

	return strcmp(sym_text(ctx, *a), sym_text(ctx, *b));
}

struct mapped_context *mapping_contexts(struct mapping_work *w, uint32_t *ret_count)
{
	struct symtab *syms = w->source->syms;
	uint32_t count = 0, cap = 0;
	sym_id *list = NULL;

	for (uint32_t d = 0; d < w->source->ndirs; d++) {
		if (!w->draft[d].context)
			continue;
		sym_id name = sym_from(syms, w->draft[d].context);
		struct mapped_name *n = name_of(w, name);

		if (n->used)
			continue;
		n->used = true;
		VEC_RESERVE(list, cap, count + 1);
		list[count++] = name;
	}
	sort_with(list, count, sizeof(*list), by_name, syms);
	struct mapped_context *ret = arena_array(w->arena, struct mapped_context, count);

	for (uint32_t i = 0; i < count; i++) {
		struct mapped_name *n = name_of(w, list[i]);

		n->number = i;
		ret[i] = (struct mapped_context){ .name = list[i], .spec = n->spec };
	}
	for (uint32_t d = 0; d < w->source->ndirs; d++)
		if (w->draft[d].context)
			w->draft[d].p.context =
				name_of(w, sym_from(syms, w->draft[d].context))->number;
	free(list);
	*ret_count = count;
	return ret;
}
