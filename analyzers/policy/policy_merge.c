/* SPDX-License-Identifier: MIT */
/*
 * policy_merge.c - the starter under the file: maps merge key by key, a layer
 * replaces the starter's, lists replace, null takes away.  What the file replaces
 * keeps the starter's place; what it adds comes behind.
 */
#include "analyzers/policy/policy_reader.h"

#include <string.h>

/* Which maps merge: their keys at the top, and how many levels below them. */
static const struct { const char *key; unsigned levels; } merged[] = {
	{ "go", 1 },
	{ "layers", 1 },                /* the map of names, not the layers themselves */
	{ "contexts", 2 },
	{ "rules", 2 },
	{ "debt", 2 },
	{ "services", 2 },
};

static unsigned levels_below(const char *key)
{
	for (unsigned i = 0; i < ARRAY_SIZE(merged); i++)
		if (!strcmp(merged[i].key, key))
			return merged[i].levels;
	return 0;
}

/* levels: how many levels of maps merge, this one included; not asked for at the top. */
static struct yaml_node *merge_maps(const struct yaml_node *under, const struct yaml_node *over,
				    unsigned levels, bool top, struct policy_reader *r)
{
	struct yaml_node *n = arena_new(r->arena, struct yaml_node);
	size_t most = (size_t)under->count + over->count;

	*n = *over;
	n->pair = arena_array(r->arena, struct yaml_pair, most);
	n->count = 0;
	for (uint32_t i = 0; i < under->count; i++) {
		const char *key = under->pair[i].key->text;
		const struct yaml_pair *found = yaml_find(over, key);
		unsigned below = top ? levels_below(key) : levels - 1;
		struct yaml_pair pair = found ? *found : under->pair[i];

		if (found && yaml_is_null(found->value))
			continue;
		if (found && below && found->value->kind == YAML_MAP &&
		    under->pair[i].value->kind == YAML_MAP)
			pair.value = merge_maps(under->pair[i].value, found->value, below, false,
						r);
		n->pair[n->count++] = pair;
	}
	for (uint32_t i = 0; i < over->count; i++)
		if (!yaml_get(under, over->pair[i].key->text))
			n->pair[n->count++] = over->pair[i];
	return n;
}

struct yaml_node *policy_merge(const struct yaml_node *starter, const struct yaml_node *file,
			       struct policy_reader *r)
{
	return merge_maps(starter, file, 0, true, r);
}
