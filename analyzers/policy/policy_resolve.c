/* SPDX-License-Identifier: MIT */
/*
 * policy_resolve.c - what needs the whole policy: names that must exist, default
 * patterns of contexts, what they take from their template, contradictions.
 */
#include "analyzers/policy/policy_reader.h"
#include "base/suggest.h"

#include <stdlib.h>
#include <string.h>

#define CONTEXT_CAPTURE "context"       /* what {context} captures, where no template says more */

static const char *place(struct policy_reader *r, struct policy_pos at)
{
	return policy_pos_text(at, r->arena);
}

static void check_layer_names(struct policy_reader *r, const struct policy_uses *uses)
{
	for (uint32_t i = 0; i < uses->names.count; i++) {
		const struct policy_text *name = &uses->names.item[i];
		char near[SUGGEST_BYTES];
		struct suggest s;

		if (policy_layer_find(r->policy, name->text) != POLICY_NONE)
			continue;
		suggest_init(&s, name->text);
		for (uint32_t k = 0; k < r->policy->nlayers; k++)
			suggest_offer(&s, r->policy->layer[k].name);
		policy_problem(r, name->at, "unknown layer '%.100s'%s", name->text,
			       suggest_text(&s, "", near));
	}
}

static bool has_template(const struct policy *p)
{
	for (uint32_t i = 0; i < p->ncontexts; i++)
		if (p->context[i].template)
			return true;
	return false;
}

/* What a template captures is known with the packages only; without one every name stands here. */
static void check_context_names(struct policy_reader *r, const struct policy_uses *uses)
{
	for (uint32_t i = 0; i < uses->names.count; i++) {
		const struct policy_text *name = &uses->names.item[i];
		char near[SUGGEST_BYTES];
		struct suggest s;
		bool known = false;

		suggest_init(&s, name->text);
		for (uint32_t k = 0; k < r->policy->ncontexts; k++) {
			known |= !strcmp(r->policy->context[k].name, name->text);
			suggest_offer(&s, r->policy->context[k].name);
		}
		if (!known)
			policy_problem(r, name->at, "unknown context '%.100s'%s", name->text,
				       suggest_text(&s, "", near));
	}
}

/* A use that is written down and that a closed layer forbids. */
static void check_closed(struct policy_reader *r, uint32_t from)
{
	const struct policy_layer *l = &r->policy->layer[from];

	for (uint32_t i = 0; i < l->uses.names.count; i++) {
		uint32_t to = policy_layer_find(r->policy, l->uses.names.item[i].text);

		for (uint32_t k = to == POLICY_NONE ? from : to + 1; k < from; k++)
			if (r->policy->layer[k].closed.value)
				policy_problem(r, l->uses.names.item[i].at,
					       "layer '%s' uses '%s' over '%s', which %s closes",
					       l->name, r->policy->layer[to].name,
					       r->policy->layer[k].name,
					       place(r, r->policy->layer[k].closed.at));
	}
}

/* Who wants the packages of a pattern. */
struct claim {
	const struct policy_pattern *pattern;
	const char *kind, *name;
};

struct claims { struct claim *item; uint32_t count, cap; };

static void claim(struct claims *c, const struct policy_patterns *in, const char *kind,
		  const char *name)
{
	for (uint32_t i = 0; i < in->count; i++) {
		VEC_RESERVE(c->item, c->cap, c->count + 1);
		c->item[c->count++] = (struct claim){ &in->item[i], kind, name };
	}
}

static int by_text(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct claim *a = va, *b = vb;

	return strcmp(a->pattern->text, b->pattern->text);
}

/* Two claims on one pattern: nobody could say who gets the packages. */
static void check_claims(struct policy_reader *r, struct claims *c, const char *what)
{
	sort_with(c->item, c->count, sizeof(*c->item), by_text, NULL);
	for (uint32_t i = 1; i < c->count; i++) {
		const struct claim *a = &c->item[i - 1], *b = &c->item[i];

		if (by_text(a, b, NULL))
			continue;
		bool same = a->kind == b->kind && !strcmp(a->name, b->name);

		if (same)
			policy_problem(r, b->pattern->at, "the %s '%s' stands in %s%s twice, also "
				       "at %s", what, b->pattern->text, b->kind, b->name,
				       place(r, a->pattern->at));
		else
			policy_problem(r, b->pattern->at, "the %s '%s' is of %s%s and of %s%s (%s)",
				       what, b->pattern->text, b->kind, b->name, a->kind, a->name,
				       place(r, a->pattern->at));
	}
	free(c->item);
}

static void check_list(struct policy_reader *r, const struct policy_list *list)
{
	struct claims claims = { 0 };

	claim(&claims, &list->allow, "allow", "");
	claim(&claims, &list->deny, "deny", "");
	claim(&claims, &list->warn, "warn", "");
	check_claims(r, &claims, "entry");
}

static void check_patterns(struct policy_reader *r)
{
	const struct policy *p = r->policy;
	struct claims layers = { 0 }, contexts = { 0 };

	for (uint32_t i = 0; i < p->nlayers; i++)
		claim(&layers, &p->layer[i].in, "layer ", p->layer[i].name);
	claim(&layers, &p->shared, "shared", "");
	for (uint32_t i = 0; i < p->ncontexts; i++)
		if (p->context[i].own_in)
			claim(&contexts, &p->context[i].in, "context ", p->context[i].name);
	claim(&contexts, &p->shared, "shared", "");
	check_claims(r, &layers, "pattern");
	/* What is twice in `shared` was told by now. */
	uint32_t before = r->nproblems;

	if (!before)
		check_claims(r, &contexts, "pattern");
	else
		free(contexts.item);
}

static void check_layers(struct policy_reader *r)
{
	for (uint32_t i = 0; i < r->policy->nlayers; i++) {
		const struct policy_layer *l = &r->policy->layer[i];

		check_layer_names(r, &l->uses);
		check_closed(r, i);
		check_list(r, &l->external);
		check_list(r, &l->std);
		check_list(r, &l->struct_tags);
	}
}

static void add_in(struct policy_reader *r, struct policy_context *c, const char *text,
		   struct policy_pos at)
{
	struct policy_pattern *list = (struct policy_pattern *)c->in.item;

	for (uint32_t i = 0; i < c->in.count; i++)
		if (!strcmp(list[i].text, text))
			return;
	if (!policy_read_pattern(r, text, at, &list[c->in.count]))
		return;
	policy_number_pattern(r, &list[c->in.count]);
	c->in.count++;
}

/* "The prefix of every pattern through {context}, plus / **"; for a name, with it put in. */
static void default_in(struct policy_reader *r, struct policy_context *c)
{
	const struct policy *p = r->policy;
	const char *name[PATTERN_CAPTURES] = { CONTEXT_CAPTURE };
	uint32_t count = c->template ? pattern_ncaptures(c->template) : 1, most = 0;

	for (uint32_t i = 0; c->template && i < count; i++)
		name[i] = pattern_capture_name(c->template, i);
	for (uint32_t i = 0; i < p->nlayers; i++)
		most += p->layer[i].in.count;
	c->in.item = arena_array(r->arena, struct policy_pattern, most);
	for (uint32_t i = 0; i < p->nlayers; i++)
		for (uint32_t k = 0; k < p->layer[i].in.count; k++) {
			const struct policy_pattern *from = &p->layer[i].in.item[k];
			const char *text = pattern_through(from->text, name, count, r->arena);

			if (!text)
				continue;
			if (!c->template)
				text = pattern_put(text, CONTEXT_CAPTURE, c->name, r->arena);
			add_in(r, c, arena_printf(r->arena, "%s/**", text), from->at);
		}
	if (c->in.count)
		return;
	if (c->template)
		policy_problem(r, c->at, "no pattern of a layer has '%s': say with 'in' which "
			       "packages it means", c->name);
	else
		policy_problem(r, c->at, "nothing says which packages context '%s' has: write "
			       "'in'", c->name);
}

static void check_template(struct policy_reader *r, const struct policy_context *c)
{
	if (!pattern_ncaptures(c->template))
		policy_problem(r, c->at, "'%s' captures nothing", c->name);
	for (uint32_t i = 0; i < c->in.count; i++)
		for (uint32_t k = 0; k < pattern_ncaptures(c->template); k++) {
			const char *name = pattern_capture_name(c->template, k);

			if (pattern_capture_find(c->in.item[i].compiled, name) == UINT32_MAX)
				policy_problem(r, c->in.item[i].at, "the pattern '%s' captures no "
					       "{%s}, which context '%s' is named by",
					       c->in.item[i].text, name, c->name);
		}
}

/* The template that this name fits. */
static uint32_t template_of(struct policy_reader *r, const char *name)
{
	const struct policy *p = r->policy;

	for (uint32_t i = 0; i < p->ncontexts; i++) {
		struct err err = ERR_INIT;

		if (p->context[i].template &&
		    pattern_match(p->context[i].template, p->matcher, name, NULL, &err) > 0)
			return i;
	}
	return POLICY_NONE;
}

/* Keys that were not given are the template's. */
static void inherit(struct policy_context *c, const struct policy_context *from)
{
	if (!c->published.at.file)
		c->published = from->published;
	if (!c->uses.at.file)
		c->uses = from->uses;
	if (!c->expose.at.file)
		c->expose = from->expose;
	if (!c->subdomain.at.file)
		c->subdomain = from->subdomain;
	if (!c->owner.at.file)
		c->owner = from->owner;
}

static void resolve_contexts(struct policy_reader *r)
{
	const struct policy *p = r->policy;

	for (uint32_t i = 0; i < p->ncontexts; i++) {
		struct policy_context *c = &r->context[i];
		uint32_t layer = policy_layer_find(p, c->name);

		if (layer != POLICY_NONE)
			policy_problem(r, c->at, "context '%s' has the name of a layer (%s)",
				       c->name, place(r, p->layer[layer].at));
		if (!has_template(p))
			check_context_names(r, &c->uses);
		if (c->template) {
			check_template(r, c);
		} else {
			c->from = template_of(r, c->name);
			if (c->from != POLICY_NONE)
				inherit(c, &p->context[c->from]);
		}
		if (!c->own_in && c->from == POLICY_NONE)
			default_in(r, c);
	}
}

void policy_resolve(struct policy_reader *r)
{
	check_layers(r);
	resolve_contexts(r);
	check_patterns(r);
	policy_check_services(r);
}
