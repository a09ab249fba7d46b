/* SPDX-License-Identifier: MIT */
/* baseline_match.c - the identities of a baseline: order, table, findings in it. */
#include "analyzers/policy/baseline.h"
#include "base/text.h"

#include <string.h>

static int compare_identity(const struct baseline_entry *a, const struct baseline_entry *b)
{
	int c = strcmp(a->rule, b->rule);

	if (!c)
		c = strcmp(a->from, b->from);
	if (!c)
		c = strcmp(a->to, b->to);
	return c ? c : strcmp(a->symbol, b->symbol);
}

static int compare_optional(const char *a, const char *b)
{
	if (!a || !b)
		return (!a) - (!b);
	return strcmp(a, b);
}

/* Of one identity the one that ends first leads; the rest only makes the order whole. */
static int compare(const void *left, const void *right, void *ctx UNUSED)
{
	const struct baseline_entry *a = left, *b = right;
	int c = compare_identity(a, b);

	if (!c)
		c = (a->end > b->end) - (a->end < b->end);
	if (!c)
		c = compare_optional(a->reason, b->reason);
	if (!c)
		c = compare_optional(a->owner, b->owner);
	if (!c)
		c = (a->adr > b->adr) - (a->adr < b->adr);
	return c ? c : compare_optional(a->rest, b->rest);
}

/* What `from` says and `to` does not. */
static void fill(struct baseline_entry *to, const struct baseline_entry *from)
{
	if (!to->reason)
		to->reason = from->reason;
	if (!to->owner)
		to->owner = from->owner;
	if (!to->adr)
		to->adr = from->adr;
	if (!to->rest)
		to->rest = from->rest;
}

static uint64_t hash_of(const char *rule, const char *from, const char *to, const char *symbol)
{
	const char *const text[] = { rule, from, to, symbol };
	uint64_t hash = HASH_INIT;

	for (unsigned i = 0; i < ARRAY_SIZE(text); i++)
		hash = hash_bytes(hash, text[i], strlen(text[i]) + 1);
	return hash;
}

void baseline_index(struct baseline *b)
{
	uint32_t n = 0;

	sort_with(b->entry, b->nentries, sizeof(*b->entry), compare, NULL);
	for (uint32_t i = 0; i < b->nentries; i++) {
		if (n && !compare_identity(&b->entry[n - 1], &b->entry[i]))
			fill(&b->entry[n - 1], &b->entry[i]);
		else
			b->entry[n++] = b->entry[i];
	}
	b->nentries = n;
	b->nslots = 16;
	while (b->nslots < n * (uint64_t)2)
		b->nslots *= 2;
	b->slot = arena_array(b->arena, uint32_t, b->nslots);
	for (uint32_t i = 0; i < n; i++) {
		const struct baseline_entry *e = &b->entry[i];
		uint32_t at = (uint32_t)hash_of(e->rule, e->from, e->to, e->symbol);

		while (b->slot[at & (b->nslots - 1)])
			at++;
		b->slot[at & (b->nslots - 1)] = i + 1;
	}
}

struct baseline_entry *baseline_find(const struct baseline *b, const char *rule, const char *from,
				     const char *to, const char *symbol)
{
	const struct baseline_entry wanted = { .rule = rule, .from = from, .to = to,
					       .symbol = symbol };
	uint32_t at = (uint32_t)hash_of(rule, from, to, symbol), i;

	if (!b->nslots)
		return NULL;
	for (; (i = b->slot[at & (b->nslots - 1)]); at++)
		if (!compare_identity(&b->entry[i - 1], &wanted))
			return &b->entry[i - 1];
	return NULL;
}

/* Names in a repository may be any bytes, those in a JSON file may not. */
static const char *as_json(const char *text, struct arena *arena)
{
	size_t len = strlen(text), at = 0, used = 0;
	uint32_t point;

	if (utf8_valid(text, len))
		return text;
	char *clean = arena_alloc(arena, len + 1, 3);

	while (at < len) {
		size_t n = utf8_decode(text + at, len - at, &point);
		bool bad = point == UTF8_INVALID;

		memcpy(clean + used, bad ? "\xef\xbf\xbd" : text + at, bad ? 3 : n);
		used += bad ? 3 : n;
		at += n;
	}
	return clean;
}

static struct baseline_entry line_of(const struct finding *f, const char *from, const char *to,
				     struct arena *arena)
{
	return (struct baseline_entry){
		.rule = f->rule->id, .from = as_json(from, arena), .to = as_json(to, arena),
		.symbol = as_json(f->symbol, arena), .end = INT64_MAX,
	};
}

uint32_t baseline_lines(const struct finding *f, struct arena *arena, struct baseline_entry **ret)
{
	uint32_t n = f->nedges ? f->nedges : 1;
	struct baseline_entry *line = arena_array(arena, struct baseline_entry, n);

	for (uint32_t i = 0; i < n; i++)
		line[i] = f->nedges ? line_of(f, f->edge[i].from, f->edge[i].to, arena) :
				      line_of(f, f->from, f->to, arena);
	*ret = line;
	return n;
}

enum baseline_verdict baseline_match(struct baseline *b, const struct finding *f, int64_t now)
{
	uint32_t n = f->nedges ? f->nedges : 1, found = 0, expired = 0;
	struct arena scratch = ARENA_INIT;

	for (uint32_t i = 0; i < n; i++) {
		struct baseline_entry line = f->nedges ?
			line_of(f, f->edge[i].from, f->edge[i].to, &scratch) :
			line_of(f, f->from, f->to, &scratch);
		struct baseline_entry *e = baseline_find(b, line.rule, line.from, line.to,
							 line.symbol);

		if (!e)
			continue;
		e->matched = true;
		found++;
		expired += now >= e->end;
	}
	arena_release(&scratch);
	return found < n ? BASELINE_NEW : expired ? BASELINE_EXPIRED : BASELINE_HELD;
}
