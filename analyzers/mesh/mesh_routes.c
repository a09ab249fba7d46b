/* SPDX-License-Identifier: MIT */
/*
 * mesh_routes.c - rules and matches of a VirtualService that no request reaches (Istio's
 * IST0130, IST0131), and weights that do not add up.
 */
#include "analyzers/mesh/objects.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

struct work {
	const struct analysis *a;
	const struct manifest *m;
	uint64_t judged;
};

/* ---- equal matches ---- */

static bool same_pair(const struct yaml_node *a, const struct yaml_node *b, uint32_t depth);

/* What a match may hold is no deeper than its schema. */
#define MATCH_DEPTH 16u

static bool same_node(const struct yaml_node *a, const struct yaml_node *b, uint32_t depth)
{
	uint32_t named = !depth && a->kind == YAML_MAP && yaml_get(a, "name");
	uint32_t other = !depth && b->kind == YAML_MAP && yaml_get(b, "name");

	if (a->kind != b->kind || a->count - named != b->count - other || depth > MATCH_DEPTH)
		return false;
	if (a->kind == YAML_TEXT)
		return !strcmp(a->text, b->text);
	return same_pair(a, b, depth);
}

static bool same_pair(const struct yaml_node *a, const struct yaml_node *b, uint32_t depth)
{
	for (uint32_t i = 0; i < a->count; i++) {
		const struct yaml_node *other = a->kind == YAML_LIST ? b->item[i] :
						yaml_get(b, a->pair[i].key->text);
		const struct yaml_node *own = a->kind == YAML_LIST ? a->item[i] : a->pair[i].value;

		/* What a match is called does not change what it matches. */
		if (!depth && a->kind == YAML_MAP && !strcmp(a->pair[i].key->text, "name"))
			continue;

		if (!other || !same_node(own, other, depth + 1))
			return false;
	}
	return true;
}

static const char *rule_label(const struct work *w, const struct yaml_node *route, uint32_t i)
{
	const char *name = manifest_text(yaml_get(route, "name"));

	return *name ? arena_printf(w->a->scratch, "rule '%s'",
				    text_cut(w->a->scratch, text_escape(w->a->scratch, name), 60)) :
		       arena_printf(w->a->scratch, "rule %u", i + 1);
}

static void unreachable(struct work *w, const struct yaml_node *at, const char *kind,
			const char *rule, const struct yaml_node *by, const char *reason)
{
	const struct related related = {
		.at = manifest_span(w->a, by), .note = "this one takes them",
	};

	manifest_tell(w->a, &(struct manifest_told){
		.rule = RULE_ROUTE_UNREACHABLE, .in = w->m, .at = at,
		.symbol = arena_printf(w->a->scratch, "%s %s", kind, rule),
		.message = arena_printf(w->a->scratch, "%s: no request reaches %s of '%s': %s",
					manifest_label(w->m, w->a->scratch), rule, kind, reason),
		.related = &related, .nrelated = 1,
	});
}

/* An earlier match that is the same; NULL = none. */
static const struct yaml_node *same_before(const struct yaml_node *routes, uint32_t at,
					   uint32_t before, const struct yaml_node *match)
{
	for (uint32_t i = 0; i <= at; i++) {
		const struct yaml_node *list = yaml_get(routes->item[i], "match");

		for (uint32_t k = 0; list && list->kind == YAML_LIST &&
		     k < (i < at ? list->count : before); k++)
			if (same_node(list->item[k], match, 0))
				return list->item[k];
	}
	return NULL;
}

/* ---- matches that a wider one takes ---- */

/* uri: {prefix} of `wide` takes all that uri of `narrow` does. */
static bool prefix_takes(const struct yaml_node *wide, const struct yaml_node *narrow)
{
	static const char *const keys[] = { "prefix", "exact" };
	const struct yaml_node *prefix = manifest_at(wide, "uri", "prefix", NULL);

	for (unsigned k = 0; prefix && k < ARRAY_SIZE(keys); k++) {
		const char *own = manifest_text(manifest_at(narrow, "uri", keys[k], NULL));

		if (*own && !strncmp(own, prefix->text, strlen(prefix->text)))
			return true;
	}
	return false;
}

/* All but its uri is asked of the other one as well: it takes what the other one takes. */
static bool asks_no_more(const struct yaml_node *wide, const struct yaml_node *narrow)
{
	for (uint32_t i = 0; i < wide->count; i++) {
		const char *key = wide->pair[i].key->text;
		const struct yaml_node *other = yaml_get(narrow, key);

		if (!strcmp(key, "uri") || !strcmp(key, "name"))
			continue;
		if (!other || !same_node(wide->pair[i].value, other, 1))
			return false;
	}
	return true;
}

static bool takes(const struct yaml_node *wide, const struct yaml_node *narrow)
{
	return wide->kind == YAML_MAP && narrow->kind == YAML_MAP &&
	       (same_node(wide, narrow, 0) ||
		(prefix_takes(wide, narrow) && asks_no_more(wide, narrow)));
}

static void judge_match(struct work *w, const char *kind, const struct yaml_node *routes,
			uint32_t at, uint32_t number)
{
	const struct yaml_node *match = yaml_get(routes->item[at], "match")->item[number];

	w->judged++;
	for (uint32_t i = 0; i <= at; i++) {
		const struct yaml_node *list = yaml_get(routes->item[i], "match");
		uint32_t n = i < at ? manifest_count(list) : number;

		for (uint32_t k = 0; k < n; k++) {
			if (!takes(list->item[k], match))
				continue;
			const struct related related = {
				.at = manifest_span(w->a, list->item[k]), .note = "the wider one",
			};
			const char *label = rule_label(w, routes->item[at], at);

			manifest_tell(w->a, &(struct manifest_told){
				.rule = RULE_MATCH_UNUSED, .in = w->m, .at = match,
				.symbol = arena_printf(w->a->scratch, "%s %s %u", kind, label,
						       number + 1),
				.message = arena_printf(w->a->scratch,
					"%s: match %u of %s of '%s' is never asked: one before it "
					"takes its requests", manifest_label(w->m, w->a->scratch),
					number + 1, label, kind),
				.related = &related, .nrelated = 1,
			});
			return;
		}
	}
}

static void judge_reach(struct work *w, const char *kind, const struct yaml_node *routes)
{
	const struct yaml_node *all = NULL;

	for (uint32_t i = 0; i < routes->count; i++) {
		const struct yaml_node *route = routes->item[i], *list = yaml_get(route, "match");
		const struct yaml_node *by = NULL;
		uint32_t same = 0;

		w->judged++;
		if (all) {
			unreachable(w, route, kind, rule_label(w, route, i), all,
				    "a rule before it has no match, and takes everything");
			continue;
		}
		if (!list || list->kind != YAML_LIST || !list->count) {
			all = route;
			continue;
		}
		/* Rules are few where people write them; a thousand cost a million looks. */
		for (uint32_t k = 0; i < 2000 && k < list->count; k++) {
			const struct yaml_node *m = same_before(routes, i, k,
								     list->item[k]);

			same += m != NULL;
			by = m ? m : by;
		}
		if (by && same == list->count)
			unreachable(w, route, kind, rule_label(w, route, i), by,
				    "rules before it match the same");
		for (uint32_t k = 0; i < 2000 && k < list->count; k++)
			judge_match(w, kind, routes, i, k);
	}
}

/* ---- weights ---- */

static bool weight_of(const struct yaml_node *route, uint32_t *ret)
{
	const struct yaml_node *n = yaml_get(route, "weight");

	*ret = 0;
	return n && yaml_uint(n, ret);
}

static void judge_weights(struct work *w, const char *kind, const struct yaml_node *routes,
			  uint32_t i)
{
	const struct yaml_node *list = yaml_get(routes->item[i], "route");
	uint64_t sum = 0;
	uint32_t own, given = 0;

	if (!list || list->kind != YAML_LIST || list->count < 2)
		return;
	w->judged++;
	for (uint32_t k = 0; k < list->count; k++) {
		given += weight_of(list->item[k], &own);
		sum += own;
	}
	if (sum == 100)
		return;
	const char *label = rule_label(w, routes->item[i], i);

	manifest_tell(w->a, &(struct manifest_told){
		.rule = RULE_ROUTE_WEIGHTS, .in = w->m, .at = list->item[0],
		.symbol = arena_printf(w->a->scratch, "%s %s", kind, label),
		.most = sum ? SEV_WARNING : SEV_OFF,
		.message = sum ? arena_printf(w->a->scratch,
			"%s: the weights of %s of '%s' add up to %llu, not 100: %s",
			manifest_label(w->m, w->a->scratch), label, kind,
			(unsigned long long)sum, given < list->count ?
			"a destination without a weight gets nothing" :
			"they are taken as shares of that") :
			arena_printf(w->a->scratch,
			"%s: no destination of %s of '%s' has a weight, which Istio refuses",
			manifest_label(w->m, w->a->scratch), label, kind),
	});
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err UNUSED)
{
	static const char *const kinds[] = { "http", "tls", "tcp" };
	struct work w = { .a = a };
	struct objects o;

	objects_init(a->manifests, a->scratch, &o);
	for (uint32_t i = 0; i < o.of[OBJECT_VIRTUAL_SERVICE].count; i++) {
		w.m = o.of[OBJECT_VIRTUAL_SERVICE].item[i].m;
		for (unsigned k = 0; k < ARRAY_SIZE(kinds); k++) {
			const struct yaml_node *routes = manifest_at(w.m->root, "spec", kinds[k],
								     NULL);

			if (!routes || routes->kind != YAML_LIST)
				continue;
			judge_reach(&w, kinds[k], routes);
			for (uint32_t r = 0; r < routes->count; r++)
				judge_weights(&w, kinds[k], routes, r);
		}
	}
	*ret_judged = w.judged;
	return 0;
}

static const enum rule_id rules[] = {
	RULE_ROUTE_UNREACHABLE, RULE_ROUTE_WEIGHTS, RULE_MATCH_UNUSED,
};

const struct analyzer analyzer_meshroutes = {
	.name = "meshroutes",
	.summary = "rules that no request reaches, and weights",
	.needs = FACT_IMPORTS | FACT_MANIFESTS,
	.rules = rules,
	.nrules = ARRAY_SIZE(rules),
	.run = run,
};
