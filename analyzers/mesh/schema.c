/* SPDX-License-Identifier: MIT */
/*
 * schema.c - walks a document and its schema together, on a stack of its own; what a
 * single node may be is checked by schema_value.c.
 */
#include "analyzers/mesh/schema.h"
#include "analyzers/mesh/schema_work.h"
#include "base/suggest.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

struct schema_run *schema_run_new(struct arena *arena)
{
	struct schema_run *r = arena_new(arena, struct schema_run);

	r->arena = arena;
	r->pattern = arena_array(arena, const struct regex *, nschema_checks);
	return r;
}

uint32_t schema_find(const char *api, const char *kind)
{
	uint32_t lo = 0, hi = nschema_kinds;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		int c = strcmp(schema_kinds[mid].api, api);

		c = c ? c : strcmp(schema_kinds[mid].kind, kind);
		if (!c)
			return mid;
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return SCHEMA_NO_KIND;
}

const struct schema_prop *schema_prop_find(const struct schema_node *s, const char *name)
{
	uint32_t lo = 0, hi = s->nprops;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		int c = strcmp(schema_props[s->prop + mid].name, name);

		if (!c)
			return &schema_props[s->prop + mid];
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

/* "spec.http[0].route": built from the end of the way. */
const char *schema_where(const struct schema_step *step, struct arena *arena)
{
	const char *text = "";

	for (; step && step->up; step = step->up) {
		const char *dot = *text && *text != '[' ? "." : "";

		text = step->key ?
			arena_printf(arena, "%s%s%s", text_escape(arena, step->key), dot, text) :
			arena_printf(arena, "[%u]%s%s", step->index, dot, text);
	}
	return *text ? text : "the document";
}

void schema_tell(struct schema_walk *w, const struct yaml_node *at, const struct schema_step *step,
		 const char *message)
{
	w->faults++;
	if (w->tell)
		w->tell(w->ctx, &(struct schema_fault){
			.at = at, .where = schema_where(step, w->arena), .message = message,
		});
}

static void push(struct schema_walk *w, const struct yaml_node *n, uint16_t schema,
		 struct schema_step step)
{
	struct schema_step *own = arena_new(w->arena, struct schema_step);

	*own = step;
	VEC_RESERVE(w->item, w->cap, w->count + 1);
	w->item[w->count++] = (struct schema_item){ n, own, schema };
}

static void unknown_key(struct schema_walk *w, const struct yaml_node *key,
			const struct schema_node *s, const struct schema_step *step)
{
	struct schema_step own = { .up = step, .key = key->text };
	char near[SUGGEST_BYTES];
	struct suggest g;

	suggest_init(&g, key->text);
	for (uint32_t i = 0; i < s->nprops; i++)
		suggest_offer(&g, schema_props[s->prop + i].name);
	const char *where = text_cut(w->arena, schema_where(&own, w->arena), 120);

	schema_tell(w, key, &own, arena_printf(w->arena, "no such field '%s'%s", where,
					       suggest_text(&g, "", near)));
}

/* The members of a map, last first: the stack turns them round. */
static void walk_map(struct schema_walk *w, const struct schema_item *at,
		     const struct schema_node *s)
{
	for (uint32_t i = at->node->count; i-- > 0;) {
		const struct yaml_pair *pair = &at->node->pair[i];
		const struct schema_prop *p = schema_prop_find(s, pair->key->text);

		if (schema_scalar_of(pair->value) == SCALAR_NULL)
			continue;
		if (p || s->extra != SCHEMA_NONE)
			push(w, pair->value, p ? p->node : s->extra,
			     (struct schema_step){ .up = at->step, .key = pair->key->text });
	}
	for (uint32_t i = 0; s->closed && i < at->node->count; i++) {
		const struct yaml_node *key = at->node->pair[i].key;

		if (!schema_prop_find(s, key->text) && !(w->part && *key->text == '$'))
			unknown_key(w, key, s, at->step);
	}
}

static void walk_list(struct schema_walk *w, const struct schema_item *at,
		      const struct schema_node *s)
{
	for (uint32_t i = at->node->count; s->items && i-- > 0;)
		push(w, at->node->item[i], s->items,
		     (struct schema_step){ .up = at->step, .index = i });
}

void schema_walk(struct schema_walk *w, const struct yaml_node *n, uint16_t root)
{
	push(w, n, root, (struct schema_step){ .up = NULL });
	while (w->count) {
		const struct schema_item at = w->item[--w->count];
		const struct schema_node *s = &schema_nodes[at.schema];

		if (!schema_value(w, &at, s))
			continue;
		if (at.node->kind == YAML_MAP)
			walk_map(w, &at, s);
		else if (at.node->kind == YAML_LIST)
			walk_list(w, &at, s);
	}
	free(w->item);
}

void schema_check(struct schema_run *r, const struct yaml_node *root, uint32_t kind, bool part,
		  struct arena *arena, void (*tell)(void *ctx, const struct schema_fault *f),
		  void *ctx)
{
	struct schema_walk w = {
		.run = r, .arena = arena, .part = part, .tell = tell, .ctx = ctx,
	};

	schema_walk(&w, root, schema_kinds[kind].root);
}
