/* SPDX-License-Identifier: MIT */
/* ignore.c - ignore comments of heads and bodies: read, and found by place. */
#include "analyzers/ignore.h"
#include "analyzers/settle.h"
#include "base/suggest.h"

#include <stdlib.h>
#include <string.h>

struct collect {
	const struct source *s;
	struct arena *arena;
	struct ignore *item;            /* grown; moves into the arena at the end */
	uint32_t count, cap;
	uint32_t first;                 /* of the file that is read now */
};

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static const char *unknown_rule(struct collect *c, const char *name)
{
	char near[SUGGEST_BYTES];
	struct suggest s;

	suggest_init(&s, name);
	for (unsigned i = 0; i < RULE_COUNT; i++) {
		suggest_offer(&s, rule_rows[i].name);
		suggest_offer(&s, rule_rows[i].id);
	}
	return arena_printf(c->arena, "there is no rule '%s'%s", name,
			    suggest_text(&s, "", near));
}

static void add_rule(struct collect *c, struct ignore *x, const char *name)
{
	const struct rule *row = rule_find(name);

	if (!row)
		x->fault = unknown_rule(c, name);
	else if (!settle_may_hold(row))
		x->fault = arena_printf(c->arena, "the rule '%s' cannot be ignored", name);
	for (uint32_t i = 0; i < x->nrules; i++)
		if (x->rule[i].row == row)
			return;
	x->rule[x->nrules++].row = row;
}

/* "a, MC110" up to `end`. */
static void read_rules(struct collect *c, struct ignore *x, const char *p, const char *end)
{
	x->rule = arena_array(c->arena, struct ignored_rule, (size_t)(end - p) / 2 + 1);
	while (p < end && !x->fault) {
		const char *from = p;

		while (p < end && !is_space(*p) && *p != ',')
			p++;
		if (p > from)
			add_rule(c, x, arena_strndup(c->arena, from, (size_t)(p - from)));
		else
			p++;
	}
}

/* "--" as a word of its own: what is behind it is the reason. */
static const char *find_dashes(const char *p)
{
	for (const char *at = p; (at = strstr(at, "--")); at += 2)
		if ((at == p || is_space(at[-1])) && (!at[2] || is_space(at[2])))
			return at;
	return NULL;
}

static void read_ignore(struct collect *c, struct ignore *x, const char *p)
{
	const char *dashes = find_dashes(p), *end = dashes ? dashes : p + strlen(p);

	x->reason = dashes ? dashes + 2 : "";
	while (is_space(*x->reason))
		x->reason++;
	read_rules(c, x, p, end);
	if (x->fault)
		return;
	if (!x->nrules)
		x->fault = "this comment names no rule";
	else if (!*x->reason)
		x->fault = "this comment gives no reason: add ' -- ' and why";
}

static void read_text(struct collect *c, struct ignore *x, const char *text)
{
	static const char us[] = "meshctl:", word[] = "ignore";
	const size_t n = sizeof(word) - 1;
	const char *p = text + sizeof(us) - 1;

	if (!strncmp(p, word, n) && (!p[n] || is_space(p[n]))) {
		read_ignore(c, x, p + n);
		return;
	}
	x->fault = arena_printf(c->arena, "there is no comment '//%.*s', only //meshctl:ignore and "
				"//meshctl:domain=NAME", (int)strcspn(text, " \t"), text);
}

/* NULL for what is no affair of ours. */
static struct ignore *add(struct collect *c, sym_id path, dir_id dir, uint32_t line,
			  const char *text)
{
	if (strncmp(text, "meshctl:", 8) != 0 || !strncmp(text + 8, "domain=", 7))
		return NULL;
	VEC_RESERVE(c->item, c->cap, c->count + 1);
	struct ignore *x = &c->item[c->count++];

	*x = (struct ignore){ .at = { .path = path, .line = line }, .dir = dir };
	read_text(c, x, text);
	return x;
}

static void add_of_head(struct collect *c, sym_id path, dir_id dir, const struct go_directive *d)
{
	struct ignore *x = add(c, path, dir, d->line, sym_text(c->s->syms, d->text));

	if (!x)
		return;
	x->at.col = d->col;
	x->at.end_col = d->end_col;
	x->first = x->last = d->target;
}

static struct ignore *known(struct collect *c, uint32_t line)
{
	for (uint32_t i = c->first; i < c->count; i++)
		if (c->item[i].at.line == line)
			return &c->item[i];
	return NULL;
}

static void add_of_body(struct collect *c, sym_id path, dir_id dir, const struct body *b,
			const struct body_directive *d)
{
	struct ignore *x = known(c, d->line);

	if (!x)
		x = add(c, path, dir, d->line, body_text(b, d->text));
	if (!x)
		return;
	if (!x->first)
		x->first = x->last = d->trailing ? d->line : d->line + 1;
	if (d->decl == BODY_NONE || d->decl >= b->ndecls)
		return;
	/* A group `var a, b = ...` is several declarations; the first one knows the lines. */
	x->first = b->decl[d->decl].start_line;
	x->last = b->decl[d->decl].end_line;
}

static int by_place(const void *left, const void *right, void *ctx UNUSED)
{
	const struct ignore *a = left, *b = right;

	if (a->at.path.v != b->at.path.v)
		return a->at.path.v < b->at.path.v ? -1 : 1;
	return a->at.line < b->at.line ? -1 : a->at.line > b->at.line;
}

static void collect_file(struct collect *c, uint32_t f, uint32_t *next, const struct bodies *bodies)
{
	const struct source *s = c->s;
	const struct go_file *file = &s->file[f];
	const struct body *b = bodies ? bodies->file[f] : NULL;
	uint32_t from = *next;

	while (*next < s->ndirectives && s->directive[*next].file.v == f)
		++*next;
	if ((from == *next && !(b && b->ndirectives)) || !file->configs ||
	    file->flags & FILE_HIDDEN || !(s->dir[file->dir.v].flags & DIR_REPORTED))
		return;
	sym_id path = sym_from(s->syms, source_file_path(s, (file_id){ f }, c->arena));

	c->first = c->count;
	for (uint32_t i = from; i < *next; i++)
		add_of_head(c, path, file->dir, &s->directive[i]);
	for (uint32_t i = 0; b && i < b->ndirectives; i++)
		add_of_body(c, path, file->dir, b, &b->directive[i]);
}

void ignores_collect(const struct source *s, const struct bodies *bodies, struct arena *arena,
		     struct ignores *ret)
{
	struct collect c = { .s = s, .arena = arena };
	uint32_t next = 0;

	*ret = (struct ignores){ 0 };
	if (s->ndirectives || bodies)
		for (uint32_t f = 0; f < s->nfiles; f++)
			collect_file(&c, f, &next, bodies);
	sort_with(c.item, c.count, sizeof(*c.item), by_place, NULL);
	ret->count = c.count;
	ret->item = arena_array(arena, struct ignore, c.count);
	if (c.count)
		memcpy(ret->item, c.item, c.count * sizeof(*c.item));
	free(c.item);
}

const struct ignore *ignores_match(const struct ignores *all, const struct rule *rule,
				   const struct span *at)
{
	const struct ignore *found = NULL;
	uint32_t lo = 0, hi = all->count;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (all->item[mid].at.path.v < at->path.v)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; at->line && lo < all->count && all->item[lo].at.path.v == at->path.v; lo++) {
		struct ignore *x = &all->item[lo];

		if (x->fault || at->line < x->first || at->line > x->last)
			continue;
		for (uint32_t r = 0; r < x->nrules; r++)
			if (x->rule[r].row == rule) {
				x->rule[r].used = true;
				found = found ? found : x;
			}
	}
	return found;
}
