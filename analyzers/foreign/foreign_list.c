/* SPDX-License-Identifier: MIT */
/*
 * foreign_list.c - what a group may use of other modules and of the standard
 * library.  The standard library is finite: its list is found by asking about all
 * of it.  Lists of modules come from the file; what they say is compared with the
 * tool's own verdict on every path that the tree imports.
 */
#include "analyzers/foreign/foreign.h"
#include "analyzers/leaving.h"
#include "analyzers/std.h"

#include <stdlib.h>
#include <string.h>

#define CGO "C"

void foreign_entry(struct foreign_list *l, const char *text, bool allow, const char *remark)
{
	for (uint32_t i = 0; i < l->count; i++)
		if (!strcmp(l->entry[i].text, text)) {
			l->entry[i].allow = allow;
			return;
		}
	VEC_RESERVE(l->entry, l->cap, l->count + 1);
	l->entry[l->count++] = (struct foreign_entry){ text, allow, remark };
}

/* As policy_value.c reads a path: with what is below it. */
static const struct pattern *compiled(const struct foreign *f, const char *text)
{
	size_t len = strlen(text);
	bool deep = len >= 2 && !strcmp(text + len - 2, "**");
	const struct pattern *p = NULL;
	struct err ignored = ERR_INIT;
	uint32_t byte;

	if (pattern_new(deep ? text : arena_printf(f->arena, "%s/**", text), f->arena, &p, &byte,
			&ignored))
		return NULL;
	return p;
}

bool foreign_list_denies(const struct foreign *f, const struct foreign_list *l, const char *path)
{
	const struct pattern *best = NULL;
	bool denies = l->closed;

	for (uint32_t i = 0; i < l->count; i++) {
		const struct foreign_entry *e = &l->entry[i];
		struct err ignored = ERR_INIT;
		const struct pattern *p;

		/* Most entries are plain and of something else. */
		if (!strpbrk(e->text, "*{") && !foreign_within(path, e->text))
			continue;
		p = compiled(f, e->text);
		if (!p || pattern_match(p, f->matcher, path, NULL, &ignored) <= 0)
			continue;
		int order = best ? pattern_compare(p, best) : -1;

		/* Of equal ones the stricter. */
		if (order < 0 || (!order && !e->allow)) {
			best = p;
			denies = !e->allow;
		}
	}
	return denies;
}

static int by_text(const void *a, const void *b, void *ctx UNUSED)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_here(const struct foreign *f, const char *path)
{
	return *f->module && foreign_within(path, f->module);
}

uint32_t foreign_outside(const struct foreign *f, const char *const **ret)
{
	struct leaving out = { .npaths = 0 };
	const char **path;
	uint32_t n = 0;

	*ret = NULL;
	if (!f->graph)
		return 0;
	leaving_find(f->source, f->graph, f->arena, &out);
	path = arena_array(f->arena, const char *, out.npaths);
	for (uint32_t i = 0; i < out.npaths; i++) {
		const char *text = sym_text(f->source->syms, out.path[i].path);

		/* Of the standard library all is asked for anyway, but for cgo. */
		if (!is_here(f, text) && (!out.path[i].std || !strcmp(text, CGO)))
			path[n++] = text;
	}
	sort_with(path, n, sizeof(*path), by_text, NULL);
	*ret = path;
	return n;
}

/* The fewest entries under this default: parents first, then what differs from them. */
static void std_list(const struct foreign *f, const bool *denied, bool cgo_denied, bool cgo,
		     bool closed, struct foreign_list *ret)
{
	const char *path;

	*ret = (struct foreign_list){ .closed = closed };
	for (uint32_t i = 0; (path = std_path(i)); i++)
		if (foreign_list_denies(f, ret, path) != denied[i])
			foreign_entry(ret, path, !denied[i], NULL);
	if (cgo && foreign_list_denies(f, ret, CGO) != cgo_denied)
		foreign_entry(ret, CGO, !cgo_denied, NULL);
}

static void find_std(struct foreign *f, const struct foreign_package *p, bool cgo,
		     struct foreign_list *ret)
{
	bool (*denies)(const struct foreign *, const struct foreign_package *, const char *) =
		f->row->format->denies;
	bool cgo_denied = cgo && denies(f, p, CGO), any = cgo_denied;
	struct foreign_list open, closed;
	uint32_t count = 0;

	while (std_path(count))
		count++;
	bool *denied = arena_array(f->arena, bool, count);

	for (uint32_t i = 0; i < count; i++) {
		denied[i] = denies(f, p, std_path(i));
		any |= denied[i];
	}
	if (!any)
		return;
	std_list(f, denied, cgo_denied, cgo, false, &open);
	std_list(f, denied, cgo_denied, cgo, true, &closed);
	*ret = open.count < closed.count ? open : closed;
	free(open.count < closed.count ? closed.entry : open.entry);
}

/* Parents come before what is below them, so that a correction can itself be corrected. */
static void correct(struct foreign *f, const struct foreign_package *p, struct foreign_list *l,
		    const char *const *outside, uint32_t noutside)
{
	for (uint32_t i = 0; i < noutside; i++) {
		bool want;

		if (!strcmp(outside[i], CGO))
			continue;
		want = f->row->format->denies(f, p, outside[i]);
		if (foreign_list_denies(f, l, outside[i]) != want)
			foreign_entry(l, outside[i], !want, "imported here");
	}
}

static int by_entry(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct foreign_entry *a = va, *b = vb;

	return strcmp(a->text, b->text);
}

/* Entries that say what would hold without them. */
static void prune(const struct foreign *f, struct foreign_list *l)
{
	for (uint32_t i = 0; i < l->count;) {
		struct foreign_entry e = l->entry[i];
		const char *text = e.text;

		/* The last one takes its place for the question. */
		l->entry[i] = l->entry[--l->count];
		if (strpbrk(text, "*{") || foreign_list_denies(f, l, text) == e.allow) {
			l->entry[l->count++] = l->entry[i];
			l->entry[i++] = e;
		}
	}
}

void foreign_lists(struct foreign *f, struct foreign_group *g, const char *const *outside,
		   uint32_t noutside)
{
	const struct foreign_package *p = &f->package[g->speaker];
	bool cgo = false;

	for (uint32_t i = 0; i < noutside; i++)
		cgo |= !strcmp(outside[i], CGO);
	find_std(f, p, cgo, &g->lists.std);
	if (f->row->format->entries)
		f->row->format->entries(f, p, &g->lists);
	sort_with(g->lists.external.entry, g->lists.external.count,
		  sizeof(*g->lists.external.entry), by_entry, NULL);
	prune(f, &g->lists.external);
	correct(f, p, &g->lists.external, outside, noutside);
	sort_with(g->lists.external.entry, g->lists.external.count,
		  sizeof(*g->lists.external.entry), by_entry, NULL);
}
