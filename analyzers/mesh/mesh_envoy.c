/* SPDX-License-Identifier: MIT */
/*
 * mesh_envoy.c - patches of EnvoyFilters that Envoy ignores, or that depend on an order nobody
 * has fixed.  Istio's analysis: IST0151 to IST0155.
 */
#include "analyzers/mesh/objects.h"
#include "base/text.h"

#include <string.h>

static bool is_one_of(const char *text, const char *const *list)
{
	for (; *list; list++)
		if (!strcmp(text, *list))
			return true;
	return false;
}

/* Why a patch does nothing; NULL = it does something. */
static const char *fault_of(const char *operation, const char *to, struct arena *s)
{
	static const char *const whole[] = { "ROUTE_CONFIGURATION", "HTTP_ROUTE", NULL };
	static const char *const replaced[] = {
		"HTTP_FILTER", "NETWORK_FILTER", "VIRTUAL_HOST", NULL,
	};

	if ((!strcmp(operation, "ADD") || !strcmp(operation, "REMOVE")) && is_one_of(to, whole))
		return arena_printf(s, "%s does nothing to %s", operation, to);
	if (!strcmp(operation, "REPLACE") && !is_one_of(to, replaced))
		return arena_printf(s, "REPLACE is for HTTP_FILTER, NETWORK_FILTER and "
				       "VIRTUAL_HOST, not for %s",
				    *to ? manifest_shown(to, s) : "nothing");
	return NULL;
}

static void judge(const struct analysis *a, const struct manifest *m, const struct yaml_node *patch,
		  uint32_t number)
{
	static const char *const relative[] = {
		"INSERT_BEFORE", "INSERT_AFTER", "REMOVE", "REPLACE", NULL,
	};
	const struct yaml_node *operation = manifest_at(patch, "patch", "operation", NULL);
	const char *to = manifest_text(yaml_get(patch, "applyTo"));
	const char *priority = manifest_text(manifest_at(m->root, "spec", "priority", NULL));
	const struct yaml_node *version = manifest_at(patch, "match", "proxy", "proxyVersion",
						      NULL);
	struct arena *s = a->scratch;
	const char *fault, *more = "";
	bool sure;

	if (!*manifest_text(operation))
		return;
	fault = fault_of(operation->text, to, s);
	sure = fault != NULL;
	if (!fault && (!is_one_of(operation->text, relative) ||
		       (*priority && strcmp(priority, "0") != 0)))
		return;
	if (!fault && version)
		more = ", and between versions of the proxy it may be missing";
	if (!fault)
		fault = arena_printf(s, "%s without a priority depends on which filter came "
				     "first%s", operation->text, more);
	manifest_tell(a, &(struct manifest_told){
		.rule = RULE_ENVOY_FILTER, .in = m, .at = operation,
		.symbol = arena_printf(s, "%u", number), .most = sure ? SEV_OFF : SEV_INFO,
		.message = arena_printf(s, "%s: patch %u: %s", manifest_label(m, s), number, fault),
	});
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err UNUSED)
{
	struct objects o;

	objects_init(a->manifests, a->scratch, &o);
	for (uint32_t i = 0; i < o.of[OBJECT_ENVOY_FILTER].count; i++) {
		const struct manifest *m = o.of[OBJECT_ENVOY_FILTER].item[i].m;
		const struct yaml_node *list = manifest_at(m->root, "spec", "configPatches", NULL);

		for (uint32_t p = 0; p < manifest_count(list); p++)
			judge(a, m, list->item[p], p + 1);
		*ret_judged += manifest_count(list);
	}
	return 0;
}

static const enum rule_id rules[] = { RULE_ENVOY_FILTER };

const struct analyzer analyzer_meshenvoy = {
	.name = "meshenvoy",
	.summary = "patches of EnvoyFilters that do nothing",
	.needs = FACT_IMPORTS | FACT_MANIFESTS,
	.rules = rules,
	.nrules = ARRAY_SIZE(rules),
	.run = run,
};
