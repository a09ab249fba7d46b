/* SPDX-License-Identifier: MIT */
/* settle_rename.c - findings that the baseline knows under the old name of a folder. */
#include "analyzers/settle_work.h"

#include <string.h>

struct renames {
	const struct folder_rename *item;       /* by `to` */
	uint32_t count;
};

static const struct folder_rename *find(const struct renames *r, const char *to, size_t len)
{
	uint32_t lo = 0, hi = r->count;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		int c = strncmp(r->item[mid].to, to, len);

		if (!c && !r->item[mid].to[len])
			return &r->item[mid];
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

/* What an identity was called before: the longest folder of it that has a new name decides. */
static const char *old_name(const struct renames *r, const char *name, struct arena *arena)
{
	static const char mark[] = "_test";
	size_t len = strlen(name), n = sizeof(mark) - 1;
	const struct folder_rename *x = NULL;

	if (len > n && !strcmp(name + len - n, mark) && (x = find(r, name, len - n)))
		return arena_printf(arena, "%s%s", x->from, mark);
	for (; len; len--)
		if ((!name[len] || name[len] == '/') && (x = find(r, name, len)))
			return arena_printf(arena, "%s%s", x->from, name + len);
	return name;
}

/* The symbol of an import is its path, which ends with the folder that it leads to. */
static const char *old_symbol(const char *symbol, const char *to, const char *old,
			      struct arena *arena)
{
	size_t len = strlen(symbol), n = strlen(to);

	if (!n || len <= n || symbol[len - n - 1] != '/' || strcmp(symbol + len - n, to) != 0)
		return symbol;
	return arena_printf(arena, "%.*s%s", (int)(len - n), symbol, old);
}

/* The entry of a line under today's names, else under the old ones. */
static struct baseline_entry *find_entry(const struct settle *w, const struct renames *r,
					 const struct baseline_entry *line, bool *ret_old)
{
	const struct baseline *b = w->s->baseline;
	struct baseline_entry *e = baseline_find(b, line->rule, line->from, line->to, line->symbol);

	*ret_old = false;
	if (e)
		return e;
	const char *from = old_name(r, line->from, w->arena), *to = old_name(r, line->to, w->arena);

	*ret_old = from != line->from || to != line->to;
	return !*ret_old ? NULL :
	       baseline_find(b, line->rule, from, to,
			     old_symbol(line->symbol, line->to, to, w->arena));
}

/* The entry that holds the whole finding (of a knot its first), or NULL. */
static struct baseline_entry *known(struct settle *w, const struct renames *r,
				    const struct baseline_entry *line, uint32_t n)
{
	struct baseline_entry *first = NULL;
	bool old;

	for (uint32_t i = 0; i < n; i++) {
		struct baseline_entry *e = find_entry(w, r, &line[i], &old);

		/* What still matches under its old name has not been renamed. */
		if (!e || (old && e->matched) || w->s->now >= e->end)
			return NULL;
		first = first ? first : e;
	}
	return first;
}

static void take_over(struct settle *w, const struct renames *r, const struct baseline_entry *line,
		      uint32_t n)
{
	bool old;

	for (uint32_t i = 0; i < n; i++) {
		struct baseline_entry *e = find_entry(w, r, &line[i], &old);
		struct settled_entry *x = &w->entry[e - w->s->baseline->entry];

		if (!old)
			continue;
		x->state = ENTRY_RENAMED;
		x->now = *e;
		x->now.from = arena_strdup(w->f->arena, line[i].from);
		x->now.to = arena_strdup(w->f->arena, line[i].to);
		x->now.symbol = arena_strdup(w->f->arena, line[i].symbol);
	}
}

static void rename_findings(struct settle *w, const struct renames *r)
{
	const struct baseline *b = w->s->baseline;

	for (uint32_t i = 0; i < w->f->count; i++) {
		struct finding *f = &w->f->item[i];
		struct baseline_entry *line, *e;

		if (f->state != FINDING_NEW || !settle_may_hold(f->rule))
			continue;
		uint32_t n = baseline_lines(f, w->arena, &line);

		e = known(w, r, line, n);
		if (!e)
			continue;
		take_over(w, r, line, n);
		f->state = FINDING_BASELINED;
		f->held_by = arena_printf(w->f->arena, "%s:%u",
					  w->s->baseline_path ? w->s->baseline_path : b->path,
					  e->line);
		w->ret->baselined++;
	}
}

static bool some_unmatched(const struct baseline *b)
{
	for (uint32_t i = 0; i < b->nentries; i++)
		if (!b->entry[i].matched)
			return true;
	return false;
}

void settle_renamed(struct settle *w)
{
	struct renames r = { 0 };

	if (!w->s->baseline || !w->some_new || !w->s->renames || !some_unmatched(w->s->baseline))
		return;
	r.count = w->s->renames(w->s->renames_ctx, w->arena, &r.item);
	if (r.count)
		rename_findings(w, &r);
}
