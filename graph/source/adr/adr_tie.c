/* SPDX-License-Identifier: MIT */
/* adr_tie.c - which record, or which file, each link of the decision records leads to. */
#include "graph/source/adr/adr_work.h"
#include "graph/source/tree.h"

#include <string.h>

/* Records by path, and by name: 10,000 of them have as many links. */
struct tie {
	struct tree *tree;
	struct arena *arena;
	const struct adrs *a;
	uint32_t *path, *name;
};

bool adr_is_yaml(const char *path)
{
	const char *dot = strrchr(path, '.');

	return dot && (!strcmp(dot, ".yaml") || !strcmp(dot, ".yml"));
}

bool adr_is_markdown(const char *path)
{
	const char *dot = strrchr(path, '.');
	size_t n = dot ? strlen(dot) : 0;

	return dot && (adr_same(dot, n, ".md") || adr_same(dot, n, ".markdown") ||
		       adr_same(dot, n, ".mdx"));
}

static int by_path(const void *va, const void *vb, void *ctx)
{
	const struct adr *item = ((const struct adrs *)ctx)->item;

	return strcmp(item[*(const uint32_t *)va].path, item[*(const uint32_t *)vb].path);
}

/* Of one name the first. */
static int by_name(const void *va, const void *vb, void *ctx)
{
	const struct adr *item = ((const struct adrs *)ctx)->item;
	uint32_t a = *(const uint32_t *)va, b = *(const uint32_t *)vb;
	int c = strcmp(item[a].name, item[b].name);

	return c ? c : (a > b) - (a < b);
}

/* The first of the order whose text is this. */
static uint32_t find(const struct tie *t, const uint32_t *order, const char *text)
{
	bool path = order == t->path;
	uint32_t lo = 0, hi = t->a->count;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		const struct adr *r = &t->a->item[order[mid]];

		if (strcmp(path ? r->path : r->name, text) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == t->a->count)
		return ADR_NONE;
	const struct adr *r = &t->a->item[order[lo]];

	return strcmp(path ? r->path : r->name, text) ? ADR_NONE : order[lo];
}

static const char *beside(const char *path, const char *target, struct arena *arena)
{
	const char *slash = strrchr(path, '/');
	const char *dir = slash ? arena_strndup(arena, path, (size_t)(slash - path)) : "";
	const char *hash = strchr(target, '#');

	if (hash && hash != target)
		target = arena_strndup(arena, target, (size_t)(hash - target));
	return path_clean(arena, path_join(arena, dir, target));
}

static void resolve(const struct tie *t, const struct adr *r, struct adr_link *l)
{
	bool file = adr_is_markdown(l->target) || adr_is_yaml(l->target) ||
		    strchr(l->target, '#') > l->target;
	const char *path = beside(r->path, l->target, t->arena);
	uint32_t ref;

	l->record = path ? find(t, t->path, path) : ADR_NONE;
	if (l->record != ADR_NONE)
		return;
	if (l->relation == ADR_REFERS || file) {
		/* What leaves the tree cannot be looked at. */
		l->broken = path && !tree_find(t->tree, path, t->arena, &ref);
		return;
	}
	l->record = find(t, t->name, l->target);
	if (l->record == ADR_NONE)
		l->record = adr_numbered(t->a, l->target);
	l->broken = l->record == ADR_NONE;
}

void adr_tie(struct tree *tree, const struct adrs *a, struct arena *arena)
{
	struct tie t = {
		.tree = tree, .arena = arena, .a = a,
		.path = arena_array(arena, uint32_t, a->count + 1),
		.name = arena_array(arena, uint32_t, a->count + 1),
	};
	struct adrs order = *a;

	for (uint32_t i = 0; i < a->count; i++)
		t.path[i] = t.name[i] = i;
	sort_with(t.path, a->count, sizeof(*t.path), by_path, &order);
	sort_with(t.name, a->count, sizeof(*t.name), by_name, &order);
	for (uint32_t i = 0; i < a->count; i++)
		for (uint32_t k = 0; k < a->item[i].nlinks; k++)
			/* adr.c made the array. */
			resolve(&t, &a->item[i],
				(struct adr_link *)(uintptr_t)&a->item[i].link[k]);
}
